import { useState } from 'react'
import type { FormEvent } from 'react'
import { approveWriteOff, askWriteOff, listRecoups, listReturned, planRecoup, recordRecovery, resolveReturned } from '@songbai/capabilities/decide/payments/contract'
import type { RecoupRow } from '@songbai/capabilities/decide/payments/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { readYuan } from './model.ts'
import { Tabs } from './Tabs.tsx'
import './payments.css'

const HOW_WORD = { offset: 'pay.rec.how.offset', cash: 'pay.rec.how.cash', writeOff: 'pay.rec.how.writeOff' } as const
const RETURN_WORD = { read: 'pay.ret.state.read', unclear: 'pay.ret.state.unclear', open: 'pay.ret.state.open', again: 'pay.ret.state.again', sent: 'pay.ret.state.sent', cancelled: 'pay.ret.state.cancelled' } as const
type ReturnedRow = OutputOf<typeof listReturned>['rows'][number]

/** Money that must come back from people, and money the bank sent back. */
export default function RecoveriesPage() {
  const { t, rich, money } = useWords()
  const [state, setState] = useState<'open' | 'closed'>('open')
  const claims = useSee(listRecoups, { state, limit: 200 })
  const returned = useSee(listReturned, { open: true, limit: 200 })
  return (
    <div className="page">
      <Briefing title={t('pay.rec.title')}>{claims.value && rich('pay.rec.brief', { amount: <Num to="/payments/recoveries">{money(claims.value.amountFen)}</Num>, recovered: money(claims.value.recoveredFen), writtenOff: money(claims.value.writtenOffFen), left: <b>{money(claims.value.leftFen)}</b> })}</Briefing>
      <Tabs at="/payments/recoveries" />
      <Card title={t('pay.rec.claims')} right={<Choice label={t('pay.col.state')} value={state} options={[{ id: 'open', name: t('pay.rec.open') }, { id: 'closed', name: t('pay.rec.closed') }]} onPick={(next) => setState(next === 'closed' ? 'closed' : 'open')} />}>
        <Show seen={claims} rows={4}>{(got) => (got.rows.length === 0 ? <p className="pad"><StateMark state="yes">{t('pay.rec.none')}</StateMark></p> : <ul className="pay-claims">{got.rows.map((row) => <Claim key={row.id} row={row} />)}</ul>)}</Show>
      </Card>
      <Card title={t('pay.ret.title')} note={returned.value && returned.value.total > 0 ? t('pay.ret.sum', { n: formatNumber(returned.value.total), amount: money(returned.value.amountFen) }) : undefined}>
        <Show seen={returned} rows={3}>{(got) => (got.rows.length === 0 ? <p className="pad"><StateMark state="yes">{t('pay.ret.none')}</StateMark></p> : <ul className="pay-claims">{got.rows.map((row) => <Returned key={row.id} row={row} />)}</ul>)}</Show>
      </Card>
    </div>
  )
}

function Claim({ row }: { readonly row: RecoupRow }) {
  const { t, both, month, money } = useWords()
  const { me, view } = useSession()
  const [open, setOpen] = useState<'plan' | 'cash' | 'writeOff' | null>(null)
  const acts = row.state === 'open' && !view.readOnly && may(me, planRecoup)
  const plan = row.plan === 'offset' ? t('pay.rec.plan.offset', { n: row.sharePercent ?? 0 }) : row.plan === 'instalments' ? t('pay.rec.plan.instalments', { amount: money(row.monthlyFen ?? 0) }) : t('pay.rec.plan.undecided')
  return (
    <li>
      <div className="row wrap"><To to={`/elders/${row.elderId}`}><b>{row.name}</b></To><span className="sm muted">{row.place} · {both(row.itemTitle)} · {row.months.map(month).join('、')}</span><span className="end">{t('pay.rec.left')} <b>{money(row.leftFen)}</b><span className="sm muted"> / {money(row.amountFen)}</span></span></div>
      <div className="row wrap sm"><StateMark small state={row.state === 'closed' ? 'yes' : row.plan === 'undecided' ? 'alarm' : 'notYet'}>{t('pay.rec.plan')}：{plan}</StateMark>{row.recoveries.map((one, i) => <span key={i} className="muted">{one.on} {t(HOW_WORD[one.how])} {money(one.amountFen)}</span>)}<To to={`/work?type=payments.recoup`}>{t('pay.rec.working')}</To></div>
      {row.state === 'open' && row.writeOffAsked && <Approve row={row} />}
      {acts && <div className="row wrap"><button type="button" className="b s" aria-expanded={open === 'plan'} onClick={() => setOpen(open === 'plan' ? null : 'plan')}>{t('pay.rec.plan')}</button><button type="button" className="b s" aria-expanded={open === 'cash'} onClick={() => setOpen(open === 'cash' ? null : 'cash')}>{t('pay.rec.cash')}</button>{!row.writeOffAsked && <button type="button" className="b s" aria-expanded={open === 'writeOff'} onClick={() => setOpen(open === 'writeOff' ? null : 'writeOff')}>{t('pay.rec.writeOff')}</button>}</div>}
      {open === 'plan' && <PlanForm row={row} onDone={() => setOpen(null)} />}
      {open === 'cash' && <CashForm row={row} onDone={() => setOpen(null)} />}
      {open === 'writeOff' && <WriteOffForm row={row} onDone={() => setOpen(null)} />}
    </li>
  )
}

const submitting = (work: () => Promise<void> | void) => (event: FormEvent) => {
  event.preventDefault()
  void work()
}

function PlanForm({ row, onDone }: { readonly row: RecoupRow; readonly onDone: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(planRecoup)
  const [plan, setPlan] = useState<'offset' | 'instalments'>('offset')
  const [value, setValue] = useState('50')
  const [wrong, setWrong] = useState(false)
  const save = async () => {
    const share = Number(value)
    const fen = readYuan(value)
    if (plan === 'offset' ? !Number.isInteger(share) || share < 1 || share > 100 : fen === null || fen < 1) return setWrong(true)
    const answer = await run(plan === 'offset' ? { id: row.id, plan, sharePercent: share } : { id: row.id, plan, monthlyFen: fen! })
    if (answer.ok) onDone()
  }
  return (
    <form className="pay-small" onSubmit={submitting(save)}>
      <SelectField label={t('pay.rec.plan')} value={plan} options={[{ id: 'offset', name: t('pay.rec.setOffset') }, { id: 'instalments', name: t('pay.rec.setInstalments') }]} onPick={(next) => { setPlan(next === 'instalments' ? 'instalments' : 'offset'); setValue(next === 'offset' ? '50' : '') }} />
      <TextField label={t(plan === 'offset' ? 'pay.rec.share' : 'pay.rec.monthly')} value={value} onText={(text) => { setValue(text); setWrong(false) }} {...(plan === 'offset' ? { hint: t('pay.rec.offset.sample') } : {})} />
      {wrong && <p className="pay-bad" role="alert">{t('pay.rec.needAmount')}</p>}
      <SayNo no={no} />
      <div className="row">{plan === 'offset' && <Sample />}<button type="submit" className="b p" disabled={busy}>{t('pay.rec.save')}</button></div>
    </form>
  )
}

function CashForm({ row, onDone }: { readonly row: RecoupRow; readonly onDone: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(recordRecovery)
  const [amount, setAmount] = useState('')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<'amount' | 'note' | null>(null)
  const save = async () => {
    const fen = readYuan(amount)
    if (fen === null || fen < 1) return setWrong('amount')
    if (note.trim().length < 2) return setWrong('note')
    const answer = await run({ id: row.id, amountFen: fen, note: note.trim() })
    if (answer.ok) onDone()
  }
  return (
    <form className="pay-small" onSubmit={submitting(save)}>
      <TextField label={t('pay.rec.cashAmount')} value={amount} onText={(text) => { setAmount(text); setWrong(null) }} />
      <TextField label={t('pay.rec.note')} value={note} onText={(text) => { setNote(text); setWrong(null) }} />
      {wrong && <p className="pay-bad" role="alert">{t(wrong === 'amount' ? 'pay.rec.needAmount' : 'pay.rec.needNote')}</p>}
      <SayNo no={no} />
      <button type="submit" className="b p" disabled={busy}>{t('pay.rec.cash')}</button>
    </form>
  )
}

function WriteOffForm({ row, onDone }: { readonly row: RecoupRow; readonly onDone: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(askWriteOff)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState(false)
  const save = async () => {
    if (reason.trim().length < 4) return setWrong(true)
    const answer = await run({ id: row.id, reason: reason.trim() })
    if (answer.ok) onDone()
  }
  return (
    <form className="pay-small" onSubmit={submitting(save)}>
      <TextField label={t('pay.rec.writeOffReason')} value={reason} onText={(text) => { setReason(text); setWrong(false) }} maxLength={300} />
      {wrong && <p className="pay-bad" role="alert">{t('pay.rec.needNote')}</p>}
      <SayNo no={no} />
      <button type="submit" className="b" disabled={busy}>{t('pay.rec.writeOff')}</button>
    </form>
  )
}

function Approve({ row }: { readonly row: RecoupRow }) {
  const { t, money } = useWords()
  const { me, view } = useSession()
  const { run, busy, no } = useDo(approveWriteOff)
  const [asking, setAsking] = useState(false)
  const why = row.writeOffMine ? t('pay.rec.writeOffMine') : undefined
  return (
    <div className="pay-ask">
      <span>{t('pay.rec.writeOffAsked', { who: row.writeOffBy ?? '', reason: row.writeOffReason ?? '' })}</span>
      {may(me, approveWriteOff) && !view.readOnly && <span className="end row wrap">{why && <span className="sm muted">{why}</span>}<button type="button" className="b s d" disabled={busy || why !== undefined} title={why} onClick={() => setAsking(true)}>{t('pay.rec.approve')}</button></span>}
      <SayNo no={no} />
      {asking && <Danger title={t('pay.rec.approve.title')} count={row.leftFen} verb={t('pay.rec.approve.verb')} onDo={() => { setAsking(false); void run({ id: row.id, amountFen: row.leftFen }) }} onClose={() => setAsking(false)}>{t('pay.rec.approve.what', { name: row.name, amount: money(row.leftFen) })}</Danger>}
    </div>
  )
}

function Returned({ row }: { readonly row: ReturnedRow }) {
  const { t, both, money } = useWords()
  const { me, view } = useSession()
  const { run, busy, no } = useDo(resolveReturned)
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState(false)
  const decide = (how: 'again' | 'cancel') => {
    if (note.trim().length < 2) return setWrong(true)
    void run({ id: row.id, how, note: note.trim() })
  }
  return (
    <li>
      <div className="row wrap"><To to={`/elders/${row.elderId}`}><b>{row.name}</b></To><span className="sm muted">{row.place} · {both(row.itemTitle)} · <To to={`/payments/${row.batchId}`}>{row.number}</To></span><span className="end"><b>{money(row.amountFen)}</b></span></div>
      <div className="row wrap sm"><StateMark small state={row.state === 'open' ? 'alarm' : 'notYet'}>{t(RETURN_WORD[row.state])}</StateMark><span>{t('pay.ret.reason')}：{row.reason}</span><span className="muted">{t('pay.account')} {row.accountMasked ?? t('pay.payees.noAccount')}</span></div>
      {row.state === 'open' && may(me, resolveReturned) && !view.readOnly && (
        <div className="pay-small">
          <TextField label={t('pay.ret.note')} value={note} onText={(text) => { setNote(text); setWrong(false) }} />
          {wrong && <p className="pay-bad" role="alert">{t('pay.rec.needNote')}</p>}
          <SayNo no={no} />
          <div className="row wrap"><button type="button" className="b p" disabled={busy} onClick={() => decide('again')}>{t('pay.ret.again')}</button><button type="button" className="b" disabled={busy} onClick={() => decide('cancel')}>{t('pay.ret.cancel')}</button></div>
        </div>
      )}
    </li>
  )
}

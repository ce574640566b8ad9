import { useState } from 'react'
import type { FormEvent } from 'react'
import * as z from 'zod'
import { adoptPayees, draftBatch, listBatches, listPayees, sampleAccounts, seePaidFunnel } from '@songbai/capabilities/decide/payments/contract'
import type { BatchHead } from '@songbai/capabilities/decide/payments/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SelectField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { monthsBack, STATE_MARK, STATE_WORD } from './model.ts'
import { Running } from './Running.tsx'
import { Tabs } from './Tabs.tsx'
import PayeesPage from './PayeesPage.tsx'
import './payments.css'

type Items = OutputOf<typeof listPayees>['items']

/** Months and their batches. Who may not see batches sees the payees of the own places. */
export default function PaymentsPage() {
  const { me } = useSession()
  return may(me, listBatches) ? <Batches /> : <PayeesPage />
}

function Batches() {
  const { t, rich } = useWords()
  const { me, view } = useSession()
  const payees = useSee(listPayees, { place: view.region, limit: 1 })
  const batches = useSee(listBatches, { limit: 100 })
  const [dialog, setDialog] = useState<'draft' | 'adopt' | null>(null)
  const got = payees.value
  const missing = got?.items.reduce((sum, one) => sum + one.withoutAccount, 0) ?? 0
  const acts = !view.readOnly && may(me, draftBatch)
  return (
    <div className="page">
      <Briefing title={t('menu.payments')} actions={acts && <><button type="button" className="b" onClick={() => setDialog('adopt')}>{t('pay.adopt')}</button>{got && got.total > 0 && <button type="button" className="b p" onClick={() => setDialog('draft')}>{t('pay.draft')}</button>}</>}>
        {got && (got.total === 0 ? t('pay.brief.none') : rich('pay.brief', { people: <Num to="/payments/payees">{t('pay.people', { n: formatNumber(got.total) })}</Num>, items: t('pay.items', { n: got.items.length }), missing: <Num to="/payments/payees?account=missing" {...(missing > 0 ? { tone: 'warm' as const } : {})}>{t('pay.people', { n: formatNumber(missing) })}</Num> }))}
      </Briefing>
      <Tabs at="/payments" />
      <SayNo no={payees.no ?? batches.no} onRetry={batches.again} />
      <BatchList rows={batches.value?.rows ?? null} onAdopt={acts ? () => setDialog('adopt') : null} />
      <Funnel />
      {dialog === 'draft' && got && <Draft items={got.items} onClose={() => setDialog(null)} />}
      {dialog === 'adopt' && <Adopt onClose={() => setDialog(null)} />}
    </div>
  )
}

function BatchList({ rows, onAdopt }: { readonly rows: readonly BatchHead[] | null; readonly onAdopt: (() => void) | null }) {
  const { t, both, month, money } = useWords()
  const go = useGo()
  const who = (row: BatchHead) => (row.releasedBy ? t('pay.who.released', { draft: row.draftedBy, release: row.releasedBy }) : t('pay.who', { draft: row.draftedBy }))
  const mark = (row: BatchHead) => <StateMark state={row.stale && row.state === 'draft' ? 'alarm' : STATE_MARK[row.state]}>{t(STATE_WORD[row.state])}</StateMark>
  return (
    <DenseList<BatchHead>
      id="payments" label={t('pay.tab.batches')} rows={rows} rowKey={(row) => row.id} onPage={(row) => go(`/payments/${row.id}`)} height="auto"
      columns={[
        { id: 'month', title: t('pay.col.month'), width: '96px', cell: (row) => <b>{month(row.month)}</b> },
        { id: 'number', title: t('pay.col.number'), width: '132px', cell: (row) => <button type="button" className="lk" onClick={() => go(`/payments/${row.id}`)}>{row.number}</button> },
        { id: 'items', title: t('pay.col.items'), width: 'minmax(140px,2fr)', cell: (row) => row.items.map((one) => both(one.title)).join('、') },
        { id: 'people', title: t('pay.col.people'), width: '76px', numeric: true, cell: (row) => formatNumber(row.people) },
        { id: 'amount', title: t('pay.col.amount'), width: '132px', numeric: true, cell: (row) => money(row.payFen) },
        { id: 'held', title: t('pay.col.held'), width: '56px', numeric: true, cell: (row) => formatNumber(row.held) },
        { id: 'stopped', title: t('pay.col.stopped'), width: '64px', numeric: true, cell: (row) => formatNumber(row.stopped) },
        { id: 'state', title: t('pay.col.state'), width: '138px', cell: mark },
        { id: 'who', title: t('pay.col.who'), width: 'minmax(130px,1fr)', cell: (row) => <span className="muted" title={who(row)}>{who(row)}</span> },
      ]}
      card={(row) => <><div className="row"><b>{month(row.month)}</b><span className="end">{money(row.payFen)}</span></div><div className="sm muted el">{row.number} · {row.items.map((one) => both(one.title)).join('、')}</div><div className="row">{mark(row)}<span className="end sm muted">{t('pay.people', { n: formatNumber(row.people) })}</span></div></>}
      cardHeight={92}
      empty={<EmptyState icon="coin" title={t('pay.none')} actions={onAdopt && <button type="button" className="b p" onClick={onAdopt}>{t('pay.adopt')}</button>}>{t('pay.none.body')}</EmptyState>}
    />
  )
}

/** Found → told → consented → approved → paid; each counted once for a person and item. */
function Funnel() {
  const { t } = useWords()
  const { view } = useSession()
  const { value, no, again } = useSee(seePaidFunnel, { place: view.region })
  const steps = value && ([['pay.funnel.found', value.found, 'found'], ['pay.funnel.told', value.told, 'told'], ['pay.funnel.consented', value.consented, 'consented'], ['pay.funnel.approved', value.approved, 'approved'], ['pay.funnel.paid', value.paid, null]] as const)
  if (no) return <SayNo no={no} onRetry={again} />
  return (
    <Card title={t('pay.funnel')} note={t('pay.funnel.note')}>
      <ol className="pay-funnel">
        {steps?.map(([word, n, reached]) => <li key={word}><span className="sm muted">{t(word)}</span><Num to={reached ? `/offers?reached=${reached}` : '/payments/payees'}>{formatNumber(n)}</Num></li>)}
      </ol>
      {value && value.waiting > 0 && <p className="pad sm muted">{t('pay.funnel.waiting', { n: formatNumber(value.waiting) })}{value.oldestDays !== null && ` · ${t('pay.funnel.oldest', { n: value.oldestDays })}`}</p>}
    </Card>
  )
}

function Draft({ items, onClose }: { readonly items: Items; readonly onClose: () => void }) {
  const { t, both, month } = useWords()
  const { me } = useSession()
  const go = useGo()
  const { run, busy, no } = useDo(draftBatch)
  const months = monthsBack(me.today, 6)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(items.map((one) => one.item)))
  const [of, setOf] = useState(months[0]!)
  const [empty, setEmpty] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (chosen.size === 0) return setEmpty(true)
    const answer = await run({ month: of, items: [...chosen] })
    if (answer.ok) go(`/payments/${answer.value.id}`)
  }
  const toggle = (item: string) => { setEmpty(false); setChosen((before) => new Set(before.has(item) ? [...before].filter((one) => one !== item) : [...before, item])) }
  return (
    <Dialog title={t('pay.draft.title')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <SelectField label={t('pay.draft.month')} value={of} options={months.map((one) => ({ id: one, name: month(one) }))} onPick={setOf} />
        <fieldset className="fld pay-picks"><legend>{t('pay.draft.items')}</legend>{items.map((one) => <label key={one.item} className="row"><input type="checkbox" checked={chosen.has(one.item)} onChange={() => toggle(one.item)} />{both(one.title)}<span className="end sm muted">{t('pay.people', { n: formatNumber(one.people) })}</span></label>)}</fieldset>
        {empty && <p className="pay-bad" role="alert">{t('pay.draft.pick')}</p>}
        <p className="sm">{t('pay.draft.note')}</p>
        <SayNo no={no} />
        <div className="row pay-acts"><button type="submit" className="b p" disabled={busy}>{t('pay.draft')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </form>
    </Dialog>
  )
}

const adopted = z.object({ people: z.number(), added: z.number() })
const invented = z.object({ made: z.number() })

function Adopt({ onClose }: { readonly onClose: () => void }) {
  const { t, month } = useWords()
  const { me } = useSession()
  const adopt = useDo(adoptPayees, [])
  const sample = useDo(sampleAccounts, [])
  const months = monthsBack(me.today, 13).slice(1)
  const [through, setThrough] = useState(months[0]!)
  const [task, setTask] = useState<{ readonly id: string; readonly kind: 'adopt' | 'sample' } | null>(null)
  const start = async (kind: 'adopt' | 'sample') => {
    const answer = kind === 'adopt' ? await adopt.run({ paidThrough: through }) : await sample.run({})
    if (answer.ok) setTask({ id: answer.value.taskId, kind })
  }
  const result = (value: unknown) => {
    const [a, b] = [adopted.safeParse(value).data, invented.safeParse(value).data]
    return a ? t('pay.adopt.done', { people: formatNumber(a.people), added: formatNumber(a.added) }) : b ? t('pay.sample.done', { n: formatNumber(b.made) }) : ''
  }
  return (
    <Dialog title={t('pay.adopt.title')} onClose={onClose}>
      <p className="sm">{t('pay.adopt.note')}</p>
      <SelectField label={t('pay.adopt.through')} value={through} options={months.map((one) => ({ id: one, name: month(one) }))} onPick={setThrough} />
      {task && <Running key={task.id} taskId={task.id} title={t(task.kind === 'adopt' ? 'pay.adopt' : 'pay.sample')} stop done={({ result: value }) => <p>{result(value)}</p>} />}
      <SayNo no={adopt.no ?? sample.no} />
      <div className="row wrap pay-acts">
        <button type="button" className="b p" disabled={adopt.busy} onClick={() => void start('adopt')}>{t('pay.adopt')}</button>
        {me.demo && may(me, sampleAccounts) && <button type="button" className="b" disabled={sample.busy} onClick={() => void start('sample')}>{t('pay.sample')}</button>}
        <button type="button" className="b" onClick={onClose}>{t('common.close')}</button>
      </div>
    </Dialog>
  )
}

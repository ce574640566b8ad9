import { useState } from 'react'
import type { FormEvent } from 'react'
import { approveBudget, checkFunds, draftBudget, dropBudget, listAccounts, listBudgets } from '@songbai/capabilities/decide/funds/contract'
import { SOURCE_TITLES, SOURCES } from '@songbai/capabilities/decide/funds/rules'
import type { FundSource } from '@songbai/capabilities/decide/funds/rules'
import { listPayees, reconcileMonth } from '@songbai/capabilities/decide/payments/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SelectField, TextField } from '../parts/Fields.tsx'
import { readYuan } from '../payments/model.ts'
import { Tabs } from '../payments/Tabs.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { statementAddress, WHAT_WORD } from './words-of.ts'
import '../payments/payments.css'

type Budget = OutputOf<typeof listBudgets>['rows'][number]
type Titles = ReadonlyMap<string, { readonly zh: string; readonly en: string }>

/** Where money came from, where it is, and whether the books balance. */
export default function FundsPage() {
  const { t, both, money } = useWords()
  const { me, view } = useSession()
  const year = Number(me.today.slice(0, 4))
  const check = useSee(checkFunds, {})
  const accounts = useSee(listAccounts, {})
  const payees = useSee(listPayees, { place: view.region, limit: 1 })
  const titles: Titles = new Map((payees.value?.items ?? []).map((one) => [one.item, one.title]))
  const itemName = (item: string | null) => (item === null ? '' : titles.has(item) ? both(titles.get(item)!) : item)
  return (
    <div className="page">
      <Briefing title={t('fund.title')}>
        {check.value && <StateMark state={check.value.balanced ? 'yes' : 'alarm'}>{check.value.balanced ? t('fund.balanced', { n: formatNumber(check.value.accounts), m: formatNumber(check.value.transfers), amount: money(accounts.value?.debits ?? 0) }) : t('fund.unbalanced', { n: check.value.findings.length })}</StateMark>}
      </Briefing>
      <Tabs at="/funds" />
      <SayNo no={check.no} onRetry={check.again} />
      <div className="pay-grid">
        <div>
          <Card title={t('fund.accounts')} note={t('fund.accounts.note')}>
            <Show seen={accounts} rows={6}>
              {(got) => got.accounts.length === 0 ? <EmptyState icon="coin" title={t('fund.none')}>{t('fund.none.body')}</EmptyState> : (
                <div className="pay-table"><table className="tb">
                  <thead><tr><th>{t('fund.col.account')}</th><th>{t('fund.col.item')}</th><th className="num">{t('fund.col.in')}</th><th className="num">{t('fund.col.out')}</th><th className="num">{t('fund.col.balance')}</th></tr></thead>
                  <tbody>{got.accounts.map((one) => <tr key={one.code}><td>{both(one.title)} {one.sample && <Sample of="amount" />}</td><td data-head={t('fund.col.item')}>{[itemName(one.item), one.year ?? ''].filter(Boolean).join(' ')}</td><td className="num" data-head={t('fund.col.in')}>{money(one.side === 'credit' ? one.credits : one.debits)}</td><td className="num" data-head={t('fund.col.out')}>{money(one.side === 'credit' ? one.debits : one.credits)}</td><td className="num" data-head={t('fund.col.balance')}><Num to={statementAddress(one.code)}>{money(one.balance)}</Num></td></tr>)}</tbody>
                </table></div>
              )}
            </Show>
          </Card>
          <Reconcile itemName={itemName} month={me.today.slice(0, 7)} />
        </div>
        <Budgets year={year} titles={titles} itemName={itemName} />
      </div>
    </div>
  )
}

function Reconcile({ month: of, itemName }: { readonly month: string; readonly itemName: (item: string) => string }) {
  const { t, month, money } = useWords()
  const seen = useSee(reconcileMonth, { month: of })
  return (
    <Card title={t('fund.reconcile')}>
      <Show seen={seen} rows={4}>
        {(got) => (
          <>
            <p className="pad"><StateMark state={got.equal ? 'yes' : 'alarm'}>{t(got.equal ? 'fund.reconcile.equal' : 'fund.reconcile.differs', { month: month(of) })}</StateMark>{got.afterDeath > 0 && <span className="pay-bad"> {t('fund.reconcile.dead', { n: formatNumber(got.afterDeath) })}</span>}</p>
            {got.sides.length > 0 && <div className="pay-table"><table className="tb"><thead><tr><th>{t('fund.col.what')}</th><th>{t('fund.col.item')}</th><th className="num">{t('fund.reconcile.rows')}</th><th className="num">{t('fund.reconcile.ledger')}</th></tr></thead><tbody>{got.sides.map((one) => <tr key={`${one.what}${one.item}`}><td>{t(WHAT_WORD[one.what])}</td><td data-head={t('fund.col.item')}>{itemName(one.item)}</td><td className="num" data-head={t('fund.reconcile.rows')}>{money(one.rowsFen)}</td><td className="num" data-head={t('fund.reconcile.ledger')}>{one.rowsFen === one.ledgerFen ? money(one.ledgerFen) : <b className="pay-bad">{money(one.ledgerFen)}</b>}</td></tr>)}</tbody></table></div>}
          </>
        )}
      </Show>
    </Card>
  )
}

function Budgets({ year, titles, itemName }: { readonly year: number; readonly titles: Titles; readonly itemName: (item: string) => string }) {
  const { t, both, money } = useWords()
  const { me, view } = useSession()
  const seen = useSee(listBudgets, { year })
  const [adding, setAdding] = useState(false)
  const adds = may(me, draftBudget) && !view.readOnly
  return (
    <div>
      <Card title={t('fund.budgets', { year })} right={adds && !adding && <button type="button" className="b s" onClick={() => setAdding(true)}>{t('fund.budget.add')}</button>}>
        {adding && <BudgetForm year={year} titles={titles} onDone={() => setAdding(false)} />}
        <Show seen={seen} rows={3}>
          {(got) => (
            <>
              <ul className="pay-lines">{got.left.map((one) => <li key={one.code} className="pay-file"><span><b>{itemName(one.item)}</b> · {both(one.sourceTitle)} {one.sample && <Sample of="amount" />}</span><span className="sm muted">{t('fund.budgets.left', { given: money(one.givenFen), spent: money(one.spentFen), left: '' })}<Num to={statementAddress(one.code)} {...(one.leftFen === 0 ? { tone: 'warm' as const } : {})}>{money(one.leftFen)}</Num></span></li>)}</ul>
              <ul className="pay-claims">{got.rows.map((row) => <BudgetRow key={row.id} row={row} name={itemName(row.item)} />)}</ul>
            </>
          )}
        </Show>
      </Card>
    </div>
  )
}

const STATE_WORD = { draft: 'fund.budget.state.draft', approved: 'fund.budget.state.approved', dropped: 'fund.budget.state.dropped' } as const

function BudgetRow({ row, name }: { readonly row: Budget; readonly name: string }) {
  const { t, both, money } = useWords()
  const { me, view } = useSession()
  const [approve, drop] = [useDo(approveBudget), useDo(dropBudget)]
  const [asking, setAsking] = useState(false)
  const why = row.mine ? t('fund.budget.mine') : undefined
  return (
    <li>
      <div className="row wrap"><b>{money(row.amountFen)}</b>{row.sample && <Sample of="amount" />}<span className="end"><StateMark small state={row.state === 'approved' ? 'yes' : row.state === 'draft' ? 'notYet' : 'no'}>{t(STATE_WORD[row.state])}</StateMark></span></div>
      <div className="sm muted">{name} · {both(row.sourceTitle)}{row.document && ` · ${row.document}`} · {t('fund.budget.by', { who: row.draftedBy })}{row.state === 'approved' && row.decidedBy && ` · ${t('fund.budget.approved', { who: row.decidedBy })}`}</div>
      {row.state === 'draft' && !view.readOnly && (
        <div className="row wrap">
          {may(me, approveBudget) && <button type="button" className="b s d" disabled={why !== undefined || approve.busy} title={why} onClick={() => setAsking(true)}>{t('fund.budget.approve')}</button>}
          {may(me, dropBudget) && <button type="button" className="b s" disabled={drop.busy} onClick={() => void drop.run({ id: row.id })}>{t('fund.budget.drop')}</button>}
          {why && <span className="sm muted">{why}</span>}
        </div>
      )}
      <SayNo no={approve.no ?? drop.no} />
      {asking && <Danger title={t('fund.budget.title')} count={Math.floor(row.amountFen / 100)} verb={t('fund.budget.verb', { amount: money(row.amountFen) })} onDo={() => { setAsking(false); void approve.run({ id: row.id, amountFen: row.amountFen }) }} onClose={() => setAsking(false)}>{t('fund.budget.what', { source: both(row.sourceTitle), item: name, amount: money(row.amountFen) })}</Danger>}
    </li>
  )
}

function BudgetForm({ year, titles, onDone }: { readonly year: number; readonly titles: Titles; readonly onDone: () => void }) {
  const { t, both } = useWords()
  const { run, busy, no } = useDo(draftBudget)
  const items = [...titles].map(([id, title]) => ({ id, name: both(title) }))
  const [source, setSource] = useState<FundSource>('county')
  const [item, setItem] = useState(items[0]?.id ?? '')
  const [amount, setAmount] = useState('')
  const [document, setDocument] = useState('')
  const [sample, setSample] = useState(false)
  const [wrong, setWrong] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const fen = readYuan(amount)
    if (fen === null || fen < 1) return setWrong(true)
    const answer = await run({ source, item: item || (items[0]?.id ?? ''), year, amountFen: fen, sample, ...(document.trim() ? { document: document.trim() } : {}) })
    if (answer.ok) onDone()
  }
  return (
    <form className="pad" onSubmit={(event) => void save(event)}>
      <SelectField label={t('fund.budget.source')} value={source} options={SOURCES.map((one) => ({ id: one, name: both(SOURCE_TITLES[one]) }))} onPick={(next) => setSource(SOURCES.find((one) => one === next) ?? 'county')} />
      <SelectField label={t('fund.budget.item')} value={item || (items[0]?.id ?? '')} options={items} onPick={setItem} />
      <TextField label={t('fund.budget.amount')} value={amount} onText={(text) => { setAmount(text); setWrong(false) }} {...(wrong ? { hint: t('fund.budget.wrong') } : {})} />
      <TextField label={t('fund.budget.document')} value={document} onText={setDocument} />
      <label className="row"><input type="checkbox" checked={sample} onChange={(event) => setSample(event.target.checked)} />{t('fund.budget.sample')}</label>
      <SayNo no={no} />
      <div className="row pay-acts"><button type="submit" className="b p" disabled={busy}>{t('fund.budget.save')}</button><button type="button" className="b" onClick={onDone}>{t('common.cancel')}</button></div>
    </form>
  )
}

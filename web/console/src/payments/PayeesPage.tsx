import { useState } from 'react'
import type { FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { listPayees, revealAccount, seeOfElder, setAccounts } from '@songbai/capabilities/decide/payments/contract'
import type { PayeeRow } from '@songbai/capabilities/decide/payments/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Secret } from '@songbai/web-shared/widgets/Secret.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice, TextField } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Tabs } from './Tabs.tsx'
import './payments.css'

const AT_ONCE = 200
const ACCOUNTS = ['any', 'missing', 'shared'] as const
const ACCOUNT_WORD = { any: 'pay.payees.any', missing: 'pay.payees.missing', shared: 'pay.payees.shared' } as const

/** Who is paid what since which month, to which account. */
export default function PayeesPage() {
  const { t, both, month } = useWords()
  const { view } = useSession()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const account = ACCOUNTS.find((one) => one === params.get('account')) ?? 'any'
  const [item, ended] = [params.get('item') ?? '', params.get('ended') === '1']
  const pages = usePages(listPayees, { place: view.region, limit: AT_ONCE, account, ended, ...(item ? { item } : {}) }, (value): readonly PayeeRow[] => value.rows)
  const items = useSee(listPayees, { place: view.region, limit: 1, ended })
  const set = (key: string, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  })
  return (
    <div className="page">
      <Briefing title={t('pay.payees.title')} />
      <Tabs at="/payments/payees" />
      <SayNo no={pages.no} onRetry={pages.again} />
      <DenseList<PayeeRow>
        id="payees" label={t('pay.payees.title')} rows={pages.rows} rowKey={(row) => row.grantId} onPage={(row) => go(`/elders/${row.elderId}`)}
        columns={[
          { id: 'name', title: t('pay.name'), width: '92px', cell: (row) => <b>{row.name}</b> },
          { id: 'place', title: t('pay.notice.village'), width: 'minmax(140px,1.4fr)', cell: (row) => <span title={row.place}>{row.place}</span> },
          { id: 'item', title: t('pay.col.item'), width: 'minmax(130px,1.2fr)', cell: (row) => both(row.itemTitle) },
          { id: 'since', title: t('pay.payees.since'), width: '150px', cell: (row) => <>{month(row.sinceMonth)}{row.untilMonth && <span className="muted"> {t('pay.payees.until')} {month(row.untilMonth)}</span>}</> },
          { id: 'origin', title: t('pay.col.who'), width: '90px', cell: (row) => <span className="muted">{t(row.origin === 'offer' ? 'pay.payees.origin.offer' : 'pay.payees.origin.adopted')}</span> },
          { id: 'account', title: t('pay.payees.account'), width: 'minmax(170px,1.2fr)', cell: (row) => <Account row={row} /> },
        ]}
        card={(row) => <><div className="row"><b>{row.name}</b><span className="end sm muted">{month(row.sinceMonth)}</span></div><div className="sm muted el">{row.place} · {both(row.itemTitle)}</div><Account row={row} /></>}
        cardHeight={92}
        opened={(row) => <Opened key={row.grantId} row={row} />}
        toolbar={
          <div className="sentence">
            <span>{t('pay.list.see')}</span>
            <Choice label={t('pay.col.state')} value={ended ? '1' : ''} options={[{ id: '', name: t('pay.payees.open') }, { id: '1', name: t('pay.payees.ended') }]} onPick={(next) => set('ended', next)} />
            <span>{t('pay.list.of')}</span>
            <Choice label={t('pay.col.item')} value={item} options={[{ id: '', name: t('pay.list.anyItem') }, ...(items.value?.items ?? []).map((one) => ({ id: one.item, name: both(one.title) }))]} onPick={(next) => set('item', next)} />
            <span>{t('pay.payees.whose')}</span>
            <Choice label={t('pay.payees.account')} value={account} options={ACCOUNTS.map((one) => ({ id: one, name: t(ACCOUNT_WORD[one]) }))} onPick={(next) => set('account', next === 'any' ? '' : next)} />
            {pages.rows && <b>{t('pay.list.count', { n: formatNumber(pages.total) })}</b>}
          </div>
        }
        empty={<EmptyState icon="people" title={t('pay.payees.none')} actions={<button type="button" className="b p" onClick={() => go('/payments')}>{t('menu.payments')}</button>} />}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
    </div>
  )
}

function Account({ row }: { readonly row: PayeeRow }) {
  const { t } = useWords()
  return row.account ? <span className="el">{row.account.bank} {row.account.masked} {row.account.sample && <Sample />}</span> : <span className="pay-warn">{t('pay.payees.noAccount')}</span>
}

function Opened({ row }: { readonly row: PayeeRow }) {
  const { t, both, month, money } = useWords()
  const { me, view } = useSession()
  const client = useClient()
  const paid = useSee(seeOfElder, { elderId: row.elderId })
  const reveal = async (purpose: string) => {
    const answer = await client.do(revealAccount, { accountId: row.account!.id, purpose })
    return answer.ok ? { ok: true as const, value: answer.value.value } : answer
  }
  return (
    <div className="pay-why">
      <div>
        {row.account && may(me, revealAccount) && <p>{row.account.bank} · {row.account.holder} · <Secret masked={row.account.masked} label={t('pay.payees.accountNumber')} reveal={reveal} /></p>}
        {may(me, setAccounts) && !view.readOnly && <AccountForm row={row} />}
      </div>
      <div>
        <h3>{t('pay.payees.history')}</h3>
        <Show seen={paid} rows={3}>{(got) => (got.rows.length === 0 ? <p className="muted">{t('pay.payees.noHistory')}</p> : <table className="tb"><tbody>{got.rows.map((one) => <tr key={`${one.month}${one.item}`}><td>{month(one.month)}</td><td>{both(one.itemTitle)}</td><td className="num">{money(one.paidFen)}</td></tr>)}</tbody></table>)}</Show>
      </div>
    </div>
  )
}

function AccountForm({ row }: { readonly row: PayeeRow }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(setAccounts)
  const [bank, setBank] = useState(row.account?.bank ?? '')
  const [holder, setHolder] = useState(row.account?.holder ?? row.name)
  const [number, setNumber] = useState('')
  const ready = bank.trim().length > 1 && holder.trim() !== '' && number.trim() !== ''
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await run({ accounts: [{ elderId: row.elderId, bank: bank.trim(), holder: holder.trim(), number }] })
    if (answer.ok) setNumber('')
  }
  return (
    <form className="pay-account" onSubmit={(event) => void submit(event)}>
      <TextField label={t('pay.payees.bank')} value={bank} onText={setBank} maxLength={60} />
      <TextField label={t('pay.payees.holder')} value={holder} onText={setHolder} maxLength={40} />
      <TextField label={t('pay.payees.number')} value={number} onText={setNumber} maxLength={50} />
      <SayNo no={no} />
      <button type="submit" className="b" disabled={busy || !ready} title={ready ? undefined : t('pay.payees.number')}>{t('pay.payees.save')}</button>
    </form>
  )
}

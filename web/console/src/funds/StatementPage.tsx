import { useSearchParams } from 'react-router'
import { seeStatement } from '@songbai/capabilities/decide/funds/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { listAddress, monthsBack } from '../payments/model.ts'
import { SayNo, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import { KIND_WORD, statementAddress } from './words-of.ts'
import '../payments/payments.css'

type Row = OutputOf<typeof seeStatement>['rows'][number]
const AT_ONCE = 200

/** One account, oldest first; every line opens the rows it is the sum of. */
export default function StatementPage() {
  const { t, both, month, money } = useWords()
  const { me } = useSession()
  const go = useGo()
  const [params] = useSearchParams()
  const [code, of] = [params.get('code') ?? '', params.get('month') ?? '']
  const ask = { code, limit: AT_ONCE, ...(of ? { month: of } : {}) }
  const head = useSee(seeStatement, { ...ask, limit: 1 })
  const pages = usePages(seeStatement, ask, (value): readonly Row[] => value.rows)
  const got = head.value
  const signed = (row: Row) => money(row.incoming > 0 ? row.incoming : -row.outgoing)
  return (
    <div className="page">
      <Briefing title={got ? both(got.account.title) : t('fund.title')} actions={<button type="button" className="b" onClick={() => go('/funds')}><Icon name="left" />{t('fund.statement.back')}</button>}>
        {got && t('fund.statement.brief', { opening: money(got.opening), incoming: money(got.incoming), outgoing: money(got.outgoing), closing: money(got.closing) })}
      </Briefing>
      <SayNo no={pages.no} onRetry={pages.again} />
      <DenseList<Row>
        id="statement" label={t('fund.title')} rows={pages.rows} rowKey={(row) => row.id}
        columns={[
          { id: 'day', title: t('fund.col.day'), width: '96px', cell: (row) => row.on },
          { id: 'what', title: t('fund.col.what'), width: 'minmax(110px,1fr)', cell: (row) => <Behind row={row} /> },
          { id: 'other', title: t('fund.col.other'), width: 'minmax(120px,1fr)', cell: (row) => <To to={statementAddress(row.other)}>{both(row.otherTitle)}</To> },
          { id: 'place', title: t('fund.col.place'), width: '110px', cell: (row) => row.place },
          { id: 'in', title: t('fund.col.in'), width: '124px', numeric: true, cell: (row) => (row.incoming > 0 ? money(row.incoming) : '') },
          { id: 'out', title: t('fund.col.out'), width: '124px', numeric: true, cell: (row) => (row.outgoing > 0 ? money(row.outgoing) : '') },
          { id: 'balance', title: t('fund.col.balance'), width: '132px', numeric: true, cell: (row) => <b>{money(row.balance)}</b> },
          { id: 'who', title: t('fund.col.who'), width: '84px', cell: (row) => <span className="muted">{row.by}</span> },
        ]}
        card={(row) => <><div className="row"><Behind row={row} /><span className="end">{signed(row)}</span></div><div className="sm muted el">{row.on} · {row.place} · {both(row.otherTitle)}</div><div className="sm">{t('fund.col.balance')} <b>{money(row.balance)}</b></div></>}
        cardHeight={88}
        toolbar={<div className="sentence"><Choice label={t('fund.statement.month')} value={of} options={[{ id: '', name: t('fund.statement.all') }, ...monthsBack(me.today, 13).map((one) => ({ id: one, name: month(one) }))]} onPick={(next) => go(statementAddress(code, next))} /></div>}
        empty={<EmptyState icon="coin" title={t('fund.statement.none')} />}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
    </div>
  )
}

const LIST_OF: Readonly<Record<string, 'pay' | 'again' | 'offset' | 'over' | 'returned'>> = { release: 'pay', again: 'again', offset: 'offset', recovered: 'offset', claim: 'over', returned: 'returned', paid: 'pay' }

/** What a transfer is the sum of: lines of a batch in a township and item, a recovery, a returned payment. */
function Behind({ row }: { readonly row: Row }) {
  const { t } = useWords()
  const word = t(KIND_WORD[row.kind] ?? 'fund.kind.release')
  if (row.refKind === 'batch' && row.refId) return <To to={listAddress(row.refId, { list: LIST_OF[row.kind] ?? 'pay', ...(row.item ? { item: row.item } : {}), place: row.region })}>{word}</To>
  if (row.refKind === 'recoup' || row.refKind === 'returned') return <To to="/payments/recoveries">{word}</To>
  return <span title={row.note ?? undefined}>{word}</span>
}

import { useSearchParams } from 'react-router'
import { listAhead } from '@songbai/capabilities/decide/offers/contract'
import type { AheadRow } from '@songbai/capabilities/decide/offers/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, useSee } from '../query.tsx'
import { useView } from '../session.ts'
import { Amount } from './Amount.tsx'
import './offers.css'

const AT_ONCE = 200

/** By month: who becomes entitled by age or date, and what it will be worth that day. */
export default function AheadPage() {
  const { t, both, rich, month: monthSaid } = useWords()
  const { region } = useView()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const [month, item] = [params.get('month') ?? '', params.get('item') ?? '']
  const set = (key: string, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  }, { replace: true })
  const input = { place: region, ...(item ? { item } : {}), ...(/^\d{4}-\d{2}$/.test(month) ? { month } : {}) }
  const head = useSee(listAhead, { place: region, limit: 1, ...(item ? { item } : {}) }).value
  const pages = usePages(listAhead, { ...input, limit: AT_ONCE }, (value): readonly AheadRow[] => value.rows)
  const conditions = [...(month ? [{ id: 'month', name: monthSaid(month) }] : []), ...(item ? [{ id: 'item', name: t('offers.col.item') }] : [])]
  return (
    <div className="page">
      <Briefing title={t('offers.ahead.title')} actions={<button type="button" className="b" onClick={() => go('/offers')}><Icon name="left" />{t('offers.ahead.back')}</button>}>{head && rich('offers.ahead.brief', { n: <Num to="/offers/ahead">{t('offers.n', { n: formatNumber(head.total) })}</Num> })}</Briefing>
      <SayNo no={pages.no} onRetry={pages.again} />
      <DenseList<AheadRow>
        id="ahead" label={t('offers.ahead.title')} rows={pages.rows} rowKey={(row) => `${row.elderId} ${row.item}`} onPage={(row) => go(`/elders/${row.elderId}`)} cardHeight={84}
        columns={[
          { id: 'day', title: t('offers.ahead.col.day'), width: '110px', cell: (row) => row.onDay },
          { id: 'left', title: t('offers.ahead.col.left'), width: '80px', numeric: true, cell: (row) => t('offers.days', { n: row.days }) },
          { id: 'name', title: t('offers.col.name'), width: '100px', cell: (row) => <b>{row.elderName}</b> },
          { id: 'item', title: t('offers.col.item'), width: 'minmax(140px,1.4fr)', cell: (row) => both(row.title) },
          { id: 'place', title: t('offers.col.place'), width: 'minmax(140px,1.4fr)', cell: (row) => placeSaid(row.place) },
          { id: 'amount', title: t('offers.col.amount'), width: '150px', numeric: true, cell: (row) => <Amount of={row} /> },
        ]}
        card={(row) => <><div className="row"><b>{row.elderName}</b><span className="end">{row.onDay}</span></div><div className="row"><span className="el grow">{both(row.title)}</span><Amount of={row} /></div><div className="sm muted el">{placeSaid(row.place)}</div></>}
        toolbar={
          <div className="sentence">
            <span>{t('offers.filter.see')}</span>
            <Choice label={t('offers.ahead.col.day')} value={month} options={[{ id: '', name: t('offers.ahead.anyMonth') }, ...(head?.months ?? []).map((one) => ({ id: one.month, name: t('offers.ahead.month', { month: monthSaid(one.month), n: formatNumber(one.count) }) }))]} onPick={(id) => set('month', id)} />
            <Choice label={t('offers.col.item')} value={item} options={[{ id: '', name: t('offers.filter.anyItem') }, ...(head?.items ?? []).map((one) => ({ id: one.item, name: both(one.title) }))]} onPick={(id) => set('item', id)} />
            {pages.rows && <b role="status">{t('offers.n', { n: formatNumber(pages.total) })}</b>}
          </div>
        }
        empty={conditions.length > 0 ? <FilteredEmpty conditions={conditions} onDrop={(id) => set(id, '')} onClear={() => setParams({})} /> : <EmptyState icon="clock" title={t('offers.ahead.none')} actions={<button type="button" className="b p" onClick={() => go('/offers')}>{t('offers.ahead.back')}</button>} />}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
    </div>
  )
}

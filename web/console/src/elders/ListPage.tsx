import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { countElders, exportElders, listElders, mergeElders, registerElder } from '@songbai/capabilities/know/elders/contract'
import type { ElderRow } from '@songbai/capabilities/know/elders/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import type { Column } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useAsOf, useSee } from '../query.tsx'
import { usePages } from '../parts/usePages.ts'
import { may, useSession } from '../session.ts'
import { CategoryStrip } from './CategoryStrip.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { FilterSentence, useFilterWords } from './FilterSentence.tsx'
import { OpenedRow } from './OpenedRow.tsx'
import { useAddress, useGoHere } from './address.ts'
import { EVERYBODY, askOf, narrowing, readFilter, without, writeFilter } from './filter.ts'
import type { Filter, SortBy } from './filter.ts'
import { rememberList } from './neighbours.ts'
import { Level, Person, Tags } from './person.tsx'
import { idSaid, placeSaid } from './say.ts'
import './elders.css'

const PAGE = 200

function useFilter(): { readonly filter: Filter; readonly set: (next: Filter) => void } {
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => readFilter(params), [params])
  const set = useCallback((next: Filter) => setParams((before) => writeFilter(next, before)), [setParams])
  return { filter, set }
}

/** Everybody of a place, narrowed by the words of a sentence. */
export default function ListPage() {
  const { t } = useWords()
  const { me, view } = useSession()
  const { filter, set } = useFilter()
  const asOf = useAsOf()
  const go = useGoHere()
  const ask = useMemo(() => ({ place: view.region, ...asOf, ...askOf(filter), sort: filter.sort }), [view.region, asOf, filter])
  const list = usePages(listElders, { ...ask, limit: PAGE }, (value) => value.rows)
  const counts = useSee(countElders, { place: view.region, ...asOf })
  const columns = useColumns()
  const [exporting, setExporting] = useState<ReadonlySet<string> | null>(null)
  const open = (row: ElderRow) => {
    rememberList({ ids: (list.rows ?? []).map((one) => one.id), total: list.total, from: `${location.pathname}${location.search}` })
    go(`/elders/${row.id}`)
  }
  const startExport = (selected: ReadonlySet<string>) => { if (may(me, exportElders)) setExporting(selected) }
  return (
    <div className="page elders">
      <Briefing title={t('elder.list.title')} actions={<Actions onExport={() => startExport(new Set())} />}>
        {counts.value && <CountWords counts={counts.value} />}
      </Briefing>
      {counts.value && <CategoryStrip categories={counts.value.categories} filter={filter} onFilter={set} />}
      <SayNo no={list.no} onRetry={list.again} />
      {!list.no && (
        <DenseList
          id="elders" label={t('elder.list.title')} rows={list.rows} rowKey={(row) => row.id} columns={columns} cardHeight={92}
          height="max(360px, calc(100dvh - 226px))"
          sort={{ column: filter.sort, down: filter.sort === 'age' || filter.sort === 'changed' }} onSort={({ column }) => set({ ...filter, sort: column as SortBy })}
          card={(row) => <CardOf row={row} />} opened={(row) => <OpenedRow row={row} onPage={() => open(row)} />} onPage={open} onExport={startExport}
          toolbar={<FilterSentence filter={filter} onFilter={set} total={list.rows === null ? null : list.total} categories={counts.value?.categories ?? []} />}
          empty={<Empty filter={filter} onFilter={set} anybody={(counts.value?.total ?? 0) > 0} />}
          {...(list.rows && list.more ? { more: { left: list.total - list.rows.length, load: list.more } } : {})}
          foot={<span className="no-phone">{t('elder.list.keys')}</span>}
        />
      )}
      {exporting && <ExportDialog ask={{ ...askOf(filter), place: view.region, ...asOf, ...(exporting.size > 0 ? { ids: [...exporting].slice(0, 1000) } : {}) }} n={exporting.size > 0 ? exporting.size : list.total} onClose={() => setExporting(null)} />}
    </div>
  )
}

function CountWords({ counts }: { readonly counts: OutputOf<typeof countElders> }) {
  const { t, rich } = useWords()
  const address = useAddress()
  const people = (n: number) => t('common.people', { n: formatNumber(n) })
  const any = `/elders?cat=${counts.categories.map((one) => one.id).join(',')}`
  return rich('elder.list.counts', { total: <Num to={address('/elders')}>{people(counts.total)}</Num>, any: <Num to={address(any)}>{people(counts.inAnyCategory)}</Num> })
}

function Actions({ onExport }: { readonly onExport: () => void }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const go = useGoHere()
  const past = view.readOnly ? t('elder.past.rests') : undefined
  return (
    <>
      {may(me, mergeElders) && <button type="button" className="b" disabled={view.readOnly} title={past} onClick={() => go('/elders/duplicates')}><Icon name="merge" />{t('elder.dup.title')}</button>}
      {may(me, exportElders) && <button type="button" className="b" onClick={onExport}><Icon name="import" />{t('common.export')}</button>}
      {may(me, registerElder) && <button type="button" className="b p" disabled={view.readOnly} title={past} onClick={() => go('/elders/new')}><Icon name="plus" />{t('elder.register')}</button>}
    </>
  )
}

function useColumns(): readonly Column<ElderRow>[] {
  const { t, lang } = useWords()
  return useMemo(() => [
    { id: 'name', title: t('elder.name'), width: 'minmax(104px,.7fr)', sortable: true, cell: (row) => <Person row={row} /> },
    { id: 'age', title: t('elder.sexAge'), width: lang === 'en' ? '128px' : '84px', sortable: true, cell: (row) => <SexAge row={row} /> },
    { id: 'place', title: t('elder.place'), width: 'minmax(0,1.2fr)', sortable: true, cell: (row) => placeSaid(row.place) },
    { id: 'categories', title: t('elder.categories'), width: 'minmax(0,1.6fr)', cell: (row) => <Tags ids={row.categories} most={lang === 'en' ? 2 : 4} /> },
    { id: 'level', title: t('elder.ability'), width: '84px', cell: (row) => <Level id={row.abilityLevel} /> },
    { id: 'idNumber', title: t('elder.idNumber'), width: '168px', cell: (row) => row.idMasked ? idSaid(row.idMasked) : <span className="muted">{t('elder.notKnown')}</span> },
    { id: 'phone', title: t('elder.phone'), width: '112px', cell: (row) => row.phoneMasked ?? <span className="muted">{t('elder.notKnown')}</span> },
  ], [t, lang])
}

function SexAge({ row }: { readonly row: ElderRow }) {
  const { t } = useWords()
  const sex = row.sex === null ? null : t(row.sex === 'male' ? 'person.male' : 'person.female')
  const age = row.age === null ? null : t('person.age', { n: row.age })
  return <>{[sex, age].filter(Boolean).join(' · ') || <span className="muted">{t('elder.notKnown')}</span>}</>
}

function CardOf({ row }: { readonly row: ElderRow }) {
  return (
    <>
      <div className="row"><Person row={row} /><span className="sm muted"><SexAge row={row} /></span><span className="end sm"><Level id={row.abilityLevel} /></span></div>
      <div className="sm muted el">{placeSaid(row.place)}</div>
      <div className="tags-line"><Tags ids={row.categories} most={3} /></div>
    </>
  )
}

function Empty({ filter, onFilter, anybody }: { readonly filter: Filter; readonly onFilter: (next: Filter) => void; readonly anybody: boolean }) {
  const { t } = useWords()
  const { me, view, pageExists } = useSession()
  const go = useGoHere()
  const words = useFilterWords()
  const conditions = narrowing(filter)
  if (conditions.length > 0) return <FilteredEmpty conditions={conditions.map((id) => ({ id, name: words(filter, id) }))} onDrop={(id) => onFilter(without(filter, id as (typeof conditions)[number]))} onClear={() => onFilter({ ...EVERYBODY, sort: filter.sort })} />
  if (anybody) return null
  return (
    <EmptyState icon="people" title={t('elder.none.title')} actions={!view.readOnly && <>
      {pageExists('/imports') && <button type="button" className="b p" onClick={() => go('/imports')}><Icon name="import" />{t('elder.none.import')}</button>}
      {may(me, registerElder) && <button type="button" className="b" onClick={() => go('/elders/new')}>{t('elder.register')}</button>}
    </>}>{t('elder.none.text')}</EmptyState>
  )
}

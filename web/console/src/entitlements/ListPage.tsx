import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { exportResults, listResults, seeExplanation, seeMissing, seeSummary } from '@songbai/capabilities/decide/entitlements/contract'
import type { ResultRow, Standing } from '@songbai/capabilities/decide/entitlements/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Kbd } from '@songbai/web-shared/Keys.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import type { Column } from '@songbai/web-shared/widgets/DenseList.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, Show, useAsOf, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Amount } from './Explain.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { ListPaper } from './ListPaper.tsx'
import { Opened } from './PersonPanel.tsx'
import { MARK, ORDER, WORD, standingsFrom } from './standing.ts'
import './entitlements.css'

const AT_ONCE = 200
const USUAL: readonly Standing[] = ['entitledNotEnjoying']
const EVERY = 'all'

/** Who stands how, by item and place; the reasons in place. */
export default function ListPage() {
  const { t, both, lang } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const asOf = useAsOf()
  const filter = useFilter(view.region)
  const pages = usePages(listResults, { ...filter.input, limit: AT_ONCE, ...asOf }, (value): readonly ResultRow[] => value.rows)
  const [sheet, setSheet] = useState<'export' | 'print' | null>(null)
  const days = asOf.at ? `?at=${asOf.at}${asOf.knownOn && asOf.knownOn !== asOf.at ? `&knownOn=${asOf.knownOn}` : ''}` : ''
  const title = filter.item ? both(filter.item.title) : t('ent.list.title')
  const total = formatNumber(pages.total)
  const exports = may(me, exportResults) && !view.readOnly && pages.total > 0
  return (
    <div className="page">
      <Briefing
        title={title}
        actions={<><button type="button" className="b" onClick={() => go(`/entitlements${days}`)}><Icon name="left" />{t('ent.toSummary')}</button><button type="button" className="b" disabled={pages.total === 0} title={pages.total === 0 ? t('ent.list.nothing') : undefined} onClick={() => setSheet('print')}><Icon name="print" />{t('ent.printList')}</button>{exports && <button type="button" className="b" onClick={() => setSheet('export')}><Icon name="import" />{t('common.export')} <Kbd>E</Kbd></button>}</>}
      />
      <SayNo no={pages.no} onRetry={pages.again} />
      <DenseList<ResultRow>
        id="entitlements" label={title} rows={pages.rows} rowKey={(row) => `${row.elderId}:${row.item}`}
        columns={columns(filter.item === undefined, t, both, lang)}
        card={(row) => <><div className="row"><b>{row.name}</b><span className="sm muted">{row.age !== null && t('person.age', { n: row.age })}</span><span className="end"><Amount kind={filter.kindOf(row.item)} amountFen={row.amountFen} sample={filter.sampleOf(row.item)} /></span></div><div className="sm muted el">{placeSaid(row.place)} · {both(row.itemTitle)}</div><StateMark state={MARK[row.standing]} small>{t(WORD[row.standing])}</StateMark> <span className="sm el">{both(row.because)}</span></>}
        cardHeight={88}
        opened={(row) => <Why key={`${row.elderId}:${row.item}`} row={row} />}
        onPage={(row) => go(`/elders/${row.elderId}${days}`)}
        {...(exports ? { onExport: () => setSheet('export') } : {})}
        toolbar={<Sentence filter={filter} total={pages.rows === null ? null : total} />}
        empty={filter.conditions.length > 0 ? <FilteredEmpty conditions={filter.conditions} onDrop={filter.drop} onClear={filter.clear} /> : <EmptyState icon="heart" title={t('ent.list.none')} actions={<button type="button" className="b p" onClick={() => go(`/entitlements${days}`)}>{t('ent.toSummary')}</button>} />}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
      {sheet === 'export' && <ExportDialog filter={{ ...filter.input, standing: [...filter.standing], ...asOf }} total={pages.total} onClose={() => setSheet(null)} />}
      {sheet === 'print' && <ListPaper input={{ ...filter.input, ...asOf }} title={title} sampleOf={filter.sampleOf} onClose={() => setSheet(null)} />}
    </div>
  )
  function columns(withItem: boolean, say: typeof t, bothOf: typeof both, language: typeof lang): readonly Column<ResultRow>[] {
    return [
      { id: 'name', title: say('ent.col.name'), width: language === 'en' ? '100px' : '92px', cell: (row) => <b>{row.name}</b> },
      { id: 'age', title: say('ent.col.age'), width: '44px', numeric: true, cell: (row) => row.age ?? '' },
      { id: 'place', title: say('ent.col.place'), width: 'minmax(120px,1fr)', cell: (row) => <span title={placeSaid(row.place)}>{placeSaid(row.place)}</span> },
      ...(withItem ? [{ id: 'item', title: say('ent.item'), width: 'minmax(110px,1fr)', cell: (row: ResultRow) => bothOf(row.itemTitle) }] : []),
      { id: 'standing', title: say('reason.result'), width: language === 'en' ? '190px' : '128px', cell: (row) => <StateMark state={MARK[row.standing]}>{say(WORD[row.standing])}</StateMark> },
      { id: 'because', title: say('ent.because'), width: 'minmax(180px,2fr)', cell: (row) => <span title={bothOf(row.because)}>{bothOf(row.because)}</span> },
      { id: 'amount', title: say('ent.amount'), width: '140px', numeric: true, cell: (row) => <Amount kind={filter.kindOf(row.item)} amountFen={row.amountFen} sample={filter.sampleOf(row.item)} /> },
      { id: 'turns', title: say('ent.col.turns'), width: '96px', cell: (row) => row.turnsOn ?? '' },
    ]
  }
}

interface Filter {
  readonly input: { readonly place?: string; readonly item?: string; readonly standing: Standing[]; readonly missingFact?: string }
  readonly standing: readonly Standing[]
  readonly item: Items[number] | undefined
  readonly items: Items
  readonly missing: string
  readonly placeName: string | null
  readonly conditions: readonly { readonly id: string; readonly name: string }[]
  readonly set: (key: string, value: string) => void
  readonly drop: (key: string) => void
  readonly clear: () => void
  readonly kindOf: (item: string) => 'cash' | 'service' | 'voucher'
  readonly sampleOf: (item: string) => boolean
}
type Items = NonNullable<ReturnType<typeof useSee<typeof seeSummary>>['value']>['items']

// The address is the filter; a new place in the top bar drops the narrower place a count had brought along.
function useFilter(region: string): Filter {
  const { t, both } = useWords()
  const [params, setParams] = useSearchParams()
  const asOf = useAsOf()
  const place = params.get('place') ?? region
  const summary = useSee(seeSummary, { place: region, ...asOf }).value
  const own = params.get('standing')
  const standing = own === EVERY ? ORDER : standingsFrom(own).length > 0 ? standingsFrom(own) : USUAL
  const id = params.get('item') ?? ''
  const missing = params.get('missing') ?? ''
  const items = summary?.items ?? []
  const item = items.find((one) => one.id === id)
  const change = (changes: Readonly<Record<string, string>>) => setParams((before) => {
    const after = new URLSearchParams(before)
    for (const [key, value] of Object.entries(changes)) if (value) after.set(key, value)
    else after.delete(key)
    return after
  })
  const seenRegion = useRef(region)
  useEffect(() => {
    if (seenRegion.current !== region && params.get('place')) change({ place: '' })
    seenRegion.current = region
  }, [region])
  const placeName = params.get('place') ? (summary?.places.find((one) => one.code === place)?.name ?? place) : null
  const conditions = useMemo(() => [
    ...(item ? [{ id: 'item', name: both(item.title) }] : []),
    ...(own ? [{ id: 'standing', name: standing.map((one) => t(WORD[one])).join(' ') }] : []),
    ...(missing ? [{ id: 'missing', name: t('ent.filter.missing') }] : []),
    ...(placeName ? [{ id: 'place', name: placeName }] : []),
  ], [item, own, missing, placeName, both, t])
  return {
    input: { place, ...(id ? { item: id } : {}), standing: [...standing], ...(missing ? { missingFact: missing } : {}) },
    standing, item, items, missing, placeName, conditions, set: (key, value) => change({ [key]: value }), drop: (key) => change({ [key]: '' }), clear: () => change({ item: '', standing: '', missing: '', place: '' }),
    kindOf: (one) => items.find((x) => x.id === one)?.kind ?? 'cash', sampleOf: (one) => items.find((x) => x.id === one)?.sample ?? false,
  }
}

/** 看［咸宜镇］［高龄津贴］［有资格未享］的人，共 23 项结果. */
function Sentence({ filter, total }: { readonly filter: Filter; readonly total: string | null }) {
  const { t, both } = useWords()
  const { view } = useSession()
  const facts = useSee(seeMissing, filter.standing.includes('unknown') ? { place: filter.input.place ?? view.region, ...(filter.input.item ? { item: filter.input.item } : {}), ...useAsOf() } : null).value?.facts ?? []
  const one = filter.standing.length === 1 ? filter.standing[0]! : EVERY
  return (
    <div className="sentence">
      <span>{t('ent.filter.see')}</span>
      {filter.placeName && <button type="button" className="ch g" title={t('ent.filter.dropPlace')} onClick={() => filter.drop('place')}>{filter.placeName} ×</button>}
      <Choice label={t('ent.item')} value={filter.input.item ?? ''} options={[{ id: '', name: t('ent.filter.anyItem') }, ...filter.items.map((x) => ({ id: x.id, name: both(x.title) }))]} onPick={(id) => filter.set('item', id)} />
      <Choice label={t('reason.result')} value={one} options={[...ORDER.map((x) => ({ id: x, name: t(WORD[x]) })), { id: EVERY, name: t('ent.filter.anyStanding') }]} onPick={(id) => filter.set('standing', id)} />
      {filter.standing.includes('unknown') && (facts.length > 0 || filter.missing) && <Choice label={t('ent.missing')} value={filter.missing} options={[{ id: '', name: t('ent.filter.anyFact') }, ...facts.map((x) => ({ id: x.fact, name: t('ent.filter.lacks', { fact: both(x.label) }) }))]} onPick={(id) => filter.set('missing', id)} />}
      {total !== null && <b role="status">{t('ent.results', { n: total })}</b>}
    </div>
  )
}

function Why({ row }: { readonly row: ResultRow }) {
  const asOf = useAsOf()
  const seen = useSee(seeExplanation, { elderId: row.elderId, item: row.item, ...asOf })
  const { view } = useSession()
  const fits = seen.value?.item.id === row.item
  return <Show seen={fits ? seen : { ...seen, value: undefined }} rows={3}>{(got) => <Opened of={got} at={view.at} elderId={row.elderId} />}</Show>
}

import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { approveMany, listOffers, saveOfferSettings, seeFunnel } from '@songbai/capabilities/decide/offers/contract'
import type { OfferRow } from '@songbai/capabilities/decide/offers/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Amount } from './Amount.tsx'
import { ApproveMany } from './ApproveMany.tsx'
import { FunnelLine, FunnelStages, FunnelTables } from './Funnel.tsx'
import { HowTold } from './HowTold.tsx'
import { REACHED_WORD, STAGE_MARK, STAGE_WORD, WAITING } from './say.ts'
import './offers.css'

const AT_ONCE = 200

/** Who was found, how far each came, who waits for whom. */
export default function OffersPage() {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const filter = useFilter(view.region)
  const funnel = useSee(seeFunnel, { place: view.region })
  const pages = usePages(listOffers, { ...filter.input, limit: AT_ONCE }, (value): readonly OfferRow[] => value.rows)
  const [sheet, setSheet] = useState<'bulk' | 'told' | null>(null)
  const selected = useRef<ReadonlySet<string>>(new Set())
  const checked = (pages.rows ?? []).filter((row) => row.state === 'checked')
  const got = funnel.value
  return (
    <div className="page offers">
      <Briefing title={t('offers.title')} actions={<>
        <button type="button" className="b" onClick={() => go('/offers/ahead')}><Icon name="clock" />{got ? t('offers.ahead.open', { n: formatNumber(got.ahead) }) : t('offers.ahead')}</button>
        {may(me, saveOfferSettings) && <button type="button" className="b" onClick={() => setSheet('told')}><Icon name="speak" />{t('offers.settings')}</button>}
        {may(me, approveMany) && <button type="button" className="b p" disabled={checked.length === 0} title={checked.length === 0 ? t('offers.bulk.none') : undefined} onClick={() => setSheet('bulk')}><Icon name="check" />{t('offers.bulk')}</button>}
      </>}>
        {got && <FunnelLine funnel={got} />}
      </Briefing>
      <SayNo no={funnel.no} onRetry={funnel.again} />
      {got && <FunnelStages funnel={got} />}
      <SayNo no={pages.no} onRetry={pages.again} />
      <DenseList<OfferRow>
        id="offers" label={t('offers.title')} rows={pages.rows} rowKey={(row) => row.id} onPage={(row) => go(`/offers/${row.id}`)} onAct={(row) => go(`/offers/${row.id}`)} onSelect={(keys) => { selected.current = keys }} cardHeight={112}
        columns={[
          { id: 'name', title: t('offers.col.name'), width: '92px', cell: (row) => <b>{row.elderName}</b> },
          { id: 'item', title: t('offers.col.item'), width: 'minmax(120px,1.2fr)', cell: (row) => both(row.title) },
          { id: 'place', title: t('offers.col.place'), width: 'minmax(110px,1fr)', cell: (row) => placeSaid(row.place) },
          { id: 'stage', title: t('offers.col.stage'), width: '140px', cell: (row) => <Stage row={row} /> },
          { id: 'because', title: t('offers.col.because'), width: 'minmax(150px,2fr)', cell: (row) => <span title={both(row.because)}>{both(row.because)}</span> },
          { id: 'amount', title: t('offers.col.amount'), width: '136px', numeric: true, cell: (row) => <Amount of={row} /> },
          { id: 'days', title: t('offers.col.days'), width: '76px', numeric: true, cell: (row) => <Days row={row} /> },
          { id: 'due', title: t('offers.col.due'), width: '96px', cell: (row) => <span className={row.over ? 'hot' : undefined}>{row.dueOn}</span> },
        ]}
        card={(row) => <><div className="row"><b>{row.elderName}</b><span className="end sm"><Stage row={row} /></span></div><div className="row"><span className="el grow">{both(row.title)}</span><Amount of={row} /></div><div className="sm muted el">{placeSaid(row.place)}</div><div className={row.over ? 'sm el hot' : 'sm muted el'}>{t('offers.dueOn', { day: row.dueOn })}</div></>}
        opened={(row) => <><p className="sm">{both(row.because)}</p><p className="sm muted">{t('offers.number', { number: row.number })} · {t('offers.dueOn', { day: row.dueOn })}</p><button type="button" className="b s p" style={{ marginTop: 6 }} onClick={() => go(`/offers/${row.id}`)}>{t('offers.open')}</button></>}
        toolbar={<Sentence filter={filter} items={got?.items ?? []} total={pages.rows === null ? null : pages.total} />}
        empty={filter.conditions.length > 0 ? <FilteredEmpty conditions={filter.conditions} onDrop={filter.drop} onClear={filter.clear} /> : <EmptyState icon="heart" title={t('offers.none')} actions={<button type="button" className="b p" onClick={() => go('/entitlements')}>{t('offers.none.see')}</button>}>{t('offers.none.body')}</EmptyState>}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
      {got && <FunnelTables funnel={got} />}
      {sheet === 'bulk' && <ApproveMany rows={selected.current.size > 0 ? checked.filter((row) => selected.current.has(row.id)) : checked} onClose={() => setSheet(null)} />}
      {sheet === 'told' && <HowTold onClose={() => setSheet(null)} />}
    </div>
  )
}

function Stage({ row }: { readonly row: OfferRow }) {
  const { t } = useWords()
  return <StateMark state={row.over ? 'alarm' : STAGE_MARK[row.state]} small>{t(STAGE_WORD[row.state])}</StateMark>
}

function Days({ row }: { readonly row: OfferRow }) {
  const { t } = useWords()
  return <>{row.days === 0 ? t('offers.today') : t('offers.days', { n: row.days })}</>
}

function useFilter(region: string) {
  const { t } = useWords()
  const [params, setParams] = useSearchParams()
  const one = <K extends string>(words: Readonly<Record<K, unknown>>, key: string): K | '' => {
    const text = params.get(key)
    return text !== null && Object.hasOwn(words, text) ? (text as K) : ''
  }
  const [stage, reached, item, number, over] = [one(STAGE_WORD, 'stage'), one(REACHED_WORD, 'reached'), params.get('item') ?? '', params.get('number') ?? '', params.get('over') === '1']
  const place = params.get('place') ?? ''
  const change = (changes: Readonly<Record<string, string>>) => setParams((before) => {
    const after = new URLSearchParams(before)
    for (const [key, value] of Object.entries(changes)) if (value) after.set(key, value)
    else after.delete(key)
    return after
  }, { replace: true })
  // A new place in the top bar drops the narrower one a count had brought along.
  const seen = useRef(region)
  useEffect(() => {
    if (seen.current !== region && place) change({ place: '' })
    seen.current = region
  }, [region])
  const conditions = useMemo(() => [
    ...(stage ? [{ id: 'stage', name: t(STAGE_WORD[stage]) }] : []), ...(reached ? [{ id: 'reached', name: t(REACHED_WORD[reached]) }] : []), ...(item ? [{ id: 'item', name: t('offers.col.item') }] : []),
    ...(over ? [{ id: 'over', name: t('offers.col.over') }] : []), ...(number ? [{ id: 'number', name: t('offers.filter.numberShown', { number }) }] : []), ...(place ? [{ id: 'place', name: t('offers.col.place') }] : []),
  ], [stage, reached, item, over, number, place, t])
  return {
    stage, reached, item, number, over, place, conditions, change, drop: (key: string) => change({ [key]: '' }), clear: () => setParams({}),
    input: { place: place || region, overdue: over, ...(stage ? { stage } : {}), ...(reached ? { reached } : {}), ...(item ? { item } : {}), ...(number ? { number } : {}) },
  }
}

/** 看［等着告诉］［高龄津贴］［只看超时限的］，共 23 件. */
function Sentence({ filter, items, total }: { readonly filter: ReturnType<typeof useFilter>; readonly items: readonly { readonly item: string; readonly title: { readonly zh: string; readonly en: string } }[]; readonly total: number | null }) {
  const { t, both } = useWords()
  const [typed, setTyped] = useState(filter.number)
  useEffect(() => setTyped(filter.number), [filter.number])
  return (
    <div className="sentence">
      <span>{t('offers.filter.see')}</span>
      {filter.place && <button type="button" className="ch g" title={t('offers.filter.dropPlace')} onClick={() => filter.drop('place')}>{t('offers.filter.dropPlace')} ×</button>}
      <Choice
        label={t('offers.col.stage')} value={filter.stage || (filter.reached && `reached.${filter.reached}`)}
        options={[{ id: '', name: t('offers.filter.anyStage') }, ...WAITING.map((id) => ({ id: id as string, name: t(STAGE_WORD[id]) })), ...(['approved', 'declined', 'refused', 'ended'] as const).map((id) => ({ id: id as string, name: t(STAGE_WORD[id]) })), ...Object.entries(REACHED_WORD).map(([id, word]) => ({ id: `reached.${id}`, name: t(word) }))]}
        onPick={(id) => filter.change(id.startsWith('reached.') ? { stage: '', reached: id.slice(8) } : { stage: id, reached: '' })}
      />
      <Choice label={t('offers.col.item')} value={filter.item} options={[{ id: '', name: t('offers.filter.anyItem') }, ...items.map((one) => ({ id: one.item, name: both(one.title) }))]} onPick={(id) => filter.change({ item: id })} />
      <Choice label={t('offers.col.over')} value={filter.over ? '1' : ''} options={[{ id: '', name: t('offers.filter.overAny') }, { id: '1', name: t('offers.filter.over') }]} onPick={(id) => filter.change({ over: id })} />
      <form onSubmit={(event) => { event.preventDefault(); filter.change({ number: typed.replaceAll(/\D/g, '') }) }}><input className="in" inputMode="numeric" aria-label={t('offers.filter.number')} placeholder={t('offers.filter.number')} value={typed} onChange={(event) => setTyped(event.target.value)} /></form>
      {total !== null && <b role="status">{t('offers.n', { n: formatNumber(total) })}</b>}
    </div>
  )
}

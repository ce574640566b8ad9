import { useSearchParams } from 'react-router'
import { seeMissing, seeSummary } from '@songbai/capabilities/decide/entitlements/contract'
import type { Standing } from '@songbai/capabilities/decide/entitlements/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { SayNo, Show, useAsOf, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import { ItemMatrix, PlaceMatrix } from './Matrix.tsx'
import { listAddress } from './standing.ts'
import './entitlements.css'

type Summary = OutputOf<typeof seeSummary>
const KINDS = ['cash', 'service', 'voucher'] as const
const KIND_WORD = { cash: 'ent.kind.cash', service: 'ent.kind.service', voucher: 'ent.kind.voucher' } as const

/** All rules over all elders of the place and day of the top bar. */
export default function SummaryPage() {
  const { view } = useSession()
  const [params] = useSearchParams()
  const asOf = useAsOf()
  const item = params.get('item') ?? ''
  const seen = useSee(seeSummary, { place: view.region, ...asOf })
  // The places below are counted for one item only when one is chosen; the list of items stays whole.
  const one = useSee(seeSummary, item ? { place: view.region, item, ...asOf } : null)
  return <div className="page"><Show seen={seen} rows={10}>{(got) => (got.people === 0 ? <Nobody /> : <Whole got={got} item={item} places={item ? one.value : got} />)}</Show></div>
}

function Nobody() {
  const { t } = useWords()
  const go = useGo()
  return <EmptyState page icon="heart" title={t('ent.nobody')} actions={<><button type="button" className="b p" onClick={() => go('/imports')}>{t('ent.nobody.import')}</button><button type="button" className="b" onClick={() => go('/elders')}>{t('menu.elders')}</button></>}>{t('ent.nobody.body')}</EmptyState>
}

function Whole({ got, item, places }: { readonly got: Summary; readonly item: string; readonly places: Summary | undefined }) {
  const { t, both, span } = useWords()
  const [params, setParams] = useSearchParams()
  const { path } = useSession()
  const set = (key: string, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  })
  const kind = params.get('kind') ?? ''
  const rows = got.items.filter((one) => (!kind || one.kind === kind) && (!item || one.id === item))
  const chosen = got.items.find((one) => one.id === item)
  const here = path[path.length - 1]?.name ?? ''
  return (
    <>
      <Brief got={got} />
      <div className="sentence">
        <span>{t('ent.filter.see')}</span>
        <Choice label={t('ent.kind')} value={kind} options={[{ id: '', name: t('ent.kind.any') }, ...KINDS.map((one) => ({ id: one, name: t(KIND_WORD[one]) }))]} onPick={(id) => set('kind', id)} />
        <span>{t('ent.filter.of')}</span>
        <Choice label={t('ent.item')} value={item} options={[{ id: '', name: t('ent.filter.anyItem') }, ...got.items.map((one) => ({ id: one.id, name: both(one.title) }))]} onPick={(id) => set('item', id)} />
        <span className="sm muted">{t('ent.took', { n: formatNumber(got.people), items: got.items.length, time: got.tookMs < 1000 ? t('ent.ms', { n: Math.round(got.tookMs) }) : span(got.tookMs) })}</span>
      </div>
      <div className="ent-grid">
        <div>
          <Card title={t('ent.byItem')}>
            {rows.length === 0 ? <p className="pad muted">{t('ent.noItems')} <button type="button" className="lk" onClick={() => { set('kind', '') }}>{t('ent.kind.any')}</button></p> : <ItemMatrix items={rows} people={got.people} onPick={(id) => set('item', id === item ? '' : id)} chosen={item} />}
          </Card>
          {(!places || places.places.length > 0) && <Card title={t('ent.byPlace')} note={chosen ? both(chosen.title) : t('ent.byPlace.all')}><Waiting for={places?.items.every((one) => !item || one.id === item) ? places : undefined} rows={8}>{(ready) => <PlaceMatrix got={ready} {...(chosen ? { item: chosen } : {})} here={here} />}</Waiting></Card>}
        </div>
        <Missing {...(item ? { item } : {})} />
      </div>
    </>
  )
}

/** One line of counted facts; each number opens its people. */
function Brief({ got }: { readonly got: Summary }) {
  const { t, rich } = useWords()
  const asOf = useAsOf()
  const n = (standing: Standing, tone?: 'hot' | 'warm' | 'good') => <Num {...(tone && got.persons[standing] > 0 ? { tone } : {})} to={listAddress({ standing: [standing], day: asOf })}>{t('common.people', { n: formatNumber(got.persons[standing]) })}</Num>
  return (
    <Briefing title={t('menu.entitlements')}>
      {rich('ent.brief', { all: <Num to={elders(asOf)}>{t('common.people', { n: formatNumber(got.people) })}</Num>, due: n('entitledNotEnjoying', 'warm'), wrong: n('enjoyingNotEntitled', 'hot'), unknown: n('unknown'), soon: n('notYet'), drawn: n('entitledEnjoying') })}
    </Briefing>
  )
}

function elders(asOf: { readonly at?: string }): string {
  return asOf.at ? `/elders?at=${asOf.at}` : '/elders'
}

/** Which fact is missing, for how many, and whom to ask. */
function Missing({ item }: { readonly item?: string }) {
  const { t, both } = useWords()
  const { view } = useSession()
  const asOf = useAsOf()
  const seen = useSee(seeMissing, { place: view.region, ...(item ? { item } : {}), ...asOf })
  return (
    <Card title={t('ent.missing.title')} note={t('ent.missing.note')}>
      {seen.no ? <div className="pad"><SayNo no={seen.no} onRetry={seen.again} /></div> : (
        <Waiting for={seen.value} rows={4} columns={2}>
          {(got) => got.facts.length === 0 ? <p className="pad"><StateMark state="yes">{t('ent.missing.none')}</StateMark></p> : (
            <ul className="missing-list">
              {got.facts.map((one) => (
                <li key={one.fact}>
                  <div className="row"><StateMark state="unknown">{both(one.label)}</StateMark><span className="end"><Num to={listAddress({ standing: ['unknown'], missing: one.fact, item, day: asOf })}>{t('common.people', { n: formatNumber(one.people) })}</Num></span></div>
                  <span className="sm">{one.ask ? both(one.ask) : t('ent.missing.nobody')} · {t('ent.missing.results', { n: formatNumber(one.results) })}</span>
                </li>
              ))}
            </ul>
          )}
        </Waiting>
      )}
    </Card>
  )
}

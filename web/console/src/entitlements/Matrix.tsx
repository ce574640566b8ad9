import type { ReactNode } from 'react'
import { seeSummary } from '@songbai/capabilities/decide/entitlements/contract'
import type { Standing } from '@songbai/capabilities/decide/entitlements/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useAsOf } from '../query.tsx'
import { MARK, ORDER, WORD, listAddress } from './standing.ts'
import type { ListQuery } from './standing.ts'

type Summary = OutputOf<typeof seeSummary>
type Counts = Readonly<Record<Standing, number>>

const sumOf = (counts: Counts) => ORDER.reduce((sum, standing) => sum + counts[standing], 0)

/** Every count opens the list of exactly its rows; a nought opens nothing because nothing is there. */
function Cells({ counts, query, total }: { readonly counts: Counts; readonly query: ListQuery; readonly total: ReactNode }) {
  const { t } = useWords()
  const day = useAsOf()
  return (
    <>
      {ORDER.map((standing) => (
        <td key={standing} className="num" data-head={t(WORD[standing])}>
          {counts[standing] === 0 ? <span className="zero">0</span> : <Num {...(standing === 'enjoyingNotEntitled' ? { tone: 'hot' as const } : standing === 'entitledNotEnjoying' ? { tone: 'warm' as const } : {})} to={listAddress({ ...query, standing: [standing], day })}>{formatNumber(counts[standing])}</Num>}
        </td>
      ))}
      <td className="num" data-head={t('ent.sum')}>{total}</td>
    </>
  )
}

function Head({ first, more }: { readonly first: string; readonly more?: ReactNode }) {
  const { t } = useWords()
  return <thead><tr><th>{first}</th>{ORDER.map((standing) => <th key={standing} className="num"><StateMark small state={MARK[standing]}>{t(WORD[standing])}</StateMark></th>)}<th className="num">{t('ent.sum')}</th>{more}</tr></thead>
}

/** Items by standing. Each row adds up to the people of the place. */
export function ItemMatrix({ items, people, chosen, onPick }: { readonly items: Summary['items']; readonly people: number; readonly chosen: string; readonly onPick: (id: string) => void }) {
  const { t, both, money } = useWords()
  const day = useAsOf()
  return (
    <div className="matrix">
      <table className="tb">
        <Head first={t('ent.item')} more={<th className="num">{t('ent.amountAll')}</th>} />
        <tbody>
          {items.map((one) => (
            <tr key={one.id} className={one.id === chosen ? 'on' : undefined}>
              <td><button type="button" className="lk" aria-pressed={one.id === chosen} onClick={() => onPick(one.id)} title={both(one.basis)}>{both(one.title)}</button></td>
              <Cells counts={one.counts} query={{ item: one.id }} total={<Num to={listAddress({ item: one.id, standing: ORDER, day })}>{formatNumber(sumOf(one.counts))}</Num>} />
              <td className="num" data-head={t('ent.amountAll')}>{one.kind === 'cash' && one.amountFen > 0 ? <span className="nowrap">{one.sample && <><Sample /> </>}{money(one.amountFen)}</span> : <span className="muted">{one.kind === 'cash' ? t('ent.nothing') : t('ent.service')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.every((one) => sumOf(one.counts) <= people) && <p className="pad sm muted">{t('ent.adds.items', { n: formatNumber(people) })}</p>}
      {items.filter((one) => sumOf(one.counts) > people).map((one) => <p key={one.id} className="pad sm">{t('ent.adds.more', { item: both(one.title), n: formatNumber(sumOf(one.counts) - people), people: formatNumber(people) })}</p>)}
    </div>
  )
}

/** Places below by standing: for one item people, for all items together results. The foot is the sum and says so. */
export function PlaceMatrix({ got, item, here }: { readonly got: Summary; readonly item?: Summary['items'][number]; readonly here: string }) {
  const { t } = useWords()
  const day = useAsOf()
  const query = item ? { item: item.id } : {}
  const all = got.places.reduce((sum, place) => addUp(sum, place.counts), NONE)
  const whole = item ? item.counts : got.items.reduce((sum, one) => addUp(sum, one.counts), NONE)
  const fits = ORDER.every((standing) => all[standing] === whole[standing])
  return (
    <div className="matrix">
      <table className="tb">
        <Head first={t('ent.col.place')} />
        <tbody>
          {got.places.map((place) => (
            <tr key={place.code}>
              <td>{place.name} <span className="sm muted">{t('common.people', { n: formatNumber(place.people) })}</span></td>
              <Cells counts={place.counts} query={{ ...query, place: place.code }} total={<Num to={listAddress({ ...query, place: place.code, standing: ORDER, day })}>{formatNumber(sumOf(place.counts))}</Num>} />
            </tr>
          ))}
        </tbody>
        <tfoot><tr><td>{here}</td><Cells counts={whole} query={query} total={<Num to={listAddress({ ...query, standing: ORDER, day })}>{formatNumber(sumOf(whole))}</Num>} /></tr></tfoot>
      </table>
      <p className="pad sm muted">{fits ? t('ent.adds.places', { n: got.places.length, place: here }) : t('ent.adds.elsewhere', { n: formatNumber(sumOf(whole) - sumOf(all)) })}</p>
    </div>
  )
}

const NONE: Counts = { entitledEnjoying: 0, entitledNotEnjoying: 0, enjoyingNotEntitled: 0, unknown: 0, notYet: 0, no: 0 }

function addUp(a: Counts, b: Counts): Counts {
  return { entitledEnjoying: a.entitledEnjoying + b.entitledEnjoying, entitledNotEnjoying: a.entitledNotEnjoying + b.entitledNotEnjoying, enjoyingNotEntitled: a.enjoyingNotEntitled + b.enjoyingNotEntitled, unknown: a.unknown + b.unknown, notYet: a.notYet + b.notYet, no: a.no + b.no }
}

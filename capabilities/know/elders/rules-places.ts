/** Where a person is on a given day: camps go before the usual home, the newest before the older. Visits, routes and alarms ask this. */
import type { Day } from '@songbai/calendar'

export interface Dwelling {
  readonly kind: 'usual' | 'registered' | 'winterCamp' | 'summerCamp' | 'other'
  /** MM-DD, both days included; from later than to wraps the year end (10-15 … 04-30). */
  readonly seasonFrom: string | null
  readonly seasonTo: string | null
  readonly validFrom: Day | null
  readonly validTo: Day | null
}

/** [D1] A season holds on its first and last day and may run over the end of the year. */
export function inSeason(at: Day, from: string | null, to: string | null): boolean {
  if (from === null || to === null) return false
  const day = at.slice(5)
  return from <= to ? day >= from && day <= to : day >= from || day <= to
}

function valid(one: Dwelling, at: Day): boolean {
  return (one.validFrom === null || one.validFrom <= at) && (one.validTo === null || one.validTo > at)
}

/**
 * [D2] The place of the day: a camp or other place whose season it is; else the usual home; else a camp without a season; else
 * whatever is there. A registered residence is nobody's whereabouts unless nothing else is known.
 */
export function placeOfDay<D extends Dwelling>(dwellings: readonly D[], at: Day): D | null {
  const now = dwellings.filter((one) => valid(one, at))
  const newest = (list: readonly D[]): D | null => [...list].sort((a, b) => (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0] ?? null
  return newest(now.filter((one) => one.kind !== 'registered' && inSeason(at, one.seasonFrom, one.seasonTo)))
    ?? newest(now.filter((one) => one.kind === 'usual'))
    ?? newest(now.filter((one) => one.kind !== 'registered' && one.seasonFrom === null))
    ?? newest(now.filter((one) => one.kind === 'registered'))
}

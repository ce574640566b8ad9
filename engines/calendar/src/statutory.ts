import { addDays, dayFromParts, CalendarError } from './day.ts'
import type { Day } from './day.ts'
import { lunarToDay, qingmingOf } from './lunar.ts'

/** The festivals of 全国年节及纪念日放假办法 that are free for everyone. */
export type Festival = 'newYear' | 'springFestival' | 'qingming' | 'labourDay' | 'dragonBoat' | 'midAutumn' | 'nationalDay'

type Ruling = { fromYear: number; springOffset: 0 | -1; springDays: number; labourDays: number; lunarFestivals: boolean; source: string }

/** Each amendment of the regulation and the first year it governs. `springOffset` -1 begins on New Year's Eve (除夕). */
const RULINGS: readonly Ruling[] = [
  { fromYear: 2000, springOffset: 0, springDays: 3, labourDays: 3, lunarFestivals: false, source: '国务院令第270号 (1999)' },
  { fromYear: 2008, springOffset: -1, springDays: 3, labourDays: 1, lunarFestivals: true, source: '国务院令第513号 (2007)' },
  { fromYear: 2014, springOffset: 0, springDays: 3, labourDays: 1, lunarFestivals: true, source: '国务院令第644号 (2013)' },
  { fromYear: 2025, springOffset: -1, springDays: 4, labourDays: 2, lunarFestivals: true, source: '国务院令第795号 (2024)' },
]

function run(start: Day | null, count: number, festival: Festival): { day: Day; festival: Festival }[] {
  if (start === null) throw new CalendarError('calendar.badHolidayData', { festival })
  return Array.from({ length: count }, (_, i) => ({ day: addDays(start, i), festival }))
}

/**
 * [S14] The statutory days (法定节日) of a year by the regulation in force that year, in date order. Two festivals on one day
 * (2009-10-03, 2020-10-01) are one entry, named after the first. Derived by rule; the yearly notice only moves the days off around them.
 */
export function statutoryDays(year: number): { day: Day; festival: Festival }[] {
  const ruling = RULINGS.findLast((r) => r.fromYear <= year)
  if (ruling === undefined || year > 2100) throw new CalendarError('calendar.outOfRange', { value: year })
  const newYearDay = lunarToDay(year, 1, 1)
  const found = [
    ...run(dayFromParts(year, 1, 1), 1, 'newYear'),
    ...run(newYearDay === null ? null : addDays(newYearDay, ruling.springOffset), ruling.springDays, 'springFestival'),
    ...run(dayFromParts(year, 5, 1), ruling.labourDays, 'labourDay'),
    ...run(dayFromParts(year, 10, 1), 3, 'nationalDay'),
  ]
  if (ruling.lunarFestivals) {
    found.push(...run(qingmingOf(year), 1, 'qingming'), ...run(lunarToDay(year, 5, 5), 1, 'dragonBoat'), ...run(lunarToDay(year, 8, 15), 1, 'midAutumn'))
  }
  const seen = new Set<Day>()
  return found.filter(({ day }) => !seen.has(day) && seen.add(day)).sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The regulation that governs a year's statutory days. */
export function statutorySource(year: number): string {
  return RULINGS.findLast((r) => r.fromYear <= year)?.source ?? ''
}

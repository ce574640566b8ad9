import { LunarDay, LunarMonth, LunarYear, SolarDay, SolarTerm } from 'tyme4ts'
import { dayFromParts, dayNumber, ymdOf, CalendarError } from './day.ts'
import type { Day } from './day.ts'

/** A date of the Chinese lunar calendar; `leap` marks the repeated month (闰月). */
export type LunarDate = { year: number; month: number; day: number; leap: boolean }

/** [S9] Years whose lunar dates may be asked: every living person and the planning years. */
export const LUNAR_YEARS = { from: 1850, to: 2100 } as const

function dayOfSolar(solar: { getYear(): number; getMonth(): number; getDay(): number }): Day | null {
  return dayFromParts(solar.getYear(), solar.getMonth(), solar.getDay())
}

/** [S9] The civil date of a lunar date, or null when that date does not exist (day 30 of a short month, a leap month the year lacks). */
export function lunarToDay(year: number, month: number, day: number, leap = false): Day | null {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day)
  if (!whole || year < LUNAR_YEARS.from || year > LUNAR_YEARS.to || month < 1 || month > 12 || day < 1 || day > 30) return null
  if (leap && LunarYear.fromYear(year).getLeapMonth() !== month) return null
  const signedMonth = leap ? -month : month
  if (day > LunarMonth.fromYm(year, signedMonth).getDayCount()) return null
  return dayOfSolar(LunarDay.fromYmd(year, signedMonth, day).getSolarDay())
}

/** [S10] The lunar date of a civil date, or null outside `LUNAR_YEARS`. Throws `calendar.notADay`. */
export function dayToLunar(day: Day): LunarDate | null {
  const ymd = ymdOf(day)
  if (ymd === 0) throw new CalendarError('calendar.notADay', { value: String(day) })
  const year = Math.floor(ymd / 10_000)
  if (year < LUNAR_YEARS.from || year > LUNAR_YEARS.to) return null
  const lunar = SolarDay.fromYmd(year, Math.floor(ymd / 100) % 100, ymd % 100).getLunarDay()
  const month = lunar.getMonth()
  const date = { year: lunar.getYear(), month: Math.abs(month), day: lunar.getDay(), leap: month < 0 }
  return date.year < LUNAR_YEARS.from ? null : date
}

/** The leap month of a lunar year, 0 when it has none. */
export function leapMonthOf(year: number): number {
  if (!Number.isInteger(year) || year < LUNAR_YEARS.from || year > LUNAR_YEARS.to) throw new CalendarError('calendar.outOfRange', { value: year })
  return LunarYear.fromYear(year).getLeapMonth()
}

/** 清明 of a year: a solar term, so it is worked out and never typed. */
export function qingmingOf(year: number): Day {
  const day = dayOfSolar(SolarTerm.fromName(year, '清明').getJulianDay().getSolarDay())
  if (day === null || dayNumber(day) === 0) throw new CalendarError('calendar.outOfRange', { value: year })
  return day
}

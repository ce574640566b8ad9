import { addDays, addMonths, CalendarError, isDay, weekdayOf, yearOf } from './day.ts'
import type { Day } from './day.ts'
import { statutoryDays, statutorySource } from './statutory.ts'
import holidaysCnJson from '../data/holidays-cn.json' with { type: 'json' }

/** One year as published: every day of the holiday periods (weekends inside them too), the make-up working days, the statutory days. */
export type HolidayYear = {
  /** Days of the published holiday periods → name in Chinese. */
  daysOff: Readonly<Record<Day, string>>
  /** Weekend days turned into working days (调休上班). */
  makeUpWorkdays: readonly Day[]
  /** 法定节日, see [S14]. */
  statutory: readonly Day[]
  source: string
  /** True when made from weekends and statutory days only because the yearly notice is not known yet. */
  provisional?: boolean
}

/** Year → its days. A calendar answers only for the years it holds. */
export type HolidayData = { source: string; years: Readonly<Record<string, HolidayYear>> }

/** 2004–2026, taken from the yearly notices through `chinese-days`; see README.md. */
export const holidaysCn: HolidayData = holidaysCnJson

/** Deadline arithmetic; every method throws `calendar.noHolidayData` {year} rather than guess. */
export interface WorkCalendar {
  /** (c) A working day: Monday–Friday not given off, or a make-up day. */
  isWorkday(day: Day): boolean
  /** Not a working day: plain weekends and every day given off. */
  isDayOff(day: Day): boolean
  /** (a) 法定节日 itself. */
  isStatutoryHoliday(day: Day): boolean
  /** (b) Inside a published holiday period; plain weekends are not. The usual reading of 法定节假日除外. */
  isPublishedHoliday(day: Day): boolean
  /** Name of the published holiday in Chinese, or null. */
  holidayName(day: Day): string | null
  /** The `n`-th working day after `day` (n > 0) or before it (n < 0); `addWorkdays(d, 0)` is `d`. */
  addWorkdays(day: Day, n: number): Day
  /** Working days in `from`…`to`, both included. */
  workdaysBetween(from: Day, to: Day): number
  /** The day itself when it is a working day, else the next one. */
  nextWorkdayFrom(day: Day): Day
  /** True when the answer rests on provisional data, or may still be changed by a notice not yet published. */
  isProvisional(day: Day): boolean
  /** Years held, ascending. */
  years(): number[]
}

function checkYear(year: string, data: HolidayYear): void {
  const listed = [...Object.keys(data.daysOff), ...data.makeUpWorkdays, ...data.statutory]
  for (const day of listed) {
    // A notice may reach into the last days of December before its year; those are stored under the civil year they fall in.
    if (!isDay(day) || day.slice(0, 4) !== year) throw new CalendarError('calendar.badHolidayData', { year, value: day })
  }
  for (const day of data.makeUpWorkdays) {
    if (weekdayOf(day) < 6 || data.daysOff[day] !== undefined) throw new CalendarError('calendar.badHolidayData', { year, value: day })
  }
}

/** [S11] A work calendar over the years given, checked once. Throws `calendar.badHolidayData` when a day is impossible or contradicts itself. */
export function createWorkCalendar(data: HolidayData): WorkCalendar {
  const years = new Map<string, { off: Readonly<Record<Day, string>>; makeUp: Set<Day>; statutory: Set<Day>; provisional: boolean }>()
  for (const [year, held] of Object.entries(data.years)) {
    checkYear(year, held)
    years.set(year, { off: held.daysOff, makeUp: new Set(held.makeUpWorkdays), statutory: new Set(held.statutory), provisional: held.provisional ?? false })
  }
  const yearHolding = (day: Day) => {
    const held = years.get(String(day).slice(0, 4))
    if (held === undefined) throw new CalendarError('calendar.noHolidayData', { year: yearOf(day) })
    return held
  }
  const isWorkday = (day: Day): boolean => {
    const weekday = weekdayOf(day)
    const held = yearHolding(day)
    return weekday < 6 ? held.off[day] === undefined : held.makeUp.has(day)
  }
  return {
    isWorkday,
    isDayOff: (day) => !isWorkday(day),
    isStatutoryHoliday: (day) => yearHolding(day).statutory.has(day),
    isPublishedHoliday: (day) => yearHolding(day).off[day] !== undefined,
    holidayName: (day) => yearHolding(day).off[day] ?? null,
    addWorkdays(day, n) {
      if (!Number.isInteger(n)) throw new CalendarError('calendar.outOfRange', { value: n })
      const step = n < 0 ? -1 : 1
      let at = day
      for (let left = Math.abs(n); left > 0; ) {
        at = addDays(at, step)
        if (isWorkday(at)) left--
      }
      return at
    },
    workdaysBetween(from, to) {
      let count = 0
      for (let at = from; at <= to; at = addDays(at, 1)) if (isWorkday(at)) count++
      return count
    },
    nextWorkdayFrom(day) {
      let at = day
      while (!isWorkday(at)) at = addDays(at, 1)
      return at
    },
    isProvisional(day) {
      // The New Year break of the next year has begun as early as 28 December; until its notice is held those days may move.
      return yearHolding(day).provisional || (day.slice(5) >= '12-28' && !years.has(String(yearOf(day) + 1)))
    },
    years: () => [...years.keys()].map(Number).sort((a, b) => a - b),
  }
}

/**
 * [S13] The data plus one year known only by weekends and statutory days, marked provisional: an operator's explicit choice
 * to go on before the notice of that year is out (usually November). Does not touch a year already held.
 */
export function withProvisionalYear(data: HolidayData, year: number): HolidayData {
  if (data.years[String(year)] !== undefined) return data
  const statutory = statutoryDays(year).map((s) => s.day)
  const made: HolidayYear = {
    daysOff: Object.fromEntries(statutory.map((day) => [day, '法定节日'])),
    makeUpWorkdays: [],
    statutory,
    source: statutorySource(year),
    provisional: true,
  }
  return { source: data.source, years: { ...data.years, [String(year)]: made } }
}

/** Length of a term counted from an event. */
export type Term = { days: number } | { workdays: number } | { months: number }

/**
 * [S15] The last day of a term. The day after the event is day 1 (民法典 art. 201); terms in calendar days or months that end
 * on a day off run to the next working day (art. 203); terms in working days count working days only.
 */
export function deadline(event: Day, term: Term, calendar: WorkCalendar): Day {
  if ('workdays' in term) {
    if (!Number.isInteger(term.workdays) || term.workdays < 1) throw new CalendarError('calendar.outOfRange', { value: term.workdays })
    return calendar.addWorkdays(event, term.workdays)
  }
  const length = 'days' in term ? term.days : term.months
  if (!Number.isInteger(length) || length < 1) throw new CalendarError('calendar.outOfRange', { value: length })
  return calendar.nextWorkdayFrom('days' in term ? addDays(event, length) : addMonths(event, length))
}

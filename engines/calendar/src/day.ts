/** A civil date `YYYY-MM-DD`, years 0001–9999, proleptic Gregorian. Text, so that it sorts, prints and travels as it is. */
export type Day = string
/** A calendar month `YYYY-MM`. */
export type Month = string

export type CalendarErrorCode = 'calendar.notADay' | 'calendar.notAMonth' | 'calendar.notAnInstant' | 'calendar.outOfRange' | 'calendar.noHolidayData' | 'calendar.badHolidayData'

/** Every failure of this engine: a code and its arguments, the words belong to the caller. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode
  readonly args: Readonly<Record<string, string | number>>
  constructor(code: CalendarErrorCode, args: Readonly<Record<string, string | number>>) {
    super(`${code} ${JSON.stringify(args)}`)
    this.name = 'CalendarError'
    this.code = code
    this.args = args
  }
}

const MIN_DAY_NUMBER = -719_162 // 0001-01-01
const MAX_DAY_NUMBER = 2_932_896 // 9999-12-31

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days in month 1–12 of a year. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Reads two or four ASCII digits at `at`; -1 when one of them is not a digit. */
function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/** `YYYYMMDD` as one integer, or 0 when the text is not a real date. No allocation: this runs once per elder and rule. */
export function ymdOf(text: string): number {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return 0
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 0
  return year * 10_000 + month * 100 + day
}

/** [S1] True only for `YYYY-MM-DD` with ASCII digits that names a real date. */
export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && ymdOf(value) !== 0
}

function ymdOrThrow(day: Day): number {
  const ymd = typeof day === 'string' ? ymdOf(day) : 0
  if (ymd === 0) throw new CalendarError('calendar.notADay', { value: String(day) })
  return ymd
}

/** Day number (days since 1970-01-01) of a civil date given in parts. Parts are not checked. */
export function dayNumberOfParts(year: number, month: number, day: number): number {
  // Years are counted from March so that the leap day is the last day of the year; 400 years are 146,097 days.
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** [S2] Days since 1970-01-01 (negative before). Throws `calendar.notADay`. */
export function dayNumber(day: Day): number {
  const ymd = ymdOrThrow(day)
  return dayNumberOfParts(Math.floor(ymd / 10_000), Math.floor(ymd / 100) % 100, ymd % 100)
}

/** `YYYYMMDD` of a day number as one integer: the form for columns, no text is made. */
export function ymdOfDayNumber(n: number): number {
  if (!Number.isInteger(n) || n < MIN_DAY_NUMBER || n > MAX_DAY_NUMBER) throw new CalendarError('calendar.outOfRange', { value: n })
  const shifted = n + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return year * 10_000 + month * 100 + (dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1)
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

function textOf(ymd: number): Day {
  const year = Math.floor(ymd / 10_000)
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${two(Math.floor(ymd / 100) % 100)}-${two(ymd % 100)}`
}

/** The inverse of `dayNumber`. Throws `calendar.outOfRange` outside years 1–9999 and for a fraction. */
export function dayOf(n: number): Day {
  return textOf(ymdOfDayNumber(n))
}

/** [S3] Makes a day from parts, or null when they name no real date (clerks type 31 June). */
export function dayFromParts(year: number, month: number, day: number): Day | null {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day)
  if (!whole || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return textOf(year * 10_000 + month * 100 + day)
}

export function addDays(day: Day, n: number): Day {
  return dayOf(dayNumber(day) + n)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** [S4] Same day of the month `n` months on; a day that month lacks becomes its last day (民法典 art. 202). */
export function addMonths(day: Day, n: number): Day {
  if (!Number.isInteger(n)) throw new CalendarError('calendar.outOfRange', { value: n })
  const ymd = ymdOrThrow(day)
  const months = Math.floor(ymd / 10_000) * 12 + (Math.floor(ymd / 100) % 100) - 1 + n
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  if (year < 1 || year > 9999) throw new CalendarError('calendar.outOfRange', { value: n })
  return textOf(year * 10_000 + month * 100 + Math.min(ymd % 100, daysInMonth(year, month)))
}

/** [S5] Whole calendar months elapsed: the greatest n with `addMonths(from, n) <= to`. Mirrored when `to` is earlier. */
export function monthsBetween(from: Day, to: Day): number {
  if (to < from) return 0 - monthsBetween(to, from)
  const a = ymdOrThrow(from)
  const b = ymdOrThrow(to)
  const months = (Math.floor(b / 10_000) - Math.floor(a / 10_000)) * 12 + (Math.floor(b / 100) % 100) - (Math.floor(a / 100) % 100)
  return addMonths(from, months) <= to ? months : months - 1
}

export function yearOf(day: Day): number {
  return Math.floor(ymdOrThrow(day) / 10_000)
}

export function monthOf(day: Day): Month {
  ymdOrThrow(day)
  return day.slice(0, 7)
}

export function isMonth(value: unknown): value is Month {
  return typeof value === 'string' && value.length === 7 && ymdOf(`${value}-01`) !== 0
}

export function firstOfMonth(day: Day): Day {
  return `${monthOf(day)}-01`
}

export function lastOfMonth(day: Day): Day {
  const ymd = ymdOrThrow(day)
  return `${day.slice(0, 8)}${daysInMonth(Math.floor(ymd / 10_000), Math.floor(ymd / 100) % 100)}`
}

/** The first day of the month after the day's month: where a "from the next month" payment starts. */
export function nextMonth(day: Day): Day {
  return addMonths(firstOfMonth(day), 1)
}

/** Every month touched by `from`…`to`, both included; empty when `to` is earlier. */
export function monthsOfPeriod(from: Day, to: Day): Month[] {
  const months: Month[] = []
  const last = firstOfMonth(to)
  for (let at = firstOfMonth(from); at <= last; at = nextMonth(at)) months.push(at.slice(0, 7))
  return months
}

/** First and last day of a month. Throws `calendar.notAMonth`. */
export function periodOfMonth(month: Month): { from: Day; to: Day } {
  if (!isMonth(month)) throw new CalendarError('calendar.notAMonth', { value: String(month) })
  const from = `${month}-01`
  return { from, to: lastOfMonth(from) }
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekdayOf(day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  const sinceMonday = (dayNumber(day) + 3) % 7 // 1970-01-01 was a Thursday
  return ((sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}

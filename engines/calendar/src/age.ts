import { addMonths, isLeapYear, dayFromParts, CalendarError, ymdOf } from './day.ts'
import type { Day } from './day.ts'

function ymd(day: Day): number {
  const value = ymdOf(day)
  if (value === 0) throw new CalendarError('calendar.notADay', { value: String(day) })
  return value
}

/**
 * [S6] The day a person becomes `years` full years old (周岁): the birthday itself.
 * [S7] Someone born on 29 February reaches it on 1 March of a common year. The one place that decides it; the reason is in SPEC.md.
 */
export function birthdayReaching(birth: Day, years: number): Day {
  const born = ymd(birth)
  const year = Math.floor(born / 10_000) + years
  const leapling = born % 10_000 === 229 && !isLeapYear(year)
  const day = leapling ? dayFromParts(year, 3, 1) : dayFromParts(year, Math.floor(born / 100) % 100, born % 100)
  if (day === null) throw new CalendarError('calendar.outOfRange', { value: years })
  return day
}

/** Full years (周岁) from `YYYYMMDD` integers: the form for columns, for many people and one date. */
export function ageOnYmd(birthYmd: number, atYmd: number): number {
  const years = Math.floor(atYmd / 10_000) - Math.floor(birthYmd / 10_000)
  // Comparing month-day gives [S7] by itself: 02-28 is before 02-29, 03-01 is after.
  return atYmd % 10_000 < birthYmd % 10_000 ? years - 1 : years
}

/** Full years (周岁) reached on `at`. Before the birth it is negative, never 0: an impossible date must not look like an infant. */
export function ageOn(birth: Day, at: Day): number {
  return ageOnYmd(ymd(birth), ymd(at))
}

/** Full years and months, as the household register and LTC rules write them. */
export function ageWithMonths(birth: Day, at: Day): { years: number; months: number } {
  const years = ageOn(birth, at)
  const from = birthdayReaching(birth, years)
  let months = 0
  while (months < 11 && addMonths(from, months + 1) <= at) months++
  return { years, months }
}

/** The latest birth date of which everyone is at least `years` old on `at`: turns "80 and over" into one comparison of dates. */
export function latestBirthFor(years: number, at: Day): Day {
  const today = ymd(at)
  const year = Math.floor(today / 10_000) - years
  // 29 February counts by its own day where the birth year has it; else the last birth date before 1 March is 28 February.
  const day = dayFromParts(year, Math.floor(today / 100) % 100, today % 100) ?? dayFromParts(year, 2, 28)
  if (day === null) throw new CalendarError('calendar.outOfRange', { value: years })
  return day
}

import { dayNumberOfParts, daysInMonth, ymdOfDayNumber } from '@songbai/calendar'
import type { TimeUnit } from './ir.ts'

/** `calendar.addMonths` and its kin on day numbers: the same rule (a day the month lacks becomes its last day) without making text for each person. */
export function addToDay(day: number, n: number, unit: TimeUnit): number {
  if (unit === 'day') return day + n
  const ymd = ymdOfDayNumber(day)
  const months = Math.floor(ymd / 10_000) * 12 + (Math.floor(ymd / 100) % 100) - 1 + (unit === 'year' ? 12 * n : n)
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return dayNumberOfParts(year, month, Math.min(ymd % 100, daysInMonth(year, month)))
}

/** The latest day `d` with `addToDay(d, n, unit) <= at`: what is valid for n units from `d` has run out on `at`. */
export function lastExpired(at: number, n: number, unit: TimeUnit): number {
  // Clamping at month ends moves the answer by at most three days from the plain subtraction.
  let d = addToDay(at, -n, unit) + 4
  while (addToDay(d, n, unit) > at) d--
  return d
}

import { CalendarError, dayNumber, dayOf } from './day.ts'
import type { Day } from './day.ts'

/** The only zone of the product. China has kept UTC+8 without summer time since 1992 (it had one in 1986–1991). */
export type Zone = 'Asia/Shanghai'
const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const FIRST_FIXED_MS = 694_195_200_000 // 1992-01-01T00:00+08:00

function check(instantMs: number): void {
  if (!Number.isFinite(instantMs) || instantMs < FIRST_FIXED_MS) throw new CalendarError('calendar.notAnInstant', { value: String(instantMs) })
}

/** [S8] The civil date at an instant (milliseconds since the epoch, given by the caller). Refuses instants before 1992. */
export function todayIn(instantMs: number, _zone: Zone): Day {
  check(instantMs)
  return dayOf(Math.floor((instantMs + OFFSET_MS) / DAY_MS))
}

/** Minutes after local midnight, 0–1439. */
export function minuteOfDayIn(instantMs: number, _zone: Zone): number {
  check(instantMs)
  const sinceMidnight = (instantMs + OFFSET_MS) % DAY_MS
  return Math.floor(sinceMidnight / 60_000)
}

/** The instant at which a local day and minute begin. */
export function instantOf(day: Day, minuteOfDay: number, _zone: Zone): number {
  if (!Number.isInteger(minuteOfDay) || minuteOfDay < 0 || minuteOfDay > 1440) throw new CalendarError('calendar.outOfRange', { value: minuteOfDay })
  const instant = dayNumber(day) * DAY_MS - OFFSET_MS + minuteOfDay * 60_000
  check(instant)
  return instant
}

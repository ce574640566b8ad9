import { addMonths, dayNumber, dayOf, firstOfMonth, monthOf } from '@songbai/calendar'
import type { Day, Month } from '@songbai/calendar'
import type { Pay } from './policy.ts'

/** `first` null: waits for an application. `last` null: no end in sight. */
export interface PayMonths { first: Month | null; last: Month | null }

/**
 * First and last month paid for a spell that began on `since` and ends (first day without it) on `ends`, as day numbers.
 * The event of an end is the last day on which the conditions held, so a spell that runs to 31 December is never paid in January.
 */
export function payMonths(pay: Pay, since: number, ends: number | null, appliedOn?: Day): PayMonths {
  const begun = dayOf(since)
  const shifted = (day: Day, n: number): Month => monthOf(addMonths(firstOfMonth(day), n))
  const applied = appliedOn === undefined ? null : dayNumber(appliedOn) > since ? appliedOn : begun
  const first = pay.start === 'eventMonth' ? monthOf(begun) : pay.start === 'nextMonth' ? shifted(begun, 1) : applied === null ? null : monthOf(applied)
  if (ends === null) return { first, last: null }
  const last = shifted(dayOf(ends - 1), pay.end === 'eventMonth' ? 0 : pay.end === 'monthBefore' ? -1 : 1)
  return { first, last }
}

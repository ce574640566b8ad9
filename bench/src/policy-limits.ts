/** The latest day whose validity of so many months has run out on a day, found by trying: independent of the engine. */
import { addDays, addMonths, dayNumber, dayOf } from '@songbai/calendar'

export function addMonthsBack(at: number, months: number): number {
  let day = addDays(addMonths(dayOf(at), -months), 4)
  while (addMonths(day, months) > dayOf(at)) day = addDays(day, -1)
  return dayNumber(day)
}

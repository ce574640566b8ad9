import { addDays, CalendarError, daysBetween, instantOf, todayIn, weekdayOf } from '@songbai/calendar'
import type { Day, WorkCalendar } from '@songbai/calendar'
import type { Case, CaseType, Clock, FrozenClock, Length } from './types.ts'

const ZONE = 'Asia/Shanghai'
const MINUTE_MS = 60_000

type Due = { dueAt: number; provisional: boolean }

const endOf = (day: Day): number => instantOf(day, 1440, ZONE)

/** [S6] When a length counted from an instant runs out. Throws the calendar's `calendar.noHolidayData` for a year it does not hold. */
export function dueOf(length: Length, from: number, calendar: WorkCalendar): Due {
  if ('minutes' in length) return { dueAt: from + length.minutes * MINUTE_MS, provisional: false }
  if ('hours' in length) return { dueAt: from + length.hours * 60 * MINUTE_MS, provisional: false }
  const today = todayIn(from, ZONE)
  if ('workdays' in length) return dueOnWorkday(calendar.addWorkdays(today, length.workdays), calendar)
  const last = addDays(today, length.days)
  return length.endsOnWorkday === true ? dueOnWorkday(last, calendar) : { dueAt: endOf(last), provisional: false }
}

function dueOnWorkday(day: Day, calendar: WorkCalendar): Due {
  const last = calendar.nextWorkdayFrom(day)
  return { dueAt: endOf(last), provisional: calendar.isProvisional(last) }
}

/**
 * [S11] As `dueOf`, but a year without holiday data is counted by weekdays and marked provisional: an escalation
 * already running must go on, whereas opening and moving refuse so that somebody loads the data.
 */
export function dueOfOrWeekdays(length: Length, from: number, calendar: WorkCalendar): Due {
  try {
    return dueOf(length, from, calendar)
  } catch (error) {
    if (!(error instanceof CalendarError) || error.code !== 'calendar.noHolidayData') throw error
    let day = todayIn(from, ZONE)
    if ('days' in length) day = addDays(day, length.days)
    let left = 'workdays' in length ? length.workdays : 0
    while (left > 0 || weekdayOf(day) > 5) {
      day = addDays(day, 1)
      if (weekdayOf(day) <= 5) left--
    }
    return { dueAt: endOf(day), provisional: true }
  }
}

/** The local day a clock runs out on: it ends at that day's midnight, so one millisecond earlier is still that day. */
const lastDayOf = (clock: Clock): Day => todayIn(clock.dueAt - 1, ZONE)

/** The length that made a clock row: the clock's own, or the gap before its ladder step. */
function lengthOf(type: CaseType, clock: { clock: string; step: string }): Length {
  const definition = type.clocks.find((c) => c.id === clock.clock)
  const before = clock.step === definition?.onFire ? undefined : type.ladder.find((step) => step.next?.step === clock.step)
  return before?.next?.after ?? definition?.length ?? { minutes: 0 }
}

/** [S8] Stops a clock: minutes keep their rest to the millisecond, days and working days keep whole days. */
export function freeze(type: CaseType, clock: Clock, now: number, calendar: WorkCalendar): FrozenClock {
  const length = lengthOf(type, clock)
  const kept = { clock: clock.clock, step: clock.step, elapsedMs: Math.max(0, now - clock.startedAt) }
  if ('minutes' in length || 'hours' in length || clock.dueAt <= now) return { ...kept, left: { ms: Math.max(0, clock.dueAt - now) } }
  const today = todayIn(now, ZONE)
  const last = lastDayOf(clock)
  if ('workdays' in length) return { ...kept, left: { workdays: calendar.workdaysBetween(addDays(today, 1), last) } }
  return { ...kept, left: { days: daysBetween(today, last), endsOnWorkday: length.endsOnWorkday ?? false } }
}

/** [S8] Starts a stopped clock again with what was left; a day-clock stopped on its last day ends with the day it is resumed. */
export function thaw(frozen: FrozenClock, id: string, now: number, calendar: WorkCalendar): Clock {
  const left = frozen.left
  const due: Due = 'ms' in left ? { dueAt: now + left.ms, provisional: false } : dueOf(left, now, calendar)
  return { id, clock: frozen.clock, step: frozen.step, startedAt: now - frozen.elapsedMs, ...due }
}

export type ClockShare = {
  /** `none`: no clock runs; `paused`: the time stands still. */
  tone: 'none' | 'paused' | 'grey' | 'amber' | 'red'
  /** 0–1 of the time used; 1 when overdue. */
  share: number
  /** Milliseconds left; negative when overdue; null when no clock runs. */
  leftMs: number | null
  clock: string | null
}

/** From this share of its length a clock is shown amber. */
export const AMBER_FROM = 0.7

/** [S12] What the 4 px bar shows: the clock that runs out first; red as soon as one has run out and until the case moves on. */
export function dueShare(held: Case, now: number): ClockShare {
  const first = held.clocks.reduce<Clock | null>((soonest, clock) => (soonest === null || clock.dueAt < soonest.dueAt ? clock : soonest), null)
  if (held.lateSince !== null) return { tone: 'red', share: 1, leftMs: held.lateSince - now, clock: first?.clock ?? null }
  if (first === null) return { tone: held.frozen.length > 0 ? 'paused' : 'none', share: 0, leftMs: null, clock: held.frozen[0]?.clock ?? null }
  const leftMs = first.dueAt - now
  if (leftMs <= 0) return { tone: 'red', share: 1, leftMs, clock: first.clock }
  const share = Math.max(0, (now - first.startedAt) / (first.dueAt - first.startedAt))
  return { tone: share >= AMBER_FROM ? 'amber' : 'grey', share, leftMs, clock: first.clock }
}

/** [S12] True when a clock has run out, fired or not yet. */
export function overdue(held: Case, now: number): boolean {
  return dueShare(held, now).tone === 'red'
}

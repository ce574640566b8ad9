import { addMonths, dayNumber, isMonth, lastOfMonth } from '@songbai/calendar'
import type { Month } from '@songbai/calendar'
import { PolicyError } from './problem.ts'
import type { Pay } from './policy.ts'

/** Why a month owes what it owes. From `full` to `after` something is due; from `waits` on nothing is. */
export const DUE_CODES = [
  'no', 'full', 'began', 'changed', 'reduced', 'ended', 'died', 'moved', 'suspendedSince', 'displacedSince', 'after',
  'waits', 'over', 'notApplied', 'paidBefore', 'perUse', 'noPay', 'suspended', 'displaced', 'unknown', 'gone',
] as const
export type DueCode = (typeof DUE_CODES)[number]
export const DUE = Object.fromEntries(DUE_CODES.map((code, i) => [code, i])) as Record<DueCode, number>

/** A fact that ends everything: the day of a death is still lived, on the day of a move the person is gone. */
export interface Leaving { fact: string; code: 'died' | 'moved'; lastDay: 'same' | 'before' }
export const LEAVING: readonly Leaving[] = [{ fact: 'dead', code: 'died', lastDay: 'same' }, { fact: 'moved', code: 'moved', lastDay: 'before' }]

/** First and last day, the first day of the month before, and how many days it has. */
export interface MonthFrame { readonly before: number; readonly first: number; readonly last: number; readonly length: number }

export function frameOf(month: Month): MonthFrame {
  if (!isMonth(month)) throw new PolicyError('badMonth', { value: String(month) })
  const first = dayNumber(`${month}-01`)
  const last = dayNumber(lastOfMonth(`${month}-01`))
  return { before: dayNumber(addMonths(`${month}-01`, -1)), first, last, length: last - first + 1 }
}

/** How a person stands to an item on a day. */
export const HOW = { no: 0, stands: 1, unknown: 2, displaced: 3, suspended: 4, died: 5, moved: 6 } as const

/**
 * Some days on which nothing changes. `level` is the amount plus one while the item stands, else 0: so a benefit without an amount still has a level, and
 * a higher amount is a spell of its own inside the lower one.
 */
export interface Stretch { from: number; to: number; level: number; how: number; reduced: boolean }

export interface Due { amount: number; days: number; code: number }

const STEP: Record<Pay['round'], number> = { 分: 1, 角: 10, 元: 100 }

/** [S85] Fen left after rounding down. */
export function rounded(fen: number, pay: Pay): number {
  return Math.floor(fen / STEP[pay.round]) * STEP[pay.round]
}

/** Last day on which a spell must have begun, and a day on or after which it must still have been there, for the month to be owed. */
function bounds(pay: Pay, m: MonthFrame): readonly [begun: number, still: number] {
  return [pay.start === 'nextMonth' ? m.first - 1 : m.last, pay.end === 'eventMonth' ? m.first : pay.end === 'monthBefore' ? m.last + 1 : m.before]
}

/** Highest level some spell of which began by `begun` and still stands on `still`: the most in between when the first is later, the least when it must last from one to the other. */
function levelBetween(days: readonly Stretch[], count: number, begun: number, still: number): number {
  const [lo, hi] = begun < still ? [begun, still] : [still, begun]
  let found = -1
  for (let k = 0; k < count; k++) {
    const { from, to, level } = days[k]!
    if (to < lo || from > hi) continue
    found = found < 0 ? level : begun < still ? Math.min(found, level) : Math.max(found, level)
  }
  return Math.max(0, found)
}

/** The level a single day of the month is owed at: its spell has begun by then, and lasts as the rule of the end asks. */
function levelOfDay(days: readonly Stretch[], count: number, pay: Pay, m: MonthFrame, day: number): number {
  const [begun, still] = bounds(pay, m)
  return levelBetween(days, count, Math.min(begun, day), pay.end === 'eventMonth' ? day : still)
}

/**
 * What a month owes for one item, from the stretches of days of `days[0…count)`. `applied`: day since when the item is drawn, null when it never was;
 * `open`: who has not applied counts as having applied in time. `paidThisYear` for yearly items.
 */
export function dueOf(days: readonly Stretch[], count: number, pay: Pay | undefined, m: MonthFrame, applied: number | null, open: boolean, paidThisYear: boolean): Due {
  const held = heldDays(days, count, m)
  const nothing = (code: number): Due => ({ amount: 0, days: 0, code })
  if (held > 0 && pay === undefined) return { amount: 0, days: held, code: DUE.noPay }
  if (held > 0 && pay?.cycle === 'use') return { amount: 0, days: held, code: DUE.perUse }
  if (pay === undefined || pay.cycle === 'use') return nothing(whyNot(days, count, m, held, true))
  const [begun, still] = bounds(pay, m)
  const level = levelBetween(days, count, begun, still)
  if (level > 0) {
    if (pay.start === 'applicationMonth' && applied === null && !open) return nothing(DUE.notApplied)
    if ((pay.cycle === 'year' && paidThisYear) || (pay.cycle === 'once' && applied !== null && applied < m.first)) return nothing(DUE.paidBefore)
    const [owedDays, fen] = owedOf(days, count, pay, m, pay.start === 'applicationMonth' && pay.prorate === 'days' ? applied : null)
    const amount = rounded(pay.prorate === 'days' ? Math.floor(fen / m.length) : level - 1, pay)
    if (pay.prorate === 'none' || owedDays > 0) return { amount, days: owedDays, code: whyDue(days, count, m, held, level) }
  }
  return nothing(whyNot(days, count, m, held, pay.start === 'nextMonth' && levelBetween(days, count, m.first - 1, m.first - 1) === 0))
}

/** Days of the month owed, and their fen summed. */
function owedOf(days: readonly Stretch[], count: number, pay: Pay, m: MonthFrame, notBefore: number | null): readonly [days: number, fen: number] {
  let [owed, fen] = [0, 0]
  for (let k = 0; k < count; k++) {
    const from = Math.max(days[k]!.from, m.first, notBefore ?? m.first)
    const n = Math.min(days[k]!.to, m.last) - from + 1
    if (n <= 0) continue
    const level = levelOfDay(days, count, pay, m, from)
    if (level > 0) { owed += n; fen += n * (level - 1) }
  }
  return [owed, fen]
}

function heldDays(days: readonly Stretch[], count: number, m: MonthFrame): number {
  let held = 0
  for (let k = 0; k < count; k++) if (days[k]!.how === HOW.stands) held += Math.max(0, Math.min(days[k]!.to, m.last) - Math.max(days[k]!.from, m.first) + 1)
  return held
}

const stretchOn = (days: readonly Stretch[], count: number, day: number): Stretch => {
  for (let k = 0; k < count - 1; k++) if (days[k]!.to >= day) return days[k]!
  return days[count - 1]!
}

const SINCE: Record<number, number> = { [HOW.died]: DUE.died, [HOW.moved]: DUE.moved, [HOW.suspended]: DUE.suspendedSince, [HOW.displaced]: DUE.displacedSince }

function whyDue(days: readonly Stretch[], count: number, m: MonthFrame, held: number, level: number): number {
  if (held === 0) return DUE.after
  const end = stretchOn(days, count, m.last)
  if (end.how !== HOW.stands) return SINCE[end.how] ?? DUE.ended
  if (stretchOn(days, count, m.first).how !== HOW.stands) return DUE.began
  for (let k = 0; k < count; k++) if (days[k]!.to >= m.first && days[k]!.from <= m.last && days[k]!.level !== level) return DUE.changed
  return end.reduced ? DUE.reduced : DUE.full
}

function whyNot(days: readonly Stretch[], count: number, m: MonthFrame, held: number, justBegun: boolean): number {
  if (held > 0) return justBegun ? DUE.waits : DUE.over
  let seen = 0
  for (let k = 0; k < count; k++) if (days[k]!.to >= m.first && days[k]!.from <= m.last) seen |= 1 << days[k]!.how
  const saw = (how: number): boolean => (seen & (1 << how)) !== 0
  if (saw(HOW.suspended)) return DUE.suspended
  if (saw(HOW.displaced)) return DUE.displaced
  if (saw(HOW.unknown)) return DUE.unknown
  return saw(HOW.died) || saw(HOW.moved) ? DUE.gone : DUE.no
}

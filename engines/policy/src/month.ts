import { dayOf, monthOf } from '@songbai/calendar'
import type { Month } from '@songbai/calendar'
import type { Population } from './columns.ts'
import { ABSENT } from './facts.ts'
import { NO_DAY } from './history.ts'
import { Eventful } from './month-days.ts'
import { DUE, dueOf, frameOf, HOW, LEAVING, rounded } from './month-pay.ts'
import type { Leaving, MonthFrame, Stretch } from './month-pay.ts'
import { STACK_UNKNOWN } from './person.ts'
import type { Pay } from './policy.ts'
import { evaluatePopulation, planRuns } from './population.ts'
import type { Results } from './population.ts'
import { partOf } from './scenario.ts'
import type { Plan, PolicySet } from './set.ts'
import { crossings, thresholdsOf } from './thresholds.ts'

export interface MonthOptions {
  /** Facts as known on this day number; everything recorded when left out. */
  knownOn?: number
  /** `drawn`: what starts with an application is owed to those who draw it (fact `benefit.<item>`). `all`: everybody counts as having applied in time. */
  applied?: 'drawn' | 'all'
  /** Facts that end everything; those the dictionary does not know are left out. */
  leaving?: readonly Leaving[]
}

/** What one calendar month owes, as columns by item index over all people. */
export interface MonthDue {
  readonly set: PolicySet
  readonly month: Month
  readonly size: number
  readonly amount: readonly Int32Array[]
  /** Days of the month that are owed (`perUse`, `noPay`: on which it stands). */
  readonly days: readonly Uint8Array[]
  /** Places in `DUE_CODES`. */
  readonly code: readonly Uint8Array[]
  /** Day number since when each person draws the item in this month; below `ABSENT + 1` for who does not. */
  readonly drawn: readonly Int32Array[]
  /** People looked at day by day, because something of theirs turns about this month. */
  readonly turning: number
}

/** [S80] What is owed for a month by the rules of pay. People are worked out by columns on the first day of the month; who crosses a threshold about it, day by day. */
export function dueForMonth(set: PolicySet, population: Population, month: Month, options: MonthOptions = {}): MonthDue {
  const m = frameOf(month)
  const known = options.knownOn ?? NO_DAY - 1
  const t = thresholdsOf(set)
  const window = { from: set.policies.some(p => p.pay?.end === 'nextMonth') ? m.before : m.first - 1, to: set.policies.some(p => p.pay?.end === 'monthBefore') ? m.last + 1 : m.last }
  const gone = departures(population, options.leaving ?? LEAVING, window.to, known)
  const lawDays = t.law.filter(d => d > m.first && d <= m.last)
  const base = [m.first, ...lawDays].map(day => ({ day, results: evaluatePopulation(set, population.columnsAt(day, known), undefined, day) }))
  const turns = new Eventful(set, population, m, window, known, base)
  crossings(population, t, window.from, window.to, known, (i, day) => turns.add(i, day))
  gone.on.forEach((day, i) => { if (day > window.from && day <= window.to) turns.add(i, day) })
  if (lawDays.length > 0) turns.everybody()
  turns.evaluate(gone)
  const due = newDue(set, month, population, m, known, turns.count)
  const paid = paidThisYear(set, population, month, options)
  const open = options.applied === 'all'
  for (const [plan, lo, hi] of planRuns(set, population.regions, m.first)) {
    for (let j = 0; j < set.items.length; j++) steady(due, base[0]!.results, gone, turns.slots, plan, j, lo, hi, m, open, paid?.[j])
  }
  turns.settle((index, item, days, count, pay) => {
    const drawn = due.drawn[item]![index]!
    const one = dueOf(days, count, pay, m, drawn > ABSENT ? drawn : null, open, paid?.[item]?.[index] === 1)
    due.amount[item]![index] = one.amount
    due.days[item]![index] = one.days
    due.code[item]![index] = one.code
  })
  return due
}

/** First day without the person, and the code of it. */
export interface Departures { readonly on: Int32Array; readonly how: Uint8Array }

function departures(population: Population, leaving: readonly Leaving[], day: number, known: number): Departures {
  const on = new Int32Array(population.size).fill(NO_DAY)
  const how = new Uint8Array(population.size)
  for (const { fact, code, lastDay } of leaving) {
    if (!population.defs.has(fact)) continue
    const column = population.factOn(fact, day, known)
    for (let i = 0; i < column.length; i++) {
      if (column[i]! <= ABSENT) continue
      const first = lastDay === 'same' ? column[i]! + 1 : column[i]!
      if (first < on[i]!) { on[i] = first; how[i] = HOW[code] }
    }
  }
  return { on, how }
}

function newDue(set: PolicySet, month: Month, population: Population, m: MonthFrame, known: number, turning: number): MonthDue {
  const n = population.size
  const nobody = new Int32Array(n).fill(ABSENT)
  return {
    set, month, size: n, turning, amount: set.items.map(() => new Int32Array(n)), days: set.items.map(() => new Uint8Array(n)), code: set.items.map(() => new Uint8Array(n)),
    drawn: set.items.map(id => drawnIn(population, `benefit.${id}`, m, known) ?? nobody),
  }
}

/** [S86] Since when the item is drawn: as on the last day of the month, else as on its first (whoever died is struck off). */
function drawnIn(population: Population, fact: string, m: MonthFrame, known: number): Int32Array | null {
  if (!population.defs.has(fact)) return null
  let any = false
  population.values(fact, m.first, m.last, known, () => { any = true })
  if (!any) return null
  const [late, early] = [population.factOn(fact, m.last, known) as Int32Array, population.factOn(fact, m.first, known) as Int32Array]
  for (let i = 0; i < late.length; i++) {
    if (late[i]! <= ABSENT) late[i] = early[i]!
    if (late[i]! > m.last) late[i] = ABSENT
  }
  return late
}

/** [S87] For yearly items: 1 for who was owed it in an earlier month of the year. Only they, and what decides them, are worked out for the months before. */
function paidThisYear(set: PolicySet, population: Population, month: Month, options: MonthOptions): (Uint8Array | undefined)[] | null {
  const yearly = new Set(set.policies.filter(p => p.pay?.cycle === 'year').map(p => p.id))
  if (month.endsWith('-01') || yearly.size === 0) return null
  const part = partOf(set, yearly)
  const before = dueForMonth(part, population, monthOf(dayOf(frameOf(month).before)), options)
  return set.items.map(item => {
    if (!yearly.has(item)) return undefined
    // Whoever was owed nothing last month because an earlier month had paid was paid all the same.
    return Uint8Array.from(before.code[part.items.indexOf(item)]!, code => (isDue(code) || code === DUE.paidBefore ? 1 : 0))
  })
}

const isDue = (code: number): boolean => code >= DUE.full && code <= DUE.after

/** One item for people with whom nothing turns: what holds on the first day holds all month. */
function steady(due: MonthDue, r: Results, gone: Departures, turning: Int32Array, plan: Plan, j: number, lo: number, hi: number, m: MonthFrame, open: boolean, paid: Uint8Array | undefined): void {
  const [amount, days, code, drawn] = [due.amount[j]!, due.days[j]!, due.code[j]!, due.drawn[j]!]
  const pay = plan.byIndex[j]?.policy.pay
  const suspends = Uint8Array.from({ length: 256 }, (_, n) => Number(plan.rules[n - 1]?.rule.kind === 'suspend'))
  const [sure, possible, fen, stack] = [r.sure[j]!, r.possible[j]!, r.amount[j]!, r.stack[j]!]
  const monthly = pay !== undefined && pay.cycle !== 'use'
  // The plain case, which nearly all are: owed whole when it stands.
  const plain = monthly && pay.cycle !== 'once' && pay.start !== 'applicationMonth' && paid === undefined
  const whole = monthly && pay.round === '分'
  const left = gone.on
  for (let i = lo; i < hi; i++) {
    if (turning[i]! >= 0) continue
    if (left[i]! <= m.first) { code[i] = DUE.gone; continue }
    const s = stack[i]!
    if (sure[i] === 0) { if (possible[i]! > 0) code[i] = DUE.unknown; continue }
    if (plain && whole && s === 0) { amount[i] = fen[i]!; days[i] = m.length; code[i] = DUE.full; continue }
    if (s === STACK_UNKNOWN) { code[i] = DUE.unknown; continue }
    if (s !== 0 && fen[i] === 0) { code[i] = suspends[s] === 1 ? DUE.suspended : DUE.displaced; continue }
    if (!monthly) { code[i] = pay === undefined ? DUE.noPay : DUE.perUse; days[i] = m.length; continue }
    const since = drawn[i]!
    if (special(pay, since, m, open, paid?.[i] === 1)) {
      const one = dueOf([{ from: m.before, to: m.last + 1, level: fen[i]! + 1, how: HOW.stands, reduced: s !== 0 }], 1, pay, m, since > ABSENT ? since : null, open, paid?.[i] === 1)
      amount[i] = one.amount; days[i] = one.days; code[i] = one.code
      continue
    }
    amount[i] = pay.round === '分' ? fen[i]! : rounded(fen[i]!, pay)
    days[i] = m.length
    code[i] = s === 0 ? DUE.full : DUE.reduced
  }
}

/** Whether the whole month is not simply owed whole. */
function special(pay: Pay, since: number, m: MonthFrame, open: boolean, paid: boolean): boolean {
  return (pay.cycle === 'year' && paid) || pay.cycle === 'once' || (pay.start === 'applicationMonth' && ((since <= ABSENT && !open) || since > m.first))
}

export type { Stretch }

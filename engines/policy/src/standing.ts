import type { FactColumns } from './columns.ts'
import { ABSENT } from './facts.ts'
import type { Outcome } from './ahead.ts'
import { STACK_UNKNOWN } from './person.ts'
import { paysAnything } from './population.ts'
import type { Results } from './population.ts'

/**
 * A result put beside what the person draws. `displaced`: the table says yes, another benefit or a suspension stands in its place.
 * `notYet`: no today, yes on a known day within the horizon (one person only).
 */
export const STANDINGS = ['no', 'entitledNotEnjoying', 'entitledEnjoying', 'enjoyingNotEntitled', 'unknown', 'displaced', 'notYet'] as const
export type Standing = (typeof STANDINGS)[number]

/** Whether stacking left nothing of it. */
function isDisplaced(o: Outcome): boolean {
  return o.stack !== 0 && o.stack !== STACK_UNKNOWN && o.amount === 0
}

export function standingOf(o: Outcome, enjoying: boolean): Standing {
  if (o.answer === 'unknown') return 'unknown'
  const stands = o.answer === 'yes' && !isDisplaced(o)
  if (stands) return enjoying ? 'entitledEnjoying' : 'entitledNotEnjoying'
  return enjoying ? 'enjoyingNotEntitled' : o.answer === 'yes' ? 'displaced' : 'no'
}

/** Standing of the people in [lo, hi) for one item, as places in `STANDINGS`. The fact `benefit.<item>` says who draws it. */
export function standings(results: Results, columns: FactColumns, item: number, lo = 0, hi = results.size): Uint8Array {
  const out = new Uint8Array(hi - lo)
  const benefit = `benefit.${results.set.items[item]!}`
  // A dictionary without the family of benefits: nothing is known to be drawn.
  const drawn = results.set.facts.has(benefit) ? columns.column(benefit) : new Int32Array(results.size).fill(ABSENT)
  const [sure, possible, amount, stack] = [results.sure[item]!, results.possible[item]!, results.amount[item]!, results.stack[item]!]
  for (let i = lo; i < hi; i++) {
    const enjoying = drawn[i]! > ABSENT && drawn[i]! <= results.at
    const open = sure[i] === 0 ? possible[i]! > 0 : stack[i] === STACK_UNKNOWN
    const stands = sure[i]! > 0 && (stack[i] === 0 || amount[i]! > 0)
    out[i - lo] = open ? 4 : stands ? (enjoying ? 2 : 1) : enjoying ? 3 : sure[i]! > 0 ? 5 : 0
  }
  return out
}

export interface ItemTotals { item: string; entitled: number; unknown: number; amountFen: number; standing: Record<Standing, number> }

/** Counts of every item over a range of people, for lists that open their rows. */
export function totals(results: Results, columns: FactColumns, lo = 0, hi = results.size): ItemTotals[] {
  return results.set.items.map((item, j) => {
    const counts = new Int32Array(STANDINGS.length)
    const codes = standings(results, columns, j, lo, hi)
    const amounts = results.amount[j]!
    let amountFen = 0
    for (let i = lo; i < hi; i++) {
      counts[codes[i - lo]!]!++
      if (codes[i - lo] !== 4) amountFen += amounts[i]!
    }
    const standing = Object.fromEntries(STANDINGS.map((s, k) => [s, counts[k]!])) as Record<Standing, number>
    return { item, entitled: standing.entitledEnjoying + standing.entitledNotEnjoying, unknown: standing.unknown, amountFen: paysAnything(results.set, item) ? amountFen : 0, standing }
  })
}

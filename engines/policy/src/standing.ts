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

/** Standing of everybody for one item, as places in `STANDINGS`. The fact `benefit.<item>` says who draws it. */
export function standings(results: Results, columns: FactColumns, item: number): Uint8Array {
  const out = new Uint8Array(results.size)
  const drawn = columns.column(`benefit.${results.set.items[item]!}`)
  const [sure, possible, amount, stack] = [results.sure[item]!, results.possible[item]!, results.amount[item]!, results.stack[item]!]
  for (let i = 0; i < out.length; i++) {
    const enjoying = drawn[i]! > ABSENT && drawn[i]! <= results.at
    const open = sure[i] === 0 ? possible[i]! > 0 : stack[i] === STACK_UNKNOWN
    const stands = sure[i]! > 0 && (stack[i] === 0 || amount[i]! > 0)
    out[i] = open ? 4 : stands ? (enjoying ? 2 : 1) : enjoying ? 3 : sure[i]! > 0 ? 5 : 0
  }
  return out
}

export interface ItemTotals { item: string; entitled: number; unknown: number; amountFen: number; standing: Record<Standing, number> }

/** Counts of every item over a range of people, for lists that open their rows. */
export function totals(results: Results, columns: FactColumns, lo = 0, hi = results.size): ItemTotals[] {
  return results.set.items.map((item, j) => {
    const standing = Object.fromEntries(STANDINGS.map(s => [s, 0])) as Record<Standing, number>
    const codes = standings(results, columns, j)
    let amountFen = 0
    for (let i = lo; i < hi; i++) {
      standing[STANDINGS[codes[i]!]!]++
      if (codes[i] !== 4) amountFen += results.amount[j]![i]!
    }
    return { item, entitled: standing.entitledEnjoying + standing.entitledNotEnjoying, unknown: standing.unknown, amountFen: paysAnything(results.set, item) ? amountFen : 0, standing }
  })
}

import type { FactColumns } from './columns.ts'
import { programOf, runProgram } from './program.ts'
import { forRegion } from './set.ts'
import type { Plan, PolicySet } from './set.ts'

/**
 * Results of a population as columns by item index, the meaning of each as in `PersonResults`.
 * `amount` is the item's amount after stacking, `raw` before it; where nothing stacks both are the same column.
 */
export interface Results {
  readonly set: PolicySet
  readonly at: number
  readonly size: number
  readonly sure: readonly Uint8Array[]
  readonly possible: readonly Uint8Array[]
  readonly raw: readonly Int32Array[]
  readonly amount: readonly Int32Array[]
  readonly stack: readonly Uint8Array[]
}

function newResults(set: PolicySet, at: number, n: number): Results {
  const bytes = (): Uint8Array[] => set.items.map(() => new Uint8Array(n))
  const stackedIds = stackedItems(set)
  const none = new Uint8Array(n)
  const nothing = new Int32Array(n)
  const amount = set.items.map(id => (paysAnything(set, id) || stackedIds.has(id) ? new Int32Array(n) : nothing))
  return {
    set, at, size: n, sure: bytes(), possible: bytes(), amount,
    raw: set.items.map((id, i) => (stackedIds.has(id) ? new Int32Array(n) : amount[i]!)),
    stack: set.items.map(id => (stackedIds.has(id) ? new Uint8Array(n) : none)),
  }
}

interface Shape { readonly stacked: Set<string>; readonly paying: Set<string> }
const shapes = new WeakMap<PolicySet, Shape>()

function shapeOf(set: PolicySet): Shape {
  const known = shapes.get(set)
  if (known !== undefined) return known
  const paying = set.policies.filter(p => p.rows.some(r => r.amount.t !== 'const' || r.amount.v !== 0)).map(p => p.id)
  const made = { stacked: new Set(set.policies.flatMap(p => p.stacking.flatMap(s => s.with))), paying: new Set(paying) }
  shapes.set(set, made)
  return made
}

/** Items that some stacking rule of the set names: they keep an amount before and after. */
export function stackedItems(set: PolicySet): ReadonlySet<string> {
  return shapeOf(set).stacked
}

export function paysAnything(set: PolicySet, id: string): boolean {
  return shapeOf(set).paying.has(id)
}

/** Runs of people under the same plan: [lo, hi) of people sorted by region. */
export function* planRuns(set: PolicySet, regions: readonly string[], at: number, law = at, from = 0, to = regions.length): Generator<readonly [plan: Plan, lo: number, hi: number]> {
  for (let lo = from; lo < to;) {
    const plan = forRegion(set, regions[lo]!, at, law)
    let hi = lo + 1
    while (hi < to && (regions[hi] === regions[hi - 1] || forRegion(set, regions[hi]!, at, law) === plan)) hi++
    yield [plan, lo, hi]
    lo = hi
  }
}

/** Every item for every person on the day of the columns, under the law of that day or of another. One loop for each run of people under the same plan. */
export function evaluatePopulation(set: PolicySet, columns: FactColumns, into?: Results, law = columns.at): Results {
  const { regions, size } = columns.population
  const results = into ?? newResults(set, columns.at, size)
  if (into !== undefined && (into.set !== set || into.size !== size)) throw new RangeError('results belong to another set or population')
  for (const [plan, lo, hi] of planRuns(set, regions, columns.at, law)) {
    if (into !== undefined) wipe(results, lo, hi)
    runProgram(programOf(plan), plan, columns, results, lo, hi)
  }
  return results
}

/** Only the amounts after stacking, by item: for what needs no reasons. */
export function evaluateAmounts(set: PolicySet, columns: FactColumns, into?: readonly Int32Array[], law = columns.at): readonly Int32Array[] {
  const { regions, size } = columns.population
  const amount = into ?? set.items.map(() => new Int32Array(size))
  for (const [plan, lo, hi] of planRuns(set, regions, columns.at, law)) {
    // An item that is not in force in a place is not written by its loop.
    if (into !== undefined) plan.byIndex.forEach((item, j) => { if (item === undefined) amount[j]!.fill(0, lo, hi) })
    runProgram(programOf(plan, 'amounts'), plan, columns, { amount }, lo, hi)
  }
  return amount
}

/** Evaluates single people again, in place: after `patchPerson` and `refreshPerson`. */
export function evaluateRows(results: Results, columns: FactColumns, indices: Iterable<number>): void {
  for (const i of indices) {
    const plan = forRegion(results.set, columns.population.regions[i]!, columns.at)
    wipe(results, i, i + 1)
    runProgram(programOf(plan), plan, columns, results, i, i + 1)
  }
}

/** An item that is not in force in a place is not written by its loop. */
function wipe(results: Results, lo: number, hi: number): void {
  for (const group of [results.sure, results.possible, results.raw, results.amount, results.stack]) for (const column of group) column.fill(0, lo, hi)
}

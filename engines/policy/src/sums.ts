import type { FactColumns } from './columns.ts'
import { planRuns } from './population.ts'
import { programOf, runProgram } from './program.ts'
import type { Into } from './program.ts'
import type { PolicySet } from './set.ts'

/** One place: how many stand for each item and what they come to, by item index. */
export interface PlaceSums { readonly code: string; readonly lo: number; readonly hi: number; readonly people: Float64Array; readonly fen: Float64Array }

/** The same beside amounts that were there before, with who gains and who loses over all items. `people` are those with an amount. */
export interface PlaceChanges extends PlaceSums { readonly fenBefore: Float64Array; readonly gained: Float64Array; readonly lost: Float64Array; winners: number; losers: number }

/** Ranges of people under the first digits of their region. */
export function placesOf(regions: readonly string[], digits: number, from = 0, to = regions.length): { code: string; lo: number; hi: number }[] {
  const out: { code: string; lo: number; hi: number }[] = []
  for (let lo = from; lo < to;) {
    const code = regions[lo]!.slice(0, digits)
    let hi = lo + 1
    while (hi < to && (regions[hi] === regions[hi - 1] || regions[hi]!.startsWith(code))) hi++
    out.push({ code, lo, hi })
    lo = hi
  }
  return out
}

const zeros = (set: PolicySet): Float64Array => new Float64Array(set.items.length)

/** [S94] Sums of every place without columns in between: nothing about a person is kept. */
export function sumPlaces(set: PolicySet, columns: FactColumns, digits = 9, law = columns.at): PlaceSums[] {
  const { regions } = columns.population
  return placesOf(regions, digits).map(({ code, lo, hi }) => {
    const sums = { code, lo, hi, people: zeros(set), fen: zeros(set) }
    runPlace(set, columns, law, 'sums', sums, lo, hi)
    return sums
  })
}

/** [S94] A set beside amounts of another (`before`, by item index of this set), place by place. Amounts alone are compared, those whose suspension is open included. */
export function sumChanges(set: PolicySet, columns: FactColumns, before: readonly Int32Array[], digits = 9, law = columns.at): PlaceChanges[] {
  const { regions, size } = columns.population
  const delta = new Int32Array(size)
  return placesOf(regions, digits).map(({ code, lo, hi }) => {
    const sums: PlaceChanges = { code, lo, hi, people: zeros(set), fen: zeros(set), fenBefore: zeros(set), gained: zeros(set), lost: zeros(set), winners: 0, losers: 0 }
    runPlace(set, columns, law, 'changes', { ...sums, before, delta }, lo, hi)
    before.forEach((column, j) => {
      let [people, fen] = [0, 0]
      for (let i = lo; i < hi; i++) {
        fen += column[i]!
        people += Number(column[i] !== 0)
      }
      sums.fenBefore[j] = fen
      sums.fen[j]! += fen
      sums.people[j] = people + sums.gained[j]! - sums.lost[j]!
    })
    let [winners, losers] = [0, 0]
    for (let i = lo; i < hi; i++) {
      if (delta[i]! > 0) winners++
      else if (delta[i]! < 0) losers++
    }
    sums.winners = winners
    sums.losers = losers
    return sums
  })
}

function runPlace(set: PolicySet, columns: FactColumns, law: number, sink: 'sums' | 'changes', into: Into, lo: number, hi: number): void {
  for (const [plan, from, to] of planRuns(set, columns.population.regions, columns.at, law, lo, hi)) {
    runProgram(programOf(plan, sink), plan, columns, into, from, to)
    if (sink === 'changes') plan.byIndex.forEach((item, j) => { if (item === undefined) endItem(into, j, from, to) })
  }
}

/** An item that is not in force here any more: what was there before is lost. */
function endItem(into: Into, j: number, from: number, to: number): void {
  const before = into.before![j]!
  for (let i = from; i < to; i++) {
    if (before[i] === 0) continue
    into.fen![j]! -= before[i]!
    into.lost![j]!++
    into.delta![i]! -= before[i]!
  }
}

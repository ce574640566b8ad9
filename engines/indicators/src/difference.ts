import { cellOf, checkMembership } from './evaluate.ts'
import { IndicatorError } from './types.ts'
import type { Cell, IndicatorDefinition, Membership } from './types.ts'

/** One side of a comparison: the columns of a date, and the region looked at. */
export type Seen = { membership: Membership; region: string }

export type Difference = {
  before: Cell
  after: Cell
  /** Counted after, not before: `moved` when the subject stood before in another region, `new` when it did not count anywhere. */
  entered: { id: string; how: 'new' | 'moved'; inNumerator: boolean }[]
  /** Counted before, not after. `gone` counts nowhere any more. */
  left: { id: string; how: 'gone' | 'moved'; inNumerator: boolean }[]
  /** Counted both times, newly in the numerator; and no longer in it. */
  gained: string[]
  lost: string[]
  /** Counted both times, but on another side of the denominator (only where numerator and denominator are two populations). */
  denominatorGained: string[]
  denominatorLost: string[]
  /** Counted both times with another weight. */
  weightChanged: { id: string; from: number; to: number }[]
}

type State = { cell: Cell; inNumerator: boolean; inDenominator: boolean; weight: number; counts: boolean; here: boolean }

function statesOf(definition: IndicatorDefinition, seen: Seen): Map<string, State> {
  checkMembership(definition, seen.membership)
  const { ids, regions, inNumerator, inDenominator, weight } = seen.membership
  const sum = definition.unit === 'count' || definition.unit === 'amountFen'
  return new Map(ids.map((id, i) => {
    const numerator = inNumerator[i] !== 0
    const denominator = !sum && inDenominator[i] !== 0
    const here = (regions[i] ?? '').startsWith(seen.region)
    return [id, { cell: cellOf(definition, seen.membership, i), inNumerator: numerator, inDenominator: denominator, weight: weight?.[i] ?? 1, counts: numerator || denominator, here }]
  }))
}

/** The state of a subject where it counts here, else null. */
const counted = (state: State | undefined): State | null => (state !== undefined && state.counts && state.here ? state : null)

function totalOf(states: ReadonlyMap<string, State>): Cell {
  const total = { numerator: 0, denominator: 0 }
  for (const state of states.values()) {
    if (counted(state) === null) continue
    total.numerator += state.cell.numerator
    total.denominator += state.cell.denominator
  }
  return total
}

function compare(id: string, a: State, b: State, into: Difference): void {
  if (a.inNumerator !== b.inNumerator) (b.inNumerator ? into.gained : into.lost).push(id)
  if (a.inDenominator !== b.inDenominator) (b.inDenominator ? into.denominatorGained : into.denominatorLost).push(id)
  if (a.weight !== b.weight) into.weightChanged.push({ id, from: a.weight, to: b.weight })
}

/**
 * [S8] Why a figure differs between two dates (same region) or two regions (same columns), subject by subject. The lists account
 * for the whole difference: this is summed again and `indicators.partsDiffer` thrown if it were not so.
 */
export function explainDifference(definition: IndicatorDefinition, before: Seen, after: Seen): Difference {
  const a = statesOf(definition, before)
  const b = statesOf(definition, after)
  const found: Difference = { before: totalOf(a), after: totalOf(b), entered: [], left: [], gained: [], lost: [], denominatorGained: [], denominatorLost: [], weightChanged: [] }
  for (const [id, state] of a) {
    if (counted(state) === null) continue
    const later = counted(b.get(id))
    if (later !== null) compare(id, state, later, found)
    else found.left.push({ id, how: b.get(id)?.counts === true ? 'moved' : 'gone', inNumerator: state.inNumerator })
  }
  for (const [id, state] of b) {
    if (counted(state) !== null && counted(a.get(id)) === null) found.entered.push({ id, how: a.get(id)?.counts === true ? 'moved' : 'new', inNumerator: state.inNumerator })
  }
  checkAccount(found, a, b, before.region)
  return found
}

function checkAccount(found: Difference, a: ReadonlyMap<string, State>, b: ReadonlyMap<string, State>, region: string): void {
  const sum = { ...found.before }
  const touched = new Set([...found.entered, ...found.left, ...found.weightChanged].map((row) => row.id).concat(found.gained, found.lost, found.denominatorGained, found.denominatorLost))
  for (const id of touched) {
    for (const side of ['numerator', 'denominator'] as const) {
      sum[side] += (counted(b.get(id))?.cell[side] ?? 0) - (counted(a.get(id))?.cell[side] ?? 0)
    }
  }
  if (sum.numerator !== found.after.numerator || sum.denominator !== found.after.denominator) throw new IndicatorError('indicators.partsDiffer', { region })
}

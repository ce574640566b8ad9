/** Everybody of a place under the law and under a changed text: who fares how, what it costs, where. Pure. */
import { cycleOf, STACK_UNKNOWN, twelfths, type Pay, type Policy } from '@songbai/policy'
import type { TrialPart, TrialSide } from '../entitlements/public-trial.ts'
import type { Figures, Group } from './contract.ts'

/** How often a month an amount is paid: what falls due by use is counted `uses` times, a year's in twelve parts, something paid once in the month it is paid. */
export function timesAMonth(cycle: Pay['cycle'] | undefined, uses: number): number {
  return twelfths(cycle, uses) / 12
}

/** [L1] Somebody stands for an item when a row holds for sure and stacking leaves something of it. An unknown suspension is open. */
function stands(side: TrialSide, i: number): boolean {
  if (side.sure === null || side.sure[i] === 0) return false
  const stack = side.stack![i]!
  return stack === 0 || (stack !== STACK_UNKNOWN && side.amount![i]! > 0)
}

function isOpen(side: TrialSide, i: number): boolean {
  return side.sure !== null && (side.sure[i] === 0 ? side.possible![i]! > 0 : side.stack![i] === STACK_UNKNOWN)
}

/** Whom a list asks for. */
export interface Wanted {
  readonly group: Group | 'winners' | 'losers' | 'row' | 'rowBefore' | 'nobody'
  readonly row?: string | undefined
}

/** Items that can differ with the twelfths each weighs, the tried one first. */
function weighed(part: Pick<TrialPart, 'affected' | 'law' | 'scenario'>, item: string, uses: number): { readonly item: string; readonly times: number }[] {
  return [item, ...[...part.affected].filter((one) => one !== item)].map((id) => ({ item: id, times: twelfths(cycleOf([part.scenario, part.law], id), uses) }))
}

/** Fen a month of everything that can differ, so that what one item gives and another loses is one sum for the person. */
interface Pair {
  readonly own: boolean
  readonly times: number
  readonly before: TrialSide
  readonly after: TrialSide
}

export class Walk {
  readonly part: TrialPart
  private readonly pairs: readonly Pair[]
  private readonly own: Pair

  constructor(part: TrialPart, item: string, uses: number) {
    this.part = part
    this.pairs = weighed(part, item, uses).map((one) => ({ own: one.item === item, times: one.times, before: part.before(one.item), after: part.after(one.item) }))
    this.own = this.pairs[0]!
  }

  /** [L2] Everybody is in exactly one group: the sum of all items decides, each by its twelfths, where that is equal whether more items stand. */
  groupOf(i: number): Group {
    let [fen, count] = [0, 0]
    for (const { times, before, after } of this.pairs) {
      const [was, is] = [stands(before, i), stands(after, i)]
      fen += ((is ? after.amount![i]! : 0) - (was ? before.amount![i]! : 0)) * times
      count += Number(is) - Number(was)
    }
    const side = fen !== 0 ? fen : count
    if (side === 0) return 'unchanged'
    const [was, is] = [stands(this.own.before, i), stands(this.own.after, i)]
    return side > 0 ? (is && !was ? 'newly' : 'raised') : was && !is ? 'dropped' : 'lowered'
  }

  isInGroup(i: number, wanted: Group | 'winners' | 'losers'): boolean {
    const group = this.groupOf(i)
    return wanted === 'winners' ? group === 'newly' || group === 'raised' : wanted === 'losers' ? group === 'lowered' || group === 'dropped' : group === wanted
  }

  amountOf(which: 'before' | 'after', i: number): number {
    const side = this.own[which]
    return stands(side, i) ? side.amount![i]! : 0
  }

  rowOf(which: 'before' | 'after', i: number): number {
    return this.own[which].sure?.[i] ?? 0
  }

  stands(which: 'before' | 'after', i: number): boolean {
    return stands(this.own[which], i)
  }

  isOpen(which: 'before' | 'after', i: number): boolean {
    return isOpen(this.own[which], i)
  }
}

/** Row of a policy behind a code: places are the same for everybody under one policy; a sum has a bit for each. */
export function rowHolds(policy: Pick<Policy, 'hit'>, code: number, place: number): boolean {
  return policy.hit === 'sum' ? ((code >>> place) & 1) === 1 : code === place + 1
}

export interface Place {
  people: number
  beforeFen: number
  afterFen: number
  winners: number
  losers: number
}

export type Counted = Omit<Figures, 'at' | 'place' | 'townships' | 'unit' | 'cycle' | 'uses' | 'basis' | 'others'> & { readonly places: ReadonlyMap<string, Place> }

/** [L3] Counts of one walk over everybody: parts by place and by group both sum to the people. `policy` is the text tried, `law` the one it would follow. */
export function count(parts: readonly TrialPart[], item: string, uses: number, policy: Policy, law: (part: TrialPart, region: string) => Policy | undefined, times: number): Counted {
  const groups: Record<Group, number> = { newly: 0, raised: 0, lowered: 0, dropped: 0, unchanged: 0 }
  const rows = new Map(policy.rows.map((row) => [row.id, { row: row.id, before: 0, after: 0 }]))
  const places = new Map<string, Place>()
  const sum = { population: 0, beforeFen: 0, afterFen: 0, entitledBefore: 0, entitledAfter: 0, openBefore: 0, openAfter: 0, nobody: 0 }
  for (const part of parts) {
    const walk = new Walk(part, item, uses)
    let [region, old]: [string, Policy | undefined] = ['', undefined]
    for (let i = part.lo; i < part.hi; i++) {
      if (part.here[i] !== 1) continue
      if (part.regions[i] !== region) [region, old] = [part.regions[i]!, law(part, part.regions[i]!)]
      const place = placeIn(places, region)
      const [group, before, after] = [walk.groupOf(i), walk.amountOf('before', i), walk.amountOf('after', i)]
      groups[group]++
      sum.population++
      place.people++
      place.beforeFen += before
      place.afterFen += after
      if (group === 'newly' || group === 'raised') place.winners++
      if (group === 'lowered' || group === 'dropped') place.losers++
      if (walk.stands('before', i)) sum.entitledBefore++
      if (walk.isOpen('before', i)) sum.openBefore++
      if (walk.isOpen('after', i)) sum.openAfter++
      if (walk.stands('after', i)) sum.entitledAfter++
      const [was, is] = [walk.rowOf('before', i), walk.rowOf('after', i)]
      if (was !== 0) old?.rows.forEach((row, k) => { const kept = rows.get(row.id); if (kept && rowHolds(old!, was, k)) kept.before++ })
      if (is !== 0) policy.rows.forEach((row, k) => { const kept = rows.get(row.id)!; if (rowHolds(policy, is, k)) kept.after++ })
      else if (!walk.isOpen('after', i)) sum.nobody++
    }
  }
  for (const place of places.values()) {
    place.beforeFen = Math.round(place.beforeFen * times)
    place.afterFen = Math.round(place.afterFen * times)
    sum.beforeFen += place.beforeFen
    sum.afterFen += place.afterFen
  }
  return { ...sum, groups, rows: [...rows.values()], places }
}

function placeIn(places: Map<string, Place>, region: string): Place {
  const code = `${region.slice(0, 9)}000`
  const known = places.get(code) ?? { people: 0, beforeFen: 0, afterFen: 0, winners: 0, losers: 0 }
  places.set(code, known)
  return known
}

/** A rank by seed, the same for the same person and seed, spread evenly: the few with the least ranks are the samples. */
export function rankOf(id: string, seed: number): number {
  let x = seed ^ 0x9e3779b1
  for (let i = 0; i < id.length; i++) x = Math.imul(x ^ id.charCodeAt(i), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 15), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

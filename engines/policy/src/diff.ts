import type { FactColumns, Population } from './columns.ts'
import { ABSENT } from './facts.ts'
import { DUE } from './month-pay.ts'
import type { MonthDue } from './month.ts'
import { STACK_UNKNOWN } from './person.ts'
import type { Pay, Policy } from './policy.ts'
import { evaluatePopulation, planRuns } from './population.ts'
import type { Results } from './population.ts'
import { affectedItems, partOf } from './scenario.ts'
import { placesOf } from './sums.ts'
import type { PolicySet } from './set.ts'

/** What one set of rules comes to: amounts and whether an item stands, by item id. Columns are those of all people. */
export interface Outcomes {
  readonly set: PolicySet
  readonly amount: (item: string) => Int32Array | null
  /** Not 0: the item stands (for a month: something is owed). */
  readonly stands: (item: string) => Uint8Array | null
  /** Row codes; null where there are none (a month). */
  readonly rows: (item: string) => Uint8Array | null
  readonly at: number
  /** Amounts are what falls due in a month, whatever the cycle of the item. */
  readonly isMonth?: boolean
}

/** [S92] Twelfths of a month's amount that one payment weighs for a person: a year's in twelve parts, what is paid by use as often a month as assumed, something paid once in full. */
export function twelfths(cycle: Pay['cycle'] | undefined, uses = 1): number {
  return cycle === 'year' ? 1 : cycle === 'use' ? 12 * uses : 12
}

/** How an item is paid: by the first version of the sets that says so. */
export function cycleOf(sets: readonly Pick<PolicySet, 'policies'>[], item: string): Pay['cycle'] | undefined {
  for (const { policies } of sets) for (const p of policies) if (p.id === item && p.pay !== undefined) return p.pay.cycle
  return undefined
}

/** Results of a day. */
export function outcomesOfDay(r: Results): Outcomes {
  const place = (item: string): number => r.set.items.indexOf(item)
  return {
    set: r.set, at: r.at,
    amount: item => r.amount[place(item)] ?? null,
    rows: item => r.sure[place(item)] ?? null,
    stands: item => {
      const [sure, stack, amount] = [r.sure[place(item)], r.stack[place(item)]!, r.amount[place(item)]!]
      if (sure === undefined) return null
      const out = new Uint8Array(r.size)
      for (let i = 0; i < out.length; i++) out[i] = sure[i] !== 0 && (stack[i] === 0 || (stack[i] !== STACK_UNKNOWN && amount[i]! > 0)) ? 1 : 0
      return out
    },
  }
}

/** What a month owes. */
export function outcomesOfMonth(due: MonthDue, at: number): Outcomes {
  const place = (item: string): number => due.set.items.indexOf(item)
  return {
    set: due.set, at, isMonth: true, rows: () => null,
    amount: item => due.amount[place(item)] ?? null,
    stands: item => due.code[place(item)]?.map(code => Number(code >= DUE.full && code <= DUE.after)) ?? null,
  }
}

export interface DiffOptions {
  /** Digits of a region code that make a place: 9 townships, 6 counties. */
  readonly placeDigits?: number
  /** 1 for people who count; everybody when left out. */
  readonly here?: Uint8Array
  readonly lo?: number
  readonly hi?: number
  /** Day number since when each person draws an item, `ABSENT` or less for who does not. */
  readonly drawn?: (item: string) => Int32Array | null
  /** Upper bounds in fen of the classes by size of gain or loss. */
  readonly sizes?: readonly number[]
  readonly samples?: { readonly count: number; readonly seed: number }
}

/** Before and after: how many stand, fen of all who stand, and of those among them who draw the item. */
export interface Sum { people: number; fen: number; drawing: number; drawingFen: number }
export interface ItemChange { readonly item: string; readonly before: Sum; readonly after: Sum; /** Stand now and did not, stood and do not. */ gained: number; lost: number }
export interface RowCount { readonly item: string; readonly region: string; readonly version: number; readonly row: string; before: number; after: number }
export interface SizeClass { /** Upper bound, null: no bound. */ readonly upToFen: number | null; winners: number; losers: number }
export type Lot = 'winner' | 'loser' | 'unchanged'

export interface Difference {
  readonly people: number
  /** Everybody is in exactly one: the sum of all items by `twelfths` decides, and where that is equal, whether more items stand. */
  readonly winners: number
  readonly losers: number
  readonly unchanged: number
  readonly gainFen: number
  readonly lossFen: number
  readonly items: readonly ItemChange[]
  /** By place code padded with zeros; only the items asked about. */
  readonly places: ReadonlyMap<string, { readonly people: number; readonly winners: number; readonly losers: number; readonly items: readonly ItemChange[] }>
  readonly rows: readonly RowCount[]
  readonly sizes: readonly SizeClass[]
  readonly samples: { readonly winners: readonly number[]; readonly losers: readonly number[] }
  /** Items that can differ. */
  readonly affected: ReadonlySet<string>
  /** Change of a person's fen a month. */
  readonly deltaFen: (index: number) => number
  /** People of a lot in order; with an item, those whose amount or standing in that item changed. */
  readonly list: (lot: Lot, item?: string) => Generator<number>
}

/** [S92] Two sets on one day, against results of the first that are already there. Only what can differ is worked out again. */
export function compareDay(before: Results, after: PolicySet, columns: FactColumns, options: DiffOptions = {}): Difference {
  const affected = affectedItems(before.set, after)
  const part = partOf(after, affected)
  const again = part.items.length === 0 ? null : outcomesOfDay(evaluatePopulation(part, columns))
  return compare(columns.population, outcomesOfDay(before), again, after, affected, options)
}

/** [S92] Two sets over one month. `after` must answer for every affected item. */
export function compare(population: Population, before: Outcomes, after: Outcomes | null, afterSet: PolicySet, affected: ReadonlySet<string>, options: DiffOptions = {}): Difference {
  const items = [...new Set([...before.set.items, ...afterSet.items])].sort()
  return new Comparison(population, before, after, items, affected, options).done()
}

const DEFAULT_SIZES = [5_000, 10_000, 20_000, 50_000]
const newSum = (): Sum => ({ people: 0, fen: 0, drawing: 0, drawingFen: 0 })
const newCell = (item: string): ItemChange => ({ item, before: newSum(), after: newSum(), gained: 0, lost: 0 })

interface Side { readonly amount: Int32Array; readonly stands: Uint8Array }

class Comparison {
  private readonly population: Population
  private readonly items: readonly string[]
  private readonly affected: ReadonlySet<string>
  private readonly options: DiffOptions
  private readonly before: Outcomes
  private readonly after: Outcomes | null
  private readonly lo: number
  private readonly hi: number
  private readonly delta: Float64Array
  private readonly weight: Float64Array
  private readonly gain: Int16Array
  private readonly changed = new Map<string, readonly [Side, Side]>()

  constructor(population: Population, before: Outcomes, after: Outcomes | null, items: readonly string[], affected: ReadonlySet<string>, options: DiffOptions) {
    this.population = population
    this.before = before
    this.after = after
    this.items = items
    this.affected = affected
    this.options = options
    this.lo = options.lo ?? 0
    this.hi = options.hi ?? population.size
    this.delta = new Float64Array(population.size)
    this.weight = new Float64Array(population.size)
    this.gain = new Int16Array(population.size)
  }

  done(): Difference {
    const places = placesOf(this.population.regions, this.options.placeDigits ?? 9, this.lo, this.hi)
    const cells = this.items.map(item => this.item(item, places))
    const people = this.persons(places)
    const whole = this.items.map((item, j) => addCells(item, cells[j]!))
    return {
      ...people, items: whole, rows: this.rowCounts(), affected: this.affected,
      places: new Map(places.map(({ code }, p) => [code.padEnd(12, '0'), { ...people.byPlace[p]!, items: cells.map(c => c[p]!) }])),
      deltaFen: index => this.delta[index]!,
      list: (lot, item) => this.list(lot, item),
    }
  }

  private side(of: Outcomes | null, item: string): Side {
    const n = this.population.size
    return { amount: of?.amount(item) ?? new Int32Array(n), stands: of?.stands(item) ?? new Uint8Array(n) }
  }

  private item(item: string, places: readonly Place[]): ItemChange[] {
    const before = this.side(this.before, item)
    const differs = this.affected.has(item)
    const after = differs ? this.side(this.after, item) : before
    if (differs) this.changed.set(item, [before, after])
    const sets = this.after === null ? [this.before.set] : [this.after.set, this.before.set]
    const addsUp = this.before.isMonth === true || isMonthly(sets, item)
    const times = this.before.isMonth === true ? 12 : twelfths(cycleOf(sets, item))
    const { here } = this.options
    const drawn = this.options.drawn?.(item) ?? null
    return places.map(({ lo, hi }) => {
      const cell = newCell(item)
      for (let i = lo; i < hi; i++) {
        if (here !== undefined && here[i] !== 1) continue
        const [was, is] = [before.stands[i]!, after.stands[i]!]
        if ((was | is) === 0) continue
        const [a, b] = [was === 0 ? 0 : before.amount[i]!, is === 0 ? 0 : after.amount[i]!]
        const drawing = drawn !== null && drawn[i]! > ABSENT
        if (was !== 0) add(cell.before, a, drawing)
        if (is !== 0) add(cell.after, b, drawing)
        if (!differs) continue
        if (was !== is) { if (is !== 0) cell.gained++; else cell.lost++ }
        this.gain[i]! += is - was
        this.weight[i]! += (b - a) * times
        if (addsUp) this.delta[i]! += b - a
      }
      return cell
    })
  }

  private persons(places: readonly Place[]): Pick<Difference, 'people' | 'winners' | 'losers' | 'unchanged' | 'gainFen' | 'lossFen' | 'sizes' | 'samples'> & { byPlace: { people: number; winners: number; losers: number }[] } {
    const bounds = this.options.sizes ?? DEFAULT_SIZES
    const sizes: SizeClass[] = [...bounds, null].map(upToFen => ({ upToFen, winners: 0, losers: 0 }))
    const { count, seed } = this.options.samples ?? { count: 10, seed: 1 }
    const [winners, losers] = [new Sample(count, seed), new Sample(count, seed)]
    let [gainFen, lossFen] = [0, 0]
    const byPlace = places.map(({ lo, hi }) => {
      const place = { people: 0, winners: 0, losers: 0 }
      for (let i = lo; i < hi; i++) {
        if (this.options.here !== undefined && this.options.here[i] !== 1) continue
        place.people++
        const fen = this.delta[i]!
        const side = this.sideOf(i)
        if (side === 0) continue
        if (fen > 0) gainFen += fen
        else lossFen -= fen
        const size = sizes[classOf(bounds, Math.abs(this.weight[i]!) / 12)]!
        if (side > 0) { place.winners++; size.winners++; winners.offer(i) }
        else { place.losers++; size.losers++; losers.offer(i) }
      }
      return place
    })
    const sum = (key: 'people' | 'winners' | 'losers'): number => byPlace.reduce((s, p) => s + p[key], 0)
    return { people: sum('people'), winners: sum('winners'), losers: sum('losers'), unchanged: sum('people') - sum('winners') - sum('losers'), gainFen, lossFen, sizes, samples: { winners: winners.done(), losers: losers.done() }, byPlace }
  }

  /** Above 0: better off. */
  private sideOf(i: number): number {
    return this.weight[i]! !== 0 ? this.weight[i]! : this.gain[i]!
  }

  /** [S93] People in each row of the decision tables that can differ, before stacking. */
  private rowCounts(): RowCount[] {
    const found = new Map<string, RowCount>()
    for (const [key, of] of [['before', this.before], ['after', this.after]] as const) {
      if (of === null) continue
      for (const [plan, lo, hi] of planRuns(of.set, this.population.regions, of.at, of.at, this.lo, this.hi)) {
        for (const item of this.affected) {
          const policy = plan.byIndex[of.set.items.indexOf(item)]?.policy
          const codes = of.rows(item)
          if (policy !== undefined && codes !== null) countRows(policy, codes, lo, hi, this.options.here, key, found)
        }
      }
    }
    return [...found.values()]
  }

  private* list(lot: Lot, item?: string): Generator<number> {
    const sides = item === undefined ? undefined : this.changed.get(item)
    for (let i = this.lo; i < this.hi; i++) {
      if (this.options.here !== undefined && this.options.here[i] !== 1) continue
      const side = this.sideOf(i)
      if ((side > 0 ? 'winner' : side < 0 ? 'loser' : 'unchanged') !== lot) continue
      if (item !== undefined && (sides === undefined || (sides[0].amount[i] === sides[1].amount[i] && sides[0].stands[i] === sides[1].stands[i]))) continue
      yield i
    }
  }
}

function add(sum: Sum, fen: number, drawing: boolean): void {
  sum.people++
  sum.fen += fen
  if (drawing) { sum.drawing++; sum.drawingFen += fen }
}

function addCells(item: string, cells: readonly ItemChange[]): ItemChange {
  const whole = newCell(item)
  for (const c of cells) {
    for (const side of ['before', 'after'] as const) for (const key of ['people', 'fen', 'drawing', 'drawingFen'] as const) whole[side][key] += c[side][key]
    whole.gained += c.gained
    whole.lost += c.lost
  }
  return whole
}

/** Amounts of a day by use, once and by the year do not add up with those of a month: they decide who is better off, but stay out of the sum of fen. */
function isMonthly(sets: readonly PolicySet[], item: string): boolean {
  return !sets.some(set => set.policies.some(p => p.id === item && p.pay !== undefined && p.pay.cycle !== 'month'))
}

interface Place { readonly code: string; readonly lo: number; readonly hi: number }

function countRows(policy: Policy, codes: Uint8Array, lo: number, hi: number, here: Uint8Array | undefined, key: 'before' | 'after', found: Map<string, RowCount>): void {
  const counts = new Float64Array(256)
  for (let i = lo; i < hi; i++) if (here === undefined || here[i] === 1) counts[codes[i]!]!++
  policy.rows.forEach((row, r) => {
    const name = `${policy.region}/${policy.id}@${policy.version} ${row.id}`
    const one = found.get(name) ?? { item: policy.id, region: policy.region, version: policy.version, row: row.id, before: 0, after: 0 }
    found.set(name, one)
    one[key] += policy.hit === 'sum' ? counts.reduce((s, n, code) => s + (((code >>> r) & 1) === 1 ? n : 0), 0) : counts[r + 1]!
  })
}

function classOf(bounds: readonly number[], fen: number): number {
  const place = bounds.findIndex(b => fen <= b)
  return place < 0 ? bounds.length : place
}

/** The few whose number, mixed with the seed, is least: the same people for the same seed, wherever the walk begins. */
class Sample {
  private readonly count: number
  private readonly seed: number
  private readonly kept: { index: number; rank: number }[] = []

  constructor(count: number, seed: number) {
    this.count = count
    this.seed = seed
  }

  offer(index: number): void {
    let x = Math.imul(index + 1, 0x9e3779b1) ^ this.seed
    x = Math.imul(x ^ (x >>> 15), 0x85ebca6b)
    const rank = (x ^ (x >>> 13)) >>> 0
    if (this.kept.length === this.count && rank >= (this.kept.at(-1)?.rank ?? 0)) return
    this.kept.push({ index, rank })
    this.kept.sort((a, b) => a.rank - b.rank)
    if (this.kept.length > this.count) this.kept.pop()
  }

  done(): number[] {
    return this.kept.map(k => k.index).sort((a, b) => a - b)
  }
}

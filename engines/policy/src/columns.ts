import { dayNumber } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { absentOf, unknownOf } from './facts.ts'
import type { FactDef } from './facts.ts'
import { PolicyError } from './problem.ts'

export type Column = Uint8Array | Int32Array

/** History of facts as columns, one entry for each interval. Days are day numbers, `to` and `superseded` exclusive, `NO_DAY` = open. */
export interface Intervals { person: Int32Array; fact: Uint16Array; value: Int32Array; from: Int32Array; to: Int32Array; recorded: Int32Array; superseded: Int32Array }
export interface Interval { fact: string; value: number; from: number; to: number; recorded: number; superseded: number }
export const NO_DAY = 2_147_483_647

export interface PopulationInput {
  ids: readonly string[]
  /** Region code of each person; sort people by it, each run of equal codes is one loop. */
  regions: readonly string[]
  /** `intervals.fact` is a place in this list. */
  facts: readonly string[]
  intervals: Intervals
}

/** The facts of every person on one day, as known on one day. */
export interface FactColumns {
  readonly at: number
  readonly knownOn: number
  readonly population: Population
  /** The column of a fact; a fact nobody has is a column of missing values. */
  column(fact: string): Column
  /** One bit for each fact (place in the dictionary modulo 31) that is missing for a person. */
  readonly unknown: Int32Array
  /** Brings one person's row up to date after `patchPerson`. */
  refreshPerson(index: number): void
}

export interface Population {
  readonly size: number
  readonly ids: readonly string[]
  readonly regions: string[]
  readonly defs: ReadonlyMap<string, FactDef>
  columnsAt(at: Day | number, knownOn?: Day | number): FactColumns
  /** Replaces all facts of one person, and the region when given. */
  patchPerson(index: number, intervals: readonly Interval[], region?: string): void
}

/** Bit of a fact in the `unknown` column; facts more than 31 apart share one, which only costs a second look. */
export function unknownBit(defs: ReadonlyMap<string, FactDef>, fact: string): number {
  let i = 0
  for (const id of defs.keys()) {
    if (id === fact) return 1 << (i % 31)
    i++
  }
  throw new PolicyError('unknownFact', { name: fact, suggestion: '' })
}

function emptyColumn(def: FactDef, n: number): Column {
  const missing = absentOf(def)
  if (def.type === 'bool' || def.type === 'code') return new Uint8Array(n).fill(missing)
  const column = new Int32Array(n)
  return missing === 0 ? column : column.fill(missing)
}

const numberOf = (d: Day | number): number => (typeof d === 'number' ? d : dayNumber(d))

/** A population with the whole history of its facts. Reads nothing back from the caller's arrays: they are sorted into its own. */
export function createPopulation(defs: ReadonlyMap<string, FactDef>, input: PopulationInput): Population {
  const missing = input.facts.find(f => !defs.has(f))
  if (missing !== undefined) throw new PolicyError('unknownFact', { name: missing, suggestion: '' })
  if (input.ids.length !== input.regions.length) throw new PolicyError('populationShape', { ids: input.ids.length, regions: input.regions.length })
  return new StoredPopulation(defs, input)
}

class StoredPopulation implements Population {
  readonly size: number
  readonly ids: readonly string[]
  readonly regions: string[]
  readonly defs: ReadonlyMap<string, FactDef>
  readonly facts: readonly string[]
  readonly rows: Intervals
  /** First interval of each fact, and the end. */
  readonly starts: Int32Array
  readonly patches = new Map<number, readonly Interval[]>()

  constructor(defs: ReadonlyMap<string, FactDef>, input: PopulationInput) {
    this.defs = defs
    this.size = input.ids.length
    this.ids = input.ids
    this.regions = [...input.regions]
    this.facts = input.facts
    const { rows, starts } = sortIntervals(input.intervals, this.size, input.facts.length)
    this.rows = rows
    this.starts = starts
  }

  columnsAt(at: Day | number, knownOn: Day | number = NO_DAY - 1): FactColumns {
    return new Materialised(this, numberOf(at), numberOf(knownOn))
  }

  patchPerson(index: number, intervals: readonly Interval[], region?: string): void {
    for (const i of intervals) if (!this.defs.has(i.fact)) throw new PolicyError('unknownFact', { name: i.fact, suggestion: '' })
    const order = [...intervals].sort((a, b) => a.from - b.from || a.recorded - b.recorded)
    if (!this.patches.has(index)) for (let f = 0; f < this.facts.length; f++) this.retire(f, index)
    this.patches.set(index, order)
    if (region !== undefined) this.regions[index] = region
  }

  /** Makes a person's stored intervals empty; the patch speaks for them from now on. */
  private retire(fact: number, index: number): void {
    const { person, superseded } = this.rows
    for (let i = firstOf(person, this.starts[fact]!, this.starts[fact + 1]!, index); i < this.starts[fact + 1]! && person[i] === index; i++) superseded[i] = -NO_DAY
  }

  /** The value of a fact of one person; later `from`, then later recording, wins. */
  valueOf(fact: string, index: number, at: number, knownOn: number): number {
    const def = this.defs.get(fact)!
    let value = absentOf(def)
    const patch = this.patches.get(index)
    for (const p of patch ?? []) if (p.fact === fact && p.from <= at && at < p.to && p.recorded <= knownOn && knownOn < p.superseded) value = p.value
    const f = this.facts.indexOf(fact)
    if (patch !== undefined || f < 0) return value
    const r = this.rows
    for (let i = firstOf(r.person, this.starts[f]!, this.starts[f + 1]!, index); i < this.starts[f + 1]! && r.person[i] === index; i++) {
      if (r.from[i]! <= at && at < r.to[i]! && r.recorded[i]! <= knownOn && knownOn < r.superseded[i]!) value = r.value[i]!
    }
    return value
  }
}

class Materialised implements FactColumns {
  readonly at: number
  readonly knownOn: number
  readonly population: StoredPopulation
  readonly unknown: Int32Array
  private readonly made = new Map<string, Column>()

  constructor(population: StoredPopulation, at: number, knownOn: number) {
    this.at = at
    this.knownOn = knownOn
    this.population = population
    this.unknown = new Int32Array(population.size)
    population.facts.forEach((f, i) => this.made.set(f, this.fill(f, i)))
    for (const [index, patch] of population.patches) for (const p of patch) this.write(p.fact, index)
    for (const f of this.made.keys()) this.markUnknown(f)
  }

  column(fact: string): Column {
    const made = this.made.get(fact)
    if (made !== undefined) return made
    const def = this.population.defs.get(fact)
    if (def === undefined) throw new PolicyError('unknownFact', { name: fact, suggestion: '' })
    const column = emptyColumn(def, this.population.size)
    this.made.set(fact, column)
    this.markUnknown(fact)
    return column
  }

  private fill(fact: string, f: number): Column {
    const { rows, starts, size } = this.population
    const column = emptyColumn(this.population.defs.get(fact)!, size)
    const { person, value, from, to, recorded, superseded } = rows
    const [at, known, end] = [this.at, this.knownOn, starts[f + 1]!]
    for (let i = starts[f]!; i < end; i++) {
      if (from[i]! <= at && at < to[i]! && recorded[i]! <= known && known < superseded[i]!) column[person[i]!] = value[i]!
    }
    return column
  }

  private write(fact: string, index: number): void {
    this.column(fact)[index] = this.population.valueOf(fact, index, this.at, this.knownOn)
  }

  private markUnknown(fact: string): void {
    const def = this.population.defs.get(fact)!
    if (def.absent === 'no') return
    const [column, none, bit, mask] = [this.made.get(fact)!, unknownOf(def), unknownBit(this.population.defs, fact), this.unknown]
    for (let i = 0; i < column.length; i++) if (column[i] === none) mask[i]! |= bit
  }

  refreshPerson(index: number): void {
    let mask = 0
    for (const fact of new Set([...this.made.keys(), ...(this.population.patches.get(index) ?? []).map(p => p.fact)])) {
      const def = this.population.defs.get(fact)!
      this.write(fact, index)
      if (def.absent !== 'no' && this.column(fact)[index] === unknownOf(def)) mask |= unknownBit(this.population.defs, fact)
    }
    this.unknown[index] = mask
  }
}

/** First place in [lo, hi) whose person is at least `index`. */
function firstOf(person: Int32Array, lo: number, hi: number, index: number): number {
  while (lo < hi) {
    const mid = (lo + hi) >>> 1
    if (person[mid]! < index) lo = mid + 1
    else hi = mid
  }
  return lo
}

/** Order by fact, person, from, recorded: two counting sorts, then the short runs of one person. */
function sortIntervals(input: Intervals, people: number, facts: number): { rows: Intervals; starts: Int32Array } {
  const n = input.person.length
  const byPerson = countingSort(Int32Array.from({ length: n }, (_, i) => i), input.person, people)
  const order = countingSort(byPerson.order, input.fact, facts)
  const perm = order.order
  for (let i = 1; i < n; i++) {
    const x = perm[i]!
    let j = i
    while (j > 0 && after(input, perm[j - 1]!, x)) { perm[j] = perm[j - 1]!; j-- }
    perm[j] = x
  }
  const pick = <T extends Int32Array | Uint16Array>(from: T, to: T): T => { for (let i = 0; i < n; i++) to[i] = from[perm[i]!]!; return to }
  const int = (from: Int32Array): Int32Array => pick(from, new Int32Array(n))
  const rows = { person: int(input.person), fact: pick(input.fact, new Uint16Array(n)), value: int(input.value), from: int(input.from), to: int(input.to), recorded: int(input.recorded), superseded: int(input.superseded) }
  return { rows, starts: order.starts }
}

function after(x: Intervals, a: number, b: number): boolean {
  if (x.fact[a] !== x.fact[b] || x.person[a] !== x.person[b]) return false
  return x.from[a]! > x.from[b]! || (x.from[a] === x.from[b] && x.recorded[a]! > x.recorded[b]!)
}

function countingSort(order: Int32Array, key: Int32Array | Uint16Array, keys: number): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(keys + 1)
  for (const i of order) {
    const k = key[i]!
    if (k < 0 || k >= keys) throw new PolicyError('populationShape', { key: k, keys })
    starts[k + 1]!++
  }
  for (let k = 0; k < keys; k++) starts[k + 1]! += starts[k]!
  const next = starts.slice()
  const out = new Int32Array(order.length)
  for (const i of order) out[next[key[i]!]!++] = i
  return { order: out, starts }
}

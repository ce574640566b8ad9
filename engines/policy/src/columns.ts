import { dayNumber } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { absentOf, unknownOf } from './facts.ts'
import type { FactDef } from './facts.ts'
import { edgesWithin, fillColumn, isOpen, NO_DAY, pickHistory, placesOf, sortIntervals, valuesWithin } from './history.ts'
import type { FactHistory, Interval, Intervals } from './history.ts'
import { PolicyError } from './problem.ts'

export type Column = Uint8Array | Int32Array

export { NO_DAY } from './history.ts'
export type { Interval, Intervals } from './history.ts'

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
  /** The same columns (not a copy) under another day; the caller brings everybody up to date whose facts begin or end in between. */
  sharedOn(at: number): FactColumns
  /** Writes the rows of some people from columns of a subset of them. */
  writeRows(indices: Int32Array, from: FactColumns): void
}

export interface Population {
  readonly size: number
  readonly ids: readonly string[]
  readonly regions: string[]
  readonly defs: ReadonlyMap<string, FactDef>
  columnsAt(at: Day | number, knownOn?: Day | number): FactColumns
  /** One fact of everybody on a day; cheaper than all columns. */
  factOn(fact: string, at: Day | number, knownOn?: Day | number): Column
  /** The people at these places (ascending), who become 0, 1, 2 …. A copy: later patches of either do not reach the other. */
  subset(indices: Int32Array): Population
  /** Calls back for everybody some of whose facts, as known on a day, begin or end within (from, to]. */
  edges(from: number, to: number, knownOn: number, found: (index: number, day: number) => void): void
  /** Calls back for every value of a fact, as known on a day, that holds on some day of [from, to]. */
  values(fact: string, from: number, to: number, knownOn: number, found: (index: number, value: number) => void): void
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
  const { ids, facts } = input
  return new StoredPopulation(defs, ids, [...input.regions], facts, sortIntervals(input.intervals, ids.length, facts.map(f => defs.get(f)!)))
}

export class StoredPopulation implements Population {
  readonly size: number
  readonly ids: readonly string[]
  readonly regions: string[]
  readonly defs: ReadonlyMap<string, FactDef>
  readonly facts: readonly string[]
  readonly histories: readonly FactHistory[]
  /** Whoever is patched: the patch alone speaks for them. */
  readonly patches = new Map<number, readonly Interval[]>()

  /** Takes the arrays as they are. */
  constructor(defs: ReadonlyMap<string, FactDef>, ids: readonly string[], regions: string[], facts: readonly string[], histories: readonly FactHistory[]) {
    this.defs = defs
    this.size = ids.length
    this.ids = ids
    this.regions = regions
    this.facts = facts
    this.histories = histories
  }

  columnsAt(at: Day | number, knownOn: Day | number = NO_DAY - 1): FactColumns {
    return new Materialised(this, numberOf(at), numberOf(knownOn))
  }

  factOn(fact: string, at: Day | number, knownOn: Day | number = NO_DAY - 1): Column {
    const def = this.defs.get(fact)
    if (def === undefined) throw new PolicyError('unknownFact', { name: fact, suggestion: '' })
    const [day, known, column] = [numberOf(at), numberOf(knownOn), emptyColumn(def, this.size)]
    const f = this.facts.indexOf(fact)
    if (f >= 0) fillColumn(this.histories[f]!, column, day, known)
    for (const index of this.patches.keys()) column[index] = this.valueOf(fact, index, day, known)
    return column
  }

  patchPerson(index: number, intervals: readonly Interval[], region?: string): void {
    for (const i of intervals) if (!this.defs.has(i.fact)) throw new PolicyError('unknownFact', { name: i.fact, suggestion: '' })
    this.patches.set(index, [...intervals].sort((a, b) => a.from - b.from || a.recorded - b.recorded))
    if (region !== undefined) this.regions[index] = region
  }

  /** The value of a fact of one person; later `from`, then later recording, wins. */
  valueOf(fact: string, index: number, at: number, knownOn: number): number {
    let value = absentOf(this.defs.get(fact)!)
    const patch = this.patches.get(index)
    for (const p of patch ?? []) if (p.fact === fact && p.from <= at && at < p.to && p.recorded <= knownOn && knownOn < p.superseded) value = p.value
    const history = this.histories[this.facts.indexOf(fact)]
    if (patch !== undefined || history === undefined) return value
    const [first, end] = placesOf(history, index)
    for (let i = first; i < end; i++) if (isOpen(history, i, at, knownOn)) value = history.value[i]!
    return value
  }

  subset(indices: Int32Array): Population {
    const pick = (from: readonly string[]): string[] => Array.from(indices, i => from[i]!)
    const part = new StoredPopulation(this.defs, pick(this.ids), pick(this.regions), this.facts, this.histories.map(h => pickHistory(h, indices, indices.length)))
    if (this.patches.size > 0) indices.forEach((i, k) => {
      const patch = this.patches.get(i)
      if (patch !== undefined) part.patches.set(k, patch)
    })
    return part
  }

  edges(from: number, to: number, knownOn: number, found: (index: number, day: number) => void): void {
    const own = this.patches.size === 0 ? found : (index: number, day: number): void => { if (!this.patches.has(index)) found(index, day) }
    for (const h of this.histories) edgesWithin(h, from, to, knownOn, own)
    for (const [index, patch] of this.patches) {
      for (const p of patch) {
        if (p.recorded > knownOn || knownOn >= p.superseded) continue
        for (const day of [p.from, p.to]) if (day > from && day <= to) found(index, day)
      }
    }
  }

  values(fact: string, from: number, to: number, knownOn: number, found: (index: number, value: number) => void): void {
    const history = this.histories[this.facts.indexOf(fact)]
    const own = this.patches.size === 0 ? found : (index: number, value: number): void => { if (!this.patches.has(index)) found(index, value) }
    if (history !== undefined) valuesWithin(history, from, to, knownOn, own)
    for (const [index, patch] of this.patches) {
      for (const p of patch) if (p.fact === fact && p.from <= to && p.to > from && p.recorded <= knownOn && knownOn < p.superseded) found(index, p.value)
    }
  }
}

class Materialised implements FactColumns {
  readonly at: number
  readonly knownOn: number
  readonly population: StoredPopulation
  readonly unknown: Int32Array
  private readonly made: Map<string, Column>

  constructor(population: StoredPopulation, at: number, knownOn: number, shared?: Materialised) {
    this.at = at
    this.knownOn = knownOn
    this.population = population
    this.unknown = shared?.unknown ?? new Int32Array(population.size)
    this.made = shared?.made ?? new Map()
    if (shared !== undefined) return
    const facts = new Set(population.facts)
    for (const patch of population.patches.values()) for (const p of patch) facts.add(p.fact)
    for (const f of facts) {
      this.made.set(f, population.factOn(f, at, knownOn))
      this.markUnknown(f)
    }
  }

  column(fact: string): Column {
    const made = this.made.get(fact)
    if (made !== undefined) return made
    const column = this.population.factOn(fact, this.at, this.knownOn)
    this.made.set(fact, column)
    this.markUnknown(fact)
    return column
  }

  sharedOn(at: number): FactColumns {
    return new Materialised(this.population, at, this.knownOn, this)
  }

  writeRows(indices: Int32Array, from: FactColumns): void {
    for (const [fact, column] of this.made) {
      const own = from.column(fact)
      for (let k = 0; k < indices.length; k++) column[indices[k]!] = own[k]!
    }
    for (let k = 0; k < indices.length; k++) this.unknown[indices[k]!] = from.unknown[k]!
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
      const column = this.column(fact)
      column[index] = this.population.valueOf(fact, index, this.at, this.knownOn)
      if (def.absent !== 'no' && column[index] === unknownOf(def)) mask |= unknownBit(this.population.defs, fact)
    }
    this.unknown[index] = mask
  }
}

import type { FactColumns, Population } from './columns.ts'
import { NO_DAY } from './history.ts'
import { STACK_UNKNOWN } from './person.ts'
import { evaluatePopulation } from './population.ts'
import type { Results } from './population.ts'
import type { PolicySet } from './set.ts'
import { crossings, thresholdsOf } from './thresholds.ts'

/** One item of one person, before and after. Fen are those after stacking. */
export interface Change { readonly index: number; readonly item: number; readonly stood: boolean; readonly stands: boolean; readonly fenBefore: number; readonly fen: number }

/** Days are found a month at a time: in a longer window somebody could have two birthdays. */
const WINDOW = 28

/** Who turns on which day, found once for some time ahead. */
export class TurnIndex {
  readonly from: number
  readonly to: number
  private readonly starts: Int32Array
  private readonly people: Int32Array
  /** Of people whose facts changed since. */
  private readonly added = new Map<number, Set<number>>()

  /** Days of (from, from + days]. */
  constructor(set: PolicySet, population: Population, from: number, days: number, knownOn = NO_DAY - 1) {
    this.from = from
    this.to = from + days
    const size = { value: 0, people: new Int32Array(1 << 12), days: new Int32Array(1 << 12) }
    turns(set, population, from, this.to, knownOn, (index, day) => {
      if (size.value === size.people.length) for (const key of ['people', 'days'] as const) {
        const bigger = new Int32Array(size.value * 2)
        bigger.set(size[key])
        size[key] = bigger
      }
      size.people[size.value] = index
      size.days[size.value++] = day - from
    })
    this.starts = new Int32Array(days + 2)
    for (let k = 0; k < size.value; k++) this.starts[size.days[k]! + 1]!++
    for (let d = 0; d <= days; d++) this.starts[d + 1]! += this.starts[d]!
    const next = this.starts.slice()
    this.people = new Int32Array(size.value)
    for (let k = 0; k < size.value; k++) this.people[next[size.days[k]!]!++] = size.people[k]!
  }

  /** People who can turn on a day, in order, each once. */
  on(day: number): Int32Array {
    const d = day - this.from
    const own = this.people.subarray(this.starts[d], this.starts[d + 1])
    return Int32Array.from(new Set([...own, ...(this.added.get(day) ?? [])])).sort()
  }

  /** Turns of people whose facts changed; turns they have no more only cost a second look. */
  changed(set: PolicySet, population: Population, indices: Int32Array, knownOn = NO_DAY - 1): void {
    turns(set, population.subset(indices), this.from, this.to, knownOn, (k, day) => {
      this.added.set(day, (this.added.get(day) ?? new Set()).add(indices[k]!))
    })
  }
}

function turns(set: PolicySet, population: Population, from: number, to: number, knownOn: number, found: (index: number, day: number) => void): void {
  for (let day = from; day < to; day += WINDOW) crossings(population, thresholdsOf(set), day, Math.min(to, day + WINDOW), knownOn, found)
}

/** A population on a day that moves on: day by day, and with every change of facts. Its columns and results are written in place. */
export class RunningDay {
  readonly set: PolicySet
  readonly population: Population
  private readonly ahead: number
  private day: FactColumns
  private found: Results
  private index: TurnIndex | null = null

  /** `ahead`: for how many days turns are looked up together. */
  constructor(set: PolicySet, columns: FactColumns, results: Results, ahead = 366) {
    this.set = set
    this.population = columns.population
    this.ahead = ahead
    this.day = columns
    this.found = results
  }

  get columns(): FactColumns {
    return this.day
  }

  get results(): Results {
    return this.found
  }

  /** [S95] The next day. Only who crosses a threshold is evaluated; everybody on a day on which the law turns. */
  forward(): Change[] {
    const at = this.day.at + 1
    if (this.index === null || at > this.index.to) this.index = new TurnIndex(this.set, this.population, this.day.at, this.ahead, this.day.knownOn)
    return this.jump(at, thresholdsOf(this.set).law.includes(at) ? null : this.index.on(at))
  }

  /** To a later day, evaluating these people (ascending); null: everybody. */
  jump(at: number, people: Int32Array | null): Change[] {
    this.day = this.day.sharedOn(at)
    this.found = { ...this.found, at }
    return this.evaluate(people ?? Int32Array.from({ length: this.population.size }, (_, i) => i))
  }

  /** [S96] After `patchPerson`: the people at these places (ascending) anew. */
  changed(indices: Int32Array): Change[] {
    this.index?.changed(this.set, this.population, indices, this.day.knownOn)
    return this.evaluate(indices)
  }

  private evaluate(indices: Int32Array): Change[] {
    if (indices.length === 0) return []
    const columns = this.population.subset(indices).columnsAt(this.day.at, this.day.knownOn)
    this.day.writeRows(indices, columns)
    return copyRows(this.found, evaluatePopulation(this.set, columns), indices)
  }
}

const stands = (sure: number, stack: number, fen: number): boolean => sure !== 0 && (stack === 0 || (stack !== STACK_UNKNOWN && fen > 0))

/** Writes the rows of some people and tells what changed. */
function copyRows(into: Results, from: Results, indices: Int32Array): Change[] {
  const changes: Change[] = []
  for (let j = 0; j < into.set.items.length; j++) copyItem(into, from, indices, j, changes)
  return changes
}

function copyItem(into: Results, from: Results, indices: Int32Array, j: number, changes: Change[]): void {
  const [sure, possible, raw, amount, stack] = [into.sure[j]!, into.possible[j]!, into.raw[j]!, into.amount[j]!, into.stack[j]!]
  const [ownSure, ownPossible, ownRaw, ownAmount, ownStack] = [from.sure[j]!, from.possible[j]!, from.raw[j]!, from.amount[j]!, from.stack[j]!]
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k]!
    const [s, fen, n] = [ownSure[k]!, ownAmount[k]!, ownStack[k]!]
    possible[i] = ownPossible[k]!
    if (sure[i] === s && amount[i] === fen && stack[i] === n && raw[i] === ownRaw[k]) continue
    const [stood, fenBefore, now] = [stands(sure[i]!, stack[i]!, amount[i]!), amount[i]!, stands(s, n, fen)]
    sure[i] = s
    raw[i] = ownRaw[k]!
    amount[i] = fen
    stack[i] = n
    if (stood !== now || fenBefore !== fen) changes.push({ index: i, item: j, stood, stands: now, fenBefore, fen })
  }
}

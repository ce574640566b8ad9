import type { Population } from './columns.ts'
import { HOW } from './month-pay.ts'
import type { MonthFrame, Stretch } from './month-pay.ts'
import type { Departures } from './month.ts'
import { STACK_UNKNOWN } from './person.ts'
import type { Pay } from './policy.ts'
import { evaluatePopulation } from './population.ts'
import type { Results } from './population.ts'
import { forRegion } from './set.ts'
import type { PolicySet } from './set.ts'

interface Source { readonly day: number; readonly results: Results }
interface Window { readonly from: number; readonly to: number }

/** People with whom something turns about the month: each is evaluated on the days on which it can, all those of one day together. */
export class Eventful {
  /** Place of each person among the eventful, -1 for the others. */
  readonly slots: Int32Array
  private readonly set: PolicySet
  private readonly population: Population
  private readonly m: MonthFrame
  private readonly window: Window
  private readonly known: number
  private readonly base: readonly Source[]
  /** People by day of turning; may name one twice. */
  private readonly byDay = new Map<number, number[]>()
  private people = new Int32Array(0)
  /** Stretches of each eventful person, one person after the other: first day, source, place in it. */
  private starts = new Int32Array(1)
  private readonly sources: Source[] = []
  private stretchDay = new Int32Array(0)
  private stretchSource = new Int32Array(0)
  private stretchRow = new Int32Array(0)
  private gone: Departures | null = null

  constructor(set: PolicySet, population: Population, m: MonthFrame, window: Window, known: number, base: readonly Source[]) {
    this.set = set
    this.population = population
    this.m = m
    this.window = window
    this.known = known
    this.base = base
    this.slots = new Int32Array(population.size).fill(-1)
  }

  get count(): number {
    return this.people.length
  }

  add(index: number, day: number): void {
    const list = this.byDay.get(day)
    if (list === undefined) this.byDay.set(day, [index])
    else list.push(index)
    this.slots[index] = 0
  }

  /** The law itself turns within the month. */
  everybody(): void {
    this.slots.fill(0)
  }

  /** [S82] The law of a day of the month is its own; days before and after stand under that of the first and the last day. */
  private lawOf(day: number): number {
    return Math.min(Math.max(day, this.m.first), this.m.last)
  }

  evaluate(gone: Departures): void {
    this.gone = gone
    const people: number[] = []
    this.slots.forEach((mark, i) => { if (mark === 0) { this.slots[i] = people.length; people.push(i) } })
    this.people = Int32Array.from(people)
    const groups = this.groups()
    const counts = new Int32Array(this.people.length + 1)
    for (const { people: group } of groups) for (const i of group) counts[this.slots[i]! + 1]!++
    for (let k = 0; k < this.people.length; k++) counts[k + 1]! += counts[k]!
    this.starts = counts
    const next = counts.slice()
    const total = counts[this.people.length]!
    ;[this.stretchDay, this.stretchSource, this.stretchRow] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)]
    for (const { day, people: group, whole } of groups) {
      this.sources.push(whole ?? { day, results: evaluatePopulation(this.set, this.population.subset(group).columnsAt(day, this.known), undefined, this.lawOf(day)) })
      for (let k = 0; k < group.length; k++) {
        const at = next[this.slots[group[k]!]!]!++
        this.stretchDay[at] = day
        this.stretchSource[at] = this.sources.length - 1
        this.stretchRow[at] = whole === undefined ? k : group[k]!
      }
    }
  }

  /** Days in order, each with the people to be looked at on it. On days of `base` everybody is known already. */
  private groups(): { day: number; people: Int32Array; whole?: Source }[] {
    const before = new Set<number>()
    for (const [day, list] of this.byDay) if (day <= this.m.first) for (const i of list) before.add(i)
    const groups: { day: number; people: Int32Array; whole?: Source }[] = []
    if (before.size > 0) groups.push({ day: this.window.from, people: Int32Array.from(before).sort() })
    for (const [day, list] of this.byDay) {
      if (!this.base.some(b => b.day === day)) groups.push({ day, people: Int32Array.from(new Set(list)).sort() })
    }
    for (const source of this.base) groups.push({ day: source.day, people: this.people, whole: source })
    return groups.sort((a, b) => a.day - b.day)
  }

  /** Calls back for every eventful person and item with the stretches of the window. The array is used again for the next. */
  settle(each: (index: number, item: number, days: readonly Stretch[], count: number, pay: Pay | undefined) => void): void {
    const days: Stretch[] = []
    this.people.forEach((index, k) => {
      const [lo, hi] = [this.starts[k]!, this.starts[k + 1]!]
      for (let j = 0; j < this.set.items.length; j++) {
        for (let s = lo; s < hi; s++) {
          const stretch = (days[s - lo] ??= { from: 0, to: 0, level: 0, how: 0, reduced: false })
          stretch.from = s === lo ? this.window.from : this.stretchDay[s]!
          stretch.to = s + 1 < hi ? this.stretchDay[s + 1]! - 1 : this.window.to
          this.read(stretch, index, s, j)
        }
        each(index, j, days, hi - lo, this.payOf(index, j))
      }
    })
  }

  private read(stretch: Stretch, index: number, s: number, j: number): void {
    const { results } = this.sources[this.stretchSource[s]!]!
    const row = this.stretchRow[s]!
    const [sure, stack, fen] = [results.sure[j]![row]!, results.stack[j]![row]!, results.amount[j]![row]!]
    const gone = this.gone!
    // A departure is a turn itself, so a stretch lies wholly before or after it.
    if (gone.on[index]! <= stretch.from) stretch.how = gone.how[index]!
    else if (sure === 0) stretch.how = results.possible[j]![row]! > 0 ? HOW.unknown : HOW.no
    else if (stack === STACK_UNKNOWN) stretch.how = HOW.unknown
    else if (stack === 0 || fen > 0) stretch.how = HOW.stands
    else stretch.how = this.suspends(index, s, stack) ? HOW.suspended : HOW.displaced
    stretch.level = stretch.how === HOW.stands ? fen + 1 : 0
    stretch.reduced = stack !== 0
  }

  private suspends(index: number, s: number, stack: number): boolean {
    const { day } = this.sources[this.stretchSource[s]!]!
    return forRegion(this.set, this.population.regions[index]!, day, this.lawOf(day)).rules[stack - 1]?.rule.kind === 'suspend'
  }

  /** [S83] The rules of pay are those in force latest in the month. */
  private payOf(index: number, j: number): Pay | undefined {
    for (let b = this.base.length - 1; b >= 0; b--) {
      const policy = forRegion(this.set, this.population.regions[index]!, this.base[b]!.day).byIndex[j]?.policy
      if (policy !== undefined) return policy.pay
    }
    return undefined
  }
}

import { ageOnYmd, addMonths, dayNumber, isMonth, ymdOfDayNumber } from '@songbai/calendar'
import type { Day, Month } from '@songbai/calendar'
import type { Population } from './columns.ts'
import { ABSENT } from './facts.ts'
import { NO_DAY } from './history.ts'
import { PolicyError } from './problem.ts'
import { evaluatePopulation } from './population.ts'
import type { PolicySet } from './set.ts'
import { RunningDay, TurnIndex } from './roll.ts'
import { STACK_UNKNOWN } from './person.ts'
import { thresholdsOf } from './thresholds.ts'

/** Assumptions, each to be shown beside the figures. Left out: nobody dies, everybody takes up what they are entitled to. */
export interface ForecastOptions {
  readonly from: Month
  readonly months: number
  readonly knownOn?: number
  /** 1 for people who count; everybody when left out. */
  readonly here?: Uint8Array
  /** Deaths in a thousand people and year, from an age on to the next entry's. */
  readonly mortality?: readonly { readonly fromAge: number; readonly perMille: number }[]
  /** Of people entitled who do not draw an item today, how many in a hundred take it up. */
  readonly takeUpPercent?: number
}

export interface ForecastItem { readonly item: string; /** Expected people and fen on the first day of the month. */ people: number; fen: number; /** Whole people who began and ceased to be entitled since the month before, deaths left out. */ gained: number; lost: number }
export interface ForecastMonth { readonly month: Month; readonly people: number; readonly items: readonly ForecastItem[] }

/** People by month of birth, those who draw the item and those who do not. Deaths hang on age alone, so sums need no second look at anybody. */
interface Shelf { readonly people: Float64Array; readonly fen: Float64Array }

/**
 * [S97] The first day of each month ahead, with ageing, validity that runs out, facts with a future date and dated law. Facts stay as they are on record: an
 * assessment that runs out is not renewed. Only who crosses a threshold in a month is evaluated again.
 */
export function forecast(set: PolicySet, population: Population, options: ForecastOptions): ForecastMonth[] {
  if (!isMonth(options.from)) throw new PolicyError('badMonth', { value: String(options.from) })
  const known = options.knownOn ?? NO_DAY - 1
  const day = (n: number): number => dayNumber(addMonths(`${options.from}-01`, n))
  const columns = population.columnsAt(day(0), known)
  const running = new RunningDay(set, columns, evaluatePopulation(set, columns))
  const shelves = new Shelves(running, options)
  const law = thresholdsOf(set).law
  const out: ForecastMonth[] = [shelves.month(options.from)]
  for (let n = 1; n < options.months; n++) {
    const [before, at] = [day(n - 1), day(n)]
    const people = law.some(d => d > before && d <= at) ? null : everyone(new TurnIndex(set, population, before, at - before, known), before, at)
    shelves.move(people, at)
    out.push(shelves.month(monthName(options.from, n)))
  }
  return out
}

const monthName = (from: Month, n: number): Month => addMonths(`${from}-01` as Day, n).slice(0, 7)

function everyone(index: TurnIndex, before: number, at: number): Int32Array {
  const found = new Set<number>()
  for (let d = before + 1; d <= at; d++) for (const i of index.on(d)) found.add(i)
  return Int32Array.from(found).sort()
}

class Shelves {
  private readonly running: RunningDay
  private readonly options: ForecastOptions
  private readonly bucket: Int32Array
  private readonly first: number
  private readonly size: number
  /** By item: [not drawing, drawing]. */
  private readonly shelves: (readonly [Shelf, Shelf])[]
  private readonly everybody: Float64Array
  private readonly drawn: (Int32Array | null)[]
  private readonly survival: Float64Array
  private gained: Float64Array
  private lost: Float64Array

  constructor(running: RunningDay, options: ForecastOptions) {
    this.running = running
    this.options = options
    const { population, columns, set } = running
    const birth = population.defs.has('birth') ? columns.column('birth') : new Int32Array(population.size).fill(ABSENT)
    const months = Int32Array.from(birth, b => (b <= ABSENT ? -1 : monthOfBirth(b)))
    this.first = months.reduce((least, m) => (m >= 0 && m < least ? m : least), 1 << 20)
    this.size = Math.max(1, months.reduce((most, m) => Math.max(most, m), 0) - this.first + 2)
    // The last place is for people without a day of birth.
    this.bucket = months.map(m => (m < 0 ? this.size - 1 : m - this.first))
    const shelf = (): Shelf => ({ people: new Float64Array(this.size), fen: new Float64Array(this.size) })
    this.shelves = set.items.map(() => [shelf(), shelf()] as const)
    this.everybody = new Float64Array(this.size)
    this.survival = new Float64Array(this.size).fill(1)
    this.drawn = set.items.map(id => (population.defs.has(`benefit.${id}`) ? (columns.column(`benefit.${id}`) as Int32Array) : null))
    this.gained = new Float64Array(set.items.length)
    this.lost = new Float64Array(set.items.length)
    this.fill()
  }

  private counts(i: number): boolean {
    return this.options.here === undefined || this.options.here[i] === 1
  }

  private fill(): void {
    const { results } = this.running
    for (let i = 0; i < results.size; i++) if (this.counts(i)) this.everybody[this.bucket[i]!]!++
    results.set.items.forEach((_, j) => {
      const [sure, stack, amount, drawn] = [results.sure[j]!, results.stack[j]!, results.amount[j]!, this.drawn[j]]
      for (let i = 0; i < results.size; i++) {
        if (sure[i] === 0 || !this.counts(i)) continue
        if (stack[i] !== 0 && (stack[i] === STACK_UNKNOWN || amount[i] === 0)) continue
        this.put(j, i, drawn, 1, amount[i]!)
      }
    })
  }

  private put(j: number, i: number, drawn: Int32Array | null | undefined, people: number, fen: number): void {
    const shelf = this.shelves[j]![drawn !== null && drawn !== undefined && drawn[i]! > ABSENT ? 1 : 0]!
    shelf.people[this.bucket[i]!]! += people
    shelf.fen[this.bucket[i]!]! += fen
  }

  /** To another day; null: everybody is evaluated. */
  move(people: Int32Array | null, at: number): void {
    this.gained.fill(0)
    this.lost.fill(0)
    for (const c of this.running.jump(at, people)) {
      if (!this.counts(c.index)) continue
      this.put(c.item, c.index, this.drawn[c.item], Number(c.stands) - Number(c.stood), (c.stands ? c.fen : 0) - (c.stood ? c.fenBefore : 0))
      if (c.stands && !c.stood) this.gained[c.item]!++
      if (c.stood && !c.stands) this.lost[c.item]!++
    }
    this.die(at)
  }

  /** One month of deaths, by the age reached. */
  private die(at: number): void {
    const table = [...(this.options.mortality ?? [])].sort((a, b) => a.fromAge - b.fromAge)
    if (table.length === 0) return
    for (let b = 0; b < this.size - 1; b++) {
      const month = this.first + b
      const age = ageOnYmd(Math.floor(month / 12) * 10_000 + ((month % 12) + 1) * 100 + 1, ymdOfDayNumber(at))
      const rate = table.findLast(row => row.fromAge <= age)?.perMille ?? 0
      this.survival[b]! *= (1 - Math.min(1000, rate) / 1000) ** (1 / 12)
    }
  }

  month(month: Month): ForecastMonth {
    const takeUp = (this.options.takeUpPercent ?? 100) / 100
    const sum = (column: Float64Array): number => column.reduce((s, v, b) => s + v * this.survival[b]!, 0)
    const items = this.running.set.items.map((item, j): ForecastItem => {
      const [rest, drawing] = this.shelves[j]!
      return { item, people: sum(drawing.people) + takeUp * sum(rest.people), fen: Math.round(sum(drawing.fen) + takeUp * sum(rest.fen)), gained: this.gained[j]!, lost: this.lost[j]! }
    })
    return { month, people: sum(this.everybody), items }
  }
}

function monthOfBirth(birth: number): number {
  const ymd = ymdOfDayNumber(birth)
  return Math.floor(ymd / 10_000) * 12 + (Math.floor(ymd / 100) % 100) - 1
}

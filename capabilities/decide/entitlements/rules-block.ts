/**
 * People of a place with the whole history of their facts as typed arrays, and what they are entitled to on a day. Pure: rows come in, counts come out.
 * People stand in the order of region and id, so a place is a range.
 */
import { birthdayReaching, dayNumber, dayOf, isDay, type Day } from '@songbai/calendar'
import {
  ABSENT, checksumOf, createPopulation, evaluatePerson, evaluatePopulation, evaluateRows, isKnownValue, NO_DAY, standings, STANDINGS as ENGINE_STANDINGS,
  type FactColumns, type FactDef, type Interval, type Person, type PersonAnswer, type Policy, type PolicySet, type Population, type Results,
} from './rules-engine.ts'
import { STANDINGS, type Standing } from './contract.ts'

/** Nobody stands here for the item: dead or gone and not drawing it, withdrawn from the register, or shown elsewhere. */
export const GONE = 255
/** [E5] How far ahead "not yet" looks: the notice list of POL-04. */
export const SOON_DAYS = 90

const CODE = Object.fromEntries(STANDINGS.map((standing, code) => [standing, code])) as Record<Standing, number>
const NO = CODE.no
/** The table says yes but another benefit stands in its place: nothing is given, so it counts as no, and the explanation says why. */
const OF_ENGINE = ENGINE_STANDINGS.map((standing) => (standing === 'displaced' ? NO : CODE[standing]))
const ENTITLED = new Set([ENGINE_STANDINGS.indexOf('entitledNotEnjoying'), ENGINE_STANDINGS.indexOf('entitledEnjoying')])
/** Every person of the register has it for as long as the register knows the person. */
const REGISTERED = 'usualResidence'

export interface FactOfPerson {
  readonly key: string
  readonly value: unknown
  readonly from: number | null
  readonly to: number | null
  readonly recorded: number
  readonly superseded: number | null
}

type Encode = (value: unknown) => number | null

/** A value as the columns hold it; null for one the dictionary does not know (any more), which then counts as missing. */
function encoderOf(def: FactDef): Encode {
  const codes = new Map(def.values.map((one, i) => [one.id, i]))
  switch (def.type) {
    case 'bool': return (v) => (typeof v === 'boolean' ? Number(v) : null)
    case 'code': return (v) => codes.get(v as string) ?? null
    case 'codes': return (v) => (Array.isArray(v) ? v.reduce<number>((mask, one) => mask | (1 << (codes.get(one as string) ?? 31)), 0) : null)
    case 'int': case 'fen': return (v) => (typeof v === 'number' && Number.isInteger(v) && v >= def.min && v <= def.max ? v : null)
    case 'day': return remembered((v) => (isDay(v) ? dayNumber(v) : null))
    case 'month': return (v) => (typeof v === 'string' ? Number(v.slice(0, 4)) * 12 + Number(v.slice(5, 7)) - 1 : null)
    case 'region': return () => 1
  }
}

const MANY_TEXTS = 100_000

/** The same few thousand days stand in millions of facts. */
function remembered(encode: Encode): Encode {
  const known = new Map<unknown, number | null>()
  return (value) => {
    const kept = known.get(value)
    if (kept !== undefined) return kept
    if (known.size > MANY_TEXTS) known.clear()
    const made = encode(value)
    known.set(value, made)
    return made
  }
}

const encoders = new WeakMap<ReadonlyMap<string, FactDef>, Map<string, Encode>>()

export function encodersOf(defs: ReadonlyMap<string, FactDef>): Map<string, Encode> {
  const known = encoders.get(defs)
  if (known) return known
  const made = new Map([...defs].map(([id, def]) => [id, encoderOf(def)]))
  encoders.set(defs, made)
  return made
}

export function intervalsOf(defs: ReadonlyMap<string, FactDef>, facts: Iterable<FactOfPerson>): Interval[] {
  const of = encodersOf(defs)
  const out: Interval[] = []
  for (const one of facts) {
    const value = of.get(one.key)?.(one.value) ?? null
    if (value !== null) out.push({ fact: one.key, value, from: one.from ?? -NO_DAY, to: one.to ?? NO_DAY, recorded: one.recorded, superseded: one.superseded ?? NO_DAY })
  }
  return out
}

class Numbers {
  data = new Int32Array(1 << 16)
  length = 0

  push(value: number): void {
    if (this.length === this.data.length) {
      const bigger = new Int32Array(this.data.length * 2)
      bigger.set(this.data)
      this.data = bigger
    }
    this.data[this.length++] = value
  }

  done(): Int32Array {
    return this.data.subarray(0, this.length)
  }
}

/** Takes people one after another; `build` sorts them. */
export class BlockBuilder {
  private readonly defs: ReadonlyMap<string, FactDef>
  private readonly facts: string[]
  private readonly place = new Map<string, readonly [number, Encode]>()
  private readonly ids: string[] = []
  private readonly regions: string[] = []
  private readonly columns = Array.from({ length: 7 }, () => new Numbers())

  constructor(defs: ReadonlyMap<string, FactDef>) {
    this.defs = defs
    this.facts = [...defs.keys()]
    const of = encodersOf(defs)
    this.facts.forEach((fact, i) => this.place.set(fact, [i, of.get(fact)!]))
  }

  person(id: string, region: string): void {
    this.ids.push(id)
    this.regions.push(region)
  }

  /** A fact of the person added last. */
  readonly fact = (one: FactOfPerson): void => {
    const known = this.place.get(one.key)
    const value = known?.[1](one.value) ?? null
    if (known === undefined || value === null) return
    const c = this.columns
    c[0]!.push(this.ids.length - 1)
    c[1]!.push(known[0])
    c[2]!.push(value)
    c[3]!.push(one.from ?? -NO_DAY)
    c[4]!.push(one.to ?? NO_DAY)
    c[5]!.push(one.recorded)
    c[6]!.push(one.superseded ?? NO_DAY)
  }

  build(): Block {
    const { order, rank } = this.sorted()
    const [person, fact, value, from, to, recorded, superseded] = this.columns.map((column) => column.done()) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]
    // Facts nobody has need no column.
    const has = new Uint8Array(this.facts.length)
    for (let i = 0; i < fact.length; i++) has[fact[i]!] = 1
    const used = this.facts.flatMap((_, f) => (has[f] === 1 ? [f] : []))
    const short = new Uint16Array(this.facts.length)
    used.forEach((f, i) => (short[f] = i))
    const [place, kind] = [new Int32Array(person.length), new Uint16Array(fact.length)]
    for (let i = 0; i < person.length; i++) {
      place[i] = rank[person[i]!]!
      kind[i] = short[fact[i]!]!
    }
    const population = createPopulation(this.defs, {
      ids: order.map((i) => this.ids[i]!), regions: order.map((i) => this.regions[i]!), facts: used.map((f) => this.facts[f]!),
      intervals: { person: place, fact: kind, value, from, to, recorded, superseded },
    })
    return new Block(population, used.map((f) => this.facts[f]!))
  }

  /** People by region, then id. Regions are few, so each is sorted by itself; the registry gives the ids of each in order already. */
  private sorted(): { order: number[]; rank: Int32Array } {
    const byRegion = new Map<string, number[]>()
    for (let i = 0; i < this.ids.length; i++) {
      const people = byRegion.get(this.regions[i]!)
      if (people) people.push(i)
      else byRegion.set(this.regions[i]!, [i])
    }
    const order = [...byRegion.keys()].sort().flatMap((region) => byRegion.get(region)!.sort((a, b) => (this.ids[a]! < this.ids[b]! ? -1 : 1)))
    const rank = new Int32Array(order.length)
    order.forEach((old, now) => (rank[old] = now))
    return { order, rank }
  }
}

export function before(regionA: string, idA: string, regionB: string, idB: string): number {
  return regionA < regionB ? -1 : regionA > regionB ? 1 : idA < idB ? -1 : idA > idB ? 1 : 0
}

/** What everybody of a block is entitled to on one day, as known on one day. */
export interface View {
  readonly key: string
  readonly at: number
  readonly set: PolicySet
  readonly columns: FactColumns
  readonly results: Results
  /** Place in `STANDINGS` of each person, by item; `GONE` for nobody. */
  readonly codes: readonly Uint8Array[]
  /** 1 for people alive and in the county on the day. */
  readonly here: Uint8Array
  /** Day of a birthday within `SOON_DAYS` that some rule asks for. */
  readonly birthdays: Map<number, number>
}

const KEPT_VIEWS = 4
/** Knowledge of everything ever recorded. */
export const NOW_KNOWN = NO_DAY - 1

export class Block {
  readonly population: Population
  readonly facts: Set<string>
  private readonly views = new Map<string, View>()
  private readonly hidden: Uint8Array
  /** Grows with every change of anybody's facts. */
  changes = 0

  constructor(population: Population, facts: readonly string[]) {
    this.population = population
    this.facts = new Set(facts)
    this.hidden = new Uint8Array(population.size)
  }

  /** First and last-plus-one place of the people under a prefix. */
  range(prefix: string): readonly [number, number] {
    return [this.lower(prefix), this.lower(`${prefix}~`)]
  }

  private lower(text: string): number {
    const { regions, size } = this.population
    let [lo, hi] = [0, size]
    while (lo < hi) {
      const mid = (lo + hi) >>> 1
      if (regions[mid]! < text) lo = mid + 1
      else hi = mid
    }
    return lo
  }

  view(set: PolicySet, lawKey: string, at: Day, knownOn: number = NOW_KNOWN): View {
    const key = `${at} ${knownOn} ${lawKey}`
    const kept = this.views.get(key)
    if (kept) {
      this.views.delete(key)
      this.views.set(key, kept)
      return kept
    }
    const columns = this.population.columnsAt(at, knownOn)
    const n = this.population.size
    const view: View = { key, at: columns.at, set, columns, results: evaluatePopulation(set, columns), codes: set.items.map(() => new Uint8Array(n)), here: new Uint8Array(n), birthdays: new Map() }
    this.code(view, 0, n)
    this.views.set(key, view)
    const oldest = this.views.keys().next().value
    if (this.views.size > KEPT_VIEWS && oldest !== undefined) this.views.delete(oldest)
    return view
  }

  /** All facts of one person anew. The region must be the same: it is the person's place in the order. */
  patch(index: number, intervals: readonly Interval[]): void {
    this.population.patchPerson(index, intervals)
    for (const one of intervals) this.facts.add(one.fact)
    this.hidden[index] = 0
    this.again(index)
  }

  hide(index: number): void {
    if (this.hidden[index] === 1) return
    this.hidden[index] = 1
    this.again(index)
  }

  /** [S4] One number for everybody shown here and all their facts; numbers of blocks add up. */
  checksum(): number {
    return checksumOf(this.population, (index) => this.hidden[index] === 1)
  }

  isHidden(index: number): boolean {
    return this.hidden[index] === 1
  }

  private again(index: number): void {
    this.changes++
    for (const view of this.views.values()) {
      view.columns.refreshPerson(index)
      evaluateRows(view.results, view.columns, [index])
      view.birthdays.delete(index)
      this.code(view, index, index + 1)
    }
  }

  /** [E1] Counts speak of people alive and in the county; a benefit still drawn by somebody dead or gone is drawn without right. */
  private code(view: View, lo: number, hi: number): void {
    const [registered, dead, moved] = [REGISTERED, 'dead', 'moved'].map((fact) => view.columns.column(fact))
    for (let i = lo; i < hi; i++) {
      const gone = (dead![i]! > ABSENT && dead![i]! <= view.at) || (moved![i]! > ABSENT && moved![i]! <= view.at)
      view.here[i] = this.hidden[i] === 1 || registered![i]! <= ABSENT ? 0 : gone ? 2 : 1
    }
    view.set.items.forEach((_, item) => {
      const found = standings(view.results, view.columns, item, lo, hi)
      const codes = view.codes[item]!
      const drawn = this.drawn(view, item)
      for (let i = lo; i < hi; i++) {
        const here = view.here[i]!
        codes[i] = here === 1 ? OF_ENGINE[found[i - lo]!]! : here === 2 && drawn !== null && drawn[i]! > ABSENT && drawn[i]! <= view.at ? CODE.enjoyingNotEntitled : GONE
      }
    })
    for (let i = lo; i < hi; i++) if (view.here[i] === 2) view.here[i] = 0
    this.soon(view, lo, hi)
  }

  private drawn(view: View, item: number): FactColumns['unknown'] | null {
    const benefit = `benefit.${view.set.items[item]!}`
    return this.facts.has(benefit) ? (view.columns.column(benefit) as Int32Array) : null
  }

  /** [E5] "Not yet": no today, and yes on the next birthday some rule asks for, within 90 days, with the facts as they are. Those of one birthday are worked out together. */
  private soon(view: View, lo: number, hi: number): void {
    const birth = view.columns.column('birth')
    const turning = new Map<number, number[]>()
    for (const age of agesAskedFor(view.set)) {
      // Two days of slack for birthdays on 29 February; the exact day is asked of the calendar.
      const [from, to] = [dayNumber(yearsBefore(dayOf(view.at), age)) - 2, dayNumber(yearsBefore(dayOf(view.at + SOON_DAYS), age)) + 2]
      for (let i = lo; i < hi; i++) {
        if (birth[i]! < from || birth[i]! > to || view.here[i] !== 1) continue
        const on = dayNumber(birthdayReaching(dayOf(birth[i]!), age))
        if (on <= view.at || on > view.at + SOON_DAYS) continue
        const people = turning.get(on)
        if (people) people.push(i)
        else turning.set(on, [i])
        view.birthdays.set(i, on)
      }
    }
    for (const [on, people] of turning) this.comingOfAge(view, on, Int32Array.from(new Set(people)).sort())
  }

  private comingOfAge(view: View, on: number, people: Int32Array): void {
    const then = this.population.subset(people).columnsAt(view.at, view.columns.knownOn).sharedOn(on)
    const results = evaluatePopulation(view.set, then)
    view.set.items.forEach((_, item) => {
      const [codes, sure, found] = [view.codes[item]!, view.results.sure[item]!, standings(results, then, item)]
      people.forEach((i, k) => {
        if (codes[i] === NO && sure[i] === 0 && ENTITLED.has(found[k]!)) codes[i] = CODE.notYet
      })
    })
  }

  /** The facts of one person on the day of the view. */
  person(view: View, i: number): Person {
    const values = new Map<string, number>()
    for (const fact of this.facts) {
      const def = this.population.defs.get(fact)!
      const value = view.columns.column(fact)[i]!
      if (def.type !== 'region' && isKnownValue(def, value)) values.set(fact, value)
    }
    return { values, records: new Map() }
  }

  /** The slow reader's answers for one person: missing facts by item. */
  answers(view: View, i: number): PersonAnswer[] {
    return evaluatePerson(view.set, lawRegion(view.set, this.population.regions[i]!), this.person(view, i), dayOf(view.at))
  }
}

const digits = new WeakMap<PolicySet, number>()

/** The part of a place that decides which rules hold there: villages of a county share their plan, and the engine makes one a day. */
export function lawRegion(set: PolicySet, region: string): string {
  const known = digits.get(set) ?? Math.max(6, ...set.policies.map((one) => one.region.length))
  digits.set(set, known)
  return region.slice(0, known)
}

function yearsBefore(day: Day, years: number): Day {
  const year = Number(day.slice(0, 4)) - years
  const text = `${String(year).padStart(4, '0')}${day.slice(4)}`
  return isDay(text) ? text : `${String(year).padStart(4, '0')}-02-28`
}

const ages = new WeakMap<PolicySet, readonly number[]>()

/** Every age some condition compares with: constants and all values of parameters. */
export function agesAskedFor(set: PolicySet): readonly number[] {
  const known = ages.get(set)
  if (known) return known
  const found = new Set<number>()
  for (const policy of set.policies) for (const row of policy.rows) agesIn(row.when, policy, found)
  const sorted = [...found].filter((age) => age > 0 && age <= 150).sort((a, b) => a - b)
  ages.set(set, sorted)
  return sorted
}

type Condition = Policy['rows'][number]['when']

function agesIn(cond: Condition, policy: Policy, found: Set<number>): void {
  if (cond.t === 'all' || cond.t === 'any') for (const one of cond.k) agesIn(one, policy, found)
  else if (cond.t === 'not' || cond.t === 'named') agesIn(cond.k, policy, found)
  else if (cond.t === 'cmp' && (cond.a.t === 'age' || cond.b.t === 'age')) {
    const limit = cond.a.t === 'age' ? cond.b : cond.a
    const values = limit.t === 'const' ? [limit.v] : limit.t === 'param' ? (policy.params.get(limit.name)?.values ?? []).flatMap((one) => (one.value === null ? [] : [one.value])) : []
    // `age >= 80` turns on that birthday, `age > 80` on the one after.
    const [own, after] = cond.a.t === 'age' ? ['>=', '<'] : ['<=', '>']
    for (const value of values) {
      if (cond.op !== (cond.a.t === 'age' ? '>' : '<') && cond.op !== (cond.a.t === 'age' ? '<=' : '>=')) found.add(value)
      if (cond.op !== own && cond.op !== after) found.add(value + 1)
    }
  }
}

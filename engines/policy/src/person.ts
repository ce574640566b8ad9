import { ageOnYmd, ymdOfDayNumber } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { addToDay } from './days.ts'
import { ABSENT, absentOf, BOOL_UNKNOWN, CODE_UNKNOWN, encodeFact, isKnown, UNKNOWN } from './facts.ts'
import type { FactDef, FactValue } from './facts.ts'
import { compare, share } from './ir.ts'
import type { Cond, Num } from './ir.ts'
import { nearestWord, PolicyError } from './problem.ts'
import type { Policy } from './policy.ts'
import { paramOf } from './set.ts'
import type { Plan, PlannedItem, PolicySet } from './set.ts'

/** One fact about a person as the registry holds it. */
export interface FactRecord { value: FactValue; source?: string; validFrom?: Day; validTo?: Day; recordedAt?: string }
export type FactInput = Record<string, FactValue | FactRecord>

/** A person's facts as int32, with the records they came from. */
export interface Person { readonly values: ReadonlyMap<string, number>; readonly records: ReadonlyMap<string, FactRecord> }

/** Three values: 0 no, 1 yes, 2 unknown. */
export type Tri = 0 | 1 | 2

/** Results of one person by item index: the same numbers the columns hold. */
export interface PersonResults {
  /** Code of the row that holds for sure, 0 none. `hit: sum`: one bit for each row. */
  sure: Int32Array
  /** Code of the row that holds if every missing fact turns out favourable. */
  possible: Int32Array
  /** Amount of the sure row before stacking. */
  raw: Int32Array
  amount: Int32Array
  /** 0 stands; n = rule n-1 of the plan took it or part of it; 255 = whether it is suspended is unknown. */
  stack: Uint8Array
}
export const STACK_UNKNOWN = 255
const MAX_AMOUNT = 2_147_483_647

function isRecord(v: FactValue | FactRecord): v is FactRecord {
  return typeof v === 'object' && v !== null && !Array.isArray(v)
}

/** Throws `unknownFact`, `factValue`. A fact left out or null is missing. */
export function encodePerson(set: PolicySet, facts: FactInput): Person {
  const values = new Map<string, number>()
  const records = new Map<string, FactRecord>()
  for (const [id, input] of Object.entries(facts)) {
    const def = set.facts.get(id)
    if (def === undefined) throw new PolicyError('unknownFact', { name: id, suggestion: nearestWord(id, set.facts.keys()) })
    const record = isRecord(input) ? input : { value: input }
    if (record.value === null || record.value === undefined || def.type === 'region') continue
    values.set(id, encodeFact(def, record.value))
    records.set(id, record)
  }
  return { values, records }
}

/** The same person with some facts otherwise. */
export function withFacts(person: Person, changes: Iterable<readonly [string, number]>): Person {
  const values = new Map(person.values)
  for (const [f, v] of changes) values.set(f, v)
  return { values, records: person.records }
}

/** The slow, plain reader of the rules: one person, one plan, three values. */
export class Evaluation {
  readonly plan: Plan
  readonly person: Person
  readonly results: PersonResults
  private readonly atYmd: number
  private age: number | undefined

  constructor(plan: Plan, person: Person) {
    const n = plan.set.items.length
    this.plan = plan
    this.person = person
    this.atYmd = ymdOfDayNumber(plan.at)
    this.results = { sure: new Int32Array(n), possible: new Int32Array(n), raw: new Int32Array(n), amount: new Int32Array(n), stack: new Uint8Array(n) }
  }

  def(f: string): FactDef {
    return this.plan.set.facts.get(f)!
  }

  value(f: string): number {
    return this.person.values.get(f) ?? absentOf(this.def(f))
  }

  cond(c: Cond, policy: Policy): Tri {
    switch (c.t) {
      case 'true': return 1
      case 'named': return this.cond(c.k, policy)
      case 'not': return negate(this.cond(c.k, policy))
      case 'all': return this.junction(c.k, policy, 0)
      case 'any': return this.junction(c.k, policy, 1)
      case 'yes': { const v = this.value(c.f); return v === BOOL_UNKNOWN ? 2 : v === 1 ? 1 : 0 }
      case 'in': { const v = this.value(c.f); return v === CODE_UNKNOWN ? 2 : tri(((c.mask >>> v) & 1) === 1) }
      case 'member': { const v = this.value(c.f); return v === UNKNOWN ? 2 : tri(((v >>> c.code) & 1) === 1) }
      case 'has': return tri(isKnown(this.def(c.f), this.value(c.f)))
      case 'cmp': return this.compare(c, policy)
      case 'within': return this.within(c, policy)
      case 'item': {
        const i = this.plan.set.items.indexOf(c.item)
        return this.results.sure[i]! > 0 ? 1 : this.results.possible[i]! > 0 ? 2 : 0
      }
    }
  }

  private junction(parts: readonly Cond[], policy: Policy, decisive: 0 | 1): Tri {
    let out: Tri = decisive === 1 ? 0 : 1
    for (const k of parts) {
      const v = this.cond(k, policy)
      if (v === decisive) return v
      if (v === 2) out = 2
    }
    return out
  }

  private compare(c: Extract<Cond, { t: 'cmp' }>, policy: Policy): Tri {
    const a = this.num(c.a, policy)
    const b = this.num(c.b, policy)
    if (a === UNKNOWN || b === UNKNOWN) return 2
    return a === ABSENT || b === ABSENT ? 0 : tri(compare(c.op, a, b))
  }

  private within(c: Extract<Cond, { t: 'within' }>, policy: Policy): Tri {
    const d = this.value(c.f)
    const n = this.num(c.n, policy)
    if (d === UNKNOWN || n === UNKNOWN) return 2
    return d === ABSENT || n === ABSENT ? 0 : tri(d <= this.plan.at && this.plan.at < addToDay(d, n, c.unit))
  }

  /** An integer, UNKNOWN, or ABSENT; unknown is stronger than absent. */
  num(n: Num, policy: Policy): number {
    switch (n.t) {
      case 'const': return n.v
      case 'fact': return this.value(n.f)
      case 'today': return this.plan.at
      case 'age': return this.ageNow()
      case 'param': return paramOf(policy, n.name, this.plan.law).entry?.value ?? UNKNOWN
      case 'choice': { const c = this.cond(n.c, policy); return c === 2 ? UNKNOWN : this.num(c === 1 ? n.a : n.b, policy) }
      case 'share': {
        const [x, num, den] = [this.num(n.x, policy), this.num(n.num, policy), this.num(n.den, policy)]
        return lost(x, num, den) ?? share(x, num, den) ?? ABSENT
      }
      case 'itemAmount': {
        const i = this.plan.set.items.indexOf(n.item)
        return this.results.sure[i] === this.results.possible[i] ? this.results.raw[i]! : UNKNOWN
      }
      default: {
        const [a, b] = [this.num(n.a, policy), this.num(n.b, policy)]
        return lost(a, b) ?? arithmetic(n.t, a, b)
      }
    }
  }

  private ageNow(): number {
    if (this.age === undefined) {
      const birth = this.value('birth')
      this.age = birth <= ABSENT ? birth : ageOnYmd(ymdOfDayNumber(birth), this.atYmd)
    }
    return this.age
  }

  /** Whether a row holds: its condition, and that its amount can be told. */
  row(r: PlannedItem['rows'][number], policy: Policy): Tri {
    const when = this.cond(r.row.when, policy)
    if (when === 0 || r.row.amount.t === 'const') return when
    const a = this.num(r.row.amount, policy)
    return a === ABSENT ? 0 : a === UNKNOWN ? 2 : when
  }

  amountOf(r: PlannedItem['rows'][number], policy: Policy): number {
    return Math.min(MAX_AMOUNT, Math.max(0, this.num(r.row.amount, policy)))
  }

  item(item: PlannedItem): void {
    const { policy, index, rows } = item
    const sum = policy.hit === 'sum'
    let [sure, possible, raw] = [0, 0, 0]
    for (const r of rows) {
      const v = this.row(r, policy)
      if (v === 0) continue
      if (possible === 0 || sum) possible |= r.code
      if (v === 2) continue
      sure |= r.code
      raw += this.amountOf(r, policy)
      if (!sum) break
    }
    this.results.sure[index] = sure
    this.results.possible[index] = possible
    this.results.raw[index] = Math.min(MAX_AMOUNT, raw)
  }

  /** Tables of every item in reading order, then stacking. */
  all(): this {
    for (const item of this.plan.items) this.item(item)
    this.stackUp()
    return this
  }

  stackUp(): void {
    const { raw, amount, stack } = this.results
    amount.set(raw)
    stack.fill(0)
    this.plan.rules.forEach((planned, i) => this.applyRule(planned, i + 1))
  }

  /** Entitled for sure and not displaced or suspended by an earlier rule. */
  private stands(i: number): boolean {
    const stack = this.results.stack[i]!
    return this.results.sure[i]! > 0 && (stack === 0 || stack === STACK_UNKNOWN || this.results.amount[i]! > 0)
  }

  private lose(i: number, left: number, rule: number): void {
    this.results.amount[i] = left
    this.results.stack[i] = rule
  }

  private applyRule(planned: Plan['rules'][number], n: number): void {
    const { rule, policy, items } = planned
    const { amount, sure, stack } = this.results
    const own = this.plan.set.items.indexOf(policy.id)
    if (rule.kind === 'suspend') {
      const c = this.cond(rule.when!, policy)
      if (c === 1 && sure[own]! > 0) this.lose(own, 0, n)
      else if (c === 2 && sure[own]! > 0 && stack[own] === 0) stack[own] = STACK_UNKNOWN
      return
    }
    const alive = items.filter(i => this.stands(i))
    if (rule.kind === 'max') {
      const best = alive.reduce((b, i) => (b < 0 || amount[i]! > amount[b]! ? i : b), -1)
      for (const i of alive) if (i !== best) this.lose(i, 0, n)
    } else if (rule.kind === 'first') {
      for (const i of alive.slice(1)) this.lose(i, 0, n)
    } else if (rule.kind === 'offset') {
      const others = alive.filter(i => i !== own).reduce((s, i) => s + amount[i]!, 0)
      if (others > 0 && alive.includes(own)) this.lose(own, Math.max(0, amount[own]! - others), n)
    } else this.cap(alive, rule.limit!, policy, n)
  }

  private cap(alive: readonly number[], limit: Num, policy: Policy, n: number): void {
    const { amount } = this.results
    let room = this.num(limit, policy)
    if (room <= ABSENT) return
    for (const i of alive) {
      if (amount[i]! > room) this.lose(i, room, n)
      room -= amount[i]!
    }
  }
}

function tri(v: boolean): Tri {
  return v ? 1 : 0
}

function negate(v: Tri): Tri {
  return v === 2 ? 2 : v === 1 ? 0 : 1
}

function lost(a: number, b: number, c = 0): number | undefined {
  return a === UNKNOWN || b === UNKNOWN || c === UNKNOWN ? UNKNOWN : a === ABSENT || b === ABSENT || c === ABSENT ? ABSENT : undefined
}

function arithmetic(t: 'sum' | 'diff' | 'prod' | 'min' | 'max', a: number, b: number): number {
  switch (t) {
    case 'sum': return a + b
    case 'diff': return a - b
    case 'prod': return a * b
    case 'min': return Math.min(a, b)
    case 'max': return Math.max(a, b)
  }
}

import { dayNumber, dayOf, latestBirthFor } from '@songbai/calendar'
import { addToDay, lastExpired } from './days.ts'
import { ABSENT, absentOf, decodeFact, isKnown, UNKNOWN, unknownOf } from './facts.ts'
import type { FactDef, FactValue } from './facts.ts'
import { usesOf } from './ir.ts'
import type { Cond, Num } from './ir.ts'
import { Evaluation } from './person.ts'
import type { Tri } from './person.ts'
import { inForce, NO_END, paramAt } from './policy.ts'
import type { Policy, Row } from './policy.ts'
import { forRegion } from './set.ts'
import type { Plan, PolicySet } from './set.ts'
import { all, any, TRUE } from './analyse-solve.ts'
import type { Amount, Node, Table } from './analyse-solve.ts'

/** A person as a golden case writes one. */
export interface Example { at: string; facts: Record<string, FactValue>; items: Record<string, boolean> }

/** Values of one fact that no condition tells apart; `value` stands for them. */
export interface FactClass { value: number }
/** Neighbouring values of an ordered fact that fall into one class. */
export interface Run { cls: number; lo: number; hi: number }
export interface Field {
  name: string
  /** Absent for another item's result and for conditions on several facts. */
  def?: FactDef
  item?: string
  /** A condition on several facts, treated as free: what is found with it must be shown on a real person. */
  free?: Cond
  classes: FactClass[]
  /** Known values in order, from least to most (age: from young to old); empty where there is no order. */
  runs: Run[]
}

const YEARS = 125
const MAX_SUBSETS = 8

/** The fields of one policy on one day, and its conditions as formulas over them. */
export class Space {
  readonly set: PolicySet
  readonly policy: Policy
  readonly day: number
  readonly plan: Plan
  readonly fields: Field[] = []
  /** Whether a parameter that a condition reads has no value on this day. */
  holes = false
  private readonly atoms = new Map<string, { cond: Cond; field: string }>()
  private readonly bare: Evaluation
  private readonly around: Plan
  private truths = new Map<string, { field: number; truth: Tri[] }>()

  constructor(set: PolicySet, policy: Policy, day: number, also: readonly Policy[] = []) {
    this.set = set
    this.policy = policy
    this.day = day
    this.around = forRegion(set, policy.region, day)
    this.plan = { key: '', versions: '', set, at: day, law: day, items: [], byIndex: [], rules: [] }
    this.bare = new Evaluation(this.plan, { values: new Map(), records: new Map() })
    for (const p of [policy, ...also]) for (const r of rowsOn(p, day)) this.collectRow(r, p)
    this.makeFields()
  }

  rows(policy: Policy): Row[] {
    return rowsOn(policy, this.day)
  }

  table(policy: Policy): Table {
    return { hit: policy.hit, rows: this.rows(policy).map(r => ({ when: this.node(r.when, policy), amount: this.amount(r.amount, policy) })) }
  }

  /** A condition as a formula; every atom of it was collected before. */
  node(c: Cond, policy: Policy): Node {
    switch (c.t) {
      case 'true': return TRUE
      case 'named': return this.node(c.k, policy)
      case 'not': return { k: 'not', n: this.node(c.k, policy) }
      case 'all': return all(...c.k.map(k => this.node(k, policy)))
      case 'any': return any(...c.k.map(k => this.node(k, policy)))
      case 'item': {
        const other = this.other(c.item)
        if (other !== undefined) return any(...rowsOn(other, this.day).map(r => this.node(r.when, other)), { k: 'const', v: 0 })
        break
      }
      default: break
    }
    const { field, truth } = this.truths.get(keyOf(this.bound(c, policy)))!
    return { k: 'atom', field, truth }
  }

  amount(n: Num, policy: Policy): Amount {
    if (n.t === 'choice') return { k: 'choice', c: this.node(n.c, policy), a: this.amount(n.a, policy), b: this.amount(n.b, policy) }
    const uses = usesOf([], [n])
    if (uses.facts.size > 0 || uses.items.size > 0) return { k: 'open' }
    const v = this.bare.num(this.boundNum(n, policy), policy)
    return v <= ABSENT ? { k: 'open' } : { k: 'const', v: Math.max(0, v) }
  }

  sizes(): number[] {
    return this.fields.map(f => f.classes.length)
  }

  /** Policy whose result `item.x` reads; none when it is not in force where this policy is. */
  private other(item: string): Policy | undefined {
    const found = this.around.byIndex[this.set.items.indexOf(item)]?.policy
    return found?.id === this.policy.id ? undefined : found
  }

  private collectRow(r: Row, policy: Policy): void {
    this.collect(r.when, policy)
    this.collectAmount(r.amount, policy)
  }

  private collectAmount(n: Num, policy: Policy): void {
    if (n.t !== 'choice') return
    this.collect(n.c, policy)
    this.collectAmount(n.a, policy)
    this.collectAmount(n.b, policy)
  }

  private collect(c: Cond, policy: Policy): void {
    switch (c.t) {
      case 'true': return
      case 'named': case 'not': return this.collect(c.k, policy)
      case 'all': case 'any': for (const k of c.k) this.collect(k, policy); return
      case 'item': {
        const other = this.other(c.item)
        if (other === undefined) this.atoms.set(keyOf(c), { cond: c, field: `item.${c.item}` })
        else for (const r of rowsOn(other, this.day)) this.collectRow(r, other)
        return
      }
      default: {
        const bound = this.bound(c, policy)
        this.atoms.set(keyOf(bound), { cond: bound, field: fieldOf(bound) })
      }
    }
  }

  /** The condition with parameters and `today` replaced by their values on this day. */
  private bound(c: Cond, policy: Policy): Cond {
    if (c.t === 'cmp') return { ...c, a: this.boundNum(c.a, policy), b: this.boundNum(c.b, policy) }
    return c.t === 'within' ? { ...c, n: this.boundNum(c.n, policy) } : c
  }

  private boundNum(n: Num, policy: Policy): Num {
    switch (n.t) {
      case 'param': {
        const v = paramAt(policy.params.get(n.name)!, this.day)?.value ?? UNKNOWN
        if (v === UNKNOWN) this.holes = true
        return { t: 'const', v, ty: 'int' }
      }
      case 'today': return { t: 'const', v: this.day, ty: 'day' }
      case 'share': return { ...n, x: this.boundNum(n.x, policy), num: this.boundNum(n.num, policy), den: this.boundNum(n.den, policy) }
      case 'choice': return { ...n, c: this.bound(n.c, policy), a: this.boundNum(n.a, policy), b: this.boundNum(n.b, policy) }
      case 'sum': case 'diff': case 'prod': case 'min': case 'max': return { ...n, a: this.boundNum(n.a, policy), b: this.boundNum(n.b, policy) }
      default: return n
    }
  }

  private makeFields(): void {
    const byField = new Map<string, Cond[]>()
    for (const { cond, field } of this.atoms.values()) byField.set(field, [...(byField.get(field) ?? []), cond])
    for (const [name, conds] of byField) {
      const def = this.set.facts.get(name)
      const simple = def !== undefined && (def.type !== 'codes' || codesUsed(conds).length <= MAX_SUBSETS)
      if (simple) this.addFact(def, conds)
      else for (const c of conds) this.addFree(c)
    }
  }

  private addFree(c: Cond): void {
    const field: Field = { name: c.t === 'item' ? `item.${c.item}` : keyOf(c), classes: [{ value: 0 }, { value: 1 }], runs: [] }
    if (c.t === 'item') field.item = c.item
    else field.free = c
    this.truths.set(keyOf(c), { field: this.fields.push(field) - 1, truth: [0, 1] })
  }

  private addFact(def: FactDef, conds: readonly Cond[]): void {
    const index = this.fields.length
    const field: Field = { name: def.id, def, classes: [], runs: [] }
    const vectors = new Map<string, number>()
    const truth = conds.map((): Tri[] => [])
    const classOf = (value: number): number => {
      const ev = this.evaluationWith(def.id, value)
      const vector = conds.map(c => ev.cond(c, this.policy))
      const known = vectors.get(vector.join(''))
      if (known !== undefined) return known
      vectors.set(vector.join(''), field.classes.length)
      vector.forEach((v, i) => truth[i]!.push(v))
      return field.classes.push({ value }) - 1
    }
    const values = valuesOf(def, conds, this.day)
    for (const [i, lo] of values.entries()) {
      const cls = classOf(lo)
      const last = field.runs.at(-1)
      if (last?.cls === cls) last.hi = lo
      else field.runs.push({ cls, lo, hi: values[i]! })
    }
    // The person shown is the one nearest to the limit: just turned 80, expired today.
    if (def.type === 'day') for (const [cls, c] of field.classes.entries()) { const run = field.runs.find(r => r.cls === cls)!; c.value = run.hi <= this.day ? run.hi : run.lo }
    if (!hasOrder(def)) field.runs = []
    else if (def.id === 'birth') field.runs.reverse()
    if (def.absent === 'no' && def.type !== 'bool' && def.type !== 'codes') classOf(absentOf(def))
    else if (def.absent === 'unknown' && conds.some(c => c.t === 'has')) classOf(unknownOf(def))
    this.fields.push(field)
    conds.forEach((c, i) => this.truths.set(keyOf(c), { field: index, truth: truth[i]! }))
  }

  private evaluationWith(fact: string, value: number): Evaluation {
    return new Evaluation(this.plan, { values: new Map([[fact, value]]), records: new Map() })
  }

  /** What a condition on one fact says of one value. */
  truth(c: Cond, fact: string, value: number): Tri {
    return this.evaluationWith(fact, value).cond(c, this.policy)
  }

  /** A real person of the classes found: null when the conditions on several facts cannot be met together within reach. */
  example(cls: ArrayLike<number>): Example | null {
    const values = new Map<string, number>()
    const items: Record<string, boolean> = {}
    this.fields.forEach((f, i) => {
      if (f.def !== undefined) values.set(f.name, f.classes[Math.max(0, cls[i]!)]!.value)
      else if (f.item !== undefined) items[f.item] = cls[i] === 1
    })
    const wanted = this.fields.flatMap((f, i) => (f.free !== undefined && cls[i]! >= 0 ? [{ c: f.free, v: cls[i] as Tri }] : []))
    if (wanted.length > 0 && !this.settle(values, wanted)) return null
    const facts: Record<string, FactValue> = {}
    for (const [f, v] of values) if (isKnown(this.set.facts.get(f)!, v)) facts[f] = decodeFact(this.set.facts.get(f)!, v)
    return { at: dayOf(this.day), facts, items }
  }

  /** Tries a few values of the facts that no other condition of the formula holds down. */
  private settle(values: Map<string, number>, wanted: readonly { c: Cond; v: Tri }[]): boolean {
    const free = [...new Set(wanted.flatMap(w => [...usesOf([w.c]).facts]))].filter(f => !values.has(f))
    const holds = (): boolean => {
      const ev = new Evaluation(this.plan, { values, records: new Map() })
      return wanted.every(w => ev.cond(w.c, this.policy) === w.v)
    }
    const attempt = (i: number): boolean => {
      if (i === free.length) return holds()
      return trials(this.set.facts.get(free[i]!)!, wanted.map(w => w.c), this.day).some(v => {
        values.set(free[i]!, v)
        return attempt(i + 1)
      })
    }
    return free.length <= 4 && attempt(0)
  }
}

export function rowsOn(policy: Policy, day: number): Row[] {
  return day < policy.effective.from || day > policy.effective.to ? [] : policy.rows.filter(r => inForce(r, day))
}

function keyOf(c: Cond): string {
  return JSON.stringify(c)
}

function fieldOf(c: Cond): string {
  const uses = usesOf([c])
  const [only] = uses.facts
  if (uses.facts.size !== 1 || uses.items.size > 0) return `free ${keyOf(c)}`
  return c.t !== 'cmp' || sides(c) !== null ? only! : `free ${keyOf(c)}`
}

function codesUsed(conds: readonly Cond[]): number[] {
  return [...new Set(conds.flatMap(c => (c.t === 'member' ? [c.code] : [])))]
}

function hasOrder(def: FactDef): boolean {
  return def.ordered || def.need !== undefined || (def.type !== 'bool' && def.type !== 'code' && def.type !== 'codes')
}

/** Values that show every class of a fact, in order. */
function valuesOf(def: FactDef, conds: readonly Cond[], day: number): number[] {
  if (def.type === 'bool') return [1, 0]
  if (def.type === 'code') return def.values.map((_, i) => i)
  if (def.type === 'codes') return subsets(codesUsed(conds))
  const [lo, hi] = rangeOf(def, day)
  const points = new Set([lo, hi, ...conds.flatMap(c => edges(c, def, day))])
  return [...points].filter(v => v >= lo && v <= hi).sort((a, b) => a - b)
}

/** Lives last at most 125 years; other dates are looked at up to the day itself, unless a condition names a later one. */
function rangeOf(def: FactDef, day: number): [number, number] {
  if (def.id === 'birth') return [Math.max(def.min, day - YEARS * 366), Math.min(def.max, day)]
  return [def.min, def.max]
}

function subsets(codes: readonly number[]): number[] {
  return Array.from({ length: 2 ** codes.length }, (_, n) => codes.reduce((m, c, i) => m | (((n >>> i) & 1) << c), 0))
}

/** A comparison as `fact·k + c op limit`; null when it is not of that form. */
function sides(c: Extract<Cond, { t: 'cmp' }>): { k: number; rest: number; age: boolean } | null {
  const [a, b] = [linear(c.a), linear(c.b)]
  if (a === null || b === null || (a.age !== b.age && a.k !== 0 && b.k !== 0)) return null
  const k = a.k - b.k
  return (a.age || b.age) && Math.abs(k) !== 1 ? null : { k, rest: a.c - b.c, age: a.age || b.age }
}

function linear(n: Num): { k: number; c: number; age: boolean } | null {
  switch (n.t) {
    case 'const': return { k: 0, c: n.v, age: false }
    case 'fact': return { k: 1, c: 0, age: false }
    case 'age': return { k: 1, c: 0, age: true }
    case 'sum': case 'diff': {
      const [a, b] = [linear(n.a), linear(n.b)]
      const sign = n.t === 'sum' ? 1 : -1
      return a === null || b === null ? null : { k: a.k + sign * b.k, c: a.c + sign * b.c, age: a.age || b.age }
    }
    case 'prod': {
      const [a, b] = [linear(n.a), linear(n.b)]
      if (a === null || b === null || (a.k !== 0 && b.k !== 0)) return null
      return a.k === 0 ? { k: a.c * b.k, c: a.c * b.c, age: b.age } : { k: a.k * b.c, c: a.c * b.c, age: a.age }
    }
    default: return null
  }
}

/** Values on both sides of every value at which a condition can change. */
function edges(c: Cond, def: FactDef, day: number): number[] {
  const both = (v: number): number[] => [v - 1, v, v + 1]
  if (c.t === 'within') {
    const n = c.n.t === 'const' ? c.n.v : ABSENT
    const expired = n <= ABSENT ? [] : [lastExpired(day, n, c.unit), lastExpired(day, n, c.unit) + 1]
    return [...expired, day, day + 1]
  }
  if (c.t !== 'cmp') return []
  const s = sides(c)
  if (s === null || s.k === 0 || Math.abs(s.rest) > 2 ** 40) return []
  const limit = -s.rest / s.k
  if (!s.age) return [...both(Math.floor(limit)), ...both(Math.ceil(limit))]
  return [-1, 0, 1, 2].flatMap(d => { const b = birthFor(Math.floor(limit) + d, day); return [b, b + 1] }).filter(v => v >= def.min)
}

function birthFor(years: number, day: number): number {
  return dayNumber(latestBirthFor(Math.max(-900, Math.min(1_900, years)), dayOf(day)))
}

/** Values worth trying for a fact of a condition on several facts. */
function trials(def: FactDef, conds: readonly Cond[], day: number): number[] {
  if (def.type === 'bool') return [0, 1]
  if (def.values.length > 0) return def.values.map((_, i) => i)
  const numbers = new Set<number>(def.type === 'day' ? [day, day - 365, day - 3_650, day - 25_000] : [def.min, 0, 1, 100, 10_000, 100_000, 1_000_000])
  for (const n of conds.flatMap(constantsOf)) for (const v of [n - 1, n, n + 1]) numbers.add(v)
  return [...numbers].filter(v => v >= def.min && v <= def.max)
}

function constantsOf(c: Cond): number[] {
  const out: number[] = []
  const num = (n: Num): void => {
    if (n.t === 'const' && n.v > ABSENT) out.push(n.v)
    if ('a' in n) { num(n.a); num(n.b) }
    if (n.t === 'share') { num(n.x); num(n.num); num(n.den) }
  }
  if (c.t === 'cmp') { num(c.a); num(c.b) }
  return out
}

/** First day of every stretch in which the table reads the same: dated parameters and rows, and where two conditions on one date meet. */
export function stretches(policy: Policy, max: number): { days: number[]; complete: boolean } {
  const { from, to } = policy.effective
  const found = new Set([from])
  const conds = policy.rows.map(r => r.when)
  const uses = usesOf(conds, policy.rows.map(r => r.amount))
  for (const name of uses.params) for (const v of policy.params.get(name)?.values ?? []) found.add(v.from)
  for (const r of policy.rows) {
    if (r.from !== undefined) found.add(r.from)
    if (r.to !== undefined) found.add(r.to + 1)
  }
  for (const d of meetings(policy, conds)) found.add(d)
  if (to !== NO_END) found.add(to)
  const days = [...found].filter(d => d >= from && d <= to).sort((a, b) => a - b)
  return { days: days.slice(0, max), complete: days.length <= max }
}

/** A date compared with a fixed day and counted from today as well: the order of the two turns on these days. */
function meetings(policy: Policy, conds: readonly Cond[]): number[] {
  const fixed = new Map<string, number[]>()
  const spans: { fact: string; n: number; unit: 'day' | 'month' | 'year' }[] = []
  const valueOf = (n: Num): number[] => (n.t === 'const' ? [n.v] : n.t === 'param' ? (policy.params.get(n.name)?.values ?? []).flatMap(v => (v.value === null ? [] : [v.value])) : [])
  const visit = (c: Cond): void => {
    if (c.t === 'within') for (const n of valueOf(c.n)) spans.push({ fact: c.f, n, unit: c.unit })
    else if (c.t === 'all' || c.t === 'any') c.k.forEach(visit)
    else if (c.t === 'not' || c.t === 'named') visit(c.k)
    else if (c.t === 'cmp' && c.ty === 'day') {
      const fact = c.a.t === 'fact' ? c.a.f : c.b.t === 'fact' ? c.b.f : 'today'
      for (const d of [...valueOf(c.a), ...valueOf(c.b)]) fixed.set(fact, [...(fixed.get(fact) ?? []), d])
    } else if (c.t === 'cmp' && (c.a.t === 'age' || c.b.t === 'age')) for (const n of [...valueOf(c.a), ...valueOf(c.b)]) spans.push({ fact: 'birth', n, unit: 'year' })
  }
  conds.forEach(visit)
  const around = (d: number): number[] => [d - 1, d, d + 1]
  return [...fixed].flatMap(([fact, days]) => days.flatMap(d => [...around(d), ...spans.filter(s => s.fact === fact).flatMap(s => around(addToDay(d, s.n, s.unit)))]))
}


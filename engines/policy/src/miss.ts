import { ageOnYmd, birthdayReaching, dayNumber, dayOf, latestBirthFor, ymdOfDayNumber } from '@songbai/calendar'
import { lastExpired } from './days.ts'
import { admits, fullDomain, isEmpty, nearestIn } from './domain.ts'
import type { Domain } from './domain.ts'
import { ABSENT, CODE_ABSENT, isKnown, UNKNOWN } from './facts.ts'
import type { FactDef } from './facts.ts'
import { FLIP, NEGATE, usesOf, walkCond } from './ir.ts'
import type { Compare, Cond, Num } from './ir.ts'
import { Evaluation, withFacts } from './person.ts'
import type { Tri } from './person.ts'
import { settle } from './residual.ts'
import type { Policy } from './policy.ts'
import type { PlannedItem } from './set.ts'

/** From what time brings by itself to what nobody can change. */
export type ChangeKind = 'time' | 'missing' | 'changeable' | 'situation' | 'fixed'
export const WEIGHT: Record<ChangeKind, number> = { time: 1, missing: 10, changeable: 100, situation: 1_000, fixed: 10_000 }

export interface Change { fact: string; from: number; to: number; kind: ChangeKind; /** Day number on which time alone brings it. */ on?: number }
export interface NearestMiss {
  row: string
  /** Row of the table the changes lead to. */
  code: number
  changes: Change[]
  weight: number
  /** Facts to change and `let` names they stand in. */
  words: string[]
}

interface Goal { c: Cond; wanted: boolean; policy: Policy }
/** A comparison of arithmetic, or an amount to be known: settled by trial once the simple facts are chosen. */
export type Residual = { c: Cond; wanted: boolean; policy: Policy } | { amount: Num; policy: Policy }
interface State { domains: Map<string, Domain>; costs: Map<string, number>; cost: number; residuals: Residual[] }

// Tables of the size policies have end far below; the limit only stops a table made to be hard.
const MAX_STEPS = 20_000

/**
 * The smallest change of facts that makes the table say yes: proved by evaluating the item with it. Null when nothing within the rules' reach does.
 * With `answer` nothing may be suspended or left open by a suspension either; where that cannot be had, a suspension that is sure may stay.
 */
export function nearestMiss(ev: Evaluation, item: PlannedItem, what: 'table' | 'answer' = 'table'): NearestMiss | null {
  const suspends = what === 'table' ? [] : item.policy.stacking.flatMap(s => (s.kind === 'suspend' ? [s.when!] : []))
  const best = new Search(ev, item, suspends, true).run()
  return best !== null || suspends.length === 0 ? best : new Search(ev, item, suspends, false).run()
}

/** The same day and place with other facts; results that a case presumed stay. */
export function evaluateWith(ev: Evaluation, changes: Iterable<readonly [string, number]>): Evaluation {
  const next = new Evaluation(ev.plan, withFacts(ev.person, changes))
  for (const key of ['sure', 'possible', 'raw'] as const) next.results[key].set(ev.results[key])
  for (const item of ev.plan.items) next.item(item)
  return next
}

class Search {
  private readonly ev: Evaluation
  private readonly item: PlannedItem
  private best: NearestMiss | null = null
  private bestCost = Number.POSITIVE_INFINITY
  private steps = 0
  private row: PlannedItem['rows'][number] | undefined
  private readonly suspends: readonly Cond[]
  private readonly unsuspended: boolean

  constructor(ev: Evaluation, item: PlannedItem, suspends: readonly Cond[], unsuspended: boolean) {
    this.ev = ev
    this.item = item
    this.suspends = suspends
    this.unsuspended = unsuspended
  }

  run(): NearestMiss | null {
    for (const r of this.item.rows) {
      this.row = r
      const residuals: Residual[] = r.row.amount.t === 'const' ? [] : [{ amount: r.row.amount, policy: this.item.policy }]
      const { policy } = this.item
      const also = this.unsuspended ? this.suspends.map((c): Goal => ({ c, wanted: false, policy })) : []
      this.search([{ c: r.row.when, wanted: true, policy }, ...also], { domains: new Map(), costs: new Map(), cost: 0, residuals })
    }
    return this.best
  }

  private search(goals: readonly Goal[], state: State): void {
    if (state.cost >= this.bestCost || ++this.steps > MAX_STEPS) return
    const [goal, ...rest] = goals
    if (goal === undefined) return this.accept(state)
    const { c, wanted, policy } = goal
    const each = (k: readonly Cond[]): Goal[] => k.map(x => ({ c: x, wanted, policy }))
    switch (c.t) {
      case 'true': return wanted ? this.search(rest, state) : undefined
      case 'named': return this.search([{ ...goal, c: c.k }, ...rest], state)
      case 'not': return this.search([{ c: c.k, wanted: !wanted, policy }, ...rest], state)
      case 'all': case 'any': {
        if ((c.t === 'all') === wanted) return this.search([...each(c.k), ...rest], state)
        for (const k of each(c.k)) this.search([k, ...rest], state)
        return
      }
      case 'item': return this.throughItem(goal, c.item, rest, state)
      default: return this.leaf(goal, rest, state)
    }
  }

  private throughItem(goal: Goal, id: string, rest: readonly Goal[], state: State): void {
    const i = this.ev.plan.set.items.indexOf(id)
    const other = this.ev.plan.byIndex[i]
    const given = this.ev.results.sure[i]! > 0
    if (other === undefined) return given === goal.wanted && this.ev.results.possible[i]! > 0 === given ? this.search(rest, state) : undefined
    const rows = other.rows.map((r): Goal => ({ c: r.row.when, wanted: goal.wanted, policy: other.policy }))
    if (!goal.wanted) return this.search([...rows, ...rest], state)
    other.rows.forEach((r, n) => {
      const residuals = r.row.amount.t === 'const' ? state.residuals : [...state.residuals, { amount: r.row.amount, policy: other.policy }]
      this.search([rows[n]!, ...rest], { ...state, residuals })
    })
  }

  private leaf(goal: Goal, rest: readonly Goal[], state: State): void {
    const ways = narrowings(this.ev, goal)
    if (ways === null) return this.search(rest, { ...state, residuals: [...state.residuals, goal] })
    for (const { fact, cut } of ways) {
      const def = this.ev.def(fact)
      const domain = cut(state.domains.get(fact) ?? fullDomain(def))
      if (isEmpty(def, domain)) continue
      const cost = this.costOf(def, domain)
      if (cost === Number.POSITIVE_INFINITY) continue
      this.search(rest, {
        residuals: state.residuals, cost: state.cost - (state.costs.get(fact) ?? 0) + cost,
        domains: new Map(state.domains).set(fact, domain), costs: new Map(state.costs).set(fact, cost),
      })
    }
  }

  /** Weight of bringing a fact into a domain; a distance below 1 breaks ties. */
  private costOf(def: FactDef, d: Domain): number {
    const now = this.ev.value(def.id)
    if (admits(def, d, now)) return 0
    const to = nearestIn(def, d, now, preferred(def, this.ev.plan.at))
    if (to === null) return Number.POSITIVE_INFINITY
    return WEIGHT[changeKind(this.ev, def, now, to)] + distance(def, now, to)
  }

  private accept(state: State): void {
    const changes = new Map<string, number>()
    for (const [f, d] of state.domains) {
      const def = this.ev.def(f)
      if (admits(def, d, this.ev.value(f))) continue
      const to = nearestIn(def, d, this.ev.value(f), preferred(def, this.ev.plan.at))
      if (to === null) return
      changes.set(f, to)
    }
    if (!settle(this.ev, state.domains, state.residuals, changes)) return
    if (!this.yes(changes)) return
    const facts = Array.from(changes.keys())
    for (const f of facts) this.tryWithout(changes, f)
    const list = [...changes].map(([fact, to]) => describe(this.ev, fact, to))
    const weight = list.reduce((s, c) => s + WEIGHT[c.kind] + distance(this.ev.def(c.fact), c.from, c.to), 0)
    if (weight >= this.bestCost) return
    this.bestCost = weight
    this.best = { row: this.row!.row.id, code: this.row!.code, changes: list, weight, words: this.words(list) }
  }

  private tryWithout(changes: Map<string, number>, fact: string): void {
    const to = changes.get(fact)!
    changes.delete(fact)
    if (!this.yes(changes)) changes.set(fact, to)
  }

  private yes(changes: ReadonlyMap<string, number>): boolean {
    const next = evaluateWith(this.ev, changes)
    const holds = (v: Tri): boolean => (this.unsuspended ? v === 0 : v !== 2)
    return next.results.sure[this.item.index]! > 0 && this.suspends.every(c => holds(next.cond(c, this.item.policy)))
  }

  private words(changes: readonly Change[]): string[] {
    const facts = new Set(changes.map(c => c.fact))
    const words = new Set(facts)
    if (facts.has('birth')) words.add('age')
    walkCond(this.row!.row.when, {
      cond: c => {
        if (c.t === 'named' && this.ev.cond(c, this.item.policy) !== 1 && [...usesOf([c]).facts].some(f => facts.has(f))) words.add(c.name)
      },
    })
    return [...words]
  }
}

interface Narrowing { fact: string; cut: (d: Domain) => Domain }

/** The ways in which one fact can make a leaf true (or false, when not wanted). Null: not a condition on one fact against a constant. */
function narrowings(ev: Evaluation, { c, wanted, policy }: Goal): Narrowing[] | null {
  switch (c.t) {
    case 'yes': return [{ fact: c.f, cut: d => ({ ...d, mask: d.mask & (wanted ? 2 : 1) }) }]
    case 'in': return [{ fact: c.f, cut: d => ({ ...d, mask: d.mask & (wanted ? c.mask : ~c.mask) }) }]
    case 'member': return [{ fact: c.f, cut: d => (wanted ? { ...d, must: d.must | (1 << c.code) } : { ...d, not: d.not | (1 << c.code) }) }]
    case 'has': return [{ fact: c.f, cut: d => presence(ev, c.f, d, wanted) }]
    case 'within': return withinWays(ev, c, wanted, policy)
    case 'cmp': return compareWays(ev, c, wanted, policy)
    default: return null
  }
}

function presence(ev: Evaluation, f: string, d: Domain, wanted: boolean): Domain {
  if (wanted) return { ...d, absent: false, mask: d.mask & ~(1 << CODE_ABSENT) }
  if (d.absent) return { ...d, mask: d.mask & (1 << CODE_ABSENT), lo: 1, hi: 0 }
  // A known fact cannot be made unknown: a condition that wants it missing can only be kept.
  return { ...d, mask: 0, lo: 1, hi: 0, keepUnknown: !isKnown(ev.def(f), ev.value(f)) }
}

function withinWays(ev: Evaluation, c: Extract<Cond, { t: 'within' }>, wanted: boolean, policy: Policy): Narrowing[] | null {
  if (usesOf([], [c.n]).facts.size > 0) return null
  const n = ev.num(c.n, policy)
  if (n <= ABSENT) return wanted ? [] : null
  const at = ev.plan.at
  const limit = lastExpired(at, n, c.unit)
  const range = (lo: number, hi: number, absent: boolean): Narrowing => ({ fact: c.f, cut: d => ({ ...d, lo: Math.max(d.lo, lo), hi: Math.min(d.hi, hi), absent: d.absent && absent }) })
  return wanted ? [range(limit + 1, at, false)] : [range(ABSENT + 1, limit, true), range(at + 1, 2_147_483_647, true)]
}

function constantOf(ev: Evaluation, n: Num, policy: Policy): number | null {
  const u = usesOf([], [n])
  return u.facts.size > 0 || u.items.size > 0 ? null : ev.num(n, policy)
}

function compareWays(ev: Evaluation, c: Extract<Cond, { t: 'cmp' }>, wanted: boolean, policy: Policy): Narrowing[] | null {
  const [a, b] = [constantOf(ev, c.a, policy), constantOf(ev, c.b, policy)]
  const [x, op, v] = b !== null ? [c.a, c.op, b] : a !== null ? [c.b, FLIP[c.op], a] : [null, c.op, 0]
  if (x === null || v <= ABSENT || (x.t !== 'fact' && x.t !== 'age')) return null
  const wantedOp = wanted ? op : NEGATE[op]
  if (x.t === 'fact') return [numberWay(x.f, wantedOp, v, !wanted)]
  return ageWays(wantedOp, v, ev.plan.at, !wanted)
}

function numberWay(fact: string, op: Compare, v: number, absentOk: boolean): Narrowing {
  const lo = op === '>' ? v + 1 : op === '>=' || op === '==' ? v : ABSENT + 1
  const hi = op === '<' ? v - 1 : op === '<=' || op === '==' ? v : 2_147_483_647
  return { fact, cut: d => ({ ...d, lo: Math.max(d.lo, lo), hi: Math.min(d.hi, hi), except: op === '!=' ? [...d.except, v] : d.except, absent: d.absent && absentOk }) }
}

function ageWays(op: Compare, years: number, at: number, absentOk: boolean): Narrowing[] {
  const latest = (n: number): number => dayNumber(latestBirthFor(Math.max(-1_000, Math.min(1_900, n)), dayOf(at)))
  const [same, next] = [latest(years), latest(years + 1)]
  switch (op) {
    case '>=': return [numberWay('birth', '<=', same, absentOk)]
    case '>': return [numberWay('birth', '<=', next, absentOk)]
    case '<': return [numberWay('birth', '>', same, absentOk)]
    case '<=': return [numberWay('birth', '>', next, absentOk)]
    case '!=': return [numberWay('birth', '>', same, absentOk), numberWay('birth', '<=', next, absentOk)]
    case '==': return [{ fact: 'birth', cut: d => ({ ...d, lo: Math.max(d.lo, next + 1), hi: Math.min(d.hi, same), absent: false }) }]
  }
}

/** Where a missing number or date is looked for first. */
export function preferred(def: FactDef, at: number): number {
  if (def.id === 'birth') return at - 25_000
  return def.type === 'day' ? at : def.type === 'month' ? Math.floor(ymdOfDayNumber(at) / 10_000) * 12 : Math.max(0, def.min)
}

export function changeKind(ev: Evaluation, def: FactDef, from: number, to: number): ChangeKind {
  if (!isKnown(def, from) && def.absent === 'unknown') return 'missing'
  if (def.id === 'birth') return to < from ? 'time' : 'fixed'
  // A date that lies ahead and is wanted to have come.
  if (def.type === 'day' && from > ev.plan.at && to !== ABSENT && to <= ev.plan.at) return 'time'
  return def.change
}

function distance(def: FactDef, from: number, to: number): number {
  if (!isKnown(def, from) || !isKnown(def, to) || from === UNKNOWN) return 0
  if (def.type === 'code') return def.ordered ? Math.abs(to - from) / 100 : 0
  return Math.min(0.9, Math.abs(to - from) / 100_000_000)
}

function describe(ev: Evaluation, fact: string, to: number): Change {
  const def = ev.def(fact)
  const from = ev.value(fact)
  const change: Change = { fact, from, to, kind: changeKind(ev, def, from, to) }
  if (change.kind !== 'time') return change
  if (fact !== 'birth') return { ...change, on: from }
  const years = ageOnYmd(ymdOfDayNumber(to), ymdOfDayNumber(ev.plan.at))
  return { ...change, on: dayNumber(birthdayReaching(dayOf(from), years)) }
}

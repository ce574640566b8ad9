import { ageOnYmd, birthdayReaching, dayNumber, dayOf, ymdOfDayNumber } from '@songbai/calendar'
import { addToDay } from './days.ts'
import { ABSENT, isKnown } from './facts.ts'
import { usesOf, walkCond, walkNum } from './ir.ts'
import type { Cond, Num } from './ir.ts'
import { Evaluation, STACK_UNKNOWN } from './person.ts'
import type { Person } from './person.ts'
import { NO_END } from './policy.ts'
import type { Policy } from './policy.ts'
import { forRegion } from './set.ts'
import type { PolicySet } from './set.ts'

export type Answer = 'yes' | 'no' | 'unknown'
/** What one item comes to for one person on one day. */
export interface Outcome { answer: Answer; code: number; possible: number; raw: number; amount: number; /** As `PersonResults.stack`. */ stack: number }
export interface Turn extends Outcome { /** Day number: so on this day, otherwise on the day before. */ on: number }

/** Facts as they stand on a day: those not yet or no longer valid are missing. */
export function personOn(person: Person, day: number): Person {
  const values = new Map(person.values)
  for (const [f, r] of person.records) {
    if ((r.validFrom !== undefined && dayNumber(r.validFrom) > day) || (r.validTo !== undefined && dayNumber(r.validTo) <= day)) values.delete(f)
  }
  return { values, records: person.records }
}

/** One item of one person over time, with every other item that its result hangs on. */
export class Timeline {
  readonly set: PolicySet
  readonly region: string
  readonly person: Person
  readonly item: number
  private readonly circle: ReadonlySet<string>

  constructor(set: PolicySet, region: string, person: Person, item: number) {
    this.set = set
    this.region = region
    this.person = person
    this.item = item
    this.circle = closure(set, set.items[item]!)
  }

  evaluate(day: number): Evaluation {
    const ev = new Evaluation(forRegion(this.set, this.region, day), personOn(this.person, day))
    for (const item of ev.plan.items) if (this.circle.has(item.id)) ev.item(item)
    ev.stackUp()
    return ev
  }

  outcome(day: number): Outcome {
    return outcomeOf(this.evaluate(day), this.item)
  }

  /** Every day in (from, to] on which the answer, the row or the amount changes. */
  turns(from: number, to: number): Turn[] {
    const out: Turn[] = []
    let before = this.outcome(from)
    for (const on of this.days(from + 1, to)) {
      const now = this.outcome(on)
      if (now.answer !== before.answer || now.code !== before.code || now.amount !== before.amount || now.stack !== before.stack) out.push({ on, ...now })
      before = now
    }
    return out
  }

  /** First day of the spell of "yes" that `at` lies in; as far back as the facts' own dates reach. */
  since(at: number): number {
    const days = this.days(at - 45_000, at).reverse()
    for (const day of days) if (this.outcome(day - 1).answer !== 'yes') return day
    return days.at(-1) ?? at
  }

  /** Days on which anything the item reads can change: birthdays, dates of facts and what is counted from them, dated parameters, rows and policies. */
  days(from: number, to: number): number[] {
    const found = new Set<number>()
    for (const r of this.person.records.values()) for (const d of [r.validFrom, r.validTo]) if (d !== undefined) found.add(dayNumber(d))
    for (const p of this.set.policies) if (this.circle.has(p.id) && this.region.startsWith(p.region)) this.daysOf(p, from, to, found)
    return [...found].filter(d => d >= from && d <= to).sort((a, b) => a - b)
  }

  private daysOf(p: Policy, from: number, to: number, found: Set<number>): void {
    found.add(p.effective.from)
    if (p.effective.to !== NO_END) found.add(p.effective.to + 1)
    for (const v of [...p.params.values()].flatMap(x => x.values)) found.add(v.from)
    for (const r of p.rows) {
      if (r.from !== undefined) found.add(r.from)
      if (r.to !== undefined) found.add(r.to + 1)
    }
    const conds = [...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))]
    const nums = p.rows.map(r => r.amount)
    const uses = usesOf(conds, nums)
    if (uses.age) this.birthdays(from, to, found)
    for (const f of uses.facts) if (this.set.facts.get(f)?.type === 'day' && f !== 'birth') this.dayAndNext(f, found)
    const cond = (c: Cond): void => { if (c.t === 'within') this.expiry(c, p, found) }
    const num = (n: Num): void => { if (n.t === 'const' && n.ty === 'day') { found.add(n.v); found.add(n.v + 1) } }
    for (const c of conds) walkCond(c, { cond, num })
    for (const n of nums) walkNum(n, { cond, num })
  }

  private valueOf(f: string): number | undefined {
    const v = this.person.values.get(f)
    return v !== undefined && isKnown(this.set.facts.get(f)!, v) ? v : undefined
  }

  private dayAndNext(f: string, found: Set<number>): void {
    const v = this.valueOf(f)
    if (v !== undefined) { found.add(v); found.add(v + 1) }
  }

  private birthdays(from: number, to: number, found: Set<number>): void {
    const birth = this.valueOf('birth')
    if (birth === undefined) return
    const age = (day: number): number => ageOnYmd(ymdOfDayNumber(birth), ymdOfDayNumber(day))
    for (let n = Math.max(0, age(from)); n <= Math.min(200, age(to)); n++) found.add(dayNumber(birthdayReaching(dayOf(birth), n)))
  }

  private expiry(c: Extract<Cond, { t: 'within' }>, p: Policy, found: Set<number>): void {
    const d = this.valueOf(c.f)
    if (d === undefined) return
    const spans = c.n.t === 'param' ? p.params.get(c.n.name)!.values.map(v => v.value ?? ABSENT) : [new Evaluation(forRegion(this.set, this.region, d), this.person).num(c.n, p)]
    for (const n of spans) if (n > ABSENT) found.add(addToDay(d, n, c.unit))
  }
}

export function outcomeOf(ev: Evaluation, item: number): Outcome {
  const r = ev.results
  const [code, possible, stack] = [r.sure[item]!, r.possible[item]!, r.stack[item]!]
  const answer = code > 0 ? (stack === STACK_UNKNOWN ? 'unknown' : 'yes') : possible > 0 ? 'unknown' : 'no'
  return { answer, code, possible, raw: r.raw[item]!, amount: r.amount[item]!, stack }
}

/** The item, those it reads, and those it stacks with, and so on. */
function closure(set: PolicySet, id: string, seen = new Set<string>()): Set<string> {
  if (seen.has(id)) return seen
  seen.add(id)
  for (const p of set.policies) {
    const stacks = p.stacking.some(s => s.with.includes(id))
    if (p.id !== id && !stacks) continue
    const reads = p.id === id ? usesOf([...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))], p.rows.map(r => r.amount)).items : []
    for (const next of [...reads, ...p.stacking.filter(s => s.with.includes(id)).flatMap(s => [p.id, ...s.with])]) closure(set, next, seen)
  }
  return seen
}

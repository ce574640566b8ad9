import { dayNumber, dayOf, latestBirthFor } from '@songbai/calendar'
import { addToDay } from './days.ts'
import { ABSENT } from './facts.ts'
import type { Population } from './columns.ts'
import { walkCond, walkNum } from './ir.ts'
import type { Cond, Num, TimeUnit } from './ir.ts'
import { NO_END } from './policy.ts'
import type { Policy } from './policy.ts'
import type { PolicySet } from './set.ts'

/** All that can turn an answer by the calendar alone, facts and their values unchanged. */
export interface Thresholds {
  /** Full years some condition asks for; `everyAge` where an age is reckoned with. */
  readonly ages: readonly number[]
  readonly everyAge: boolean
  /** Facts compared with the day itself: the answer can turn on the value and on the day after it. */
  readonly days: readonly string[]
  readonly spans: readonly { readonly fact: string; readonly n: number; readonly unit: TimeUnit }[]
  /** Days on which the law itself changes: policies, rows and parameters begin or end. */
  readonly law: readonly number[]
  /** A day is reckoned with in a way that is not listed here: everybody may turn on any day. */
  readonly daily: boolean
}

const known = new WeakMap<PolicySet, Thresholds>()

export function thresholdsOf(set: PolicySet): Thresholds {
  const found = known.get(set) ?? find(set)
  known.set(set, found)
  return found
}

type Found = { ages: Set<number>; days: Set<string>; spans: Map<string, Thresholds['spans'][number]>; law: Set<number>; everyAge: boolean; daily: boolean }

function find(set: PolicySet): Thresholds {
  const f: Found = { ages: new Set(), days: new Set(), spans: new Map(), law: new Set(), everyAge: false, daily: false }
  for (const p of set.policies) {
    lawDays(p, f.law)
    const visit = { cond: (c: Cond): void => condition(c, p, f), num: (n: Num): void => { if (n.t === 'age') loose.ages++; if (n.t === 'today') loose.todays++ } }
    const loose = { ages: 0, todays: 0 }
    for (const c of [...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))]) walkCond(c, visit)
    for (const n of [...p.rows.map(r => r.amount), ...p.stacking.flatMap(s => (s.limit === undefined ? [] : [s.limit]))]) walkNum(n, visit)
    // Every age and today that is not one side of a comparison understood above.
    f.everyAge ||= loose.ages > understood(p, 'age')
    f.daily ||= loose.todays > understood(p, 'today')
  }
  return { ages: [...f.ages].sort((a, b) => a - b), everyAge: f.everyAge, days: [...f.days], spans: [...f.spans.values()], law: [...f.law].sort((a, b) => a - b), daily: f.daily }
}

function lawDays(p: Policy, found: Set<number>): void {
  found.add(p.effective.from)
  if (p.effective.to !== NO_END) found.add(p.effective.to + 1)
  for (const param of p.params.values()) for (const v of param.values) found.add(v.from)
  for (const r of p.rows) {
    if (r.from !== undefined) found.add(r.from)
    if (r.to !== undefined) found.add(r.to + 1)
  }
}

/** Values a number of the policy can take over time, when it is a constant or a parameter; null otherwise. */
function valuesOf(n: Num, p: Policy): number[] | null {
  if (n.t === 'const') return [n.v]
  if (n.t === 'param') return (p.params.get(n.name)?.values ?? []).flatMap(v => (v.value === null ? [] : [v.value]))
  return null
}

/** The other side of a comparison with `what`, where it is of a kind whose days are known beforehand. */
function other(c: Cond, what: 'age' | 'today'): Num | null {
  if (c.t !== 'cmp') return null
  const side = c.a.t === what ? c.b : c.b.t === what ? c.a : null
  return side !== null && (side.t === 'const' || side.t === 'param' || (what === 'today' && side.t === 'fact')) ? side : null
}

function understood(p: Policy, what: 'age' | 'today'): number {
  let count = 0
  const cond = (c: Cond): void => { if (other(c, what) !== null) count++ }
  for (const c of [...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))]) walkCond(c, { cond })
  for (const n of [...p.rows.map(r => r.amount), ...p.stacking.flatMap(s => (s.limit === undefined ? [] : [s.limit]))]) walkNum(n, { cond })
  return count
}

function condition(c: Cond, p: Policy, f: Found): void {
  if (c.t === 'within') {
    const lengths = valuesOf(c.n, p)
    if (lengths === null) f.daily = true
    for (const n of lengths ?? []) if (n > ABSENT) f.spans.set(`${c.f} ${n} ${c.unit}`, { fact: c.f, n, unit: c.unit })
  }
  const age = other(c, 'age')
  // `age >= 80` turns on that birthday, `age > 80` on the one after: both are listed.
  if (age !== null) for (const v of valuesOf(age, p) ?? []) f.ages.add(v).add(v + 1)
  const day = other(c, 'today')
  if (day?.t === 'fact') f.days.add(day.f)
  else if (day !== null) for (const v of valuesOf(day, p) ?? []) f.law.add(v).add(v + 1)
}

/** Calls back, perhaps more than once, for everybody whose answers can turn on a day of (from, to], facts that begin or end included; the law's own days are left out. */
export function crossings(population: Population, t: Thresholds, from: number, to: number, knownOn: number, found: (index: number, day: number) => void): void {
  const inside = (index: number, day: number): void => { if (day > from && day <= to) found(index, day) }
  population.edges(from, to, knownOn, found)
  if (t.daily) for (let i = 0; i < population.size; i++) for (let day = from + 1; day <= to; day++) found(i, day)
  birthdays(population, t, from, to, knownOn, found)
  for (const fact of t.days) if (population.defs.has(fact)) population.values(fact, from, to, knownOn, (i, v) => { if (v > ABSENT) { inside(i, v); inside(i, v + 1) } })
  for (const { fact, n, unit } of t.spans) {
    // Month ends move an expiry by at most three days from the plain subtraction.
    const [early, late] = [addToDay(from, -n, unit) - 4, addToDay(to, -n, unit) + 4]
    population.values(fact, from, to, knownOn, (i, v) => {
      if (v <= ABSENT) return
      inside(i, v)
      if (v >= early && v <= late) inside(i, addToDay(v, n, unit))
    })
  }
}

const OLDEST = 150

function birthdays(population: Population, t: Thresholds, from: number, to: number, knownOn: number, found: (index: number, day: number) => void): void {
  const ages = t.everyAge ? Array.from({ length: OLDEST + 1 }, (_, n) => n) : t.ages.filter(n => n >= 0 && n <= OLDEST)
  if (ages.length === 0 || !population.defs.has('birth')) return
  const latest = (n: number, day: number): number => dayNumber(latestBirthFor(n, dayOf(day)))
  const first = latest(ages.at(-1)!, from) + 1
  // Day on which somebody born that day comes to an age asked for; a window shorter than a year holds at most one.
  const turn = new Int32Array(latest(ages[0]!, to) - first + 1)
  for (const n of ages) {
    for (let day = from + 1, before = latest(n, from); day <= to; day++) {
      const now = latest(n, day)
      for (let birth = before + 1; birth <= now; birth++) turn[birth - first] = day
      before = now
    }
  }
  population.values('birth', from, to, knownOn, (i, birth) => {
    const day = birth < first ? 0 : turn[birth - first] ?? 0
    if (day !== 0) found(i, day)
  })
}

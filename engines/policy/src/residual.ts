import { admits, fullDomain } from './domain.ts'
import type { Domain } from './domain.ts'
import { ABSENT, isKnown, UNKNOWN } from './facts.ts'
import type { FactDef } from './facts.ts'
import { usesOf } from './ir.ts'
import { evaluateWith, preferred } from './miss.ts'
import type { Residual } from './miss.ts'
import type { Evaluation } from './person.ts'

/**
 * Conditions on arithmetic (`pension - debts <= line`) and amounts that must be known: facts are moved one at a time, each to the nearest value that
 * does it. Adds to `changes`; false when no single fact helps. The caller proves the whole by evaluation, so a wrong guess here costs only a miss.
 */
export function settle(ev: Evaluation, domains: ReadonlyMap<string, Domain>, residuals: readonly Residual[], changes: Map<string, number>): boolean {
  for (const r of residuals) {
    const holds = (extra: ReadonlyMap<string, number>): boolean => satisfied(evaluateWith(ev, extra), r)
    if (holds(changes)) continue
    const uses = 'amount' in r ? usesOf([], [r.amount]) : usesOf([r.c])
    const facts = [...uses.facts, ...[...uses.items].flatMap(id => factsOfItem(ev, id))]
    if (!fillMissing(ev, domains, facts, changes, holds) && !moveOne(ev, domains, facts, changes, holds)) return false
  }
  return true
}

function factsOfItem(ev: Evaluation, id: string): string[] {
  const item = ev.plan.byIndex[ev.plan.set.items.indexOf(id)]
  return item === undefined ? [] : [...usesOf(item.rows.map(r => r.row.when), item.rows.map(r => r.row.amount)).facts]
}

function satisfied(ev: Evaluation, r: Residual): boolean {
  if ('amount' in r) return ev.num(r.amount, r.policy) > ABSENT
  return ev.cond(r.c, r.policy) === (r.wanted ? 1 : 0)
}

type Holds = (extra: ReadonlyMap<string, number>) => boolean

/** Gives missing facts a first value, one after the other. */
function fillMissing(ev: Evaluation, domains: ReadonlyMap<string, Domain>, facts: readonly string[], changes: Map<string, number>, holds: Holds): boolean {
  const missing = facts.filter(f => !changes.has(f) && !isKnown(ev.def(f), ev.value(f)))
  for (const f of missing) {
    for (const v of firstValues(ev.def(f), domains.get(f), preferred(ev.def(f), ev.plan.at))) {
      changes.set(f, v)
      if (holds(changes)) return true
    }
  }
  return missing.length > 0 && moveOne(ev, domains, missing, changes, holds)
}

function firstValues(def: FactDef, domain: Domain | undefined, prefer: number): number[] {
  const d = domain ?? fullDomain(def)
  const codes = def.type === 'bool' ? [0, 1] : def.values.map((_, c) => (def.type === 'codes' ? 1 << c : c))
  return (codes.length > 0 ? codes : [prefer, Math.max(def.min, d.lo), Math.min(def.max, d.hi)]).filter(v => admits(def, d, v))
}

function moveOne(ev: Evaluation, domains: ReadonlyMap<string, Domain>, facts: readonly string[], changes: Map<string, number>, holds: Holds): boolean {
  let best: { f: string; v: number; step: number } | undefined
  for (const f of facts) {
    const def = ev.def(f)
    const now = changes.get(f) ?? ev.value(f)
    const base = isKnown(def, now) ? now : preferred(def, ev.plan.at)
    const ok = (v: number): boolean => admits(def, domains.get(f) ?? fullDomain(def), v) && holds(new Map(changes).set(f, v))
    const v = def.values.length > 0 || def.type === 'bool' ? firstValues(def, domains.get(f), base).find(ok) : nearestNumber(base, ok, def)
    const step = v === undefined ? Number.POSITIVE_INFINITY : Math.abs(v - base)
    if (v !== undefined && (best === undefined || step < best.step)) best = { f, v, step }
  }
  if (best === undefined) return false
  changes.set(best.f, best.v)
  return true
}

/** Doubling steps outward until one does it, then halving back: right for the monotone comparisons rules are made of. */
function nearestNumber(base: number, ok: (v: number) => boolean, def: FactDef): number | undefined {
  let best: number | undefined
  for (const sign of [1, -1]) {
    for (let step = 1; step < 2 ** 31; step *= 2) {
      const edge = Math.min(def.max, Math.max(def.min, base + sign * step))
      if (edge <= ABSENT || edge === UNKNOWN || !ok(edge)) continue
      const v = halve(base, edge, ok)
      if (best === undefined || Math.abs(v - base) < Math.abs(best - base)) best = v
      break
    }
  }
  return best
}

function halve(bad: number, good: number, ok: (v: number) => boolean): number {
  while (Math.abs(good - bad) > 1) {
    const mid = Math.trunc((good + bad) / 2)
    if (ok(mid)) good = mid
    else bad = mid
  }
  return good
}

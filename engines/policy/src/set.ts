import { dayNumber } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { memberOf } from './facts.ts'
import type { FactDef, FactDictionary } from './facts.ts'
import { usesOf } from './ir.ts'
import type { Cond, Num } from './ir.ts'
import { nearestWord, PolicyError } from './problem.ts'
import type { Problem } from './problem.ts'
import { inForce, paramAt } from './policy.ts'
import type { Param, ParamValue, Policy, Row, StackRule } from './policy.ts'

/** All policies of a country, province or county together. Immutable: a scenario is another set. */
export interface PolicySet {
  readonly policies: readonly Policy[]
  /** Item ids in the order of result columns. */
  readonly items: readonly string[]
  readonly facts: ReadonlyMap<string, FactDef>
  readonly plans: Map<string, Plan>
}

export interface PlannedItem { id: string; index: number; policy: Policy; rows: { code: number; row: Row }[] }
export interface PlannedRule { rule: StackRule; policy: Policy; items: number[] }

/** What counts in one place on one day: for every item the policy of the nearest region, in an order in which results may be read, and the stacking rules. */
export interface Plan {
  readonly key: string
  /** Region and version of the policy of each item. */
  readonly versions: string
  readonly set: PolicySet
  readonly at: number
  /** Day whose law counts: policies, rows and parameters in force. The same as `at`, except where a month is worked out (`month.ts`). */
  readonly law: number
  /** Results that other items read come first. */
  readonly items: readonly PlannedItem[]
  readonly byIndex: readonly (PlannedItem | undefined)[]
  readonly rules: readonly PlannedRule[]
}

export const MAX_RULES = 250
const MAX_CACHED_PLANS = 4_000

export function compilePolicySet(policies: readonly Policy[], facts: FactDictionary): { set: PolicySet } | { problems: Problem[] } {
  const items = [...new Set(policies.map(p => p.id))].sort()
  const all = new Map(facts.facts)
  for (const family of facts.perPolicy) for (const id of items) all.set(memberOf(family, id).id, memberOf(family, id))
  const problems = [...policies.flatMap(p => strangers(p, items, all)), ...twins(policies), ...circles(policies, items)]
  return problems.length > 0 ? { problems } : { set: { policies: [...policies], items, facts: all, plans: new Map() } }
}

function problem(p: Policy | undefined, code: string, args: Record<string, string | number>): Problem {
  return { code, line: 0, col: 0, args: p === undefined ? args : { policy: p.id, region: p.region, ...args }, ...(p?.file === undefined ? {} : { file: p.file }) }
}

function expressionsOf(p: Policy): { conds: Cond[]; nums: Num[] } {
  const conds = [...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))]
  return { conds, nums: [...p.rows.map(r => r.amount), ...p.stacking.flatMap(s => (s.limit === undefined ? [] : [s.limit]))] }
}

function strangers(p: Policy, items: readonly string[], facts: ReadonlyMap<string, FactDef>): Problem[] {
  const { conds, nums } = expressionsOf(p)
  const u = usesOf(conds, nums)
  const out: Problem[] = []
  for (const f of [...u.facts, ...(p.review?.on ?? [])]) if (!facts.has(f)) out.push(problem(p, 'unknownFact', { name: f, suggestion: nearestWord(f, facts.keys()) }))
  for (const id of new Set([...u.items, ...p.stacking.flatMap(s => s.with)])) if (!items.includes(id)) out.push(problem(p, 'unknownItem', { name: id, suggestion: nearestWord(id, items) }))
  return out
}

/** Two files of one region and policy that are in force on one day, with the same version. */
function twins(policies: readonly Policy[]): Problem[] {
  const seen = new Set<string>()
  return policies.flatMap(p => {
    const key = `${p.region}/${p.id}@${p.version}`
    const twice = seen.has(key)
    seen.add(key)
    return twice ? [problem(p, 'duplicate', { name: key })] : []
  })
}

function readsOf(policies: readonly Policy[], id: string): string[] {
  return policies.filter(p => p.id === id).flatMap(p => {
    const { conds, nums } = expressionsOf(p)
    return [...usesOf(conds, nums).items]
  })
}

function circles(policies: readonly Policy[], items: readonly string[]): Problem[] {
  const state = new Map<string, 'open' | 'done'>()
  const out: Problem[] = []
  const visit = (id: string, path: string[]): void => {
    if (state.get(id) === 'done') return
    if (state.get(id) === 'open') {
      out.push(problem(policies.find(p => p.id === id), 'itemCircle', { path: [...path.slice(path.indexOf(id)), id].join(' → ') }))
      return
    }
    state.set(id, 'open')
    for (const next of readsOf(policies, id)) visit(next, [...path, id])
    state.set(id, 'done')
  }
  for (const id of items) visit(id, [])
  return out
}

const depths = new WeakMap<PolicySet, number>()

/** Digits of a region code beyond which no policy of the set differs: villages of a county share their plan. */
function depthOf(set: PolicySet): number {
  const known = depths.get(set) ?? set.policies.reduce((most, p) => Math.max(most, p.region.length), 0)
  depths.set(set, known)
  return known
}

/** The plan of a region (any code or prefix) on a day, under the law of that day or of another. Cached in the set. */
export function forRegion(set: PolicySet, region: string, at: Day | number, law?: number): Plan {
  const day = typeof at === 'number' ? at : dayNumber(at)
  const lawDay = law ?? day
  const days = lawDay === day ? `${day}` : `${day}/${lawDay}`
  const place = `${region.slice(0, depthOf(set))}@${days}`
  const cached = set.plans.get(place)
  if (cached !== undefined) return cached
  const chosen = set.items.map(id => nearestPolicy(set, id, region, lawDay))
  const versions = chosen.map(p => (p === undefined ? '' : `${p.region}.${p.version}`)).join('|')
  const key = `=${versions}@${days}`
  const plan = set.plans.get(key) ?? makePlan(set, chosen, day, lawDay, key, versions)
  if (set.plans.size > MAX_CACHED_PLANS) set.plans.clear()
  set.plans.set(place, plan)
  set.plans.set(key, plan)
  return plan
}

function nearestPolicy(set: PolicySet, id: string, region: string, day: number): Policy | undefined {
  let best: Policy | undefined
  for (const p of set.policies) {
    if (p.id !== id || !region.startsWith(p.region) || day < p.effective.from || day > p.effective.to) continue
    if (best === undefined || p.region.length > best.region.length || (p.region === best.region && p.version > best.version)) best = p
  }
  return best
}

function makePlan(set: PolicySet, chosen: readonly (Policy | undefined)[], at: number, law: number, key: string, versions: string): Plan {
  const byIndex = chosen.map((policy, index): PlannedItem | undefined => policy && {
    id: policy.id, index, policy,
    // The code is the row's place in the whole table, so that it keeps its meaning when a row goes out of force.
    rows: policy.rows.map((row, i) => ({ code: policy.hit === 'sum' ? 1 << i : i + 1, row })).filter(r => inForce(r.row, law)),
  })
  const items: PlannedItem[] = []
  const placed = new Set<string>()
  const place = (item: PlannedItem | undefined): void => {
    if (item === undefined || placed.has(item.id)) return
    placed.add(item.id)
    for (const id of readsOf([item.policy], item.id)) place(byIndex[set.items.indexOf(id)])
    items.push(item)
  }
  byIndex.forEach(place)
  return { key, versions, set, at, law, items, byIndex, rules: rulesOf(set, byIndex) }
}

/** Suspensions first: what is not paid cannot displace anything. */
function rulesOf(set: PolicySet, byIndex: readonly (PlannedItem | undefined)[]): PlannedRule[] {
  const rules = byIndex.flatMap(item => (item?.policy.stacking ?? []).map((rule): PlannedRule => ({
    rule, policy: item!.policy, items: [...new Set(rule.with)].map(id => set.items.indexOf(id)).filter(i => byIndex[i] !== undefined),
  })))
  if (rules.length > MAX_RULES) throw new PolicyError('tooManyStackingRules', { max: MAX_RULES })
  return [...rules.filter(r => r.rule.kind === 'suspend'), ...rules.filter(r => r.rule.kind !== 'suspend')]
}

export function paramOf(policy: Policy, name: string, at: number): { param: Param; entry: ParamValue | undefined } {
  const param = policy.params.get(name)
  if (param === undefined) throw new PolicyError('unknownParam', { name, policy: policy.id })
  return { param, entry: paramAt(param, at) }
}

export function itemIndex(set: PolicySet, id: string): number {
  const i = set.items.indexOf(id)
  if (i < 0) throw new PolicyError('unknownItem', { name: id, suggestion: nearestWord(id, set.items) })
  return i
}

import type { FactDictionary } from './facts.ts'
import { usesOf } from './ir.ts'
import type { Problem } from './problem.ts'
import type { Policy } from './policy.ts'
import { compilePolicySet } from './set.ts'
import type { PolicySet } from './set.ts'

const nameOf = (p: Policy): string => `${p.region}/${p.id}`

/**
 * [S90] The set with some policies in place of every version of the same region and id; new ones are added. The old set stays as it is: a scenario is another
 * set and shares nothing that changes.
 */
export function scenarioOf(set: PolicySet, changed: readonly Policy[], facts: FactDictionary = { facts: set.facts, perPolicy: [] }): { set: PolicySet } | { problems: Problem[] } {
  const replaced = new Set(changed.map(nameOf))
  return compilePolicySet([...set.policies.filter(p => !replaced.has(nameOf(p))), ...changed], facts)
}

type Near = Map<string, Set<string>>

const readsOf = (p: Policy): Set<string> => usesOf([...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))], [...p.rows.map(r => r.amount), ...p.stacking.flatMap(s => (s.limit === undefined ? [] : [s.limit]))]).items

/** From each item to those whose result hangs on its own: who reads it, and who stacks with it. `offset` cuts only the item whose rule it is. */
function dependants(policies: readonly Policy[]): Near {
  const near: Near = new Map()
  const add = (from: string, to: string): void => { near.set(from, (near.get(from) ?? new Set()).add(to)) }
  for (const p of policies) {
    for (const id of readsOf(p)) add(id, p.id)
    for (const rule of p.stacking) for (const a of rule.with) for (const b of rule.kind === 'offset' ? [p.id] : rule.with) add(a, b)
  }
  return near
}

/** From each item to those whose results it needs: what it reads, and every partner of a rule that names it. */
function needs(policies: readonly Policy[]): Near {
  const near: Near = new Map()
  const add = (from: string, to: string): void => { near.set(from, (near.get(from) ?? new Set()).add(to)) }
  for (const p of policies) {
    for (const id of readsOf(p)) add(p.id, id)
    for (const rule of p.stacking) for (const a of rule.with) for (const b of [p.id, ...rule.with]) { add(a, b); add(p.id, a) }
  }
  return near
}

function closure(start: Iterable<string>, near: Near): Set<string> {
  const found = new Set<string>()
  const open = [...start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(near.get(id) ?? []))
  }
  return found
}

/** [S91] Items whose result can differ between two sets: those with other policies, and all that hang on them. */
export function affectedItems(a: PolicySet, b: PolicySet): Set<string> {
  const [inA, inB] = [new Set(a.policies), new Set(b.policies)]
  const changed = [...a.policies.filter(p => !inB.has(p)), ...b.policies.filter(p => !inA.has(p))].map(p => p.id)
  return closure(changed, dependants([...a.policies, ...b.policies]))
}

const parts = new WeakMap<PolicySet, Map<string, PolicySet>>()

/** The set cut down to some items and what they need: the same answers for them, without the rest. */
export function partOf(set: PolicySet, items: ReadonlySet<string>): PolicySet {
  const needed = closure(set.items.filter(id => items.has(id)), needs(set.policies))
  const wanted = set.items.filter(id => needed.has(id))
  if (wanted.length === set.items.length) return set
  const kept = parts.get(set) ?? new Map<string, PolicySet>()
  parts.set(set, kept)
  const key = wanted.join(' ')
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = compilePolicySet(set.policies.filter(p => needed.has(p.id)), { facts: set.facts, perPolicy: [] })
  if ('problems' in made) throw new Error(`items ${key} do not stand alone: ${JSON.stringify(made.problems)}`)
  kept.set(key, made.set)
  return made.set
}

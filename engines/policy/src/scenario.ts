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

/** Items each item hangs on: by reading its result, or by a stacking rule that names both. */
function neighbours(policies: readonly Policy[]): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>()
  const join = (a: string, b: string): void => {
    for (const [x, y] of [[a, b], [b, a]] as const) near.set(x, (near.get(x) ?? new Set()).add(y))
  }
  for (const p of policies) {
    join(p.id, p.id)
    const whens = [...p.rows.map(r => r.when), ...p.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))]
    for (const id of usesOf(whens, [...p.rows.map(r => r.amount), ...p.stacking.flatMap(s => (s.limit === undefined ? [] : [s.limit]))]).items) join(p.id, id)
    for (const rule of p.stacking) for (const id of rule.with) join(p.id, id)
  }
  return near
}

/** [S91] Items whose result can differ between two sets: those with other policies, and all that hang together with them. */
export function affectedItems(a: PolicySet, b: PolicySet): Set<string> {
  const [inA, inB] = [new Set(a.policies), new Set(b.policies)]
  const changed = [...a.policies.filter(p => !inB.has(p)), ...b.policies.filter(p => !inA.has(p))].map(p => p.id)
  const near = neighbours([...a.policies, ...b.policies])
  const found = new Set<string>()
  const open = [...new Set(changed)]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(near.get(id) ?? []))
  }
  return found
}

const parts = new WeakMap<PolicySet, Map<string, PolicySet>>()

/** The set cut down to items that hang together; the same answers for them, without the rest. */
export function partOf(set: PolicySet, items: ReadonlySet<string>): PolicySet {
  const wanted = set.items.filter(id => items.has(id))
  if (wanted.length === set.items.length) return set
  const kept = parts.get(set) ?? new Map<string, PolicySet>()
  parts.set(set, kept)
  const key = wanted.join(' ')
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = compilePolicySet(set.policies.filter(p => items.has(p.id)), { facts: set.facts, perPolicy: [] })
  if ('problems' in made) throw new Error(`items ${key} do not stand alone: ${JSON.stringify(made.problems)}`)
  kept.set(key, made.set)
  return made.set
}

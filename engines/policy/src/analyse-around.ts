import { dayNumber, dayOf } from '@songbai/calendar'
import { runCases } from './cases.ts'
import { finding } from './finding.ts'
import type { Finding } from './finding.ts'
import { usesOf } from './ir.ts'
import type { Cond, Num } from './ir.ts'
import { NO_END, paramAt } from './policy.ts'
import type { Clause, Param, Policy, Row } from './policy.ts'
import { all, any, not, sure } from './analyse-solve.ts'
import { caseFor, TableOnDay } from './analyse-table.ts'
import type { Limits } from './analyse-table.ts'
import { rowsOn, Space, stretches } from './analyse-space.ts'
import { forRegion } from './set.ts'
import type { PolicySet } from './set.ts'

/** A parameter that a row in force reads, on a day on which it has no value. */
export function paramFindings(policy: Policy, days: readonly number[]): Finding[] {
  return [...policy.params.values()].flatMap((p): Finding[] => {
    const day = days.find(d => paramAt(p, d) === undefined && (rowsOn(policy, d).some(r => usesOf([r.when], [r.amount]).params.has(p.name)) || policy.stacking.some(s => readsParam(s.when, s.limit, p.name))))
    if (day === undefined) return []
    const until = p.values.find(v => v.from > day && v.value !== null)?.from
    return [finding(policy, 'paramWithoutValue', 'error', { args: { name: p.name, from: dayOf(day), to: until === undefined ? '' : dayOf(until - 1) }, fix: { do: 'addValue', param: p.name, from: dayOf(day) } }, `param ${p.name}`)]
  })
}

function readsParam(when: Cond | undefined, limit: Num | undefined, name: string): boolean {
  return usesOf(when === undefined ? [] : [when], limit === undefined ? [] : [limit]).params.has(name)
}

/** `let` names and parameters of this file that nothing reads. */
export function deadFindings(policy: Policy): Finding[] {
  const conds = [...policy.rows.map(r => r.when), ...policy.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))]
  const used = usesOf(conds, [...policy.rows.map(r => r.amount), ...policy.stacking.flatMap(s => (s.limit === undefined ? [] : [s.limit]))])
  const own = (kind: string, name: string): boolean => policy.places === undefined || policy.places.has(`${kind} ${name}`)
  const lets = [...policy.lets.keys()].filter(n => own('let', n) && !used.lets.has(n)).map(n => finding(policy, 'deadLet', 'info', { args: { name: n }, fix: { do: 'deleteLet', name: n } }, `let ${n}`))
  const params = [...policy.params.values()].filter(p => own('param', p.name) && !used.params.has(p.name)).map(p => finding(policy, 'deadParam', 'info', { args: { name: p.name, label: p.label?.zh ?? p.name }, fix: { do: 'deleteParam', name: p.name } }, `param ${p.name}`))
  return [...lets, ...params]
}

/** Clauses that are repealed while something still rests on them, and rows that rest on nothing. */
export function basisFindings(policy: Policy): Finding[] {
  const { from, to } = policy.effective
  const seen = new Set<string>()
  const repealed = (clauses: readonly Clause[], start: number, end: number, row: string[]): Finding[] => clauses.flatMap(c => {
    const on = c.repealed === undefined ? undefined : dayNumber(c.repealed)
    if (on === undefined || on > end || seen.has(c.id)) return []
    seen.add(c.id)
    return [finding(policy, 'basisRepealed', on <= start ? 'error' : 'confirm', { rows: row, args: { name: c.id, clause: `${c.doc}${c.article ?? ''}`, on: c.repealed! } }, `basis ${c.id}`)]
  })
  const rows = policy.rows.flatMap(r => [
    ...(r.basis.length === 0 ? [finding(policy, 'basisMissing', 'error', { rows: [r.id] })] : []), ...repealed(r.basis, Math.max(from, r.from ?? from), Math.min(to, r.to ?? to), [r.id]),
  ])
  const params = [...policy.params.values()].flatMap(p => p.values.flatMap((v, i) => (v.value === null ? [] : repealed(v.basis, Math.max(from, v.from), Math.min(to, (p.values[i + 1]?.from ?? NO_END) - 1), []))))
  return [...rows, ...params, ...policy.stacking.flatMap(s => repealed(s.basis, from, to, []))]
}

/** Partners that are never in force where and when this policy is, and orders of preference that go round in a circle. */
export function stackingFindings(set: PolicySet, policy: Policy): Finding[] {
  const partners = new Set(policy.stacking.flatMap(s => s.with).filter(id => id !== policy.id))
  const missing = [...partners].filter(id => !set.policies.some(p => p.id === id && meets(p, policy))).map(id => finding(policy, 'partnerMissing', 'confirm', { args: { name: id } }, 'stacking 0'))
  const circle = policy.stacking.length === 0 ? null : circleOf(set, policy)
  return circle === null ? missing : [...missing, finding(policy, 'stackingCycle', 'error', { args: { name: [...new Set(circle)].sort().join('+'), path: circle.map(id => titleOf(set, id)).join(' → ') } }, 'stacking 0')]
}

function meets(a: Policy, b: Policy): boolean {
  return (a.region.startsWith(b.region) || b.region.startsWith(a.region)) && a.effective.from <= b.effective.to && b.effective.from <= a.effective.to
}

function titleOf(set: PolicySet, id: string): string {
  return set.policies.find(p => p.id === id)?.title.zh ?? id
}

/** Who goes before whom, by `first`, `cap` and `offset` of every policy in force in the place. */
function circleOf(set: PolicySet, policy: Policy): string[] | null {
  const days = new Set(set.policies.filter(p => meets(p, policy)).map(p => Math.max(p.effective.from, policy.effective.from)))
  for (const day of days) {
    const before = new Map<string, Set<string>>()
    const edge = (a: string, b: string): void => void before.set(a, (before.get(a) ?? new Set()).add(b))
    for (const { rule, policy: owner } of forRegion(set, policy.region, day).rules) {
      if (rule.kind === 'offset') for (const other of rule.with) if (other !== owner.id) edge(other, owner.id)
      if (rule.kind === 'first' || rule.kind === 'cap') rule.with.slice(1).forEach((b, i) => edge(rule.with[i]!, b))
    }
    const path = roundTrip(before, policy.id)
    if (path !== null) return path
  }
  return null
}

function roundTrip(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | null {
  const seen = new Set<string>()
  const walk = (id: string, path: string[]): string[] | null => {
    for (const next of edges.get(id) ?? []) {
      if (next === start) return [...path, start]
      if (seen.has(next)) continue
      seen.add(next)
      const found = walk(next, [...path, next])
      if (found !== null) return found
    }
    return null
  }
  return walk(start, [start])
}

/** Somebody who gets less here than a row marked as a floor above grants. */
export function floorFindings(set: PolicySet, policy: Policy, limits: Limits): Finding[] {
  const uppers = set.policies.filter(p => p.id === policy.id && p.region !== policy.region && policy.region.startsWith(p.region) && meets(p, policy) && p.rows.some(r => isFloor(p, r)))
  return uppers.flatMap((upper): Finding[] => {
    const days = new Set([...stretches(policy, 40).days, ...stretches(upper, 40).days].filter(d => rowsOn(policy, d).length > 0 && rowsOn(upper, d).length > 0))
    for (const day of days) {
      const d = new TableOnDay(new Space(set, policy, day, [upper]), limits)
      const above = d.space.table(upper)
      for (const [i, row] of d.space.rows(upper).entries()) {
        const amount = above.rows[i]!.amount
        if (!isFloor(upper, row) || amount.k !== 'const') continue
        const taken = all(sure(above.rows[i]!.when), ...(above.hit === 'first' ? above.rows.slice(0, i).map(r => not(r.when)) : []))
        const less = amount.v > 0 ? not({ k: 'pays', table: d.table, fen: amount.v }) : not(any(...d.table.rows.map(r => r.when)))
        const found = d.find(all(taken, less), row.id)
        if (found) return [finding(policy, 'belowUpper', 'error', { args: { name: row.id, fen: amount.v, upper: upper.regionName ?? upper.region }, example: found.example }, 'table')]
      }
    }
    return []
  })
}

function isFloor(p: Policy, r: Row): boolean {
  const param: Param | undefined = r.amount.t === 'param' ? p.params.get(r.amount.name) : undefined
  return r.floor || param?.floor === true
}

/** Golden cases: there are some, they come out as written, and every row of this file has one. */
export function caseFindings(set: PolicySet, policy: Policy, days: readonly TableOnDay[]): Finding[] {
  const own = policy.rows.filter(r => r.region === policy.region)
  const changes = own.length > 0 || [...policy.params.values()].some(p => p.region === policy.region)
  if (policy.cases.length === 0 && !(policy.extends !== undefined && !changes)) return [finding(policy, 'noCases', policy.draft ? 'confirm' : 'error', {}, 'table')]
  const failing = runCases(set, policy).flatMap((c, i) => (c.ok ? [] : [finding(policy, 'caseFails', 'error', { args: { name: c.line, got: c.got.rows.join('、') } }, `case ${i}`)]))
  const shown = new Set(policy.cases.flatMap(c => [c.out.row, ...(c.out.rows ?? [])]))
  const bare = own.filter(r => !shown.has(r.id) && days.some(d => d.rows.includes(r))).map(r => finding(policy, 'rowWithoutCase', 'confirm', { rows: [r.id], ...caseFor(policy, r, days) }))
  return [...failing, ...bare]
}

import type { FactDictionary } from './facts.ts'
import { finding } from './finding.ts'
import type { Finding, Severity } from './finding.ts'
import { basisFindings, caseFindings, deadFindings, floorFindings, paramFindings, stackingFindings } from './analyse-around.ts'
import { rowsOn, Space, stretches } from './analyse-space.ts'
import { gapFindings, monotonyFindings, overlapFindings, rowFindings, TableOnDay, uncoveredFinding } from './analyse-table.ts'
import { usesOf } from './ir.ts'
import { factNamed } from './lower.ts'
import type { Policy } from './policy.ts'
import { PolicyError } from './problem.ts'
import type { PolicySet } from './set.ts'

export interface AnalyseOptions {
  /** The dictionary, when one policy is analysed without the law around it. */
  facts?: FactDictionary
  /** The law around a single policy: partners, upper policies, results it reads. */
  around?: PolicySet
  /** Combinations tried for one table on one day before the rest is called not proved; default 2,000,000. */
  limit?: number
  /** Asked now and then; true ends the analysis, what is left is not proved. For work that a new keystroke makes void. */
  stop?: () => boolean
}

export interface Analysis {
  findings: Finding[]
  /** Combinations tried. */
  steps: number
  /** Nothing was left open. */
  proved: boolean
}

const ORDER: readonly Severity[] = ['error', 'confirm', 'info']
const STEPS = 2_000_000
/** Days on which one table can read differently; a policy with more has its later ones not proved. */
const MAX_DAYS = 60

/** [L1] What can be seen from the rules alone, without running them over people. Worst first, in the order of the file. */
export function analyse(target: PolicySet | Policy, options: AnalyseOptions = {}): Analysis {
  const set = 'rows' in target ? setFor(target, options) : target
  const wanted = 'rows' in target ? [target] : set.policies
  const done = wanted.map(p => analysePolicy(set, p, options))
  const findings = done.flatMap(d => d.findings)
  return { findings: ORDER.flatMap(s => findings.filter(f => f.severity === s)), steps: done.reduce((n, d) => n + d.steps, 0), proved: done.every(d => d.proved) }
}

function analysePolicy(set: PolicySet, policy: Policy, options: AnalyseOptions): Analysis {
  const limits = { steps: options.limit ?? STEPS, ...(options.stop === undefined ? {} : { stop: options.stop }) }
  const { days, complete } = stretches(policy, MAX_DAYS)
  const tables = days.filter(d => rowsOn(policy, d).length > 0).map(d => new TableOnDay(new Space(set, policy, d), limits))
  const findings = [
    ...paramFindings(policy, days), ...rowFindings(policy, tables), ...overlapFindings(policy, tables), ...gapFindings(policy, tables), ...floorFindings(set, policy, limits),
    ...stackingFindings(set, policy), ...basisFindings(policy), ...caseFindings(set, policy, tables), ...monotonyFindings(policy, tables), ...deadFindings(policy), ...uncoveredFinding(policy, tables),
  ]
  const open = [...new Set(tables.flatMap(t => t.open))]
  if (open.length > 0 || !complete) findings.push(finding(policy, 'notProved', 'confirm', { args: { name: open.slice(0, 5).map(q => q.replaceAll('\n', '＋')).join('、') || 'days' } }, 'table'))
  return { findings, steps: tables.reduce((n, t) => n + t.steps, 0), proved: open.length === 0 && complete }
}

/** One policy with the law around it, in place of the version of the same number there. */
function setFor(policy: Policy, { around, facts }: AnalyseOptions): PolicySet {
  if (around?.policies.includes(policy)) return around
  if (around === undefined && facts === undefined) throw new PolicyError('factsMissing', { name: policy.id })
  const others = (around?.policies ?? []).filter(p => p.id !== policy.id || p.region !== policy.region || p.version !== policy.version)
  const named = usesOf(policy.rows.map(r => r.when), policy.rows.map(r => r.amount)).items
  const items = [...new Set([...(around?.items ?? []), policy.id, ...named, ...policy.stacking.flatMap(s => s.with)])].sort()
  const defs = new Map(around?.facts ?? facts!.facts)
  const reads = usesOf([...policy.rows.map(r => r.when), ...policy.stacking.flatMap(s => (s.when === undefined ? [] : [s.when]))], policy.rows.map(r => r.amount)).facts
  for (const f of [...reads, ...items.map(id => `benefit.${id}`)]) {
    const def = defs.get(f) ?? (facts === undefined ? undefined : factNamed(facts, f))
    if (def !== undefined) defs.set(f, def)
  }
  return { policies: [...others, policy], items, facts: defs, plans: new Map() }
}

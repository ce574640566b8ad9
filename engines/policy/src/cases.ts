import { dayNumber } from '@songbai/calendar'
import { encodePerson, Evaluation } from './person.ts'
import type { PolicySet, Plan, PlannedItem } from './set.ts'
import { missingOf, rowIds } from './rows.ts'
import { nearestMiss } from './miss.ts'
import type { GoldenCase, Policy } from './policy.ts'

export interface CaseResult {
  line: number
  ok: boolean
  expected: GoldenCase['out']
  got: { rows: string[]; amount: number; /** Waits for something: facts in `unknown`, or a parameter without a value. */ open: boolean; unknown: string[]; miss: string[] }
}

/** A plan of one policy alone, in force on every day of its own period; other items answer as the case says. */
function planOf(set: PolicySet, policy: Policy, at: number): { plan: Plan; item: PlannedItem } | null {
  if (at < policy.effective.from || at > policy.effective.to) return null
  const index = set.items.indexOf(policy.id)
  const rows = policy.rows.map((row, i) => ({ row, code: policy.hit === 'sum' ? 1 << i : i + 1 })).filter(({ row }) => (row.from ?? at) <= at && at <= (row.to ?? at))
  const item: PlannedItem = { id: policy.id, index, policy, rows }
  return { item, plan: { key: '', versions: '', set, at, law: at, items: [item], byIndex: set.items.map((_, i) => (i === index ? item : undefined)), rules: [] } }
}

/** Runs the golden cases of a policy that is part of `set` (a policy under edit: a set made with it). */
export function runCases(set: PolicySet, policy: Policy): CaseResult[] {
  return policy.cases.map(c => runCase(set, policy, c))
}

function runCase(set: PolicySet, policy: Policy, c: GoldenCase): CaseResult {
  const made = planOf(set, policy, dayNumber(c.at))
  const got: CaseResult['got'] = { rows: [], amount: 0, open: false, unknown: [], miss: [] }
  if (made !== null) {
    const ev = new Evaluation(made.plan, encodePerson(set, c.facts))
    presume(ev, set, c)
    ev.item(made.item)
    const { sure, possible, raw } = ev.results
    const i = made.item.index
    got.rows = rowIds(policy, sure[i]!)
    got.amount = raw[i]!
    got.open = sure[i] !== possible[i]
    got.unknown = got.open ? missingOf(ev, made.item) : []
    if (c.out.miss !== undefined) got.miss = nearestMiss(ev, made.item)?.words ?? []
  }
  return { line: c.line, ok: agrees(c.out, got), expected: c.out, got }
}

function presume(ev: Evaluation, set: PolicySet, c: GoldenCase): void {
  for (const [id, v] of Object.entries(c.items)) {
    const i = set.items.indexOf(id)
    if (i < 0) continue
    const yes = v === false ? 0 : 1
    ev.results.sure[i] = yes
    ev.results.possible[i] = yes
    ev.results.raw[i] = typeof v === 'number' ? v : 0
  }
}

function agrees(out: GoldenCase['out'], got: CaseResult['got']): boolean {
  const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && [...a].sort().join() === [...b].sort().join()
  if (out.unknown !== undefined) return got.open && same(out.unknown, got.unknown)
  const rows = out.rows ?? (out.row === null || out.row === undefined ? [] : [out.row])
  if (!same(rows, got.rows) || got.open) return false
  return (out.amount === undefined || out.amount === got.amount) && (out.miss ?? []).every(w => got.miss.includes(w))
}

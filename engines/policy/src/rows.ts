import { usesOf } from './ir.ts'
import type { Cond, Num } from './ir.ts'
import type { Policy } from './policy.ts'
import { isKnown } from './facts.ts'
import type { Evaluation } from './person.ts'
import type { PlannedItem } from './set.ts'

/** Ids of the rows behind a row code. */
export function rowIds(policy: Policy, code: number): string[] {
  if (policy.hit === 'sum') return policy.rows.filter((_, i) => ((code >>> i) & 1) === 1).map(r => r.id)
  const row = policy.rows[code - 1]
  return code === 0 || row === undefined ? [] : [row.id]
}

/** Facts that are missing and on which the answer hangs: those of rows that neither hold nor fail. For a `first` table only up to the row that holds. */
export function missingOf(ev: Evaluation, item: PlannedItem): string[] {
  const found = new Set<string>()
  for (const r of item.rows) {
    const v = ev.row(r, item.policy)
    if (v === 2) {
      missingIn(ev, r.row.when, item.policy, found)
      missingInNumber(ev, r.row.amount, found)
    }
    if (v === 1 && item.policy.hit !== 'sum') break
  }
  return [...found]
}

/** Missing facts under a condition whose value is unknown. */
export function missingIn(ev: Evaluation, c: Cond, policy: Policy, found: Set<string>): void {
  if (ev.cond(c, policy) !== 2) return
  switch (c.t) {
    case 'all': case 'any': for (const k of c.k) missingIn(ev, k, policy, found); return
    case 'not': case 'named': missingIn(ev, c.k, policy, found); return
    case 'item': throughItem(ev, c.item, found); return
    case 'true': return
    case 'cmp': missingInNumber(ev, c.a, found); missingInNumber(ev, c.b, found); return
    case 'within': missingInNumber(ev, c.n, found); break
    default: break
  }
  if (!isKnown(ev.def(c.f), ev.value(c.f))) found.add(c.f)
}

function missingInNumber(ev: Evaluation, n: Num, found: Set<string>): void {
  const uses = usesOf([], [n])
  for (const f of uses.facts) if (ev.def(f).absent === 'unknown' && !isKnown(ev.def(f), ev.value(f))) found.add(f)
  for (const id of uses.items) throughItem(ev, id, found)
}

function throughItem(ev: Evaluation, id: string, found: Set<string>): void {
  const i = ev.plan.set.items.indexOf(id)
  const item = ev.plan.byIndex[i]
  if (item !== undefined && ev.results.sure[i] !== ev.results.possible[i]) for (const f of missingOf(ev, item)) found.add(f)
}

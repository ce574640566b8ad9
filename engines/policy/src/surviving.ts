import { runCases } from './cases.ts'
import { mutatePolicy } from './mutate.ts'
import type { Mutant } from './mutate.ts'
import type { Policy } from './policy.ts'
import { all, any, not, sure } from './analyse-solve.ts'
import type { Node } from './analyse-solve.ts'
import { rowsOn, Space, stretches } from './analyse-space.ts'
import type { Example } from './analyse-space.ts'
import { TableOnDay } from './analyse-table.ts'
import type { PolicySet } from './set.ts'

/** A change that no golden case notices, with a person it would change something for. */
export interface Survivor { id: string; what: Mutant['what']; example: Example | null }

/** Asked now and then; true ends the search, with what was found until then. */
export interface SurvivorOptions { stop?: () => boolean }

const LIMIT = 200_000

/** [L9] The slips no golden case of the policy would catch. A change that changes nothing for anybody does not count; one it cannot tell about does. */
export function survivingMutants(set: PolicySet, policy: Policy, { stop = () => false }: SurvivorOptions = {}): Survivor[] {
  const found: Survivor[] = []
  for (const m of mutatePolicy(policy, set.facts)) {
    if (stop()) break
    if (!runCases(set, m.policy).every(c => c.ok)) continue
    const example = difference(set, policy, m.policy, stop)
    // What was cut short is no answer.
    if (example !== null && !(example === undefined && stop())) found.push({ id: m.id, what: m.what, example: example ?? null })
  }
  return found
}

/** Somebody for whom the two tables give different rows or amounts; null: nobody; undefined: not known. */
function difference(set: PolicySet, a: Policy, b: Policy, stop: () => boolean): Example | null | undefined {
  const days = [...new Set([...stretches(a, 60).days, ...stretches(b, 60).days].flatMap(d => [d - 1, d]))].sort((x, y) => y - x)
  let unsure = false
  for (const day of days) {
    const [rows, others] = [rowsOn(a, day), rowsOn(b, day)]
    if (rows.length === 0 && others.length === 0) continue
    const d = new TableOnDay(new Space(set, a, day, [b]), { steps: LIMIT, stop })
    const [first, second] = [d.space.table(a), d.space.table(b)]
    const amounts = [...first.rows, ...second.rows].flatMap(r => (r.amount.k === 'const' ? [r.amount.v] : []))
    const paid = [...new Set(amounts)].filter(v => v > 0).flatMap((fen): [Node, Node][] => [[{ k: 'pays', table: first, fen }, { k: 'pays', table: second, fen }]])
    const ids = [...new Set([...rows, ...others].map(r => r.id))]
    const taken = ids.map((id): [Node, Node] => [takenNode(rows.findIndex(r => r.id === id), first), takenNode(others.findIndex(r => r.id === id), second)])
    const found = d.find(any(...[...taken, ...paid].map(([x, y]) => any(all(x, not(y)), all(y, not(x))))), 'difference')
    if (found !== null && found !== undefined) return found.example
    const open = first.rows.some((r, i) => r.amount.k === 'open' && JSON.stringify(rows[i]!.amount) !== JSON.stringify(others[i]?.amount))
    if (found === undefined || open || amountsByParam(a, b)) unsure = true
  }
  return unsure ? undefined : null
}

function takenNode(i: number, table: ReturnType<Space['table']>): Node {
  const row = table.rows[i]
  if (row === undefined) return { k: 'const', v: 0 }
  return all(sure(row.when), ...(table.hit === 'first' ? table.rows.slice(0, i).map(r => not(sure(r.when))) : []))
}

/** Amounts that hang on facts are not compared: a parameter changed in one of them may make a difference. */
function amountsByParam(a: Policy, b: Policy): boolean {
  return a.params !== b.params && a.rows.some(r => r.amount.t !== 'const' && r.amount.t !== 'param' && JSON.stringify(r.amount).includes('"t":"fact"'))
}

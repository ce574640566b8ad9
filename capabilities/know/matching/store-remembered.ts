/** What was decided before about the same matters, and which matters an older list still has open. SQL only. */
import type { Tx } from '@songbai/platform/tx'
import type { Decision, RowKind } from './contract.ts'
import type { Run } from './store.ts'

export interface Before {
  readonly id: string
  readonly runId: string
  readonly kind: RowKind
  readonly elderId: string | null
  /** Hexadecimal, so that they are keys of a map. */
  readonly person: string | null
  readonly value: string | null
  readonly decision: Decision | null
  readonly settlementId: string | null
  readonly state: 'open' | 'waiting' | 'settled'
  readonly caseId: string | null
  readonly firstAskedAt: number
}

/** Rows of earlier lists of this department: decisions that stand, and what is open still. */
export async function rowsBefore(tx: Tx, run: Pick<Run, 'county' | 'id' | 'source'>): Promise<Before[]> {
  return tx.rows<Before>`
    select id, run_id as "runId", kind, elder_id as "elderId", encode(person_mark, 'hex') as person, encode(value_mark, 'hex') as value, decision, settlement_id as "settlementId", state, case_id as "caseId", first_asked_at as "firstAskedAt"
    from matching.row where county = ${run.county} and source = ${run.source} and run_id <> ${run.id}::uuid and state <> 'carried' and (state in ('open', 'waiting') or decision in ('ours', 'same', 'theirs', 'notSame', 'notOurs', 'seen')) order by id`
}

/** The same matter stands in the newer run from now on. */
export async function carry(tx: Tx, run: Run, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.rows`update matching.row set state = 'carried', carried_to = ${run.id} where county = ${run.county} and id = any(${ids}::uuid[]) and state in ('open', 'waiting')`
}

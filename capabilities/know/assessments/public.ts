/** What capabilities below may ask about assessments, inside their own transaction and scope, always for many people. */
import type { Tx } from '@songbai/platform/tx'
import { recordFacts } from '../elders/public.ts'
import { NATIONAL_SCALE, type State } from './contract.ts'
import { insertMany, type PreparedAssessment } from './store-bulk.ts'
import { refreshNeeds } from './store-people.ts'
import { scales } from './store-scales.ts'
import { newestResults } from './store.ts'

export type { PreparedAssessment }
export { NATIONAL_SCALE, refreshNeeds, scales }

export interface LatestResult {
  readonly assessmentId: string
  readonly elderId: string
  readonly scaleId: string
  readonly levelCode: string
  readonly level: number
  readonly total: number | null
  readonly assessedOn: string
  readonly validUntil: string
  readonly issuer: string
  readonly state: State
  /** In force on the day asked for: not ended, not in dispute now. */
  readonly inForce: boolean
}

/** The newest result of each person on a day by one scale; who has none is missing from the map. */
export async function latestResults(tx: Tx, elderIds: readonly string[], at: string, scaleId: string = NATIONAL_SCALE): Promise<Map<string, LatestResult>> {
  const rows = await newestResults(tx, elderIds, scaleId, at)
  return new Map([...rows].map(([elderId, row]) => [elderId, {
    assessmentId: row.id, elderId, scaleId, levelCode: row.levelCode!, level: row.level!, total: row.total, assessedOn: row.assessedOn!, validUntil: row.validUntil!, issuer: row.issuer, state: row.state,
    inForce: row.validUntil! >= at && row.state !== 'disputed',
  }]))
}

/**
 * Stores finished assessments in bulk (demo, import): sums them, signs for the people named, and records the facts of every result in
 * the registry, oldest first. For people without an assessment by that scale. Throws when answers give no level.
 */
export async function insertAssessments(tx: Tx, prepared: readonly PreparedAssessment[], batchId: string | null = null): Promise<readonly string[]> {
  const { ids, facts } = await insertMany(tx, prepared, batchId)
  await recordFacts(tx, facts.map((fact) => ({ elderId: fact.elderId, key: fact.key, value: fact.value, validFrom: fact.assessedOn, validTo: null, source: `能力评估（${fact.issuer}）`, sourceRef: fact.id, reason: null })), batchId)
  await refreshNeeds(tx, prepared.map((one) => one.elderId))
  return ids
}

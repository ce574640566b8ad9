/** What capabilities below may ask about assessments, inside their own transaction and scope, always for many people. */
import type { Tx } from '@songbai/platform/tx'
import { eldersByIds, factsOf, recordFacts, type FactToRecord } from '../elders/public.ts'
import { NATIONAL_SCALE, type State } from './contract.ts'
import { buildMany, insertBuilt, type BuiltMany, type PreparedAssessment } from './store-bulk.ts'
import { followPeople, refreshNeeds } from './store-people.ts'
import { scales } from './store-scales.ts'
import { insertTriggers, newestResults } from './store.ts'

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

export interface BuiltAssessments {
  readonly ids: readonly string[]
  /** What the results state of their people, oldest first. */
  readonly facts: readonly FactToRecord[]
  readonly built: BuiltMany['built']
}

/**
 * First half of {@link insertAssessments} for people who are about to be stored: the facts of the results go in with the person, which
 * spares reading and writing everybody a second time. Throws when answers give no level.
 */
export function buildAssessments(tx: Tx, prepared: readonly PreparedAssessment[]): BuiltAssessments {
  const { ids, facts, built } = buildMany(tx, prepared)
  return { ids, built, facts: facts.map((fact) => ({ elderId: fact.elderId, key: fact.key, value: fact.value, validFrom: fact.assessedOn, validTo: null, source: `能力评估（${fact.issuer}）`, sourceRef: fact.id, reason: null })) }
}

/** Second half: the assessments and signatures alone. */
export function insertBuiltAssessments(tx: Tx, assessments: BuiltAssessments, batchId: string | null = null): Promise<void> {
  return insertBuilt(tx, assessments.built, batchId)
}

/**
 * Stores finished assessments in bulk (demo, import): sums them, signs for the people named, and records the facts of every result in
 * the registry, oldest first. For people without an assessment by that scale. Throws when answers give no level.
 */
export async function insertAssessments(tx: Tx, prepared: readonly PreparedAssessment[], batchId: string | null = null): Promise<readonly string[]> {
  const assessments = buildAssessments(tx, prepared)
  await insertBuiltAssessments(tx, assessments, batchId)
  await recordFacts(tx, assessments.facts, batchId)
  await refreshNeeds(tx, prepared.map((one) => one.elderId))
  return assessments.ids
}

/** What listeners would do for each life event, for many people at once: rows follow who moved or died, a hospital stay asks for a new assessment. */
export async function followLifeEvents(tx: Tx, elderIds: readonly string[]): Promise<void> {
  const ids = [...new Set(elderIds)]
  await followPeople(tx, ids)
  const stays = await factsOf(tx, ids, {}, ['hospitalised'])
  const people = new Map((await eldersByIds(tx, ids)).map((person) => [person.id, person]))
  await insertTriggers(tx, ids.flatMap((elderId) => {
    const fact = stays.get(elderId)?.get('hospitalised')
    const person = people.get(elderId)
    return fact?.value === true && person ? [{ elderId, region: person.region, code: 'hospital_stay', day: fact.validFrom ?? tx.today }] : []
  }))
  await refreshNeeds(tx, ids)
}

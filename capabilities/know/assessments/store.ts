/** Assessments and what hangs on them. Reads go by the ids of the assessment or the elder, which are unique; scope is the database's. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { Answers } from '@songbai/scale'
import { sql } from 'kysely'
import type { Mark, PURPOSES, REASONS, State } from './contract.ts'
import type { Complete, Outcome } from './rules.ts'

export interface Assessment {
  readonly county: string
  readonly id: string
  readonly elderId: string
  readonly region: string
  readonly scaleId: string
  readonly scaleVersion: string
  readonly reason: (typeof REASONS)[number]
  readonly reasonText: string | null
  readonly state: State
  readonly plannedOn: string | null
  readonly assessedOn: string | null
  readonly where: string | null
  readonly answersSealed: Buffer | null
  readonly answersHash: string | null
  readonly version: number
  readonly required: number
  readonly answered: number
  readonly informantName: string | null
  readonly resultSealed: Buffer | null
  readonly total: number | null
  readonly level: number | null
  readonly levelCode: string | null
  readonly levelBefore: number | null
  readonly dimensions: Record<string, { score: number; max: number }> | null
  readonly validUntil: string | null
  readonly reassessFrom: string | null
  readonly issuer: string
  readonly assessors: string[]
  readonly documentNo: string | null
  readonly recheckOf: string | null
  readonly replacedBy: string | null
  readonly disputedAt: number | null
  readonly disputeFrom: string | null
  readonly disputeReason: string | null
  readonly disputeOutcome: 'confirmed' | 'changed' | 'withdrawn' | null
  readonly changedAt: number
  readonly changedBy: string
  readonly completedAt: number | null
}

export const COLUMNS = sql.raw(`county, id, elder_id as "elderId", region, scale_id as "scaleId", scale_version as "scaleVersion", reason, reason_text as "reasonText", state, planned_on as "plannedOn", assessed_on as "assessedOn", place as "where",
  answers_sealed as "answersSealed", answers_hash as "answersHash", version, required, answered, informant_name as "informantName", result_sealed as "resultSealed", total, level, level_code as "levelCode", level_before as "levelBefore", dimensions,
  valid_until as "validUntil", reassess_from as "reassessFrom", issuer, assessors, document_no as "documentNo", recheck_of as "recheckOf", replaced_by as "replacedBy",
  disputed_at as "disputedAt", dispute_from as "disputeFrom", dispute_reason as "disputeReason", dispute_outcome as "disputeOutcome", changed_at as "changedAt", changed_by as "changedBy", completed_at as "completedAt"`)

export async function assessmentBy(tx: Tx, id: string, lock = false): Promise<Assessment | null> {
  const [row] = await tx.rows<Assessment>`select ${COLUMNS} from assessments.assessment where id = ${id} ${lock ? sql`for update` : sql``}`
  return row ?? null
}

/** All of one person but cancelled ones, newest first. */
export async function assessmentsOf(tx: Tx, elderId: string): Promise<Assessment[]> {
  return tx.rows<Assessment>`select ${COLUMNS} from assessments.assessment where elder_id = ${elderId} and state <> 'void' order by assessed_on desc nulls first, created_at desc`
}

/** The newest result of each person by a scale made on or before a day: finished or in dispute, whether still in force or not. */
export async function newestResults(tx: Tx, elderIds: readonly string[], scaleId: string, at: string): Promise<Map<string, Assessment>> {
  const rows = elderIds.length === 0 ? [] : await tx.rows<Assessment>`
    select distinct on (elder_id) ${COLUMNS} from assessments.assessment
    where elder_id = any(${elderIds}::uuid[]) and scale_id = ${scaleId} and state in ('complete', 'disputed', 'superseded') and level_code is not null and assessed_on <= ${at}
    order by elder_id, assessed_on desc, completed_at desc`
  return new Map(rows.map((row) => [row.elderId, row]))
}

/** Standing now: superseded results do not count. */
export async function standingOf(tx: Tx, elderId: string, scaleId: string): Promise<Assessment | null> {
  const [row] = await tx.rows<Assessment>`select ${COLUMNS} from assessments.assessment where elder_id = ${elderId} and scale_id = ${scaleId} and state in ('complete', 'disputed') order by assessed_on desc, completed_at desc limit 1`
  return row ?? null
}

export async function openOf(tx: Tx, elderIds: readonly string[], scaleId: string): Promise<Map<string, string>> {
  const rows = elderIds.length === 0 ? [] : await tx.rows<{ id: string; elderId: string }>`select id, elder_id as "elderId" from assessments.assessment where elder_id = any(${elderIds}::uuid[]) and scale_id = ${scaleId} and state in ('draft', 'waitingSignatures')`
  return new Map(rows.map((row) => [row.elderId, row.id]))
}

export function openAnswers(tx: Tx, row: Assessment): Answers {
  return row.answersSealed === null ? {} : (JSON.parse(tx.secrets.openForCounty(row.county, row.answersSealed)) as Answers)
}

export function openResult(tx: Tx, row: Assessment): Complete | null {
  return row.resultSealed === null ? null : (JSON.parse(tx.secrets.openForCounty(row.county, row.resultSealed)) as Complete)
}

export interface NewAssessment {
  readonly elderId: string
  readonly region: string
  readonly scale: { readonly id: string; readonly version: string }
  readonly reason: Assessment['reason']
  readonly reasonText: string | null
  readonly plannedOn: string | null
  readonly where: string | null
  readonly issuer: string
  readonly required: number
  readonly recheckOf: string | null
  readonly repeat: boolean
}

export async function insertDraft(tx: Tx, draft: NewAssessment): Promise<string> {
  const id = tx.newId()
  const now = new Date(tx.nowMs)
  await tx.rows`
    insert into assessments.assessment (county, id, elder_id, own_elder_id, region, scale_id, scale_version, reason, reason_text, state, planned_on, place, issuer, required, recheck_of, repeat_in_validity, created_at, created_by, changed_at, changed_by)
    values (${countyOf(draft.region)}, ${id}, ${draft.elderId}, ${draft.elderId}, ${draft.region}, ${draft.scale.id}, ${draft.scale.version}, ${draft.reason}, ${draft.reasonText}, 'draft', ${draft.plannedOn}, ${draft.where}, ${draft.issuer}, ${draft.required}, ${draft.recheckOf}, ${draft.repeat}, ${now}, ${tx.actor.id}, ${now}, ${tx.actor.id})`
  return id
}

export interface Saving {
  readonly answers: Answers
  readonly changes: Readonly<Record<string, unknown>>
  readonly answersHash: string
  readonly required: number
  readonly answered: number
  readonly assessedOn: string
  readonly where: string | null
  readonly informantName: string | null
}

/** New answers and the trace of what they replaced. Signatures under the old ones stay and stop counting, so the form is open again. */
export async function saveDraft(tx: Tx, row: Assessment, saving: Saving): Promise<number> {
  const version = row.version + 1
  const now = new Date(tx.nowMs)
  const seal = (value: unknown): Buffer => tx.secrets.sealForCounty(row.county, JSON.stringify(value))
  await tx.rows`
    update assessments.assessment set answers_sealed = ${seal(saving.answers)}, answers_hash = ${saving.answersHash}, version = ${version}, required = ${saving.required}, answered = ${saving.answered},
      assessed_on = ${saving.assessedOn}, place = ${saving.where}, informant_name = ${saving.informantName}, changed_at = ${now}, changed_by = ${tx.actor.id}, state = ${row.answersHash === saving.answersHash ? row.state : 'draft'}
    where county = ${row.county} and id = ${row.id}`
  await tx.rows`
    insert into assessments.revision (county, id, elder_id, region, assessment_id, version, changes_sealed, items, answers_hash, at, by, by_name)
    values (${row.county}, ${tx.newId()}, ${row.elderId}, ${row.region}, ${row.id}, ${version}, ${seal(saving.changes)}, ${Object.keys(saving.changes)}::text[], ${saving.answersHash}, ${now}, ${tx.actor.id}, ${tx.actor.name})`
  return version
}

export interface SignatureRow {
  readonly role: 'assessor' | 'informant'
  readonly signerId: string | null
  readonly name: string
  readonly relation: string | null
  readonly answersHash: string
  readonly signedAt: number
  readonly markSealed: Buffer | null
  readonly seq: number
  readonly prev: string
  readonly hash: string
}

export async function signaturesOf(tx: Tx, assessmentId: string): Promise<SignatureRow[]> {
  return tx.rows<SignatureRow>`select role, signer_id as "signerId", signer_name as name, relation, answers_hash as "answersHash", signed_at as "signedAt", mark_sealed as "markSealed", seq, prev_hash as prev, hash from assessments.signature where assessment_id = ${assessmentId} order by seq`
}

export function openMark(tx: Tx, county: string, sealed: Buffer | null): Mark | null {
  return sealed === null ? null : (JSON.parse(tx.secrets.openForCounty(county, sealed)) as Mark)
}

export async function insertSignature(tx: Tx, row: Assessment, signature: Omit<SignatureRow, 'markSealed'> & { readonly mark: Mark | null }): Promise<void> {
  const sealed = signature.mark === null ? null : tx.secrets.sealForCounty(row.county, JSON.stringify(signature.mark))
  await tx.rows`
    insert into assessments.signature (county, id, elder_id, region, assessment_id, role, signer_id, signer_name, relation, answers_hash, signed_at, mark_sealed, witnessed_by, seq, prev_hash, hash)
    values (${row.county}, ${tx.newId()}, ${row.elderId}, ${row.region}, ${row.id}, ${signature.role}, ${signature.signerId}, ${signature.name}, ${signature.relation}, ${signature.answersHash}, ${new Date(signature.signedAt)}, ${sealed}, ${signature.role === 'informant' ? tx.actor.id : null}, ${signature.seq}, ${signature.prev}, ${signature.hash})`
  await tx.rows`update assessments.assessment set state = 'waitingSignatures', informant_name = coalesce(${signature.role === 'informant' ? signature.name : null}, informant_name), changed_at = ${new Date(tx.nowMs)}, changed_by = ${tx.actor.id} where county = ${row.county} and id = ${row.id}`
}

/** Writes the result; what it replaces stays readable as superseded. `latest` is false when a newer result already stands. */
export async function finish(tx: Tx, row: Assessment, outcome: Outcome, assessors: readonly string[], levelBefore: number | null, newerId: string | null): Promise<void> {
  const now = new Date(tx.nowMs)
  await tx.rows`
    update assessments.assessment set state = ${newerId === null ? 'complete' : 'superseded'}, replaced_by = ${newerId}, result_sealed = ${tx.secrets.sealForCounty(row.county, JSON.stringify(outcome.result))}, total = ${outcome.result.total}, level = ${outcome.result.finalLevel}, level_code = ${outcome.result.levelCode},
      level_before = ${levelBefore}, dimensions = ${JSON.stringify(outcome.dimensions)}::jsonb, valid_until = ${outcome.validUntil}, reassess_from = ${outcome.reassessFrom}, assessors = ${assessors}::text[], completed_at = ${now}, changed_at = ${now}, changed_by = ${tx.actor.id}
    where county = ${row.county} and id = ${row.id}`
}

export async function supersedeOlder(tx: Tx, row: Pick<Assessment, 'id' | 'elderId' | 'scaleId'>, assessedOn: string): Promise<void> {
  await tx.rows`
    update assessments.assessment set state = 'superseded', replaced_by = ${row.id}, changed_at = ${new Date(tx.nowMs)}
    where elder_id = ${row.elderId} and scale_id = ${row.scaleId} and state in ('complete', 'disputed') and id <> ${row.id} and assessed_on <= ${assessedOn}`
}

/** Results this one took the place of. */
export async function replacedBy(tx: Tx, id: string): Promise<{ id: string; disputedAt: number | null }[]> {
  return tx.rows`select id, disputed_at as "disputedAt" from assessments.assessment where replaced_by = ${id}`
}

export async function setDispute(tx: Tx, row: Assessment, from: string, reason: string): Promise<void> {
  await tx.rows`update assessments.assessment set state = 'disputed', disputed_at = ${new Date(tx.nowMs)}, disputed_by = ${tx.actor.id}, dispute_from = ${from}, dispute_reason = ${reason}, dispute_outcome = null, changed_at = ${new Date(tx.nowMs)}, changed_by = ${tx.actor.id} where county = ${row.county} and id = ${row.id}`
}

export async function endDispute(tx: Tx, row: Pick<Assessment, 'county' | 'id'>, outcome: 'confirmed' | 'changed' | 'withdrawn', state: State): Promise<void> {
  await tx.rows`update assessments.assessment set state = ${state}, dispute_outcome = ${outcome}, changed_at = ${new Date(tx.nowMs)}, changed_by = ${tx.actor.id} where county = ${row.county} and id = ${row.id}`
}

export async function setVoid(tx: Tx, row: Assessment, reason: string): Promise<void> {
  await tx.rows`update assessments.assessment set state = 'void', void_reason = ${reason}, changed_at = ${new Date(tx.nowMs)}, changed_by = ${tx.actor.id} where county = ${row.county} and id = ${row.id}`
}

export async function revisionsOf(tx: Tx, assessmentId: string): Promise<{ version: number; at: number; by: string; items: string[] }[]> {
  return tx.rows`select version, at, by_name as by, items from assessments.revision where assessment_id = ${assessmentId} order by version desc limit 200`
}

export interface Use {
  readonly id: string
  readonly elderId: string
  readonly assessmentId: string
  readonly purpose: (typeof PURPOSES)[number]
  readonly office: string
  readonly reference: string | null
  readonly usedOn: string
  readonly by: string
  readonly usedAt: number
}

export async function insertUse(tx: Tx, row: Assessment, use: Pick<Use, 'purpose' | 'office' | 'reference'>): Promise<void> {
  await tx.rows`
    insert into assessments.use (county, id, elder_id, region, assessment_id, purpose, office, reference, used_on, used_at, used_by, used_by_name)
    values (${row.county}, ${tx.newId()}, ${row.elderId}, ${row.region}, ${row.id}, ${use.purpose}, ${use.office}, ${use.reference}, ${tx.today}, ${new Date(tx.nowMs)}, ${tx.actor.id}, ${tx.actor.name})`
}

export const USE_COLUMNS = sql.raw(`id, elder_id as "elderId", assessment_id as "assessmentId", purpose, office, reference, used_on as "usedOn", used_by_name as by, used_at as "usedAt"`)

export async function usesOf(tx: Tx, assessmentId: string): Promise<Use[]> {
  return tx.rows<Use>`select ${USE_COLUMNS} from assessments.use where assessment_id = ${assessmentId} order by used_at desc limit 200`
}

export interface Trigger {
  readonly code: string
  readonly day: string
}

export async function triggersOf(tx: Tx, elderId: string): Promise<Trigger[]> {
  return tx.rows<Trigger>`select code, day from assessments.trigger where elder_id = ${elderId} order by day`
}

export async function insertTriggers(tx: Tx, rows: readonly { elderId: string; region: string; code: string; day: string }[]): Promise<void> {
  if (rows.length === 0) return
  const data = rows.map((row) => ({ county: countyOf(row.region), elder_id: row.elderId, region: row.region, code: row.code, day: row.day }))
  await tx.rows`insert into assessments.trigger (county, elder_id, region, code, day, recorded_at) select county, elder_id, region, code, day, ${new Date(tx.nowMs)} from jsonb_to_recordset(${JSON.stringify(data)}::jsonb) as r(county text, elder_id uuid, region text, code text, day date) on conflict do nothing`
}

/** Results that arrive finished: from paper one by one, and by the thousand for imports and the demo. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { assess, progress, type Answers, type ScaleDefinition } from '@songbai/scale'
import { sm3 } from '@songbai/seal/node'
import type { Assessment } from './store.ts'
import type { Person } from './store-people.ts'
import { factsOf, hashAnswers, nextSignatureHash, outcomeOf, type ResultFact } from './rules.ts'
import { scaleOf } from './store-scales.ts'

export interface Paper {
  readonly elder: Person
  readonly scale: ScaleDefinition
  readonly level: number
  readonly levelCode: string
  readonly total: number | null
  readonly assessedOn: string
  readonly span: { readonly validUntil: string; readonly reassessFrom: string }
  readonly issuer: string
  readonly assessors: readonly string[]
  readonly documentNo: string | null
  readonly newer: string | null
  readonly levelBefore: number | null
}

export async function insertPaper(tx: Tx, paper: Paper): Promise<string> {
  const id = tx.newId()
  const now = new Date(tx.nowMs)
  await tx.rows`
    insert into assessments.assessment (county, id, elder_id, own_elder_id, region, scale_id, scale_version, reason, state, assessed_on, total, level, level_code, level_before, valid_until, reassess_from, issuer, assessors, document_no, replaced_by, created_at, created_by, changed_at, changed_by, completed_at)
    values (${countyOf(paper.elder.region)}, ${id}, ${paper.elder.id}, ${paper.elder.id}, ${paper.elder.region}, ${paper.scale.id}, ${paper.scale.version}, 'recorded', ${paper.newer === null ? 'complete' : 'superseded'}, ${paper.assessedOn}, ${paper.total}, ${paper.level}, ${paper.levelCode}, ${paper.levelBefore},
      ${paper.span.validUntil}, ${paper.span.reassessFrom}, ${paper.issuer}, ${paper.assessors}::text[], ${paper.documentNo}, ${paper.newer}, ${now}, ${tx.actor.id}, ${now}, ${tx.actor.id}, ${now})`
  return id
}

/** A finished assessment as a demo or an import knows it. Answers are summed here; a level is never taken from outside. */
export interface PreparedAssessment {
  readonly elderId: string
  readonly region: string
  readonly scaleId: string
  readonly answers: Answers
  readonly assessedOn: string
  readonly reason: Exclude<Assessment['reason'], 'recorded'>
  readonly issuer: string
  /** At least as many as the scale asks for; `id` null for somebody without an account. */
  readonly assessors: readonly { readonly id: string | null; readonly name: string }[]
  readonly informantName: string
}

interface Built {
  readonly row: Record<string, unknown>
  readonly signatures: readonly Record<string, unknown>[]
  readonly facts: readonly ResultFact[]
  readonly elderId: string
  readonly assessedOn: string
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

function build(tx: Tx, prepared: PreparedAssessment, latest: { readonly id: string } | null, before: number | null, id: string): Built & { readonly level: number } {
  const scale = scaleOf(prepared.scaleId)
  const result = assess(scale, prepared.answers, { purpose: 'read' })
  if (result.status !== 'complete') throw new Error(`insertAssessments: the answers for ${prepared.elderId} give no level (${result.status})`)
  const answersHash = hashAnswers(scale, prepared.answers, sm3)
  const outcome = outcomeOf(scale, result, prepared.assessedOn)
  const county = countyOf(prepared.region)
  const { required } = progress(scale, prepared.answers)
  const seal = (value: unknown): string => hex(tx.secrets.sealForCounty(county, JSON.stringify(value)))
  const row = {
    county, id, elder_id: prepared.elderId, region: prepared.region, scale_id: scale.id, scale_version: scale.version, reason: prepared.reason, state: latest === null ? 'complete' : 'superseded', assessed_on: prepared.assessedOn, answers_sealed: seal(prepared.answers), answers_hash: answersHash,
    required, informant_name: prepared.informantName, result_sealed: seal(result), total: result.total, level: result.finalLevel, level_code: result.levelCode, level_before: before, dimensions: outcome.dimensions, valid_until: outcome.validUntil, reassess_from: outcome.reassessFrom,
    issuer: prepared.issuer, assessors: prepared.assessors.map((one) => one.name), replaced_by: latest?.id ?? null, at: signedAt(prepared.assessedOn).toISOString(),
  }
  return { row, signatures: signaturesFor(tx, prepared, county, id, answersHash), facts: factsOf(scale, result.levelCode, prepared.assessedOn, prepared.answers), elderId: prepared.elderId, assessedOn: prepared.assessedOn, level: result.finalLevel }
}

/** Noon in China on the day of the assessment: the hour was not written down. */
function signedAt(day: string): Date {
  return new Date(`${day}T04:00:00Z`)
}

function signaturesFor(tx: Tx, prepared: PreparedAssessment, county: string, assessmentId: string, answersHash: string): Record<string, unknown>[] {
  const signers = [...prepared.assessors.map((one) => ({ role: 'assessor' as const, id: one.id, name: one.name })), { role: 'informant' as const, id: null, name: prepared.informantName }]
  let previous: string | null = null
  return signers.map((signer, at) => {
    const content = { assessmentId, seq: at + 1, role: signer.role, signerId: signer.id, name: signer.name, answersHash, signedAtMs: signedAt(prepared.assessedOn).getTime() }
    const link: { prev: string; hash: string } = nextSignatureHash(previous, content, sm3)
    previous = link.hash
    const relation = prepared.answers['A.informant']
    return { county, id: tx.newId(), elder_id: prepared.elderId, region: prepared.region, assessment_id: assessmentId, role: signer.role, signer_id: signer.id, signer_name: signer.name, relation: signer.role === 'informant' && typeof relation === 'string' ? relation : null, answers_hash: answersHash, signed_at: signedAt(prepared.assessedOn).toISOString(), seq: at + 1, prev_hash: link.prev, hash: link.hash }
  })
}

export interface BuiltMany {
  readonly ids: readonly string[]
  readonly built: readonly Built[]
  /** Of every result, oldest first. */
  readonly facts: readonly (ResultFact & { readonly elderId: string; readonly assessedOn: string; readonly issuer: string; readonly id: string })[]
}

/** Sums and signs finished assessments of people who have none yet by that scale; several of one person become a history. Stores nothing. */
export function buildMany(tx: Tx, prepared: readonly PreparedAssessment[]): BuiltMany {
  const ids = prepared.map(() => tx.newId())
  const order = prepared.map((one, at) => ({ one, at })).sort((a, b) => (a.one.assessedOn < b.one.assessedOn ? -1 : a.one.assessedOn > b.one.assessedOn ? 1 : 0))
  const key = (one: PreparedAssessment): string => `${one.elderId} ${one.scaleId}`
  const newest = new Map(order.map(({ one, at }) => [key(one), at]))
  const levels = new Map<string, number>()
  const built: Built[] = []
  const facts: (ResultFact & { elderId: string; assessedOn: string; issuer: string; id: string })[] = []
  for (const { one, at } of order) {
    const last = newest.get(key(one))!
    const made = build(tx, one, last === at ? null : { id: ids[last]! }, levels.get(key(one)) ?? null, ids[at]!)
    levels.set(key(one), made.level)
    built.push(made)
    facts.push(...made.facts.map((fact) => ({ ...fact, elderId: one.elderId, assessedOn: one.assessedOn, issuer: one.issuer, id: ids[at]! })))
  }
  return { ids, built, facts }
}

const PIECE = 2000

export async function insertBuilt(tx: Tx, built: readonly Built[], batchId: string | null): Promise<void> {
  const now = new Date(tx.nowMs)
  for (let from = 0; from < built.length; from += PIECE) {
    const piece = built.slice(from, from + PIECE)
    await tx.rows`
      insert into assessments.assessment (county, id, elder_id, own_elder_id, region, scale_id, scale_version, reason, state, assessed_on, answers_sealed, answers_hash, version, required, answered, informant_name, result_sealed, total, level, level_code, level_before, dimensions, valid_until, reassess_from, issuer, assessors, replaced_by, batch_id, created_at, created_by, changed_at, changed_by, completed_at)
      select county, id, elder_id, elder_id, region, scale_id, scale_version, reason, state, assessed_on, answers_sealed::bytea, answers_hash, 1, required, required, informant_name, result_sealed::bytea, total, level, level_code, level_before, dimensions, valid_until, reassess_from, issuer, array(select jsonb_array_elements_text(assessors)), replaced_by, ${batchId}::uuid, ${now}, ${tx.actor.id}, at, ${tx.actor.id}, at
      from jsonb_to_recordset(${JSON.stringify(piece.map((one) => one.row))}::jsonb) as r(county text, id uuid, elder_id uuid, region text, scale_id text, scale_version text, reason text, state text, assessed_on date, answers_sealed text, answers_hash text, required int, informant_name text, result_sealed text, total int, level int, level_code text, level_before int, dimensions jsonb, valid_until date, reassess_from date, issuer text, assessors jsonb, replaced_by uuid, at timestamptz)`
    await tx.rows`
      insert into assessments.signature (county, id, elder_id, region, assessment_id, role, signer_id, signer_name, relation, answers_hash, signed_at, seq, prev_hash, hash)
      select * from jsonb_to_recordset(${JSON.stringify(piece.flatMap((one) => one.signatures))}::jsonb) as r(county text, id uuid, elder_id uuid, region text, assessment_id uuid, role text, signer_id uuid, signer_name text, relation text, answers_hash text, signed_at timestamptz, seq int, prev_hash text, hash text)`
  }
}


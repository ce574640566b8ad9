/** Signing, and what follows when the last signature stands: result, facts, the end of a dispute, the event. */
import { isRefused, refuse, type Does, type Tx } from '@songbai/platform/tx'
import { settleDispute, type Answers, type ScaleDefinition, type Signature } from '@songbai/scale'
import { sm3 } from '@songbai/seal/node'
import { isOpen } from './actions.ts'
import { AssessmentSigned, type sign } from './contract.ts'
import { decideSignature, factsOf, nextSignatureHash, outcomeOf, type Complete } from './rules.ts'
import { personOf, tellFacts } from './store-people.ts'
import { scaleOf } from './store-scales.ts'
import { assessmentBy, endDispute, finish, insertSignature, openAnswers, openResult, signaturesOf, standingOf, supersedeOlder, type Assessment, type SignatureRow } from './store.ts'

/** The informant has no account; within one assessment there is one. */
const INFORMANT = 'informant'

export function asSignatures(rows: readonly SignatureRow[]): Signature[] {
  return rows.map((row) => ({ role: row.role, personId: row.signerId ?? INFORMANT, answersHash: row.answersHash }))
}

export const doSign: Does<typeof sign> = async (tx, input) => {
  const row = await assessmentBy(tx, input.id, true)
  if (!row) return refuse('assessments.not-found')
  if (!isOpen(row)) return refuse('assessments.not-open')
  const scale = scaleOf(row.scaleId)
  const answers = openAnswers(tx, row)
  const rows = await signaturesOf(tx, row.id)
  const informant = input.role === 'informant'
  const name = informant ? (input.informantName ?? row.informantName ?? '') : tx.actor.name
  const decided = decideSignature(scale, answers, row.answersHash, { role: input.role, personId: informant ? INFORMANT : tx.actor.id, answersHash: input.answersHash, hasMark: input.mark !== undefined, name }, asSignatures(rows), await disputedAssessors(tx, row))
  if (isRefused(decided)) return decided
  const content = { assessmentId: row.id, seq: rows.length + 1, role: input.role, signerId: informant ? null : tx.actor.id, name, answersHash: input.answersHash, signedAtMs: tx.nowMs }
  const link = nextSignatureHash(rows.at(-1)?.hash ?? null, content, sm3)
  await insertSignature(tx, row, { role: input.role, signerId: content.signerId, name, relation: informant ? relationOf(answers) : null, answersHash: input.answersHash, signedAt: tx.nowMs, mark: input.mark ?? null, seq: content.seq, prev: link.prev, hash: link.hash })
  tx.note({ subjectId: row.elderId, region: row.region, what: informant ? 'informantSigned' : 'signed' })
  const { missing, status } = decided.state
  if (status !== 'complete') return { state: 'waitingSignatures', assessorsMissing: missing.assessors, informantMissing: missing.informant, levelCode: null }
  const names = [...rows.filter((one) => one.role === 'assessor' && one.answersHash === row.answersHash).map((one) => one.name), ...(informant ? [] : [name])]
  const state = await conclude(tx, row, scale, answers, decided.result, names)
  return { state, assessorsMissing: 0, informantMissing: false, levelCode: decided.result.levelCode }
}

function relationOf(answers: Answers): string | null {
  const relation = answers['A.informant']
  return typeof relation === 'string' ? relation : null
}

async function disputedAssessors(tx: Tx, row: Assessment): Promise<string[]> {
  if (row.recheckOf === null) return []
  return (await signaturesOf(tx, row.recheckOf)).flatMap((one) => (one.role === 'assessor' && one.signerId !== null ? [one.signerId] : []))
}

async function conclude(tx: Tx, row: Assessment, scale: ScaleDefinition, answers: Answers, result: Complete, assessors: readonly string[]): Promise<'complete' | 'superseded'> {
  const assessedOn = row.assessedOn ?? tx.today
  const standing = await standingOf(tx, row.elderId, row.scaleId)
  // Somebody else's later assessment may have been signed while this one lay open.
  const newer = standing !== null && standing.assessedOn! > assessedOn ? standing.id : null
  await finish(tx, row, outcomeOf(scale, result, assessedOn), assessors, newer === null ? (standing?.level ?? null) : null, newer)
  if (newer !== null) return 'superseded'
  await settleBy(tx, row, scale, answers, result)
  await supersedeOlder(tx, row, assessedOn)
  const elder = await personOf(tx, row.elderId)
  if (elder) await tellFacts(tx, elder, factsOf(scale, result.levelCode, assessedOn, answers), assessedOn, row.id, row.issuer)
  tx.emit(AssessmentSigned, { assessmentId: row.id, elderId: row.elderId, scaleId: row.scaleId, levelCode: result.levelCode, levelBefore: standing?.levelCode ?? null }, row.region)
  return 'complete'
}

/** What the re-check says of the disputed result, which it then replaces like any older one. A disputed paper result has a level only. */
async function settleBy(tx: Tx, row: Assessment, scale: ScaleDefinition, answers: Answers, result: Complete): Promise<void> {
  const disputed = row.recheckOf === null ? null : await assessmentBy(tx, row.recheckOf, true)
  if (disputed?.state !== 'disputed') return
  const before = openResult(tx, disputed)
  if (before === null) return endDispute(tx, disputed, disputed.levelCode === result.levelCode ? 'confirmed' : 'changed', 'disputed')
  const settled = settleDispute(scale, { scale, answers: openAnswers(tx, disputed), result: before }, { scale, answers, result })
  if ('problem' in settled) throw new Error(`re-check by another scale: ${settled.problem.code}`)
  await endDispute(tx, disputed, settled.outcome, 'disputed')
}

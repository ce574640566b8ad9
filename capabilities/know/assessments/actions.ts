/** Making an assessment: start, answers, cancelling, paper results, other offices' use. */
import { isRefused, refuse, type Does } from '@songbai/platform/tx'
import { assess, askedItems, progress, type ScaleDefinition, type StandingResult } from '@songbai/scale'
import { sm3 } from '@songbai/seal/node'
import { AssessmentSigned, ResultDisputed, type cancel, type dispute, type recognise, type recordOld, type saveAnswers, type settle, type start } from './contract.ts'
import { decideStart, decideUse, factsOf, hashAnswers, mergeAnswers, paperFault, validitySpan } from './rules.ts'
import { insertPaper } from './store-bulk.ts'
import { personOf, placeOfActor, tellFacts } from './store-people.ts'
import { scaleOf, scales } from './store-scales.ts'
import { assessmentBy, endDispute, insertDraft, insertUse, openAnswers, openOf, saveDraft, setDispute, setVoid, standingOf, supersedeOlder, type Assessment } from './store.ts'

export function isOpen(row: Assessment): boolean {
  return row.state === 'draft' || row.state === 'waitingSignatures'
}

/** The engine's view of a stored result. */
export function asStanding(row: Assessment | null): StandingResult | null {
  if (!row?.assessedOn) return null
  return { scale: scaleOf(row.scaleId), assessedOn: row.assessedOn, issuer: row.issuer, inDispute: row.state === 'disputed' }
}

export const doStart: Does<typeof start> = async (tx, input) => {
  const elder = await personOf(tx, input.elderId)
  if (!elder) return refuse('assessments.elder-not-found')
  if (elder.status !== 'active') return refuse('assessments.elder-not-active', { name: elder.name })
  const scale = scales().get(input.scaleId)
  if (!scale) return refuse('assessments.scale-unknown', { scale: input.scaleId })
  if (input.plannedOn !== undefined && input.plannedOn < tx.today) return refuse('assessments.planned-past', { day: input.plannedOn })
  const open = (await openOf(tx, [elder.id], scale.id)).get(elder.id)
  if (open) return refuse('assessments.already-open', { name: elder.name })
  const standing = await standingOf(tx, elder.id, scale.id)
  const decided = decideStart(scale, { reason: input.reason, reasonText: input.reasonText, on: input.plannedOn ?? tx.today }, asStanding(standing))
  if (isRefused(decided)) return decided
  const issuer = input.issuer ?? (await placeOfActor(tx))
  const id = await insertDraft(tx, {
    elderId: elder.id, region: elder.region, scale, reason: input.reason, reasonText: input.reasonText ?? null, plannedOn: input.plannedOn ?? null, where: input.place ?? null, issuer,
    required: progress(scale, {}).required, recheckOf: input.reason === 'recheck' ? standing!.id : null, repeat: decided.repeat,
  })
  tx.note({ subjectId: elder.id, region: elder.region, what: 'assessment', ...(input.reasonText ? { purpose: input.reasonText } : {}) })
  return { id }
}

export const doSaveAnswers: Does<typeof saveAnswers> = async (tx, input) => {
  const row = await assessmentBy(tx, input.id, true)
  if (!row) return refuse('assessments.not-found')
  if (!isOpen(row)) return refuse('assessments.not-open')
  if (row.version !== input.version) return refuse('assessments.version-changed', { version: row.version })
  if (input.assessedOn !== undefined && input.assessedOn > tx.today) return refuse('assessments.assessed-in-future', { day: input.assessedOn })
  const scale = scaleOf(row.scaleId)
  const merged = mergeAnswers(scale, openAnswers(tx, row), input.answers)
  if (isRefused(merged)) return merged
  const answersHash = hashAnswers(scale, merged.answers, sm3)
  const { required, answered, refused } = progress(scale, merged.answers)
  const version = await saveDraft(tx, row, { answers: merged.answers, changes: merged.changes, answersHash, required, answered: answered + refused, assessedOn: input.assessedOn ?? row.assessedOn ?? tx.today, where: input.place ?? row.where, informantName: input.informantName ?? row.informantName })
  tx.note({ subjectId: row.elderId, region: row.region, what: 'answers' })
  return { version, required, answered: answered + refused, refusedItems: refusedItems(scale, merged.answers), answersHash, alerts: alertsOf(scale, merged.answers) }
}

function refusedItems(scale: ScaleDefinition, answers: Parameters<typeof assess>[1]): string[] {
  return askedItems(scale, answers).filter((item) => typeof answers[item.code] === 'object' && !Array.isArray(answers[item.code])).map((item) => item.code)
}

function alertsOf(scale: ScaleDefinition, answers: Parameters<typeof assess>[1]): { id: string; label: { zh: string; en: string } }[] {
  const result = assess(scale, answers)
  return result.status === 'problems' ? [] : result.alerts
}

export const doCancel: Does<typeof cancel> = async (tx, input) => {
  const row = await assessmentBy(tx, input.id, true)
  if (!row) return refuse('assessments.not-found')
  if (!isOpen(row)) return refuse('assessments.not-open')
  await setVoid(tx, row, input.reason)
  tx.note({ subjectId: row.elderId, region: row.region, what: 'cancelledAssessment', purpose: input.reason })
  return {}
}

export const doDispute: Does<typeof dispute> = async (tx, input) => {
  const row = await assessmentBy(tx, input.id, true)
  if (!row) return refuse('assessments.not-found')
  if (row.state === 'disputed') return refuse('assessments.disputed-already')
  if (row.state !== 'complete' || scaleOf(row.scaleId).retired) return refuse('assessments.not-a-result')
  await setDispute(tx, row, input.from, input.reason)
  tx.note({ subjectId: row.elderId, region: row.region, what: 'dispute' })
  tx.emit(ResultDisputed, { assessmentId: row.id, elderId: row.elderId }, row.region)
  return {}
}

/** Only a withdrawal ends a dispute by hand; otherwise the re-check does, when it is signed. */
export const doSettle: Does<typeof settle> = async (tx, input) => {
  const row = await assessmentBy(tx, input.id, true)
  if (!row) return refuse('assessments.not-found')
  if (row.state !== 'disputed') return refuse('assessments.no-dispute')
  if ((await openOf(tx, [row.elderId], row.scaleId)).has(row.elderId)) return refuse('assessments.recheck-open')
  await endDispute(tx, row, 'withdrawn', 'complete')
  tx.note({ subjectId: row.elderId, region: row.region, what: 'disputeWithdrawn', purpose: input.reason })
  return {}
}

export const doRecordOld: Does<typeof recordOld> = async (tx, input) => {
  const elder = await personOf(tx, input.elderId)
  if (!elder) return refuse('assessments.elder-not-found')
  const scale = scales().get(input.scaleId)
  if (!scale) return refuse('assessments.scale-unknown', { scale: input.scaleId })
  if (input.assessedOn > tx.today) return refuse('assessments.assessed-in-future', { day: input.assessedOn })
  const fault = paperFault(scale, input.levelCode, input.total)
  if (fault) return refuse(fault, { level: input.levelCode, total: input.total ?? '' })
  const standing = await standingOf(tx, elder.id, scale.id)
  if (standing?.assessedOn === input.assessedOn) return refuse('assessments.recorded-already', { day: input.assessedOn })
  const span = validitySpan(scale, input.assessedOn)
  const newer = standing !== null && standing.assessedOn! > input.assessedOn ? standing.id : null
  const id = await insertPaper(tx, { elder, scale, level: scale.levels.find((one) => one.code === input.levelCode)!.level, levelCode: input.levelCode, total: input.total ?? null, assessedOn: input.assessedOn, span, issuer: input.issuer, assessors: input.assessors, documentNo: input.documentNo ?? null, newer, levelBefore: newer === null ? (standing?.level ?? null) : null })
  if (newer === null) await supersedeOlder(tx, { id, elderId: elder.id, scaleId: scale.id }, input.assessedOn)
  tx.note({ subjectId: elder.id, region: elder.region, what: 'paperAssessment' })
  const usable = !scale.retired && newer === null && span.validUntil >= tx.today
  if (!scale.retired && newer === null) {
    await tellFacts(tx, elder, factsOf(scale, input.levelCode, input.assessedOn, null), input.assessedOn, id, input.issuer)
    tx.emit(AssessmentSigned, { assessmentId: id, elderId: elder.id, scaleId: scale.id, levelCode: input.levelCode, levelBefore: standing?.levelCode ?? null }, elder.region)
  }
  return { id, usable, validUntil: span.validUntil }
}

export const doRecognise: Does<typeof recognise> = async (tx, input) => {
  const elder = await personOf(tx, input.elderId)
  if (!elder) return refuse('assessments.elder-not-found')
  const scale = scales().get(input.scaleId)
  if (!scale) return refuse('assessments.scale-unknown', { scale: input.scaleId })
  const row = await standingOf(tx, elder.id, scale.id)
  const decided = decideUse(scale, asStanding(row), tx.today)
  if (isRefused(decided)) return decided
  await insertUse(tx, row!, { purpose: input.purpose, office: input.office, reference: input.reference ?? null })
  tx.note({ subjectId: elder.id, region: elder.region, what: 'resultUsed', purpose: `${input.office} ${input.reference ?? ''}`.trim() })
  return { assessmentId: row!.id, levelCode: row!.levelCode!, validUntil: decided.validUntil, issuer: row!.issuer }
}

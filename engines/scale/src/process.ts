/** Who signed, how long a result holds, when a new one is due. Days come as arguments. */
import { addDays, addMonths } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import type { Answers, ScaleDefinition } from './types.ts'

export type ProcessProblemCode =
  | 'signed_other_answers' | 'same_assessor_twice' | 'validity_too_long' | 'validity_too_short'
  | 'valid_result_exists' | 'reason_text_missing' | 'other_scale' | 'retired_scale' | 'not_yet_valid' | 'expired' | 'in_dispute'
  | 'assessor_of_disputed_result' | 'too_few_assessors'

export interface ProcessProblem { code: ProcessProblemCode; args: Record<string, string | number> }

/** One text for the same answers whatever the order of keys or of ticked options: what is hashed and signed ([P1]). */
export function canonicalAnswers(scale: Pick<ScaleDefinition, 'id' | 'version'>, answers: Answers): string {
  const entries = Object.keys(answers).sort().map(code => {
    const answer = answers[code]
    if (Array.isArray(answer)) return [code, [...answer].sort()]
    if (typeof answer === 'object') return [code, { reason: answer.reason, refused: true }]
    return [code, answer]
  })
  return JSON.stringify([scale.id, scale.version, entries])
}

export interface Signature { role: 'assessor' | 'informant'; personId: string; answersHash: string }

export interface SignatureState {
  status: 'complete' | 'waiting'
  missing: { assessors: number; informant: boolean }
  problems: ProcessProblem[]
}

/** [P1] signatures under other answers do not count; [P2] so many different assessors; [P3] the informant, where the scale asks for one. */
export function signatureState(scale: ScaleDefinition, answersHash: string, signatures: Signature[]): SignatureState {
  const problems: ProcessProblem[] = []
  const assessors = new Set<string>()
  let informant = false
  for (const { role, personId, answersHash: signed } of signatures) {
    if (signed !== answersHash) problems.push({ code: 'signed_other_answers', args: { person: personId, role } })
    else if (role === 'informant') informant = true
    else if (assessors.has(personId)) problems.push({ code: 'same_assessor_twice', args: { person: personId } })
    else assessors.add(personId)
  }
  const missing = {
    assessors: Math.max(0, scale.signatures.assessors - assessors.size),
    informant: scale.signatures.informant && !informant,
  }
  return { status: missing.assessors === 0 && !missing.informant ? 'complete' : 'waiting', missing, problems }
}

export interface ValidityParams {
  /** Calendar months a result holds; default from the scale. Local rule. */
  months?: number
  /** Days before the end from which a routine reassessment may be made; default 30, a product choice (sample). */
  leadDays?: number
}

export interface Validity { validUntil: Day; reassessFrom: Day }

/** [P4] Valid through the day before the same day `months` later. [P5] Longer than the scale's maximum is refused, never cut. */
export function validity(assessedOn: Day, scale: ScaleDefinition, params: ValidityParams = {}): Validity | { problem: ProcessProblem } {
  const months = params.months ?? scale.validity.months
  const { maxMonths } = scale.validity
  if (!Number.isInteger(months) || months < 1) return { problem: { code: 'validity_too_short', args: { months } } }
  if (maxMonths !== undefined && months > maxMonths) return { problem: { code: 'validity_too_long', args: { months, maxMonths } } }
  const validUntil = addDays(addMonths(assessedOn, months), -1)
  const lead = addDays(validUntil, 1 - (params.leadDays ?? 30))
  return { validUntil, reassessFrom: lead > assessedOn ? lead : addDays(assessedOn, 1) }
}

/** What may have changed an elder's ability; the list is ours, drawn from the change rules and local practice. */
export const REASSESSMENT_EVENTS = ['hospital_stay', 'fall', 'care_risk_events', 'new_diagnosis', 'consciousness_regained', 'status_change', 'family_request'] as const
export type ReassessmentEvent = (typeof REASSESSMENT_EVENTS)[number]

export type ReassessmentReason = { code: 'retired_scale' | 'expired' | 'routine_due'; day: Day } | { code: ReassessmentEvent; day: Day }

export interface ReassessmentQuestion {
  scale: ScaleDefinition
  assessedOn: Day
  /** The day the question is asked for. */
  on: Day
  events?: { code: ReassessmentEvent; day: Day }[]
  params?: ValidityParams
}

/** [P6] Every reason that holds on the day, the scale's own first; events count from the day of the assessment on, not before it and not from the future. */
export function needsReassessment(question: ReassessmentQuestion): { needed: boolean; reasons: ReassessmentReason[] } | { problem: ProcessProblem } {
  const { scale, assessedOn, on } = question
  const span = validity(assessedOn, scale, question.params)
  if ('problem' in span) return span
  const reasons: ReassessmentReason[] = []
  if (scale.retired) reasons.push({ code: 'retired_scale', day: on })
  if (on > span.validUntil) reasons.push({ code: 'expired', day: addDays(span.validUntil, 1) })
  else if (on >= span.reassessFrom) reasons.push({ code: 'routine_due', day: span.reassessFrom })
  for (const event of question.events ?? []) {
    if (event.day >= assessedOn && event.day <= on) reasons.push({ code: event.code, day: event.day })
  }
  return { needed: reasons.length > 0, reasons }
}

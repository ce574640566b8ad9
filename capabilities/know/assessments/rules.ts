/** What may be started, saved, signed, and what a signed assessment gives. Pure; the numbers stand in test names. */
import { birthdayReaching, type Day } from '@songbai/calendar'
import { refuse, type Refused } from '@songbai/platform/action'
import { askedItems, assess, canonicalAnswers, checkAnswer, mayAssessAgain, recheckAssessors, recognise, signatureState, validity, type Answers, type AssessmentResult, type ScaleDefinition, type Signature, type SignatureState, type StandingResult } from '@songbai/scale'
import { canonicalBytes, chainNext, chainStart, type Hash } from '@songbai/seal'
import { NATIONAL_SCALE, type AnswersSent, type START_REASONS } from './contract.ts'

export type Complete = Extract<AssessmentResult, { status: 'complete' }>
export type StartReason = (typeof START_REASONS)[number]

export interface Asking {
  readonly reason: StartReason
  readonly reasonText?: string | undefined
  readonly on: Day
}

/** [A1] A result in force refuses a second assessment and says who issued it and until when; a change of state, a doubt or another written reason lifts that. `repeat` is true for such an exception. */
export function decideStart(scale: ScaleDefinition, asking: Asking, standing: StandingResult | null): { readonly repeat: boolean } | Refused<'assessments.scale-retired' | 'assessments.no-dispute' | 'assessments.valid-result' | 'assessments.reason-missing'> {
  if (scale.retired) return refuse('assessments.scale-retired', { zh: scale.title.zh, en: scale.title.en })
  // A re-check answers a dispute; without one it would be a way round the rule.
  if (asking.reason === 'recheck' && !standing?.inDispute) return refuse('assessments.no-dispute')
  const ask = { wanted: scale, on: asking.on, reason: asking.reason, ...(asking.reasonText ? { reasonText: asking.reasonText } : {}) }
  const permission = mayAssessAgain(ask, standing ?? undefined)
  if (permission.allowed) return { repeat: permission.because === 'immediate' || permission.because === 'other' }
  if (permission.problem.code === 'reason_text_missing') return refuse('assessments.reason-missing')
  const { validUntil, reassessFrom, issuer } = permission.problem.args
  return refuse('assessments.valid-result', { validUntil: String(validUntil), reassessFrom: String(reassessFrom), issuer: String(issuer) })
}

export interface Merged {
  readonly answers: Answers
  /** Item → what it was and is; empty when nothing changed. */
  readonly changes: Readonly<Record<string, { readonly from: Answers[string] | null; readonly to: Answers[string] | null }>>
}

/** [A2] An answer that does not fit its item is refused by name and nothing of the parcel is kept; an answer left under a skip is dropped with a trace. */
export function mergeAnswers(scale: ScaleDefinition, before: Answers, patch: Readonly<Record<string, AnswersSent[string] | null>>): Merged | Refused<'assessments.bad-answer'> {
  const answers: Answers = { ...before }
  for (const [code, value] of Object.entries(patch)) {
    const item = scale.items.find((one) => one.code === code)
    const bad = item ? (value === null ? undefined : checkAnswer(scale, item, value)) : { code: 'unknown_item' }
    if (bad) return refuse('assessments.bad-answer', { item: code, zh: item?.label.zh ?? code, en: item?.label.en ?? code, problem: bad.code })
    if (value === null) delete answers[code]
    else answers[code] = value
  }
  const asked = new Set(askedItems(scale, answers).map((item) => item.code))
  for (const code of Object.keys(answers)) if (!asked.has(code)) delete answers[code]
  return { answers, changes: changesOf(before, answers) }
}

function changesOf(before: Answers, after: Answers): Merged['changes'] {
  const changes: Record<string, { from: Answers[string] | null; to: Answers[string] | null }> = {}
  for (const code of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[code]) !== JSON.stringify(after[code])) changes[code] = { from: before[code] ?? null, to: after[code] ?? null }
  }
  return changes
}

const text = new TextEncoder()

/** [A3] What is signed: the hash of the canonical answers of this scale and version. */
export function hashAnswers(scale: Pick<ScaleDefinition, 'id' | 'version'>, answers: Answers, hash: Hash): string {
  return Array.from(hash.digest(text.encode(canonicalAnswers(scale, answers))), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export interface Signed extends Signature {
  readonly name: string
  readonly signedAt: number
  readonly seq: number
  readonly prevHash: string
  readonly hash: string
}

export interface Signing {
  readonly role: 'assessor' | 'informant'
  readonly personId: string
  readonly answersHash: string
  readonly hasMark: boolean
  readonly name: string
}

/** [A4] Nobody signs an open, contradictory or refused form, other answers than those shown, or twice; who made a disputed result does not check it. */
export function decideSignature(scale: ScaleDefinition, answers: Answers, currentHash: string | null, signing: Signing, signed: readonly Signature[], disputedAssessors: readonly string[]):
  { readonly result: Complete; readonly state: SignatureState } | Refused<'assessments.answers-changed' | 'assessments.not-complete' | 'assessments.refused-items' | 'assessments.contradiction' | 'assessments.signed-already' | 'assessments.informant-mark' | 'assessments.assessor-of-disputed'> {
  if (signing.answersHash !== currentHash) return refuse('assessments.answers-changed')
  const result = assess(scale, answers)
  if (result.status === 'problems') return refuse('assessments.contradiction', contradictionWords(result))
  if (result.status === 'incomplete') return result.missing.length > 0 ? refuse('assessments.not-complete', { n: result.missing.length }) : refuse('assessments.refused-items', { n: result.refused.length })
  const counting = signed.filter((one) => one.answersHash === currentHash)
  if (signing.role === 'informant') {
    if (!signing.hasMark || !signing.name) return refuse('assessments.informant-mark')
    if (counting.some((one) => one.role === 'informant')) return refuse('assessments.signed-already', { name: signing.name })
  } else {
    if (counting.some((one) => one.role === 'assessor' && one.personId === signing.personId)) return refuse('assessments.signed-already', { name: signing.name })
    if (recheckAssessors(scale, [...disputedAssessors], [signing.personId]).some((problem) => problem.code === 'assessor_of_disputed_result')) return refuse('assessments.assessor-of-disputed', { name: signing.name })
  }
  return { result, state: signatureState(scale, currentHash, [...counting, { role: signing.role, personId: signing.personId, answersHash: currentHash }]) }
}

function contradictionWords(result: Extract<AssessmentResult, { status: 'problems' }>): { zh: string; en: string } {
  const args = result.problems[0]?.args
  return { zh: String(args?.['zh'] ?? args?.['item'] ?? ''), en: String(args?.['en'] ?? args?.['item'] ?? '') }
}

export interface SignatureContent {
  readonly assessmentId: string
  readonly seq: number
  readonly role: 'assessor' | 'informant'
  readonly signerId: string | null
  readonly name: string
  readonly answersHash: string
  readonly signedAtMs: number
}

/** [A5] Signatures of one assessment form a chain of their own: none can be taken out, changed or moved to another assessment unseen. */
export function nextSignatureHash(previous: string | null, content: SignatureContent, hash: Hash): { readonly prev: string; readonly hash: string } {
  const prev = previous ?? chainStart(`assessment/${content.assessmentId}`, hash)
  return { prev, hash: chainNext(prev, canonicalBytes({ ...content }), hash) }
}

export function chainHolds(links: readonly (SignatureContent & { readonly prev: string; readonly hash: string })[], hash: Hash): boolean {
  let previous: string | null = null
  for (const [at, { prev, hash: stored, ...content }] of links.entries()) {
    const next: { prev: string; hash: string } = nextSignatureHash(previous, content, hash)
    if (content.seq !== at + 1 || next.prev !== prev || next.hash !== stored) return false
    previous = stored
  }
  return true
}

export interface Outcome {
  readonly result: Complete
  readonly dimensions: Readonly<Record<string, { readonly score: number; readonly max: number }>>
  readonly validUntil: Day
  readonly reassessFrom: Day
}

/** [A6] A finished assessment: sums, level, and how long it holds by the scale. */
export function outcomeOf(scale: ScaleDefinition, result: Complete, assessedOn: Day): Outcome {
  const span = validitySpan(scale, assessedOn)
  return { result, ...span, dimensions: Object.fromEntries(Object.entries(result.dimensionTotals).map(([code, { score, max }]) => [code, { score, max }])) }
}

export function validitySpan(scale: ScaleDefinition, assessedOn: Day): { readonly validUntil: Day; readonly reassessFrom: Day } {
  const span = validity(assessedOn, scale)
  if ('problem' in span) throw new Error(`scale ${scale.id} carries an impossible validity: ${span.problem.code}`)
  return span
}

export interface ResultFact {
  readonly key: 'abilityLevel' | 'abilityAssessedOn' | 'cognitiveImpairment'
  readonly value: unknown
}

/** [A7] Only the national scale becomes the ability level; dementia is a fact by the diagnosis asked for in it, never by a sum. Without answers (paper) the diagnosis stays unknown. */
export function factsOf(scale: Pick<ScaleDefinition, 'id'>, levelCode: string, assessedOn: Day, answers: Answers | null): ResultFact[] {
  if (scale.id !== NATIONAL_SCALE) return []
  const diagnoses = answers?.['A.diagnoses']
  return [
    { key: 'abilityLevel', value: levelCode }, { key: 'abilityAssessedOn', value: assessedOn },
    ...(Array.isArray(diagnoses) ? [{ key: 'cognitiveImpairment' as const, value: diagnoses.includes('dementia') }] : []),
  ]
}

/** [A8] May another office rest a decision on this result today? */
export function decideUse(scale: ScaleDefinition, standing: StandingResult | null, on: Day): { readonly validUntil: Day } | Refused<'assessments.no-result' | 'assessments.result-expired' | 'assessments.result-disputed' | 'assessments.result-retired'> {
  if (!standing) return refuse('assessments.no-result')
  const answer = recognise(scale, standing, on)
  if (answer.usable) return { validUntil: answer.validUntil }
  switch (answer.problem.code) {
    case 'expired': return refuse('assessments.result-expired', { validUntil: String(answer.problem.args['validUntil']) })
    case 'in_dispute': return refuse('assessments.result-disputed')
    case 'retired_scale': return refuse('assessments.result-retired', { zh: scale.title.zh, en: scale.title.en })
    default: return refuse('assessments.no-result')
  }
}

/** [A9] A level on paper must be one of the scale, and a sum beside it must lie in the band of that level or of a better one it was raised from. */
export function paperFault(scale: ScaleDefinition, levelCode: string, total: number | undefined): 'assessments.level-unknown' | 'assessments.level-total' | null {
  const level = scale.levels.find((one) => one.code === levelCode)
  if (!level) return 'assessments.level-unknown'
  if (total === undefined || scale.combination.method !== 'total') return null
  const band = scale.combination.bands.find((one) => total >= one.min && total <= one.max)
  // Level changes only make it worse, so a total that asks for a worse level than the paper says is a slip of the pen.
  return band && band.level <= level.level ? null : 'assessments.level-total'
}

/** 基本养老服务清单 item 3: everybody from 65; elders with special difficulties as soon as they are such. */
const LIST_AGE = 65
/** The list was published in May 2023 (packs/national/policies/ability-assessment.yaml); nobody has been owed an assessment for longer. */
export const LIST_SINCE: Day = '2023-05-01'

/** [A10] From which day somebody never assessed should be: null for the dead, those who left, and while the birth date is unknown and nothing else asks for it. */
export function neededFrom(person: { readonly status: string; readonly birthDay: Day | null; readonly categories: readonly string[] }, today: Day): Day | null {
  if (person.status !== 'active') return null
  const birthday = person.birthDay === null ? null : birthdayReaching(person.birthDay, LIST_AGE)
  if (!person.categories.includes('specialDifficulty')) return birthday
  return birthday === null || birthday > today ? today : birthday
}

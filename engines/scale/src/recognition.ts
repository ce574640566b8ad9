/** One result for every office: reuse, the block on a second assessment, dispute, comparison. */
import type { Day } from '@songbai/calendar'
import { validity } from './process.ts'
import type { ProcessProblem, ValidityParams } from './process.ts'
import { isRefusal, optionsOf } from './items.ts'
import { pointsOf } from './conditions.ts'
import type { Answers, AssessmentResult, Label, ScaleDefinition } from './types.ts'

export interface ScaleRef { id: string; version: string }

const majorOf = (version: string): string => version.split('.')[0] ?? version

/** [R1] Levels of two scales are never set against each other, least of all converted; a new major version is another scale. */
export const sameScale = (a: ScaleRef, b: ScaleRef): boolean => a.id === b.id && majorOf(a.version) === majorOf(b.version)

export interface StandingResult {
  scale: ScaleDefinition
  assessedOn: Day
  /** Body that issued the result, as shown to the office that reuses it. */
  issuer: string
  inDispute?: boolean
}

export type Recognition = { usable: true; validUntil: Day; issuer: string } | { usable: false; problem: ProcessProblem }

/** [R2] May this office use that result on this day? */
export function recognise(wanted: ScaleRef, result: StandingResult, on: Day, params?: ValidityParams): Recognition {
  const no = (code: ProcessProblem['code'], args: ProcessProblem['args'] = {}): Recognition => ({ usable: false, problem: { code, args } })
  const { scale } = result
  if (!sameScale(wanted, scale)) return no('other_scale', { wanted: wanted.id, found: scale.id })
  if (scale.retired) return no('retired_scale', { scale: scale.id })
  const span = validity(result.assessedOn, scale, params)
  if ('problem' in span) return { usable: false, problem: span.problem }
  if (on < result.assessedOn) return no('not_yet_valid', { assessedOn: result.assessedOn })
  if (on > span.validUntil) return no('expired', { validUntil: span.validUntil })
  if (result.inDispute) return no('in_dispute', { assessedOn: result.assessedOn })
  return { usable: true, validUntil: span.validUntil, issuer: result.issuer }
}

/** The reasons of the assessment form. */
export type AssessmentReason = 'first' | 'routine' | 'immediate' | 'recheck' | 'other'

export interface SecondAssessment { wanted: ScaleRef; on: Day; reason: AssessmentReason; reasonText?: string }

export type Permission = { allowed: true; because: 'no_standing_result' | 'routine_due' | 'immediate' | 'recheck' | 'other' } | { allowed: false; problem: ProcessProblem }

/** [R3] A result in force blocks a second assessment; what lifts the block is a change of state, a doubt, the routine date, or another reason in writing. */
export function mayAssessAgain(ask: SecondAssessment, result: StandingResult | undefined, params?: ValidityParams): Permission {
  if (!result) return { allowed: true, because: 'no_standing_result' }
  const standing = recognise(ask.wanted, result, ask.on, params)
  const span = validity(result.assessedOn, result.scale, params)
  if ('problem' in span) return { allowed: false, problem: span.problem }
  if (!standing.usable && standing.problem.code !== 'in_dispute') return { allowed: true, because: 'no_standing_result' }
  if (ask.reason === 'recheck') return { allowed: true, because: 'recheck' }
  if (ask.reason === 'immediate' || ask.reason === 'other') {
    if (ask.reasonText?.trim()) return { allowed: true, because: ask.reason }
    return { allowed: false, problem: { code: 'reason_text_missing', args: { reason: ask.reason } } }
  }
  if (ask.on >= span.reassessFrom) return { allowed: true, because: 'routine_due' }
  return { allowed: false, problem: { code: 'valid_result_exists', args: { validUntil: span.validUntil, reassessFrom: span.reassessFrom, issuer: result.issuer } } }
}

/** [R4] A disputed result is checked by other assessors, as many as the scale asks for. Product rule: the norm names the re-check, not who makes it. */
export function recheckAssessors(scale: ScaleDefinition, disputed: string[], proposed: string[]): ProcessProblem[] {
  const problems: ProcessProblem[] = [...new Set(proposed)].filter(id => disputed.includes(id))
    .map(person => ({ code: 'assessor_of_disputed_result', args: { person } }))
  const others = new Set(proposed.filter(id => !disputed.includes(id)))
  if (others.size < scale.signatures.assessors) problems.push({ code: 'too_few_assessors', args: { needed: scale.signatures.assessors, found: others.size } })
  return problems
}

type Complete = Extract<AssessmentResult, { status: 'complete' }>
export interface Assessed { scale: ScaleRef; answers: Answers; result: Complete }

export interface ItemChange { item: string; label: Label; from?: string; to?: string; points?: number }

export type Comparison =
  | { comparable: false; problem: ProcessProblem }
  | {
      comparable: true
      items: ItemChange[]
      dimensions: Record<string, number>
      totalChange: number
      levelFrom: number
      levelTo: number
      /** By level number: a higher level is a greater loss of ability in every scale here. */
      direction: 'better' | 'worse' | 'same'
      reasonsGained: string[]
      reasonsLost: string[]
    }

const spell = (answers: Answers, code: string): string | undefined => {
  const answer = answers[code]
  if (answer === undefined) return undefined
  if (isRefusal(answer)) return 'refused'
  return Array.isArray(answer) ? [...answer].sort().join(',') : String(answer)
}

/** [R5] Item by item, previous → current; refused for two different scales. */
export function compare(scale: ScaleDefinition, previous: Assessed, current: Assessed): Comparison {
  for (const { scale: ref } of [previous, current]) {
    if (!sameScale(ref, scale)) return { comparable: false, problem: { code: 'other_scale', args: { wanted: scale.id, found: ref.id } } }
  }
  const items: ItemChange[] = []
  for (const item of scale.items) {
    const from = spell(previous.answers, item.code)
    const to = spell(current.answers, item.code)
    if (from === to) continue
    const before = pointsOf(scale, item.code, previous.answers)
    const after = pointsOf(scale, item.code, current.answers)
    const scored = item.kind === 'score' && optionsOf(scale, item).length > 0 && before !== undefined && after !== undefined
    items.push({ item: item.code, label: item.label, from, to, ...(scored ? { points: after - before } : {}) })
  }
  return { comparable: true, items, ...compareResults(previous.result, current.result) }
}

function compareResults(before: Complete, after: Complete) {
  const codes = [...new Set([...Object.keys(before.dimensionTotals), ...Object.keys(after.dimensionTotals)])]
  const score = (result: Complete, code: string): number => result.dimensionTotals[code]?.score ?? 0
  const reasons = (result: Complete): string[] => result.adjustments.map(({ id }) => id)
  const change = after.finalLevel - before.finalLevel
  return {
    dimensions: Object.fromEntries(codes.map(code => [code, score(after, code) - score(before, code)])),
    totalChange: after.total - before.total,
    levelFrom: before.finalLevel,
    levelTo: after.finalLevel,
    direction: change === 0 ? 'same' as const : change > 0 ? 'worse' as const : 'better' as const,
    reasonsGained: reasons(after).filter(id => !reasons(before).includes(id)),
    reasonsLost: reasons(before).filter(id => !reasons(after).includes(id)),
  }
}

/** [R6] The re-check stands, whether it confirms or changes the level; both stay readable. */
export function settleDispute(scale: ScaleDefinition, disputed: Assessed, recheck: Assessed): { outcome: 'confirmed' | 'changed'; comparison: Comparison } | { problem: ProcessProblem } {
  const comparison = compare(scale, disputed, recheck)
  if (!comparison.comparable) return { problem: comparison.problem }
  return { outcome: comparison.levelFrom === comparison.levelTo ? 'confirmed' : 'changed', comparison }
}

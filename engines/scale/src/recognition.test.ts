import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { assess } from './assess.ts'
import { compare, mayAssessAgain, recheckAssessors, recognise, sameScale, settleDispute } from './recognition.ts'
import type { Assessed, AssessmentReason } from './recognition.ts'
import { packScale } from './test-scales.ts'
import type { GoldenCase } from './test-scales.ts'
import type { Answers } from './types.ts'

const scale = packScale('gbt42195-2022')
const standing = { scale, assessedOn: '2024-03-15', issuer: '城口县评估中心' }
const code = (answer: { problem?: { code: string } } | object): string | undefined => ('problem' in answer ? answer.problem?.code : undefined)

const cases: GoldenCase[] = JSON.parse(readFileSync(new URL('./golden/gbt42195-adjustments.json', import.meta.url), 'utf8')).cases
const base: Answers = cases.find(golden => golden.name.startsWith('total 66 with no reason'))?.answers ?? {}

function assessed(more: Answers = {}): Assessed {
  const answers = { ...base, ...more }
  const result = assess(scale, answers)
  if (result.status !== 'complete') throw new Error(JSON.stringify(result))
  return { scale, answers, result }
}

describe('mutual recognition', () => {
  it('[R1] the same scale is the same id and major version', () => {
    expect(sameScale(scale, { id: scale.id, version: '1.4.0' })).toBe(true)
    expect(sameScale(scale, { id: scale.id, version: '2.0.0' })).toBe(false)
    expect(sameScale(scale, packScale('ltci-2021'))).toBe(false)
  })

  it('[R2] is usable from its day through its last day, by whom it was issued', () => {
    expect(recognise(scale, standing, '2024-03-15')).toEqual({ usable: true, validUntil: '2025-03-14', issuer: '城口县评估中心' })
    expect(recognise(scale, standing, '2025-03-14')).toHaveProperty('usable', true)
    expect(code(recognise(scale, standing, '2025-03-15'))).toBe('expired')
    expect(code(recognise(scale, standing, '2024-03-14'))).toBe('not_yet_valid')
    expect(code(recognise(scale, { ...standing, inDispute: true }, '2024-04-01'))).toBe('in_dispute')
  })

  it('[R1] neither an old-scale nor an insurance result is taken for the national one', () => {
    const old = packScale('mzt039-2013')
    expect(code(recognise(scale, { ...standing, scale: old }, '2024-04-01'))).toBe('other_scale')
    expect(code(recognise(old, { ...standing, scale: old }, '2024-04-01'))).toBe('retired_scale')
    expect(code(recognise(scale, { ...standing, scale: packScale('ltci-2021') }, '2024-04-01'))).toBe('other_scale')
  })

  const again = (reason: AssessmentReason, on: string, reasonText?: string) => {
    const answer = mayAssessAgain({ wanted: scale, on, reason, reasonText }, standing)
    return answer.allowed ? answer.because : answer.problem.code
  }

  it('[R3] a valid result blocks a second assessment and says until when and by whom', () => {
    expect(mayAssessAgain({ wanted: scale, on: '2024-06-01', reason: 'first' }, standing)).toEqual({
      allowed: false, problem: { code: 'valid_result_exists', args: { validUntil: '2025-03-14', reassessFrom: '2025-02-13', issuer: '城口县评估中心' } },
    })
    expect(again('routine', '2025-02-12')).toBe('valid_result_exists')
  })

  it('[R3] the block is lifted by the routine date, a change in writing, a doubt, another reason in writing', () => {
    expect(again('routine', '2025-02-13')).toBe('routine_due')
    expect(again('immediate', '2024-06-01', '中风住院')).toBe('immediate')
    expect(again('immediate', '2024-06-01')).toBe('reason_text_missing')
    expect(again('other', '2024-06-01', ' ')).toBe('reason_text_missing')
    expect(again('recheck', '2024-06-01')).toBe('recheck')
    expect(again('first', '2025-03-15')).toBe('no_standing_result')
  })

  it('[R3] a disputed result still blocks everything but the re-check and a written reason', () => {
    const answer = mayAssessAgain({ wanted: scale, on: '2024-06-01', reason: 'first' }, { ...standing, inDispute: true })
    expect(answer).toHaveProperty('problem.code', 'valid_result_exists')
  })

  it('[R3] an old-scale result blocks nothing', () => {
    expect(mayAssessAgain({ wanted: scale, on: '2024-06-01', reason: 'first' }, { ...standing, scale: packScale('mzt039-2013') })).toEqual({ allowed: true, because: 'no_standing_result' })
  })
})

describe('dispute and comparison', () => {
  it('[R4] the re-check needs two assessors who were not there', () => {
    expect(recheckAssessors(scale, ['a', 'b'], ['c', 'd'])).toEqual([])
    expect(recheckAssessors(scale, ['a', 'b'], ['b', 'c']).map(({ code: c }) => c)).toEqual(['assessor_of_disputed_result', 'too_few_assessors'])
    expect(recheckAssessors(scale, ['a', 'b'], ['c', 'c']).map(({ code: c }) => c)).toEqual(['too_few_assessors'])
  })

  it('[R5] names each item that changed, with its points, and what became of the level', () => {
    const worse = Object.keys(base).find(item => item.startsWith('B.1.') && base[item] === '4') ?? ''
    const result = compare(scale, assessed(), assessed({ [worse]: '3', 'A.diagnoses': ['dementia'] }))
    expect(result).toMatchObject({
      comparable: true, totalChange: -1, levelFrom: 1, levelTo: 3, direction: 'worse', reasonsGained: ['U2'], reasonsLost: [], dimensions: { B1: -1, B2: 0, B3: 0, B4: 0 },
      items: [{ item: 'A.diagnoses', from: 'none', to: 'dementia' }, { item: worse, from: '4', to: '3', points: -1 }],
    })
  })

  it('[R5] two scales are not compared', () => {
    const other = { ...assessed(), scale: packScale('mzt039-2013') }
    expect(compare(scale, other, assessed())).toEqual({ comparable: false, problem: { code: 'other_scale', args: { wanted: 'gbt42195-2022', found: 'mzt039-2013' } } })
  })

  it('[R6] the re-check confirms or changes, and the comparison goes with it', () => {
    expect(settleDispute(scale, assessed(), assessed())).toMatchObject({ outcome: 'confirmed', comparison: { items: [] } })
    expect(settleDispute(scale, assessed({ 'A.diagnoses': ['dementia'] }), assessed())).toMatchObject({ outcome: 'changed', comparison: { direction: 'better', reasonsLost: ['U2'] } })
  })
})

import { describe, expect, it } from 'vitest'
import { canonicalAnswers, needsReassessment, signatureState, validity } from './process.ts'
import type { Signature } from './process.ts'
import { packScale } from './test-scales.ts'

const scale = packScale('gbt42195-2022')
const sign = (role: Signature['role'], personId: string, answersHash = 'h1'): Signature => ({ role, personId, answersHash })

describe('signatures', () => {
  it('[P1] the signed text does not depend on the order of keys or ticks, and changes with any answer', () => {
    const text = canonicalAnswers(scale, { 'B.1.1': '4', 'A.living': ['spouse', 'children'] })
    expect(canonicalAnswers(scale, { 'A.living': ['children', 'spouse'], 'B.1.1': '4' })).toBe(text)
    expect(canonicalAnswers(scale, { 'A.living': ['children', 'spouse'], 'B.1.1': '3' })).not.toBe(text)
    expect(canonicalAnswers({ ...scale, version: '2.0.0' }, { 'B.1.1': '4', 'A.living': ['spouse', 'children'] })).not.toBe(text)
    expect(canonicalAnswers(scale, { 'B.1.1': { refused: true, reason: 'a' } })).not.toBe(canonicalAnswers(scale, { 'B.1.1': { refused: true, reason: 'b' } }))
  })

  it('[P2] one assessor twice is one assessor', () => {
    const state = signatureState(scale, 'h1', [sign('assessor', 'a'), sign('assessor', 'a'), sign('informant', 'i')])
    expect(state).toEqual({ status: 'waiting', missing: { assessors: 1, informant: false }, problems: [{ code: 'same_assessor_twice', args: { person: 'a' } }] })
  })

  it('[P1] a signature under other answers does not count', () => {
    const state = signatureState(scale, 'h1', [sign('assessor', 'a'), sign('assessor', 'b', 'h0'), sign('informant', 'i')])
    expect(state.status).toBe('waiting')
    expect(state.problems).toEqual([{ code: 'signed_other_answers', args: { person: 'b', role: 'assessor' } }])
  })

  it('[P3] two different assessors and the informant complete it; without the informant it waits', () => {
    const two = [sign('assessor', 'a'), sign('assessor', 'b')]
    expect(signatureState(scale, 'h1', two)).toMatchObject({ status: 'waiting', missing: { assessors: 0, informant: true } })
    expect(signatureState(scale, 'h1', [...two, sign('informant', 'i')])).toMatchObject({ status: 'complete', problems: [] })
    expect(signatureState(packScale('selfcare-screening'), 'h1', [sign('assessor', 'a')]).status).toBe('complete')
  })
})

describe('validity and reassessment', () => {
  it('[P4] holds through the day before the same day twelve months later', () => {
    expect(validity('2024-03-15', scale)).toEqual({ validUntil: '2025-03-14', reassessFrom: '2025-02-13' })
    expect(validity('2024-03-15', scale, { months: 6, leadDays: 0 })).toEqual({ validUntil: '2024-09-14', reassessFrom: '2024-09-15' })
  })

  it('[P5] more than 24 months is refused, not cut', () => {
    expect(validity('2024-03-15', scale, { months: 24 })).toMatchObject({ validUntil: '2026-03-14' })
    expect(validity('2024-03-15', scale, { months: 25 })).toEqual({ problem: { code: 'validity_too_long', args: { months: 25, maxMonths: 24 } } })
    expect(validity('2024-03-15', scale, { months: 0 })).toHaveProperty('problem.code', 'validity_too_short')
  })

  const reasons = (on: string, events: { code: 'fall' | 'hospital_stay'; day: string }[] = []) => {
    const answer = needsReassessment({ scale, assessedOn: '2024-03-15', on, events })
    return 'reasons' in answer ? answer.reasons.map(({ code, day }) => `${code} ${day}`) : ['problem']
  }

  it('[P6] nothing, then routine, then expired, each from its day', () => {
    expect(reasons('2025-02-12')).toEqual([])
    expect(reasons('2025-02-13')).toEqual(['routine_due 2025-02-13'])
    expect(reasons('2025-03-14')).toEqual(['routine_due 2025-02-13'])
    expect(reasons('2025-03-15')).toEqual(['expired 2025-03-15'])
  })

  it('[P6] events count from the assessment to the day asked for', () => {
    expect(reasons('2024-06-01', [{ code: 'fall', day: '2024-03-14' }])).toEqual([])
    expect(reasons('2024-06-01', [{ code: 'fall', day: '2024-06-02' }])).toEqual([])
    expect(reasons('2024-06-01', [{ code: 'fall', day: '2024-05-30' }, { code: 'hospital_stay', day: '2024-06-01' }])).toEqual(['fall 2024-05-30', 'hospital_stay 2024-06-01'])
  })

  it('[P6] an old-scale result always needs a new assessment', () => {
    expect(needsReassessment({ scale: packScale('mzt039-2013'), assessedOn: '2024-05-01', on: '2024-05-02' })).toEqual({ needed: true, reasons: [{ code: 'retired_scale', day: '2024-05-02' }] })
  })
})

import { describe, expect, it } from 'vitest'
import { assess } from './assess.ts'
import { packScale } from './test-scales.ts'
import { optionsOf } from './items.ts'
import { reachable } from './links.ts'
import type { Answers } from './types.ts'

const scale = packScale('gbt42195-2022')
const scored = scale.items.filter(item => item.kind === 'score')

/** Answers adding up to `total`: points are taken from the last items first, so consciousness keeps its value while it can. */
function answersFor(total: number, more: Answers = {}): Answers {
  const answers: Answers = { 'A.reason': 'routine', 'A.informant': 'spouse', 'A.coma': 'no', 'A.diagnoses': ['none'] }
  for (const kind of ['fall', 'wandering', 'choking', 'self_harm', 'other_event']) answers[`A.event.${kind}`] = '0'
  let left = total
  for (const code of ['B.3.9', ...scored.map(item => item.code).filter(code => code !== 'B.3.9')]) {
    if (code in more && code !== 'B.3.9') continue
    const item = scored.find(candidate => candidate.code === code)
    const max = item ? Math.max(...optionsOf(scale, item).map(option => option.score ?? 0)) : 0
    const points = more[code] === '0-coma' ? 0 : Math.min(left, max)
    answers[code] = code === 'B.3.9' && points === 0 ? '0-stupor' : String(points)
    left -= points
  }
  if (left) throw new Error(`${left} points left over`)
  return { ...answers, ...more }
}

// The vectors of the norm notes: name, total, extra answers, initial level, reasons, final level.
const VECTORS: [string, number, Answers, number, string[], number][] = [
  ['all max', 90, {}, 0, [], 0],
  ['all max + dementia F00-F03', 90, { 'A.diagnoses': ['dementia'] }, 0, ['U2'], 1],
  ['89', 89, {}, 1, [], 1],
  ['66', 66, {}, 1, [], 1],
  ['65', 65, {}, 2, [], 2],
  ['46', 46, {}, 2, [], 2],
  ['45', 45, {}, 3, [], 3],
  ['30', 30, {}, 3, [], 3],
  ['29', 29, {}, 4, [], 4],
  ['0', 0, {}, 4, [], 4],
  ['50 + dementia + psychiatric + 3 falls (no stacking)', 50, { 'A.diagnoses': ['dementia', 'mental'], 'A.event.fall': '3+' }, 2, ['U2', 'U3', 'U4'], 3],
  ['20 + dementia (cap)', 20, { 'A.diagnoses': ['dementia'] }, 4, ['U2'], 4],
  ['70 but coma', 70, { 'A.coma': 'yes', 'B.3.9': '0-coma' }, 1, ['U1'], 4],
  ['70 + 1 fall + 1 wandering in 30 days', 70, { 'A.event.fall': '1', 'A.event.wandering': '1' }, 1, ['U4'], 2],
]

describe('GB/T 42195-2022', () => {
  it.each(VECTORS)('[S7][S8] vector: %s', (_, total, more, initial, reasons, final) => {
    const result = assess(scale, answersFor(total, more))
    if (result.status !== 'complete') throw new Error(JSON.stringify(result))
    expect([result.total, result.initialLevel, result.adjustments.map(({ id }) => id), result.finalLevel]).toEqual([total, initial, reasons, final])
  })

  it('[S2] has 26 items in four dimensions of 32, 15, 28 and 15 points, 90 in all', () => {
    expect(scored).toHaveLength(26)
    const max = (code: string): number => Math.max(...reachable(scale, scored.filter(item => item.dimension === code)))
    expect(['B1', 'B2', 'B3', 'B4'].map(max)).toEqual([32, 15, 28, 15])
    expect(reachable(scale, scored)).toHaveLength(91)
  })

  it('[S8] three reasons raise one level, and each of them is named', () => {
    const result = assess(scale, answersFor(50, { 'A.diagnoses': ['dementia', 'mental'], 'A.event.fall': '2' }))
    if (result.status !== 'complete') throw new Error('not complete')
    expect(result.steps.map(step => step.code).slice(-4)).toEqual(['raise_level', 'raise_not_stacked', 'raise_not_stacked', 'final_level'])
    expect(result.adjustments.map(({ applied }) => applied)).toEqual([true, false, false])
  })

  it('[S6] a refused item blocks the result even where it could not change the level', () => {
    const result = assess(scale, answersFor(0, { 'B.1.1': { refused: true, reason: '不愿谈' } }))
    expect(result).toMatchObject({ status: 'incomplete', missing: [], refused: [{ item: 'B.1.1', reason: '不愿谈' }] })
  })

  it('[S6] a refusal needs its reason', () => {
    const result = assess(scale, answersFor(60, { 'B.1.1': { refused: true, reason: ' ' } }))
    expect(result).toEqual({ status: 'problems', problems: [{ code: 'refusal_without_reason', args: { item: 'B.1.1' } }] })
  })

  it('[S5] refusing an optional background question does not block', () => {
    expect(assess(scale, answersFor(60, { 'A.income': { refused: true, reason: '隐私' } })).status).toBe('complete')
  })

  it('[S10] coma in one place only is a contradiction, not a level', () => {
    for (const more of [{ 'A.coma': 'yes' }, { 'B.3.9': '0-coma' }] as Answers[]) {
      const result = assess(scale, answersFor(70, more))
      expect(result.status === 'problems' && result.problems.map(({ code }) => code)).toEqual(['contradiction'])
    }
  })

  it('[S3] an answer outside the scale is a problem: unknown item, unknown option, a bare number, none together with a diagnosis', () => {
    const codes = (more: Answers) => {
      const result = assess(scale, answersFor(60, more))
      return result.status === 'problems' ? result.problems.map(({ code }) => code) : result.status
    }
    expect(codes({ 'B.9.9': '1' })).toEqual(['unknown_item'])
    expect(codes({ 'B.2.4': '4' })).toEqual(['unknown_option'])
    expect(codes({ 'A.coma': 1 })).toEqual(['wrong_kind'])
    expect(codes({ 'A.diagnoses': ['none', 'dementia'] })).toEqual(['exclusive_option'])
    expect(codes({ 'A.diagnoses': ['dementia', 'dementia'] })).toEqual(['repeated_option'])
    expect(codes({ 'A.diagnoses': [] })).toEqual(['wrong_kind'])
  })

  it('[S13] an act of self-harm raises its alert while the form is still open', () => {
    const result = assess(scale, { 'A.event.self_harm': '1' })
    expect(result.status === 'incomplete' && result.alerts.map(({ id }) => id)).toEqual(['self_harm'])
  })

  it('[S11] the same answers give the same result and are not changed', () => {
    const answers = answersFor(63, { 'A.diagnoses': ['mental'] })
    const before = structuredClone(answers)
    expect(assess(scale, answers)).toEqual(assess(scale, Object.fromEntries(Object.entries(answers).reverse())))
    expect(answers).toEqual(before)
  })
})

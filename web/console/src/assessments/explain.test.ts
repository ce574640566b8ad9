import { readFileSync } from 'node:fs'
import { assess, parseScale, type Answers, type ScaleDefinition } from '@songbai/scale'
import { describe, expect, test } from 'vitest'
import { frameOf } from './AbilityChart.tsx'
import { sentencesOf } from './explain.ts'
import { byDigit, readWritten } from './ItemCard.tsx'
import { maxTotal } from './scale.ts'

const parsed = parseScale(JSON.parse(readFileSync(new URL('../../../../packs/scales/gbt42195-2022.json', import.meta.url), 'utf8')))
if (!('scale' in parsed)) throw new Error('the national scale has faults')
const scale: ScaleDefinition = parsed.scale
const day = (text: string) => text

function told(changes: Answers) {
  const answers: Answers = { 'A.reason': 'first', 'A.informant': 'child', 'A.diagnoses': ['none'], 'A.coma': 'no' }
  for (const item of scale.items) {
    const options = item.options ?? scale.optionSets[item.optionSet ?? ''] ?? []
    if (item.kind === 'score') answers[item.code] = [...options].sort((a, b) => (b.score ?? 0) - (a.score ?? 0))[0]!.id
    if (item.code.startsWith('A.event.')) answers[item.code] = '0'
  }
  const result = assess(scale, { ...answers, ...changes })
  if (result.status !== 'complete') throw new Error(JSON.stringify(result))
  return sentencesOf(scale, result, { name: '冉启秀', levelCode: result.levelCode, total: result.total, validUntil: '2027-07-15', reassessFrom: '2027-06-16', today: '2026-07-16' }, 'zh-CN', day)
}

describe('a result in three sentences', () => {
  test('says the band, and that nothing changed the level', () => {
    expect(told({ 'B.1.1': '0' })).toEqual(['冉启秀的能力等级是能力轻度受损，总分 86 分，满分 90 分。', '总分 86 在 66 到 89 分之间，初步是能力轻度受损，没有要变更等级的情况。', '有效至2027-07-15，2027-06-16起可以复评；情况变了随时可评。'])
  })

  test('says why the level is worse than the sum', () => {
    expect(told({ 'B.1.1': '0', 'A.diagnoses': ['dementia'] })[1]).toBe('总分 86 在 66 到 89 分之间，初步是能力轻度受损；因为确诊痴呆(F00-F03)，定为能力中度受损。')
  })
})

describe('the form', () => {
  test('a digit means the points where an item has points, else the place in the list', () => {
    const item = scale.items.find((one) => one.code === 'B.3.9')!
    expect(byDigit(item, item.options!, '2')?.id).toBe('2')
    expect(byDigit(item, item.options!, '4')).toBeUndefined()
    const reason = scale.items.find((one) => one.code === 'A.reason')!
    expect(byDigit(reason, reason.options!, '2')?.id).toBe('routine')
  })

  test('what cannot be read is not replaced by something plausible', () => {
    expect([readWritten({ kind: 'number' }, '十二'), readWritten({ kind: 'number' }, ' 12 '), readWritten({ kind: 'day' }, '20260230'), readWritten({ kind: 'day' }, '20260228'), readWritten({ kind: 'text' }, ' ')]).toEqual([undefined, 12, undefined, '2026-02-28', null])
  })

  test('the most anybody can reach is 90, background items not counted', () => {
    expect(maxTotal(scale)).toBe(90)
  })
})

test('the curve stands in its frame and later is further right', () => {
  const { x, y } = frameOf([{ day: '2023-08-01' }, { day: '2025-09-10' }], '2026-09-09', '2026-07-16', 90)
  expect(x('2023-08-01')).toBeLessThan(x('2025-09-10'))
  expect(x('2025-09-10')).toBeLessThan(x('2026-09-09'))
  expect(x('2026-09-09')).toBeLessThanOrEqual(300)
  expect(y(90)).toBeLessThan(y(30))
})

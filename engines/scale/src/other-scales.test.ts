import { describe, expect, it } from 'vitest'
import { assess } from './assess.ts'
import { packScale } from './test-scales.ts'
import type { Answers, AssessmentResult, ScaleDefinition } from './types.ts'

const answer = (prefix: string, values: (number | string)[]): Answers =>
  Object.fromEntries(values.map((value, i) => [prefix ? `${prefix}.${i + 1}` : String(i + 1), String(value)]))

const level = (result: AssessmentResult): number | string =>
  result.status === 'complete' ? result.finalLevel : result.status === 'problems' ? result.problems.map(({ code }) => code).join() : result.status

describe('MZ/T 039-2013, an old scale', () => {
  const scale = packScale('mzt039-2013')
  const ADL = { 100: [10, 5, 5, 10, 10, 10, 10, 15, 15, 10], 95: [10, 5, 5, 10, 10, 10, 10, 15, 15, 5], 65: [10, 0, 5, 10, 10, 10, 5, 5, 5, 5], 60: [5, 0, 5, 10, 10, 10, 5, 5, 5, 5], 45: [5, 0, 0, 5, 5, 10, 5, 5, 5, 5], 40: [5, 0, 0, 5, 5, 5, 5, 5, 5, 5] }
  const old = (adl: keyof typeof ADL, mental: number[], senses: number[], social: number[]): Answers =>
    ({ ...answer('A', ADL[adl]), ...answer('M', mental), ...answer('S', senses), ...answer('P', social) })

  // Worked by hand from the grade table and the result list of the norm notes.
  const HAND: [string, Answers, Record<string, number>, number | string][] = [
    ['all intact', old(100, [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 0, M: 0, S: 0, P: 0 }, 0],
    ['social participation 1 is still intact', old(100, [0, 0, 0], [0, 1, 1, 0], [1, 1, 1, 0, 0]), { A: 0, M: 0, S: 0, P: 1 }, 0],
    ['daily living 0, social participation 2', old(100, [0, 0, 0], [0, 0, 0, 0], [2, 2, 2, 2, 0]), { A: 0, M: 0, S: 0, P: 2 }, 1],
    ['daily living 0, mental state 1', old(100, [1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 0, M: 1, S: 0, P: 0 }, 1],
    ['daily living 95, others intact', old(95, [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 1, M: 0, S: 0, P: 0 }, 1],
    ['daily living 65, all others 2', old(65, [1, 1, 0], [0, 3, 0, 0], [2, 2, 2, 2, 0]), { A: 1, M: 2, S: 2, P: 2 }, 2],
    ['daily living 1, one part 3: the worse of the two rules that fit', old(65, [2, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 1, M: 3, S: 0, P: 0 }, 2],
    ['daily living 60, one part 1', old(60, [1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 2, M: 1, S: 0, P: 0 }, 2],
    ['daily living 45, all 2', old(45, [2, 1, 0], [1, 3, 3, 2], [2, 2, 2, 2, 2]), { A: 2, M: 2, S: 2, P: 2 }, 3],
    ['daily living 45, one part 3', old(45, [0, 0, 0], [2, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 2, M: 0, S: 3, P: 0 }, 3],
    ['daily living 40', old(40, [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { A: 3, M: 0, S: 0, P: 0 }, 3],
  ]
  it.each(HAND)('[S9] by hand: %s', (_, answers, grades, expected) => {
    const result = assess(scale, answers, { purpose: 'read' })
    if (result.status !== 'complete') throw new Error(JSON.stringify(result))
    expect(Object.fromEntries(Object.entries(result.dimensionTotals).map(([code, { grade }]) => [code, grade]))).toEqual(grades)
    expect(result.finalLevel).toBe(expected)
  })

  it('[S9] a combination the norm does not name gives no level', () => {
    expect(level(assess(scale, old(60, [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]), { purpose: 'read' }))).toBe('no_combination_rule')
  })

  it('[S12] can be read but never makes a new result', () => {
    expect(level(assess(scale, old(100, [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0])))).toBe('retired_scale')
  })
})

describe('long-term-care insurance scale of 2021', () => {
  const scale = packScale('ltci-2021')
  // One set of answers for each grade: sums 100, 95, 60, 40 / 16, 4, 3, 1 / 12, 11, 2, 0.
  const ADL = [[10, 10, 5, 10, 10, 10, 15, 15, 10, 5], [10, 10, 5, 10, 10, 10, 15, 15, 10, 0], [5, 5, 0, 10, 10, 5, 10, 10, 5, 0], [5, 5, 0, 5, 5, 5, 5, 5, 5, 0]]
  const COG = [[4, 4, 4, 4], [1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0]]
  const SEN = [[4, 4, 4], [4, 4, 3], [1, 1, 0], [0, 0, 0]]
  const by = (a: number, c: number, s: number): Answers =>
    ({ ...answer('ADL', ADL[a] ?? []), ...answer('COG', COG[c] ?? []), ...answer('SEN', SEN[s] ?? []) })
  // Printed matrix of the norm notes; columns = the worse of cognition and sensation.
  const PRINTED = [[0, 0, 1, 1], [1, 1, 1, 2], [2, 2, 2, 3], [3, 3, 4, 5]]

  it('[S9] all 64 combinations follow the printed matrix by the worse of the two other groups', () => {
    for (let a = 0; a < 4; a++) for (let c = 0; c < 4; c++) for (let s = 0; s < 4; s++) {
      expect([a, c, s, level(assess(scale, by(a, c, s)))]).toEqual([a, c, s, PRINTED[a]?.[c > s ? c : s]])
    }
  })

  it('[S12] says that it is unconfirmed and how far its matrix cell can be trusted', () => {
    const result = assess(scale, by(0, 2, 0))
    if (result.status !== 'complete') throw new Error('not complete')
    expect(result.unconfirmed).toBe(true)
    expect(result.steps.find(({ code }) => code === 'matrix_cell')?.args.trust).toMatch(/low trust/)
  })

  it('[S2] its 17 items give 100, 16 and 12 points at best', () => {
    const result = assess(scale, by(0, 0, 0))
    expect(scale.items).toHaveLength(17)
    expect(result.status === 'complete' && Object.values(result.dimensionTotals).map(({ score }) => score)).toEqual([100, 16, 12])
  })
})

describe('screening scales of public health', () => {
  const selfcare = packScale('selfcare-screening')
  const cognitive = packScale('cognitive-screen')
  const alerts = (scale: ScaleDefinition, answers: Answers): string[] => {
    const result = assess(scale, answers)
    return result.status === 'complete' ? result.alerts.map(({ id }) => id) : [result.status]
  }

  // Points by hand: eating 0/0/3/5, washing 0/1/3/7, dressing 0/0/3/5, toileting 0/1/5/10, moving 0/1/5/10.
  it.each([
    ['a,a,a,a,a', 0, 0], ['b,b,b,b,b', 3, 0], ['c,b,a,a,a', 4, 1], ['c,a,a,c,a', 8, 1], ['c,b,a,c,a', 9, 2], ['c,a,d,d,a', 18, 2], ['c,b,d,d,a', 19, 3], ['d,d,d,d,d', 37, 3],
  ])('[S7] self-care %s: %i points, level %i', (letters, total, expected) => {
    const result = assess(selfcare, answer('', letters.split(',')))
    expect(result.status === 'complete' && [result.total, result.finalLevel]).toEqual([total, expected])
  })

  it('[S13] self-care suggests the full assessment from 4 points on', () => {
    expect(alerts(selfcare, answer('', ['b', 'b', 'b', 'b', 'b']))).toEqual([])
    expect(alerts(selfcare, answer('', ['c', 'b', 'a', 'a', 'a']))).toEqual(['suggest_full_assessment'])
  })

  it('[S9] any failure in the cognition screen is positive; mood is a notice of its own', () => {
    expect(level(assess(cognitive, answer('', ['all', 'all', 'no'])))).toBe(0)
    expect(level(assess(cognitive, answer('', ['not_all', 'all', 'no'])))).toBe(1)
    expect(level(assess(cognitive, answer('', ['all', 'not_all', 'no'])))).toBe(1)
    expect(level(assess(cognitive, answer('', ['all', 'all', 'yes'])))).toBe(0)
    expect(alerts(cognitive, answer('', ['all', 'all', 'yes']))).toEqual(['mood_positive'])
  })
})

describe('self-check before applying for long-term-care insurance', () => {
  const scale = packScale('ltci-selfcheck')
  // As the notes print it: so many class a and class b activities need help.
  const PRINTED: Record<string, [number, number][]> = {
    A: [[0, 0]], B: [[1, 0], [0, 1], [0, 2]], C: [[1, 1], [0, 3]], D: [[2, 0], [1, 2]],
    E: [[3, 0], [2, 1], [2, 2], [1, 3]], F: [[3, 1], [3, 2], [2, 3]], G: [[3, 3]],
  }
  const ticks = (prefix: string, count: number): Answers => answer(prefix, [0, 1, 2].map(i => (i < count ? 1 : 0)))

  it('[S9] each of the 16 counts has the printed grade, and only E, F and G may apply', () => {
    let seen = 0
    for (const [code, counts] of Object.entries(PRINTED)) for (const [a, b] of counts) {
      const result = assess(scale, { ...ticks('a', a), ...ticks('b', b) })
      if (result.status !== 'complete') throw new Error(JSON.stringify(result))
      expect([a, b, result.levelCode, result.alerts.length]).toEqual([a, b, code, 'EFG'.includes(code) ? 1 : 0])
      seen++
    }
    expect(seen).toBe(16)
  })
})

import { DECISIONS } from '@songbai/capabilities/know/matching/contract'
import { describe, expect, test } from 'vitest'
import { DECISION_KEY, choicesOf, decisionOf, linesOf } from './model.ts'

describe('matching pages', () => {
  test('every decision has a letter of its own', () => {
    expect(new Set(Object.values(DECISION_KEY)).size).toBe(DECISIONS.length)
  })

  test('a letter does only what the row offers', () => {
    expect(decisionOf({ decisions: ['ours', 'village'] }, 'o')).toBe('ours')
    expect(decisionOf({ decisions: ['ours', 'village'] }, 'a')).toBeNull()
  })

  test('two values differ, a missing one does not', () => {
    const side = { name: '冉秀兰', idMasked: null, sex: 'female' as const, birth: '1945-03-02', place: '咸宜镇青龙村' }
    const lines = linesOf({ ours: { ...side, id: 'x', status: 'active' }, theirs: { ...side, name: '冉秀岚', idMasked: '9902**', place: '青龙村3组' } })
    expect(lines.filter((one) => one.differs).map((one) => one.word)).toEqual(['match.name'])
  })

  test('a doubtful column stays open, an unknown one is left out', () => {
    const column = (at: number, field: string | null, why: string) => ({ column: at, letter: 'A', heading: '', samples: [], field, why })
    expect(choicesOf({ index: 0, name: '', rows: 1, table: null, columns: [column(0, 'name', 'heading_equal'), column(1, null, 'undecided'), column(2, null, 'nothing')] })).toEqual(['name', null, 'skip'])
  })
})

import { describe, expect, test } from 'vitest'
import { readTyped } from './FactForm.tsx'
import { readMonthDay } from './ResidenceForm.tsx'
import { EVERYBODY, askOf, narrowing, readFilter, without, writeFilter } from './filter.ts'
import { visitsOf } from './looks.ts'
import { neighboursOf } from './neighbours.ts'
import { belowCounty, homeSaid, idSaid, placeSaid, refSaid } from './say.ts'
import { chosenOf, groupOf, storyOf } from './story.ts'
import type { Fact } from './story.ts'

describe('the filter sentence in the address', () => {
  test('what is written is read back the same, and the day of the top bar stays', () => {
    const filter = { ...EVERYBODY, categories: ['alone', 'lossOfAbility'], match: 'all' as const, ageFrom: 80, sex: 'female' as const, missing: 'contact' as const, sort: 'age' as const }
    const params = writeFilter(filter, new URLSearchParams('at=2025-12-31'))
    expect(params.get('at')).toBe('2025-12-31')
    expect(readFilter(params)).toEqual(filter)
    expect(writeFilter(EVERYBODY, params).toString()).toBe('at=2025-12-31')
  })

  test('a word that is none is passed over, not guessed', () => {
    expect(readFilter(new URLSearchParams('cat=a;drop,alone&from=eighty&to=999&sex=x&missing=shoes&status=gone&sort=price&batch=1'))).toEqual({ ...EVERYBODY, categories: ['alone'] })
  })

  test('each condition can be taken off alone, and only given ones are asked', () => {
    const filter = { ...EVERYBODY, categories: ['alone'], ageTo: 79, status: 'dead' as const }
    expect(narrowing(filter)).toEqual(['status', 'age', 'categories'])
    expect(without(filter, 'age')).toEqual({ ...filter, ageTo: null })
    expect(askOf(EVERYBODY)).toEqual({ status: ['active'] })
    expect(askOf(filter)).toEqual({ status: ['dead'], ageTo: 79, categories: ['alone'], categoryMatch: 'any' })
  })
})

describe('neighbours', () => {
  const list = { ids: ['a', 'b', 'c'], total: 52, from: '/elders' }
  test('the middle one has both, the ends have one, a stranger has none', () => {
    expect(neighboursOf('b', list)).toEqual({ at: 2, total: 52, before: 'a', after: 'c', from: '/elders' })
    expect(neighboursOf('a', list)).toMatchObject({ before: null, after: 'b' })
    expect(neighboursOf('x', list)).toBeNull()
    expect(neighboursOf('a', null)).toBeNull()
  })
})

const fact = (id: string, part: Partial<Fact>): Fact => ({ id, key: 'livingArrangement', label: { zh: '居住状况', en: 'living arrangement' }, value: 'withSpouse', shown: { zh: '与配偶', en: 'with spouse' }, variant: 0, validFrom: '2024-01-01', validTo: null, source: '登记表', sourceRef: null, recordedAt: 1000, recorder: '周岚', supersededAt: null, reason: null, sensitive: false, ...part })
const story = (facts: readonly Fact[]) => storyOf({ facts: [...facts], events: [], merges: [] })

describe('the story of a person', () => {
  test('a correction holds the value it took the place of, in one line', () => {
    const lines = story([fact('old', { supersededAt: 2000 }), fact('new', { value: 'alone', variant: 1, recordedAt: 2000, reason: '录错' })])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ key: 'new', mark: 'correction', old: { id: 'old' } })
  })

  test('a change in time is no correction: the earlier part lives on with its end', () => {
    const lines = story([fact('old', { supersededAt: 2000 }), fact('kept', { validTo: '2025-06-01', recordedAt: 2000 }), fact('new', { value: 'alone', variant: 1, validFrom: '2025-06-01', recordedAt: 2000, source: '村核实' })])
    expect(lines.map((line) => [line.key, line.mark])).toEqual([['new', 'seen'], ['kept', 'register']])
  })

  test('a withdrawn fact with nothing in its place stays, as a correction', () => {
    const lines = story([fact('gone', { supersededAt: 86_400_000 })])
    expect(lines[0]).toMatchObject({ key: 'gone', mark: 'correction', day: '1970-01-02', old: null })
    expect(chosenOf(lines, 'corrections')).toHaveLength(1)
    expect(chosenOf(lines, 'health')).toHaveLength(0)
  })

  test('a family of facts is grouped by its head', () => {
    expect(groupOf('benefit.ageAllowance')).toBe('money')
    expect(groupOf('somethingNew')).toBe('other')
  })
})

describe('typed values', () => {
  test('money is typed in yuan and kept in fen; half a yuan of dust is refused', () => {
    expect(readTyped({ type: 'fen', min: 0, max: 1e9 }, '130.5')).toBe(13050)
    expect(readTyped({ type: 'fen', min: 0, max: 1e9 }, '130.555')).toBeUndefined()
    expect(readTyped({ type: 'day', min: 0, max: 0 }, '20240305')).toBe('2024-03-05')
    expect(readTyped({ type: 'bool', min: 0, max: 0 }, 'no')).toBe(false)
    expect(readTyped({ type: 'int', min: 0, max: 9 }, 'three')).toBeUndefined()
  })

  test('a season is a month and a day that exist', () => {
    expect(readMonthDay('10-15')).toBe('10-15')
    expect(readMonthDay('4月5日')).toBe('04-05')
    expect(readMonthDay('0229')).toBe('02-29')
    expect(readMonthDay('2-30')).toBeNull()
    expect(readMonthDay('13-01')).toBeNull()
  })
})

describe('places and papers on a line', () => {
  test('people live in a village, not in its committee, and the village is said once', () => {
    expect(placeSaid('咸宜镇青龙村村民委员会')).toBe('咸宜镇青龙村')
    expect(placeSaid('咸宜镇咸宜社区居民委员会')).toBe('咸宜镇咸宜社区')
    expect(belowCounty('重庆市城口县咸宜镇青龙村村民委员会')).toBe('咸宜镇青龙村')
    expect(belowCounty('内蒙古自治区兴安盟科尔沁右翼中旗巴彦呼舒镇')).toBe('巴彦呼舒镇')
    expect(placeSaid('巴彦呼舒镇')).toBe('巴彦呼舒镇')
    expect(homeSaid('咸宜镇青龙村村民委员会', '咸宜镇青龙村9组')).toBe('咸宜镇青龙村9组')
    expect(homeSaid('咸宜镇青龙村村民委员会', '青龙村9组')).toBe('咸宜镇青龙村9组')
    expect(homeSaid('咸宜镇青龙村村民委员会', '9组')).toBe('咸宜镇青龙村 9组')
  })

  test('an ID number is read in fours; a number of our own is not shown', () => {
    expect(idSaid('9902************4X')).toBe('9902 **** **** **** 4X')
    expect(idSaid('short')).toBe('short')
    expect(refSaid('01a20b3c-483f-7052-846e-04510a0743eb')).toBeNull()
    expect(refSaid('PG-2024-0981')).toBe('PG-2024-0981')
  })
})

describe('who looked', () => {
  const look = (at: number, what: string, who = '周岚', purpose: string | null = null) => ({ at, who, what, purpose })
  test('parts read in one visit are one line; a secret, another person or a later hour is a line of its own', () => {
    const visits = visitsOf([look(900_000, 'entitlements'), look(899_000, 'page'), look(898_000, 'page'), look(890_000, 'idNumber', '周岚', '核对身份'), look(880_000, 'page', '何勇'), look(100_000, 'page', '何勇')])
    expect(visits.map((visit) => [visit.who, visit.parts.map((part) => part.what).join()])).toEqual([['周岚', 'entitlements,page'], ['周岚', 'idNumber'], ['何勇', 'page'], ['何勇', 'page']])
  })
})

import { describe, expect, it } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { parseScale } from './parse.ts'
import { assess } from './assess.ts'
import { holds } from './conditions.ts'
import { askedItems } from './items.ts'
import type { Answers, ScaleDefinition } from './types.ts'

const folder = new URL('../../../packs/scales/', import.meta.url)
const label = (zh: string, en: string) => ({ zh, en })
const yesNo = [{ id: 'yes', label: label('是', 'yes') }, { id: 'no', label: label('否', 'no') }]
const points = [{ id: '0', label: label('无', 'none'), score: 0 }, { id: '5', label: label('有', 'some'), score: 5 }]

/** A home check of three questions with a skip: nothing about ability, to show that the engine is not made for one scale. */
function homeCheck(): Record<string, unknown> {
  return structuredClone({
    schema: 'songbai.scale/1', id: 'home-check', version: '1.0.0', title: label('居家检查', 'Home check'), source: { document: label('样例', 'sample') },
    confidence: 'sample', wording: label('样例', 'sample'), direction: 'higher-worse', signatures: { assessors: 1, informant: false },
    validity: { months: 6, confidence: 'sample' }, optionSets: { points }, dimensions: [{ code: 'home', label: label('居家', 'Home') }],
    items: [
      { code: '1', key: 'stove', kind: 'choice', dimension: 'home', label: label('有煤炉吗', 'Is there a stove'), options: yesNo },
      { code: '2', key: 'alarm', kind: 'score', dimension: 'home', label: label('无报警器', 'No alarm'), optionSet: 'points', showIf: { item: '1', is: ['yes'] } },
      { code: '3', key: 'steps', kind: 'score', dimension: 'home', label: label('有台阶', 'Steps'), optionSet: 'points' },
      { code: '4', key: 'rooms', kind: 'number', dimension: 'home', label: label('房间数', 'Rooms'), min: 1, max: 20, required: false },
      { code: '5', key: 'seen', kind: 'day', dimension: 'home', label: label('查看日期', 'Seen on'), required: false },
      { code: '6', key: 'remark', kind: 'text', dimension: 'home', label: label('备注', 'Remark'), required: false },
    ],
    levels: [{ level: 0, code: 'safe', label: label('安全', 'safe') }, { level: 1, code: 'risk', label: label('有风险', 'risk') }, { level: 2, code: 'danger', label: label('危险', 'danger') }],
    combination: { method: 'total', bands: [{ level: 0, min: 0, max: 0 }, { level: 1, min: 5, max: 5 }, { level: 2, min: 10, max: 10 }] },
    adjustments: {
      stacking: 'each', cap: 2,
      rules: [
        { id: 'many', when: { item: '4', atLeast: 5 }, why: label('房间多', 'many rooms'), effect: { raise: 1 } },
        { id: 'huge', when: { item: '4', atLeast: 10 }, why: label('房间很多', 'very many rooms'), effect: { raise: 1 } },
      ],
    },
  })
}

/** Faults after one change, as `path code`. */
function faultsAfter(change: (scale: any) => void): string[] { // the change breaks the type on purpose
  const json = homeCheck()
  change(json)
  const parsed = parseScale(json)
  return 'faults' in parsed ? parsed.faults.map(({ path, code }) => `${path} ${code}`) : []
}

function home(): ScaleDefinition {
  const parsed = parseScale(homeCheck())
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  return parsed.scale
}

describe('reading a scale', () => {
  it.each(readdirSync(folder).filter(name => name.endsWith('.json')))('[S1] packs/scales/%s has no fault', name => {
    expect(parseScale(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))).toHaveProperty('scale')
  })

  it('[S1] the sample of these tests has no fault of its own', () => expect(faultsAfter(() => {})).toEqual([]))

  it.each<[string, (scale: any) => void, string]>([
    ['an unknown key at the top', s => { s.colour = 'red' }, 'scale.colour unknown_key'],
    ['an unknown key deep inside', s => { s.items[1].optionset = 'points' }, 'items[1].optionset unknown_key'],
    ['a misspelt condition', s => { s.items[1].showIf = { itme: '1', is: ['yes'] } }, 'items[1].showIf unknown_condition'],
    ['a condition with a key too many', s => { s.items[1].showIf.atLeast = 1 }, 'items[1].showIf.atLeast unknown_key'],
    ['a missing English label', s => { delete s.items[0].label.en }, 'items[0].label.en missing_key'],
    ['an empty Chinese label', s => { s.title.zh = ' ' }, 'title.zh empty'],
    ['an unknown kind', s => { s.items[0].kind = 'slider' }, 'items[0].kind not_one_of'],
    ['a day that does not exist', s => { s.source.issued = '2023-02-29' }, 'source.issued not_a_day'],
    ['a number as text', s => { s.validity.months = '6' }, 'validity.months not_whole_number'],
    ['no scale at all', s => { for (const key of Object.keys(s)) delete s[key] }, 'scale.schema missing_key'],
  ])('[S1] reports %s with its path', (_, change, fault) => expect(faultsAfter(change)).toContain(fault))

  it.each<[string, (scale: any) => void, string]>([
    ['an option set that is not there', s => { s.items[2].optionSet = 'pionts' }, 'items[2].optionSet unknown_reference'],
    ['a skip by an option that is not there', s => { s.items[1].showIf.is = ['maybe'] }, 'items[1].showIf unknown_reference'],
    ['a skip that looks ahead', s => { s.items[1].showIf = { item: '3', atLeast: 5 } }, 'items[1].showIf later_reference'],
    ['the same code twice', s => { s.items[2].code = '1' }, 'items duplicate'],
    ['a scored option without points', s => { delete s.optionSets.points[0].score }, 'items[1].options missing_key'],
    ['a scored item that may stay open', s => { s.items[2].required = false }, 'items[2].required not_one_of'],
    ['a sum that can occur and has no band', s => { s.combination.bands.pop() }, 'combination.bands sum_without_band'],
    ['two bands for one sum', s => { s.combination.bands[0].max = 5 }, 'combination.bands overlapping_bands'],
    ['a band for an unknown level', s => { s.combination.bands[2].level = 7 }, 'combination.bands[2].level unknown_reference'],
    ['a cap that would improve the level', s => { s.adjustments.cap = 1 }, 'adjustments.cap cap_not_worst'],
    ['a matrix without all cells', s => { s.dimensions[0].bands = [{ grade: 0, min: 0, max: 10 }]; s.combination = { method: 'matrix', rows: 'home', columnsWorstOf: ['home'], cells: [] } }, 'combination.cells incomplete_matrix'],
  ])('[S2] reports %s', (_, change, fault) => expect(faultsAfter(change)).toContain(fault))
})

describe('a scale that has nothing to do with ability', () => {
  it('[S4] an item that is skipped is neither missing nor counted', () => {
    const result = assess(home(), { 1: 'no', 3: '5' })
    expect(result.status === 'complete' && [result.total, result.levelCode]).toEqual([5, 'risk'])
    expect(assess(home(), { 1: 'yes', 3: '5' })).toMatchObject({ status: 'incomplete', missing: ['2'] })
  })

  it('[S4] an answer left behind under a skip is a problem, not dropped', () => {
    expect(assess(home(), { 1: 'no', 2: '5', 3: '0' })).toEqual({ status: 'problems', problems: [{ code: 'skipped_but_answered', args: { item: '2' } }] })
  })

  it('[S4] what hangs on a skipped item is skipped with it, whatever was left behind', () => {
    const json = homeCheck() as any // broken open on purpose: a second skip behind the first
    json.items[3].showIf = { item: '2', is: ['5'] }
    const parsed = parseScale(json)
    if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
    const codes = (stove: string): string[] => askedItems(parsed.scale, { 1: stove, 2: '5', 3: '0' }).map(item => item.code)
    expect(codes('yes')).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(codes('no')).toEqual(['1', '3', '5', '6'])
  })

  it('[S7] a dimension that does not count has its own sum and stays out of the total', () => {
    const json = homeCheck() as any // one more dimension than the sample
    json.dimensions.push({ code: 'extra', label: label('另计', 'Apart'), counts: false })
    json.items[2].dimension = 'extra'
    json.combination.bands = [{ level: 0, min: 0, max: 0 }, { level: 1, min: 5, max: 5 }]
    const parsed = parseScale(json)
    if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
    expect(assess(parsed.scale, { 1: 'yes', 2: '0', 3: '5' })).toMatchObject({ total: 0, levelCode: 'safe', dimensionTotals: { home: { score: 0 }, extra: { score: 5, max: 5 } } })
  })

  it('[S15] a sum over an item that is still open holds for no limit', () => {
    const at = (answers: Answers) => ({ scale: home(), answers, grades: {} })
    expect(holds({ sumOf: ['2', '3'], atMost: 5 }, at({ 2: '0' }))).toBe(false)
    expect(holds({ sumOf: ['2', '3'], atLeast: 5 }, at({ 2: '5' }))).toBe(false)
    expect(holds({ sumOf: ['2', '3'], atMost: 5 }, at({ 2: '0', 3: '5' }))).toBe(true)
    expect(holds({ item: '4', atMost: 5 }, at({}))).toBe(false)
    expect(holds({ not: { item: '4', atMost: 5 } }, at({}))).toBe(true)
  })

  it('[S8] raises that stack add up and stop at the cap', () => {
    const at = (steps: string, rooms: number) => assess(home(), { 1: 'no', 3: steps, 4: rooms })
    expect(at('0', 4)).toMatchObject({ initialLevel: 0, finalLevel: 0 })
    expect(at('0', 5)).toMatchObject({ finalLevel: 1, adjustments: [{ id: 'many', applied: true }] })
    expect(at('0', 10)).toMatchObject({ finalLevel: 2 })
    expect(at('5', 10)).toMatchObject({ finalLevel: 2, adjustments: [{ applied: true }, { applied: false }] })
  })

  it('[S3] numbers, days and texts are read strictly', () => {
    const codes = (answers: Record<string, string | number>) => {
      const result = assess(home(), { 1: 'no', 3: '0', ...answers })
      return result.status === 'problems' ? result.problems.map(({ code }) => code) : [result.status]
    }
    expect(codes({ 4: 21 })).toEqual(['out_of_range'])
    expect(codes({ 4: 0 })).toEqual(['out_of_range'])
    expect(codes({ 4: 2.5 })).toEqual(['wrong_kind'])
    expect(codes({ 5: '2024-02-30' })).toEqual(['not_a_day'])
    expect(codes({ 6: ' ' })).toEqual(['empty_text'])
    expect(codes({ 4: 3, 5: '2024-02-29', 6: '好' })).toEqual(['complete'])
  })

  it('[S3] any JSON value in any place is a problem or an open form, never an exception', () => {
    const junk: unknown[] = [null, true, 0, -1, 1e99, '', 'constructor', [], [null], [[]], {}, { refused: 'yes' }, { refused: true }, { refused: true, reason: 7 }]
    for (const code of ['1', '2', '3', '4', '5', '6', 'constructor']) for (const value of junk) {
      if (code === '6' && value === 'constructor') continue // a remark may be any text
      const answers = { 1: 'yes', 2: '0', 3: '0', [code]: value } as Answers
      const result = assess(home(), answers)
      expect([code, value, result.status]).toEqual([code, value, 'problems'])
    }
  })

  it('[S1] any JSON value in place of a part of a scale is a fault, never an exception', () => {
    for (const key of Object.keys(homeCheck())) for (const value of [null, 0, '', [], [null], [[]], {}, 'constructor']) {
      if (key === 'optionSets' && JSON.stringify(value) === '{}') continue
      const json = { ...homeCheck(), [key]: value }
      const parsed = parseScale(json)
      const harmless = ['id', 'version', 'confidence'].includes(key) && value === 'constructor'
      expect([key, value, 'faults' in parsed]).toEqual([key, value, !harmless])
    }
    expect(faultsAfter(s => { s.items[2].optionSet = 'constructor' })).toContain('items[2].optionSet unknown_reference')
  })
})

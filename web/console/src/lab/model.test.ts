import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { newColumn, parseFacts, readTable } from '@songbai/policy'
import { scaleOf } from './Lines.tsx'
import { amountOn, cellText, commonColumns, niceStep, shortArticle, shortCode, shownColumns, signed, splitArticles, sumText, tileName, tilesOf } from './model.ts'

const PACKS = new URL('../../../../packs/', import.meta.url)
const read = parseFacts(readFileSync(new URL('facts.yaml', PACKS), 'utf8'))
if ('problems' in read) throw new Error('facts')
const { facts } = read
const table = (path: string) => readTable(readFileSync(new URL(path, PACKS), 'utf8'), facts)!
const said = { lang: 'zh' as const, at: '2026-08-01' }

describe('cells in words', () => {
  const meals = table('jimo-2024/policies/meal-subsidy.yaml')
  const text = (row: string, column: string) => cellText(meals.rows.find((one) => one.id === row)!.cells[column], meals.columns.find((one) => one.id === column)!, meals, said)

  test('codes lose their explanation, limits read as people write them, what is not asked is nothing', () => {
    expect(text('old', 'fact:age')).toBe('≥ 80')
    expect(text('poor', 'fact:incomeStanding')).toBe('特困、低保、低保边缘')
    expect(text('old', 'fact:incomeStanding')).toBeNull()
    expect(shortCode('空巢（仅与配偶同住）')).toBe('空巢')
    const age = newColumn('age', facts)!.column
    expect(cellText({ kind: 'range', fact: 'age', from: { op: '>=', value: 80, param: false }, to: { op: '<', value: 90, param: false } }, age, meals, said)).toBe('80–89')
    expect(cellText({ kind: 'codes', fact: 'livingArrangement', values: ['institution'], not: true }, newColumn('livingArrangement', facts)!.column, meals, said)).toBe('不是住养老机构')
  })

  test('what all rows share stands above the table until it is opened as a column', () => {
    const shared = meals.columns.filter((one) => one.common)
    expect(commonColumns(meals, []).map((one) => one.id)).toEqual(['fact:residence'])
    expect(commonColumns(meals, shared)).toEqual([])
    expect(shownColumns(meals, [newColumn('abilityLevel', facts)!.column]).map((one) => one.id)).toEqual(['fact:age', 'fact:incomeStanding', 'fact:abilityLevel'])
  })

  test('a dated rate is read on the day', () => {
    const allowance = table('national/policies/age-allowance.yaml')
    const row = allowance.rows.find((one) => one.id === 'band80')!
    expect([amountOn(row, allowance, '2025-12-31'), amountOn(row, allowance, '2026-01-01'), amountOn(row, allowance, '2020-01-01')]).toEqual([5000, 6000, null])
    expect(shortArticle('第三条（二）', 'a3')).toBe('三(二)')
  })
})

test('a policy text is cut where its articles begin, parts in brackets under the article above', () => {
  const articles = splitArticles('示例办法\n\n第一条　为了保障。\n第三条　对象如下：\n（一）特困、低保；\n(二) 低保边缘。\n续写一行\n四、附则')
  expect(articles.map((one) => [one.label, one.text])).toEqual([['', '示例办法'], ['第一条', '为了保障。'], ['第三条', '对象如下：'], ['第三条（一）', '特困、低保；'], ['第三条（二）', '低保边缘。\n续写一行'], ['四', '附则']])
  expect(new Set(articles.map((one) => one.id)).size).toBe(articles.length)
  expect(splitArticles('  \n')).toEqual([])
})

test('tiles step with the money, less money is another hue, and nothing is nothing', () => {
  const place = (code: string, before: number, after: number) => ({ code, name: code, people: 1, beforeFen: before, afterFen: after, winners: 0, losers: 0 })
  const { tiles, limits } = tilesOf([place('1', 0, 0), place('2', 0, 90_000), place('3', 0, 480_000), place('4', 200_000, 0)])
  expect(limits).toEqual([100_000, 200_000, 300_000, 400_000])
  expect(tiles.map((one) => one.step)).toEqual([0, 1, 5, -3])
  expect(tilesOf([{ ...place('1', 0, 1), name: '灵山街道' }, { ...place('2', 0, 1), name: '灵山镇' }, { ...place('3', 0, 1), name: '蓝村街道' }]).tiles.map((one) => one.label)).toEqual(['灵山街', '灵山镇', '蓝村'])
  expect([niceStep(1), niceStep(130_000), niceStep(5_100)]).toEqual([100, 200_000, 10_000])
  expect([tileName('龙田乡'), tileName('葛城街道'), tileName('镇')]).toEqual(['龙田', '葛城', '镇'])
})

test('sums keep their cents only when there are some; a scale holds both lines', () => {
  expect([sumText(28_071_000), sumText(12_345), signed(-61_000), signed(0)]).toEqual(['280,710', '123.45', '−610', '0'])
  const { lo, hi, step } = scaleOf([21_971_000, 28_071_000, 30_000_000])
  expect(lo).toBeLessThanOrEqual(21_971_000)
  expect(hi).toBeGreaterThanOrEqual(30_000_000)
  expect((hi - lo) % step).toBe(0)
  expect(scaleOf([0, 0]).hi).toBeGreaterThan(0)
})

import { describe, expect, it } from 'vitest'
import { formPages, progress, runningTotals } from './form.ts'
import { packScale } from './test-scales.ts'

const scale = packScale('gbt42195-2022')

describe('the form on a tablet', () => {
  it('[F1] one page for each dimension, in order, options in place', () => {
    const pages = formPages(scale)
    expect(pages.map(page => [page.code, page.items.length])).toEqual([['A', 24], ['B1', 8], ['B2', 4], ['B3', 9], ['B4', 5]])
    expect(pages[1]?.items[1]?.options).toHaveLength(5)
  })

  it('[F2] counts required items, names the next open one, and a wrong answer as open', () => {
    expect(progress(scale, {})).toMatchObject({ required: 35, answered: 0, refused: 0, next: 'A.reason' })
    const some = progress(scale, { 'A.reason': 'first', 'A.informant': 'child', 'A.diagnoses': ['none'], 'A.coma': 'maybe', 'B.1.1': { refused: true, reason: '不愿' }, 'A.education': 'none' })
    expect(some).toMatchObject({ required: 35, answered: 3, refused: 1, next: 'A.coma' })
    expect(some.pages[1]).toEqual({ code: 'B1', required: 8, answered: 0, refused: 1 })
  })

  it('[F3] shows the sum so far and where it can still end', () => {
    expect(runningTotals(scale, {})).toMatchObject({ score: 0, max: 90, lowest: 0, highest: 90 })
    const totals = runningTotals(scale, { 'B.1.1': '1', 'B.2.4': '3', 'A.event.fall': '2' })
    expect(totals).toMatchObject({ score: 4, max: 90, lowest: 4, highest: 87 })
    expect(totals.dimensions.find(({ code }) => code === 'B2')).toEqual({ code: 'B2', score: 3, max: 15, answered: 1, items: 4, lowest: 3, highest: 15 })
  })
})

import { expect, test } from 'vitest'
import { listAddress, monthsBack, readYuan, stepsDone } from './model.ts'

test('yuan as people type them become fen without a rounding error, anything else is no amount', () => {
  expect(['60', '60.1', '0.07', '1,234.50', '19.99', '１'].map(readYuan)).toEqual([6000, 6010, 7, 123450, 1999, null])
  expect(['', '6.005', '-5', '1e3', '元'].map(readYuan)).toEqual([null, null, null, null, null])
})

test('months go back over the turn of the year', () => {
  expect(monthsBack('2026-02-16', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
})

test('a dropped batch and one being worked out have no step behind them', () => {
  expect([stepsDone('computing'), stepsDone('dropped'), stepsDone('draft'), stepsDone('settled')]).toEqual([0, 0, 1, 5])
  expect(listAddress('b', { list: 'stopped', stop: 'gone' })).toBe('/payments/b/list?list=stopped&stop=gone')
})

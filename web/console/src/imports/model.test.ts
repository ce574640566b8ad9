import { expect, test } from 'vitest'
import type { Counts, ProblemRow, SheetView } from '@songbai/capabilities/know/imports/contract'
import { guessed, headingRowsOf, listDayOf, markOf, nextProblem, openColumns, rowsPerSecond, size, stepOf, takenTwice, undecidedNames } from './model.ts'

const column = (at: number, field: string | null, why: SheetView['columns'][number]['why']) => ({ column: at, letter: 'ABCDEF'[at]!, heading: `第${at}`, samples: [], field, why, fit: null, others: [] })
const SHEET: SheetView = { index: 0, name: '名单', hidden: false, rows: 3, looksLike: 'list', table: { headingRows: [3], firstDataRow: 4, title: '', runnerUp: null, fingerprint: 'f' }, columns: [column(0, null, 'row_number'), column(1, 'name', 'heading_equal'), column(3, null, 'undecided')] }
const COUNTS: Counts = { seen: 5, ready: 0, error: 1, question: 0, dropped: 0, skipped: 0, repaired: 0, imported: 3, added: 1, skippedBy: {}, seconds: 1 }

test('a doubtful column stays open, a row number and a column without a heading are left out', () => {
  expect(guessed(SHEET)).toEqual(['skip', 'name', 'skip', null])
  expect(openColumns(SHEET, guessed(SHEET))).toEqual(['第3'])
})

test('a commit stopped half way shows its receipt, a stopped dry run shows the headings again', () => {
  expect(stepOf({ state: 'stopped', counts: COUNTS, sheets: [SHEET] })).toBe(5)
  expect(stepOf({ state: 'stopped', counts: null, sheets: [SHEET] })).toBe(2)
  expect(stepOf({ state: 'failed', counts: null, sheets: [] })).toBe(1)
  expect(stepOf({ state: 'checked', counts: COUNTS, sheets: [SHEET] })).toBe(3)
})

test('an undecided column is named by its heading, and by its letter where it has none', () => {
  expect(undecidedNames({ undecided: ['D', 'F'], sheets: [SHEET], setup: { sheet: 0, headingRows: [3], choices: [], place: '500229000000', listDay: '2026-07-16' } })).toEqual(['第3', 'F'])
})

test('a field chosen for two columns is found, left-out and open columns do not count', () => {
  expect(takenTwice(['name', 'skip', 'skip', null, null, 'name', 'phone'])).toEqual(['name'])
})

test('heading rows are read with Chinese commas and never more than three', () => {
  expect(headingRowsOf('4、3')).toEqual([3, 4])
  expect(headingRowsOf('3，4 5')).toEqual([3, 4, 5])
  for (const typed of ['', '0', '1.5', 'x', '1,2,3,4']) expect(headingRowsOf(typed)).toBeNull()
})

test('a list cannot speak of a day after today', () => {
  expect(listDayOf('2026-07-16', '2026-07-16')).toEqual({ day: '2026-07-16', why: null })
  expect(listDayOf('2026-07-17', '2026-07-16').why).toBe('future')
  expect(listDayOf('2026-02-30', '2026-07-16').why).toBe('bad')
})

test('rows a second are told only after half a second and a row', () => {
  expect(rowsPerSecond({ atMs: 0, done: 0 }, { atMs: 400, done: 900 })).toBeNull()
  expect(rowsPerSecond({ atMs: 0, done: 100 }, { atMs: 2000, done: 100 })).toBeNull()
  expect(rowsPerSecond({ atMs: 0, done: 100 }, { atMs: 2000, done: 4100 })).toBe(2000)
})

test('the worst finding colours the cell, by letter or by field', () => {
  const row = { findings: [{ column: 'B', severity: 'question', code: 'x', args: {} }, { column: 'name', severity: 'error', code: 'y', args: {} }, { column: 'C', severity: 'repaired', code: 'z', args: {} }] } as unknown as ProblemRow
  expect(markOf(row, { letter: 'B', field: 'name' })).toBe('bad')
  expect(markOf(row, { letter: 'B', field: null })).toBe('warn')
  expect(markOf(row, { letter: 'C', field: null })).toBe('fix')
  expect(markOf(row, { letter: 'D', field: null })).toBeNull()
})

test('the next problem comes row by row and round again', () => {
  const marks = [[null, 'bad', null], ['fix', null, null], [null, null, 'warn']] as const
  expect(nextProblem(marks, { row: 0, cell: 0 })).toEqual({ row: 0, cell: 1 })
  expect(nextProblem(marks, { row: 0, cell: 1 })).toEqual({ row: 2, cell: 2 })
  expect(nextProblem(marks, { row: 2, cell: 2 })).toEqual({ row: 0, cell: 1 })
  expect(nextProblem([['fix']], { row: 0, cell: 0 })).toBeNull()
})

test('sizes are short', () => {
  expect([size(12), size(2048), size(40_055_603)]).toEqual(['12 B', '2 KB', '38.2 MB'])
})

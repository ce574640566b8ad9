/** Rows that need a person: looked at, corrected cell by cell and judged again at once, or answered. */
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { cellText, columnLetter, createJudge, findTable, type Cell, type Finding } from '@songbai/sheets'
import * as c from './contract.ts'
import type { RowState, SheetView } from './contract.ts'
import { registerDoubt } from './rules-doubts.ts'
import { decisionsFor } from './rules.ts'
import { columnIndex } from './store-book.ts'
import { addProblems, answerable, countProblems, decide, problemAt, problemsOf, problemView, questionsIn, type StoredProblem } from './store-problems.ts'
import { meetRegister } from './store-register.ts'
import { rulesOf } from './store-rules.ts'
import { batchById, openSeen, type Batch } from './store.ts'

const OPEN: readonly RowState[] = ['error', 'question']

export const doSeeProblems: Does<typeof c.seeProblems> = async (tx, input) => {
  const batch = await batchById(tx, input.batchId)
  if (!batch) return refuse('imports.not-found')
  const columns = columnsOf(tx, batch)
  const states = [...(input.states ?? OPEN)]
  const codes = input.code === undefined ? undefined : ['e', 'q', 'r'].map((letter) => `${letter}:${input.code}`)
  const afterRow = input.row === undefined ? Number(input.after ?? 0) : input.row - 1
  const rows = await problemsOf(tx, batch, { codes, states, afterRow, limit: input.row === undefined ? input.limit : 1 })
  const total = await countProblems(tx, batch, { codes, states })
  tx.note({ subjectId: batch.id, region: batch.region, what: 'importRows' })
  return { columns, rows: rows.map((row) => problemView(row, columns.map((one) => one.column))), total, next: input.row === undefined && rows.length === input.limit ? String(rows.at(-1)!.row) : null }
}

function columnsOf(tx: Tx, batch: Batch): { column: number; letter: string; heading: string; field: string | null }[] {
  const sheet = sheetOf(tx, batch)
  return (sheet?.columns ?? []).filter((one) => one.why !== 'empty').map((one) => {
    const choice = batch.setup?.choices[one.column] ?? null
    return { column: one.column, letter: one.letter, heading: one.heading, field: choice === 'skip' ? null : choice }
  })
}

function sheetOf(tx: Tx, batch: Batch): SheetView | undefined {
  return openSeen(tx, batch)?.sheets.find((one) => one.index === batch.setup?.sheet)
}

/** The columns that say who somebody is: after a change there the row's likeness to another is asked anew. */
const IDENTITY = new Set(['name', 'idNumber', 'birth', 'place', 'village', 'township'])

export const doFix: Does<typeof c.fixCell> = async (tx, { batchId, row, column, text }) => {
  const batch = await batchById(tx, batchId, true)
  if (!batch) return refuse('imports.not-found')
  if (batch.state !== 'checked') return refuse('imports.wrong-state', { state: batch.state })
  const problem = await problemAt(tx, batch, row)
  if (!problem || problem.state === 'skipped') return refuse('imports.row-not-found', { row })
  const cells: Cell[] = Array.from({ length: Math.max(problem.cells.length, column + 1) }, (_, i) => (i === column ? (text === '' ? null : text) : (problem.cells[i] ?? null)))
  const key = String(column)
  const original = problem.was[key] ?? cellText(problem.cells[column])
  const was = { ...problem.was, [key]: original }
  if (text === original) delete was[key]
  const judged = await judgeAgain(tx, batch, problem, cells, column)
  const asked = judged.findings.map((one) => one.severity)
  const state: RowState = asked.includes('error') ? 'error' : asked.includes('question') ? 'question' : 'ready'
  await addProblems(tx, batch, [{ row, state, cells, findings: judged.findings, was, matchId: judged.matchId }])
  const shown = (await problemAt(tx, batch, row))!
  return { row: problemView(shown, columnsOf(tx, batch).map((one) => one.column)) }
}

interface Again {
  readonly findings: readonly Finding[]
  readonly matchId: string | null
}

async function judgeAgain(tx: Tx, batch: Batch, problem: StoredProblem, cells: Cell[], column: number): Promise<Again> {
  const setup = batch.setup!
  const { rules, schema, judgeRow } = await rulesOf(tx, batch, setup)
  const table = tableOf(sheetOf(tx, batch)!, setup.headingRows)
  const { record } = createJudge({ schema, table, mapping: rules.mapping, context: { today: rules.today } })({ row: problem.row, cells })
  if (!record) return { findings: [{ row: problem.row, column: '', severity: 'error', code: 'sheets.field.missing', args: { field: 'name', label: '姓名' } }], matchId: null }
  const { findings, person } = judgeRow(record, cells)
  if (person === null) return { findings, matchId: null }
  const met = (await meetRegister(tx, [{ row: problem.row, person }])).get(problem.row)
  const doubt = met ? registerDoubt(problem.row, rules.mapping, met.same, met.alike) : null
  const field = setup.choices[column] ?? ''
  // Twins in the file cannot be looked up for one row; they stay asked until a column of identity changes, and the commit asks again.
  const twins = IDENTITY.has(field) ? [] : problem.findings.filter((one) => one.code === 'imports.twice-in-file' || one.code === 'imports.like-row')
  return { findings: [...findings, ...twins, ...(doubt ? [doubt.finding] : [])], matchId: doubt?.matchId ?? null }
}

/** The heading as it was seen, rebuilt without opening the file. */
function tableOf(sheet: SheetView, headingRows: readonly number[]): NonNullable<ReturnType<typeof findTable>> {
  const first = sheet.table?.firstDataRow ?? (headingRows.at(-1) ?? 0) + 1
  const width = Math.max(0, ...sheet.columns.map((one) => columnIndex(one.letter) + 1))
  const columns = Array.from({ length: width }, (_, index) => sheet.columns.find((one) => one.column === index) ?? { column: index, letter: columnLetter(index), heading: '' })
  return { headingRows, firstDataRow: first, columns: columns.map(({ column, letter, heading }) => ({ index: column, letter, heading })), title: '', skipped: [], evidence: { filled: 0, hits: 0, runnerUp: null } }
}

const PAGE = 2000

export const doAnswer: Does<typeof c.answerRows> = async (tx, input) => {
  const batch = await batchById(tx, input.batchId, true)
  if (!batch) return refuse('imports.not-found')
  if (batch.state !== 'checked') return refuse('imports.wrong-state', { state: batch.state })
  if (input.rows === undefined && input.code === undefined) return refuse('imports.row-not-found', { row: 0 })
  const { decision } = input
  let [after, changed]: [number, number] = [0, 0]
  for (;;) {
    const lines = await answerable(tx, batch, input, after, PAGE)
    if (input.rows && after === 0 && lines.length < new Set(input.rows).size) return refuse('imports.row-not-found', { row: input.rows.find((row) => !lines.some((line) => line.row === row)) ?? 0 })
    const fitting = lines.filter((line) => fits(line, decision))
    if (input.rows && fitting.length < lines.length) return refuse('imports.answer-not-fitting', { row: lines.find((line) => !fits(line, decision))!.row })
    if (decision !== null) await decide(tx, batch, fitting.map((line) => line.row), decision === 'drop' ? 'dropped' : 'ready', decision)
    else for (const state of ['error', 'question'] as const) await decide(tx, batch, fitting.filter((line) => openState(line) === state).map((line) => line.row), state, null)
    changed += fitting.length
    if (lines.length < PAGE) return { changed }
    after = lines.at(-1)!.row
  }
}

function openState(line: { readonly codes: readonly string[] }): 'error' | 'question' {
  return line.codes.some((code) => code.startsWith('e:')) ? 'error' : 'question'
}

/** A row with an error can only be left out; one that has been corrected has nothing to answer. */
function fits(line: { readonly codes: readonly string[]; readonly matchId: string | null }, decision: c.Decision | null): boolean {
  const asked = questionsIn(line.codes)
  if (line.codes.some((code) => code.startsWith('e:'))) return decision === 'drop' || decision === null
  if (decision === null) return asked.length > 0
  return decisionsFor(asked).includes(decision) && (decision !== 'same' || line.matchId !== null)
}


/** A first look: kind of file, sheets, headings, and which column may be which. */
import type { TaskContext } from '@songbai/platform/schedule'
import { cellText, findTable, guessColumns, headingsFingerprint, SheetsError, type ColumnGuess, type RawRow, type SavedTemplate, type SheetSchema, type Workbook } from '@songbai/sheets'
import type { SheetView } from './contract.ts'
import { failureOf } from './jobs-check.ts'
import { headOfSheet, openStored } from './store-book.ts'
import { batchById, changeBatch, openSeen, sealSeen, templateFor, type Seen } from './store.ts'
import { schemaOf } from './store-rules.ts'

export interface InspectInput {
  readonly batchId: string
  readonly sheet?: number | undefined
  readonly headingRows?: readonly number[] | undefined
}

/** Sheets looked at; a workbook of a hundred villages is still one file, its later sheets are named but not read. */
const SHEETS = 30

export async function inspect(context: TaskContext<InspectInput>): Promise<unknown> {
  const { batchId } = context.input
  const start = await context.tx(async (tx) => ({ batch: (await batchById(tx, batchId))!, schema: schemaOf(tx), today: tx.today }))
  try {
    const book = await openStored(context, start.batch.fileId)
    try {
      const seen = await lookInto(context, book, start.schema, start.today)
      await context.tx(async (tx) => changeBatch(tx, batchId, { state: 'inspected', failure: null, seen: sealSeen(tx, await again(tx, batchId, context.input, seen)) }))
      return { sheets: seen.sheets.length }
    } finally {
      await book.close()
    }
  } catch (error) {
    await context.tx((tx) => changeBatch(tx, batchId, { state: 'unreadable', failure: failureOf(error) }))
    // The one expected failure is the file itself. Anything else is ours and goes to the log.
    if (!(error instanceof SheetsError)) throw error
    return { refused: error.code }
  }
}

type Tx = Parameters<Parameters<TaskContext<unknown>['tx']>[0]>[0]

/** A look with other heading rows replaces one sheet; the rest stays as it was seen. */
async function again(tx: Tx, batchId: string, input: InspectInput, seen: Seen): Promise<Seen> {
  if (input.sheet === undefined) return seen
  const before = openSeen(tx, (await batchById(tx, batchId))!)
  return before ? { ...before, sheets: before.sheets.map((sheet) => seen.sheets.find((one) => one.index === sheet.index) ?? sheet) } : seen
}

async function lookInto(context: TaskContext<InspectInput>, book: Workbook, schema: SheetSchema, today: string): Promise<Seen> {
  const { sheet: only, headingRows } = context.input
  const sheets: SheetView[] = []
  for (const [index, info] of book.sheets.entries()) {
    if (only !== undefined && index !== only) continue
    if (sheets.length >= SHEETS) {
      sheets.push({ index, name: info.name, hidden: info.hidden, rows: 0, table: null, looksLike: 'noHeading', columns: [] })
      continue
    }
    sheets.push(await lookAt(context, book, index, schema, today, only === undefined ? undefined : headingRows))
    await context.progress(index + 1, book.sheets.length)
  }
  return { kind: book.kind, encoding: book.encoding?.name ?? null, sheets }
}

async function lookAt(context: TaskContext<InspectInput>, book: Workbook, index: number, schema: SheetSchema, today: string, headingRows: readonly number[] | undefined): Promise<SheetView> {
  const info = book.sheets[index]!
  const { merges, rows } = await book.survey(index)
  const head = await headOfSheet(book, index)
  const base = { index, name: info.name, hidden: info.hidden, rows }
  const table = findTable(head, { schema, merges, ...(headingRows ? { headingRows } : {}) })
  if (!table) return { ...base, table: null, looksLike: head.length === 0 ? 'empty' : 'noHeading', columns: [] }
  const fingerprint = headingsFingerprint(table)
  const saved = await context.tx((tx) => templateFor(tx, fingerprint))
  const template: SavedTemplate | undefined = saved ? { fingerprint, fields: saved } : undefined
  const columns = guessColumns(schema, table, head, { today }, template)
  return {
    ...base, looksLike: looksLike(columns, head), columns: columns.map(viewOf),
    table: { headingRows: [...table.headingRows], firstDataRow: table.firstDataRow, title: table.title, runnerUp: table.evidence.runnerUp, fingerprint },
  }
}

function viewOf(guess: ColumnGuess): SheetView['columns'][number] {
  return { column: guess.column, letter: guess.letter, heading: guess.heading, samples: [...guess.samples], field: guess.field, why: guess.why, fit: guess.fit, others: [...guess.others] }
}

/** A sheet without names and full of sums is somebody's summary. */
function looksLike(columns: readonly ColumnGuess[], head: readonly RawRow[]): SheetView['looksLike'] {
  if (columns.some((one) => one.field === 'name' || one.field === 'idNumber')) return 'list'
  return head.some((row) => row.cells.some((cell) => /合计|总计|小计|人数/.test(cellText(cell)))) ? 'totals' : 'list'
}

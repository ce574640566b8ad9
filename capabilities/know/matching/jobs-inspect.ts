/** A first look at a department's list: sheets, headings and which column may be which. */
import type { TaskContext } from '@songbai/platform/schedule'
import { findTable, guessColumns, type SheetSchema, type Workbook } from '@songbai/sheets'
import { prepareContext } from '../elders/public.ts'
import { headOfSheet, withBook } from '../imports/public.ts'
import type { SheetView } from './contract.ts'
import { maskNumber } from './rules-differences.ts'
import { schemaOf } from './rules-fields.ts'
import { changeRun, runById, sealSheets } from './store.ts'

export interface RunInput {
  readonly runId: string
}

/** Sheets looked at; of a workbook with more the first ones hold the list. */
const SHEETS = 12

export async function inspect(context: TaskContext<RunInput>): Promise<unknown> {
  const { runId } = context.input
  const start = await context.tx(async (tx) => {
    const run = (await runById(tx, runId))!
    return { run, schema: schemaOf(run.source, prepareContext(tx).dictionary, tx.today), today: tx.today }
  })
  const seen = await withBook(context, start.run.fileId, (book) => lookInto(context, book, start.schema, start.today))
  await context.tx((tx) => changeRun(tx, runId, 'unreadable' in seen ? { state: 'unreadable', failure: seen.unreadable } : { state: 'inspected', failure: null, seen: sealSheets(tx, seen) }))
  return 'unreadable' in seen ? { refused: seen.unreadable.code } : { sheets: seen.length }
}

/** Long numbers of people are not needed to tell a column. */
function covered(sample: string): string {
  return sample.replace(/\d{11,}[\dXx]?/g, maskNumber)
}

async function lookInto(context: TaskContext<RunInput>, book: Workbook, schema: SheetSchema, today: string): Promise<SheetView[]> {
  const sheets: SheetView[] = []
  for (const [index, info] of book.sheets.slice(0, SHEETS).entries()) {
    const { merges, rows } = await book.survey(index)
    const head = await headOfSheet(book, index)
    const table = findTable(head, { schema, merges })
    const columns = table ? guessColumns(schema, table, head, { today }) : []
    sheets.push({
      index, name: info.name, rows, table: table ? { headingRows: [...table.headingRows], firstDataRow: table.firstDataRow } : null,
      columns: columns.map(({ column, letter, heading, samples, field, why }) => ({ column, letter, heading, samples: samples.map(covered), field, why })),
    })
    await context.progress(index + 1, book.sheets.length)
  }
  return sheets
}

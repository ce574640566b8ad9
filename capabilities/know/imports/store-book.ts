/** Opens an uploaded file as a workbook, and walks its rows as the confirmed columns say. */
import type { TaskContext } from '@songbai/platform/schedule'
import { createJudge, findTable, openWorkbook, SheetsError, type Cell, type Judged, type Merge, type RawRow, type SheetSchema, type SheetSurvey, type Table, type Workbook } from '@songbai/sheets'
import { inWorker, systemUnpacker } from '@songbai/sheets/node'
import type { Setup } from './contract.ts'

export const HEAD_ROWS = 300

/** Refuses with a {@link SheetsError}; formats that need a whole-file parser run in a capped worker. */
export async function openStored(context: TaskContext<unknown>, fileId: string): Promise<Workbook> {
  const file = await context.tx((tx) => context.files.open(tx, fileId))
  if (!file) throw new SheetsError('sheets.empty')
  const { content } = file
  // Bytes in memory come without waiting, so a whole sheet would be parsed in one breath: others get their turn after each piece.
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    await turnOfOthers()
    return content.subarray(offset, offset + length)
  }
  const book = await openWorkbook({ size: content.length, read }, { readWhole: inWorker(), unpacker: systemUnpacker })
  return { ...book, survey: (sheet) => surveyed(`${fileId} ${sheet}`, () => book.survey(sheet)) }
}

const surveys = new Map<string, SheetSurvey>()
/** A look, a dry run and a commit of the same file each ask for the rows and merged areas of its sheets; a file never changes. */
const SURVEYS_KEPT = 8

async function surveyed(key: string, look: () => Promise<SheetSurvey>): Promise<SheetSurvey> {
  const known = surveys.get(key) ?? (await look())
  surveys.delete(key)
  surveys.set(key, known)
  if (surveys.size > SURVEYS_KEPT) surveys.delete(surveys.keys().next().value!)
  return known
}

export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export interface Plan {
  readonly table: Table
  readonly merges: readonly Merge[]
  readonly rows: number
}

export async function headOfSheet(book: Workbook, sheet: number): Promise<RawRow[]> {
  const head: RawRow[] = []
  for await (const batch of book.rows(sheet, { batchRows: HEAD_ROWS })) {
    head.push(...batch)
    if (head.length >= HEAD_ROWS) break
  }
  return head
}

/** The heading as confirmed; null when those rows are not in the sheet. */
export async function planOf(book: Workbook, setup: Pick<Setup, 'sheet' | 'headingRows'>, schema: SheetSchema): Promise<Plan | null> {
  const { merges, rows } = await book.survey(setup.sheet)
  const table = findTable(await headOfSheet(book, setup.sheet), { schema, merges, headingRows: setup.headingRows })
  return table ? { table, merges, rows } : null
}

export function mappingOfSetup(setup: Pick<Setup, 'choices'>): { columns: { column: number; field: string }[] } {
  return { columns: setup.choices.flatMap((field, column) => (field === null || field === 'skip' ? [] : [{ column, field }])) }
}

export interface Walked {
  readonly row: number
  readonly cells: readonly Cell[]
  readonly judged: Judged
}

/** Rows in file order with what the columns say, `size` at a time; corrected cells stand in for those of the file. */
export async function* walk(book: Workbook, setup: Setup, plan: Plan, schema: SheetSchema, today: string, fixed: ReadonlyMap<number, readonly Cell[]>, size: () => number): AsyncGenerator<Walked[]> {
  const judge = createJudge({ schema, table: plan.table, mapping: mappingOfSetup(setup), context: { today }, merges: plan.merges })
  let kept: Walked[] = []
  for await (const batch of book.rows(setup.sheet, { batchRows: 250 })) {
    for (const raw of batch) {
      const row = fixed.has(raw.row) ? { ...raw, cells: [...fixed.get(raw.row)!] } : raw
      const judged = judge(row)
      kept.push({ row: raw.row, cells: judged.record ? filled(row.cells, judged) : row.cells, judged })
      if (kept.length < size()) continue
      yield kept
      kept = []
    }
  }
  if (kept.length > 0) yield kept
}

/** Cells with 同上 and merged areas written out, so that the row can be judged again alone. */
function filled(cells: readonly Cell[], judged: Judged): readonly Cell[] {
  const findings = judged.record?.findings.filter((one) => one.code === 'sheets.changed.ditto' || one.code === 'sheets.changed.merged') ?? []
  if (findings.length === 0) return cells
  const out = [...cells]
  for (const { column, args } of findings) out[columnIndex(column)] = String(args['to'] ?? '')
  return out
}

export function columnIndex(letters: string): number {
  let n = 0
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64
  return n - 1
}

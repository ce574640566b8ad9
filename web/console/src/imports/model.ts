/** What the pages decide without React: which step, which columns stand open, how fast, what is marked. */
import type { seeBatch, BatchState, Counts, ProblemRow, Setup, SheetView } from '@songbai/capabilities/know/imports/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { parseDay } from '@songbai/web-shared/words/format.ts'

export type Batch = OutputOf<typeof seeBatch>
export type Kind = Batch['kinds'][number]
export type Choice = string | null
export const SKIP = 'skip'
/** The server takes no file above this. */
export const MOST_BYTES = 100 * 1024 * 1024

export const RUNNING: ReadonlySet<BatchState> = new Set(['reading', 'checking', 'committing', 'undoing'])

export type Step = 1 | 2 | 3 | 4 | 5
const STEP: Readonly<Record<Exclude<BatchState, 'stopped' | 'failed'>, Step>> = { reading: 1, unreadable: 1, inspected: 2, checking: 3, checked: 3, committing: 4, committed: 5, undoing: 5, undone: 5 }

/** A stopped commit has something in the register and belongs to the receipt; any other stop goes back to the headings. */
export function stepOf(batch: { readonly state: BatchState; readonly counts: Counts | null; readonly sheets: readonly unknown[] }): Step {
  if (batch.state !== 'stopped' && batch.state !== 'failed') return STEP[batch.state]
  if (brought(batch.counts) > 0) return 5
  return batch.sheets.length > 0 ? 2 : 1
}

/** Rows that went into the register. */
export function brought(counts: Counts | null): number {
  return counts === null ? 0 : counts.imported + counts.added
}

/** A doubtful column stays open for the clerk; an empty one, a row number or one that fits nothing is left out. */
export function guessed(sheet: SheetView): readonly Choice[] {
  const choices: Choice[] = []
  for (const one of sheet.columns) choices[one.column] = one.field ?? (one.why === 'undecided' ? null : SKIP)
  return Array.from(choices, (choice) => (choice === undefined ? SKIP : choice))
}

export function setupFor(batch: Pick<Batch, 'setup' | 'suggested' | 'sheets'>, region: string, today: string): Setup {
  const known = batch.setup ?? batch.suggested
  if (known) return known
  const sheet = batch.sheets.find((one) => one.looksLike === 'list') ?? batch.sheets[0]
  return onSheet({ sheet: 0, headingRows: [1], choices: [], place: region, listDay: today }, sheet)
}

export function onSheet(setup: Setup, sheet: SheetView | undefined): Setup {
  if (!sheet) return setup
  return { ...setup, sheet: sheet.index, headingRows: sheet.table ? [...sheet.table.headingRows] : [1], choices: [...guessed(sheet)] }
}

/** Fields taken for two columns. */
export function takenTwice(choices: readonly Choice[]): readonly string[] {
  const fields = choices.filter((one): one is string => one !== null && one !== SKIP)
  return [...new Set(fields.filter((one, at) => fields.indexOf(one) !== at))]
}

export function openColumns(sheet: SheetView, choices: readonly Choice[]): readonly string[] {
  return sheet.columns.filter((one) => choices[one.column] === null).map((one) => one.heading || one.letter)
}

/** The server names undecided columns by letter; people know them by their heading. */
export function undecidedNames(batch: Pick<Batch, 'undecided' | 'sheets' | 'setup'>): readonly string[] {
  const columns = batch.sheets.find((one) => one.index === batch.setup?.sheet)?.columns ?? []
  return batch.undecided.map((letter) => columns.find((one) => one.letter === letter)?.heading || letter)
}

/** `3、4` or `3,4` → rows in order; null when they are not one to three row numbers. */
export function headingRowsOf(typed: string): number[] | null {
  const rows = typed.split(/[,，、\s]+/).filter((part) => part !== '').map(Number)
  if (rows.length < 1 || rows.length > 3 || rows.some((row) => !Number.isInteger(row) || row < 1)) return null
  return [...new Set(rows)].sort((a, b) => a - b)
}

export function listDayOf(typed: string, today: string): { readonly day: string | null; readonly why: 'bad' | 'future' | null } {
  const day = parseDay(typed)
  if (day === null) return { day: null, why: 'bad' }
  return day > today ? { day: null, why: 'future' } : { day, why: null }
}

export interface Sample { readonly atMs: number; readonly done: number }

/** Rows a second between the first and the latest look; null until half a second and a row have passed. */
export function rowsPerSecond(first: Sample | null, last: Sample | null): number | null {
  if (!first || !last || last.atMs - first.atMs < 500 || last.done <= first.done) return null
  return ((last.done - first.done) * 1000) / (last.atMs - first.atMs)
}

export type Mark = 'bad' | 'warn' | 'fix' | null

/** A finding names a column by its letter or by its field. */
export function markOf(row: ProblemRow, column: { readonly letter: string; readonly field: string | null }): Mark {
  const here = row.findings.filter((one) => one.column === column.letter || (column.field !== null && one.column === column.field))
  if (here.some((one) => one.severity === 'error')) return 'bad'
  if (here.some((one) => one.severity === 'question')) return 'warn'
  return here.length > 0 ? 'fix' : null
}

export interface Spot { readonly row: number; readonly cell: number }

/** The next marked cell after this one, row by row, round to the start; null when nothing is marked. */
export function nextProblem(marks: readonly (readonly Mark[])[], from: Spot): Spot | null {
  const spots = marks.flatMap((cells, row) => cells.flatMap((mark, cell) => (mark === 'bad' || mark === 'warn' ? [{ row, cell }] : [])))
  return spots.find((one) => one.row > from.row || (one.row === from.row && one.cell > from.cell)) ?? spots[0] ?? null
}

const UNITS = ['B', 'KB', 'MB', 'GB'] as const

/** 38.2 MB */
export function size(bytes: number): string {
  const step = Math.min(3, bytes < 1024 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)))
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1).replace(/\.0$/, '')} ${UNITS[step]}`
}

/** A file the engine may look into anywhere: `read` gives at most `length` bytes from `offset`, fewer only at the end. */
export interface RandomAccess {
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
}

export type SheetKind = 'xlsx' | 'xls' | 'ods' | 'xlsb' | 'csv' | 'html' | 'xml2003'

/** A date the file itself says is a date. `day` is null when the serial has no real day (Excel's 1900-02-29, negatives). */
export interface DateCell { readonly date: string | null; readonly time?: string; readonly raw: string }
/** A number whose text differs from what JavaScript would print: `raw` is exactly what the file holds. */
export interface NumberCell { readonly number: number; readonly raw: string }
/** `#N/A`, `#REF!` … as Excel shows it. */
export interface ErrorCell { readonly error: string }
/** A formula without a stored result: the value is unknown, not blank. */
export interface FormulaCell { readonly formula: true }

export type Cell = string | number | boolean | null | DateCell | NumberCell | ErrorCell | FormulaCell

/** `row` is the number the clerk sees at the left of the own file, from 1. Trailing blanks are cut off. */
export interface RawRow { readonly row: number; readonly cells: Cell[]; readonly hidden?: boolean }

/** Inclusive, rows from 1, columns from 0. */
export interface Merge { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

export interface SheetInfo { readonly name: string; readonly hidden: boolean }

/** What one quick pass over a sheet tells before any row is read. `rows` counts rows present in the file, blank styled ones included. */
export interface SheetSurvey { readonly rows: number; readonly merges: Merge[]; readonly hiddenColumns: number[] }

/** How the encoding of a text file was decided; figures for the screen. */
export interface EncodingEvidence {
  readonly name: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'
  readonly why: 'bom' | 'valid' | 'only_fit' | 'zero_bytes' | 'declared'
  /** Bytes looked at, and characters that could not be read (each appears as U+FFFD). */
  readonly bytes: number
  readonly damaged: number
}

export interface ReadOptions { readonly fromRow?: number; readonly batchRows?: number }

export interface Workbook {
  readonly kind: SheetKind
  readonly sheets: readonly SheetInfo[]
  readonly encoding?: EncodingEvidence
  readonly delimiter?: string
  survey(sheet: number): Promise<SheetSurvey>
  /** Batches of rows that hold anything, ascending. Stopping the iteration frees everything. */
  rows(sheet: number, options?: ReadOptions): AsyncGenerator<RawRow[]>
  close(): Promise<void>
}

export interface Limits {
  /** Bytes after inflating, all parts of the file together. An honest styled sheet of 200,000 x 18 is 156 MB. */
  readonly inflatedBytes: number
  /** Inflated : packed; looked at only above `ratioFromBytes`, because small honest files of blank styled cells pack very well. */
  readonly ratio: number
  readonly ratioFromBytes: number
  readonly rows: number
  readonly columns: number
  readonly cellChars: number
  readonly fileBytes: number
}

export const defaultLimits: Limits = {
  inflatedBytes: 400e6, ratio: 100, ratioFromBytes: 32e6, rows: 250_000, columns: 200, cellChars: 32_767, fileBytes: 200e6,
}

export type SheetsErrorCode =
  | 'sheets.empty' | 'sheets.encrypted' | 'sheets.truncated' | 'sheets.broken' | 'sheets.wrong_type' | 'sheets.zip_of_files'
  | 'sheets.zip_bomb' | 'sheets.too_large' | 'sheets.too_many_rows' | 'sheets.too_many_columns' | 'sheets.unsafe_xml'
  | 'sheets.encoding_unknown' | 'sheets.needs_worker' | 'sheets.worker_limit' | 'sheets.no_such_sheet' | 'sheets.no_heading'

export type Args = Readonly<Record<string, string | number>>

/** An expected no: the file cannot be read, `code` says why and `words.ts` says what to do. */
export class SheetsError extends Error {
  readonly code: SheetsErrorCode
  readonly args: Args
  constructor(code: SheetsErrorCode, args: Args = {}) {
    super(code)
    this.name = 'SheetsError'
    this.code = code
    this.args = args
  }
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetter(index: number): string {
  let text = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text
  return text
}

/** The text of a cell exactly as far as the file tells; '' for blank, an error or a formula without result. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  if ('date' in cell) return cell.date === null ? cell.raw : cell.time === undefined ? cell.date : `${cell.date} ${cell.time}`
  if ('number' in cell) return cell.raw
  if ('error' in cell) return cell.error
  return ''
}

export function isBlank(cell: Cell | undefined): boolean {
  if (cell === null || cell === undefined) return true
  return typeof cell === 'string' && cell.trim() === ''
}

/** Unpacks one part of a zip, piece by piece. */
export interface Inflater {
  /** What came out of this piece; rejects on bytes that are no deflate stream. */
  push(bytes: Uint8Array, last: boolean): Promise<readonly Uint8Array[]>
  /** Called once, also when the reader stops early. */
  end(): void
}

/** How zip parts are unpacked and their sums taken; in plain JavaScript unless the caller has something faster. */
export interface Unpacker {
  inflate(): Inflater
  /** CRC-32 of `bytes` after bytes with the sum `from` (0 at the beginning). */
  crc(bytes: Uint8Array, from: number): number
}

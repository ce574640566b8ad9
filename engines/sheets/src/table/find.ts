import { cellText, columnLetter, isBlank } from '../types.ts'
import type { Cell, Merge, RawRow } from '../types.ts'
import { emptyWord } from '../values/reading.ts'
import type { SheetSchema } from './schema.ts'

export type SkipReason = 'above_heading' | 'heading' | 'note' | 'numbering' | 'hint' | 'repeated_heading' | 'total' | 'signature' | 'group_title' | 'only_number' | 'after_end'

export interface Skipped { readonly row: number; readonly reason: SkipReason; readonly shown: string }

export interface TableColumn { readonly index: number; readonly letter: string; readonly heading: string }

export interface Table {
  readonly headingRows: readonly number[]
  readonly firstDataRow: number
  readonly columns: readonly TableColumn[]
  readonly title: string
  readonly skipped: readonly Skipped[]
  /** Why this row: filled cells, hits among the schema's headings, and the next best row for the clerk to choose instead. */
  readonly evidence: { readonly filled: number; readonly hits: number; readonly runnerUp: number | null }
}

export interface FindOptions {
  readonly schema?: SheetSchema
  readonly merges?: readonly Merge[]
  /** The clerk's own choice wins over the guess. */
  readonly headingRows?: readonly number[]
}

/** Headings compared without spaces, brackets' shape, width, stars and colons. */
export function normaliseHeading(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s*＊:：_\-—/、.。"“”'·★☆]/g, '').replace(/[【〔[{]/g, '(').replace(/[】〕\]}]/g, ')').replace(/\((?:必填|选填|必填项|可选|文本|文本格式)\)/g, '')
}

export function headingWords(schema: SheetSchema | undefined): Set<string> {
  const words = new Set<string>()
  for (const field of schema?.fields ?? []) for (const word of [field.label, ...(field.synonyms ?? [])]) words.add(normaliseHeading(word))
  return words
}

/** True for text that can stand in a heading: short, not a number, a date or an identity. */
export function looksLikeHeading(cell: Cell | undefined): boolean {
  if (typeof cell !== 'string') return false
  const text = cell.trim()
  if (text === '' || text.length > 30 || emptyWord(text) !== undefined) return false
  // 填报单位：咸宜镇 names a value, a heading names a column.
  return !/[:：]\s*[^\s:：]|\d{5,}|^\d+([./-]\d+)*[XxA-Z]?$|^(?:19|20)\d{2}[年./-]/.test(text.normalize('NFKC'))
}

/**
 * Finds the heading among the first rows (give at least 30, better 60). Above it stand titles and notes, which are
 * reported as skipped. Returns null when no row looks like a heading.
 */
export function findTable(head: readonly RawRow[], options: FindOptions = {}): Table | null {
  const rows = head.slice(0, 60)
  const words = headingWords(options.schema)
  const chosen = options.headingRows
  const ranked = rows.slice(0, 40).map((row, index) => ({ index, row, ...score(row, rows, index, words) })).filter((entry) => entry.score > 0).sort((a, b) => b.score - a.score || a.index - b.index)
  const best = chosen ? rows.findIndex((row) => row.row === chosen[0]) : (ranked[0]?.index ?? -1)
  if (best < 0) return null
  const levels = chosen ? chosen.map((n) => rows.find((row) => row.row === n)!).filter(Boolean) : levelsOf(rows, best, words, options.merges ?? [])
  const columns = headingsOf(levels, options.merges ?? [], rows)
  const last = levels[levels.length - 1]!.row
  const skipped: Skipped[] = rows.filter((row) => row.row < levels[0]!.row).map((row) => ({ row: row.row, reason: 'above_heading', shown: shownOf(row) }))
  for (const level of levels) skipped.push({ row: level.row, reason: 'heading', shown: shownOf(level) })
  const winner = ranked.find((entry) => entry.index === best)
  const runnerUp = ranked.find((entry) => !levels.includes(entry.row))
  return {
    headingRows: levels.map((level) => level.row), firstDataRow: last + 1, columns, title: titleOf(rows, levels[0]!.row), skipped,
    evidence: { filled: winner?.filled ?? filledCount(levels[0]!), hits: winner?.hits ?? 0, runnerUp: runnerUp?.row.row ?? null },
  }
}

export function shownOf(row: RawRow): string {
  const text = row.cells.map(cellText).filter((cell) => cell !== '').join(' ')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function filledCount(row: RawRow): number {
  return row.cells.reduce<number>((count, cell) => count + (isBlank(cell) ? 0 : 1), 0)
}

function score(row: RawRow, rows: readonly RawRow[], index: number, words: ReadonlySet<string>): { score: number; filled: number; hits: number } {
  const filled = filledCount(row)
  const headings = row.cells.filter(looksLikeHeading)
  const distinct = new Set(headings.map((cell) => normaliseHeading(String(cell)))).size
  let hits = 0
  for (const cell of headings) if (words.has(normaliseHeading(String(cell)))) hits += 1
  const below = rows.slice(index + 1, index + 21).map(filledCount).sort((a, b) => a - b)
  const usual = below.length === 0 ? filled : below[below.length >> 1]!
  if (filled < 2 && !(usual <= 1 && hits === 1)) return { score: 0, filled, hits }
  if (headings.length < filled * 0.7) return { score: hits >= 3 ? hits * 2 : 0, filled, hits }
  const fit = Math.min(filled, usual) / Math.max(filled, usual, 1)
  return { score: distinct * 0.5 * fit + hits * 4 + fit * 2 - index * 0.05, filled, hits }
}

/** The heading may have a row of groups above (户籍地址: 乡镇 | 村) or parts below; both are joined, three levels at most. */
function levelsOf(rows: readonly RawRow[], best: number, words: ReadonlySet<string>, merges: readonly Merge[]): RawRow[] {
  const levels = [rows[best]!]
  for (let up = best - 1; up >= 0 && levels.length < 3; up--) {
    if (rows[up]!.row !== levels[0]!.row - 1 || !isParentOf(rows[up]!, levels[0]!, merges)) break
    levels.unshift(rows[up]!)
  }
  for (let down = best + 1; down < rows.length && levels.length < 3; down++) {
    const row = rows[down]!
    const above = levels[levels.length - 1]!
    if (row.row !== above.row + 1 || !isParentOf(above, row, merges) || !row.cells.every((cell) => isBlank(cell) || looksLikeHeading(cell))) break
    if (looksLikePerson(row, above, words)) break
    levels.push(row)
  }
  return levels
}

/** A parent leaves blanks that the row below fills, and the row below says nothing under most single headings. */
function isParentOf(parent: RawRow, child: RawRow, merges: readonly Merge[]): boolean {
  const width = Math.max(parent.cells.length, child.cells.length)
  if (filledCount(parent) < 2 || filledCount(child) < 2 || !parent.cells.every((cell) => isBlank(cell) || looksLikeHeading(cell))) return false
  if (merges.some((merge) => merge.top === parent.row && merge.bottom === child.row && merge.left === merge.right)) return true
  let filledBelowBlank = 0
  let underSingle = 0
  for (let c = 0; c < width; c++) {
    const above = !isBlank(parent.cells[c])
    const below = !isBlank(child.cells[c])
    if (!above && below) filledBelowBlank += 1
    const startsGroup = above && isBlank(parent.cells[c + 1]) && !isBlank(child.cells[c + 1])
    if (above && below && !startsGroup) underSingle += 1
  }
  return filledBelowBlank > 0 && underSingle <= filledCount(child) / 4
}

/** In a sheet without merges a sparse first person may look like a second heading row: known heading words decide. */
function looksLikePerson(row: RawRow, above: RawRow, words: ReadonlySet<string>): boolean {
  const known = row.cells.some((cell) => typeof cell === 'string' && words.has(normaliseHeading(cell)))
  return !known && filledCount(row) > filledCount(above)
}

function headingsOf(levels: readonly RawRow[], merges: readonly Merge[], rows: readonly RawRow[]): TableColumn[] {
  const width = Math.max(...levels.map((level) => level.cells.length), ...rows.slice(0, 60).map((row) => row.cells.length))
  const columns: TableColumn[] = []
  for (let c = 0; c < width; c++) {
    const parts: string[] = []
    for (const level of levels) {
      const text = cellText(headingCell(level, c, levels, merges)).replace(/\s+/g, '')
      if (text !== '' && !parts.includes(text)) parts.push(text)
    }
    columns.push({ index: c, letter: columnLetter(c), heading: parts.join('/') })
  }
  return columns
}

/** A blank cell of a group row belongs to the group at its left: by its merge, or, without merges, when the row below is filled. */
function headingCell(level: RawRow, column: number, levels: readonly RawRow[], merges: readonly Merge[]): Cell | undefined {
  const own = level.cells[column]
  if (!isBlank(own)) return own
  const merge = merges.find((m) => m.top <= level.row && m.bottom >= level.row && m.left <= column && m.right >= column)
  if (merge) return levels.find((other) => other.row === merge.top)?.cells[merge.left]
  const isLast = level === levels[levels.length - 1]
  const rowHasMerges = merges.some((m) => m.top <= level.row && m.bottom >= level.row)
  if (isLast || rowHasMerges || !levels.some((other) => other.row > level.row && !isBlank(other.cells[column]))) return own
  for (let c = column - 1; c >= 0; c--) if (!isBlank(level.cells[c])) return level.cells[c]
  return own
}

function titleOf(rows: readonly RawRow[], headingRow: number): string {
  const above = rows.filter((row) => row.row < headingRow)
  const title = above.find((row) => filledCount(row) <= 2)
  return title ? shownOf(title) : ''
}

/** Stable text of the headings: a saved template is offered again when it is equal. */
export function headingsFingerprint(table: Table): string {
  return table.columns.map((column) => normaliseHeading(column.heading)).join('|').replace(/\|+$/, '')
}

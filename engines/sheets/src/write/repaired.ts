import { cellText, columnLetter, isBlank } from '../types.ts'
import type { Cell, RawRow } from '../types.ts'
import type { Skipped, Table } from '../table/find.ts'
import type { Judge } from '../table/judge.ts'
import type { Finding } from '../table/record.ts'
import { say, skipWords } from '../words.ts'
import type { Language } from '../words.ts'
import { BookOut, look } from './sheet-out.ts'
import type { Look, StyledCell } from './sheet-out.ts'
import type { Sink } from './zip-out.ts'

export interface RepairedOptions {
  readonly name: string
  /** All rows of the sheet again, from the first, in file order. */
  readonly rows: AsyncIterable<readonly RawRow[]> | Iterable<readonly RawRow[]>
  readonly table: Table
  /** A new judge: it reads the rows a second time so that changed values need not be kept in memory. */
  readonly judge: Judge
  /** Findings from elsewhere (duplicates in the database, region not found …), by row. */
  readonly extra?: (row: number) => readonly Finding[]
  /** `asked` leaves out rows with nothing to say; rows then move up and the last column keeps their old number. */
  readonly only?: 'all' | 'asked'
  readonly language: Language
}

/**
 * The clerk's own sheet back: same columns, same row numbers, repaired cells green, wrong ones red, asked ones amber,
 * and two columns at the end that say what is the matter and which row it was. Returns rows written.
 */
export async function writeRepaired(sink: Sink, options: RepairedOptions): Promise<number> {
  const { table, language } = options
  const zh = language === 'zh-CN'
  const width = table.columns.length
  const headingRow = table.headingRows[table.headingRows.length - 1] ?? 1
  const book = new BookOut(sink)
  await book.openSheet({ name: options.name, frozenRows: headingRow, widths: [...table.columns.map((column) => (/证|身份/.test(column.heading) ? 22 : 14)), 60, 10] })
  let written = 0
  let at = 0
  for await (const batch of options.rows) {
    for (const row of batch) {
      const judged = options.judge(row)
      const extra = options.extra?.(row.row) ?? []
      const findings = [...(judged.record?.findings ?? []), ...extra]
      if (options.only === 'asked' && row.row > headingRow && !findings.some((finding) => finding.severity !== 'repaired')) continue
      const isHeading = row.row === headingRow
      const advice = isHeading ? (zh ? '问题和办法' : 'Problem and what to do') : judged.skipped ? skippedAdvice(judged.skipped, language) : adviceOf(findings, language)
      const cells = styledCells(row.cells, width, findings, table.headingRows.includes(row.row), judged.skipped !== undefined)
      cells.push(advice === '' ? null : { value: advice, look: isHeading ? look.heading : judged.skipped ? look.skipped : look.advice })
      cells.push(isHeading ? { value: zh ? '原表行号' : 'Row', look: look.heading } : { value: row.row, look: look.whole })
      at = options.only === 'asked' && row.row > headingRow ? at + 1 : row.row
      await book.row(at, cells)
      written += 1
    }
  }
  await book.closeSheet()
  await book.end()
  return written
}

function skippedAdvice(skipped: Skipped, language: Language): string {
  return skipped.reason === 'heading' || skipped.reason === 'above_heading' ? '' : skipWords[skipped.reason][language]
}

function adviceOf(findings: readonly Finding[], language: Language): string {
  const asked = findings.filter((finding) => finding.severity !== 'repaired')
  return asked.map((finding) => `${finding.column === '' ? '' : `${finding.column}${language === 'zh-CN' ? ' 列：' : ': '}`}${say(finding.code, finding.args, language)}`).join('\n')
}

function styledCells(cells: readonly Cell[], width: number, findings: readonly Finding[], heading: boolean, skipped: boolean): (StyledCell | null)[] {
  const byColumn = new Map<string, { look: Look; to?: string }>()
  for (const finding of findings) {
    const known = byColumn.get(finding.column)
    const to = known?.to ?? (finding.severity === 'repaired' ? String(finding.args['to'] ?? '') : undefined)
    const next = finding.severity === 'error' ? look.error : finding.severity === 'question' ? look.question : look.changed
    byColumn.set(finding.column, { look: known ? (Math.min(known.look, next) as Look) : next, to })
  }
  const out: (StyledCell | null)[] = []
  for (let c = 0; c < width; c++) {
    const cell = cells[c]
    const mark = byColumn.get(columnLetter(c))
    if (mark) out.push({ value: mark.to !== undefined && mark.to !== '' ? mark.to : cellText(cell), look: mark.look })
    else out.push(isBlank(cell) ? null : { value: cellText(cell), look: heading ? look.heading : skipped ? look.skipped : look.text })
  }
  return out
}

import type { OutCell, OutColumn } from './xlsx.ts'
import type { Sink } from './zip-out.ts'

/** First characters that make a spreadsheet program calculate, in both widths. A leading space does not stop it. */
const dangerous = /^[\s\u3000]*[=+\-@＝＋－＠\t\r\n]/
const plainNumber = /^-?\d+(?:\.\d+)?$/

/** UTF-8 with BOM, so that Excel shows Chinese; CRLF; every text quoted. Returns rows written, the heading not counted. */
export async function exportCsv(sink: Sink, sheet: { readonly columns: readonly OutColumn[]; readonly rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]> }): Promise<number> {
  const encoder = new TextEncoder()
  let text = `\ufeff${sheet.columns.map((column) => field(column.title)).join(',')}\r\n`
  let written = 0
  for await (const row of sheet.rows) {
    text += `${sheet.columns.map((column, c) => cell(row[c], column)).join(',')}\r\n`
    written += 1
    if (text.length > 65_536) { await sink(encoder.encode(text)); text = '' }
  }
  if (text !== '') await sink(encoder.encode(text))
  return written
}

function cell(value: OutCell, column: OutColumn): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') {
    if (column.kind === 'fen') return (value / 100).toFixed(2)
    // Beyond 11 digits Excel would show 9.9E+17 for a bare number.
    return Math.abs(value) < 1e11 ? String(value) : field(String(value))
  }
  return field(String(value))
}

/** A value that could calculate gets an apostrophe in front; so does a long run of digits, which Excel would round. */
function field(text: string): string {
  const guarded = (dangerous.test(text) && !plainNumber.test(text)) || /^\d{12,}[Xx]?$/.test(text) ? `'${text}` : text
  return `"${guarded.replace(/"/g, '""')}"`
}

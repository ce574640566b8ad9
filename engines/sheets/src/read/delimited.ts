import { SheetsError } from '../types.ts'
import type { Cell, EncodingEvidence, Limits, RandomAccess, RawRow, Workbook } from '../types.ts'
import { decoded } from './encoding.ts'

const candidates = ['\t', ',', ';', '|', '，']

/** The delimiter that cuts the most of the first lines into the same number of pieces. */
export function findDelimiter(head: string): string {
  const declared = /^sep=(.)\r?\n/i.exec(head)
  if (declared) return declared[1]!
  const lines = head.split(/\r\n|\r|\n/).slice(0, 40).filter((line) => line.trim() !== '')
  let best = ','
  let bestScore = 0
  for (const candidate of candidates) {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(candidate).length - 1)
    const tally = new Map<number, number>()
    for (const count of counts) if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1)
    let score = 0
    for (const [count, lineCount] of tally) score = Math.max(score, lineCount * 10 + Math.min(count, 9))
    if (score > bestScore) { best = candidate; bestScore = score }
  }
  return best
}

/** Splits text that arrives in pieces into records. Quotes as in RFC 4180; a stray quote inside a field is kept. */
class RecordSplitter {
  readonly out: string[][] = []
  readonly #delimiter: number
  readonly #limits: Limits
  #field = ''
  #record: string[] = []
  #quoted = false
  #wasQuoted = false
  #quoteAtEnd = false
  #skipLf = false

  constructor(delimiter: string, limits: Limits) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#limits = limits
  }

  push(text: string): void {
    let start = 0
    let i = 0
    if (this.#quoteAtEnd && text.length > 0) {
      this.#quoteAtEnd = false
      if (text.charCodeAt(0) === 34) { this.#field += '"'; i = start = 1 } else this.#quoted = false
    }
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (this.#quoted) {
        if (c !== 34) continue
        this.#add(text, start, i)
        if (i + 1 === text.length) { this.#quoteAtEnd = true; start = i + 1; break }
        if (text.charCodeAt(i + 1) === 34) { this.#field += '"'; i += 1 } else this.#quoted = false
        start = i + 1
      } else if (c === this.#delimiter) {
        this.#add(text, start, i)
        this.#endField()
        start = i + 1
      } else if (c === 10 || c === 13) {
        this.#add(text, start, i)
        if (!(c === 10 && this.#skipLf && this.#record.length === 0 && this.#field === '')) this.#endRecord()
        this.#skipLf = c === 13
        start = i + 1
        continue
      } else if (c === 34 && i === start && this.#field === '') {
        this.#quoted = this.#wasQuoted = true
        start = i + 1
      }
      this.#skipLf = false
    }
    this.#add(text, start, text.length)
  }

  end(): void {
    if (this.#quoteAtEnd) this.#quoted = this.#quoteAtEnd = false
    if (this.#field !== '' || this.#record.length > 0 || this.#wasQuoted) this.#endRecord()
  }

  #add(text: string, start: number, end: number): void {
    if (end <= start) return
    this.#field = this.#field === '' ? text.slice(start, end) : this.#field + text.slice(start, end)
    // An opening quote without its partner swallows the rest of the file: stop while it is still small.
    if (this.#field.length > this.#limits.cellChars) throw new SheetsError('sheets.broken', { part: 'quote', field: this.#field.slice(0, 20) })
  }

  #endField(): void {
    this.#record.push(this.#field)
    this.#field = ''
    this.#wasQuoted = false
    if (this.#record.length > 16_384) throw new SheetsError('sheets.too_many_columns', { row: this.out.length + 1, column: 'XFD', limit: this.#limits.columns })
  }

  #endRecord(): void {
    this.#endField()
    this.out.push(this.#record)
    this.#record = []
  }
}

export async function openDelimited(source: RandomAccess, encoding: EncodingEvidence, limits: Limits): Promise<Workbook> {
  let head = ''
  for await (const text of decoded(source, encoding.name)) {
    head += text
    if (head.length > 20_000) break
  }
  const delimiter = findDelimiter(head.slice(0, 20_000))
  const declared = /^sep=.\r?\n/i.test(head)
  const options = { source, encoding, delimiter, limits, declared }
  return {
    kind: 'csv', encoding, delimiter, sheets: [{ name: '', hidden: false }],
    async survey() {
      let rows = 0
      for await (const batch of delimitedRows(options, 1, 2000)) rows += batch.length
      return { rows, merges: [], hiddenColumns: [] }
    },
    rows: (_sheet, read = {}) => delimitedRows(options, read.fromRow ?? 1, read.batchRows ?? 500),
    async close() {},
  }
}

interface DelimitedOptions { source: RandomAccess; encoding: EncodingEvidence; delimiter: string; limits: Limits; declared: boolean }

async function* delimitedRows(options: DelimitedOptions, fromRow: number, batchRows: number): AsyncGenerator<RawRow[]> {
  const splitter = new RecordSplitter(options.delimiter, options.limits)
  // Excel swallows a first line `sep=;`: its row 1 is the line after it.
  let row = options.declared ? -1 : 0
  let kept = 0
  let batch: RawRow[] = []
  const take = (): void => {
    for (const record of splitter.out) {
      row += 1
      const cells = cellsOf(record, row, options.limits)
      if (row < 1 || cells === undefined) continue
      kept += 1
      if (kept > options.limits.rows) throw new SheetsError('sheets.too_many_rows', { limit: options.limits.rows })
      if (row >= fromRow) batch.push({ row, cells })
    }
    splitter.out.length = 0
  }
  for await (const text of decoded(options.source, options.encoding.name)) {
    for (let at = 0; at < text.length; at += 65_536) {
      splitter.push(text.slice(at, at + 65_536))
      take()
      while (batch.length >= batchRows) { yield batch.slice(0, batchRows); batch = batch.slice(batchRows) }
    }
  }
  splitter.end()
  take()
  if (batch.length > 0) yield batch
}

function cellsOf(record: string[], row: number, limits: Limits): Cell[] | undefined {
  const cells: Cell[] = []
  for (let c = 0; c < record.length; c++) {
    let text = record[c]!
    // ="0123" is how programs make Excel keep leading zeros.
    if (text.charCodeAt(0) === 61) text = /^="(.*)"$/s.exec(text)?.[1]?.replace(/""/g, '"') ?? text
    if (text === '' || text.trim() === '') continue
    if (c >= limits.columns) throw new SheetsError('sheets.too_many_columns', { row, column: String(c + 1), limit: limits.columns })
    while (cells.length < c) cells.push(null)
    cells[c] = text
  }
  return cells.length === 0 ? undefined : cells
}

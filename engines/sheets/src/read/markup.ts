import { columnLetter, SheetsError } from '../types.ts'
import type { Cell, EncodingEvidence, Limits, Merge, RandomAccess, RawRow, ReadOptions, SheetInfo, Workbook } from '../types.ts'
import { decoded } from './encoding.ts'
import { attribute, XmlTokenizer } from './xml.ts'
import type { XmlHandler } from './xml.ts'

/** A row being laid out: a cell pushed right by a `rowspan` from above lands where Excel puts it. */
class Layout {
  readonly merges: Merge[] = []
  row = 0
  cells: Cell[] = []
  column = 0
  hidden = false
  readonly #below = new Map<number, number>()
  readonly #limits: Limits

  constructor(limits: Limits) { this.#limits = limits }

  startRow(row: number, hidden: boolean): void {
    this.row = row
    this.hidden = hidden
    this.cells = []
    this.column = 0
  }

  place(value: Cell, across: number, down: number): void {
    while ((this.#below.get(this.column) ?? 0) >= this.row) this.column += 1
    const left = this.column
    if (left >= this.#limits.columns && value !== null) throw new SheetsError('sheets.too_many_columns', { row: this.row, column: columnLetter(left), limit: this.#limits.columns })
    const right = left + Math.min(across, this.#limits.columns)
    if (value !== null) {
      while (this.cells.length < left) this.cells.push(null)
      this.cells[left] = value
    }
    if (across > 0 || down > 0) this.merges.push({ top: this.row, left, bottom: this.row + down, right })
    if (down > 0) for (let c = left; c <= right; c++) this.#below.set(c, this.row + down)
    this.column = right + 1
  }
}

abstract class TableHandler implements XmlHandler {
  readonly sheets: SheetInfo[] = []
  readonly layouts: Layout[] = []
  out: RawRow[] = []
  protected readonly limits: Limits
  protected readonly sheet: number
  #kept = 0

  constructor(limits: Limits, sheet: number) {
    this.limits = limits
    this.sheet = sheet
  }

  abstract open(name: string, tag: string): void
  abstract close(name: string): void
  abstract text(text: string): void

  protected get layout(): Layout { return this.layouts[this.layouts.length - 1]! }

  protected startSheet(name: string, hidden: boolean): void {
    this.sheets.push({ name, hidden })
    this.layouts.push(new Layout(this.limits))
  }

  protected endRow(): void {
    const { row, cells, hidden } = this.layout
    if (cells.length === 0) return
    this.#kept += 1
    if (this.#kept > this.limits.rows) throw new SheetsError('sheets.too_many_rows', { limit: this.limits.rows })
    if (this.sheets.length - 1 === this.sheet) this.out.push(hidden ? { row, cells, hidden } : { row, cells })
    this.layout.cells = []
  }
}

/** HTML saved under the name .xls: every `tr` of the file is one row, as Excel shows it. Nested tables become text. */
class HtmlTables extends TableHandler {
  #depth = 0
  #row = 0
  #inRow = false
  #cellTag: string | undefined
  #text = ''

  open(rawName: string, tag: string): void {
    const name = rawName.toLowerCase()
    if (name === 'table') {
      this.#depth += 1
      if (this.#depth === 1 && this.sheets.length === 0) this.startSheet('', false)
    } else if (this.#depth !== 1) {
      if (name === 'br' || name === 'td') this.text(' ')
    } else if (name === 'tr') {
      this.#endRow()
      this.#row += 1
      this.#inRow = true
      this.layout.startRow(this.#row, /display\s*:\s*none/i.test(tag))
    } else if (name === 'td' || name === 'th') {
      this.#endCell()
      this.#cellTag = tag
      this.#text = ''
    } else if (name === 'br' && this.#cellTag !== undefined) this.#text += '\n'
  }

  close(rawName: string): void {
    const name = rawName.toLowerCase()
    if (name === 'table') {
      if (this.#depth === 1) this.#endRow()
      this.#depth = Math.max(0, this.#depth - 1)
    } else if (this.#depth === 1 && (name === 'td' || name === 'th')) this.#endCell()
    else if (this.#depth === 1 && name === 'tr') this.#endRow()
  }

  text(text: string): void {
    if (this.#cellTag === undefined) return
    this.#text += text
    if (this.#text.length > this.limits.cellChars) throw new SheetsError('sheets.too_large', { row: this.#row, column: columnLetter(this.layout.column) })
  }

  #endCell(): void {
    if (this.#cellTag === undefined) return
    const text = this.#text.replace(/[ \t\r\f]*\n\s*/g, '\n').replace(/[ \t\r\f]+/g, ' ').trim()
    this.layout.place(text === '' ? null : text, span(this.#cellTag, 'colspan'), span(this.#cellTag, 'rowspan'))
    this.#cellTag = undefined
  }

  #endRow(): void {
    if (!this.#inRow) return
    this.#endCell()
    this.endRow()
    this.#inRow = false
  }
}

function span(tag: string, name: string): number {
  const match = new RegExp(`${name}\\s*=\\s*["']?(\\d{1,5})`, 'i').exec(tag)
  return match ? Math.max(0, Number(match[1]) - 1) : 0
}

/** SpreadsheetML 2003 ("XML table"), the other thing commonly named .xls. */
class Xml2003 extends TableHandler {
  #row = 0
  #cellTag: string | undefined
  #type = ''
  #text = ''
  #inData = false

  open(name: string, tag: string): void {
    if (name === 'Worksheet') { this.startSheet(attribute(tag, 'Name') ?? '', false); this.#row = 0 } else if (name === 'Row' && this.layouts.length > 0) {
      const index = attribute(tag, 'Index')
      this.#row = index === undefined ? this.#row + 1 : Number(index)
      this.layout.startRow(this.#row, attribute(tag, 'Hidden') === '1')
    } else if (name === 'Cell') {
      this.#cellTag = tag
      this.#text = this.#type = ''
      const index = attribute(tag, 'Index')
      if (index !== undefined && this.layouts.length > 0) this.layout.column = Math.max(0, Number(index) - 1)
    } else if (name === 'Data') { this.#inData = true; this.#type = attribute(tag, 'Type') ?? 'String' }
  }

  close(name: string): void {
    if (name === 'Data') this.#inData = false
    else if (name === 'Cell' && this.#cellTag !== undefined) {
      this.layout.place(this.#cell(), Number(attribute(this.#cellTag, 'MergeAcross') ?? 0), Number(attribute(this.#cellTag, 'MergeDown') ?? 0))
      this.#cellTag = undefined
    } else if (name === 'Row' && this.layouts.length > 0) this.endRow()
    else if (name === 'Visible') this.#visible()
  }

  text(text: string): void {
    if (!this.#inData) { this.#lastText = text; return }
    this.#text += text
    if (this.#text.length > this.limits.cellChars) throw new SheetsError('sheets.too_large', { row: this.#row, column: columnLetter(this.layout.column) })
  }

  #lastText = ''
  #visible(): void {
    const last = this.sheets.length - 1
    if (last >= 0 && /hidden/i.test(this.#lastText)) this.sheets[last] = { name: this.sheets[last]!.name, hidden: true }
  }

  #cell(): Cell {
    const raw = this.#text
    if (raw === '') return /Formula=/.test(this.#cellTag!) ? { formula: true } : null
    if (this.#type === 'Number') return String(Number(raw)) === raw ? Number(raw) : { number: Number(raw), raw }
    if (this.#type === 'Boolean') return raw === '1'
    if (this.#type === 'Error') return { error: raw }
    if (this.#type !== 'DateTime') return raw
    const time = raw.slice(11, 16)
    return { date: raw.slice(0, 10), raw, ...(time === '' || time === '00:00' ? {} : { time }) }
  }
}

export async function openMarkup(source: RandomAccess, encoding: EncodingEvidence, limits: Limits, kind: 'html' | 'xml2003'): Promise<Workbook> {
  const make = (sheet: number): HtmlTables | Xml2003 => (kind === 'html' ? new HtmlTables(limits, sheet) : new Xml2003(limits, sheet))
  async function* run(handler: TableHandler, batchRows: number): AsyncGenerator<RawRow[]> {
    const xml = new XmlTokenizer(handler, { html: kind === 'html' })
    for await (const text of decoded(source, encoding.name)) {
      for (let at = 0; at < text.length; at += 65_536) {
        xml.push(text.slice(at, at + 65_536))
        if (handler.out.length >= batchRows) { yield handler.out; handler.out = [] }
      }
    }
    xml.end()
    if (handler.out.length > 0) yield handler.out
  }
  const overview = make(-1)
  for await (const batch of run(overview, 500)) void batch
  if (overview.sheets.length === 0) throw new SheetsError('sheets.empty')
  return {
    kind, encoding, sheets: overview.sheets,
    async survey(sheet) {
      const handler = make(sheet)
      let rows = 0
      for await (const batch of run(handler, 500)) rows += batch.length
      return { rows, merges: handler.layouts[sheet]?.merges ?? [], hiddenColumns: [] }
    },
    async *rows(sheet, options: ReadOptions = {}) {
      if (!overview.sheets[sheet]) throw new SheetsError('sheets.no_such_sheet', { sheet: sheet + 1 })
      const from = options.fromRow ?? 1
      for await (const batch of run(make(sheet), options.batchRows ?? 500)) {
        const rows = from <= 1 ? batch : batch.filter((row) => row.row >= from)
        if (rows.length > 0) yield rows
      }
    },
    async close() {},
  }
}

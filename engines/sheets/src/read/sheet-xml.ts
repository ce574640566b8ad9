import { columnLetter, SheetsError } from '../types.ts'
import type { Cell, Limits, Merge, RawRow } from '../types.ts'
import { dateOfSerial } from './serial.ts'
import type { TextStore } from './strings.ts'
import { attribute } from './xml.ts'
import type { XmlHandler } from './xml.ts'

export interface SheetContext {
  readonly strings: TextStore
  /** By cell style index: does its number format show a date? */
  readonly dateStyles: readonly boolean[]
  readonly date1904: boolean
  readonly limits: Limits
}

/** Events of `xl/worksheets/sheetN.xml` → rows that hold anything, pushed into `out`. */
export class SheetRows implements XmlHandler {
  out: RawRow[] = []
  readonly #context: SheetContext
  readonly #fromRow: number
  #row = 0
  #rowHidden = false
  #column = -1
  #cells: Cell[] = []
  #type = ''
  #style = 0
  #value = ''
  #collect = false
  #formula = false
  #phonetic = false
  #rows = 0

  constructor(context: SheetContext, fromRow: number) {
    this.#context = context
    this.#fromRow = fromRow
  }

  open(name: string, tag: string): void {
    if (name === 'c') this.#openCell(tag)
    else if (name === 'v') this.#collect = true
    else if (name === 't') this.#collect = !this.#phonetic
    else if (name === 'f') this.#formula = true
    else if (name === 'rPh') this.#phonetic = true
    else if (name === 'row') this.#openRow(tag)
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#collect = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#closeRow()
    else if (name === 'rPh') this.#phonetic = false
  }

  text(text: string): void {
    if (!this.#collect) return
    this.#value = this.#value === '' ? text : this.#value + text
    if (this.#value.length > this.#context.limits.cellChars * 2) throw new SheetsError('sheets.too_large', { row: this.#row, column: columnLetter(this.#column) })
  }

  #openRow(tag: string): void {
    const r = attribute(tag, 'r')
    this.#row = r === undefined ? this.#row + 1 : Number(r)
    this.#rowHidden = tag.includes('hidden="1"') || tag.includes('hidden="true"')
    this.#cells = []
    this.#column = -1
  }

  #openCell(tag: string): void {
    const r = attribute(tag, 'r')
    this.#column = r === undefined ? this.#column + 1 : columnOf(r)
    this.#type = attribute(tag, 't') ?? ''
    const s = attribute(tag, 's')
    this.#style = s === undefined ? 0 : Number(s)
    this.#value = ''
    this.#formula = false
  }

  #closeCell(): void {
    const cell = this.#cell()
    if (cell === null) return
    if (this.#column >= this.#context.limits.columns) {
      throw new SheetsError('sheets.too_many_columns', { row: this.#row, column: columnLetter(this.#column), limit: this.#context.limits.columns })
    }
    const cells = this.#cells
    while (cells.length < this.#column) cells.push(null)
    cells[this.#column] = cell
  }

  #cell(): Cell {
    const value = this.#value
    switch (this.#type) {
      case 's': return value === '' ? null : emptyToNull(this.#context.strings.get(Number(value)) ?? '')
      case 'inlineStr': case 'str': return emptyToNull(unescapeText(value))
      case 'b': return value === '' ? null : value === '1' || value === 'true'
      case 'e': return value === '' ? null : { error: value }
      case 'd': return value === '' ? null : { date: value.slice(0, 10), raw: value }
      default: return value === '' ? (this.#formula ? { formula: true } : null) : this.#number(value)
    }
  }

  #number(raw: string): Cell {
    const number = Number(raw)
    if (Number.isNaN(number)) return raw
    if (this.#context.dateStyles[this.#style] === true) return dateOfSerial(number, raw, this.#context.date1904)
    return String(number) === raw ? number : { number, raw }
  }

  #closeRow(): void {
    const cells = this.#cells
    if (!cells.some((cell) => cell !== null && !(typeof cell === 'string' && cell.trim() === ''))) return
    this.#rows += 1
    if (this.#rows > this.#context.limits.rows) throw new SheetsError('sheets.too_many_rows', { limit: this.#context.limits.rows })
    if (this.#row < this.#fromRow) return
    this.out.push(this.#rowHidden ? { row: this.#row, cells, hidden: true } : { row: this.#row, cells })
  }
}

/** What stands around the rows: merged areas and hidden columns. */
export class SheetFrame implements XmlHandler {
  readonly merges: Merge[] = []
  readonly hiddenColumns: number[] = []

  open(name: string, tag: string): void {
    if (name === 'mergeCell') {
      const merge = parseRange(attribute(tag, 'ref') ?? '')
      if (merge && this.merges.length < 250_000) this.merges.push(merge)
    } else if (name === 'col' && /hidden="(?:1|true)"/.test(tag)) {
      const to = Math.min(Number(attribute(tag, 'max') ?? 0), 16_384)
      for (let c = Number(attribute(tag, 'min') ?? 1); c <= to; c++) this.hiddenColumns.push(c - 1)
    }
  }

  close(): void {}
  text(): void {}
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text
}

/** Excel writes control characters as `_x000D_`. */
export function unescapeText(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}

function columnOf(reference: string): number {
  let n = 0
  for (let i = 0; i < reference.length; i++) {
    const c = reference.charCodeAt(i) & 0xdf
    if (c < 65 || c > 90) break
    n = n * 26 + (c - 64)
  }
  return n - 1
}

export function parseRange(reference: string): Merge | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!match) return undefined
  return { left: columnOf(match[1]!), top: Number(match[2]), right: columnOf(match[3]!), bottom: Number(match[4]) }
}

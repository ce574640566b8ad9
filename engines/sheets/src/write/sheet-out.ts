import { dayNumber, isDay } from '@songbai/calendar'
import { serialOfDayNumber } from '../read/serial.ts'
import { columnLetter } from '../types.ts'
import { ZipOut } from './zip-out.ts'
import type { Sink } from './zip-out.ts'

/** Cell looks of every file we write; the order is the order of `cellXfs` below. */
export const look = { plain: 0, heading: 1, text: 2, day: 3, error: 4, question: 5, changed: 6, advice: 7, money: 8, whole: 9, title: 10, skipped: 11 } as const
export type Look = (typeof look)[keyof typeof look]

export interface StyledCell { readonly value: string | number | boolean | null; readonly look: Look; readonly day?: boolean }

export interface SheetFrameOut {
  readonly name: string
  readonly widths: readonly number[]
  /** Rows above this one stay in view; 0 for none. */
  readonly frozenRows: number
  /** Look of untouched cells by column, so that numbers typed into an identity column stay text. */
  readonly columnLooks?: readonly Look[]
  readonly choices?: readonly { readonly column: number; readonly options: readonly string[] }[]
}

const fills = ['FFF4E3E1', 'FFFBF0D9', 'FFE4EFE8', 'FFEEF1EF', 'FFF2F2F2']
const fill = (n: number): string => `<fill><patternFill patternType="solid"><fgColor rgb="${fills[n]}"/></patternFill></fill>`
const xf = (numFmt: number, font: number, fillId: number, wrap = false): string =>
  `<xf numFmtId="${numFmt}" fontId="${font}" fillId="${fillId}" borderId="${fillId > 1 ? 1 : 0}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">${wrap ? '<alignment vertical="top" wrapText="1"/>' : '<alignment vertical="center"/>'}</xf>`
const side = (name: string): string => `<${name} style="thin"><color rgb="FFC9CFCB"/></${name}>`

const styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font></fonts><fills count="7"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fills.map((_, n) => fill(n)).join('')}</fills><borders count="2"><border><left/><right/><top/><bottom/></border><border>${['left', 'right', 'top', 'bottom'].map(side).join('')}</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="12">${[
  xf(0, 0, 0), xf(49, 1, 5, true), xf(49, 0, 0), xf(164, 0, 0), xf(49, 0, 2), xf(49, 0, 3), xf(49, 0, 4), xf(49, 0, 2, true), xf(4, 0, 0), xf(1, 0, 0), xf(49, 2, 0), xf(49, 0, 6),
].join('')}</cellXfs></styleSheet>`

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const mainNs = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relNs = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNs = 'http://schemas.openxmlformats.org/package/2006'

/** Writes a workbook sheet by sheet and row by row; memory does not grow with the rows. */
export class BookOut {
  readonly #zip: ZipOut
  readonly #names: string[] = []
  #frame: SheetFrameOut | undefined
  #rows = 0

  constructor(sink: Sink) { this.#zip = new ZipOut(sink) }

  async openSheet(frame: SheetFrameOut): Promise<void> {
    this.#names.push(sheetName(frame.name, this.#names))
    this.#frame = frame
    this.#rows = 0
    this.#zip.open(`xl/worksheets/sheet${this.#names.length}.xml`)
    const pane = frame.frozenRows > 0 ? `<pane ySplit="${frame.frozenRows}" topLeftCell="A${frame.frozenRows + 1}" activePane="bottomLeft" state="frozen"/>` : ''
    const cols = frame.widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${frame.columnLooks?.[i] ?? look.plain}" customWidth="1"/>`).join('')
    await this.#zip.write(`${head}<worksheet xmlns="${mainNs}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${cols === '' ? '' : `<cols>${cols}</cols>`}<sheetData>`)
  }

  /** `row` from 1, ascending. */
  async row(row: number, cells: readonly (StyledCell | null)[]): Promise<void> {
    let xml = `<row r="${row}">`
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c]
      if (cell) xml += cellXml(`${columnLetter(c)}${row}`, cell)
    }
    this.#rows = row
    await this.#zip.write(`${xml}</row>`)
  }

  async closeSheet(): Promise<void> {
    const lists = (this.#frame!.choices ?? []).filter((choice) => choice.options.join(',').length <= 255 && !choice.options.some((option) => option.includes(',')))
    const validations = lists.map((choice) => `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${columnLetter(choice.column)}${this.#rows + 1}:${columnLetter(choice.column)}20000"><formula1>"${escapeXml(choice.options.join(','))}"</formula1></dataValidation>`)
    await this.#zip.write(`</sheetData>${lists.length > 0 ? `<dataValidations count="${lists.length}">${validations.join('')}</dataValidations>` : ''}</worksheet>`)
    await this.#zip.close()
  }

  async end(): Promise<void> {
    const sheets = this.#names
    await this.#zip.part('xl/styles.xml', styles)
    await this.#zip.part('xl/workbook.xml', `${head}<workbook xmlns="${mainNs}" xmlns:r="${relNs}"><sheets>${sheets.map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`)
    await this.#zip.part('xl/_rels/workbook.xml.rels', `${head}<Relationships xmlns="${packageNs}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${relNs}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${relNs}/styles" Target="styles.xml"/></Relationships>`)
    await this.#zip.part('_rels/.rels', `${head}<Relationships xmlns="${packageNs}/relationships"><Relationship Id="rId1" Type="${relNs}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
    await this.#zip.part('[Content_Types].xml', `${head}<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`)
    await this.#zip.end()
  }
}

/** Text is always a text cell, so a name like =HYPERLINK(…) stays a name; there is no way to write a formula. */
function cellXml(reference: string, cell: StyledCell): string {
  const { value } = cell
  const at = `<c r="${reference}" s="${cell.look}"`
  if (value === null || value === '') return `${at}/>`
  if (typeof value === 'number') return Number.isFinite(value) ? `${at}><v>${value}</v></c>` : `${at}/>`
  if (typeof value === 'boolean') return `${at} t="b"><v>${value ? 1 : 0}</v></c>`
  // Excel has no days before March 1900 that agree with the calendar: those stay text.
  if (cell.day === true && isDay(value) && value >= '1900-03-01') return `${at}><v>${serialOfDayNumber(dayNumber(value))}</v></c>`
  return `${at} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

export function escapeXml(text: string): string {
  let out = text.length > 32_767 ? text.slice(0, 32_767) : text
  if (/[&<>"]/.test(out)) out = out.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
  if (out.includes('_x')) out = out.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  if (/[\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]/.test(out)) {
    out = out.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd').replace(/\r/g, '_x000D_').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  }
  return out
}

function sheetName(name: string, taken: readonly string[]): string {
  const bare = name.replace(/[[\]:*?/\\]/g, ' ').replace(/^'|'$/g, '').trim().slice(0, 28) || `Sheet${taken.length + 1}`
  let unique = bare
  for (let n = 2; taken.some((other) => other.toLowerCase() === unique.toLowerCase()); n++) unique = `${bare}${n}`
  return unique
}

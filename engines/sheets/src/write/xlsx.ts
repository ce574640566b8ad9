import type { FieldSpec, SheetSchema } from '../table/schema.ts'
import type { Language } from '../words.ts'
import { BookOut, look } from './sheet-out.ts'
import type { Look, StyledCell } from './sheet-out.ts'
import type { Sink } from './zip-out.ts'

export type OutCell = string | number | boolean | null | undefined

/** `fen` takes integer fen and shows yuan; `day` takes YYYY-MM-DD and becomes a real Excel date. */
export interface OutColumn { readonly title: string; readonly kind?: 'text' | 'whole' | 'fen' | 'day'; readonly width?: number }

export interface OutSheet {
  readonly name: string
  /** A line above the headings. */
  readonly title?: string
  readonly columns: readonly OutColumn[]
  readonly rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>
}

const looks: Record<NonNullable<OutColumn['kind']>, Look> = { text: look.text, whole: look.whole, fen: look.money, day: look.day }

/** Writes lists as xlsx, streaming; returns the number of rows written over all sheets (headings not counted). */
export async function exportXlsx(sink: Sink, sheets: readonly OutSheet[]): Promise<number> {
  const book = new BookOut(sink)
  let written = 0
  for (const sheet of sheets) {
    let row = sheet.title === undefined ? 0 : 1
    await book.openSheet({ name: sheet.name, widths: sheet.columns.map(widthOf), frozenRows: row + 1 })
    if (sheet.title !== undefined) await book.row(1, [{ value: sheet.title, look: look.title }])
    await book.row(++row, sheet.columns.map((column) => ({ value: column.title, look: look.heading })))
    for await (const cells of sheet.rows) {
      await book.row(++row, sheet.columns.map((column, c) => styled(cells[c], column)))
      written += 1
    }
    await book.closeSheet()
  }
  await book.end()
  return written
}

function styled(value: OutCell, column: OutColumn): StyledCell | null {
  if (value === null || value === undefined || value === '') return null
  const kind = column.kind ?? 'text'
  if (typeof value === 'number' && kind === 'fen') return { value: value / 100, look: look.money }
  if (typeof value === 'number' && kind === 'text') return { value: String(value), look: look.text }
  return { value, look: typeof value === 'string' && kind !== 'day' ? look.text : looks[kind], day: kind === 'day' }
}

function widthOf(column: OutColumn): number {
  if (column.width !== undefined) return column.width
  const title = [...column.title].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 2 : 1), 0)
  return Math.min(60, Math.max(title + 3, column.kind === 'day' ? 12 : 10))
}

/** An empty sheet to fill in: headings of the schema, text columns, choices to pick from, and a page that explains each field. */
export async function exportTemplate(sink: Sink, schema: SheetSchema, options: { name: string; language: Language }): Promise<void> {
  const zh = options.language === 'zh-CN'
  const title = (field: FieldSpec): string => `${zh ? field.label : (field.labelEn ?? field.label)}${field.required === true ? '*' : ''}`
  const choices = schema.fields.map((field) => (field.kind === 'sex' ? ['男', '女'] : field.kind === 'boolean' ? ['是', '否'] : (field.codes ?? []).map((code) => code.label)))
  const book = new BookOut(sink)
  await book.openSheet({
    name: options.name, frozenRows: 1, widths: schema.fields.map((field) => (field.kind === 'idNumber' ? 22 : field.kind === 'region' ? 30 : 14)),
    columnLooks: schema.fields.map(() => look.text), choices: choices.flatMap((list, column) => (list.length > 0 && schema.fields[column]!.kind !== 'codes' ? [{ column, options: list }] : [])),
  })
  await book.row(1, schema.fields.map((field) => ({ value: title(field), look: look.heading })))
  await book.closeSheet()
  await book.openSheet({ name: zh ? '填表说明' : 'How to fill in', frozenRows: 1, widths: [22, 10, 60] })
  await book.row(1, (zh ? ['栏目', '必填', '可填的值'] : ['Column', 'Required', 'Values']).map((text) => ({ value: text, look: look.heading })))
  for (const [i, field] of schema.fields.entries()) {
    const values = choices[i]!.length > 0 ? choices[i]!.join(zh ? '、' : ', ') : (formHint[field.kind]?.[zh ? 0 : 1] ?? '')
    await book.row(i + 2, [title(field).replace(/\*$/, ''), field.required === true ? (zh ? '是' : 'yes') : '', values].map((text) => ({ value: text, look: look.text })))
  }
  await book.closeSheet()
  await book.end()
}

const formHint: Partial<Record<FieldSpec['kind'], readonly [string, string]>> = {
  idNumber: ['18 位，按文本填写', '18 characters, entered as text'], day: ['如 1945-03-02；农历请写“农历1945年正月初二”', 'such as 1945-03-02'], month: ['如 1945-03', 'such as 1945-03'],
  phone: ['手机或区号-座机，多个用“、”隔开', 'mobile or area code-number, several separated by a comma'], money: ['元，最多两位小数', 'yuan, at most two decimals'], integer: ['整数', 'whole number'],
}

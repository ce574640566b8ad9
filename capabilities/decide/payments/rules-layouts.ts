/** Files for the bank and back. Layouts are data; these are samples, since every bank and county has its own. */
import { toGbk } from './rules-gbk.ts'

export interface FilePerson {
  readonly no: number
  readonly holder: string
  readonly account: string
  readonly bank: string
  readonly payFen: number
  readonly itemTitle: string
}

export interface FileHead {
  readonly batch: string
  readonly month: string
  readonly day: string
  readonly people: number
  readonly payFen: number
}

type Field = keyof FilePerson | keyof FileHead | 'yuan' | 'fen'

export interface Column {
  readonly title: string
  readonly field: Field | { readonly text: string }
  /** Bytes of a fixed-width column; Chinese characters count two in GBK. */
  readonly width?: number
  readonly align?: 'left' | 'right'
  readonly pad?: string
}

export interface Layout {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly sample: true
  readonly encoding: 'utf-8' | 'gbk'
  readonly kind: 'fixed' | 'csv'
  readonly separator: string
  readonly extension: 'txt' | 'csv'
  /** First and last line with the control totals; a csv also has a line of titles. */
  readonly head: readonly Column[] | null
  readonly titles: boolean
  readonly columns: readonly Column[]
  readonly tail: readonly Column[] | null
  /** Places in a line that comes back: number, amount, code, reason. */
  readonly answer: { readonly no: number; readonly amount: number; readonly code: number; readonly reason: number; readonly unit: 'yuan' | 'fen'; readonly paidCodes: readonly string[] }
}

const SAMPLE = { sample: true } as const

export const LAYOUTS: readonly Layout[] = [
  {
    ...SAMPLE, id: 'csv-utf8', title: { zh: '通用表格（逗号分隔，UTF-8）', en: 'Table, comma separated, UTF-8' }, encoding: 'utf-8', kind: 'csv', separator: ',', extension: 'csv', head: null, titles: true,
    columns: [{ title: '序号', field: 'no' }, { title: '户名', field: 'holder' }, { title: '账号', field: 'account' }, { title: '开户行', field: 'bank' }, { title: '金额（元）', field: 'yuan' }, { title: '摘要', field: 'itemTitle' }],
    tail: [{ title: '', field: { text: '合计' } }, { title: '', field: 'people' }, { title: '', field: 'yuan' }],
    answer: { no: 0, amount: 1, code: 2, reason: 3, unit: 'yuan', paidCodes: ['成功', '0000'] },
  },
  {
    ...SAMPLE, id: 'card-gbk', title: { zh: '社保卡代发（竖线分隔，GBK）', en: 'Social-security card, bar separated, GBK' }, encoding: 'gbk', kind: 'csv', separator: '|', extension: 'txt', titles: false,
    head: [{ title: '', field: { text: 'H' } }, { title: '', field: 'batch' }, { title: '', field: 'day' }, { title: '', field: 'people' }, { title: '', field: 'fen' }],
    columns: [{ title: '', field: { text: 'D' } }, { title: '', field: 'no' }, { title: '', field: 'account' }, { title: '', field: 'holder' }, { title: '', field: 'fen' }, { title: '', field: 'itemTitle' }], tail: null,
    answer: { no: 1, amount: 2, code: 3, reason: 4, unit: 'fen', paidCodes: ['00'] },
  },
  {
    ...SAMPLE, id: 'fixed-gbk', title: { zh: '定长文本（GBK，首尾有合计）', en: 'Fixed width, GBK, totals first and last' }, encoding: 'gbk', kind: 'fixed', separator: '', extension: 'txt', titles: false,
    head: [{ title: '', field: { text: '1' }, width: 1 }, { title: '', field: 'day', width: 10 }, { title: '', field: 'people', width: 8, align: 'right', pad: '0' }, { title: '', field: 'fen', width: 15, align: 'right', pad: '0' }],
    columns: [{ title: '', field: { text: '2' }, width: 1 }, { title: '', field: 'no', width: 8, align: 'right', pad: '0' }, { title: '', field: 'account', width: 32 }, { title: '', field: 'holder', width: 40 }, { title: '', field: 'fen', width: 15, align: 'right', pad: '0' }],
    tail: [{ title: '', field: { text: '9' }, width: 1 }, { title: '', field: 'people', width: 8, align: 'right', pad: '0' }, { title: '', field: 'fen', width: 15, align: 'right', pad: '0' }],
    answer: { no: 0, amount: 1, code: 2, reason: 3, unit: 'fen', paidCodes: ['0000'] },
  },
]

export function layoutOf(id: string): Layout | undefined {
  return LAYOUTS.find((one) => one.id === id)
}

const yuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

function cell(column: Column, from: FilePerson | FileHead, layout: Layout): string {
  const text = typeof column.field === 'object' ? column.field.text : column.field === 'yuan' ? yuan(from.payFen) : column.field === 'fen' ? String(from.payFen) : String((from as unknown as Record<string, unknown>)[column.field] ?? '')
  return layout.kind === 'fixed' ? fixed(text, column) : layout.separator === ',' && /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text.replaceAll(layout.separator, ' ').replaceAll(/[\r\n]/g, ' ')
}

const bytes = (text: string): number => [...text].reduce((n, letter) => n + (letter.codePointAt(0)! > 0x7f ? 2 : 1), 0)

/** [B1] A fixed column has exactly its width in bytes; what does not fit is a mistake, never cut off. */
function fixed(text: string, column: Column): string {
  const room = column.width! - bytes(text)
  if (room < 0) throw new RangeError(`${column.title || String(column.field)}: ${text} is longer than ${column.width}`)
  const pad = (column.pad ?? ' ').repeat(room)
  return column.align === 'right' ? pad + text : text + pad
}

/** [B3] Every file carries its control totals: people and amount stand in the first or the last line. */
export function writeFile(layout: Layout, head: FileHead, people: readonly FilePerson[]): Uint8Array {
  const line = (columns: readonly Column[], from: FilePerson | FileHead): string => columns.map((column) => cell(column, from, layout)).join(layout.separator)
  const lines = [...(layout.head ? [line(layout.head, head)] : []), ...(layout.titles ? [layout.columns.map((column) => column.title).join(layout.separator)] : []), ...people.map((one) => line(layout.columns, one)), ...(layout.tail ? [line(layout.tail, head)] : [])]
  const text = `${lines.join('\r\n')}\r\n`
  // The byte order mark lets a spreadsheet read the Chinese.
  return layout.encoding === 'gbk' ? toGbk(text) : new TextEncoder().encode(`\ufeff${text}`)
}

export interface AnswerRow {
  readonly no: number
  readonly amountFen: number
  readonly paid: boolean
  readonly reason: string
}

/** [B4] Lines of the bank's answer: number, amount, code, reason. A line that is none is given back to be shown, not skipped. */
export function readAnswer(layout: Layout, content: Uint8Array): { readonly rows: AnswerRow[]; readonly odd: { readonly line: number; readonly text: string }[] } {
  const text = decode(content)
  const { answer } = layout
  const rows: AnswerRow[] = []
  const odd: { line: number; text: string }[] = []
  for (const [i, raw] of text.replace(/^\ufeff/, '').split(/\r?\n/).entries()) {
    if (raw.trim() === '') continue
    const cells = raw.includes('|') ? raw.split('|') : raw.includes('\t') ? raw.split('\t') : raw.split(',')
    const [no, amount, code] = [Number(cells[answer.no]?.trim()), readAmount(cells[answer.amount]?.trim() ?? '', answer.unit), cells[answer.code]?.trim() ?? '']
    if (!Number.isInteger(no) || no < 1 || amount === null || code === '') odd.push({ line: i + 1, text: raw.slice(0, 80) })
    else rows.push({ no, amountFen: amount, paid: answer.paidCodes.includes(code), reason: cells[answer.reason]?.trim() || code })
  }
  return { rows, odd }
}

function decode(content: Uint8Array): string {
  const utf8 = new TextDecoder('utf-8').decode(content)
  return utf8.includes('\ufffd') ? new TextDecoder('gbk').decode(content) : utf8
}

/** Exact: yuan are split at the point, never multiplied. */
function readAmount(text: string, unit: 'yuan' | 'fen'): number | null {
  if (unit === 'fen') return /^\d{1,15}$/.test(text) ? Number(text) : null
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text)
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}

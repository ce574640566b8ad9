import { cellText, isBlank } from '../types.ts'
import type { Cell, Merge, RawRow } from '../types.ts'
import { isNumbering } from './guess.ts'
import { normaliseHeading, shownOf } from './find.ts'
import type { SkipReason, Skipped, Table } from './find.ts'

/** A cell whose value came from elsewhere in the sheet; the clerk is told. */
export interface Filled { readonly column: number; readonly from: 'ditto' | 'merged'; readonly fromRow: number; readonly shown: string }

export type Sorted =
  | { readonly kind: 'data'; readonly row: RawRow; readonly filled: readonly Filled[]; readonly doubts: readonly RowDoubt[] }
  | { readonly kind: 'skipped'; readonly skipped: Skipped }

/** `like_total`: a total's word in a row with an identity number. `ditto_alone`: 同上 with nothing above. */
export interface RowDoubt { readonly code: 'sheets.row.like_total' | 'sheets.row.ditto_alone'; readonly column: number; readonly shown: string }

const totalWord = /^(?:本页|本表|本村|本社区|本组|全村|全镇|全乡|全县|全区|全市|各村)?(?:合计|小计|总计|共计|累计|总数|总人数|总合计)[:：]?(?:共?\d[\d,.]*(?:人|户|元|名)?)*[。]?$/
const signatureWord = /^(?:制表|填表|填报|审核|审批|复核|经办|登记|统计|编制|报送|上报)(?:人|单位|日期|时间|机构|部门|人签字|人签名|单位盖章|单位\(盖章\)|单位\(公章\))?[:：]|^(?:单位|部门|村委会|居委会)?(?:主要|分管)?(?:负责人|领导|主任|书记)(?:签字|签名|\(签字\)|\(签名\))?[:：]|^(?:单位|乡镇|街道|村|社区)?\(?(?:盖章|公章|签章)\)?[:：]?$|^(?:联系电话|联系人|日期|单位盖章|单位\(盖章\)|签字|盖章)[:：]|^(?:制表人|填表人|审核人|复核人|经办人|单位负责人|填表单位|填报单位)$/
const noteWord = /^(?:注|备注|说明|填表说明|填写说明|填报说明|温馨提示|注意|注意事项|要求)(?:\d|[一二三四五六])?[:：.]|^(?:\d+[.、]|[(]\d+[)])\s*.{12,}/
const hintWord = /^(?:必填|选填|可选|非必填|文本|文本格式|日期格式|下拉选择|示例|例如?|如)(?:[:：,(（].*)?$|^(?:格式|例)[:：]/
const dittoWord = /^(?:′′|同上|同前|〃|″|"|''|“|”|,,|、、|ditto|do\.?|々|\.\.)$/i
const identity = /^\D{0,2}\d{17}[\dXx]\D{0,2}$|^\d{15}$/

/**
 * Decides row by row what is a person and what is not, in file order (同上 and merged cells need the rows above).
 * Nothing disappears: a row is either data or skipped with its number and a reason.
 */
export class RowSorter {
  readonly #table: Table
  readonly #headings: ReadonlySet<string>
  readonly #numberColumn: number
  readonly #required: ReadonlySet<number>
  readonly #mergeAt = new Map<number, Merge[]>()
  #open: { merge: Merge; value: Cell }[] = []
  #previous: Cell[] = []
  #previousRow = 0

  /** `requiredColumns`: columns of the mapping a person cannot do without (name, identity): a row with one of them is data. */
  constructor(table: Table, options: { merges?: readonly Merge[]; requiredColumns?: readonly number[] } = {}) {
    this.#table = table
    this.#headings = new Set(table.columns.map((column) => normaliseHeading(column.heading.split('/').pop() ?? '')).filter((text) => text !== ''))
    this.#numberColumn = table.columns.find((column) => isNumbering(column.heading, []))?.index ?? -1
    this.#required = new Set(options.requiredColumns ?? [])
    for (const merge of options.merges ?? []) {
      if (merge.bottom < table.firstDataRow || merge.bottom === merge.top) continue
      const list = this.#mergeAt.get(merge.top)
      if (list) list.push(merge)
      else this.#mergeAt.set(merge.top, [merge])
    }
  }

  sort(row: RawRow): Sorted {
    if (row.row < this.#table.firstDataRow) {
      return this.#skip(row, this.#table.headingRows.includes(row.row) ? 'heading' : 'above_heading')
    }
    const reason = this.#reason(row)
    if (reason !== undefined) return this.#skip(row, reason)
    const doubts: RowDoubt[] = []
    const total = this.#totalColumn(row)
    if (total >= 0) doubts.push({ code: 'sheets.row.like_total', column: total, shown: cellText(row.cells[total]) })
    const filled = [...this.#fillMerged(row), ...this.#fillDitto(row, doubts)]
    const cells = filled.length > 0 ? withFilled(row.cells, filled, this.#previous, this.#open) : row.cells
    this.#previous = cells
    this.#previousRow = row.row
    return { kind: 'data', row: filled.length > 0 ? { ...row, cells } : row, filled, doubts }
  }

  #skip(row: RawRow, reason: SkipReason): Sorted {
    return { kind: 'skipped', skipped: { row: row.row, reason, shown: shownOf(row) } }
  }

  #reason(row: RawRow): SkipReason | undefined {
    const filled: number[] = []
    let hasIdentity = false
    for (let c = 0; c < row.cells.length; c++) {
      const cell = row.cells[c]
      if (isBlank(cell)) continue
      filled.push(c)
      if (!hasIdentity && (typeof cell === 'string' ? cell.length >= 15 && cell.length <= 22 && identity.test(cell.trim().normalize('NFKC')) : typeof cell === 'number' && cell >= 1e14)) hasIdentity = true
    }
    if (hasIdentity) return undefined
    if (filled.length === 1 && filled[0] === this.#numberColumn && /^\d{1,7}$/.test(cellText(row.cells[filled[0]!]).trim())) return 'only_number'
    if (this.#totalColumn(row) >= 0) return 'total'
    const texts = filled.map((c) => cellText(row.cells[c]).normalize('NFKC').replace(/\s+/g, ''))
    if (texts.some((text) => signatureWord.test(text)) && (signatureWord.test(texts[0]!) || texts.length <= 3)) return 'signature'
    if (noteWord.test(texts[0]!) && texts.length <= 2) return 'note'
    if (this.#isRepeatedHeading(texts)) return 'repeated_heading'
    if (texts.length >= 2 && texts.filter((text) => hintWord.test(text)).length > texts.length / 2) return 'hint'
    if (row.row <= this.#table.firstDataRow + 2 && isCounting(texts)) return 'numbering'
    const lonely = filled.length === 1 && this.#table.columns.length >= 3 && typeof row.cells[filled[0]!] === 'string'
    return lonely && !this.#required.has(filled[0]!) && !dittoWord.test(texts[0]!) ? 'group_title' : undefined
  }

  /** A total's word stands in one of the first four columns, whatever the figures beside it. */
  #totalColumn(row: RawRow): number {
    for (let c = 0; c < Math.min(4, row.cells.length); c++) {
      const cell = row.cells[c]
      if (typeof cell === 'string' && totalWord.test(cell.normalize('NFKC').replace(/\s+/g, ''))) return c
    }
    return -1
  }

  #isRepeatedHeading(texts: readonly string[]): boolean {
    const same = texts.filter((text) => this.#headings.has(normaliseHeading(text))).length
    return same >= 2 && same >= texts.length * 0.8
  }

  #fillMerged(row: RawRow): Filled[] {
    this.#open = this.#open.filter((open) => open.merge.bottom >= row.row)
    const filled: Filled[] = []
    for (const { merge, value } of this.#open) {
      if (merge.top >= row.row || !isBlank(row.cells[merge.left]) || isBlank(value)) continue
      filled.push({ column: merge.left, from: 'merged', fromRow: merge.top, shown: cellText(value) })
    }
    for (const merge of this.#mergeAt.get(row.row) ?? []) this.#open.push({ merge, value: row.cells[merge.left] ?? null })
    return filled
  }

  #fillDitto(row: RawRow, doubts: RowDoubt[]): Filled[] {
    const filled: Filled[] = []
    for (let c = 0; c < row.cells.length; c++) {
      const cell = row.cells[c]
      if (typeof cell !== 'string' || cell.length > 6 || !dittoWord.test(cell.trim().normalize('NFKC').replace(/\s/g, ''))) continue
      const above = this.#previous[c]
      if (isBlank(above)) doubts.push({ code: 'sheets.row.ditto_alone', column: c, shown: cell })
      else filled.push({ column: c, from: 'ditto', fromRow: this.#previousRow, shown: cellText(above) })
    }
    return filled
  }
}

function withFilled(cells: readonly Cell[], filled: readonly Filled[], previous: readonly Cell[], open: readonly { merge: Merge; value: Cell }[]): Cell[] {
  const out = [...cells]
  for (const { column, from, fromRow } of filled) {
    while (out.length <= column) out.push(null)
    out[column] = from === 'ditto' ? (previous[column] ?? null) : (open.find((o) => o.merge.left === column && o.merge.top === fromRow)?.value ?? null)
  }
  return out
}

/** 1 2 3 4 … or (1) (2) (3) or 甲 乙 丙 under a heading. */
function isCounting(texts: readonly string[]): boolean {
  if (texts.length < 3) return false
  const plain = texts.map((text) => text.replace(/[()]/g, ''))
  return plain.every((text, i) => i === 0 ? /^(?:[01甲一A]|栏次)$/i.test(text) : /^\d{1,2}$|^[乙丙丁戊一二三四五六七八九十B-Z]{1,2}$/i.test(text) && text !== plain[i - 1])
}

import { paramOn } from './rates.ts'
import type { Bound, Cell, DecisionRow, PolicyTable, TableColumn } from '@songbai/policy'
import type { Figures, Group } from '@songbai/capabilities/decide/lab/contract'

/** What the table says, in words, without a screen. */
export interface Said {
  readonly lang: 'zh' | 'en'
  /** Day on which parameters are read. */
  readonly at: string
}

/** Labels of codes without their explanation in brackets: 空巢（仅与配偶同住）→ 空巢. */
export function shortCode(label: string): string {
  return label.replace(/[（(].*[）)]$/, '').trim() || label
}

export function yuanText(fen: number): string {
  return (fen / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Whole yuan where the cents are none: for sums, not for rates. */
export function sumText(fen: number): string {
  const [whole, cents] = (Math.abs(fen) / 100).toFixed(2).split('.') as [string, string]
  return `${fen < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${cents === '00' ? '' : `.${cents}`}`
}

export function signed(fen: number): string {
  return fen === 0 ? '0' : fen > 0 ? `+${sumText(fen)}` : sumText(fen)
}

function boundText(b: Bound, column: TableColumn, table: PolicyTable, said: Said): string {
  if (typeof b.value === 'number') return column.type === 'fen' ? sumText(b.value) : String(b.value)
  if (!b.param) return b.value
  const name = b.value.startsWith('p.') ? b.value.slice(2) : b.value
  const param = table.params.find((one) => one.name === name)
  const value = param === undefined ? null : paramOn(param.values, said.at)
  return value === null ? name : column.type === 'fen' ? sumText(value) : String(value)
}

/** A cell as a clerk reads it; null for "any". */
export function cellText(cell: Cell | undefined, column: TableColumn, table: PolicyTable, said: Said): string | null {
  if (cell === undefined) return null
  const zh = said.lang === 'zh'
  switch (cell.kind) {
    case 'codes': {
      const words = column.values.filter((one) => cell.values.includes(one.id)).map((one) => shortCode(one[said.lang])).join(zh ? '、' : ', ')
      return cell.not ? (zh ? `不是${words}` : `not ${words}`) : words
    }
    case 'range': return rangeText(cell, column, table, said)
    case 'within': {
      const n = typeof cell.n === 'number' ? cell.n : (table.params.find((one) => one.name === cell.n) ? paramOn(table.params.find((one) => one.name === cell.n)!.values, said.at) ?? cell.n : cell.n)
      return zh ? `${n} ${{ day: '天', month: '个月', year: '年' }[cell.unit]}内` : `within ${n} ${cell.unit}s`
    }
    case 'yesNo': return cell.yes ? (zh ? '是' : 'yes') : zh ? '否' : 'no'
    case 'expression': return cell.texts.join(zh ? '；' : '; ')
  }
}

function rangeText(cell: Extract<Cell, { kind: 'range' }>, column: TableColumn, table: PolicyTable, said: Said): string | null {
  const { from, to } = cell
  const text = (b: Bound): string => boundText(b, column, table, said)
  if (from !== null && to !== null) {
    if (text(from) === text(to) && from.op === '>=' && to.op === '<=') return text(from)
    if (from.op === '>=' && to.op === '<' && column.type === 'int' && /^\d+$/.test(text(to))) return `${text(from)}–${Number(text(to)) - 1}`
    return `${sign(from.op)} ${text(from)}，${sign(to.op)} ${text(to)}`
  }
  const one = from ?? to
  return one === null ? null : `${sign(one.op)} ${text(one)}`
}

function sign(op: Bound['op']): string {
  return op === '>=' ? '≥' : op === '<=' ? '≤' : op
}

/** Columns on screen: what differs between rows, what was opened by hand, and nothing that stands above the table already. */
export function shownColumns(table: PolicyTable, opened: readonly TableColumn[]): TableColumn[] {
  const own = table.columns.filter((one) => !one.common || opened.some((each) => each.id === one.id))
  return [...own, ...opened.filter((one) => !table.columns.some((each) => each.id === one.id))]
}

export function commonColumns(table: PolicyTable, opened: readonly TableColumn[]): TableColumn[] {
  return table.columns.filter((one) => one.common && !opened.some((each) => each.id === one.id))
}

/** The amount of a row on a day, in fen; null where it is worked out from facts. */
export function amountOn(row: DecisionRow, table: PolicyTable, at: string): number | null {
  if (row.amount.kind === 'fixed') return row.amount.fen
  if (row.amount.kind !== 'param') return null
  const { name } = row.amount
  const param = table.params.find((one) => one.name === name)
  return param === undefined ? null : paramOn(param.values, at)
}

/** Article of a clause as it fits into a column: 第三条（二）→ 三(二). */
export function shortArticle(article: string | null, id: string): string {
  if (article === null || article === '') return id
  return article.replace(/^第/, '').replace('条', '').replaceAll('（', '(').replaceAll('）', ')')
}

export function winners(groups: Readonly<Record<Group, number>>): number {
  return groups.newly + groups.raised
}

export function losers(groups: Readonly<Record<Group, number>>): number {
  return groups.lowered + groups.dropped
}

export interface Tile {
  readonly code: string
  readonly name: string
  /** Short enough for the tile, and no two alike. */
  readonly label: string
  readonly deltaFen: number
  /** 0 nothing changes, 1 to 5 from little to much, −1 to −5 for less money. */
  readonly step: number
}

/** Townships as tiles in the order of their codes: nobody has drawn their borders, so they stand in rows and not on a map. */
export function tilesOf(townships: Figures['townships']): { readonly tiles: readonly Tile[]; readonly limits: readonly number[] } {
  const deltas = townships.map((one) => one.afterFen - one.beforeFen)
  const most = Math.max(0, ...deltas.map(Math.abs))
  const unit = niceStep(most / 5)
  const limits = [1, 2, 3, 4].map((n) => n * unit)
  const step = (d: number): number => (d === 0 ? 0 : Math.sign(d) * (1 + limits.filter((one) => Math.abs(d) >= one).length))
  const short = townships.map((one) => tileName(one.name))
  const label = (i: number): string => (townships[i]!.name === '' ? '—' : short.filter((one) => one === short[i]).length > 1 ? townships[i]!.name.slice(0, 3) : short[i]!)
  return { limits, tiles: townships.map((one, i) => ({ code: one.code, name: one.name, label: label(i), deltaFen: deltas[i]!, step: step(deltas[i]!) })) }
}

/** Round step in fen: 1, 2 or 5 times a power of ten yuan. */
export function niceStep(fen: number): number {
  if (fen <= 100) return 100
  const power = 10 ** Math.floor(Math.log10(fen))
  return (([1, 2, 5].find((one) => one * power >= fen) ?? 10) * power)
}

/** Place names without the word for what they are, as far as two characters are left. */
export function tileName(name: string): string {
  const bare = name.replace(/(街道办事处|街道|镇|乡|苏木)$/, '')
  return bare.length >= 2 ? bare.slice(0, 3) : name.slice(0, 3)
}

export interface Article {
  readonly id: string
  readonly label: string
  readonly text: string
}

const HEAD = /^(?:第[一二三四五六七八九十百零〇\d]+[条款章]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])/

/** A policy text cut where its articles begin: 第三条, 三、, （一）, 1. A part in brackets belongs to the article before it. */
export function splitArticles(text: string): Article[] {
  const lines = text.replace(/\r/g, '').split('\n').map((one) => one.replace(/^[\s　]+|[\s　]+$/g, '')).filter((one) => one !== '')
  const out: Article[] = []
  let above = ''
  for (const line of lines) {
    const head = HEAD.exec(line)?.[0]
    if (head === undefined) {
      const last = out.at(-1)
      if (last === undefined) out.push({ id: 'a1', label: '', text: line })
      else out[out.length - 1] = { ...last, text: `${last.text}\n${line}` }
      continue
    }
    const word = head.replace(/[、.．]$/, '')
    const inside = /^[（(]/.test(word)
    if (!inside) above = word
    out.push({ id: `a${out.length + 1}`, label: inside && above !== '' ? `${above}${word.replace('(', '（').replace(')', '）')}` : word, text: line.slice(head.length).trim() })
  }
  return out.filter((one) => one.text !== '' || one.label !== '')
}

/** Rows by the clause they cite, for the chips under an article. */
export function rowsCiting(table: PolicyTable, clause: string): number[] {
  return table.rows.flatMap((row, i) => (row.basis.includes(clause) ? [i + 1] : []))
}

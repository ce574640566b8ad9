import type { Args, Cell } from '../types.ts'

/** How a value was changed to be readable; each is shown to the clerk. */
export type ChangeCode =
  | 'width' | 'invisible' | 'spaces' | 'quote_mark' | 'date_form' | 'lunar' | 'serial' | 'upper_x' | 'fifteen_to_eighteen'
  | 'separators' | 'label' | 'case' | 'note_removed' | 'ditto' | 'merged' | 'thousands'

export type Severity = 'error' | 'question' | 'repaired'

/**
 * The outcome of reading one cell. `blank`: nothing there. `none`: the clerk wrote that there is none (无, /, -).
 * `unknown`: the clerk wrote that it is not known (不详). `problem`: no value — never a plausible one in its place.
 */
export type Reading<T> =
  | { readonly state: 'value'; readonly value: T; readonly changed?: readonly ChangeCode[]; readonly notes?: readonly Note[] }
  | { readonly state: 'blank' | 'none' | 'unknown' }
  | { readonly state: 'problem'; readonly severity: 'error' | 'question'; readonly code: string; readonly args: Args }

/** Something the clerk should look at although the value itself was read. */
export interface Note { readonly severity: 'error' | 'question'; readonly code: string; readonly args: Args }

export const blank: Reading<never> = { state: 'blank' }

export function value<T>(v: T, changed?: readonly ChangeCode[], notes?: readonly Note[]): Reading<T> {
  return { state: 'value', value: v, ...(changed && changed.length > 0 ? { changed } : {}), ...(notes && notes.length > 0 ? { notes } : {}) }
}

export function problem(code: string, args: Args = {}): Reading<never> {
  return { state: 'problem', severity: 'error', code, args }
}

export function question(code: string, args: Args = {}): Reading<never> {
  return { state: 'problem', severity: 'question', code, args }
}

export interface Cleaned { readonly text: string; readonly changed: ChangeCode[] }

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
const oddSpaces = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n]/g

/** Full-width letters, digits and signs to plain ones, invisible characters out, spaces trimmed and evened. Says what it did. */
export function clean(text: string): Cleaned {
  const changed: ChangeCode[] = []
  if (/^[\x21-\x7e\u4e00-\u9fff]*$/.test(text) && text.charCodeAt(0) !== 39) return { text, changed }
  let out = text.replace(invisible, '')
  if (out !== text) changed.push('invisible')
  const narrow = out.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(oddSpaces, ' ')
  if (narrow !== out) changed.push(/[\uff01-\uff5e]/.test(out) ? 'width' : 'spaces')
  out = narrow.trim().replace(/ {2,}/g, ' ')
  if (out !== narrow && !changed.includes('spaces')) changed.push('spaces')
  if (out.length > 1 && (out[0] === "'" || out[0] === '`')) { out = out.slice(1).trim(); changed.push('quote_mark') }
  return { text: out, changed }
}

const none = new Set(['无', '没有', '/', '\\', '-', '--', '—', '——', '－', '暂无', '无此项', 'n/a', 'na', 'none', 'nil', '/ /', '//', '空'])
const unknown = new Set(['不详', '未知', '不清楚', '不清', '不明', '待查', '待核实', '待核', '待补', '?', '？', '??', '？？', 'unknown', '忘记', '记不清'])

/** `无` and `不详` are different answers: the first is a fact, the second a gap. */
export function emptyWord(text: string): 'none' | 'unknown' | undefined {
  const word = text.toLowerCase()
  return none.has(word) ? 'none' : unknown.has(word) ? 'unknown' : undefined
}

/** The text to read, or the outcome when there is nothing to read. A zero is a value; only number fields read it as one. */
export function textOf(cell: Cell | undefined): Cleaned | Reading<never> {
  if (cell === null || cell === undefined) return blank
  if (typeof cell === 'object' && 'error' in cell) return problem('sheets.cell.error', { shown: cell.error })
  if (typeof cell === 'object' && 'formula' in cell) return problem('sheets.cell.formula')
  const raw = typeof cell === 'object' ? ('date' in cell ? (cell.date ?? cell.raw) : cell.raw) : String(cell)
  const cleaned = clean(raw)
  if (cleaned.text === '') return blank
  // Text files carry Excel's own error signs as text; ##### is a column that was too narrow when it was copied.
  if (/^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|#+)$/i.test(cleaned.text)) return problem('sheets.cell.error', { shown: cleaned.text })
  if (cleaned.text.includes('\ufffd')) return problem('sheets.text.damaged', { shown: short(raw) })
  const word = emptyWord(cleaned.text)
  return word === undefined ? cleaned : { state: word }
}

export function isReading(x: Cleaned | Reading<never>): x is Reading<never> {
  return 'state' in x
}

export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

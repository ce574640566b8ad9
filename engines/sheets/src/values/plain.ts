import type { Cell } from '../types.ts'
import { lostPrecision } from './id-number.ts'
import { isReading, problem, question, short, textOf, value } from './reading.ts'
import type { ChangeCode, Cleaned, Reading } from './reading.ts'

export interface CodeEntry { readonly id: string; readonly label: string; readonly synonyms?: readonly string[] }

export function readText(cell: Cell | undefined, maxChars = 500): Reading<string> {
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  if (cleaned.text.length > maxChars) return problem('sheets.text.too_long', { length: [...cleaned.text].length, limit: maxChars })
  return value(cleaned.text, cleaned.changed)
}

/** Letters and digits kept as an identifier: leading zeros stay, a number beyond 15 digits is lost. */
export function readCodeText(cell: Cell | undefined): Reading<string> {
  const lost = lostPrecision(cell)
  return lost === undefined ? readText(cell, 64) : problem('sheets.number.lost_precision', { shown: lost })
}

/** One or several labels of a code list, by label, id or synonym; one that is not in the list makes the cell a question. */
export function readCodes(cell: Cell | undefined, list: readonly CodeEntry[], multi: boolean): Reading<string[]> {
  const cleaned = textOf(cell)
  if (isReading(cleaned)) {
    const own = cleaned.state === 'none' || cleaned.state === 'unknown' ? findCode(String(cell).trim(), list) : undefined
    return own === undefined ? cleaned : value([own.id])
  }
  const whole = findCode(cleaned.text, list)
  if (whole) return value([whole.id], whole.label === cleaned.text ? cleaned.changed : [...cleaned.changed, 'label'])
  const pieces = cleaned.text.split(/[;；、,，/|\s+\n]+/).filter((piece) => piece !== '')
  const ids: string[] = []
  let relabelled = false
  for (const piece of pieces) {
    const entry = findCode(piece.replace(/^\d{1,2}[.．)]\s*/, ''), list)
    if (!entry) return question('sheets.code.unknown', { shown: short(piece), near: nearLabel(piece, list) })
    if (entry.label !== piece) relabelled = true
    if (!ids.includes(entry.id)) ids.push(entry.id)
  }
  if (ids.length > 1 && !multi) return question('sheets.code.several', { shown: short(cleaned.text), count: ids.length })
  return ids.length === 0 ? problem('sheets.code.unknown', { shown: short(cleaned.text), near: '' }) : value(ids, changesOf(cleaned, relabelled, ids.length > 1))
}

function changesOf(cleaned: Cleaned, relabelled: boolean, several: boolean): ChangeCode[] {
  return [...cleaned.changed, ...(relabelled ? ['label' as const] : []), ...(several ? ['separators' as const] : [])]
}

const bare = (text: string): string => text.toLowerCase().replace(/[\s()（）“”"'·]/g, '')

function findCode(text: string, list: readonly CodeEntry[]): CodeEntry | undefined {
  const wanted = bare(text)
  return list.find((entry) => bare(entry.label) === wanted || entry.id.toLowerCase() === wanted || (entry.synonyms ?? []).some((synonym) => bare(synonym) === wanted))
}

function nearLabel(text: string, list: readonly CodeEntry[]): string {
  const wanted = bare(text)
  const hits = list.filter((entry) => bare(entry.label).includes(wanted) || wanted.includes(bare(entry.label)))
  return hits.length === 1 ? hits[0]!.label : ''
}

/** The digits of a number as written; thousands separators and a unit after it are taken off and reported. */
function decimalOf(cell: Cell | undefined, units: RegExp): { text: string; changed: ChangeCode[] } | Reading<never> {
  if (cell === '-' || cell === '—') return { state: 'none' }
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  const changed = [...cleaned.changed]
  let text = cleaned.text.replace(units, '').replace(/^[¥￥]/, '').trim()
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) { text = text.replace(/,/g, ''); changed.push('thousands') }
  if (/^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i.test(text) && Math.abs(Number(text)) < 1e15) text = Number(text).toFixed(12).replace(/\.?0+$/, '')
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(text)) return question('sheets.number.not_a_number', { shown: short(cleaned.text) })
  return { text, changed }
}

export interface NumberOptions { readonly min?: number; readonly max?: number }

export function readInteger(cell: Cell | undefined, options: NumberOptions = {}): Reading<number> {
  const decimal = decimalOf(cell, /(?:周?岁|个?人|户|次|张|天|个?月|年|元)$/)
  if ('state' in decimal) return decimal
  const n = Number(decimal.text)
  if (!Number.isInteger(n) || Math.abs(n) >= 1e15) return question('sheets.number.not_whole', { shown: decimal.text })
  return bounded(n, decimal.text, decimal.changed, options, n)
}

/** Yuan as written → integer fen. More than two decimals of a fen is a question (0.1+0.2 noise up to 1e-6 fen is not). */
export function readMoney(cell: Cell | undefined, options: NumberOptions = {}): Reading<number> {
  const decimal = decimalOf(cell, /(?:元\/月|元每月|元|圆)$/)
  if ('state' in decimal) return decimal
  const fen = Number(decimal.text) * 100
  const whole = Math.round(fen)
  if (Math.abs(fen - whole) > 1e-6 * Math.max(1, Math.abs(fen)) || !Number.isSafeInteger(whole)) return question('sheets.money.fraction', { shown: decimal.text })
  return bounded(whole, decimal.text, decimal.changed, options, whole)
}

function bounded(n: number, shown: string, changed: ChangeCode[], options: NumberOptions, result: number): Reading<number> {
  if (options.min !== undefined && n < options.min) return problem('sheets.number.too_small', { shown, min: options.min })
  if (options.max !== undefined && n > options.max) return problem('sheets.number.too_large', { shown, max: options.max })
  return value(result, changed)
}

const yes = new Set(['是', '有', '对', '√', '✓', '✔', '☑', '√是', 'y', 'yes', 'true', '1', '已', '是的'])
const no = new Set(['否', '无', '没有', '不是', '×', '✗', '✘', '☐', 'x', 'n', 'no', 'false', '0', '未', '不'])

/** 无 in a yes/no column is a no; a blank is not. */
export function readBoolean(cell: Cell | undefined): Reading<boolean> {
  if (typeof cell === 'boolean') return value(cell)
  const word = typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim().toLowerCase() : ''
  if (yes.has(word)) return value(true)
  if (no.has(word)) return value(false)
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  const text = cleaned.text.toLowerCase()
  if (yes.has(text)) return value(true, cleaned.changed)
  if (no.has(text)) return value(false, cleaned.changed)
  return question('sheets.boolean.unclear', { shown: short(cleaned.text) })
}

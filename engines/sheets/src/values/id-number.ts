import { isDay } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import type { Cell } from '../types.ts'
import { isReading, problem, question, short, textOf, value } from './reading.ts'
import type { ChangeCode, Note, Reading } from './reading.ts'

/** GB 11643-1999: weights of the first 17 digits and the check characters by remainder mod 11. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

export interface IdNumber {
  /** 18 characters. */
  readonly number: string
  readonly birth: Day
  readonly sex: 'male' | 'female'
  /** First six digits: the place of first registration, never the residence. */
  readonly prefix: string
  /** Prefix 99 belongs to no place: made up for tests and demonstrations. */
  readonly synthetic: boolean
}

export interface IdOptions {
  readonly today: Day
  /** Province codes (first two digits) accepted beside the national ones; default 99 only, shown as synthetic. */
  readonly extraProvinces?: readonly string[]
}

const provinces = new Set(('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91').split(' '))

export function checkDigit(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += weights[i]! * (first17.charCodeAt(i) - 48)
  return checks[sum % 11]!
}

/**
 * Reads a citizen number. Excel keeps 15 digits of a number, so an 18-digit number that the file holds as a number, or
 * text like 9.90201E+17, has lost its end for good: it is an error and never turned into a number that looks right.
 */
export function readIdNumber(cell: Cell | undefined, options: IdOptions): Reading<IdNumber> {
  const lost = lostPrecision(cell)
  if (lost !== undefined) return problem('sheets.id.lost_precision', { shown: lost })
  if (typeof cell === 'object' && cell !== null && 'date' in cell) return problem('sheets.id.is_date', { shown: cell.raw })
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  const changed: ChangeCode[] = [...cleaned.changed]
  let text = cleaned.text.replace(/[\s\-.·_]/g, '')
  if (text !== cleaned.text && !changed.includes('spaces')) changed.push('spaces')
  if (/^\d+[xх×Х]$/.test(text)) { text = `${text.slice(0, -1)}X`; changed.push('upper_x') }
  if (/^\d{15}$/.test(text)) return fromFifteen(text, changed, options)
  if (!/^\d{17}[\dX]$/.test(text)) return wrongShape(text)
  // A number column turned into text afterwards ends in three zeros; an honest sequence number seldom does.
  if (/^\d{15}000$/.test(text)) return question('sheets.id.maybe_lost', { shown: text })
  return checked(text, changed, options)
}

function wrongShape(text: string): Reading<never> {
  const many = text.match(/\d{17}[\dXx]|\d{15}(?!\d)/g)
  if (many && many.length > 1) return problem('sheets.id.two_numbers', { shown: short(text) })
  if (/[OolI]/.test(text)) return problem('sheets.id.letters', { shown: short(text) })
  if (/^\d+X?$/.test(text)) return problem('sheets.id.length', { shown: short(text), length: text.length })
  return problem('sheets.id.not_a_number', { shown: short(text) })
}

function fromFifteen(text: string, changed: ChangeCode[], options: IdOptions): Reading<IdNumber> {
  const first17 = `${text.slice(0, 6)}19${text.slice(6)}`
  return checked(first17 + checkDigit(first17), [...changed, 'fifteen_to_eighteen'], options)
}

function checked(text: string, changed: ChangeCode[], options: IdOptions): Reading<IdNumber> {
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  const province = text.slice(0, 2)
  const synthetic = province === '99'
  if (!provinces.has(province) && !(options.extraProvinces ?? ['99']).includes(province)) return problem('sheets.id.no_such_region', { shown: text, prefix: text.slice(0, 6) })
  if (!isDay(birth)) return problem('sheets.id.no_such_birth', { shown: text, birth })
  if (birth > options.today) return problem('sheets.id.future_birth', { shown: text, birth })
  if (Number(options.today.slice(0, 4)) - Number(birth.slice(0, 4)) > 130) return problem('sheets.id.too_old', { shown: text, birth })
  const expected = checkDigit(text)
  if (expected !== text[17]) return problem('sheets.id.check_digit', { shown: text, expected, found: text[17]! })
  const notes: Note[] = []
  const sex = (text.charCodeAt(16) - 48) % 2 === 1 ? 'male' : 'female'
  return value({ number: text, birth, sex, prefix: text.slice(0, 6), synthetic }, changed, notes)
}

/** The text the clerk sees when the value can no longer be the one that was typed; undefined when nothing is lost. */
export function lostPrecision(cell: Cell | undefined): string | undefined {
  if (typeof cell === 'number') return Math.abs(cell) >= 1e15 ? String(cell) : undefined
  if (typeof cell === 'string') {
    const text = cell.trim().replace(/^['`]/, '')
    return /^\d(?:\.\d+)?[eE]\s*\+?\d{2,3}$/.test(text) ? text : undefined
  }
  if (typeof cell === 'object' && cell !== null && 'number' in cell) return Math.abs(cell.number) >= 1e15 ? cell.raw : undefined
  return undefined
}

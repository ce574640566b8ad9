import type { Cell } from '../types.ts'
import { lostPrecision } from './id-number.ts'
import { isReading, problem, question, short, textOf, value } from './reading.ts'
import type { ChangeCode, Reading } from './reading.ts'

export interface Phone { readonly number: string; readonly kind: 'mobile' | 'landline' | 'service'; readonly note?: string }

/** One or several numbers: `13900000000（子）/ 023-59220000`. A number that is neither is a question, never cut to fit. */
export function readPhones(cell: Cell | undefined): Reading<Phone[]> {
  const lost = lostPrecision(cell)
  if (lost !== undefined) return problem('sheets.phone.lost_precision', { shown: lost })
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  const changed: ChangeCode[] = [...cleaned.changed]
  const pieces = cleaned.text.split(/[,;、/|\n]|，|；|或|(?<=\d{7,}\)?)\s+(?=\d)/).map((piece) => piece.trim()).filter((piece) => piece !== '')
  const phones: Phone[] = []
  for (const piece of pieces) {
    const phone = parsePhone(piece)
    if (phone === undefined) return question('sheets.phone.not_a_phone', { shown: short(piece), digits: piece.replace(/\D/g, '').length })
    if (phone.number !== piece && !changed.includes('separators')) changed.push('separators')
    if (!phones.some((other) => other.number === phone.number)) phones.push(phone)
  }
  if (phones.length === 0) return problem('sheets.phone.not_a_phone', { shown: short(cleaned.text), digits: 0 })
  return value(phones, changed)
}

function parsePhone(piece: string): Phone | undefined {
  const note = /[(]([^()\d]{1,10})[)]|^([\u4e00-\u9fff]{1,6})[:：]?(?=[\d+(])|([\u4e00-\u9fff]{1,6})$/.exec(piece)
  const bare = note ? piece.replace(note[0], '') : piece
  if (!/^[+\d\s\-()转.]+$/.test(bare)) return undefined
  const extra = note ? { note: (note[1] ?? note[2] ?? note[3])! } : {}
  const all = bare.replace(/^\+?86(?=[\s-]?1\d{10}|[\s-]?1\d{2}[\s-])/, '').replace(/^\+86/, '0')
  const digits = all.replace(/\D/g, '')
  if (/^1[3-9]\d{9}$/.test(digits)) return { number: digits, kind: 'mobile', ...extra }
  if (/^(?:400|800)\d{7}$/.test(digits)) return { number: digits, kind: 'service', ...extra }
  const area = /^(010|02\d|0[3-9]\d{2})(\d{7,8})$/.exec(digits)
  if (area) return { number: `${area[1]}-${area[2]}`, kind: 'landline', ...extra }
  if (/^[2-8]\d{6,7}$/.test(digits)) return { number: digits, kind: 'landline', ...extra }
  return undefined
}

import type { Day } from '@songbai/calendar'
import type { Cell } from '../types.ts'
import { readDay, readMonth } from '../values/day.ts'
import { readIdNumber } from '../values/id-number.ts'
import { readName } from '../values/name.ts'
import { readPhones } from '../values/phone.ts'
import { readBoolean, readCodes, readCodeText, readInteger, readMoney, readText } from '../values/plain.ts'
import type { CodeEntry } from '../values/plain.ts'
import type { Reading } from '../values/reading.ts'

export type FieldKind = 'text' | 'name' | 'idNumber' | 'day' | 'month' | 'phone' | 'region' | 'codes' | 'code' | 'codeText' | 'integer' | 'money' | 'boolean' | 'sex'

export interface FieldSpec {
  readonly id: string
  /** Heading on our own templates, zh-CN; `labelEn` for the English console. */
  readonly label: string
  readonly labelEn?: string
  readonly kind: FieldKind
  readonly required?: boolean
  /** Other headings clerks use, most usual first. Spaces, brackets and width do not matter. */
  readonly synonyms?: readonly string[]
  readonly codes?: readonly CodeEntry[]
  readonly min?: number
  readonly max?: number
  readonly allowFuture?: boolean
  /** The value must agree with what the citizen number of this row says. */
  readonly agreesWithId?: 'birth' | 'sex'
  /** For `region` and special texts: reads the cleaned text with the caller's knowledge (the division tree). */
  readonly read?: (cell: Cell | undefined) => Reading<unknown>
}

export interface SheetSchema { readonly id: string; readonly fields: readonly FieldSpec[] }

/** What reading needs to know from outside. */
export interface ReadContext { readonly today: Day; readonly extraProvinces?: readonly string[] }

const sexes: readonly CodeEntry[] = [
  { id: 'male', label: '男', synonyms: ['男性', 'M', '1', '1男'] }, { id: 'female', label: '女', synonyms: ['女性', 'F', '2', '2女'] },
]

/** Reads one cell as a field. Pure in the cell, the field and the context. */
export function readField(field: FieldSpec, cell: Cell | undefined, context: ReadContext): Reading<unknown> {
  if (field.read) return field.read(cell)
  switch (field.kind) {
    case 'text': case 'region': return readText(cell)
    case 'name': return readName(cell)
    case 'idNumber': return readIdNumber(cell, context)
    case 'day': return readDay(cell, { today: context.today, allowFuture: field.allowFuture })
    case 'month': return readMonth(cell, { today: context.today, allowFuture: field.allowFuture })
    case 'phone': return readPhones(cell)
    case 'codes': return readCodes(cell, field.codes ?? [], true)
    case 'code': return first(readCodes(cell, field.codes ?? [], false))
    case 'sex': return first(readCodes(cell, sexes, false))
    case 'codeText': return readCodeText(cell)
    case 'integer': return readInteger(cell, field)
    case 'money': return readMoney(cell, field)
    case 'boolean': return readBoolean(cell)
  }
}

function first(reading: Reading<string[]>): Reading<string> {
  return reading.state === 'value' ? { ...reading, value: reading.value[0]! } : reading
}

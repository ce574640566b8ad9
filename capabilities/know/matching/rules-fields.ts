/** Columns of a department's list: particulars by which people are found, and what this department says of them. */
import type { FactDictionary } from '@songbai/policy'
import { isReading, lostPrecision, question, readDay, readText, textOf, value, type Cell, type FieldSpec, type Reading, type SheetSchema } from '@songbai/sheets'
import { eldersSchema } from '../imports/rules-fields.ts'
import { sourceOf, type SourceId } from './rules-sources.ts'

const PARTICULARS = ['name', 'idNumber', 'sex', 'birth', 'place', 'township', 'village', 'group', 'address'] as const

/**
 * [M2] A number that is wrong is kept as written, since a slip is what the matching finds; one that Excel has cut is nothing. A birth
 * may be a year or a month alone.
 */
export function schemaOf(source: SourceId, dictionary: FactDictionary, today: string): SheetSchema {
  const known = new Map(eldersSchema(dictionary).fields.map((one) => [one.id, one]))
  const particulars = PARTICULARS.map((id): FieldSpec => {
    const { agreesWithId: _agrees, ...field } = known.get(id)!
    if (id === 'idNumber') return { ...field, read: readNumber }
    return id === 'birth' ? { ...field, read: (cell) => readBirth(cell, today) } : field
  })
  const own = sourceOf(source).columns.map((column): FieldSpec => {
    const base = known.get(column.id)
    return { ...base, id: column.id, label: column.label.zh, labelEn: column.label.en, kind: column.kind, synonyms: [...column.synonyms, ...(base?.synonyms ?? [])] }
  })
  return { id: `matching.${source}`, fields: [...particulars, ...own] }
}

function readNumber(cell: Cell | undefined): Reading<unknown> {
  const lost = lostPrecision(cell)
  if (lost !== undefined) return question('sheets.id.lost_precision', { shown: lost })
  const text = readText(cell)
  return text.state !== 'value' || /\d{9}/.test(text.value.replace(/[\s\-.]/g, '')) ? text : question('sheets.id.not_a_number', { shown: text.value.slice(0, 20) })
}

function readBirth(cell: Cell | undefined, today: string): Reading<unknown> {
  const whole = readDay(cell, { today })
  const text = textOf(cell)
  if (whole.state === 'value' || isReading(text)) return whole
  const match = /^(\d{4})(?:[年.\-/]\s*(\d{1,2}))?[年月]?$/.exec(text.text)
  if (!match || (match[2] !== undefined && (Number(match[2]) < 1 || Number(match[2]) > 12))) return whole
  return value(match[2] === undefined ? match[1]! : `${match[1]}-${match[2].padStart(2, '0')}`)
}

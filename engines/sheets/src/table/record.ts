import { columnLetter } from '../types.ts'
import type { Args } from '../types.ts'
import type { IdNumber } from '../values/id-number.ts'
import type { Reading, Severity } from '../values/reading.ts'
import { lostPrecision } from '../values/id-number.ts'
import type { Mapping } from './guess.ts'
import { readField } from './schema.ts'
import type { FieldSpec, ReadContext, SheetSchema } from './schema.ts'
import type { Sorted } from './sort.ts'

/** `row` is the clerk's own row number, `column` the letter as Excel shows it ('' when the whole row is meant). */
export interface Finding { readonly row: number; readonly column: string; readonly severity: Severity; readonly code: string; readonly args: Args }

export interface ReadRecord {
  readonly row: number
  /** Only fields that were read: a field with a problem is absent, `none` is null. Unknown (不详) is listed in `unknown`. */
  readonly values: Readonly<Record<string, unknown>>
  readonly unknown: readonly string[]
  readonly findings: readonly Finding[]
  /** An error in any field, or a required field that is missing: the row cannot be taken as it is. */
  readonly refused: boolean
}

interface Plan { readonly column: number; readonly letter: string; readonly field: FieldSpec }

/** Prepares a mapping once, then reads rows. */
export function createRowReader(schema: SheetSchema, mapping: Mapping, context: ReadContext): (sorted: Extract<Sorted, { kind: 'data' }>) => ReadRecord {
  const plans: Plan[] = mapping.columns.flatMap(({ column, field }) => {
    const spec = schema.fields.find((f) => f.id === field)
    return spec ? [{ column, letter: columnLetter(column), field: spec }] : []
  })
  const missing = schema.fields.filter((field) => field.required === true && !plans.some((plan) => plan.field === field))
  const id = plans.find((plan) => plan.field.kind === 'idNumber')
  return (sorted) => readOne(sorted, plans, missing, id, context)
}

/** One row as a record; for many rows use {@link createRowReader}. */
export function readRow(schema: SheetSchema, mapping: Mapping, sorted: Extract<Sorted, { kind: 'data' }>, context: ReadContext): ReadRecord {
  return createRowReader(schema, mapping, context)(sorted)
}

function readOne(sorted: Extract<Sorted, { kind: 'data' }>, plans: readonly Plan[], missing: readonly FieldSpec[], id: Plan | undefined, context: ReadContext): ReadRecord {
  const { row, cells } = sorted.row
  const findings: Finding[] = []
  const values: Record<string, unknown> = {}
  const unknown: string[] = []
  for (const plan of plans) {
    const reading = readField(plan.field, cells[plan.column], context)
    take(reading, plan, row, values, unknown, findings)
  }
  for (const field of missing) findings.push({ row, column: '', severity: 'error', code: 'sheets.field.no_column', args: { field: field.id, label: field.label } })
  for (const filled of sorted.filled) findings.push({ row, column: columnLetter(filled.column), severity: 'repaired', code: `sheets.changed.${filled.from}`, args: { fromRow: filled.fromRow, to: filled.shown } })
  for (const doubt of sorted.doubts) findings.push({ row, column: columnLetter(doubt.column), severity: 'question', code: doubt.code, args: { shown: doubt.shown } })
  if (id) agree(values[id.field.id] as IdNumber | undefined, plans, row, values, findings)
  identitiesElsewhere(sorted, plans, row, findings)
  return { row, values, unknown, findings, refused: findings.some((finding) => finding.severity === 'error') }
}

function take(reading: Reading<unknown>, plan: Plan, row: number, values: Record<string, unknown>, unknown: string[], findings: Finding[]): void {
  const { field, letter } = plan
  if (reading.state === 'value') {
    values[field.id] = reading.value
    for (const code of reading.changed ?? []) findings.push({ row, column: letter, severity: 'repaired', code: `sheets.changed.${code}`, args: { to: shownField(field, reading.value) } })
    for (const note of reading.notes ?? []) findings.push({ row, column: letter, ...note })
  } else if (reading.state === 'problem') findings.push({ row, column: letter, severity: reading.severity, code: reading.code, args: reading.args })
  else {
    if (reading.state === 'none') values[field.id] = null
    if (reading.state === 'unknown') unknown.push(field.id)
    if (field.required === true) findings.push({ row, column: letter, severity: 'error', code: 'sheets.field.missing', args: { field: field.id, label: field.label } })
  }
}

/** What a read value of a field looks like in the repaired sheet: labels for codes, yuan for fen. */
export function shownField(field: FieldSpec, value: unknown): string {
  if (field.kind === 'money' && typeof value === 'number') return (value / 100).toFixed(2).replace(/\.00$/, '')
  if (field.kind === 'sex') return value === 'male' ? '男' : '女'
  if (field.kind === 'boolean') return value === true ? '是' : '否'
  const label = (id: unknown): string => field.codes?.find((entry) => entry.id === id)?.label ?? shownValue(id)
  return Array.isArray(value) ? value.map(label).join('；') : label(value)
}

/** A read value as text without knowing its field. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shownValue).join('；')
  if (typeof value === 'object') {
    const v = value as { number?: unknown; name?: unknown; note?: unknown; remark?: unknown; label?: unknown }
    const remark = v.note ?? v.remark
    return String(v.number ?? v.name ?? v.label ?? '') + (typeof remark === 'string' ? `（${remark}）` : '')
  }
  return String(value)
}

function agree(id: IdNumber | undefined, plans: readonly Plan[], row: number, values: Record<string, unknown>, findings: Finding[]): void {
  if (!id) return
  for (const plan of plans) {
    const own = values[plan.field.id]
    if (own === undefined || own === null || plan.field.agreesWithId === undefined) continue
    const expected = plan.field.agreesWithId === 'birth' ? id.birth.slice(0, String(own).length) : id.sex
    if (own !== expected) findings.push({ row, column: plan.letter, severity: 'question', code: `sheets.id.other_${plan.field.agreesWithId}`, args: { written: String(own), inId: expected } })
  }
}

/** A damaged long number in a column nobody reads must not go unseen either when it stands where an identity would. */
function identitiesElsewhere(sorted: Extract<Sorted, { kind: 'data' }>, plans: readonly Plan[], row: number, findings: Finding[]): void {
  const cells = sorted.row.cells
  for (let c = 0; c < cells.length; c++) {
    const cell = cells[c]
    if (cell === null || (typeof cell === 'number' && cell < 1e15) || (typeof cell === 'string' && cell.length > 12)) continue
    const lost = lostPrecision(cell)
    if (lost === undefined || plans.some((plan) => plan.column === c)) continue
    findings.push({ row, column: columnLetter(c), severity: 'question', code: 'sheets.number.lost_precision', args: { shown: lost } })
  }
}

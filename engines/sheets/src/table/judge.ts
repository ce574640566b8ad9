import type { Merge, RawRow } from '../types.ts'
import type { Skipped, Table } from './find.ts'
import type { Mapping } from './guess.ts'
import { createRowReader } from './record.ts'
import type { ReadRecord } from './record.ts'
import type { ReadContext, SheetSchema } from './schema.ts'
import { RowSorter } from './sort.ts'

export interface JudgeOptions {
  readonly schema: SheetSchema
  readonly table: Table
  readonly mapping: Mapping
  readonly context: ReadContext
  readonly merges?: readonly Merge[]
}

/** Exactly one of the two: every row given in comes out as a record or as a skipped row with its reason. */
export type Judged = { readonly record: ReadRecord; readonly skipped?: undefined } | { readonly skipped: Skipped; readonly record?: undefined }
export type Judge = (row: RawRow) => Judged

/** The whole way from a raw row to a record. Rows must come in file order; a second pass needs a new judge. */
export function createJudge(options: JudgeOptions): Judge {
  const { schema, mapping, table } = options
  const wanted = new Set(schema.fields.filter((field) => field.required === true || field.kind === 'name' || field.kind === 'idNumber').map((field) => field.id))
  const requiredColumns = mapping.columns.filter((entry) => wanted.has(entry.field)).map((entry) => entry.column)
  const sorter = new RowSorter(table, { merges: options.merges, requiredColumns })
  const read = createRowReader(schema, mapping, options.context)
  return (row) => {
    const sorted = sorter.sort(row)
    return sorted.kind === 'data' ? { record: read(sorted) } : { skipped: sorted.skipped }
  }
}

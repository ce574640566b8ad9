import { cellText, isBlank } from '../types.ts'
import type { Cell, RawRow } from '../types.ts'
import { headingsFingerprint, normaliseHeading } from './find.ts'
import type { Table, TableColumn } from './find.ts'
import { readField } from './schema.ts'
import type { FieldKind, FieldSpec, ReadContext, SheetSchema } from './schema.ts'

export type WhyCode = 'heading_equal' | 'synonym' | 'heading_part' | 'content' | 'template' | 'row_number' | 'empty' | 'undecided' | 'nothing'

export interface ColumnGuess {
  readonly column: number
  readonly letter: string
  readonly heading: string
  readonly samples: readonly string[]
  /** null: the clerk decides. */
  readonly field: string | null
  readonly why: WhyCode
  /** Share of the filled cells looked at that read as this field, 0–1; null when none was filled. */
  readonly fit: number | null
  readonly confidence: number
  /** The best other fields, for the choice on the screen. */
  readonly others: readonly string[]
}

/** A template the clerk saved: headings fingerprint and, by column, the field or null for "not imported". */
export interface SavedTemplate { readonly fingerprint: string; readonly fields: readonly (string | null)[] }

export interface Mapping { readonly columns: readonly { readonly column: number; readonly field: string }[] }

interface Candidate { readonly field: FieldSpec; readonly column: number; readonly score: number; readonly why: WhyCode; readonly fit: number | null }

/** Kinds whose content alone proves them; a text column says nothing about which text it is. */
const telling: Partial<Record<FieldKind, number>> = { idNumber: 0.95, phone: 0.75, sex: 0.8, day: 0.5, month: 0.4, codes: 0.6, code: 0.6, region: 0.55, name: 0.3 }

const sampleRows = 200

/** Guesses which column is which field. Two columns that fit a field alike, or one that fits two, stay null for the clerk. */
export function guessColumns(schema: SheetSchema, table: Table, rows: readonly RawRow[], context: ReadContext, template?: SavedTemplate): ColumnGuess[] {
  const data = rows.filter((row) => row.row >= table.firstDataRow).slice(0, sampleRows)
  const cells = table.columns.map((column) => data.map((row) => row.cells[column.index]).filter((cell) => !isBlank(cell)))
  if (template && template.fingerprint === headingsFingerprint(table)) return fromTemplate(schema, table, cells, template, context)
  const candidates = table.columns.flatMap((column) => schema.fields.map((field) => candidateFor(field, column, cells[column.index] ?? [], context)).filter((c): c is Candidate => c !== undefined))
  const taken = assign(candidates)
  return table.columns.map((column) => describe(column, cells[column.index] ?? [], candidates.filter((c) => c.column === column.index), taken))
}

function candidateFor(field: FieldSpec, column: TableColumn, cells: readonly (Cell | undefined)[], context: ReadContext): Candidate | undefined {
  const heading = headingScore(field, column.heading)
  const weight = telling[field.kind] ?? (field.read ? 0.5 : 0)
  if (heading.score === 0 && (weight === 0 || cells.length < 3 || column.heading !== '' && weight < 0.6)) return undefined
  const fit = fitOf(field, cells, context)
  const proof = fit === null || fit < 0.6 ? 0 : weight * fit
  // Content that plainly contradicts a heading (身份证号 over phone numbers) takes the guess away.
  const doubt = heading.score > 0 && fit !== null && fit < 0.2 && weight >= 0.5 ? 0.5 : 1
  const score = heading.score > 0 ? (heading.score + proof * 0.2) * doubt : proof * 0.8
  return score < 0.3 ? undefined : { field, column: column.index, score, why: heading.score > 0 ? heading.why : 'content', fit }
}

function headingScore(field: FieldSpec, text: string): { score: number; why: WhyCode } {
  const heading = normaliseHeading(text)
  const last = normaliseHeading(text.split('/').pop() ?? '')
  if (heading === '') return { score: 0, why: 'nothing' }
  if (heading === normaliseHeading(field.label)) return { score: 1, why: 'heading_equal' }
  const synonyms = (field.synonyms ?? []).map(normaliseHeading)
  if (synonyms.includes(heading)) return { score: 0.95, why: 'synonym' }
  if (text.includes('/') && (last === normaliseHeading(field.label) || synonyms.includes(last))) return { score: 0.7, why: 'heading_part' }
  const parts = [normaliseHeading(field.label), ...synonyms].filter((word) => word.length >= 2 && heading.includes(word))
  if (parts.length === 0) return { score: 0, why: 'nothing' }
  const longest = Math.max(...parts.map((word) => word.length))
  return { score: 0.35 + 0.3 * (longest / heading.length), why: 'heading_part' }
}

function fitOf(field: FieldSpec, cells: readonly (Cell | undefined)[], context: ReadContext): number | null {
  let read = 0
  let counted = 0
  for (const cell of cells) {
    const reading = readField(field, cell, context)
    if (reading.state === 'blank' || reading.state === 'none' || reading.state === 'unknown') continue
    counted += 1
    if (reading.state !== 'problem' || almost(reading.code)) read += 1
  }
  return counted === 0 ? null : read / counted
}

/** Problems that still show what the column is: a wrong check digit is an identity number all the same. */
function almost(code: string): boolean {
  return code === 'sheets.id.check_digit' || code === 'sheets.id.lost_precision' || code === 'sheets.id.maybe_lost' || code === 'sheets.day.no_such_day' || code === 'sheets.day.no_such_month'
}

const margin = 0.08

function assign(candidates: readonly Candidate[]): Map<number, Candidate> {
  const taken = new Map<number, Candidate>()
  const used = new Set<string>()
  for (const best of [...candidates].sort((a, b) => b.score - a.score)) {
    if (taken.has(best.column) || used.has(best.field.id)) continue
    const rival = candidates.find((c) => c !== best && c.score > best.score - margin
      && ((c.column === best.column && !used.has(c.field.id)) || (c.field.id === best.field.id && !taken.has(c.column))))
    if (rival || best.score < 0.45) continue
    taken.set(best.column, best)
    used.add(best.field.id)
  }
  return taken
}

function describe(column: TableColumn, cells: readonly (Cell | undefined)[], candidates: readonly Candidate[], taken: ReadonlyMap<number, Candidate>): ColumnGuess {
  const chosen = taken.get(column.index)
  const others = [...candidates].sort((a, b) => b.score - a.score).filter((c) => c !== chosen).map((c) => c.field.id).slice(0, 4)
  const base = { column: column.index, letter: column.letter, heading: column.heading, samples: samplesOf(cells), others }
  if (chosen) return { ...base, field: chosen.field.id, why: chosen.why, fit: chosen.fit, confidence: Math.min(1, chosen.score) }
  if (cells.length === 0) return { ...base, field: null, why: 'empty', fit: null, confidence: 1 }
  if (isNumbering(column.heading, cells)) return { ...base, field: null, why: 'row_number', fit: null, confidence: 1 }
  return { ...base, field: null, why: candidates.length > 0 ? 'undecided' : 'nothing', fit: null, confidence: 0 }
}

function fromTemplate(schema: SheetSchema, table: Table, cells: readonly (readonly (Cell | undefined)[])[], template: SavedTemplate, context: ReadContext): ColumnGuess[] {
  return table.columns.map((column) => {
    const field = schema.fields.find((f) => f.id === template.fields[column.index])
    const own = cells[column.index] ?? []
    const base = { column: column.index, letter: column.letter, heading: column.heading, samples: samplesOf(own), others: [] }
    return { ...base, field: field?.id ?? null, why: 'template' as const, fit: field ? fitOf(field, own, context) : null, confidence: 1 }
  })
}

function samplesOf(cells: readonly (Cell | undefined)[]): string[] {
  const samples: string[] = []
  for (const cell of cells) {
    const text = cellText(cell).trim()
    if (text !== '' && !samples.includes(text)) samples.push(text.length > 30 ? `${text.slice(0, 30)}…` : text)
    if (samples.length === 3) break
  }
  return samples
}

export function isNumbering(heading: string, cells: readonly (Cell | undefined)[]): boolean {
  if (/^(?:序号?|编号|行号|no\.?|#)$/i.test(normaliseHeading(heading))) return true
  const numbers = cells.slice(0, 50).map((cell) => Number(cellText(cell)))
  return numbers.length >= 3 && numbers.every((n, i) => Number.isInteger(n) && n < 1e6 && (i === 0 || n === numbers[i - 1]! + 1))
}

/** The guesses as the mapping to read with; columns left null are not read. */
export function mappingOf(guesses: readonly ColumnGuess[]): Mapping {
  return { columns: guesses.flatMap((guess) => (guess.field === null ? [] : [{ column: guess.column, field: guess.field }])) }
}

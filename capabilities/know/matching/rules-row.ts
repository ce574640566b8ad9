/** One row of their list as a side of a comparison. */
import { readId } from '@songbai/linkage'
import type { ReadRecord } from '@songbai/sheets'
import type { PlaceMatch } from '../regions/place-names.ts'
import type { TheirSide } from './rules-differences.ts'
import type { Source } from './rules-sources.ts'

export interface RowReading {
  readonly find: (text: string) => PlaceMatch
  /** Field by the letter of its column. */
  readonly letters: ReadonlyMap<string, string>
  readonly source: Source
}

/** [M13] What cannot be read in a column of this department is kept as written and asked about; a wrong number or place only makes the row harder to find. */
export function readTheirs(record: ReadRecord, { find, letters, source }: RowReading): TheirSide {
  const { values } = record
  const text = (field: string): string => (typeof values[field] === 'string' ? (values[field] as string) : '')
  const written = ['township', 'village', 'place'].map(text).join('')
  const match = written === '' ? null : find(written)
  const own: Record<string, string | number | boolean> = {}
  const unclear: Record<string, string> = {}
  for (const { id } of source.columns) {
    const value = values[id]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') own[id] = value
  }
  for (const finding of record.findings) {
    const field = letters.get(finding.column)
    if (field !== undefined && finding.severity !== 'repaired' && own[field] === undefined && source.columns.some((one) => one.id === field)) unclear[field] = String(finding.args['shown'] ?? finding.args['text'] ?? '?').slice(0, 60)
  }
  return {
    name: (values['name'] as { name: string } | undefined)?.name ?? '', sex: (values['sex'] as 'male' | 'female' | null | undefined) ?? null, birth: text('birth') || null,
    region: match === null ? null : match.status === 'unique' ? match.place.code : (match.status === 'none' ? (match.known?.code ?? null) : null), place: written === '' ? null : `${written}${text('group')}`.slice(0, 120),
    idNumber: readId(text('idNumber'))?.text ?? null, own, unclear,
  }
}

/** What the register knows of the people in a list: said as findings of their rows. Pure; the questions were asked by the caller. */
import type { Args, Finding, Mapping } from '@songbai/sheets'
import { columnLetter } from '@songbai/sheets'

/** Somebody in the register a row may be. */
export interface Known {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly birth: string
  readonly status: 'active' | 'dead' | 'movedOut' | 'merged' | 'undone'
  readonly statusOn: string | null
}

/** [I11] Same ID number: the same person, alive, dead or gone; else somebody alike with the reasons. One question a row: the weightiest. */
export function registerDoubt(row: number, mapping: Mapping, same: Known | null, alike: { readonly known: Known; readonly reasons: readonly string[] } | null): { readonly finding: Finding; readonly matchId: string } | null {
  const known = same ?? alike?.known
  if (!known) return null
  const column = mapping.columns.find((one) => one.field === (same ? 'idNumber' : 'name'))
  const base = { row, column: column ? columnLetter(column.column) : '', severity: 'question' as const }
  const args: Args = { name: known.name, place: known.place, birth: known.birth, on: known.statusOn ?? '', why: alike && !same ? alike.reasons.join(',') : '' }
  const gone = known.status === 'dead' ? 'imports.dead-in-register' : known.status === 'movedOut' ? 'imports.moved-in-register' : null
  // A dead namesake with another number is no contradiction, only a likeness.
  const code = same ? (gone ?? 'imports.already-here') : gone && alike!.reasons.includes('idOneDigit') ? gone : 'imports.like-somebody'
  return { finding: { ...base, code, args }, matchId: known.id }
}

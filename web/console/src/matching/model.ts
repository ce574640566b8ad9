/** What the pages of matching decide without React. */
import type { Decision, RowKind, RowView, seeRun, SheetView } from '@songbai/capabilities/know/matching/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

export type Run = OutputOf<typeof seeRun>
export const SKIP = 'skip'

export const STATE_WORD = { reading: 'match.state.reading', unreadable: 'match.state.unreadable', inspected: 'match.state.inspected', matching: 'match.state.matching', done: 'match.state.done', failed: 'match.state.failed' } as const satisfies Record<Run['state'], WordKey>
export const STATE_MARK: Readonly<Record<Run['state'], State>> = { reading: 'unknown', unreadable: 'alarm', inspected: 'notYet', matching: 'unknown', done: 'yes', failed: 'alarm' }
export const KIND_WORD = { different: 'match.kind.different', possible: 'match.kind.possible', onlyOurs: 'match.kind.onlyOurs', onlyTheirs: 'match.kind.onlyTheirs', twice: 'match.kind.twice', unreadable: 'match.kind.unreadable' } as const satisfies Record<RowKind, WordKey>
export const DECISION_WORD = { theirs: 'match.do.theirs', ours: 'match.do.ours', same: 'match.do.same', notSame: 'match.do.notSame', village: 'match.do.village', register: 'match.do.register', notOurs: 'match.do.notOurs', seen: 'match.do.seen' } as const satisfies Record<Decision, WordKey>
/** One letter a decision; A is the usual "do". */
export const DECISION_KEY: Readonly<Record<Decision, string>> = { theirs: 'a', ours: 'o', same: 's', notSame: 'n', village: 'v', register: 'r', notOurs: 'u', seen: 'c' }

/** The decision behind a letter, when the row offers it. */
export function decisionOf(row: Pick<RowView, 'decisions'>, key: string): Decision | null {
  return row.decisions.find((one) => DECISION_KEY[one] === key) ?? null
}

type LineWord = 'match.name' | 'match.id' | 'match.birth' | 'match.place'

/** Left side and right side of one line of the comparison, and whether they say the same. */
export interface Line {
  readonly word: LineWord
  readonly ours: string | null
  readonly theirs: string | null
  readonly differs: boolean
}

export function linesOf(row: Pick<RowView, 'ours' | 'theirs'>): Line[] {
  const line = (word: LineWord, key: 'name' | 'idMasked' | 'birth' | 'place'): Line => {
    const [ours, theirs] = [row.ours?.[key] ?? null, row.theirs?.[key] ?? null]
    // Places are written in a hundred ways: a difference of letters is no difference of places.
    return { word, ours, theirs, differs: key !== 'place' && ours !== null && theirs !== null && ours !== theirs }
  }
  return [line('match.name', 'name'), line('match.id', 'idMasked'), line('match.birth', 'birth'), line('match.place', 'place')]
}

/** Columns as guessed: doubtful ones stay open, the rest is left out. */
export function choicesOf(sheet: SheetView): (string | null)[] {
  const choices: (string | null)[] = []
  for (const one of sheet.columns) choices[one.column] = one.field ?? (one.why === 'undecided' ? null : SKIP)
  return Array.from(choices, (choice) => (choice === undefined ? SKIP : choice))
}

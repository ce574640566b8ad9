import type { CaseRow } from '@songbai/capabilities/know/work/contract'
import { chinaDay, dayNumber, dayOfNumber } from '@songbai/web-shared/words/format.ts'

/** Kinds of cases with the word of the filter, single ones and whole families; a kind without a word is found under 各种. */
export const KIND_WORD = {
  'work.manual': 'work.kind.manual', 'assessments.expiring': 'work.kind.expiring', 'assessments.disputed': 'work.kind.disputed',
  'elders.eventConflict': 'work.kind.eventConflict', 'elders.duplicateSuspect': 'work.kind.duplicate', 'elders.unmatchedEvent': 'work.kind.unmatched',
  offers: 'work.kind.offers', payments: 'work.kind.payments', matching: 'work.kind.matching', lookback: 'work.kind.lookback', messages: 'work.kind.messages', entitlements: 'work.kind.entitlements',
  elders: 'work.kind.elders', assessments: 'work.kind.assessments', work: 'work.kind.work',
} as const
export const DUE_WORD = { over: 'work.due.over', today: 'work.due.today', tomorrow: 'work.due.tomorrow' } as const
export const DONE_WORD = { all: 'work.done.all', today: 'work.done.today' } as const

export interface WorkFilter {
  readonly who: '' | 'mine'
  readonly kind: '' | keyof typeof KIND_WORD
  readonly due: '' | keyof typeof DUE_WORD
  readonly done: '' | keyof typeof DONE_WORD
}

function oneOf<T extends string>(words: Readonly<Record<T, unknown>>, text: string | null): T | '' {
  return text !== null && Object.hasOwn(words, text) ? (text as T) : ''
}

/** Anything in the address that is no filter word is passed over. */
export function readFilter(params: URLSearchParams): WorkFilter {
  const done = oneOf(DONE_WORD, params.get('done'))
  return { who: params.get('who') === 'mine' ? 'mine' : '', kind: oneOf(KIND_WORD, params.get('kind')), due: done ? '' : oneOf(DUE_WORD, params.get('due')), done }
}

/** Days of China; "due today" is what still falls due today, as it is counted on 今日. The server itself answers for `over`. */
export function dueFits(row: Pick<CaseRow, 'clock'>, due: WorkFilter['due'], today: string): boolean {
  if (due === '' || due === 'over') return true
  const { dueAt } = row.clock
  return dueAt !== null && chinaDay(dueAt) === (due === 'today' ? today : dayOfNumber(dayNumber(today) + 1))
}

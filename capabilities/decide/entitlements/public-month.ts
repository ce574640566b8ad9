/** What a calendar month owes by the rules of pay: the one sum that payments, trials of other rules and looks back at old months stand on. */
import { dayNumber, dayOf, periodOfMonth, type Day, type Month } from '@songbai/calendar'
import type { DueCode, PolicySet } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import { dueRows, monthOf, type MonthSpan } from './rules-month.ts'
import { knownNumber, prefixesIn } from './store-people.ts'
import { populationOf } from './store.ts'

export { isOwed } from './rules-month.ts'
export type { DueCode } from '@songbai/policy'

export interface MonthQuestion {
  readonly place?: string | undefined
  readonly month: Month
  /** Facts as known on this day; today when left out. */
  readonly knownOn?: Day | undefined
  /** Only these items. */
  readonly items?: readonly string[] | undefined
  /** Other rules than the law of the place. */
  readonly set?: PolicySet | undefined
  /** `all`: whoever has not applied counts as having applied in time. */
  readonly applied?: 'drawn' | 'all' | undefined
}

export interface MonthRow {
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly amountFen: number
  /** Days of the month that are owed. */
  readonly days: number
  readonly code: DueCode
  /** Since when the person draws it (fact `benefit.<item>`); null for who does not. */
  readonly drawingSince: Day | null
}

export interface MonthAnswer extends Iterable<MonthRow> {
  readonly month: Month
  readonly knownOn: Day
  /** Sums of the rows by item: who draws it, and who is owed it without drawing it. */
  readonly totals: () => ReadonlyMap<string, { readonly drawing: number; readonly drawingFen: number; readonly notDrawing: number; readonly notDrawingFen: number }>
}

/**
 * [M1] [M2] Everybody of a place in the actor's scope: a row for every item owed for the month, and for every item drawn though the month owes nothing. Payments pay
 * the rows with `drawingSince`. The rows can be walked any number of times.
 */
export async function monthDue(tx: Tx, question: MonthQuestion): Promise<MonthAnswer> {
  const spans = await monthSpans(tx, question)
  const items = question.items === undefined ? null : new Set(question.items)
  const last = dayNumber(periodOfMonth(question.month).to)
  const known = knownNumber(tx, question.knownOn)
  const rows = (): ReturnType<typeof dueRows> => dueRows(spans, items, (span) => span.block.population.factOn('usualResidence', last, known))
  return {
    month: question.month, knownOn: question.knownOn ?? tx.today,
    *[Symbol.iterator]() {
      for (const row of rows()) yield { ...row, drawingSince: row.drawingSince === null ? null : dayOf(row.drawingSince) }
    },
    totals: () => {
      const sums = new Map<string, { drawing: number; drawingFen: number; notDrawing: number; notDrawingFen: number }>()
      for (const row of rows()) {
        const sum = sums.get(row.item) ?? { drawing: 0, drawingFen: 0, notDrawing: 0, notDrawingFen: 0 }
        sums.set(row.item, sum)
        if (row.drawingSince === null) {
          sum.notDrawing++
          sum.notDrawingFen += row.amountFen
        } else {
          sum.drawing++
          sum.drawingFen += row.amountFen
        }
      }
      return sums
    },
  }
}

export async function monthSpans(tx: Tx, question: MonthQuestion): Promise<MonthSpan[]> {
  const spans: MonthSpan[] = []
  const known = knownNumber(tx, question.knownOn)
  for (const prefix of prefixesIn(tx.actor.prefixes, question.place)) {
    const { shard, law } = await populationOf(tx, prefix)
    for (const block of shard.tail ? [shard.main, shard.tail] : [shard.main]) {
      const due = monthOf(block, question.set ?? law.set, question.set === undefined ? law.key : null, question.month, known, question.applied ?? 'drawn')
      const [lo, hi] = block.range(prefix)
      spans.push({ block, due, lo, hi })
    }
  }
  return spans
}

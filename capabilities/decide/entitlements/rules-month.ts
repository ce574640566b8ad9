/** What a month owes the people of a block, and the rows of it. Pure. */
import { dayNumber, periodOfMonth, type Month } from '@songbai/calendar'
import { ABSENT, dueForMonth, DUE_CODES, type DueCode, type MonthDue, type PolicySet } from '@songbai/policy'
import type { Block } from './rules-block.ts'

/** People of one block under one prefix, with what the month owes everybody of the block. */
export interface MonthSpan {
  readonly block: Block
  readonly due: MonthDue
  readonly lo: number
  readonly hi: number
}

/** Twelve months ahead under the law, the batch of this month and one looked back at; fewer where a month of the place is large. */
const KEPT_MONTHS = 14
const KEPT_BYTES = 256 * 1024 * 1024
/** Amount, days, code and day of drawing of one person and item. */
const CELL_BYTES = 10
const kept = new WeakMap<Block, { changes: number; readonly months: Map<string, MonthDue> }>()

/** [M1] Worked out once for a state of the block; a change of anybody's facts makes it anew. `key` null for sets that are tried and thrown away. */
export function monthOf(block: Block, set: PolicySet, key: string | null, month: Month, knownOn: number, applied: 'drawn' | 'all'): MonthDue {
  const options = { knownOn, applied }
  if (key === null) return dueForMonth(set, block.population, month, options)
  const held = kept.get(block)
  const own = held?.changes === block.changes ? held : { changes: block.changes, months: new Map<string, MonthDue>() }
  kept.set(block, own)
  const name = `${month} ${knownOn} ${applied} ${key}`
  const due = own.months.get(name) ?? dueForMonth(set, block.population, month, options)
  own.months.delete(name)
  own.months.set(name, due)
  if (own.months.size > keptMonths(due)) own.months.delete(own.months.keys().next().value!)
  return due
}

function keptMonths({ size, set }: MonthDue): number {
  return Math.max(3, Math.min(KEPT_MONTHS, Math.floor(KEPT_BYTES / Math.max(1, size * set.items.length * CELL_BYTES))))
}

export interface DueRow {
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly amountFen: number
  /** Days of the month that are owed. */
  readonly days: number
  readonly code: DueCode
  /** Day number since when it is drawn; null for who does not draw it. */
  readonly drawingSince: number | null
}

/** [M2] From `full` to `after` a code says that something is owed. */
export const isOwed = (code: DueCode): boolean => DUE_CODES.indexOf(code) >= DUE_CODES.indexOf('full') && DUE_CODES.indexOf(code) <= DUE_CODES.indexOf('after')

/** 1 for people of the register who lived in the county on some day of the month. */
export function presentIn(block: Block, month: Month, knownOn: number): Uint8Array {
  const { from, to } = periodOfMonth(month)
  const [first, last] = [dayNumber(from), dayNumber(to)]
  const [registered, dead, moved] = ['usualResidence', 'dead', 'moved'].map((fact) => block.population.factOn(fact, last, knownOn)) as [Int32Array, Int32Array, Int32Array]
  return Uint8Array.from(registered, (known, i) => Number(!block.isHidden(i) && known > ABSENT && !(dead[i]! > ABSENT && dead[i]! < first) && !(moved[i]! > ABSENT && moved[i]! <= first)))
}

/** [M2] Rows in the order of region, person and item: whatever is owed, and whatever is drawn though nothing is owed. Nobody hidden or not on the register. */
export function* dueRows(spans: readonly MonthSpan[], items: ReadonlySet<string> | null, registered: (span: MonthSpan) => ArrayLike<number>): Generator<DueRow> {
  for (const span of spans) {
    const { block, due, lo, hi } = span
    const chosen = due.set.items.flatMap((item, j) => (items === null || items.has(item) ? [j] : []))
    const known = registered(span)
    const first = DUE_CODES.indexOf('full')
    const last = DUE_CODES.indexOf('after')
    for (let i = lo; i < hi; i++) {
      if (block.isHidden(i) || known[i]! <= ABSENT) continue
      for (const j of chosen) {
        const [code, since] = [due.code[j]![i]!, due.drawn[j]![i]!]
        if ((code < first || code > last) && since <= ABSENT) continue
        yield { elderId: block.population.ids[i]!, region: block.population.regions[i]!, item: due.set.items[j]!, amountFen: due.amount[j]![i]!, days: due.days[j]![i]!, code: DUE_CODES[code]!, drawingSince: since > ABSENT ? since : null }
      }
    }
  }
}

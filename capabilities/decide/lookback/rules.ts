/** What a look back calls missed and overpaid, and how months join into spells. Pure; the faces use the words. */
import { ABSENT, DUE_CODES, dueForMonth, type DueCode, type MonthDue, type PolicySet, type Population } from '@songbai/policy'

export const KINDS = ['missed', 'overpaid'] as const
export type Kind = (typeof KINDS)[number]
/** [L1] Five years: bookkeeping vouchers of benefits are asked for no longer than that here. */
export const MOST_MONTHS = 60

const code = Object.fromEntries(DUE_CODES.map((one, i) => [one, i])) as Record<DueCode, number>
/** [L3] A month surely owes nothing by these; what is unknown, waits or is counted by use proves nothing. */
const NOTHING_OWED = new Set([code.no, code.gone, code.displaced, code.suspended])

/** [L6] Items that pay money by the calendar: what is counted by use or given in kind owes nobody a month. */
export function moneyItems(set: PolicySet): string[] {
  return set.items.filter((item) => set.policies.some((one) => one.id === item && one.kind === 'cash' && one.pay !== undefined && one.pay.cycle !== 'use'))
}

/** Months from the first to the last, both included. */
export function monthsFromTo(from: string, to: string): string[] {
  const months: string[] = []
  for (let n = monthNumber(from); n <= monthNumber(to); n++) months.push(monthText(n))
  return months
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
}

function monthText(n: number): string {
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
}

export function monthBefore(month: string): string {
  return monthText(monthNumber(month) - 1)
}

/** Adjacent months of one person, item and kind. */
export interface Spell {
  readonly person: number
  readonly item: string
  readonly kind: Kind
  readonly from: string
  readonly to: string
  readonly months: number
  readonly sumFen: number
  /** Months overpaid whose amount nothing tells: the person was not owed the item before within the look. Their money is not in the sum. */
  readonly unpriced: number
  /** Why nothing was owed, or how much of the month was, in the first month. */
  readonly code: DueCode
}

interface Open {
  readonly person: number
  readonly item: number
  readonly kind: number
  readonly from: number
  last: number
  fen: number
  unpriced: number
  readonly code: number
}

/**
 * [L2] Rules of each past month over the facts true in it as known now, month by month in order. One month ahead of the range tells what was owed
 * last, so that an overpaid month has its price. `applied`: see `monthDue`.
 */
export class LookBack {
  private readonly spells: Open[] = []
  private readonly open: Int32Array[]
  private readonly lastOwed: Int32Array[]
  private readonly set: PolicySet
  private readonly population: Population
  private readonly months: readonly string[]
  private readonly applied: 'drawn' | 'all'

  constructor(set: PolicySet, population: Population, months: readonly string[], applied: 'drawn' | 'all') {
    this.set = set
    this.population = population
    this.months = months
    this.applied = applied
    this.open = set.items.map(() => new Int32Array(population.size).fill(-1))
    this.lastOwed = set.items.map(() => new Int32Array(population.size))
  }

  /** Yields after each month, so that whoever runs it can rest, report or stop. */
  *run(): Generator<string> {
    const lead = monthBefore(this.months[0]!)
    for (const [m, month] of [lead, ...this.months].entries()) {
      const due = dueForMonth(this.set, this.population, month, { applied: this.applied })
      for (let item = 0; item < this.set.items.length; item++) this.look(due, item, m - 1)
      yield month
    }
  }

  private look(due: MonthDue, item: number, m: number): void {
    const [codes, amounts, drawn, last, open] = [due.code[item]!, due.amount[item]!, due.drawn[item]!, this.lastOwed[item]!, this.open[item]!]
    for (let i = 0; i < codes.length; i++) {
      const c = codes[i]!
      const owed = c >= code.full && c <= code.after && amounts[i]! > 0
      if (owed) last[i] = amounts[i]!
      if (m < 0) continue
      const draws = drawn[i]! > ABSENT
      if (owed === draws) continue
      if (owed) this.put(open, i, item, 0, m, amounts[i]!, c)
      else if (NOTHING_OWED.has(c)) this.put(open, i, item, 1, m, last[i]!, c)
    }
  }

  /** [L4] The month after the last of a spell of the same kind goes on with it; a gap or the other kind begins a new one. */
  private put(open: Int32Array, person: number, item: number, kind: number, m: number, fen: number, why: number): void {
    const at = open[person]!
    const spell = at < 0 ? undefined : this.spells[at]
    if (spell && spell.kind === kind && spell.last === m - 1) {
      spell.last = m
      spell.fen += fen
      if (fen === 0) spell.unpriced++
      return
    }
    open[person] = this.spells.push({ person, item, kind, from: m, last: m, fen, unpriced: fen === 0 ? 1 : 0, code: why }) - 1
  }

  found(): Spell[] {
    return this.spells.map((one) => ({ person: one.person, item: this.set.items[one.item]!, kind: KINDS[one.kind]!, from: this.months[one.from]!, to: this.months[one.last]!, months: one.last - one.from + 1, sumFen: one.fen, unpriced: one.unpriced, code: DUE_CODES[one.code]! }))
  }
}

export { CODE_WORDS, KIND_WORDS, STATE_WORDS } from './rules-words.ts'

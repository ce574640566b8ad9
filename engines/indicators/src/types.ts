import type { Day } from '@songbai/calendar'

/** Words shown to people: Chinese first, English complete. */
export type Words = { zh: string; en: string }

/**
 * `ratio`: subjects (or their weight) in the numerator over those in the denominator. `minutes`: minutes of the numerator per
 * subject of the denominator, an average. `count` and `amountFen`: a sum, no denominator.
 */
export type Unit = 'ratio' | 'count' | 'amountFen' | 'minutes'

/** One side of an indicator in words: who counts, and who is left out although one might expect them. */
export type Side = { definition: Words; exclusions?: Words }

/** Where a figure comes from: pack document and clause id. */
export type Source = { document: string; clause: string }

/** Whole numbers only: 80 % is 80 over 100; a count has `over` 1. */
export type Target = { value: number; over: number; comparator: 'atLeast' | 'moreThan' | 'atMost'; dueDay: Day | null; source: Source; /** True when the document gives no figure and this one stands in for it. */ sample?: boolean }

export type IndicatorDefinition = {
  id: string
  title: Words
  unit: Unit
  /** Which way is good; `none` for a figure that only informs. */
  direction: 'higher' | 'lower' | 'none'
  /** `asAt`: the state on one day; `period`: what happened from a day to a day. */
  dateRule: 'asAt' | 'period'
  numerator: Side
  /** Required for `ratio` and `minutes`, absent for sums. */
  denominator?: Side
  /** `within`: the numerator is a part of the denominator (coverage), so it cannot pass 100 %. `apart`: two populations (staff per elder). */
  relation: 'within' | 'apart'
  target?: Target
  source: Source | null
}

export type When = { at: Day } | { from: Day; to: Day }

/** One subject per index: who it is, where, whether it counts. `weight` is a whole number (beds, fen, minutes); absent means 1. */
export type Membership = {
  ids: readonly string[]
  /** Region code of each subject on the date asked, already carried over through succession by the caller; 2–12 digits or empty. */
  regions: readonly string[]
  inDenominator: ArrayLike<number>
  inNumerator: ArrayLike<number>
  weight?: ArrayLike<number>
}

/** Sums of one place. */
export type Cell = { numerator: number; denominator: number }

export type Value = ({ known: true } & Cell) | { known: false; why: 'zeroDenominator' | 'noSuchRegion' }

export type IndicatorErrorCode =
  | 'indicators.dateRuleDiffers' | 'indicators.badPeriod' | 'indicators.lengthsDiffer' | 'indicators.doubleSubject' | 'indicators.numeratorOutsideDenominator'
  | 'indicators.badWeight' | 'indicators.sumTooLarge' | 'indicators.badRegion' | 'indicators.partsDiffer' | 'indicators.badShare'

export class IndicatorError extends Error {
  readonly code: IndicatorErrorCode
  readonly args: Readonly<Record<string, string | number>>
  constructor(code: IndicatorErrorCode, args: Readonly<Record<string, string | number>>) {
    super(`${code} ${JSON.stringify(args)}`)
    this.name = 'IndicatorError'
    this.code = code
    this.args = args
  }
}

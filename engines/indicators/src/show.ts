import type { Day } from '@songbai/calendar'
import { IndicatorError } from './types.ts'
import type { IndicatorDefinition, Target, Value } from './types.ts'

/**
 * [S9] A ratio in percent as a whole number of 10^-decimals percent (`995` with 1 decimal is 99.5 %), halves up. 100 % is said
 * only when all are in, 0 % only when none is: 9,999 of 10,000 is 99.9 %, not 100 %.
 */
export function percentUnits(value: Value, decimals = 1): number | null {
  if (!value.known) return null
  const scale = 100n * 10n ** BigInt(decimals)
  const numerator = BigInt(value.numerator)
  const denominator = BigInt(value.denominator)
  const rounded = (2n * numerator * scale + denominator) / (2n * denominator)
  if (rounded === scale && numerator < denominator) return Number(scale - 1n)
  if (rounded === scale && numerator > denominator) return Number(scale + 1n)
  return rounded === 0n && numerator > 0n ? 1 : Number(rounded)
}

/** [S9] The figure as digits: `99.5` for a ratio in percent, the whole number for a sum, minutes with the decimals asked for; null for no value. */
export function digitsOf(definition: IndicatorDefinition, value: Value, decimals = 1): string | null {
  if (!value.known) return null
  if (definition.unit === 'ratio') return decimalText(percentUnits(value, decimals) as number, decimals)
  if (definition.unit === 'minutes') {
    const scale = 10n ** BigInt(decimals)
    const denominator = BigInt(value.denominator)
    return decimalText(Number((2n * BigInt(value.numerator) * scale + denominator) / (2n * denominator)), decimals)
  }
  return String(value.numerator)
}

function decimalText(units: number, decimals: number): string {
  if (decimals === 0) return String(units)
  const text = String(units).padStart(decimals + 1, '0')
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}

/**
 * [S10] Shares of a whole that add up when shown: largest remainder, ties to the earlier part. `units` is what the whole is shown
 * as (1000 for tenths of a percent). All zero when there is nothing to share.
 */
export function roundShares(parts: readonly number[], units: number): number[] {
  if (!Number.isSafeInteger(units) || units < 0 || parts.some((part) => !Number.isSafeInteger(part) || part < 0)) throw new IndicatorError('indicators.badShare', {})
  const whole = parts.reduce((sum, part) => sum + BigInt(part), 0n)
  if (whole === 0n) return parts.map(() => 0)
  const exact = parts.map((part) => BigInt(part) * BigInt(units))
  const shares = exact.map((share) => Number(share / whole))
  const left = units - shares.reduce((sum, share) => sum + share, 0)
  const order = exact.map((share, i) => ({ i, remainder: share % whole })).sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1))
  for (const { i } of order.slice(0, left)) shares[i] = (shares[i] as number) + 1
  return shares
}

export type Status = {
  status: 'met' | 'behind' | 'noTarget' | 'noData'
  /** Whole subjects (or fen, minutes per subject rounded up) to the target on the numerator's side; 0 when met; null when not known. */
  gap: number | null
  /** The due day has passed. False without one. */
  pastDue: boolean
}

function meets(value: Extract<Value, { known: true }>, target: Target): boolean {
  const left = BigInt(value.numerator) * BigInt(target.over)
  const right = BigInt(target.value) * BigInt(value.denominator)
  return target.comparator === 'atLeast' ? left >= right : target.comparator === 'moreThan' ? left > right : left <= right
}

/** Smallest change of the numerator, denominator kept, that meets the target. */
function gapOf(value: Extract<Value, { known: true }>, target: Target): number {
  const right = BigInt(target.value) * BigInt(value.denominator)
  const over = BigInt(target.over)
  const numerator = BigInt(value.numerator)
  if (target.comparator === 'atMost') return Number(numerator - right / over)
  return Number((target.comparator === 'moreThan' ? right / over + 1n : (right + over - 1n) / over) - numerator)
}

/** [S11] A value against its target on a day: compared exactly, never as rounded for display. */
export function statusOf(definition: IndicatorDefinition, value: Value, at: Day): Status {
  const target = definition.target
  const pastDue = target?.dueDay != null && at > target.dueDay
  if (target === undefined) return { status: 'noTarget', gap: null, pastDue }
  if (!value.known) return { status: 'noData', gap: null, pastDue }
  return meets(value, target) ? { status: 'met', gap: 0, pastDue } : { status: 'behind', gap: gapOf(value, target), pastDue }
}

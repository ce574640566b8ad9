import { describe, expect, it } from 'vitest'
import { digitsOf, percentUnits, roundShares, statusOf } from './index.ts'
import type { IndicatorDefinition, Value } from './index.ts'
import { createRandom, payments, visitRate } from './indicators.fixture.ts'

const v = (numerator: number, denominator: number): Value => ({ known: true, numerator, denominator })
const none: Value = { known: false, why: 'zeroDenominator' }
const target = visitRate.target as NonNullable<IndicatorDefinition['target']>
const withTarget = (more: Partial<typeof target>): IndicatorDefinition => ({ ...visitRate, target: { ...target, ...more } })

describe('figures shown', () => {
  it('[S9] halves go up; 100 % and 0 % are said only when exact', () => {
    expect([v(1, 3), v(2, 3), v(1, 2000), v(0, 7), v(7, 7)].map((value) => percentUnits(value))).toEqual([333, 667, 1, 0, 1000])
    expect([percentUnits(v(9999, 10_000), 1), percentUnits(v(1, 100_000), 1), percentUnits(v(100_001, 100_000), 1)]).toEqual([999, 1, 1001])
    expect([percentUnits(v(1, 8), 0), percentUnits(v(1, 8), 2), percentUnits(none)]).toEqual([13, 1250, null])
  })

  it('[S9] as digits: percent, sum, minutes', () => {
    expect([digitsOf(visitRate, v(1, 3)), digitsOf(visitRate, v(1, 2000)), digitsOf(visitRate, v(7, 7), 0), digitsOf(visitRate, none)]).toEqual(['33.3', '0.1', '100', null])
    expect([digitsOf(payments, v(13_000, 1)), digitsOf({ ...visitRate, unit: 'minutes' }, v(100, 3))]).toEqual(['13000', '33.3'])
  })

  it('[S10] shares shown add up, and none is more than one unit from exact', () => {
    expect(roundShares([1, 1, 1], 100)).toEqual([34, 33, 33])
    expect(roundShares([1, 2, 4], 100)).toEqual([14, 29, 57]) // 14.29, 28.57, 57.14: the largest remainder stands in the middle
    expect(roundShares([5, 3, 5, 3], 8)).toEqual([3, 2, 2, 1]) // 2.5, 1.5, 2.5, 1.5: all remainders tie, the two units left go to the first two
    expect([roundShares([0, 0], 1000), roundShares([1, 2], 0)]).toEqual([[0, 0], [0, 0]])
    const random = createRandom(5)
    for (let i = 0; i < 1000; i++) {
      const parts = Array.from({ length: 1 + random(12) }, () => random(100_000))
      const whole = parts.reduce((a, b) => a + b, 0)
      const shares = roundShares(parts, 1000)
      expect(shares.reduce((a, b) => a + b, 0)).toBe(whole === 0 ? 0 : 1000)
      shares.forEach((share, k) => expect(Math.abs(share - ((parts[k] as number) * 1000) / (whole || 1))).toBeLessThan(1))
    }
    expect(() => roundShares([-1, 2], 100)).toThrow('indicators.badShare')
  })

  it('[S11] met, behind, no target, no data', () => {
    const at = '2025-06-30'
    expect(statusOf(visitRate, v(140, 140), at)).toEqual({ status: 'met', gap: 0, pastDue: false })
    expect(statusOf(visitRate, v(84, 140), '2026-01-01')).toEqual({ status: 'behind', gap: 56, pastDue: true })
    expect(statusOf(visitRate, none, at)).toEqual({ status: 'noData', gap: null, pastDue: false })
    expect(statusOf(payments, v(1, 1), at)).toEqual({ status: 'noTarget', gap: null, pastDue: false })
    expect(statusOf(withTarget({ dueDay: null }), v(1, 2), '2099-01-01').pastDue).toBe(false)
  })

  it('[S11] the comparison is exact: shown as 80.0 % may still be behind', () => {
    const eighty = withTarget({ value: 80, over: 100 })
    expect([percentUnits(v(79_999, 100_000)), statusOf(eighty, v(79_999, 100_000), '2025-01-01').status]).toEqual([800, 'behind'])
    expect(statusOf(withTarget({ value: 90, over: 100, comparator: 'moreThan' }), v(90, 100), '2025-01-01')).toMatchObject({ status: 'behind', gap: 1 })
    expect(statusOf(withTarget({ value: 10, over: 1, comparator: 'atMost' }), v(25, 2), '2025-01-01')).toMatchObject({ status: 'behind', gap: 5 })
  })

  it('[S11] the gap is the smallest change that meets the target', () => {
    for (let numerator = 0; numerator <= 37; numerator++) {
      for (const comparator of ['atLeast', 'moreThan', 'atMost'] as const) {
        const definition = withTarget({ value: 2, over: 3, comparator })
        const { status, gap } = statusOf(definition, v(numerator, 37), '2025-01-01')
        if (status === 'met') continue
        const sign = comparator === 'atMost' ? -1 : 1
        expect(statusOf(definition, v(numerator + sign * (gap as number), 37), '2025-01-01').status).toBe('met')
        expect(statusOf(definition, v(numerator + sign * ((gap as number) - 1), 37), '2025-01-01').status).toBe('behind')
      }
    }
  })
})

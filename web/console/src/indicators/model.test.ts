import { expect, test } from 'vitest'
import { digitsOf, isBehind, needsAttention, scaleEnd } from './model.ts'

test('a scale begins at zero and ends at a round figure at or above the largest', () => {
  expect(scaleEnd([3, 17, null], 'person')).toBe(20)
  expect(scaleEnd([0.31, 0.08], 'percent')).toBeCloseTo(0.5)
  expect(scaleEnd([1], 'percent')).toBe(1)
  expect(scaleEnd([0, null], 'person')).toBe(10)
})

test('nobody in the denominator is no figure, neither zero nor all', () => {
  expect(digitsOf('percent', { value: null })).toBeNull()
  expect(digitsOf('percent', { value: 0.5 })).toBe('50.0%')
  expect(digitsOf('person', { value: 1204 })).toBe('1,204')
})

test('behind needs a target, and the way that is good decides', () => {
  const target = { value: 0.8, dueOn: null, clause: 'x/s1', text: { zh: '目标', en: 'target' } }
  expect(isBehind({ target: null, better: 'up' }, { value: 0.1 })).toBe(false)
  expect(isBehind({ target, better: 'up' }, { value: 0.79 })).toBe(true)
  expect(isBehind({ target, better: 'down' }, { value: 0.79 })).toBe(false)
})

test('work left over asks for attention also without a target', () => {
  expect(needsAttention({ status: 'noTarget', better: 'down', value: 3 })).toBe(true)
  expect(needsAttention({ status: 'noTarget', better: 'down', value: 0 })).toBe(false)
  expect(needsAttention({ status: 'noTarget', better: 'up', value: 0.2 })).toBe(false)
  expect(needsAttention({ status: 'behind', better: 'up', value: 0.2 })).toBe(true)
})

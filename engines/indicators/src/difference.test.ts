import { describe, expect, it } from 'vitest'
import { explainDifference } from './index.ts'
import type { Membership } from './index.ts'
import { createRandom, payments, randomMembership, staffRatio, visitRate } from './indicators.fixture.ts'

const A = '500229100200'
const B = '500229100201'
const october: Membership = { ids: ['stays', 'dies', 'leaves', 'visited', 'missed', 'off'], regions: [A, A, A, A, A, A], inDenominator: [1, 1, 1, 1, 1, 0], inNumerator: [1, 1, 0, 0, 1, 0] }
const november: Membership = { ids: ['stays', 'leaves', 'visited', 'missed', 'off', 'comes', 'born'], regions: [A, B, A, A, A, A, A], inDenominator: [1, 1, 1, 1, 0, 1, 1], inNumerator: [1, 1, 1, 0, 0, 0, 1] }
const withComer: Membership = { ...october, ids: [...october.ids, 'comes'], regions: [...october.regions, B], inDenominator: [1, 1, 1, 1, 1, 0, 1], inNumerator: [1, 1, 0, 0, 1, 0, 0] }

describe('differences', () => {
  it('[S8] who entered, who left, whose numerator changed, by id', () => {
    expect(explainDifference(visitRate, { membership: withComer, region: A }, { membership: november, region: A })).toEqual({
      before: { numerator: 3, denominator: 5 }, after: { numerator: 3, denominator: 5 },
      entered: [{ id: 'comes', how: 'moved', inNumerator: false }, { id: 'born', how: 'new', inNumerator: true }],
      left: [{ id: 'dies', how: 'gone', inNumerator: true }, { id: 'leaves', how: 'moved', inNumerator: false }],
      gained: ['visited'], lost: ['missed'], denominatorGained: [], denominatorLost: [], weightChanged: [],
    })
  })

  it('[S8] within the wider region a move between villages is no change of the list', () => {
    const found = explainDifference(visitRate, { membership: withComer, region: '500229' }, { membership: november, region: '500229' })
    expect([found.entered.map((row) => row.id), found.left.map((row) => row.id), found.gained]).toEqual([['born'], ['dies'], ['leaves', 'visited']])
  })

  it('[S8] two places of one date share nobody', () => {
    const found = explainDifference(visitRate, { membership: november, region: A }, { membership: november, region: B })
    expect([found.left.length, found.entered]).toEqual([5, [{ id: 'leaves', how: 'moved', inNumerator: true }]])
  })

  it('[S8] a sum counts by its numerator, weights by what changed', () => {
    const paid = { ...october, weight: [100, 100, 100, 100, 100, 100] }
    const later = { ...november, weight: [120, 100, 100, 100, 100, 100, 50] }
    const found = explainDifference(payments, { membership: paid, region: A }, { membership: later, region: A })
    expect(found).toMatchObject({ before: { numerator: 300 }, after: { numerator: 270 }, weightChanged: [{ id: 'stays', from: 100, to: 120 }] })
    expect([found.entered.map((row) => row.id), found.left.map((row) => row.id)]).toEqual([['visited', 'born'], ['dies', 'missed']])
  })

  it('[S8] two populations: a change of side is named', () => {
    const before: Membership = { ids: ['x'], regions: [A], inDenominator: [0], inNumerator: [1] }
    const found = explainDifference(staffRatio, { membership: before, region: A }, { membership: { ...before, inDenominator: [1], inNumerator: [0] }, region: A })
    expect([found.lost, found.denominatorGained]).toEqual([['x'], ['x']])
  })

  it('[S8] on 200 random pairs the lists account for the whole difference by a second sum', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const before = randomMembership(seed, 120).membership
      const random = createRandom(seed + 1000)
      const keep = before.ids.map((_, i) => i).filter(() => random(6) > 0)
      const after: Membership = {
        ids: [...keep.map((i) => before.ids[i] as string), 'n1', 'n2'], regions: [...keep.map((i) => (random(8) === 0 ? '500229101200' : before.regions[i] as string)), '500229100200', '500229101'],
        inDenominator: [...keep.map((i) => before.inDenominator[i] as number), 1, 1], inNumerator: [...keep.map((i) => (before.inDenominator[i] === 1 && random(2) === 0 ? 1 : 0)), 1, 0],
      }
      for (const region of ['500229', '500229101']) {
        const found = explainDifference(visitRate, { membership: before, region }, { membership: after, region })
        const inNumerator = (rows: { inNumerator: boolean }[]): number => rows.filter((row) => row.inNumerator).length
        expect(found.after.denominator - found.before.denominator).toBe(found.entered.length - found.left.length)
        expect(found.after.numerator - found.before.numerator).toBe(inNumerator(found.entered) - inNumerator(found.left) + found.gained.length - found.lost.length)
      }
    }
  })
})

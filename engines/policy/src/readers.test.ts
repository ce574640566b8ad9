import { describe, expect, it } from 'vitest'
import { dayNumber } from '@songbai/calendar'
import { createPopulation, encodePerson, evaluatePopulation, forRegion } from './index.ts'
import { Evaluation } from './person.ts'
import { loadSet } from '../fixtures/load.ts'
import { asInput, asIntervals, dice, randomFacts } from '../fixtures/random.ts'

const REGIONS = ['110101001001', '500101001002', '500229001003', '500229002001'] as const
const DAYS = ['2024-02-29', '2025-08-15', '2026-07-01', '2027-07-01', '2028-02-29'] as const
const COLUMNS = ['sure', 'possible', 'raw', 'amount', 'stack'] as const

describe('readers', () => {
  const set = loadSet()
  const rnd = dice(7)
  const people = Array.from({ length: 10_000 }, (_, i) => randomFacts(set, rnd, [0, 0.05, 0.3, 0.7][i % 4]!))
  const regions = people.map((_, i) => REGIONS[Math.floor((i * REGIONS.length) / people.length)]!)
  const { facts, intervals } = asIntervals(people)
  const population = createPopulation(set.facts, { ids: people.map((_, i) => `p${i}`), regions, facts, intervals })

  it.each(DAYS)('[S40] columns and the one-person reader agree on 10,000 random people on %s', day => {
    const at = dayNumber(day)
    const results = evaluatePopulation(set, population.columnsAt(at))
    const differences: string[] = []
    let entitled = 0
    let waiting = 0
    people.forEach((p, i) => {
      const one = new Evaluation(forRegion(set, regions[i]!, at), encodePerson(set, asInput(set, p))).all().results
      set.items.forEach((item, j) => {
        entitled += Number(one.sure[j]! > 0)
        waiting += Number(one.sure[j] !== one.possible[j])
        for (const c of COLUMNS) if (results[c][j]![i] !== one[c][j]) differences.push(`${i} ${item} ${c} ${results[c][j]![i]} ${one[c][j]}`)
      })
    })
    expect(differences.slice(0, 5)).toEqual([])
    expect(entitled).toBeGreaterThan(3_000)
    expect(waiting).toBeGreaterThan(3_000)
  })
})

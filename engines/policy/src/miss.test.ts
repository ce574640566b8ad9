import { describe, expect, it } from 'vitest'
import { dayNumber } from '@songbai/calendar'
import { encodePerson, forRegion } from './index.ts'
import { evaluateWith, nearestMiss } from './miss.ts'
import { Evaluation } from './person.ts'
import { loadSet } from '../fixtures/load.ts'
import { asInput, dice, randomFacts } from '../fixtures/random.ts'

describe('nearest miss', () => {
  const set = loadSet()
  const at = dayNumber('2026-07-01')
  const plan = forRegion(set, '500229001003', at)

  it('[S60] the smallest change, applied, makes the answer yes for 10,000 random people, and no part of it does', () => {
    const rnd = dice(11)
    const failures: string[] = []
    let asked = 0
    const none = new Map<string, number>()
    for (let i = 0; i < 10_000; i++) {
      const person = encodePerson(set, asInput(set, randomFacts(set, rnd, [0, 0.1, 0.5][i % 3]!)))
      const ev = new Evaluation(plan, person).all()
      const item = plan.items[i % plan.items.length]!
      if (ev.results.sure[item.index]! > 0) continue
      asked++
      const miss = nearestMiss(ev, item)
      if (miss === null) { none.set(item.id, (none.get(item.id) ?? 0) + 1); continue }
      const apply = (changes: typeof miss.changes): boolean => evaluateWith(ev, changes.map(c => [c.fact, c.to] as const)).results.sure[item.index]! > 0
      if (!apply(miss.changes)) failures.push(`${item.id} does not flip`)
      for (const c of miss.changes) if (apply(miss.changes.filter(x => x !== c))) failures.push(`${item.id} ${c.fact} is not needed`)
    }
    expect(failures).toEqual([])
    expect(asked).toBeGreaterThan(5_000)
    expect([...none]).toEqual([])
  })
})

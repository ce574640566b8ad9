import { describe, expect, it } from 'vitest'
import { dayNumber } from '@songbai/calendar'
import { affectedItems, compareDay, createPopulation, DUE_CODES, dueForMonth, compare, evaluateAmounts, evaluatePopulation, outcomesOfMonth, partOf, scenarioOf, sumChanges, sumPlaces } from './index.ts'
import type { Policy, PolicySet } from './index.ts'
import { loadFacts, loadSet } from '../fixtures/load.ts'
import { asIntervals, dice, randomFacts } from '../fixtures/random.ts'

const AT = dayNumber('2026-07-01')
const REGIONS = ['110101001001', '500101001002', '500229001003', '500229002001'] as const
const set = loadSet()
const rnd = dice(5)
const people = Array.from({ length: 2_000 }, () => randomFacts(set, rnd, 0.1))
const regions = people.map((_, i) => REGIONS[Math.floor((i * 4) / people.length)]!)
const { facts, intervals } = asIntervals(people)
const population = createPopulation(set.facts, { ids: people.map((_, i) => `p${i}`), regions, facts, intervals })
const columns = population.columnsAt(AT)
const base = evaluatePopulation(set, columns)

function changed(id: string, change: (p: Policy) => Policy): PolicySet {
  const made = scenarioOf(set, set.policies.filter(p => p.id === id).map(change), loadFacts())
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.set
}
const param = (p: Policy, name: string, to: (v: number) => number): Policy => ({ ...p, params: new Map([...p.params].map(([n, one]) => [n, n === name ? { ...one, values: one.values.map(v => ({ ...v, value: v.value === null ? null : to(v.value) })) } : one])) })
const older = changed('age-allowance', p => param(param(p, 'old', () => 75), 'b80', v => v - 1000))
const higherCare = changed('care-subsidy', p => ({ ...p, rows: p.rows.slice(0, 1) }))
const stands = (r: typeof base, item: number, i: number): boolean => r.sure[item]![i] !== 0 && (r.stack[item]![i] === 0 || (r.stack[item]![i] !== 255 && r.amount[item]![i]! > 0))

describe('what-if', () => {
  it('[S90] a scenario is another set: the first one answers as before', () => {
    const before = base.amount.map(a => a.slice())
    evaluatePopulation(older, columns)
    expect(evaluatePopulation(set, columns).amount).toEqual(before)
    expect(set.policies.some(p => older.policies.includes(p))).toBe(true)
  })

  it.each([['age-allowance', older], ['care-subsidy', higherCare]] as const)('[S91] %s changed: only what hangs on it is worked out, all else is the same', (id, scenario) => {
    const affected = affectedItems(set, scenario)
    expect(affected.has(id)).toBe(true)
    if (id === 'care-subsidy') expect(affected.size).toBeLessThan(set.items.length)
    const whole = evaluatePopulation(scenario, columns)
    const part = partOf(scenario, affected)
    const cut = evaluatePopulation(part, columns)
    set.items.forEach((item, j) => {
      const own = affected.has(item) ? cut.amount[part.items.indexOf(item)]! : base.amount[j]!
      expect([...own], item).toEqual([...whole.amount[scenario.items.indexOf(item)]!])
    })
  })

  it.each([['age-allowance', older], ['care-subsidy', higherCare]] as const)('[S92] %s changed: cells, lots and lists are those of a plain comparison person by person', (_, scenario) => {
    const d = compareDay(base, scenario, columns, { samples: { count: 5, seed: 9 } })
    const after = evaluatePopulation(scenario, columns)
    const lots = { winner: [] as number[], loser: [] as number[], unchanged: [] as number[] }
    let gainFen = 0
    people.forEach((_p, i) => {
      let [fen, items] = [0, 0]
      set.items.forEach((item, j) => {
        const k = after.set.items.indexOf(item)
        const [a, b] = [stands(base, j, i) ? base.amount[j]![i]! : 0, stands(after, k, i) ? after.amount[k]![i]! : 0]
        fen += b - a
        items += Number(stands(after, k, i)) - Number(stands(base, j, i))
      })
      const side = fen !== 0 ? fen : items
      lots[side > 0 ? 'winner' : side < 0 ? 'loser' : 'unchanged'].push(i)
      if (side > 0) gainFen += fen
      expect(d.deltaFen(i)).toBe(fen)
    })
    expect([d.winners, d.losers, d.unchanged, d.people, d.gainFen]).toEqual([lots.winner.length, lots.loser.length, lots.unchanged.length, people.length, gainFen])
    for (const lot of ['winner', 'loser', 'unchanged'] as const) expect([...d.list(lot)]).toEqual(lots[lot])
    expect(d.winners + d.losers).toBeGreaterThan(20)
    for (const item of d.items) {
      const sums = [...d.places.values()].map(p => p.items.find(c => c.item === item.item)!)
      expect(sums.reduce((s, c) => s + c.after.fen, 0)).toBe(item.after.fen)
      expect(sums.reduce((s, c) => s + c.before.people, 0)).toBe(item.before.people)
    }
    expect(d.sizes.reduce((s, c) => s + c.winners + c.losers, 0)).toBe(d.winners + d.losers)
    expect(d.samples.winners.every(i => lots.winner.includes(i)) && d.samples.losers.every(i => lots.loser.includes(i))).toBe(true)
    expect(compareDay(base, scenario, columns, { samples: { count: 5, seed: 9 } }).samples).toEqual(d.samples)
  })

  it('[S93] rows of the changed table are counted before and after', () => {
    const d = compareDay(base, older, columns)
    const j = set.items.indexOf('age-allowance')
    for (const key of ['before', 'after'] as const) {
      const r = key === 'before' ? base : evaluatePopulation(older, columns)
      expect(d.rows.filter(row => row.item === 'age-allowance').reduce((s, row) => s + row[key], 0)).toBe(r.sure[j]!.reduce((s, code) => s + Number(code > 0), 0))
    }
  })

  it.each(['year', 'once', 'use'] as const)('[S92] who gets more of what is paid by %s is a winner, and the sum of a month leaves it out', cycle => {
    const pay = { cycle, start: 'eventMonth', end: 'eventMonth', prorate: 'none', round: '分' } as const
    const before = changed('age-allowance', p => ({ ...p, pay }))
    const raised = changed('age-allowance', p => param({ ...p, pay }, 'b80', v => v + 1200))
    const d = compareDay(evaluatePopulation(before, columns), raised, columns)
    const cell = d.items.find(i => i.item === 'age-allowance')!
    expect(cell.after.fen).toBeGreaterThan(cell.before.fen)
    expect(d.winners).toBeGreaterThan(20)
    expect([d.losers, d.winners + d.unchanged]).toEqual([0, people.length])
    expect(d.gainFen).toBeLessThan(cell.after.fen - cell.before.fen)
    expect([...d.list('winner', 'age-allowance')]).toHaveLength(d.winners)
  })

  it('[S92] over a month, without a change nothing differs and the sum is what the month owes', () => {
    const due = dueForMonth(set, population, '2026-07', { applied: 'all' })
    const d = compare(population, outcomesOfMonth(due, AT), outcomesOfMonth(due, AT), set, new Set(set.items))
    expect([d.winners, d.losers]).toEqual([0, 0])
    expect(d.items.reduce((s, c) => s + c.after.fen, 0)).toBe(due.amount.reduce((s, column) => s + column.reduce((x, y) => x + y, 0), 0))
    expect(due.code.some(column => column.includes(DUE_CODES.indexOf('full')))).toBe(true)
  })

  it('[S94] sums without columns equal those of the columns, for a place, for changes and for an item that ends', () => {
    const amounts = evaluateAmounts(set, columns)
    expect(amounts.map(a => [...a])).toEqual(base.amount.map(a => [...a]))
    for (const p of sumPlaces(set, columns)) set.items.forEach((item, j) => {
      let [n, fen] = [0, 0]
      for (let i = p.lo; i < p.hi; i++) if (stands(base, j, i)) { n++; fen += base.amount[j]![i]! }
      expect([p.people[j], p.fen[j]], `${p.code} ${item}`).toEqual([n, fen])
    })
    const ended = changed('voucher', p => ({ ...p, effective: { from: p.effective.from, to: AT - 1 } }))
    for (const scenario of [older, higherCare, ended]) {
      const before = scenario.items.map(item => base.amount[set.items.indexOf(item)]!)
      const sums = sumChanges(scenario, columns, before)
      const after = evaluatePopulation(scenario, columns)
      const all = (columns: readonly Int32Array[]): number => columns.reduce((s, c) => s + c.reduce((a, b) => a + b, 0), 0)
      expect(sums.reduce((s, p) => s + p.fenBefore.reduce((a, b) => a + b, 0), 0)).toBe(all(before))
      expect(sums.reduce((s, p) => s + p.fen.reduce((a, b) => a + b, 0), 0)).toBe(all(after.amount))
      const winners = people.filter((_, i) => scenario.items.reduce((s, item, k) => s + after.amount[k]![i]! - base.amount[set.items.indexOf(item)]![i]!, 0) > 0).length
      expect(sums.reduce((s, p) => s + p.winners, 0)).toBe(winners)
    }
  })
})

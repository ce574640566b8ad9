import { describe, expect, it } from 'vitest'
import { dayNumber, dayOf } from '@songbai/calendar'
import { createPopulation, evaluatePopulation, forecast, NO_DAY, RunningDay } from './index.ts'
import type { Interval, Intervals } from './index.ts'
import { loadSet } from '../fixtures/load.ts'
import { dice, randomValue } from '../fixtures/random.ts'

const set = loadSet()
const rnd = dice(77)
const int = (n: number): number => Math.floor(rnd() * n)
const START = dayNumber('2026-06-20')
const REGIONS = ['110101001001', '500101001002', '500229001003', '500229002001'] as const

/** Facts that begin, end and follow each other within the next year. */
function life(): Interval[] {
  return [...set.facts.values()].filter(def => def.type !== 'region').flatMap(def => {
    if (rnd() < (def.absent === 'no' ? 0.8 : 0.1)) return []
    const turn = START + int(400) - 20
    const one = (value: number, from: number, to: number): Interval => ({ fact: def.id, value, from, to, recorded: -1_000_000, superseded: NO_DAY })
    const value = randomValue(def, rnd)
    return rnd() < 0.7 ? [one(value, -1_000_000, NO_DAY)] : rnd() < 0.5 ? [one(value, -1_000_000, turn), one(randomValue(def, rnd), turn, NO_DAY)] : [one(value, turn, rnd() < 0.5 ? NO_DAY : turn + 50)]
  })
}
const people = Array.from({ length: 600 }, life)
const regions = people.map((_, i) => REGIONS[Math.floor((i * 4) / people.length)]!)

function newPopulation() {
  const facts = [...set.facts.keys()]
  const rows = people.flatMap((p, person) => p.map(i => ({ ...i, person, fact: facts.indexOf(i.fact) })))
  const col = (key: 'person' | 'value' | 'from' | 'to' | 'recorded' | 'superseded'): Int32Array => Int32Array.from(rows, r => r[key])
  const intervals: Intervals = { person: col('person'), fact: Uint16Array.from(rows, r => r.fact), value: col('value'), from: col('from'), to: col('to'), recorded: col('recorded'), superseded: col('superseded') }
  return createPopulation(set.facts, { ids: people.map((_, i) => `e${i}`), regions, facts, intervals })
}
const plain = (columns: readonly (Uint8Array | Int32Array)[]): number[][] => columns.map(c => [...c])
const COLUMNS = ['sure', 'possible', 'raw', 'amount', 'stack'] as const

describe('a day that moves on', () => {
  it('[S95] 400 days forward, one at a time, are those of a full evaluation, changes of the law included', () => {
    const population = newPopulation()
    const columns = population.columnsAt(START)
    const running = new RunningDay(set, columns, evaluatePopulation(set, columns), 90)
    let before = plain(running.results.amount)
    for (let n = 1; n <= 400; n++) {
      const changes = running.forward()
      for (const c of changes) expect(c.fenBefore !== c.fen || c.stood !== c.stands).toBe(true)
      if (n % 40 !== 0 && running.results.at !== dayNumber('2027-01-01') && running.results.at !== dayNumber('2027-07-01')) continue
      const whole = evaluatePopulation(set, population.columnsAt(START + n))
      for (const key of COLUMNS) expect(plain(running.results[key]), `${key} ${dayOf(START + n)}`).toEqual(plain(whole[key]))
      expect(plain(running.results.amount)).not.toEqual(before)
      before = plain(running.results.amount)
    }
  })

  it('[S96] changed people are told with what became, ended and changed, and turn on their new days', () => {
    const population = newPopulation()
    const columns = population.columnsAt(START)
    const running = new RunningDay(set, columns, evaluatePopulation(set, columns), 60)
    running.forward()
    const before = plain(running.results.amount)
    const indices = Int32Array.from({ length: 50 }, (_, k) => k * 7)
    for (const i of indices) population.patchPerson(i, life())
    const changes = running.changed(indices)
    const whole = evaluatePopulation(set, population.columnsAt(START + 1))
    for (const key of COLUMNS) expect(plain(running.results[key])).toEqual(plain(whole[key]))
    const differing = set.items.flatMap((_, j) => [...indices].filter(i => before[j]![i] !== whole.amount[j]![i]).map(i => `${i} ${j}`))
    expect(changes.filter(c => c.fen !== c.fenBefore).map(c => `${c.index} ${c.item}`).sort()).toEqual(differing.sort())
    expect(differing.length).toBeGreaterThan(20)
    for (let n = 2; n < 50; n++) running.forward()
    expect(plain(running.results.amount)).toEqual(plain(evaluatePopulation(set, population.columnsAt(START + 49)).amount))
  })
})

describe('forecast', () => {
  const population = newPopulation()
  const months = forecast(set, population, { from: '2026-07', months: 14 })

  it('[S97] each month is the full evaluation of its first day, without assumptions', () => {
    months.forEach(({ month, people: n, items }) => {
      const r = evaluatePopulation(set, population.columnsAt(`${month}-01`))
      expect(n).toBe(people.length)
      items.forEach((one, j) => {
        let [count, fen] = [0, 0]
        for (let i = 0; i < people.length; i++) if (r.sure[j]![i] !== 0 && (r.stack[j]![i] === 0 || (r.stack[j]![i] !== 255 && r.amount[j]![i]! > 0))) { count++; fen += r.amount[j]![i]! }
        expect([one.people, one.fen], `${month} ${one.item}`).toEqual([count, fen])
      })
    })
    const first = months[0]!.items.map(i => i.people)
    months.slice(1).forEach(m => m.items.forEach((i, j) => { first[j]! += i.gained - i.lost; expect(i.people).toBe(first[j]) }))
    expect(months.at(-1)!.month).toBe('2027-08')
  })

  it('[S98] deaths and take-up are assumptions on top: a tenth a year leaves nine tenths after a year, who draws counts whole', () => {
    const dying = forecast(set, population, { from: '2026-07', months: 13, mortality: [{ fromAge: 0, perMille: 100 }] })
    expect(dying[12]!.people).toBeCloseTo(people.length * 0.9 + [...population.columnsAt('2026-07-01').column('birth')].filter(b => b < -2_000_000_000).length * 0.1, 6)
    const half = forecast(set, population, { from: '2026-07', months: 1, takeUpPercent: 50 })[0]!
    const none = forecast(set, population, { from: '2026-07', months: 1, takeUpPercent: 0 })[0]!
    half.items.forEach((one, j) => expect(one.people).toBeCloseTo((months[0]!.items[j]!.people + none.items[j]!.people) / 2, 6))
    expect(none.items.some(i => i.people > 0)).toBe(true)
  })
})

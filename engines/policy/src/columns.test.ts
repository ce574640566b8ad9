import { describe, expect, it } from 'vitest'
import { dayNumber } from '@songbai/calendar'
import { createPopulation, decodeFact, evaluatePopulation, evaluateRows, NO_DAY, standings, STANDINGS, totals } from './index.ts'
import type { Interval, Intervals } from './index.ts'
import { loadSet } from '../fixtures/load.ts'

const set = loadSet()
const day = dayNumber
const open = (fact: string, value: number, from = '2000-01-01', to = NO_DAY, recorded = '2000-01-01', superseded = NO_DAY): Interval => ({ fact, value, from: day(from), to, recorded: day(recorded), superseded })

function population(people: readonly (readonly Interval[])[], regions?: readonly string[]) {
  const facts = [...new Set(people.flat().map(i => i.fact))]
  const rows = people.flatMap((p, person) => p.map(i => ({ ...i, person, fact: facts.indexOf(i.fact) })))
  const col = (key: 'person' | 'value' | 'from' | 'to' | 'recorded' | 'superseded'): Int32Array => Int32Array.from(rows, r => r[key])
  const intervals: Intervals = { person: col('person'), fact: Uint16Array.from(rows, r => r.fact), value: col('value'), from: col('from'), to: col('to'), recorded: col('recorded'), superseded: col('superseded') }
  return createPopulation(set.facts, { ids: people.map((_, i) => `e${i}`), regions: regions ?? people.map(() => '500229001001'), facts, intervals })
}

describe('population', () => {
  const income = set.facts.get('income')!
  const shown = (p: ReturnType<typeof population>, at: string, knownOn?: string): unknown => decodeFact(income, p.columnsAt(at, knownOn).column('income')[0]!)

  it('[S20] a value holds from its first day to the day before `to`', () => {
    const p = population([[open('income', 1, '2024-01-01', day('2025-01-01')), open('income', 0, '2025-01-01')]])
    expect(['2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01'].map(d => shown(p, d))).toEqual([null, 'allowance', 'allowance', 'extremePoverty'])
  })

  it('[S21] what was recorded later, or corrected since, is seen only as known on that day', () => {
    const p = population([[open('income', 1, '2024-01-01', NO_DAY, '2024-03-01', day('2024-06-01')), open('income', 2, '2024-01-01', NO_DAY, '2024-06-01')]])
    expect([shown(p, '2024-02-01', '2024-02-29'), shown(p, '2024-02-01', '2024-03-01'), shown(p, '2024-02-01', '2024-06-01'), shown(p, '2024-02-01')]).toEqual([null, 'allowance', 'lowIncome', 'lowIncome'])
  })

  it('[S22] of overlapping values the later start wins, then the later record, in whatever order they come', () => {
    const a = open('income', 0, '2024-01-01'), b = open('income', 1, '2024-05-01'), c = open('income', 2, '2024-05-01', NO_DAY, '2024-06-01')
    for (const order of [[a, b, c], [c, b, a], [b, c, a]]) expect([shown(population([order]), '2024-04-30'), shown(population([order]), '2024-05-01')]).toEqual(['extremePoverty', 'lowIncome'])
  })

  it('[S23] after one person is patched, refreshed rows equal a full rebuild', () => {
    const base = [open('income', 1), open('birth', day('1940-01-01')), open('hukou', 0), open('ability', 3), open('assessed', day('2026-01-01')), open('ltci', 0)]
    const p = population([base, base, base])
    const columns = p.columnsAt('2026-07-01')
    const results = evaluatePopulation(set, columns)
    const i = set.items.indexOf('care-subsidy')
    expect([...results.amount[i]!]).toEqual([26000, 26000, 26000])
    p.patchPerson(1, [open('income', 2), open('hukou', 0), open('ability', 3), open('assessed', day('2026-01-01')), open('alone', 1)], '110101001001')
    columns.refreshPerson(1)
    evaluateRows(results, columns, [1])
    const whole = evaluatePopulation(set, p.columnsAt('2026-07-01'))
    for (const key of ['sure', 'possible', 'raw', 'amount', 'stack'] as const) expect(results[key]).toEqual(whole[key])
    expect(results.sure[i]![1]).toBe(0)
    p.patchPerson(1, base, '500229001001')
    columns.refreshPerson(1)
    evaluateRows(results, columns, [1])
    expect([...results.amount[i]!]).toEqual([26000, 26000, 26000])
  })

  it('[S24] standings and totals count what the rules say beside what is drawn', () => {
    const base = [open('birth', day('1940-01-01')), open('hukou', 0)]
    const p = population([base, [...base, open('benefit.age-allowance', day('2024-01-01'))], [open('birth', day('1970-01-01')), open('benefit.age-allowance', day('2024-01-01'))], [open('birth', day('1940-01-01'))]])
    const columns = p.columnsAt('2026-07-01')
    const results = evaluatePopulation(set, columns)
    const i = set.items.indexOf('age-allowance')
    expect([...standings(results, columns, i)].map(s => STANDINGS[s])).toEqual(['entitledNotEnjoying', 'entitledEnjoying', 'enjoyingNotEntitled', 'unknown'])
    expect(totals(results, columns)[i]).toMatchObject({ entitled: 2, unknown: 1, amountFen: 16000 })
  })
})

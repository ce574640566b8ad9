import { describe, expect, it } from 'vitest'
import { dayNumber, dayOf } from '@songbai/calendar'
import type { Month } from '@songbai/calendar'
import { compilePolicySet, createPopulation, DUE_CODES, dueForMonth, dueForPerson, NO_DAY } from './index.ts'
import type { Cond, Interval, Intervals, Pay, Policy, PolicySet, Population } from './index.ts'
import { loadFacts, loadPolicies, loadSet } from '../fixtures/load.ts'
import { dice, randomValue } from '../fixtures/random.ts'

const day = dayNumber
const PAST = -1_000_000
const since = (fact: string, value: number, from: string | number = PAST, to: string | number = NO_DAY): Interval => ({ fact, value, from: typeof from === 'string' ? day(from) : from, to: typeof to === 'string' ? day(to) : to, recorded: PAST, superseded: NO_DAY })

function population(set: PolicySet, people: readonly (readonly Interval[])[], regions: readonly string[]): Population {
  const facts = [...new Set(people.flat().map(i => i.fact))]
  const rows = people.flatMap((p, person) => p.map(i => ({ ...i, person, fact: facts.indexOf(i.fact) })))
  const col = (key: 'person' | 'value' | 'from' | 'to' | 'recorded' | 'superseded'): Int32Array => Int32Array.from(rows, r => r[key])
  const intervals: Intervals = { person: col('person'), fact: Uint16Array.from(rows, r => r.fact), value: col('value'), from: col('from'), to: col('to'), recorded: col('recorded'), superseded: col('superseded') }
  return createPopulation(set.facts, { ids: people.map((_, i) => `e${i}`), regions, facts, intervals })
}

const facts = loadFacts()
const policies = loadPolicies(facts)

function withPay(change: (p: Policy, i: number) => Partial<Policy>): PolicySet {
  const made = compilePolicySet(policies.map((p, i) => ({ ...p, ...change(p, i) })), facts)
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.set
}

const REGION = '500229001001'
const pay = (start: Pay['start'], end: Pay['end'], more: Partial<Pay> = {}): Pay => ({ cycle: 'month', start, end, prorate: 'none', round: '分', ...more })
/** What the age allowance (100 yuan from 80 in this county) owes one person, by both readers. */
function allowance(rule: Pay, history: readonly Interval[], month: Month, options = {}): (string | number)[] {
  const set = withPay(p => (p.id === 'age-allowance' ? { pay: rule, rows: p.rows.map(r => ({ ...r, when: withoutDeath(r.when) })) } : {}))
  const slow = dueForPerson(set, REGION, history, month, options).find(d => d.item === 'age-allowance')!
  const due = dueForMonth(set, population(set, [history], [REGION]), month, options)
  const j = set.items.indexOf('age-allowance')
  expect([due.amount[j]![0], due.days[j]![0], DUE_CODES[due.code[j]![0]!]]).toEqual([slow.amountFen, slow.days, slow.code])
  return [slow.amountFen, slow.days, slow.code]
}
/** The fixture asks for being alive itself; real policies leave that to the rules of pay. */
const withoutDeath = (c: Cond): Cond => (c.t === 'all' ? { ...c, k: c.k.map(withoutDeath) } : c.t === 'named' && c.name === '在世' ? { t: 'true' } : c)
const local = since('hukou', 0)
const born = (d: string): Interval => since('birth', day(d))

describe('what a month owes', () => {
  const eighty = [born('1946-03-15'), local, since('income', 3)]
  const full = allowance(pay('eventMonth', 'eventMonth'), eighty, '2026-07')[0] as number

  it.each([
    ['eventMonth', '2026-02', 0, 0, 'no'], ['eventMonth', '2026-03', 1, 17, 'began'], ['eventMonth', '2026-04', 1, 30, 'full'],
    ['nextMonth', '2026-03', 0, 0, 'waits'], ['nextMonth', '2026-04', 1, 30, 'full'],
  ] as const)('[S81] who turns eighty on 15 March, start %s: %s', (start, month, times, days, code) => {
    expect(full).toBeGreaterThan(0)
    expect(allowance(pay(start, 'eventMonth'), eighty, month)).toEqual([times * full, days, code])
  })

  it.each([
    ['eventMonth', '2026-03', 1, 10, 'died'], ['eventMonth', '2026-04', 0, 0, 'gone'], ['monthBefore', '2026-02', 1, 28, 'full'], ['monthBefore', '2026-03', 0, 0, 'over'],
    ['nextMonth', '2026-03', 1, 31, 'died'], ['nextMonth', '2026-04', 1, 30, 'after'], ['nextMonth', '2026-05', 0, 0, 'gone'],
  ] as const)('[S84] who dies on 10 March lived that day, end %s: %s', (end, month, times, days, code) => {
    expect(allowance(pay('eventMonth', end), [born('1940-01-01'), local, since('dead', day('2026-03-10'), '2026-03-10')], month)).toEqual([times * full, days, code])
  })

  it('[S84] who dies on the first of a month is owed that month', () => {
    expect(allowance(pay('nextMonth', 'eventMonth'), [born('1940-01-01'), local, since('dead', day('2026-03-01'))], '2026-03')).toEqual([full, 1, 'died'])
  })

  it('[S85] by days: the days that stand of the days of the month, rounded down to the unit of the rule', () => {
    const half = (round: Pay['round']): number => allowance(pay('eventMonth', 'eventMonth', { prorate: 'days', round }), eighty, '2026-03')[0] as number
    expect([half('分'), half('角'), half('元')]).toEqual([Math.floor((full * 17) / 31), Math.floor((full * 17) / 310) * 10, Math.floor((full * 17) / 3100) * 100])
    expect(allowance(pay('nextMonth', 'eventMonth', { prorate: 'days' }), [born('1940-01-01'), local, since('dead', day('2026-03-10'))], '2026-03')).toEqual([Math.floor((full * 10) / 31), 10, 'died'])
  })

  it('[S82] a parameter that begins with the month counts from that month, whatever the rule of the start', () => {
    const set = loadSet()
    const history = [born('1940-01-01'), local, since('ability', 3), since('income', 1), since('assessed', day('2025-06-01')), since('ltci', 0)]
    const care = (month: Month): number => dueForPerson(set, REGION, history, month).find(d => d.item === 'care-subsidy')!.amountFen
    expect(care('2026-01')).toBeGreaterThan(care('2025-12'))
    const due = dueForMonth(set, population(set, [history], [REGION]), '2026-01')
    expect(due.amount[set.items.indexOf('care-subsidy')]![0]).toBe(care('2026-01'))
  })

  it('[S83] when the rules of pay change within the month, those in force latest in it count for all of it', () => {
    const rules = (from: Pay['start'], to: Pay['start']): string => {
      const turned = day('2026-07-15')
      const versions = policies.flatMap(p => (p.id !== 'age-allowance' ? [p] : [
        { ...p, pay: pay(from, 'eventMonth'), effective: { ...p.effective, to: turned - 1 } },
        { ...p, version: p.version + 1, pay: pay(to, 'eventMonth'), effective: { ...p.effective, from: turned } },
      ]))
      const made = compilePolicySet(versions, facts)
      if ('problems' in made) throw new Error(JSON.stringify(made.problems))
      const history = [born('1946-07-10'), local, since('income', 3)]
      const slow = dueForPerson(made.set, REGION, history, '2026-07').find(d => d.item === 'age-allowance')!
      const due = dueForMonth(made.set, population(made.set, [history], [REGION]), '2026-07')
      expect(DUE_CODES[due.code[made.set.items.indexOf('age-allowance')]![0]!]).toBe(slow.code)
      return slow.code
    }
    expect([rules('eventMonth', 'nextMonth'), rules('nextMonth', 'eventMonth')]).toEqual(['waits', 'began'])
  })

  it.each([['days', 'none', 1], ['none', 'days', 17 / 31]] as const)('[S83] the law turns on the 20th from %s to %s: the month is paid by the later rule', (early, late, share) => {
    const turn = day('2026-03-20')
    const versions = policies.flatMap((p): Policy[] => {
      if (p.id !== 'age-allowance') return [p]
      const old = { ...p, rows: p.rows.map(r => ({ ...r, when: withoutDeath(r.when) })) }
      return [{ ...old, version: 1, effective: { ...p.effective, to: turn - 1 }, pay: pay('eventMonth', 'eventMonth', { prorate: early }) }, { ...old, version: 2, effective: { ...p.effective, from: turn }, pay: pay('eventMonth', 'eventMonth', { prorate: late }) }]
    })
    const made = compilePolicySet(versions, facts)
    if ('problems' in made) throw new Error(JSON.stringify(made.problems))
    const { set } = made
    const due = dueForMonth(set, population(set, [eighty], [REGION]), '2026-03')
    const slow = dueForPerson(set, REGION, eighty, '2026-03').find(d => d.item === 'age-allowance')!
    expect(slow.amountFen).toBe(Math.floor(full * share))
    expect(due.amount[set.items.indexOf('age-allowance')]![0]).toBe(slow.amountFen)
  })

  it('[S86] with applicationMonth nothing is owed to who does not draw it, unless everybody counts as having applied', () => {
    const rule = pay('applicationMonth', 'eventMonth')
    expect(allowance(rule, eighty, '2026-07')).toEqual([0, 0, 'notApplied'])
    expect(allowance(rule, eighty, '2026-07', { applied: 'all' })).toEqual([full, 31, 'full'])
    const drawn = [...eighty, since('benefit.age-allowance', day('2026-07-10'), '2026-07-10')]
    expect(allowance(rule, drawn, '2026-06')).toEqual([0, 0, 'notApplied'])
    expect(allowance(rule, drawn, '2026-07')).toEqual([full, 31, 'full'])
  })

  it('[S87] once is owed until it was drawn, yearly in January or the first month of the year, by use never by the month', () => {
    const drawn = [...eighty, since('benefit.age-allowance', day('2026-05-10'))]
    expect(['2026-04', '2026-05', '2026-06'].map(m => allowance(pay('eventMonth', 'eventMonth', { cycle: 'once' }), drawn, m)[2])).toEqual(['full', 'full', 'paidBefore'])
    expect(['2026-02', '2026-03', '2026-04', '2026-12', '2027-01', '2027-02'].map(m => allowance(pay('eventMonth', 'eventMonth', { cycle: 'year' }), eighty, m)[2])).toEqual(['no', 'began', 'paidBefore', 'paidBefore', 'full', 'paidBefore'])
    expect(allowance(pay('eventMonth', 'eventMonth', { cycle: 'use' }), eighty, '2026-03')).toEqual([0, 17, 'perUse'])
  })
})

describe('both readers of a month', () => {
  const rnd = dice(31)
  const int = (n: number): number => Math.floor(rnd() * n)
  const pick = <T>(list: readonly T[]): T => list[int(list.length)]!
  const REGIONS = ['110101001001', '500101001002', '500229001003', '500229002001'] as const

  function life(set: PolicySet, month: Month): Interval[] {
    const about = (): number => day(`${month}-01`) - 45 + int(100)
    return [...set.facts.values()].filter(def => def.type !== 'region').flatMap(def => {
      if (rnd() < (def.absent === 'no' ? 0.75 : 0.12)) return []
      // Birthdays, assessments and days of facts crowd about the month, where everything turns.
      const value = def.id === 'birth' ? day(`${1926 + int(45)}${dayOf(about()).slice(4).replace('-02-29', '-02-28')}`) : def.type === 'day' ? (rnd() < 0.5 ? about() : day(`${pick(['2023', '2024', '2025'])}${dayOf(about()).slice(4).replace('-02-29', '-02-28')}`)) : randomValue(def, rnd)
      const turn = about()
      return rnd() < 0.8 ? [since(def.id, value)] : rnd() < 0.5 ? [since(def.id, value, PAST, turn), since(def.id, randomValue(def, rnd), turn)] : [since(def.id, value, turn, rnd() < 0.5 ? NO_DAY : turn + int(40))]
    })
  }

  it.each(['2026-01', '2026-07', '2024-02', '2025-01'] as const)('[S80] columns and the day-by-day reader agree for random people and random rules of pay in %s', month => {
    for (let round = 0; round < 2; round++) {
      const set = withPay(() => (rnd() < 0.1 ? {} : { pay: pay(pick(['eventMonth', 'nextMonth', 'applicationMonth']), pick(['eventMonth', 'monthBefore', 'nextMonth']), { cycle: pick(['month', 'month', 'month', 'year', 'once', 'use']), prorate: pick(['none', 'days']), round: pick(['分', '元']) }) }))
      const people = Array.from({ length: 80 }, () => life(set, month))
      const regions = people.map((_, i) => REGIONS[Math.floor((i * 4) / people.length)]!)
      const options = { applied: pick(['drawn', 'all'] as const) }
      const due = dueForMonth(set, population(set, people, regions), month, options)
      const differences: string[] = []
      const seen = new Set<string>()
      people.forEach((history, i) => dueForPerson(set, regions[i]!, history, month, options).forEach((one, j) => {
        seen.add(one.code)
        const fast = [due.amount[j]![i], due.days[j]![i], DUE_CODES[due.code[j]![i]!], due.drawn[j]![i]! > -2_000_000_000 ? due.drawn[j]![i] : null].join(' ')
        const slow = [one.amountFen, one.days, one.code, one.drawingSince].join(' ')
        if (fast !== slow) differences.push(`${i} ${one.item} ${JSON.stringify(set.policies.filter(p => p.id === one.item).map(p => p.pay))}: ${fast} ≠ ${slow}`)
      }))
      expect(differences.slice(0, 5)).toEqual([])
      expect(seen.size).toBeGreaterThan(8)
    }
  }, 60_000)
})

import { addDays, instantOf, type Day } from '@songbai/calendar'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, VILLAGE } from '../../know/elders/people.fixture.ts'
import { clock, county, fact, openWorld, second, type World } from './offers.fixture.ts'
import { insertElders, prepareContext, prepareElder } from '../../know/elders/public.ts'
import { isRefused } from '@songbai/platform/action'
import { populationChanged } from '../entitlements/public.ts'
import { setImpact } from '../policies/store.ts'
import type { PreparedElder } from '../../know/elders/public.ts'
import type { NewElder } from '../../know/elders/contract.ts'

/** `SONGBAI_LONG=1`: the whole year and five thousand people; the everyday run walks two months and three hundred. */
const LONG = process.env['SONGBAI_LONG'] === '1'

let w: World
const FIRST: Day = '2026-01-01'
const LAST: Day = LONG ? '2026-12-31' : '2026-02-28'

/** Dice with a fixed seed: the same year each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

const goTo = (day: Day, minute = 5): void => void (w.t.clock.nowMs = instantOf(day, minute, 'Asia/Shanghai'))
const due = async (): Promise<string[]> => {
  const keys: string[] = []
  let after: string | undefined
  do {
    const page: { rows: { elderId: string; item: string }[]; next: string | null } = await w.t.must(county, 'entitlements.list', { limit: 500, ...(after ? { after } : {}) })
    keys.push(...page.rows.map((row) => `${row.elderId} ${row.item}`))
    after = page.next ?? undefined
  } while (after)
  return keys.sort()
}
interface Stored { readonly key: string; readonly number: string; readonly foundOn: Day; readonly notices: number; readonly hours: number; readonly cases: number }
/** Every open offer with its notices and how many hours after the day began the first was made. */
const standing = () => w.t.app.runAs(clock, 'look', (tx) => tx.rows<Stored>`
  select o.elder_id || ' ' || o.item as key, o.number, o.found_on as "foundOn", count(m.id)::int as notices, coalesce(min(extract(epoch from m.queued_at - o.found_on::timestamp at time zone 'Asia/Shanghai')) / 3600, 999)::float8 as hours, count(o.case_id)::int as cases
  from offers.offer o left join messages.message m on m.county = o.county and m.number = o.number where o.ended_on is null and o.state not in ('approved') group by 1, 2, 3 order by 1`)
const everything = () => w.t.app.runAs(clock, 'look', (tx) => tx.rows<{ digest: string }>`
  select (select md5(string_agg(md5(o::text), '' order by o.id)) from offers.offer o) || (select count(*) || '' from offers.step) || (select count(*) || '' from messages.message) || (select count(*) || '' from work.case) as digest`)

beforeAll(async () => {
  w = await openWorld(instantOf(FIRST, 5, 'Asia/Shanghai'))
}, 300_000)
afterAll(() => w.t.close())

test('a stretch of facts day by day: nobody becomes entitled without an offer the same day and a notice within a day; looking twice changes nothing', async () => {
  const roll = dice(20_260_101)
  const born = (age: number): Day => addDays(`${2026 - age}-01-01`, roll(365))
  const people: string[] = []
  const birthdays = new Set<string>()
  const add = async (name: string, age: number): Promise<void> => {
    const birth = born(age)
    birthdays.add(birth.slice(5))
    people.push(await w.register(name, birth, roll(4) === 0 ? [] : [fact('hukou', roll(6) === 0 ? 'other' : 'local')], { region: roll(3) === 0 ? OTHER_TOWNSHIP_VILLAGE : VILLAGE }))
  }
  // Twenty-four people of whom most come to an age that some rule asks for within the year.
  for (let i = 0; i < 24; i++) await add(`冉${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地'[i]}`, [60, 65, 70, 80, 90, 100][i % 6]!)
  const gone = new Set<string>()
  let [days, opened] = [0, 0]
  for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
    days++
    const something = day !== FIRST && roll(5) === 0
    // A day on which nobody's age and no fact changes, and no month begins, is like the one before.
    if (!something && !birthdays.has(day.slice(5)) && !day.endsWith('-01')) continue
    goTo(day)
    if (something) await happen(day, people[roll(people.length)]!, roll, gone, add)
    await w.minute()
    const [expected, now] = [await due(), await standing()]
    expect(now.map((one) => one.key), day).toEqual(expected)
    const late = now.filter((one) => one.notices < 1 || one.hours >= 24 || one.cases < 1)
    expect(late, day).toEqual([])
    opened = Math.max(opened, now.length)
    if (day.endsWith('-01') && (!LONG || Number(day.slice(5, 7)) % 3 === 0)) {
      const before = await everything()
      await w.t.app.runAs(clock, 'ask', (tx) => tx.rows`update offers.sweep set asked_at = now()`)
      await w.minute()
      expect(await everything()).toEqual(before)
    }
  }
  expect(days).toBe(LONG ? 365 : 59)
  expect(opened).toBeGreaterThan(LONG ? 40 : 20)
}, 600_000)

async function happen(day: Day, id: string, roll: (sides: number) => number, gone: Set<string>, add: (name: string, age: number) => Promise<void>): Promise<void> {
  if (gone.has(id)) return
  const record = (key: string, value: unknown) => w.t.must(county, 'elders.recordFacts', { id, facts: [fact(key, value, day)] })
  switch (roll(7)) {
    case 0: return void (await record('hukou', 'other'))
    case 1: return void (await record('hukou', 'local'))
    case 2: return void (await record('incomeStanding', 'minimumLivingAllowance'))
    case 3: return void (await record('incomeStanding', 'ordinary'))
    case 4: return add(`新${day.slice(5)}`, 66 + roll(30))
    case 5: {
      gone.add(id)
      return void (await w.t.must(county, 'elders.recordEvents', { events: [{ kind: 'death', onDay: day, elderId: id, source: '公安', sourceRef: `d ${id}` }] }))
    }
    default: return void (await w.provide(id, 'benefit.age-allowance', day, day))
  }
}

const POLICY = (from: Day) => `policy: new-year-gift
title: { zh: 新年慰问金, en: New-year gift }
kind: cash
region: 500229
regionName: 城口县
version: 1
effective: { from: ${from} }
note: { zh: 测试用, en: for the test }
basis:
  s213: { doc: chengkou-2021, title: 关于做好农村养老服务全覆盖工作的通知, article: 二（十三）, clause: chengkou-2021/s2.13, issued: 2021-09-28 }
params:
  gift: { unit: 分/次, values: { ${from}: 10000 }, basis: s213, sample: true, label: { zh: 慰问金, en: gift } }
let:
  满60周岁: age >= 60
table:
  hit: first
  rows:
    - { id: all, when: 满60周岁, amount: gift, basis: [s213], label: { zh: 60周岁以上, en: 60 and over } }
unit: 分/次
pay: { cycle: once, start: applicationMonth, end: eventMonth }
evidence: ['身份证?auto']
due: { from: event, days: 20 }
cases:
  - { at: ${from}, in: { birth: 1950-01-01 }, out: { row: all, amount: 10000 } }
  - { at: ${from}, in: { birth: ${Number(from.slice(0, 4)) - 60}${from.slice(4)} }, out: { row: all, amount: 10000 } }
  - { at: ${from}, in: { birth: ${Number(from.slice(0, 4)) - 60}${addDays(from, 1).slice(4)} }, out: { row: null, miss: [满60周岁] } }
  - { at: ${addDays(from, -1)}, in: { birth: 1950-01-01 }, out: { row: null } }
  - { at: ${from}, in: { birth: 1990-01-01 }, out: { row: null, miss: [满60周岁] } }
`

test('[O14] a rule that makes many people entitled at once is carried out by one task in small pieces, with progress, not by an event for each', async () => {
  const MANY = LONG ? 5000 : 300
  await w.t.app.runAs(clock, 'load', async (tx) => {
    const context = prepareContext(tx)
    const made = Array.from({ length: MANY }, (_, i): PreparedElder => {
      const input = { ...newElderInput({ name: `众${i}`, birthDay: addDays('1964-02-01', i % 300), region: OTHER_TOWNSHIP_VILLAGE }), facts: [], contacts: [], residences: [] }
      const prepared = prepareElder(input as unknown as NewElder, context)
      if (isRefused(prepared)) throw new Error(prepared.refused)
      return prepared
    })
    for (let i = 0; i < MANY; i += 500) await insertElders(tx, made.slice(i, i + 500), null)
  })
  await w.t.app.runAs(clock, 'load', (tx) => populationChanged(tx, '500229'))
  goTo('2027-01-01')
  await w.minute()
  const before = new Set((await standing()).map((one) => one.key))
  const eventsBefore = (await w.events('entitlements.EntitlementsChanged')).length
  const draft = await w.t.must<{ id: string; problems: unknown[]; failedCases: number }>(county, 'policies.saveDraft', { yaml: POLICY('2027-01-01') })
  expect([draft.problems, draft.failedCases]).toEqual([[], 0])
  await w.t.must(county, 'policies.submit', { id: draft.id })
  // What it costs was measured: not the matter of this test.
  await w.t.app.runAs(clock, 'measured', (tx) => setImpact(tx, draft.id, {} as never))
  await w.t.must(second, 'policies.review', { id: draft.id, decision: 'publish', effectiveFrom: '2027-01-01', note: '新年发放' })
  await w.minute()
  const now = await standing()
  expect(now.filter((one) => one.key.endsWith(' new-year-gift')).length).toBeGreaterThanOrEqual(MANY)
  expect(now.map((one) => one.key)).toEqual(await due())
  expect(now.filter((one) => !before.has(one.key)).every((one) => one.notices > 0 && one.hours < 24 && one.cases > 0)).toBe(true)
  expect((await w.events('entitlements.EntitlementsChanged')).length - eventsBefore).toBeLessThan(50)
  const { tasks } = await w.t.must<{ tasks: { kind: string; state: string; done: number; total: number; result: { opened: number } }[] }>(county, 'system.tasks', { kind: 'offers.find', limit: 1 })
  expect(tasks[0]).toMatchObject({ state: 'done' })
  expect(tasks[0]!.total).toBeGreaterThanOrEqual(MANY)
  expect(tasks[0]!.done).toBe(tasks[0]!.total)
}, 600_000)

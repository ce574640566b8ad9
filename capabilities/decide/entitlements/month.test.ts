import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clockActor } from '@songbai/platform/server'
import type { Tx } from '@songbai/platform/tx'
import type { Policy } from '@songbai/policy'
import { elders } from '../../know/elders/index.ts'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, VILLAGE } from '../../know/elders/people.fixture.ts'
import { recordFacts as recordHere } from '../../know/elders/public.ts'
import { work } from '../../know/work/index.ts'
import { regions } from '../../know/regions/index.ts'
import { loadTestResources } from '../../testing.ts'
import { policies } from '../policies/index.ts'
import { policySetFor } from '../policies/public.ts'
import { entitlements } from './index.ts'
import { isOwed, monthDue, type MonthRow } from './public-month.ts'
import { whatIf, type WhatIf } from './public-whatif.ts'
import { compareMemory } from './store.ts'

let t: TestApp
const clerk = testActor(['countyClerk'])
const otherTown = testActor(['townshipClerk'], '500229103000', ['500229103'])
const clock = clockActor('500229')
const fact = (key: string, value: unknown, validFrom: string | null = null) => ({ key, value, validFrom, source: '入户' })
const register = async (name: string, birthDay: string, facts: object[], region = VILLAGE) => (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name, birthDay, facts, region, acceptDuplicate: true }))).id
const provide = (elderId: string, key: string, value: unknown, validFrom: string | null = null) => t.app.runAs(clock, 'test', (tx) => recordHere(tx, [{ elderId, key, value, validFrom, validTo: null, source: '发放名册', sourceRef: null, reason: null }]))
const run = <T>(work: (tx: Tx) => Promise<T>, actor = clerk): Promise<T> => t.app.runAs(actor, 'test', work)
const rowsOf = (month: string, actor = clerk, more = {}): Promise<MonthRow[]> => run(async (tx) => [...(await monthDue(tx, { month, items: ['age-allowance'], ...more }))], actor)
const ids: Record<string, string> = {}
const cents = (rows: readonly MonthRow[]) => rows.reduce((sum, row) => sum + row.amountFen, 0)

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, work, elders, policies, entitlements])
  await t.must(clock, 'policies.loadPacks')
  const ordinary = [fact('hukou', 'local'), fact('incomeStanding', 'ordinary')]
  ids.old = await register('冉一', '1940-03-05', ordinary)
  ids.turns = await register('冉二', '1946-08-20', ordinary)
  ids.dead = await register('冉三', '1938-05-06', ordinary)
  ids.town = await register('冉四', '1935-01-01', ordinary, OTHER_TOWNSHIP_VILLAGE)
  for (const who of ['old', 'dead', 'town']) await provide(ids[who]!, 'benefit.age-allowance', '2020-01-01', '2020-01-01')
  await provide(ids.dead!, 'dead', '2026-07-10', '2026-07-10')
})
afterAll(() => t.close())

test('[M1] a month owes by the rules of pay: next month after the birthday, the month of a death, nothing after it', async () => {
  const of = async (month: string) => new Map((await rowsOf(month)).map((row) => [row.elderId, row]))
  expect((await of('2026-07')).get(ids.dead!)).toMatchObject({ code: 'died', days: 10, drawingSince: '2020-01-01' })
  expect((await of('2026-08')).get(ids.dead!)).toMatchObject({ code: 'gone', amountFen: 0 })
  expect((await of('2026-08')).has(ids.turns!)).toBe(false)
  expect((await of('2026-09')).get(ids.turns!)).toMatchObject({ code: 'full', days: 30, drawingSince: null })
  const july = await rowsOf('2026-07')
  expect(july.filter((row) => isOwed(row.code)).every((row) => row.amountFen > 0)).toBe(true)
})

test('[M2] rows stay within the place of the actor, and the sums are those of the rows', async () => {
  expect((await rowsOf('2026-07', otherTown)).map((row) => row.elderId)).toEqual([ids.town])
  const answer = await run((tx) => monthDue(tx, { month: '2026-07', items: ['age-allowance'] }))
  const sums = answer.totals().get('age-allowance')!
  expect(sums.drawingFen + sums.notDrawingFen).toBe(cents([...answer]))
  expect(sums.drawing).toBe(3)
})

test('[M1] a fact recorded since is in the next answer, and a month known earlier stays as it was known', async () => {
  const id = await register('冉五', '1941-02-02', [])
  const drawn = async (knownOn?: string) => (await rowsOf('2026-07', clerk, { knownOn })).some((row) => row.elderId === id)
  expect(await drawn()).toBe(false)
  await t.must(clerk, 'elders.recordFacts', { id, facts: [fact('hukou', 'local')] })
  expect(await drawn()).toBe(true)
  expect(await drawn('2026-07-15')).toBe(false)
})

async function raised(tx: Tx, add: number): Promise<Policy[]> {
  const law = await policySetFor(tx, '500229')
  return law.set.policies.filter((one) => one.id === 'age-allowance').map((one) => ({
    ...one, params: new Map([...one.params].map(([name, param]) => [name, param.unit?.includes('分') ? { ...param, values: param.values.map((v) => ({ ...v, value: v.value === null ? null : v.value + add })) } : param])),
  }))
}

test('[W3] without a change both sides are the month owed, to the fen; nobody wins or loses', async () => {
  const same = (await run(async (tx) => whatIf(tx, { month: '2026-07', change: (await policySetFor(tx, '500229')).set }))) as WhatIf
  const rows = await run(async (tx) => [...(await monthDue(tx, { month: '2026-07', applied: 'all' }))])
  const sum = (key: 'before' | 'after') => same.items.reduce((total, item) => total + item[key].fen, 0)
  expect([sum('before'), sum('after')]).toEqual([cents(rows), cents(rows)])
  expect(cents(rows)).toBeGreaterThan(0)
  expect([same.winners, same.losers, same.unchanged]).toEqual([0, 0, same.people])
})

test('[W1] a raise of 10 yuan: winners are those entitled, parts sum to the people, townships to the whole, the list names each', async () => {
  const more = (await run(async (tx) => whatIf(tx, { change: await raised(tx, 1000) }))) as WhatIf
  const item = more.items.find((one) => one.item === 'age-allowance')!
  expect(item.after.fen - item.before.fen).toBe(1000 * item.before.people)
  expect(more).toMatchObject({ winners: item.before.people, losers: 0, gainFen: 1000 * item.before.people })
  expect(more.winners + more.losers + more.unchanged).toBe(more.people)
  expect(more.places.reduce((sum, one) => sum + one.winners, 0)).toBe(more.winners)
  expect(more.places.flatMap((one) => one.items).filter((one) => one.item === 'age-allowance').reduce((sum, one) => sum + one.after.fen, 0)).toBe(item.after.fen)
  expect([...more.list('winner', 'age-allowance')].map((one) => one.deltaFen)).toEqual(Array.from({ length: more.winners }, () => 1000))
  expect(more.sizes.find((one) => one.upToFen === 5000)!.winners).toBe(more.winners)
  expect(more.rows.filter((row) => row.item === 'age-allowance').reduce((sum, row) => sum + row.after, 0)).toBe(item.after.people)
})

test('[W2] take-up weighs only those who do not draw yet', async () => {
  const none = (await run(async (tx) => whatIf(tx, { change: await raised(tx, 1000), takeUpPercent: 0 }))) as WhatIf
  const item = none.items.find((one) => one.item === 'age-allowance')!
  expect(item.before.costFen).toBe(item.before.drawingFen)
  expect(item.before.drawingFen).toBeLessThan(item.before.fen)
})

test('[S4] [J3] a change that no event told is found at night: the memory is read anew and a case is open', async () => {
  const drawn = async (): Promise<boolean> => (await rowsOf('2026-07')).some((row) => row.elderId === ids.old)
  expect(await drawn()).toBe(true)
  expect(await t.app.runAs(clock, 'test', compareMemory)).toMatchObject({ differing: [] })
  await t.app.runAs(clock, 'test', (tx) => tx.rows`update elders.fact set value = '"other"'::jsonb where elder_id = ${ids.old!} and key = 'hukou'`)
  t.clock.nowMs += 86_400_000
  await t.app.tick(['500229'])
  const cases = await t.app.runAs(clock, 'test', (tx) => tx.rows<{ type: string; key: string }>`select type, key from work.case where type = 'entitlements.drift'`)
  expect(cases).toHaveLength(1)
  expect((await rowsOf('2026-07')).find((row) => row.elderId === ids.old)).toMatchObject({ amountFen: 0, code: 'no' })
})

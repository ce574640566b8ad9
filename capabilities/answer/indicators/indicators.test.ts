import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { clockActor } from '@songbai/platform/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entitlements } from '../../decide/entitlements/index.ts'
import { policies } from '../../decide/policies/index.ts'
import { elders } from '../../know/elders/index.ts'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, VILLAGE } from '../../know/elders/people.fixture.ts'
import { recordFacts } from '../../know/elders/public.ts'
import { regions } from '../../know/regions/index.ts'
import { loadTestResources } from '../../testing.ts'
import { indicators } from './index.ts'
import { conditionsOf, measure, targetOf, trendDays } from './rules.ts'
import { addMonths, lastOfMonth } from '@songbai/calendar'
import { resources } from '../../resources.ts'

interface Value { numerator: number; denominator: number | null; unknown: number; value: number | null }
interface One extends Value { id: string; status: string; note: { zh: string } | null; children: (Value & { code: string; name: string })[] }
interface Board { place: { code: string; name: string }; indicators: One[] }
interface Rows { rows: { elderId: string; name: string; place: string; detail: { zh: string } | null }[]; total: number; results: number; next: string | null }
interface Difference { before: Value; after: Value; entered: string[]; left: string[]; cameIn: string[]; wentOut: string[]; names: { elderId: string; name: string }[] }

const COUNTY = '500229000000'
const TOWNSHIP = '500229102000'
let t: TestApp
const clerk = testActor(['countyClerk'])
const town = testActor(['townshipClerk'], '500229103000', ['500229103'])
const clock = clockActor('500229')
const fact = (key: string, value: unknown, validFrom: string | null = null) => ({ key, value, validFrom, source: '入户' })
const register = async (name: string, birthDay: string | undefined, facts: object[], region = VILLAGE) => (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name, ...(birthDay ? { birthDay } : {}), facts, region, acceptDuplicate: true }))).id
const provide = (elderId: string, key: string, value: unknown, validFrom: string | null = null) =>
  t.app.runAs(clock, 'test', (tx) => recordFacts(tx, [{ elderId, key, value, validFrom, validTo: null, source: '发放名册', sourceRef: null, reason: null }]))
const board = (input: object = {}, actor = clerk) => t.must<Board>(actor, 'indicators.board', input)
const one = async (id: string, input: object = {}, actor = clerk) => (await board(input, actor)).indicators.find((found) => found.id === id)!
const rows = (indicator: string, part: string, input: object = {}, actor = clerk) => t.must<Rows>(actor, 'indicators.rows', { indicator, part, ...input })
const ids: Record<string, string> = {}

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, elders, policies, entitlements, indicators])
  await t.must(clock, 'policies.loadPacks')
  ids.eighty = await register('冉一', '1944-03-05', [fact('hukou', 'local'), fact('incomeStanding', 'ordinary')])
  ids.drawing = await register('冉二', '1940-08-20', [fact('hukou', 'local')])
  ids.open = await register('冉三', '1938-01-01', [])
  ids.young = await register('冉四', '1960-01-01', [fact('hukou', 'local')], OTHER_TOWNSHIP_VILLAGE)
  ids.nowhere = await register('冉五', '1950-01-01', [fact('hukou', 'local')], TOWNSHIP)
  ids.dead = await register('冉六', '1938-05-06', [fact('hukou', 'local')])
  await provide(ids.drawing!, 'benefit.age-allowance', '2020-09-01', '2020-09-01')
  await provide(ids.young!, 'abilityLevel', 'severe', '2025-06-01')
  await provide(ids.young!, 'abilityAssessedOn', '2025-06-01', '2025-06-01')
  await provide(ids.dead!, 'benefit.age-allowance', '2020-01-01', '2020-01-01')
  await provide(ids.dead!, 'dead', '2026-05-01', '2026-05-01')
}, 60_000)
afterAll(() => t.close())

test('[I1] counted, not counted and cannot be told make up the denominator and its open part', async () => {
  const share = await one('allowance-share-80')
  expect(share).toMatchObject({ numerator: 1, denominator: 2, unknown: 1, value: 0.5 })
  for (const id of ['special-difficulty-share', 'assessed-share', 'allowance-share-80']) {
    const [figure, numerator, rest, unknown, denominator] = [await one(id), ...await Promise.all(['numerator', 'rest', 'unknown', 'denominator'].map(async (part) => (await rows(id, part)).total))]
    expect([figure.numerator, figure.denominator, figure.unknown], id).toEqual([numerator, denominator, unknown])
    expect(numerator! + rest!, id).toBeLessThanOrEqual(denominator!)
  }
})

test('[I1] heaps do not overlap: an open denominator is not counted although the numerator would hold', () => {
  const all = { ids: ['a', 'b', 'c', 'd', 'e'], regions: ['1', '1', '1', '1', '1'], here: Uint8Array.of(1, 1, 1, 1, 0), denominator: Uint8Array.of(1, 2, 1, 2, 1), numerator: Uint8Array.of(1, 1, 2, 0, 1), results: false }
  const { membership, unknown } = measure(all)
  expect([...membership.inDenominator as Uint8Array]).toEqual([1, 0, 1, 0, 0])
  expect([...membership.inNumerator as Uint8Array]).toEqual([1, 0, 0, 0, 0])
  expect([...unknown]).toEqual([0, 1, 1, 1, 0])
})

test('[I2] a place that names more groups of special difficulty has a condition of its own', () => {
  const packs = resources().packs
  const share = packs.indicators.indicators.find((found) => found.id === 'special-difficulty-share')!
  const conditions = conditionsOf(packs, share, 'numerator').map(({ text }) => JSON.parse(text) as { region: string; table: { rows: { when: string }[] } })
  expect(conditions.map((found) => found.region)).toEqual(packs.categories.umbrella.places.map((place) => place.region))
  expect(conditions[1]!.table.rows[0]!.when.length).toBeGreaterThan(conditions[0]!.table.rows[0]!.when.length)
})

test('[I3] children sum to the place, and those known no more exactly have a row of their own', async () => {
  for (const place of [COUNTY, TOWNSHIP]) {
    const { indicators: all } = await board({ place })
    for (const figure of all) for (const side of ['numerator', 'denominator', 'unknown'] as const) {
      expect(figure.children.reduce((sum, child) => sum + (child[side] ?? 0), 0), `${place} ${figure.id} ${side}`).toBe(figure[side] ?? 0)
    }
  }
  const { children } = await one('elders-registered', { place: TOWNSHIP })
  expect(children.find((child) => child.code === TOWNSHIP)).toMatchObject({ name: '', numerator: 1 })
  expect((await one('elders-registered')).numerator).toBe(5)
  expect((await rows('elders-registered', 'numerator', { place: TOWNSHIP, unplaced: true })).rows.map((row) => row.elderId)).toEqual([ids.nowhere])
})

test('[I4] the dead are in no figure but that of benefits drawn without right, and its note says so', async () => {
  expect(await one('elders-registered', { at: '2026-04-30' })).toMatchObject({ numerator: 6 })
  const drawn = await one('enjoying-not-entitled')
  expect(drawn.numerator).toBe(1)
  expect(drawn.note!.zh).toContain('已去世')
  expect((await rows('enjoying-not-entitled', 'numerator')).rows).toMatchObject([{ elderId: ids.dead, detail: { zh: expect.stringContaining('高龄') } }])
})

test('[I5] results are persons times items: rows list each person once with the items', async () => {
  const figure = await one('entitled-not-enjoying')
  const page = await rows('entitled-not-enjoying', 'numerator')
  expect(page.results).toBe(figure.numerator)
  expect(page.total).toBe(page.rows.length)
  expect(page.rows.every((row) => row.detail !== null)).toBe(true)
})

test('[I5] an open answer names the missing fact', async () => {
  expect((await rows('allowance-share-80', 'unknown')).rows).toMatchObject([{ elderId: ids.open, detail: { zh: expect.stringContaining('户籍') } }])
})

test('[I5] pages have everybody once', async () => {
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Rows = await rows('elders-registered', 'numerator', { limit: 2, ...(after ? { after } : {}) })
    seen.push(...page.rows.map((row) => row.elderId))
    after = page.next
  } while (after !== null)
  expect(new Set(seen).size).toBe(5)
  expect(seen).toHaveLength(5)
})

test('[I6] a target holds only as a share or a count that can be compared exactly', () => {
  const found = resources().packs.targets.map((target) => [target, targetOf(target)] as const)
  expect(found.some(([, used]) => used !== undefined)).toBe(true)
  for (const [target, used] of found) if (used) expect(target.measures[0]!.value).toBe(used.value)
  expect(targetOf(undefined)).toBeUndefined()
})

test('[I7] a trend has the ends of thirteen months and today', async () => {
  expect(trendDays('2026-07-16', 13, lastOfMonth, addMonths)).toHaveLength(13)
  const { points } = await t.must<{ points: (Value & { at: string })[] }>(clerk, 'indicators.trend', { indicator: 'elders-registered' })
  expect(points.map((point) => point.at)).toEqual(['2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-16'])
  expect(points.at(-1)!.numerator).toBe(5)
  expect(points.at(-4)!.numerator).toBe(6)
})

test('[I8] who changed, came and went accounts for the difference', async () => {
  const seen = await t.must<Difference>(clerk, 'indicators.difference', { indicator: 'elders-registered', from: '2026-04-30', to: '2026-07-16' })
  expect(seen.before.numerator - seen.wentOut.length + seen.cameIn.length - seen.left.length + seen.entered.length).toBe(seen.after.numerator)
  expect(seen.wentOut).toEqual([ids.dead])
  expect(seen.names).toMatchObject([{ name: '冉六' }])
  const assessed = await t.must<Difference>(clerk, 'indicators.difference', { indicator: 'reassessment-overdue', from: '2026-05-31', to: '2026-07-16' })
  expect(assessed).toMatchObject({ entered: [ids.young], left: [], cameIn: [], wentOut: [] })
})

test('a township sees its own people only, in numbers and in rows', async () => {
  expect(await one('elders-registered', {}, town)).toMatchObject({ numerator: 1 })
  expect((await rows('elders-registered', 'numerator', {}, town)).rows.map((row) => row.elderId)).toEqual([ids.young])
  expect((await rows('elders-registered', 'numerator', { place: TOWNSHIP }, town)).total).toBe(0)
})

test('an unknown indicator is refused', async () => {
  expect(await t.outcome(clerk, 'indicators.rows', { indicator: 'no-such', part: 'numerator' })).toBe('indicators.not-found')
})

test('an export is written in the log with its purpose and makes a file with every row', async () => {
  const { taskId } = await t.must<{ taskId: string }>(clerk, 'indicators.export', { indicator: 'elders-registered', part: 'numerator', format: 'xlsx', purpose: '上门核对' })
  t.app.tasks.poke()
  await t.app.tasks.idle()
  expect(await t.must(clerk, 'system.task', { id: taskId })).toMatchObject({ state: 'done', result: { rows: 5 } })
  const { lines } = await t.must<{ lines: { purpose: string | null; what: string | null }[] }>(testActor(['auditor']), 'system.audit', { action: 'indicators.export' })
  expect(lines).toMatchObject([{ what: 'indicatorRows', purpose: '上门核对' }])
})

test('[I9] the newly entitled listed are those counted, in all and by item', async () => {
  await register('冉七', '1946-07-12', [fact('hukou', 'local'), fact('incomeStanding', 'ordinary')])
  const counted = await t.must<{ people: number; items: { id: string; count: number }[] }>(clerk, 'entitlements.fresh', { days: 7 })
  expect(counted.items.find((item) => item.id === 'age-allowance')?.count).toBe(1)
  const all = await t.must<{ rows: { name: string; items: { zh: string }[] }[]; total: number }>(clerk, 'indicators.fresh', { days: 7 })
  expect(all.total).toBe(counted.people)
  for (const item of counted.items) expect((await t.must<{ total: number }>(clerk, 'indicators.fresh', { days: 7, item: item.id })).total, item.id).toBe(item.count)
})

import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import { elders } from './index.ts'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, syntheticId, VILLAGE } from './people.fixture.ts'

let t: TestApp
const clerk = testActor(['countyClerk'])
const town = testActor(['townshipClerk'], '500229102000', ['500229102'])
const everywhere = testActor(['countyClerk'], '500000000000', ['50', '37'])

type Result = { state: string; code: string | null; eventId: string | null; caseId: string | null }
type Page = { elder: { status: string; statusOn: string | null; region: string; categories: string[] }; facts: { id: string; key: string; value: unknown; validFrom: string | null; validTo: string | null; supersededAt: number | null }[]; events: { kind: string; state: string }[] }
let order = 0
const register = async (extra: Record<string, unknown> = {}): Promise<string> => {
  order++
  return (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name: `谭${'甲乙丙丁戊己庚辛壬癸子丑寅卯'[order % 14]}`, idNumber: syntheticId(`19${40 + (order % 20)}-0${1 + (order % 9)}-11`, order), acceptDuplicate: true, ...extra }))).id
}
const send = async (events: Record<string, unknown>[], actor = clerk): Promise<Result[]> => (await t.must<{ results: Result[] }>(actor, 'elders.recordEvents', { events })).results
const event = (elderId: string, kind: string, onDay: string, extra: Record<string, unknown> = {}) => ({ elderId, kind, onDay, source: '殡葬', sourceRef: `${elderId}/${kind}/${onDay}/${JSON.stringify(extra)}`.slice(0, 100), ...extra })
const page = (id: string, extra: Record<string, unknown> = {}): Promise<Page> => t.must(clerk, 'elders.get', { id, ...extra })

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders])
})
afterAll(() => t.close())

test('[L7] a death, a stay in hospital, a benefit and a change of living each change the record from their day', async () => {
  const id = await register()
  const results = await send([
    event(id, 'livingChanged', '2026-03-01', { facts: [{ key: 'livingArrangement', value: '独居', source: '村' }] }), event(id, 'hospitalIn', '2026-04-01'), event(id, 'hospitalOut', '2026-04-09'),
    event(id, 'benefitGranted', '2026-05-01', { item: 'age-allowance' }), event(id, 'benefitStopped', '2026-06-01', { item: 'age-allowance' }), event(id, 'death', '2026-06-20'),
  ])
  expect(results.map((one) => one.state)).toEqual(Array(6).fill('applied'))
  const now = await page(id)
  expect(now.elder).toMatchObject({ status: 'dead', statusOn: '2026-06-20', categories: [] })
  const live = (key: string) => now.facts.filter((fact) => fact.key === key && fact.supersededAt === null).map((fact) => [fact.value, fact.validFrom, fact.validTo])
  // A stay in hospital is a sensitive fact: when, not what.
  expect(live('hospitalised')).toEqual([[null, '2026-04-09', null], [null, '2026-04-01', '2026-04-09']])
  const stay = now.facts.find((fact) => fact.key === 'hospitalised' && fact.validFrom === '2026-04-01')!
  expect(await t.must(clerk, 'elders.revealFact', { id, factId: stay.id, purpose: '核对' })).toMatchObject({ shown: { zh: '是' } })
  expect(live('benefit.age-allowance')).toEqual([['2026-05-01', '2026-05-01', '2026-06-01']])
  expect((await page(id, { at: '2026-04-05' })).elder).toMatchObject({ status: 'active', categories: expect.arrayContaining(['alone']) })
})

test('[L1] a line that lacks something is refused by itself and the others go on', async () => {
  const id = await register()
  const results = await send([event(id, 'death', '2026-07-17'), event(id, 'moveWithin', '2026-07-01'), event(id, 'benefitGranted', '2026-07-01'), event(id, 'incomeChanged', '2026-07-01'), event(id, 'moveWithin', '2026-07-01', { toRegion: '500229999999' }), event(id, 'livingChanged', '2026-07-01', { facts: [{ key: 'noSuch', value: 1, source: 'x' }] }), event(id, 'seen', '2026-07-01')])
  expect(results.map((one) => one.code)).toEqual(['elders.event-in-future', 'elders.event-without-place', 'elders.event-without-item', 'elders.event-without-facts', 'elders.region-unknown', 'elders.fact-unknown', null])
})

test('[L2][L3][L4][L5][L6] what cannot both be true becomes a case with an owner, and changes nothing', async () => {
  const twice = await register()
  await send([event(twice, 'death', '2026-05-01')])
  const seen = await register()
  await send([event(seen, 'seen', '2026-06-01')])
  const alive = await register()
  const away = await register()
  const here = await register()
  await send([event(away, 'moveOut', '2026-05-01')])
  const results = await send([
    event(twice, 'death', '2026-05-03'), event(seen, 'death', '2026-05-20'), event(twice, 'hospitalIn', '2026-05-09'), event(twice, 'benefitGranted', '2026-06-01', { item: 'age-allowance' }),
    event(alive, 'deathWithdrawn', '2026-05-01'), event(away, 'moveOut', '2026-06-01'), event(away, 'moveWithin', '2026-06-01', { toRegion: OTHER_TOWNSHIP_VILLAGE }), event(here, 'moveIn', '2026-06-01', { toRegion: VILLAGE }),
  ])
  expect(results.map((one) => one.code)).toEqual(['elders.died-twice', 'elders.seen-after-death', 'elders.alive-after-death', 'elders.alive-after-death', 'elders.not-dead', 'elders.already-moved-out', 'elders.after-move-out', 'elders.already-here'])
  expect(results.every((one) => one.state === 'conflict' && one.caseId !== null)).toBe(true)
  expect((await page(twice)).elder.statusOn).toBe('2026-05-01')
  expect((await page(seen)).elder.status).toBe('active')
})

test('[L3] closing the case as "the event is right" applies it, as "wrong" leaves it out', async () => {
  const [right, wrong] = [await register(), await register()]
  await send([event(right, 'seen', '2026-06-01'), event(wrong, 'seen', '2026-06-01')])
  const cases = await send([event(right, 'death', '2026-05-20'), event(wrong, 'death', '2026-05-20')])
  await t.must(clerk, 'work.move', { id: cases[0]!.caseId, move: 'settle', outcome: 'eventRight' })
  await t.must(clerk, 'work.move', { id: cases[1]!.caseId, move: 'settle', outcome: 'eventWrong' })
  await t.app.settle()
  expect((await page(right)).elder).toMatchObject({ status: 'dead', statusOn: '2026-05-20' })
  expect(await page(wrong)).toMatchObject({ elder: { status: 'active' }, events: expect.arrayContaining([expect.objectContaining({ kind: 'death', state: 'withdrawn' })]) })
})

test('[L2] a withdrawn death makes the person live again, and the day between stays known as it was', async () => {
  const id = await register()
  await send([event(id, 'death', '2026-05-01')])
  t.clock.nowMs += 3 * 86_400_000
  await send([event(id, 'deathWithdrawn', '2026-07-18')])
  expect((await page(id)).elder).toMatchObject({ status: 'active', statusOn: null })
  expect((await page(id, { at: '2026-07-16', knownOn: '2026-07-16' })).elder.status).toBe('dead')
  t.clock.nowMs -= 3 * 86_400_000
})

test('[REG-03] a month of mixed events replayed twice gives the same end state, also in another order and in other parts', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => register()))
  const kinds = ['seen', 'hospitalIn', 'hospitalOut', 'livingChanged', 'benefitGranted', 'benefitStopped', 'moveWithin', 'death']
  const feed = Array.from({ length: 240 }, (_, i) => {
    const kind = kinds[(i * 7 + Math.floor(i / 12)) % kinds.length]!
    const extra = kind === 'livingChanged' ? { facts: [{ key: 'livingArrangement', value: i % 2 ? 'alone' : 'emptyNest', source: '村' }] } : kind.startsWith('benefit') ? { item: 'age-allowance' } : kind === 'moveWithin' ? { toRegion: i % 2 ? VILLAGE : OTHER_TOWNSHIP_VILLAGE } : {}
    return { elderId: people[i % 12]!, kind, onDay: `2026-06-${String(1 + (i * 11) % 30).padStart(2, '0')}`, source: '六月名册', sourceRef: `r${i}`, ...extra }
  })
  const first = await send(feed)
  expect(first.filter((one) => one.state === 'again')).toEqual([])
  const state = async () => Promise.all(people.map(async (id) => ({ ...(await page(id)), looks: null })))
  const before = await state()
  const replay = [...(await send(feed.slice(100).reverse())), ...(await send(feed))]
  expect(new Set(replay.map((one) => one.state))).toEqual(new Set(['again']))
  expect(await state()).toEqual(before)
})

test('[REG-01] a move inside the county takes every row along: the old township sees nothing of it, the county all', async () => {
  const id = await register({ contacts: [{ name: '谭明', relation: '儿子', duty: 'supporter', phone: '13900000002' }], residences: [{ kind: 'usual', place: VILLAGE }], facts: [{ key: 'withoutKin', value: false, source: '村' }] })
  expect((await send([event(id, 'moveWithin', '2026-07-01', { toRegion: OTHER_TOWNSHIP_VILLAGE })], town))[0]!.code).toBe('elders.region-outside')
  await send([event(id, 'moveWithin', '2026-07-01', { toRegion: OTHER_TOWNSHIP_VILLAGE, address: '新村2组' })])
  expect((await page(id)).elder).toMatchObject({ region: OTHER_TOWNSHIP_VILLAGE, status: 'active' })
  expect((await page(id, { at: '2026-06-30' })).elder.region).toBe(VILLAGE)
  expect(await t.outcome(town, 'elders.get', { id })).toBe('elders.not-found')
  const left = await t.app.runAs(town, 'look', (tx) => tx.rows<{ n: number }>`select (select count(*) from elders.fact where elder_id = ${id})::int + (select count(*) from elders.contact where elder_id = ${id})::int + (select count(*) from elders.residence where elder_id = ${id})::int + (select count(*) from elders.life_event where elder_id = ${id})::int as n`)
  expect(left[0]!.n).toBe(0)
})

test('[REG-01] a move to another county is a new row there, linked both ways, and the old one closed', async () => {
  const idNumber = syntheticId('1950-08-08', 77)
  const id = await register({ idNumber, name: '谭远行' })
  const results = await send([{ kind: 'moveIn', onDay: '2026-07-01', idNumber, name: '谭远行', toRegion: '370215001000', source: '公安', sourceRef: 'in-1' }], everywhere)
  expect(results[0]).toMatchObject({ state: 'applied' })
  expect((await page(id)).elder).toMatchObject({ status: 'movedOut', statusOn: '2026-07-01' })
  const there = await t.must<{ hits: { id: string }[] }>(testActor(['countyClerk'], '370215000000'), 'elders.search', { text: idNumber })
  expect(there.hits).toHaveLength(1)
  expect((await page(id)).facts.find((fact) => fact.key === 'movedTo')?.value).toBe(there.hits[0]!.id)
})

test('[REG-03] an event about nobody we know becomes a case, once', async () => {
  const stranger = { kind: 'death', onDay: '2026-07-01', idNumber: syntheticId('1939-09-09', 500), source: '殡葬', sourceRef: 'stranger' }
  const first = await send([stranger])
  expect(first[0]).toMatchObject({ state: 'unmatched', code: 'elders.event-unmatched', caseId: expect.any(String) })
  expect((await send([stranger]))[0]).toMatchObject({ state: 'again', caseId: null })
})

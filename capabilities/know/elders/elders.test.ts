import { openTx } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { sql } from 'kysely'
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
const otherTown = testActor(['townshipClerk'], '500229103000', ['500229103'])
const jimo = testActor(['countyClerk'], '370215000000')

type Row = { id: string; name: string; age: number | null; place: string; idMasked: string | null; phoneMasked: string | null; by?: string; categories: string[]; status: string; abilityLevel: string | null }
let ranId: string

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders])
  const { id } = await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({
    idNumber: syntheticId('1944-03-05', 12), phone: '138 0000 0417', registeredRegion: VILLAGE, address: '3组',
    facts: [{ key: 'livingArrangement', value: '独居', validFrom: '2024-01-01', source: '入户' }, { key: 'abilityLevel', value: 'moderate', validFrom: '2025-05-01', source: '能力评估' }],
    contacts: [{ name: '冉明', relation: '儿子', duty: 'supporter', phone: '13900000001' }],
  }))
  ranId = id
})
afterAll(() => t.close())

test('[S1] a person is found by name, given name, initials, pinyin, whole ID, ID tail, phone, phone tail, relative’s phone and village', async () => {
  const find = async (text: string) => (await t.must<{ hits: Row[] }>(clerk, 'elders.search', { text })).hits.map((hit) => [hit.name, hit.by])
  const number = syntheticId('1944-03-05', 12)
  const village = (await t.must<{ hits: Row[] }>(clerk, 'elders.search', { text: '冉秀兰' })).hits[0]!.place
  for (const [text, by] of [['冉秀', 'name'], ['秀兰', 'name'], ['rxl', 'initials'], ['ranxiu', 'pinyin'], ['ran xiu', 'pinyin'], [number, 'idNumber'], [number.slice(-4).toLowerCase(), 'idTail'], ['13800000417', 'phone'], ['0417', 'phoneTail'], ['13900000001', 'contactPhone'], [village, 'village']] as const) {
    expect(await find(text), text).toContainEqual(['冉秀兰', by])
  }
})

test('[E5] lists and search carry masks and never a whole number', async () => {
  const answer = JSON.stringify([await t.must(clerk, 'elders.list', {}), await t.must(clerk, 'elders.get', { id: ranId })])
  expect(answer).not.toContain(syntheticId('1944-03-05', 12))
  expect(answer).not.toContain('13800000417')
  expect(answer).toContain('138 **** 0417')
})

test('[V0] a page shows who, facts with source, contacts, categories with reasons, and notes the look', async () => {
  await t.must(town, 'elders.get', { id: ranId })
  const page = await t.must<{ elder: Row & { registeredPlace: string }; facts: { key: string; shown: { zh: string }; source: string }[]; contacts: unknown[]; categories: { id: string; since: string; why: { zh: string } }[]; looks: { who: string; what: string }[] }>(clerk, 'elders.get', { id: ranId })
  expect(page.elder).toMatchObject({ name: '冉秀兰', age: 82, sex: 'female', abilityLevel: 'moderate' })
  expect(page.facts.find((fact) => fact.key === 'livingArrangement')).toMatchObject({ shown: { zh: '独居' }, source: '入户' })
  expect(page.contacts).toHaveLength(1)
  expect(page.categories).toContainEqual(expect.objectContaining({ id: 'alone', since: '2024-01-01', why: expect.objectContaining({ zh: expect.stringContaining('入户') }) }))
  expect(page.categories).toContainEqual(expect.objectContaining({ id: 'advancedAge', since: '2024-03-05' }))
  expect(page.looks).toContainEqual(expect.objectContaining({ who: 'townshipClerk', what: 'page' }))
})

test('[RLS] nobody outside the place finds, lists, opens, reveals or changes anybody', async () => {
  for (const actor of [otherTown, jimo]) {
    expect((await t.must<{ hits: unknown[] }>(actor, 'elders.search', { text: '冉秀兰' })).hits).toEqual([])
    expect(await t.must(actor, 'elders.list', {})).toMatchObject({ rows: [], total: 0 })
    expect(await t.outcome(actor, 'elders.get', { id: ranId })).toBe('elders.not-found')
    expect(await t.outcome(actor, 'elders.reveal', { id: ranId, field: 'idNumber', purpose: '核对身份' })).toBe('elders.not-found')
    expect(await t.outcome(actor, 'elders.recordFacts', { id: ranId, facts: [{ key: 'withoutKin', value: true, source: 'x' }] })).toBe('elders.not-found')
  }
  expect(await t.outcome(otherTown, 'elders.register', newElderInput({ idNumber: syntheticId('1944-03-05', 12), region: OTHER_TOWNSHIP_VILLAGE, acceptDuplicate: true }))).toBe('elders.id-taken')
})

test('[RLS] a scope never set and one left over show no elder; several places show theirs, people of one’s own only themselves', async () => {
  const { db } = t.app.world.database
  const seen = async (trx: typeof db): Promise<string[]> => (await sql<{ id: string }>`select id from elders.elder`.execute(trx)).rows.map((row) => row.id)
  const as = (actor: Parameters<typeof openTx>[2]): Promise<string[]> => openTx(db, 'songbai_app', actor, seen)
  expect(await as(clerk)).toEqual([ranId])
  await db.transaction().execute(async (trx) => {
    await sql.raw('set local role songbai_app').execute(trx)
    expect(await seen(trx)).toEqual([])
  })
  expect(await as({ prefixes: [] })).toEqual([])
  expect(await as({ prefixes: ['500229101', '500229103'] })).toEqual([])
  expect(await as({ prefixes: ['500229101', '500229102', '3702'] })).toEqual([ranId])
  expect(await as({ prefixes: [''] })).toEqual([ranId])
  expect(await as({ prefixes: [], subjectIds: [ranId] })).toEqual([ranId])
  expect(await as({ prefixes: ['370215'], subjectIds: [ranId.replace(/.$/, (last) => (last === '0' ? '1' : '0'))] })).toEqual([])
})

test('[L1] a list is paged without gap or repeat in every order', async () => {
  for (let i = 0; i < 7; i++) await t.must(clerk, 'elders.register', newElderInput({ name: `冉秀${'梅菊竹松柏桃李'[i]}`, birthDay: `195${i}-02-1${i}`, acceptDuplicate: true }))
  for (const sort of ['name', 'age', 'place', 'changed']) {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page: { rows: Row[]; next: string | null; total: number } = await t.must(clerk, 'elders.list', { sort, limit: 3, ...(after ? { after } : {}) })
      expect(page.total).toBe(8)
      seen.push(...page.rows.map((row) => row.id))
      after = page.next ?? undefined
    } while (after)
    expect(new Set(seen).size, sort).toBe(8)
    expect(seen, sort).toHaveLength(8)
  }
})

test('the tally is the sum of the rows after registering, facts, a death, a move and summing up, and totals and counts follow it', async () => {
  const { db } = t.app.world.database
  const same = async (): Promise<void> => {
    const rows = await sql`select county, region, status, categories, count(*)::int as n from elders.elder group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db)
    const tally = await sql`select county, region, status, categories, sum(n)::int as n from elders.tally group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4`.execute(db)
    expect(tally.rows).toEqual(rows.rows)
  }
  await same()
  const totals = async (actor: typeof clerk, input: object = {}): Promise<number> => (await t.must<{ total: number }>(actor, 'elders.list', { limit: 1, ...input })).total
  const before = await totals(clerk)
  const { id } = await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name: '冉明月', birthDay: '1940-01-02', acceptDuplicate: true, facts: [{ key: 'livingArrangement', value: 'alone', validFrom: null, source: '入户' }] }))
  await same()
  expect(await totals(clerk)).toBe(before + 1)
  const alone = await totals(clerk, { categories: ['alone'] })
  await t.must(clerk, 'elders.recordFacts', { id, facts: [{ key: 'livingArrangement', value: 'withFamily', validFrom: null, source: '入户' }] })
  await same()
  expect(await totals(clerk, { categories: ['alone'] })).toBe(alone - 1)
  await t.must(clerk, 'elders.recordEvents', { events: [{ kind: 'moveWithin', onDay: '2026-07-01', elderId: id, toRegion: OTHER_TOWNSHIP_VILLAGE, source: '公安', sourceRef: 'tally-1' }] })
  await same()
  expect([await totals(town), await totals(otherTown)]).toEqual([before, 1])
  await t.must(clerk, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-07-02', elderId: id, source: '公安', sourceRef: 'tally-2' }] })
  await sql`select elders.sum_tally('500229')`.execute(db)
  await same()
  expect(await totals(clerk, { status: ['dead'] })).toBe(1)
  expect((await t.must<{ total: number }>(clerk, 'elders.counts', {})).total).toBe(await totals(clerk, { status: ['active'] }))
  await openTx(db, 'songbai_app', clerk, async (trx) => {
    await expect(sql`insert into elders.tally (county, region, status, categories, n) values ('500229', '500229102202', 'active', '{}', 1)`.execute(trx)).rejects.toThrow()
  }).catch(() => {})
})

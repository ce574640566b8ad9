import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { regions } from './index.ts'

let t: TestApp
const admin = testActor(['systemAdmin'])
const clerk = testActor(['countyClerk'], '152222000000')
beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions])
})
afterAll(() => t.close())

test('a banner shows its sumu and gacha under their own names', async () => {
  const { region, children } = await t.must<{ region: { levelName: { zh: string } }; children: { levelName: { zh: string } }[] }>(clerk, 'regions.get', { code: '152222000000' })
  expect(region.levelName.zh).toBe('旗')
  expect(new Set(children.map((child) => child.levelName.zh))).toContain('苏木')
})

test('an old identity-number prefix leads to the county of today', async () => {
  const { places } = await t.must<{ places: { code: string; path: string }[] }>(admin, 'regions.idPrefix', { prefix: '320611' })
  expect(places.map((place) => place.code)).toEqual(['320613000000'])
  expect(places[0]!.path).toContain('南通市')
})

test('a place written the clerk\'s way is found, an unknown one is never guessed', async () => {
  const found = await t.must<{ status: string; places: { path: string }[]; group: string }>(admin, 'regions.find', { text: '咸宜镇青龙村3组' })
  expect(found).toMatchObject({ status: 'unique', group: '3' })
  expect((await t.must<{ status: string }>(admin, 'regions.find', { text: '没有这个村' })).status).toBe('none')
})

test('a merge recorded by the county holds from its day, and the day before still shows both', async () => {
  const { children } = await t.must<{ children: { code: string; name: string }[] }>(admin, 'regions.get', { code: '500229102000' })
  const [a, b] = children
  await t.must(admin, 'regions.change', { kind: 'merge', on: '2026-07-01', from: [a!.code, b!.code], to: [{ code: a!.code, name: '合一社区' }], basis: '县府批复〔样例〕' })
  const before = await t.must<{ children: { name: string }[] }>(admin, 'regions.get', { code: '500229102000', at: '2026-06-30' })
  const after = await t.must<{ children: { name: string }[] }>(admin, 'regions.get', { code: '500229102000', at: '2026-07-01' })
  expect(before.children.length - after.children.length).toBe(1)
  expect(after.children.map((child) => child.name)).toContain('合一社区')
  expect((await t.must<{ successors: { code: string }[] }>(admin, 'regions.get', { code: b!.code })).successors).toEqual([{ code: a!.code, name: '合一社区', certain: true }])
})

test('a change outside one\'s own places is refused', async () => {
  expect(await t.outcome(admin, 'regions.change', { kind: 'rename', on: '2026-07-01', from: ['370215001000'], to: [{ code: '370215001000', name: '别处' }], basis: '没有依据' })).toBe('regions.outside')
})

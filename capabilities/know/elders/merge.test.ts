import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import { elders } from './index.ts'
import { newElderInput, syntheticId, VILLAGE } from './people.fixture.ts'

let t: TestApp
const clerk = testActor(['countyClerk'])
beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders])
})
afterAll(() => t.close())

const register = async (extra: Record<string, unknown>): Promise<string> => (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ acceptDuplicate: true, ...extra }))).id
type Page = { elder: Record<string, unknown>; facts: { supersededAt: number | null; key: string; value: unknown; validFrom: string | null; source: string }[]; contacts: Record<string, unknown>[]; residences: Record<string, unknown>[]; categories: unknown[] }
/** A page without what a look itself or the instant of a change adds. */
const state = async (id: string) => {
  const page = await t.must<Page>(clerk, 'elders.get', { id })
  const { changedAt: _at, ...elder } = page.elder
  const live = page.facts.filter((fact) => fact.supersededAt === null).map((fact) => [fact.key, fact.value, fact.validFrom, fact.source])
  return { elder, live, contacts: page.contacts, residences: page.residences, categories: page.categories }
}

test('[M1] merge then split restores both exactly: row, facts, contacts, dwellings, secrets', async () => {
  const idNumber = syntheticId('1941-06-06', 21)
  const keep = await register({ name: '李玉珍', birthDay: '1941-06-06', sex: 'female', facts: [{ key: 'livingArrangement', value: 'alone', source: '村' }] })
  const drop = await register({ name: '李玉贞', idNumber, phone: '13700000009', facts: [{ key: 'livingArrangement', value: 'emptyNest', source: '旧表' }, { key: 'withoutKin', value: true, source: '旧表' }], contacts: [{ name: '李明', relation: '儿子', duty: 'supporter', phone: '13700000010' }], residences: [{ kind: 'usual', place: VILLAGE, address: '5组' }] })
  const before = [await state(keep), await state(drop)]
  const { mergeId } = await t.must<{ mergeId: string }>(clerk, 'elders.merge', { keepId: keep, dropId: drop, reason: '看过身份证' })
  const merged = await state(keep)
  expect(merged.elder).toMatchObject({ idMasked: '9902************'.slice(0, 4) + '*'.repeat(12) + idNumber.slice(-2), phoneMasked: '137 **** 0009', name: '李玉珍' })
  expect(merged.live.filter(([key]) => key === 'livingArrangement')).toEqual([['livingArrangement', 'alone', null, '村']])
  expect(merged.live).toContainEqual(['withoutKin', true, null, '旧表'])
  expect(merged.contacts).toHaveLength(1)
  expect(await t.must(clerk, 'elders.reveal', { id: keep, field: 'idNumber', purpose: '核对身份' })).toEqual({ value: idNumber })
  expect((await state(drop)).elder).toMatchObject({ status: 'merged', mergedInto: keep })
  expect((await t.must<{ hits: { id: string }[] }>(clerk, 'elders.search', { text: idNumber })).hits.map((hit) => hit.id)).toEqual([keep])
  await t.must(clerk, 'elders.split', { mergeId, reason: '是两姐妹' })
  expect([await state(keep), await state(drop)]).toEqual(before)
  expect(await t.outcome(clerk, 'elders.split', { mergeId, reason: '再来' })).toBe('elders.merge-already-split')
  expect((await t.must<{ hits: { id: string }[] }>(clerk, 'elders.search', { text: idNumber })).hits.map((hit) => hit.id)).toEqual([drop])
})

test('[M1][M2] what cannot be merged is refused with its reason', async () => {
  const a = await register({ name: '张一', idNumber: syntheticId('1942-01-01', 1) })
  const b = await register({ name: '张一', idNumber: syntheticId('1942-01-01', 3) })
  const c = await register({ name: '张一', birthDay: '1942-01-01' })
  const merge = (keepId: string, dropId: string) => t.outcome(clerk, 'elders.merge', { keepId, dropId, reason: '试试' })
  expect(await merge(a, a)).toBe('elders.merge-same')
  expect(await merge(a, b)).toBe('elders.merge-id-conflict')
  expect(await merge(a, '00000000-0000-7000-8000-000000000099')).toBe('elders.not-found')
  expect(await merge(a, c)).toBe('ok')
  expect(await merge(b, c)).toBe('elders.merge-already')
  expect(await t.outcome(clerk, 'elders.recordFacts', { id: c, facts: [{ key: 'withoutKin', value: true, source: 'x' }] })).toBe('elders.not-active')
  expect(await t.outcome(clerk, 'elders.split', { mergeId: a, reason: '没有' })).toBe('elders.merge-not-found')
})

test('[U1] likely pairs are proposed with reasons until somebody decides that it is two people', async () => {
  const a = await register({ name: '王淑芬', birthDay: '1943-09-09', sex: 'female' })
  expect(await t.outcome(clerk, 'elders.register', newElderInput({ name: '王叔芬', birthDay: '1943-09-09' }))).toBe('elders.likely-duplicate')
  const b = await register({ name: '王叔芬', birthDay: '1943-09-09' })
  const pairs = async () => (await t.must<{ pairs: { a: { id: string }; b: { id: string }; reasons: string[] }[] }>(clerk, 'elders.duplicates', {})).pairs.filter((pair) => [pair.a.id, pair.b.id].sort().join() === [a, b].sort().join())
  expect(await pairs()).toEqual([expect.objectContaining({ reasons: ['sameBirth', 'soundsAlike', 'sameVillage'] })])
  const own = await t.must<{ pairs: { a: { id: string }; b: { id: string } }[] }>(clerk, 'elders.duplicates', { elderId: a })
  expect(own.pairs.every((pair) => pair.a.id === a || pair.b.id === a)).toBe(true)
  expect(own.pairs).toHaveLength(1)
  await t.must(clerk, 'elders.notDuplicate', { aId: a, bId: b, reason: '堂姐妹' })
  expect(await pairs()).toEqual([])
})

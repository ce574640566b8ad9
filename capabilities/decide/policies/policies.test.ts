import { clockActor, operatorActor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { elders } from '../../know/elders/index.ts'
import { newElderInput } from '../../know/elders/people.fixture.ts'
import { regions } from '../../know/regions/index.ts'
import { resources, useResources } from '../../resources.ts'
import { loadTestResources } from '../../testing.ts'
import { entitlements } from '../entitlements/index.ts'
import { policies } from './index.ts'

interface Version { id: string; item: string; region: string; version: number; state: string; effectiveFrom: string | null; effectiveTo: string | null }
interface Item { id: string; version: number; versionId: string; standard: { zh: string }; sample: boolean; listNumber: number | null; region: string }

let t: TestApp
const drafter = testActor(['countyClerk'])
const second = testActor(['countyClerk'], '500229000000', ['500229'], { name: '第二人' })
const town = testActor(['townshipClerk'], '500229102000', ['500229102'])
const jimo = testActor(['countyClerk'], '370215000000')
const clock = clockActor('500229')
const PACK = new URL('../../../packs/chengkou-2021/policies/care-service-subsidy.yaml', import.meta.url)
const yaml = readFileSync(PACK, 'utf8')
const RAISED = yaml.replace('{ 2021-09-28: 20000 }', '{ 2021-09-28: 30000 }').replaceAll('amount: 20000', 'amount: 30000')
const versions = async (actor = drafter, input: object = {}) => (await t.must<{ versions: Version[] }>(actor, 'policies.versions', input)).versions
const items = async (at: string, actor = drafter) => (await t.must<{ items: Item[] }>(actor, 'policies.items', { at })).items
const draftOf = (text: string, actor = drafter, id?: string) => t.must<{ id: string; version: number; problems: { line: number; text: { zh: string } }[]; failedCases: number }>(actor, 'policies.saveDraft', { yaml: text, ...(id ? { id } : {}) })

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, elders, policies, entitlements])
  await t.must(clock, 'policies.loadPacks')
})
afterAll(() => t.close())

test('[P7] the packs are law once; the list of a place holds its own and the national items, samples marked', async () => {
  const again = await t.must<{ published: number; inReview: number; unchanged: number }>(clock, 'policies.loadPacks')
  expect(again).toEqual({ published: 0, inReview: 0, unchanged: resources().packs.policies.length })
  const here = await items('2026-07-16')
  expect(here.map((one) => one.listNumber).filter((n) => n !== null && n <= 16).length).toBeGreaterThanOrEqual(16)
  expect(here.find((one) => one.id === 'care-service-subsidy')).toMatchObject({ region: '500229000000', sample: true, standard: { zh: expect.stringContaining('200元/月') } })
  expect((await items('2026-07-16', jimo)).some((one) => one.id === 'disabled-poverty-care')).toBe(false)
  expect((await t.must<{ documents: unknown[] }>(drafter, 'policies.documents')).documents).toHaveLength(5)
  const doc = await t.must<{ clauses: unknown[]; targets: unknown[] }>(drafter, 'policies.document', { id: 'chengkou-2021' })
  expect(doc.clauses.length).toBeGreaterThanOrEqual(20)
  expect(doc.targets).toHaveLength(15)
})

test('[P1] a rule is drafted only by those whose places include the region, and drafts are seen by nobody else', async () => {
  expect(await t.outcome(jimo, 'policies.saveDraft', { yaml })).toBe('policies.region-outside')
  expect(await t.outcome(drafter, 'policies.saveDraft', { yaml: yaml.replace('region: 500229', 'region: 000000') })).toBe('policies.region-outside')
  expect(await t.outcome(town, 'policies.saveDraft', { yaml })).toBe('notAllowed')
  const { id } = await draftOf(RAISED)
  expect((await versions(jimo)).some((one) => one.id === id)).toBe(false)
  expect(await t.outcome(jimo, 'policies.version', { id })).toBe('policies.version-not-found')
})

test('[P5] [P6] a text with mistakes is kept but not sent; one whose cases fail or are missing neither', async () => {
  const broken = await draftOf(RAISED.replace('age >= 80', 'agee >= 80'))
  expect(broken.problems[0]).toMatchObject({ line: expect.any(Number), text: { zh: expect.stringContaining('agee') } })
  expect(await t.outcome(drafter, 'policies.submit', { id: broken.id })).toBe('policies.has-problems')
  const wrong = await draftOf(yaml.replace('{ 2021-09-28: 20000 }', '{ 2021-09-28: 30000 }'))
  expect(wrong.failedCases).toBeGreaterThan(0)
  expect(await t.outcome(drafter, 'policies.submit', { id: wrong.id })).toBe('policies.cases-fail')
  const seen = await t.must<{ cases: { ok: boolean; text: { zh: string } }[] }>(drafter, 'policies.version', { id: wrong.id })
  expect(seen.cases.find((one) => !one.ok)!.text.zh).toContain('算出')
  const bare = await draftOf(RAISED.slice(0, RAISED.indexOf('cases:')))
  expect(await t.outcome(drafter, 'policies.submit', { id: bare.id })).toBe('policies.no-cases')
})

test('[P2] [P3] [P4] v2 is published by a second person from a date, and answers before the date still follow v1', async () => {
  const elder = await t.must<{ id: string }>(drafter, 'elders.register', newElderInput({ name: '冉一', birthDay: '1940-03-05', facts: [{ key: 'hukou', value: 'local', source: '户口簿' }, { key: 'incomeStanding', value: 'minimumLivingAllowance', source: '低保证' }] }))
  const amount = async (at: string) => (await t.must<{ amountFen: number; policyVersion: string }>(drafter, 'entitlements.explain', { elderId: elder.id, item: 'care-service-subsidy', at }))
  expect(await amount('2026-09-01')).toMatchObject({ amountFen: 20000, policyVersion: '500229/care-service-subsidy@1' })
  const draft = await draftOf(RAISED)
  expect(draft).toMatchObject({ problems: [], failedCases: 0 })
  await t.must(drafter, 'policies.submit', { id: draft.id })
  expect(await t.outcome(drafter, 'policies.saveDraft', { id: draft.id, yaml })).toBe('policies.not-a-draft')
  const publish = { id: draft.id, decision: 'publish', effectiveFrom: '2026-09-01', note: '金额已核对' }
  expect(await t.outcome(drafter, 'policies.review', publish)).toBe('policies.second-person')
  expect(await t.outcome(jimo, 'policies.review', publish)).toBe('policies.version-not-found')
  expect(await t.outcome(second, 'policies.review', { ...publish, effectiveFrom: undefined })).toBe('policies.date-missing')
  expect(await t.outcome(second, 'policies.review', { ...publish, effectiveFrom: '2021-09-28' })).toBe('policies.date-overlaps')
  await t.must(second, 'policies.review', publish)
  expect(await amount('2026-08-31')).toMatchObject({ amountFen: 20000, policyVersion: '500229/care-service-subsidy@1' })
  expect(await amount('2026-09-01')).toMatchObject({ amountFen: 30000, policyVersion: `500229/care-service-subsidy@${draft.version}` })
  expect((await items('2026-08-31')).find((one) => one.id === 'care-service-subsidy')!.version).toBe(1)
  const v1 = (await versions(drafter, { item: 'care-service-subsidy', state: 'published' })).find((one) => one.region === '500229000000' && one.version === 1)!
  expect(v1.effectiveTo).toBe('2026-08-31')
})

test('[P8] two versions side by side are labelled changes, and equal texts are none', async () => {
  const all = (await versions(drafter, { item: 'care-service-subsidy', state: 'published' })).filter((one) => one.region === '500229000000')
  const compared = await t.must<{ changes: { path: string; label: { zh: string }; kind: string; before: string; after: string }[] }>(drafter, 'policies.compare', { a: all[0]!.id, b: all.at(-1)!.id })
  expect(compared.changes).toContainEqual(expect.objectContaining({ path: 'params.more.2021-09-28', kind: 'changed', before: '200元/月（样例）', after: '300元/月（样例）' }))
  expect((await t.must<{ changes: unknown[] }>(drafter, 'policies.compare', { a: all[0]!.id, b: all[0]!.id })).changes).toEqual([])
})

test('[P2] a version is withdrawn from a day by another than its author; then the national one is nearest', async () => {
  const live = (await versions(drafter, { item: 'care-service-subsidy', state: 'published' })).find((one) => one.region === '500229000000' && one.effectiveTo === null)!
  const from = { id: live.id, from: '2027-01-01', reason: '文件废止' }
  expect(await t.outcome(drafter, 'policies.withdraw', from)).toBe('policies.second-person')
  expect(await t.outcome(second, 'policies.withdraw', { ...from, id: (await draftOf(yaml)).id })).toBe('policies.not-published')
  await t.must(second, 'policies.withdraw', from)
  expect((await items('2026-12-31')).find((one) => one.id === 'care-service-subsidy')).toMatchObject({ region: '500229000000' })
  expect((await items('2027-01-01')).find((one) => one.id === 'care-service-subsidy')).toMatchObject({ region: '000000000000' })
})

test('[P9] a changed file of the packs arrives for review and overwrites nothing', async () => {
  const before = resources()
  const packs = { ...before.packs, policies: before.packs.policies.map((file) => (file.path.endsWith('jimo-2024/policies/meal-subsidy.yaml') ? { ...file, text: `${file.text}\n# changed\n` } : file)) }
  useResources({ ...before, packs })
  const operator = operatorActor('test')
  expect(await t.must(operator, 'policies.loadPacks')).toMatchObject({ published: 0, inReview: 1 })
  expect(await t.must(operator, 'policies.loadPacks')).toMatchObject({ published: 0, inReview: 0 })
  useResources(before)
  const waiting = await versions(jimo, { state: 'inReview' })
  expect(waiting).toEqual([expect.objectContaining({ item: 'meal-subsidy', state: 'inReview', effectiveFrom: null })])
})

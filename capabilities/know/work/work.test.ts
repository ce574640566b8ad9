import { checkCaseType } from '@songbai/casework'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { regions } from '../regions/index.ts'
import { UserLeft } from '../users/contract.ts'
import { users } from '../users/index.ts'
import { createAccount } from '../users/public.ts'
import type { CaseRow } from './contract.ts'
import { work } from './index.ts'
import { openCases } from './public.ts'
import { MANUAL, ownerName, standInFor } from './rules.ts'

let t: TestApp
const township = testActor(['townshipClerk'], '500229110000', ['500229110'], { grants: [{ role: 'townshipClerk', prefix: '500229110' }] })
const county = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }] })
const stranger = testActor(['countyClerk'], '370215000000', ['370215'], { grants: [{ role: 'countyClerk', prefix: '370215' }] })

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work])
})
afterAll(() => t.close())

const open = (key: string) => t.app.runAs(county, 'test', (tx) => openCases(tx, [{ type: 'work.manual', key, region: '500229110201', subjectName: '冉启秀', titleArgs: { text: `看看${key}` } }]))
const list = async (actor = township, input: object = {}) => (await t.must<{ rows: CaseRow[] }>(actor, 'work.list', input)).rows

test('[W2] the case type for hand-made work is sound', () => {
  expect(checkCaseType(MANUAL).filter((finding) => finding.severity === 'error')).toEqual([])
})

test('[W1] a case opens once by its key, belongs to the post of the township, and is that clerk\'s', async () => {
  const [id] = await open('a')
  expect(id).toMatch(/-/)
  expect(await open('a')).toEqual([null])
  const [row] = await list(township, { mine: true })
  expect(row).toMatchObject({ title: { zh: '看看a' }, mine: true, owner: { kind: 'post', name: { zh: '咸宜镇乡镇经办' } }, clock: { tone: 'grey' } })
  expect(row!.moves.map((move) => move.id)).toEqual(['finish'])
  expect((await t.must<{ mine: number }>(township, 'work.counts')).mine).toBe(1)
})

test('nobody outside the place sees it', async () => {
  expect(await list(stranger)).toEqual([])
})

test('a step needs its outcome, is refused when somebody was faster, and closes', async () => {
  const [row] = await list(township, { mine: true })
  expect(await t.outcome(township, 'work.move', { id: row!.id, move: 'finish' })).toBe('work.outcome-missing')
  expect(await t.outcome(township, 'work.move', { id: row!.id, move: 'finish', outcome: 'done', seen: row!.revision + 1 })).toBe('work.stale')
  await t.must(township, 'work.move', { id: row!.id, move: 'finish', outcome: 'done', seen: row!.revision })
  expect(await t.outcome(township, 'work.move', { id: row!.id, move: 'finish', outcome: 'done' })).toBe('work.closed')
  expect((await t.must<{ doneToday: number }>(township, 'work.counts')).doneToday).toBe(1)
  expect(await t.outcome(stranger, 'work.move', { id: row!.id, move: 'finish', outcome: 'done' })).toBe('work.not-found')
})

test('a clock that runs out takes the ladder step by itself, once', async () => {
  const [id] = await open('late')
  t.clock.nowMs += 12 * 86_400_000
  await t.app.tick(['500229'])
  const row = (await list(county, { mine: true })).find((one) => one.id === id)
  expect(row).toMatchObject({ owner: { post: 'countyClerk' }, clock: { tone: 'red' } })
  const { history, ladder } = await t.must<{ history: { text: { zh: string } }[]; ladder: { state: string }[] }>(county, 'work.get', { id })
  expect(history.map((line) => line.text.zh)).toContain('到时未办，转县级')
  expect(ladder[0]!.state).toBe('fired')
  t.clock.nowMs += 60_000
  await t.app.tick(['500229'])
  expect((await t.must<{ history: unknown[] }>(county, 'work.get', { id })).history).toHaveLength(history.length)
})

test('the work of who leaves goes to the successor', async () => {
  const leaver = testActor(['townshipClerk'], '500229110000', ['500229110'], { grants: [{ role: 'townshipClerk', prefix: '500229110' }], name: 'leaver' })
  const { id } = await t.must<{ id: string }>(leaver, 'work.open', { text: '送一份通知', region: '500229110000' })
  await t.app.runAs(county, 'test', async (tx) => tx.emit(UserLeft, { userId: leaver.id, successorId: township.id }, '500229000000'))
  await t.app.settle()
  expect((await list(township, { mine: true })).some((row) => row.id === id)).toBe(true)
})

test('[W3] a row is never without somebody: a post is shown as its duty and its place', () => {
  const names = { person: (id: string) => (id === 'p' ? '周岚' : undefined), place: () => '咸宜镇' }
  expect(ownerName({ kind: 'person', id: 'p' }, names)).toBe('周岚')
  expect(ownerName({ kind: 'post', post: 'townshipClerk', region: '500229110' }, names)).toBe('咸宜镇乡镇经办')
  expect(ownerName({ kind: 'post', post: 'townshipClerk', region: '500229110' }, names, 'en')).toBe('咸宜镇 Township clerk')
})

test('[W4] a post nobody holds falls to the same duty over a wider place, then to the duty above, and to nobody only when nobody is there', () => {
  const post = { post: 'townshipClerk', region: '500229110' }
  const [own, wide, county, prefecture] = [post, { post: 'townshipClerk', region: '500229' }, { post: 'countyClerk', region: '500229' }, { post: 'countyClerk', region: '5002' }]
  expect(standInFor(post, [county, own])).toBe('held')
  expect(standInFor(post, [prefecture, county, wide])).toEqual(wide)
  expect(standInFor(post, [prefecture, county])).toEqual(county)
  expect(standInFor(post, [prefecture, { post: 'townshipClerk', region: '500229111' }, { post: 'leader', region: '500229' }])).toEqual(prefecture)
  expect(standInFor(post, [])).toBeNull()
  expect(standInFor({ post: 'villageAssistant', region: '500229110201' }, [county, own])).toEqual(own)
})

test('[W4] the clerk above finds the work of a post nobody holds among the own, may do it, and hands it over by naming somebody', async () => {
  const account = (login: string, region: string, role: 'countyClerk' | 'townshipClerk') => t.app.runAs(county, 'test', (tx) => createAccount(tx, { login, name: login, region, organisationId: null, passwordHash: '-', mustChange: false, totpState: 'off', demo: false }, [{ role, region }]))
  const mine = async (actor: typeof county) => (await list(actor, { mine: true, limit: 200 })).map((row) => row.title.zh)
  await t.app.runAs(county, 'test', (tx) => openCases(tx, [{ type: 'work.manual', key: 'vacant', region: '500229103201', titleArgs: { text: '看看庙坝' } }]))
  const other = testActor(['townshipClerk'], '500229103000', ['500229103'], { grants: [{ role: 'townshipClerk', prefix: '500229103' }] })
  const row = async () => (await list(county, { place: '500229103000' })).find((one) => one.title.zh === '看看庙坝')!
  expect((await row()).owner).toMatchObject({ vacant: true, standIn: null })
  await account('anna', '500229000000', 'countyClerk')
  expect((await row()).owner).toMatchObject({ vacant: true, standIn: { zh: '城口县县级经办' } })
  expect(await mine(county)).toContain('看看庙坝')
  expect((await t.must<{ mine: number }>(county, 'work.counts', { place: '500229103000' })).mine).toBe(1)
  // Who sees the case from below learns as well whom it falls to, though the account itself stays out of sight.
  expect((await list(other)).find((one) => one.title.zh === '看看庙坝')?.owner.standIn?.zh).toBe('城口县县级经办')
  await account('berta', '500229103000', 'townshipClerk')
  expect((await row()).owner).toMatchObject({ vacant: false, standIn: null })
  expect(await mine(county)).not.toContain('看看庙坝')
  expect(await mine(other)).toContain('看看庙坝')
})

test('[W5] many cases of one kind leave room for the others: so many of each family, the soonest, and how many there are', async () => {
  await t.app.runAs(county, 'test', (tx) => openCases(tx, Array.from({ length: 7 }, (_, i) => ({ type: 'work.manual', key: `many ${i}`, region: '500229110201', titleArgs: { text: `第${i}件` } }))))
  const all = await list(township, { mine: true })
  expect(await list(township, { mine: true, each: 3 })).toEqual(all.slice(0, 3))
  expect(await list(township, { mine: true, type: 'work' })).toEqual(all)
  expect(await list(township, { mine: true, type: 'wor' })).toEqual([])
  const { kinds, mine } = await t.must<{ kinds: { kind: string; n: number }[]; mine: number }>(township, 'work.counts')
  expect(kinds).toMatchObject([{ kind: 'work', n: all.length }])
  expect(mine).toBe(all.length)
})

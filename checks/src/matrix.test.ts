import { capabilities } from '@songbai/capabilities'
import { ROLES } from '../../capabilities/roles.ts'
import { loadTestResources } from '../../capabilities/testing.ts'
import type { ActionSpec } from '@songbai/platform/action'
import { mayRun, NOBODY, type Actor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { sql } from 'kysely'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleInputs, type Foreign } from './sample-input.ts'
import { ROOT } from './tree.ts'

/** Everything that belongs to 城口 咸宜镇; the callers below belong to 即墨, or to another town of 城口. */
const OURS = '500229'
const MARK = '绝密甲'
const VILLAGE = '500229110200'

let t: TestApp
let foreign: Foreign
let secrets: string[]
let specs: readonly ActionSpec[]

/** Grants make a real person of the actor: one role over one place and nothing else. */
function stranger(role: string, prefix = '370215'): Actor {
  return testActor([role], prefix.padEnd(12, '0'), [prefix], { grants: [{ role, prefix }] })
}

const STRANGERS = ['370215', '500229102'].flatMap((prefix) => ROLES.map((role) => stranger(role, prefix)))

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp(capabilities)
  specs = [...t.app.actions.values()].map((action) => action.spec)
  const clerk = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: OURS }] })
  const admin = testActor(['systemAdmin'], '500229000000', ['500229'], { grants: [{ role: 'systemAdmin', prefix: OURS }] })
  const villages = (await t.must<{ children: { code: string }[] }>(clerk, 'regions.get', { code: '500229110000' })).children
  const region = villages.find((village) => village.code === VILLAGE)?.code ?? villages[0]!.code
  const elder = await t.must<{ id: string }>(clerk, 'elders.register', { name: MARK, sex: 'female', birthDay: '1940-01-02', region, source: '测试', contacts: [{ name: `${MARK}之女`, relation: '女儿', duty: 'supporter' }], facts: [{ key: 'hukou', value: 'local', source: '测试' }] })
  const task = await t.must<{ taskId: string }>(clerk, 'elders.export', { format: 'csv', purpose: '测试用' })
  const held = await t.must<{ id: string }>(clerk, 'work.open', { text: `${MARK}的事`, region, subjectId: elder.id, subjectName: MARK })
  const person = await t.must<{ id: string }>(admin, 'users.create', { login: 'secret.one', name: MARK, region: '500229000000', grants: [{ role: 'countyClerk', region: '500229000000' }] })
  const organisation = await t.must<{ id: string }>(admin, 'users.createOrganisation', { name: `${MARK}单位`, kind: 'bureau', region: '500229000000' })
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  const ids = [elder.id, task.taskId, held.id, person.id, organisation.id]
  foreign = { ids, regions: [region, '500229000000'], texts: [MARK, '1940', 'secret.one'] }
  secrets = [...ids, MARK, 'secret.one']
}, 120_000)
afterAll(() => t.close())

/** One line per tenant table: how many rows our county has outside the strangers' own town, and a digest of them. */
async function fingerprint(): Promise<string> {
  const { db } = t.app.world.database
  const tables = (await sql<{ name: string }>`select table_schema || '.' || table_name as name from information_schema.columns where column_name = 'county' and table_schema not in ('platform', 'information_schema', 'pg_catalog') order by 1`.execute(db)).rows
  const lines: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ line: string }>`select count(*) || ' ' || coalesce(md5(string_agg(md5(x::text), '' order by md5(x::text))), '') as line from ${sql.raw(name)} x where county = ${OURS} and coalesce(to_jsonb(x)->>'region', '') not like '500229102%'`.execute(db)
    lines.push(`${name} ${rows[0]!.line}`)
  }
  return lines.join('\n')
}

/** What the caller already knew is no leak: its own input comes back in some answers. */
function leaks(answer: unknown, input: unknown): string[] {
  const sent = JSON.stringify(input)
  const got = JSON.stringify(answer)
  return secrets.filter((secret) => got.includes(secret) && !sent.includes(secret))
}

test('[X0] the same inputs do find and change our rows when one of ours sends them, so the tests below can fail', async () => {
  const insider = stranger('countyClerk', OURS)
  const seen = new Set<string>()
  for (const spec of specs.filter((one) => one.kind === 'see')) for (const input of sampleInputs(spec.input, foreign)) {
    const { answer } = await t.app.perform({ action: spec.name, input, actor: insider, door: 'test' })
    if (answer.ok && secrets.some((secret) => JSON.stringify(answer).includes(secret))) seen.add(spec.name)
  }
  expect([...seen]).toEqual(expect.arrayContaining(['elders.get', 'elders.list', 'elders.search', 'work.list', 'work.get', 'users.list', 'users.organisations']))
}, 300_000)

test('[X1] no role of another county or town gets a word about ours, whatever ids and places it sends', async () => {
  const found: string[] = []
  for (const actor of STRANGERS) for (const spec of specs.filter((one) => one.kind === 'see')) for (const input of sampleInputs(spec.input, foreign)) {
    const { answer } = await t.app.perform({ action: spec.name, input, actor, door: 'test' })
    if (leaks(answer, input).length > 0) found.push(`${actor.name} ${actor.region} ${spec.name} ${JSON.stringify(input)} → ${leaks(answer, input).join()}`)
  }
  expect(found).toEqual([])
}, 300_000)

test('[X2] no role of another county or town changes a single row of ours', async () => {
  const before = await fingerprint()
  const found: string[] = []
  for (const actor of STRANGERS) for (const spec of specs.filter((one) => one.kind === 'do' && one.scope !== 'program')) for (const input of sampleInputs(spec.input, foreign)) {
    const { answer } = await t.app.perform({ action: spec.name, input, actor, door: 'test' })
    if (leaks(answer, input).length > 0) found.push(`${actor.name} ${actor.region} ${spec.name} → ${leaks(answer, input).join()}`)
  }
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  expect(found).toEqual([])
  expect(await fingerprint()).toBe(before)
}, 300_000)

/** The gateway has no account: its signature is the proof (capabilities/know/messages). */
test('[X3] who is not signed in gets nothing but the sign-in and the door of the signed gateway', async () => {
  const open = specs.filter((spec) => mayRun(spec, NOBODY)).map((spec) => spec.name).sort()
  expect(open).toEqual(['messages.receipt', 'users.choosePassword', 'users.me', 'users.signIn', 'users.signInCode', 'users.signOut'])
})

test('[X4] only signing in and the signed gateway run with more than the caller\'s own places', () => {
  expect(specs.filter((spec) => spec.scope === 'program').map((spec) => spec.name).sort()).toEqual(['messages.receipt', 'users.choosePassword', 'users.signIn', 'users.signInCode'])
})

test('[X5] every action stands in the permission matrix', () => {
  const path = join(ROOT, 'docs', 'permissions.md')
  const rows = specs.toSorted((a, b) => a.name.localeCompare(b.name)).map((spec) => `| ${spec.name} | ${spec.title.zh} | ${ROLES.map((role) => (mayRun(spec, stranger(role)) ? '●' : '')).join(' | ')} | ${mayRun(spec, NOBODY) ? '●' : ''} |`)
  const page = ['# Who may do what', '', 'Made from the contracts (`SONGBAI_UPDATE=1 npm test -- checks/src/matrix.test.ts`). A dot: the role may, over its own places.', '', `| action | | ${ROLES.join(' | ')} | anyone |`, `|---|---|${ROLES.map(() => '---|').join('')}---|`, ...rows, ''].join('\n')
  if (process.env['SONGBAI_UPDATE']) writeFileSync(path, page)
  expect(readFileSync(path, 'utf8')).toBe(page)
})

import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import type { Cell } from '@songbai/sheets'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { elders } from '../elders/index.ts'
import { syntheticId } from '../elders/people.fixture.ts'
import { imports } from '../imports/index.ts'
import { sheetOf, workbook } from '../imports/lists.fixture.ts'
import { messages } from '../messages/index.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import type { RowView, RunHead, Setup, Tally } from './contract.ts'
import { matching } from './index.ts'
import { memoryOf, type Earlier } from './rules-remembered.ts'
import { SOURCE_LIST } from './rules-sources.ts'
import { decisionsFor, onlyTheirsCode, runNumber, sayCode, sums } from './rules.ts'

let t: TestApp
const clerk = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }] })
const xianyi = testActor(['townshipClerk'], '500229110000', ['500229110'], { grants: [{ role: 'townshipClerk', prefix: '500229110' }] })
const jimo = testActor(['countyClerk'], '370215000000')
const VILLAGE = '咸宜镇青龙村'
let region: string

type Page = RunHead & { sheets: { columns: { field: string | null }[] }[]; suggested: Setup | null; failure: unknown; groups: { kind: string; code: string; open: number; settled: number }[]; settlements: { id: string; decision: string; rows: number; undoneAt: number | null; batchId: string | null }[] }

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders, messages, imports, matching])
  const villages = (await t.must<{ children: { code: string; name: string }[] }>(clerk, 'regions.get', { code: '500229110000' })).children
  region = villages.find((one) => one.name.startsWith('青龙'))!.code
})
afterAll(() => t.close())

const settled = async (): Promise<void> => {
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  await t.app.settle()
}
const get = (runId: string): Promise<Page> => t.must<Page>(clerk, 'matching.get', { runId })
async function upload(rows: Cell[][], source: string, actor = clerk): Promise<string> {
  const file = await t.app.runAs(actor, 'files.upload', (tx) => t.app.files.save(tx, { name: `${source}.xlsx`, mediaType: 'application/octet-stream', kind: 'upload', content: workbook([sheetOf(rows)]) }))
  const { runId } = await t.must<{ runId: string }>(actor, 'matching.inspect', { source, fileId: file.id })
  await settled()
  return runId
}
async function run(rows: Cell[][], source: string, change: Partial<Setup> = {}): Promise<Page> {
  const runId = await upload(rows, source)
  const { suggested } = await get(runId)
  await t.must(clerk, 'matching.start', { runId, setup: { ...suggested, place: '500229110000', listDay: '2026-07-10', ...change } })
  await settled()
  const page = await get(runId)
  expect(page.state, JSON.stringify([page.failure, t.logged.at(-1)])).toBe('done')
  expect(sums(page.tally!), JSON.stringify(page.tally)).not.toBeNull()
  return page
}
const rows = async (runId: string, more: object = {}): Promise<RowView[]> => (await t.must<{ rows: RowView[] }>(clerk, 'matching.rows', { runId, limit: 200, ...more })).rows
const settle = (row: RowView, decision: string, reason = '与村里核对过') => t.must<{ settlementId: string; settled: number; contradicted: number }>(clerk, 'matching.settle', { rowIds: [row.id], decision, reason })
let order = 0
async function elder(name: string, birth: string, more: Record<string, unknown> = {}): Promise<{ id: string; idNumber: string }> {
  order += 10
  const idNumber = syntheticId(birth, order)
  const { id } = await t.must<{ id: string }>(clerk, 'elders.register', { name, birthDay: birth, idNumber, region, source: '村级台账', acceptDuplicate: true, ...more })
  return { id, idNumber }
}
const statusOf = async (id: string) => (await t.must<{ elder: { status: string; statusOn: string | null } }>(clerk, 'elders.get', { id })).elder
/** A sensitive value leaves the server only for a purpose, so the test asks as a clerk does. */
async function factOf(id: string, key: string): Promise<{ source: string; shown: string }> {
  const { facts } = await t.must<{ facts: { id: string; key: string; source: string; validTo: string | null; supersededAt: number | null }[] }>(clerk, 'elders.get', { id })
  const fact = facts.find((one) => one.key === key && one.supersededAt === null && one.validTo === null)!
  return { source: fact.source, shown: (await t.must<{ shown: { zh: string } }>(clerk, 'elders.revealFact', { id, factId: fact.id, purpose: '测试' })).shown.zh }
}

const POLICE: Cell[] = ['姓名', '公民身份号码', '性别', '出生日期', '住址', '死亡日期', '迁出日期']

describe('a list of the police', () => {
  let page: Page
  let dead: { id: string; idNumber: string }
  let same: { id: string; idNumber: string }
  let slip: { id: string; idNumber: string }
  beforeAll(async () => {
    dead = await elder('冉秀兰', '1941-03-02')
    same = await elder('谭光明', '1943-05-12')
    slip = await elder('向桂英', '1944-08-23')
    await elder('罗永福', '1940-02-11')
    page = await run([
      ['2026年户籍老年人口'], POLICE,
      ['冉秀兰', dead.idNumber, '女', '1941-03-02', VILLAGE, '2026-05-20', null],
      ['谭光明', same.idNumber, '男', '1943-05-12', VILLAGE, null, null],
      ['向桂英', slip.idNumber.slice(0, 16) + String((Number(slip.idNumber[16]) + 1) % 10) + slip.idNumber[17], null, '1944-08-23', VILLAGE, null, null],
      ['何世珍', syntheticId('1950-06-06', 444), '女', '1950-06-06', VILLAGE, null, null],
      ['何小军', syntheticId('1990-06-06', 445), '男', '1990-06-06', VILLAGE, null, null],
      ['何世珍', syntheticId('1950-06-06', 444), '女', '1950-06-06', VILLAGE, null, null],
      [null, syntheticId('1951-06-06', 446), null, null, VILLAGE, null, null],
      ['合计', null, '7人'],
    ], 'police')
  })

  test('[M1] [M2] columns are guessed, and every row and person stands in one place', () => {
    expect(page.sheets[0]!.columns.map((one) => one.field)).toEqual(['name', 'idNumber', 'sex', 'birth', 'place', 'death', 'moveOut'])
    expect(page.tally).toMatchObject({ rows: 10, skipped: 3, unreadable: 1, twice: 1, different: 3, agreed: 0, possible: 0, onlyTheirs: 2, ours: 4, linked: 3, onlyOurs: 1, notAsked: 0 } satisfies Partial<Tally>)
    expect(new Set(SOURCE_LIST.map((one) => one.id)).size).toBe(6)
  })

  test('[M3] [M4] [M6] what differs stands side by side with its meaning; numbers stay masked', async () => {
    const all = await rows(page.id, { kind: 'different' })
    const [a, b, c] = all as [RowView, RowView, RowView]
    expect(a.differences).toEqual([expect.objectContaining({ code: 'deadThere', theirs: { zh: '2026-05-20', en: '2026-05-20' }, takes: true })])
    expect(a.theirs!.idMasked).toBe(`${dead.idNumber.slice(0, 4)}************${dead.idNumber.slice(-2)}`)
    expect(b.codes).toEqual(['sex'])
    expect(c.codes).toEqual(['idNumber'])
    expect(c.decisions).not.toContain('theirs')
    expect(JSON.stringify(all)).not.toContain(dead.idNumber)
    expect(page.groups.map((one) => [one.kind, one.code, one.open])).toEqual(expect.arrayContaining([['different', 'deadThere', 1], ['onlyTheirs', 'here60', 1], ['onlyTheirs', 'under60', 1], ['onlyOurs', 'notInList', 1], ['unreadable', 'noName', 1], ['twice', 'twice', 1]]))
  })

  test('[M7] taking a death over is a life event with source and day, and is taken back by its opposite', async () => {
    const [row] = await rows(page.id, { code: 'deadThere' })
    const { settlementId } = await settle(row!, 'theirs', '殡葬也有记录')
    expect(await statusOf(dead.id)).toMatchObject({ status: 'dead', statusOn: '2026-05-20' })
    const { events } = await t.must<{ events: { kind: string; source: string; sourceRef: string }[] }>(clerk, 'elders.get', { id: dead.id })
    expect(events[0]).toMatchObject({ kind: 'death', source: '公安户籍老年人口名单', sourceRef: expect.stringContaining(`${page.number} 第3行`) })
    expect(await t.outcome(clerk, 'matching.settle', { rowIds: [row!.id], decision: 'ours', reason: '再定一次' })).toBe('matching.already-settled')
    expect((await rows(page.id, { code: 'deadThere', states: ['settled'] }))[0]).toMatchObject({ decision: 'theirs', reason: '殡葬也有记录', decidedBy: clerk.name, settlementId })
    await t.must(clerk, 'matching.undo', { settlementId })
    await settled()
    expect(await statusOf(dead.id)).toMatchObject({ status: 'active' })
    expect(await rows(page.id, { code: 'deadThere' })).toHaveLength(1)
    expect(await t.outcome(clerk, 'matching.undo', { settlementId })).toBe('matching.already-undone')
    await settle(row!, 'theirs', '还是对的')
    expect(await statusOf(dead.id)).toMatchObject({ status: 'dead', statusOn: '2026-05-20' })
  })

  test('[M7] a decision that does not fit is refused, and a bulk count that is no longer true', async () => {
    const [own] = await rows(page.id, { kind: 'onlyOurs' })
    expect(own!.ours!.name).toBe('罗永福')
    expect(await t.outcome(clerk, 'matching.settle', { rowIds: [own!.id], decision: 'theirs', reason: '试一试' })).toBe('matching.decision-not-fitting')
    expect(await t.outcome(clerk, 'matching.settleAll', { runId: page.id, kind: 'onlyTheirs', code: 'under60', decision: 'notOurs', reason: '不到年龄', count: 5 })).toBe('matching.count-differs')
    const { settlementId } = await t.must<{ settlementId: string }>(clerk, 'matching.settleAll', { runId: page.id, kind: 'onlyTheirs', code: 'under60', decision: 'notOurs', reason: '不到年龄', count: 1 })
    await settled()
    expect((await get(page.id)).settlements.find((one) => one.id === settlementId)).toMatchObject({ rows: 1, decision: 'notOurs' })
  })

  test('[M10] who is old enough and only in their list goes on as an import somebody looks through', async () => {
    const [row] = await rows(page.id, { code: 'here60' })
    const { settlementId } = await settle(row!, 'register')
    await settled()
    const batchId = (await get(page.id)).settlements.find((one) => one.id === settlementId)!.batchId!
    const batch = await t.must<{ state: string; sheets: { columns: { field: string | null }[]; rows: number }[] }>(clerk, 'imports.get', { batchId })
    expect(batch).toMatchObject({ state: 'inspected' })
    expect(batch.sheets[0]!.columns.map((one) => one.field)).toEqual(['name', 'idNumber', 'sex', 'birth', 'place'])
  })

  test('the village is asked by a case; its answer settles the row', async () => {
    const [row] = await rows(page.id, { kind: 'onlyOurs' })
    await settle(row!, 'village')
    const { rows: cases } = await t.must<{ rows: { id: string; title: { zh: string }; owner: { post: string }; moves: { id: string }[] }[] }>(xianyi, 'work.list', { type: 'matching.ask' })
    expect(cases[0]).toMatchObject({ title: { zh: '罗永福：对方名单里没有，请到村里核实' }, owner: { post: 'villageAssistant' } })
    await t.must(xianyi, 'work.move', { id: cases[0]!.id, move: 'settle', outcome: 'ours', note: '人在家里，户口还在' })
    await settled()
    expect((await rows(page.id, { kind: 'onlyOurs', states: ['settled'] }))[0]).toMatchObject({ decision: 'ours', reason: '村里核实后的答复' })
  })

  test('[M11] [M12] the next list: decisions hold, open questions go on with their first day, what agrees is over, another value asks again', async () => {
    const sexRow = (await rows(page.id, { code: 'sex' }))[0]!
    await settle(sexRow, 'ours', '户口簿看过')
    const first = (await rows(page.id, { code: 'idNumber' }))[0]!
    t.clock.nowMs += 86_400_000
    const next = await run([
      POLICE, ['冉秀兰', dead.idNumber, '女', '1941-03-02', VILLAGE, '2026-05-20', null], ['谭光明', same.idNumber, '男', '1943-05-12', VILLAGE, null, null],
      ['向桂英', slip.idNumber.slice(0, 16) + String((Number(slip.idNumber[16]) + 1) % 10) + slip.idNumber[17], null, '1944-08-23', VILLAGE, null, null], ['何小军', syntheticId('1990-06-06', 445), '男', '1990-06-06', VILLAGE, null, null],
    ], 'police')
    expect(next.tally).toMatchObject({ agreed: 1, different: 2, onlyTheirs: 1, onlyOurs: 1, remembered: 3 })
    expect((await rows(next.id, { code: 'sex', states: ['settled'] }))[0]).toMatchObject({ remembered: true, reason: '户口簿看过' })
    expect((await rows(next.id, { code: 'idNumber' }))[0]).toMatchObject({ state: 'open', firstAskedAt: first.firstAskedAt })
    expect((await rows(page.id, { code: 'idNumber', states: ['carried'] }))).toHaveLength(1)
    const third = await run([POLICE, ['谭光明', same.idNumber, '男', '1943-06-21', VILLAGE, null, null]], 'police')
    expect((await rows(third.id, { kind: 'different' }))[0]).toMatchObject({ state: 'open', codes: ['several', 'birth', 'sex'] })
  })

  test('a township compares a list that names people of other townships; they stand among its own rows', async () => {
    const [elsewhere] = (await t.must<{ children: { name: string }[] }>(clerk, 'regions.get', { code: '500229103000' })).children
    const runId = await upload([['姓名', '身份证号', '住址', '火化日期'], ['向外人', syntheticId('1941-03-02', 777), `庙坝镇${elsewhere!.name}`, '2026-06-01']], 'funeral', xianyi)
    const { suggested } = await t.must<Page>(xianyi, 'matching.get', { runId })
    await t.must(xianyi, 'matching.start', { runId, setup: { ...suggested, listDay: '2026-07-10' } })
    await settled()
    expect(await t.must<Page>(xianyi, 'matching.get', { runId })).toMatchObject({ state: 'done', tally: { onlyTheirs: 1 } })
    expect((await t.must<{ rows: RowView[] }>(xianyi, 'matching.rows', { runId })).rows).toMatchObject([{ codes: ['elsewhere'], region: '500229110000' }])
  })

  test('nobody of another county sees run, rows or file', async () => {
    expect(await t.outcome(jimo, 'matching.get', { runId: page.id })).toBe('matching.not-found')
    expect((await t.must<{ rows: unknown[] }>(jimo, 'matching.rows', { runId: page.id, states: ['open', 'settled'] })).rows).toEqual([])
    expect((await t.must<{ runs: unknown[] }>(jimo, 'matching.list', {})).runs).toEqual([])
    const [row] = await rows(page.id, { states: ['settled', 'open'] })
    expect(await t.outcome(jimo, 'matching.settle', { rowIds: [row!.id], decision: 'seen', reason: '不该成功' })).toBe('matching.row-not-found')
  })

  test('[M14] the village says their list is right and nothing of it can be taken over: the row comes back to a clerk with the answer, and nothing is remembered', async () => {
    const own = await elder('罗永贵', '1939-02-11')
    const lone = await run([POLICE, ['何世珍', syntheticId('1950-06-06', 444), '女', '1950-06-06', VILLAGE, null, null]], 'police')
    const row = (await rows(lone.id, { kind: 'onlyOurs' })).find((one) => one.ours?.id === own.id)!
    await settle(row, 'village')
    const { rows: cases } = await t.must<{ rows: { id: string; title: { zh: string } }[] }>(xianyi, 'work.list', { type: 'matching.ask' })
    await t.must(xianyi, 'work.move', { id: cases.find((one) => one.title.zh.startsWith('罗永贵'))!.id, move: 'settle', outcome: 'theirs', note: '人早就搬走了' })
    await settled()
    expect((await rows(lone.id, { kind: 'onlyOurs' })).find((one) => one.id === row.id)).toMatchObject({ state: 'open', decision: null, reason: '村里答复：对方名单是对的，请照此更正档案' })
    await settle(row, 'ours')
  })
})

describe('facts of other departments', () => {
  test('[M5] a grade that differs becomes a fact of the day of the list, and undo brings the old one back', async () => {
    const one = await elder('文朝珍', '1946-04-04', { facts: [{ key: 'disabilityGrade', value: 3, source: '残联' }] })
    const page = await run([['姓名', '身份证号', '残疾等级'], ['文朝珍', one.idNumber, 1]], 'disabled')
    expect(page.tally).toMatchObject({ different: 1, onlyOurs: 0 })
    expect(page.tally!.notAsked).toBe(page.tally!.ours - 1)
    expect((await rows(page.id))[0]!.differences[0]).toMatchObject({ hidden: true, theirs: { zh: '＊＊' } })
    const [row] = await rows(page.id, { purpose: '核对残疾等级' })
    expect(row!.differences[0]).toMatchObject({ hidden: false, ours: { zh: '3' }, theirs: { zh: '1' } })
    const { looks } = await t.must<{ looks: { what: string; purpose: string | null }[] }>(clerk, 'elders.get', { id: one.id })
    expect(looks).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'fact.disabilityGrade', purpose: '核对残疾等级' })]))
    const { settlementId } = await settle(row!, 'theirs')
    expect(await factOf(one.id, 'disabilityGrade')).toMatchObject({ shown: expect.stringContaining('1'), source: '残联持证残疾人名单' })
    await t.must(clerk, 'matching.undo', { settlementId })
    await settled()
    expect(await factOf(one.id, 'disabilityGrade')).toMatchObject({ shown: expect.stringContaining('3'), source: '残联' })
  })

  test('[M7] a doubt is shown with what speaks for it, and "not one person" is remembered', async () => {
    const one = await elder('覃秀芳', '1947-09-09')
    const list: Cell[][] = [['姓名', '出生日期', '住址', '火化日期'], ['覃秀香', '1947-09-09', VILLAGE, '2026-06-01']]
    const page = await run(list, 'funeral')
    const [row] = await rows(page.id, { kind: 'possible' })
    expect(row).toMatchObject({ ours: { id: one.id }, doubt: { zh: '相像，但还不能断定' } })
    expect(row!.why.some((part) => part.bits > 1)).toBe(true)
    await settle(row!, 'notSame')
    const again = await run(list, 'funeral')
    expect(again.tally).toMatchObject({ possible: 0, onlyTheirs: 1 })
    expect(await statusOf(one.id)).toMatchObject({ status: 'active' })
  })

  test('[M13] a day that cannot be read is asked about, not lost', async () => {
    const one = await elder('牟德政', '1948-01-20')
    const page = await run([['姓名', '身份证号', '火化日期'], ['牟德政', one.idNumber, '去年冬天']], 'funeral')
    expect((await rows(page.id))[0]).toMatchObject({ codes: ['unclear.death'], decisions: expect.not.arrayContaining(['theirs']) })
  })

  test('[M4] dead here and drawing a pension there', async () => {
    const one = await elder('袁登秀', '1939-02-02')
    await t.must(clerk, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-01-05', elderId: one.id, source: '村报', sourceRef: 'cb1' }] })
    const page = await run([['姓名', '身份证号', '月养老金'], ['袁登秀', one.idNumber, '180']], 'social')
    const [row] = await rows(page.id)
    expect(row!.codes).toEqual(['aliveThere'])
    const { settlementId } = await settle(row!, 'theirs')
    expect(await statusOf(one.id)).toMatchObject({ status: 'active' })
    await t.must(clerk, 'matching.undo', { settlementId })
    await settled()
    expect(await statusOf(one.id)).toMatchObject({ status: 'dead', statusOn: '2026-01-05' })
  })

  test('an event that contradicts the register is its own case, and the row says so', async () => {
    const one = await elder('庞正兰', '1942-10-10')
    await t.must(clerk, 'elders.recordEvents', { events: [{ kind: 'seen', onDay: '2026-07-12', elderId: one.id, source: '探访', sourceRef: 'tf1' }] })
    const page = await run([['姓名', '身份证号', '火化日期'], ['庞正兰', one.idNumber, '2026-03-03']], 'funeral')
    expect(await settle((await rows(page.id))[0]!, 'theirs')).toMatchObject({ settled: 1, contradicted: 1 })
    expect(await statusOf(one.id)).toMatchObject({ status: 'active' })
  })
})

test('a file that is no list says so, and a setup that cannot be is refused', async () => {
  const file = await t.app.runAs(clerk, 'files.upload', (tx) => t.app.files.save(tx, { name: 'x.xlsx', mediaType: 'application/octet-stream', kind: 'upload', content: new Uint8Array([1, 2, 3]) }))
  const { runId } = await t.must<{ runId: string }>(clerk, 'matching.inspect', { source: 'police', fileId: file.id })
  await settled()
  expect(await get(runId)).toMatchObject({ state: 'unreadable', failure: { code: expect.stringContaining('sheets.') } })
  const good = await upload([POLICE, ['甲乙丙', null, null, null, null, null, null]], 'police')
  const setup = (await get(good)).suggested!
  expect(await t.outcome(clerk, 'matching.start', { runId: good, setup: { ...setup, choices: setup.choices.map(() => 'skip') } })).toBe('matching.name-column-missing')
  expect(await t.outcome(clerk, 'matching.start', { runId: good, setup: { ...setup, choices: ['name', 'name', 'skip', 'skip', 'skip', 'skip', 'skip'] } })).toBe('matching.field-twice')
  expect(await t.outcome(clerk, 'matching.start', { runId: good, setup: { ...setup, choices: ['name', 'weight', 'skip', 'skip', 'skip', 'skip', 'skip'] } })).toBe('matching.field-unknown')
  expect(await t.outcome(clerk, 'matching.start', { runId: good, setup: { ...setup, choices: ['name', null, 'skip', 'skip', 'skip', 'skip', 'skip'] } })).toBe('matching.columns-undecided')
  expect(await t.outcome(clerk, 'matching.start', { runId: good, setup: { ...setup, place: '370215000000' } })).toBe('matching.place-outside')
  expect(await t.outcome(clerk, 'matching.start', { runId: good, setup: { ...setup, sheet: 4 } })).toBe('matching.sheet-unknown')
})

test('the rows that remain go out as a file', async () => {
  const page = await run([['姓名', '火化日期'], ['庹丰田', '2026-03-03']], 'funeral')
  const { taskId } = await t.must<{ taskId: string }>(clerk, 'matching.export', { runId: page.id, purpose: '问对方' })
  await settled()
  expect((await t.must<{ result: { rows: number; name: string } }>(clerk, 'system.task', { id: taskId })).result).toMatchObject({ rows: 1, name: `比对未定 殡葬 ${page.number}.xlsx` })
})

describe('rules', () => {
  test('[M7] what may be decided follows from the kind', () => {
    expect(decisionsFor('possible', { takes: false, clear: true, code: 'weak' })).toEqual(['same', 'village', 'notSame'])
    expect(decisionsFor('onlyTheirs', { takes: false, clear: true, code: 'under60' })).toEqual(['notOurs'])
    expect(decisionsFor('different', { takes: false, clear: false, code: 'birth' })).toEqual(['ours', 'village', 'notSame'])
  })

  test('[M8] sums that do not hold are not shown as finished', () => {
    const good: Tally = { rows: 6, skipped: 1, unreadable: 0, twice: 0, agreed: 2, different: 1, possible: 1, onlyTheirs: 1, ours: 5, linked: 4, onlyOurs: 1, notAsked: 0, remembered: 0, seconds: 1 }
    expect(sums(good)!.rows.reduce((sum, [, n]) => sum + n, 0)).toBe(6)
    expect(sums({ ...good, agreed: 3 })).toBeNull()
    expect(sums({ ...good, linked: 5 })).toBeNull()
  })

  test('[M9] runs are counted within the day', () => expect(runNumber('2026-07-16', 3)).toBe('BD-2026-0716-03'))

  test('[M10] sixty today counts, tomorrow not', () => {
    expect(onlyTheirsCode('1966-07-16', true, '2026-07-16')).toBe('here60')
    expect(onlyTheirsCode('1966-07-17', true, '2026-07-16')).toBe('under60')
    expect(onlyTheirsCode('1950-01-01', false, '2026-07-16')).toBe('elsewhere')
    expect(onlyTheirsCode('1950-01-01', null, '2026-07-16')).toBe('placeUnknown')
    expect(onlyTheirsCode(null, true, '2026-07-16')).toBe('ageUnknown')
    expect(sayCode('here60').zh).toContain('60')
  })

  test('[M12] a decision about one value is none about another', () => {
    const row: Earlier = { id: '1', kind: 'different', elderId: 'e', person: 'p', value: 'v', decision: 'ours', settlementId: 's', state: 'settled', caseId: null, firstAskedAt: 0 }
    const memory = memoryOf([row])
    expect(memory.decided({ kind: 'different', elderId: 'e', person: 'p', value: 'v' })).toEqual({ settlementId: 's', decision: 'ours' })
    expect(memory.decided({ kind: 'different', elderId: 'e', person: 'p', value: 'w' })).toBeNull()
    expect(memory.decided({ kind: 'different', elderId: 'f', person: 'p', value: 'v' })).toBeNull()
  })
})

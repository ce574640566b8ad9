import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { openWorkbook, type Cell } from '@songbai/sheets'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messySheet } from '../../../engines/sheets/src/testing/messy.ts'
import { allRows, memory } from '../../../engines/sheets/src/testing/build.ts'
import { loadTestResources } from '../../testing.ts'
import { elders } from '../elders/index.ts'
import { syntheticId } from '../elders/people.fixture.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import { imports } from './index.ts'
import { clerkAt, sheetOf, workbook, type BatchPage } from './lists.fixture.ts'
import { equation } from './rules.ts'

let t: TestApp
const clerk = testActor(['countyClerk'])
const xianyi = testActor(['townshipClerk'], '500229110000', ['500229110'])
const bashan = testActor(['townshipClerk'], '500229102000', ['500229102'])
const jimo = testActor(['countyClerk'], '370215000000')
let at: ReturnType<typeof clerkAt>

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders, imports])
  at = clerkAt(t, clerk)
})
afterAll(() => t.close())

const HEAD: Cell[] = ['姓名', '身份证号', '性别', '出生日期', '住址', '类别', '联系电话']
const person = (name: string, birth: string, order: number, more: Partial<Record<'place' | 'kinds' | 'phone', string>> = {}): Cell[] =>
  [name, syntheticId(birth, order), order % 2 === 1 ? '男' : '女', birth, more.place ?? '咸宜镇青龙村3组', more.kinds ?? '低保', more.phone ?? '']
const total = async (): Promise<number> => (await t.must<{ total: number }>(clerk, 'elders.list', { limit: 1 })).total
const holds = (page: BatchPage) => expect(equation(page.counts!), JSON.stringify(page.counts)).not.toBeNull()
const reading = async (batchId: string, row: number) => (await at.problems(batchId, { row, states: ['error', 'question', 'ready', 'dropped', 'skipped', 'repaired'] })).rows[0]!

describe('a list goes in', () => {
  test('[A1] [I8] inspect, dry run, commit, undo: every row is accounted for, people and facts are there, then gone', async () => {
    const before = await total()
    const batchId = await at.upload(workbook([sheetOf([['2026年台账'], HEAD, person('冉启秀', '1945-03-02', 12, { kinds: '低保；独居', phone: '13900000001' }), person('罗光华', '1938-07-15', 13, { kinds: '特困' }), ['合计', null, '2人']])]))
    const seen = await at.get(batchId)
    expect(seen.state).toBe('inspected')
    expect(seen.sheets[0]!.table!.headingRows).toEqual([2])
    expect(seen.sheets[0]!.columns.map((one) => one.field)).toEqual(['name', 'idNumber', 'sex', 'birth', 'place', 'categories', 'phone'])
    const checked = await at.check(batchId)
    expect(checked.counts).toMatchObject({ seen: 5, ready: 2, error: 0, question: 0, skipped: 3, skippedBy: { above_heading: 1, heading: 1, total: 1 } })
    holds(checked)
    expect(await total()).toBe(before)
    const done = await at.commit(batchId)
    expect(done.state).toBe('committed')
    expect(done.counts).toMatchObject({ seen: 5, imported: 2, ready: 0, skipped: 3 })
    holds(done)
    const found = await t.must<{ rows: { id: string; name: string; categories: string[]; place: string }[]; total: number }>(clerk, 'elders.list', { batchId })
    expect(found.rows.map((row) => row.name).sort()).toEqual(['冉启秀', '罗光华'].sort())
    const ran = found.rows.find((row) => row.name === '冉启秀')!
    expect(ran.place).toContain('青龙村')
    expect(ran.categories).toEqual(expect.arrayContaining(['minimumLivingAllowance', 'alone']))
    const page = await t.must<{ elder: { address: string }; facts: { key: string; source: string; sourceRef: string | null; validFrom: string | null }[] }>(clerk, 'elders.get', { id: ran.id })
    expect(page.elder.address).toBe('3组')
    expect(page.facts.find((fact) => fact.key === 'livingArrangement')).toMatchObject({ source: '导入：名单.xlsx', sourceRef: `${done.number} 第3行`, validFrom: '2026-07-16' })
    await t.must(clerk, 'imports.undo', { batchId, reason: '用错了去年的表' })
    await at.settled()
    expect(await at.get(batchId)).toMatchObject({ state: 'undone', undoReason: '用错了去年的表' })
    expect(await total()).toBe(before)
  })

  test('[A2] what the clerk did not decide keeps the batch from going in, but not from a dry run', async () => {
    const batchId = await at.upload(workbook([sheetOf([[...HEAD, '备注2'], [...person('向世发', '1939-07-15', 15), '已发'], [...person('谭朝贵', '1947-08-02', 19), '未发']])]))
    const checked = await at.check(batchId)
    expect(checked.undecided).toEqual(['H'])
    expect(await t.outcome(clerk, 'imports.commit', { batchId, count: 2 })).toBe('imports.columns-undecided')
    const choices = checked.setup!.choices.map((choice) => choice ?? 'skip')
    await at.check(batchId, { choices }, { saveTemplate: true })
    expect(await t.outcome(clerk, 'imports.commit', { batchId, count: 7 })).toBe('imports.count-differs')
    const again = await at.get(await at.upload(workbook([sheetOf([[...HEAD, '备注2'], [...person('向世发', '1939-07-15', 15), '已发']])])))
    expect(again.sheets[0]!.columns.every((one) => one.why === 'template')).toBe(true)
    expect(again.suggested!.choices[7]).toBe('skip')
  })

  test('[A3] a state is changed by its own step only', async () => {
    const batchId = await at.upload(workbook([sheetOf([HEAD, person('陈德芳', '1948-12-19', 22)])]))
    expect(await t.outcome(clerk, 'imports.commit', { batchId, count: 1 })).toBe('imports.wrong-state')
    expect(await t.outcome(clerk, 'imports.undo', { batchId, reason: '试试看' })).toBe('imports.wrong-state')
    expect(await t.outcome(clerk, 'imports.fix', { batchId, row: 2, column: 0, text: 'x' })).toBe('imports.wrong-state')
    const { suggested } = await at.get(batchId)
    expect(await t.outcome(clerk, 'imports.check', { batchId, setup: { ...suggested, choices: suggested!.choices.map(() => 'skip') } })).toBe('imports.name-column-missing')
    expect(await t.outcome(clerk, 'imports.check', { batchId, setup: { ...suggested, choices: ['name', 'name'] } })).toBe('imports.field-twice')
    expect(await t.outcome(clerk, 'imports.check', { batchId, setup: { ...suggested, place: '370215000000' } })).toBe('imports.place-outside')
  })

  test('[A4] nobody elsewhere sees the batch, its rows or its file', async () => {
    const batchId = await at.upload(workbook([sheetOf([HEAD, person('陈德芳', '1948-02-30', 22)])]))
    await at.check(batchId)
    for (const actor of [bashan, jimo]) {
      expect(await t.outcome(actor, 'imports.get', { batchId })).toBe('imports.not-found')
      expect(await t.outcome(actor, 'imports.problems', { batchId })).toBe('imports.not-found')
      expect(await t.outcome(actor, 'imports.undo', { batchId, reason: '不该成功' })).toBe('imports.not-found')
      expect(await t.outcome(actor, 'imports.repaired', { batchId })).toBe('imports.not-found')
      expect((await t.must<{ batches: unknown[] }>(actor, 'imports.list', {})).batches).toEqual([])
    }
  })
})

describe('nothing is lost or guessed', () => {
  test.each([3, 11, 29])('[B1] a messy sheet (seed %i): every row is where the truth says, and what is read is exact', async (seed) => {
    const mess = messySheet(seed, 120)
    const batchId = await at.upload(workbook([{ name: '汇总', rows: mess.rows, merges: mess.merges }]), '台账.xlsx')
    const page = await at.check(batchId, { place: '500229110000' })
    holds(page)
    expect(page.counts!.seen).toBe(mess.rows.length)
    const skipped: Record<string, number> = {}
    for (const { kind } of mess.truth) if (kind !== 'person') skipped[kind] = (skipped[kind] ?? 0) + 1
    expect(page.counts!.skippedBy).toEqual(skipped)
    const out = new Map((await at.problems(batchId)).rows.map((row) => [row.row, row]))
    for (const one of mess.truth) if (one.broken) expect(out.get(one.row), `row ${one.row}`).toBeDefined()
    if (page.counts!.ready === 0) return
    await at.commit(batchId)
    const { rows } = await t.must<{ rows: { name: string; birthDay: string }[] }>(clerk, 'elders.list', { batchId, limit: 500 })
    const expected = mess.truth.filter((one) => one.kind === 'person' && !out.has(one.row)).map((one) => `${one.expected!['name']} ${one.expected!['birth']}`)
    expect(rows.map((row) => `${row.name} ${row.birthDay}`).sort()).toEqual(expected.sort())
    await t.must(clerk, 'imports.undo', { batchId, reason: '测试后撤销' })
    await at.settled()
  })

  test('[B2] wrong check digit, impossible day, lost precision, unknown and foreign places stay out, by row and column', async () => {
    const good = syntheticId('1940-01-01', 31)
    const bad = good.slice(0, 17) + (good[17] === '1' ? '2' : '1')
    const batchId = await at.upload(workbook([sheetOf([HEAD,
      ['甲一', bad, '男', '1940-01-01', '咸宜镇青龙村', '', ''], ['乙一', '', '女', '1946.13.2', '咸宜镇青龙村', '', ''], ['丙一', 990201194003010000, '男', '', '咸宜镇青龙村', '', ''],
      ['丁一', '', '男', '1940-05-05', '咸宜镇青农农村', '', ''], ['戊一', '', '男', '2027-05-05', '咸宜镇青龙村', '', ''], ['己一', '', '男', '1940-05-05', '', '', ''],
      ['庚一', syntheticId('1941-05-05', 33), '男', '1942-05-05', '咸宜镇青龙村', '', '']])]))
    const page = await at.check(batchId)
    expect(page.counts).toMatchObject({ seen: 8, ready: 0, error: 7, skipped: 1 })
    const codes = async (row: number) => (await reading(batchId, row)).findings.filter((one) => one.severity === 'error').map((one) => `${one.column} ${one.code}`)
    expect(await codes(2)).toContain('B sheets.id.check_digit')
    expect((await codes(3))[0]).toMatch(/^D sheets\.day/)
    expect(await codes(4)).toContain('B sheets.id.lost_precision')
    expect(await codes(5)).toContain('E imports.place-unknown')
    expect((await codes(6))[0]).toMatch(/^D /)
    expect(await codes(7)).toContain('E imports.place-missing')
    expect(await codes(8)).toEqual(['D elders.id-birth-differs'])
    expect(await t.outcome(clerk, 'imports.commit', { batchId, count: 1 })).toBe('imports.nothing-to-import')
  })

  test('[I10] a place of registration the tree knows is kept, one it does not know is told and left out', async () => {
    const row = (name: string, registered: string) => [name, '', '女', '1940-05-05', '咸宜镇青龙村', '', '', registered]
    const batchId = await at.upload(workbook([sheetOf([[...HEAD, '户籍地'], row('甲一', '巴山镇'), row('乙二', '某省某县')])]))
    await at.check(batchId)
    expect((await reading(batchId, 3)).findings.map((one) => one.code)).toContain('imports.registered-not-found')
    await at.commit(batchId)
    const { rows } = await t.must<{ rows: { id: string; name: string }[] }>(clerk, 'elders.list', { batchId })
    const page = await t.must<{ elder: { registeredPlace: string | null } }>(clerk, 'elders.get', { id: rows.find((one) => one.name === '甲一')!.id })
    expect(page.elder.registeredPlace).toContain('巴山镇')
  })

  test('[B3] a township clerk cannot bring people of another township in', async () => {
    const here = clerkAt(t, xianyi)
    const batchId = await here.upload(workbook([sheetOf([HEAD, person('冉一', '1940-02-02', 41), person('冉二', '1940-02-03', 42, { place: '巴山镇元坝村' })])]))
    const page = await here.check(batchId)
    expect(page.counts).toMatchObject({ ready: 1, error: 1 })
    expect((await here.problems(batchId)).rows[0]!.findings).toContainEqual(expect.objectContaining({ code: expect.stringMatching(/^imports\.place-(outside|unknown|contradiction)$/), column: 'E' }))
  })

  test('[B4] [I9] the same person twice in the file is asked about at the second row, and so is a like-sounding name', async () => {
    const one = person('李淑芳', '1944-04-04', 52)
    const like = ['李叔芳', '', '女', '1944-04-04', '咸宜镇青龙村3组', '', '']
    const batchId = await at.upload(workbook([sheetOf([HEAD, one, one, like])]))
    const page = await at.check(batchId)
    expect(page.counts).toMatchObject({ ready: 1, question: 2 })
    expect((await reading(batchId, 3)).findings).toContainEqual(expect.objectContaining({ code: 'imports.twice-in-file', args: { row: 2, name: '李淑芳' } }))
    expect(await reading(batchId, 4)).toMatchObject({ decisions: ['new', 'drop'], findings: [expect.objectContaining({ code: 'imports.like-row' })] })
    expect(await t.outcome(clerk, 'imports.answer', { batchId, rows: [3], decision: 'new' })).toBe('imports.answer-not-fitting')
    await t.must(clerk, 'imports.answer', { batchId, rows: [3], decision: 'drop' })
    await t.must(clerk, 'imports.answer', { batchId, rows: [4], decision: 'new' })
    const done = await at.commit(batchId)
    expect(done.counts).toMatchObject({ imported: 2, dropped: 1, question: 0 })
    holds(done)
  })

  test('[B5] somebody in the register: same adds the facts of the list and undo takes them back; dead stays dead', async () => {
    const first = await at.upload(workbook([sheetOf([HEAD, person('周大明', '1942-06-06', 61, { kinds: '低保' }), person('周小明', '1943-06-06', 63)])]))
    await at.check(first)
    await at.commit(first)
    const { rows } = await t.must<{ rows: { id: string; name: string }[] }>(clerk, 'elders.list', { batchId: first })
    const ming = rows.find((row) => row.name === '周大明')!.id
    await t.must(clerk, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-06-30', elderId: rows.find((row) => row.name === '周小明')!.id, source: '公安', sourceRef: 'D-1' }] })
    const batchId = await at.upload(workbook([sheetOf([HEAD, person('周大明', '1942-06-06', 61, { kinds: '独居' }), person('周小明', '1943-06-06', 63)])]))
    const page = await at.check(batchId)
    expect(page.counts).toMatchObject({ ready: 0, question: 2 })
    expect((await reading(batchId, 2)).findings.map((one) => one.code)).toContain('imports.already-here')
    expect((await reading(batchId, 3)).findings.map((one) => one.code)).toContain('imports.dead-in-register')
    expect(await t.must(clerk, 'imports.answer', { batchId, code: 'imports.already-here', decision: 'same' })).toEqual({ changed: 1 })
    const done = await at.commit(batchId)
    expect(done.counts).toMatchObject({ imported: 0, added: 1, question: 1 })
    holds(done)
    const living = async () => (await t.must<{ facts: { key: string; value: unknown; supersededAt: number | null }[] }>(clerk, 'elders.get', { id: ming })).facts.filter((fact) => fact.key === 'livingArrangement' && fact.supersededAt === null).map((fact) => fact.value)
    expect(await living()).toEqual(['alone'])
    await t.must(clerk, 'imports.undo', { batchId, reason: '名单不对' })
    await at.settled()
    expect(await living()).toEqual([])
    expect((await t.must<{ elder: { status: string } }>(clerk, 'elders.get', { id: ming })).elder.status).toBe('active')
  })

  test('[B6] a corrected cell is judged again at once, its first text is kept, and the row goes in as corrected', async () => {
    const good = syntheticId('1936-01-01', 71)
    const batchId = await at.upload(workbook([sheetOf([HEAD, ['吴一', good.slice(0, 17) + (good[17] === '1' ? '2' : '1'), '男', '1936-01-01', '咸宜镇青龙村', '', ''], ['吴二', '', '女', '1937-01-01', '', '', '']])]))
    expect((await at.check(batchId)).counts).toMatchObject({ error: 2, ready: 0 })
    const { row } = await t.must<{ row: { state: string; cells: { column: number; text: string; was: string | null }[] } }>(clerk, 'imports.fix', { batchId, row: 2, column: 1, text: good })
    expect(row.state).toBe('ready')
    expect(row.cells.find((cell) => cell.column === 1)).toMatchObject({ text: good, was: good.slice(0, 17) + (good[17] === '1' ? '2' : '1') })
    expect((await t.must<{ row: { state: string } }>(clerk, 'imports.fix', { batchId, row: 3, column: 4, text: '咸宜镇青龙' })).row.state).toBe('ready')
    const done = await at.commit(batchId)
    expect(done.counts).toMatchObject({ imported: 2, error: 0 })
    expect((await t.must<{ total: number }>(clerk, 'elders.list', { batchId })).total).toBe(2)
  })

  test('[B7] [I7] 同上 and merged cells reach the place, also when the row is corrected alone', async () => {
    const batchId = await at.upload(workbook([sheetOf([HEAD, person('郑一', '1935-01-01', 81), ['郑二', '', '女', '1935-13-01', '同上', '', '']])]))
    expect((await at.check(batchId)).counts).toMatchObject({ ready: 1, error: 1 })
    expect((await t.must<{ row: { state: string } }>(clerk, 'imports.fix', { batchId, row: 3, column: 3, text: '1935-03-01' })).row.state).toBe('ready')
  })

  test('[B8] the repaired copy keeps rows and says what is the matter, in the last columns', async () => {
    const batchId = await at.upload(workbook([sheetOf([['台账'], HEAD, ['王一', '', '男', '1940-05-05', '青农农村', '', ''], person('王二', '1941-05-05', 91)])]))
    await at.check(batchId)
    const { taskId } = await t.must<{ taskId: string }>(clerk, 'imports.repaired', { batchId })
    await at.settled()
    const { result } = await at.task(taskId)
    const file = await t.app.runAs(clerk, 'test', (tx) => t.app.files.open(tx, result['fileId'] as string))
    const rows = await allRows(await openWorkbook(memory(file!.content)))
    expect(rows.map((row) => row.row)).toEqual([1, 2, 3, 4])
    expect(String(rows[2]!.cells[7])).toContain('没有找到“青农农村”这个地方')
    expect(rows[3]!.cells[7] ?? null).toBeNull()
  })
})

describe('the program stays up', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  test.each([
    ['empty text', bytes('   \n'), /sheets\./], ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0]), /^sheets\.wrong_type$/],
    ['a pdf', bytes('%PDF-1.7\n1 0 obj'), /^sheets\.wrong_type$/], ['a cut workbook', workbook([sheetOf([HEAD, person('甲', '1940-01-01', 31)])]).slice(0, 900), /^sheets\./],
    ['a cut xls', workbook([sheetOf([HEAD, person('甲', '1940-01-01', 31)])], 'biff8').slice(0, 1800), /^sheets\./],
  ])('[C1] %s is refused with a code and the next file is taken', async (_what, content, code) => {
    const page = await at.get(await at.upload(content, '坏.xlsx'))
    expect(page.state === 'unreadable' ? page.failure!.code : page.sheets.every((sheet) => sheet.table === null) ? 'sheets.no_heading' : 'read').toMatch(code)
    expect((await at.get(await at.upload(workbook([sheetOf([HEAD, person('甲乙', '1940-01-01', 31)])])))).state).toBe('inspected')
  })

  test('[C2] true .xls, csv in GBK and a html table named .xls are read alike', async () => {
    const lines = [HEAD, person('钱一', '1940-03-03', 131), person('钱二', '1940-03-04', 132)]
    const csv = lines.map((line) => line.join(',')).join('\n')
    const html = `<html><meta charset="utf-8"><table>${lines.map((line) => `<tr>${line.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`
    for (const [name, content] of [['a.xls', workbook([sheetOf(lines)], 'biff8')], ['b.csv', bytes(csv)], ['c.xls', bytes(html)]] as const) {
      expect((await at.check(await at.upload(content, name))).counts, name).toMatchObject({ seen: 3, ready: 2 })
    }
  })

  test('[C3] formulas without result, a summary sheet and a hidden sheet do not become people', async () => {
    const batchId = await at.upload(workbook([sheetOf([['乡镇', '人数'], ['咸宜镇', 12], ['合计', 12]], '汇总'), sheetOf([HEAD, person('孙一', '1940-04-04', 141)])]))
    const page = await at.get(batchId)
    expect(page.sheets.map((sheet) => sheet.looksLike)).toEqual(['totals', 'list'])
    expect(page.suggested!.sheet).toBe(1)
  })
})

describe('stop and go on', () => {
  const many = (n: number): Cell[][] => [HEAD, ...Array.from({ length: n }, (_, i) => person(`${'赵钱孙李周吴郑王冯陈'[i % 10]}${'一二三四五六七八九十'[Math.floor(i / 10) % 10]}${'春夏秋冬东西南北'[Math.floor(i / 100) % 8]}`, `19${30 + (i % 30)}-0${1 + (i % 9)}-1${i % 9}`, 200 + i))]

  test('[D1] a commit that was stopped leaves nobody behind and can be pressed again', async () => {
    const before = await total()
    const batchId = await at.upload(workbook([sheetOf(many(500))]))
    const page = await at.check(batchId)
    const { taskId } = await t.must<{ taskId: string }>(clerk, 'imports.commit', { batchId, count: page.counts!.ready })
    await t.must(clerk, 'system.cancelTask', { id: taskId })
    await at.settled()
    expect(await at.get(batchId)).toMatchObject({ state: 'checked', counts: { imported: 0, ready: page.counts!.ready } })
    expect(await total()).toBe(before)
  })

  test('[D2] a commit broken off in the middle goes on after the last slice and brings nobody twice', async () => {
    const before = await total()
    const batchId = await at.upload(workbook([sheetOf(many(400))]))
    const page = await at.check(batchId)
    // The database goes away after 200 people: whole slices are in, the one under way is not.
    const secrets = t.app.world.secrets as { newSubjectKey: typeof t.app.world.secrets.newSubjectKey }
    const real = secrets.newSubjectKey
    let sealed = 0
    secrets.newSubjectKey = (county) => {
      if (++sealed > 200) throw new Error('connection lost')
      return real(county)
    }
    const broken = await at.commit(batchId).finally(() => { secrets.newSubjectKey = real })
    expect(broken.state).toBe('failed')
    // On a server one slice takes more than 200 people: there the break comes before the first one is in.
    if (t.app.world.database.kind === 'embedded') expect(broken.counts!.imported).toBeGreaterThan(0)
    expect(broken.counts!.imported).toBeLessThan(page.counts!.ready)
    holds(broken)
    const done = await at.commit(batchId)
    expect(done).toMatchObject({ state: 'committed', counts: { imported: page.counts!.ready, ready: 0 } })
    holds(done)
    expect(await total()).toBe(before + page.counts!.ready)
  })
})

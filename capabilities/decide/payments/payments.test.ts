import { afterAll, beforeAll, expect, test } from 'vitest'
import { he, ITEM, openWorld, stranger, town, VILLAGE, zhou, type World } from './payments.fixture.ts'

let w: World
const ids: Record<string, string> = {}
const fenOf = async (id: string, list = 'all') => Object.fromEntries((await w.lines(id, list)).map((line) => [line.name, line.payFen]))
const reconcile = (month: string) => w.t.must<{ equal: boolean; afterDeath: number; sides: { what: string; rowsFen: number; ledgerFen: number }[] }>(zhou, 'payments.reconcile', { month })

beforeAll(async () => {
  w = await openWorld()
  ids['甲'] = await w.drawing('甲八', '1940-05-06')
  ids['乙'] = await w.drawing('乙九', '1930-05-06')
  ids['丙'] = await w.drawing('丙故', '1941-05-06')
  ids['丁'] = await w.register('丁缺', '1942-05-06', [])
  await w.provide(ids['丁'], `benefit.${ITEM}`, '2022-01-01', '2022-01-01')
  ids['戊'] = await w.drawing('戊无', '1943-05-06')
  ids['己'] = await w.drawing('己龄', '1936-06-20')
  for (const who of ['甲', '乙', '丙', '丁', '己']) await w.account(ids[who]!)
  await w.settle()
}, 240_000)
afterAll(() => w.t.close())

let june = ''

test('[Y19] who already draws becomes a payee, once; months before are settled', async () => {
  expect(await w.t.outcome(zhou, 'payments.draft', { month: '2026-06', items: [ITEM] })).toBe('payments.no-grants')
  const { taskId } = await w.t.must<{ taskId: string }>(zhou, 'payments.adopt', { paidThrough: '2026-05' })
  expect(await w.task(taskId)).toEqual({ people: 6, added: 6 })
  const again = await w.t.must<{ taskId: string }>(zhou, 'payments.adopt', { paidThrough: '2026-05' })
  expect(await w.task(again.taskId)).toEqual({ people: 6, added: 0 })
  expect(await w.t.outcome(zhou, 'payments.adopt', { paidThrough: '2026-07' })).toBe('payments.month-ahead')
  const { rows, total } = await w.t.must<{ rows: { name: string; sinceMonth: string; account: { masked: string } | null }[]; total: number }>(town, 'payments.payees', {})
  expect(total).toBe(6)
  expect(rows.find((row) => row.name === '甲八')).toMatchObject({ sinceMonth: '2021-03', account: { masked: expect.stringMatching(/^\*{4} \d{4}$/) } })
  expect((await w.t.must<{ total: number }>(stranger, 'payments.payees', {})).total).toBe(0)
})

test('[Y1] [Y4] a month: the amount of the month, who lacks a fact or an account is held, totals are the sum of their parts', async () => {
  june = await w.draft('2026-06')
  // 2026: 60 yuan from 80, 120 from 90. 己 turned 90 on 20 June, so the higher rate begins in July.
  expect(await fenOf(june)).toEqual({ 甲八: 6000, 乙九: 12000, 丙故: 6000, 丁缺: 0, 戊无: 0, 己龄: 6000 })
  const seen = await w.see(june)
  expect(seen.batch).toMatchObject({ state: 'draft', people: 4, payFen: 30000, held: 2 })
  expect(seen.total).toMatchObject({ people: 4, dueFen: 30000, arrearsFen: 0, payFen: 30000, began: 4 })
  for (const parts of [seen.items, seen.places]) expect(parts.reduce((sum, one) => sum + one.payFen, 0)).toBe(seen.total.payFen)
  expect((await w.lines(june, 'held')).map((line) => [line.name, line.held]).sort()).toEqual([['丁缺', 'unknown'], ['戊无', 'noAccount']])
  expect(await w.t.outcome(zhou, 'payments.draft', { month: '2026-06', items: [ITEM] })).toBe('payments.batch-open')
  expect(await w.t.outcome(zhou, 'payments.draft', { month: '2026-08', items: ['else'] })).toBe('payments.month-ahead')
  expect(await w.t.outcome(stranger, 'payments.batch', { id: june })).toBe('payments.batch-not-found')
})

test('a line names its rule, row, clause and facts', async () => {
  const line = (await w.lines(june)).find((one) => one.name === '乙九')!
  const why = await w.t.must<{ versionId: string; policyVersion: string; ruleRow: string; clauses: unknown[]; facts: unknown[]; parts: unknown[]; sample: boolean }>(zhou, 'payments.line', { id: line.id })
  expect(why).toMatchObject({ ruleRow: 'band90', sample: true, parts: [{ kind: 'month', month: '2026-06', dueFen: 12000, beforeFen: 0, deltaFen: 12000 }] })
  expect(why.versionId).toMatch(/-/)
  expect(why.clauses.length).toBeGreaterThan(0)
  expect(why.facts.length).toBeGreaterThan(0)
})

test('[Y8] nothing passes the check without a budget', async () => {
  expect(await w.t.outcome(zhou, 'payments.check', { id: june })).toBe('payments.findings')
  expect((await w.see(june)).findings).toEqual(expect.arrayContaining([{ code: 'overBudget', severity: 'stop', count: 1 }, { code: 'noAccount', severity: 'look', count: 1 }, { code: 'unknown', severity: 'look', count: 1 }]))
  await w.budget(1_000_000)
  expect(await w.t.outcome(he, 'payments.release', { id: june, people: 4, payFen: 30000 })).toBe('payments.not-checked')
  await w.t.must(zhou, 'payments.check', { id: june })
})

test('[Y7] [Y13] a second person releases what was typed, once, and the ledger has it in the same moment', async () => {
  expect(await w.t.outcome(zhou, 'payments.release', { id: june, people: 4, payFen: 30000 })).toBe('payments.second-person')
  expect(await w.t.outcome(he, 'payments.release', { id: june, people: 5, payFen: 30000 })).toBe('payments.count-differs')
  expect(await w.t.outcome(town, 'payments.release', { id: june, people: 4, payFen: 30000 })).toBe('notAllowed')
  const outcomes = await Promise.all(Array.from({ length: 1000 }, () => w.t.outcome(he, 'payments.release', { id: june, people: 4, payFen: 30000 })))
  expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'payments.released-already']))
  await w.settle()
  expect(await reconcile('2026-07')).toMatchObject({ equal: true, sides: expect.arrayContaining([{ what: 'released', item: ITEM, rowsFen: 30000, ledgerFen: 30000 }, { what: 'payableNow', item: ITEM, rowsFen: 30000, ledgerFen: 30000 }]) })
  expect(await w.t.outcome(zhou, 'payments.drop', { id: june })).toBe('payments.released-already')
  expect(await w.t.outcome(zhou, 'payments.recompute', { id: june })).toBe('payments.released-already')
}, 240_000)

test('[B5] the bank file holds every payee and the control totals, its download is logged with the purpose', async () => {
  expect(await w.t.outcome(zhou, 'payments.readAnswer', { id: june, layout: 'csv-utf8', fileId: june })).toBe('payments.not-exported')
  const { taskId } = await w.t.must<{ taskId: string }>(zhou, 'payments.export', { id: june, layout: 'csv-utf8', purpose: '发放六月高龄津贴' })
  const file = await w.task<{ fileId: string; people: number; payFen: number }>(taskId)
  expect(file).toMatchObject({ people: 4, payFen: 30000 })
  const text = await w.t.app.runAs(zhou, 'test', async (tx) => (await w.t.app.files.open(tx, file.fileId))!.content.toString('utf8'))
  expect(text.split('\r\n')[0]).toContain('户名')
  expect(text).toContain('合计,4,300.00')
  const notes = await w.t.app.runAs(zhou, 'test', (tx) => tx.rows<{ purpose: string }>`select purpose from platform.audit where what = 'bankFile' and purpose is not null`)
  expect(notes.map((one) => one.purpose)).toContain('发放六月高龄津贴')
})

const answerFile = (text: string) => w.t.app.runAs(zhou, 'test', (tx) => w.t.app.files.save(tx, { name: '回盘.csv', mediaType: 'text/csv', kind: 'upload', content: Buffer.from(text) }))

test('[Y14] what the bank sends back is read, settled is sent without returned', async () => {
  const jia = (await w.lines(june)).find((line) => line.name === '甲八')!
  const rows = (await w.lines(june, 'pay')).map((line) => `${line.fileNo},${(line.payFen / 100).toFixed(2)},${line.id === jia.id ? '失败,账号不存在' : '成功,'}`)
  const { id: fileId } = await answerFile(['序号,金额,结果,原因', ...rows, '99,1.00,失败,查无此号'].join('\r\n'))
  const { taskId } = await w.t.must<{ taskId: string }>(zhou, 'payments.readAnswer', { id: june, layout: 'csv-utf8', fileId })
  expect(await w.task(taskId)).toMatchObject({ read: 5, returned: 1, unmatched: [99], odd: [{ line: 1 }] })
  expect(await w.t.outcome(zhou, 'payments.settle', { id: june, returned: 0 })).toBe('payments.count-differs')
  expect(await w.t.must(zhou, 'payments.settle', { id: june, returned: 1 })).toMatchObject({ paid: 3, paidFen: 24000, returned: 1, returnedFen: 6000 })
  expect(await w.t.outcome(zhou, 'payments.settle', { id: june, returned: 1 })).toBe('payments.not-exported')
  expect((await reconcile('2026-07')).equal).toBe(true)
  expect(await w.t.must(town, 'payments.ofElder', { elderId: ids['乙'] })).toMatchObject({ paidFen: 12000 })
})

test('[Y16] returned money is decided once and goes out again with the next batch', async () => {
  const { rows } = await w.t.must<{ rows: { id: string; name: string; reason: string }[] }>(zhou, 'payments.returned', {})
  expect(rows).toMatchObject([{ name: '甲八', reason: '账号不存在' }])
  await w.account(ids['甲']!, '6217000099990001')
  await w.t.must(zhou, 'payments.resolveReturned', { id: rows[0]!.id, how: 'again', note: '已更正账号' })
  expect(await w.t.outcome(zhou, 'payments.resolveReturned', { id: rows[0]!.id, how: 'cancel', note: '又想退回' })).toBe('payments.returned-decided')
})

let july = ''

test('[Y2] [Y6] back pay to the fen, a death inside the month, a rate that changed, an offer that was approved', async () => {
  // Died on 10 May, told on 16 July: May and June were paid too much after the month of the event. Died 5 July: July is still paid.
  await w.t.must(zhou, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-07-05', elderId: ids['乙'], source: '公安', sourceRef: 'd1' }, { kind: 'death', onDay: '2026-05-10', elderId: ids['丙'], source: '公安', sourceRef: 'd2' }] })
  await w.t.must(zhou, 'elders.recordFacts', { id: ids['丁'], facts: [{ key: 'hukou', value: 'local', source: '入户' }] })
  await w.account(ids['戊']!)
  ids['庚'] = await w.register('庚新', '1946-06-20')
  await w.account(ids['庚'])
  await w.settle()
  await w.approve(ids['庚'], '2026-07')
  july = await w.draft('2026-07')
  const lines = Object.fromEntries((await w.lines(july)).map((line) => [line.name, line]))
  expect(lines['甲八']).toMatchObject({ dueFen: 6000, arrearsFen: 0, againFen: 6000, payFen: 12000, change: 'same' })
  expect(lines['乙九']).toMatchObject({ dueFen: 12000, code: 'died', payFen: 12000 })
  expect(lines['丙故']).toMatchObject({ dueFen: 0, overFen: 6000, payFen: 0, stopped: 'gone', change: 'ended' })
  expect(lines['丁缺']).toMatchObject({ dueFen: 6000, arrearsFen: 6000, payFen: 12000 })
  expect(lines['戊无']).toMatchObject({ dueFen: 6000, arrearsFen: 6000, payFen: 12000 })
  expect(lines['己龄']).toMatchObject({ dueFen: 12000, wasFen: 6000, change: 'changed' })
  expect(lines['庚新']).toMatchObject({ dueFen: 6000, arrearsFen: 0, change: 'began' })
  const seen = await w.see(july)
  expect(seen.total).toMatchObject({ people: 6, dueFen: 48000, arrearsFen: 12000, againFen: 6000, overFen: 6000, payFen: 66000, stopped: 1, ended: 1 })
  expect(seen.stops).toEqual([{ reason: 'gone', people: 1 }])
})

test('[Y7] a fact that comes after the draft stops the release until it is worked out again', async () => {
  await w.t.must(zhou, 'payments.check', { id: july })
  await w.t.must(zhou, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-07-12', elderId: ids['戊'], source: '公安', sourceRef: 'd3' }] })
  await w.settle()
  expect((await w.see(july)).batch).toMatchObject({ state: 'draft', stale: 'died' })
  expect(await w.t.outcome(he, 'payments.release', { id: july, people: 6, payFen: 66000 })).toBe('payments.stale')
  expect(await w.t.outcome(zhou, 'payments.check', { id: july })).toBe('payments.stale')
  await w.t.must(zhou, 'payments.recompute', { id: july })
  await w.settle()
  await w.release(july)
  expect((await reconcile('2026-07')).equal).toBe(true)
})

let claim = ''

test('[Y3] [Y20] what was paid after a death is a claim with an owner; the grant has ended', async () => {
  const { rows, leftFen } = await w.t.must<{ rows: { id: string; name: string; months: string[]; leftFen: number }[]; leftFen: number }>(zhou, 'payments.recoups', {})
  expect(rows).toMatchObject([{ name: '丙故', months: ['2026-06'], amountFen: 6000, leftFen: 6000, plan: 'undecided' }])
  expect(leftFen).toBe(6000)
  claim = rows[0]!.id
  const work = await w.t.must<{ rows: { title: { zh: string }; owner: { name: string } }[] }>(zhou, 'work.list', { type: 'payments.recoup' })
  expect(work.rows).toMatchObject([{ title: { zh: '丙故：多发60.00元，请定追回办法' } }])
  expect((await w.t.must<{ rows: { name: string }[] }>(zhou, 'payments.payees', { ended: true })).rows.map((row) => row.name)).toEqual(['丙故'])
  expect((await reconcile('2026-07')).afterDeath).toBe(0)
})

test('[Y10] [Y17] a claim comes back in parts and the rest is given up by two; nothing is lost on the way', async () => {
  expect(await w.t.outcome(zhou, 'payments.planRecoup', { id: claim, plan: 'instalments' })).toBe('payments.plan-incomplete')
  await w.t.must(zhou, 'payments.planRecoup', { id: claim, plan: 'instalments', monthlyFen: 2000 })
  expect(await w.t.outcome(zhou, 'payments.recordRecovery', { id: claim, amountFen: 6001, note: '家属退款' })).toBe('payments.recovery-too-much')
  expect(await w.t.must(zhou, 'payments.recordRecovery', { id: claim, amountFen: 2000, note: '家属退款' })).toMatchObject({ leftFen: 4000 })
  expect(await w.t.outcome(he, 'payments.approveWriteOff', { id: claim, amountFen: 4000 })).toBe('payments.write-off-not-asked')
  await w.t.must(zhou, 'payments.askWriteOff', { id: claim, reason: '家属无力退还，村里已核实' })
  expect(await w.t.outcome(zhou, 'payments.approveWriteOff', { id: claim, amountFen: 4000 })).toBe('payments.second-person')
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => w.t.outcome(he, 'payments.approveWriteOff', { id: claim, amountFen: 4000 })))
  expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1)
  expect(await w.t.outcome(he, 'payments.recordRecovery', { id: claim, amountFen: 1, note: '再退一点' })).toBe('payments.recoup-closed')
  expect(await reconcile('2026-07')).toMatchObject({ equal: true, sides: expect.arrayContaining([{ what: 'recovered', item: ITEM, rowsFen: 2000, ledgerFen: 2000 }, { what: 'writtenOff', item: ITEM, rowsFen: 4000, ledgerFen: 4000 }]) })
  expect((await w.t.must<{ rows: unknown[] }>(zhou, 'work.list', { type: 'payments.recoup', open: true })).rows).toEqual([])
})

test('[Y5] a claim against somebody who is still paid is kept back by the share that was decided', async () => {
  // 庚 turns out not to be registered here since June: nothing was owed, July was paid.
  w.to('2026-08-16')
  await w.t.must(zhou, 'elders.recordFacts', { id: ids['丁'], facts: [{ key: 'hukou', value: 'other', validFrom: '2026-01-01', source: '户籍', reason: '补登' }] })
  await w.t.must(zhou, 'elders.recordFacts', { id: ids['丁'], facts: [{ key: 'hukou', value: 'local', validFrom: '2026-07-01', source: '户籍', reason: '迁回' }] })
  await w.settle()
  const august = await w.draft('2026-08')
  const line = (await w.lines(august)).find((one) => one.name === '丁缺')!
  expect(line).toMatchObject({ dueFen: 6000, overFen: 12000, offsetFen: 0, payFen: 6000 })
  await w.release(august)
  const { rows } = await w.t.must<{ rows: { id: string; name: string; leftFen: number }[] }>(zhou, 'payments.recoups', {})
  const own = rows.find((row) => row.name === '丁缺')!
  await w.t.must(zhou, 'payments.planRecoup', { id: own.id, plan: 'offset', sharePercent: 50 })
  w.to('2026-09-16')
  const september = await w.draft('2026-09')
  expect((await w.lines(september)).find((one) => one.name === '丁缺')).toMatchObject({ dueFen: 6000, offsetFen: 3000, payFen: 3000 })
  expect((await w.lines(september, 'offset')).length).toBe(1)
  await w.release(september)
  expect((await w.t.must<{ rows: { id: string; leftFen: number }[] }>(zhou, 'payments.recoups', {})).rows.find((row) => row.id === own.id)).toMatchObject({ leftFen: 9000 })
  for (const month of ['2026-08', '2026-09']) expect(await reconcile(month)).toMatchObject({ equal: true, afterDeath: 0 })
}, 120_000)

test('[Y12] the public notice masks names and numbers', async () => {
  const notice = await w.t.must<{ rows: { name: string; idMasked: string }[]; people: number }>(zhou, 'payments.notice', { id: june })
  expect(notice.people).toBe(4)
  expect(notice.rows.map((row) => row.name).sort()).toEqual(['丙*', '乙*', '己*', '甲*'])
})

test('[Y15] an account number is shown for a purpose, and logged', async () => {
  const { rows } = await w.t.must<{ rows: { elderId: string; account: { id: string } | null }[] }>(town, 'payments.payees', { elderId: ids['甲'] })
  expect(await w.t.must(town, 'payments.reveal', { accountId: rows[0]!.account!.id, purpose: '核对存折' })).toEqual({ value: '6217000099990001' })
  expect(await w.t.outcome(stranger, 'payments.reveal', { accountId: rows[0]!.account!.id, purpose: '核对存折' })).toBe('payments.account-not-found')
  expect(await w.t.outcome(zhou, 'payments.setAccounts', { accounts: [{ elderId: ids['甲'], bank: '城口农商行', holder: '本人', number: '123' }] })).toBe('payments.account-malformed')
  const [stored] = await w.t.app.runAs(zhou, 'test', (tx) => tx.rows<{ text: string }>`select to_jsonb(a)::text as text from payments.account a where elder_id = ${ids['甲']!} and superseded_at is null`)
  expect(stored!.text).not.toContain('6217000099990001')
  expect(VILLAGE).toMatch(/^\d{12}$/)
})

test('accounts two people share are shown, a claim cannot be changed by hand, a released line neither removed', async () => {
  await w.account(ids['己']!, '6217000099990001')
  expect((await w.t.must<{ total: number }>(zhou, 'payments.payees', { account: 'shared' })).total).toBe(2)
  await expect(w.t.app.runAs(zhou, 'test', (tx) => tx.rows`delete from payments.batch`)).rejects.toThrow(/permission denied/)
})

test('the funnel goes on from approved to paid', async () => {
  const seen = await w.t.must<{ paid: number; approved: number; waiting: number }>(zhou, 'payments.funnel', {})
  expect(seen).toMatchObject({ paid: 0, waiting: 1 })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { he, ITEM, openWorld, zhou, type World } from './payments.fixture.ts'

let w: World
const ids: Record<string, string> = {}
let june = ''

const line = async (batchId: string, who: string) => (await w.lines(batchId)).find((one) => one.elderId === ids[who])
const payee = async (who: string, ended = false) => (await w.t.must<{ rows: { item: string; account: { masked: string } | null }[] }>(zhou, 'payments.payees', { elderId: ids[who], ended })).rows
const reconcile = (month: string) => w.t.must<{ equal: boolean; afterDeath: number }>(zhou, 'payments.reconcile', { month })

/** One answer of the bank: number and amount of each named line, with what the bank says. */
async function answer(batchId: string, rows: readonly (readonly [who: string, code: string, fen?: number])[]) {
  const byElder = new Map((await w.lines(batchId, 'pay')).map((one) => [one.elderId, one]))
  const text = rows.map(([who, code, fen]) => `${byElder.get(ids[who]!)!.fileNo},${((fen ?? byElder.get(ids[who]!)!.payFen) / 100).toFixed(2)},${code},${code}`).join('\r\n')
  const { id: fileId } = await w.t.app.runAs(zhou, 'test', (tx) => w.t.app.files.save(tx, { name: '回盘.csv', mediaType: 'text/csv', kind: 'upload', content: Buffer.from(text) }))
  const { taskId } = await w.t.must<{ taskId: string }>(zhou, 'payments.readAnswer', { id: batchId, layout: 'csv-utf8', fileId })
  return w.task<{ returned: number; late: number; unclear: number[]; unmatched: number[] }>(taskId)
}

async function sendOut(batchId: string): Promise<void> {
  await w.release(batchId)
  await w.task((await w.t.must<{ taskId: string }>(zhou, 'payments.export', { id: batchId, layout: 'csv-utf8', purpose: '发放高龄津贴' })).taskId)
}

beforeAll(async () => {
  w = await openWorld(true)
  for (const [who, birth] of [['停', '1940-05-06'], ['故', '1941-05-06'], ['并', '1942-05-06'], ['退', '1943-05-06'], ['疑', '1944-05-06'], ['晚', '1945-05-06'], ['稳', '1939-05-06']] as const) {
    ids[who] = await w.drawing(`${who}某`, birth)
    await w.account(ids[who])
  }
  await w.task((await w.t.must<{ taskId: string }>(zhou, 'payments.adopt', { paidThrough: '2026-05' })).taskId)
  await w.budget(10_000_000)
  june = await w.draft('2026-06')
  await sendOut(june)
}, 240_000)
afterAll(() => w.t.close())

test('[Y23] answers add up; a line whose amount differs keeps the batch from being settled until the bank has said what it is', async () => {
  expect(await answer(june, [['故', '失败']])).toMatchObject({ returned: 1 })
  expect(await answer(june, [['退', '失败'], ['疑', '失败', 5900]])).toMatchObject({ returned: 1, unclear: [expect.any(Number)] })
  expect(await w.t.outcome(zhou, 'payments.settle', { id: june, returned: 2 })).toBe('payments.answer-unclear')
  expect(await answer(june, [['疑', '成功']])).toMatchObject({ returned: 0 })
  expect(await w.t.must(zhou, 'payments.settle', { id: june, returned: 2 })).toMatchObject({ paid: 5, returned: 2 })
})

test('[Y23] what comes back after the settling is a correction: returned, open to be decided, and in the ledger', async () => {
  expect(await answer(june, [['晚', '失败'], ['退', '失败']])).toMatchObject({ returned: 1, late: 1 })
  expect(await line(june, '晚')).toMatchObject({ outcome: 'returned' })
  const { rows } = await w.t.must<{ rows: { id: string; elderId: string; state: string }[] }>(zhou, 'payments.returned', {})
  expect(rows.map((row) => row.state)).toEqual(['open', 'open', 'open'])
  expect(await answer(june, [['晚', '失败']])).toMatchObject({ returned: 0, late: 0 })
  expect((await reconcile('2026-07')).equal).toBe(true)
  await w.t.must(zhou, 'payments.resolveReturned', { id: rows.find((row) => row.elderId === ids['退'])!.id, how: 'cancel', note: '退回预算' })
})

let july = ''

test('[Y22] what the bank returned is never claimed from who did not receive it; back in the budget it is owed again', async () => {
  w.to('2026-07-16')
  await w.t.must(zhou, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-05-10', elderId: ids['故'], source: '公安', sourceRef: 'd1' }] })
  await w.t.must(zhou, 'elders.recordFacts', { id: ids['停'], facts: [{ key: 'hukou', value: 'other', validFrom: '2026-07-01', source: '户籍' }] })
  ids['留'] = await w.register('并某', '1942-05-06')
  await w.settle()
  const { mergeId } = await w.t.must<{ mergeId: string }>(zhou, 'elders.merge', { keepId: ids['留'], dropId: ids['并'], reason: '同一个人登记了两次' })
  ids['mergeId'] = mergeId
  await w.settle()
  july = await w.draft('2026-07')
  expect(await line(july, '故')).toMatchObject({ overFen: 0, payFen: 0, stopped: 'gone' })
  expect(await line(july, '退')).toMatchObject({ dueFen: 6000, arrearsFen: 6000 })
  expect(await line(july, '晚')).toMatchObject({ dueFen: 6000, arrearsFen: 0, overFen: 0 })
})

test('[Y24] a merge takes grant, account and what was paid along; nothing rightly paid becomes a claim; a split gives them back', async () => {
  expect(await line(july, '并')).toBeUndefined()
  expect(await line(july, '留')).toMatchObject({ dueFen: 6000, arrearsFen: 0, overFen: 0, payFen: 6000, held: null })
  expect(await payee('留')).toMatchObject([{ item: ITEM, account: { masked: expect.any(String) } }])
  await sendOut(july)
  expect((await reconcile('2026-07')).afterDeath).toBe(0)
  await w.t.must(zhou, 'elders.split', { mergeId: ids['mergeId'], reason: '是两个人' })
  await w.settle()
  expect(await payee('留')).toEqual([])
  expect(await payee('并')).toMatchObject([{ item: ITEM, account: { masked: expect.any(String) } }])
})

test('[Y21] a stopped payee approved anew is paid what is missing, not what was paid or settled before', async () => {
  await w.t.must(zhou, 'elders.recordFacts', { id: ids['停'], facts: [{ key: 'hukou', value: 'local', validFrom: '2026-07-01', source: '户籍', reason: '误报' }] })
  await w.settle()
  w.to('2026-08-16')
  await w.approve(ids['停']!, '2025-10')
  expect(await payee('停', true)).toHaveLength(1)
  const august = await w.draft('2026-08')
  expect((await w.lines(august)).filter((one) => one.elderId === ids['停'])).toMatchObject([{ dueFen: 6000, arrearsFen: 6000, overFen: 0, payFen: 12000 }])
  expect(await w.t.outcome(he, 'payments.batch', { id: august })).toBe('ok')
})

import { checkCaseType } from '@songbai/casework'
import { clockActor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { sql } from 'kysely'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { resources, useResources, type Gateway } from '../../resources.ts'
import { loadTestResources } from '../../testing.ts'
import { elders } from '../elders/index.ts'
import { newElderInput, VILLAGE } from '../elders/people.fixture.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import type { MessageRow } from './contract.ts'
import { messages } from './index.ts'
import { hmac, receiptSignature } from './jobs-webhook.ts'
import { recordSaid, sendMessages, withdrawMessages, type ToSend } from './public.ts'
import { VILLAGE_TASK } from './rules-cases.ts'
import { ADAPTERS } from './jobs-channels.ts'
import { isNumber, nextChannel, nextTry, numberOf, quietUntil, readReply, textsOf, USUAL_QUIET, type Template } from './rules.ts'

let t: TestApp
let elderId = ''
let daughterId = ''
const clerk = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }] })
const town = testActor(['townshipClerk'], '500229102000', ['500229102'], { grants: [{ role: 'townshipClerk', prefix: '500229102' }] })
const village = testActor(['villageAssistant'], VILLAGE, [VILLAGE], { grants: [{ role: 'villageAssistant', prefix: VILLAGE }] })
const jimo = testActor(['countyClerk'], '370215000000')
const clock = clockActor('500229')
const SECRET = 'a secret of the gateway'
const PHONE = '13900001111'

const TEMPLATE: Template = {
  id: 'test.offer', asks: true,
  zh: { title: '高龄津贴', short: '{name}，您能领高龄津贴，同意回 1。', letter: ['{name}老人：您能领高龄津贴。', '编号{number}。'] },
  en: { title: 'Allowance', short: '{name}, reply 1.', letter: ['Dear {name}', '{number}'] },
  'mn-Mong': { title: 'ᠲᠤᠰᠠᠯᠠᠮᠵᠢ', short: 'ᠲᠤᠰᠠᠯᠠᠮᠵᠢ', letter: ['ᠲᠤᠰᠠᠯᠠᠮᠵᠢ'], sample: true },
}
let count = 0
const message = (channels: ToSend['channels'], extra: Partial<ToSend> = {}): ToSend => ({ key: `test/${++count}`, to: { kind: 'elder', elderId }, template: TEMPLATE, args: { name: '冉秀兰', number: '0' }, channels, ...extra })
const send = (list: readonly ToSend[]) => t.app.runAs(town, 'test', (tx) => sendMessages(tx, list))
async function run(): Promise<void> {
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  await t.app.settle()
}
/** What the minute brings: due messages are found by the calendar job, not by the sender. */
async function later(minutes: number): Promise<void> {
  t.clock.nowMs += minutes * 60_000
  await t.app.tick(['500229'])
  await run()
}
const get = async (id: string) => (await t.must<{ message: MessageRow; steps: { outcome: string; detail: string | null; channel: string }[] }>(clerk, 'messages.get', { id }))
const stateOf = async (id: string) => { const { message: row } = await get(id); return `${row.channel} ${row.state} ${row.waitsFor ?? '-'}` }
const told = async (type: string) => (await t.app.runAs(clock, 'look', (tx) => tx.rows<{ payload: Record<string, string> }>`select payload from platform.event where type = ${type} order by at, id`)).map((row) => row.payload)

/** A real gateway on this machine: answers by the list given, remembers what it took by key. */
interface Fake { readonly server: Server; readonly url: string; readonly calls: { key: string; body: string; headers: IncomingMessage['headers'] }[]; answers: number[] }
async function gateway(answers: number[], receipts = true): Promise<Fake> {
  const fake: Fake = { calls: [], answers, url: '', server: createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      fake.calls.push({ key: String(request.headers['idempotency-key']), body, headers: request.headers })
      const status = fake.answers.shift() ?? 200
      if (status === 0) request.socket.destroy()
      else response.writeHead(status).end()
    })
  }) }
  await new Promise<void>((done) => void fake.server.listen(0, '127.0.0.1', done))
  connect({ url: `http://127.0.0.1:${(fake.server.address() as AddressInfo).port}/send`, secret: SECRET, receipts })
  return fake
}
const connect = (one: Gateway | null) => useResources({ ...resources(), gateway: one })

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders, messages])
  elderId = (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ birthDay: '1944-03-05', phone: PHONE }))).id
  daughterId = (await t.must<{ id: string }>(clerk, 'elders.saveContact', { elderId, name: '李芳', relation: '女儿', duty: 'supporter', phone: '13900002222' })).id
})
afterEach(() => connect(null))
afterAll(() => t.close())

test('[M1] [M2] a text is filled and fixed; a missing word is a mistake of the sender; Mongolian stands beside the Chinese as a sample', () => {
  expect(textsOf(TEMPLATE, 'zh', { name: '冉', number: 7 })).toMatchObject({ short: '冉，您能领高龄津贴，同意回 1。', letter: ['冉老人：您能领高龄津贴。', '编号7。'], asks: true })
  expect(textsOf(TEMPLATE, 'mn-Mong', { name: '冉', number: 7 })).toMatchObject({ title: '高龄津贴', beside: { sample: true } })
  expect(() => textsOf(TEMPLATE, 'zh', { number: 7 })).toThrow('{name}')
})

test('[M3] a number with one digit heard wrong, or two neighbours changed places, is nobody\'s', () => {
  const number = numberOf(2026, 1234)
  expect(number).toMatch(/^260001234\d$/)
  for (let i = 0; i < number.length; i++) for (let digit = 0; digit < 10; digit++) if (String(digit) !== number[i]) expect(isNumber(number.slice(0, i) + digit + number.slice(i + 1))).toBe(false)
  expect(isNumber(number)).toBe(true)
})

test('[M4] the quiet hours run over midnight and end on the minute', () => {
  const china = (hour: number, minute = 0) => Date.UTC(2026, 6, 16, hour - 8, minute)
  expect(quietUntil(china(20, 59), USUAL_QUIET)).toBeNull()
  expect(quietUntil(china(21), USUAL_QUIET)).toBe(china(32))
  expect(quietUntil(china(7, 59), USUAL_QUIET)).toBe(china(8))
  expect(quietUntil(china(8), USUAL_QUIET)).toBeNull()
  expect(quietUntil(china(12), { from: 720, to: 780 })).toBe(china(13))
})

test('[M5] [M6] [M7] tries grow apart and end; channels follow each other; an answer is read as people type it', () => {
  expect([1, 2, 3, 4, 5].map((n) => nextTry(n, 0)! / 60_000)).toEqual([1, 5, 30, 120, 480])
  expect(nextTry(6, 0)).toBeNull()
  expect(nextChannel({ channels: ['webhook', 'letter'], step: 0 })).toEqual({ step: 1, channel: 'letter' })
  expect(nextChannel({ channels: ['webhook'], step: 0 })).toBeNull()
  expect(['１', '同意。', ' OK', '2', '不用', '给我儿子打电话'].map(readReply)).toEqual(['yes', 'yes', 'yes', 'no', 'no', 'other'])
})

test('a key sends once, somebody out of scope not at all, and nothing happens before the transaction is through', async () => {
  const one = message(['outbox'])
  const [id] = await send([one])
  expect(await send([one])).toEqual([null])
  expect(await t.app.runAs(jimo, 'test', (tx) => sendMessages(tx, [message(['outbox'])]))).toEqual([null])
  expect(await stateOf(id!)).toBe('outbox queued clerk')
  const [sent] = await send([message(['villageTask'])])
  expect(await stateOf(sent!)).toBe('villageTask queued -')
  await run()
  expect(await stateOf(sent!)).toBe('villageTask sent village')
  await t.must(village, 'messages.told', { id: sent, how: 'visit', result: 'told' })
  expect(await t.outcome(jimo, 'messages.get', { id })).toBe('messages.not-found')
})

test('the outbox: told by phone with the answer; not reached goes on to the next channel, and says why', async () => {
  const [yes, no] = await send([message(['outbox', 'letter']), message(['outbox', 'letter'])])
  await run()
  await t.must(town, 'messages.told', { id: yes, how: 'phone', result: 'told', reply: 'yes' })
  expect(await stateOf(yes!)).toBe('outbox answered -')
  expect(await t.outcome(town, 'messages.told', { id: no, how: 'phone', result: 'notReached' })).toBe('messages.not-reached-why')
  await t.must(town, 'messages.told', { id: no, how: 'phone', result: 'notReached', note: '关机' })
  await run()
  expect(await stateOf(no!)).toBe('letter queued print')
  expect((await get(no!)).steps.find((step) => step.outcome === 'failed')!.detail).toBe('notReached 关机')
  expect((await told('messages.Answered')).at(-1)).toMatchObject({ messageId: yes, reply: 'yes', elderId })
  expect(await t.outcome(town, 'messages.told', { id: yes, how: 'phone', result: 'told' })).toBe('messages.ended')
  const [before] = await send([message(['outbox', 'letter'])])
  await t.must(town, 'messages.told', { id: before, how: 'phone', result: 'told' })
  await t.must(town, 'messages.told', { id: before, how: 'phone', result: 'notReached', note: '再打没人接' })
  expect(await stateOf(before!)).toBe('outbox delivered -')
  expect((await get(before!)).steps.at(-1)).toMatchObject({ outcome: 'failed', detail: 'notReached 再打没人接' })
})

test('[M11] one message a channel cannot carry goes on to its next channel, and the others go out', async () => {
  const [good, bad, last] = await send([message(['villageTask']), message(['villageTask', 'letter']), message(['villageTask'])])
  const own = ADAPTERS.villageTask
  const broken = vi.spyOn(ADAPTERS, 'villageTask').mockImplementation(async (tx, list) => {
    if (list.some((one) => one.id === bad)) await tx.rows`select 1 / 0`
    return own(tx, list)
  })
  await run()
  broken.mockRestore()
  expect([await stateOf(good!), await stateOf(last!), await stateOf(bad!)]).toEqual(['villageTask sent village', 'villageTask sent village', 'letter queued print'])
  expect((await get(bad!)).steps.find((step) => step.outcome === 'failed')!.detail).toContain('channelFault')
  for (const id of [good, last]) await t.must(village, 'messages.told', { id, how: 'visit', result: 'told' })
})

test('letters: printed together, sent once on paper, delivered when handed over', async () => {
  const [a, b] = await send([message(['letter']), message(['letter'], { language: 'mn-Mong' })])
  await run()
  const { letters } = await t.must<{ letters: { id: string; number: string; texts: { letter: string[] }; beside: object | null }[] }>(town, 'messages.letters', { ids: [a, b] })
  expect(letters).toHaveLength(2)
  expect(letters.every((one) => isNumber(one.number))).toBe(true)
  expect(letters.filter((one) => one.beside !== null)).toHaveLength(1)
  expect(await t.must(town, 'messages.printed', { ids: [a, b] })).toEqual({ printed: 2 })
  expect(await stateOf(a!)).toBe('letter sent village')
  await t.must(village, 'messages.told', { id: a, how: 'visit', result: 'told' })
  expect(await stateOf(a!)).toBe('letter delivered -')
  expect((await told('messages.Delivered')).filter((one) => one['messageId'] === a)).toHaveLength(1)
})

test('[M8] the village: a case with an owner and a clock; its outcome is the answer', async () => {
  expect(checkCaseType(VILLAGE_TASK).filter((finding) => finding.severity === 'error')).toEqual([])
  const [agreed, away] = await send([message(['villageTask']), message(['villageTask', 'outbox'])])
  await run()
  const { rows } = await t.must<{ rows: { id: string; title: { zh: string }; mine: boolean; evidence: { zh: string } }[] }>(village, 'work.list', { mine: true, type: 'messages.villageTask' })
  expect(rows).toHaveLength(2)
  expect(rows[0]!.title.zh).toBe('上门告诉冉秀兰：高龄津贴')
  const keyOf = async (id: string) => (await t.app.runAs(clock, 'look', (tx) => sql<{ key: string }>`select key from work.case where id = ${id}`.execute(tx.db))).rows[0]!.key
  for (const row of rows) await t.must(village, 'work.move', { id: row.id, move: 'finish', outcome: (await keyOf(row.id)).startsWith(agreed!) ? 'agreed' : 'notReached' })
  await run()
  expect(await stateOf(agreed!)).toBe('villageTask answered -')
  expect(await stateOf(away!)).toBe('outbox queued clerk')
})

test('the screen: shown to whoever holds the post, delivered when seen', async () => {
  const [id] = await send([message(['screen'], { to: { kind: 'post', post: 'villageAssistant', region: VILLAGE } })])
  await run()
  expect((await t.must<{ rows: MessageRow[] }>(village, 'messages.mine')).rows.map((row) => row.id)).toEqual([id])
  expect((await t.must<{ rows: MessageRow[] }>(town, 'messages.mine')).rows).toEqual([])
  expect(await t.outcome(town, 'messages.seen', { id })).toBe('messages.not-found')
  await t.must(village, 'messages.seen', { id })
  expect(await stateOf(id!)).toBe('screen delivered -')
})

test('[M9] the gateway gets one signed call with the number, which is logged and stands nowhere else; a receipt makes it delivered, a reply answered, both once', async () => {
  const fake = await gateway([200])
  const [id, toDaughter] = await send([message(['webhook']), message(['webhook'], { to: { kind: 'contact', elderId, contactId: daughterId } })])
  await run()
  expect(fake.calls.map((call) => (JSON.parse(call.body) as { to: string }).to).sort()).toEqual([PHONE, '13900002222'])
  const call = fake.calls.find((one) => one.key.startsWith(id!))!
  expect(call.headers['x-songbai-signature']).toBe(hmac(SECRET, `${call.headers['x-songbai-time']}.${call.body}`))
  expect(await stateOf(id!)).toBe('webhook sent gateway')
  const logged = await t.app.runAs(clock, 'look', (tx) => tx.rows<{ what: string; purpose: string }>`select what, purpose from platform.audit where subject_id = ${elderId} and purpose = '发送通知' order by what`)
  expect(logged.map((line) => line.what)).toEqual(['contactPhone', 'phone'])
  const everything = await t.app.runAs(clock, 'look', (tx) => tx.rows<{ all: string }>`select (select string_agg(m::text, '') from messages.message m) || (select string_agg(s::text, '') from messages.step s) || (select string_agg(e::text, '') from platform.event e) as all`)
  expect(everything[0]!.all).not.toContain(PHONE)
  const nobody = testActor([], '000000000000', [], { kind: 'anyone' })
  const receipt = (event: 'delivered' | 'reply' | 'failed', text = '', extra: object = {}) => {
    const plain = { key: call.key, county: '500229', event, text, at: t.clock.nowMs, ...extra }
    return { ...plain, signature: receiptSignature(plain, SECRET) }
  }
  expect(await t.outcome(nobody, 'messages.receipt', { ...receipt('delivered'), text: 'forged' })).toBe('messages.signature-wrong')
  expect(await t.outcome(nobody, 'messages.receipt', receipt('delivered', '', { at: t.clock.nowMs - 6 * 60_000 }))).toBe('messages.receipt-old')
  expect(await t.outcome(nobody, 'messages.receipt', receipt('delivered', '', { county: '370215' }))).toBe('messages.not-found')
  for (let i = 0; i < 2; i++) await t.must(nobody, 'messages.receipt', receipt('delivered'))
  expect(await stateOf(id!)).toBe('webhook delivered -')
  for (let i = 0; i < 2; i++) await t.must(nobody, 'messages.receipt', receipt('reply', '１'))
  expect(await stateOf(id!)).toBe('webhook answered -')
  expect((await told('messages.Answered')).filter((one) => one['messageId'] === id)).toEqual([expect.objectContaining({ reply: 'yes', channel: 'webhook' })])
  expect((await told('messages.Delivered')).filter((one) => one['messageId'] === id)).toHaveLength(1)
  fake.server.close()
  connect(null)
  expect(await t.outcome(nobody, 'messages.receipt', receipt('delivered'))).toBe('messages.gateway-off')
  await t.app.runAs(town, 'test', (tx) => withdrawMessages(tx, '500229', [`test/${count}`], 'test'))
  expect(await stateOf(toDaughter!)).toBe('webhook withdrawn -')
  expect(await t.outcome(town, 'messages.retry', { id: toDaughter, channel: 'outbox' })).toBe('messages.ended')
})

test('a gateway that fails is asked again with the same key, later each time, and then the next channel takes over', async () => {
  const fake = await gateway([503, 0, 429, 500, 502, 503])
  const [id] = await send([message(['webhook', 'letter'])])
  await run()
  expect((await get(id!)).message.attempts).toBe(1)
  for (const minutes of [1, 5, 30, 120, 480]) await later(minutes)
  expect(fake.calls).toHaveLength(6)
  expect(new Set(fake.calls.map((call) => call.key)).size).toBe(1)
  expect(await stateOf(id!)).toBe('letter queued print')
  fake.server.close()
})

test('[M10] a refusal, a missing gateway or number and a silent gateway each go on at once; when all channels are used up somebody is told', async () => {
  t.clock.nowMs = Date.UTC(2026, 6, 17, 2)
  const fake = await gateway([400, 200])
  const [refused] = await send([message(['webhook', 'outbox'])])
  await run()
  expect(await stateOf(refused!)).toBe('outbox queued clerk')
  const [silent] = await send([message(['webhook', 'outbox'])])
  await run()
  expect(await stateOf(silent!)).toBe('webhook sent gateway')
  await later(24 * 60)
  expect(await stateOf(silent!)).toBe('outbox queued clerk')
  fake.server.close()
  connect(null)
  const [none, last] = await send([message(['webhook', 'letter']), message(['webhook'])])
  await run()
  expect([await stateOf(none!), await stateOf(last!)]).toEqual(['letter queued print', 'webhook failed -'])
  expect((await told('messages.Failed')).map((one) => one['messageId'])).toContain(last)
  await t.must(town, 'messages.retry', { id: last, channel: 'outbox' })
  await run()
  expect(await stateOf(last!)).toBe('outbox queued clerk')
  expect(await t.outcome(town, 'messages.retry', { id: last, channel: 'screen' })).toBe('messages.channel-cannot')
})

test('no telephone rings in the quiet hours of the county; the message goes when they end', async () => {
  await t.must(clerk, 'messages.saveSettings', { quietFrom: 9 * 60, quietTo: 11 * 60 })
  expect(await t.outcome(clerk, 'messages.saveSettings', { quietFrom: 0, quietTo: 1439 })).toBe('messages.quiet-whole-day')
  t.clock.nowMs = Date.UTC(2026, 6, 19, 2)
  const fake = await gateway([200], false)
  const [id] = await send([message(['webhook'])])
  await run()
  expect(fake.calls).toHaveLength(0)
  expect((await get(id!)).message).toMatchObject({ reason: 'quiet', dueAt: Date.UTC(2026, 6, 19, 3) })
  await later(60)
  expect(await stateOf(id!)).toBe('webhook delivered -')
  fake.server.close()
})

test('a process that dies between the call and its record loses nothing and sends nothing under another key', async () => {
  t.clock.nowMs = Date.UTC(2026, 6, 20, 6)
  const fake = await gateway([200, 200])
  const [id] = await send([message(['webhook'])])
  // As a killed process leaves it: taken, called, never recorded.
  await t.app.settle()
  await t.app.tasks.idle()
  await t.app.runAs(clock, 'kill', (tx) => tx.rows`update messages.message set state = 'queued', sent_at = null, waits_for = 'gateway', due_at = ${new Date(t.clock.nowMs + 120_000)} where id = ${id}`)
  await later(1)
  const before = fake.calls.length
  await later(2)
  expect(fake.calls.length).toBe(before + 1)
  expect(new Set(fake.calls.filter((call) => call.key.startsWith(id!)).map((call) => call.key)).size).toBe(1)
  expect(await stateOf(id!)).toBe('webhook sent gateway')
  fake.server.close()
})

test('what was said already is kept as delivered, with who said it', async () => {
  const id = await t.app.runAs(town, 'test', (tx) => recordSaid(tx, message(['outbox']), 'phone'))
  expect((await get(id!)).message).toMatchObject({ state: 'delivered', toldBy: 'townshipClerk' })
  const counts = await t.must<{ total: number; states: Record<string, number>; waits: Record<string, number> }>(clerk, 'messages.counts')
  expect(Object.values(counts.states).reduce((a, b) => a + b)).toBe(counts.total)
})

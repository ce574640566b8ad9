import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '@songbai/platform/ids'
import { county, clock, fact, jimo, openWorld, otherTown, second, town, village, type World } from './offers.fixture.ts'
import { funnel } from './public.ts'

let w: World
let upload = ''
const of = async (name: string, input: object = {}) => (await w.list(input)).filter((row) => row.elderName === name)
const allowance = async (name: string) => (await of(name, { item: 'age-allowance' })).at(-1)!

beforeAll(async () => {
  w = await openWorld()
  await w.register('冉一', '1944-03-05', [fact('hukou', 'local'), fact('incomeStanding', 'ordinary')], { phone: '13900001111', contacts: [{ name: '李芳', relation: '女儿', duty: 'supporter' }, { name: '王邻', relation: '邻居', duty: 'neighbour' }] })
  await w.register('冉二', '1940-01-01')
  await w.register('冉三', '1946-07-20')
  await w.register('冉四', '1960-01-01')
  await w.minute()
  upload = (await w.t.app.runAs(town, 'upload', (tx) => w.t.app.files.save(tx, { name: '同意书.jpg', mediaType: 'image/jpeg', kind: 'upload', content: Buffer.from('picture') }))).id
}, 300_000)
afterAll(() => w.t.close())

test('who is entitled and draws nothing has one offer for each item the list names, with an owner, a clock and a notice', async () => {
  const due = (await w.t.must<{ rows: { elderId: string; item: string }[] }>(county, 'entitlements.list', { limit: 500 })).rows.map((row) => `${row.elderId} ${row.item}`).sort()
  expect((await w.list()).map((row) => `${row.elderId} ${row.item}`).sort()).toEqual(due)
  expect(due.length).toBeGreaterThan(3)
  const { rows } = await w.t.must<{ rows: { link: string; owner: { name: string }; clock: { dueAt: number | null } }[] }>(town, 'work.list', { mine: true, limit: 500 })
  expect(rows.filter((row) => row.link.startsWith('/offers/'))).toHaveLength(due.length)
  expect(rows.filter((row) => row.owner.name.length < 3 || row.clock.dueAt === null)).toEqual([])
  const notices = (await w.t.must<{ rows: { waitsFor: string }[] }>(town, 'messages.list', { limit: 500, channel: 'outbox' })).rows
  expect(notices.map((row) => row.waitsFor)).toEqual(due.map(() => 'clerk'))
})

test('[O12] looking again, by the minute, the day or the law, opens and ends nothing while nothing changed', async () => {
  const before = JSON.stringify(await w.list())
  for (let i = 0; i < 2; i++) await w.minute()
  await w.t.app.runAs(clock, 'ask', (tx) => tx.rows`update offers.sweep set asked_at = now(), law_key = 'another'`)
  await w.minute()
  const after = (await w.list()).map((row) => ({ ...row }))
  expect(JSON.stringify(after)).toBe(before)
})

test('a look at everybody makes room for the long work of others and goes on by itself', async () => {
  await w.register('冉让', '1945-05-05')
  await w.t.app.settle()
  await w.t.app.tasks.idle()
  await w.t.app.runAs(clock, 'ask', (tx) => tx.rows`delete from offers.pending`)
  await w.t.app.runAs(clock, 'ask', (tx) => tx.rows`update offers.sweep set asked_at = now()`)
  const before = (await w.list()).length
  await w.t.app.runAs(clock, 'both', async (tx) => {
    tx.startTask('offers.find', {})
    tx.startTask('entitlements.export', { standing: ['unknown'], format: 'csv', purpose: '测试' })
  })
  await w.settle()
  const { tasks } = await w.t.must<{ tasks: { kind: string; state: string }[] }>(county, 'system.tasks', { kind: 'entitlements.export' })
  expect(tasks[0]!.state).toBe('done')
  await w.minute()
  expect((await of('冉让')).length).toBeGreaterThan(0)
  expect((await w.list()).length).toBeGreaterThanOrEqual(before)
})

test('the whole way: told on the phone, agreed, checked by the township, approved by another person; the fact and the event say from when', async () => {
  const { id } = await allowance('冉一')
  const page = await w.page(id)
  expect(page.sentences.length).toBeGreaterThan(0)
  expect(page.sentences.length).toBeLessThanOrEqual(3)
  expect(page.script.join('')).toContain('您愿意要吗')
  expect(page.evidence.filter((one) => one.how === 'auto').every((one) => one.held)).toBe(true)
  expect(page.asked).toEqual([])
  await w.t.must(town, 'offers.tell', { id, how: 'phone' })
  expect(await w.t.outcome(town, 'offers.check', { id })).toBe('offers.not-now')
  expect(await w.t.outcome(town, 'offers.consent', { id, kind: 'phone' })).toBe('offers.script-not-read')
  await w.t.must(town, 'offers.consent', { id, kind: 'phone', scriptRead: true })
  expect(await w.t.outcome(county, 'offers.approve', { id })).toBe('offers.not-now')
  expect(await w.t.outcome(village, 'offers.check', { id })).toBe('notAllowed')
  await w.t.must(county, 'offers.check', { id })
  expect(await w.t.outcome(town, 'offers.approve', { id })).toBe('notAllowed')
  expect(await w.t.outcome(county, 'offers.approve', { id })).toBe('offers.second-person')
  expect((await w.page(id)).needsAnother).toBe(true)
  const { fromMonth } = await w.t.must<{ fromMonth: string }>(second, 'offers.approve', { id })
  expect(fromMonth).toBe('2024-04')
  const elderId = page.offer.elderId
  expect(await w.events('offers.OfferApproved')).toEqual([{ offerId: id, elderId, item: 'age-allowance', fromMonth, versionId: expect.stringMatching(/-/) }])
  const x = await w.t.must<{ standing: string; enjoyingSince: string }>(county, 'entitlements.explain', { elderId, item: 'age-allowance' })
  expect(x).toMatchObject({ standing: 'entitledEnjoying', enjoyingSince: '2024-04-01' })
  await w.minute()
  expect((await allowance('冉一')).state).toBe('approved')
  expect((await w.page(id)).steps.map((step) => step.what)).toEqual(['found', 'told', 'consented.phone', 'checked', 'approved'])
  const held = await w.t.must<{ case: { state: string; outcome: { zh: string } } }>(county, 'work.get', { id: page.caseId })
  expect(held.case).toMatchObject({ state: 'done', outcome: { zh: '已批准' } })
})

test('[O14] consent by paper, by voice and by a representative, never before the person was found; a photo that is not there and a neighbour do not count', async () => {
  const { id } = await allowance('冉二')
  expect(await w.t.outcome(town, 'offers.consent', { id, kind: 'paper', fileId: newId(1, (into) => into.fill(3)) })).toBe('offers.file-unknown')
  const contacts = (await w.page((await of('冉一'))[0]!.id)).contacts
  expect(contacts.map((one) => [one.name, one.mayRepresent])).toEqual([['李芳', true], ['王邻', false]])
  const other = (await of('冉一')).find((row) => row.state === 'found')!
  expect(await w.t.outcome(town, 'offers.consent', { id: other.id, kind: 'representative', contactId: contacts[1]!.id })).toBe('offers.not-representative')
  await w.t.must(town, 'offers.consent', { id: other.id, kind: 'representative', contactId: contacts[0]!.id })
  expect((await w.page(other.id)).consent).toMatchObject({ kind: 'representative', contactName: '李芳（女儿）' })
  expect(await w.t.outcome(town, 'offers.consent', { id, kind: 'paper', fileId: upload, on: '2026-07-17' })).toBe('offers.consent-in-future')
  // [O14] Found on 16 July: an earlier day would be back pay for items that start with the month of consent.
  expect(await w.t.outcome(town, 'offers.consent', { id, kind: 'paper', fileId: upload, on: '2025-07-15' })).toBe('offers.consent-too-early')
  expect(await w.t.outcome(town, 'offers.consent', { id, kind: 'paper', fileId: upload, on: '2026-07-15' })).toBe('offers.consent-too-early')
  await w.t.must(town, 'offers.consent', { id, kind: 'paper', fileId: upload, on: '2026-07-16' })
  expect((await w.page(id)).consent).toMatchObject({ kind: 'paper', fileId: upload, on: '2026-07-16' })
})

test('a paper that is not held is asked for before the township may check; one that is held is not taken', async () => {
  const { id } = await allowance('冉二')
  const evidence = (await w.page(id)).evidence
  expect(await w.t.outcome(town, 'offers.addPaper', { id, label: evidence.find((one) => one.how === 'auto')!.text, note: '看过原件' })).toBe('offers.paper-held')
  expect(await w.t.outcome(town, 'offers.addPaper', { id, label: '别的材料' })).toBe('offers.paper-empty')
  await w.t.must(town, 'offers.addPaper', { id, label: '别的材料', fileId: upload })
  expect((await w.page(id)).evidence.find((one) => one.text === '别的材料')!.papers).toHaveLength(1)
})

test('the county sends back with a reason, and refuses with a clause that the item really has', async () => {
  const { id } = await allowance('冉二')
  await w.t.must(town, 'offers.check', { id, note: '户口簿一致' })
  await w.t.must(county, 'offers.sendBack', { id, reason: '户籍再核一次' })
  expect((await w.page(id)).offer.state).toBe('consented')
  expect(await w.t.outcome(county, 'offers.refuse', { id, clause: 'no/such', reason: '户籍不在本县' })).toBe('offers.clause-unknown')
  const clause = (await w.page(id)).clauses[0]!
  await w.t.must(county, 'offers.refuse', { id, clause: clause.id, reason: '户籍不在本县' })
  expect((await w.page(id)).refusal).toEqual({ clause: clause.text.zh, reason: '户籍不在本县' })
  await w.minute()
  expect(await of('冉二', { item: 'age-allowance' })).toHaveLength(1)
})

test('an answer that comes by a message is the consent, and a "no" is asked again after its months with a new notice and a new case', async () => {
  await w.register('冉五', '1941-02-02')
  await w.minute()
  const offer = await allowance('冉五')
  const notice = async () => (await w.t.must<{ rows: { id: string; title: string; state: string }[] }>(town, 'messages.list', { number: offer.number })).rows
  await w.t.must(town, 'messages.told', { id: (await notice())[0]!.id, how: 'phone', result: 'told', reply: 'no' })
  await w.settle()
  expect((await w.page(offer.id)).decline).toEqual({ reason: 'notNow', askAgainOn: '2027-01-16' })
  const before = w.t.clock.nowMs
  w.t.clock.nowMs = Date.UTC(2027, 0, 16, 2)
  await w.minute()
  const again = await w.page(offer.id)
  expect(again).toMatchObject({ offer: { state: 'found', foundOn: '2027-01-16' }, times: 2, decline: null })
  expect(await notice()).toHaveLength(2)
  await w.t.must(town, 'messages.told', { id: (await notice())[0]!.id, how: 'phone', result: 'told', reply: 'yes' })
  await w.settle()
  expect((await w.page(offer.id)).consent).toMatchObject({ kind: 'phone', by: '冉建明' })
  w.t.clock.nowMs = before
})

test('an offer ends by itself when the person dies, and its notice is withdrawn', async () => {
  const id = await w.register('冉六', '1942-03-03')
  await w.minute()
  const offer = await allowance('冉六')
  await w.t.must(town, 'elders.recordEvents', { events: [{ kind: 'death', onDay: '2026-07-16', elderId: id, source: '公安', sourceRef: 'd6' }] })
  await w.settle()
  expect((await w.page(offer.id)).offer).toMatchObject({ state: 'ended', endReason: 'dead' })
  const [notice] = (await w.t.must<{ rows: { state: string }[] }>(town, 'messages.list', { number: offer.number })).rows
  expect(notice!.state).toBe('withdrawn')
  expect((await w.events('offers.OfferEnded')).at(-1)).toMatchObject({ elderId: id, reason: 'dead' })
})

test('an answer withdraws everything that was sent about the offer, by whatever way', async () => {
  await w.register('冉九', '1941-09-09')
  await w.minute()
  const offer = await allowance('冉九')
  await w.t.must(town, 'offers.tell', { id: offer.id, how: 'send', channels: ['letter'] })
  await w.t.must(town, 'offers.decline', { id: offer.id, reason: 'notNow' })
  const { rows } = await w.t.must<{ rows: { state: string }[] }>(town, 'messages.list', { number: offer.number })
  expect(rows.map((row) => row.state)).toEqual(['withdrawn', 'withdrawn'])
})

test('nobody outside the place sees, counts or changes an offer', async () => {
  const { id } = await allowance('冉五')
  for (const actor of [otherTown, jimo]) {
    expect(await w.list({}, actor)).toEqual([])
    expect(await w.t.outcome(actor, 'offers.get', { id })).toBe('offers.not-found')
    expect(await w.t.outcome(actor, 'offers.tell', { id, how: 'phone' })).toBe('offers.not-found')
    expect(await w.t.must(actor, 'offers.funnel', { place: '500229000000' })).toMatchObject({ counts: { found: 0 }, ahead: 0 })
  }
})

test('the funnel sums to its parts, and every number is the length of its list', async () => {
  const seen = await w.t.must<{ counts: Record<string, number>; stages: Record<string, { waiting: number }>; items: { counts: { found: number } }[]; places: { counts: { found: number } }[] }>(county, 'offers.funnel', { place: '500229000000' })
  for (const reached of ['found', 'told', 'consented', 'approved']) expect(await w.list({ reached }), reached).toHaveLength(seen.counts[reached]!)
  for (const stage of ['found', 'told', 'consented', 'checked']) expect(await w.list({ stage }), stage).toHaveLength(seen.stages[stage]!.waiting)
  expect(seen.items.reduce((sum, one) => sum + one.counts.found, 0)).toBe(seen.counts['found'])
  expect(seen.places.reduce((sum, one) => sum + one.counts.found, 0)).toBe(seen.counts['found'])
  expect((await w.t.app.runAs(county, 'below', (tx) => funnel(tx, {}))).counts).toEqual(seen.counts)
})

test('ninety days ahead: by month, with what it will be worth, and the township reminded a month before', async () => {
  const { rows, months } = await w.t.must<{ rows: { elderName: string; onDay: string; amountFen: number; days: number }[]; months: { month: string; count: number }[] }>(county, 'offers.ahead', { item: 'age-allowance' })
  expect(rows).toEqual([expect.objectContaining({ elderName: '冉三', onDay: '2026-07-20', amountFen: 6000, days: 4 })])
  expect(months).toEqual([{ month: '2026-07', count: 1 }])
  const mine = (await w.t.must<{ rows: { short: string }[] }>(town, 'messages.mine')).rows
  expect(mine.some((row) => row.short.includes('冉三') && row.short.includes('2026-07-20'))).toBe(true)
})

test('[O7] whoever wrote a "yes" down in the messages took the consent, and does not approve', async () => {
  await w.register('冉八', '1940-08-08')
  await w.minute()
  const offer = await allowance('冉八')
  const [notice] = (await w.t.must<{ rows: { id: string }[] }>(town, 'messages.list', { number: offer.number })).rows
  await w.t.must(county, 'messages.told', { id: notice!.id, how: 'phone', result: 'told', reply: 'yes' })
  await w.settle()
  await w.t.must(town, 'offers.check', { id: offer.id })
  expect(await w.t.outcome(county, 'offers.approve', { id: offer.id })).toBe('offers.second-person')
  expect(await w.t.outcome(second, 'offers.approve', { id: offer.id })).toBe('ok')
})

test('many at once: the list is counted, each keeps its rules, those who may not are left with the reason', async () => {
  const names = ['冉甲', '冉乙', '冉丙']
  for (const [i, name] of names.entries()) await w.register(name, `1943-01-0${i + 1}`)
  await w.minute()
  const ids: string[] = []
  for (const name of names) {
    const { id } = await allowance(name)
    await w.t.must(town, 'offers.consent', { id, kind: 'visit', scriptRead: true })
    await w.t.must(name === '冉丙' ? second : town, 'offers.check', { id })
    ids.push(id)
  }
  expect(await w.t.outcome(second, 'offers.approveMany', { ids, count: 2 })).toBe('offers.count-differs')
  const { taskId } = await w.t.must<{ taskId: string }>(second, 'offers.approveMany', { ids, count: 3 })
  await w.settle()
  expect(await w.t.must(second, 'system.task', { id: taskId })).toMatchObject({ state: 'done', done: 3, total: 3, result: { approved: 2, left: { 'offers.second-person': 1 } } })
})

test('a county that sends at once goes by its channels; without a gateway the next one takes over', async () => {
  await w.t.must(county, 'offers.saveSettings', { onFinding: 'send', channels: ['webhook', 'letter'] })
  expect(await w.t.outcome(county, 'offers.saveSettings', { onFinding: 'send', channels: ['letter', 'letter'] })).toBe('offers.channel-missing')
  await w.register('冉七', '1939-09-09')
  await w.minute()
  const [row] = (await w.t.must<{ rows: { channel: string; waitsFor: string; reason: string }[] }>(town, 'messages.list', { number: (await allowance('冉七')).number })).rows
  expect(row).toMatchObject({ channel: 'letter', waitsFor: 'print', reason: 'noGateway' })
})

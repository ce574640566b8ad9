import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { operatorActor } from '@songbai/platform/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import { elders } from './index.ts'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, syntheticId, VILLAGE } from './people.fixture.ts'
import { eldersByIds, factHistory, factsOf, findByIdNumbers, insertElders, placesOfDay, prepareContext, prepareElder, readHistory, recordFacts, undoBatch, type PreparedElder } from './public.ts'

let t: TestApp
const DAY = 86_400_000
const clerk = testActor(['countyClerk'])
const town = testActor(['townshipClerk'], '500229102000', ['500229102'])
beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders])
})
afterAll(() => t.close())

const register = async (extra: Record<string, unknown>): Promise<string> => (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ acceptDuplicate: true, ...extra }))).id
const later = async (days: number, work: () => Promise<unknown>): Promise<void> => {
  t.clock.nowMs += days * DAY
  await work()
  t.clock.nowMs -= days * DAY
}

test('[F4] registering writes the particulars as facts, so that any day can be shown again', async () => {
  const id = await register({ name: '何国安', idNumber: syntheticId('1947-02-03', 31), phone: '13600000001', ethnicity: '土家族', address: '1组', registeredRegion: OTHER_TOWNSHIP_VILLAGE })
  const facts = await t.app.runAs(clerk, 'look', async (tx) => (await factsOf(tx, [id])).get(id)!)
  expect(Object.fromEntries([...facts].map(([key, fact]) => [key, fact.value]))).toMatchObject({ name: '何国安', sex: 'male', birth: '1947-02-03', ethnicity: '土家族', address: '1组', usualResidence: VILLAGE, registeredRegion: OTHER_TOWNSHIP_VILLAGE, hukou: 'local', phone: '136 **** 0001' })
  expect(facts.get('idNumber')!.sealed).not.toBeNull()
})

test('[F1][F2] what was known on a day is answered the same before and after later changes, for page, list and counts', async () => {
  const id = await register({ name: '罗庆云', birthDay: '1950-05-05', facts: [{ key: 'livingArrangement', value: 'alone', validFrom: '2026-01-01', source: '入户' }] })
  const then = { at: '2026-07-16', knownOn: '2026-07-16' }
  const look = async () => ({
    page: (await t.must<{ elder: { name: string; birthDay: string; categories: string[]; region: string } }>(clerk, 'elders.get', { id, ...then })).elder,
    list: await t.must(clerk, 'elders.list', { ...then, ids: [id] }),
    counts: await t.must(clerk, 'elders.counts', then),
  })
  const before = await t.must<{ rows: unknown[] }>(clerk, 'elders.list', { ids: [id] })
  await later(2, async () => {
    await t.must(clerk, 'elders.recordFacts', { id, facts: [{ key: 'livingArrangement', value: '与家人同住', validFrom: '2026-03-01', source: '再次入户' }] })
    await t.must(clerk, 'elders.correct', { id, name: '罗庆芸', birthDay: '1946-05-05', reason: '看过户口簿' })
    await t.must(clerk, 'elders.recordEvents', { events: [{ kind: 'moveWithin', elderId: id, onDay: '2026-07-17', toRegion: OTHER_TOWNSHIP_VILLAGE, source: '村', sourceRef: 'f12' }] })
    const first = await look()
    expect(first.page).toMatchObject({ name: '罗庆云', birthDay: '1950-05-05', categories: ['alone', 'specialDifficulty'], region: VILLAGE })
    expect(first.list).toMatchObject({ total: 1, rows: before.rows })
    expect(await look()).toEqual(first)
    expect((await t.must<{ elder: unknown }>(clerk, 'elders.get', { id })).elder).toMatchObject({ name: '罗庆芸', birthDay: '1946-05-05', categories: ['advancedAge', 'specialDifficulty'], region: OTHER_TOWNSHIP_VILLAGE })
    expect((await t.must<{ elder: { categories: string[] } }>(clerk, 'elders.get', { id, at: '2026-02-01' })).elder.categories).toContain('alone')
  })
})

test('[F3] every refusal of a fact', async () => {
  const id = await register({ name: '向前' })
  const record = (fact: Record<string, unknown>) => t.outcome(clerk, 'elders.recordFacts', { id, facts: [{ source: '村', ...fact }] })
  expect(await record({ key: 'noSuch', value: 1 })).toBe('elders.fact-unknown')
  for (const [key, value] of [['livingArrangement', '独自'], ['withoutKin', '是'], ['disabilityGrade', 5], ['disabilityGrade', 1.5], ['pensionFen', -1], ['adaptedOn', '2026-02-30'], ['hukou', 3]] as const) expect(await record({ key, value }), key).toBe('elders.fact-value')
  expect(await record({ key: 'withoutKin', value: true, validFrom: '2026-07-17' })).toBe('elders.fact-future')
  expect(await record({ key: 'withoutKin', value: true, validFrom: '2026-07-01', validTo: '2026-07-01' })).toBe('elders.fact-value')
  for (const key of ['abilityLevel', 'name', 'birth', 'dead', 'idNumber', 'benefit.age-allowance']) expect(await record({ key, value: key === 'abilityLevel' ? 'mild' : '2026-01-01' }), key).toBe('elders.fact-provided-elsewhere')
  expect(await t.outcome(clerk, 'elders.register', newElderInput({ name: '向后', facts: [{ key: 'noSuch', value: 1, source: 'x' }] }))).toBe('elders.fact-unknown')
  expect(await t.outcome(clerk, 'elders.register', newElderInput({ name: '向后', facts: [{ key: 'withoutKin', value: 'ja', source: 'x' }] }))).toBe('elders.fact-value')
  expect(await record({ key: 'withoutKin', value: true, validFrom: '2026-07-01' })).toBe('ok')
})

test('[E2][E6][E7] every refusal of a registration, and nothing is stored', async () => {
  const outcome = (extra: Record<string, unknown>) => t.outcome(town, 'elders.register', newElderInput({ name: '不存', ...extra }))
  const good = syntheticId('1948-08-08', 8)
  const taken = syntheticId('1949-09-09', 9)
  await register({ name: '先到', idNumber: taken })
  const answers = [
    await outcome({ idNumber: '123' }), await outcome({ idNumber: good.slice(0, 17) + (good.at(-1) === '1' ? '2' : '1') }), await outcome({ idNumber: good.replace('19480808', '19480230') }), await outcome({ idNumber: good, birthDay: '1948-08-09' }),
    await outcome({ idNumber: good, sex: 'male' }), await outcome({ birthDay: '2027-01-01' }), await outcome({ birthDay: '1890-01-01' }), await outcome({ region: '500229999999' }), await outcome({ region: OTHER_TOWNSHIP_VILLAGE }), await outcome({ idNumber: taken }), await outcome({ phone: '123' }),
    await outcome({ contacts: [{ name: '子', relation: '子', duty: 'supporter', phone: '9' }] }), await outcome({ residences: [{ kind: 'winterCamp', place: '500229999999' }] }),
  ]
  expect(answers).toEqual(['elders.id-malformed', 'elders.id-checksum', 'elders.id-birth-impossible', 'elders.id-birth-differs', 'elders.id-sex-differs', 'elders.birth-in-future', 'elders.birth-impossible', 'elders.region-unknown', 'elders.region-outside', 'elders.id-taken', 'elders.phone-malformed', 'elders.phone-malformed', 'elders.region-unknown'])
  expect(await t.must(clerk, 'elders.search', { text: '不存' })).toMatchObject({ hits: [] })
})

test('[E7] a corrected ID number replaces the old one everywhere: search, mask, secret, sex and birth', async () => {
  const [wrong, right] = [syntheticId('1944-04-04', 40), syntheticId('1945-04-04', 41)]
  const id = await register({ name: '更正人', idNumber: wrong })
  await t.must(clerk, 'elders.correct', { id, idNumber: right, phone: '13500000001', reason: '抄错了' })
  const hits = async (text: string) => (await t.must<{ hits: { id: string }[] }>(clerk, 'elders.search', { text })).hits.map((hit) => hit.id)
  expect([await hits(wrong), await hits(right), await hits('13500000001')]).toEqual([[], [id], [id]])
  expect((await t.must<{ elder: unknown }>(clerk, 'elders.get', { id })).elder).toMatchObject({ birthDay: '1945-04-04', sex: 'male' })
  expect(await t.must(clerk, 'elders.reveal', { id, field: 'idNumber', purpose: '核对' })).toEqual({ value: right })
  const other = await register({ name: '另一人', birthDay: '1940-01-01' })
  expect(await t.outcome(clerk, 'elders.correct', { id: other, idNumber: right, birthDay: '1945-04-04', reason: '试试' })).toBe('elders.id-taken')
  expect(await t.outcome(clerk, 'elders.correct', { id: other, phone: '1', reason: '试试' })).toBe('elders.phone-malformed')
  await t.must(clerk, 'elders.correct', { id, idNumber: null, phone: null, reason: '证件作废' })
  expect(await t.must(clerk, 'elders.reveal', { id, field: 'idNumber', purpose: '核对' })).toEqual({ value: null })
})

test('[V1] every reveal is logged with its purpose, and the fifty-first of a day is refused', async () => {
  const actor = testActor(['countyClerk'], '500229000000', ['500229'], { name: '好奇的人' })
  const id = await register({ name: '保密人', phone: '13400000001' })
  for (let i = 0; i < 50; i++) expect(await t.must(actor, 'elders.reveal', { id, field: 'phone', purpose: '联系本人' })).toEqual({ value: '13400000001' })
  expect(await t.outcome(actor, 'elders.reveal', { id, field: 'phone', purpose: '联系本人' })).toBe('elders.too-many-reveals')
  await later(1, async () => expect(await t.outcome(actor, 'elders.reveal', { id, field: 'phone', purpose: '联系本人' })).toBe('ok'))
  const page = await t.must<{ looks: { who: string; what: string; purpose: string }[] }>(clerk, 'elders.get', { id })
  expect(page.looks).toContainEqual(expect.objectContaining({ what: 'phone', purpose: '联系本人' }))
})

test('[V2] a sensitive fact leaves the server only for a purpose: not with the page, not in the reasons, and the log names the kind', async () => {
  const id = await register({ name: '隐私人', facts: [{ key: 'disabilityKind', value: 'visual', source: '残联' }, { key: 'disabilityGrade', value: 1, source: '残联' }, { key: 'livingArrangement', value: 'alone', source: '村' }] })
  await t.must(clerk, 'elders.recordFacts', { id, facts: [{ key: 'disabilityKind', value: 'mental', source: '残疾证', reason: '抄错' }] })
  const page = await t.must<{ facts: { id: string; key: string; value: unknown; shown: unknown; sensitive: boolean; variant: number; supersededAt: number | null }[]; looks: { what: string; purpose: string | null }[] }>(clerk, 'elders.get', { id })
  const of = (key: string) => page.facts.filter((fact) => fact.key === key)
  expect(of('disabilityGrade')).toMatchObject([{ value: null, shown: null, sensitive: true }])
  expect(of('livingArrangement')).toMatchObject([{ value: 'alone', shown: { zh: '独居' }, sensitive: false }])
  expect(JSON.stringify(page)).not.toMatch(/视力残疾|精神残疾|"visual"|"mental"/)
  // Two values of one kind: that it was corrected shows, not from what to what.
  expect(new Set(of('disabilityKind').map((fact) => fact.variant)).size).toBe(2)
  const live = of('disabilityKind').find((fact) => fact.supersededAt === null)!
  expect(await t.must(clerk, 'elders.revealFact', { id, factId: live.id, purpose: '安排照护和服务' })).toEqual({ shown: { zh: '精神残疾', en: 'mental' } })
  const looks = (await t.must<{ looks: { what: string; purpose: string | null }[] }>(clerk, 'elders.get', { id })).looks
  expect(looks).toContainEqual(expect.objectContaining({ what: 'fact.disabilityKind', purpose: '安排照护和服务' }))
  expect(await t.outcome(clerk, 'elders.revealFact', { id, factId: of('livingArrangement')[0]!.id, purpose: '看看' })).toBe('elders.not-found')
  expect(await t.outcome(testActor(['countyClerk'], '370215000000', ['370215']), 'elders.revealFact', { id, factId: live.id, purpose: '看看' })).toBe('elders.not-found')
  expect(await t.outcome(testActor(['leader'], '500229000000', ['500229']), 'elders.revealFact', { id, factId: live.id, purpose: '看看' })).not.toBe('ok')
})

test('[V1] two hundred facts a day, then no more', async () => {
  const actor = testActor(['countyClerk'], '500229000000', ['500229'], { name: '很好奇的人' })
  const id = await register({ name: '多看人', facts: [{ key: 'pensionFen', value: 12_300, source: '人社' }] })
  const page = await t.must<{ facts: { id: string; key: string }[] }>(clerk, 'elders.get', { id })
  const factId = page.facts.find((fact) => fact.key === 'pensionFen')!.id
  for (let i = 0; i < 200; i++) expect(await t.must(actor, 'elders.revealFact', { id, factId, purpose: '发放核卡' })).toMatchObject({ shown: { zh: '123 元' } })
  expect(await t.outcome(actor, 'elders.revealFact', { id, factId, purpose: '发放核卡' })).toBe('elders.too-many-reveals')
  expect(await t.outcome(actor, 'elders.reveal', { id, field: 'phone', purpose: '联系本人' })).toBe('ok')
})

test('[F3] the kinds of facts: what a form may record, what waits, whom to ask', async () => {
  const { facts } = await t.must<{ facts: { id: string; recordable: boolean; awaited: boolean; ask: unknown; values: unknown[] }[] }>(clerk, 'elders.dictionary', {})
  const kind = (key: string) => facts.find((fact) => fact.id === key)!
  expect([kind('livingArrangement').recordable, kind('birth').recordable, kind('dead').recordable, kind('abilityLevel').recordable]).toEqual([true, false, false, false])
  expect([kind('abilityLevel').awaited, kind('homeless').awaited, kind('settlement').awaited]).toEqual([true, false, false])
  expect(kind('livingArrangement').values).toContainEqual({ id: 'alone', zh: '独居', en: 'lives alone' })
  for (const { id, recordable } of facts) {
    const elderId = recordable ? null : await register({ name: `不可记${id.length}` })
    if (elderId) expect(await t.outcome(clerk, 'elders.recordFacts', { id: elderId, facts: [{ key: id, value: 1, source: 'x' }] }), id).not.toBe('ok')
  }
})

test('[D2] contacts and dwellings are added, changed and ended; a change keeps a number nobody retyped', async () => {
  const id = await register({ name: '牧民', residences: [{ kind: 'usual', place: VILLAGE }] })
  const { id: contactId } = await t.must<{ id: string }>(clerk, 'elders.saveContact', { elderId: id, name: '女儿', relation: '女儿', duty: 'supporter', phone: '13300000001' })
  const { id: changed } = await t.must<{ id: string }>(clerk, 'elders.saveContact', { elderId: id, contactId, name: '大女儿', relation: '女儿', duty: 'emergency' })
  expect(await t.must(clerk, 'elders.reveal', { id, field: 'contactPhone', contactId: changed, purpose: '联系家人' })).toEqual({ value: '13300000001' })
  expect(await t.outcome(clerk, 'elders.reveal', { id, field: 'contactPhone', contactId, purpose: '联系家人' })).toBe('elders.not-found')
  await t.must(clerk, 'elders.saveResidence', { elderId: id, kind: 'summerCamp', place: OTHER_TOWNSHIP_VILLAGE, seasonFrom: '06-01', seasonTo: '09-15', lon: 121, lat: 45 })
  expect(await t.outcome(clerk, 'elders.saveResidence', { elderId: id, kind: 'other', place: '500229999999' })).toBe('elders.region-unknown')
  expect(await t.outcome(town, 'elders.saveResidence', { elderId: id, kind: 'usual', place: OTHER_TOWNSHIP_VILLAGE })).toBe('elders.region-outside')
  const page = await t.must<{ contacts: { name: string }[]; residences: { kind: string; today: boolean }[] }>(clerk, 'elders.get', { id })
  expect([page.contacts.map((one) => one.name), page.residences.filter((one) => one.today).map((one) => one.kind)]).toEqual([['大女儿'], ['summerCamp']])
  const places = await t.app.runAs(clerk, 'look', async (tx) => [(await placesOfDay(tx, [id])).get(id)!.kind, (await placesOfDay(tx, [id], { at: '2026-01-15' })).get(id)!.kind])
  expect(places).toEqual(['summerCamp', 'usual'])
  await t.must(clerk, 'elders.saveContact', { elderId: id, contactId: changed, name: '大女儿', relation: '女儿', duty: 'emergency', end: true })
  expect((await t.must<{ contacts: unknown[] }>(clerk, 'elders.get', { id })).contacts).toEqual([])
})

const prepared = async (rows: Record<string, unknown>[]): Promise<PreparedElder[]> => t.app.runAs(clerk, 'look', async (tx) => rows.map((row) => {
  const person = prepareElder({ facts: [], contacts: [], residences: [], source: '导入', region: VILLAGE, name: '批', ...row } as never, prepareContext(tx))
  if ('refused' in person) throw new Error(person.refused)
  return person
}))

test('[BATCH] a batch comes in whole but for taken numbers, and is undone without trace in lists while its days stay answerable', async () => {
  const batchId = '01900000-0000-7000-8000-00000000ba7c'
  const number = syntheticId('1940-10-10', 100)
  await register({ name: '已在', idNumber: number })
  const old = await register({ name: '旧人', facts: [{ key: 'livingArrangement', value: 'alone', validFrom: '2025-01-01', source: '旧表' }] })
  const people = await prepared([{ name: '批一', idNumber: syntheticId('1941-10-10', 101) }, { name: '批二', idNumber: number }, ...Array.from({ length: 30 }, (_, i) => ({ name: `批${i + 3}`, birthDay: '1942-10-10' }))])
  const { ids } = await t.app.runAs(clerk, 'import', (tx) => insertElders(tx, people, batchId))
  expect(ids[1]).toBeNull()
  expect(ids.filter((id) => id !== null)).toHaveLength(31)
  await t.app.runAs(clerk, 'import', (tx) => recordFacts(tx, [{ elderId: old, key: 'livingArrangement', value: 'withFamily', validFrom: '2026-01-01', validTo: null, source: '新表', sourceRef: null, reason: null }], batchId))
  expect(await t.must(clerk, 'elders.list', { batchId, limit: 5 })).toMatchObject({ total: 31 })
  expect(await t.app.runAs(clerk, 'look', async (tx) => [...(await findByIdNumbers(tx, [syntheticId('1941-10-10', 101), number])).values()])).toHaveLength(2)
  await later(1, async () => {
    let after: string | null = null
    let slices = 0
    do {
      const slice: { afterId: string | null } = await t.app.runAs(clerk, 'undo', (tx) => undoBatch(tx, batchId, after, 10))
      after = slice.afterId
      slices++
    } while (after !== null)
    expect(slices).toBe(4)
    expect(await t.must(clerk, 'elders.search', { text: '批一' })).toMatchObject({ hits: [] })
    expect(await t.app.runAs(clerk, 'look', async (tx) => (await factsOf(tx, [old])).get(old)!.get('livingArrangement'))).toMatchObject({ value: 'alone', source: '旧表', validFrom: '2025-01-01' })
    expect(await t.must(clerk, 'elders.list', { batchId, at: '2026-07-16', knownOn: '2026-07-16', limit: 5 })).toMatchObject({ total: 31 })
    expect(await t.outcome(clerk, 'elders.register', newElderInput({ name: '批一', idNumber: syntheticId('1941-10-10', 101), acceptDuplicate: true }))).toBe('ok')
  })
})

test('[H] the packed history holds every non-secret interval of a place, slice by slice', async () => {
  const id = await register({ name: '历史人', idNumber: syntheticId('1943-03-03', 60), facts: [{ key: 'withoutKin', value: true, validFrom: '2026-01-01', source: '村' }] })
  await later(1, () => t.must(clerk, 'elders.recordFacts', { id, facts: [{ key: 'withoutKin', value: false, validFrom: '2026-05-01', source: '村' }] }))
  const found: string[] = []
  let [after, seen]: [string | null, number] = [null, 0]
  do {
    const slice = await t.app.runAs(clerk, 'look', (tx) => factHistory(tx, { region: '500229000000', afterId: after, limit: 7 }))
    for (const [elderId, , packed] of slice.elders) {
      seen++
      readHistory(packed, (fact) => void (elderId === id && found.push(`${fact.key} ${String(fact.value)} ${fact.from} ${fact.to} ${fact.recorded} ${fact.superseded}`)))
    }
    after = slice.afterId
  } while (after !== null)
  expect(seen).toBeGreaterThan(30)
  expect(found.filter((line) => line.startsWith('withoutKin')).sort()).toEqual(['withoutKin false 20574 null 20651 null', 'withoutKin true 20454 20574 20651 null', 'withoutKin true 20454 null 20650 20651'])
  expect(found.some((line) => /^(name|idNumber|phone|address) /.test(line))).toBe(false)
})

test('[RLS] public questions answer only for people in scope', async () => {
  const id = await register({ name: '外人', region: OTHER_TOWNSHIP_VILLAGE })
  const answers = await t.app.runAs(town, 'look', async (tx) => [await eldersByIds(tx, [id]), [...(await factsOf(tx, [id])).get(id)!], await recordFacts(tx, [{ elderId: id, key: 'withoutKin', value: true, validFrom: null, validTo: null, source: 'x', sourceRef: null, reason: null }])])
  expect(answers).toEqual([[], [], { recorded: [], superseded: [] }])
  expect(await t.app.runAs(operatorActor('x'), 'look', async (tx) => (await eldersByIds(tx, [id])).length)).toBe(1)
})

test('[C3] at midnight a birthday brings its category by itself, and facts that end take theirs away', async () => {
  const turning = await register({ name: '寿星', birthDay: '1946-07-17' })
  const ending = await register({ name: '到期', birthDay: '1950-01-01', facts: [{ key: 'livingArrangement', value: 'alone', validFrom: '2026-01-01', validTo: '2026-07-17', source: '村' }] })
  const categories = async (id: string) => (await t.must<{ rows: { categories: string[] }[] }>(clerk, 'elders.list', { ids: [id] })).rows[0]!.categories
  expect([await categories(turning), await categories(ending)]).toEqual([[], ['alone', 'specialDifficulty']])
  await later(1, async () => {
    await t.app.tick(['500229'])
    expect([await categories(turning), await categories(ending)]).toEqual([['advancedAge', 'specialDifficulty'], []])
  })
})

test('[REG-02] counts by place make the whole, and each equals the list it opens', async () => {
  const counts = await t.must<{ total: number; inAnyCategory: number; categories: { id: string; count: number }[]; places: { code: string; total: number; inAnyCategory: number }[] }>(clerk, 'elders.counts', {})
  const total = async (filter: Record<string, unknown>) => (await t.must<{ total: number }>(clerk, 'elders.list', { limit: 1, ...filter })).total
  expect(counts.total).toBe(await total({}))
  expect(counts.places.reduce((sum, place) => sum + place.total, 0)).toBe(counts.total)
  for (const place of counts.places.filter((one) => one.total > 0)) expect(await total({ place: place.code })).toBe(place.total)
  for (const { id, count } of counts.categories) expect(await total({ categories: [id] }), id).toBe(count)
  expect(await total({ categories: counts.categories.map((one) => one.id) })).toBe(counts.inAnyCategory)
})

test('[EXPORT] the list leaves as a file with masks, a line who and what for, and no live formula', async () => {
  await register({ name: '=1+1', idNumber: syntheticId('1946-06-01', 90) })
  const { taskId } = await t.must<{ taskId: string }>(clerk, 'elders.export', { format: 'csv', purpose: '春节慰问' })
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  const task = await t.must<{ state: string; result: { fileId: string; rows: number } }>(clerk, 'system.task', { id: taskId })
  expect(task.state).toBe('done')
  const text = await t.app.runAs(clerk, 'open', async (tx) => (await t.app.files.open(tx, task.result.fileId))!.content.toString('utf8'))
  expect(task.result.rows).toBe((await t.must<{ total: number }>(clerk, 'elders.list', {})).total)
  expect(text).toContain(`"'=1+1"`)
  expect(text).toContain('用途：春节慰问')
  expect(text).not.toContain(syntheticId('1946-06-01', 90))
})

import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clockActor } from '@songbai/platform/server'
import { elders } from '../../know/elders/index.ts'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, VILLAGE } from '../../know/elders/people.fixture.ts'
import { regions } from '../../know/regions/index.ts'
import { recordFacts as recordHere } from '../../know/elders/public.ts'
import { loadTestResources } from '../../testing.ts'
import { policies } from '../policies/index.ts'
import { entitlements } from './index.ts'
import { dayNumber, dayOf } from '@songbai/calendar'
import { evaluatePerson } from '@songbai/policy'
import { policySetFor } from '../policies/public.ts'
import { STANDINGS, type Explanation, type ResultRow, type Standing } from './contract.ts'

type Counts = Record<Standing, number>
interface Summary { people: number; tookMs: number; persons: Counts; items: { id: string; counts: Counts; sample: boolean }[]; places: { code: string; people: number; counts: Counts }[] }
interface List { rows: ResultRow[]; total: number; people: number; next: string | null }
interface Person { items: Explanation[]; counts: Counts; tookMs: number }

let t: TestApp
const clerk = testActor(['countyClerk'])
const town = testActor(['townshipClerk'], '500229102000', ['500229102'])
const otherTown = testActor(['townshipClerk'], '500229103000', ['500229103'])
const jimo = testActor(['countyClerk'], '370215000000')
const clock = clockActor('500229')
const fact = (key: string, value: unknown, validFrom: string | null = null) => ({ key, value, validFrom, source: '入户' })
const summary = (actor = clerk, input: object = {}) => t.must<Summary>(actor, 'entitlements.summary', input)
const itemOf = async (item: string, actor = clerk, input: object = {}) => (await summary(actor, input)).items.find((one) => one.id === item)!.counts
const register = async (name: string, birthDay: string | undefined, facts: object[], region = VILLAGE) => (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name, birthDay, facts, region, acceptDuplicate: true }))).id
/** Facts of other capabilities come through the registry's door for them. */
const provide = (elderId: string, key: string, value: unknown, validFrom: string | null = null) =>
  t.app.runAs(clock, 'test', (tx) => recordHere(tx, [{ elderId, key, value, validFrom, validTo: null, source: '发放名册', sourceRef: null, reason: null }]))
const ids: Record<string, string> = {}

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, elders, policies, entitlements])
  await t.must(clock, 'policies.loadPacks')
  ids.eighty = await register('冉一', '1944-03-05', [fact('hukou', 'local'), fact('incomeStanding', 'ordinary')])
  ids.soon = await register('冉二', '1946-08-20', [fact('hukou', 'local'), fact('incomeStanding', 'minimumLivingAllowance')])
  ids.open = await register('冉三', '1940-01-01', [])
  ids.young = await register('冉四', '1960-01-01', [fact('hukou', 'local')], OTHER_TOWNSHIP_VILLAGE)
  ids.dead = await register('冉五', '1938-05-06', [fact('hukou', 'local')])
  await provide(ids.dead!, 'benefit.age-allowance', '2020-01-01', '2020-01-01')
  await provide(ids.dead!, 'dead', '2026-05-01', '2026-05-01')
})
afterAll(() => t.close())

test('[E1] [E2] the dead are not counted, and one still paid is drawing without right; parts sum to the whole', async () => {
  const seen = await summary()
  expect(seen.people).toBe(4)
  const counts = seen.items.find((one) => one.id === 'age-allowance')!.counts
  expect(counts).toEqual({ entitledEnjoying: 0, entitledNotEnjoying: 1, enjoyingNotEntitled: 1, unknown: 1, notYet: 1, no: 1 })
  for (const one of seen.items) expect(Object.values(one.counts).reduce((a, b) => a + b), one.id).toBeGreaterThanOrEqual(seen.people)
  const before = await itemOf('age-allowance', clerk, { at: '2026-04-30' })
  expect(before).toMatchObject({ entitledEnjoying: 1, enjoyingNotEntitled: 0 })
})

test('[E3] places sum to items, and everybody is counted once for a standing', async () => {
  const seen = await summary()
  for (const standing of ['entitledNotEnjoying', 'unknown', 'no'] as const) {
    expect(seen.places.reduce((sum, one) => sum + one.counts[standing], 0), standing).toBe(seen.items.reduce((sum, one) => sum + one.counts[standing], 0))
    expect(seen.persons[standing]).toBeLessThanOrEqual(seen.people)
  }
  expect(seen.places.reduce((sum, one) => sum + one.people, 0)).toBe(seen.people)
})

test('[E4] the list has exactly the people counted, in pages without gap or repeat', async () => {
  const seen = new Set<string>()
  let after: string | undefined
  let total = 0
  do {
    const page: List = await t.must(clerk, 'entitlements.list', { standing: ['no', 'unknown'], limit: 7, ...(after ? { after } : {}) })
    total = page.total
    for (const row of page.rows) seen.add(`${row.elderId} ${row.item}`)
    after = page.next ?? undefined
  } while (after)
  expect(seen.size).toBe(total)
  const { items } = await summary()
  expect(total).toBe(items.reduce((sum, one) => sum + one.counts.no + one.counts.unknown, 0))
})

test('[E5] who turns eighty within ninety days is not yet entitled, with the day; the day itself says yes', async () => {
  const row = (await t.must<List>(clerk, 'entitlements.list', { item: 'age-allowance', standing: ['notYet'] })).rows[0]!
  expect(row).toMatchObject({ elderId: ids.soon, turnsOn: '2026-08-20', standing: 'notYet' })
  expect(await itemOf('age-allowance', clerk, { at: '2026-08-20' })).toMatchObject({ entitledNotEnjoying: 2, notYet: 0 })
  expect(await itemOf('age-allowance', clerk, { at: '2026-08-19' })).toMatchObject({ entitledNotEnjoying: 1, notYet: 1 })
})

test('[E6] an open answer names the missing fact and whom to ask; the fact filters the list', async () => {
  const { facts } = await t.must<{ facts: { fact: string; people: number; ask: { zh: string } | null }[] }>(clerk, 'entitlements.missing', { item: 'age-allowance' })
  expect(facts).toEqual([expect.objectContaining({ fact: 'hukou', people: 1, ask: expect.objectContaining({ zh: expect.stringContaining('户口簿') }) })])
  const list = await t.must<List>(clerk, 'entitlements.list', { standing: ['unknown'], missingFact: 'hukou', item: 'age-allowance' })
  expect(list.rows.map((row) => [row.elderId, row.missing.map((one) => one.fact)])).toEqual([[ids.open, ['hukou']]])
})

test('[X1] [X2] [X3] [X4] [X5] one person: the same standings as the list, conditions with value and source, clause, nearest change', async () => {
  const person = await t.must<Person>(clerk, 'entitlements.person', { elderId: ids.young })
  for (const item of person.items) {
    const list = await t.must<List>(clerk, 'entitlements.list', { item: item.item.id, standing: [item.standing], limit: 500 })
    expect(list.rows.map((row) => row.elderId), item.item.id).toContain(ids.young)
  }
  const allowance = person.items.find((one) => one.item.id === 'age-allowance')!
  expect(allowance).toMatchObject({ verdict: 'no', standing: 'no', item: { sample: true } })
  expect(allowance.conditions.map((one) => one.verdict)).toContain('no')
  expect(allowance.conditions.find((one) => one.fact === 'hukou')).toMatchObject({ verdict: 'yes', source: { zh: '入户' } })
  expect(allowance.nearest[0]!.text.zh).toContain('80')
  expect(allowance.clauses[0]!.text.zh).not.toBe('')
  expect(allowance.sentences.length).toBeLessThanOrEqual(3)
  expect(allowance.evidence.length).toBeGreaterThan(0)
  const dead = await t.must<Explanation>(clerk, 'entitlements.explain', { elderId: ids.dead, item: 'age-allowance' })
  expect(dead).toMatchObject({ standing: 'enjoyingNotEntitled', verdict: 'no', enjoyingSince: '2020-01-01' })
  expect(dead.sentences[0]!.zh).toContain('2026-05-01')
})

test('[S1] a fact just recorded is in the next answer, before any listener ran', async () => {
  const id = await register('冉六', '1941-01-01', [])
  expect(await itemOf('age-allowance')).toMatchObject({ unknown: 2, entitledNotEnjoying: 1 })
  await t.must(clerk, 'elders.recordFacts', { id, facts: [fact('hukou', 'local')] })
  expect(await itemOf('age-allowance')).toMatchObject({ unknown: 1, entitledNotEnjoying: 2 })
  expect((await t.must<Person>(clerk, 'entitlements.person', { elderId: id })).tookMs).toBeLessThan(1000)
  await t.app.settle()
  expect(await itemOf('age-allowance')).toMatchObject({ unknown: 1, entitledNotEnjoying: 2 })
})

test('[S2] nobody is counted, listed or explained outside the place', async () => {
  expect((await summary(town)).people).toBe(4)
  expect((await summary(otherTown)).people).toBe(1)
  expect((await summary(otherTown, { place: '500229102000' })).people).toBe(0)
  expect((await summary(jimo)).people).toBe(0)
  expect((await summary(jimo, { place: '500229000000' })).people).toBe(0)
  const standing = ['entitledEnjoying', 'entitledNotEnjoying', 'enjoyingNotEntitled', 'unknown', 'notYet', 'no']
  const rows = (await t.must<List>(otherTown, 'entitlements.list', { standing, limit: 500 })).rows
  expect(new Set(rows.map((row) => row.elderId))).toEqual(new Set([ids.young]))
  expect((await t.must<List>(jimo, 'entitlements.list', { standing })).total).toBe(0)
  expect(await t.outcome(otherTown, 'entitlements.person', { elderId: ids.eighty })).toBe('entitlements.elder-not-found')
  expect(await t.outcome(jimo, 'entitlements.explain', { elderId: ids.eighty, item: 'age-allowance' })).toBe('entitlements.elder-not-found')
  expect((await t.must<{ facts: unknown[] }>(jimo, 'entitlements.missing')).facts).toEqual([])
})

test('[S3] as known on an earlier day nothing recorded since is seen', async () => {
  expect((await summary(clerk, { knownOn: '2026-07-15' })).people).toBe(0)
  expect((await summary(clerk, { knownOn: '2026-07-16' })).people).toBe(5)
})

test('[E7] columns and the slow reader agree on every item of random people with random facts, on several days', async () => {
  const levels = ['intact', 'mild', 'moderate', 'severe', 'total']
  const incomes = ['extremePoverty', 'minimumLivingAllowance', 'lowIncome', 'ordinary', undefined]
  const { BlockBuilder } = await import('./rules-block.ts')
  const law = await t.app.runAs(clock, 'test', (tx) => policySetFor(tx, '500229'))
  const builder = new BlockBuilder(law.set.facts)
  let seed = 7
  const dice = (n: number) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % 1009 % n
  const people = Array.from({ length: 2000 }, (_, i) => ({
    id: `${i}`.padStart(6, '0'), region: [VILLAGE, OTHER_TOWNSHIP_VILLAGE, '370215001001'][dice(3)]!,
    facts: Object.entries({
      birth: dayOf(dayNumber('1925-01-01') + dice(997) * 17), hukou: ['local', 'other', undefined][dice(3)], incomeStanding: incomes[dice(5)], abilityLevel: [...levels, undefined][dice(6)],
      abilityAssessedOn: [dayOf(dayNumber('2023-01-01') + dice(1000)), undefined][dice(2)], settlement: ['rural', 'urban', undefined][dice(3)], familyCarer: [true, false, undefined][dice(3)], livingArrangement: ['alone', 'institution', undefined][dice(3)],
      disabilityGrade: [1, 2, 3, undefined][dice(4)], 'benefit.age-allowance': ['2020-01-01', undefined][dice(2)], usualResidence: VILLAGE,
    }).filter(([, value]) => value !== undefined) as [string, string][],
  }))
  for (const one of people) {
    builder.person(one.id, one.region)
    for (const [key, value] of one.facts) builder.fact({ key, value, from: null, to: null, recorded: 0, superseded: null })
  }
  const block = builder.build()
  const byId = new Map(people.map((one) => [one.id, one]))
  for (const at of ['2026-07-16', '2024-02-29', '2027-01-01']) {
    const view = block.view(law.set, law.key, at)
    block.population.ids.forEach((id, i) => {
      const one = byId.get(id)!
      const input = Object.fromEntries(one.facts.filter(([key]) => key !== 'usualResidence'))
      evaluatePerson(law.set, one.region, input, at).forEach((slow, item) => {
        const own = STANDINGS[view.codes[item]![i]!]!
        expect(own === 'notYet' || slow.standing === 'displaced' ? 'no' : own, `${slow.item} ${at} ${JSON.stringify(input)}`).toBe(slow.standing === 'displaced' ? 'no' : slow.standing)
        expect(view.results.amount[item]![i]).toBe(slow.amount)
      })
    })
  }
})

test('[X3] the listed minimal change, made, flips the answer', async () => {
  const list = await t.must<List>(clerk, 'entitlements.list', { standing: ['no'], item: 'care-service-subsidy', limit: 500 })
  let flipped = 0
  for (const row of list.rows) {
    const x = await t.must<Explanation>(clerk, 'entitlements.explain', { elderId: row.elderId, item: row.item })
    const change = x.nearest.map((one) => one.text.zh)
    if (change.length !== 1 || !change[0]!.startsWith('困难身份为')) continue
    await t.must(clerk, 'elders.recordFacts', { id: row.elderId, facts: [fact('incomeStanding', change[0]!.slice('困难身份为'.length))] })
    expect((await t.must<Explanation>(clerk, 'entitlements.explain', { elderId: row.elderId, item: row.item })).verdict).toBe('yes')
    flipped++
  }
  expect(flipped).toBeGreaterThan(0)
})

test('[J1] who becomes entitled is told once, by name of the item', async () => {
  const id = await register('冉七', '1942-02-02', [])
  await t.app.settle()
  await t.must(clerk, 'elders.recordFacts', { id, facts: [fact('hukou', 'local')] })
  await t.app.settle()
  const events = await t.app.runAs(clock, 'test', (tx) => tx.rows<{ payload: { elderId: string; became: string[]; ended: string[] } }>`select payload from platform.event where type = 'entitlements.EntitlementsChanged' order by seq`)
  const own = events.map((one) => one.payload).filter((one) => one.elderId === id)
  expect(own.flatMap((one) => one.became).filter((item) => item === 'age-allowance')).toHaveLength(1)
  expect(own.flatMap((one) => one.ended)).toEqual([])
})

test('[J2] [F1] on the birthday the night run tells it, and the list of the newly entitled has the person', async () => {
  const before = t.clock.nowMs
  t.clock.nowMs = Date.UTC(2026, 7, 20, 2)
  await t.app.tick(['500229'])
  await t.app.settle()
  const events = await t.app.runAs(clock, 'test', (tx) => tx.rows<{ payload: { elderId: string; became: string[] } }>`select payload from platform.event where type = 'entitlements.EntitlementsChanged'`)
  expect(events.map((one) => one.payload)).toContainEqual(expect.objectContaining({ elderId: ids.soon, became: expect.arrayContaining(['age-allowance']) }))
  const fresh = await t.must<{ people: number; ids: string[]; items: { id: string; count: number; because: { zh: string } }[] }>(clerk, 'entitlements.fresh', { days: 7 })
  expect(fresh.ids).toContain(ids.soon)
  expect(fresh.items.find((one) => one.id === 'age-allowance')).toMatchObject({ count: 1, because: { zh: '7天内到了年龄' } })
  t.clock.nowMs = before
})

test('[F2] an export holds the rows of the list, is safe to open, and its purpose stands in the log', async () => {
  await register('=1+1', '1939-01-01', [fact('hukou', 'local')])
  const wanted = { item: 'age-allowance', standing: ['entitledNotEnjoying'] }
  const list = await t.must<List>(clerk, 'entitlements.list', wanted)
  const { taskId } = await t.must<{ taskId: string }>(clerk, 'entitlements.export', { ...wanted, format: 'csv', purpose: '入户核实' })
  t.app.tasks.poke()
  await t.app.tasks.idle()
  const [row] = await t.app.runAs(clock, 'test', (tx) => tx.rows<{ state: string; result: { fileId: string; rows: number } }>`select state, result from platform.task where id = ${taskId}`)
  expect(row).toMatchObject({ state: 'done', result: { rows: list.total } })
  const text = await t.app.runAs(clerk, 'test', async (tx) => (await t.app.files.open(tx, row!.result.fileId))!.content.toString('utf8'))
  expect(text).toContain("'=1+1")
  const [line] = await t.app.runAs(clock, 'test', (tx) => tx.rows<{ purpose: string }>`select purpose from platform.audit where subject_id = ${taskId}`)
  expect(line!.purpose).toBe('入户核实')
})

import { clockActor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { editTable, parseFacts, type FactDictionary, type TableEdit } from '@songbai/policy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { elders } from '../../know/elders/index.ts'
import { newElderInput } from '../../know/elders/people.fixture.ts'
import { recordFacts as recordHere } from '../../know/elders/public.ts'
import { regions } from '../../know/regions/index.ts'
import { resources } from '../../resources.ts'
import { loadTestResources } from '../../testing.ts'
import { entitlements } from '../entitlements/index.ts'
import { monthDue } from '../entitlements/public-month.ts'
import type { FindingShown, Impact } from '../policies/contract.ts'
import { policies } from '../policies/index.ts'
import type { Figures, PersonRow, Scenario } from './contract.ts'
import { lab } from './index.ts'

interface Trial { problems: { line: number; text: { zh: string } }[]; cases: { ok: boolean; line: number }[]; findings: FindingShown[]; figures: Figures | null; past: { from: string }[] }

let t: TestApp
let facts: FactDictionary
const clerk = testActor(['countyClerk'], '370215000000')
const second = testActor(['countyClerk'], '370215000000', ['370215'], { name: '第二人' })
const leader = testActor(['leader'], '370215000000')
const town = testActor(['townshipClerk'], '370215001000', ['370215001'])
const chengkou = testActor(['countyClerk'])
const VILLAGES: string[] = []
const people: Record<string, string> = {}
const pack = (path: string) => resources().packs.policies.find((one) => one.path.endsWith(path))!.text
const meals = () => pack('jimo-2024/policies/meal-subsidy.yaml')
const allowance = () => pack('national/policies/age-allowance.yaml')
const edit = (text: string, one: TableEdit, upper?: string): string => {
  const answer = editTable(text, facts, one, upper ? { upper } : {})
  if ('refused' in answer) throw new Error(answer.refused)
  return answer.text
}
const tryOut = (yaml: string, input: object = {}, actor = clerk) => t.must<Trial>(actor, 'lab.tryOut', { yaml, at: '2026-08-01', ...input })
const of = async (yaml: string, group: string, input: object = {}) => (await t.must<{ rows: PersonRow[]; total: number }>(clerk, 'lab.people', { yaml, at: '2026-08-01', group, ...input }))
const draft = (yaml: string, actor = clerk, id?: string) => t.must<{ id: string; version: number; savedAt: number }>(actor, 'policies.saveDraft', { yaml, ...(id ? { id } : {}) })
const findings = async (id: string) => (await t.must<{ findings: FindingShown[] }>(clerk, 'policies.version', { id })).findings
const confirmAll = async (id: string) => { for (const one of await findings(id)) if (one.severity === 'confirm') await t.must(clerk, 'policies.confirmFinding', { id, key: one.key, meantSo: true }) }

beforeAll(async () => {
  loadTestResources()
  const read = parseFacts(resources().packs.factsText)
  if ('problems' in read) throw new Error('facts')
  facts = read.facts
  t = await createTestApp([regions, elders, policies, entitlements, lab])
  await t.must(clockActor('370215'), 'policies.loadPacks')
  const towns = (await t.must<{ children: { code: string }[] }>(clerk, 'regions.get', { code: '370215000000' })).children
  for (const one of towns.slice(0, 2)) VILLAGES.push((await t.must<{ children: { code: string }[] }>(clerk, 'regions.get', { code: one.code })).children[0]!.code)
  const add = async (name: string, birthDay: string, income: string, village = 0, residence = 'local') => {
    const { id } = await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name, birthDay, region: VILLAGES[village], acceptDuplicate: true, facts: [
      { key: 'residence', value: residence, source: '入户' }, { key: 'hukou', value: 'local', source: '户口簿' }, ...(income ? [{ key: 'incomeStanding', value: income, source: '低保名册' }] : [])] }))
    people[name] = id
  }
  await add('甲低保', '1960-03-01', 'minimumLivingAllowance')
  await add('乙八二', '1944-03-01', 'ordinary')
  await add('丙七六', '1950-03-01', 'ordinary', 1)
  await add('丁九一', '1935-03-01', 'ordinary', 1)
  await add('戊不明', '1955-03-01', '')
  await add('己外地', '1940-03-01', 'ordinary', 0, 'other')
  await t.app.runAs(clockActor('370215'), 'test', (tx) => recordHere(tx, [{ elderId: people['丁九一']!, key: 'benefit.age-allowance', value: '2025-03-01', validFrom: '2025-03-01', validTo: null, source: '发放名册', sourceRef: null, reason: null }]))
})
afterAll(() => t.close())

test('[L1] [L2] [L3] everybody stands in one group, and rows, places and groups sum to the people', async () => {
  const same = (await tryOut(meals())).figures!
  expect(same).toMatchObject({ population: 6, entitledBefore: 3, entitledAfter: 3, openAfter: 1, groups: { newly: 0, raised: 0, lowered: 0, dropped: 0, unchanged: 6 } })
  expect(same.rows.map((one) => [one.row, one.before, one.after])).toEqual([['poor', 1, 1], ['old', 2, 2]])
  const wider = edit(edit(meals(), { do: 'cell', row: 'old', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 75, param: false }, to: null } }), { do: 'param', name: 'poor', value: 600, from: '2026-08-01' })
  const { figures } = await tryOut(wider, { uses: 22 })
  expect(figures).toMatchObject({ groups: { newly: 1, raised: 1, lowered: 0, dropped: 0, unchanged: 4 }, basis: 'day', uses: 22, beforeFen: (500 + 300 * 2) * 22, afterFen: (600 + 300 * 3) * 22 })
  expect(Object.values(figures!.groups).reduce((a, b) => a + b)).toBe(figures!.population)
  for (const key of ['people', 'beforeFen', 'afterFen'] as const) expect(figures!.townships.reduce((sum, one) => sum + one[key], 0)).toBe({ people: figures!.population, beforeFen: figures!.beforeFen, afterFen: figures!.afterFen }[key])
  expect(figures!.townships).toHaveLength(2)
  expect((await tryOut(edit(meals(), { do: 'removeRow', row: 'old' }))).figures!.groups).toMatchObject({ dropped: 2, newly: 0 })
})

test('[L2] every number opens the people it counts, in pages, and only for clerks', async () => {
  const wider = edit(meals(), { do: 'cell', row: 'old', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 75, param: false }, to: null } })
  expect((await of(wider, 'winners')).rows.map((one) => [one.name, one.group, one.before.text.zh, one.after.text.zh])).toEqual([['丙七六', 'newly', '不符合', '3.00']])
  expect((await of(wider, 'row', { row: 'old' })).total).toBe(3)
  expect((await of(wider, 'rowBefore', { row: 'old' })).total).toBe(2)
  expect((await of(wider, 'nobody')).rows.map((one) => one.name)).toEqual(['己外地'])
  const first = await t.must<{ rows: PersonRow[]; next: string; total: number }>(clerk, 'lab.people', { yaml: wider, at: '2026-08-01', group: 'unchanged', limit: 2 })
  const rest = await t.must<{ rows: PersonRow[]; next: string | null }>(clerk, 'lab.people', { yaml: wider, at: '2026-08-01', group: 'unchanged', limit: 50, after: first.next })
  expect(new Set([...first.rows, ...rest.rows].map((one) => one.elderId)).size).toBe(first.total)
  expect(await t.outcome(leader, 'lab.people', { yaml: wider, group: 'winners' })).toBe('notAllowed')
  expect((await tryOut(wider, {}, leader)).figures!.population).toBe(6)
  expect((await t.must<{ rows: PersonRow[] }>(town, 'lab.people', { yaml: wider, at: '2026-08-01', group: 'unchanged' })).rows.map((one) => one.name).sort()).toEqual(['乙八二', '己外地', '戊不明', '甲低保'].sort())
  expect((await tryOut(wider, {}, chengkou)).figures!.population).toBe(0)
})

test('[L6] a text without a change costs what the batch of the month owes, to the cent', async () => {
  const { figures } = await tryOut(allowance())
  const due = await t.app.runAs(clerk, 'test', async (tx) => (await monthDue(tx, { place: '370215000000', month: '2026-08', items: ['age-allowance'], applied: 'all' })).totals().get('age-allowance')!)
  expect(due.drawing).toBe(1)
  expect(due.drawingFen + due.notDrawingFen).toBeGreaterThan(0)
  expect(figures).toMatchObject({ basis: 'month', beforeFen: due.drawingFen + due.notDrawingFen, afterFen: due.drawingFen + due.notDrawingFen, groups: { unchanged: 6 } })
  // With nobody else taking it up, the forecast is the real batch: what those who draw are owed.
  const paid = await t.app.runAs(clerk, 'test', async (tx) => (await monthDue(tx, { place: '370215000000', month: '2026-09', items: ['age-allowance'] })).totals().get('age-allowance')!)
  const { months } = await t.must<{ months: { month: string; beforeFen: number; afterFen: number }[] }>(clerk, 'lab.forecast', { yaml: allowance(), at: '2026-08-01', takeUpPercent: 0 })
  expect(months[1]).toMatchObject({ month: '2026-09', beforeFen: paid.drawingFen, afterFen: paid.drawingFen })
})

test('[L4] [L5] [L7] a rate that begins in a later month is not counted before it, and people grow into the age', async () => {
  const later = edit(meals(), { do: 'param', name: 'old', value: 1000, from: '2026-11-01' })
  const { months, assumptions } = await t.must<{ months: { month: string; beforeFen: number; afterFen: number; afterPeople: number }[]; assumptions: { zh: string }[] }>(clerk, 'lab.forecast', { yaml: later, at: '2026-08-15', uses: 10, months: 12 })
  expect(months.map((one) => one.month).slice(0, 4)).toEqual(['2026-08', '2026-09', '2026-10', '2026-11'])
  expect(months[2]!.afterFen).toBe(months[2]!.beforeFen)
  expect(months[3]!.afterFen - months[3]!.beforeFen).toBe(2 * 700 * 10)
  expect(assumptions.some((one) => one.zh.includes('10 次'))).toBe(true)
})

test('[L8] [L9] a rate that changes a day gone by is named, and what it owes for each month since', async () => {
  const back = edit(allowance().replace(/^region: .*$/m, 'region: 370215').replace(/^regionName: .*$/m, 'regionName: 即墨区'), { do: 'param', name: 'a90', value: 90_000, from: '2026-05-01' })
  expect((await tryOut(back)).past).toEqual([expect.objectContaining({ from: '2026-05-01' })])
  expect((await tryOut(edit(meals(), { do: 'param', name: 'old', value: 900, from: '2026-08-01' }))).past).toEqual([])
  // A row with a day of its own, and a new item that begins where there was no law, reach back too.
  expect((await tryOut(meals().replace('{ id: old, ', '{ id: old, from: 2026-06-01, '))).past).toEqual([expect.objectContaining({ from: '2026-06-01' })])
  expect((await tryOut(meals().replace('policy: meal-subsidy', 'policy: meal-other'))).past).toEqual([expect.objectContaining({ from: '2024-05-07' })])
  const { id } = await draft(back)
  const arrears = await t.must<{ months: { month: string; owedFen: number }[]; owedFen: number; backFen: number; people: number }>(clerk, 'lab.arrears', { id, from: '2026-05-01' })
  expect(arrears.months.map((one) => one.month)).toEqual(['2026-05', '2026-06'])
  expect(arrears.owedFen).toBe(arrears.months.reduce((sum, one) => sum + one.owedFen, 0))
  expect(arrears.owedFen).toBeGreaterThan(0)
  expect(arrears.people).toBe(1)
  await confirmAll(id)
  const sound = (await t.must<{ cases: { ok: boolean }[]; problems: unknown[] }>(clerk, 'policies.version', { id }))
  expect(sound.problems).toEqual([])
})

test('[L10] a case from a real person holds the situation and the age, not who it is', async () => {
  const made = await t.must<{ facts: Record<string, unknown>; out: { row: string | null; amount: number } }>(clerk, 'lab.case', { yaml: meals(), elderId: people['乙八二'], at: '2026-08-01' })
  expect(made).toMatchObject({ facts: { age: 82, residence: 'local', incomeStanding: 'ordinary' }, out: { row: 'old', amount: 300 } })
  expect(JSON.stringify(made)).not.toContain('乙八二')
  expect(Object.keys(made.facts)).not.toContain('birth')
  expect(await t.outcome(chengkou, 'lab.case', { yaml: meals(), elderId: people['乙八二'] })).toBe('lab.elder-not-found')
  const yaml = edit(meals(), { do: 'addCase', at: '2026-08-01', facts: made.facts as Record<string, string>, out: { row: 'old', amount: 300 }, note: null })
  expect((await tryOut(yaml)).cases.at(-1)).toMatchObject({ ok: true })
})

test('the same seed gives the same few people, with the reasons before and after', async () => {
  const wider = edit(meals(), { do: 'cell', row: 'old', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 75, param: false }, to: null } })
  const ask = (seed: number) => t.must<{ rows: (PersonRow & { why: { before: { zh: string }[]; after: { zh: string }[] } })[] }>(clerk, 'lab.samples', { yaml: wider, at: '2026-08-01', seed, n: 4 })
  const [a, b] = [await ask(17), await ask(17)]
  expect(a).toEqual(b)
  expect(new Set(a.rows.map((one) => one.elderId)).size).toBe(4)
  const winner = a.rows.find((one) => one.name === '丙七六')!
  expect(winner.why.before[0]!.zh).toContain('不符合')
  expect(winner.why.after[0]!.zh).toContain('符合')
})

test('a scenario keeps the figures of its day, is compared beside others and never rewritten', async () => {
  const yaml = edit(meals(), { do: 'param', name: 'old', value: 400, from: '2026-08-01' })
  const { id } = await t.must<{ id: string }>(clerk, 'lab.saveScenario', { yaml, name: '四元', at: '2026-08-01', uses: 20 })
  expect(await t.outcome(clerk, 'lab.saveScenario', { yaml, name: '四元', at: '2026-08-01' })).toBe('lab.name-taken')
  expect(await t.outcome(chengkou, 'lab.saveScenario', { yaml, name: '别处' })).toBe('lab.region-outside')
  await t.must(clerk, 'elders.register', newElderInput({ name: '庚八五', birthDay: '1941-03-01', region: VILLAGES[0], acceptDuplicate: true, facts: [{ key: 'residence', value: 'local', source: '入户' }, { key: 'incomeStanding', value: 'ordinary', source: '入户' }] }))
  const { scenarios } = await t.must<{ scenarios: Scenario[] }>(leader, 'lab.scenarios', { item: 'meal-subsidy' })
  expect(scenarios).toEqual([expect.objectContaining({ id, name: '四元', figures: expect.objectContaining({ population: 6, beforeFen: (500 + 600) * 20, afterFen: (500 + 800) * 20 }) })])
  expect(scenarios[0]!.months).toHaveLength(12)
  expect((await t.must<{ scenarios: Scenario[] }>(chengkou, 'lab.scenarios', {})).scenarios).toEqual([])
  expect(await t.outcome(chengkou, 'lab.deleteScenario', { id })).toBe('lab.scenario-not-found')
  const village = testActor(['countyClerk'], '370215001000', ['370215001'])
  expect(await t.outcome(village, 'lab.deleteScenario', { id })).toBe('lab.scenario-not-found')
  await t.must(second, 'lab.deleteScenario', { id })
})

test('[L2] small pages meet everybody once, also who came to the register after the people were loaded', async () => {
  const seen: string[] = []
  let after: string | undefined
  let total = 0
  do {
    const page = await t.must<{ rows: PersonRow[]; next: string | null; total: number }>(clerk, 'lab.people', { yaml: meals(), at: '2026-08-01', group: 'unchanged', limit: 1, ...(after ? { after } : {}) })
    seen.push(...page.rows.map((one) => one.name))
    after = page.next ?? undefined
    total = page.total
  } while (after !== undefined)
  expect(seen).toContain('庚八五')
  expect(seen).toHaveLength(total)
  expect(new Set(seen).size).toBe((await tryOut(meals())).figures!.population)
})

test('[L12] sensitive facts leave neither with the situation nor with the reason, and everybody named is in the log', async () => {
  await t.app.runAs(clockActor('370215'), 'test', (tx) => recordHere(tx, [{ elderId: people['丙七六']!, key: 'disabilityGrade', value: 3, validFrom: '2025-03-01', validTo: null, source: '残联名单', sourceRef: null, reason: null }]))
  const yaml = meals().replace('满80周岁: age >= 80', '满80周岁: disabilityGrade <= 2').replace(/经济困难: .*/, '经济困难: disabilityGrade <= 1')
  const { rows } = await t.must<{ rows: (PersonRow & { why: { after: { zh: string; en: string }[] } })[] }>(clerk, 'lab.samples', { yaml, at: '2026-08-01', seed: 3, n: 12 })
  const one = rows.find((row) => row.elderId === people['丙七六'])!
  expect(one.facts.zh).toContain('常住')
  expect(one.facts.zh).not.toContain('残疾')
  expect(one.why.after[0]!.zh).toContain('此处不显示')
  expect(one.why.after[0]!.en).toContain('not shown here')
  expect(JSON.stringify(one.why)).not.toMatch(/3\s?级|grade 3|3 grade/)
  const log = await t.app.runAs(clockActor('370215'), 'test', (tx) => tx.rows<{ purpose: string }>`select purpose from platform.audit where subject_id = ${people['丙七六']} and purpose is not null`)
  expect(log.some((line) => line.purpose === '试算：老年人助餐补贴（到点就餐）')).toBe(true)
})

test('a trial is exported with its purpose, names only when asked for', async () => {
  const yaml = edit(meals(), { do: 'param', name: 'old', value: 400, from: '2026-08-01' })
  const { taskId } = await t.must<{ taskId: string }>(clerk, 'lab.export', { yaml, at: '2026-08-01', names: true, format: 'csv', purpose: '报财政' })
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  const task = await t.must<{ state: string; result: { rows: number; fileId: string } }>(clerk, 'system.task', { id: taskId })
  expect(task).toMatchObject({ state: 'done', result: { rows: 3 } })
  const text = await t.app.runAs(clerk, 'test', async (tx) => (await t.app.files.open(tx, task.result.fileId))!.content.toString('utf8'))
  for (const name of ['乙八二', '丁九一', '庚八五']) expect(text.split(/\r?\n/).find((line) => line.includes(name))).toMatch(/提高.*3\.00.*4\.00/)
  expect(text).not.toContain('丙七六')
  expect(await t.outcome(leader, 'lab.export', { yaml, format: 'csv', purpose: '看看' })).toBe('notAllowed')
})

test('[L11] a clerk who cannot program changes the tiers, sees the cost, mends what is found, and a second person publishes for next month', async () => {
  const entitled = async (at: string) => (await t.must<{ items: { id: string; counts: Record<string, number> }[] }>(clerk, 'entitlements.summary', { at })).items.find((one) => one.id === 'meal-subsidy')!.counts['entitledNotEnjoying']
  const before = await entitled('2026-08-01')
  const start = await draft(meals())
  // A tier for 75 and over, put below the one for 80: the clerk first writes it so that it takes everybody before.
  let yaml = edit(meals(), { do: 'addRow', like: 'old', before: 'old', label: { zh: '75周岁以上', en: '75 and over' } })
  yaml = edit(yaml, { do: 'cell', row: 'row-3', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 75, param: false }, to: null } })
  yaml = edit(yaml, { do: 'amount', row: 'row-3', fen: 200, from: null })
  const wrong = await tryOut(yaml, { id: start.id, uses: 20 })
  const shadowed = wrong.findings.find((one) => one.code === 'shadowed')!
  expect(shadowed).toMatchObject({ severity: 'error', rows: ['old', 'row-3'], confirmed: null })
  expect(shadowed.example).not.toBeNull()
  expect(wrong.cases.some((one) => !one.ok)).toBe(true)
  await draft(yaml, clerk, start.id)
  expect(await t.outcome(clerk, 'lab.handOver', { id: start.id })).toBe('policies.cases-fail')
  // One press mends it: the row nobody reached goes before the one that took its people.
  yaml = shadowed.fixes[0]!.yaml
  const mended = await tryOut(yaml, { id: start.id, uses: 20 })
  expect(mended.findings.some((one) => one.code === 'shadowed')).toBe(false)
  // Somebody of 79 got nothing and now falls into the new tier: the case says so and is worked out anew by hand.
  const red = mended.cases.findIndex((one) => !one.ok)
  expect(mended.cases.filter((one) => !one.ok)).toHaveLength(1)
  yaml = edit(yaml, { do: 'caseOut', index: red, out: { row: 'row-3', amount: 200 } })
  expect((await tryOut(yaml)).cases.every((one) => one.ok)).toBe(true)
  expect(mended.figures).toMatchObject({ groups: { newly: 1, lowered: 0, dropped: 0 } })
  expect(mended.figures!.afterFen - mended.figures!.beforeFen).toBe(200 * 20)
  const made = await t.must<{ facts: Record<string, string>; out: { row: string; amount: number } }>(clerk, 'lab.case', { yaml, elderId: people['丙七六'], at: '2026-08-01' })
  yaml = edit(yaml, { do: 'addCase', at: '2026-08-01', facts: made.facts, out: { row: made.out.row, amount: made.out.amount }, note: null })
  await draft(yaml, clerk, start.id)
  await confirmAll(start.id)
  const sent = await t.must<{ impact: Impact }>(clerk, 'lab.handOver', { id: start.id, at: '2026-08-01', uses: 20 })
  expect(sent.impact).toMatchObject({ winners: 1, losers: 0, population: 7, measuredBy: clerk.name, townships: [expect.anything(), expect.anything()] })
  expect(sent.impact.afterFen - sent.impact.beforeFen).toBe(200 * 20)
  expect(sent.impact.months).toHaveLength(12)
  expect(await t.outcome(clerk, 'policies.review', { id: start.id, decision: 'publish', effectiveFrom: '2026-08-01', note: '同意' })).toBe('policies.second-person')
  await t.must(second, 'policies.review', { id: start.id, decision: 'publish', effectiveFrom: '2026-08-01', note: '金额已核对' })
  expect(await entitled('2026-07-31')).toBe(before)
  expect(await entitled('2026-08-01')).toBe(before! + 1)
  expect(await t.outcome(clerk, 'lab.handOver', { id: start.id })).toBe('lab.not-open')
})

/** Cases that come out differently take what the rules say, as a clerk would after checking them. */
const agreed = async (yaml: string): Promise<string> => {
  const { cases } = await t.must<{ cases: { ok: boolean; out: { row: string | null; amount: number } }[] }>(clerk, 'lab.tryOut', { yaml, at: '2026-08-01' })
  return cases.reduce((text, one, index) => (one.ok ? text : edit(text, { do: 'caseOut', index, out: { row: one.out.row, amount: one.out.amount } })), yaml)
}

test('[L8] [L11] what reaches back is sent only by who says so, with the arrears attached', async () => {
  const back = await agreed(edit(allowance().replace(/^region: .*$/m, 'region: 370215').replace(/^regionName: .*$/m, 'regionName: 即墨区'), { do: 'param', name: 'a90', value: 90_000, from: '2026-05-01' }))
  const { id } = await draft(back)
  await confirmAll(id)
  expect(await t.outcome(clerk, 'lab.handOver', { id })).toBe('lab.past-change')
  expect((await t.must<{ version: { state: string } }>(clerk, 'policies.version', { id })).version.state).toBe('draft')
  const { owedFen, backFen } = await t.must<{ owedFen: number; backFen: number }>(clerk, 'lab.arrears', { id, from: '2026-05-01' })
  const { impact } = await t.must<{ impact: Impact }>(clerk, 'lab.handOver', { id, confirmPast: true })
  expect(impact.arrearsFen).toBeGreaterThan(0)
  expect(impact).toMatchObject({ arrearsFen: owedFen - backFen, arrearsPeople: 1, arrearsComputed: true, arrearsReason: null })
})

test('[L9] what cannot be worked out for days gone by says so in place of a 0', async () => {
  const back = edit(meals(), { do: 'param', name: 'old', value: 350, from: '2026-06-01' })
  const { id } = await draft(await agreed(back))
  expect(await t.must(clerk, 'lab.arrears', { id, from: '2026-06-01' })).toMatchObject({ months: [], computed: false, reason: { zh: expect.stringContaining('按次'), en: expect.stringContaining('by use') } })
  await confirmAll(id)
  const { impact } = await t.must<{ impact: Impact }>(clerk, 'lab.handOver', { id, confirmPast: true })
  expect(impact).toMatchObject({ arrearsComputed: false, arrearsReason: { zh: expect.stringContaining('按次') } })
  expect(impact.assumptions).toContainEqual(impact.arrearsReason)
  const far = await draft(allowance().replace(/^region: .*$/m, 'region: 370215').replace(/^regionName: .*$/m, 'regionName: 即墨区'))
  const long = await t.must<{ months: unknown[]; cutFrom: string; reason: { zh: string } }>(clerk, 'lab.arrears', { id: far.id, from: '2021-01-01' })
  expect(long).toMatchObject({ computed: true, cutFrom: '2026-01', reason: { zh: expect.stringContaining('60') } })
  expect(long.months).toHaveLength(60)
})

test('a text with mistakes is checked and not tried; every mistake has its line', async () => {
  const broken = await tryOut(meals().replace('age >= 60', 'agee >= 60').replace('hit: first', 'hit: furst'))
  expect(broken.figures).toBeNull()
  expect(broken.problems.map((one) => one.line).every((line) => line > 1)).toBe(true)
  expect(broken.problems.length).toBeGreaterThanOrEqual(2)
  expect(await t.outcome(clerk, 'lab.samples', { yaml: 'policy: [', seed: 1 })).toBe('lab.unreadable')
  expect(await t.outcome(clerk, 'lab.arrears', { id: '00000000-0000-7000-8000-000000000000', from: '2026-01-01' })).toBe('lab.version-not-found')
})


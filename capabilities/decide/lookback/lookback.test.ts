import { clockActor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { DUE_CODES } from '@songbai/policy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elders } from '../../know/elders/index.ts'
import { newElderInput, OTHER_TOWNSHIP_VILLAGE, VILLAGE } from '../../know/elders/people.fixture.ts'
import { recordFacts } from '../../know/elders/public.ts'
import { regions } from '../../know/regions/index.ts'
import { users } from '../../know/users/index.ts'
import { work } from '../../know/work/index.ts'
import { loadTestResources } from '../../testing.ts'
import { entitlements } from '../entitlements/index.ts'
import { monthDue } from '../entitlements/public-month.ts'
import { policies } from '../policies/index.ts'
import type { ScanHead, SpellView, Sum } from './contract.ts'
import { lookback } from './index.ts'
import { CODE_WORDS } from './rules-words.ts'
import { monthBefore, monthsFromTo } from './rules.ts'

let t: TestApp
const clerk = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }] })
const town = testActor(['townshipClerk'], '500229102000', ['500229102'], { grants: [{ role: 'townshipClerk', prefix: '500229102' }] })
const jimo = testActor(['countyClerk'], '370215000000')
const clock = clockActor('500229')
const ITEM = 'age-allowance'
const ids: Record<string, string> = {}

const fact = (key: string, value: unknown, validFrom: string | null = null) => ({ key, value, validFrom, source: '入户' })
const ordinary = [fact('hukou', 'local'), fact('incomeStanding', 'ordinary')]
const register = async (name: string, birthDay: string, region = VILLAGE) => (await t.must<{ id: string }>(clerk, 'elders.register', newElderInput({ name, birthDay, facts: ordinary, region, acceptDuplicate: true }))).id
const state = (elderId: string, key: string, value: unknown, validFrom: string | null, validTo: string | null = null) => t.app.runAs(clock, 'test', (tx) => recordFacts(tx, [{ elderId, key, value, validFrom, validTo, source: '发放名册', sourceRef: null, reason: null }]))
const drawing = (who: string, from: string, to: string | null = null) => state(ids[who]!, `benefit.${ITEM}`, from, from, to)
const settled = async (): Promise<void> => {
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  await t.app.settle()
}
type Scan = ScanHead & { total: Sum; byItem: (Sum & { item: string; basis: { zh: string } })[]; byPlace: (Sum & { code: string })[]; open: number }
async function look(from: string, to: string, more: object = {}, actor = clerk): Promise<Scan> {
  const { scanId } = await t.must<{ scanId: string }>(actor, 'lookback.start', { place: '500229000000', from, to, items: [ITEM], ...more })
  await settled()
  const scan = await t.must<Scan>(actor, 'lookback.get', { scanId })
  expect(scan.state, JSON.stringify(t.logged.at(-1))).toBe('done')
  return scan
}
const spells = async (scanId: string, more: object = {}) => (await t.must<{ rows: SpellView[] }>(clerk, 'lookback.spells', { scanId, limit: 500, ...more })).rows
const of = (rows: readonly SpellView[], who: string) => rows.filter((one) => one.elderId === ids[who]).map((one) => [one.kind, one.from, one.to, one.months] as const)

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders, policies, entitlements, lookback])
  await t.must(clock, 'policies.loadPacks')
  for (const [who, birth, region] of [['draws', '1938-03-05', VILLAGE], ['never', '1939-03-05', VILLAGE], ['gap', '1937-03-05', VILLAGE], ['young', '1955-03-05', VILLAGE], ['dead', '1936-03-05', OTHER_TOWNSHIP_VILLAGE], ['turns', '1945-10-20', OTHER_TOWNSHIP_VILLAGE]] as const) ids[who] = await register(`冉${who}`, birth, region)
  await drawing('draws', '2020-01-01')
  await drawing('gap', '2020-01-01', '2025-09-01')
  await drawing('gap', '2025-12-01')
  await drawing('young', '2025-06-01', '2025-08-31')
  await drawing('dead', '2020-01-01')
  await state(ids['dead']!, 'dead', '2025-10-10', '2025-10-10')
})
afterAll(() => t.close())

describe('a look back', () => {
  let scan: Scan
  let rows: SpellView[]
  beforeAll(async () => {
    scan = await look('2025-06', '2026-05')
    rows = await spells(scan.id)
  })

  test('[L2] [L4] missed and overpaid months join into spells, and a gap begins a new one', () => {
    expect(of(rows, 'draws')).toEqual([])
    expect(of(rows, 'never')).toEqual([['missed', '2025-06', '2026-05', 12]])
    expect(of(rows, 'gap')).toEqual([['missed', '2025-09', '2025-11', 3]])
    expect(of(rows, 'turns')).toEqual([['missed', '2025-11', '2026-05', 7]])
  })

  test('[L3] who draws without being owed: too young, and after a death; the month of the death is owed', () => {
    expect(of(rows, 'young')).toEqual([['overpaid', '2025-06', '2025-08', 3]])
    expect(of(rows, 'dead')).toEqual([['overpaid', '2025-11', '2026-05', 7]])
    expect(rows.find((one) => one.elderId === ids['dead'])).toMatchObject({ code: 'gone', unpriced: 0 })
    expect(rows.find((one) => one.elderId === ids['young'])).toMatchObject({ code: 'no', unpriced: 3, sumFen: 0 })
  })

  test('[L2] every month agrees with what the month itself owes, and the sums are those of the months', async () => {
    let missed = 0
    for (const month of monthsFromTo('2025-06', '2026-05')) for (const due of await t.app.runAs(clerk, 'test', async (tx) => [...(await monthDue(tx, { month, items: [ITEM], applied: 'all' }))])) {
      if (due.drawingSince !== null || due.amountFen === 0) continue
      missed += due.amountFen
      expect(rows.some((one) => one.elderId === due.elderId && one.kind === 'missed' && one.from <= month && month <= one.to)).toBe(true)
    }
    expect(scan.total.missedFen).toBe(missed)
    expect(rows.filter((one) => one.kind === 'missed').reduce((sum, one) => sum + one.sumFen, 0)).toBe(missed)
  })

  test('sums by item and by township add up, with the clause', () => {
    for (const key of ['missed', 'missedFen', 'overpaid', 'overpaidFen', 'missedMonths'] as const) {
      expect(scan.byItem.reduce((sum, one) => sum + one[key], 0)).toBe(scan.total[key])
      expect(scan.byPlace.reduce((sum, one) => sum + one[key], 0)).toBe(scan.total[key])
    }
    expect(scan.byPlace.map((one) => one.code)).toEqual(['500229102000', '500229103000'])
    expect(scan.byItem[0]!.basis.zh).not.toBe('')
    expect(rows[0]!.clauses[0]!.text.zh).toContain('《')
  })

  test('what is recorded later about an older month is known to the next look', async () => {
    await drawing('never', '2025-06-01', '2025-09-01')
    const again = await look('2025-06', '2026-05')
    expect(of(await spells(again.id), 'never')).toEqual([['missed', '2025-09', '2026-05', 9]])
  })

  test('a spell is handed over as a case with owner and clock, and its outcome is written back', async () => {
    const [missed, overpaid] = [rows.find((one) => one.elderId === ids['gap'])!, rows.find((one) => one.elderId === ids['dead'])!]
    expect(await t.must(clerk, 'lookback.handOver', { spellIds: [missed.id, overpaid.id] })).toEqual({ opened: 2 })
    expect(await t.outcome(clerk, 'lookback.handOver', { spellIds: [missed.id] })).toBe('lookback.spell-not-open')
    const { rows: cases } = await t.must<{ rows: { id: string; type: string; title: { zh: string }; owner: { post: string; region: string }; evidence: { zh: string }; clock: { dueAt: number | null } }[] }>(clerk, 'work.list', {})
    const [m, o] = [cases.find((one) => one.type === 'lookback.missed')!, cases.find((one) => one.type === 'lookback.overpaid')!]
    expect(m).toMatchObject({ owner: { post: 'townshipClerk', region: '500229102' } })
    expect(m.title.zh).toContain('3 个月')
    expect(o).toMatchObject({ owner: { post: 'countyClerk', region: '500229' } })
    expect(o.clock.dueAt).not.toBeNull()
    await t.must(clerk, 'work.move', { id: o.id, move: 'settle', outcome: 'recover', note: '下月起停发' })
    await settled()
    expect((await spells(scan.id, { states: ['closed'] }))[0]).toMatchObject({ id: overpaid.id, outcome: 'recover' })
  })

  test('a spell set aside keeps its reason and can be taken up again', async () => {
    const one = rows.find((row) => row.elderId === ids['young'])!
    await t.must(clerk, 'lookback.dismiss', { spellIds: [one.id], reason: '名册录错，没有发钱' })
    expect((await spells(scan.id, { states: ['dismissed'] }))[0]).toMatchObject({ reason: '名册录错，没有发钱' })
    await t.must(clerk, 'lookback.dismiss', { spellIds: [one.id], reason: '再看一遍', aside: false })
    expect(of(await spells(scan.id, { states: ['open'] }), 'young')).toHaveLength(1)
  })

  test('[L7] a look over the same months does not open again what an older one handed over, closed or set aside', async () => {
    const young = rows.find((row) => row.elderId === ids['young'])!
    await t.must(clerk, 'lookback.dismiss', { spellIds: [young.id], reason: '名册录错，没有发钱' })
    const again = await spells((await look('2025-06', '2026-05')).id)
    const state = (who: string) => again.filter((one) => one.elderId === ids[who]).map((one) => [one.state, one.reason ?? one.outcome, one.caseId === null])
    expect(state('gap')).toEqual([['handed', null, false]])
    expect(state('dead')).toEqual([['closed', 'recover', false]])
    expect(state('young')).toEqual([['dismissed', '名册录错，没有发钱', true]])
    expect(await t.outcome(clerk, 'lookback.handOver', { spellIds: [again.find((one) => one.elderId === ids['gap'])!.id] })).toBe('lookback.spell-not-open')
    await t.must(clerk, 'lookback.dismiss', { spellIds: [young.id], reason: '再看一遍', aside: false })
  })

  test('the list goes out as a file', async () => {
    const { taskId } = await t.must<{ taskId: string }>(clerk, 'lookback.export', { scanId: scan.id, purpose: '开会用' })
    await settled()
    expect((await t.must<{ result: { rows: number } }>(clerk, 'system.task', { id: taskId })).result.rows).toBe(rows.length)
  })

  test('a township looks at its own people, another county at nothing', async () => {
    const own = await t.must<{ scanId: string }>(town, 'lookback.start', { place: '500229102000', from: '2025-06', to: '2026-05', items: [ITEM] })
    await settled()
    const found = await t.must<Scan>(town, 'lookback.get', { scanId: own.scanId })
    expect(found.byPlace.map((one) => one.code)).toEqual(['500229102000'])
    expect(await t.outcome(town, 'lookback.get', { scanId: scan.id })).toBe('lookback.not-found')
    expect(await t.outcome(jimo, 'lookback.get', { scanId: scan.id })).toBe('lookback.not-found')
    expect(await t.outcome(jimo, 'lookback.handOver', { spellIds: [rows[0]!.id] })).toBe('lookback.spell-not-found')
  })
})

test('[L1] [L6] months and items that cannot be looked at are refused', async () => {
  const start = (input: object) => t.outcome(clerk, 'lookback.start', { place: '500229000000', from: '2025-01', to: '2025-02', ...input })
  expect(await start({ from: '2025-03' })).toBe('lookback.months-turned')
  expect(await start({ to: '2026-07' })).toBe('lookback.month-ahead')
  expect(await start({ from: '2019-01' })).toBe('lookback.months-many')
  expect(await start({ place: '370215000000' })).toBe('lookback.place-outside')
  expect(await start({ items: ['no-such-item'] })).toBe('lookback.item-unknown')
  expect(await start({ items: ['care-visit'] })).toBe('lookback.item-unknown')
  expect(monthsFromTo('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  expect(monthBefore('2026-01')).toBe('2025-12')
})

test('[L5] every code of the months has its words', () => {
  expect(DUE_CODES.filter((code) => CODE_WORDS[code] === undefined)).toEqual([])
})

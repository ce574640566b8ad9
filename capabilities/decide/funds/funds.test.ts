import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { elders } from '../../know/elders/index.ts'
import { regions } from '../../know/regions/index.ts'
import { users } from '../../know/users/index.ts'
import { work } from '../../know/work/index.ts'
import { policies } from '../policies/index.ts'
import { funds } from './index.ts'
import { bear, budgetsLeft, openItemAccounts, post, moneyCode } from './public.ts'
import { trialDifferences } from './rules.ts'

let t: TestApp
const zhou = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }], name: '周岚' })
const he = testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }], name: '何勇' })
const village = testActor(['villageAssistant'], '500229110000', ['500229110'], { grants: [{ role: 'villageAssistant', prefix: '500229110' }] })
const stranger = testActor(['countyClerk'], '370215000000', ['370215'], { grants: [{ role: 'countyClerk', prefix: '370215' }] })
const ITEM = 'age-allowance'

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users, work, elders, policies, funds])
})
afterAll(() => t.close())

type Check = { balanced: boolean; findings: { rule: string; at: string }[]; debits: number; credits: number }
const check = () => t.must<Check>(zhou, 'funds.check')
const draft = async (amountFen: number, more: object = {}) => (await t.must<{ id: string }>(zhou, 'funds.draftBudget', { source: 'county', item: ITEM, year: 2026, amountFen, sample: true, ...more })).id
const elder = async (name: string, region = '500229110201') => (await t.must<{ id: string }>(zhou, 'elders.register', { name, sex: 'female', birthDay: '1940-01-02', region, source: '测试', acceptDuplicate: true })).id

test('[F4] a budget names its document or is a sample', async () => {
  expect(await t.outcome(zhou, 'funds.draftBudget', { source: 'county', item: ITEM, year: 2026, amountFen: 100 })).toBe('funds.no-source-document')
})

test('[F1] [F2] a second person approves a budget, its amount typed; then it stands in the ledger, once', async () => {
  const id = await draft(1_000_000)
  expect(await t.outcome(zhou, 'funds.approveBudget', { id, amountFen: 1_000_000 })).toBe('funds.second-person')
  expect(await t.outcome(he, 'funds.approveBudget', { id, amountFen: 100_000 })).toBe('funds.amount-differs')
  expect(await t.outcome(stranger, 'funds.approveBudget', { id, amountFen: 1_000_000 })).toBe('funds.budget-not-found')
  await t.must(he, 'funds.approveBudget', { id, amountFen: 1_000_000 })
  expect(await t.outcome(he, 'funds.approveBudget', { id, amountFen: 1_000_000 })).toBe('funds.budget-not-draft')
  expect(await t.outcome(he, 'funds.dropBudget', { id })).toBe('funds.budget-not-draft')
  const { left } = await t.must<{ left: { leftFen: number; spentFen: number }[] }>(zhou, 'funds.budgets', { year: 2026 })
  expect(left).toMatchObject([{ givenFen: 1_000_000, spentFen: 0, leftFen: 1_000_000, sample: true }])
})

test('[F3] [F5] the books balance, and planted damage is found', async () => {
  expect(trialDifferences([{ book: 'a', debits: 3, credits: 1 }, { book: 'a', debits: 0, credits: 2 }, { book: 'b', debits: 5, credits: 4 }])).toEqual([{ book: 'b', difference: 1 }])
  expect(await check()).toMatchObject({ balanced: true, debits: 1_000_000, credits: 1_000_000 })
  const { pool } = t.app.world.database
  await pool.query("update funds.account set credits = credits + 7 where kind = 'budget'")
  expect((await check()).findings.map((one) => one.rule).sort()).toEqual(['balance', 'sumZero'])
  await pool.query("update funds.account set credits = credits - 7 where kind = 'budget'")
  expect((await check()).balanced).toBe(true)
})

test('a posting goes in whole or not at all, a key once, and nothing posted can be changed', async () => {
  const pay = (amount: number, key: string) => t.app.runAs(zhou, 'test', async (tx) => {
    await openItemAccounts(tx, '500229', [ITEM])
    const [budget] = await budgetsLeft(tx, '500229', 2026, [ITEM])
    return post(tx, '500229', [{ key, region: '500229110000', debit: budget!.code, credit: moneyCode('payable', ITEM), amount, kind: 'release', item: ITEM }])
  })
  expect(await pay(400_000, 'first')).toEqual([])
  await expect(pay(1, 'first')).rejects.toThrow()
  expect(await pay(600_001, 'second')).toEqual([{ account: `budget/2026/${ITEM}/county`, short: 1 }])
  expect((await check()).balanced).toBe(true)
  for (const statement of ['update funds.transfer set amount = 1', 'delete from funds.transfer']) await expect(t.app.runAs(zhou, 'test', (tx) => tx.rows([statement] as unknown as TemplateStringsArray))).rejects.toThrow(/permission denied/)
  await expect(t.app.world.database.pool.query("update funds.account set debits = debits + 700000 where kind = 'budget'")).rejects.toThrow(/check constraint/)
})

test('a statement opens with what was, closes with what is, and its rows sum to the difference', async () => {
  const seen = await t.must<{ opening: number; closing: number; incoming: number; outgoing: number; rows: { balance: number; incoming: number; outgoing: number }[] }>(zhou, 'funds.statement', { code: `budget/2026/${ITEM}/county`, month: '2026-07' })
  expect(seen).toMatchObject({ opening: 0, incoming: 1_000_000, outgoing: 400_000, closing: 600_000 })
  expect(seen.rows.at(-1)!.balance).toBe(600_000)
  expect(await t.outcome(zhou, 'funds.statement', { code: 'nothing' })).toBe('funds.account-not-found')
  expect((await t.must<{ accounts: unknown[] }>(stranger, 'funds.accounts')).accounts).toEqual([])
})

test('amounts are borne by sources in their order, and not at all when they are too small together', () => {
  const budgets = [{ code: 'a', item: ITEM, leftFen: 50, sample: false }, { code: 'b', item: ITEM, leftFen: 100, sample: false }]
  expect(bear([{ key: 1, amount: 60 }], budgets)).toEqual([{ key: 1, source: 'a', amount: 50 }, { key: 1, source: 'b', amount: 10 }])
  expect(bear([{ key: 1, amount: 151 }], budgets)).toBeNull()
})

test('1,000 approvals of one budget at the same time have one effect', async () => {
  const id = await draft(5_000)
  const before = await check()
  const outcomes = await Promise.all(Array.from({ length: 1000 }, () => t.outcome(he, 'funds.approveBudget', { id, amountFen: 5_000 })))
  expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'funds.budget-not-draft']))
  const after = await check()
  expect([after.balanced, after.debits - before.debits]).toEqual([true, 5_000])
}, 240_000)

test('[F6] quotas: a grant counts once, nothing goes below zero, the last day is the last day', async () => {
  const elderId = await elder('额度甲')
  const grant = { elderId, item: 'home-care', unit: 'minute', amount: 600, expires: '2026-07-31', key: '2026-07' }
  await t.must(zhou, 'funds.grantQuota', grant)
  expect(await t.must(zhou, 'funds.grantQuota', grant)).toEqual({ left: 600 })
  expect(await t.outcome(zhou, 'funds.grantQuota', { ...grant, amount: 900 })).toBe('funds.key-used')
  expect(await t.outcome(zhou, 'funds.grantQuota', { ...grant, unit: 'coupon', key: 'x' })).toBe('funds.unit-differs')
  expect(await t.must(village, 'funds.spendQuota', { elderId, item: 'home-care', amount: 90, key: 'order-1' })).toEqual({ left: 510 })
  expect(await t.must(village, 'funds.spendQuota', { elderId, item: 'home-care', amount: 90, key: 'order-1' })).toEqual({ left: 510 })
  expect(await t.outcome(village, 'funds.spendQuota', { elderId, item: 'home-care', amount: 511, key: 'order-2' })).toBe('funds.quota-short')
  expect(await t.outcome(village, 'funds.spendQuota', { elderId, item: 'meals', amount: 1, key: 'order-3' })).toBe('funds.no-quota')
  expect(await t.outcome(stranger, 'funds.grantQuota', { ...grant, key: 'y' })).toBe('funds.elder-not-found')
  const { nowMs } = t.clock
  t.clock.nowMs += 16 * 86_400_000
  await t.app.tick(['500229'])
  const { quotas } = await t.must<{ quotas: object[] }>(village, 'funds.quotas', { elderId })
  expect(quotas).toMatchObject([{ granted: 600, used: 90, lapsed: 510, left: 0 }])
  t.clock.nowMs = nowMs
  expect((await check()).balanced).toBe(true)
})

test('[F7] offline: from the lease, else from what is free, else in part; the rest is listed once and somebody says who bears it', async () => {
  const elderId = await elder('额度乙')
  const quota = { elderId, item: 'home-care' }
  await t.must(zhou, 'funds.grantQuota', { ...quota, unit: 'minute', amount: 100, key: 'g' })
  const { lease, left } = await t.must<{ lease: string; left: number }>(village, 'funds.leaseQuota', { ...quota, amount: 60, until: '2026-07-20', device: 'phone-1', key: 'l1' })
  expect(left).toBe(40)
  expect(await t.outcome(village, 'funds.leaseQuota', { ...quota, amount: 41, until: '2026-07-20', device: 'phone-2', key: 'l2' })).toBe('funds.quota-short')
  const spend = (key: string, amount: number, from: string | null) => ({ ...quota, key, amount, lease: from, on: '2026-07-15', device: 'phone-1' })
  const settle = async (...spends: object[]) => (await t.must<{ results: { how: string; covered: number; short: number }[] }>(village, 'funds.settleOffline', { spends })).results.map((one) => [one.how, one.covered, one.short])
  expect(await settle(spend('b', 30, null), spend('a', 50, lease), spend('c', 25, lease))).toEqual([['balance', 30, 0], ['lease', 50, 0], ['conflict', 10, 15]])
  expect(await settle(spend('c', 25, lease), spend('b', 30, null), spend('d', 10, lease))).toEqual([['conflict', 10, 15], ['balance', 30, 0], ['lease', 10, 0]])
  const { quotas } = await t.must<{ quotas: object[] }>(village, 'funds.quotas', { elderId })
  expect(quotas).toMatchObject([{ granted: 100, used: 100, left: 0 }])
  const { rows, total } = await t.must<{ rows: { id: string; short: number; elderName: string }[]; total: number }>(village, 'funds.conflicts')
  expect([total, rows[0]!.short, rows[0]!.elderName]).toEqual([1, 15, '额度乙'])
  await t.must(zhou, 'funds.settleConflict', { id: rows[0]!.id, settlement: '由本人自付' })
  expect(await t.outcome(zhou, 'funds.settleConflict', { id: rows[0]!.id, settlement: '再说一次' })).toBe('funds.conflict-settled')
  expect((await check()).balanced).toBe(true)
})

test('[F7] 400 doubled offline debits at the same time never exceed the quota', async () => {
  const elderId = await elder('额度丙')
  await t.must(zhou, 'funds.grantQuota', { elderId, item: 'home-care', unit: 'minute', amount: 1000, key: 'g' })
  const spends = Array.from({ length: 200 }, (_, i) => ({ elderId, item: 'home-care', key: `s${i}`, amount: 1 + (i % 13), lease: null, on: '2026-07-15', device: `d${i % 10}` }))
  const settle = (spend: object) => t.must<{ results: { key: string; how: string; covered: number; short: number }[] }>(village, 'funds.settleOffline', { spends: [spend] })
  const answers = (await Promise.all([...spends, ...spends].map(settle))).flatMap((one) => one.results)
  const byKey = new Map<string, Set<string>>()
  for (const one of answers) byKey.set(one.key, (byKey.get(one.key) ?? new Set()).add(JSON.stringify([one.how, one.covered, one.short])))
  expect([...byKey.values()].every((set) => set.size === 1)).toBe(true)
  const { quotas } = await t.must<{ quotas: { used: number; left: number }[] }>(village, 'funds.quotas', { elderId })
  expect(quotas).toMatchObject([{ used: 1000, left: 0 }])
  expect((await check()).balanced).toBe(true)
}, 120_000)

import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertElders, prepareContext, prepareElder, recordFacts } from '../../know/elders/public.ts'
import type { PreparedElder } from '../../know/elders/public.ts'
import { populationChanged } from '../entitlements/public.ts'
import { createPayroll, makePeople, MONTHS, owed } from './independent.fixture.ts'
import { clock, he, ITEM, openWorld, VILLAGE, zhou, type World } from './payments.fixture.ts'

const COUNT = 2000
let w: World
const people = makePeople(COUNT, 20260716)
const ids: string[] = []

beforeAll(async () => {
  w = await openWorld(true)
  w.to('2026-05-20')
  for (let from = 0; from < COUNT; from += 500) {
    await w.t.app.runAs(clock, 'test', async (tx) => {
      const prepared = people.slice(from, from + 500).map((person) => prepareElder({
        name: person.name, birthDay: person.birth, region: VILLAGE, source: '测试', contacts: [], residences: [],
        facts: [...(person.hukouKnown ? [{ key: 'hukou', value: 'local', validFrom: null, validTo: null, source: '测试', sourceRef: null, reason: null }] : []), { key: `benefit.${ITEM}`, value: '2026-01-01', validFrom: '2026-01-01', validTo: null, source: '测试', sourceRef: null, reason: null }],
      }, prepareContext(tx)) as PreparedElder)
      ids.push(...(await insertElders({ ...tx, emit: () => {} }, prepared, null)).ids.map((id) => id!))
    })
  }
  const { taskId } = await w.t.must<{ taskId: string }>(zhou, 'payments.adopt', { paidThrough: '2026-04' })
  await w.task(taskId)
  for (let from = 0; from < COUNT; from += 1000) await w.t.must(zhou, 'payments.setAccounts', { accounts: ids.slice(from, from + 1000).map((elderId, i) => ({ elderId, bank: '城口农商行', holder: '本人', number: `6217${String(from + i).padStart(12, '0')}` })) })
  await w.budget(100_000_000_00)
}, 600_000)
afterAll(() => w.t.close())

/** Deaths, moves and missing facts that become known after the n-th batch. */
async function tell(n: number): Promise<void> {
  await w.t.app.runAs(clock, 'test', async (tx) => {
    const facts = people.flatMap((person, i) => {
      if (person.knownAfter !== n) return []
      const fact = (key: string, value: unknown, validFrom: string | null) => ({ elderId: ids[i]!, key, value, validFrom, validTo: null, source: '测试', sourceRef: null, reason: null })
      return [...(person.hukouKnown ? [] : [fact('hukou', 'local', null)]), ...(person.leftOn === null ? [] : [fact('hukou', 'other', person.leftOn)]), ...(person.diedOn === null ? [] : [fact('dead', person.diedOn, person.diedOn)])]
    })
    // Told to nobody one by one, as a big import is; everybody's month is read anew.
    await recordFacts({ ...tx, emit: () => {} }, facts)
    await populationChanged(tx, '500229')
  })
  await w.settle()
}

test('the invented people have what a month can hold: every rate, turns inside the months, late deaths and back pay', () => {
  const rates = new Set(people.map((person) => owed(person, '2026-07', 3)))
  expect([...rates].sort()).toEqual([0, 12000, 30000, 6000])
  expect(people.filter((person) => owed(person, '2026-05', 3) !== owed(person, '2026-07', 3)).length).toBeGreaterThan(50)
})

test(`[Y1] [Y2] [Y3] three months of ${COUNT} payees equal a sum made by hand, person by person and to the fen`, async () => {
  const payroll = createPayroll(people)
  for (const [n, month] of MONTHS.entries()) {
    w.to(`${month}-20`)
    const id = await w.draft(month)
    const expected = payroll(n)
    const lines = await w.t.app.runAs(zhou, 'test', (tx) => tx.rows<{ elderId: string; due: number; arrears: number; over: number; pay: number; held: string | null }>`select elder_id as "elderId", due_fen as due, arrears_fen as arrears, over_fen as over, pay_fen as pay, held from payments.line where batch_id = ${id}`)
    const byElder = new Map(lines.map((line) => [line.elderId, line]))
    const wrong = people.flatMap((person, i) => {
      const [line, should] = [byElder.get(ids[i]!), expected[i]!]
      const got = { due: line?.due ?? 0, arrears: line?.arrears ?? 0, over: line?.over ?? 0, held: (line?.held ?? null) !== null }
      return JSON.stringify(got) === JSON.stringify(should) ? [] : [{ month, person, got, should }]
    })
    expect(wrong.slice(0, 3)).toEqual([])
    const total = expected.reduce((sum, one) => sum + (one.held ? 0 : one.due + one.arrears), 0)
    expect((await w.see(id)).total.payFen).toBe(total)
    await w.release(id)
    await tell(n)
  }
  const seen = await w.t.must<{ equal: boolean }>(he, 'payments.reconcile', { month: '2026-07' })
  expect(seen.equal).toBe(true)
}, 600_000)

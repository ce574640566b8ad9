/** A county with payees: the real packs, every capability a payment touches. */
import { OfferApproved } from '../offers/contract.ts'
import { clockActor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { elders } from '../../know/elders/index.ts'
import { newElderInput } from '../../know/elders/people.fixture.ts'
import { recordFacts } from '../../know/elders/public.ts'
import { messages } from '../../know/messages/index.ts'
import { regions } from '../../know/regions/index.ts'
import { users } from '../../know/users/index.ts'
import { work } from '../../know/work/index.ts'
import { loadTestResources } from '../../testing.ts'
import { entitlements } from '../entitlements/index.ts'
import { funds } from '../funds/index.ts'
import { offers } from '../offers/index.ts'
import { policies } from '../policies/index.ts'
import type { BatchHead, LineRow, Sums } from './contract.ts'
import { payments } from './index.ts'

const grants = (role: string, prefix: string) => ({ grants: [{ role, prefix }] })
export const zhou = testActor(['countyClerk'], '500229000000', ['500229'], { ...grants('countyClerk', '500229'), name: '周岚' })
export const he = testActor(['countyClerk'], '500229000000', ['500229'], { ...grants('countyClerk', '500229'), name: '何勇' })
export const town = testActor(['townshipClerk'], '500229110000', ['500229110'], grants('townshipClerk', '500229110'))
export const stranger = testActor(['countyClerk'], '370215000000', ['370215'], grants('countyClerk', '370215'))
export const clock = clockActor('500229')
export const ITEM = 'age-allowance'
export const VILLAGE = '500229110201'

export interface Seen {
  readonly batch: BatchHead
  readonly total: Sums
  readonly items: readonly (Sums & { item: string; budgetLeftFen: number })[]
  readonly places: readonly (Sums & { code: string })[]
  readonly stops: readonly { reason: string; people: number }[]
  readonly findings: readonly { code: string; severity: string; count: number }[]
  readonly outcome: { sent: number; returned: number; paidFen: number } | null
}

export interface World {
  readonly t: TestApp
  settle(): Promise<void>
  register(name: string, birthDay: string, facts?: object[], extra?: object): Promise<string>
  provide(elderId: string, key: string, value: unknown, validFrom?: string | null): Promise<unknown>
  drawing(name: string, birthDay: string, since?: string, extra?: object): Promise<string>
  account(elderId: string, number?: string): Promise<void>
  budget(amountFen: number, year?: number): Promise<void>
  draft(month: string, items?: readonly string[]): Promise<string>
  see(id: string): Promise<Seen>
  lines(id: string, list?: string): Promise<LineRow[]>
  release(id: string): Promise<void>
  task<T>(taskId: string): Promise<T>
  approve(elderId: string, fromMonth: string): Promise<void>
  to(day: string): void
}

let accounts = 0

/** `offersSleep`: nobody looks for people to offer something to, which takes longer than two thousand payments. */
export async function openWorld(offersSleep = false): Promise<World> {
  loadTestResources()
  const t = await createTestApp([regions, users, work, elders, messages, policies, funds, entitlements, offersSleep ? { ...offers, jobs: [] } : offers, payments])
  await t.must(clock, 'policies.loadPacks')
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 2; i++) {
      await t.app.settle()
      t.app.tasks.poke()
      await t.app.tasks.idle()
    }
    await t.app.settle()
  }
  const world: World = {
    t, settle,
    register: async (name, birthDay, facts = [{ key: 'hukou', value: 'local', source: '户籍' }], extra = {}) => (await t.must<{ id: string }>(zhou, 'elders.register', newElderInput({ name, birthDay, facts, region: VILLAGE, acceptDuplicate: true, ...extra }))).id,
    provide: (elderId, key, value, validFrom = null) => t.app.runAs(clock, 'test', (tx) => recordFacts(tx, [{ elderId, key, value, validFrom, validTo: null, source: '发放名册', sourceRef: null, reason: null }])),
    drawing: async (name, birthDay, since = '2021-03-01', extra = {}) => {
      const id = await world.register(name, birthDay, undefined, extra)
      await world.provide(id, `benefit.${ITEM}`, since, since)
      return id
    },
    account: async (elderId, number = `62170000${String(++accounts).padStart(8, '0')}`) => void (await t.must(zhou, 'payments.setAccounts', { accounts: [{ elderId, bank: '城口农商行', holder: '本人', number }] })),
    budget: async (amountFen, year = 2026) => {
      const { id } = await t.must<{ id: string }>(zhou, 'funds.draftBudget', { source: 'county', item: ITEM, year, amountFen, sample: true })
      await t.must(he, 'funds.approveBudget', { id, amountFen })
    },
    draft: async (month, items = [ITEM]) => {
      const { id } = await t.must<{ id: string }>(zhou, 'payments.draft', { month, items })
      await settle()
      return id
    },
    see: (id) => t.must<Seen>(zhou, 'payments.batch', { id }),
    lines: async (id, list = 'all') => (await t.must<{ rows: LineRow[] }>(zhou, 'payments.lines', { batchId: id, list, limit: 500 })).rows,
    release: async (id) => {
      await t.must(zhou, 'payments.check', { id })
      const { total } = await world.see(id)
      await t.must(he, 'payments.release', { id, people: total.people, payFen: total.payFen })
      await settle()
    },
    task: async <T>(taskId: string) => {
      await settle()
      const task = await t.must<{ state: string; result: T; failure: string | null }>(zhou, 'system.task', { id: taskId })
      if (task.state !== 'done') throw new Error(`${task.state}: ${task.failure}`)
      return task.result
    },
    approve: async (elderId, fromMonth) => {
      await t.app.runAs(clock, 'test', async (tx) => tx.emit(OfferApproved, { offerId: tx.newId(), elderId, item: ITEM, fromMonth, versionId: tx.newId() }, VILLAGE))
      await settle()
    },
    to: (day) => void (t.clock.nowMs = Date.parse(`${day}T02:00:00Z`)),
  }
  return world
}

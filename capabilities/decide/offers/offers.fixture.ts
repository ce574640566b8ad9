/** A county in memory with people, the real packs and every capability an offer touches. */
import { clockActor } from '@songbai/platform/server'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { elders } from '../../know/elders/index.ts'
import { newElderInput, VILLAGE } from '../../know/elders/people.fixture.ts'
import { recordFacts } from '../../know/elders/public.ts'
import { messages } from '../../know/messages/index.ts'
import { regions } from '../../know/regions/index.ts'
import { users } from '../../know/users/index.ts'
import { work } from '../../know/work/index.ts'
import { loadTestResources } from '../../testing.ts'
import { entitlements } from '../entitlements/index.ts'
import { policies } from '../policies/index.ts'
import type { OfferPage, OfferRow } from './contract.ts'
import { offers } from './index.ts'

const grants = (role: string, prefix: string) => ({ grants: [{ role, prefix }] })
export const county = testActor(['countyClerk'], '500229000000', ['500229'], { ...grants('countyClerk', '500229'), name: '周岚' })
export const second = testActor(['countyClerk'], '500229000000', ['500229'], { ...grants('countyClerk', '500229'), name: '何勇' })
export const town = testActor(['townshipClerk'], '500229102000', ['500229102'], { ...grants('townshipClerk', '500229102'), name: '冉建明' })
export const otherTown = testActor(['townshipClerk'], '500229103000', ['500229103'], grants('townshipClerk', '500229103'))
export const village = testActor(['villageAssistant'], VILLAGE, [VILLAGE], grants('villageAssistant', VILLAGE))
export const jimo = testActor(['countyClerk'], '370215000000')
export const clock = clockActor('500229')
export const fact = (key: string, value: unknown, validFrom: string | null = null) => ({ key, value, validFrom, source: '入户' })

export interface World {
  readonly t: TestApp
  register(name: string, birthDay: string, facts?: object[], extra?: object): Promise<string>
  provide(elderId: string, key: string, value: unknown, validFrom?: string | null): Promise<unknown>
  /** Listeners and tasks until nothing is left. */
  settle(): Promise<void>
  /** The minute of a county: what a server does by itself. */
  minute(): Promise<void>
  list(input?: object, actor?: typeof county): Promise<OfferRow[]>
  page(id: string, actor?: typeof county): Promise<OfferPage>
  events(type: string): Promise<Record<string, unknown>[]>
}

export async function openWorld(nowMs?: number): Promise<World> {
  loadTestResources()
  const t = await createTestApp([regions, users, work, elders, messages, policies, entitlements, offers], nowMs)
  await t.must(clock, 'policies.loadPacks')
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 2; i++) {
      await t.app.settle()
      t.app.tasks.poke()
      await t.app.tasks.idle()
    }
    await t.app.settle()
  }
  return {
    t, settle,
    register: async (name, birthDay, facts = [fact('hukou', 'local')], extra = {}) => (await t.must<{ id: string }>(county, 'elders.register', newElderInput({ name, birthDay, facts, region: VILLAGE, acceptDuplicate: true, ...extra }))).id,
    provide: (elderId, key, value, validFrom = null) => t.app.runAs(clock, 'test', (tx) => recordFacts(tx, [{ elderId, key, value, validFrom, validTo: null, source: '发放名册', sourceRef: null, reason: null }])),
    minute: async () => {
      t.clock.nowMs += 60_000
      await t.app.tick(['500229'])
      await settle()
    },
    list: async (input = {}, actor = county) => (await t.must<{ rows: OfferRow[] }>(actor, 'offers.list', { limit: 500, ...input })).rows,
    page: (id, actor = county) => t.must<OfferPage>(actor, 'offers.get', { id }),
    events: async (type) => (await t.app.runAs(clock, 'look', (tx) => tx.rows<{ payload: Record<string, unknown> }>`select payload from platform.event where type = ${type} order by at, id`)).map((row) => row.payload),
  }
}

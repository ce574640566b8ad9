/** Delivers numbered events to listeners, per county and in order, at least once: the listener's work and its cursor commit together. */
import { sql } from 'kysely'
import { clockActor } from './actor.ts'
import type { Capability } from './capability.ts'
import { openTx } from './db/scope.ts'
import { runAs, type World } from './perform.ts'
import type { OnJob } from './schedule.ts'

const EVERYWHERE = { prefixes: [''] }

interface Listener {
  readonly name: string
  readonly job: OnJob
}

interface EventRow {
  readonly id: string
  readonly region: string
  readonly seq: number
  readonly payload: unknown
}

export function listenersOf(capabilities: readonly Capability[]): Listener[] {
  return capabilities.flatMap((capability) => (capability.jobs ?? []).filter((job) => job.type === 'on').map((job) => ({ name: `${capability.name}: ${job.title}`, job })))
}

/** One round over all listeners and counties; answers how many events were handled. */
export async function deliver(world: World, listeners: readonly Listener[]): Promise<number> {
  const counties = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, async (db) => (await sql<{ county: string; eventSeq: number }>`select county, event_seq as "eventSeq" from platform.sequence where event_seq > 0`.execute(db)).rows)
  let handled = 0
  for (const { county, eventSeq } of counties) for (const listener of listeners) handled += await deliverTo(world, listener, county, eventSeq)
  return handled
}

async function deliverTo(world: World, listener: Listener, county: string, newest: number): Promise<number> {
  const cursor = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, async (db) => {
    await sql`insert into platform.listener (county, name, seq) values (${county}, ${listener.name}, 0) on conflict do nothing`.execute(db)
    return (await sql<{ seq: number }>`select seq from platform.listener where county = ${county} and name = ${listener.name}`.execute(db)).rows[0]!.seq
  })
  if (cursor >= newest) return 0
  const events = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, async (db) => (await sql<EventRow>`select id, region, seq, payload from platform.event where county = ${county} and seq > ${cursor} and type = ${listener.job.event.name} order by seq limit 500`.execute(db)).rows)
  for (let i = 0; i < events.length; i += TOGETHER) if (!(await handleSome(world, listener, county, events.slice(i, i + TOGETHER)))) return 0
  const reached = events.length === 500 ? events.at(-1)!.seq : newest
  await moveCursor(world, county, listener.name, reached, null)
  return events.length
}

/** Events one transaction takes together; when one fails they are tried alone, so that the rest goes through up to it. */
const TOGETHER = 50

async function handleSome(world: World, listener: Listener, county: string, events: readonly EventRow[]): Promise<boolean> {
  try {
    await run(world, listener, county, events)
    await moveCursor(world, county, listener.name, events.at(-1)!.seq, null)
    return true
  } catch (error) {
    if (events.length === 1) return stopAt(world, listener, county, events[0]!, error as Error)
    for (const event of events) if (!(await handleSome(world, listener, county, [event]))) return false
    return true
  }
}

function run(world: World, listener: Listener, county: string, events: readonly EventRow[]): Promise<void> {
  return runAs(world, clockActor(county), 'event', listener.name, async (tx) => {
    for (const event of events) await listener.job.run(tx, listener.job.event.payload.parse(event.payload) as never, { id: event.id, county, region: event.region, seq: event.seq })
  })
}

/** The listener stops at this event until it succeeds: skipping would lose a death. The status page shows it. */
async function stopAt(world: World, listener: Listener, county: string, event: EventRow, error: Error): Promise<false> {
  world.log({ level: 'error', listener: listener.name, event: event.id, message: error.message, stack: error.stack })
  await moveCursor(world, county, listener.name, event.seq - 1, error.message)
  return false
}

async function moveCursor(world: World, county: string, name: string, seq: number, failure: string | null): Promise<void> {
  await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) =>
    sql`update platform.listener set seq = greatest(seq, ${seq}), failure = ${failure}, failed_at = ${failure === null ? null : new Date(world.clock())} where county = ${county} and name = ${name}`.execute(db))
}

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
  for (const event of events) if (!(await handle(world, listener, county, event))) return 0
  const reached = events.length === 500 ? events.at(-1)!.seq : newest
  await moveCursor(world, county, listener.name, reached, null)
  return events.length
}

async function handle(world: World, listener: Listener, county: string, event: EventRow): Promise<boolean> {
  try {
    await runAs(world, clockActor(county), 'event', listener.name, (tx) => listener.job.run(tx, listener.job.event.payload.parse(event.payload) as never, { id: event.id, county, region: event.region, seq: event.seq }))
    await moveCursor(world, county, listener.name, event.seq, null)
    return true
  } catch (error) {
    // The listener stops at this event until it succeeds: skipping would lose a death. The status page shows it.
    world.log({ level: 'error', listener: listener.name, event: event.id, message: (error as Error).message, stack: (error as Error).stack })
    await moveCursor(world, county, listener.name, event.seq - 1, (error as Error).message)
    return false
  }
}

async function moveCursor(world: World, county: string, name: string, seq: number, failure: string | null): Promise<void> {
  await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) =>
    sql`update platform.listener set seq = greatest(seq, ${seq}), failure = ${failure}, failed_at = ${failure === null ? null : new Date(world.clock())} where county = ${county} and name = ${name}`.execute(db))
}

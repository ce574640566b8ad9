/** Delivers numbered events to listeners, per county and in order, at least once: the listener's work and its cursor commit together. */
import { sql } from 'kysely'
import { clockActor } from './actor.ts'
import type { Capability } from './capability.ts'
import { openTx } from './db/scope.ts'
import { runAs, type World } from './perform.ts'
import type { OnJob } from './schedule.ts'
import type { AnyDb } from './tx.ts'

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
  const behind = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) => findBehind(db, listeners))
  let handled = 0
  for (const one of behind.filter(({ waits }) => waits)) handled += await deliverTo(world, listeners.find(({ name }) => name === one.name)!, one)
  return handled
}

interface Behind {
  readonly county: string
  readonly name: string
  readonly seq: number
  readonly newest: number
  /** Whether an event of the listener's type lies between. */
  readonly waits: boolean
}

/** Who has not heard everything. All listeners are asked about in one statement, and those for whom nothing came go to the newest number in another: a bulk write makes a hundred commits a minute, each of which would else ask some fifty times. */
async function findBehind(db: AnyDb, listeners: readonly Listener[]): Promise<Behind[]> {
  const { rows } = await sql<Behind>`
    select s.county, n.name, coalesce(l.seq, 0) as seq, s.event_seq as newest, exists (select from platform.event e where e.county = s.county and e.seq > coalesce(l.seq, 0) and e.type = n.type) as waits
    from platform.sequence s cross join unnest(${listeners.map(({ name }) => name)}::text[], ${listeners.map(({ job }) => job.event.name)}::text[]) with ordinality as n(name, type, at)
    left join platform.listener l on l.county = s.county and l.name = n.name where s.event_seq > coalesce(l.seq, 0) order by s.county, n.at`.execute(db)
  const idle = rows.filter(({ waits }) => !waits)
  if (idle.length > 0) {
    await sql`
      insert into platform.listener (county, name, seq) select * from unnest(${idle.map(({ county }) => county)}::text[], ${idle.map(({ name }) => name)}::text[], ${idle.map(({ newest }) => newest)}::bigint[])
      on conflict (county, name) do update set seq = greatest(platform.listener.seq, excluded.seq), failure = null, failed_at = null`.execute(db)
  }
  return rows
}

async function deliverTo(world: World, listener: Listener, { county, seq: cursor, newest }: Behind): Promise<number> {
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
    sql`insert into platform.listener (county, name, seq, failure, failed_at) values (${county}, ${name}, ${seq}, ${failure}, ${failure === null ? null : new Date(world.clock())})
      on conflict (county, name) do update set seq = greatest(platform.listener.seq, excluded.seq), failure = excluded.failure, failed_at = excluded.failed_at`.execute(db))
}

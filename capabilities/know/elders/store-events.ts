/** The feed of life events: one row for each (source, reference), whatever became of it. */
import type { Day } from '@songbai/calendar'
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { EVENT_KINDS } from './contract.ts'
import { ALIVE_KINDS } from './rules-events.ts'
import { inCounties, type View } from './store-facts.ts'
import type { ElderRecord } from './store.ts'

type Kind = (typeof EVENT_KINDS)[number]
export type EventState = 'applied' | 'conflict' | 'unmatched' | 'withdrawn'

export interface EventRecord {
  readonly id: string
  readonly kind: Kind
  readonly onDay: Day
  readonly source: string
  readonly sourceRef: string
  readonly state: EventState
  readonly detail: string | null
  readonly recordedAt: number
}

/** Events about a person up to the day of the view; those of records merged into it included. */
export async function eventsOf(tx: Tx, elder: ElderRecord, view: View): Promise<EventRecord[]> {
  return tx.rows<EventRecord>`
    select id, kind, on_day as "onDay", source, source_ref as "sourceRef", state, detail, recorded_at as "recordedAt" from elders.life_event
    where county = ${elder.county} and (elder_id = ${elder.id} or elder_id in (select drop_id from elders.merge m where m.county = ${elder.county} and m.keep_id = ${elder.id} and m.split_at is null))
      and on_day <= ${view.at}::date and (${view.knownBefore}::timestamptz is null or recorded_at < ${view.knownBefore}::timestamptz)
    order by on_day desc, recorded_at desc, id desc`
}

export interface NewEvent {
  readonly elderId: string | null
  readonly region: string
  readonly kind: Kind
  readonly onDay: Day
  readonly source: string
  readonly sourceRef: string
  readonly payload: unknown
  readonly state: EventState
  readonly detail: string | null
}

/** Null when this source sent this reference before. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<string | null> {
  const id = tx.newId()
  const rows = await tx.rows<{ id: string }>`
    insert into elders.life_event (county, id, elder_id, region, kind, on_day, source, source_ref, payload, state, detail, recorded_at, recorded_by)
    values (${countyOf(event.region)}, ${id}, ${event.elderId}, ${event.region}, ${event.kind}, ${event.onDay}, ${event.source}, ${event.sourceRef}, ${JSON.stringify(event.payload)}::jsonb, ${event.state}, ${event.detail}, ${new Date(tx.nowMs)}, ${tx.actor.id})
    on conflict (county, source, source_ref) do nothing returning id`
  return rows[0]?.id ?? null
}

/** References of this source that are here already, as far as the actor can see. */
export async function knownRefs(tx: Tx, refs: readonly { readonly source: string; readonly sourceRef: string }[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; source: string; ref: string }>`
    select id, source, source_ref as ref from elders.life_event where ${await inCounties(tx)} and (source, source_ref) in (select * from unnest(${refs.map((one) => one.source)}::text[], ${refs.map((one) => one.sourceRef)}::text[]))`
  return new Map(rows.map((row) => [`${row.source}\n${row.ref}`, row.id]))
}

/** Newest day each person was certainly alive, by applied events. */
export async function lastSeenAlive(tx: Tx, elderIds: readonly string[]): Promise<Map<string, Day>> {
  const rows = await tx.rows<{ id: string; day: Day }>`select elder_id as id, max(on_day)::date as day from elders.life_event where ${await inCounties(tx)} and elder_id = any(${elderIds}::uuid[]) and state = 'applied' and kind = any(${ALIVE_KINDS}::text[]) group by elder_id`
  return new Map(rows.map((row) => [row.id, row.day]))
}

export async function withdrawDeaths(tx: Tx, elder: ElderRecord): Promise<void> {
  await tx.rows`update elders.life_event set state = 'withdrawn' where county = ${elder.county} and elder_id = ${elder.id} and kind = 'death' and state = 'applied'`
}

export interface OpenConflict extends EventRecord {
  readonly elderId: string | null
  readonly region: string
}

/** Events waiting for a person's decision. */
export async function eventsInConflict(tx: Tx, limit: number): Promise<OpenConflict[]> {
  return tx.rows<OpenConflict>`select id, elder_id as "elderId", region, kind, on_day as "onDay", source, source_ref as "sourceRef", state, detail, recorded_at as "recordedAt" from elders.life_event where ${await inCounties(tx)} and state in ('conflict', 'unmatched') order by recorded_at desc, id desc limit ${limit}`
}

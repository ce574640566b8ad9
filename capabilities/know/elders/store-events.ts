/** The feed of life events: one row for each (source, reference), whatever became of it. */
import type { Day } from '@songbai/calendar'
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { EVENT_KINDS } from './contract.ts'
import { ALIVE_KINDS } from './rules-events.ts'
import { indexForm } from './rules.ts'
import { countiesIn, inCounties, type View } from './store-facts.ts'
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

/** Ids in the order given; null where this source sent this reference before, in scope or not. */
export async function insertEvents(tx: Tx, events: readonly NewEvent[]): Promise<(string | null)[]> {
  if (events.length === 0) return []
  const ids = events.map(() => tx.newId())
  const column = <T>(of: (event: NewEvent) => T): T[] => events.map(of)
  const rows = await tx.rows<{ id: string }>`
    insert into elders.life_event (county, id, elder_id, region, kind, on_day, source, source_ref, payload, state, detail, recorded_at, recorded_by)
    select r.*, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid from unnest(${column((e) => countyOf(e.region))}::text[], ${ids}::uuid[], ${column((e) => e.elderId)}::uuid[], ${column((e) => e.region)}::text[], ${column((e) => e.kind)}::text[], ${column((e) => e.onDay)}::date[],
      ${column((e) => e.source)}::text[], ${column((e) => e.sourceRef)}::text[], ${column((e) => JSON.stringify(e.payload))}::jsonb[], ${column((e) => e.state)}::text[], ${column((e) => e.detail)}::text[]) as r
    on conflict (county, source, source_ref) do nothing returning id`
  const inserted = new Set(rows.map((row) => row.id))
  return ids.map((id) => (inserted.has(id) ? id : null))
}

/** One event with what it carried, to be applied or dropped after a person has decided. */
export async function eventBy(tx: Tx, id: string): Promise<(EventRecord & { readonly county: string; readonly elderId: string | null; readonly payload: unknown }) | null> {
  const rows = await tx.rows<EventRecord & { county: string; elderId: string | null; payload: unknown }>`select county, elder_id as "elderId", payload, id, kind, on_day as "onDay", source, source_ref as "sourceRef", state, detail, recorded_at as "recordedAt" from elders.life_event where ${await inCounties(tx)} and id = ${id}`
  return rows[0] ?? null
}

export async function setEventState(tx: Tx, county: string, id: string, state: EventState): Promise<void> {
  await tx.rows`update elders.life_event set state = ${state} where county = ${county} and id = ${id}`
}

/** People by ID number, those of every county in scope. */
export async function holdersOf(tx: Tx, numbers: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const county of numbers.length === 0 ? [] : await countiesIn(tx)) {
    const byMark = new Map(numbers.map((number) => [tx.secrets.index(county, 'idNumber', indexForm(number)).toString('hex'), number]))
    const rows = await tx.rows<{ id: string; mark: Buffer }>`select id, id_index as mark from elders.elder where county = ${county} and id_index = any(${[...byMark.keys()].map((mark) => `\\x${mark}`)}::bytea[]) and status not in ('merged', 'undone')`
    for (const row of rows) {
      const number = byMark.get(row.mark.toString('hex'))!
      found.set(number, [...(found.get(number) ?? []), row.id])
    }
  }
  return found
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

/** Deaths that turned out wrong. */
export async function withdrawDeaths(tx: Tx, elderIds: readonly string[]): Promise<void> {
  await tx.rows`update elders.life_event set state = 'withdrawn' where ${await inCounties(tx)} and elder_id = any(${elderIds}::uuid[]) and kind = 'death' and state = 'applied'`
}

export interface OpenConflict extends EventRecord {
  readonly elderId: string | null
  readonly region: string
}

/** Events waiting for a person's decision. */
export async function eventsInConflict(tx: Tx, limit: number): Promise<OpenConflict[]> {
  return tx.rows<OpenConflict>`select id, elder_id as "elderId", region, kind, on_day as "onDay", source, source_ref as "sourceRef", state, detail, recorded_at as "recordedAt" from elders.life_event where ${await inCounties(tx)} and state in ('conflict', 'unmatched') order by recorded_at desc, id desc limit ${limit}`
}

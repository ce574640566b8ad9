/** What the finder keeps for itself: whom to look at, when everybody was last looked at, who comes next. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'

export async function askFor(tx: Tx, elderIds: readonly string[], region: string): Promise<void> {
  await tx.rows`insert into offers.pending (county, elder_id, region, asked_at) select ${countyOf(region)}, unnest(${elderIds}::uuid[]), ${region}, ${new Date(tx.nowMs)} on conflict do nothing`
}

/** Taken out in the same transaction that looks at them, so that a killed look leaves them. */
export async function takePending(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>`delete from offers.pending p where (p.county, p.elder_id) in (select county, elder_id from offers.pending where county = ${countyOf(tx.actor.region)} order by asked_at, elder_id limit ${limit} for update skip locked) returning p.elder_id as id`
  return rows.map((row) => row.id)
}

export async function anyPending(tx: Tx): Promise<boolean> {
  return (await tx.rows<{ there: boolean }>`select exists (select from offers.pending where county = ${countyOf(tx.actor.region)}) as there`)[0]!.there
}

export interface Sweep {
  readonly sweptOn: string | null
  readonly lawKey: string | null
  readonly askedAt: number | null
  readonly beganAt: number | null
  readonly endedAt: number | null
}

export async function sweepOf(tx: Tx, county: string): Promise<Sweep | null> {
  return (await tx.rows<Sweep>`select swept_on as "sweptOn", law_key as "lawKey", asked_at as "askedAt", began_at as "beganAt", ended_at as "endedAt" from offers.sweep where county = ${county}`)[0] ?? null
}

export async function askSweep(tx: Tx): Promise<void> {
  const county = countyOf(tx.actor.region)
  await tx.rows`insert into offers.sweep (county, asked_at) values (${county}, ${new Date(tx.nowMs)}) on conflict (county) do update set asked_at = excluded.asked_at`
}

export async function beginSweep(tx: Tx): Promise<void> {
  const county = countyOf(tx.actor.region)
  await tx.rows`insert into offers.sweep (county, began_at) values (${county}, ${new Date(tx.nowMs)}) on conflict (county) do update set began_at = excluded.began_at`
}

/** True when other long work of the county waits: this look is then no failed one, and may begin again at once. */
export async function giveWay(tx: Tx): Promise<boolean> {
  const county = countyOf(tx.actor.region)
  const [row] = await tx.rows<{ waits: boolean }>`select exists (select from platform.task where county = ${county} and state = 'waiting' and kind not in ('offers.find', 'messages.deliver')) as waits`
  if (row!.waits) await tx.rows`update offers.sweep set began_at = null where county = ${county}`
  return row!.waits
}

/** What was asked for after the beginning is not done by it. */
export async function endSweep(tx: Tx, lawKey: string, beganAt: number): Promise<void> {
  await tx.rows`update offers.sweep set swept_on = ${tx.today}, law_key = ${lawKey}, ended_at = ${new Date(tx.nowMs)}, asked_at = case when asked_at > ${new Date(beganAt)} then asked_at end where county = ${countyOf(tx.actor.region)}`
}

/** A task of this kind that waits or runs, with how far it is. */
export async function taskOf(tx: Tx, kind: string, states: readonly string[]): Promise<{ taskId: string; done: number; total: number } | null> {
  return (await tx.rows<{ taskId: string; done: number; total: number }>`select id as "taskId", done::float8 as done, total::float8 as total from platform.task where county = ${countyOf(tx.actor.region)} and kind = ${kind} and state = any(${states}::text[]) order by created_at desc limit 1`)[0] ?? null
}

export interface Ahead {
  readonly county: string
  readonly region: string
  readonly elderId: string
  readonly item: string
  readonly elderName: string
  readonly onDay: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly amountFen: number
  readonly unit: string
  readonly sample: boolean
}

export async function keepAhead(tx: Tx, rows: readonly Ahead[]): Promise<void> {
  if (rows.length === 0) return
  await tx.rows`
    insert into offers.ahead (county, region, elder_id, item, elder_name, on_day, title, amount_fen, unit, sample, seen_on)
    select county, region, "elderId", item, "elderName", "onDay", title, "amountFen", unit, sample, ${tx.today}::date from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, region text, "elderId" uuid, item text, "elderName" text, "onDay" date, title jsonb, "amountFen" int, unit text, sample boolean)
    on conflict (county, elder_id, item) do update set region = excluded.region, elder_name = excluded.elder_name, on_day = excluded.on_day, title = excluded.title, amount_fen = excluded.amount_fen, unit = excluded.unit, sample = excluded.sample, seen_on = excluded.seen_on`
}

/** People who have come of age, gone or changed since. */
export async function dropAhead(tx: Tx): Promise<void> {
  await tx.rows`delete from offers.ahead where county = ${countyOf(tx.actor.region)} and (seen_on < ${tx.today}::date or on_day <= ${tx.today}::date)`
}

export interface AheadFilter {
  readonly place?: string | undefined
  readonly item?: string | undefined
  readonly month?: string | undefined
}

function where(tx: Tx, filter: AheadFilter) {
  const parts = [sql`a.on_day > ${tx.today}::date`]
  if (filter.place && !/^0+$/.test(filter.place)) parts.push(sql`a.region like ${`${prefixOf(filter.place)}%`}`)
  if (filter.item) parts.push(sql`a.item = ${filter.item}`)
  if (filter.month) parts.push(sql`to_char(a.on_day, 'YYYY-MM') = ${filter.month}`)
  return sql.join(parts, sql` and `)
}

export async function ahead(tx: Tx, filter: AheadFilter, page: { readonly after?: string | undefined; readonly limit: number }): Promise<Ahead[]> {
  const [on, elder, item] = page.after?.split('|') ?? []
  return (await sql<Ahead>`
    select a.county, a.region, a.elder_id as "elderId", a.item, a.elder_name as "elderName", a.on_day as "onDay", a.title, a.amount_fen as "amountFen", a.unit, a.sample from offers.ahead a
    where ${where(tx, filter)} and (${on ?? null}::date is null or (a.on_day, a.elder_id, a.item) > (${on ?? null}::date, ${elder ?? null}::uuid, ${item ?? null}::text)) order by a.on_day, a.elder_id, a.item limit ${page.limit}`.execute(tx.db)).rows
}

export async function countAhead(tx: Tx, filter: AheadFilter): Promise<{ month: string; item: string; title: { zh: string; en: string }; n: number }[]> {
  return (await sql<{ month: string; item: string; title: { zh: string; en: string }; n: number }>`select to_char(a.on_day, 'YYYY-MM') as month, a.item, (array_agg(a.title))[1] as title, count(*)::int as n from offers.ahead a where ${where(tx, filter)} group by 1, 2 order by 1, 2`.execute(tx.db)).rows
}

/** Who is paid, and to which account. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'
import type { Again, GrantOf, Plan } from './rules.ts'
import { maskAccount } from './rules.ts'
import { countyFor } from './store.ts'

export interface GrantRow extends GrantOf {
  readonly id: string
  readonly elderId: string
  readonly region: string
  readonly item: string
}

const GRANT = sql.raw(`id, elder_id as "elderId", region, item, since_month as "sinceMonth", until_month as "untilMonth", settled_through as "settledThrough"`)

/** Open ones, and those that ended so lately that back pay or a claim can still come of them. */
export async function grantsFor(tx: Tx, items: readonly string[], month: string, firstMonth: string, after: string | null, limit: number): Promise<GrantRow[]> {
  return tx.rows<GrantRow>`select ${GRANT} from payments.grant where county = ${countyFor(tx)} and item = any(${items}::text[]) and since_month <= ${month} and (until_month is null or until_month >= ${firstMonth}) and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`
}

export async function countGrants(tx: Tx, items: readonly string[], month: string, firstMonth: string): Promise<number> {
  return (await tx.rows<{ n: number }>`select count(*)::int as n from payments.grant where county = ${countyFor(tx)} and item = any(${items}::text[]) and since_month <= ${month} and (until_month is null or until_month >= ${firstMonth})`)[0]!.n
}

export interface NewGrant {
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly sinceMonth: string
  readonly settledThrough: string | null
  readonly origin: 'adopted' | 'offer'
  readonly offerId: string | null
}

/** Answers how many were new: one open grant for a person and item. */
export async function insertGrants(tx: Tx, county: string, grants: readonly NewGrant[]): Promise<number> {
  if (grants.length === 0) return 0
  const rows = grants.map((one) => ({ id: tx.newId(), elder: one.elderId, region: one.region, item: one.item, since: one.sinceMonth, settled: one.settledThrough, origin: one.origin, offer: one.offerId }))
  return (await tx.rows`insert into payments.grant (county, id, region, elder_id, item, since_month, settled_through, origin, offer_id, created_at, created_by)
    select ${county}, id, region, elder, item, since, settled, origin, offer, ${new Date(tx.nowMs)}, ${tx.actor.id}::uuid from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, elder uuid, region text, item text, since text, settled text, origin text, offer uuid)
    on conflict do nothing returning 1 as done`).length
}

/** Grants whose stop a batch has released; answers whose benefit ends, with the first month that is no longer paid. */
export async function endStopped(tx: Tx, batchId: string, month: string, reasons: readonly string[], after: string | null, limit: number): Promise<{ readonly id: string; readonly elderId: string; readonly item: string; readonly reason: string }[]> {
  const rows = await tx.rows<{ id: string; elderId: string; item: string; reason: string }>`select g.id, g.elder_id as "elderId", g.item, l.stopped as reason from payments.line l join payments.grant g on g.county = l.county and g.id = l.grant_id
    where l.county = ${countyFor(tx)} and l.batch_id = ${batchId} and l.stopped = any(${reasons}::text[]) and g.until_month is null and (${after}::uuid is null or g.id > ${after}::uuid) order by g.id limit ${limit}`
  await tx.rows`update payments.grant g set until_month = ${month}, ended_reason = r.reason from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, reason text) where g.county = ${countyFor(tx)} and g.id = r.id`
  return rows
}

export interface PayeeRecord extends GrantRow {
  readonly origin: 'adopted' | 'offer'
  readonly endedReason: string | null
  readonly accountId: string | null
  readonly bank: string | null
  readonly holder: string | null
  readonly masked: string | null
  readonly sample: boolean | null
}

export interface PayeeFilter {
  readonly place?: string | undefined
  readonly item?: string | undefined
  readonly elderId?: string | undefined
  readonly account: 'any' | 'missing' | 'shared'
  readonly ended: boolean
  /** People with an account, and those whose account others have too; see `withHolders`. */
  readonly holders?: readonly string[]
  readonly sharing?: readonly string[]
}

/**
 * Asked first and handed on: joined to the grants, the accounts of a table without fresh statistics were read whole for each of them (5 s of 3,000
 * people, 90 ms this way).
 */
export async function withHolders(tx: Tx, filter: PayeeFilter): Promise<PayeeFilter> {
  const holders = (await tx.rows<{ id: string }>`select elder_id as id from payments.account where superseded_at is null`).map((row) => row.id)
  if (filter.account !== 'shared') return { ...filter, holders }
  const marks = (await tx.rows<{ mark: Buffer }>`select number_index as mark from payments.account where superseded_at is null group by 1 having count(*) > 1`).map((row) => row.mark)
  const sharing = (await tx.rows<{ id: string }>`select elder_id as id from payments.account where superseded_at is null and number_index = any(${marks}::bytea[])`).map((row) => row.id)
  return { ...filter, holders, sharing }
}

function where(filter: PayeeFilter) {
  const parts = [filter.ended ? sql`g.until_month is not null` : sql`g.until_month is null`]
  if (filter.place) parts.push(sql`g.region like ${`${prefixOf(filter.place)}%`}`)
  if (filter.item) parts.push(sql`g.item = ${filter.item}`)
  if (filter.elderId) parts.push(sql`g.elder_id = ${filter.elderId}`)
  if (filter.account === 'missing') parts.push(sql`g.elder_id <> all(${filter.holders ?? []}::uuid[])`)
  if (filter.account === 'shared') parts.push(sql`g.elder_id = any(${filter.sharing ?? []}::uuid[])`)
  return sql.join(parts, sql` and `)
}

export async function payees(tx: Tx, filter: PayeeFilter, after: string | undefined, limit: number): Promise<PayeeRecord[]> {
  const [region, id] = after?.split('|') ?? [null, null]
  const { rows } = await sql<Omit<PayeeRecord, 'accountId' | 'bank' | 'holder' | 'masked' | 'sample'>>`select g.id, g.elder_id as "elderId", g.region, g.item, g.since_month as "sinceMonth", g.until_month as "untilMonth", g.settled_through as "settledThrough", g.origin, g.ended_reason as "endedReason"
    from payments.grant g where ${where(filter)} and (${region}::text is null or (g.region, g.id) > (${region}::text collate "C", ${id}::uuid)) order by g.region, g.id limit ${limit}`.execute(tx.db)
  const accounts = await tx.rows<{ elderId: string; accountId: string; bank: string; holder: string; masked: string; sample: boolean }>`select elder_id as "elderId", id as "accountId", bank, holder, number_masked as masked, sample from payments.account where elder_id = any(${rows.map((row) => row.elderId)}::uuid[]) and superseded_at is null`
  const byElder = new Map(accounts.map((one) => [one.elderId, one]))
  const none = { accountId: null, bank: null, holder: null, masked: null, sample: null }
  return rows.map((row) => ({ ...none, ...byElder.get(row.elderId), ...row }))
}

export async function countPayees(tx: Tx, filter: PayeeFilter): Promise<{ total: number; items: { item: string; people: number; withoutAccount: number }[] }> {
  const { rows } = await sql<{ item: string; people: number; withoutAccount: number }>`select g.item, count(*)::int as people, count(*) filter (where g.elder_id <> all(${filter.holders ?? []}::uuid[]))::int as "withoutAccount" from payments.grant g where ${where(filter)} group by 1 order by 2 desc, 1`.execute(tx.db)
  return { total: rows.reduce((sum, row) => sum + row.people, 0), items: rows }
}

export interface NewAccount {
  readonly elderId: string
  readonly region: string
  readonly bank: string
  readonly holder: string
  readonly number: string
  readonly sample: boolean
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** Sealed with a key of its own: destroying it forgets the number, whoever has the rows. */
export async function insertAccounts(tx: Tx, accounts: readonly NewAccount[]): Promise<void> {
  const rows = accounts.map((one) => {
    const county = countyOf(one.region)
    const { key, wrapped } = tx.secrets.newSubjectKey(county)
    return { county, id: tx.newId(), region: one.region, elder: one.elderId, bank: one.bank, holder: one.holder, sealed: hex(tx.secrets.seal(key, one.number)), mark: hex(tx.secrets.index(county, 'bankAccount', one.number)), masked: maskAccount(one.number), wrapped: hex(wrapped), sample: one.sample }
  })
  await tx.rows`update payments.account set superseded_at = ${new Date(tx.nowMs)} where elder_id = any(${accounts.map((one) => one.elderId)}::uuid[]) and superseded_at is null`
  await tx.rows`insert into payments.account (county, id, region, elder_id, bank, holder, number_sealed, number_index, number_masked, key_wrapped, sample, recorded_at, recorded_by, recorder)
    select county, id, region, elder, bank, holder, sealed::bytea, mark::bytea, masked, wrapped::bytea, sample, ${new Date(tx.nowMs)}, ${tx.actor.id}::uuid, ${tx.actor.name} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, id uuid, region text, elder uuid, bank text, holder text, sealed text, mark text, masked text, wrapped text, sample boolean)`
}

/** Whose money would go to another account than the last one. */
export async function withAccount(tx: Tx, elderIds: readonly string[]): Promise<string[]> {
  return (await tx.rows<{ id: string }>`select elder_id as id from payments.account where elder_id = any(${elderIds}::uuid[]) and superseded_at is null`).map((row) => row.id)
}

export async function accountIds(tx: Tx, elderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ elderId: string; id: string }>`select elder_id as "elderId", id from payments.account where county = ${countyFor(tx)} and elder_id = any(${elderIds}::uuid[]) and superseded_at is null`
  return new Map(rows.map((row) => [row.elderId, row.id]))
}

export async function openAccount(tx: Tx, id: string): Promise<{ readonly elderId: string; readonly region: string; readonly number: string } | null> {
  const [row] = await tx.rows<{ county: string; elderId: string; region: string; sealed: Buffer; wrapped: Buffer }>`select county, elder_id as "elderId", region, number_sealed as sealed, key_wrapped as wrapped from payments.account where id = ${id}`
  return row ? { elderId: row.elderId, region: row.region, number: openNumber(tx, row.county, row) } : null
}

export function openNumber(tx: Tx, county: string, row: { readonly sealed: Buffer; readonly wrapped: Buffer }): string {
  return tx.secrets.open(tx.secrets.subjectKey(county, row.wrapped), row.sealed)
}

export async function revealsSince(tx: Tx, since: Date): Promise<number> {
  return (await tx.rows<{ n: number }>`select count(*)::int as n from platform.audit where at >= ${since} and actor_id = ${tx.actor.id} and action = 'payments.reveal' and outcome = 'done'`)[0]!.n
}

export const ownerOf = (one: { readonly elderId: string; readonly item: string }): string => `${one.elderId} ${one.item}`

const elderIdsOf = (grants: readonly { readonly elderId: string }[]): string[] => [...new Set(grants.map((one) => one.elderId))]

/** Every grant of these people begun by the month, by person and item, the newest first: a stopped payee approved anew has two, and both count. */
export async function familiesOf(tx: Tx, grants: readonly GrantRow[], month: string): Promise<Map<string, GrantRow[]>> {
  const rows = await tx.rows<GrantRow>`select ${GRANT} from payments.grant where county = ${countyFor(tx)} and elder_id = any(${elderIdsOf(grants)}::uuid[]) and since_month <= ${month} order by until_month desc nulls first, since_month desc, id desc`
  const wanted = new Set(grants.map(ownerOf))
  return grouped(rows.filter((row) => wanted.has(ownerOf(row))), ownerOf)
}

export interface Unreceived {
  readonly lineId: string
  /** Back in the budget; else it waits to be decided on or to go out again. */
  readonly cancelled: boolean
}

/** Payments the bank sent back that have not reached the person by a later one: money sent again may come back again. */
export async function unreceivedLines(tx: Tx, grantIds: readonly string[] | null): Promise<Unreceived[]> {
  return tx.rows<Unreceived>`with recursive fate as (
      select line_id as first, state, again_line_id from payments.returned where county = ${countyFor(tx)} and (${grantIds}::uuid[] is null or grant_id = any(${grantIds}::uuid[]))
      union all select f.first, r.state, r.again_line_id from fate f join payments.returned r on r.county = ${countyFor(tx)} and r.line_id = f.again_line_id where f.state = 'sent')
    select first as "lineId", state = 'cancelled' as cancelled from fate where state in ('open', 'again', 'cancelled')`
}

export interface PaidSoFar {
  /** By month, claims and what went back to the budget taken off. */
  readonly paid: Map<string, number>
  /** Of it, what the bank sent back and what waits: counted as paid so that it is not paid twice, never claimed. */
  readonly waiting: Map<string, number>
}

/** What each month was paid so far, by person and item whatever grant it went by: released batches only. */
export async function paidMonths(tx: Tx, families: ReadonlyMap<string, readonly GrantRow[]>, firstMonth: string): Promise<Map<string, PaidSoFar>> {
  const owners = new Map([...families].flatMap(([owner, grants]) => grants.map((one) => [one.id, owner] as const)))
  const grantIds = [...owners.keys()]
  const book = new Map<string, PaidSoFar>()
  const add = (grantId: string, side: keyof PaidSoFar, month: string, fen: number): void => {
    const owner = owners.get(grantId)!
    const own = book.get(owner) ?? { paid: new Map<string, number>(), waiting: new Map<string, number>() }
    own[side].set(month, (own[side].get(month) ?? 0) + fen)
    book.set(owner, own)
  }
  for (const row of await tx.rows<{ grantId: string; month: string; fen: number }>`select p.grant_id as "grantId", p.month, sum(p.delta_fen)::bigint as fen from payments.part p join payments.batch b on b.county = p.county and b.id = p.batch_id
    where p.county = ${countyFor(tx)} and p.grant_id = any(${grantIds}::uuid[]) and p.kind in ('month', 'arrears', 'overpaid') and p.month >= ${firstMonth} and b.state in ('released', 'exported', 'settled') group by 1, 2`) add(row.grantId, 'paid', row.month, row.fen)
  const back = new Map((await unreceivedLines(tx, grantIds)).map((one) => [one.lineId, one.cancelled]))
  if (back.size === 0) return book
  // What was kept back for a claim did its work: only the rest came back.
  for (const row of await tx.rows<{ grantId: string; lineId: string; month: string; fen: number }>`select grant_id as "grantId", line_id as "lineId", month, sum(delta_fen)::bigint as fen from payments.part where county = ${countyFor(tx)} and line_id = any(${[...back.keys()]}::uuid[]) and kind in ('month', 'arrears', 'offset') and month >= ${firstMonth} group by 1, 2, 3`) {
    if (back.get(row.lineId)) add(row.grantId, 'paid', row.month, -row.fen)
    else add(row.grantId, 'waiting', row.month, row.fen)
  }
  return book
}

/** What these people were due in the newest released batch of the month before. */
export async function wasDue(tx: Tx, families: ReadonlyMap<string, readonly GrantRow[]>, month: string): Promise<Map<string, number>> {
  const owners = new Map([...families].flatMap(([owner, grants]) => grants.map((one) => [one.id, owner] as const)))
  const rows = await tx.rows<{ grantId: string; fen: number }>`select l.grant_id as "grantId", sum(l.due_fen)::bigint as fen from payments.line l join payments.batch b on b.county = l.county and b.id = l.batch_id where l.county = ${countyFor(tx)} and l.grant_id = any(${[...owners.keys()]}::uuid[]) and l.month = ${month} and l.held is null and b.state in ('released', 'exported', 'settled') group by 1`
  const was = new Map<string, number>()
  for (const row of rows) was.set(owners.get(row.grantId)!, (was.get(owners.get(row.grantId)!) ?? 0) + row.fen)
  return was
}

export async function againFor(tx: Tx, grants: readonly GrantRow[]): Promise<Map<string, Again[]>> {
  return grouped(await tx.rows<Again & { elderId: string; item: string }>`select r.id, g.elder_id as "elderId", g.item, r.amount_fen as "amountFen", l.month from payments.grant g join payments.returned r on r.county = g.county and r.grant_id = g.id join payments.line l on l.county = r.county and l.id = r.line_id
    where g.county = ${countyFor(tx)} and g.elder_id = any(${elderIdsOf(grants)}::uuid[]) and r.state = 'again' order by r.id`, ownerOf)
}

/** Whose the claim is says the grant it came from: it goes along when two records become one. */
export async function plansFor(tx: Tx, grants: readonly GrantRow[]): Promise<Map<string, Plan[]>> {
  return grouped(await tx.rows<Plan & { elderId: string; item: string }>`select c.id, g.elder_id as "elderId", g.item, c.amount_fen - c.recovered_fen - c.written_off_fen as "leftFen", c.plan, c.share_percent as "sharePercent" from payments.grant g join payments.recoup c on c.county = g.county and c.grant_id = g.id
    where g.county = ${countyFor(tx)} and g.elder_id = any(${elderIdsOf(grants)}::uuid[]) and c.state = 'open' and c.plan = 'offset' order by c.found_at, c.id`, ownerOf)
}

/**
 * Two records are one person: grants and account of the dropped one go to the kept one. Where both were paid the item one grant goes on, and what was
 * paid twice becomes a claim; where both have an account the kept one's stays.
 */
export async function moveGrants(tx: Tx, dropId: string, keep: { readonly id: string; readonly region: string }): Promise<void> {
  await tx.rows`update payments.grant g set until_month = greatest(since_month, ${tx.today.slice(0, 7)}), ended_reason = 'merged' where elder_id = ${dropId} and until_month is null and exists (select from payments.grant k where k.county = g.county and k.elder_id = ${keep.id} and k.item = g.item and k.until_month is null)`
  await tx.rows`update payments.grant set elder_id = ${keep.id}, region = ${keep.region}, moved_from = moved_from || ${dropId}::uuid where elder_id = ${dropId}`
  await tx.rows`update payments.account a set elder_id = ${keep.id}, region = ${keep.region}, moved_from = moved_from || ${dropId}::uuid where elder_id = ${dropId} and superseded_at is null and not exists (select from payments.account k where k.county = a.county and k.elder_id = ${keep.id} and k.superseded_at is null)`
}

/** They are two after all: what came over goes back as it was. */
export async function returnGrants(tx: Tx, drop: { readonly id: string; readonly region: string }, keepId: string): Promise<void> {
  const [own, last] = [sql`elder_id = ${keepId} and moved_from[cardinality(moved_from)] = ${drop.id}`, sql`moved_from[1:cardinality(moved_from) - 1]`]
  await sql`update payments.grant set elder_id = ${drop.id}, region = ${drop.region}, moved_from = ${last}, until_month = case ended_reason when 'merged' then null else until_month end, ended_reason = nullif(ended_reason, 'merged') where ${own}`.execute(tx.db)
  await sql`update payments.account set elder_id = ${drop.id}, region = ${drop.region}, moved_from = ${last} where ${own} and (superseded_at is not null or not exists (select from payments.account k where k.elder_id = ${drop.id} and k.superseded_at is null))`.execute(tx.db)
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const own = groups.get(keyOf(row))
    if (own) own.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

/** Approved through an offer: how many were paid since, and how long the others wait. */
export async function paidOffers(tx: Tx, place: string | undefined, item: string | undefined): Promise<{ readonly paid: number; readonly waitingDays: number[] }> {
  const prefix = place ? `${prefixOf(place)}%` : '%'
  const [row] = await tx.rows<{ paid: number; waiting: number[] | null }>`select count(*) filter (where reached)::int as paid, array_agg(days) filter (where not reached) as waiting from (
      select (${tx.today}::date - created_at::date)::int as days, exists (select from payments.line l where l.county = g.county and l.grant_id = g.id and l.outcome = 'paid') as reached from payments.grant g
      where g.origin = 'offer' and g.region like ${prefix} and (${item ?? null}::text is null or g.item = ${item ?? null}) and (g.until_month is null or exists (select from payments.line l where l.county = g.county and l.grant_id = g.id and l.outcome = 'paid'))) o`
  return { paid: row!.paid, waitingDays: row!.waiting ?? [] }
}

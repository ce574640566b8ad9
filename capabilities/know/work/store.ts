import type { Case, CaseEvent, Clock, Owner } from '@songbai/casework'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'

export interface StoredCase {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly type: string
  readonly key: string
  readonly subjectId: string | null
  readonly subjectName: string | null
  readonly titleArgs: Readonly<Record<string, string | number>>
  readonly evidence: { readonly zh: string; readonly en: string } | null
  readonly link: string | null
  readonly dueAt: number | null
  readonly data: Case
}

const COLUMNS = sql.raw(`c.county, c.id, c.region, c.type, c.key, c.subject_id as "subjectId", c.subject_name as "subjectName", c.title_args as "titleArgs", c.evidence, c.link, c.due_at as "dueAt", c.data`)

export interface CaseFilter {
  readonly ids?: readonly string[]
  readonly open?: boolean
  readonly place?: string | undefined
  readonly type?: string | undefined
  readonly subjectId?: string | undefined
  /** Cases of this person, or of a post this person holds. */
  readonly mine?: { readonly userId: string; readonly posts: readonly { readonly post: string; readonly region: string }[] } | undefined
  readonly overdueAt?: Date | undefined
  /** [W5] At most so many of each family of types, the soonest. */
  readonly each?: number | undefined
}

function where(filter: CaseFilter) {
  const parts = [sql`true`]
  if (filter.ids) parts.push(sql`c.id = any(${filter.ids}::uuid[])`)
  if (filter.open !== undefined) parts.push(filter.open ? sql`c.closed_at is null` : sql`c.closed_at is not null`)
  if (filter.place) parts.push(sql`c.region like ${`${prefixOf(filter.place)}%`}`)
  if (filter.type) parts.push(sql`(c.type = ${filter.type} or starts_with(c.type, ${`${filter.type}.`}))`)
  if (filter.subjectId) parts.push(sql`c.subject_id = ${filter.subjectId}`)
  if (filter.overdueAt) parts.push(sql`(c.due_at < ${filter.overdueAt} or (c.data->>'lateSince') is not null)`)
  if (filter.mine) parts.push(sql`(c.owner_id = ${filter.mine.userId} or (c.owner_post || '@' || c.owner_region) = any(${filter.mine.posts.map((held) => `${held.post}@${held.region}`)}::text[]))`)
  return sql.join(parts, sql` and `)
}

/** Open cases soonest first, closed ones newest first. `after` is the sort key and id of the page before. */
export async function cases(tx: Tx, filter: CaseFilter, page: { after?: string | undefined; limit: number } = { limit: 1000 }): Promise<StoredCase[]> {
  const [at, lastId] = page.after?.split('|') ?? []
  const key = filter.open === false ? sql`-extract(epoch from c.closed_at)` : sql`coalesce(extract(epoch from c.due_at), 1e12)`
  const from = filter.each === undefined ? sql`work.case c` : sql`(select c.*, row_number() over (partition by split_part(c.type, '.', 1) order by ${key}, c.id) as place_in_family from work.case c where ${where(filter)}) c`
  return (await sql<StoredCase>`select ${COLUMNS} from ${from} where ${where(filter)} and ${filter.each === undefined ? sql`true` : sql`c.place_in_family <= ${filter.each}`} and (${at ?? null}::float8 is null or (${key}, c.id) > (${at ?? null}::float8, ${lastId ?? null}::uuid)) order by ${key}, c.id limit ${page.limit}`.execute(tx.db)).rows
}

export async function countWhere(tx: Tx, filter: CaseFilter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from work.case c where ${where(filter)}`.execute(tx.db)).rows[0]!.n
}

/** How many cases of each family, and when the first of them is due. */
export async function countFamilies(tx: Tx, filter: CaseFilter): Promise<{ kind: string; n: number; firstDueAt: number | null }[]> {
  return (await sql<{ kind: string; n: number; firstDueAt: number | null }>`select split_part(c.type, '.', 1) as kind, count(*)::int as n, min(c.due_at) as "firstDueAt" from work.case c where ${where(filter)} group by 1 order by 2 desc, 1`.execute(tx.db)).rows
}

export async function countDueBetween(tx: Tx, filter: CaseFilter, from: Date, to: Date): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from work.case c where ${where(filter)} and c.due_at >= ${from} and c.due_at < ${to}`.execute(tx.db)).rows[0]!.n
}

export async function countClosedBetween(tx: Tx, userId: string, from: Date, to: Date): Promise<number> {
  const [row] = await tx.rows<{ n: number }>`select count(distinct case_id)::int as n from work.history where by_id = ${userId} and at >= ${from} and at < ${to} and event->>'kind' = 'closed'`
  return row!.n
}

/** Posts that own an open case in scope. */
export async function postsWithWork(tx: Tx): Promise<{ readonly post: string; readonly region: string }[]> {
  return tx.rows<{ post: string; region: string }>`select owner_post as post, owner_region as region from work.case where closed_at is null and owner_kind = 'post' group by owner_post, owner_region`
}

/** Locked until the decision is saved; null when there is none in scope. */
export async function caseForUpdate(tx: Tx, id: string): Promise<StoredCase | null> {
  return (await sql<StoredCase>`select ${COLUMNS} from work.case c where c.id = ${id} for update`.execute(tx.db)).rows[0] ?? null
}

export interface NewCaseRow {
  readonly case: Case
  readonly key: string
  readonly subjectId: string | null
  readonly subjectName: string | null
  readonly titleArgs: Readonly<Record<string, string | number>>
  readonly evidence: { readonly zh: string; readonly en: string } | null
  readonly link: string | null
}

/** Answers the ids really inserted: a (type, key) seen before is left alone. */
export async function insertCases(tx: Tx, rows: readonly NewCaseRow[]): Promise<Set<string>> {
  const values = rows.map(({ case: held, ...row }) => ({ county: countyOf(held.region), id: held.id, region: held.region, type: held.type, key: row.key, subject_id: row.subjectId, subject_name: row.subjectName, title_args: row.titleArgs, evidence: row.evidence, link: row.link, ...ownerColumns(held.owner), state: held.state, due_at: dueOf(held), opened_at: iso(held.openedAt), revision: held.revision, data: held }))
  const inserted = await tx.rows<{ id: string }>`
    insert into work.case (county, id, region, type, key, subject_id, subject_name, title_args, evidence, link, state, owner_kind, owner_id, owner_post, owner_region, due_at, opened_at, revision, data)
    select county, id, region, type, key, subject_id, subject_name, title_args, evidence, link, state, owner_kind, owner_id, owner_post, owner_region, due_at, opened_at, revision, data
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(county text, id uuid, region text, type text, key text, subject_id uuid, subject_name text, title_args jsonb, evidence jsonb, link text, state text, owner_kind text, owner_id uuid, owner_post text, owner_region text, due_at timestamptz, opened_at timestamptz, revision int, data jsonb)
    on conflict (county, type, key) do nothing returning id`
  return new Set(inserted.map((row) => row.id))
}

export async function saveCase(tx: Tx, stored: StoredCase, held: Case): Promise<void> {
  const owner = ownerColumns(held.owner)
  await tx.rows`update work.case set state = ${held.state}, owner_kind = ${owner.owner_kind}, owner_id = ${owner.owner_id}, owner_post = ${owner.owner_post}, owner_region = ${owner.owner_region},
    due_at = ${dueOf(held)}, closed_at = ${held.closedAt === null ? null : iso(held.closedAt)}, outcome = ${held.outcome}, revision = ${held.revision}, data = ${JSON.stringify(held)}::jsonb where county = ${stored.county} and id = ${stored.id}`
}

export async function saveTrail(tx: Tx, held: readonly { case: Case; setClocks: readonly Clock[]; cancelClocks: readonly string[]; events: readonly CaseEvent[] }[], note: string | null): Promise<void> {
  const clocks = held.flatMap((decision) => decision.setClocks.map((clock) => ({ county: countyOf(decision.case.region), id: clock.id, region: decision.case.region, case_id: decision.case.id, due_at: iso(clock.dueAt) })))
  const ended = held.flatMap((decision) => decision.cancelClocks)
  const events = held.flatMap((decision) => decision.events.map((event) => ({ county: countyOf(decision.case.region), id: tx.newId(), region: decision.case.region, case_id: decision.case.id, at: iso(event.at), by_id: event.by, event })))
  if (ended.length > 0) await tx.rows`update work.clock set ended_at = ${new Date(tx.nowMs)} where id = any(${ended}::text[]) and ended_at is null`
  await tx.rows`insert into work.clock (county, id, region, case_id, due_at) select county, id, region, case_id, due_at from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) as r(county text, id text, region text, case_id uuid, due_at timestamptz)`
  await tx.rows`insert into work.history (county, id, region, case_id, at, by_id, by_name, event, note) select county, id, region, case_id, at, by_id, case when by_id is null then null else ${tx.actor.name}::text end, event, ${note} from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r(county text, id uuid, region text, case_id uuid, at timestamptz, by_id uuid, event jsonb)`
}

export async function endClock(tx: Tx, id: string): Promise<void> {
  await tx.rows`update work.clock set ended_at = ${new Date(tx.nowMs)} where id = ${id} and ended_at is null`
}

export async function dueClocks(tx: Tx, limit: number): Promise<{ id: string; caseId: string }[]> {
  return tx.rows<{ id: string; caseId: string }>`select id, case_id as "caseId" from work.clock where ended_at is null and due_at <= ${new Date(tx.nowMs)} order by due_at limit ${limit}`
}

export async function historyOf(tx: Tx, caseId: string): Promise<{ at: number; byName: string | null; event: CaseEvent; note: string | null }[]> {
  return tx.rows`select at, by_name as "byName", event, note from work.history where case_id = ${caseId} order by at, id`
}

function ownerColumns(owner: Owner) {
  return owner.kind === 'post'
    ? { owner_kind: 'post', owner_id: null, owner_post: owner.post, owner_region: owner.region }
    : { owner_kind: owner.kind, owner_id: owner.id, owner_post: null, owner_region: null }
}

function dueOf(held: Case): string | null {
  return held.clocks.length === 0 ? null : iso(Math.min(...held.clocks.map((clock) => clock.dueAt)))
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

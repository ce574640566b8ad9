import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'
import type { Channel, Quiet, Reply, State, Texts, WaitsFor } from './rules.ts'

export interface Message {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly key: string
  readonly number: string
  readonly elderId: string | null
  readonly contactId: string | null
  readonly toUser: string | null
  readonly toPost: string | null
  readonly toRegion: string | null
  readonly toName: string
  readonly template: string
  readonly language: string
  readonly texts: Texts
  readonly link: string | null
  readonly channels: Channel[]
  readonly step: number
  readonly channel: Channel
  readonly state: State
  readonly waitsFor: WaitsFor | null
  readonly attempts: number
  readonly dueAt: number | null
  readonly reason: string | null
  /** The visit that was asked for. */
  readonly caseId: string | null
  readonly queuedAt: number
  readonly sentAt: number | null
  readonly deliveredAt: number | null
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly reply: Reply | null
  readonly toldBy: string | null
}

const COLUMNS = sql.raw(`m.county, m.id, m.region, m.key, m.number, m.elder_id as "elderId", m.contact_id as "contactId", m.to_user as "toUser", m.to_post as "toPost", m.to_region as "toRegion", m.to_name as "toName",
  m.template, m.language, m.texts, m.link, m.channels, m.step, m.channel, m.state, m.waits_for as "waitsFor", m.attempts, m.due_at as "dueAt", m.reason, m.case_id as "caseId",
  m.queued_at as "queuedAt", m.sent_at as "sentAt", m.delivered_at as "deliveredAt", m.answered_at as "answeredAt", m.ended_at as "endedAt", m.reply, m.told_by as "toldBy"`)

/** Keys that are new; a key seen before is left alone. */
export async function insertMessages(tx: Tx, messages: readonly Message[]): Promise<Set<string>> {
  if (messages.length === 0) return new Set()
  const rows = messages.map((one) => ({ ...one, dueAt: iso(one.dueAt), queuedAt: iso(one.queuedAt), sentAt: iso(one.sentAt), deliveredAt: iso(one.deliveredAt), endedAt: iso(one.endedAt) }))
  const { rows: made } = await sql<{ id: string }>`
    insert into messages.message (county, id, region, key, number, elder_id, contact_id, to_user, to_post, to_region, to_name, template, language, texts, link, channels, step, channel, state, waits_for, due_at, queued_at, sent_at, delivered_at, ended_at, told_by)
    select county, id, region, key, number, "elderId", "contactId", "toUser", "toPost", "toRegion", "toName", template, language, texts, link, array(select jsonb_array_elements_text(channels)), step, channel, state, "waitsFor", "dueAt", "queuedAt", "sentAt", "deliveredAt", "endedAt", "toldBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, id uuid, region text, key text, number text, "elderId" uuid, "contactId" uuid, "toUser" uuid, "toPost" text, "toRegion" text, "toName" text, template text, language text, texts jsonb, link text, channels jsonb, step int, channel text, state text, "waitsFor" text, "dueAt" timestamptz, "queuedAt" timestamptz, "sentAt" timestamptz, "deliveredAt" timestamptz, "endedAt" timestamptz, "toldBy" text)
    on conflict (county, key) do nothing returning id`.execute(tx.db)
  return new Set(made.map((row) => row.id))
}

/** Messages the program must act on, taken for a while: whoever dies with them in hand loses nothing, they are due again when the lease ends. */
export async function takeDue(tx: Tx, limit: number, leaseMs: number): Promise<Message[]> {
  const now = new Date(tx.nowMs)
  const { rows } = await sql<Message>`
    update messages.message m set due_at = ${new Date(tx.nowMs + leaseMs)}
    where (m.county, m.id) in (select county, id from messages.message where county = ${countyOf(tx.actor.region)} and due_at <= ${now} order by due_at, id limit ${limit} for update skip locked)
    returning ${COLUMNS}`.execute(tx.db)
  return rows
}

export async function anyDue(tx: Tx): Promise<boolean> {
  return (await tx.rows<{ due: boolean }>`select exists (select from messages.message where county = ${countyOf(tx.actor.region)} and due_at <= ${new Date(tx.nowMs)}) as due`)[0]!.due
}

/** A task of this kind that has not begun yet will see what was just written. */
export async function taskWaits(tx: Tx, kind: string): Promise<boolean> {
  return (await tx.rows<{ there: boolean }>`select exists (select from platform.task where county = ${countyOf(tx.actor.region)} and kind = ${kind} and state = 'waiting') as there`)[0]!.there
}

/** Locked, so that two clerks do not answer for the same call. */
export async function messageForUpdate(tx: Tx, id: string): Promise<Message | null> {
  return (await sql<Message>`select ${COLUMNS} from messages.message m where m.id = ${id} for update`.execute(tx.db)).rows[0] ?? null
}

export async function messagesByKeys(tx: Tx, county: string, keys: readonly string[]): Promise<Message[]> {
  return keys.length === 0 ? [] : (await sql<Message>`select ${COLUMNS} from messages.message m where m.county = ${county} and m.key = any(${keys}::text[]) for update`.execute(tx.db)).rows
}

export async function messagesByPrefix(tx: Tx, county: string, begin: string): Promise<Message[]> {
  return (await sql<Message>`select ${COLUMNS} from messages.message m where m.county = ${county} and m.key >= ${begin} and m.key < ${`${begin}~`} and m.state in ('queued', 'sent') and starts_with(m.key, ${begin}) for update`.execute(tx.db)).rows
}

export type Change = Partial<Pick<Message, 'channels' | 'step' | 'channel' | 'state' | 'waitsFor' | 'attempts' | 'dueAt' | 'reason' | 'caseId' | 'sentAt' | 'deliveredAt' | 'answeredAt' | 'endedAt' | 'reply' | 'toldBy'>>

export async function saveMessage(tx: Tx, before: Message, change: Change): Promise<Message> {
  const m = { ...before, ...change }
  await tx.rows`
    update messages.message set channels = ${m.channels}::text[], step = ${m.step}, channel = ${m.channel}, state = ${m.state}, waits_for = ${m.waitsFor}, attempts = ${m.attempts}, due_at = ${date(m.dueAt)}, reason = ${m.reason}, case_id = ${m.caseId},
      sent_at = ${date(m.sentAt)}, delivered_at = ${date(m.deliveredAt)}, answered_at = ${date(m.answeredAt)}, ended_at = ${date(m.endedAt)}, reply = ${m.reply}, told_by = ${m.toldBy}
    where county = ${m.county} and id = ${m.id}`
  return m
}

export interface NewStep {
  readonly message: Pick<Message, 'county' | 'id' | 'region' | 'elderId'>
  readonly channel: Channel
  readonly outcome: string
  readonly detail?: string | null
}

export async function addSteps(tx: Tx, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return
  const person = tx.actor.kind === 'person'
  const rows = steps.map(({ message, channel, outcome, detail }) => ({ county: message.county, id: tx.newId(), region: message.region, message: message.id, elder: message.elderId, channel, outcome, detail: detail ?? null }))
  await tx.rows`insert into messages.step (county, id, region, message_id, elder_id, at, channel, outcome, detail, by_id, by_name)
    select county, id, region, message, elder, ${new Date(tx.nowMs)}, channel, outcome, detail, ${person ? tx.actor.id : null}::uuid, ${person ? tx.actor.name : null}::text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, id uuid, region text, message uuid, elder uuid, channel text, outcome text, detail text)`
}

export async function stepsOf(tx: Tx, message: Message): Promise<{ at: number; channel: Channel; outcome: string; detail: string | null; by: string | null }[]> {
  return tx.rows`select at, channel, outcome, detail, by_name as by from messages.step where county = ${message.county} and message_id = ${message.id} order by at, id`
}

export interface Filter {
  readonly place?: string | undefined
  readonly state?: string | undefined
  readonly waitsFor?: string | undefined
  readonly channel?: string | undefined
  readonly elderId?: string | undefined
  readonly number?: string | undefined
  readonly ids?: readonly string[] | undefined
  readonly to?: { readonly userId: string; readonly posts: readonly { readonly post: string; readonly prefix: string }[] }
}

function where(filter: Filter) {
  const parts = [sql`true`]
  if (filter.place) parts.push(sql`m.region like ${`${prefixOf(filter.place)}%`}`)
  if (filter.state) parts.push(sql`m.state = ${filter.state}`)
  if (filter.waitsFor) parts.push(sql`m.waits_for = ${filter.waitsFor}`)
  if (filter.channel) parts.push(sql`m.channel = ${filter.channel}`)
  if (filter.elderId) parts.push(sql`m.elder_id = ${filter.elderId}`)
  if (filter.number) parts.push(sql`m.number = ${filter.number}`)
  if (filter.ids) parts.push(sql`m.id = any(${filter.ids}::uuid[])`)
  if (filter.to) parts.push(sql`(m.to_user = ${filter.to.userId} or exists (select from jsonb_to_recordset(${JSON.stringify(filter.to.posts)}::jsonb) as held(post text, prefix text) where held.post = m.to_post and starts_with(m.to_region, held.prefix)))`)
  return sql.join(parts, sql` and `)
}

/** Newest first; `after` is the last row of the page before. */
export async function messages(tx: Tx, filter: Filter, page: { readonly after?: string | undefined; readonly limit: number }): Promise<Message[]> {
  const [at, lastId] = page.after?.split('|') ?? []
  return (await sql<Message>`select ${COLUMNS} from messages.message m where ${where(filter)} and (${at ?? null}::float8 is null or (m.queued_at, m.id) < (to_timestamp(${at ?? null}::float8 / 1000), ${lastId ?? null}::uuid)) order by m.queued_at desc, m.id desc limit ${page.limit}`.execute(tx.db)).rows
}

export async function countMessagesBy(tx: Tx, filter: Filter): Promise<{ state: State; waitsFor: WaitsFor | null; n: number; oldestAt: number | null }[]> {
  return (await sql<{ state: State; waitsFor: WaitsFor | null; n: number; oldestAt: number | null }>`select m.state, m.waits_for as "waitsFor", count(*)::int as n, min(m.queued_at) filter (where m.state in ('queued', 'sent')) as "oldestAt" from messages.message m where ${where(filter)} group by 1, 2`.execute(tx.db)).rows
}

export async function countWhere(tx: Tx, filter: Filter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from messages.message m where ${where(filter)}`.execute(tx.db)).rows[0]!.n
}

export async function quietOf(tx: Tx, county: string): Promise<Quiet | null> {
  return (await tx.rows<Quiet>`select quiet_from as "from", quiet_to as "to" from messages.setting where county = ${county}`)[0] ?? null
}

export async function saveQuiet(tx: Tx, county: string, quiet: Quiet): Promise<void> {
  await tx.rows`insert into messages.setting (county, region, quiet_from, quiet_to, set_at, set_by) values (${county}, ${county.padEnd(12, '0')}, ${quiet.from}, ${quiet.to}, ${new Date(tx.nowMs)}, ${tx.actor.name})
    on conflict (county) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, set_at = excluded.set_at, set_by = excluded.set_by`
}

/** The first of `count` counts nobody else has. */
export async function drawCounts(tx: Tx, county: string, count: number): Promise<number> {
  const [row] = await tx.rows<{ last: number }>`insert into messages.counter (county, last) values (${county}, ${count}) on conflict (county) do update set last = counter.last + ${count} returning last`
  return Number(row!.last) - count + 1
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

function date(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}

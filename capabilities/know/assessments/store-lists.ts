/** Lists and counts: pages are found by their key, never by skipping. */
import { addDays } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { sql, type RawBuilder } from 'kysely'
import type { InputOf } from '@songbai/platform/action'
import { prefixOf } from '../../common.ts'
import { NATIONAL_SCALE, type DueKind, type listAssessments, type listUses } from './contract.ts'
import { COLUMNS, USE_COLUMNS, type Assessment, type Use } from './store.ts'

type ListInput = InputOf<typeof listAssessments>

interface Mark {
  readonly key: string
  readonly id: string
}

/** The opaque mark of a page; one that is not ours begins at the top. */
export function readMark(after: string | undefined): Mark | null {
  const found = /^(.*)\|([0-9a-f-]{36})$/.exec(after ?? '')
  return found ? { key: found[1]!, id: found[2]! } : null
}

function page<Row extends { readonly id: string; readonly mark: string }>(rows: readonly Row[], limit: number): { rows: readonly Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? `${last.mark}|${last.id}` : null }
}

const inPlace = (place: string | undefined, column = 'region'): RawBuilder<unknown> =>
  place === undefined ? sql`true` : sql`${sql.raw(column)} >= ${prefixOf(place)} and ${sql.raw(column)} < ${`${prefixOf(place)}~`}`

function whereOf(tx: Tx, input: ListInput): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [inPlace(input.place), input.states ? sql`state = any(${input.states}::text[])` : sql`state <> 'void'`]
  if (input.levels) parts.push(sql`level_code = any(${input.levels}::text[])`)
  if (input.scaleId) parts.push(sql`scale_id = ${input.scaleId}`)
  if (input.elderIds) parts.push(sql`elder_id = any(${input.elderIds}::uuid[])`)
  if (input.dueWithin !== undefined) parts.push(sql`state in ('complete', 'disputed') and not elder_gone and valid_until between ${tx.today}::date and ${addDays(tx.today, input.dueWithin)}::date`)
  if (input.expired !== undefined) parts.push(sql`state in ('complete', 'disputed') and not elder_gone and valid_until ${input.expired ? sql`<` : sql`>=`} ${tx.today}::date`)
  if (input.levelChanged !== undefined) parts.push(input.levelChanged === 'any' ? sql`level_before is not null and level <> level_before` : input.levelChanged === 'worse' ? sql`level > level_before` : sql`level < level_before`)
  // Waiting for this person: somebody signed these very answers, and this person has not.
  if (input.waitsForMe) parts.push(sql`state = 'waitingSignatures' and not exists (select from assessments.signature s where s.county = assessment.county and s.assessment_id = assessment.id and s.signer_id = ${tx.actor.id} and s.answers_hash = assessment.answers_hash)`)
  return sql.join(parts, sql` and `)
}

export async function listPage(tx: Tx, input: ListInput): Promise<{ rows: readonly Assessment[]; next: string | null; total: number }> {
  const byEnd = input.dueWithin !== undefined || input.expired !== undefined
  const key = sql.raw(byEnd ? `valid_until::text` : `to_char(changed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`)
  const mark = readMark(input.after)
  const where = whereOf(tx, input)
  const rows = await tx.rows<Assessment & { mark: string }>`
    select ${COLUMNS}, ${key} as mark from assessments.assessment where ${where} ${mark === null ? sql`` : sql`and (${key}, id) ${sql.raw(byEnd ? '>' : '<')} (${mark.key}, ${mark.id}::uuid)`}
    order by ${sql.raw(byEnd ? 'valid_until, id' : 'changed_at desc, id desc')} limit ${input.limit + 1}`
  const [count] = await tx.rows<{ n: number }>`select count(*)::int as n from assessments.assessment where ${where}`
  return { ...page(rows, input.limit), total: count!.n }
}

export interface DueRow {
  readonly id: string
  readonly elderId: string
  readonly region: string
  readonly kind: Exclude<DueKind, 'never'>
  readonly since: string
  readonly levelCode: string | null
  readonly validUntil: string
}

/** Standing results by the national scale with the first reason that fits: in dispute, ended, something happened, ending soon. */
function standing(tx: Tx, place: string | undefined, withinDays: number): RawBuilder<unknown> {
  return sql`
    select a.id, a.elder_id as "elderId", a.region, a.level_code as "levelCode", a.valid_until as "validUntil",
      case when a.state = 'disputed' then 'disputed' when a.valid_until < ${tx.today}::date then 'expired' when t.day is not null then 'event' else 'expiring' end as kind,
      case when a.state = 'disputed' then (a.disputed_at at time zone 'Asia/Shanghai')::date when a.valid_until < ${tx.today}::date then a.valid_until + 1 when t.day is not null then t.day else a.valid_until end as since
    from assessments.assessment a left join lateral (select min(day) as day from assessments.trigger t where t.county = a.county and t.elder_id = a.elder_id and t.day > a.assessed_on) t on true
    where ${inPlace(place, 'a.region')} and a.scale_id = ${NATIONAL_SCALE} and a.state in ('complete', 'disputed') and not a.elder_gone
      and (a.state = 'disputed' or t.day is not null or a.valid_until <= ${addDays(tx.today, withinDays)}::date)`
}

export async function countDue(tx: Tx, place: string | undefined, withinDays: number): Promise<Record<Exclude<DueKind, 'never'>, number>> {
  const rows = await tx.rows<{ kind: Exclude<DueKind, 'never'>; n: number }>`select kind, count(*)::int as n from (${standing(tx, place, withinDays)}) d group by kind`
  return { disputed: 0, expired: 0, event: 0, expiring: 0, ...Object.fromEntries(rows.map((row) => [row.kind, row.n])) }
}

export async function duePage(tx: Tx, place: string | undefined, withinDays: number, kind: DueKind | undefined, after: string | undefined, limit: number): Promise<{ rows: readonly DueRow[]; next: string | null }> {
  const mark = readMark(after)
  const rows = await tx.rows<DueRow & { mark: string }>`
    select d.*, since::text as mark from (${standing(tx, place, withinDays)}) d
    where (${kind ?? null}::text is null or kind = ${kind ?? null}) ${mark === null ? sql`` : sql`and (since::text, id) > (${mark.key}, ${mark.id}::uuid)`}
    order by since, id limit ${limit + 1}`
  return page(rows, limit)
}

/** Results that end within so many days and have no open assessment yet: what a case is opened for. */
export async function endingSoon(tx: Tx, withinDays: number): Promise<{ id: string; elderId: string; region: string; levelCode: string; validUntil: string }[]> {
  return tx.rows`
    select a.id, a.elder_id as "elderId", a.region, a.level_code as "levelCode", a.valid_until as "validUntil" from assessments.assessment a
    where a.scale_id = ${NATIONAL_SCALE} and a.state in ('complete', 'disputed') and not a.elder_gone and a.level > 0 and a.valid_until between ${tx.today}::date and ${addDays(tx.today, withinDays)}::date
      and not exists (select from assessments.assessment o where o.county = a.county and o.elder_id = a.elder_id and o.scale_id = a.scale_id and o.state in ('draft', 'waitingSignatures'))
    order by a.valid_until, a.id limit 5000`
}

export async function usesPage(tx: Tx, input: InputOf<typeof listUses>): Promise<{ rows: readonly Use[]; next: string | null; total: number; repeated: number }> {
  const mark = readMark(input.after)
  const key = sql.raw(`to_char(used_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`)
  const [from, to] = [input.from ?? null, input.to ?? null]
  const where = sql`${inPlace(input.place)} and (${from}::date is null or used_on >= ${from}::date) and (${to}::date is null or used_on <= ${to}::date)`
  const rows = await tx.rows<Use & { mark: string }>`select ${USE_COLUMNS}, ${key} as mark from assessments.use where ${where} ${mark === null ? sql`` : sql`and (${key}, id) < (${mark.key}, ${mark.id}::uuid)`} order by used_at desc, id desc limit ${input.limit + 1}`
  const [uses] = await tx.rows<{ n: number }>`select count(*)::int as n from assessments.use where ${where}`
  const [repeats] = await tx.rows<{ n: number }>`select count(*)::int as n from assessments.assessment where ${inPlace(input.place)} and repeat_in_validity and state <> 'void' and (${from}::date is null or (created_at at time zone 'Asia/Shanghai')::date >= ${from}::date) and (${to}::date is null or (created_at at time zone 'Asia/Shanghai')::date <= ${to}::date)`
  return { ...page(rows, input.limit), total: uses!.n, repeated: repeats!.n }
}

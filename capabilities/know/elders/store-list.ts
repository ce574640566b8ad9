/** Lists and counts of now, straight from the elder rows; a page is found by its key, never by skipping. */
import { latestBirthFor, type Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { sql, type RawBuilder } from 'kysely'
import type * as z from 'zod'
import { prefixOf } from '../../common.ts'
import type { elderFilter } from './contract.ts'
import { inCounties } from './store-facts.ts'
import { ELDER_COLUMNS, type ElderRecord } from './store.ts'

export type Filter = z.output<typeof elderFilter>
export type Sort = 'name' | 'age' | 'place' | 'changed'

/** Sort keys as text of one width, so that one comparison of rows pages all of them. */
const SORTS: Readonly<Record<Sort, { readonly key: string; readonly order: string; readonly after: string }>> = {
  name: { key: 'pinyin', order: 'pinyin, id', after: '(pinyin, id) >' },
  age: { key: `coalesce(birth_day::text, '9999')`, order: `coalesce(birth_day::text, '9999'), id`, after: `(coalesce(birth_day::text, '9999'), id) >` },
  place: { key: `filed || ' ' || pinyin`, order: 'filed, pinyin, id', after: '(filed, pinyin, id) >' },
  changed: { key: `to_char(changed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`, order: 'changed_at desc, id desc', after: `(to_char(changed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), id) <` },
}

export interface Mark {
  readonly key: string
  readonly id: string
}

export function readMark(after: string | undefined): Mark | null {
  if (after === undefined) return null
  const cut = after.lastIndexOf('|')
  return cut < 0 || !/^[0-9a-f-]{36}$/.test(after.slice(cut + 1)) ? null : { key: after.slice(0, cut), id: after.slice(cut + 1) }
}

export async function listPage(tx: Tx, filter: Filter, sort: Sort, mark: Mark | null, limit: number): Promise<{ rows: ElderRecord[]; next: string | null }> {
  const by = SORTS[sort]
  const where = await whereOf(tx, filter)
  const rows = await tx.rows<ElderRecord & { mark: string }>`
    select ${ELDER_COLUMNS}, ${sql.raw(by.key)} as mark from elders.elder where ${where} ${mark === null ? sql`` : sql`and ${sql.raw(by.after)} (${sql.join(sort === 'place' ? splitKey(mark.key) : [mark.key])}, ${mark.id}::uuid)`}
    order by ${sql.raw(by.order)} limit ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? `${last.mark}|${last.id}` : null }
}

/** Place and sound are two columns of one index; neither holds a space. */
function splitKey(key: string): [string, string] {
  const cut = key.indexOf(' ')
  return [key.slice(0, cut), key.slice(cut + 1)]
}

export async function countList(tx: Tx, filter: Filter): Promise<number> {
  if (!inTally(tx, filter)) return (await tx.rows<{ n: number }>`select count(*)::int as n from elders.elder where ${await whereOf(tx, filter)}`)[0]!.n
  const parts = [sql`${await inCounties(tx)}`, sql`status = any(${filter.status}::text[])`, ...categoryParts(filter)]
  return (await tx.rows<{ n: number }>`select coalesce(sum(n), 0)::int as n from elders.tally where ${sql.join(parts, sql` and `)} ${under(filter.place ? prefixOf(filter.place) : '', 'region')}`)[0]!.n
}

/** The tally knows place, status and categories of whole places; single people of one's own are counted themselves. */
function inTally(tx: Tx, filter: Filter): boolean {
  const { ageFrom, ageTo, sex, batchId, ids, missing: lacks } = filter
  return !tx.actor.subjectIds?.length && [ageFrom, ageTo, sex, batchId, ids, lacks].every((one) => one === undefined)
}

function categoryParts(filter: Filter): RawBuilder<unknown>[] {
  if (!filter.categories?.length) return []
  return [filter.categoryMatch === 'all' ? sql`categories @> ${filter.categories}::text[]` : sql`categories && ${filter.categories}::text[]`]
}

async function whereOf(tx: Tx, filter: Filter): Promise<RawBuilder<unknown>> {
  const parts: RawBuilder<unknown>[] = [sql`${await inCounties(tx)}`, sql`status = any(${filter.status}::text[])`]
  if (filter.place) parts.push(sql`filed >= ${prefixOf(filter.place)} and filed < ${`${prefixOf(filter.place)}~`}`)
  parts.push(...categoryParts(filter))
  if (filter.ageFrom !== undefined) parts.push(sql`birth_day <= ${latestBirthFor(filter.ageFrom, tx.today)}::date`)
  if (filter.ageTo !== undefined) parts.push(sql`birth_day > ${olderThan(filter.ageTo, tx.today)}::date`)
  if (filter.sex) parts.push(sql`sex = ${filter.sex}`)
  if (filter.batchId) parts.push(sql`batch_id = ${filter.batchId}::uuid`)
  if (filter.ids) parts.push(sql`id = any(${filter.ids}::uuid[])`)
  if (filter.missing) parts.push(missing(filter.missing))
  return sql`${sql.join(parts, sql` and `)} ${filedInScope(tx)}`
}

/** The latest birth date of those who are older than `age`. */
export function olderThan(age: number, today: Day): Day {
  return latestBirthFor(age + 1, today)
}

function missing(what: NonNullable<Filter['missing']>): RawBuilder<unknown> {
  switch (what) {
    case 'idNumber': return sql`id_index is null`
    case 'birthDay': return sql`birth_day is null`
    case 'phone': return sql`phone_index is null`
    case 'village': return sql`right(region, 3) = '000'`
    case 'contact': return sql`not exists (select from elders.contact c where c.county = elder.county and c.elder_id = elder.id and c.superseded_at is null and c.valid_to is null)`
    case 'assessment': return sql`not exists (select from elders.fact f where f.county = elder.county and f.elder_id = elder.id and f.key = 'abilityLevel' and f.superseded_at is null)`
  }
}

export interface PlaceCount {
  readonly code: string
  readonly total: number
  readonly inAny: number
}

/** Active people by the first `digits` of their place, and by category: sums of the tally. */
export async function countNow(tx: Tx, prefix: string, digits: number): Promise<{ places: PlaceCount[]; categories: Map<string, number> }> {
  const here = await inCounties(tx)
  const lines = tx.actor.subjectIds?.length
    ? sql`select region, categories, 1 as n from elders.elder where ${here} and status = 'active' ${under(prefix, 'filed')}`
    : sql`select region, categories, n from elders.tally where ${here} and status = 'active' ${under(prefix, 'region')}`
  const places = await tx.rows<PlaceCount>`select rpad(left(region, ${digits}::int), 12, '0') as code, sum(n)::int as total, coalesce(sum(n) filter (where cardinality(categories) > 0), 0)::int as "inAny" from (${lines}) as l group by 1 having sum(n) <> 0 order by 1`
  const categories = await tx.rows<{ id: string; n: number }>`select c.id, sum(n)::int as n from (${lines}) as l, unnest(categories) as c(id) group by 1`
  return { places, categories: new Map(categories.map((row) => [row.id, row.n])) }
}

function under(prefix: string, column: 'filed' | 'region'): RawBuilder<unknown> {
  return prefix === '' ? sql`` : sql`and ${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${`${prefix}~`}`
}

/** Where a scope smaller than a county begins and ends, for the index. Who is seen is the policy's business: this only says where to look. */
function filedInScope(tx: Tx): RawBuilder<unknown> {
  const { prefixes, subjectIds } = tx.actor
  return prefixes.length === 1 && prefixes[0]!.length > 6 && !subjectIds?.length ? under(prefixes[0]!, 'filed') : sql``
}

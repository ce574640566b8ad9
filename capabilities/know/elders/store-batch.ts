/** Undoing what one batch brought, in slices, and the history of facts as packed text for whole populations. */
import type { Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { NOT_FOR_RULES } from './rules-facts.ts'
import { inCounties } from './store-facts.ts'
import { refreshElders } from './store.ts'

export interface Undone {
  /** People the batch had brought, now undone, and people it had only changed, now as before. */
  readonly undone: readonly string[]
  readonly restored: readonly string[]
  /** Where the next slice goes on; null when nothing is left. */
  readonly afterId: string | null
}

/** One slice of people in the order of their ids. Statements made after the batch by others stay. */
export async function undoSlice(tx: Tx, batchId: string, afterId: string | null, limit: number): Promise<Undone> {
  const rows = await tx.rows<{ id: string; county: string; own: boolean }>`
    select id, county, bool_or(own) as own from (
      (select id, county, true as own from elders.elder where ${await inCounties(tx)} and batch_id = ${batchId} and status <> 'undone' and (${afterId}::uuid is null or id > ${afterId}::uuid) order by id limit ${limit})
      union all (select distinct elder_id, county, false from elders.fact where ${await inCounties(tx)} and batch_id = ${batchId} and superseded_at is null and (${afterId}::uuid is null or elder_id > ${afterId}::uuid) order by elder_id limit ${limit})) x
    group by id, county order by id limit ${limit}`
  if (rows.length === 0) return { undone: [], restored: [], afterId: null }
  const [own, other] = [rows.filter((row) => row.own), rows.filter((row) => !row.own)]
  await undoPeople(tx, own.map((row) => row.id))
  await restorePeople(tx, batchId, other.map((row) => row.id))
  return { undone: own.map((row) => row.id), restored: other.map((row) => row.id), afterId: rows.length < limit ? null : rows.at(-1)!.id }
}

/** People who came with the batch go with it, with everything recorded about them since: a row without a person helps nobody. */
async function undoPeople(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const at = new Date(tx.nowMs)
  const here = await inCounties(tx)
  await tx.rows`update elders.fact set superseded_at = ${at} where ${here} and elder_id = any(${ids}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.contact set superseded_at = ${at} where ${here} and elder_id = any(${ids}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.residence set superseded_at = ${at} where ${here} and elder_id = any(${ids}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.elder set status = 'undone', status_on = ${tx.today}, categories = '{}', changed_at = ${at} where ${here} and id = any(${ids}::uuid[])`
}

/** What the batch said is withdrawn; what it had pushed aside is said again, with its own source. */
async function restorePeople(tx: Tx, batchId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const at = new Date(tx.nowMs)
  const here = await inCounties(tx)
  const back = await tx.rows<{ id: string }>`
    select o.id from elders.fact o join elders.fact n on n.county = o.county and n.id = o.superseded_by
    where ${await inCounties(tx, 'n.county')} and n.batch_id = ${batchId} and n.superseded_at is null and n.elder_id = any(${ids}::uuid[]) and o.batch_id is distinct from ${batchId}::uuid`
  await tx.rows`update elders.fact set superseded_at = ${at} where ${here} and batch_id = ${batchId} and elder_id = any(${ids}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.contact set superseded_at = ${at} where ${here} and batch_id = ${batchId} and elder_id = any(${ids}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.residence set superseded_at = ${at} where ${here} and batch_id = ${batchId} and elder_id = any(${ids}::uuid[]) and superseded_at is null`
  await tx.rows`
    insert into elders.fact (county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason, recorded_at, recorded_by, recorder)
    select o.county, r.fresh, o.elder_id, o.region, o.key, o.value, o.sealed, o.valid_from, o.valid_to, o.source, o.source_ref, o.reason, ${at}::timestamptz, o.recorded_by, o.recorder
    from unnest(${back.map((row) => row.id)}::uuid[], ${back.map(() => tx.newId())}::uuid[]) as r(old, fresh) join elders.fact o on o.id = r.old where ${await inCounties(tx, 'o.county')}`
  await refreshElders(tx, ids)
}

export interface HistorySlice {
  /** [elder id, region, packed facts] ordered by id; `readHistory` takes the text apart. */
  readonly elders: readonly (readonly [string, string, string])[]
  readonly afterId: string | null
}

/**
 * Every non-secret interval of the people of a place: `key US value US from US to US recorded US superseded`, records parted by RS.
 * Days are day numbers since 1970 (empty: open), recording days those of China. One text a person: 2.4 million rows as objects would cost a gigabyte.
 */
export async function historySlice(tx: Tx, place: { readonly region: string; readonly afterId?: string | null | undefined; readonly limit?: number | undefined }): Promise<HistorySlice> {
  const prefix = /^0*$/.test(place.region) ? '' : prefixOf(place.region)
  const limit = place.limit ?? 2000
  const rows = await tx.rows<{ id: string; region: string; facts: string | null }>`
    select e.id, e.region, h.facts from (
      select county, id, region from elders.elder where ${await inCounties(tx)} and filed >= ${prefix || '0'} and filed < ${`${prefix}~`} and status <> 'merged' and (${place.afterId ?? null}::uuid is null or id > ${place.afterId ?? null}::uuid) order by id limit ${limit}) e
    left join lateral (
      select string_agg(concat_ws(chr(31), key, value::text, coalesce((valid_from - date '1970-01-01')::text, ''), coalesce((valid_to - date '1970-01-01')::text, ''),
        floor((extract(epoch from recorded_at) + 28800) / 86400)::int, coalesce(floor((extract(epoch from superseded_at) + 28800) / 86400)::int::text, '')), chr(30)) as facts
      from elders.fact f where f.county = e.county and f.elder_id = e.id and f.key <> all(${NOT_FOR_RULES}::text[])) h on true
    order by e.id`
  return { elders: rows.map((row) => [row.id, row.region, row.facts ?? ''] as const), afterId: rows.length < limit ? null : rows.at(-1)!.id }
}

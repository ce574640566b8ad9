/** Facts: what is known of people in two times, and how a new statement takes its place among the older ones. */
import { addDays, instantOf, type Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { sql, type RawBuilder } from 'kysely'
import { lay, type Interval } from './rules-facts.ts'
import { hex } from './store-write.ts'

export interface AsOf {
  readonly at?: Day | undefined
  readonly knownOn?: Day | undefined
}

/** The two times as SQL takes them: what holds on `at`, of what was recorded before `knownBefore` (null: up to now). */
export interface View {
  readonly at: Day
  readonly knownBefore: Date | null
}

export function viewOf(tx: Tx, asOf: AsOf): View {
  const known = asOf.knownOn !== undefined && asOf.knownOn < tx.today ? new Date(instantOf(addDays(asOf.knownOn, 1), 0, 'Asia/Shanghai')) : null
  return { at: asOf.at ?? tx.today, knownBefore: known }
}

/** Whether a view is simply now, so that the elder rows themselves answer. */
export function isNow(tx: Tx, asOf: AsOf): boolean {
  return (asOf.at === undefined || asOf.at === tx.today) && (asOf.knownOn === undefined || asOf.knownOn >= tx.today)
}

const counties = new WeakMap<object, Promise<string[]>>()

/** Tenant keys in the actor's scope: what every index begins with. A scope wider than counties is asked of the index, one step a county. */
export function countiesIn(tx: Tx): Promise<string[]> {
  const known = counties.get(tx.db) ?? findCounties(tx)
  counties.set(tx.db, known)
  return known
}

/** After people were stored, perhaps the first of their county. */
export function forgetCounties(tx: Tx): void {
  counties.delete(tx.db)
}

async function findCounties(tx: Tx): Promise<string[]> {
  const { prefixes, subjectIds } = tx.actor
  if (!subjectIds?.length && prefixes.every((prefix) => prefix.length >= 6)) return [...new Set(prefixes.map((prefix) => prefix.slice(0, 6)))]
  const rows = await tx.rows<{ county: string }>`
    with recursive step as (
      (select county from elders.elder order by county limit 1)
      union all
      select (select e.county from elders.elder e where e.county > step.county order by e.county limit 1) from step where step.county is not null
    ) select county from step where county is not null`
  return rows.map((row) => row.county)
}

/** Condition on the county column; one county is an equality, since only that keeps an index's order. */
export async function inCounties(tx: Tx, column = 'county'): Promise<RawBuilder<unknown>> {
  const all = await countiesIn(tx)
  return all.length === 1 ? sql`${sql.ref(column)} = ${all[0]}` : sql`${sql.ref(column)} = any(${all}::text[])`
}

export interface FactRow extends Interval {
  readonly elderId: string
  readonly sealed: Buffer | null
  readonly source: string
  readonly sourceRef: string | null
  readonly recordedAt: number
  readonly recorder: string
  readonly supersededAt: number | null
  readonly reason: string | null
}

export const FACT_COLUMNS = sql.raw(`id, elder_id as "elderId", key, value, sealed, valid_from as "validFrom", valid_to as "validTo", source, source_ref as "sourceRef", recorded_at as "recordedAt", recorder, superseded_at as "supersededAt", reason`)

/** Facts that hold in a view, by person and key. */
export async function factsIn(tx: Tx, elderIds: readonly string[], view: View, keys: readonly string[] | null = null): Promise<Map<string, Map<string, FactRow>>> {
  const rows = elderIds.length === 0 ? [] : await tx.rows<FactRow>`
    select ${FACT_COLUMNS} from elders.fact
    where ${await inCounties(tx)} and elder_id = any(${elderIds}::uuid[]) and (${keys}::text[] is null or key = any(${keys}::text[]))
      and (valid_from is null or valid_from <= ${view.at}::date) and (valid_to is null or valid_to > ${view.at}::date)
      and case when ${view.knownBefore}::timestamptz is null then superseded_at is null else recorded_at < ${view.knownBefore}::timestamptz and (superseded_at is null or superseded_at >= ${view.knownBefore}::timestamptz) end`
  const people = new Map<string, Map<string, FactRow>>()
  for (const id of elderIds) people.set(id, new Map())
  for (const row of rows) people.get(row.elderId)?.set(row.key, row)
  return people
}

/** Every row about one person that was known in the view, newest first: the timeline. */
export async function timelineOf(tx: Tx, elderId: string, view: View): Promise<FactRow[]> {
  return tx.rows<FactRow>`
    select ${FACT_COLUMNS} from elders.fact
    where ${await inCounties(tx)} and elder_id = ${elderId} and (${view.knownBefore}::timestamptz is null or recorded_at < ${view.knownBefore}::timestamptz)
    order by coalesce(valid_from, '0001-01-01') desc, recorded_at desc, id desc`
}

export interface Statement {
  readonly elderId: string
  readonly county: string
  readonly region: string
  readonly key: string
  /** Undefined: the key has no value in this time any more. */
  readonly value: unknown
  readonly sealed?: Buffer | null
  readonly validFrom: Day | null
  readonly validTo: Day | null
  readonly source: string
  readonly sourceRef: string | null
  readonly reason: string | null
}

export interface Recorded {
  readonly recorded: readonly string[]
  readonly superseded: readonly string[]
}

type Draft = Interval & { readonly stored: boolean; readonly row: Statement }

/** Lays statements over what is there, in the order given. The same statement from the same source again changes nothing. */
export async function layStatements(tx: Tx, statements: readonly Statement[], batchId: string | null = null): Promise<Recorded> {
  const live = await liveRows(tx, statements)
  const replaced = new Map<string, string | null>()
  const recorded: string[] = []
  for (const statement of statements) {
    const slot = `${statement.elderId} ${statement.key}`
    const rows = live.get(slot) ?? []
    const same = rows.find((row) => isSame(row, statement))
    if (same) {
      recorded.push(same.id)
      continue
    }
    const { superseded, kept } = lay(rows, statement.validFrom, statement.validTo)
    const id = statement.value === undefined ? null : tx.newId()
    const pieces = kept.map((piece): Draft => {
      const of = rows.find((row) => row.id === piece.of)!
      return { ...of, id: tx.newId(), validFrom: piece.validFrom, validTo: piece.validTo, stored: false, row: { ...of.row, validFrom: piece.validFrom, validTo: piece.validTo } }
    })
    for (const row of rows) if (row.stored && superseded.includes(row.id)) replaced.set(row.id, id ?? pieces[0]?.id ?? null)
    const next = rows.filter((row) => !superseded.includes(row.id)).concat(pieces)
    if (id !== null) {
      next.push({ id, key: statement.key, value: statement.value, validFrom: statement.validFrom, validTo: statement.validTo, stored: false, row: statement })
      recorded.push(id)
    }
    live.set(slot, next)
  }
  await supersede(tx, [...new Set(statements.map((one) => one.county))], replaced)
  await insertDrafts(tx, [...live.values()].flat().filter((row) => !row.stored), batchId)
  return { recorded, superseded: [...replaced.keys()] }
}

function isSame(row: Draft, statement: Statement): boolean {
  return row.validFrom === statement.validFrom && row.validTo === statement.validTo && row.row.source === statement.source && row.row.sourceRef === statement.sourceRef && statement.sealed === undefined && JSON.stringify(row.value) === JSON.stringify(statement.value)
}

async function liveRows(tx: Tx, statements: readonly Statement[]): Promise<Map<string, Draft[]>> {
  const rows = await tx.rows<FactRow & { county: string; region: string }>`
    select county, region, ${FACT_COLUMNS} from elders.fact
    where county = any(${[...new Set(statements.map((one) => one.county))]}::text[]) and elder_id = any(${[...new Set(statements.map((one) => one.elderId))]}::uuid[]) and key = any(${[...new Set(statements.map((one) => one.key))]}::text[]) and superseded_at is null`
  const live = new Map<string, Draft[]>()
  for (const row of rows) {
    const slot = `${row.elderId} ${row.key}`
    const list = live.get(slot) ?? []
    list.push({ id: row.id, key: row.key, value: row.value, validFrom: row.validFrom, validTo: row.validTo, stored: true, row })
    live.set(slot, list)
  }
  return live
}

async function supersede(tx: Tx, inCounties: readonly string[], replaced: ReadonlyMap<string, string | null>): Promise<void> {
  if (replaced.size === 0) return
  await tx.rows`
    update elders.fact f set superseded_at = ${new Date(tx.nowMs)}::timestamptz, superseded_by = r.by
    from unnest(${[...replaced.keys()]}::uuid[], ${[...replaced.values()]}::uuid[]) as r(id, by) where f.county = any(${inCounties}::text[]) and f.id = r.id`
}

async function insertDrafts(tx: Tx, drafts: readonly Draft[], batchId: string | null): Promise<void> {
  if (drafts.length === 0) return
  const pick = <T>(of: (draft: Draft) => T): T[] => drafts.map(of)
  await tx.rows`
    insert into elders.fact (county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason, recorded_at, recorded_by, recorder, batch_id)
    select county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${tx.actor.name}::text, ${batchId}::uuid
    from unnest(${pick((d) => d.row.county)}::text[], ${pick((d) => d.id)}::uuid[], ${pick((d) => d.row.elderId)}::uuid[], ${pick((d) => d.row.region)}::text[], ${pick((d) => d.key)}::text[], ${pick((d) => JSON.stringify(d.value))}::jsonb[],
      ${pick((d) => hex(d.row.sealed))}::bytea[], ${pick((d) => d.validFrom)}::date[], ${pick((d) => d.validTo)}::date[], ${pick((d) => d.row.source)}::text[], ${pick((d) => d.row.sourceRef)}::text[], ${pick((d) => d.row.reason)}::text[])
      as r(county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason)`
}

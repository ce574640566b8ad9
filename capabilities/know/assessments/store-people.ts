/** People as the registry shows them, facts told back to it, and who has never been assessed. */
import { ageOn } from '@songbai/calendar'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'
import { eldersByIds, recordFacts, type ElderRecord } from '../elders/public.ts'
import { regionNames } from '../regions/public.ts'
import { NATIONAL_SCALE } from './contract.ts'
import { neededFrom, type ResultFact } from './rules.ts'
import { readMark } from './store-lists.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly age: number | null
  readonly region: string
  readonly place: string
  readonly status: ElderRecord['status']
  readonly categories: readonly string[]
}

/** People in scope by id, with age today and the place in words. */
export async function peopleBy(tx: Tx, ids: readonly string[]): Promise<Map<string, Person>> {
  const records = await eldersByIds(tx, [...new Set(ids)])
  const places = await regionNames(tx, records.map((record) => record.region))
  return new Map(records.map((record) => [record.id, {
    id: record.id, name: record.name, age: record.birthDay === null ? null : ageOn(record.birthDay, tx.today), region: record.region, place: places.get(record.region)?.full ?? record.region, status: record.status, categories: record.categories,
  }]))
}

export async function personOf(tx: Tx, id: string): Promise<Person | null> {
  return (await peopleBy(tx, [id])).get(id) ?? null
}

export async function placeOfActor(tx: Tx): Promise<string> {
  return (await regionNames(tx, [tx.actor.region])).get(tx.actor.region)?.full ?? tx.actor.region
}

/** The result as facts from the day of the assessment on; the newest statement wins over the time it speaks of. */
export async function tellFacts(tx: Tx, elder: Pick<Person, 'id'>, facts: readonly ResultFact[], assessedOn: string, assessmentId: string, issuer: string): Promise<void> {
  if (facts.length === 0) return
  await recordFacts(tx, facts.map((fact) => ({ elderId: elder.id, key: fact.key, value: fact.value, validFrom: assessedOn, validTo: null, source: `能力评估（${issuer}）`, sourceRef: assessmentId, reason: null })))
  await refreshNeeds(tx, [elder.id])
}

/** Brings the list of people never assessed to what the registry and the results say of these people. */
export async function refreshNeeds(tx: Tx, elderIds: readonly string[]): Promise<void> {
  const ids = [...new Set(elderIds)]
  if (ids.length === 0) return
  const done = new Set((await tx.rows<{ elderId: string }>`select distinct elder_id as "elderId" from assessments.assessment where elder_id = any(${ids}::uuid[]) and scale_id = ${NATIONAL_SCALE} and level_code is not null`).map((row) => row.elderId))
  const people = await eldersByIds(tx, ids)
  const rows = people.flatMap((person) => {
    const from = done.has(person.id) ? null : neededFrom(person, tx.today)
    return from === null ? [] : [{ county: countyOf(person.region), elder_id: person.id, region: person.region, from_day: from }]
  })
  const kept = new Set(rows.map((row) => row.elder_id))
  await tx.rows`delete from assessments.need where elder_id = any(${ids.filter((id) => !kept.has(id))}::uuid[])`
  await tx.rows`
    insert into assessments.need (county, elder_id, region, from_day) select county, elder_id, region, from_day from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, elder_id uuid, region text, from_day date)
    on conflict (county, elder_id) do update set region = excluded.region, from_day = least(assessments.need.from_day, excluded.from_day)`
}

/** Rows about these people go where the registry has them now, and results of who is gone are due no more. */
export async function followPeople(tx: Tx, elderIds: readonly string[]): Promise<void> {
  const people = await eldersByIds(tx, elderIds)
  if (people.length === 0) return
  const now = sql`unnest(${people.map((person) => countyOf(person.region))}::text[], ${people.map((person) => person.id)}::uuid[], ${people.map((person) => person.region)}::text[], ${people.map((person) => person.status !== 'active')}::boolean[]) as r(county, id, region, gone)`
  await tx.rows`update assessments.assessment a set region = r.region, elder_gone = r.gone from ${now} where a.county = r.county and a.elder_id = r.id and (a.region <> r.region or a.elder_gone <> r.gone)`
  for (const table of ['revision', 'signature', 'use', 'trigger']) await tx.rows`update assessments.${sql.raw(table)} x set region = r.region from ${now} where x.county = r.county and x.elder_id = r.id and x.region <> r.region`
}

/** Two records became one, or two again: what was made for `own` belongs to `to` now. An open form is cancelled where the other record has one too. */
export async function handOver(tx: Tx, own: string, to: string, reason: string): Promise<void> {
  await tx.rows`
    update assessments.assessment a set state = 'void', void_reason = ${reason} where a.own_elder_id = ${own} and a.state in ('draft', 'waitingSignatures') and a.elder_id <> ${to}
      and exists (select from assessments.assessment o where o.county = a.county and o.elder_id = ${to} and o.scale_id = a.scale_id and o.state in ('draft', 'waitingSignatures'))`
  await tx.rows`update assessments.assessment set elder_id = ${to} where own_elder_id = ${own}`
  await tx.rows`update assessments.revision r set elder_id = ${to} from assessments.assessment a where a.county = r.county and a.id = r.assessment_id and a.own_elder_id = ${own}`
  await tx.rows`update assessments.signature s set elder_id = ${to} from assessments.assessment a where a.county = s.county and a.id = s.assessment_id and a.own_elder_id = ${own}`
  await tx.rows`update assessments.use u set elder_id = ${to} from assessments.assessment a where a.county = u.county and a.id = u.assessment_id and a.own_elder_id = ${own}`
}

export interface NeedRow {
  readonly id: string
  readonly elderId: string
  readonly since: string
}

export async function needPage(tx: Tx, place: string | undefined, after: string | undefined, limit: number): Promise<{ rows: readonly NeedRow[]; next: string | null }> {
  const mark = readMark(after)
  const prefix = place === undefined ? '' : prefixOf(place)
  const rows = await tx.rows<NeedRow>`
    select elder_id as id, elder_id as "elderId", from_day as since from assessments.need
    where from_day <= ${tx.today}::date and region >= ${prefix || '0'} and region < ${`${prefix}~`} and (${mark?.key ?? null}::text is null or (from_day::text, elder_id) > (${mark?.key ?? ''}, ${mark?.id ?? null}::uuid))
    order by from_day, elder_id limit ${limit + 1}`
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? `${last.since}|${last.elderId}` : null }
}

export async function countNeeds(tx: Tx, place: string | undefined): Promise<number> {
  const prefix = place === undefined ? '' : prefixOf(place)
  const [row] = await tx.rows<{ n: number }>`select count(*)::int as n from assessments.need where from_day <= ${tx.today}::date and region >= ${prefix || '0'} and region < ${`${prefix}~`}`
  return row!.n
}

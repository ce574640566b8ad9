/** Merges: what went over to the kept record is written down by row, so that a split takes back exactly that. */
import type { Tx } from '@songbai/platform/tx'
import type { PreparedElder } from './rules-prepare.ts'
import { FACT_COLUMNS, inCounties, viewOf, type FactRow } from './store-facts.ts'
import { contactsOf, residencesOf, type ContactRecord } from './store-person.ts'
import type { ElderRecord } from './store.ts'

/** Rows made on the kept record for the merge, and the statements they pushed aside. */
export interface Moved {
  readonly facts: readonly string[]
  readonly contacts: readonly string[]
  readonly residences: readonly string[]
}

export interface MergeRecord {
  readonly id: string
  readonly county: string
  readonly region: string
  readonly keepId: string
  readonly dropId: string
  readonly reason: string
  readonly moved: Moved
  readonly mergedAt: number
  readonly splitAt: number | null
}

export async function mergesOf(tx: Tx, elder: ElderRecord): Promise<{ id: string; keepId: string; dropId: string; dropName: string; reason: string; mergedAt: number; splitAt: number | null }[]> {
  return tx.rows`
    select m.id, m.keep_id as "keepId", m.drop_id as "dropId", coalesce(e.name, '') as "dropName", m.reason, m.merged_at as "mergedAt", m.split_at as "splitAt"
    from elders.merge m left join elders.elder e on e.county = m.county and e.id = m.drop_id where m.county = ${elder.county} and (m.keep_id = ${elder.id} or m.drop_id = ${elder.id}) order by m.merged_at desc, m.id`
}

export async function mergeBy(tx: Tx, id: string): Promise<MergeRecord | null> {
  const rows = await tx.rows<MergeRecord>`select id, county, region, keep_id as "keepId", drop_id as "dropId", reason, moved, merged_at as "mergedAt", split_at as "splitAt" from elders.merge where ${await inCounties(tx)} and id = ${id}`
  return rows[0] ?? null
}

/** Live facts of the dropped record under keys the kept one says nothing about. Its place and name are its own. */
export async function factsToCopy(tx: Tx, keep: ElderRecord, drop: ElderRecord): Promise<FactRow[]> {
  return tx.rows<FactRow>`
    select ${FACT_COLUMNS} from elders.fact f where county = ${drop.county} and elder_id = ${drop.id} and superseded_at is null and key <> all('{name,usualResidence,mergedInto}'::text[])
      and not exists (select from elders.fact k where k.county = f.county and k.elder_id = ${keep.id} and k.key = f.key and k.superseded_at is null) order by id`
}

/** Live contacts of the dropped record that the kept one has neither by number nor by name and relation. */
export async function contactsToCopy(tx: Tx, keep: ElderRecord, drop: ElderRecord): Promise<ContactRecord[]> {
  const [own, theirs] = [await contactsOf(tx, keep, viewOf(tx, {})), await contactsOf(tx, drop, viewOf(tx, {}))]
  return theirs.filter((one) => !own.some((other) => other.name === one.name && other.relation === one.relation))
}

export async function residencesToCopy(tx: Tx, keep: ElderRecord, drop: ElderRecord): Promise<PreparedElder['residences']> {
  const all = await residencesOf(tx, [keep.id, drop.id], viewOf(tx, {}))
  const own = all.filter((one) => one.elderId === keep.id)
  const given = <T>(value: T | null): T | undefined => value ?? undefined
  return all.filter((one) => one.elderId === drop.id && !own.some((other) => other.kind === one.kind && other.place === one.place)).map((one) => ({
    kind: one.kind, place: one.place, address: given(one.address), seasonFrom: given(one.seasonFrom), seasonTo: given(one.seasonTo), lon: given(one.lon), lat: given(one.lat), accessNote: given(one.accessNote), phoneCoverage: given(one.phoneCoverage), schematic: one.schematic, validFrom: given(one.validFrom),
  }))
}

export async function insertMerge(tx: Tx, keep: ElderRecord, drop: ElderRecord, reason: string, moved: Moved): Promise<string> {
  const id = tx.newId()
  await tx.rows`insert into elders.merge (county, id, region, keep_id, drop_id, reason, moved, merged_at, merged_by) values (${keep.county}, ${id}, ${keep.region}, ${keep.id}, ${drop.id}, ${reason}, ${JSON.stringify(moved)}::jsonb, ${new Date(tx.nowMs)}, ${tx.actor.id})`
  return id
}

export async function markSplit(tx: Tx, merge: MergeRecord, reason: string): Promise<void> {
  await tx.rows`update elders.merge set split_at = ${new Date(tx.nowMs)}, split_by = ${tx.actor.id}, split_reason = ${reason} where county = ${merge.county} and id = ${merge.id}`
}

/** Takes back rows a merge made. */
export async function withdrawRows(tx: Tx, county: string, moved: Moved): Promise<void> {
  const at = new Date(tx.nowMs)
  await tx.rows`update elders.fact set superseded_at = ${at} where county = ${county} and id = any(${moved.facts}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.contact set superseded_at = ${at} where county = ${county} and id = any(${moved.contacts}::uuid[]) and superseded_at is null`
  await tx.rows`update elders.residence set superseded_at = ${at} where county = ${county} and id = any(${moved.residences}::uuid[]) and superseded_at is null`
}

export async function recordNotDuplicate(tx: Tx, a: ElderRecord, b: ElderRecord, reason: string): Promise<void> {
  const [first, second] = [a.id, b.id].sort()
  await tx.rows`insert into elders.not_duplicate (county, region, a_id, b_id, reason, decided_at, decided_by) values (${a.county}, ${a.region}, ${first}, ${second}, ${reason}, ${new Date(tx.nowMs)}, ${tx.actor.id}) on conflict do nothing`
}

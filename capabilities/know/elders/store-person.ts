/** What belongs to one person beside facts: contacts, dwellings, who looked. */
import type { Tx } from '@songbai/platform/tx'
import type { DUTIES, RESIDENCE_KINDS } from './contract.ts'
import { inCounties, type View } from './store-facts.ts'
import { indexForm } from './rules.ts'
import type { ElderRecord } from './store.ts'

/** Who has this ID number in the county, as far as the actor can see. */
export async function idNumberHolder(tx: Tx, county: string, number: string): Promise<string | null> {
  const rows = await tx.rows<{ id: string }>`select id from elders.elder where county = ${county} and id_index = ${tx.secrets.index(county, 'idNumber', indexForm(number))} and status not in ('merged', 'undone')`
  return rows[0]?.id ?? null
}

export interface ContactRecord {
  readonly id: string
  readonly name: string
  readonly relation: string
  readonly duty: (typeof DUTIES)[number]
  readonly rank: number
  readonly phoneMasked: string | null
  readonly phoneSealed: Buffer | null
  readonly note: string | null
  readonly validFrom: string | null
  readonly validTo: string | null
}

/** Contacts as the view knows them. An ended one is superseded by nothing, so only its own end says until when. */
export async function contactsOf(tx: Tx, elder: ElderRecord, view: View): Promise<ContactRecord[]> {
  return tx.rows<ContactRecord>`
    select id, name, relation, duty, rank, phone_masked as "phoneMasked", phone_sealed as "phoneSealed", note, valid_from as "validFrom", valid_to as "validTo" from elders.contact
    where county = ${elder.county} and elder_id = ${elder.id} and (valid_from is null or valid_from <= ${view.at}::date) and (valid_to is null or valid_to > ${view.at}::date)
      and case when ${view.knownBefore}::timestamptz is null then superseded_at is null else recorded_at < ${view.knownBefore}::timestamptz and (superseded_at is null or superseded_at >= ${view.knownBefore}::timestamptz) end
    order by duty, rank, id`
}

/** Takes a contact out of use; a changed one is written anew beside it. */
export async function endContact(tx: Tx, elder: ElderRecord, id: string): Promise<{ id: string; phoneSealed: Buffer | null } | null> {
  const rows = await tx.rows<{ id: string; phoneSealed: Buffer | null }>`update elders.contact set superseded_at = ${new Date(tx.nowMs)} where county = ${elder.county} and elder_id = ${elder.id} and id = ${id} and superseded_at is null returning id, phone_sealed as "phoneSealed"`
  return rows[0] ?? null
}

export interface ResidenceRecord {
  readonly id: string
  readonly kind: (typeof RESIDENCE_KINDS)[number]
  readonly place: string
  readonly address: string | null
  readonly seasonFrom: string | null
  readonly seasonTo: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly accessNote: string | null
  readonly phoneCoverage: 'good' | 'weak' | 'none' | null
  readonly schematic: boolean
  readonly validFrom: string | null
  readonly validTo: string | null
}

export async function residencesOf(tx: Tx, elderIds: readonly string[], view: View): Promise<(ResidenceRecord & { readonly elderId: string })[]> {
  return tx.rows<ResidenceRecord & { elderId: string }>`
    select elder_id as "elderId", id, kind, place, address, season_from as "seasonFrom", season_to as "seasonTo", lon, lat, access_note as "accessNote", phone_coverage as "phoneCoverage", schematic, valid_from as "validFrom", valid_to as "validTo" from elders.residence
    where ${await inCounties(tx)} and elder_id = any(${elderIds}::uuid[]) and (valid_from is null or valid_from <= ${view.at}::date) and (valid_to is null or valid_to > ${view.at}::date)
      and case when ${view.knownBefore}::timestamptz is null then superseded_at is null else recorded_at < ${view.knownBefore}::timestamptz and (superseded_at is null or superseded_at >= ${view.knownBefore}::timestamptz) end
    order by kind, valid_from nulls first, id`
}

export async function endResidence(tx: Tx, elder: ElderRecord, id: string): Promise<{ id: string } | null> {
  const rows = await tx.rows<{ id: string }>`update elders.residence set superseded_at = ${new Date(tx.nowMs)} where county = ${elder.county} and elder_id = ${elder.id} and id = ${id} and superseded_at is null returning id`
  return rows[0] ?? null
}

export interface Look {
  readonly at: number
  readonly who: string
  readonly what: string
  readonly purpose: string | null
}

const LOOKS = 100

/** Lines of the log about one person. */
export async function looksAt(tx: Tx, elder: ElderRecord): Promise<Look[]> {
  return tx.rows<Look>`select at, actor_name as who, coalesce(what, action) as what, purpose from platform.audit where county = ${elder.county} and subject_id = ${elder.id} order by at desc, id desc limit ${LOOKS}`
}

/** How many secrets this actor has opened since an instant, in any county of the scope. */
export async function revealsSince(tx: Tx, action: string, since: Date): Promise<number> {
  const rows = await tx.rows<{ n: number }>`select count(*)::int as n from platform.audit where ${await inCounties(tx)} and at >= ${since} and actor_id = ${tx.actor.id} and action = ${action} and outcome = 'done'`
  return rows[0]!.n
}

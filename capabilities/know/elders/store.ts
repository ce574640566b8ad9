/** Elder rows, and their projection kept true to the facts. */
import type { Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { categoriesOf } from './rules-categories.ts'
import { project, type Person } from './rules-facts.ts'
import { soundOf } from './rules-pinyin.ts'
import { givenOf } from './rules.ts'
import { dictionary } from './store-dictionary.ts'
import { inCounties, factsIn, type FactRow } from './store-facts.ts'
import { blindIndexes, hex } from './store-write.ts'

export interface ElderRecord {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly name: string
  readonly pinyin: string
  readonly sex: 'male' | 'female' | null
  readonly birthDay: string | null
  readonly birthMonth: string | null
  readonly ethnicity: string | null
  readonly synthetic: boolean
  readonly idMasked: string | null
  readonly phoneMasked: string | null
  readonly status: 'active' | 'dead' | 'movedOut' | 'merged' | 'undone'
  readonly statusOn: string | null
  readonly mergedInto: string | null
  readonly householdId: string | null
  readonly address: string | null
  readonly registeredRegion: string | null
  readonly categories: string[]
  readonly createdAt: number
  readonly changedAt: number
}

export const ELDER_COLUMNS = sql.raw(`county, id, region, name, pinyin, sex, birth_day as "birthDay", birth_month as "birthMonth", ethnicity, synthetic, id_masked as "idMasked", phone_masked as "phoneMasked",
  status, status_on as "statusOn", merged_into as "mergedInto", household_id as "householdId", address, registered_region as "registeredRegion", categories, created_at as "createdAt", changed_at as "changedAt"`)

/** Those of the ids that are in scope. */
export async function eldersBy(tx: Tx, ids: readonly string[]): Promise<ElderRecord[]> {
  if (ids.length === 0) return []
  return tx.rows<ElderRecord>`select ${ELDER_COLUMNS} from elders.elder where ${await inCounties(tx)} and id = any(${ids}::uuid[])`
}

export async function elderBy(tx: Tx, id: string): Promise<ElderRecord | null> {
  return (await eldersBy(tx, [id]))[0] ?? null
}

export async function householdOf(tx: Tx, elder: ElderRecord): Promise<ElderRecord[]> {
  if (elder.householdId === null) return []
  return tx.rows<ElderRecord>`select ${ELDER_COLUMNS} from elders.elder where county = ${elder.county} and household_id = ${elder.householdId} and id <> ${elder.id} and status in ('active', 'dead', 'movedOut') order by birth_day nulls last, id`
}

export interface Keys {
  readonly keyWrapped: Buffer
  readonly idSealed: Buffer | null
  readonly phoneSealed: Buffer | null
}

/** Sealed numbers of people with the key that opens them. */
export async function sealedOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Keys & { readonly county: string }>> {
  const rows = await tx.rows<Keys & { id: string; county: string }>`select county, id, key_wrapped as "keyWrapped", id_sealed as "idSealed", phone_sealed as "phoneSealed" from elders.elder where ${await inCounties(tx)} and id = any(${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}

export function openSealed(tx: Tx, person: Keys & { readonly county: string }, sealed: Buffer | null): string | null {
  return sealed === null ? null : tx.secrets.open(tx.secrets.subjectKey(person.county, person.keyWrapped), sealed)
}

export function sealFor(tx: Tx, person: Keys & { readonly county: string }, text: string): Buffer {
  return tx.secrets.seal(tx.secrets.subjectKey(person.county, person.keyWrapped), text)
}

/** Brings the rows of these people to what their facts say today. */
export async function refreshElders(tx: Tx, ids: readonly string[]): Promise<void> {
  const people = await eldersBy(tx, [...new Set(ids)])
  const facts = await factsIn(tx, people.map((person) => person.id), { at: tx.today, knownBefore: null })
  const keys = await sealedOf(tx, people.map((person) => person.id))
  const now = people.map((person) => ({ person, now: project(valuesOf(facts.get(person.id)!)) })).filter((one): one is { person: ElderRecord; now: Person } => one.now !== null)
  const categories = categoriesOf(dictionary().categories, now.map((one) => ({ region: one.now.region ?? one.person.region, facts: valuesOf(facts.get(one.person.id)!) })), tx.today)
  for (const [i, one] of now.entries()) {
    await updateElder(tx, one.person, one.now, categories[i]!)
    await updateSecrets(tx, one.person, keys.get(one.person.id)!, facts.get(one.person.id)!)
    if (one.now.region !== null && one.now.region !== one.person.region) await followRegion(tx, one.person, one.now.region)
  }
}

export function valuesOf(facts: ReadonlyMap<string, FactRow>): Map<string, unknown> {
  return new Map([...facts].map(([key, fact]) => [key, fact.value]))
}

async function updateElder(tx: Tx, old: ElderRecord, now: Person, categories: readonly string[]): Promise<void> {
  const sound = now.name === old.name ? null : soundOf(now.name)
  await tx.rows`
    update elders.elder set name = ${now.name}, given = ${givenOf(now.name)}, pinyin = coalesce(${sound?.pinyin ?? null}, pinyin), initials = coalesce(${sound?.initials ?? null}, initials), sex = ${now.sex}, birth_day = ${now.birthDay}, birth_month = ${now.birthMonth},
      ethnicity = ${now.ethnicity}, address = ${now.address}, registered_region = ${now.registeredRegion}, status = ${now.status}, status_on = ${now.statusOn}, merged_into = ${now.mergedInto}, categories = ${categories}::text[], changed_at = ${new Date(tx.nowMs)}
    where county = ${old.county} and id = ${old.id}`
}

/** The blind indexes follow the live sealed facts; a number that did not change keeps its bytes and costs nothing. */
async function updateSecrets(tx: Tx, person: ElderRecord, keys: Keys & { readonly county: string }, facts: ReadonlyMap<string, FactRow>): Promise<void> {
  const sealed = { idNumber: facts.get('idNumber')?.sealed ?? null, phone: facts.get('phone')?.sealed ?? null }
  if (sameBytes(sealed.idNumber, keys.idSealed) && sameBytes(sealed.phone, keys.phoneSealed)) return
  const number = openSealed(tx, keys, sealed.idNumber)
  const [idNumber, phone] = [blindIndexes(tx, person.county, 'idNumber', number), blindIndexes(tx, person.county, 'phone', openSealed(tx, keys, sealed.phone))]
  await tx.rows`
    update elders.elder set id_sealed = ${hex(sealed.idNumber)}::bytea, id_index = ${hex(idNumber.whole)}::bytea, id_tail_index = ${hex(idNumber.tail)}::bytea, id_masked = ${facts.get('idNumber')?.value ?? null}::text, synthetic = ${number === null ? person.synthetic && !person.idMasked?.startsWith('99') : number.startsWith('99')},
      phone_sealed = ${hex(sealed.phone)}::bytea, phone_index = ${hex(phone.whole)}::bytea, phone_tail_index = ${hex(phone.tail)}::bytea, phone_masked = ${facts.get('phone')?.value ?? null}::text
    where county = ${person.county} and id = ${person.id}`
}

function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === b || (a !== null && b !== null && a.equals(b))
}

/** On a move inside the county every row about the person goes along, so that one scope sees all of it or nothing. */
async function followRegion(tx: Tx, person: ElderRecord, region: string): Promise<void> {
  await tx.rows`update elders.elder set region = ${region} where county = ${person.county} and id = ${person.id}`
  await tx.rows`update elders.fact set region = ${region} where county = ${person.county} and elder_id = ${person.id}`
  await tx.rows`update elders.contact set region = ${region} where county = ${person.county} and elder_id = ${person.id}`
  await tx.rows`update elders.residence set region = ${region} where county = ${person.county} and elder_id = ${person.id}`
  await tx.rows`update elders.life_event set region = ${region} where county = ${person.county} and elder_id = ${person.id}`
}

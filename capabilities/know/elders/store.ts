/** Elder rows, and their projection kept true to the facts. */
import type { Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { categoriesOf } from './rules-categories.ts'
import { EVENT_KEYS, IDENTITY_KEYS, project, type Person } from './rules-facts.ts'
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
  if (people.length === 0) return
  const facts = await factsIn(tx, people.map((person) => person.id), { at: tx.today, knownBefore: null }, keysOfRow())
  const now = people.map((person) => ({ person, now: project(valuesOf(facts.get(person.id)!)) })).filter((one): one is { person: ElderRecord; now: Person } => one.now !== null)
  const categories = categoriesOf(dictionary().categories, now.map((one) => ({ region: one.now.region ?? one.person.region, facts: valuesOf(facts.get(one.person.id)!) })), tx.today)
  await updateElders(tx, now.map((one, i) => ({ old: one.person, now: one.now, categories: categories[i]! })))
  const keys = await sealedOf(tx, now.map((one) => one.person.id))
  for (const { person } of now) await updateSecrets(tx, person, keys.get(person.id)!, facts.get(person.id)!)
  await followRegions(tx, now.flatMap((one) => (one.now.region !== null && one.now.region !== one.person.region ? [{ ...one.person, region: one.now.region }] : [])))
}

/** What a row shows and the categories ask for; a person has twice as many facts. */
function keysOfRow(): string[] {
  return [...new Set([...IDENTITY_KEYS, ...EVENT_KEYS, ...dictionary().categories.categories.flatMap((category) => category.facts)])]
}

export function valuesOf(facts: ReadonlyMap<string, FactRow>): Map<string, unknown> {
  return new Map([...facts].map(([key, fact]) => [key, fact.value]))
}

interface Renewed {
  readonly old: ElderRecord
  readonly now: Person
  readonly categories: readonly string[]
}

async function updateElders(tx: Tx, people: readonly Renewed[]): Promise<void> {
  if (people.length === 0) return
  const column = <T>(of: (one: Renewed) => T): T[] => people.map(of)
  const sounds = people.map(({ old, now }) => (now.name === old.name ? null : soundOf(now.name)))
  await tx.rows`
    update elders.elder e set name = r.name, given = r.given, pinyin = coalesce(r.pinyin, e.pinyin), initials = coalesce(r.initials, e.initials), sex = r.sex, birth_day = r.birth_day, birth_month = r.birth_month, ethnicity = r.ethnicity,
      address = r.address, registered_region = r.registered, status = r.status, status_on = r.status_on, merged_into = r.merged_into, categories = r.categories::text[], changed_at = ${new Date(tx.nowMs)}::timestamptz
    from unnest(${column((one) => one.old.county)}::text[], ${column((one) => one.old.id)}::uuid[], ${column((one) => one.now.name)}::text[], ${column((one) => givenOf(one.now.name))}::text[], ${sounds.map((sound) => sound?.pinyin ?? null)}::text[],
      ${sounds.map((sound) => sound?.initials ?? null)}::text[], ${column((one) => one.now.sex)}::text[], ${column((one) => one.now.birthDay)}::date[], ${column((one) => one.now.birthMonth)}::text[], ${column((one) => one.now.ethnicity)}::text[],
      ${column((one) => one.now.address)}::text[], ${column((one) => one.now.registeredRegion)}::text[], ${column((one) => one.now.status)}::text[], ${column((one) => one.now.statusOn)}::date[], ${column((one) => one.now.mergedInto)}::uuid[], ${column((one) => `{${one.categories.join(',')}}`)}::text[])
      as r(county, id, name, given, pinyin, initials, sex, birth_day, birth_month, ethnicity, address, registered, status, status_on, merged_into, categories)
    where e.county = r.county and e.id = r.id`
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
async function followRegions(tx: Tx, moved: readonly Pick<ElderRecord, 'county' | 'id' | 'region'>[]): Promise<void> {
  if (moved.length === 0) return
  const to = sql`unnest(${moved.map((one) => one.county)}::text[], ${moved.map((one) => one.id)}::uuid[], ${moved.map((one) => one.region)}::text[]) as r(county, id, region)`
  await tx.rows`update elders.elder e set region = r.region from ${to} where e.county = r.county and e.id = r.id`
  for (const table of ['fact', 'contact', 'residence', 'life_event']) await tx.rows`update elders.${sql.raw(table)} x set region = r.region from ${to} where x.county = r.county and x.elder_id = r.id`
}

/** Set-based writes of whole people. Every secret is sealed with the person's own key; rows of one call share recorder and instant. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { PreparedElder } from './rules-prepare.ts'
import { categoriesOf } from './rules-categories.ts'
import { holdsOn, SEALED_KEYS } from './rules-facts.ts'
import { indexForm, maskId, maskPhone } from './rules.ts'
import { dictionary } from './store-dictionary.ts'
import { forgetCounties } from './store-facts.ts'

/** Rows a statement takes; arrays of this length parse in some 20 ms. */
const ROWS = 5000

export interface Inserted {
  /** Ids in the order of the input; null where the ID number is already somebody's in the county, in scope or not. */
  readonly ids: readonly (string | null)[]
}

interface Sealed {
  readonly id: string
  readonly county: string
  readonly person: PreparedElder
  readonly wrapped: Buffer
  readonly secrets: ReadonlyMap<string, Buffer>
  readonly seal: (text: string) => Buffer
}

/** Elders with their facts, contacts and residences. A taken ID number leaves that person out, nobody else. */
export async function insertPeople(tx: Tx, people: readonly PreparedElder[], batchId: string | null): Promise<Inserted> {
  const sealed = people.map((person) => sealPerson(tx, person))
  const here = await insertElderRows(tx, sealed, batchId)
  forgetCounties(tx)
  const stored = sealed.filter((one) => here.has(one.id))
  await insertFactRows(tx, stored.flatMap((one) => one.person.facts.map((fact) => ({ elder: one, fact }))), batchId)
  await insertContactRows(tx, stored.flatMap((one) => one.person.contacts.map((contact) => ({ elder: one, contact }))), batchId)
  await insertResidenceRows(tx, stored.flatMap((one) => one.person.residences.map((residence) => ({ elder: one, residence }))), batchId)
  return { ids: sealed.map((one) => (here.has(one.id) ? one.id : null)) }
}

function sealPerson(tx: Tx, person: PreparedElder): Sealed {
  const county = countyOf(person.region)
  const { key, wrapped } = tx.secrets.newSubjectKey(county)
  const seal = (text: string): Buffer => tx.secrets.seal(key, text)
  const secrets = new Map(person.facts.filter((fact) => fact.secret !== undefined).map((fact) => [fact.key, seal(fact.secret!)]))
  return { id: person.id ?? tx.newId(), county, person, wrapped, secrets, seal }
}

/** Blind indexes of a number: the whole, and its last four characters. */
export function blindIndexes(tx: Tx, county: string, field: 'idNumber' | 'phone', number: string | null): { readonly whole: Buffer | null; readonly tail: Buffer | null } {
  if (number === null) return { whole: null, tail: null }
  const form = indexForm(number)
  return { whole: tx.secrets.index(county, field, form), tail: tx.secrets.index(county, `${field}Tail`, form.slice(-4)) }
}

async function insertElderRows(tx: Tx, sealed: readonly Sealed[], batchId: string | null): Promise<Set<string>> {
  const inserted = new Set<string>()
  const now = new Date(tx.nowMs)
  for (const part of parts(sealed)) {
    const categories = categoriesOf(dictionary().categories, part.map(({ person }) => snapshotOf(tx, person)), tx.today)
    const rows = part.map(({ id, county, person, wrapped, secrets }, i) => {
      const number = blindIndexes(tx, county, 'idNumber', person.idNumber)
      const phone = blindIndexes(tx, county, 'phone', person.phone)
      return [county, id, person.region, person.name, person.given, person.pinyin, person.initials, person.sex, person.birthDay, person.birthMonth, person.ethnicity, person.synthetic,
        hex(secrets.get('idNumber')), hex(number.whole), hex(number.tail), person.idNumber && maskId(person.idNumber),
        hex(secrets.get('phone')), hex(phone.whole), hex(phone.tail), person.phone && maskPhone(person.phone), hex(wrapped),
        person.status, person.statusOn, person.householdId, person.address, person.registeredRegion, arrayText(categories[i]!)]
    })
    const c = columns(rows, 27)
    const done = await tx.rows<{ id: string }>`
      insert into elders.elder (county, id, region, name, given, pinyin, initials, sex, birth_day, birth_month, ethnicity, synthetic, id_sealed, id_index, id_tail_index, id_masked,
        phone_sealed, phone_index, phone_tail_index, phone_masked, key_wrapped, status, status_on, household_id, address, registered_region, categories, batch_id, created_at, changed_at)
      select county, id, region, name, given, pinyin, initials, sex, birth_day, birth_month, ethnicity, synthetic, id_sealed, id_index, id_tail_index, id_masked,
        phone_sealed, phone_index, phone_tail_index, phone_masked, key_wrapped, status, status_on, household_id, address, registered_region, categories::text[], ${batchId}::uuid, ${now}::timestamptz, ${now}::timestamptz
      from unnest(${c[0]}::text[], ${c[1]}::uuid[], ${c[2]}::text[], ${c[3]}::text[], ${c[4]}::text[], ${c[5]}::text[], ${c[6]}::text[], ${c[7]}::text[], ${c[8]}::date[], ${c[9]}::text[], ${c[10]}::text[], ${c[11]}::boolean[],
        ${c[12]}::bytea[], ${c[13]}::bytea[], ${c[14]}::bytea[], ${c[15]}::text[], ${c[16]}::bytea[], ${c[17]}::bytea[], ${c[18]}::bytea[], ${c[19]}::text[], ${c[20]}::bytea[],
        ${c[21]}::text[], ${c[22]}::date[], ${c[23]}::uuid[], ${c[24]}::text[], ${c[25]}::text[], ${c[26]}::text[])
        as r(county, id, region, name, given, pinyin, initials, sex, birth_day, birth_month, ethnicity, synthetic, id_sealed, id_index, id_tail_index, id_masked,
        phone_sealed, phone_index, phone_tail_index, phone_masked, key_wrapped, status, status_on, household_id, address, registered_region, categories)
      on conflict do nothing returning id`
    for (const { id } of done) inserted.add(id)
  }
  return inserted
}

function snapshotOf(tx: Tx, person: PreparedElder): { region: string; facts: Map<string, unknown> } {
  return { region: person.region, facts: new Map(person.facts.filter((fact) => holdsOn(fact, tx.today)).map((fact) => [fact.key, fact.value])) }
}

type FactRow = { readonly elder: Pick<Sealed, 'id' | 'county' | 'secrets'> & { readonly person: Pick<PreparedElder, 'region'> }; readonly fact: PreparedElder['facts'][number] }

async function insertFactRows(tx: Tx, rows: readonly FactRow[], batchId: string | null): Promise<void> {
  for (const part of parts(rows)) {
    const c = columns(part.map(({ elder, fact }) => [elder.county, tx.newId(), elder.id, elder.person.region, fact.key, JSON.stringify(fact.value), SEALED_KEYS.includes(fact.key) ? hex(elder.secrets.get(fact.key)) : null, fact.validFrom, fact.validTo, fact.source, fact.sourceRef, fact.reason]), 12)
    await tx.rows`
      insert into elders.fact (county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason, recorded_at, recorded_by, recorder, batch_id)
      select county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${tx.actor.name}::text, ${batchId}::uuid
      from unnest(${c[0]}::text[], ${c[1]}::uuid[], ${c[2]}::uuid[], ${c[3]}::text[], ${c[4]}::text[], ${c[5]}::jsonb[], ${c[6]}::bytea[], ${c[7]}::date[], ${c[8]}::date[], ${c[9]}::text[], ${c[10]}::text[], ${c[11]}::text[])
        as r(county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason)`
  }
}

type ContactRow = { readonly elder: Pick<Sealed, 'id' | 'county' | 'seal'> & { readonly person: Pick<PreparedElder, 'region'> }; readonly contact: PreparedElder['contacts'][number] }

export async function insertContactRows(tx: Tx, rows: readonly ContactRow[], batchId: string | null): Promise<string[]> {
  const ids: string[] = []
  for (const part of parts(rows)) {
    const c = columns(part.map(({ elder, contact }) => {
      const id = tx.newId()
      ids.push(id)
      const phone = contact.phone
      return [elder.county, id, elder.id, elder.person.region, contact.name, contact.relation, contact.duty, contact.rank, phone === null ? null : hex(elder.seal(phone)), phone && maskPhone(phone), hex(blindIndexes(tx, elder.county, 'phone', phone).whole), contact.note]
    }), 12)
    await tx.rows`
      insert into elders.contact (county, id, elder_id, region, name, relation, duty, rank, phone_sealed, phone_masked, phone_index, note, valid_from, recorded_at, recorded_by, batch_id)
      select county, id, elder_id, region, name, relation, duty, rank, phone_sealed, phone_masked, phone_index, note, null, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${batchId}::uuid
      from unnest(${c[0]}::text[], ${c[1]}::uuid[], ${c[2]}::uuid[], ${c[3]}::text[], ${c[4]}::text[], ${c[5]}::text[], ${c[6]}::text[], ${c[7]}::int[], ${c[8]}::bytea[], ${c[9]}::text[], ${c[10]}::bytea[], ${c[11]}::text[])
        as r(county, id, elder_id, region, name, relation, duty, rank, phone_sealed, phone_masked, phone_index, note)`
  }
  return ids
}

type ResidenceRow = { readonly elder: Pick<Sealed, 'id' | 'county'> & { readonly person: Pick<PreparedElder, 'region'> }; readonly residence: PreparedElder['residences'][number] }

export async function insertResidenceRows(tx: Tx, rows: readonly ResidenceRow[], batchId: string | null): Promise<string[]> {
  const ids: string[] = []
  for (const part of parts(rows)) {
    const c = columns(part.map(({ elder, residence: r }) => {
      const id = tx.newId()
      ids.push(id)
      return [elder.county, id, elder.id, elder.person.region, r.kind, r.place, r.address ?? null, r.seasonFrom ?? null, r.seasonTo ?? null, r.lon ?? null, r.lat ?? null, r.accessNote ?? null, r.phoneCoverage ?? null, r.schematic, r.validFrom ?? null]
    }), 15)
    await tx.rows`
      insert into elders.residence (county, id, elder_id, region, kind, place, address, season_from, season_to, lon, lat, access_note, phone_coverage, schematic, valid_from, recorded_at, recorded_by, batch_id)
      select county, id, elder_id, region, kind, place, address, season_from, season_to, lon, lat, access_note, phone_coverage, schematic, valid_from, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${batchId}::uuid
      from unnest(${c[0]}::text[], ${c[1]}::uuid[], ${c[2]}::uuid[], ${c[3]}::text[], ${c[4]}::text[], ${c[5]}::text[], ${c[6]}::text[], ${c[7]}::text[], ${c[8]}::text[], ${c[9]}::float8[], ${c[10]}::float8[], ${c[11]}::text[], ${c[12]}::text[], ${c[13]}::boolean[], ${c[14]}::date[])
        as r(county, id, elder_id, region, kind, place, address, season_from, season_to, lon, lat, access_note, phone_coverage, schematic, valid_from)`
  }
  return ids
}

export function hex(bytes: Buffer | null | undefined): string | null {
  return bytes ? `\\x${bytes.toString('hex')}` : null
}

function parts<T>(rows: readonly T[]): T[][] {
  const all: T[][] = []
  for (let i = 0; i < rows.length; i += ROWS) all.push(rows.slice(i, i + ROWS))
  return all
}

/** Category ids are plain words, so the literal needs no quoting; an array of arrays of other lengths cannot be a parameter. */
function arrayText(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}

function columns(rows: readonly (readonly unknown[])[], width: number): unknown[][] {
  return Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? null))
}

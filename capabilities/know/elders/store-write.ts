/** Set-based writes of whole people. Every secret is sealed with the person's own key; rows of one call share recorder and instant. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { PreparedElder } from './rules-prepare.ts'
import { categoriesOf } from './rules-categories.ts'
import { holdsOn, SEALED_KEYS } from './rules-facts.ts'
import { indexForm, maskId, maskPhone } from './rules.ts'
import { bytesArray, plainArray, textArray } from './store-arrays.ts'
import { dictionary } from './store-dictionary.ts'
import { forgetCounties } from './store-facts.ts'

/** Rows a statement takes; arrays of this length parse in some 20 ms. */
const ROWS = 5000
/** People sealed in one breath, some 10 ms; then others get their turn. */
const SEALED_AT_ONCE = 50

export interface Inserted {
  /** Ids in the order of the input; null where the ID number is already somebody's in the county, in scope or not. */
  readonly ids: readonly (string | null)[]
}

interface Sealed {
  readonly id: string
  readonly county: string
  readonly person: PreparedElder
  readonly wrapped: Buffer
  /** By fact key. */
  readonly secrets: ReadonlyMap<string, Buffer>
  /** By contact, in their order; null where there is no number. */
  readonly phones: readonly (Buffer | null)[]
}

/** Elders with their facts, contacts and residences. A taken ID number leaves that person out, nobody else. */
export async function insertPeople(tx: Tx, people: readonly PreparedElder[], batchId: string | null): Promise<Inserted> {
  const sealed: Sealed[] = []
  for (const person of people) {
    sealed.push(sealPerson(tx, person))
    if (sealed.length % SEALED_AT_ONCE === 0) await turnOfOthers()
  }
  const here = await insertElderRows(tx, sealed, batchId)
  forgetCounties(tx)
  const stored = sealed.filter((one) => here.has(one.id))
  await insertFactRows(tx, stored, batchId)
  await insertContactRows(tx, stored.flatMap((one) => one.person.contacts.map((contact, i) => ({ elder: one, contact, phoneSealed: one.phones[i]! }))), batchId)
  await insertResidenceRows(tx, stored.flatMap((one) => one.person.residences.map((residence) => ({ elder: one, residence }))), batchId)
  return { ids: sealed.map((one) => (here.has(one.id) ? one.id : null)) }
}

function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function sealPerson(tx: Tx, person: PreparedElder): Sealed {
  const county = countyOf(person.region)
  const { key, wrapped } = tx.secrets.newSubjectKey(county)
  const secret = person.facts.filter((fact) => fact.secret !== undefined)
  const numbers = person.contacts.flatMap((contact) => contact.phone ?? [])
  const sealed = tx.secrets.sealAll(key, [...secret.map((fact) => fact.secret!), ...numbers])
  let at = secret.length
  return {
    id: person.id ?? tx.newId(), county, person, wrapped,
    secrets: new Map(secret.map((fact, i) => [fact.key, sealed[i]!])), phones: person.contacts.map((contact) => (contact.phone === null ? null : sealed[at++]!)),
  }
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
    const marks = part.map(({ county, person }) => ({ id: blindIndexes(tx, county, 'idNumber', person.idNumber), phone: blindIndexes(tx, county, 'phone', person.phone) }))
    const of = <T>(pick: (person: PreparedElder) => T): T[] => part.map(({ person }) => pick(person))
    const done = await tx.rows<{ id: string }>`
      insert into elders.elder (county, id, region, name, given, pinyin, initials, sex, birth_day, birth_month, ethnicity, synthetic, id_sealed, id_index, id_tail_index, id_masked,
        phone_sealed, phone_index, phone_tail_index, phone_masked, key_wrapped, status, status_on, household_id, address, registered_region, categories, batch_id, created_at, changed_at)
      select county, id, region, name, given, pinyin, initials, sex, birth_day, birth_month, ethnicity, synthetic, id_sealed, id_index, id_tail_index, id_masked,
        phone_sealed, phone_index, phone_tail_index, phone_masked, key_wrapped, status, status_on, household_id, address, registered_region, categories::text[], ${batchId}::uuid, ${now}::timestamptz, ${now}::timestamptz
      from unnest(${plainArray(part.map((one) => one.county))}::text[], ${plainArray(part.map((one) => one.id))}::uuid[], ${plainArray(of((p) => p.region))}::text[], ${textArray(of((p) => p.name))}::text[], ${textArray(of((p) => p.given))}::text[], ${textArray(of((p) => p.pinyin))}::text[], ${textArray(of((p) => p.initials))}::text[],
        ${plainArray(of((p) => p.sex))}::text[], ${plainArray(of((p) => p.birthDay))}::date[], ${plainArray(of((p) => p.birthMonth))}::text[], ${textArray(of((p) => p.ethnicity))}::text[], ${plainArray(of((p) => p.synthetic))}::boolean[],
        ${bytesArray(part.map((one) => one.secrets.get('idNumber')))}::bytea[], ${bytesArray(marks.map((mark) => mark.id.whole))}::bytea[], ${bytesArray(marks.map((mark) => mark.id.tail))}::bytea[], ${textArray(of((p) => p.idNumber && maskId(p.idNumber)))}::text[],
        ${bytesArray(part.map((one) => one.secrets.get('phone')))}::bytea[], ${bytesArray(marks.map((mark) => mark.phone.whole))}::bytea[], ${bytesArray(marks.map((mark) => mark.phone.tail))}::bytea[], ${textArray(of((p) => p.phone && maskPhone(p.phone)))}::text[], ${bytesArray(part.map((one) => one.wrapped))}::bytea[],
        ${plainArray(of((p) => p.status))}::text[], ${plainArray(of((p) => p.statusOn))}::date[], ${plainArray(of((p) => p.householdId))}::uuid[], ${textArray(of((p) => p.address))}::text[], ${plainArray(of((p) => p.registeredRegion))}::text[], ${textArray(categories.map((ids) => `{${ids.join(',')}}`))}::text[])
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

/** County, person and place are sent once a person, sources once a text: of twelve columns the longest are left. */
async function insertFactRows(tx: Tx, people: readonly Sealed[], batchId: string | null): Promise<void> {
  for (const part of partsOfPeople(people)) {
    const facts = part.flatMap((one) => one.person.facts)
    const owner = part.flatMap((one, i) => one.person.facts.map(() => i + 1))
    const sources = new Map<string, number>()
    const source = facts.map((fact) => sources.get(fact.source) ?? (sources.set(fact.source, sources.size + 1), sources.size))
    await tx.rows`
      insert into elders.fact (county, id, elder_id, region, key, value, sealed, valid_from, valid_to, source, source_ref, reason, recorded_at, recorded_by, recorder, batch_id)
      select p.county, f.id, p.id, p.region, f.key, f.value, f.sealed, f.valid_from, f.valid_to, (${textArray([...sources.keys()])}::text[])[f.source], f.source_ref, f.reason, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${tx.actor.name}::text, ${batchId}::uuid
      from unnest(${plainArray(facts.map(() => tx.newId()))}::uuid[], ${plainArray(owner)}::int[], ${textArray(facts.map((fact) => fact.key))}::text[], ${textArray(facts.map((fact) => JSON.stringify(fact.value)))}::jsonb[],
        ${bytesArray(facts.map((fact, i) => (SEALED_KEYS.includes(fact.key) ? part[owner[i]! - 1]!.secrets.get(fact.key) : null)))}::bytea[], ${plainArray(facts.map((fact) => fact.validFrom))}::date[], ${plainArray(facts.map((fact) => fact.validTo))}::date[],
        ${plainArray(source)}::int[], ${textArray(facts.map((fact) => fact.sourceRef))}::text[], ${textArray(facts.map((fact) => fact.reason))}::text[]) as f(id, owner, key, value, sealed, valid_from, valid_to, source, source_ref, reason)
      join unnest(${plainArray(part.map((one) => one.county))}::text[], ${plainArray(part.map((one) => one.id))}::uuid[], ${plainArray(part.map((one) => one.person.region))}::text[]) with ordinality as p(county, id, region, owner) on p.owner = f.owner`
  }
}

/** People whose facts together fill a statement. */
function partsOfPeople(people: readonly Sealed[]): Sealed[][] {
  const all: Sealed[][] = []
  let rows = ROWS
  for (const one of people) {
    if (rows >= ROWS) {
      all.push([])
      rows = 0
    }
    all.at(-1)!.push(one)
    rows += one.person.facts.length
  }
  return all
}

interface ContactRow {
  readonly elder: Pick<Sealed, 'id' | 'county'> & { readonly person: Pick<PreparedElder, 'region'> }
  readonly contact: PreparedElder['contacts'][number]
  /** The number under the key of the elder. */
  readonly phoneSealed: Buffer | null
}

export async function insertContactRows(tx: Tx, rows: readonly ContactRow[], batchId: string | null): Promise<string[]> {
  const ids: string[] = []
  for (const part of parts(rows)) {
    const own = part.map(() => tx.newId())
    ids.push(...own)
    const of = <T>(pick: (contact: ContactRow['contact']) => T): T[] => part.map(({ contact }) => pick(contact))
    await tx.rows`
      insert into elders.contact (county, id, elder_id, region, name, relation, duty, rank, phone_sealed, phone_masked, phone_index, note, valid_from, recorded_at, recorded_by, batch_id)
      select county, id, elder_id, region, name, relation, duty, rank, phone_sealed, phone_masked, phone_index, note, null, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${batchId}::uuid
      from unnest(${plainArray(part.map(({ elder }) => elder.county))}::text[], ${plainArray(own)}::uuid[], ${plainArray(part.map(({ elder }) => elder.id))}::uuid[], ${plainArray(part.map(({ elder }) => elder.person.region))}::text[], ${textArray(of((c) => c.name))}::text[], ${textArray(of((c) => c.relation))}::text[],
        ${plainArray(of((c) => c.duty))}::text[], ${plainArray(of((c) => c.rank))}::int[], ${bytesArray(part.map((row) => row.phoneSealed))}::bytea[], ${textArray(of((c) => c.phone && maskPhone(c.phone)))}::text[], ${bytesArray(part.map(({ elder, contact }) => (contact.phone === null ? null : tx.secrets.index(elder.county, 'phone', indexForm(contact.phone)))))}::bytea[], ${textArray(of((c) => c.note))}::text[])
        as r(county, id, elder_id, region, name, relation, duty, rank, phone_sealed, phone_masked, phone_index, note)`
  }
  return ids
}

type ResidenceRow = { readonly elder: Pick<Sealed, 'id' | 'county'> & { readonly person: Pick<PreparedElder, 'region'> }; readonly residence: PreparedElder['residences'][number] }

export async function insertResidenceRows(tx: Tx, rows: readonly ResidenceRow[], batchId: string | null): Promise<string[]> {
  const ids: string[] = []
  for (const part of parts(rows)) {
    const own = part.map(() => tx.newId())
    ids.push(...own)
    const of = <T>(pick: (residence: ResidenceRow['residence']) => T): T[] => part.map(({ residence }) => pick(residence))
    await tx.rows`
      insert into elders.residence (county, id, elder_id, region, kind, place, address, season_from, season_to, lon, lat, access_note, phone_coverage, schematic, valid_from, recorded_at, recorded_by, batch_id)
      select county, id, elder_id, region, kind, place, address, season_from, season_to, lon, lat, access_note, phone_coverage, schematic, valid_from, ${new Date(tx.nowMs)}::timestamptz, ${tx.actor.id}::uuid, ${batchId}::uuid
      from unnest(${plainArray(part.map(({ elder }) => elder.county))}::text[], ${plainArray(own)}::uuid[], ${plainArray(part.map(({ elder }) => elder.id))}::uuid[], ${plainArray(part.map(({ elder }) => elder.person.region))}::text[], ${plainArray(of((r) => r.kind))}::text[], ${plainArray(of((r) => r.place))}::text[], ${textArray(of((r) => r.address))}::text[],
        ${textArray(of((r) => r.seasonFrom))}::text[], ${textArray(of((r) => r.seasonTo))}::text[], ${plainArray(of((r) => r.lon))}::float8[], ${plainArray(of((r) => r.lat))}::float8[], ${textArray(of((r) => r.accessNote))}::text[], ${plainArray(of((r) => r.phoneCoverage))}::text[], ${plainArray(of((r) => r.schematic))}::boolean[], ${plainArray(of((r) => r.validFrom))}::date[])
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

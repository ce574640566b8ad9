/** The same lists and counts for another day or another state of knowledge, from the facts. Slower than now, and never different twice. */
import { ageOn, type Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { categoriesOf } from './rules-categories.ts'
import { project, type Person } from './rules-facts.ts'
import { soundOf } from './rules-pinyin.ts'
import { dictionary } from './store-dictionary.ts'
import { inCounties, type View } from './store-facts.ts'
import type { Filter, Sort } from './store-list.ts'
import { ELDER_COLUMNS, type ElderRecord } from './store.ts'

export interface PastElder {
  readonly id: string
  readonly person: Person
  readonly region: string
  readonly categories: readonly string[]
  readonly facts: ReadonlyMap<string, unknown>
}

/** Everybody in scope whom the view knows. One text a person from the database: rows of millions of facts would not fit. */
export async function peopleIn(tx: Tx, view: View, ids: readonly string[] | null = null): Promise<PastElder[]> {
  const rows = await tx.rows<{ id: string; facts: Record<string, unknown> }>`
    select elder_id as id, jsonb_object_agg(key, value) as facts from elders.fact
    where ${await inCounties(tx)} and (${ids}::uuid[] is null or elder_id = any(${ids}::uuid[]))
      and (valid_from is null or valid_from <= ${view.at}::date) and (valid_to is null or valid_to > ${view.at}::date)
      and case when ${view.knownBefore}::timestamptz is null then superseded_at is null else recorded_at < ${view.knownBefore}::timestamptz and (superseded_at is null or superseded_at >= ${view.knownBefore}::timestamptz) end
    group by elder_id`
  const people = rows.map((row) => ({ id: row.id, facts: new Map(Object.entries(row.facts)) })).map((row) => ({ ...row, person: project(row.facts) })).filter((row): row is { id: string; facts: Map<string, unknown>; person: Person } => row.person !== null)
  const categories = categoriesOf(dictionary().categories, people.map((row) => ({ region: row.person.region ?? '', facts: row.facts })), view.at)
  return people.map((row, i) => ({ id: row.id, person: row.person, region: row.person.region ?? '', categories: categories[i]!, facts: row.facts }))
}

export function passes(one: PastElder, filter: Filter, at: Day, assigned: ReadonlySet<string> | null): boolean {
  const { person } = one
  const age = person.birthDay === null ? null : ageOn(person.birthDay, at)
  const has = (id: string): boolean => one.categories.includes(id)
  return filter.status.includes(person.status)
    && (!filter.place || one.region.startsWith(prefixOf(filter.place)))
    && (!filter.categories?.length || (filter.categoryMatch === 'all' ? filter.categories.every(has) : filter.categories.some(has)))
    && (filter.ageFrom === undefined || (age !== null && age >= filter.ageFrom)) && (filter.ageTo === undefined || (age !== null && age <= filter.ageTo))
    && (!filter.sex || person.sex === filter.sex) && (!filter.ids || filter.ids.includes(one.id))
    && (assigned === null || assigned.has(one.id))
    && (!filter.missing || isMissing(one, filter.missing))
}

function isMissing(one: PastElder, what: NonNullable<Filter['missing']>): boolean {
  switch (what) {
    case 'idNumber': return one.person.idMasked === null
    case 'birthDay': return one.person.birthDay === null
    case 'phone': return one.person.phoneMasked === null
    case 'village': return one.region.endsWith('000')
    case 'assessment': return !one.facts.has('abilityLevel')
    // Contacts of a past day are no facts; `withContact` below answers for now only.
    case 'contact': return true
  }
}

/** Ids of a filter that facts do not hold: a batch, or people without a contact. Null: no such filter. */
export async function idsBeside(tx: Tx, filter: Filter): Promise<Set<string> | null> {
  if (!filter.batchId && filter.missing !== 'contact') return null
  const rows = await tx.rows<{ id: string }>`
    select id from elders.elder where ${await inCounties(tx)} and (${filter.batchId ?? null}::uuid is null or batch_id = ${filter.batchId ?? null}::uuid)
      and (${filter.missing !== 'contact'}::boolean or not exists (select from elders.contact c where c.county = elder.county and c.elder_id = elder.id and c.superseded_at is null and c.valid_to is null))`
  return new Set(rows.map((row) => row.id))
}

/** One order for any list of people, the same as the database's for now. */
export function sortPast(people: readonly PastElder[], sort: Sort): { readonly key: string; readonly one: PastElder }[] {
  const keyOf = (one: PastElder): string => {
    const { pinyin } = soundOf(one.person.name)
    return sort === 'age' ? (one.person.birthDay ?? '9999') : sort === 'place' ? `${one.region} ${pinyin}` : pinyin
  }
  return people.map((one) => ({ key: keyOf(one), one })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.one.id < b.one.id ? -1 : 1))
}

/** Past people in the shape of an elder row; what no fact holds (synthetic, household) comes from the row of now. */
export async function asRecords(tx: Tx, people: readonly PastElder[]): Promise<ElderRecord[]> {
  const rows = people.length === 0 ? [] : await tx.rows<ElderRecord>`select ${ELDER_COLUMNS} from elders.elder where ${await inCounties(tx)} and id = any(${people.map((one) => one.id)}::uuid[])`
  const now = new Map(rows.map((row) => [row.id, row]))
  return people.flatMap((one) => {
    const row = now.get(one.id)
    if (!row) return []
    const { person } = one
    return [{ ...row, name: person.name, sex: person.sex, birthDay: person.birthDay, birthMonth: person.birthMonth, ethnicity: person.ethnicity, address: person.address, region: one.region || row.region, registeredRegion: person.registeredRegion, idMasked: person.idMasked, phoneMasked: person.phoneMasked, status: person.status, statusOn: person.statusOn, mergedInto: person.mergedInto, categories: [...one.categories] }]
  })
}


/** Elder rows as lists show them: place in words, age on the day, ability level; nothing secret. */
import { ageOn, type Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { regionNames } from '../regions/public.ts'
import type { ElderRow } from './contract.ts'
import { factsIn, type View } from './store-facts.ts'
import type { ElderRecord } from './store.ts'

export async function toRows(tx: Tx, records: readonly ElderRecord[], view: View): Promise<ElderRow[]> {
  const places = await placeWords(tx, records.map((record) => record.region), view.at)
  const levels = await factsIn(tx, records.map((record) => record.id), view, ['abilityLevel'])
  return records.map((record) => ({
    id: record.id, name: record.name, sex: record.sex, birthDay: record.birthDay, birthMonth: record.birthMonth, age: ageAt(record, view.at), region: record.region, place: places.get(record.region) ?? record.region,
    idMasked: record.idMasked, phoneMasked: record.phoneMasked, status: record.status, categories: record.categories, abilityLevel: (levels.get(record.id)?.get('abilityLevel')?.value as string | undefined) ?? null, synthetic: record.synthetic,
  }))
}

/** Age on the day; of the dead the age they reached. */
function ageAt(record: ElderRecord, at: Day): number | null {
  if (record.birthDay === null) return null
  const until = record.status === 'dead' && record.statusOn !== null && record.statusOn < at ? record.statusOn : at
  return ageOn(record.birthDay, until)
}

/** Words of codes: township and village; a code the tree does not know stays a code. */
export async function placeWords(tx: Tx, codes: readonly string[], at: Day): Promise<Map<string, string>> {
  const names = await regionNames(tx, codes, at)
  return new Map([...names].map(([code, name]) => [code, name.full]))
}

/** People as another list would name them, whole numbers opened: for linking, never for a screen. */
import type { Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { inCounties } from './store-facts.ts'
import { openSealed, type Keys } from './store.ts'

export interface LinkablePerson {
  readonly id: string
  readonly name: string
  readonly sex: 'male' | 'female' | null
  /** A day, or a month where only that is known. */
  readonly birth: string | null
  readonly region: string
  readonly status: 'active' | 'dead' | 'movedOut'
  readonly statusOn: string | null
  readonly idNumber: string | null
}

type Row = Omit<LinkablePerson, 'idNumber'> & Keys & { readonly county: string }

/** One slice of the people of a place in the order of their ids. */
export async function linkableSlice(tx: Tx, place: { readonly region: string; readonly afterId: string | null; readonly limit: number }): Promise<LinkablePerson[]> {
  const prefix = /^0*$/.test(place.region) ? '' : prefixOf(place.region)
  const rows = await tx.rows<Row>`
    select county, id, name, sex, coalesce(birth_day::text, birth_month) as birth, region, status, status_on as "statusOn", key_wrapped as "keyWrapped", id_sealed as "idSealed", phone_sealed as "phoneSealed" from elders.elder
    where ${await inCounties(tx)} and filed >= ${prefix || '0'} and filed < ${`${prefix}~`} and status in ('active', 'dead', 'movedOut') and (${place.afterId}::uuid is null or id > ${place.afterId}::uuid) order by id limit ${place.limit}`
  return rows.map((row) => ({ id: row.id, name: row.name, sex: row.sex, birth: row.birth, region: row.region, status: row.status, statusOn: row.statusOn, idNumber: openSealed(tx, row, row.idSealed) }))
}

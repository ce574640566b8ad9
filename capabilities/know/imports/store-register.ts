/** Asks the registry about the people of some rows, many at once. */
import type { Tx } from '@songbai/platform/tx'
import { eldersByIds, findByIdNumbers, likelyDuplicatesOf, type PreparedElder } from '../elders/public.ts'
import { regionNames } from '../regions/public.ts'
import type { Known } from './rules-doubts.ts'

export interface Asked {
  readonly row: number
  readonly person: PreparedElder
}

export interface Met {
  readonly same: Known | null
  readonly alike: { readonly known: Known; readonly reasons: readonly string[] } | null
}

/** By row; rows nobody in the register resembles are missing. */
export async function meetRegister(tx: Tx, asked: readonly Asked[]): Promise<Map<number, Met>> {
  const holders = await findByIdNumbers(tx, asked.flatMap(({ person }) => (person.idNumber === null ? [] : [person.idNumber])))
  const strangers = asked.filter(({ person }) => person.idNumber === null || !holders.has(person.idNumber))
  const likely = await likelyDuplicatesOf(tx, strangers.map(({ row, person }) => ({ key: String(row), name: person.name, pinyin: person.pinyin, sex: person.sex, birthDay: person.birthDay, birthMonth: person.birthMonth, region: person.region, idNumber: person.idNumber, phone: person.phone })))
  const best = new Map<string, (typeof likely)[number]>()
  for (const one of likely) if (!best.has(one.key)) best.set(one.key, one)
  const known = await knownBy(tx, [...new Set([...holders.values(), ...[...best.values()].map((one) => one.elderId)])])
  const met = new Map<number, Met>()
  for (const { row, person } of asked) {
    const same = person.idNumber === null ? undefined : known.get(holders.get(person.idNumber) ?? '')
    const like = best.get(String(row))
    const other = like ? known.get(like.elderId) : undefined
    if (same || (like && other)) met.set(row, { same: same ?? null, alike: like && other ? { known: other, reasons: like.reasons } : null })
  }
  return met
}

async function knownBy(tx: Tx, ids: readonly string[]): Promise<Map<string, Known>> {
  if (ids.length === 0) return new Map()
  const people = await eldersByIds(tx, ids)
  const names = await regionNames(tx, people.map((one) => one.region))
  return new Map(people.map((one) => [one.id, { id: one.id, name: one.name, place: names.get(one.region)?.full ?? one.region, birth: one.birthDay ?? one.birthMonth ?? '', status: one.status, statusOn: one.statusOn }]))
}

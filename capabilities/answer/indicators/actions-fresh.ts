import { addDays, ageOn } from '@songbai/calendar'
import type { Does } from '@songbai/platform/tx'
import { STANDINGS } from '../../decide/entitlements/contract.ts'
import { eldersByIds } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { viewOf } from './actions-measure.ts'
import type { seeFreshRows } from './contract.ts'

const ENTITLED = STANDINGS.indexOf('entitledNotEnjoying')
const DRAWING = STANDINGS.indexOf('entitledEnjoying')

/** [I9] The people of the count of newly entitled, by the same two days and the same standings. */
export const doFreshRows: Does<typeof seeFreshRows> = async (tx, input) => {
  const now = await viewOf(tx, { place: input.place })
  const past = await viewOf(tx, { place: input.place, at: addDays(tx.today, -input.days) })
  const before = new Map(past.ids.map((id, i) => [id, i]))
  const fresh = new Map<string, { zh: string; en: string }[]>()
  for (const item of now.items) {
    if (input.item !== undefined && input.item !== item.id) continue
    const [codes, old] = [now.codes(item.id), past.codes(item.id)]
    now.ids.forEach((id, i) => {
      if (codes[i] !== ENTITLED) return
      const then = old[before.get(id) ?? -1]
      if (then !== ENTITLED && then !== DRAWING) fresh.set(id, [...(fresh.get(id) ?? []), item.title])
    })
  }
  const ids = [...fresh.keys()].sort()
  const from = input.after === undefined ? 0 : ids.findIndex((id) => id > input.after!)
  const page = from < 0 ? [] : ids.slice(from, from + input.limit)
  const people = await eldersByIds(tx, page)
  const names = await regionNames(tx, people.map((one) => one.region))
  const rows = people.map((one) => ({ elderId: one.id, name: one.name, age: one.birthDay === null ? null : ageOn(one.birthDay, tx.today), place: names.get(one.region)?.full ?? '', items: fresh.get(one.id)! }))
  return { rows, total: ids.length, next: from >= 0 && from + input.limit < ids.length ? page.at(-1)! : null }
}

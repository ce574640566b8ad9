/** What a row may be settled by, the sums that must hold, and the words of kinds: for the screens too. */
import { sayDoubt, type Doubt } from '@songbai/linkage'
import type { Decision, RowKind, Tally } from './contract.ts'
import { SOURCE_LIST, type SourceId, type Words } from './rules-sources.ts'

export { SOURCE_LIST, sourceOf, SOURCES } from './rules-sources.ts'

/** From this age on a person belongs in the register: 老年人权益保障法 art. 2. */
export const REGISTER_AGE = 60

/**
 * [M7] What a clerk may decide. `takes`: at least one difference can be taken over at a press; what must be corrected by hand comes again in
 * the next list. `clear`: nothing differs, the only doubt is whether it is one person.
 */
export function decisionsFor(kind: RowKind, row: { readonly takes: boolean; readonly clear: boolean; readonly code: string }): Decision[] {
  switch (kind) {
    case 'different': return [...(row.takes ? (['theirs'] as const) : []), 'ours', 'village', 'notSame']
    case 'possible': return [...(row.clear ? (['same'] as const) : [...(row.takes ? (['theirs'] as const) : []), 'ours' as const]), 'village', 'notSame']
    case 'onlyTheirs': return [...(row.code === 'here60' ? (['register'] as const) : []), 'notOurs']
    case 'onlyOurs': return ['ours', 'village']
    case 'twice': case 'unreadable': return ['seen']
  }
}

/** What may be decided about one row. */
export function allowed(row: { readonly kind: RowKind; readonly codes: readonly string[]; readonly differences: readonly { readonly takes: unknown }[] }): Decision[] {
  return decisionsFor(row.kind, { takes: row.differences.some((one) => one.takes !== null), clear: row.differences.length === 0, code: row.codes[0] ?? '' })
}

/** [M8] Every row of their list and every person of ours is in exactly one place; null when a sum does not hold. */
export function sums(t: Tally): { readonly rows: readonly (readonly [keyof Tally, number])[]; readonly ours: readonly (readonly [keyof Tally, number])[] } | null {
  const rows = (['agreed', 'different', 'possible', 'onlyTheirs', 'twice', 'unreadable', 'skipped'] as const).map((key) => [key, t[key]] as const)
  const ours = (['linked', 'onlyOurs', 'notAsked'] as const).map((key) => [key, t[key]] as const)
  const total = (parts: readonly (readonly [keyof Tally, number])[]): number => parts.reduce((sum, [, n]) => sum + n, 0)
  return total(rows) === t.rows && total(ours) === t.ours ? { rows, ours } : null
}

/** [M9] BD-2026-0716-01: the nth comparison of the day in the county. */
export function runNumber(today: string, nth: number): string {
  return `BD-${today.slice(0, 4)}-${today.slice(5, 7)}${today.slice(8)}-${String(nth).padStart(2, '0')}`
}

/** [M10] Why somebody stands only in their list: old enough and from here, or not. */
export function onlyTheirsCode(birth: string | null, inPlace: boolean | null, today: string): 'here60' | 'under60' | 'elsewhere' | 'placeUnknown' | 'ageUnknown' {
  if (inPlace === false) return 'elsewhere'
  if (birth === null) return 'ageUnknown'
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (birth.length === 10 && today.slice(5) < birth.slice(5) ? 1 : 0)
  if (years < REGISTER_AGE) return 'under60'
  return inPlace === null ? 'placeUnknown' : 'here60'
}

const CODES: Readonly<Record<string, Words>> = {
  deadThere: { zh: '对方记已故，这里还在册', en: 'Dead there, on the register here' }, deathDay: { zh: '死亡日期不一样', en: 'Two dates of death' }, movedThere: { zh: '对方记已迁出，这里还在册', en: 'Moved away there, on the register here' }, aliveThere: { zh: '这里记已故，对方名单还有', en: 'Dead here, still in their list' },
  name: { zh: '姓名不一样', en: 'Names differ' }, birth: { zh: '出生日期不一样', en: 'Birth dates differ' }, sex: { zh: '性别不一样', en: 'Sexes differ' }, idNumber: { zh: '身份证号不一样', en: 'ID numbers differ' }, several: { zh: '几处不一样', en: 'Several differences' },
  here60: { zh: '60岁以上、在本地，这里没有登记', en: '60 or older, from here, not registered' }, under60: { zh: '不到60岁', en: 'Under 60' }, elsewhere: { zh: '不在这个地方', en: 'From another place' }, placeUnknown: { zh: '看不出在哪里', en: 'Place not known' }, ageUnknown: { zh: '看不出年龄', en: 'Age not known' },
  notInList: { zh: '对方名单里没有', en: 'Not in their list' }, twice: { zh: '对方名单里写了两次', en: 'Twice in their list' }, noName: { zh: '没有姓名', en: 'No name' },
}

/** Title of a kind of rows. */
export function sayCode(code: string): Words {
  const known = CODES[code]
  if (known) return known
  const doubt = sayDoubt(code as Doubt) as Words | undefined
  if (doubt) return { zh: doubt.zh, en: doubt.en.slice(0, 1).toUpperCase() + doubt.en.slice(1) }
  const field = code.replace(/^unclear\./, '')
  const label = SOURCE_LIST.flatMap((source) => source.columns).find((column) => column.id === field)?.label ?? { zh: field, en: field }
  return code.startsWith('unclear.') ? { zh: `${label.zh}读不懂`, en: `${label.en} cannot be read` } : { zh: `${label.zh}不一样`, en: `${label.en} differs` }
}

export function sourceTitle(id: SourceId): Words {
  return SOURCE_LIST.find((one) => one.id === id)!.title
}

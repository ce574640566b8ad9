/** Two sides of one person: what their list says otherwise, what that means and what taking it over would do. */
import type { Levels } from '@songbai/linkage'
import type { FactDef } from '@songbai/policy'
import type { Source, Taking, Words } from './rules-sources.ts'

/** Our side as the register has it on the day of the list. */
export interface OurSide {
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly birth: string | null
  readonly region: string
  readonly idMasked: string | null
  readonly hasId: boolean
  readonly status: 'active' | 'dead' | 'movedOut'
  readonly statusOn: string | null
  readonly facts: ReadonlyMap<string, unknown>
}

/** Their row as read; `own` holds the columns of this department, `unclear` what was written but could not be read. */
export interface TheirSide {
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly birth: string | null
  readonly region: string | null
  readonly place: string | null
  readonly idNumber: string | null
  readonly own: Readonly<Record<string, string | number | boolean>>
  readonly unclear: Readonly<Record<string, string>>
}

export interface Difference {
  readonly code: string
  readonly label: Words
  readonly ours: Words
  readonly theirs: Words
  readonly means: Words | null
  /** Null: nothing that can be taken over at a press; somebody corrects the record itself. */
  readonly takes: { readonly as: 'death' | 'moveOut'; readonly onDay: string } | { readonly as: 'alive'; readonly onDay: string; /** Day of death as it stood here. */ readonly was: string } | { readonly as: 'fact'; readonly key: string; readonly value: unknown } | null
}

const both = (text: string): Words => ({ zh: text, en: text })
const NONE: Words = { zh: '没有记', en: 'not recorded' }
const SEX: Readonly<Record<'male' | 'female', Words>> = { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } }
const STATUS: Readonly<Record<OurSide['status'], Words>> = { active: { zh: '在册', en: 'on the register' }, dead: { zh: '已故', en: 'dead' }, movedOut: { zh: '已迁出', en: 'moved away' } }

export interface Known {
  readonly source: Source
  readonly levels: Levels
  readonly defs: ReadonlyMap<string, FactDef>
  readonly listDay: string
}

/** [M3] Only what this department knows better is compared; a blank says nothing. */
export function differencesOf(ours: OurSide, theirs: TheirSide, known: Known): Difference[] {
  return [...standing(ours, theirs, known), ...facts(ours, theirs, known), ...identity(ours, theirs, known), ...Object.entries(theirs.unclear).map(([field, text]): Difference => {
    const label = known.source.columns.find((one) => one.id === field)?.label ?? both(field)
    return { code: `unclear.${field}`, label, ours: both('—'), theirs: both(text), means: { zh: '这一格读不懂，请问对方', en: 'This cell cannot be read: ask them' }, takes: null }
  })]
}

/** [M4] Dead or gone there and not here; dead here and alive there, where only the living stand in the list. */
function standing(ours: OurSide, theirs: TheirSide, { source, listDay }: Known): Difference[] {
  const column = (id: string) => source.columns.find((one) => one.id === id)
  const [death, moved] = [day(theirs.own['death']), day(theirs.own['moveOut'])]
  const now: Words = { zh: `${STATUS[ours.status].zh}${ours.statusOn ? `（${ours.statusOn}）` : ''}`, en: `${STATUS[ours.status].en}${ours.statusOn ? ` (${ours.statusOn})` : ''}` }
  if (death !== null) {
    if (ours.status !== 'dead') return [{ code: 'deadThere', label: column('death')!.label, ours: now, theirs: both(death), means: column('death')!.means, takes: { as: 'death', onDay: death } }]
    if (ours.statusOn !== null && ours.statusOn !== death) return [{ code: 'deathDay', label: column('death')!.label, ours: both(ours.statusOn), theirs: both(death), means: { zh: '两边的死亡日期不一样，停发从哪个月算会不同', en: 'Two dates of death: payment stops in another month' }, takes: { as: 'death', onDay: death } }]
    return []
  }
  if (moved !== null) return ours.status === 'active' ? [{ code: 'movedThere', label: column('moveOut')!.label, ours: now, theirs: both(moved), means: column('moveOut')!.means, takes: { as: 'moveOut', onDay: moved } }] : []
  if (ours.status === 'dead' && source.living) return [{ code: 'aliveThere', label: { zh: '是否在世', en: 'Living' }, ours: now, theirs: { zh: `名单上有（${listDay}）`, en: `in the list (${listDay})` }, means: { zh: '这里记已故，对方名单里还在：两边总有一边错了，或对方还在发', en: 'Dead here, still in their list: one side is wrong, or they go on paying' }, takes: ours.statusOn === null ? null : { as: 'alive', onDay: listDay, was: ours.statusOn } }]
  return []
}

function day(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** [M5] Facts of the dictionary: their value beside the one that holds here on the day of the list. */
function facts(ours: OurSide, theirs: TheirSide, { source, defs }: Known): Difference[] {
  if (ours.status !== 'active') return []
  return source.columns.flatMap((column): Difference[] => {
    const value = theirs.own[column.id]
    if (column.takes.as !== 'fact' || value === undefined) return []
    const { key } = column.takes as Extract<Taking, { as: 'fact' }>
    const here = ours.facts.get(key)
    if (here === value) return []
    const def = defs.get(key)
    return [{ code: column.id, label: column.label, ours: here === undefined ? NONE : shown(def, here), theirs: shown(def, value), means: column.means, takes: { as: 'fact', key, value } }]
  })
}

function shown(def: FactDef | undefined, value: unknown): Words {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (def?.type === 'fen' && typeof value === 'number') return { zh: `${(value / 100).toFixed(2)}元`, en: `${(value / 100).toFixed(2)} yuan` }
  const known = def?.values.find((one) => one.id === value)
  return known ? { zh: known.zh, en: known.en } : both(String(value))
}

/** [M6] Particulars, where their word counts. A number is sealed with the person's key and corrected on the person's own page. */
function identity(ours: OurSide, theirs: TheirSide, { source, levels }: Known): Difference[] {
  const asks = new Set(source.identity)
  const found: Difference[] = []
  const put = (code: string, label: Words, mine: Words, other: Words, takes: Difference['takes']): void => void found.push({ code, label, ours: mine, theirs: other, means: null, takes })
  if (asks.has('name') && levels.name !== 'same' && levels.name !== 'missing') put('name', { zh: '姓名', en: 'Name' }, both(ours.name), both(theirs.name), { as: 'fact', key: 'name', value: theirs.name })
  if (asks.has('birth') && levels.birth !== 'same' && theirs.birth !== null && /^\d{4}-\d\d-\d\d$/.test(theirs.birth)) put('birth', { zh: '出生日期', en: 'Date of birth' }, ours.birth === null ? NONE : both(ours.birth), both(theirs.birth), null)
  if (asks.has('sex') && levels.sex === 'differ') put('sex', { zh: '性别', en: 'Sex' }, SEX[ours.sex!], SEX[theirs.sex!], { as: 'fact', key: 'sex', value: theirs.sex })
  if (asks.has('idNumber') && theirs.idNumber !== null && (levels.id === 'slip' || levels.id === 'differ' || !ours.hasId)) found.push({ code: 'idNumber', label: { zh: '身份证号', en: 'ID number' }, ours: ours.idMasked === null ? NONE : both(ours.idMasked), theirs: both(maskNumber(theirs.idNumber)), means: ours.hasId ? { zh: '盖着的几位不一样', en: 'The covered digits differ' } : null, takes: null })
  return found
}

/** First four and last two characters, as on every screen. */
export function maskNumber(text: string): string {
  const plain = text.replace(/\s/g, '')
  return plain.length < 8 ? '*'.repeat(plain.length) : plain.slice(0, 4) + '*'.repeat(plain.length - 6) + plain.slice(-2)
}

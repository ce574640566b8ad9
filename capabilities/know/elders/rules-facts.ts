/**
 * Facts in two times: what was true when (validity, half open), and who recorded it when. Live rows of one key never overlap, so
 * one person, one key and one day have one answer.
 */
import { formatDay, formatMonth, isDay, isMonth, type Day } from '@songbai/calendar'
import { refuse, type Refused } from '@songbai/platform/action'
import type { FactDef, FactDictionary } from '@songbai/policy'

/** Particulars kept as facts so that any past day can be shown again. Those not in the dictionary are read by nobody's rule. */
export const IDENTITY_KEYS = ['name', 'sex', 'birth', 'birthMonth', 'ethnicity', 'address', 'usualResidence', 'registeredRegion', 'idNumber', 'phone'] as const
/** Keys whose whole value is sealed; `value` then holds the masked form. */
export const SEALED_KEYS: readonly string[] = ['idNumber', 'phone']
/** Written by life events and merges only. */
export const EVENT_KEYS: readonly string[] = ['dead', 'moved', 'mergedInto', 'movedFrom', 'movedTo']
/** Not columns of a population: nobody's rule may read them. */
export const NOT_FOR_RULES: readonly string[] = ['name', 'address', 'ethnicity', 'idNumber', 'phone', 'birthMonth', 'mergedInto', 'movedFrom', 'movedTo']

export interface Interval {
  readonly id: string
  readonly key: string
  readonly value: unknown
  readonly validFrom: Day | null
  readonly validTo: Day | null
}

export interface Piece {
  /** Row whose value goes on outside the new statement's time. */
  readonly of: string
  readonly validFrom: Day | null
  readonly validTo: Day | null
}

const BEGINNING = ''
const END = '~' // sorts after every date

/** [F1] The newest statement wins over the whole time it speaks of; what older ones said outside that time stays. */
export function lay(live: readonly Interval[], from: Day | null, to: Day | null): { readonly superseded: readonly string[]; readonly kept: readonly Piece[] } {
  const start = from ?? BEGINNING
  const end = to ?? END
  const superseded: string[] = []
  const kept: Piece[] = []
  for (const row of live) {
    const rowStart = row.validFrom ?? BEGINNING
    const rowEnd = row.validTo ?? END
    if (rowStart >= end || rowEnd <= start) continue
    superseded.push(row.id)
    if (rowStart < start) kept.push({ of: row.id, validFrom: row.validFrom, validTo: from })
    if (rowEnd > end) kept.push({ of: row.id, validFrom: to, validTo: row.validTo })
  }
  return { superseded, kept }
}

export function holdsOn(row: Pick<Interval, 'validFrom' | 'validTo'>, at: Day): boolean {
  return (row.validFrom === null || row.validFrom <= at) && (row.validTo === null || row.validTo > at)
}

export interface Person {
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly birthDay: Day | null
  readonly birthMonth: string | null
  readonly ethnicity: string | null
  readonly address: string | null
  readonly region: string | null
  readonly registeredRegion: string | null
  readonly idMasked: string | null
  readonly phoneMasked: string | null
  readonly status: 'active' | 'dead' | 'movedOut' | 'merged'
  readonly statusOn: Day | null
  readonly mergedInto: string | null
}

/** [F2] Who a person is, from the facts that hold: the elder row is this sum for today, a past day is the same sum for that day. */
export function project(facts: ReadonlyMap<string, unknown>): Person | null {
  const text = (key: string): string | null => (facts.get(key) as string | undefined) ?? null
  const name = text('name')
  if (name === null) return null
  const [dead, moved, mergedInto] = [text('dead'), text('moved'), text('mergedInto')]
  return {
    name, sex: text('sex') as Person['sex'], birthDay: text('birth'), birthMonth: text('birth')?.slice(0, 7) ?? text('birthMonth'), ethnicity: text('ethnicity'), address: text('address'),
    region: text('usualResidence'), registeredRegion: text('registeredRegion'), idMasked: text('idNumber'), phoneMasked: text('phone'),
    status: mergedInto ? 'merged' : dead ? 'dead' : moved ? 'movedOut' : 'active', statusOn: mergedInto ? null : (dead ?? moved), mergedInto,
  }
}

/** The definition of a key: of the list itself or of a family such as `benefit.…`. */
export function definitionOf(dictionary: FactDictionary, key: string): FactDef | null {
  const own = dictionary.facts.get(key)
  if (own) return own
  return dictionary.perPolicy.find((family) => {
    const [head, tail] = family.id.split('{member}') as [string, string]
    const member = key.slice(head.length, key.length - tail.length)
    return key.startsWith(head) && key.endsWith(tail) && /^[a-z][A-Za-z0-9-]*$/.test(member)
  }) ?? null
}

/** [F3] A value the dictionary allows, in its own writing (a Chinese label becomes its code); anything else is refused, never guessed. */
export function readFactValue(dictionary: FactDictionary, key: string, value: unknown): { readonly value: unknown; readonly def: FactDef } | Refused<'elders.fact-unknown' | 'elders.fact-value'> {
  const def = definitionOf(dictionary, key)
  if (!def) return refuse('elders.fact-unknown', { key })
  const read = valueOf(def, value)
  return read === undefined ? refuse('elders.fact-value', { key, label: def.label.zh, value: String(value).slice(0, 40) }) : { value: read, def }
}

function valueOf(def: FactDef, value: unknown): unknown {
  const code = (word: unknown): string | undefined => def.values.find((one) => one.id === word || one.zh === word)?.id
  switch (def.type) {
    case 'bool': return typeof value === 'boolean' ? value : undefined
    case 'code': return code(value)
    case 'codes': {
      const words = Array.isArray(value) ? value.map(code) : [undefined]
      return words.includes(undefined) ? undefined : words
    }
    case 'int': case 'fen': return typeof value === 'number' && Number.isInteger(value) && value >= def.min && value <= def.max ? value : undefined
    case 'day': return isDay(value) ? value : undefined
    case 'month': return isMonth(value) ? value : undefined
    case 'region': return typeof value === 'string' && /^\d{12}$/.test(value) ? value : undefined
  }
}

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

const IDENTITY_LABELS: Readonly<Record<string, Bilingual>> = {
  name: { zh: '姓名', en: 'Name' }, birthMonth: { zh: '出生年月', en: 'Month of birth' }, ethnicity: { zh: '民族', en: 'Ethnicity' }, address: { zh: '住址', en: 'Address' },
  idNumber: { zh: '身份证号', en: 'ID number' }, phone: { zh: '电话', en: 'Phone' }, mergedInto: { zh: '并入', en: 'Merged into' }, movedFrom: { zh: '迁来前的档案', en: 'Record before the move' }, movedTo: { zh: '迁出后的档案', en: 'Record after the move' },
}

export function labelOf(dictionary: FactDictionary, key: string): Bilingual {
  const def = definitionOf(dictionary, key)
  if (!def) return IDENTITY_LABELS[key] ?? { zh: key, en: key }
  const member = dictionary.facts.has(key) ? '' : key.slice(key.indexOf('.') + 1)
  return member ? { zh: `${def.label.zh}（${member}）`, en: `${def.label.en} (${member})` } : def.label
}

/** [V2] Covered until somebody asks with a purpose. Numbers of papers are not meant here: their fact holds the masked form only. */
export function isSecretFact(dictionary: FactDictionary, key: string): boolean {
  return definitionOf(dictionary, key)?.sensitive ?? false
}

/** For each row a number that rows of its key with the same value share: who may not see a value still sees whether it changed. */
export function variantsOf(rows: readonly { readonly key: string; readonly value: unknown }[]): number[] {
  const seen = new Map<string, Map<string, number>>()
  return rows.map(({ key, value }) => {
    const ofKey = seen.get(key) ?? new Map<string, number>()
    seen.set(key, ofKey)
    const text = JSON.stringify(value ?? null)
    if (!ofKey.has(text)) ofKey.set(text, ofKey.size)
    return ofKey.get(text)!
  })
}

/** What a form at the registry may record: not what the registry writes itself, nor what life events say. */
export function isRecordable(def: Pick<FactDef, 'id' | 'from'>): boolean {
  return def.from === 'elders' && !(IDENTITY_KEYS as readonly string[]).includes(def.id) && !EVENT_KEYS.includes(def.id)
}

/** A value as people read it. `place` gives the words of a region code. */
export function shown(dictionary: FactDictionary, key: string, value: unknown, place: (code: string) => string): Bilingual {
  const same = (text: string): Bilingual => ({ zh: text, en: text })
  if (value === null || value === undefined) return { zh: '没有', en: 'none' }
  const def = definitionOf(dictionary, key)
  if (!def) return same(String(value))
  const unit = (text: string): Bilingual => (def.unit ? { zh: `${text} ${def.unit.zh}`, en: `${text} ${def.unit.en}` } : same(text))
  switch (def.type) {
    case 'bool': return value === true ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
    case 'code': return labelOfCode(def, String(value))
    case 'codes': return (value as string[]).map((one) => labelOfCode(def, one)).reduce((all, one) => ({ zh: all.zh ? `${all.zh}、${one.zh}` : one.zh, en: all.en ? `${all.en}, ${one.en}` : one.en }), same(''))
    case 'fen': return { zh: `${yuan(Number(value))} 元`, en: `${yuan(Number(value))} yuan` }
    case 'int': return unit(String(value))
    case 'day': return { zh: formatDay(String(value), 'zh-CN'), en: formatDay(String(value), 'en') }
    case 'month': return { zh: formatMonth(String(value), 'zh-CN'), en: formatMonth(String(value), 'en') }
    case 'region': return same(place(String(value)))
  }
}

function labelOfCode(def: FactDef, id: string): Bilingual {
  const value = def.values.find((one) => one.id === id)
  return value ? { zh: value.zh, en: value.en } : { zh: id, en: id }
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}${fen % 100 === 0 ? '' : `.${String(fen % 100).padStart(2, '0')}`}`
}

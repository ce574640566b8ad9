import { dayNumber, dayOf, isDay, isMonth } from '@songbai/calendar'
import { nearestWord, PolicyError } from './problem.ts'
import type { Problem } from './problem.ts'
import { isSeq, Reader } from './yaml.ts'
import type { Bilingual, YNode } from './yaml.ts'

export const FACT_TYPES = ['bool', 'code', 'codes', 'int', 'fen', 'day', 'month', 'region'] as const
export type FactType = (typeof FACT_TYPES)[number]
/** How a fact can come to be otherwise: never by anyone's doing, by life, or by an assessment or application. */
export type FactChange = 'fixed' | 'situation' | 'changeable'
export interface FactCode { id: string; zh: string; en: string }

export interface FactDef {
  id: string
  label: Bilingual
  type: FactType
  values: FactCode[]
  /** Codes run from least to most, so that `>=` has a meaning. */
  ordered: boolean
  unit?: Bilingual
  min: number
  max: number
  from: string
  population: string
  /** `no`: the register is complete, a missing fact means no. */
  absent: 'unknown' | 'no'
  sensitive: boolean
  ask?: Bilingual
  note?: Bilingual
  change: FactChange
  /** How need goes as the value goes up (codes in the order of their list): what a table pays is held against it. Age needs no mark. */
  need?: 'rises' | 'falls'
}

export interface FactDictionary {
  facts: ReadonlyMap<string, FactDef>
  /** Facts made for each policy of a set, such as `benefit.{member}`. */
  perPolicy: readonly FactDef[]
}

/** In columns and encoded persons: nobody knows. Least int32, so that `x >= limit` is false for it without a second test. */
export const UNKNOWN = -2_147_483_648
/** Known not to exist (the register is complete and has no such entry). */
export const ABSENT = -2_147_483_647
export const CODE_UNKNOWN = 31
export const CODE_ABSENT = 30
export const BOOL_UNKNOWN = 2
const MAX_CODES = 30

export function unknownOf(def: FactDef): number {
  return def.type === 'bool' ? BOOL_UNKNOWN : def.type === 'code' ? CODE_UNKNOWN : UNKNOWN
}

/** What an absent fact is encoded as. */
export function absentOf(def: FactDef): number {
  if (def.absent === 'unknown') return unknownOf(def)
  return def.type === 'bool' ? 0 : def.type === 'code' ? CODE_ABSENT : def.type === 'codes' ? 0 : ABSENT
}

export function isKnown(def: FactDef, v: number): boolean {
  return def.type === 'bool' ? v !== BOOL_UNKNOWN : def.type === 'code' ? v < CODE_ABSENT : v > ABSENT
}

/** Days 1800-01-01 to 2999-12-31, months likewise; counts and money are not negative unless the dictionary says so. */
const RANGE: Partial<Record<FactType, readonly [number, number]>> = { day: [-62_091, 376_199], month: [1800 * 12, 3000 * 12 - 1] }
const KEYS = ['id!', 'label!', 'type!', 'values', 'ordered', 'unit', 'min', 'max', 'from!', 'population!', 'absent!', 'sensitive', 'ask', 'note', 'change', 'need']

/** Reads `facts.yaml`. */
export function parseFacts(text: string): { facts: FactDictionary } | { problems: Problem[] } {
  const r = new Reader(text)
  const top = r.map(r.root, ['version!', 'facts!', 'families'])
  const facts = new Map<string, FactDef>()
  const perPolicy: FactDef[] = []
  for (const node of r.list(top.get('facts'))) {
    const def = readFact(r, node, KEYS)
    if (facts.has(def.id)) r.say(node, 'duplicate', { name: def.id })
    facts.set(def.id, def)
  }
  for (const node of r.list(top.get('families'))) readFamily(r, node, facts, perPolicy)
  return r.problems.length > 0 ? { problems: r.problems } : { facts: { facts, perPolicy } }
}

function readFamily(r: Reader, node: YNode, facts: Map<string, FactDef>, perPolicy: FactDef[]): void {
  const def = readFact(r, node, [...KEYS, 'members!'])
  const members = r.map(node, [...KEYS, 'members'].map(k => k.replace('!', ''))).get('members')
  if (!def.id.includes('{member}')) r.say(node, 'familyWithoutMember', { name: def.id })
  if (!isSeq(members)) {
    r.oneOf(members, ['policies'], 'policies')
    perPolicy.push(def)
    return
  }
  for (const m of r.list(members)) {
    const one = memberOf(def, r.text(m))
    facts.set(one.id, one)
  }
}

export function memberOf(family: FactDef, member: string): FactDef {
  return { ...family, id: family.id.replace('{member}', member) }
}

function readFact(r: Reader, node: YNode, keys: readonly string[]): FactDef {
  const m = r.map(node, keys)
  const id = m.has('id') ? r.text(m.get('id')) : ''
  if (!/^[a-z][A-Za-z0-9]*(\.([a-z][A-Za-z0-9-]*|\{member\}))*$/.test(id)) r.say(m.get('id') ?? node, 'badName', { name: id })
  const type = r.oneOf(m.get('type'), FACT_TYPES, 'bool')
  const from = r.optional(m.get('from')) ?? ''
  const def: FactDef = {
    id, type, from,
    label: m.has('label') ? r.bilingual(m.get('label')) : { zh: id, en: id },
    values: r.list(m.get('values')).map(v => readCode(r, v)),
    ordered: r.bool(m.get('ordered')),
    min: m.has('min') ? r.int(m.get('min')) : RANGE[type]?.[0] ?? 0,
    max: m.has('max') ? r.int(m.get('max')) : RANGE[type]?.[1] ?? 2_000_000_000,
    population: r.optional(m.get('population')) ?? '',
    absent: r.oneOf(m.get('absent'), ['unknown', 'no'], 'unknown'),
    sensitive: r.bool(m.get('sensitive')),
    change: r.oneOf(m.get('change'), ['fixed', 'situation', 'changeable'], id === 'birth' || id === 'sex' ? 'fixed' : from === 'assessments' ? 'changeable' : 'situation'),
  }
  if (m.has('need')) def.need = r.oneOf<'rises' | 'falls'>(m.get('need'), ['rises', 'falls'], 'rises')
  if (m.has('unit')) def.unit = r.bilingual(m.get('unit'))
  if (m.has('ask')) def.ask = r.bilingual(m.get('ask'))
  if (m.has('note')) def.note = r.bilingual(m.get('note'))
  checkValues(r, node, def)
  return def
}

function readCode(r: Reader, node: YNode): FactCode {
  const m = r.map(node, ['id!', 'zh!', 'en!'])
  return { id: r.text(m.get('id')), zh: r.text(m.get('zh')), en: r.text(m.get('en')) }
}

function checkValues(r: Reader, node: YNode, def: FactDef): void {
  const coded = def.type === 'code' || def.type === 'codes'
  if (coded !== def.values.length > 0) r.say(node, coded ? 'valuesMissing' : 'valuesNotExpected', { name: def.id })
  // A code is one bit of an int32 mask; bit 30 says "absent", bit 31 "unknown".
  if (def.values.length > MAX_CODES) r.say(node, 'tooManyValues', { name: def.id, max: MAX_CODES })
  for (const key of ['id', 'zh'] as const) {
    const seen = new Set(def.values.map(v => v[key]))
    if (seen.size < def.values.length) r.say(node, 'duplicate', { name: def.id })
  }
}

/** Code number of a value id or Chinese label, or -1. */
export function codeOf(def: FactDef, word: string): number {
  const byId = def.values.findIndex(v => v.id === word)
  return byId >= 0 ? byId : def.values.findIndex(v => v.zh === word)
}

export type FactValue = boolean | number | string | readonly string[] | null

/** A fact value as one int32, as columns hold it. Throws `factValue` for anything the dictionary does not allow: a wrong value is never guessed into a right one. */
export function encodeFact(def: FactDef, value: FactValue | undefined): number {
  if (value === null || value === undefined) return absentOf(def)
  const bad = (suggestion = ''): never => {
    throw new PolicyError('factValue', { fact: def.id, value: String(value), type: def.type, suggestion })
  }
  switch (def.type) {
    case 'bool': return typeof value === 'boolean' ? Number(value) : bad()
    case 'code': {
      const c = typeof value === 'string' ? codeOf(def, value) : -1
      return c >= 0 ? c : bad(nearestWord(String(value), def.values.flatMap(v => [v.id, v.zh])))
    }
    case 'codes': {
      if (!Array.isArray(value)) return bad()
      return (value as readonly string[]).reduce((mask, v) => mask | (codeOf(def, v) >= 0 ? 1 << codeOf(def, v) : bad()), 0)
    }
    case 'int': case 'fen': return typeof value === 'number' && Number.isInteger(value) && inRange(def, value) ? value : bad()
    case 'day': return typeof value === 'string' && isDay(value) && inRange(def, dayNumber(value)) ? dayNumber(value) : bad()
    case 'month': return typeof value === 'string' && isMonth(value) && inRange(def, monthIndex(value)) ? monthIndex(value) : bad()
    case 'region': return bad()
  }
}

function inRange(def: FactDef, v: number): boolean {
  return v >= def.min && v <= def.max
}

/** Months since year 0, so that months compare and subtract as integers. */
export function monthIndex(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

/** The inverse of `encodeFact` for known values; null for unknown and absent. */
export function decodeFact(def: FactDef, v: number): FactValue {
  if (!isKnown(def, v)) return null
  switch (def.type) {
    case 'bool': return v === 1
    case 'code': return def.values[v]?.id ?? null
    case 'codes': return def.values.filter((_, c) => ((v >>> c) & 1) === 1).map(x => x.id)
    case 'day': return dayOf(v)
    case 'month': return `${String(Math.floor(v / 12)).padStart(4, '0')}-${String((v % 12) + 1).padStart(2, '0')}`
    default: return v
  }
}

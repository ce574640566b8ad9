import type { Day } from '@songbai/calendar'
import type { FactValue } from './facts.ts'
import type { Cond, Num } from './ir.ts'
import type { Bilingual } from './yaml.ts'

export interface Clause { id: string; doc: string; article?: string; title?: string; clause?: string; quote?: string; issued?: Day; repealed?: Day }

export interface ParamValue {
  /** First day, as a day number. */
  from: number
  /** Null: no value from that day on. */
  value: number | null
  basis: Clause[]
  sample: boolean
}
export interface Param { name: string; label?: Bilingual; unit?: string; values: ParamValue[]; floor: boolean; region: string }

export interface Row {
  id: string
  label?: Bilingual
  when: Cond
  amount: Num
  basis: Clause[]
  /** First and last day number of the row, when it has its own. */
  from?: number
  to?: number
  sample: boolean
  floor: boolean
  /** Region prefix of the file that wrote the row. */
  region: string
}

export type StackKind = 'max' | 'first' | 'cap' | 'offset' | 'suspend'
export interface StackRule {
  kind: StackKind
  /** Items in order, this policy's own id among them (`suspend`: only its own). */
  with: string[]
  limit?: Num
  when?: Cond
  text?: Bilingual
  basis: Clause[]
}

export type PayStart = 'eventMonth' | 'nextMonth' | 'applicationMonth'
export type PayEnd = 'eventMonth' | 'monthBefore' | 'nextMonth'
export interface Pay { cycle: 'month' | 'year' | 'once' | 'use'; start: PayStart; end: PayEnd; prorate: 'none' | 'days'; round: '分' | '角' | '元' }
export interface Evidence { text: string; how: 'paper' | 'auto' | 'declare' }
export interface Review { everyMonths?: number; beforeDays?: number; on: string[] }
export interface Due { from: 'application' | 'event'; days?: number; workdays?: number }

export interface GoldenCase {
  line: number
  at: Day
  facts: Record<string, FactValue>
  /** Results of other items the case presumes; `true`/`false` or an amount. */
  items: Record<string, boolean | number>
  out: { row?: string | null; rows?: string[]; amount?: number; miss?: string[]; unknown?: string[] }
  note?: string
}

/** What a lower region changed, for the diff that is shown and approved. */
export interface Override { what: 'param' | 'row' | 'stacking' | 'pay' | 'evidence' | 'review' | 'due' | 'title' | 'service' | 'effective'; name: string; how: 'changed' | 'added' | 'dropped'; basis: Clause[] }

/** One effective policy: parsed, checked, lowered and, with `extends`, merged with the policy above. Immutable. */
export interface Policy {
  id: string
  file?: string
  title: Bilingual
  kind: 'cash' | 'service' | 'voucher'
  service?: Bilingual
  listItem?: number
  /** Region prefix without trailing zeros; '' is the whole country. */
  region: string
  regionName?: string
  extends?: { region: string; policy: string; version: number }
  version: number
  /** Day numbers, both inclusive. */
  effective: { from: number; to: number }
  params: Map<string, Param>
  lets: Map<string, Cond>
  hit: 'first' | 'unique' | 'sum'
  rows: Row[]
  unit: string
  pay?: Pay
  stacking: StackRule[]
  evidence: Evidence[]
  review?: Review
  due?: Due
  cases: GoldenCase[]
  clauses: Clause[]
  overrides: Override[]
  draft: boolean
  sample: boolean
  note?: Bilingual
  /** Where the parts this file wrote itself stand: `row r1`, `let 名`, `param hi`, `case 2`, `stacking 0`, `basis a3`, `table`. */
  places?: ReadonlyMap<string, Place>
}

export interface Place { line: number; col: number }

export const NO_END = 2_147_483_647

const LEVELS: readonly (readonly [length: number, zeros: string])[] = [[12, '000'], [9, '000'], [6, '00'], [4, '00'], [2, '00']]

/** `500229000000`, `500229` → `500229`; `000000` → `''`. Null when it is no region code. */
export function regionPrefix(code: string): string | null {
  if (!/^\d+$/.test(code) || !LEVELS.some(([n]) => n === code.length)) return null
  let prefix = code
  for (const [length, zeros] of LEVELS) if (prefix.length === length && prefix.endsWith(zeros)) prefix = prefix.slice(0, -zeros.length)
  return prefix
}

/** The value of a parameter on a day, and the entry it came from; undefined when it has none. */
export function paramAt(p: Param, at: number): ParamValue | undefined {
  let found: ParamValue | undefined
  for (const v of p.values) if (v.from <= at) found = v
  return found?.value === null ? undefined : found
}

export function inForce(row: Row, at: number): boolean {
  return (row.from === undefined || row.from <= at) && (row.to === undefined || at <= row.to)
}

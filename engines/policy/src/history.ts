import type { Column } from './columns.ts'
import { PolicyError } from './problem.ts'
import type { FactDef } from './facts.ts'

/** History of facts as columns, one entry for each interval. Days are day numbers, `to` and `superseded` exclusive, `NO_DAY` = open. */
export interface Intervals { person: Int32Array; fact: Uint16Array; value: Int32Array; from: Int32Array; to: Int32Array; recorded: Int32Array; superseded: Int32Array }
export interface Interval { fact: string; value: number; from: number; to: number; recorded: number; superseded: number }
export const NO_DAY = 2_147_483_647

/** A column, or the one number that stands in all of its places. */
export type Days = Int32Array | number

/**
 * Every interval of one fact in the order of person, from, recorded. What is the same everywhere is kept once: `person` null = everybody has exactly one.
 * Codes and yes/no take a byte.
 */
export interface FactHistory { readonly person: Int32Array | null; readonly value: Column; readonly from: Days; readonly to: Days; readonly recorded: Days; readonly superseded: Days }

export const isSmall = (def: FactDef): boolean => def.type === 'bool' || def.type === 'code'
const dayAt = (days: Days, i: number): number => (typeof days === 'number' ? days : days[i]!)

export function isOpen(h: FactHistory, i: number, at: number, known: number): boolean {
  return dayAt(h.from, i) <= at && at < dayAt(h.to, i) && dayAt(h.recorded, i) <= known && known < dayAt(h.superseded, i)
}

/** First place of a person's intervals, and the place after the last. */
export function placesOf(h: FactHistory, index: number): readonly [number, number] {
  const { person } = h
  if (person === null) return [index, index + 1]
  let [lo, hi] = [0, person.length]
  while (lo < hi) {
    const mid = (lo + hi) >>> 1
    if (person[mid]! < index) lo = mid + 1
    else hi = mid
  }
  let end = lo
  while (end < person.length && person[end] === index) end++
  return [lo, end]
}

/** Writes the values of one day into a column; later intervals of a person write over earlier ones. */
export function fillColumn(h: FactHistory, column: Column, at: number, known: number): void {
  const { person, value } = h
  const checked = ([[h.from, at, true], [h.recorded, known, true], [h.to, at, false], [h.superseded, known, false]] as const).filter(([days, day, starts]) => typeof days !== 'number' || (starts ? days > day : day >= days))
  // One number that fails fails for everybody.
  if (checked.some(([days]) => typeof days === 'number')) return
  if (checked.length === 0) {
    if (person === null) column.set(value)
    else for (let i = 0; i < value.length; i++) column[person[i]!] = value[i]!
    return
  }
  const none = new Int32Array(0)
  const [from, to, recorded, superseded] = [h.from, h.to, h.recorded, h.superseded].map(days => (typeof days === 'number' ? none : days)) as [Int32Array, Int32Array, Int32Array, Int32Array]
  const [f, t, r, s] = [from.length > 0, to.length > 0, recorded.length > 0, superseded.length > 0]
  for (let i = 0; i < value.length; i++) {
    if ((!f || from[i]! <= at) && (!t || at < to[i]!) && (!r || recorded[i]! <= known) && (!s || known < superseded[i]!)) column[person === null ? i : person[i]!] = value[i]!
  }
}

/** Calls back for every interval known on a day that begins or ends within (from, to]. */
export function edgesWithin(h: FactHistory, from: number, to: number, known: number, found: (person: number, day: number) => void): void {
  const inside = (d: number): boolean => d > from && d <= to
  if (typeof h.from === 'number' && typeof h.to === 'number' && !inside(h.from) && !inside(h.to)) return
  for (let i = 0; i < h.value.length; i++) {
    const [begins, ends] = [dayAt(h.from, i), dayAt(h.to, i)]
    if (!inside(begins) && !inside(ends)) continue
    if (dayAt(h.recorded, i) > known || known >= dayAt(h.superseded, i)) continue
    const index = h.person === null ? i : h.person[i]!
    if (inside(begins)) found(index, begins)
    if (inside(ends)) found(index, ends)
  }
}

/** Calls back for every value known on a day that holds on some day of [from, to]. */
export function valuesWithin(h: FactHistory, from: number, to: number, known: number, found: (person: number, value: number) => void): void {
  for (let i = 0; i < h.value.length; i++) {
    if (dayAt(h.from, i) > to || dayAt(h.to, i) <= from || dayAt(h.recorded, i) > known || known >= dayAt(h.superseded, i)) continue
    found(h.person === null ? i : h.person[i]!, h.value[i]!)
  }
}

/** The intervals of some people (ascending), who get the numbers 0, 1, 2 …. */
export function pickHistory(h: FactHistory, indices: Int32Array, size: number): FactHistory {
  const places: number[] = []
  const people: number[] = []
  let from = 0
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k]!
    if (h.person === null) { places.push(index); people.push(k); continue }
    from = seek(h.person, from, index)
    for (; from < h.person.length && h.person[from] === index; from++) { places.push(from); people.push(k) }
  }
  const pick = <T extends Column>(column: T, to: T): T => { for (let i = 0; i < places.length; i++) to[i] = column[places[i]!]!; return to }
  const days = (d: Days): Days => (typeof d === 'number' ? d : pick(d, new Int32Array(places.length)))
  const value = h.value instanceof Uint8Array ? pick(h.value, new Uint8Array(places.length)) : pick(h.value, new Int32Array(places.length))
  return { person: h.person === null && places.length === size ? null : Int32Array.from(people), value, from: days(h.from), to: days(h.to), recorded: days(h.recorded), superseded: days(h.superseded) }
}

/** First place at or after `from` whose person is at least `index`: steps that double, then halve, for callers that walk upward. */
function seek(person: Int32Array, from: number, index: number): number {
  let step = 1
  while (from + step < person.length && person[from + step]! < index) step *= 2
  let [lo, hi] = [from, Math.min(person.length, from + step + 1)]
  while (lo < hi) {
    const mid = (lo + hi) >>> 1
    if (person[mid]! < index) lo = mid + 1
    else hi = mid
  }
  return lo
}

/** Sorts intervals by fact, person, from, recorded (two counting sorts, then the short runs of one person) and cuts them into one history a fact. */
export function sortIntervals(input: Intervals, people: number, defs: readonly FactDef[]): FactHistory[] {
  const n = input.person.length
  const places = new Int32Array(n)
  for (let i = 0; i < n; i++) places[i] = i
  const order = countingSort(countingSort(places, input.person, people).order, input.fact, defs.length)
  const perm = order.order
  const { fact, person } = input
  for (let i = 1; i < n; i++) {
    const x = perm[i]!
    const before = perm[i - 1]!
    if (person[before] !== person[x] || fact[before] !== fact[x] || !after(input, before, x)) continue
    let j = i
    while (j > 0 && after(input, perm[j - 1]!, x)) { perm[j] = perm[j - 1]!; j-- }
    perm[j] = x
  }
  return defs.map((def, f) => cut(input, perm.subarray(order.starts[f]!, order.starts[f + 1]!), def, people))
}

function cut(input: Intervals, places: Int32Array, def: FactDef, people: number): FactHistory {
  const n = places.length
  const person = gather(input.person, places)
  const value = isSmall(def) ? Uint8Array.from(gather(input.value, places)) : gather(input.value, places)
  let whole = n === people
  for (let i = 0; whole && i < n; i++) whole = person[i] === i
  return { person: whole ? null : person, value, from: sameOr(gather(input.from, places)), to: sameOr(gather(input.to, places)), recorded: sameOr(gather(input.recorded, places)), superseded: sameOr(gather(input.superseded, places)) }
}

/** One type in and out, so that the loop stays a plain one. */
function gather(from: Int32Array, places: Int32Array): Int32Array {
  const to = new Int32Array(places.length)
  for (let i = 0; i < to.length; i++) to[i] = from[places[i]!]!
  return to
}

function sameOr(days: Int32Array): Days {
  const first = days[0] ?? 0
  for (let i = 0; i < days.length; i++) if (days[i] !== first) return days
  return first
}

function after(x: Intervals, a: number, b: number): boolean {
  if (x.fact[a] !== x.fact[b] || x.person[a] !== x.person[b]) return false
  return x.from[a]! > x.from[b]! || (x.from[a] === x.from[b] && x.recorded[a]! > x.recorded[b]!)
}

function countingSort(order: Int32Array, key: Int32Array | Uint16Array, keys: number): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(keys + 1)
  for (let at = 0; at < order.length; at++) {
    const k = key[order[at]!]!
    if (k < 0 || k >= keys) throw new PolicyError('populationShape', { key: k, keys })
    starts[k + 1]!++
  }
  for (let k = 0; k < keys; k++) starts[k + 1]! += starts[k]!
  const next = starts.slice()
  const out = new Int32Array(order.length)
  for (let at = 0; at < order.length; at++) {
    const i = order[at]!
    out[next[key[i]!]!++] = i
  }
  return { order: out, starts }
}

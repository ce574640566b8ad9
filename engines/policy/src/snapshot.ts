import { StoredPopulation } from './columns.ts'
import type { Column, Population } from './columns.ts'
import type { FactDef } from './facts.ts'
import { sortIntervals } from './history.ts'
import type { Days, FactHistory, Interval, Intervals } from './history.ts'

/** What a snapshot says of itself before its columns. */
export interface SnapshotHead {
  readonly version: number
  /** Of the facts it holds: another dictionary, another meaning of the codes. */
  readonly schema: string
  /** Number of the last change that is in it; the reader goes on from there. */
  readonly lastChange: number
  readonly people: number
  readonly checksum: number
}

export interface SnapshotStale { readonly stale: 'format' | 'schema' | 'damaged' }

type Part = { t: 'same'; v: number } | { t: 'u8' | 'i32'; at: number; n: number }
interface FactParts { fact: string; person: Part | null; value: Part; from: Part; to: Part; recorded: Part; superseded: Part }
interface Head extends SnapshotHead { readonly regions: readonly (readonly [code: string, people: number])[]; readonly idLength: number; readonly idsAt: number; readonly facts: readonly FactParts[] }

const FORMAT = 1
/** "SBPS", format, bytes of the head, then the head and the columns, each on a boundary of eight bytes. */
const MAGIC = 0x53504253
const PREFIX = 12
const KEYS = ['value', 'from', 'to', 'recorded', 'superseded'] as const
const aligned = (n: number): number => (n + 7) & ~7

/** FNV-1a over 32-bit words; quick, against damage and drift, not against intent. */
function hashWords(words: Uint32Array, start = 0x811c9dc5): number {
  let h = start
  for (let i = 0; i < words.length; i++) h = Math.imul(h ^ words[i]!, 0x01000193)
  return h >>> 0
}

export function schemaOf(defs: ReadonlyMap<string, FactDef>, facts: readonly string[]): string {
  const text = JSON.stringify(facts.map(f => { const d = defs.get(f); return d === undefined ? [f] : [f, d.type, d.absent, d.values.map(v => v.id)] }))
  return hashWords(Uint32Array.from(text, c => c.charCodeAt(0))).toString(16)
}

/** [S100] The whole population, histories included, as one block of bytes. */
export function encodeSnapshot(population: Population, lastChange: number): Uint8Array {
  const p = packed(population as StoredPopulation)
  const blobs: { at: number; bytes: Uint8Array }[] = []
  let size = 0
  const put = (bytes: Uint8Array): number => {
    const at = size
    blobs.push({ at, bytes })
    size = aligned(size + bytes.length)
    return at
  }
  const part = (column: Column | number): Part => {
    if (typeof column === 'number') return { t: 'same', v: column }
    return { t: column instanceof Uint8Array ? 'u8' : 'i32', at: put(bytesOf(column)), n: column.length }
  }
  const facts = p.facts.map((fact, f): FactParts => {
    const h = p.histories[f]!
    return { fact, person: h.person === null ? null : part(h.person), value: part(h.value), from: part(h.from), to: part(h.to), recorded: part(h.recorded), superseded: part(h.superseded) }
  })
  const [idLength, text] = idsAsText(p.ids)
  const idsAt = put(new TextEncoder().encode(text))
  const data = new Uint8Array(size)
  for (const { at, bytes } of blobs) data.set(bytes, at)
  const head: Head = { version: FORMAT, schema: schemaOf(p.defs, p.facts), lastChange, people: p.size, checksum: hashWords(new Uint32Array(data.buffer, 0, size >> 2)), regions: runsOf(p.regions), idLength, idsAt, facts }
  const headBytes = new TextEncoder().encode(JSON.stringify(head))
  const start = aligned(PREFIX + headBytes.length)
  const out = new Uint8Array(start + size)
  new Uint32Array(out.buffer, 0, 3).set([MAGIC, FORMAT, headBytes.length])
  out.set(headBytes, PREFIX)
  out.set(data, start)
  return out
}

const bytesOf = (c: Column): Uint8Array => new Uint8Array(c.buffer, c.byteOffset, c.byteLength)

/** Ids of one length stand without anything in between: reading them back is one text cut into pieces. */
function idsAsText(ids: readonly string[]): readonly [length: number, text: string] {
  const length = ids[0]?.length ?? 0
  return ids.every(id => id.length === length && /^[\x20-\x7e]*$/.test(id)) ? [length, ids.join('')] : [0, JSON.stringify(ids)]
}

function runsOf(regions: readonly string[]): [string, number][] {
  const runs: [string, number][] = []
  for (const code of regions) {
    const last = runs.at(-1)
    if (last?.[0] === code) last[1]++
    else runs.push([code, 1])
  }
  return runs
}

/** Patches laid into the histories. */
function packed(p: StoredPopulation): StoredPopulation {
  if (p.patches.size === 0) return p
  const facts = [...new Set([...p.facts, ...[...p.patches.values()].flatMap(patch => patch.map(i => i.fact))])]
  const place = new Map(facts.map((f, i) => [f, i]))
  const rows: (Interval & { person: number })[] = []
  p.facts.forEach((fact, f) => {
    const h = p.histories[f]!
    for (let i = 0; i < h.value.length; i++) {
      const person = h.person === null ? i : h.person[i]!
      if (!p.patches.has(person)) rows.push({ person, fact, value: h.value[i]!, from: dayOf(h.from, i), to: dayOf(h.to, i), recorded: dayOf(h.recorded, i), superseded: dayOf(h.superseded, i) })
    }
  })
  for (const [person, patch] of p.patches) for (const i of patch) rows.push({ person, ...i })
  const col = (key: 'person' | 'value' | 'from' | 'to' | 'recorded' | 'superseded'): Int32Array => Int32Array.from(rows, r => r[key])
  const intervals: Intervals = { person: col('person'), fact: Uint16Array.from(rows, r => place.get(r.fact)!), value: col('value'), from: col('from'), to: col('to'), recorded: col('recorded'), superseded: col('superseded') }
  return new StoredPopulation(p.defs, p.ids, [...p.regions], facts, sortIntervals(intervals, p.size, facts.map(f => p.defs.get(f)!)))
}

const dayOf = (days: Days, i: number): number => (typeof days === 'number' ? days : days[i]!)

/** The head alone, or null when these are not the bytes of a snapshot. */
export function snapshotHead(bytes: Uint8Array): SnapshotHead | null {
  return readHead(bytes)?.head ?? null
}

function readHead(bytes: Uint8Array): { head: Head; start: number } | null {
  if (bytes.length < PREFIX || bytes.byteOffset % 8 !== 0) return null
  const [magic, format, length] = new Uint32Array(bytes.buffer, bytes.byteOffset, 3)
  if (magic !== MAGIC || format !== FORMAT || PREFIX + length! > bytes.length) return null
  try {
    // A text decoder refuses shared memory, so the head is copied out of it.
    return { head: JSON.parse(new TextDecoder().decode(bytes.slice(PREFIX, PREFIX + length!))) as Head, start: aligned(PREFIX + length!) }
  } catch {
    return null
  }
}

/** Bytes to text, one character a byte. */
export type Latin = (bytes: Uint8Array) => string
const latin: Latin = bytes => new TextDecoder('latin1').decode(bytes.slice())

/**
 * [S101] The population of a snapshot; its columns are views of the bytes, which may be shared memory. `check` reads all of it once and compares the checksum.
 * A snapshot of another format or dictionary, or a damaged one, is stale: load anew.
 */
export function decodeSnapshot(bytes: Uint8Array, defs: ReadonlyMap<string, FactDef>, options: { readonly check?: boolean; readonly latin?: Latin } = {}): { population: Population; head: SnapshotHead } | SnapshotStale {
  const read = readHead(bytes)
  if (read === null) return { stale: 'format' }
  const { head, start } = read
  const facts = head.facts.map(f => f.fact)
  if (schemaOf(defs, facts) !== head.schema) return { stale: 'schema' }
  const base = bytes.byteOffset + start
  const size = bytes.length - start
  if (size % 8 !== 0 || (options.check !== false && hashWords(new Uint32Array(bytes.buffer, base, size >> 2)) !== head.checksum)) return { stale: 'damaged' }
  const column = (p: Part): Column | number => (p.t === 'same' ? p.v : p.t === 'u8' ? new Uint8Array(bytes.buffer, base + p.at, p.n) : new Int32Array(bytes.buffer, base + p.at, p.n))
  const histories = head.facts.map((f): FactHistory => {
    const [value, from, to, recorded, superseded] = KEYS.map(key => column(f[key])) as [Column, Days, Days, Days, Days]
    return { person: f.person === null ? null : (column(f.person) as Int32Array), value, from, to, recorded, superseded }
  })
  const text = (options.latin ?? latin)(new Uint8Array(bytes.buffer, base + head.idsAt, head.idLength === 0 ? size - head.idsAt : head.idLength * head.people))
  const ids = head.idLength === 0 ? (JSON.parse(new TextDecoder().decode(Uint8Array.from(text.replace(/\0+$/, ''), c => c.charCodeAt(0)))) as string[]) : cut(text, head.idLength, head.people)
  const regions: string[] = []
  for (const [code, people] of head.regions) for (let i = 0; i < people; i++) regions.push(code)
  return { population: new StoredPopulation(defs, ids, regions, facts, histories), head }
}

function cut(text: string, length: number, n: number): string[] {
  const ids: string[] = []
  for (let i = 0; i < n; i++) ids.push(text.slice(i * length, (i + 1) * length))
  return ids
}

/**
 * [S102] One number for everything a population holds, in whatever order and whatever way it came to hold it. It adds up: the numbers of two populations of different
 * people, added (and cut to 32 bits), are that of both together. `left` names people who do not count.
 */
export function checksumOf(population: Population, left: (index: number) => boolean = () => false): number {
  const p = population as StoredPopulation
  const own = Int32Array.from({ length: p.size }, (_, i) => (left(i) ? 0 : hashText(p.regions[i]!, hashText(p.ids[i]!)) | 1))
  let sum = own.reduce((s, h) => (s + h) | 0, 0)
  const add = (index: number, fact: number, value: number, from: number, to: number, recorded: number, superseded: number): void => {
    if (own[index] === 0) return
    let h = own[index]! ^ fact
    for (const word of [value, from, to, recorded, superseded]) h = Math.imul(h ^ word, 0x01000193)
    sum = (sum + (h ^ (h >>> 15))) | 0
  }
  p.facts.forEach((fact, f) => {
    const [h, name] = [p.histories[f]!, hashText(fact)]
    for (let i = 0; i < h.value.length; i++) {
      const index = h.person === null ? i : h.person[i]!
      if (!p.patches.has(index)) add(index, name, h.value[i]!, dayOf(h.from, i), dayOf(h.to, i), dayOf(h.recorded, i), dayOf(h.superseded, i))
    }
  })
  for (const [index, patch] of p.patches) for (const i of patch) add(index, hashText(i.fact), i.value, i.from, i.to, i.recorded, i.superseded)
  return sum >>> 0
}

function hashText(text: string, start = 0x811c9dc5): number {
  let h = start
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h
}

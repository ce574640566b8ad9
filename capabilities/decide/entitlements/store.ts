/** Populations in memory, one for each scope that was asked for; every answer first catches up with what was committed since. */
import { eldersByIds, factHistory, readHistory, type HistorySlice } from '../../know/elders/public.ts'
import { BatchUndone, ElderDied, ElderMoved, ElderRegistered, EldersImported, EldersMerged, EldersSplit, FactsRecorded, IdentityCorrected } from '../../know/elders/contract.ts'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { policySetFor, type LawSet } from '../policies/public.ts'
import { Block, BlockBuilder, intervalsOf, type FactOfPerson } from './rules-block.ts'

/** Events after which a person's answers may differ. */
export const WATCHED = [FactsRecorded, ElderRegistered, EldersImported, ElderDied, ElderMoved, EldersMerged, EldersSplit, BatchUndone, IdentityCorrected] as const
const NAMES = WATCHED.map((event) => event.name)

/** With more changed people than this a fresh load is cheaper than patching. */
const MANY = 500
const SLICE = 4000

export interface Shard {
  /** Digits every person's region begins with; whoever loads it has them all in scope. */
  readonly prefix: string
  readonly items: string
  readonly main: Block
  readonly position: ReadonlyMap<string, number>
  /** People who came or moved since the load. Small, and built anew on each change. */
  tail: Block | null
  readonly tailPeople: Map<string, { readonly region: string; readonly facts: readonly FactOfPerson[] }>
  /** Last event number seen, by county. */
  readonly seqs: Map<string, number>
  /** Events seen before they had a number. */
  readonly early: Set<string>
  readonly dirty: Set<string>
  stamp: string
  readonly loadedMs: number
}

interface Memory {
  readonly shards: Map<string, Shard>
  readonly loading: Map<string, Promise<Shard>>
}

/** One memory for each running program, known by its secrets: tests run several programs in one process. */
const memories = new WeakMap<object, Memory>()

function memoryOf(tx: Tx): Memory {
  const known = memories.get(tx.secrets)
  if (known) return known
  const made: Memory = { shards: new Map(), loading: new Map() }
  memories.set(tx.secrets, made)
  return made
}

export interface Loaded {
  readonly shard: Shard
  readonly law: LawSet
  /** Milliseconds of a load made for this answer; 0 when it was in memory. */
  readonly loadMs: number
}

/** People under a prefix the actor has in scope, up to date with this transaction. */
export async function populationOf(tx: Tx, prefix: string): Promise<Loaded> {
  const law = await policySetFor(tx, prefix)
  const { shards, loading } = memoryOf(tx)
  const kept = [...shards.values()].find((one) => prefix.startsWith(one.prefix))
  if (kept && law.set.items.every((item) => kept.items.includes(` ${item} `)) && (await catchUp(tx, kept))) return { shard: kept, law, loadMs: 0 }
  if (kept && kept.prefix !== prefix) {
    // Somebody with a wider scope loaded it; this actor cannot load it anew, only the own part.
    shards.delete(kept.prefix)
  }
  const running = loading.get(prefix)
  const begun = performance.now()
  const work = running ?? load(tx, prefix, law)
  loading.set(prefix, work)
  const shard = await work.finally(() => loading.delete(prefix))
  for (const one of shards.keys()) if (one.startsWith(prefix)) shards.delete(one)
  shards.set(prefix, shard)
  return { shard, law, loadMs: performance.now() - begun }
}

async function load(tx: Tx, prefix: string, law: LawSet): Promise<Shard> {
  const begun = performance.now()
  const [seqs, stamp] = [await sequencesOf(tx, prefix), await stampOf(tx, prefix)]
  const early = new Set((await eventsSince(tx, prefix, seqs)).filter((one) => one.seq === null).map((one) => one.id))
  const builder = new BlockBuilder(law.set.facts)
  const position = new Map<string, number>()
  let afterId: string | null = null
  do {
    const slice: HistorySlice = await factHistory(tx, { region: prefix.padEnd(12, '0'), afterId, limit: SLICE })
    for (const [id, region, packed] of slice.elders) {
      builder.person(id, region)
      readHistory(packed, builder.fact)
    }
    afterId = slice.afterId
  } while (afterId !== null)
  const main = builder.build()
  main.population.ids.forEach((id, i) => position.set(id, i))
  return { prefix, items: ` ${law.set.items.join(' ')} `, main, position, tail: null, tailPeople: new Map(), seqs, early, dirty: new Set(), stamp, loadedMs: performance.now() - begun }
}

interface Event {
  readonly id: string
  readonly county: string
  readonly seq: number | null
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Numbers and ids only: the outbox of the platform is the one cheap sign of change that is visible in the same moment as the change. */
async function eventsSince(tx: Tx, prefix: string, seqs: ReadonlyMap<string, number>): Promise<Event[]> {
  const [from, to] = [prefix.slice(0, 6), `${prefix.slice(0, 6)}~`]
  const newest = await tx.rows<Event>`
    select id, county, seq, type, payload from platform.event where seq is null and county >= ${from} and county < ${to} and type = any(${NAMES}::text[])`
  const numbered: Event[] = []
  for (const [county, seq] of seqs) {
    numbered.push(...(await tx.rows<Event>`select id, county, seq, type, payload from platform.event where county = ${county} and seq > ${seq} and type = any(${NAMES}::text[]) order by seq limit ${MANY * 4}`))
  }
  return [...numbered, ...newest]
}

async function sequencesOf(tx: Tx, prefix: string): Promise<Map<string, number>> {
  const [from, to] = [prefix.slice(0, 6), `${prefix.slice(0, 6)}~`]
  const rows = await tx.rows<{ county: string; seq: number }>`select county, event_seq as seq from platform.sequence where county >= ${from} and county < ${to}`
  const known = new Map(rows.map((row) => [row.county, row.seq]))
  // A county whose first event is still to come.
  if (prefix.length >= 6 && !known.has(prefix.slice(0, 6))) known.set(prefix.slice(0, 6), 0)
  return known
}

/** A scope of a county or more sees the events of imports itself. */
async function stampOf(tx: Tx, prefix: string): Promise<string> {
  const [from, to] = [prefix.slice(0, 6), `${prefix.slice(0, 6)}~`]
  const rows = await tx.rows<{ county: string; imports: number; loads: number }>`select county, imports, loads from entitlements.stamp where county >= ${from} and county < ${to} order by county`
  return rows.map((row) => `${row.county}:${row.loads}:${prefix.length > 6 ? row.imports : ''}`).join(' ')
}

function idsOf(payload: Event['payload']): string[] {
  return ['elderId', 'keepId', 'dropId'].flatMap((key) => (typeof payload[key] === 'string' ? [payload[key]] : [])).concat(Array.isArray(payload['elderIds']) ? (payload['elderIds'] as string[]) : [])
}

/** False when so much changed that the shard must be loaded anew. */
async function catchUp(tx: Tx, shard: Shard): Promise<boolean> {
  if ((await stampOf(tx, shard.prefix)) !== shard.stamp) return false
  const reached = await sequencesOf(tx, shard.prefix)
  if ([...reached.keys()].some((county) => !shard.seqs.has(county))) return false
  const events = await eventsSince(tx, shard.prefix, shard.seqs)
  const fresh = events.filter((one) => !shard.early.has(one.id))
  for (const id of fresh.flatMap((one) => idsOf(one.payload))) shard.dirty.add(id)
  for (const one of fresh) shard.early.add(one.id)
  const whole = tx.actor.prefixes.some((prefix) => shard.prefix.startsWith(prefix))
  // Only who sees every event of the shard may say that it has reached a number.
  if (whole && events.length < MANY * 4) {
    for (const one of events) if (one.seq !== null) shard.early.delete(one.id)
    for (const [county, seq] of reached) shard.seqs.set(county, Math.max(shard.seqs.get(county) ?? 0, seq))
  }
  if (shard.dirty.size > MANY || shard.tailPeople.size > MANY || events.length >= MANY * 4) return false
  if (shard.dirty.size > 0) await refresh(tx, shard, whole)
  return true
}

/** Brings the changed people up to date. Somebody not in scope any more is shown to nobody until a whole view has looked. */
async function refresh(tx: Tx, shard: Shard, whole: boolean): Promise<void> {
  const people = new Map((await eldersByIds(tx, [...shard.dirty])).map((person) => [person.id, person]))
  const before = shard.tailPeople.size
  let tailChanged = false
  for (const id of shard.dirty) {
    const person = people.get(id)
    const index = shard.position.get(id)
    const shown = person !== undefined && person.status !== 'merged' && person.status !== 'undone' && person.region.startsWith(shard.prefix)
    tailChanged = shard.tailPeople.delete(id) || tailChanged
    if (!shown) {
      if (index !== undefined && (whole || inScope(tx, shard.main.population.regions[index]!))) shard.main.hide(index)
    } else {
      const facts = await factsOf(tx, id, person.region)
      if (index !== undefined && shard.main.population.regions[index] === person.region) shard.main.patch(index, intervalsOf(shard.main.population.defs, facts))
      else {
        if (index !== undefined) shard.main.hide(index)
        shard.tailPeople.set(id, { region: person.region, facts })
        tailChanged = true
      }
    }
    if (whole || shown) shard.dirty.delete(id)
  }
  if (tailChanged || shard.tailPeople.size !== before) shard.tail = buildTail(shard)
}

function inScope(tx: Tx, region: string): boolean {
  return tx.actor.prefixes.some((prefix) => region.startsWith(prefix))
}

function buildTail(shard: Shard): Block | null {
  if (shard.tailPeople.size === 0) return null
  const builder = new BlockBuilder(shard.main.population.defs)
  for (const [id, person] of shard.tailPeople) {
    builder.person(id, person.region)
    person.facts.forEach(builder.fact)
  }
  return builder.build()
}

/** The whole history of one person: the slice of one that begins right before the id. */
async function factsOf(tx: Tx, id: string, region: string): Promise<FactOfPerson[]> {
  const slice = await factHistory(tx, { region, afterId: idBefore(id), limit: 1 })
  const found: FactOfPerson[] = []
  const [own] = slice.elders
  if (own && own[0] === id) readHistory(own[2], (fact) => void found.push(fact))
  return found
}

/** The UUID just before, in the order of the database. */
export function idBefore(id: string): string {
  const digits = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`
}

/** Told by listeners, who see the whole county: what is in memory follows at once, whoever asks next. */
export async function keepUp(tx: Tx, ids: readonly string[]): Promise<void> {
  const { shards } = memoryOf(tx)
  for (const shard of shards.values()) {
    for (const id of ids) if (shard.position.has(id) || shard.tailPeople.has(id)) shard.dirty.add(id)
    const whole = tx.actor.prefixes.some((prefix) => shard.prefix.startsWith(prefix))
    if (whole && !(await catchUp(tx, shard))) shards.delete(shard.prefix)
  }
}

/**
 * [S4] What is in memory beside what the database says now: the same number, or the memory has missed a change. Then it is replaced, and its place is told.
 * Only places wholly in scope; reads everybody once, so it runs at night.
 */
export async function compareMemory(tx: Tx): Promise<{ readonly checked: number; readonly differing: readonly string[] }> {
  const { shards } = memoryOf(tx)
  const differing: string[] = []
  let checked = 0
  for (const shard of [...shards.values()]) {
    if (!tx.actor.prefixes.some((prefix) => shard.prefix.startsWith(prefix))) continue
    if (!(await catchUp(tx, shard))) {
      shards.delete(shard.prefix)
      continue
    }
    const fresh = await load(tx, shard.prefix, await policySetFor(tx, shard.prefix))
    checked++
    if (sumOf(shard) === sumOf(fresh)) continue
    // Something may have been committed while everybody was read: both are brought to the same moment before one is called wrong.
    if ((await catchUp(tx, shard)) && (await catchUp(tx, fresh)) && sumOf(shard) === sumOf(fresh)) continue
    differing.push(shard.prefix)
    shards.set(shard.prefix, fresh)
  }
  return { checked, differing }
}

const sumOf = (shard: Shard): number => (shard.main.checksum() + (shard.tail?.checksum() ?? 0)) >>> 0

export async function countImport(tx: Tx, region: string): Promise<void> {
  await tx.rows`insert into entitlements.stamp (county, imports) values (${countyOf(region)}, 1) on conflict (county) do update set imports = stamp.imports + 1`
}

/** For loads that tell no events: every process loads the county anew at its next question. */
export async function populationChanged(tx: Tx, county: string): Promise<void> {
  await tx.rows`insert into entitlements.stamp (county, loads) values (${county}, 1) on conflict (county) do update set loads = stamp.loads + 1`
}

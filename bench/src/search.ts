/**
 * `npm run bench -- search [--elders N] [--json]`: finds people among N made-up ones, on PostgreSQL and on the embedded database.
 * The mixed line is what a clerk types: names, given names, initials, pinyin, ID numbers and tails, phones and tails, villages.
 */
import { capabilities, CASE_TYPES, insertElders, prepareContext, prepareElder, readTreeSource, resources, useResources } from '@songbai/capabilities'
import { loadPacks } from '@songbai/packs'
import { isRefused } from '@songbai/platform/action'
import { clockActor, createApp, migrateAll, openEmbedded, openServer, type Actor, type App, type Database } from '@songbai/platform/server'
import { generateDemo, type DemoPerson } from '@songbai/scenarios/demo'
import { todayIn } from '@songbai/calendar'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'

export interface SearchBenchOptions {
  readonly json: boolean
  /** People loaded; 200,000 unless said. The embedded database gets the same. */
  readonly elders?: number
  readonly searches?: number
  /** Only one of the two databases. */
  readonly only?: 'server' | 'embedded'
}

interface Sample {
  readonly kind: string
  readonly text: string
}

interface Figures {
  readonly database: 'server' | 'embedded'
  readonly elders: number
  readonly loadSeconds: number
  readonly peoplePerSecond: number
  readonly searches: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly maxMs: number
  readonly p95MsByKind: Readonly<Record<string, number>>
  /** A first page of the list with its total, and the counts by place and category. */
  readonly listP95Ms: number
  readonly countsMs: number
}

const REGION = '500229'
const CHUNK = 2000
const KEPT = 400

export async function run(options: SearchBenchOptions): Promise<Figures[]> {
  const root = process.env['SONGBAI_ROOT'] ?? process.cwd()
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const figures: Figures[] = []
  for (const kind of ['server', 'embedded'] as const) {
    if (options.only !== undefined && options.only !== kind) continue
    const opened = kind === 'server' ? await temporaryDatabase() : await embeddedDatabase()
    if (opened === null) {
      if (!options.json) console.log('search: no PostgreSQL at DATABASE_URL or 127.0.0.1, measured on the embedded database only')
      continue
    }
    const result = await measure(kind, opened, options).finally(opened.drop)
    figures.push(result)
    console.log(options.json ? JSON.stringify({ bench: 'search', ...result }) : `search on ${kind}: ${result.elders} people, load ${result.peoplePerSecond}/s, p50 ${result.p50Ms} ms, p95 ${result.p95Ms} ms, max ${result.maxMs} ms; list p95 ${result.listP95Ms} ms, counts ${result.countsMs} ms`)
  }
  return figures
}

interface Opened {
  readonly database: Database
  readonly drop: () => Promise<void>
}

/** A database of its own on the server, dropped afterwards; null when nothing answers. */
async function temporaryDatabase(): Promise<Opened | null> {
  const url = process.env['DATABASE_URL'] ?? `postgres://${process.env['USER'] ?? 'root'}@127.0.0.1:5432/postgres`
  const name = `songbai_bench_${randomBytes(4).toString('hex')}`
  const admin = async (statement: string): Promise<boolean> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    const reached = await client.connect().then(() => true, () => false)
    if (reached) await client.query(statement).finally(() => client.end())
    return reached
  }
  if (!(await admin(`create database ${name}`))) return null
  const target = new URL(url)
  target.pathname = `/${name}`
  const database = openServer(target.href)
  return { database, drop: async () => void (await database.close(), await admin(`drop database ${name} with (force)`)) }
}

async function embeddedDatabase(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-'))
  const database = await openEmbedded({ folder })
  return { database, drop: async () => void (await database.close(), rmSync(folder, { recursive: true, force: true })) }
}

async function measure(kind: Figures['database'], { database }: Opened, options: SearchBenchOptions): Promise<Figures> {
  await migrateAll(database, capabilities)
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-files-'))
  const app = createApp({ database, capabilities, masterKey: Buffer.alloc(32, 1), filesFolder: folder })
  const elders = options.elders ?? 200_000
  const started = performance.now()
  const people = await load(app, database, elders)
  const loadSeconds = (performance.now() - started) / 1000
  await database.analyze()
  const samples = samplesOf(people, options.searches ?? 1000)
  const took: { kind: string; ms: number }[] = []
  for (const sample of [...samples.slice(0, 50), ...samples]) took.push({ kind: sample.kind, ms: await timed(app, 'elders.search', { text: sample.text }) })
  const lists: number[] = []
  for (let i = 0; i < 20; i++) lists.push(await timed(app, 'elders.list', { limit: 50 }))
  const countsMs = Math.min(await timed(app, 'elders.counts', {}), await timed(app, 'elders.counts', {}))
  rmSync(folder, { recursive: true, force: true })
  // The first fifty warm caches and plans; a clerk's first search of the day is not what is measured.
  return { database: kind, elders, loadSeconds: round(loadSeconds), peoplePerSecond: Math.round(elders / loadSeconds), ...quantiles(took.slice(50)), listP95Ms: round(quantile(lists.slice(2), 0.95)), countsMs: round(countsMs) }
}

/** Loads people in chunks; answers a few hundred of them, spread over all, to search for. */
async function load(app: App, database: Database, elders: number): Promise<DemoPerson[]> {
  const { regions, packs } = resources()
  const people = generateDemo({ region: REGION, elders, seed: 'search', today: todayIn(Date.now(), 'Asia/Shanghai'), divisions: regions.divisions, factIds: packs.facts.facts.map((fact) => fact.id) })
  const kept: DemoPerson[] = []
  let chunk: DemoPerson[] = []
  let done = 0
  const every = Math.max(1, Math.floor(elders / KEPT))
  for (const person of people) {
    if (done++ % every === 0) kept.push(person)
    chunk.push(person)
    if (chunk.length < CHUNK) continue
    await store(app, chunk)
    // Without statistics PostgreSQL plans the next chunks for an empty table.
    if (done === CHUNK * 2) await database.analyze()
    chunk = []
  }
  await store(app, chunk)
  return kept
}

async function store(app: App, chunk: readonly DemoPerson[]): Promise<void> {
  await app.runAs(clockActor(REGION), 'bench.load', async (tx) => {
    const context = prepareContext(tx)
    const prepared = chunk.map((person) => {
      const facts = person.facts.filter((fact) => !OWN.has(fact.key)).map(({ key, value, validFrom, validTo, source }) => ({ key, value, validFrom, validTo, source, sourceRef: null, reason: null }))
      const result = prepareElder({ ...optional(person), id: person.id, name: person.name, sex: person.sex, ethnicity: person.ethnicity, region: person.region, address: person.address, registeredRegion: person.registeredRegion, householdId: person.householdId, source: person.source, facts, contacts: person.contacts, residences: person.residences }, context)
      if (isRefused(result)) throw new Error(`bench person refused: ${result.refused}`)
      return result
    })
    await insertElders(tx, prepared, null)
  })
}

const OWN = new Set(['birth', 'sex', 'ethnicity', 'usualResidence', 'registeredRegion', 'name', 'address'])

function optional(person: DemoPerson) {
  return { ...(person.birthDay ? { birthDay: person.birthDay } : {}), ...(person.birthMonth ? { birthMonth: person.birthMonth } : {}), ...(person.idNumber ? { idNumber: person.idNumber } : {}), ...(person.phone ? { phone: person.phone } : {}) }
}

/** Ways to look for each person in turn. */
function samplesOf(people: readonly DemoPerson[], count: number): Sample[] {
  const { regions } = resources()
  const ways: readonly ((person: DemoPerson) => Sample | null)[] = [
    (p) => ({ kind: 'name', text: p.name }), (p) => ({ kind: 'familyName', text: p.name.slice(0, 1) }), (p) => ({ kind: 'given', text: p.name.slice(1) }),
    (p) => ({ kind: 'initials', text: soundFor(p).initials }), (p) => ({ kind: 'pinyin', text: soundFor(p).joined }),
    (p) => (p.idNumber ? { kind: 'idNumber', text: p.idNumber } : null), (p) => (p.idNumber ? { kind: 'idTail', text: p.idNumber.slice(-4) } : null),
    (p) => (p.phone ? { kind: 'phone', text: p.phone } : null), (p) => (p.phone ? { kind: 'phoneTail', text: p.phone.slice(-4) } : null), (p) => (p.contacts[0] ? { kind: 'contactPhone', text: p.contacts[0].phone } : null),
    (p) => ({ kind: 'village', text: regions.divisions.name(p.region) ?? p.name }), () => ({ kind: 'nobody', text: '欧阳不在此' }),
  ]
  const samples: Sample[] = []
  for (let i = 0; samples.length < count; i++) {
    const sample = ways[i % ways.length]!(people[Math.floor(i / ways.length) % people.length]!)
    if (sample) samples.push(sample)
  }
  return samples
}

function soundFor(person: DemoPerson): { initials: string; joined: string } {
  const known = prepareElder({ name: person.name, region: person.region, source: 'bench', facts: [], contacts: [], residences: [] }, { today: '2026-01-01', dictionary: { facts: new Map(), perPolicy: [] } })
  if (isRefused(known)) throw new Error(known.refused)
  return { initials: known.initials, joined: known.pinyin }
}

const CLERK: Actor = { id: randomUUID(), name: 'bench', kind: 'person', roles: ['countyClerk'], region: `${REGION}000000`, prefixes: [REGION] }

async function timed(app: App, action: string, input: unknown): Promise<number> {
  const started = performance.now()
  const { answer } = await app.perform({ action, input, actor: CLERK, door: 'cli' })
  if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(answer)}`)
  return performance.now() - started
}

function quantiles(took: readonly { kind: string; ms: number }[]) {
  const of = (list: readonly { ms: number }[], q: number): number => round(quantile(list.map((one) => one.ms), q))
  const kinds = [...new Set(took.map((one) => one.kind))]
  return { searches: took.length, p50Ms: of(took, 0.5), p95Ms: of(took, 0.95), maxMs: of(took, 1), p95MsByKind: Object.fromEntries(kinds.map((kind) => [kind, of(took.filter((one) => one.kind === kind), 0.95)])) }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

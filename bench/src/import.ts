/**
 * `npm run bench -- import [--rows N] [--json]`: a styled list of N made-up people goes through dry run and commit, on
 * PostgreSQL and on the embedded database, while another user looks people up all the time. One JSON line a database. The list is written by a
 * process of its own: making people is no part of what is measured, neither in time nor in memory.
 */
import { todayIn } from '@songbai/calendar'
import { capabilities, CASE_TYPES, readTreeSource, resources, useResources } from '@songbai/capabilities'
import { loadPacks } from '@songbai/packs'
import { createApp, migrateAll, openEmbedded, openServer, type Actor, type App, type Database } from '@songbai/platform/server'
import { generateDemo } from '@songbai/scenarios/demo'
import { exportXlsx, type OutCell } from '@songbai/sheets'
import { spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'

export interface ImportBenchOptions {
  readonly json: boolean
  /** 200,000 unless said; the embedded database gets at most 20,000. */
  readonly rows?: number
  readonly only?: 'server' | 'embedded'
}

interface Phase {
  readonly seconds: number
  readonly rowsPerSecond: number
  readonly cpuSeconds: number
}

interface Figures {
  readonly database: 'server' | 'embedded'
  readonly rows: number
  readonly fileMb: number
  /** Dry run and commit together. */
  readonly seconds: number
  readonly rowsPerSecond: number
  readonly check: Phase
  readonly commit: Phase
  readonly imported: number
  readonly startRssMb: number
  readonly peakRssMb: number
  /** Another user's search and list, asked every 100 ms. */
  readonly waits: { readonly asked: number; readonly p95Ms: number; readonly maxMs: number }
}

const REGION = '500229'
const EMBEDDED_ROWS = 20_000
/** Set for the helper process: where to write the list and be done. */
const LIST_PATH = 'SONGBAI_BENCH_LIST'
const HEADINGS = ['序号', '姓名', '身份证号码', '性别', '出生年月日', '乡镇', '村', '组', '民族', '联系电话', '居住状况', '婚姻状况', '困难身份', '备注1', '备注2', '备注3', '填表人', '日期']

const actorAs = (name: string): Actor => ({ id: randomUUID(), name, kind: 'person', roles: ['countyClerk'], region: `${REGION}000000`, prefixes: [REGION] })

export async function run(options: ImportBenchOptions): Promise<Figures[]> {
  const root = process.env['SONGBAI_ROOT'] ?? process.cwd()
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const asked = process.env[LIST_PATH]
  if (asked !== undefined) {
    await writeList(asked, options.rows ?? 200_000)
    return []
  }
  const figures: Figures[] = []
  for (const kind of ['server', 'embedded'] as const) {
    if (options.only !== undefined && options.only !== kind) continue
    const opened = kind === 'server' ? await temporaryDatabase() : await embeddedDatabase()
    if (opened === null) {
      if (!options.json) console.log('import: no PostgreSQL at DATABASE_URL or 127.0.0.1, measured on the embedded database only')
      continue
    }
    const rows = options.rows ?? 200_000
    const result = await measure(kind, opened.database, kind === 'server' ? rows : Math.min(rows, EMBEDDED_ROWS)).finally(opened.drop)
    figures.push(result)
    console.log(options.json ? JSON.stringify({ bench: 'import', ...result }) : `import on ${kind}: ${result.rows} rows in ${result.seconds} s (${result.rowsPerSecond}/s; dry run ${result.check.seconds} s, commit ${result.commit.seconds} s), peak ${result.peakRssMb} MB, another user waited at most ${result.waits.maxMs} ms`)
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
  const name = `songbai_bench_import_${randomBytes(3).toString('hex')}`
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

async function measure(kind: Figures['database'], database: Database, rows: number): Promise<Figures> {
  await migrateAll(database, capabilities)
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-files-'))
  const app = createApp({ database, capabilities, masterKey: Buffer.alloc(32, 1), filesFolder: folder, log: () => {} })
  const clerk = actorAs('clerk')
  const path = join(folder, 'list.xlsx')
  const written = spawnSync(process.execPath, [process.argv[1]!, 'import', '--rows', String(rows)], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, [LIST_PATH]: path } })
  if (written.status !== 0) throw new Error('the list could not be written')
  const bytes = statSync(path).size
  const file = await app.runAs(clerk, 'files.upload', (tx) => app.files.save(tx, { name: 'list.xlsx', mediaType: 'application/octet-stream', kind: 'upload', content: readFileSync(path) }))
  const memory = watchMemory()
  const reader = watchWaits(app)
  const { batchId } = await ask<{ batchId: string }>(app, clerk, 'imports.inspect', { fileId: file.id })
  await app.tasks.idle()
  const { suggested } = await until<{ state: string; suggested: { choices: (string | null)[] } }>(app, clerk, batchId, 'inspected')
  const setup = { ...suggested, choices: suggested.choices.map((choice) => choice ?? 'skip') }
  const check = await phase(rows, async () => {
    await ask(app, clerk, 'imports.check', { batchId, setup })
    await until(app, clerk, batchId, 'checked')
  })
  const { counts } = await ask<{ counts: { ready: number } }>(app, clerk, 'imports.get', { batchId })
  const commit = await phase(rows, async () => {
    await ask(app, clerk, 'imports.commit', { batchId, count: counts.ready })
    await until(app, clerk, batchId, 'committed')
  })
  const waits = await reader.stop()
  const { startRssMb, peakRssMb } = memory.stop()
  await app.settle()
  rmSync(folder, { recursive: true, force: true })
  const seconds = round(check.seconds + commit.seconds)
  return { database: kind, rows, fileMb: round(bytes / 1e6), seconds, rowsPerSecond: Math.round(rows / seconds), check, commit, imported: counts.ready, startRssMb, peakRssMb, waits }
}

async function phase(rows: number, work: () => Promise<void>): Promise<Phase> {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const seconds = (performance.now() - began) / 1000
  const used = process.cpuUsage(cpu)
  return { seconds: round(seconds), rowsPerSecond: Math.round(rows / seconds), cpuSeconds: round((used.user + used.system) / 1e6) }
}

async function ask<T>(app: App, actor: Actor, action: string, input: unknown): Promise<T> {
  const { answer } = await app.perform({ action, input, actor, door: 'cli' })
  if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(answer)}`)
  return answer.value as T
}

async function until<T extends { state: string }>(app: App, actor: Actor, batchId: string, state: string): Promise<T> {
  for (;;) {
    const batch = await ask<T & { failure: unknown }>(app, actor, 'imports.get', { batchId })
    if (batch.state === state) return batch
    if (batch.state === 'failed' || batch.state === 'unreadable' || batch.failure) throw new Error(JSON.stringify(batch.failure))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The way clerks' lists look: a merged title, eighteen columns, three of them of no use. */
async function writeList(path: string, rows: number): Promise<void> {
  const { regions, packs } = resources()
  const people = generateDemo({ region: REGION, elders: rows, seed: 'import', today: todayIn(Date.now(), 'Asia/Shanghai'), divisions: regions.divisions, factIds: packs.facts.facts.map((fact) => fact.id) })
  const label = (key: string, value: unknown): string => packs.facts.facts.find((fact) => fact.id === key)?.values?.find((one) => one.id === value)?.zh ?? ''
  const lines = function* (): Generator<OutCell[]> {
    let n = 0
    for (const person of people) {
      const fact = (key: string): string => label(key, person.facts.find((one) => one.key === key && one.validTo === null)?.value)
      const [township, village] = [regions.divisions.name(`${person.region.slice(0, 9)}000`), regions.divisions.name(person.region)]
      yield [++n, person.name, person.idNumber ?? '', person.sex === 'male' ? '男' : '女', (person.birthDay ?? '').replaceAll('-', '.'), township ?? '', village ?? '', `${1 + (n % 9)}组`, person.ethnicity, person.phone ?? '',
        fact('livingArrangement'), fact('maritalStatus'), fact('incomeStanding'), '已发', '', '无', '张三', '2026.7.1']
    }
  }
  const handle = openSync(path, 'w')
  await exportXlsx((bytes) => void writeSync(handle, bytes), [{ name: '名单', title: '2026年老年人台账', columns: HEADINGS.map((title) => ({ title })), rows: lines() }])
  closeSync(handle)
}

function watchMemory(): { stop(): { startRssMb: number; peakRssMb: number } } {
  const start = process.memoryUsage.rss()
  let peak = start
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50)
  return { stop: () => (clearInterval(timer), { startRssMb: Math.round(start / 1e6), peakRssMb: Math.round(peak / 1e6) }) }
}

/** Somebody else at the counter: finds a name, opens a page of the list, again and again. */
function watchWaits(app: App): { stop(): Promise<Figures['waits']> } {
  const other = actorAs('other')
  const took: number[] = []
  let going = true
  const names = ['冉', '罗光', '陈德', '李秀', '王']
  const look = (async () => {
    for (let n = 0; going; n++) {
      const began = performance.now()
      await ask(app, other, n % 2 === 0 ? 'elders.search' : 'elders.list', n % 2 === 0 ? { text: names[(n / 2) % names.length] } : { place: '500229110000', limit: 50 })
      took.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()
  return {
    async stop() {
      going = false
      await look
      const sorted = took.sort((a, b) => a - b)
      return { asked: sorted.length, p95Ms: round(sorted[Math.floor(sorted.length * 0.95)] ?? 0), maxMs: round(sorted.at(-1) ?? 0) }
    },
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

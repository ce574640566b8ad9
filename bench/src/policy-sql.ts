/** The same items as one SQL statement on column tables: embedded PostgreSQL, a PostgreSQL server where one is named, DuckDB. */
import { dayNumber, dayOf, latestBirthFor } from '@songbai/calendar'
import { BOOLS, CODES, COUNTIES, FACT_IDS, PARAMS, STACKING_RULES } from '@songbai/policy/bench'
import { addMonthsBack } from './policy-limits.ts'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './policy.ts'
import type { Modules, Skip } from './policy-peers.ts'
import { ITEM_NAMES, tables } from './policy-people.ts'
import type { World } from './policy-own.ts'
import { asSql, type Limits } from './policy-terms.ts'

export function limitsOf(world: World): Limits {
  const { at } = world.columns
  return { at, latestBirth: (age) => dayNumber(latestBirthFor(age, dayOf(at))), lastExpired: (months) => addMonthsBack(at, months) }
}

const column = (fact: string): string => `"${fact.toLowerCase()}"`
const typeOf = (fact: string): string => ((BOOLS as readonly string[]).includes(fact) ? 'boolean' : fact in CODES ? 'smallint' : 'integer')
const TABLE = `create table elder (id integer, county smallint, ${FACT_IDS.map((f) => `${column(f)} ${typeOf(f)}`).join(', ')})`
const PARAM_NAMES = Object.keys(PARAMS)
const PARAM_TABLE = `create table param (county smallint, ${PARAM_NAMES.map((p) => `${p.toLowerCase()} integer`).join(', ')})`
const PARAM_ROWS = `insert into param values ${COUNTIES.map((_, c) => `(${c}, ${PARAM_NAMES.map((p) => PARAMS[p]![c]).join(', ')})`).join(', ')}`

/** Sums of every item. Each stacking rule is a query around the one before; the fence keeps a planner from writing one into the other over and over. */
function sumsQuery(world: World, fence: string): string {
  const limits = limitsOf(world)
  const amount = (a: string | number): string => (typeof a === 'number' ? String(a) : `p.${a.toLowerCase()}`)
  const items = tables(world).map((rows, j) => `case ${rows.map((row) => `when ${asSql(row.when, limits)} then ${amount(row.amount)}`).join(' ')} else 0 end as a${j}`)
  let query = `select e.id, ${items.join(', ')} from elder e join param p on p.county = e.county`
  STACKING_RULES.forEach((rule, g) => {
    const changed = stackColumns(rule)
    query = `select id, ${ITEM_NAMES.map((_, j) => (changed.has(j) ? `${changed.get(j)} as a${j}` : `a${j}`)).join(', ')} from (${query}${fence}) g${g}`
  })
  return `select ${ITEM_NAMES.map((_, j) => `sum(cast(a${j} as bigint)) as s${j}`).join(', ')} from (${query}) x`
}

function stackColumns({ kind, of, limit }: (typeof STACKING_RULES)[number]): Map<number, string> {
  const own = of.map((item) => ITEM_NAMES.indexOf(item))
  const a = own.map((j) => `a${j}`)
  return new Map(own.flatMap((j, i): [number, string][] => {
    if (kind === 'max') return [[j, `case when ${a.flatMap((other, k) => (k === i ? [] : [`${a[i]} ${k < i ? '>' : '>='} ${other}`])).join(' and ')} then ${a[i]} else 0 end`]]
    if (kind === 'first') return i === 0 ? [] : [[j, `case when ${a.slice(0, i).map((x) => `${x} > 0`).join(' or ')} then 0 else ${a[i]} end`]]
    return [[j, i === 0 ? `least(${a[i]}, ${limit})` : `least(${a[i]}, greatest(0, ${limit} - ${a.slice(0, i).join(' - ')}))`]]
  }))
}

/** One line of a person as CSV, which every database reads. */
function csv(world: World, lo: number, hi: number): string {
  const columns = FACT_IDS.map((f) => [world.columns.column(f), typeOf(f)] as const)
  const lines: string[] = []
  for (let i = lo; i < hi; i++) {
    const county = COUNTIES.findIndex((code) => world.population.regions[i]!.startsWith(code))
    lines.push([i, county, ...columns.map(([c, type]) => (type === 'boolean' ? (c[i] === 1 ? 't' : 'f') : c[i]! <= -2_147_483_647 ? '' : c[i]))].join(','))
  }
  return `${lines.join('\n')}\n`
}

const sumsOf = (row: Record<string, unknown>): number[] => ITEM_NAMES.map((_, j) => Number(row[`s${j}`]))

export async function sqlPeers(world: World, modules: Modules, skip: Skip): Promise<Peer[]> {
  const found = [await pglite(world, modules), await server(world, modules, skip), await duckdb(world, modules)]
  return found.filter((peer) => peer !== null)
}

async function pglite(world: World, modules: Modules): Promise<Peer | null> {
  interface Db { exec: (sql: string) => Promise<unknown>; query: <T>(sql: string, args?: unknown[], options?: object) => Promise<{ rows: T[] }>; close: () => Promise<void> }
  const found = await modules<{ PGlite: new () => Db }>('@electric-sql/pglite')
  if (found === null) return null
  const db = new found.PGlite()
  const people = Math.min(100_000, world.population.size)
  await db.exec(`${TABLE}; ${PARAM_TABLE}; ${PARAM_ROWS};`)
  for (let lo = 0; lo < people; lo += 20_000) await db.query(`copy elder from '/dev/blob' csv`, [], { blob: new Blob([csv(world, lo, Math.min(people, lo + 20_000))]) })
  await db.exec('analyze elder')
  const query = sumsQuery(world, ' offset 0')
  return { name: 'PGlite 0.5.16', people, target: 35, run: async () => sumsOf((await db.query<Record<string, unknown>>(query)).rows[0]!), close: () => db.close() }
}

/** SONGBAI_BENCH_DATABASE_URL names a throw-away database; tables are temporary. */
async function server(world: World, modules: Modules, skip: Skip): Promise<Peer | null> {
  const url = process.env['SONGBAI_BENCH_DATABASE_URL']
  if (!url) {
    skip('PostgreSQL', 'SONGBAI_BENCH_DATABASE_URL is not set')
    return null
  }
  interface Client { connect: () => Promise<void>; query: <T>(sql: string, args?: unknown[]) => Promise<{ rows: T[] }>; end: () => Promise<void> }
  const found = await modules<{ default: { Client: new (options: object) => Client } }>('pg')
  if (found === null) return null
  const client = new found.default.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    skip('PostgreSQL', error instanceof Error ? error.message : String(error))
    return null
  }
  const people = Math.min(200_000, world.population.size)
  await client.query(TABLE.replace('create table', 'create temporary table'))
  await client.query(PARAM_TABLE.replace('create table', 'create temporary table'))
  await client.query(PARAM_ROWS)
  const types = ['integer', 'smallint', ...FACT_IDS.map(typeOf)]
  for (let lo = 0; lo < people; lo += 10_000) {
    const rows = csv(world, lo, Math.min(people, lo + 10_000)).trim().split('\n').map((line) => line.split(','))
    await client.query(`insert into elder select * from unnest(${types.map((type, k) => `$${k + 1}::${type}[]`).join(', ')})`, types.map((_, k) => rows.map((row) => (row[k] === '' ? null : row[k]))))
  }
  await client.query('analyze elder')
  await client.query('set max_parallel_workers_per_gather = 0')
  const { pid, version } = (await client.query<{ pid: number; version: string }>(`select pg_backend_pid() as pid, current_setting('server_version') as version`)).rows[0]!
  const query = sumsQuery(world, ' offset 0')
  return { name: `PostgreSQL ${version.split(' ')[0]}`, people, target: 18, run: async () => sumsOf((await client.query<Record<string, unknown>>(query)).rows[0]!), cpuMs: () => cpuOf(pid), close: () => client.end() }
}

/** CPU of a process of this machine, where the system tells it; ticks are hundredths of a second. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

async function duckdb(world: World, modules: Modules): Promise<Peer | null> {
  interface Connection { run: (sql: string) => Promise<unknown>; runAndReadAll: (sql: string) => Promise<{ getRowObjects: () => Record<string, unknown>[] }>; closeSync: () => void }
  const found = await modules<{ DuckDBInstance: { create: (path: string) => Promise<{ connect: () => Promise<Connection> }> } }>('@duckdb/node-api')
  if (found === null) return null
  const db = await (await found.DuckDBInstance.create(':memory:')).connect()
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-'))
  const file = join(folder, 'elders.csv')
  const people = world.population.size
  await db.run(TABLE)
  await db.run(PARAM_TABLE)
  await db.run(PARAM_ROWS)
  for (let lo = 0; lo < people; lo += 100_000) {
    writeFileSync(file, csv(world, lo, Math.min(people, lo + 100_000)))
    await db.run(`copy elder from '${file}' (header false)`)
  }
  rmSync(folder, { recursive: true })
  await db.run('set threads=1')
  const query = sumsQuery(world, '')
  return { name: 'DuckDB 1.5.6', people, target: 5, run: async () => sumsOf((await db.runAndReadAll(query)).getRowObjects()[0]!), close: async () => db.closeSync() }
}

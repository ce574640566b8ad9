/**
 * A whole program in memory for tests. Embedded PostgreSQL from a dump cached per schema; with SONGBAI_TEST_DATABASE_URL set, a
 * fresh database on that server instead, so the same suite proves both. The clock stands still until a test moves it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Actor } from './actor.ts'
import { createApp, migrateAll, PLATFORM_MIGRATIONS, type App } from './app.ts'
import type { Capability } from './capability.ts'
import { openEmbedded, openServer, type Database } from './db/open.ts'
import { newId } from './ids.ts'

export interface TestApp {
  readonly app: App
  readonly clock: { nowMs: number }
  /** Problems and warnings the program logged. */
  readonly logged: Readonly<Record<string, unknown>>[]
  /** Performs and gives back the value; throws with the refusal or problem so that a test fails loudly. */
  must<T = unknown>(actor: Actor, action: string, input?: unknown): Promise<T>
  /** Performs and gives back the code of the refusal or problem, or 'ok'. */
  outcome(actor: Actor, action: string, input?: unknown): Promise<string>
  close(): Promise<void>
}

export const TEST_NOW = Date.UTC(2026, 6, 16, 2, 0) // 2026-07-16 10:00 in China

export async function createTestApp(capabilities: readonly Capability[], nowMs = TEST_NOW): Promise<TestApp> {
  const { database, drop } = await testDatabase(capabilities)
  const folder = mkdtempSync(join(tmpdir(), 'songbai-test-'))
  const clock = { nowMs }
  const logged: Record<string, unknown>[] = []
  const app = createApp({ database, capabilities, masterKey: Buffer.alloc(32, 7), filesFolder: join(folder, 'files'), clock: () => clock.nowMs, log: (line) => void logged.push({ ...line }) })
  const perform = async (actor: Actor, action: string, input: unknown = {}) => (await app.perform({ action, input, actor, door: 'test', commandId: newId(Date.now(), (into) => new Uint8Array(randomBytes(into.length))) })).answer
  return {
    app, clock, logged,
    async must<T>(actor: Actor, action: string, input?: unknown) {
      const answer = await perform(actor, action, input)
      if (answer.ok) return answer.value as T
      throw new Error(`${action}: ${JSON.stringify(answer)} ${JSON.stringify(logged.at(-1) ?? '')}`)
    },
    async outcome(actor, action, input) {
      const answer = await perform(actor, action, input)
      return answer.ok ? 'ok' : 'refusal' in answer ? answer.refusal.code : answer.problem.code
    },
    async close() {
      await app.close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function testDatabase(capabilities: readonly Capability[]): Promise<{ database: Database; drop: () => Promise<void> }> {
  const url = process.env['SONGBAI_TEST_DATABASE_URL']
  if (url) return serverDatabase(url, capabilities)
  const dump = await preparedDump(capabilities)
  return { database: await openEmbedded({ preparedDump: dump }), drop: async () => {} }
}

async function serverDatabase(url: string, capabilities: readonly Capability[]): Promise<{ database: Database; drop: () => Promise<void> }> {
  const name = `songbai_test_${randomBytes(6).toString('hex')}`
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await admin(`create database ${name}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  const database = openServer(target.href, 8)
  await migrateAll(database, capabilities)
  return { database, drop: () => admin(`drop database ${name} with (force)`) }
}

/** Path of an embedded database that has every table, made once for each set of migrations. */
export async function preparedDump(capabilities: readonly Capability[], cacheFolder = join(process.cwd(), '.cache')): Promise<string> {
  const hash = createHash('sha256')
  for (const set of [PLATFORM_MIGRATIONS, ...capabilities]) for (const migration of set.migrations) hash.update(`${set.name}/${migration.number}\n${migration.sql}`)
  const path = join(cacheFolder, `schema-${hash.digest('hex').slice(0, 16)}.tar`)
  if (existsSync(path)) return path
  mkdirSync(cacheFolder, { recursive: true })
  const fresh = await openEmbedded()
  await migrateAll(fresh, capabilities)
  const bytes = await fresh.dump()
  await fresh.close()
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, bytes)
  renameSync(draft, path)
  return path
}

/** A person with these roles over these places. */
export function testActor(roles: readonly string[], region = '500229000000', prefixes: readonly string[] = [region.replace(/(000)+$/, '')], extra: Partial<Actor> = {}): Actor {
  const digest = createHash('sha256').update(JSON.stringify([roles, region, prefixes, extra])).digest('hex')
  return { id: `${digest.slice(0, 8)}-${digest.slice(8, 12)}-7${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`, name: `${roles.join('+')}`, kind: 'person', roles, region, prefixes, ...extra }
}

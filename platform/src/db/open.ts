/**
 * Two sizes, one door: PostgreSQL when a URL is given, else the embedded PGlite in a data folder. Both are reached through the
 * same `pg` pool and the same Kysely dialect. PGlite has ONE connection: a query outside the open transaction would wait for
 * ever, which is why nothing but `openTx` hands out a database.
 */
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { AnyDb } from '../tx.ts'
import { lockFolder, type FolderLock } from './lock.ts'
import { pgTypes } from './pg-types.ts'

export interface Database {
  readonly kind: 'embedded' | 'server'
  readonly db: AnyDb
  readonly pool: pg.Pool
  /**
   * Fresh statistics after many rows were written. Foreign-key checks keep the plan they made while a table was empty, a scan of the whole
   * table, until its statistics change; the embedded database has no autovacuum to change them.
   */
  analyze(): Promise<void>
  /** Whole database as a tar, for a prepared start; embedded only. */
  dump(): Promise<Uint8Array>
  close(): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder of the data; absent: in memory (tests). */
  readonly folder?: string
  /** A prepared dump to start from, about four seconds faster than making a fresh database. */
  readonly preparedDump?: string
}

/** Data lie in memory or on a solid disk: with the default of 4, made for turning ones, the planner reads whole tables where an index would do. */
const RANDOM_PAGE_COST = 1.1

export async function openEmbedded(options: EmbeddedOptions = {}): Promise<Database> {
  let lock: FolderLock | null = null
  if (options.folder !== undefined) {
    mkdirSync(options.folder, { recursive: true })
    lock = lockFolder(options.folder)
  }
  const lite = await PGlite.create({
    ...(options.folder === undefined ? {} : { dataDir: join(options.folder, 'pg') }),
    ...(options.preparedDump === undefined ? {} : { loadDataDir: new Blob([new Uint8Array(readFileSync(options.preparedDump))]) }),
  }).catch((error: unknown) => {
    lock?.release()
    throw error
  })
  await lite.exec(`set random_page_cost = ${RANDOM_PAGE_COST}`)
  const pool = new pg.Pool({ ...createPgConfig(lite), max: 1, types: pgTypes, idleTimeoutMillis: 0 } as unknown as pg.PoolConfig)
  return {
    kind: 'embedded',
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    pool,
    analyze: async () => void (await pool.query('analyze')),
    dump: async () => new Uint8Array(await (await lite.dumpDataDir('none')).arrayBuffer()),
    async close() {
      await pool.end()
      await lite.close()
      lock?.release()
    },
  }
}

export function openServer(url: string, maxConnections = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, types: pgTypes, options: `-c random_page_cost=${RANDOM_PAGE_COST}` })
  // A connection the server closed while idle is replaced by the pool; without a listener Node would end the process.
  pool.on('error', (error) => console.error(JSON.stringify({ level: 'warn', what: 'database connection lost while idle', message: error.message })))
  return {
    kind: 'server',
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    pool,
    analyze: async () => void (await pool.query('analyze')),
    dump: () => Promise.reject(new Error('only the embedded database can be dumped whole')),
    close: () => pool.end(),
  }
}

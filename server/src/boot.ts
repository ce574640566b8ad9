/** Opens everything a program needs, in order: data folder, key, database, tables, reference data. The server and the command line share it. */
import { FolderLockedError, createApp, defaultFilesFolder, migrateAll, MigrationChangedError, newMasterKey, openEmbedded, openServer, operatorActor, type App, type Database } from '@songbai/platform/server'
import { capabilities, CASE_TYPES, loadNewPolicies, readTreeSource, useResources } from '@songbai/capabilities'
import { loadPacks } from '@songbai/packs'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SetupError, type Config } from './config.ts'

export interface Booted {
  readonly app: App
  /** True when the tables were made just now: nobody and nothing is in there. */
  readonly fresh: boolean
  readonly keyMade: string | null
}

export async function boot(config: Config, tell: (key: 'opening' | 'migrating') => void = () => {}): Promise<Booted> {
  prepareFolder(config.dataFolder)
  loadResources(config.root)
  tell('opening')
  const database = await open(config)
  try {
    const { key, made } = await masterKey(config, database)
    tell('migrating')
    await migrateAll(database, capabilities)
    const app = createApp({ database, capabilities, masterKey: key, filesFolder: defaultFilesFolder(config.dataFolder), log: (line) => writeLog(line) })
    const packs = await app.perform({ action: 'policies.loadPacks', input: {}, actor: operatorActor('start'), door: 'cli' })
    if (!packs.answer.ok) throw new Error(`the law packs could not be loaded: ${JSON.stringify(packs.answer)}`)
    await app.runAs(operatorActor('start'), 'policies.loadPacks', loadNewPolicies)
    const fresh = (await app.runAs(operatorActor('start'), 'start', (tx) => tx.rows`select 1 from users.account limit 1`)).length === 0
    return { app, fresh, keyMade: made }
  } catch (error) {
    await database.close()
    throw error instanceof MigrationChangedError ? new SetupError('migrationChanged', { detail: error.message }) : error
  }
}

export function loadResources(root: string): void {
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES, gateway: readGateway() })
}

/** The way to telephones: a county's own gateway for text messages or WeChat. Without one, clerks call, print and send the village. */
function readGateway(env: NodeJS.ProcessEnv = process.env) {
  const [url, secret] = [env['SONGBAI_GATEWAY_URL'], env['SONGBAI_GATEWAY_SECRET']]
  if (!url) return null
  if (!secret || secret.length < 16 || !/^https?:\/\//.test(url)) throw new SetupError('gatewayIncomplete')
  return { url, secret, receipts: env['SONGBAI_GATEWAY_RECEIPTS'] !== '0' }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    writeFileSync(join(folder, '.writable'), '')
  } catch (error) {
    throw new SetupError((error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'diskFull' : 'folderNotWritable', { folder })
  }
}

async function open(config: Config): Promise<Database> {
  if (config.databaseUrl === null) {
    return openEmbedded({ folder: config.dataFolder }).catch((error: unknown) => {
      throw error instanceof FolderLockedError ? new SetupError('folderLocked', { folder: config.dataFolder, pid: error.pid }) : error
    })
  }
  const database = openServer(config.databaseUrl)
  const address = config.databaseUrl.replace(/\/\/[^@/]*@/, '//')
  const version = await database.pool.query<{ v: number }>("select current_setting('server_version_num')::int as v").catch(async (error: unknown) => {
    await database.close()
    throw new SetupError('databaseUnreachable', { address, reason: (error as Error).message || String((error as { code?: string }).code) })
  })
  if (version.rows[0]!.v < 150_000) throw new SetupError('databaseTooOld', { version: Math.floor(version.rows[0]!.v / 10_000) })
  return database
}

/** The master key lies beside the data, never in the database; a missing key beside sealed data stops the start. */
async function masterKey(config: Config, database: Database): Promise<{ key: Buffer; made: string | null }> {
  const file = process.env['SONGBAI_KEY_FILE'] ?? join(config.dataFolder, 'keys', 'master.key')
  if (existsSync(file)) return { key: Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'), made: null }
  const used = await database.pool.query<{ there: boolean }>("select to_regclass('elders.elder') is not null as there")
  if (used.rows[0]!.there && (await database.pool.query('select 1 from elders.elder limit 1')).rows.length > 0) throw new SetupError('keyMissing', { file })
  const key = newMasterKey()
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${key.toString('hex')}\n`, { mode: 0o600 })
  return { key, made: file }
}

function writeLog(line: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)
}

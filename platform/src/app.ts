/** The running program without a door: actions, sequencer, listeners, calendar jobs, long tasks. HTTP and the command line wrap it. */
import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import type { Actor } from './actor.ts'
import type { BoundAction, Capability } from './capability.ts'
import { migrate } from './db/migrate.ts'
import type { Database } from './db/open.ts'
import { createFiles, type Files } from './files.ts'
import { createIds } from './ids.ts'
import { runDueJobs } from './jobs.ts'
import platformSql from './migrations/001_platform.sql?raw'
import screenSql from './migrations/002_screen.sql?raw'
import { deliver, listenersOf } from './outbox.ts'
import { createPerform, runAs, type Perform, type World } from './perform.ts'
import { createSecrets, type SecretKey } from './secrets.ts'
import { sequence } from './sequencer.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { systemCapability } from './system.ts'
import { createTaskRunner, type TaskRunner } from './tasks.ts'
import type { Tx } from './tx.ts'

export interface AppOptions {
  readonly database: Database
  readonly capabilities: readonly Capability[]
  readonly masterKey: SecretKey
  /** Folder of uploads and exports. */
  readonly filesFolder: string
  readonly clock?: () => number
  readonly log?: World['log']
}

export interface App {
  readonly capabilities: readonly Capability[]
  readonly actions: ReadonlyMap<string, BoundAction>
  readonly perform: Perform
  readonly sessions: Sessions
  readonly files: Files
  readonly tasks: TaskRunner
  readonly world: World
  /** A transaction with an actor's scope, for reads of the server itself. */
  runAs<T>(actor: Actor, name: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Numbers what was committed and tells every listener, until nothing is left. */
  settle(): Promise<void>
  /** Runs the calendar jobs that are due in these counties. */
  tick(counties: readonly string[]): Promise<string[]>
  close(): Promise<void>
}

export const PLATFORM_MIGRATIONS = { name: 'platform', migrations: [{ number: 1, sql: platformSql }, { number: 2, sql: screenSql }] }

/** Brings the tables up to date; answers how many steps ran. */
export function migrateAll(database: Database, capabilities: readonly Capability[]): Promise<number> {
  return migrate(database.db, [PLATFORM_MIGRATIONS, ...capabilities])
}

export function createApp(options: AppOptions): App {
  const { database } = options
  const capabilities = [...options.capabilities, systemCapability()]
  const background = createBackground()
  const clock = options.clock ?? Date.now
  const actions = new Map(capabilities.flatMap((capability) => capability.actions.map((action) => [action.spec.name, action] as const)))
  const world: World = {
    database, actions, newId: createIds(clock, randomPool()), secrets: createSecrets(options.masterKey), clock,
    log: options.log ?? ((line) => console.error(JSON.stringify(line))), committed: () => background.wake(),
  }
  const files = createFiles(options.filesFolder, options.masterKey)
  const tasks = createTaskRunner(world, capabilities, files)
  const listeners = listenersOf(capabilities)
  // One round at a time in this process: two would hand the same event to a listener twice.
  let settling: Promise<void> = Promise.resolve()
  const settle = (): Promise<void> => {
    settling = settling.catch(() => {}).then(async () => {
      while ((await sequence(database)) + (await deliver(world, listeners)) > 0);
    })
    return settling
  }
  background.start(async () => {
    await settle()
    tasks.poke()
  }, world.log)
  return {
    capabilities, actions, files, tasks, world, settle,
    perform: createPerform(world),
    sessions: createSessions(database, world.clock),
    runAs: (actor, name, work) => runAs(world, actor, 'clock', name, work),
    tick: (counties) => runDueJobs(world, capabilities, counties),
    async close() {
      await background.stop()
      await tasks.stop()
      await database.close()
    },
  }
}

/** One run at a time; a wake-up during a run causes exactly one more. */
function createBackground() {
  let work: (() => Promise<void>) | null = null
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let log: World['log'] = () => {}
  const wake = (): void => {
    if (stopped || !work) return
    again = true
    running ??= run()
  }
  const run = async (): Promise<void> => {
    while (again && !stopped) {
      again = false
      await work!().catch((error: unknown) => log({ level: 'error', what: 'background', message: (error as Error).message, stack: (error as Error).stack }))
    }
    running = null
  }
  return {
    wake,
    start: (job: () => Promise<void>, logger: World['log']) => {
      work = job
      log = logger
    },
    stop: async () => {
      stopped = true
      await running
    },
  }
}

/** Random bytes by the thousand: one call to the system for 256 ids, not for each. */
function randomPool(): (into: Uint8Array) => Uint8Array {
  const pool = new Uint8Array(4096)
  let used = pool.length
  return (into) => {
    if (used + into.length > pool.length) {
      randomFillSync(pool)
      used = 0
    }
    into.set(pool.subarray(used, used + into.length))
    used += into.length
    return into
  }
}

export function defaultFilesFolder(dataFolder: string): string {
  return join(dataFolder, 'files')
}

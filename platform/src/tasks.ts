/** Runs long work in the background: many small transactions with the starter's own scope, so nobody else waits behind it. */
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import type { Capability } from './capability.ts'
import { openTx } from './db/scope.ts'
import type { Files } from './files.ts'
import { runAs, type World } from './perform.ts'
import type { TaskContext, TaskKind } from './schedule.ts'

const EVERYWHERE = { prefixes: [''] }
const PROGRESS_EVERY_MS = 250

interface TaskRow {
  readonly county: string
  readonly id: string
  readonly kind: string
  readonly input: unknown
  readonly actor: Actor
  readonly saved: unknown
}

export interface TaskRunner {
  /** Takes up what waits, one task after the other; a call while it runs is remembered. */
  poke(): void
  /** Puts tasks a killed process left behind back in the queue. */
  recover(): Promise<void>
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export function createTaskRunner(world: World, capabilities: readonly Capability[], files: Files): TaskRunner {
  const kinds = new Map<string, TaskKind>(capabilities.flatMap((capability) => (capability.tasks ?? []).map((kind) => [kind.kind, kind] as const)))
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const loop = async (): Promise<void> => {
    do {
      again = false
      for (let row = await claim(world); row && !stopped; row = await claim(world)) await runTask(world, kinds.get(row.kind), row, files)
    } while (again && !stopped)
  }
  const poke = (): void => {
    if (stopped) return
    again = true
    running ??= loop().catch((error: unknown) => world.log({ level: 'error', what: 'task runner', message: (error as Error).message })).finally(() => {
      running = null
      if (again && !stopped) poke()
    })
  }
  return {
    poke,
    recover: async () => void (await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) => sql`update platform.task set state = 'waiting' where state = 'running'`.execute(db))),
    idle: async () => {
      while (running) await running
    },
    stop: async () => {
      stopped = true
      await running
    },
  }
}

async function claim(world: World): Promise<TaskRow | null> {
  const now = new Date(world.clock())
  const { rows } = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) => sql<TaskRow>`
    update platform.task set state = 'running', started_at = coalesce(started_at, ${now}), beat_at = ${now}
    where (county, id) in (select county, id from platform.task where state = 'waiting' order by created_at limit 1 for update skip locked)
    returning county, id, kind, input, actor, saved`.execute(db))
  return rows[0] ?? null
}

async function runTask(world: World, kind: TaskKind | undefined, row: TaskRow, files: Files): Promise<void> {
  const context = contextOf(world, row, files)
  try {
    if (!kind) throw new Error(`no task kind ${row.kind}`)
    const result = await kind.run(context as never)
    const cancelled = await context.cancelled()
    await context.flush()
    await finish(world, row, cancelled ? 'cancelled' : 'done', result ?? null, null)
  } catch (error) {
    world.log({ level: 'error', task: row.kind, id: row.id, message: (error as Error).message, stack: (error as Error).stack })
    await kind?.failed?.(context as never).catch((again: Error) => world.log({ level: 'error', task: row.kind, id: row.id, message: again.message, stack: again.stack }))
    await finish(world, row, 'failed', null, (error as Error).message)
  }
}

function contextOf(world: World, row: TaskRow, files: Files): TaskContext<unknown> & { flush(): Promise<void> } {
  let latest: readonly [number, number, Record<string, unknown>] | null = null
  let writtenAt = 0
  const write = async (): Promise<void> => {
    if (!latest) return
    const [done, total, info] = latest
    latest = null
    writtenAt = world.clock()
    await update(world, row, sql`done = ${done}, total = ${total}, info = ${JSON.stringify(info)}::jsonb, beat_at = ${new Date(writtenAt)}`)
  }
  return {
    id: row.id, input: row.input, saved: row.saved, files, analyze: () => world.database.analyze(),
    tx: (work) => runAs(world, row.actor, 'task', row.kind, work),
    async progress(done, total, info = {}) {
      latest = [done, total, info]
      if (world.clock() - writtenAt >= PROGRESS_EVERY_MS) await write()
    },
    flush: write,
    save: (state) => update(world, row, sql`saved = ${JSON.stringify(state)}::jsonb`),
    cancelled: async () => {
      const { rows } = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) => sql<{ asked: boolean }>`select cancel_asked as asked from platform.task where county = ${row.county} and id = ${row.id}`.execute(db))
      return rows[0]?.asked ?? false
    },
  }
}

async function update(world: World, row: TaskRow, set: ReturnType<typeof sql>): Promise<void> {
  await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) => sql`update platform.task set ${set} where county = ${row.county} and id = ${row.id}`.execute(db))
}

function finish(world: World, row: TaskRow, state: string, result: unknown, failure: string | null): Promise<void> {
  return update(world, row, sql`state = ${state}, result = ${JSON.stringify(result)}::jsonb, failure = ${failure}, finished_at = ${new Date(world.clock())}`)
}

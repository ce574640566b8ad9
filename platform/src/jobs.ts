/** Calendar jobs: once a period and county, claimed by a unique row, run as the clock. */
import { monthOf, todayIn } from '@songbai/calendar'
import { sql } from 'kysely'
import { clockActor } from './actor.ts'
import type { Capability } from './capability.ts'
import { openTx } from './db/scope.ts'
import { runAs, type World } from './perform.ts'
import type { EveryJob, Rhythm } from './schedule.ts'

const EVERYWHERE = { prefixes: [''] }

export function periodOf(rhythm: Rhythm, nowMs: number): string {
  const today = todayIn(nowMs, 'Asia/Shanghai')
  if (rhythm === 'day') return today
  if (rhythm === 'month') return monthOf(today)
  return new Date(nowMs).toISOString().slice(0, 16)
}

/** Runs whatever is due for these counties; answers the titles of the jobs it ran. */
export async function runDueJobs(world: World, capabilities: readonly Capability[], counties: readonly string[]): Promise<string[]> {
  const ran: string[] = []
  for (const capability of capabilities) for (const job of capability.jobs ?? []) {
    if (job.type !== 'every') continue
    for (const county of counties) if (await runJob(world, `${capability.name}: ${job.title}`, job, county)) ran.push(job.title)
  }
  return ran
}

async function runJob(world: World, name: string, job: EveryJob, county: string): Promise<boolean> {
  const period = periodOf(job.rhythm, world.clock())
  const claimed = await openTx(world.database.db, 'songbai_platform', EVERYWHERE, async (db) =>
    (await sql`insert into platform.job_run (county, job, period, started_at) values (${county}, ${name}, ${period}, ${new Date(world.clock())}) on conflict do nothing returning 1`.execute(db)).rows.length > 0)
  if (!claimed) return false
  let failure: string | null = null
  try {
    await runAs(world, clockActor(county), 'clock', name, (tx) => job.run(tx, period))
  } catch (error) {
    failure = (error as Error).message
    world.log({ level: 'error', job: name, county, message: failure, stack: (error as Error).stack })
  }
  await openTx(world.database.db, 'songbai_platform', EVERYWHERE, (db) => sql`update platform.job_run set finished_at = ${new Date(world.clock())}, failure = ${failure} where county = ${county} and job = ${name} and period = ${period}`.execute(db))
  return failure === null
}

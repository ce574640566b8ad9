/** Runs and settlements. SQL only. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import type { Decision, RUN_STATES, RunHead, Setup, SheetView, Tally } from './contract.ts'
import { runNumber } from './rules.ts'
import type { SourceId } from './rules-sources.ts'

export interface Run {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly number: string
  readonly source: SourceId
  readonly fileId: string
  readonly fileName: string
  readonly fileBytes: number
  readonly state: (typeof RUN_STATES)[number]
  readonly failure: { readonly code: string; readonly args: Record<string, string | number> } | null
  readonly seen: Buffer | null
  readonly setup: Setup | null
  readonly tally: Tally | null
  readonly taskId: string | null
  readonly createdByName: string
  readonly createdAt: number
  readonly doneAt: number | null
}

const COLUMNS = sql.raw(`county, id, region, number, source, file_id as "fileId", file_name as "fileName", file_bytes as "fileBytes", state, failure, setup, tally, task_id as "taskId",
  created_by_name as "createdByName", created_at as "createdAt", done_at as "doneAt"`)

/** Null when there is none in scope. `lock`: until the transaction ends nobody else changes its state. */
export async function runById(tx: Tx, id: string, lock = false): Promise<Run | null> {
  return (await tx.rows<Run>`select seen, ${COLUMNS} from matching.run where county = ${countyOf(tx.actor.region)} and id = ${id} ${sql.raw(lock ? 'for update' : '')}`)[0] ?? null
}

export async function recentRuns(tx: Tx, limit: number): Promise<Run[]> {
  return tx.rows<Run>`select null as seen, ${COLUMNS} from matching.run where county = ${countyOf(tx.actor.region)} order by created_at desc, id desc limit ${limit}`
}

/** Runs as shown, with what is still open and what somebody is asking about. */
export async function headsOf(tx: Tx, runs: readonly Run[]): Promise<RunHead[]> {
  const counts = await tx.rows<{ run: string; open: number; waiting: number }>`
    select run_id as run, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'waiting')::int as waiting from matching.row
    where county = ${countyOf(tx.actor.region)} and run_id = any(${runs.map((one) => one.id)}::uuid[]) and state in ('open', 'waiting') group by run_id`
  const by = new Map(counts.map((one) => [one.run, one]))
  return runs.map((run) => ({
    id: run.id, number: run.number, source: run.source, fileName: run.fileName, fileBytes: run.fileBytes, state: run.state, place: run.setup?.place ?? run.region, createdBy: run.createdByName, createdAt: run.createdAt, doneAt: run.doneAt,
    taskId: run.taskId, tally: run.tally, open: by.get(run.id)?.open ?? 0, waiting: by.get(run.id)?.waiting ?? 0,
  }))
}

export async function addRun(tx: Tx, source: SourceId, file: { readonly id: string; readonly name: string; readonly bytes: number }): Promise<string> {
  const id = tx.newId()
  const county = countyOf(tx.actor.region)
  const [{ nth } = { nth: 0 }] = await tx.rows<{ nth: number }>`select count(*)::int as nth from matching.run where county = ${county} and number like ${`${runNumber(tx.today, 0).slice(0, -2)}%`}`
  await tx.rows`insert into matching.run (county, id, region, number, source, file_id, file_name, file_bytes, state, created_by, created_by_name, created_at)
    values (${county}, ${id}, ${tx.actor.region}, ${runNumber(tx.today, nth + 1)}, ${source}, ${file.id}, ${file.name}, ${file.bytes}, 'reading', ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
  return id
}

export interface Change {
  readonly state?: Run['state']
  readonly failure?: Run['failure']
  readonly seen?: Buffer
  readonly setup?: Setup
  readonly tally?: Tally
  readonly taskId?: string
  readonly doneAt?: number
}

/** Sets what is named; the rest stays. */
export async function changeRun(tx: Tx, id: string, change: Change): Promise<void> {
  await tx.rows`update matching.run set state = coalesce(${change.state ?? null}, state), failure = case when ${change.failure !== undefined} then ${JSON.stringify(change.failure ?? null)}::jsonb else failure end,
    seen = coalesce(${change.seen ?? null}::bytea, seen), setup = coalesce(${change.setup ? JSON.stringify(change.setup) : null}::jsonb, setup), tally = coalesce(${change.tally ? JSON.stringify(change.tally) : null}::jsonb, tally),
    task_id = coalesce(${change.taskId ?? null}::uuid, task_id), done_at = coalesce(${change.doneAt === undefined ? null : new Date(change.doneAt)}::timestamptz, done_at)
    where county = ${countyOf(tx.actor.region)} and id = ${id}`
}

export function openSheets(tx: Tx, run: Run): SheetView[] {
  return run.seen ? (JSON.parse(tx.secrets.openForCounty(run.county, run.seen)) as SheetView[]) : []
}

export function sealSheets(tx: Tx, sheets: readonly SheetView[]): Buffer {
  return tx.secrets.sealForCounty(countyOf(tx.actor.region), JSON.stringify(sheets))
}

export interface Settlement {
  readonly id: string
  readonly runId: string
  readonly region: string
  readonly decision: Decision
  readonly reason: string
  readonly rows: number
  readonly batchId: string | null
  readonly by: string
  readonly at: number
  readonly undoneAt: number | null
}

const SETTLEMENT = sql.raw('id, run_id as "runId", region, decision, reason, rows, batch_id as "batchId", decided_by_name as by, decided_at as at, undone_at as "undoneAt"')

export async function addSettlement(tx: Tx, one: { readonly id: string; readonly runId: string; readonly region: string; readonly decision: Decision; readonly reason: string; readonly rows: number; readonly batchId?: string | null }): Promise<void> {
  await tx.rows`insert into matching.settlement (county, id, region, run_id, decision, reason, rows, batch_id, decided_by, decided_by_name, decided_at)
    values (${countyOf(tx.actor.region)}, ${one.id}, ${one.region}, ${one.runId}, ${one.decision}, ${one.reason}, ${one.rows}, ${one.batchId ?? null}, ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
}

export async function countSettled(tx: Tx, id: string, more: number): Promise<void> {
  await tx.rows`update matching.settlement set rows = rows + ${more} where county = ${countyOf(tx.actor.region)} and id = ${id}`
}

export async function settlementById(tx: Tx, id: string, lock = false): Promise<Settlement | null> {
  return (await tx.rows<Settlement>`select ${SETTLEMENT} from matching.settlement where county = ${countyOf(tx.actor.region)} and id = ${id} ${sql.raw(lock ? 'for update' : '')}`)[0] ?? null
}

export async function settlementsOf(tx: Tx, runId: string, limit: number): Promise<Settlement[]> {
  return tx.rows<Settlement>`select ${SETTLEMENT} from matching.settlement where county = ${countyOf(tx.actor.region)} and run_id = ${runId} and rows > 0 order by decided_at desc, id desc limit ${limit}`
}

export async function markUndone(tx: Tx, id: string): Promise<void> {
  await tx.rows`update matching.settlement set undone_at = ${new Date(tx.nowMs)}, undone_by_name = ${tx.actor.name} where county = ${countyOf(tx.actor.region)} and id = ${id}`
}

export async function setBatch(tx: Tx, settlementId: string, batchId: string): Promise<void> {
  await tx.rows`update matching.settlement set batch_id = ${batchId} where county = ${countyOf(tx.actor.region)} and id = ${settlementId}`
}

/** Batches, slices and remembered headings. SQL only. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import type { BatchHead, BatchState, Counts, Setup, SheetView } from './contract.ts'
import { batchNumber } from './rules.ts'

/** What a look into the file found. */
export interface Seen {
  readonly kind: string
  readonly encoding: string | null
  readonly sheets: readonly SheetView[]
}

export interface Tally {
  readonly counts: Counts
  /** Rows by code of what was changed by rule; these rows are not all kept. */
  readonly repairedKinds: Readonly<Record<string, number>>
}

export interface Batch {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly number: string
  readonly fileId: string
  readonly fileName: string
  readonly fileBytes: number
  readonly state: BatchState
  readonly failure: { readonly code: string; readonly args: Record<string, string | number> } | null
  readonly seen: Buffer | null
  readonly setup: Setup | null
  readonly tally: Tally | null
  readonly taskId: string | null
  readonly createdByName: string
  readonly createdAt: number
  readonly committedAt: number | null
  readonly undoneAt: number | null
  readonly undoReason: string | null
}

const COLUMNS = sql.raw(`county, id, region, number, file_id as "fileId", file_name as "fileName", file_bytes as "fileBytes", state, failure, setup, counts as tally, task_id as "taskId",
  created_by_name as "createdByName", created_at as "createdAt", committed_at as "committedAt", undone_at as "undoneAt", undo_reason as "undoReason"`)

/** Null when there is none in scope. `lock`: until the transaction ends nobody else changes its state. */
export async function batchById(tx: Tx, id: string, lock = false): Promise<Batch | null> {
  return (await tx.rows<Batch>`select seen, ${COLUMNS} from imports.batch where county = ${countyOf(tx.actor.region)} and id = ${id} ${sql.raw(lock ? 'for update' : '')}`)[0] ?? null
}

export async function recentBatches(tx: Tx, limit: number): Promise<Omit<Batch, 'seen'>[]> {
  return tx.rows<Omit<Batch, 'seen'>>`select ${COLUMNS} from imports.batch where county = ${countyOf(tx.actor.region)} order by created_at desc, id desc limit ${limit}`
}

export function headOf(batch: Omit<Batch, 'seen'>): BatchHead {
  const { id, number, fileName, fileBytes, state, createdByName, createdAt, committedAt, undoneAt, undoReason, taskId, tally } = batch
  return { id, number, fileName, fileBytes, state, createdBy: createdByName, createdAt, committedAt, undoneAt, undoReason, taskId, counts: tally?.counts ?? null }
}

export interface FileInfo {
  readonly id: string
  readonly name: string
  readonly bytes: number
}

export async function addBatch(tx: Tx, region: string, file: FileInfo): Promise<string> {
  const id = tx.newId()
  const county = countyOf(tx.actor.region)
  const [{ nth } = { nth: 0 }] = await tx.rows<{ nth: number }>`select count(*)::int as nth from imports.batch where county = ${county} and number like ${`${batchNumber(tx.today, 0).slice(0, -2)}%`}`
  await tx.rows`insert into imports.batch (county, id, region, number, file_id, file_name, file_bytes, state, created_by, created_by_name, created_at)
    values (${county}, ${id}, ${region}, ${batchNumber(tx.today, nth + 1)}, ${file.id}, ${file.name}, ${file.bytes}, 'reading', ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
  return id
}

export interface Change {
  readonly state?: BatchState
  readonly failure?: Batch['failure']
  readonly seen?: Buffer
  readonly setup?: Setup
  readonly tally?: Tally
  readonly taskId?: string
  readonly fileId?: string
  readonly checkedAt?: number
  readonly committedAt?: number | null
  readonly undoneAt?: number
  readonly undoReason?: string
}

/** Sets what is named; the rest stays. */
export async function changeBatch(tx: Tx, id: string, change: Change): Promise<void> {
  const at = (ms: number | null | undefined): Date | null => (typeof ms === 'number' ? new Date(ms) : null)
  await tx.rows`update imports.batch set
    state = coalesce(${change.state ?? null}, state), failure = case when ${change.failure !== undefined} then ${JSON.stringify(change.failure ?? null)}::jsonb else failure end,
    seen = coalesce(${change.seen ?? null}::bytea, seen), setup = coalesce(${change.setup ? JSON.stringify(change.setup) : null}::jsonb, setup), counts = coalesce(${change.tally ? JSON.stringify(change.tally) : null}::jsonb, counts),
    task_id = coalesce(${change.taskId ?? null}::uuid, task_id), checked_at = coalesce(${at(change.checkedAt)}::timestamptz, checked_at),
    committed_at = case when ${change.committedAt !== undefined} then ${at(change.committedAt)}::timestamptz else committed_at end,
    undone_at = coalesce(${at(change.undoneAt)}::timestamptz, undone_at), undo_reason = coalesce(${change.undoReason ?? null}, undo_reason)
    where county = ${countyOf(tx.actor.region)} and id = ${id}`
}

export function openSeen(tx: Tx, batch: Batch): Seen | null {
  return batch.seen ? (JSON.parse(tx.secrets.openForCounty(batch.county, batch.seen)) as Seen) : null
}

export function sealSeen(tx: Tx, seen: Seen): Buffer {
  return tx.secrets.sealForCounty(countyOf(tx.actor.region), JSON.stringify(seen))
}

export interface Slice {
  readonly fromRow: number
  readonly toRow: number
  readonly rows: readonly number[]
  readonly elderIds: readonly string[]
  readonly added: readonly boolean[]
}

export async function addSlice(tx: Tx, batch: Batch, slice: Slice): Promise<void> {
  await tx.rows`insert into imports.slice (county, batch_id, from_row, region, to_row, rows, elder_ids, added)
    values (${batch.county}, ${batch.id}, ${slice.fromRow}, ${batch.region}, ${slice.toRow}, ${slice.rows}::int[], ${slice.elderIds}::uuid[], ${slice.added}::boolean[])`
}

/** How far a commit came, and how many it brought. */
export async function written(tx: Tx, batch: Pick<Batch, 'county' | 'id'>): Promise<{ toRow: number; imported: number; added: number }> {
  const rows = await tx.rows<{ toRow: number; imported: number; added: number }>`
    select coalesce(max(to_row), 0)::int as "toRow", coalesce(sum(cardinality(rows) - coalesce(cardinality(array_positions(added, true)), 0)), 0)::int as imported, coalesce(sum(cardinality(array_positions(added, true))), 0)::int as added
    from imports.slice where county = ${batch.county} and batch_id = ${batch.id}`
  return rows[0]!
}

export async function forgetSlices(tx: Tx, batch: Batch): Promise<void> {
  await tx.rows`delete from imports.slice where county = ${batch.county} and batch_id = ${batch.id}`
}

export async function templateFor(tx: Tx, fingerprint: string): Promise<(string | null)[] | null> {
  return (await tx.rows<{ fields: (string | null)[] }>`select fields from imports.template where county = ${countyOf(tx.actor.region)} and fingerprint = ${fingerprint} order by saved_at desc limit 1`)[0]?.fields ?? null
}

export async function saveTemplate(tx: Tx, fingerprint: string, fields: readonly (string | null)[]): Promise<void> {
  await tx.rows`insert into imports.template (county, id, region, fingerprint, fields, saved_by, saved_at)
    values (${countyOf(tx.actor.region)}, ${tx.newId()}, ${tx.actor.region}, ${fingerprint}, ${JSON.stringify(fields)}::jsonb, ${tx.actor.id}, ${new Date(tx.nowMs)})`
}

export async function fileInfo(tx: Tx, fileId: string): Promise<FileInfo | null> {
  return (await tx.rows<FileInfo>`select id, name, bytes from platform.file where county = ${countyOf(tx.actor.region)} and id = ${fileId} and removed_at is null`)[0] ?? null
}

/**
 * One commit order. Nobody locks for ordering inside a transaction: after commit this numbers what has become visible, county by
 * county, and chains the audit hashes. A row still in flight is simply numbered later, so a gap cannot be skipped over.
 */
import { canonicalBytes, chainNext, chainStart, createChainChecker, type ChainEntry, type ChainFault } from '@songbai/seal'
import { sm3 } from '@songbai/seal/node'
import { sql } from 'kysely'
import type { Database } from './db/open.ts'
import { openTx } from './db/scope.ts'
import type { AnyDb } from './tx.ts'

const EVERYWHERE = { prefixes: [''] }
const BATCH = 2000

interface AuditRow {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly at: number
  readonly actorId: string
  readonly actorName: string
  readonly actorKind: string
  readonly door: string
  readonly action: string
  readonly outcome: string
  readonly subjectId: string | null
  readonly what: string | null
  readonly purpose: string | null
  readonly commandId: string | null
}

const AUDIT_COLUMNS = sql.raw(`county, id, region, at, actor_id as "actorId", actor_name as "actorName", actor_kind as "actorKind", door, action, outcome, subject_id as "subjectId", what, purpose, command_id as "commandId"`)

/** Numbers everything committed so far; answers how many rows it numbered. */
export async function sequence(database: Database): Promise<number> {
  const counties = await openTx(database.db, 'songbai_platform', EVERYWHERE, async (db) =>
    (await sql<{ county: string }>`select county from platform.audit where seq is null union select county from platform.event where seq is null`.execute(db)).rows)
  let count = 0
  for (const { county } of counties) count += await openTx(database.db, 'songbai_platform', EVERYWHERE, (db) => sequenceCounty(db, county), 60_000)
  return count
}

async function sequenceCounty(db: AnyDb, county: string): Promise<number> {
  await sql`insert into platform.sequence (county, audit_hash) values (${county}, ${chainStart(county, sm3)}) on conflict do nothing`.execute(db)
  const { rows } = await sql<{ auditSeq: number; auditHash: string; eventSeq: number }>`select audit_seq as "auditSeq", audit_hash as "auditHash", event_seq as "eventSeq" from platform.sequence where county = ${county} for update skip locked`.execute(db)
  const state = rows[0]
  if (!state) return 0 // another process is at it
  const events = await sql<{ id: string }>`select id from platform.event where county = ${county} and seq is null order by at, id limit ${BATCH}`.execute(db)
  const lines = await sql<AuditRow>`select ${AUDIT_COLUMNS} from platform.audit where county = ${county} and seq is null order by at, id limit ${BATCH}`.execute(db)
  const numberedEvents = events.rows.map((row, i) => ({ id: row.id, seq: state.eventSeq + 1 + i }))
  let hash = state.auditHash
  const numberedLines = lines.rows.map((row, i) => {
    const prev = hash
    const seq = state.auditSeq + 1 + i
    hash = chainNext(prev, auditBytes(row, seq), sm3)
    return { id: row.id, seq, prev, hash }
  })
  if (numberedEvents.length > 0) await sql`update platform.event e set seq = r.seq from jsonb_to_recordset(${JSON.stringify(numberedEvents)}::jsonb) as r(id uuid, seq bigint) where e.county = ${county} and e.id = r.id`.execute(db)
  if (numberedLines.length > 0) await sql`update platform.audit a set seq = r.seq, prev_hash = r.prev, hash = r.hash from jsonb_to_recordset(${JSON.stringify(numberedLines)}::jsonb) as r(id uuid, seq bigint, prev text, hash text) where a.county = ${county} and a.id = r.id`.execute(db)
  await sql`update platform.sequence set audit_seq = ${state.auditSeq + numberedLines.length}, audit_hash = ${hash}, event_seq = ${state.eventSeq + numberedEvents.length} where county = ${county}`.execute(db)
  return numberedEvents.length + numberedLines.length
}

function auditBytes(row: AuditRow, seq: number): Uint8Array {
  return canonicalBytes({ ...row, seq })
}

export interface AuditCheck {
  readonly county: string
  /** Lines that hold, counted from the first. */
  readonly lines: number
  /** Lines committed but not numbered yet. */
  readonly waiting: number
  readonly fault: { readonly why: ChainFault; readonly seq: number } | null
  readonly headHash: string
}

/** Recomputes the whole chain of one county from its rows; finds any edit, deletion, swap, insertion or cut tail. */
export async function verifyAudit(db: AnyDb, county: string): Promise<AuditCheck> {
  const head = (await sql<{ seq: number; hash: string }>`select audit_seq as seq, audit_hash as hash from platform.sequence where county = ${county}`.execute(db)).rows[0]
  const waiting = (await sql<{ n: number }>`select count(*)::int as n from platform.audit where county = ${county} and seq is null`.execute(db)).rows[0]!.n
  const checker = createChainChecker(chainStart(county, sm3), sm3, head && head.seq > 0 ? [head] : [])
  for await (const entry of auditEntries(db, county)) if (checker.add(entry)) break
  const result = checker.end()
  return result.ok
    ? { county, lines: result.count, waiting, fault: null, headHash: result.head }
    : { county, lines: result.brokenAt - 1, waiting, fault: { why: result.why, seq: result.brokenAt }, headHash: head?.hash ?? '' }
}

async function* auditEntries(db: AnyDb, county: string): AsyncGenerator<ChainEntry> {
  let last = 0
  for (;;) {
    const { rows } = await sql<AuditRow & { seq: number; prevHash: string; hash: string }>`select ${AUDIT_COLUMNS}, seq, prev_hash as "prevHash", hash from platform.audit where county = ${county} and seq > ${last} order by seq limit ${BATCH}`.execute(db)
    if (rows.length === 0) return
    for (const { seq, prevHash, hash, ...row } of rows) {
      yield { seq, prev: prevHash, bytes: auditBytes(row, seq), hash }
      last = seq
    }
  }
}

export async function auditedCounties(database: Database): Promise<string[]> {
  return openTx(database.db, 'songbai_platform', EVERYWHERE, async (db) => (await sql<{ county: string }>`select county from platform.sequence order by county`.execute(db)).rows.map((row) => row.county))
}

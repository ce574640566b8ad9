/** Rows to look at and rows that agree. Particulars are sealed with the county key. SQL only. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import type { Decision, ROW_STATES, RowKind } from './contract.ts'
import type { Difference, TheirSide } from './rules-differences.ts'
import type { SourceId, Words } from './rules-sources.ts'
import type { Run } from './store.ts'

type RowState = (typeof ROW_STATES)[number]

/** What is sealed of a row. */
export interface Kept {
  readonly theirs: TheirSide | null
  readonly differences: readonly Difference[]
  readonly why: readonly { readonly text: Words; readonly bits: number }[]
  readonly doubt: string | null
  readonly others: readonly { readonly id: string; readonly bits: number }[]
}

export interface NewRow extends Kept {
  readonly region: string
  readonly row: number | null
  readonly elderId: string | null
  readonly kind: RowKind
  readonly codes: readonly string[]
  readonly personMark: Buffer | null
  readonly valueMark: Buffer | null
  /** A decision about the same matter that still stands. */
  readonly remembered: { readonly settlementId: string; readonly decision: Decision } | null
  readonly waitingFor: string | null
  readonly firstAskedAt: number
}

const hex = (bytes: Buffer | null): string | null => (bytes === null ? null : `\\x${bytes.toString('hex')}`)

export async function addRows(tx: Tx, run: Pick<Run, 'county' | 'id' | 'source'>, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  const lines = rows.map((one) => ({
    id: tx.newId(), region: one.region, row: one.row, elder_id: one.elderId, kind: one.kind, codes: one.codes, person_mark: hex(one.personMark), value_mark: hex(one.valueMark),
    sealed: hex(tx.secrets.sealForCounty(run.county, JSON.stringify({ theirs: one.theirs, differences: one.differences, why: one.why, doubt: one.doubt, others: one.others } satisfies Kept))),
    state: one.remembered ? 'settled' : one.waitingFor ? 'waiting' : 'open', settlement_id: one.remembered?.settlementId ?? null, decision: one.remembered?.decision ?? (one.waitingFor ? 'village' : null), remembered: one.remembered !== null, case_id: one.waitingFor, asked: one.firstAskedAt,
  }))
  await tx.rows`
    insert into matching.row (county, id, region, run_id, source, row, elder_id, kind, codes, person_mark, value_mark, sealed, state, settlement_id, decision, remembered, case_id, first_asked_at, settled_at)
    select ${run.county}, id, region, ${run.id}::uuid, ${run.source}, row, elder_id, kind, codes, person_mark::bytea, value_mark::bytea, sealed::bytea, state, settlement_id, decision, remembered, case_id, to_timestamp(asked / 1000.0), case when state = 'settled' then ${new Date(tx.nowMs)}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(id uuid, region text, row int, elder_id uuid, kind text, codes text[], person_mark text, value_mark text, sealed text, state text, settlement_id uuid, decision text, remembered boolean, case_id uuid, asked double precision)`
}

export async function addAgreed(tx: Tx, run: Run, part: number, rows: readonly number[], elderIds: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  await tx.rows`insert into matching.agreed (county, run_id, part, region, rows, elder_ids) values (${run.county}, ${run.id}, ${part}, ${run.region}, ${rows}::int[], ${elderIds}::uuid[])`
}

export async function forgetRows(tx: Tx, run: Run): Promise<void> {
  await tx.rows`delete from matching.row where county = ${run.county} and run_id = ${run.id}`
  await tx.rows`delete from matching.agreed where county = ${run.county} and run_id = ${run.id}`
}

export interface StoredRow extends Kept {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly runId: string
  readonly source: SourceId
  readonly row: number | null
  readonly elderId: string | null
  readonly kind: RowKind
  readonly codes: string[]
  readonly state: RowState
  readonly settlementId: string | null
  readonly decision: Decision | null
  readonly remembered: boolean
  readonly caseId: string | null
  readonly firstAskedAt: number
  readonly settledAt: number | null
  readonly reason: string | null
  readonly decidedBy: string | null
}

type Line = Omit<StoredRow, keyof Kept> & { readonly sealed: Buffer }

const COLUMNS = sql.raw(`r.county, r.id, r.region, r.run_id as "runId", r.source, r.row, r.elder_id as "elderId", r.kind, r.codes, r.sealed, r.state, r.settlement_id as "settlementId", r.decision, r.remembered, r.case_id as "caseId",
  r.first_asked_at as "firstAskedAt", r.settled_at as "settledAt", s.reason, s.decided_by_name as "decidedBy"`)
const FROM = sql.raw('matching.row r left join matching.settlement s on s.county = r.county and s.id = r.settlement_id')

function opened(tx: Tx, line: Line): StoredRow {
  const { sealed, ...rest } = line
  return { ...rest, ...(JSON.parse(tx.secrets.openForCounty(line.county, sealed)) as Kept) }
}

export interface RowFilter {
  readonly runId?: string | undefined
  readonly source?: SourceId | undefined
  readonly kind?: RowKind | undefined
  readonly code?: string | undefined
  readonly states: readonly RowState[]
}

const where = (tx: Tx, f: RowFilter) => sql`r.county = ${countyOf(tx.actor.region)} and r.state = any(${f.states}::text[]) and (${f.runId ?? null}::uuid is null or r.run_id = ${f.runId ?? null}::uuid) and (${f.source ?? null}::text is null or r.source = ${f.source ?? null})
  and (${f.kind ?? null}::text is null or r.kind = ${f.kind ?? null}) and (${f.code ?? null}::text is null or r.codes[1] = ${f.code ?? null})`

/** Oldest questions first: ids are made in the order of the runs and of their lists. */
export async function rowsOf(tx: Tx, filter: RowFilter, afterId: string | null, limit: number): Promise<StoredRow[]> {
  const lines = await tx.rows<Line>`select ${COLUMNS} from ${FROM} where ${where(tx, filter)} and (${afterId}::uuid is null or r.id > ${afterId}::uuid) order by r.id limit ${limit}`
  return lines.map((line) => opened(tx, line))
}

export async function countRows(tx: Tx, filter: RowFilter): Promise<number> {
  return (await tx.rows<{ n: number }>`select count(*)::int as n from matching.row r where ${where(tx, filter)}`)[0]!.n
}

export async function rowsById(tx: Tx, ids: readonly string[]): Promise<StoredRow[]> {
  const lines = await tx.rows<Line>`select ${COLUMNS} from ${FROM} where r.county = ${countyOf(tx.actor.region)} and r.id = any(${ids}::uuid[]) order by r.id for update of r`
  return lines.map((line) => opened(tx, line))
}

export async function rowsOfSettlement(tx: Tx, settlementId: string, limit: number): Promise<StoredRow[]> {
  const lines = await tx.rows<Line>`select ${COLUMNS} from ${FROM} where r.county = ${countyOf(tx.actor.region)} and r.settlement_id = ${settlementId} and r.state in ('settled', 'waiting') order by r.id limit ${limit}`
  return lines.map((line) => opened(tx, line))
}

/** Rows by kind and first code. */
export async function groupsOf(tx: Tx, runId: string): Promise<{ kind: RowKind; code: string; open: number; waiting: number; settled: number }[]> {
  return tx.rows<{ kind: RowKind; code: string; open: number; waiting: number; settled: number }>`
    select kind, coalesce(codes[1], '') as code, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state in ('settled', 'carried'))::int as settled
    from matching.row where county = ${countyOf(tx.actor.region)} and run_id = ${runId} group by kind, codes[1] order by open desc, kind, code`
}

export async function settle(tx: Tx, ids: readonly string[], state: RowState, settlementId: string | null, decision: Decision | null, caseIds: ReadonlyMap<string, string> = new Map()): Promise<void> {
  if (ids.length === 0) return
  await tx.rows`
    update matching.row r set state = ${state}, settlement_id = ${settlementId}::uuid, decision = ${decision}, remembered = false, settled_at = case when ${state} = 'settled' then ${new Date(tx.nowMs)}::timestamptz end,
      case_id = coalesce(c.case_id, case when ${state} = 'open' then null else r.case_id end)
    from unnest(${ids}::uuid[], ${ids.map((id) => caseIds.get(id) ?? null)}::uuid[]) as c(id, case_id) where r.county = ${countyOf(tx.actor.region)} and r.id = c.id`
}

/** Pages of the rows that agree: one stored part a page. */
export async function agreedPart(tx: Tx, runId: string, part: number): Promise<{ rows: number[]; elderIds: string[] } | null> {
  return (await tx.rows<{ rows: number[]; elderIds: string[] }>`select rows, elder_ids as "elderIds" from matching.agreed where county = ${countyOf(tx.actor.region)} and run_id = ${runId} and part = ${part}`)[0] ?? null
}

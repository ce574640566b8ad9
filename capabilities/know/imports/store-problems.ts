/** Rows with something to say. Cells and findings are sealed: they hold names and ID numbers. */
import type { Tx } from '@songbai/platform/tx'
import { cellText, type Cell, type Finding } from '@songbai/sheets'
import { sql } from 'kysely'
import type { Decision, ProblemRow, RowState } from './contract.ts'
import { decisionsFor } from './rules.ts'
import type { Batch } from './store.ts'

type Of = Pick<Batch, 'county' | 'id' | 'region'>

export interface Kept {
  readonly cells: readonly Cell[]
  readonly findings: readonly Finding[]
  /** Texts of the file in cells the clerk corrected, by column. */
  readonly was: Readonly<Record<string, string>>
}

export interface NewProblem extends Kept {
  readonly row: number
  readonly state: RowState
  readonly matchId: string | null
}

const LETTER = { error: 'e', question: 'q', repaired: 'r' } as const

export function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((one) => `${LETTER[one.severity]}:${one.code}`))]
}

export function questionsIn(codes: readonly string[]): string[] {
  return codes.filter((code) => code.startsWith('q:')).map((code) => code.slice(2))
}

export async function addProblems(tx: Tx, batch: Of, problems: readonly NewProblem[]): Promise<void> {
  if (problems.length === 0) return
  const lines = problems.map((one) => ({ row: one.row, state: one.state, codes: codesOf(one.findings), sealed: seal(tx, batch, one), fixed: Object.keys(one.was).length > 0, match_id: one.matchId }))
  await tx.rows`insert into imports.problem (county, batch_id, row, region, state, codes, sealed, fixed, match_id)
    select ${batch.county}, ${batch.id}::uuid, row, ${batch.region}, state, codes, sealed::bytea, fixed, match_id from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(row int, state text, codes text[], sealed text, fixed boolean, match_id uuid)
    on conflict (county, batch_id, row) do update set state = excluded.state, codes = excluded.codes, sealed = excluded.sealed, fixed = excluded.fixed, match_id = excluded.match_id, decision = null, decided_by = null, decided_at = null`
}

function seal(tx: Tx, batch: Of, kept: Kept): string {
  return `\\x${tx.secrets.sealForCounty(batch.county, JSON.stringify({ cells: kept.cells, findings: kept.findings, was: kept.was })).toString('hex')}`
}

export async function clearProblems(tx: Tx, batch: Of): Promise<void> {
  await tx.rows`delete from imports.problem where county = ${batch.county} and batch_id = ${batch.id}`
}

export interface StoredProblem extends Kept {
  readonly row: number
  readonly state: RowState
  readonly codes: readonly string[]
  readonly matchId: string | null
  readonly decision: Decision | null
  readonly decidedBy: string | null
}

type Line = Omit<StoredProblem, keyof Kept> & { readonly sealed: Buffer }

const COLUMNS = sql.raw('row, state, codes, sealed, match_id as "matchId", decision, decided_by as "decidedBy"')

function opened(tx: Tx, batch: Of, line: Line): StoredProblem {
  const { sealed, ...rest } = line
  return { ...rest, ...(JSON.parse(tx.secrets.openForCounty(batch.county, sealed)) as Kept) }
}

export interface ProblemFilter {
  /** `e:sheets.id.check_digit`, as kept in codes. */
  readonly codes?: readonly string[] | undefined
  readonly states: readonly RowState[]
  readonly afterRow: number
  readonly limit: number
}

export async function problemsOf(tx: Tx, batch: Of, filter: ProblemFilter): Promise<StoredProblem[]> {
  const lines = await tx.rows<Line>`select ${COLUMNS} from imports.problem where county = ${batch.county} and batch_id = ${batch.id} and state = any(${filter.states}::text[])
    and (${filter.codes ?? null}::text[] is null or codes && ${filter.codes ?? null}::text[]) and row > ${filter.afterRow} order by row limit ${filter.limit}`
  return lines.map((line) => opened(tx, batch, line))
}

export async function countProblems(tx: Tx, batch: Of, filter: Pick<ProblemFilter, 'codes' | 'states'>): Promise<number> {
  const rows = await tx.rows<{ n: number }>`select count(*)::int as n from imports.problem where county = ${batch.county} and batch_id = ${batch.id} and state = any(${filter.states}::text[]) and (${filter.codes ?? null}::text[] is null or codes && ${filter.codes ?? null}::text[])`
  return rows[0]!.n
}

export async function problemAt(tx: Tx, batch: Of, row: number): Promise<StoredProblem | null> {
  const lines = await tx.rows<Line>`select ${COLUMNS} from imports.problem where county = ${batch.county} and batch_id = ${batch.id} and row = ${row} for update`
  return lines[0] ? opened(tx, batch, lines[0]) : null
}

/** Rows by state, and rows by code among those still open. */
export async function openNow(tx: Tx, batch: Of): Promise<{ states: Map<RowState, number>; kinds: { code: string; rows: number }[] }> {
  const states = await tx.rows<{ state: RowState; n: number }>`select state, count(*)::int as n from imports.problem where county = ${batch.county} and batch_id = ${batch.id} group by state`
  const kinds = await tx.rows<{ code: string; rows: number }>`
    select code, count(*)::int as rows from imports.problem p, unnest(p.codes) as code where county = ${batch.county} and batch_id = ${batch.id} and state in ('error', 'question') and code not like 'r:%' group by code order by left(code, 1), rows desc, code`
  return { states: new Map(states.map(({ state, n }) => [state, n])), kinds }
}

export interface OpenLine {
  readonly row: number
  readonly codes: readonly string[]
  readonly state: RowState
  readonly matchId: string | null
}

/** Rows an answer may be given to: those named, or all whose questions are of this kind. */
export async function answerable(tx: Tx, batch: Of, which: { readonly rows?: readonly number[] | undefined; readonly code?: string | undefined }, afterRow: number, limit: number): Promise<OpenLine[]> {
  return tx.rows<OpenLine>`select row, codes, state, match_id as "matchId" from imports.problem where county = ${batch.county} and batch_id = ${batch.id} and state in ('question', 'ready', 'dropped', 'error')
    and (${which.rows ?? null}::int[] is null or row = any(${which.rows ?? null}::int[])) and (${which.code ?? null}::text is null or (state = 'question' and codes @> array[${`q:${which.code ?? ''}`}]::text[])) and row > ${afterRow} order by row limit ${limit} for update`
}

export async function decide(tx: Tx, batch: Of, rows: readonly number[], state: RowState, decision: Decision | null): Promise<void> {
  if (rows.length === 0) return
  await tx.rows`update imports.problem set state = ${state}, decision = ${decision}, decided_by = ${decision === null ? null : tx.actor.name}, decided_at = ${decision === null ? null : new Date(tx.nowMs)}::timestamptz
    where county = ${batch.county} and batch_id = ${batch.id} and row = any(${rows}::int[])`
}

export interface Standing {
  /** Rows that stay out, whatever the reason. */
  readonly out: ReadonlySet<number>
  readonly answers: ReadonlyMap<number, { readonly decision: Decision; readonly matchId: string | null }>
  /** Cells as corrected, by row. */
  readonly fixed: ReadonlyMap<number, readonly Cell[]>
}

/** What was decided, for a commit and for the repaired sheet. */
export async function standing(tx: Tx, batch: Of): Promise<Standing> {
  const rows = await tx.rows<{ row: number; state: RowState; decision: Decision | null; matchId: string | null }>`
    select row, state, decision, match_id as "matchId" from imports.problem where county = ${batch.county} and batch_id = ${batch.id} and (state in ('error', 'question', 'dropped') or decision is not null)`
  const lines = await tx.rows<Line>`select ${COLUMNS} from imports.problem where county = ${batch.county} and batch_id = ${batch.id} and fixed`
  return {
    out: new Set(rows.filter((one) => one.state !== 'ready').map((one) => one.row)),
    answers: new Map(rows.flatMap(({ row, state, decision, matchId }) => (state === 'ready' && decision ? [[row, { decision, matchId }] as const] : []))),
    fixed: new Map(lines.map((line) => [line.row, opened(tx, batch, line).cells])),
  }
}

export function problemView(one: StoredProblem, columns: readonly number[]): ProblemRow {
  const asked = questionsIn(one.codes)
  const wrong = one.codes.some((code) => code.startsWith('e:'))
  return {
    row: one.row, state: one.state, decision: one.decision, decidedBy: one.decidedBy, matchId: one.matchId,
    decisions: one.state === 'skipped' || one.state === 'repaired' || one.state === 'imported' ? [] : wrong ? ['drop'] : decisionsFor(asked),
    cells: columns.map((column) => ({ column, text: cellText(one.cells[column]), was: one.was[String(column)] ?? null })),
    findings: one.findings.map(({ column, severity, code, args }) => ({ column, severity, code, args: { ...args } })),
  }
}

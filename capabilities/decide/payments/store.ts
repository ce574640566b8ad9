/** Batches and their lines; set-based. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'
import type { LineList } from './contract.ts'
import type { BatchState, Line, Part } from './rules.ts'

export interface BatchRow {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly month: string
  readonly items: string[]
  readonly number: string
  readonly state: BatchState
  readonly stale: string | null
  readonly knownOn: string
  readonly taskId: string | null
  readonly lookBack: number
  readonly draftedBy: string
  readonly draftedName: string
  readonly draftedAt: number
  readonly checkedName: string | null
  readonly releasedName: string | null
  readonly releasedAt: number | null
  readonly settledAt: number | null
  readonly people: number | null
  readonly payFen: number | null
}

const BATCH = sql.raw(`county, id, region, month, items, number, state, stale, known_on as "knownOn", task_id as "taskId", look_back as "lookBack", drafted_by as "draftedBy", drafted_name as "draftedName", drafted_at as "draftedAt",
  checked_name as "checkedName", released_name as "releasedName", released_at as "releasedAt", settled_at as "settledAt", people, pay_fen as "payFen"`)

export const countyFor = (tx: Tx): string => countyOf(tx.actor.region)

export async function batches(tx: Tx, where: { readonly id?: string; readonly month?: string | undefined; readonly year?: number | undefined; readonly states?: readonly BatchState[]; readonly items?: readonly string[] }): Promise<BatchRow[]> {
  const parts = [sql`county = ${countyFor(tx)}`]
  if (where.id) parts.push(sql`id = ${where.id}`)
  if (where.month) parts.push(sql`month = ${where.month}`)
  if (where.year) parts.push(sql`month like ${`${where.year}-%`}`)
  if (where.states) parts.push(sql`state = any(${where.states}::text[])`)
  if (where.items) parts.push(sql`items && ${where.items}::text[]`)
  return (await sql<BatchRow>`select ${BATCH} from payments.batch where ${sql.join(parts, sql` and `)} order by month desc, drafted_at desc`.execute(tx.db)).rows
}

export async function insertBatch(tx: Tx, row: { readonly id: string; readonly month: string; readonly items: readonly string[]; readonly taskId: string; readonly lookBack: number }): Promise<void> {
  const county = countyFor(tx)
  const [count] = await tx.rows<{ n: number }>`select count(*)::int as n from payments.batch where county = ${county} and month = ${row.month}`
  const number = `FF-${row.month.replace('-', '')}-${String(count!.n + 1).padStart(2, '0')}`
  await tx.rows`insert into payments.batch (county, id, region, month, items, number, state, known_on, task_id, look_back, drafted_by, drafted_name, drafted_at)
    values (${county}, ${row.id}, ${county.padEnd(12, '0')}, ${row.month}, ${row.items}::text[], ${number}, 'computing', ${tx.today}::date, ${row.taskId}, ${row.lookBack}, ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
}

/** [Y7] One step of a batch, taken by whoever is first: the row must still be in one of the states it may leave. */
export async function moveBatch(tx: Tx, id: string, from: readonly BatchState[], to: BatchState, more: { readonly people?: number; readonly payFen?: number; readonly taskId?: string } = {}): Promise<boolean> {
  const who = to === 'checked' ? sql`, checked_by = ${tx.actor.id}, checked_name = ${tx.actor.name}, checked_at = ${new Date(tx.nowMs)}`
    : to === 'released' ? sql`, released_by = ${tx.actor.id}, released_name = ${tx.actor.name}, released_at = ${new Date(tx.nowMs)}`
    : to === 'exported' ? sql`, exported_at = coalesce(exported_at, ${new Date(tx.nowMs)}::timestamptz)`
    : to === 'settled' ? sql`, settled_at = ${new Date(tx.nowMs)}, settled_name = ${tx.actor.name}`
    : to === 'dropped' ? sql`, dropped_at = ${new Date(tx.nowMs)}, dropped_name = ${tx.actor.name}`
    // Worked out anew: whoever set it going is who drafted it now.
    : to === 'computing' ? sql`, stale = null, known_on = ${tx.today}::date, task_id = ${more.taskId ?? null}::uuid, drafted_by = ${tx.actor.id}, drafted_name = ${tx.actor.name}, drafted_at = ${new Date(tx.nowMs)}, checked_by = null, checked_name = null, checked_at = null`
    : sql``
  const { rows } = await sql`update payments.batch set state = ${to}, people = coalesce(${more.people ?? null}::int, people), pay_fen = coalesce(${more.payFen ?? null}::bigint, pay_fen) ${who} where county = ${countyFor(tx)} and id = ${id} and state = any(${from}::text[]) ${to === 'released' ? sql`and stale is null and drafted_by <> ${tx.actor.id}` : sql``} returning 1 as done`.execute(tx.db)
  return rows.length > 0
}

/** The batch as it is now, held until this transaction ends. */
export async function lockBatch(tx: Tx, id: string): Promise<BatchState | null> {
  return (await tx.rows<{ state: BatchState }>`select state from payments.batch where county = ${countyFor(tx)} and id = ${id} for update`)[0]?.state ?? null
}

/** New facts about somebody in an open batch: it must be worked out again before money goes. */
export async function markStale(tx: Tx, elderIds: readonly string[], why: string): Promise<number> {
  const done = await tx.rows`update payments.batch b set stale = ${why}, state = case state when 'checked' then 'draft' else state end where state in ('draft', 'checked', 'computing') and stale is null
    and exists (select from payments.grant g where g.county = b.county and g.item = any(b.items) and g.elder_id = any(${elderIds}::uuid[])) returning 1 as done`
  return done.length
}

export async function markOthersStale(tx: Tx, batch: BatchRow): Promise<void> {
  await tx.rows`update payments.batch set stale = 'otherReleased', state = case state when 'checked' then 'draft' else state end where county = ${batch.county} and id <> ${batch.id} and items && ${batch.items}::text[] and state in ('computing', 'draft', 'checked')`
}

export async function clearLines(tx: Tx, batchId: string): Promise<void> {
  await tx.rows`delete from payments.part where county = ${countyFor(tx)} and batch_id = ${batchId}`
  await tx.rows`delete from payments.line where county = ${countyFor(tx)} and batch_id = ${batchId}`
}

export interface NewLine extends Line {
  readonly grantId: string
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly accountId: string | null
  readonly versionId: string | null
  readonly wasFen: number | null
}

export async function insertLines(tx: Tx, batchId: string, month: string, lines: readonly NewLine[]): Promise<void> {
  const county = countyFor(tx)
  const rows = lines.map((one) => ({ id: tx.newId(), line: one }))
  await tx.rows`insert into payments.line (county, id, region, batch_id, grant_id, elder_id, item, month, account_id, due_fen, arrears_fen, again_fen, offset_fen, over_fen, pay_fen, code, days, version_id, held, stopped, was_fen)
    select ${county}, id, region, ${batchId}::uuid, grant_id, elder, item, ${month}, account, due, arrears, again, off, over, pay, code, days, version, held, stopped, was
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ id, line: l }) => ({ id, region: l.region, grant_id: l.grantId, elder: l.elderId, item: l.item, account: l.accountId, due: l.dueFen, arrears: l.arrearsFen, again: l.againFen, off: l.offsetFen, over: l.overFen, pay: l.payFen, code: l.code, days: l.days, version: l.versionId, held: l.held, stopped: l.stopped, was: l.wasFen })))}::jsonb)
      as r(id uuid, region text, grant_id uuid, elder uuid, item text, account uuid, due bigint, arrears bigint, again bigint, off bigint, over bigint, pay bigint, code text, days int, version uuid, held text, stopped text, was bigint)`
  const parts = rows.flatMap(({ id, line }) => line.parts.map((part: Part) => ({ id: tx.newId(), region: line.region, line: id, grant_id: line.grantId, kind: part.kind, month: part.month, due: part.dueFen, before: part.beforeFen, delta: part.deltaFen, code: part.code, days: part.days, ref: part.refId })))
  await tx.rows`insert into payments.part (county, id, region, batch_id, line_id, grant_id, kind, month, due_fen, before_fen, delta_fen, code, days, ref_id)
    select ${county}, id, region, ${batchId}::uuid, line, grant_id, kind, month, due, before, delta, code, days, ref
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as r(id uuid, region text, line uuid, grant_id uuid, kind text, month text, due bigint, before bigint, delta bigint, code text, days int, ref uuid)`
}

export interface SumRow {
  readonly key: string | null
  readonly people: number
  readonly dueFen: number
  readonly arrearsFen: number
  readonly againFen: number
  readonly offsetFen: number
  readonly overFen: number
  readonly payFen: number
  readonly wasFen: number
  readonly began: number
  readonly ended: number
  readonly changed: number
  readonly same: number
  readonly held: number
  readonly stopped: number
}

/** Held lines pay nothing, so what they would have paid is in no sum. */
const SUMS = sql.raw(`count(*) filter (where pay_fen > 0)::int as people, coalesce(sum(due_fen) filter (where held is null), 0)::bigint as "dueFen", coalesce(sum(arrears_fen) filter (where held is null), 0)::bigint as "arrearsFen", coalesce(sum(again_fen) filter (where held is null), 0)::bigint as "againFen",
  coalesce(sum(offset_fen), 0)::bigint as "offsetFen", coalesce(sum(over_fen), 0)::bigint as "overFen", coalesce(sum(pay_fen), 0)::bigint as "payFen", coalesce(sum(was_fen), 0)::bigint as "wasFen",
  count(*) filter (where held is null and due_fen > 0 and coalesce(was_fen, 0) = 0)::int as began, count(*) filter (where held is null and due_fen = 0 and was_fen > 0)::int as ended, count(*) filter (where held is null and due_fen > 0 and was_fen > 0 and due_fen <> was_fen)::int as changed, count(*) filter (where held is null and due_fen > 0 and due_fen = was_fen)::int as same,
  count(*) filter (where held is not null)::int as held, count(*) filter (where stopped is not null)::int as stopped`)

export async function sumsBy(tx: Tx, batchId: string, by: 'item' | 'township' | 'none'): Promise<SumRow[]> {
  const key = by === 'item' ? sql.raw('item') : by === 'township' ? sql.raw('substr(region, 1, 9)') : sql.raw('null::text')
  return (await sql<SumRow>`select ${key} as key, ${SUMS} from payments.line where county = ${countyFor(tx)} and batch_id = ${batchId} ${by === 'none' ? sql`` : sql`group by 1 order by 1`}`.execute(tx.db)).rows
}

/** What the ledger is told: by township and item. */
export async function postingSums(tx: Tx, batchId: string): Promise<(SumRow & { readonly township: string; readonly item: string; readonly paidFen: number; readonly returnedFen: number })[]> {
  return (await sql<SumRow & { township: string; item: string; paidFen: number; returnedFen: number }>`select substr(region, 1, 9) as township, item, ${SUMS}, coalesce(sum(pay_fen) filter (where outcome = 'paid'), 0)::bigint as "paidFen", coalesce(sum(pay_fen) filter (where outcome = 'returned'), 0)::bigint as "returnedFen"
    from payments.line where county = ${countyFor(tx)} and batch_id = ${batchId} group by 1, 2 order by 1, 2`.execute(tx.db)).rows
}

export async function stopSums(tx: Tx, batchId: string): Promise<{ readonly reason: string; readonly people: number }[]> {
  return tx.rows`select stopped as reason, count(*)::int as people from payments.line where county = ${countyFor(tx)} and batch_id = ${batchId} and stopped is not null group by 1 order by 2 desc, 1`
}

export async function headSums(tx: Tx, ids: readonly string[]): Promise<Map<string, { people: number; payFen: number; held: number; stopped: number }>> {
  const rows = await tx.rows<{ id: string; people: number; payFen: number; held: number; stopped: number }>`select batch_id as id, count(*) filter (where pay_fen > 0)::int as people, sum(pay_fen)::bigint as "payFen", count(*) filter (where held is not null)::int as held, count(*) filter (where stopped is not null)::int as stopped from payments.line where county = ${countyFor(tx)} and batch_id = any(${ids}::uuid[]) group by 1`
  return new Map(rows.map((row) => [row.id, row]))
}

export interface LineRecord {
  readonly id: string
  readonly batchId: string
  readonly grantId: string
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly accountId: string | null
  readonly accountMasked: string | null
  readonly dueFen: number
  readonly arrearsFen: number
  readonly againFen: number
  readonly offsetFen: number
  readonly overFen: number
  readonly payFen: number
  readonly wasFen: number | null
  readonly code: string
  readonly days: number
  readonly versionId: string | null
  readonly held: string | null
  readonly stopped: string | null
  readonly fileNo: number | null
  readonly outcome: string | null
}

const LINE = sql.raw(`l.id, l.batch_id as "batchId", l.grant_id as "grantId", l.elder_id as "elderId", l.region, l.item, l.account_id as "accountId", a.number_masked as "accountMasked", l.due_fen as "dueFen", l.arrears_fen as "arrearsFen", l.again_fen as "againFen", l.offset_fen as "offsetFen", l.over_fen as "overFen", l.pay_fen as "payFen",
  l.was_fen as "wasFen", l.code, l.days, l.version_id as "versionId", l.held, l.stopped, l.file_no as "fileNo", l.outcome`)

export interface LineFilter {
  readonly batchId: string
  readonly list: LineList
  readonly item?: string | undefined
  readonly place?: string | undefined
  readonly stop?: string | undefined
  readonly ids?: readonly string[]
  /** Accounts by their index, and people: what a first question found. */
  readonly marks?: readonly Buffer[]
  readonly people?: readonly string[]
}

const LISTS: Partial<Record<LineList, string>> = {
  pay: 'l.pay_fen > 0', held: 'l.held is not null', stopped: 'l.stopped is not null', began: 'l.held is null and l.due_fen > 0 and coalesce(l.was_fen, 0) = 0', ended: 'l.held is null and l.due_fen = 0 and l.was_fen > 0', changed: 'l.held is null and l.due_fen > 0 and l.was_fen > 0 and l.due_fen <> l.was_fen',
  arrears: 'l.arrears_fen > 0 and l.held is null', offset: 'l.offset_fen > 0', over: 'l.over_fen > 0', again: 'l.again_fen > 0 and l.held is null', returned: "l.outcome = 'returned'", noAccount: "l.held = 'noAccount'", unknown: "l.held = 'unknown'",
}

function where(tx: Tx, filter: LineFilter) {
  const parts = [sql`l.county = ${countyFor(tx)}`, sql`l.batch_id = ${filter.batchId}`]
  const list = LISTS[filter.list]
  if (list) parts.push(sql.raw(list))
  if (filter.marks) parts.push(sql`l.pay_fen > 0 and a.number_index = any(${filter.marks}::bytea[])`)
  if (filter.people) parts.push(sql`l.pay_fen > 0 and l.elder_id = any(${filter.people}::uuid[])`)
  if (filter.item) parts.push(sql`l.item = ${filter.item}`)
  if (filter.place) parts.push(sql`l.region like ${`${prefixOf(filter.place)}%`}`)
  if (filter.stop) parts.push(sql`l.stopped = ${filter.stop}`)
  if (filter.ids) parts.push(sql`l.id = any(${filter.ids}::uuid[])`)
  return sql.join(parts, sql` and `)
}

/**
 * Two questions, not one inside the other: under row-level security the planner expects a single row and would group the batch anew for each
 * line (30 s of 2,000).
 */
export async function narrowed(tx: Tx, filter: LineFilter): Promise<LineFilter> {
  if (filter.list === 'twice') {
    const rows = await tx.rows<{ id: string }>`select distinct elder_id as id from (select elder_id, item from payments.line where county = ${countyFor(tx)} and batch_id = ${filter.batchId} and pay_fen > 0 group by 1, 2 having count(*) > 1) d`
    return { ...filter, people: rows.map((row) => row.id) }
  }
  if (filter.list === 'changedAccount') {
    const rows = await tx.rows<{ id: string }>`select distinct a.elder_id as id from payments.line t join payments.account a on a.county = t.county and a.id = t.account_id where t.county = ${countyFor(tx)} and t.batch_id = ${filter.batchId} and t.pay_fen > 0 and exists (select from payments.account o where o.county = a.county and o.elder_id = a.elder_id and o.superseded_at is not null)`
    const changed = rows.map((row) => row.id)
    const before = await tx.rows<{ id: string }>`select distinct p.elder_id as id from payments.line t join payments.line p on p.county = t.county and p.account_id = t.account_id join payments.batch b on b.county = p.county and b.id = p.batch_id where t.county = ${countyFor(tx)} and t.batch_id = ${filter.batchId} and t.elder_id = any(${changed}::uuid[]) and b.state in ('released', 'exported', 'settled') and b.id <> t.batch_id`
    const known = new Set(before.map((row) => row.id))
    return { ...filter, people: changed.filter((id) => !known.has(id)) }
  }
  if (filter.list === 'sharedAccount') {
    const rows = await tx.rows<{ mark: Buffer }>`select o.number_index as mark from payments.line t join payments.account o on o.county = t.county and o.id = t.account_id where t.county = ${countyFor(tx)} and t.batch_id = ${filter.batchId} and t.pay_fen > 0 group by 1 having count(distinct t.elder_id) > 1`
    return { ...filter, marks: rows.map((row) => row.mark) }
  }
  return filter
}

const JOIN = sql.raw('payments.line l left join payments.account a on a.county = l.county and a.id = l.account_id')

export async function lines(tx: Tx, filter: LineFilter, after: string | undefined, limit: number): Promise<LineRecord[]> {
  const [region, id] = after?.split('|') ?? [null, null]
  return (await sql<LineRecord>`select ${LINE} from ${JOIN} where ${where(tx, filter)} and (${region}::text is null or (l.region, l.id) > (${region}::text collate "C", ${id}::uuid)) order by l.region, l.id limit ${limit}`.execute(tx.db)).rows
}

export async function countLines(tx: Tx, filter: LineFilter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from ${JOIN} where ${where(tx, filter)}`.execute(tx.db)).rows[0]!.n
}

export async function lineById(tx: Tx, id: string): Promise<LineRecord | null> {
  return (await sql<LineRecord>`select ${LINE} from ${JOIN} where l.county = ${countyFor(tx)} and l.id = ${id}`.execute(tx.db)).rows[0] ?? null
}

export async function partsOf(tx: Tx, lineId: string): Promise<Part[]> {
  return tx.rows<Part>`select kind, month, due_fen as "dueFen", before_fen as "beforeFen", delta_fen as "deltaFen", code, days, ref_id as "refId" from payments.part where county = ${countyFor(tx)} and line_id = ${lineId} order by month, kind`
}

/** People who are paid for months after another month; who of them is dead is for the registry to say. */
export async function monthsPaid(tx: Tx, batchId: string): Promise<{ readonly elderId: string; readonly lineId: string; readonly lastMonth: string }[]> {
  return tx.rows`select l.elder_id as "elderId", l.id as "lineId", max(p.month) as "lastMonth" from payments.line l join payments.part p on p.county = l.county and p.line_id = l.id and p.kind in ('month', 'arrears', 'again') where l.county = ${countyFor(tx)} and l.batch_id = ${batchId} and l.pay_fen > 0 group by 1, 2`
}

export async function bankFiles(tx: Tx, batchId: string) {
  return tx.rows<{ id: string; way: 'sent' | 'answer'; layout: string; name: string; fileId: string | null; people: number; payFen: number; by: string; purpose: string; at: number }>`select id, way, layout, name, file_id as "fileId", people, pay_fen as "payFen", by_name as "by", purpose, at from payments.bank_file where county = ${countyFor(tx)} and batch_id = ${batchId} order by at desc`
}

export async function insertBankFile(tx: Tx, row: { readonly batchId: string; readonly way: 'sent' | 'answer'; readonly layout: string; readonly fileId: string | null; readonly name: string; readonly people: number; readonly payFen: number; readonly purpose: string }): Promise<void> {
  const county = countyFor(tx)
  await tx.rows`insert into payments.bank_file (county, id, region, batch_id, way, layout, file_id, name, people, pay_fen, purpose, by_id, by_name, at) values (${county}, ${tx.newId()}, ${county.padEnd(12, '0')}, ${row.batchId}, ${row.way}, ${row.layout}, ${row.fileId}, ${row.name}, ${row.people}, ${row.payFen}, ${row.purpose}, ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
}

/** Numbers of the bank file, once for a batch: the same person has the same number in every file made of it. */
export async function numberLines(tx: Tx, batchId: string): Promise<void> {
  await tx.rows`update payments.line l set file_no = n.no from (select id, row_number() over (order by region, id)::int as no from payments.line where county = ${countyFor(tx)} and batch_id = ${batchId} and pay_fen > 0) n where l.county = ${countyFor(tx)} and l.id = n.id and l.file_no is null`
}

export interface FileRow {
  readonly lineId: string
  readonly no: number
  readonly bank: string
  readonly holder: string
  readonly sealed: Buffer
  readonly wrapped: Buffer
  readonly item: string
  readonly payFen: number
}

export async function fileRows(tx: Tx, batchId: string, after: number, limit: number): Promise<FileRow[]> {
  return tx.rows<FileRow>`select l.id as "lineId", l.file_no as no, a.bank, a.holder, a.number_sealed as sealed, a.key_wrapped as wrapped, l.item, l.pay_fen as "payFen" from payments.line l join payments.account a on a.county = l.county and a.id = l.account_id where l.county = ${countyFor(tx)} and l.batch_id = ${batchId} and l.pay_fen > 0 and l.file_no > ${after} order by l.file_no limit ${limit}`
}

/** Only what reached the account: whoever sees the person sees this, the batch itself is the county's. */
export async function paidOfElder(tx: Tx, elderId: string) {
  return tx.rows<{ month: string; item: string; paidFen: number }>`select month, item, sum(pay_fen)::bigint as "paidFen" from payments.line where elder_id = ${elderId} and outcome = 'paid' group by month, item order by month desc, item`
}

export async function outcomes(tx: Tx, batchId: string): Promise<{ sent: number; sentFen: number; returned: number; returnedFen: number; paid: number; paidFen: number }> {
  return (await tx.rows<{ sent: number; sentFen: number; returned: number; returnedFen: number; paid: number; paidFen: number }>`select count(*) filter (where pay_fen > 0)::int as sent, coalesce(sum(pay_fen), 0)::bigint as "sentFen",
      count(*) filter (where outcome = 'paid')::int as paid, coalesce(sum(pay_fen) filter (where outcome = 'paid'), 0)::bigint as "paidFen", count(*) filter (where outcome = 'returned')::int as returned, coalesce(sum(pay_fen) filter (where outcome = 'returned'), 0)::bigint as "returnedFen"
    from payments.line where county = ${countyFor(tx)} and batch_id = ${batchId}`)[0]!
}

/** What the bank has answered so far and nobody has settled. */
export async function readSoFar(tx: Tx, batchId: string): Promise<{ returned: number; returnedFen: number }> {
  return (await tx.rows<{ returned: number; returnedFen: number }>`select count(*)::int as returned, coalesce(sum(amount_fen), 0)::bigint as "returnedFen" from payments.returned where county = ${countyFor(tx)} and batch_id = ${batchId} and state = 'read'`)[0]!
}

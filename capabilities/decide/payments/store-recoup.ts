/** Money that came back or must come back. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { unreceivedLines } from './store-payees.ts'
import { countyFor } from './store.ts'

export interface ReturnedRecord {
  readonly id: string
  readonly batchId: string
  readonly number: string
  readonly lineId: string
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly amountFen: number
  readonly reason: string
  readonly state: 'read' | 'unclear' | 'open' | 'again' | 'sent' | 'cancelled'
  readonly decidedBy: string | null
  readonly accountMasked: string | null
}

export async function returnedRows(tx: Tx, where: { readonly batchId?: string | undefined; readonly open?: boolean; readonly id?: string }, after: string | undefined, limit: number): Promise<ReturnedRecord[]> {
  return tx.rows<ReturnedRecord>`select r.id, r.batch_id as "batchId", b.number, r.line_id as "lineId", r.elder_id as "elderId", r.region, r.item, r.amount_fen as "amountFen", r.reason, r.state, r.decided_name as "decidedBy", a.number_masked as "accountMasked"
    from payments.returned r join payments.batch b on b.county = r.county and b.id = r.batch_id left join payments.account a on a.county = r.county and a.elder_id = r.elder_id and a.superseded_at is null
    where r.county = ${countyFor(tx)} and (${where.batchId ?? null}::uuid is null or r.batch_id = ${where.batchId ?? null}::uuid) and (${where.id ?? null}::uuid is null or r.id = ${where.id ?? null}::uuid) and (${where.open ?? null}::boolean is null or (r.state in ('read', 'unclear', 'open', 'again')) = ${where.open ?? null})
      and (${after ?? null}::uuid is null or r.id > ${after ?? null}::uuid) order by r.id limit ${limit}`
}

export async function countReturned(tx: Tx, where: { readonly batchId?: string | undefined; readonly open?: boolean }): Promise<{ total: number; amountFen: number }> {
  return (await tx.rows<{ total: number; amountFen: number }>`select count(*)::int as total, coalesce(sum(amount_fen), 0)::bigint as "amountFen" from payments.returned where county = ${countyFor(tx)} and (${where.batchId ?? null}::uuid is null or batch_id = ${where.batchId ?? null}::uuid) and (${where.open ?? null}::boolean is null or (state in ('read', 'unclear', 'open', 'again')) = ${where.open ?? null})`)[0]!
}

export interface AnsweredLine {
  readonly id: string
  readonly no: number
  readonly region: string
  readonly elderId: string
  readonly item: string
  readonly payFen: number
  readonly outcome: 'paid' | 'returned' | null
  readonly returned: ReturnedRecord['state'] | null
}

/** Lines by their number in the bank file, with what the bank said of them so far. */
export async function linesByNo(tx: Tx, batchId: string, nos: readonly number[]): Promise<Map<number, AnsweredLine>> {
  const rows = await tx.rows<AnsweredLine>`select l.id, l.file_no as no, l.region, l.elder_id as "elderId", l.item, l.pay_fen as "payFen", l.outcome, r.state as returned from payments.line l left join payments.returned r on r.county = l.county and r.line_id = l.id where l.county = ${countyFor(tx)} and l.batch_id = ${batchId} and l.file_no = any(${nos}::int[])`
  return new Map(rows.map((row) => [row.no, row]))
}

export interface Answered {
  readonly lineId: string
  readonly state: 'read' | 'unclear' | 'open'
  readonly reason: string
}

/** What the bank says of lines; of a line already asked about the newest word holds, of a decided one the decision. Answers the ids of the rows. */
export async function putAnswers(tx: Tx, rows: readonly Answered[], late: boolean): Promise<Map<string, string>> {
  const done = await tx.rows<{ id: string; lineId: string }>`insert into payments.returned (county, id, region, batch_id, line_id, elder_id, item, grant_id, amount_fen, reason, state, late, read_at)
    select l.county, r.id, l.region, l.batch_id, l.id, l.elder_id, l.item, l.grant_id, l.pay_fen, r.reason, r.state, ${late}, ${new Date(tx.nowMs)}::timestamptz from jsonb_to_recordset(${JSON.stringify(rows.map((row) => ({ ...row, id: tx.newId() })))}::jsonb) as r(id uuid, "lineId" uuid, state text, reason text) join payments.line l on l.county = ${countyFor(tx)} and l.id = r."lineId"
    on conflict (county, line_id) do update set state = excluded.state, reason = excluded.reason, read_at = excluded.read_at where returned.state in ('read', 'unclear') returning id, line_id as "lineId"`
  return new Map(done.map((row) => [row.lineId, row.id]))
}

/** The bank says these arrived after all. */
export async function dropAnswers(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await tx.rows`delete from payments.returned where county = ${countyFor(tx)} and line_id = any(${lineIds}::uuid[]) and state in ('read', 'unclear')`
}

export async function countUnclear(tx: Tx, batchId: string): Promise<number> {
  return (await tx.rows<{ n: number }>`select count(*)::int as n from payments.returned where county = ${countyFor(tx)} and batch_id = ${batchId} and state = 'unclear'`)[0]!.n
}

/** Came back after they were settled. */
export async function linesReturned(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await tx.rows`update payments.line set outcome = 'returned' where county = ${countyFor(tx)} and id = any(${lineIds}::uuid[]) and outcome = 'paid'`
}

/** What the bank answered becomes the outcome of the lines. */
export async function settleLines(tx: Tx, batchId: string): Promise<void> {
  await tx.rows`update payments.line l set outcome = case when exists (select from payments.returned r where r.county = l.county and r.line_id = l.id and r.state = 'read') then 'returned' else 'paid' end where l.county = ${countyFor(tx)} and l.batch_id = ${batchId} and l.pay_fen > 0`
  await tx.rows`update payments.returned set state = 'open' where county = ${countyFor(tx)} and batch_id = ${batchId} and state = 'read'`
}

/** Still undecided and nobody faster. */
export async function decideReturned(tx: Tx, id: string, state: 'again' | 'cancelled', note: string): Promise<boolean> {
  return (await tx.rows`update payments.returned set state = ${state}, note = ${note}, decided_by = ${tx.actor.id}, decided_name = ${tx.actor.name}, decided_at = ${new Date(tx.nowMs)} where county = ${countyFor(tx)} and id = ${id} and state = 'open' returning 1 as done`).length > 0
}

/** Returned money that goes out with this batch. False when it was decided otherwise since the draft. */
export async function sendAgain(tx: Tx, batchId: string): Promise<boolean> {
  const county = countyFor(tx)
  const wanted = (await tx.rows<{ n: number }>`select count(*)::int as n from payments.part where county = ${county} and batch_id = ${batchId} and kind = 'again'`)[0]!.n
  const done = await tx.rows`update payments.returned r set state = 'sent', again_line_id = p.line_id from payments.part p where p.county = ${county} and p.batch_id = ${batchId} and p.kind = 'again' and r.county = p.county and r.id = p.ref_id and r.state = 'again' returning 1 as done`
  return done.length === wanted
}

export interface RecoupRecord {
  readonly county: string
  readonly id: string
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly months: string[]
  readonly amountFen: number
  readonly recoveredFen: number
  readonly writtenOffFen: number
  readonly leftFen: number
  readonly plan: 'undecided' | 'offset' | 'instalments'
  readonly sharePercent: number | null
  readonly monthlyFen: number | null
  readonly state: 'open' | 'closed'
  readonly writeOffBy: string | null
  readonly writeOffName: string | null
  readonly writeOffReason: string | null
  readonly foundAt: number
}

export async function recoups(tx: Tx, where: { readonly id?: string; readonly state?: 'open' | 'closed'; readonly batchId?: string }, after: string | undefined, limit: number): Promise<RecoupRecord[]> {
  return tx.rows<RecoupRecord>`select county, id, elder_id as "elderId", region, item, months, amount_fen as "amountFen", recovered_fen as "recoveredFen", written_off_fen as "writtenOffFen", amount_fen - recovered_fen - written_off_fen as "leftFen", plan, share_percent as "sharePercent", monthly_fen as "monthlyFen", state,
      write_off_by as "writeOffBy", write_off_name as "writeOffName", write_off_reason as "writeOffReason", found_at as "foundAt"
    from payments.recoup where county = ${countyFor(tx)} and (${where.id ?? null}::uuid is null or id = ${where.id ?? null}::uuid) and (${where.state ?? null}::text is null or state = ${where.state ?? null}) and (${where.batchId ?? null}::uuid is null or batch_id = ${where.batchId ?? null}::uuid) and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid) order by id limit ${limit}`
}

export async function recoupForUpdate(tx: Tx, id: string): Promise<RecoupRecord | null> {
  await tx.rows`select 1 from payments.recoup where county = ${countyFor(tx)} and id = ${id} for update`
  return (await recoups(tx, { id }, undefined, 1))[0] ?? null
}

export async function recoupSums(tx: Tx, state: 'open' | 'closed') {
  return (await tx.rows<{ total: number; amountFen: number; recoveredFen: number; writtenOffFen: number; leftFen: number }>`select count(*)::int as total, coalesce(sum(amount_fen), 0)::bigint as "amountFen", coalesce(sum(recovered_fen), 0)::bigint as "recoveredFen", coalesce(sum(written_off_fen), 0)::bigint as "writtenOffFen", coalesce(sum(amount_fen - recovered_fen - written_off_fen), 0)::bigint as "leftFen" from payments.recoup where county = ${countyFor(tx)} and state = ${state}`)[0]!
}

export interface RecoveryRecord {
  readonly recoupId: string
  readonly how: 'offset' | 'cash' | 'writeOff'
  readonly amountFen: number
  readonly on: string
  readonly note: string | null
  readonly by: string
}

export async function recoveriesOf(tx: Tx, ids: readonly string[]): Promise<RecoveryRecord[]> {
  return tx.rows<RecoveryRecord>`select recoup_id as "recoupId", how, amount_fen as "amountFen", on_day as "on", note, by_name as "by" from payments.recovery where county = ${countyFor(tx)} and recoup_id = any(${ids}::uuid[]) order by at, id`
}

/** Claims of a batch: one for each person and item, with the months they come from. */
export async function openClaims(tx: Tx, batchId: string): Promise<number> {
  const county = countyFor(tx)
  const found = await tx.rows<{ elder: string; item: string; region: string; grant: string; fen: number; months: string[] }>`select l.elder_id as elder, l.item, l.region, l.grant_id as grant, sum(-p.delta_fen)::bigint as fen, array_agg(p.month order by p.month) as months
    from payments.part p join payments.line l on l.county = p.county and l.id = p.line_id where p.county = ${county} and p.batch_id = ${batchId} and p.kind = 'overpaid' group by 1, 2, 3, 4`
  await tx.rows`insert into payments.recoup (county, id, region, elder_id, item, batch_id, grant_id, amount_fen, months, plan, state, found_at)
    select ${county}, id, region, elder, item, ${batchId}::uuid, "grant", fen, array(select jsonb_array_elements_text(months)), 'undecided', 'open', ${new Date(tx.nowMs)}::timestamptz from jsonb_to_recordset(${JSON.stringify(found.map((one) => ({ ...one, id: tx.newId() })))}::jsonb) as r(id uuid, region text, elder uuid, item text, "grant" uuid, fen bigint, months jsonb)`
  return found.length
}

/** What this batch keeps back for claims. False when a claim has become smaller since the draft. */
export async function takeOffsets(tx: Tx, batchId: string): Promise<boolean> {
  const county = countyFor(tx)
  const offsets = await tx.rows<{ recoup: string; fen: number; region: string; elder: string }>`select p.ref_id as recoup, sum(-p.delta_fen)::bigint as fen, min(l.region) as region, min(l.elder_id::text)::uuid as elder from payments.part p join payments.line l on l.county = p.county and l.id = p.line_id where p.county = ${county} and p.batch_id = ${batchId} and p.kind = 'offset' group by 1`
  return (await recover(tx, county, offsets.map((one) => ({ ...one, how: 'offset' as const, note: null })), batchId)) === offsets.length
}

/** Takes from what is left of each claim; one that has less left is not touched. Answers how many were. */
export async function recover(tx: Tx, county: string, takes: readonly { readonly recoup: string; readonly fen: number; readonly region: string; readonly elder: string; readonly how: 'offset' | 'cash' | 'writeOff'; readonly note: string | null }[], batchId: string | null): Promise<number> {
  if (takes.length === 0) return 0
  const rows = JSON.stringify(takes.map((one) => ({ ...one, id: tx.newId() })))
  const done = await tx.rows<{ id: string }>`update payments.recoup c set recovered_fen = c.recovered_fen + case r.how when 'writeOff' then 0 else r.fen end, written_off_fen = c.written_off_fen + case r.how when 'writeOff' then r.fen else 0 end,
      state = case when c.amount_fen - c.recovered_fen - c.written_off_fen = r.fen then 'closed' else 'open' end, closed_at = case when c.amount_fen - c.recovered_fen - c.written_off_fen = r.fen then ${new Date(tx.nowMs)}::timestamptz end
    from jsonb_to_recordset(${rows}::jsonb) as r(recoup uuid, fen bigint, how text) where c.county = ${county} and c.id = r.recoup and c.state = 'open' and c.amount_fen - c.recovered_fen - c.written_off_fen >= r.fen returning c.id`
  await tx.rows`insert into payments.recovery (county, id, region, recoup_id, elder_id, how, amount_fen, batch_id, on_day, note, by_id, by_name, at)
    select ${county}, id, region, recoup, elder, how, fen, ${batchId}::uuid, ${tx.today}::date, note, ${tx.actor.id}::uuid, ${tx.actor.name}, ${new Date(tx.nowMs)}::timestamptz from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, region text, recoup uuid, elder uuid, how text, fen bigint, note text) where recoup = any(${done.map((one) => one.id)}::uuid[])`
  return done.length
}

export async function setPlan(tx: Tx, id: string, plan: string, share: number | null, monthly: number | null): Promise<void> {
  await tx.rows`update payments.recoup set plan = ${plan}, share_percent = ${share}, monthly_fen = ${monthly} where county = ${countyFor(tx)} and id = ${id}`
}

export async function setWriteOff(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.rows`update payments.recoup set write_off_by = ${tx.actor.id}, write_off_name = ${tx.actor.name}, write_off_reason = ${reason} where county = ${countyFor(tx)} and id = ${id}`
}

export interface MonthRows {
  readonly what: string
  readonly item: string
  readonly fen: number
}

/** Rows of batches, returns and recoveries of a month, and what stands open now, by item: the other side of the ledger. */
export async function monthRows(tx: Tx, month: string): Promise<MonthRows[]> {
  const county = countyOf(tx.actor.region)
  const zone = 'Asia/Shanghai'
  return tx.rows<MonthRows>`
    with out as (select l.*, to_char(b.released_at at time zone ${zone}, 'YYYY-MM') as released, to_char(b.settled_at at time zone ${zone}, 'YYYY-MM') as settled, b.state, exists (select from payments.returned r where r.county = l.county and r.line_id = l.id and r.late) as late from payments.line l join payments.batch b on b.county = l.county and b.id = l.batch_id where l.county = ${county} and b.state in ('released', 'exported', 'settled'))
    select 'released' as what, item, sum(due_fen + arrears_fen)::bigint as fen from out where released = ${month} and held is null group by item
    union all select 'again', item, sum(again_fen)::bigint from out where released = ${month} and held is null group by item
    union all select 'offset', item, sum(offset_fen)::bigint from out where released = ${month} group by item
    union all select 'paid', item, sum(pay_fen)::bigint from out where settled = ${month} and (outcome = 'paid' or late) group by item
    union all select 'returned', item, sum(pay_fen)::bigint from out where settled = ${month} and outcome = 'returned' and not late group by item
    union all select 'claimed', item, sum(over_fen)::bigint from out where released = ${month} group by item
    union all select 'recovered', c.item, sum(r.amount_fen)::bigint from payments.recovery r join payments.recoup c on c.county = r.county and c.id = r.recoup_id where r.county = ${county} and to_char(r.on_day, 'YYYY-MM') = ${month} and r.how <> 'writeOff' group by c.item
    union all select 'writtenOff', c.item, sum(r.amount_fen)::bigint from payments.recovery r join payments.recoup c on c.county = r.county and c.id = r.recoup_id where r.county = ${county} and to_char(r.on_day, 'YYYY-MM') = ${month} and r.how = 'writeOff' group by c.item
    union all select 'payableNow', item, sum(pay_fen)::bigint from out where state <> 'settled' group by item
    union all select 'returnedNow', item, sum(amount_fen)::bigint from payments.returned where county = ${county} and state in ('open', 'again') group by item
    union all select 'claimNow', item, sum(amount_fen - recovered_fen - written_off_fen)::bigint from payments.recoup where county = ${county} group by item`
}

/** The newest month each person was paid for and was not claimed back; what the bank returned was not paid. */
export async function lastPaidMonths(tx: Tx): Promise<{ readonly elderId: string; readonly lastMonth: string }[]> {
  const back = (await unreceivedLines(tx, null)).map((one) => one.lineId)
  return tx.rows`select "elderId", max(month) as "lastMonth" from (select g.elder_id as "elderId", g.item, p.month from payments.part p join payments.grant g on g.county = p.county and g.id = p.grant_id join payments.batch b on b.county = p.county and b.id = p.batch_id
    where p.county = ${countyFor(tx)} and p.kind in ('month', 'arrears', 'overpaid') and b.state in ('released', 'exported', 'settled') and not (p.line_id = any(${back}::uuid[]) and p.kind <> 'overpaid') group by 1, 2, 3 having sum(p.delta_fen) > 0) m group by 1`
}

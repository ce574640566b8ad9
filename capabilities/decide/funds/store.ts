import { lastOfMonth } from '@songbai/calendar'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { planPostings, shortfalls } from '@songbai/ledger'
import { KINDS, MONEY, type AccountKind, type Bilingual, type FundSource } from './rules.ts'

export interface AccountRow {
  readonly code: string
  readonly book: string
  readonly kind: string
  readonly title: Bilingual
  readonly unit: string
  readonly item: string | null
  readonly year: number | null
  readonly source: FundSource | null
  readonly side: 'debit' | 'credit'
  readonly mayGoBelowZero: boolean
  readonly debits: number
  readonly credits: number
  readonly held: number
  readonly sample: boolean
}

export async function moneyAccounts(tx: Tx, county: string, codes: readonly string[] | null = null): Promise<AccountRow[]> {
  return tx.rows<AccountRow>`select code, book, kind, title, unit, item, year, source, side, may_go_below_zero as "mayGoBelowZero", debits, credits, case side when 'credit' then debits_held else credits_held end as held, sample
    from funds.account where county = ${county} and (${codes}::text[] is null or code = any(${codes}::text[])) and (${codes}::text[] is not null or book = ${MONEY}) order by code`
}

export interface NewAccount {
  readonly code: string
  readonly kind: AccountKind
  readonly title: Bilingual
  readonly item: string | null
  readonly year?: number | null
  readonly source?: string | null
  readonly sample?: boolean
}

/** Opens what is not open yet; two who open the same at once both find it open. */
export async function openAccounts(tx: Tx, county: string, accounts: readonly NewAccount[]): Promise<void> {
  if (accounts.length === 0) return
  const rows = accounts.map((one) => ({ code: one.code, kind: one.kind, title: one.title, side: KINDS[one.kind].side, below: KINDS[one.kind].mayGoBelowZero, item: one.item, year: one.year ?? null, source: one.source ?? null, sample: one.sample ?? false }))
  await tx.rows`insert into funds.account (county, code, region, book, unit, kind, title, side, may_go_below_zero, item, year, source, sample, created_at)
    select ${county}, code, ${county.padEnd(12, '0')}, ${MONEY}, 'fen', kind, title, side, below, item, year, source, sample, ${new Date(tx.nowMs)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, kind text, title jsonb, side text, below boolean, item text, year int, source text, sample boolean) on conflict do nothing`
}

export interface NewTransfer {
  /** Posts a matter once in a county. */
  readonly key: string
  readonly region: string
  readonly debit: string
  readonly credit: string
  readonly amount: number
  readonly kind: string
  readonly item?: string | null
  readonly elderId?: string | null
  readonly refKind?: string | null
  readonly refId?: string | null
  readonly note?: string | null
}

export interface Short {
  readonly account: string
  readonly short: number
}

/**
 * Posts all or nothing: balances move first, each only where it stays above zero, accounts in the order of their codes so that two postings never wait
 * for each other in a circle. Answers what was too small; the caller then refuses, which takes everything back.
 */
export async function postTransfers(tx: Tx, county: string, book: string, transfers: readonly NewTransfer[]): Promise<readonly Short[]> {
  if (transfers.length === 0) return []
  const plan = planPostings(transfers.map((one) => ({ id: one.key, debit: one.debit, credit: one.credit, amount: one.amount })))
  if ('bad' in plan) throw new Error(`transfer ${plan.bad.id} cannot be posted`)
  const codes = plan.deltas.map((one) => one.account)
  await tx.rows`select code from funds.account where county = ${county} and code = any(${codes}::text[]) order by code for update`
  const short = shortfalls((await moneyAccounts(tx, county, codes)).map((one) => ({ ...one, id: one.code })), plan.deltas)
  if (short.length > 0) return short
  const moved = await tx.rows<{ code: string }>`update funds.account a set debits = a.debits + d.debits, credits = a.credits + d.credits
    from jsonb_to_recordset(${JSON.stringify(plan.deltas)}::jsonb) as d(account text, debits bigint, credits bigint) where a.county = ${county} and a.code = d.account and a.book = ${book} returning a.code`
  if (moved.length !== codes.length) throw new Error(`no account ${codes.filter((code) => !moved.some((one) => one.code === code)).join()}`)
  const rows = transfers.map((one) => ({ id: tx.newId(), key: one.key, region: one.region, debit: one.debit, credit: one.credit, amount: one.amount, kind: one.kind, item: one.item ?? null, elder: one.elderId ?? null, ref_kind: one.refKind ?? null, ref: one.refId ?? null, note: one.note ?? null }))
  await tx.rows`insert into funds.transfer (county, id, region, key, book, debit, credit, amount, on_day, kind, item, elder_id, ref_kind, ref_id, note, posted_at, by_id, by_name)
    select ${county}, id, region, key, ${book}, debit, credit, amount, ${tx.today}::date, kind, item, elder, ref_kind, ref, note, ${new Date(tx.nowMs)}, ${tx.actor.id}::uuid, ${tx.actor.name}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, key text, region text, debit text, credit text, amount bigint, kind text, item text, elder uuid, ref_kind text, ref uuid, note text)`
  return []
}

export interface TransferRow {
  readonly id: string
  readonly on: string
  readonly kind: string
  readonly item: string | null
  readonly debit: string
  readonly credit: string
  readonly amount: number
  readonly refKind: string | null
  readonly refId: string | null
  readonly region: string
  readonly note: string | null
  readonly by: string
  readonly at: number
}

/** Oldest first; `before` is what the account had done ahead of the first row. */
export async function statementOf(tx: Tx, county: string, code: string, month: string | null, after: string | null, limit: number): Promise<{ readonly rows: TransferRow[]; readonly total: number; readonly opening: { debits: number; credits: number }; readonly period: { debits: number; credits: number }; readonly skipped: { debits: number; credits: number } }> {
  const [from, upTo] = month === null ? ['0001-01-01', '9999-12-31'] : [`${month}-01`, lastOfMonth(`${month}-01`)]
  const [afterOn, afterId] = after?.split('|') ?? [null, null]
  const [sums] = await tx.rows<{ total: number; od: number; oc: number; pd: number; pc: number; sd: number; sc: number }>`
    select count(*) filter (where on_day >= ${from}::date)::int as total,
      coalesce(sum(amount) filter (where debit = ${code} and on_day < ${from}::date), 0)::bigint as od, coalesce(sum(amount) filter (where credit = ${code} and on_day < ${from}::date), 0)::bigint as oc,
      coalesce(sum(amount) filter (where debit = ${code} and on_day >= ${from}::date), 0)::bigint as pd, coalesce(sum(amount) filter (where credit = ${code} and on_day >= ${from}::date), 0)::bigint as pc,
      coalesce(sum(amount) filter (where debit = ${code} and on_day >= ${from}::date and (on_day, id) <= (${afterOn}::date, ${afterId}::uuid)), 0)::bigint as sd, coalesce(sum(amount) filter (where credit = ${code} and on_day >= ${from}::date and (on_day, id) <= (${afterOn}::date, ${afterId}::uuid)), 0)::bigint as sc
    from funds.transfer where county = ${county} and (debit = ${code} or credit = ${code}) and on_day <= ${upTo}::date`
  const rows = await tx.rows<TransferRow>`select id, on_day as "on", kind, item, debit, credit, amount, ref_kind as "refKind", ref_id as "refId", region, note, by_name as "by", posted_at as "at"
    from funds.transfer where county = ${county} and (debit = ${code} or credit = ${code}) and on_day >= ${from}::date and on_day <= ${upTo}::date and (${afterOn}::date is null or (on_day, id) > (${afterOn}::date, ${afterId}::uuid)) order by on_day, id limit ${limit}`
  return { rows, total: sums!.total, opening: { debits: sums!.od, credits: sums!.oc }, period: { debits: sums!.pd, credits: sums!.pc }, skipped: { debits: sums!.sd, credits: sums!.sc } }
}

export interface KindSum {
  readonly kind: string
  readonly item: string | null
  readonly amount: number
}

export async function sumsOfMonth(tx: Tx, county: string, book: string, month: string): Promise<KindSum[]> {
  return tx.rows<KindSum>`select kind, item, sum(amount)::bigint as amount from funds.transfer where county = ${county} and book = ${book} and on_day between ${`${month}-01`}::date and ${lastOfMonth(`${month}-01`)}::date group by kind, item order by kind, item`
}

export interface BudgetRecord {
  readonly id: string
  readonly source: FundSource
  readonly item: string
  readonly year: number
  readonly amountFen: number
  readonly document: string | null
  readonly sample: boolean
  readonly state: 'draft' | 'approved' | 'dropped'
  readonly draftedBy: string
  readonly draftedName: string
  readonly draftedAt: number
  readonly decidedName: string | null
  readonly decidedAt: number | null
}

export async function budgets(tx: Tx, county: string, where: { readonly year?: number; readonly id?: string }): Promise<BudgetRecord[]> {
  return tx.rows<BudgetRecord>`select id, source, item, year, amount_fen as "amountFen", document, sample, state, drafted_by as "draftedBy", drafted_name as "draftedName", drafted_at as "draftedAt", decided_name as "decidedName", decided_at as "decidedAt"
    from funds.budget where county = ${county} and (${where.year ?? null}::int is null or year = ${where.year ?? null}) and (${where.id ?? null}::uuid is null or id = ${where.id ?? null}::uuid) order by item, source, drafted_at`
}

export async function insertBudget(tx: Tx, county: string, row: Pick<BudgetRecord, 'id' | 'source' | 'item' | 'year' | 'amountFen' | 'document' | 'sample'>): Promise<void> {
  await tx.rows`insert into funds.budget (county, id, region, source, item, year, amount_fen, document, sample, state, drafted_by, drafted_name, drafted_at)
    values (${county}, ${row.id}, ${county.padEnd(12, '0')}, ${row.source}, ${row.item}, ${row.year}, ${row.amountFen}, ${row.document}, ${row.sample}, 'draft', ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
}

/** False when somebody was faster. */
export async function decideBudget(tx: Tx, county: string, id: string, state: 'approved' | 'dropped'): Promise<boolean> {
  const done = await tx.rows`update funds.budget set state = ${state}, decided_by = ${tx.actor.id}, decided_name = ${tx.actor.name}, decided_at = ${new Date(tx.nowMs)} where county = ${county} and id = ${id} and state = 'draft' returning 1 as done`
  return done.length > 0
}

/** Balances as they stand beside what the transfers make of them. */
export async function recount(tx: Tx, county: string): Promise<{ readonly code: string; readonly book: string; readonly debits: number; readonly credits: number; readonly sumDebits: number; readonly sumCredits: number; readonly below: boolean }[]> {
  return tx.rows`with moved as (
      select code, sum(debits)::bigint as debits, sum(credits)::bigint as credits from (
        select debit as code, amount as debits, 0::bigint as credits from funds.transfer where county = ${county} union all select credit, 0, amount from funds.transfer where county = ${county}) m group by code)
    select a.code, a.book, a.debits, a.credits, coalesce(m.debits, 0)::bigint as "sumDebits", coalesce(m.credits, 0)::bigint as "sumCredits", (not a.may_go_below_zero and case a.side when 'credit' then a.credits - a.debits - a.debits_held else a.debits - a.credits - a.credits_held end < 0) as below
    from funds.account a left join moved m on m.code = a.code where a.county = ${county} order by a.code`
}

/** Holds and lots beside what the accounts say of them. */
export async function recountQuotas(tx: Tx, county: string): Promise<{ readonly code: string; readonly held: number; readonly sumHeld: number; readonly left: number; readonly lots: number; readonly aside: number }[]> {
  return tx.rows`select a.code, a.debits_held as held, coalesce(h.held, 0)::bigint as "sumHeld", (a.credits - a.debits) as left, coalesce(l.rest, 0)::bigint as lots, coalesce(l.aside, 0)::bigint as aside
    from funds.account a
    left join (select debit, sum(amount - drawn)::bigint as held from funds.hold where county = ${county} and state = 'open' group by debit) h on h.debit = a.code
    left join (select account, sum(amount - used)::bigint as rest, sum(held)::bigint as aside from funds.lot where county = ${county} group by account) l on l.account = a.code
    where a.county = ${county} and a.expires_to is not null and (a.debits_held <> coalesce(h.held, 0) or a.credits - a.debits <> coalesce(l.rest, 0) or a.debits_held <> coalesce(l.aside, 0))`
}

export async function countTransfers(tx: Tx, county: string): Promise<number> {
  return (await tx.rows<{ n: number }>`select count(*)::int as n from funds.transfer where county = ${county}`)[0]!.n
}

export function countyOfActor(tx: Tx): string {
  return countyOf(tx.actor.region)
}

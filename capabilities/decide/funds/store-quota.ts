/** Quotas: the rows a command names become a book in memory, the ledger decides, what changed goes back. The elder's quota row is locked meanwhile. */
import { Book, type Changes, type Command, type Decision, type Hold, type Lot } from '@songbai/ledger'
import type { Tx } from '@songbai/platform/tx'
import { quotaBook, type Bilingual } from './rules.ts'

export interface QuotaOwner {
  readonly county: string
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly unit: string
}

const TITLES: Readonly<Record<string, Bilingual>> = { quota: { zh: '额度', en: 'Quota' }, granted: { zh: '给出', en: 'Granted' }, used: { zh: '用掉', en: 'Used' }, lapsed: { zh: '过期', en: 'Lapsed' } }

export async function openQuota(tx: Tx, owner: QuotaOwner): Promise<void> {
  const codes = quotaBook(owner.elderId, owner.item)
  const rows = (['quota', 'granted', 'used', 'lapsed'] as const).map((kind) => ({ code: codes[kind], kind, title: TITLES[kind], side: kind === 'granted' ? 'debit' : 'credit', below: kind === 'granted', expires: kind === 'quota' ? codes.lapsed : null }))
  await tx.rows`insert into funds.account (county, code, region, book, unit, kind, title, side, may_go_below_zero, expires_to, item, elder_id, created_at)
    select ${owner.county}, code, ${owner.region}, ${codes.book}, ${owner.unit}, kind, title, side, below, expires, ${owner.item}, ${owner.elderId}, ${new Date(tx.nowMs)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, kind text, title jsonb, side text, below boolean, expires text) on conflict do nothing`
}

interface AccountRecord { readonly code: string; readonly unit: string; readonly side: 'debit' | 'credit'; readonly below: boolean; readonly expires: string | null; readonly debits: number; readonly credits: number; readonly debitsHeld: number; readonly creditsHeld: number }

export interface OpenQuota {
  readonly book: Book
  readonly owner: QuotaOwner
  readonly before: Changes
}

/** Null when the elder has no such quota. `ids`: commands about to be given, so that a double is known. */
export async function loadQuota(tx: Tx, owner: Omit<QuotaOwner, 'unit'>, ids: readonly string[]): Promise<OpenQuota | null> {
  const codes = quotaBook(owner.elderId, owner.item)
  const accounts = await tx.rows<AccountRecord>`select code, unit, side, may_go_below_zero as below, expires_to as expires, debits, credits, debits_held as "debitsHeld", credits_held as "creditsHeld" from funds.account where county = ${owner.county} and book = ${codes.book} order by code for update`
  const [first] = accounts
  if (!first) return null
  const holds = await tx.rows<Hold>`select id, book, debit, credit, amount, drawn, on_day as "on", until_day as until, state, pieces from funds.hold where county = ${owner.county} and book = ${codes.book}`
  const lots = await tx.rows<Lot>`select id, account, expires, amount, used, held from funds.lot where county = ${owner.county} and account = ${codes.quota}`
  const ops = await tx.rows<Changes['ops'][number]>`select id, print, refused from funds.op where county = ${owner.county} and id = any(${ids}::text[])`
  const before: Changes = {
    accounts: accounts.map((one) => ({ id: one.code, book: codes.book, unit: one.unit, side: one.side, mayGoBelowZero: one.below, most: null, caps: [], expiresTo: one.expires })),
    balances: accounts.map((one) => ({ account: one.code, debits: one.debits, credits: one.credits, debitsHeld: one.debitsHeld, creditsHeld: one.creditsHeld })),
    transfers: [], holds, lots, used: [], ops,
  }
  return { book: Book.load(before), owner: { ...owner, unit: first.unit }, before }
}

export function run(quota: OpenQuota, command: Command): Decision {
  return quota.book.do(command)
}

/** Writes what differs from what was read. */
export async function saveQuota(tx: Tx, { book, owner, before }: OpenQuota, kind: (transferId: string) => string, device: string | null = null): Promise<void> {
  const now = book.rows()
  const known = { ops: new Set(before.ops.map((one) => one.id)), holds: new Map(before.holds.map((one) => [one.id, one])), lots: new Map(before.lots.map((one) => [one.id, one])), balances: new Map(before.balances.map((one) => [one.account, one])) }
  const at = new Date(tx.nowMs)
  const balances = now.balances.filter((one) => JSON.stringify(one) !== JSON.stringify(known.balances.get(one.account)))
  await tx.rows`update funds.account a set debits = r.debits, credits = r.credits, debits_held = r.dh, credits_held = r.ch from jsonb_to_recordset(${JSON.stringify(balances.map((one) => ({ code: one.account, debits: one.debits, credits: one.credits, dh: one.debitsHeld, ch: one.creditsHeld })))}::jsonb) as r(code text, debits bigint, credits bigint, dh bigint, ch bigint) where a.county = ${owner.county} and a.code = r.code`
  const transfers = now.transfers.map((one) => ({ id: tx.newId(), key: `quota/${one.id}`, debit: one.debit, credit: one.credit, amount: one.amount, on_day: one.on, kind: kind(one.id), hold: one.hold }))
  await tx.rows`insert into funds.transfer (county, id, region, key, book, debit, credit, amount, on_day, kind, item, elder_id, hold, posted_at, by_id, by_name)
    select ${owner.county}, id, ${owner.region}, key, ${quotaBook(owner.elderId, owner.item).book}, debit, credit, amount, on_day, kind, ${owner.item}, ${owner.elderId}::uuid, hold, ${at}, ${tx.actor.id}::uuid, ${tx.actor.name}
    from jsonb_to_recordset(${JSON.stringify(transfers)}::jsonb) as r(id uuid, key text, debit text, credit text, amount bigint, on_day date, kind text, hold text)`
  const lots = now.lots.filter((one) => known.lots.get(one.id) !== one)
  await tx.rows`insert into funds.lot (county, id, region, account, elder_id, expires, amount, used, held)
    select ${owner.county}, id, ${owner.region}, account, ${owner.elderId}::uuid, expires, amount, used, held from jsonb_to_recordset(${JSON.stringify(lots)}::jsonb) as r(id text, account text, expires date, amount bigint, used bigint, held bigint)
    on conflict (county, id) do update set used = excluded.used, held = excluded.held`
  const holds = now.holds.filter((one) => known.holds.get(one.id) !== one).map((one) => ({ ...one, on_day: one.on, until_day: one.until }))
  await tx.rows`insert into funds.hold (county, id, region, elder_id, book, debit, credit, amount, drawn, on_day, until_day, state, pieces, device, created_at)
    select ${owner.county}, id, ${owner.region}, ${owner.elderId}::uuid, book, debit, credit, amount, drawn, on_day, until_day, state, pieces, ${device}, ${at} from jsonb_to_recordset(${JSON.stringify(holds)}::jsonb) as r(id text, book text, debit text, credit text, amount bigint, drawn bigint, on_day date, until_day date, state text, pieces jsonb)
    on conflict (county, id) do update set drawn = excluded.drawn, state = excluded.state, pieces = excluded.pieces`
  const ops = now.ops.filter((one) => !known.ops.has(one.id))
  await tx.rows`insert into funds.op (county, id, region, elder_id, print, refused) select ${owner.county}, id, ${owner.region}, ${owner.elderId}::uuid, print, case when refused = 'null'::jsonb then null else refused end from jsonb_to_recordset(${JSON.stringify(ops)}::jsonb) as r(id text, print text, refused jsonb)`
}

export interface QuotaRow {
  readonly elderId: string
  readonly item: string
  readonly unit: 'minute' | 'coupon'
  readonly granted: number
  readonly used: number
  readonly lapsed: number
  readonly held: number
  readonly left: number
  readonly nextExpiry: string | null
}

export async function quotasOf(tx: Tx, elderId: string): Promise<QuotaRow[]> {
  return tx.rows<QuotaRow>`select a.elder_id as "elderId", a.item, min(a.unit) as unit,
      sum(a.debits) filter (where a.kind = 'granted')::bigint as granted, sum(a.credits) filter (where a.kind = 'used')::bigint as used, sum(a.credits) filter (where a.kind = 'lapsed')::bigint as lapsed,
      sum(a.debits_held) filter (where a.kind = 'quota')::bigint as held, sum(a.credits - a.debits - a.debits_held) filter (where a.kind = 'quota')::bigint as left,
      (select min(l.expires) from funds.lot l where l.elder_id = ${elderId} and l.account = 'quota/' || a.elder_id || '/' || a.item and l.used < l.amount) as "nextExpiry"
    from funds.account a where a.elder_id = ${elderId} group by a.elder_id, a.item order by a.item`
}

export async function leasesOf(tx: Tx, elderId: string): Promise<{ readonly id: string; readonly device: string; readonly item: string; readonly amount: number; readonly spent: number; readonly until: string | null }[]> {
  return tx.rows`select id, coalesce(device, '') as device, split_part(book, '/', 3) as item, amount, drawn as spent, until_day as until from funds.hold where elder_id = ${elderId} and state = 'open' and device is not null order by id`
}

/** Elders and items with something that runs out before a day. */
export async function quotasOver(tx: Tx, today: string, limit: number): Promise<{ readonly county: string; readonly elderId: string; readonly region: string; readonly item: string }[]> {
  return tx.rows`select distinct a.county, a.elder_id as "elderId", a.region, a.item from funds.account a where a.kind = 'quota' and a.expires_to is not null and (
      exists (select from funds.lot l where l.county = a.county and l.account = a.code and l.expires < ${today}::date and l.used + l.held < l.amount)
      or exists (select from funds.hold h where h.county = a.county and h.book = a.book and h.state = 'open' and h.until_day < ${today}::date)) order by 2 limit ${limit}`
}

export interface ConflictRow {
  readonly id: string
  readonly elderId: string
  readonly item: string
  readonly device: string
  readonly asked: number
  readonly covered: number
  readonly short: number
  readonly on: string
  readonly settlement: string | null
  readonly settledBy: string | null
}

export async function insertConflict(tx: Tx, owner: Omit<QuotaOwner, 'unit'>, row: Pick<ConflictRow, 'id' | 'device' | 'asked' | 'covered' | 'short' | 'on'>): Promise<void> {
  await tx.rows`insert into funds.conflict (county, id, region, elder_id, item, device, asked, covered, short, on_day, seen_at) values (${owner.county}, ${row.id}, ${owner.region}, ${owner.elderId}, ${owner.item}, ${row.device}, ${row.asked}, ${row.covered}, ${row.short}, ${row.on}::date, ${new Date(tx.nowMs)}) on conflict do nothing`
}

export async function conflicts(tx: Tx, where: { readonly open?: boolean; readonly id?: string }, limit = 200): Promise<ConflictRow[]> {
  return tx.rows<ConflictRow>`select id, elder_id as "elderId", item, device, asked, covered, short, on_day as "on", settlement, settled_name as "settledBy" from funds.conflict where (${where.open ?? null}::boolean is null or (settled_at is null) = ${where.open ?? null}) and (${where.id ?? null}::text is null or id = ${where.id ?? null}) order by seen_at desc, id limit ${limit}`
}

export async function countConflicts(tx: Tx, open: boolean): Promise<number> {
  return (await tx.rows<{ n: number }>`select count(*)::int as n from funds.conflict where (settled_at is null) = ${open}`)[0]!.n
}

export async function settleConflictRow(tx: Tx, id: string, settlement: string): Promise<boolean> {
  return (await tx.rows`update funds.conflict set settlement = ${settlement}, settled_at = ${new Date(tx.nowMs)}, settled_by = ${tx.actor.id}, settled_name = ${tx.actor.name} where id = ${id} and settled_at is null returning 1 as done`).length > 0
}

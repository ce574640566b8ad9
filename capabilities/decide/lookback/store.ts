/** Looks and their spells. SQL only. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'
import type { SCAN_STATES, SPELL_STATES, Sum } from './contract.ts'
import type { Kind } from './rules.ts'

export interface Scan {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly from: string
  readonly to: string
  readonly applied: 'drawn' | 'all'
  readonly items: string[]
  readonly state: (typeof SCAN_STATES)[number]
  readonly taskId: string | null
  readonly people: number
  readonly seconds: number
  readonly by: string
  readonly at: number
  readonly doneAt: number | null
}

const SCAN = sql.raw('county, id, region, from_month as "from", to_month as "to", applied, items, state, task_id as "taskId", people, seconds, started_by_name as by, started_at as at, done_at as "doneAt"')

export async function scanById(tx: Tx, id: string): Promise<Scan | null> {
  return (await tx.rows<Scan>`select ${SCAN} from lookback.scan where county = ${countyOf(tx.actor.region)} and id = ${id}`)[0] ?? null
}

export async function recentScans(tx: Tx, limit: number): Promise<Scan[]> {
  return tx.rows<Scan>`select ${SCAN} from lookback.scan where county = ${countyOf(tx.actor.region)} order by started_at desc, id desc limit ${limit}`
}

export async function addScan(tx: Tx, scan: Pick<Scan, 'id' | 'region' | 'from' | 'to' | 'applied' | 'items'>, taskId: string): Promise<void> {
  await tx.rows`insert into lookback.scan (county, id, region, from_month, to_month, applied, items, state, task_id, started_by, started_by_name, started_at)
    values (${countyOf(tx.actor.region)}, ${scan.id}, ${scan.region}, ${scan.from}, ${scan.to}, ${scan.applied}, ${scan.items}::text[], 'running', ${taskId}, ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
}

export async function endScan(tx: Tx, scan: Scan, state: 'done' | 'stopped', people: number): Promise<void> {
  await tx.rows`update lookback.scan set state = ${state}, people = ${people}, seconds = ${Math.max(0, tx.nowMs - scan.at) / 1000}, done_at = ${new Date(tx.nowMs)} where county = ${scan.county} and id = ${scan.id}`
}

export async function forgetSpells(tx: Tx, scan: Scan): Promise<void> {
  await tx.rows`delete from lookback.spell where county = ${scan.county} and scan_id = ${scan.id}`
}

export interface NewSpell {
  readonly elderId: string
  readonly region: string
  readonly item: string
  readonly kind: Kind
  readonly from: string
  readonly to: string
  readonly months: number
  readonly sumFen: number
  readonly unpriced: number
  readonly code: string
}

/** An older look that handed the matter over or set it aside has decided it for these months: it is not opened a second time. */
export async function addSpells(tx: Tx, scan: Scan, spells: readonly NewSpell[]): Promise<void> {
  if (spells.length === 0) return
  const column = <K extends keyof NewSpell>(key: K): NewSpell[K][] => spells.map((one) => one[key])
  await tx.rows`
    insert into lookback.spell (county, id, region, scan_id, elder_id, item, kind, from_month, to_month, months, sum_fen, unpriced, code, state, reason, case_id, outcome)
    select ${scan.county}, s.id, s.region, ${scan.id}::uuid, s.elder, s.item, s.kind, s.from_month, s.to_month, s.months, s.fen, s.unpriced, s.code, coalesce(b.state, 'open'), b.reason, b.case_id, b.outcome
    from unnest(${spells.map(() => tx.newId())}::uuid[], ${column('region')}::text[], ${column('elderId')}::uuid[], ${column('item')}::text[], ${column('kind')}::text[], ${column('from')}::text[], ${column('to')}::text[], ${column('months')}::int[], ${column('sumFen')}::bigint[], ${column('unpriced')}::int[], ${column('code')}::text[])
      as s(id, region, elder, item, kind, from_month, to_month, months, fen, unpriced, code)
      left join lateral (select o.state, o.reason, o.case_id, o.outcome from lookback.spell o where o.county = ${scan.county} and o.elder_id = s.elder and o.item = s.item and o.kind = s.kind and o.scan_id <> ${scan.id}::uuid
        and ((o.state = 'handed' and o.from_month <= s.to_month and o.to_month >= s.from_month) or (o.state in ('dismissed', 'closed') and o.from_month <= s.from_month and o.to_month >= s.to_month)) order by o.id desc limit 1) b on true`
}

export interface StoredSpell extends NewSpell {
  readonly county: string
  readonly id: string
  readonly scanId: string
  readonly state: (typeof SPELL_STATES)[number]
  readonly reason: string | null
  readonly caseId: string | null
  readonly outcome: string | null
}

const SPELL = sql.raw('county, id, scan_id as "scanId", region, elder_id as "elderId", item, kind, from_month as "from", to_month as "to", months, sum_fen::float8 as "sumFen", unpriced, code, state, reason, case_id as "caseId", outcome')

export interface SpellFilter {
  readonly scanId: string
  readonly kind?: Kind | undefined
  readonly item?: string | undefined
  readonly place?: string | undefined
  readonly states: readonly StoredSpell['state'][]
}

const where = (tx: Tx, f: SpellFilter) => {
  const prefix = f.place === undefined ? '' : prefixOf(f.place)
  return sql`county = ${countyOf(tx.actor.region)} and scan_id = ${f.scanId} and state = any(${f.states}::text[]) and (${f.kind ?? null}::text is null or kind = ${f.kind ?? null}) and (${f.item ?? null}::text is null or item = ${f.item ?? null}) and region >= ${prefix || '0'} and region < ${`${prefix}~`}`
}

/** The largest sums first. */
export async function spellsOf(tx: Tx, filter: SpellFilter, after: { readonly fen: number; readonly id: string } | null, limit: number): Promise<StoredSpell[]> {
  return tx.rows<StoredSpell>`select ${SPELL} from lookback.spell where ${where(tx, filter)} and (${after?.id ?? null}::uuid is null or (-sum_fen, id) > (${-(after?.fen ?? 0)}::bigint, ${after?.id ?? null}::uuid)) order by -sum_fen, id limit ${limit}`
}

export async function countSpells(tx: Tx, filter: SpellFilter): Promise<{ total: number; sumFen: number }> {
  return (await tx.rows<{ total: number; sumFen: number }>`select count(*)::int as total, coalesce(sum(sum_fen), 0)::float8 as "sumFen" from lookback.spell where ${where(tx, filter)}`)[0]!
}

export async function spellsById(tx: Tx, ids: readonly string[]): Promise<StoredSpell[]> {
  return tx.rows<StoredSpell>`select ${SPELL} from lookback.spell where county = ${countyOf(tx.actor.region)} and id = any(${ids}::uuid[]) order by id for update`
}

export async function spellsOfCase(tx: Tx, caseId: string): Promise<StoredSpell[]> {
  return (await tx.rows<StoredSpell>`select ${SPELL} from lookback.spell where county = ${countyOf(tx.actor.region)} and case_id = ${caseId} for update`)
}

export async function changeSpells(tx: Tx, ids: readonly string[], change: { readonly state: StoredSpell['state']; readonly reason?: string | null; readonly outcome?: string | null; readonly caseIds?: ReadonlyMap<string, string> }): Promise<void> {
  if (ids.length === 0) return
  await tx.rows`
    update lookback.spell s set state = ${change.state}, reason = ${change.reason ?? null}, outcome = ${change.outcome ?? null}, case_id = coalesce(c.case_id, s.case_id), changed_at = ${new Date(tx.nowMs)}, changed_by_name = ${tx.actor.name}
    from unnest(${ids}::uuid[], ${ids.map((id) => change.caseIds?.get(id) ?? null)}::uuid[]) as c(id, case_id) where s.county = ${countyOf(tx.actor.region)} and s.id = c.id`
}

const SUMS = sql.raw(`count(*) filter (where kind = 'missed')::int as missed, count(distinct elder_id) filter (where kind = 'missed')::int as "missedPeople", coalesce(sum(months) filter (where kind = 'missed'), 0)::int as "missedMonths", coalesce(sum(sum_fen) filter (where kind = 'missed'), 0)::float8 as "missedFen",
  count(*) filter (where kind = 'overpaid')::int as overpaid, count(distinct elder_id) filter (where kind = 'overpaid')::int as "overpaidPeople", coalesce(sum(months) filter (where kind = 'overpaid'), 0)::int as "overpaidMonths", coalesce(sum(sum_fen) filter (where kind = 'overpaid'), 0)::float8 as "overpaidFen", coalesce(sum(unpriced), 0)::int as unpriced`)

export async function totalOf(tx: Tx, scanId: string): Promise<Sum & { open: number; handed: number }> {
  return (await tx.rows<Sum & { open: number; handed: number }>`select ${SUMS}, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'handed')::int as handed from lookback.spell where county = ${countyOf(tx.actor.region)} and scan_id = ${scanId}`)[0]!
}

export async function sumsBy(tx: Tx, scanId: string, by: 'item' | 'township'): Promise<(Sum & { key: string })[]> {
  const key = sql.raw(by === 'item' ? 'item' : "rpad(left(region, 9), 12, '0')")
  return tx.rows<Sum & { key: string }>`select ${key} as key, ${SUMS} from lookback.spell where county = ${countyOf(tx.actor.region)} and scan_id = ${scanId} group by 1 order by 1`
}

/** Counts of several looks for their list. */
export async function countsOf(tx: Tx, scanIds: readonly string[]): Promise<Map<string, { missed: number; missedFen: number; overpaid: number; overpaidFen: number }>> {
  const rows = await tx.rows<{ id: string; missed: number; missedFen: number; overpaid: number; overpaidFen: number }>`
    select scan_id as id, count(*) filter (where kind = 'missed')::int as missed, coalesce(sum(sum_fen) filter (where kind = 'missed'), 0)::float8 as "missedFen", count(*) filter (where kind = 'overpaid')::int as overpaid, coalesce(sum(sum_fen) filter (where kind = 'overpaid'), 0)::float8 as "overpaidFen"
    from lookback.spell where county = ${countyOf(tx.actor.region)} and scan_id = any(${scanIds}::uuid[]) group by scan_id`
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

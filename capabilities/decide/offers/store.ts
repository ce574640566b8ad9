import type { Day, Month } from '@songbai/calendar'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { prefixOf } from '../../common.ts'
import type { Consent, DeclineReason, EndReason, State } from './rules.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

export interface Offer {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly elderId: string
  readonly elderName: string
  readonly item: string
  readonly number: string
  readonly state: State
  readonly title: Words
  readonly kind: 'cash' | 'service' | 'voucher'
  readonly amountFen: number
  readonly unit: string
  readonly sample: boolean
  readonly because: Words
  readonly versionId: string
  readonly version: string
  readonly foundOn: Day
  readonly dueOn: Day
  readonly caseType: string
  readonly caseId: string | null
  readonly asked: number
  readonly toldOn: Day | null
  readonly consentedOn: Day | null
  readonly checkedOn: Day | null
  readonly decidedOn: Day | null
  readonly consent: Consent | null
  readonly consentBy: string | null
  readonly checkedBy: string | null
  readonly fromMonth: Month | null
  readonly declineReason: DeclineReason | null
  readonly askAgainOn: Day | null
  readonly refuseClause: string | null
  readonly refuseReason: string | null
  readonly endedOn: Day | null
  readonly endReason: EndReason | null
}

const COLUMNS = sql.raw(`o.county, o.id, o.region, o.elder_id as "elderId", o.elder_name as "elderName", o.item, o.number, o.state, o.title, o.kind, o.amount_fen as "amountFen", o.unit, o.sample, o.because, o.version_id as "versionId", o.version,
  o.found_on as "foundOn", o.due_on as "dueOn", o.case_type as "caseType", o.case_id as "caseId", o.asked, o.told_on as "toldOn", o.consented_on as "consentedOn", o.checked_on as "checkedOn", o.decided_on as "decidedOn", o.consent, o.consent_by as "consentBy", o.checked_by as "checkedBy",
  o.from_month as "fromMonth", o.decline_reason as "declineReason", o.ask_again_on as "askAgainOn", o.refuse_clause as "refuseClause", o.refuse_reason as "refuseReason", o.ended_on as "endedOn", o.end_reason as "endReason"`)

export type NewOffer = Pick<Offer, 'county' | 'id' | 'region' | 'elderId' | 'elderName' | 'item' | 'number' | 'title' | 'kind' | 'amountFen' | 'unit' | 'sample' | 'because' | 'versionId' | 'version' | 'foundOn' | 'dueOn' | 'caseType'>

/** Ids of those that are new; for a person and item that has one already nothing is written. */
export async function insertOffers(tx: Tx, offers: readonly NewOffer[]): Promise<Set<string>> {
  if (offers.length === 0) return new Set()
  const rows = await tx.rows<{ id: string }>`
    insert into offers.offer (county, id, region, elder_id, elder_name, item, number, state, title, kind, amount_fen, unit, sample, because, version_id, version, found_on, due_on, case_type)
    select county, id, region, "elderId", "elderName", item, number, 'found', title, kind, "amountFen", unit, sample, because, "versionId", version, "foundOn", "dueOn", "caseType"
    from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb) as r(county text, id uuid, region text, "elderId" uuid, "elderName" text, item text, number text, title jsonb, kind text, "amountFen" int, unit text, sample boolean, because jsonb, "versionId" uuid, version text, "foundOn" date, "dueOn" date, "caseType" text)
    on conflict (county, elder_id, item) where ended_on is null do nothing returning id`
  return new Set(rows.map((row) => row.id))
}

export async function keepCases(tx: Tx, pairs: readonly { readonly county: string; readonly id: string; readonly caseId: string | null }[]): Promise<void> {
  await tx.rows`update offers.offer o set case_id = r."caseId" from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r(county text, id uuid, "caseId" uuid) where o.county = r.county and o.id = r.id`
}

/** Offers of these people that have not ended, locked. */
export async function openOffersOf(tx: Tx, elderIds: readonly string[]): Promise<Offer[]> {
  return (await sql<Offer>`select ${COLUMNS} from offers.offer o where o.elder_id = any(${elderIds}::uuid[]) and o.ended_on is null order by o.id for update`.execute(tx.db)).rows
}

/** All of the county that have not ended, in the few words the plan of a sweep needs. */
export async function openOffers(tx: Tx): Promise<{ elderId: string; item: string; state: State; fromMonth: Month | null; askAgainOn: Day | null }[]> {
  return tx.rows`select elder_id as "elderId", item, state, from_month as "fromMonth", ask_again_on as "askAgainOn" from offers.offer where ended_on is null`
}

export async function offerForUpdate(tx: Tx, id: string): Promise<Offer | null> {
  return (await sql<Offer>`select ${COLUMNS} from offers.offer o where o.id = ${id} for update`.execute(tx.db)).rows[0] ?? null
}

export async function offerById(tx: Tx, id: string): Promise<Offer | null> {
  return (await sql<Offer>`select ${COLUMNS} from offers.offer o where o.id = ${id}`.execute(tx.db)).rows[0] ?? null
}

export type Change = Partial<Omit<Offer, 'county' | 'id' | 'elderId' | 'item' | 'number'>> & { readonly decidedBy?: string }

export async function saveOffer(tx: Tx, before: Offer, change: Change): Promise<Offer> {
  const { decidedBy, ...own } = change
  const o = { ...before, ...own }
  await tx.rows`
    update offers.offer set region = ${o.region}, elder_name = ${o.elderName}, state = ${o.state}, title = ${JSON.stringify(o.title)}::jsonb, amount_fen = ${o.amountFen}, sample = ${o.sample}, because = ${JSON.stringify(o.because)}::jsonb, version_id = ${o.versionId}, version = ${o.version},
      found_on = ${o.foundOn}, due_on = ${o.dueOn}, case_type = ${o.caseType}, case_id = ${o.caseId}, asked = ${o.asked}, told_on = ${o.toldOn}, consented_on = ${o.consentedOn}, checked_on = ${o.checkedOn}, decided_on = ${o.decidedOn}, consent = ${o.consent === null ? null : JSON.stringify(o.consent)}::jsonb, consent_by = ${o.consentBy}, checked_by = ${o.checkedBy},
      decided_by = coalesce(${decidedBy ?? null}::uuid, decided_by), from_month = ${o.fromMonth}, decline_reason = ${o.declineReason}, ask_again_on = ${o.askAgainOn}, refuse_clause = ${o.refuseClause}, refuse_reason = ${o.refuseReason}, ended_on = ${o.endedOn}, end_reason = ${o.endReason}
    where county = ${o.county} and id = ${o.id}`
  return o
}

/** The papers go where the person goes. */
export async function movePapers(tx: Tx, offer: Offer, region: string): Promise<void> {
  await tx.rows`update offers.paper set region = ${region} where county = ${offer.county} and offer_id = ${offer.id}`
}

export interface NewStep {
  readonly offer: Pick<Offer, 'county' | 'id' | 'region' | 'elderId'>
  readonly what: string
  readonly note?: string | null | undefined
  /** Who said it, when the actor only passes it on. */
  readonly by?: string | null
}

export async function addSteps(tx: Tx, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return
  const own = tx.actor.kind === 'person' ? tx.actor.name : null
  const rows = steps.map(({ offer, what, note, by }) => ({ county: offer.county, id: tx.newId(), region: offer.region, offer: offer.id, elder: offer.elderId, what, note: note ?? null, by: by ?? own }))
  await tx.rows`insert into offers.step (county, id, region, offer_id, elder_id, at, what, note, by_name) select county, id, region, offer, elder, ${new Date(tx.nowMs)}, what, note, "by" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, id uuid, region text, offer uuid, elder uuid, what text, note text, "by" text)`
}

export async function stepsOf(tx: Tx, offer: Offer): Promise<{ at: number; what: string; note: string | null; by: string | null }[]> {
  return tx.rows`select at, what, note, by_name as by from offers.step where county = ${offer.county} and offer_id = ${offer.id} order by at, id`
}

export interface Paper {
  readonly label: string
  readonly fileId: string | null
  readonly note: string | null
  readonly at: number
  readonly by: string
}

export async function papersOf(tx: Tx, offer: Pick<Offer, 'county' | 'id'>): Promise<Paper[]> {
  return tx.rows`select label, file_id as "fileId", note, at, by_name as by from offers.paper where county = ${offer.county} and offer_id = ${offer.id} order by at, id`
}

export async function addPaperRow(tx: Tx, offer: Offer, paper: { readonly label: string; readonly fileId: string | null; readonly note: string | null }): Promise<void> {
  await tx.rows`insert into offers.paper (county, id, region, offer_id, elder_id, label, file_id, note, at, by_id, by_name) values (${offer.county}, ${tx.newId()}, ${offer.region}, ${offer.id}, ${offer.elderId}, ${paper.label}, ${paper.fileId}, ${paper.note}, ${new Date(tx.nowMs)}, ${tx.actor.id}, ${tx.actor.name})`
}

/** Whether an upload lies in the actor's scope. */
export async function fileThere(tx: Tx, fileId: string): Promise<boolean> {
  return (await tx.rows<{ there: boolean }>`select exists (select from platform.file where id = ${fileId} and removed_at is null) as there`)[0]!.there
}

export interface Filter {
  readonly place?: string | undefined
  readonly item?: string | undefined
  readonly stage?: State | undefined
  readonly reached?: 'found' | 'told' | 'consented' | 'approved' | undefined
  readonly overdue?: boolean | undefined
  readonly elderId?: string | undefined
  readonly number?: string | undefined
}

export const REACHED = { found: 'true', told: 'o.told_on is not null', consented: 'o.consented_on is not null', approved: 'o.from_month is not null' } as const

function where(tx: Tx, filter: Filter) {
  const parts = [sql`true`]
  if (filter.place && !/^0+$/.test(filter.place)) parts.push(sql`o.region like ${`${prefixOf(filter.place)}%`}`)
  if (filter.item) parts.push(sql`o.item = ${filter.item}`)
  if (filter.stage) parts.push(sql`o.state = ${filter.stage}`)
  if (filter.reached) parts.push(sql.raw(REACHED[filter.reached]))
  if (filter.overdue) parts.push(sql`o.due_on < ${tx.today}::date and o.state in ('found', 'told', 'consented', 'checked')`)
  if (filter.elderId) parts.push(sql`o.elder_id = ${filter.elderId}`)
  if (filter.number) parts.push(sql`o.number = ${filter.number}`)
  return sql.join(parts, sql` and `)
}

/** Due soonest first, then by number: the order of work. */
export async function offers(tx: Tx, filter: Filter, page: { readonly after?: string | undefined; readonly limit: number }): Promise<Offer[]> {
  const [due, id] = page.after?.split('|') ?? []
  return (await sql<Offer>`select ${COLUMNS} from offers.offer o where ${where(tx, filter)} and (${due ?? null}::date is null or (o.due_on, o.id) > (${due ?? null}::date, ${id ?? null}::uuid)) order by o.due_on, o.id limit ${page.limit}`.execute(tx.db)).rows
}

export async function countOffers(tx: Tx, filter: Filter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from offers.offer o where ${where(tx, filter)}`.execute(tx.db)).rows[0]!.n
}

export interface Group {
  readonly item: string
  readonly place: string
  readonly title: Words
  readonly found: number
  readonly told: number
  readonly consented: number
  readonly approved: number
  readonly declined: number
  readonly refused: number
  readonly ended: number
  readonly waiting: number
  readonly over: number
}

/** By item and by the place `digits` deep: every sum of the funnel is made of these. */
export async function groups(tx: Tx, filter: Filter, digits: number): Promise<Group[]> {
  return (await sql<Group>`
    select o.item, rpad(left(o.region, ${digits}), 12, '0') as place, (array_agg(o.title order by o.found_on desc))[1] as title, count(*)::int as found, count(o.told_on)::int as told, count(o.consented_on)::int as consented, count(o.from_month)::int as approved,
      count(*) filter (where o.state = 'declined')::int as declined, count(*) filter (where o.state = 'refused')::int as refused, count(*) filter (where o.state = 'ended')::int as ended,
      count(*) filter (where o.state in ('found', 'told', 'consented', 'checked'))::int as waiting, count(*) filter (where o.state in ('found', 'told', 'consented', 'checked') and o.due_on < ${tx.today}::date)::int as over
    from offers.offer o where ${where(tx, filter)} group by 1, 2`.execute(tx.db)).rows
}

/** Days each waiting offer has stood at its stage. */
export async function stageDays(tx: Tx, filter: Filter): Promise<{ state: State; days: number; over: boolean; n: number }[]> {
  return (await sql<{ state: State; days: number; over: boolean; n: number }>`
    select o.state, ${tx.today}::date - case o.state when 'found' then o.found_on when 'told' then o.told_on when 'consented' then o.consented_on else o.checked_on end as days, o.due_on < ${tx.today}::date as over, count(*)::int as n
    from offers.offer o where ${where(tx, filter)} and o.state in ('found', 'told', 'consented', 'checked') group by 1, 2, 3`.execute(tx.db)).rows
}

export interface Setting {
  readonly onFinding: 'outbox' | 'send'
  readonly channels: string[]
  readonly setBy: string
}

export async function settingOf(tx: Tx, county: string): Promise<Setting | null> {
  return (await tx.rows<Setting>`select on_finding as "onFinding", channels, set_by as "setBy" from offers.setting where county = ${county}`)[0] ?? null
}

export async function saveSetting(tx: Tx, setting: Pick<Setting, 'onFinding' | 'channels'>): Promise<void> {
  const county = countyOf(tx.actor.region)
  await tx.rows`insert into offers.setting (county, region, on_finding, channels, set_at, set_by) values (${county}, ${county.padEnd(12, '0')}, ${setting.onFinding}, ${setting.channels}::text[], ${new Date(tx.nowMs)}, ${tx.actor.name})
    on conflict (county) do update set on_finding = excluded.on_finding, channels = excluded.channels, set_at = excluded.set_at, set_by = excluded.set_by`
}

/** Rows of rules and their states. The text is loaded apart: the list of versions is asked for with every question about entitlement. */
import type { Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import type { Bilingual } from '@songbai/policy'
import type { Impact, SourceText, VERSION_STATES } from './contract.ts'
import type { Confirmed } from './rules-findings.ts'

export type State = (typeof VERSION_STATES)[number]

export interface VersionRecord {
  readonly id: string
  readonly item: string
  /** Twelve digits. */
  readonly region: string
  readonly number: number
  readonly state: State
  readonly upperNumber: number | null
  readonly sourcePath: string | null
  readonly sample: boolean
  readonly title: Bilingual
  readonly effectiveFrom: Day | null
  readonly effectiveTo: Day | null
  readonly note: string | null
  readonly draftedBy: string
  readonly drafter: string
  readonly draftedAt: number
  readonly submittedBy: string | null
  readonly reviewedBy: string | null
  readonly reviewer: string | null
  readonly reviewedAt: number | null
  readonly baseNumber: number | null
  readonly measured: boolean
}
export interface VersionText extends VersionRecord {
  readonly yaml: string
  readonly impact: Impact | null
  readonly confirmed: readonly Confirmed[]
  readonly source: SourceText | null
}

const COLUMNS = sql.raw(`id, item, region, number, state, upper_number as "upperNumber", source_path as "sourcePath", sample, title, effective_from as "effectiveFrom", effective_to as "effectiveTo", note,
  drafted_by as "draftedBy", drafter, drafted_at as "draftedAt", submitted_by as "submittedBy", reviewed_by as "reviewedBy", reviewer, reviewed_at as "reviewedAt", base_number as "baseNumber", impact is not null as measured`)

export function allVersions(tx: Tx): Promise<VersionRecord[]> {
  return tx.rows<VersionRecord>`select ${COLUMNS} from policies.version order by length(rtrim(region, '0')), region, item, number`
}

export function textsOf(tx: Tx, ids: readonly string[]): Promise<VersionText[]> {
  return tx.rows<VersionText>`select ${COLUMNS}, yaml, impact, confirmed, source from policies.version where id = any(${ids}::uuid[]) order by length(rtrim(region, '0')), region, item, number`
}

export async function versionById(tx: Tx, id: string): Promise<VersionText | null> {
  return (await textsOf(tx, [id]))[0] ?? null
}

/** Two people at one version, or two versions of one item published at once: the second waits, and what was checked still holds when it is written. */
export async function hold(tx: Tx, id: string, what: 'version' | 'item'): Promise<void> {
  await tx.rows`
    select id from policies.version where id = ${id} or (${what === 'item'} and (item, region) = (select o.item, o.region from policies.version o where o.id = ${id})) order by id for update`
}

/** What tells one state of the law from another: which versions are in force and when. A published text never changes. */
export interface InForce {
  readonly id: string
  readonly item: string
  readonly region: string
  readonly number: number
  readonly effectiveFrom: Day
  readonly effectiveTo: Day | null
}

export function lawRows(tx: Tx): Promise<InForce[]> {
  return tx.rows<InForce>`select id, item, region, number, effective_from as "effectiveFrom", effective_to as "effectiveTo" from policies.version where state in ('published', 'withdrawn') order by id`
}

export interface NewVersion {
  readonly item: string
  readonly region: string
  readonly state: State
  readonly yaml: string
  readonly upperNumber: number | null
  readonly sourcePath: string | null
  readonly sample: boolean
  readonly title: Bilingual
  readonly effectiveFrom: Day | null
  readonly effectiveTo: Day | null
  readonly note: string | null
}

export async function insertVersion(tx: Tx, row: NewVersion): Promise<{ id: string; number: number }> {
  const id = tx.newId()
  const [made] = await tx.rows<{ number: number }>`
    insert into policies.version (id, item, region, number, state, yaml, upper_number, source_path, sample, title, effective_from, effective_to, note, drafted_by, drafter, drafted_at, base_number)
    select ${id}, ${row.item}, ${row.region}, coalesce((select max(number) from policies.version where item = ${row.item} and region = ${row.region}), 0) + 1, ${row.state}, ${row.yaml}, ${row.upperNumber}::int, ${row.sourcePath}, ${row.sample},
      ${JSON.stringify(row.title)}::jsonb, ${row.effectiveFrom}::date, ${row.effectiveTo}::date, ${row.note}, ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)},
      coalesce((select max(number) from policies.version where item = ${row.item} and region = ${row.region} and state in ('published', 'withdrawn')), 0)
    returning number`
  return { id, number: made!.number }
}

export async function rewriteDraft(tx: Tx, id: string, row: Pick<NewVersion, 'item' | 'region' | 'yaml' | 'upperNumber' | 'sample' | 'title' | 'note'> & { readonly base?: number | undefined }): Promise<number> {
  const [made] = await tx.rows<{ number: number }>`
    update policies.version v set item = ${row.item}, region = ${row.region}, yaml = ${row.yaml}, upper_number = ${row.upperNumber}::int, sample = ${row.sample}, title = ${JSON.stringify(row.title)}::jsonb, note = coalesce(${row.note}, v.note),
      drafted_by = ${tx.actor.id}, drafter = ${tx.actor.name}, drafted_at = ${new Date(tx.nowMs)},
      base_number = case when v.item = ${row.item} and v.region = ${row.region} then coalesce(${row.base ?? null}::int, v.base_number)
        else coalesce((select max(number) from policies.version o where o.item = ${row.item} and o.region = ${row.region} and o.state in ('published', 'withdrawn')), 0) end,
      number = case when v.item = ${row.item} and v.region = ${row.region} then v.number else coalesce((select max(number) from policies.version o where o.item = ${row.item} and o.region = ${row.region}), 0) + 1 end
    where id = ${id} returning number`
  return made!.number
}

export async function setSubmitted(tx: Tx, id: string): Promise<void> {
  await tx.rows`update policies.version set state = 'inReview', submitted_by = ${tx.actor.id} where id = ${id}`
}

export async function setReviewed(tx: Tx, id: string, state: 'published' | 'draft', effectiveFrom: Day | null, note: string): Promise<void> {
  await tx.rows`
    update policies.version set state = ${state}, effective_from = ${effectiveFrom}::date, note = ${note}, impact = case when ${state} = 'draft' then null else impact end, reviewed_by = ${tx.actor.id}, reviewer = ${tx.actor.name}, reviewed_at = ${new Date(tx.nowMs)}
    where id = ${id}`
}

/** The former version ends on the day before the new one begins. */
export async function endFormer(tx: Tx, row: VersionRecord, lastDay: Day): Promise<void> {
  await tx.rows`
    update policies.version set effective_to = ${lastDay}::date where item = ${row.item} and region = ${row.region} and id <> ${row.id} and state in ('published', 'withdrawn')
      and effective_from <= ${lastDay}::date and (effective_to is null or effective_to > ${lastDay}::date)`
}

export async function setWithdrawn(tx: Tx, id: string, lastDay: Day, reason: string): Promise<void> {
  await tx.rows`
    update policies.version set state = 'withdrawn', effective_to = least(coalesce(effective_to, ${lastDay}::date), ${lastDay}::date), note = ${reason}, withdrawn_by = ${tx.actor.id}, withdrawn_at = ${new Date(tx.nowMs)} where id = ${id}`
}

export async function setImpact(tx: Tx, id: string, impact: Impact): Promise<void> {
  await tx.rows`update policies.version set impact = ${JSON.stringify(impact)}::jsonb where id = ${id}`
}

export async function setConfirmed(tx: Tx, id: string, confirmed: readonly Confirmed[]): Promise<void> {
  await tx.rows`update policies.version set confirmed = ${JSON.stringify(confirmed)}::jsonb where id = ${id}`
}

export async function setSource(tx: Tx, id: string, source: SourceText | null): Promise<void> {
  await tx.rows`update policies.version set source = ${source === null ? null : JSON.stringify(source)}::jsonb where id = ${id}`
}

/** Saved scenarios. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import type { Scenario } from './contract.ts'

const COLUMNS = sql.raw(`id, item, region, name, base_version_id as "baseVersionId", yaml, figures, months, assumptions, creator as "createdBy", created_at as "createdAt"`)

export function scenarios(tx: Tx, filter: { readonly item?: string | undefined; readonly ids?: readonly string[] | undefined }): Promise<Scenario[]> {
  return tx.rows<Scenario>`select ${COLUMNS} from lab.scenario where (${filter.item ?? null}::text is null or item = ${filter.item ?? null}) and (${filter.ids ?? null}::uuid[] is null or id = any(${filter.ids ?? null}::uuid[])) order by created_at desc, id limit 100`
}

export async function nameTaken(tx: Tx, region: string, item: string, name: string): Promise<boolean> {
  return (await tx.rows`select 1 from lab.scenario where county = ${countyOf(region)} and item = ${item} and name = ${name}`).length > 0
}

export async function insertScenario(tx: Tx, row: Omit<Scenario, 'id' | 'createdBy' | 'createdAt'>): Promise<string> {
  const id = tx.newId()
  await tx.rows`
    insert into lab.scenario (county, id, region, item, name, base_version_id, yaml, figures, months, assumptions, created_by, creator, created_at)
    values (${countyOf(row.region)}, ${id}, ${row.region}, ${row.item}, ${row.name}, ${row.baseVersionId}::uuid, ${row.yaml}, ${JSON.stringify(row.figures)}::jsonb, ${JSON.stringify(row.months)}::jsonb, ${JSON.stringify(row.assumptions)}::jsonb,
      ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`
  return id
}

/** The database shows and deletes only those of places that lie in the actor's own. */
export async function removeScenario(tx: Tx, id: string): Promise<boolean> {
  return (await tx.rows`delete from lab.scenario where id = ${id} returning id`).length > 0
}

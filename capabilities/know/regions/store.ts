import type { Tx } from '@songbai/platform/tx'
import type { RegionChange } from './tree.ts'

export interface ChangeRow {
  readonly id: string
  readonly county: string
  readonly number: number
  readonly change: RegionChange & { readonly basis: string }
  readonly recordedAt: number
  readonly recorder: string
}

/** Changes of one county, or of all when null, in the order they were recorded. */
export async function changesOf(tx: Tx, county: string | null): Promise<ChangeRow[]> {
  return tx.rows<ChangeRow>`select id, county, number, change, recorded_at as "recordedAt", recorder from regions.change where ${county}::text is null or county = ${county} order by number`
}

/** Newest number per county: the version of its tree. */
export async function newestChanges(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.rows<{ county: string; number: number }>`select county, max(number) as number from regions.change group by county`
  return new Map(rows.map((row) => [row.county, row.number]))
}

export async function insertChange(tx: Tx, county: string, change: RegionChange): Promise<string> {
  const id = tx.newId()
  await tx.rows`insert into regions.change (county, id, on_day, change, recorded_at, recorded_by, recorder) values (${county}, ${id}, ${change.on}, ${JSON.stringify(change)}::jsonb, ${new Date(tx.nowMs)}, ${tx.actor.id}, ${tx.actor.name})`
  return id
}

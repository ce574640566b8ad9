/** Plain numbered SQL, one schema per capability, in the order of the capability list; one transaction for the whole batch. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Migration } from '../capability.ts'
import type { AnyDb } from '../tx.ts'

export interface MigrationSet {
  readonly name: string
  readonly migrations: readonly Migration[]
}

export class MigrationChangedError extends Error {
  constructor(capability: string, number: number) {
    super(`migration ${capability}/${number} was changed after it ran on this database`)
  }
}

/** Schema name of a capability: its name with `-` as `_`. */
export function schemaOf(capability: string): string {
  return capability.replaceAll('-', '_')
}

/** Answers how many migrations ran; running again does nothing. */
export async function migrate(db: AnyDb, sets: readonly MigrationSet[]): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('songbai migrate'))`.execute(trx)
    await sql.raw(`create schema if not exists platform; create table if not exists platform.migration (capability text not null, number int not null, checksum text not null, at timestamptz not null default now(), primary key (capability, number))`).execute(trx)
    const done = await sql<{ capability: string; number: number; checksum: string }>`select capability, number, checksum from platform.migration`.execute(trx)
    const known = new Map(done.rows.map((row) => [`${row.capability}/${row.number}`, row.checksum]))
    let count = 0
    for (const set of sets) for (const migration of set.migrations) {
      const checksum = createHash('sha256').update(migration.sql).digest('hex')
      const before = known.get(`${set.name}/${migration.number}`)
      if (before === checksum) continue
      if (before !== undefined) throw new MigrationChangedError(set.name, migration.number)
      await runOne(trx, set.name, migration, checksum)
      count++
    }
    return count
  })
}

async function runOne(trx: AnyDb, capability: string, migration: Migration, checksum: string): Promise<void> {
  const schema = schemaOf(capability)
  await sql.raw(`create schema if not exists ${schema}`).execute(trx)
  await sql.raw(migration.sql).execute(trx)
  await sql.raw(`do $$ begin if exists (select from pg_roles where rolname = 'songbai_app') then grant usage on schema ${schema} to songbai_app, songbai_platform; end if; end $$`).execute(trx)
  await sql`insert into platform.migration (capability, number, checksum) values (${capability}, ${migration.number}, ${checksum})`.execute(trx)
}

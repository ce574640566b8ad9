import { sql } from 'kysely'
import type { Tx } from './tx.ts'

/** Work undone alone when it fails, so that what was done before it in the same transaction stays. */
export async function apart<T>(tx: Tx, work: () => Promise<T>): Promise<T | { readonly failed: Error }> {
  await sql.raw('savepoint apart').execute(tx.db)
  try {
    const done = await work()
    await sql.raw('release savepoint apart').execute(tx.db)
    return done
  } catch (error) {
    await sql.raw('rollback to savepoint apart').execute(tx.db)
    return { failed: error as Error }
  }
}

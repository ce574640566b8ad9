/**
 * The one place where a transaction gets its role and scope. Row-level security reads only these settings. They are sent as
 * `set local` text (Citus forwards that, not set_config), so every literal is checked character by character first.
 */
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { isId } from '../ids.ts'
import type { AnyDb } from '../tx.ts'

export type DbRole = 'songbai_app' | 'songbai_platform'

/** '~' sorts after every digit in the C collation, so [prefix, prefix~) holds exactly the codes that begin with prefix. */
const AFTER_DIGITS = '~'

export function scopeStatements(role: DbRole, actor: Pick<Actor, 'prefixes' | 'subjectIds'>, timeoutMs: number): string {
  const prefixes = withoutCovered(actor.prefixes)
  for (const prefix of prefixes) if (!/^\d{0,12}$/.test(prefix)) throw new Error(`scope prefix ${prefix} is not digits`)
  const ids = actor.subjectIds ?? []
  for (const id of ids) if (!isId(id)) throw new Error('scope id is not a UUID')
  const settings: string[] = [`set local role ${role}`, `set local statement_timeout = ${Math.trunc(timeoutMs)}`]
  if (prefixes.length > 0) {
    // The empty prefix means everywhere: '0' is below every code, and an empty setting must mean "no scope at all".
    settings.push(`set local app.region_from = '${prefixes[0] === '' ? '0' : prefixes[0]}'`)
    settings.push(`set local app.region_to = '${prefixes.at(-1)}${AFTER_DIGITS}'`)
    // One prefix: the range is already exact, and '%' is the cheapest pattern there is.
    settings.push(`set local app.region_likes = '{${prefixes.length === 1 ? '%' : prefixes.map((p) => `${p}%`).join(',')}}'`)
  } else {
    settings.push(`set local app.region_from = ''`, `set local app.region_to = ''`, `set local app.region_likes = ''`)
  }
  settings.push(`set local app.subject_ids = '${ids.length > 0 ? `{${ids.join(',')}}` : ''}'`)
  return settings.join('; ')
}

function withoutCovered(prefixes: readonly string[]): string[] {
  const sorted = [...new Set(prefixes)].sort()
  return sorted.filter((prefix, i) => !sorted.some((other, j) => j !== i && prefix !== other && prefix.startsWith(other)))
}

/**
 * Runs `work` in one transaction with role and scope set; whatever it throws rolls everything back. Then the sockets get their turn: the
 * embedded database answers within the same turn of the event loop, so that a loop of transactions would let nobody else in for minutes.
 */
export async function openTx<T>(db: AnyDb, role: DbRole, actor: Pick<Actor, 'prefixes' | 'subjectIds'>, work: (db: AnyDb) => Promise<T>, timeoutMs = 5000): Promise<T> {
  const settings = scopeStatements(role, actor, timeoutMs)
  try {
    return await db.transaction().execute(async (trx) => {
      await sql.raw(settings).execute(trx)
      return work(trx)
    })
  } finally {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

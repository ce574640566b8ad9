/** Sign-ins: a random token whose hash alone is stored. Ends after 30 idle minutes, 12 hours at most, or when a user signs out. */
import { sql } from 'kysely'
import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import type { Database } from './db/open.ts'
import { openTx } from './db/scope.ts'
import { newId } from './ids.ts'
import type { SessionGrant } from './tx.ts'

export const IDLE_MS = 30 * 60_000
export const LIFE_MS = 12 * 3_600_000
const EVERYWHERE = { prefixes: [''] }

export interface Session {
  readonly id: string
  readonly userId: string
  readonly level: 'full' | 'factor' | 'partial'
  readonly csrf: string
}

export interface Sessions {
  open(grant: SessionGrant): Promise<{ readonly token: string; readonly session: Session }>
  find(token: string): Promise<Session | null>
  close(sessionId: string): Promise<void>
  /** Ends every sign-in of one account: password changed, account locked, staff left. */
  closeAll(userId: string): Promise<void>
}

export function createSessions(database: Database, clock: () => number): Sessions {
  const run = <T>(work: Parameters<typeof openTx<T>>[3]): Promise<T> => openTx(database.db, 'songbai_platform', EVERYWHERE, work)
  return {
    async open(grant) {
      const token = randomBytes(32).toString('base64url')
      const now = clock()
      const session: Session = { id: newId(now, randomFillSync), userId: grant.userId, level: grant.level, csrf: randomBytes(16).toString('base64url') }
      await run((db) => sql`insert into platform.session (token_hash, id, user_id, level, csrf, created_at, seen_at, expires_at)
        values (${hashOf(token)}, ${session.id}, ${session.userId}, ${session.level}, ${session.csrf}, ${new Date(now)}, ${new Date(now)}, ${new Date(now + LIFE_MS)})`.execute(db))
      return { token, session }
    },
    async find(token) {
      const now = clock()
      const { rows } = await run((db) => sql<Session & { seenAt: number }>`select id, user_id as "userId", level, csrf, seen_at as "seenAt" from platform.session
        where token_hash = ${hashOf(token)} and ended_at is null and expires_at > ${new Date(now)} and seen_at > ${new Date(now - IDLE_MS)}`.execute(db))
      const session = rows[0]
      if (!session) return null
      // Once a minute is exact enough, and spares a write on every click.
      if (now - session.seenAt > 60_000) await run((db) => sql`update platform.session set seen_at = ${new Date(now)} where id = ${session.id}`.execute(db))
      return { id: session.id, userId: session.userId, level: session.level, csrf: session.csrf }
    },
    close: async (sessionId) => void (await run((db) => sql`update platform.session set ended_at = ${new Date(clock())} where id = ${sessionId} and ended_at is null`.execute(db))),
    closeAll: async (userId) => void (await run((db) => sql`update platform.session set ended_at = ${new Date(clock())} where user_id = ${userId} and ended_at is null`.execute(db))),
  }
}

function hashOf(token: string): Buffer {
  return createHash('sm3').update(token).digest()
}

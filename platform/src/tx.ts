/**
 * One transaction of one action: the only way to the database. Row-level security is already set, so a store never writes a
 * region condition; what is outside the actor's scope simply is not there.
 */
import type { Day } from '@songbai/calendar'
import type { Kysely } from 'kysely'
import type { Actor } from './actor.ts'
import type { EventSpec, PayloadOf } from './events.ts'
import type { Secrets } from './secrets.ts'

export type { Actor } from './actor.ts'
export { countyOf } from './actor.ts'
export type { Secrets } from './secrets.ts'
export type { Refused } from './action.ts'
export { isRefused, refuse } from './action.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- stores state row types at the call; store tests prove them.
export type AnyDb = Kysely<any>

export interface Tx {
  readonly db: AnyDb
  readonly actor: Actor
  /** Today in China, or the day an operator's test set. */
  readonly today: Day
  readonly nowMs: number
  readonly secrets: Secrets
  /** Rows of one SQL statement; every `${value}` is a parameter. */
  rows<T>(strings: TemplateStringsArray, ...values: readonly unknown[]): Promise<T[]>
  newId(): string
  readonly database: 'embedded' | 'server'
  /** Names of every action this actor may run; the faces show no other buttons. */
  allowedActions(): string[]
  /** Tells the capabilities below, after commit and in commit order. */
  emit<E extends EventSpec>(event: E, payload: PayloadOf<E>, region?: string): void
  /** Adds a line to the log of who saw or changed what. Ids and field names only, never values. */
  note(line: AuditNote): void
  /** Starts long work after this transaction commits; answers the task's id. */
  startTask(kind: string, input: unknown): string
  /** Signs the caller in or out; the HTTP door turns it into a cookie. */
  session(change: { readonly open: SessionGrant } | { readonly close: true }): void
}

export interface SessionGrant {
  readonly userId: string
  /** 'partial': only the password was right; 'factor': the code too, but a password of one's own is still owed. */
  readonly level: 'full' | 'factor' | 'partial'
}

export interface AuditNote {
  readonly subjectId: string
  readonly region: string
  /** What was seen or changed, in dictionary words: 'page', 'idNumber', 'phone' … */
  readonly what: string
  readonly purpose?: string
}

/** The function behind a declared action. It may answer only with what its contract declares. */
export type Does<S> = import('./action.ts').InputOf<S> extends infer I ? (tx: Tx, input: I) => Promise<import('./action.ts').OutputOf<S> | import('./action.ts').Refused<import('./action.ts').RefusalOf<S>>> : never

/**
 * The one way anything happens, whichever door it came through: parse → may this actor? → transaction with role, scope and
 * today → claim the command id → run in a savepoint → audit, outbox and answer rows → commit → answer.
 */
import { todayIn } from '@songbai/calendar'
import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { ActionSpec, Answer, Problem, ProblemCode } from './action.ts'
import { isRefused } from './action.ts'
import { countyOf, type Actor } from './actor.ts'
import type { BoundAction } from './capability.ts'
import type { Database } from './db/open.ts'
import { openTx } from './db/scope.ts'
import type { Secrets } from './secrets.ts'
import type { AnyDb, AuditNote, SessionGrant, Tx } from './tx.ts'

export type Door = 'http' | 'cli' | 'event' | 'clock' | 'task' | 'test'

export interface World {
  readonly database: Database
  readonly secrets: Secrets
  /** Ids in the order they are made. */
  readonly newId: () => string
  readonly actions: ReadonlyMap<string, BoundAction>
  /** Milliseconds since 1970; injected, so that a test or a simulation owns time. */
  readonly clock: () => number
  readonly log: (line: Readonly<Record<string, unknown>>) => void
  /** Called after each commit that wrote something: wakes the sequencer and the task runner. */
  readonly committed: () => void
}

export interface Request {
  readonly action: string
  readonly input: unknown
  readonly actor: Actor
  readonly door: Door
  /** Absent: this deed cannot be repeated by the caller, so a fresh id is made. */
  readonly commandId?: string
}

export type SessionChange = { readonly open: SessionGrant } | { readonly close: true }

export interface Performed {
  readonly answer: Answer<unknown>
  readonly session?: SessionChange
}

interface Pending {
  readonly events: { type: string; payload: unknown; region: string }[]
  readonly notes: AuditNote[]
  readonly tasks: { id: string; kind: string; input: unknown }[]
  session?: SessionChange
}

const EVERYWHERE = { prefixes: [''] }

export type Perform = (request: Request) => Promise<Performed>

export function createPerform(world: World): Perform {
  return async (request) => {
    const action = world.actions.get(request.action)
    if (!action) return { answer: problem('notFound') }
    if (!mayRun(action.spec, request.actor)) return { answer: problem(request.actor.kind === 'anyone' ? 'notSignedIn' : 'notAllowed') }
    const input = action.spec.input.safeParse(request.input)
    if (!input.success) return { answer: problem('badInput', input.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code, message: issue.message }))) }
    const narrowed = { ...request, actor: narrow(action.spec, request.actor) }
    return withRetries(world, action.spec, () => runOnce(world, action, narrowed, input.data))
  }
}

export function mayRun(spec: Pick<ActionSpec, 'may'>, actor: Pick<Actor, 'kind' | 'roles'>): boolean {
  if (spec.may === 'anyone') return true
  if (actor.roles.includes('program')) return true
  if (spec.may === 'program') return false
  if (actor.kind === 'anyone') return false
  if (spec.may === 'signedIn') return actor.roles.length > 0
  return spec.may.some((role) => actor.roles.includes(role))
}

/** A clerk of one township who is also an assessor of another sees, in a clerk's action, the first township only. */
function narrow(spec: ActionSpec, actor: Actor): Actor {
  if (!actor.grants || typeof spec.may === 'string') return actor
  const { may } = spec
  return { ...actor, prefixes: actor.grants.filter((grant) => may.includes(grant.role)).map((grant) => grant.prefix) }
}

const SERIALIZATION = new Set(['40001', '40P01'])

async function withRetries(world: World, spec: ActionSpec, run: () => Promise<Performed>): Promise<Performed> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      const code = (error as { code?: string }).code ?? ''
      if (SERIALIZATION.has(code) && attempt < 4) continue
      return { answer: problemOf(world, spec, error, code) }
    }
  }
}

/** SQLSTATE decides, never the error class: it differs between the two databases. Messages never name a row of someone else. */
function problemOf(world: World, spec: ActionSpec, error: unknown, code: string): Answer<never> {
  const known: Partial<Record<string, ProblemCode>> = { '42501': 'notAllowed', '23505': 'conflict', '57014': 'busy', '53300': 'busy', '40001': 'busy', '40P01': 'busy' }
  const answer = problem(known[code] ?? 'bug')
  world.log({ level: known[code] ? 'warn' : 'error', action: spec.name, problem: answer.problem.id, sqlstate: code, message: (error as Error).message, stack: known[code] ? undefined : (error as Error).stack })
  return answer
}

export function problem(code: ProblemCode, fields?: Problem['fields']): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code, id: randomBytes(4).toString('hex').toUpperCase(), ...(fields ? { fields } : {}) } }
}

async function runOnce(world: World, action: BoundAction, request: Request, input: unknown): Promise<Performed> {
  const { spec } = action
  const commandId = request.commandId ?? world.newId()
  const performed = await openTx(world.database.db, 'songbai_app', spec.scope === 'program' ? EVERYWHERE : request.actor, async (db): Promise<Performed & { wrote: boolean }> => {
    if (spec.kind === 'do') {
      const earlier = await claimCommand(db, request, commandId, world.clock())
      if (earlier) return { answer: earlier, wrote: false }
    }
    const pending: Pending = { events: [], notes: [], tasks: [] }
    const tx = makeTx(world, db, request.actor, pending)
    const answer = await runInSavepoint(db, () => action.run(tx, input as never), pending)
    const checked: Answer<unknown> = answer.ok ? { ok: true, value: spec.output.parse(answer.value) } : checkDeclared(spec, answer)
    await writeTrail(db, world, request, spec, checked, pending, commandId)
    const wrote = spec.kind === 'do' || pending.notes.length > 0
    return { answer: checked, wrote, ...(pending.session && checked.ok ? { session: pending.session } : {}) }
  }, spec.timeoutMs)
  if (performed.wrote) world.committed()
  return performed.session ? { answer: performed.answer, session: performed.session } : { answer: performed.answer }
}

/** Null when this command is new; else the answer it got the first time. Waits for a twin that is still running. */
async function claimCommand(db: AnyDb, request: Request, commandId: string, nowMs: number): Promise<Answer<unknown> | null> {
  const county = countyOf(request.actor.region)
  const claimed = await sql`insert into platform.command (county, id, action, actor_id, at) values (${county}, ${commandId}, ${request.action}, ${request.actor.id}, ${new Date(nowMs)}) on conflict do nothing returning 1`.execute(db)
  if (claimed.rows.length > 0) return null
  const { rows } = await sql<{ action: string; actorId: string; answer: Answer<unknown> | null }>`select action, actor_id as "actorId", answer from platform.command where county = ${county} and id = ${commandId}`.execute(db)
  const before = rows[0]
  if (!before?.answer || before.action !== request.action || before.actorId !== request.actor.id) return problem('conflict')
  return before.answer
}

async function runInSavepoint(db: AnyDb, run: () => Promise<unknown>, pending: Pending): Promise<Answer<unknown>> {
  await sql.raw('savepoint deed').execute(db)
  const result = await run()
  if (!isRefused(result)) {
    await sql.raw('release savepoint deed').execute(db)
    return { ok: true, value: result }
  }
  await sql.raw('rollback to savepoint deed').execute(db)
  pending.events.length = 0
  pending.tasks.length = 0
  return { ok: false, refusal: { code: result.refused, args: result.args } }
}

function checkDeclared(spec: ActionSpec, answer: Answer<unknown>): Answer<unknown> {
  if (!answer.ok && 'refusal' in answer && !spec.refusals.includes(answer.refusal.code)) throw new Error(`${spec.name} refused with ${answer.refusal.code}, which its contract does not declare`)
  return answer
}

export function makeTx(world: World, db: AnyDb, actor: Actor, pending: Pending): Tx {
  const nowMs = world.clock()
  return {
    db, actor, nowMs, today: todayIn(nowMs, 'Asia/Shanghai'), secrets: world.secrets,
    rows: async <T>(strings: TemplateStringsArray, ...values: readonly unknown[]) => (await sql<T>(strings, ...values).execute(db)).rows,
    newId: world.newId,
    database: world.database.kind,
    allowedActions: () => [...world.actions.values()].filter(({ spec }) => mayRun(spec, actor)).map(({ spec }) => spec.name),
    emit: (event, payload, region) => void pending.events.push({ type: event.name, payload: event.payload.parse(payload), region: region ?? actor.region }),
    note: (line) => void pending.notes.push(line),
    startTask(kind, input) {
      const id = world.newId()
      pending.tasks.push({ id, kind, input })
      return id
    },
    session: (change) => void (pending.session = change),
  }
}

async function writeTrail(db: AnyDb, world: World, request: Request, spec: ActionSpec, answer: Answer<unknown>, pending: Pending, commandId: string): Promise<void> {
  const at = new Date(world.clock())
  const { actor } = request
  const county = countyOf(actor.region)
  const outcome = answer.ok ? 'done' : 'refusal' in answer ? answer.refusal.code : answer.problem.code
  const lines: (AuditNote | null)[] = spec.kind === 'do' && pending.notes.length === 0 ? [null] : pending.notes
  if (lines.length > 0) {
    const rows = lines.map((line) => ({ county: line ? countyOf(line.region) : county, id: world.newId(), region: line?.region ?? actor.region, subject_id: line?.subjectId ?? null, what: line?.what ?? null, purpose: line?.purpose ?? null }))
    await sql`insert into platform.audit (county, id, region, at, actor_id, actor_name, actor_kind, door, action, outcome, subject_id, what, purpose, command_id)
      select county, id, region, ${at}, ${actor.id}, ${actor.name}, ${actor.kind}, ${request.door}, ${spec.name}, ${outcome}, subject_id, what, purpose, ${spec.kind === 'do' ? commandId : null}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, id uuid, region text, subject_id uuid, what text, purpose text)`.execute(db)
  }
  await writeOutbox(db, world, actor, pending, at)
  if (spec.kind === 'do') await sql`update platform.command set answer = ${JSON.stringify(answer)}::jsonb where county = ${county} and id = ${commandId}`.execute(db)
}

async function writeOutbox(db: AnyDb, world: World, actor: Actor, pending: Pending, at: Date): Promise<void> {
  if (pending.events.length > 0) {
    const rows = pending.events.map((event) => ({ county: countyOf(event.region), id: world.newId(), region: event.region, type: event.type, payload: event.payload }))
    await sql`insert into platform.event (county, id, region, type, payload, actor_id, at)
      select county, id, region, type, payload, ${actor.id}, ${at} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(county text, id uuid, region text, type text, payload jsonb)`.execute(db)
  }
  for (const task of pending.tasks) {
    await sql`insert into platform.task (county, id, region, kind, input, actor, state, created_at)
      values (${countyOf(actor.region)}, ${task.id}, ${actor.region}, ${task.kind}, ${JSON.stringify(task.input)}::jsonb, ${JSON.stringify(actor)}::jsonb, 'waiting', ${at})`.execute(db)
  }
}

/** A transaction outside a declared action, for tasks and listeners: same scope, same outbox, audited under `action`. */
export async function runAs<T>(world: World, actor: Actor, door: Door, action: string, work: (tx: Tx) => Promise<T>, timeoutMs = 30_000): Promise<T> {
  const spec = { name: action, kind: 'see', refusals: [] } as unknown as ActionSpec
  const result = await openTx(world.database.db, 'songbai_app', actor, async (db) => {
    const pending: Pending = { events: [], notes: [], tasks: [] }
    const value = await work(makeTx(world, db, actor, pending))
    await writeTrail(db, world, { action, input: null, actor, door }, spec, { ok: true, value }, pending, '')
    return value
  }, timeoutMs)
  world.committed()
  return result
}

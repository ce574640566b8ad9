/** The platform's own small capability. Everything else belongs to a duty of the service. */
import { sql } from 'kysely'
import type * as z from 'zod'
import type { Capability } from './capability.ts'
import { bind } from './capability.ts'
import { countyOf } from './actor.ts'
import { refuse } from './action.ts'
import { verifyAudit } from './sequencer.ts'
import { auditLine, cancelTask, seeAudit, seeAuditedCounties, seeTask, seeTasks, verifyAuditChain, type TaskView } from './system-contract.ts'
import type { Tx } from './tx.ts'

const TASK = `id, kind, state, done, total, info, result, failure, cancel_asked as "cancelAsked", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt", actor->>'name' as "actorName"`

export function systemCapability(): Capability {
  return {
    name: 'system', wing: 'know', title: { zh: '系统与审计', en: 'System and audit' }, migrations: [],
    actions: [
      bind(seeTask, async (tx, input) => (await findTask(tx, input.id)) ?? refuse('system.task-not-found')),
      bind(seeTasks, async (tx, input) => ({ tasks: await listTasks(tx, input.kind ?? null, input.limit) })),
      bind(cancelTask, askToStop),
      bind(seeAudit, async (tx, input) => {
        const lines = await auditLines(tx, input)
        return { lines: lines.slice(0, input.limit), more: lines.length > input.limit }
      }),
      // Every line of a county lies in that county's own places, so its auditor's scope sees the whole chain.
      bind(verifyAuditChain, (tx, input) => verifyAudit(tx.db, input.county ?? countyOf(tx.actor.region))),
      bind(seeAuditedCounties, async (tx) => ({ counties: (await tx.rows<{ county: string }>`select distinct county from platform.audit order by county`).map((row) => row.county) })),
    ],
  }
}

async function findTask(tx: Tx, id: string): Promise<TaskView | null> {
  return (await listTasks(tx, null, 1, id))[0] ?? null
}

async function listTasks(tx: Tx, kind: string | null, limit: number, id: string | null = null): Promise<TaskView[]> {
  return tx.rows<TaskView>`select ${sql.raw(TASK)} from platform.task where (${kind}::text is null or kind = ${kind}) and (${id}::uuid is null or id = ${id}::uuid) order by created_at desc limit ${limit}`
}

async function askToStop(tx: Tx, input: { id: string }) {
  const [row] = await tx.rows<{ state: string; actorId: string }>`select state, actor->>'id' as "actorId" from platform.task where id = ${input.id}`
  if (!row) return refuse('system.task-not-found')
  if (row.state !== 'waiting' && row.state !== 'running') return refuse('system.task-already-ended')
  if (row.actorId !== tx.actor.id && !tx.actor.roles.includes('program')) return refuse('system.task-of-another')
  await tx.rows`update platform.task set cancel_asked = true where id = ${input.id}`
  return { id: input.id }
}


type AuditLine = z.output<typeof auditLine>

async function auditLines(tx: Tx, input: { subjectId?: string; actorId?: string; action?: string; from?: string; to?: string; beforeAt?: number; limit: number }): Promise<AuditLine[]> {
  return tx.rows<AuditLine>`
    select id, seq, at, actor_name as "actorName", actor_kind as "actorKind", door, action, outcome, subject_id as "subjectId", what, purpose, region, hash
    from platform.audit
    where (${input.subjectId ?? null}::uuid is null or subject_id = ${input.subjectId ?? null}::uuid)
      and (${input.actorId ?? null}::uuid is null or actor_id = ${input.actorId ?? null}::uuid)
      and (${input.action ?? null}::text is null or action = ${input.action ?? null})
      and (${input.from ?? null}::date is null or at >= (${input.from ?? null}::date)::timestamp at time zone 'Asia/Shanghai')
      and (${input.to ?? null}::date is null or at < (${input.to ?? null}::date + 1)::timestamp at time zone 'Asia/Shanghai')
      and (${input.beforeAt ?? null}::float8 is null or at < to_timestamp(${input.beforeAt ?? null}::float8 / 1000))
    order by at desc, id desc limit ${input.limit + 1}`
}

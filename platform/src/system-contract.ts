/** What the platform itself lets people ask: long work, the log, its proof. Safe in a browser. */
import * as z from 'zod'
import { defineDo, defineSee } from './action.ts'

export const taskView = z.object({
  id: z.string(), kind: z.string(), state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  done: z.number(), total: z.number(), info: z.record(z.string(), z.unknown()), result: z.unknown(), failure: z.string().nullable(),
  cancelAsked: z.boolean(), createdAt: z.number(), startedAt: z.number().nullable(), finishedAt: z.number().nullable(), actorName: z.string(),
})
export type TaskView = z.output<typeof taskView>

export const seeTask = defineSee('system.task', {
  title: { zh: '查看一项长任务', en: 'One long task' },
  input: z.object({ id: z.uuid() }), output: taskView, may: 'signedIn', refusals: ['system.task-not-found'],
})

export const seeTasks = defineSee('system.tasks', {
  title: { zh: '最近的长任务', en: 'Recent long tasks' },
  input: z.object({ kind: z.string().max(60).optional(), limit: z.int().min(1).max(100).default(20) }), output: z.object({ tasks: z.array(taskView) }), may: 'signedIn',
})

export const cancelTask = defineDo('system.cancelTask', {
  title: { zh: '停下一项长任务', en: 'Stop a long task' },
  input: z.object({ id: z.uuid() }), output: z.object({ id: z.string() }), may: 'signedIn', refusals: ['system.task-not-found', 'system.task-already-ended', 'system.task-of-another'],
})

export const auditLine = z.object({
  id: z.string(), seq: z.number().nullable(), at: z.number(), actorName: z.string(), actorKind: z.string(), door: z.string(), action: z.string(),
  outcome: z.string(), subjectId: z.string().nullable(), what: z.string().nullable(), purpose: z.string().nullable(), region: z.string(), hash: z.string().nullable(),
})

export const seeAudit = defineSee('system.audit', {
  title: { zh: '操作记录', en: 'Audit log' },
  input: z.object({
    subjectId: z.uuid().optional(), actorId: z.uuid().optional(), action: z.string().max(80).optional(), from: z.iso.date().optional(), to: z.iso.date().optional(),
    beforeAt: z.number().optional(), limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({ lines: z.array(auditLine), more: z.boolean() }), may: ['auditor', 'securityAdmin'],
})

export const verifyAuditChain = defineSee('system.verifyAudit', {
  title: { zh: '核对操作记录有没有被改动', en: 'Check the audit log for tampering' },
  /** The caller's own county unless another one in scope is named. */
  input: z.object({ county: z.string().regex(/^\d{6}$/).optional() }), timeoutMs: 600_000,
  output: z.object({ county: z.string(), lines: z.number(), waiting: z.number(), headHash: z.string(), fault: z.object({ seq: z.number(), why: z.string() }).nullable() }),
  may: ['auditor', 'securityAdmin'],
})

export const seeAuditedCounties = defineSee('system.auditedCounties', { title: { zh: '有操作记录的县', en: 'Counties with an audit log' }, input: z.object({}), output: z.object({ counties: z.array(z.string()) }), may: ['auditor', 'securityAdmin'] })

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, id, paging, regionCode } from '../../common.ts'

/** `standIn`: who does it while nobody holds the post; `vacant` without one: nobody is there at all, and the screen says so. */
export const ownerView = z.object({ kind: z.enum(['person', 'organisation', 'post']), id: z.string().nullable(), post: z.string().nullable(), region: z.string().nullable(), name: bilingual, vacant: z.boolean(), standIn: bilingual.nullable() })

/** One work row: who and what, owner, clock, one verb. */
export const caseRow = z.object({
  id, type: z.string(), title: bilingual, state: z.string(), stateTitle: bilingual, region: regionCode, place: z.string(),
  subjectId: id.nullable(), subjectName: z.string().nullable(), evidence: bilingual.nullable(), owner: ownerView, waitingFor: ownerView.nullable(), mine: z.boolean(),
  openedAt: z.number(), closedAt: z.number().nullable(), outcome: bilingual.nullable(),
  clock: z.object({ tone: z.enum(['none', 'paused', 'grey', 'amber', 'red']), startedAt: z.number().nullable(), dueAt: z.number().nullable() }),
  /** What this person may do now, the usual step first. */
  moves: z.array(z.object({ id: z.string(), verb: bilingual, outcomes: z.array(z.object({ id: z.string(), title: bilingual })) })),
  revision: z.number(), link: z.string().nullable(),
})
export type CaseRow = z.output<typeof caseRow>

export const listCases = defineSee('work.list', {
  title: { zh: '要办的事', en: 'Work to do' }, may: 'signedIn',
  input: z.object({ mine: z.boolean().default(false), place: regionCode.optional(), /** A type, or the family before its dot: `offers` stands for all of `offers.…`. */ type: z.string().max(60).optional(), /** At most so many of each family. */ each: z.int().min(1).max(50).optional(), subjectId: id.optional(), open: z.boolean().default(true), overdueOnly: z.boolean().default(false), ...paging }),
  output: z.object({ rows: z.array(caseRow), total: z.number(), next: z.string().nullable() }),
})

export const countCases = defineSee('work.counts', {
  title: { zh: '要办的事有多少', en: 'How much work' }, may: 'signedIn', input: z.object({ place: regionCode.optional() }),
  output: z.object({ mine: z.number(), overdue: z.number(), dueToday: z.number(), dueTomorrow: z.number(), doneToday: z.number(), open: z.number(), /** What is mine by family, most first. */ kinds: z.array(z.object({ kind: z.string(), n: z.number(), firstDueAt: z.number().nullable() })) }),
})

export const seeCase = defineSee('work.get', {
  title: { zh: '一件事', en: 'One case' }, may: 'signedIn', input: z.object({ id }), refusals: ['work.not-found'],
  output: z.object({ case: caseRow, history: z.array(z.object({ at: z.number(), by: z.string().nullable(), text: bilingual, note: z.string().nullable() })), ladder: z.array(z.object({ id: z.string(), title: bilingual, state: z.enum(['fired', 'running', 'later']), at: z.number().nullable() })) }),
})

export const WORK_REFUSALS = ['work.not-found', 'work.not-allowed', 'work.stale', 'work.same-person', 'work.evidence-missing', 'work.outcome-missing', 'work.closed', 'work.move-not-here', 'work.no-holiday-data'] as const

export const moveCase = defineDo('work.move', { title: { zh: '办理', en: 'Take a step' }, may: 'signedIn', input: z.object({ id, move: z.string().max(40), outcome: z.string().max(40).optional(), note: z.string().max(500).optional(), seen: z.int().optional() }), output: z.object({ case: caseRow }), refusals: WORK_REFUSALS })
export const reassignCase = defineDo('work.reassign', { title: { zh: '改派', en: 'Hand over' }, may: 'signedIn', input: z.object({ id, userId: id, reason: z.string().trim().min(2).max(200), seen: z.int().optional() }), output: z.object({ case: caseRow }), refusals: [...WORK_REFUSALS, 'work.person-not-fit'] })
export const openManualCase = defineDo('work.open', { title: { zh: '记一件要办的事', en: 'Open a case by hand' }, may: ['countyClerk', 'townshipClerk'], input: z.object({ text: z.string().trim().min(2).max(200), region: regionCode, subjectId: id.optional(), subjectName: z.string().max(40).optional(), userId: id.optional() }), output: z.object({ id }), refusals: ['work.person-not-fit'] })

export const CaseClosed = defineEvent('work.CaseClosed', z.object({ caseId: id, type: z.string(), key: z.string(), outcome: z.string().nullable(), subjectId: id.nullable(), /** The person who closed it; null: the program did. */ by: z.object({ id, name: z.string() }).nullable().default(null) }))

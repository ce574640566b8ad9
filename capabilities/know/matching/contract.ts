import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CLERKS } from '../../roles.ts'
import { SOURCES } from './rules-sources.ts'

export const RUN_STATES = ['reading', 'unreadable', 'inspected', 'matching', 'done', 'failed'] as const
export const ROW_KINDS = ['different', 'possible', 'onlyOurs', 'onlyTheirs', 'twice', 'unreadable'] as const
export type RowKind = (typeof ROW_KINDS)[number]
export const ROW_STATES = ['open', 'waiting', 'settled', 'carried'] as const
/**
 * theirs: their value is taken over with their list as source · ours: ours stays · same: one person, nothing differs · notSame: two people, not proposed again ·
 * village: somebody asks · register: proposed for registering · notOurs: not one of ours · seen: taken note of.
 */
export const DECISIONS = ['theirs', 'ours', 'same', 'notSame', 'village', 'register', 'notOurs', 'seen'] as const
export type Decision = (typeof DECISIONS)[number]

const source = z.enum(SOURCES)
const taskStarted = z.object({ runId: id, taskId: id })
const reason = z.string().trim().min(2).max(200)

export const columnView = z.object({ column: z.int(), letter: z.string(), heading: z.string(), samples: z.array(z.string()), field: z.string().nullable(), why: z.string() })
export const sheetView = z.object({ index: z.int(), name: z.string(), rows: z.int(), /** Null: no row looks like a heading. */ table: z.object({ headingRows: z.array(z.int()), firstDataRow: z.int() }).nullable(), columns: z.array(columnView) })
export type SheetView = z.output<typeof sheetView>
export const setup = z.object({ sheet: z.int().min(0).max(500), headingRows: z.array(z.int().min(1)).min(1).max(3), choices: z.array(z.string().max(60).nullable()).max(200), /** People of this place are compared. */ place: regionCode, /** Day the list speaks of. */ listDay: day })
export type Setup = z.output<typeof setup>

/** Rows of their list = skipped + unreadable + twice + agreed + different + possible + onlyTheirs; people of ours = linked + onlyOurs + notAsked. */
export const tally = z.object({
  rows: z.int(), skipped: z.int(), unreadable: z.int(), twice: z.int(), agreed: z.int(), different: z.int(), possible: z.int(), onlyTheirs: z.int(),
  ours: z.int(), linked: z.int(), onlyOurs: z.int(), /** Not in their list, and nothing follows from that. */ notAsked: z.int(), remembered: z.int(), seconds: z.number(),
})
export type Tally = z.output<typeof tally>

export const runHead = z.object({ id, number: z.string(), source, fileName: z.string(), fileBytes: z.int(), state: z.enum(RUN_STATES), place: regionCode, createdBy: z.string(), createdAt: z.number(), doneAt: z.number().nullable(), taskId: id.nullable(), tally: tally.nullable(), open: z.int(), waiting: z.int() })
export type RunHead = z.output<typeof runHead>

export const sourceView = z.object({ id: source, title: bilingual, list: bilingual, complete: z.boolean(), columns: z.array(z.object({ id: z.string(), label: bilingual, required: z.boolean(), means: bilingual.nullable() })) })
export const listSources = defineSee('matching.sources', { title: { zh: '能比对哪些部门的名单', en: 'Lists that can be compared' }, input: z.object({}), output: z.object({ sources: z.array(sourceView) }), may: CLERKS })

export const inspectList = defineDo('matching.inspect', {
  title: { zh: '看看部门名单里有什么', en: 'Look into a department’s list' }, input: z.object({ source, fileId: id }), output: taskStarted, may: CLERKS, refusals: ['matching.file-not-found'],
})
export const listRuns = defineSee('matching.list', { title: { zh: '比对过的名单', en: 'Lists compared' }, input: z.object({ limit: z.int().min(1).max(100).default(30) }), output: z.object({ runs: z.array(runHead) }), may: CLERKS })

export const groupView = z.object({ kind: z.enum(ROW_KINDS), code: z.string(), title: bilingual, open: z.int(), waiting: z.int(), settled: z.int(), decisions: z.array(z.enum(DECISIONS)) })
export const settlementView = z.object({ id, decision: z.enum(DECISIONS), reason: z.string(), rows: z.int(), by: z.string(), at: z.number(), undoneAt: z.number().nullable(), batchId: id.nullable() })
export const seeRun = defineSee('matching.get', {
  title: { zh: '一次比对', en: 'One comparison' }, input: z.object({ runId: id }),
  output: runHead.extend({ sheets: z.array(sheetView), setup: setup.nullable(), suggested: setup.nullable(), failure: z.object({ code: z.string(), args: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(), groups: z.array(groupView), settlements: z.array(settlementView) }),
  may: CLERKS, refusals: ['matching.not-found'], timeoutMs: 15_000,
})
export const startRun = defineDo('matching.start', {
  title: { zh: '开始比对', en: 'Compare' }, input: z.object({ runId: id, setup }), output: taskStarted, may: CLERKS,
  refusals: ['matching.not-found', 'matching.wrong-state', 'matching.sheet-unknown', 'matching.name-column-missing', 'matching.field-twice', 'matching.field-unknown', 'matching.place-outside', 'matching.columns-undecided'],
})

const side = z.object({ name: z.string(), idMasked: z.string().nullable(), sex: z.enum(['male', 'female']).nullable(), birth: z.string().nullable(), place: z.string().nullable() })
const scored = z.object({ text: bilingual, bits: z.number() })
export const rowView = z.object({
  id, runId: id, source, row: z.int().nullable(), kind: z.enum(ROW_KINDS), codes: z.array(z.string()), state: z.enum(ROW_STATES), region: regionCode,
  theirs: side.nullable(), ours: side.extend({ id, status: z.string() }).nullable(),
  differences: z.array(z.object({ code: z.string(), label: bilingual, ours: bilingual, theirs: bilingual, means: bilingual.nullable(), takes: z.boolean(), /** Values stay on the server until a purpose is named. */ hidden: z.boolean() })),
  /** What speaks for and against one person, in doublings of the odds; the doubt in one sentence. */
  why: z.array(scored), doubt: bilingual.nullable(), others: z.array(side.extend({ id, bits: z.number() })),
  decisions: z.array(z.enum(DECISIONS)), decision: z.enum(DECISIONS).nullable(), reason: z.string().nullable(), decidedBy: z.string().nullable(), settledAt: z.number().nullable(), settlementId: id.nullable(), remembered: z.boolean(), caseId: id.nullable(), firstAskedAt: z.number(),
})
export type RowView = z.output<typeof rowView>
export const listRows = defineSee('matching.rows', {
  title: { zh: '要看的行', en: 'Rows to look at' },
  input: z.object({ runId: id.optional(), source: source.optional(), kind: z.enum(ROW_KINDS).optional(), code: z.string().max(80).optional(), states: z.array(z.enum(ROW_STATES)).max(4).default(['open']), /** Shows sensitive values too; each look stands in the log. */ purpose: z.string().trim().min(2).max(100).optional(), ...paging }),
  output: z.object({ rows: z.array(rowView), total: z.int(), next: z.string().nullable() }), may: CLERKS, timeoutMs: 15_000,
})
export const listAgreed = defineSee('matching.agreed', {
  title: { zh: '两边一样的行', en: 'Rows that agree' }, input: z.object({ runId: id, after: z.string().max(40).optional() }),
  output: z.object({ rows: z.array(z.object({ row: z.int(), elderId: id, name: z.string(), place: z.string() })), total: z.int(), next: z.string().nullable() }), may: CLERKS, refusals: ['matching.not-found'],
})

export const settleRows = defineDo('matching.settle', {
  title: { zh: '定下几行', en: 'Settle rows' }, input: z.object({ rowIds: z.array(id).min(1).max(200), decision: z.enum(DECISIONS), reason }),
  output: z.object({ settlementId: id, settled: z.int(), /** Events the register could not take as they contradict what is known: a case was opened for each. */ contradicted: z.int() }), may: CLERKS,
  refusals: ['matching.row-not-found', 'matching.already-settled', 'matching.decision-not-fitting'], timeoutMs: 30_000,
})
export const settleAll = defineDo('matching.settleAll', {
  title: { zh: '同一种的一次定下', en: 'Settle all of one kind' }, input: z.object({ runId: id, kind: z.enum(ROW_KINDS), code: z.string().max(80), decision: z.enum(DECISIONS), reason, /** How many rows, typed by the clerk: what the page showed must still be true. */ count: z.int().min(1) }),
  output: taskStarted.extend({ settlementId: id }), may: CLERKS, refusals: ['matching.not-found', 'matching.wrong-state', 'matching.decision-not-fitting', 'matching.count-differs'],
})
export const undoSettlement = defineDo('matching.undo', {
  title: { zh: '撤回一次决定', en: 'Take a decision back' }, input: z.object({ settlementId: id }), output: z.object({ taskId: id }), may: CLERKS, refusals: ['matching.settlement-not-found', 'matching.already-undone'],
})
export const exportRows = defineDo('matching.export', {
  title: { zh: '导出还没定下的行', en: 'Export the rows that remain' }, input: z.object({ runId: id, kind: z.enum(ROW_KINDS).optional(), purpose: z.string().trim().min(2).max(100) }), output: z.object({ taskId: id }), may: CLERKS, refusals: ['matching.not-found'],
})

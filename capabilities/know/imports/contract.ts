import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CLERKS, READERS } from '../../roles.ts'

export const BATCH_STATES = ['reading', 'unreadable', 'inspected', 'checking', 'checked', 'committing', 'committed', 'undoing', 'undone', 'stopped', 'failed'] as const
export type BatchState = (typeof BATCH_STATES)[number]
export const ROW_STATES = ['error', 'question', 'ready', 'dropped', 'skipped', 'repaired', 'imported'] as const
export type RowState = (typeof ROW_STATES)[number]
/** same: the person in the register, facts are added · new: another person · use: take the row as read, unreadable cells blank · drop: leave the row out. */
export const DECISIONS = ['same', 'new', 'use', 'drop'] as const
export type Decision = (typeof DECISIONS)[number]

const severity = z.enum(['error', 'question', 'repaired'])
const args = z.record(z.string(), z.union([z.string(), z.number()]))
const taskStarted = z.object({ batchId: id, taskId: id })

export const fieldView = z.object({ id: z.string(), label: bilingual, required: z.boolean(), kind: z.string() })
export const columnView = z.object({
  column: z.int(), letter: z.string(), heading: z.string(), samples: z.array(z.string()), field: z.string().nullable(),
  why: z.enum(['heading_equal', 'synonym', 'heading_part', 'content', 'template', 'row_number', 'empty', 'undecided', 'nothing']), fit: z.number().nullable(), others: z.array(z.string()),
})
export const sheetView = z.object({
  index: z.int(), name: z.string(), hidden: z.boolean(), rows: z.int(),
  /** Null: no row looks like a heading; `empty`: nothing in it. */
  table: z.object({ headingRows: z.array(z.int()), firstDataRow: z.int(), title: z.string(), runnerUp: z.int().nullable(), fingerprint: z.string() }).nullable(),
  looksLike: z.enum(['list', 'totals', 'empty', 'noHeading']), columns: z.array(columnView),
})
export type SheetView = z.output<typeof sheetView>

/** `choice`: a field, 'skip' for not imported, null while undecided. */
export const setup = z.object({
  sheet: z.int().min(0).max(500), headingRows: z.array(z.int().min(1)).min(1).max(3), choices: z.array(z.string().max(60).nullable()).max(200),
  /** Whole list belongs to this place; also what a village's bare name is looked up under. */
  place: regionCode, /** What the list says held from this day on. */ listDay: day,
})
export type Setup = z.output<typeof setup>

export const kindView = z.object({ code: z.string(), severity, rows: z.int(), /** Same-person questions take another answer. */ decisions: z.array(z.enum(DECISIONS)) })
/** Rows of the sheet: `seen` = ready + error + question + dropped + skipped; after a commit `imported` + `added` stand for ready. */
export const counts = z.object({
  seen: z.int(), ready: z.int(), error: z.int(), question: z.int(), dropped: z.int(), skipped: z.int(), repaired: z.int(), imported: z.int(), added: z.int(),
  skippedBy: z.record(z.string(), z.int()), seconds: z.number(),
})
export type Counts = z.output<typeof counts>

const batchHead = z.object({
  id, number: z.string(), fileName: z.string(), fileBytes: z.int(), state: z.enum(BATCH_STATES), createdBy: z.string(), createdAt: z.number(),
  committedAt: z.number().nullable(), undoneAt: z.number().nullable(), undoReason: z.string().nullable(), taskId: id.nullable(), counts: counts.nullable(),
})
export type BatchHead = z.output<typeof batchHead>

export const inspectFile = defineDo('imports.inspect', {
  title: { zh: '看看文件里有什么', en: 'Look into a file' },
  input: z.object({ fileId: id.optional(), /** Look again, with the clerk's own choice of heading rows. */ batchId: id.optional(), sheet: z.int().min(0).max(500).optional(), headingRows: z.array(z.int().min(1)).min(1).max(3).optional(), place: regionCode.optional() }),
  output: taskStarted, may: CLERKS, refusals: ['imports.file-not-found', 'imports.not-found', 'imports.wrong-state'],
})

export const seeBatch = defineSee('imports.get', {
  title: { zh: '一批导入', en: 'One import' }, input: z.object({ batchId: id }),
  output: batchHead.extend({
    kind: z.string().nullable(), encoding: z.string().nullable(), sheets: z.array(sheetView), fields: z.array(fieldView), setup: setup.nullable(), suggested: setup.nullable(),
    failure: z.object({ code: z.string(), args }).nullable(), kinds: z.array(kindView), undecided: z.array(z.string()), place: z.string(),
  }), may: CLERKS, refusals: ['imports.not-found'], timeoutMs: 15_000,
})

export const listBatches = defineSee('imports.list', { title: { zh: '导入过的名单', en: 'Past imports' }, input: z.object({ limit: z.int().min(1).max(100).default(30) }), output: z.object({ batches: z.array(batchHead) }), may: READERS })

export const checkBatch = defineDo('imports.check', {
  title: { zh: '试跑，不入库', en: 'Dry run' }, input: z.object({ batchId: id, setup, /** Remember these columns for lists with the same headings. */ saveTemplate: z.boolean().default(false) }),
  output: taskStarted, may: CLERKS,
  refusals: ['imports.not-found', 'imports.wrong-state', 'imports.sheet-unknown', 'imports.name-column-missing', 'imports.field-twice', 'imports.field-unknown', 'imports.place-outside'],
})

export const problemRow = z.object({
  row: z.int(), state: z.enum(ROW_STATES), decision: z.enum(DECISIONS).nullable(), decidedBy: z.string().nullable(), decisions: z.array(z.enum(DECISIONS)),
  cells: z.array(z.object({ column: z.int(), text: z.string(), was: z.string().nullable() })),
  findings: z.array(z.object({ column: z.string(), severity, code: z.string(), args })), matchId: id.nullable(),
})
export type ProblemRow = z.output<typeof problemRow>

export const seeProblems = defineSee('imports.problems', {
  title: { zh: '有问题的行', en: 'Rows with problems' },
  input: z.object({ batchId: id, code: z.string().max(80).optional(), states: z.array(z.enum(ROW_STATES)).max(7).optional(), row: z.int().optional(), ...paging }),
  output: z.object({ columns: z.array(z.object({ column: z.int(), letter: z.string(), heading: z.string(), field: z.string().nullable() })), rows: z.array(problemRow), total: z.int(), next: z.string().nullable() }),
  may: CLERKS, refusals: ['imports.not-found'], timeoutMs: 15_000,
})

export const fixCell = defineDo('imports.fix', {
  title: { zh: '改一格，马上重验', en: 'Correct a cell' }, input: z.object({ batchId: id, row: z.int().min(1), column: z.int().min(0).max(199), text: z.string().max(500) }),
  output: z.object({ row: problemRow }), may: CLERKS, refusals: ['imports.not-found', 'imports.wrong-state', 'imports.row-not-found'],
})

export const answerRows = defineDo('imports.answer', {
  title: { zh: '定下请看的行', en: 'Answer questions about rows' },
  input: z.object({ batchId: id, rows: z.array(z.int().min(1)).max(500).optional(), /** All open rows whose only questions are of this kind. */ code: z.string().max(80).optional(), /** Null takes the answer back. */ decision: z.enum(DECISIONS).nullable() }),
  output: z.object({ changed: z.int() }), may: CLERKS, refusals: ['imports.not-found', 'imports.wrong-state', 'imports.row-not-found', 'imports.answer-not-fitting'], timeoutMs: 30_000,
})

export const commitBatch = defineDo('imports.commit', {
  title: { zh: '入库', en: 'Import for good' }, input: z.object({ batchId: id, /** How many rows, typed by the clerk: what the page showed must still be true. */ count: z.int().min(1) }),
  output: taskStarted, may: CLERKS, refusals: ['imports.not-found', 'imports.wrong-state', 'imports.columns-undecided', 'imports.nothing-to-import', 'imports.count-differs'],
})

export const undoBatch = defineDo('imports.undo', {
  title: { zh: '撤销整批', en: 'Undo a whole import' }, input: z.object({ batchId: id, reason: z.string().trim().min(2).max(200) }),
  output: taskStarted, may: CLERKS, refusals: ['imports.not-found', 'imports.wrong-state'],
})

export const repairBatch = defineDo('imports.repaired', {
  title: { zh: '下载改好的表', en: 'Download the repaired sheet' }, input: z.object({ batchId: id, only: z.enum(['all', 'asked']).default('all'), language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  output: taskStarted, may: CLERKS, refusals: ['imports.not-found', 'imports.wrong-state'],
})

export const makeTemplate = defineDo('imports.template', {
  title: { zh: '下载空表', en: 'Download an empty form' }, input: z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }), output: z.object({ taskId: id }), may: CLERKS,
})

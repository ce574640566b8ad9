import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, id, paging, regionCode } from '../../common.ts'
import { CLERKS, READERS } from '../../roles.ts'

const COUNTY = ['countyClerk', 'leader', 'auditor'] as const
const SECOND = ['countyClerk', 'leader'] as const
const item = z.string().min(1).max(80)
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const taskStarted = z.object({ taskId: id })
const state = z.enum(['computing', 'draft', 'checked', 'released', 'exported', 'settled', 'dropped'])
export const LINE_LISTS = ['all', 'pay', 'held', 'stopped', 'began', 'ended', 'changed', 'arrears', 'offset', 'over', 'again', 'returned', 'deadPaid', 'sharedAccount', 'changedAccount', 'sameId', 'noAccount', 'unknown', 'twice'] as const
export type LineList = (typeof LINE_LISTS)[number]

export const batchHead = z.object({
  id, number: z.string(), month, items: z.array(z.object({ id: z.string(), title: bilingual })), state, stale: z.string().nullable(), taskId: id.nullable(), knownOn: z.string(), region: regionCode,
  people: z.number(), payFen: z.number(), held: z.number(), stopped: z.number(), draftedBy: z.string(), draftedAt: z.number(), mine: z.boolean(), checkedBy: z.string().nullable(), releasedBy: z.string().nullable(), releasedAt: z.number().nullable(), settledAt: z.number().nullable(),
})
export type BatchHead = z.output<typeof batchHead>
export const listBatches = defineSee('payments.batches', { title: { zh: '发放批次', en: 'Payment batches' }, may: COUNTY, timeoutMs: 15_000, input: z.object({ month: month.optional(), year: z.int().min(2000).max(2100).optional(), ...paging }), output: z.object({ rows: z.array(batchHead), total: z.number() }) })

const sums = z.object({ people: z.number(), dueFen: z.number(), arrearsFen: z.number(), againFen: z.number(), offsetFen: z.number(), payFen: z.number(), began: z.number(), ended: z.number(), changed: z.number(), same: z.number(), held: z.number(), stopped: z.number(), overFen: z.number(), wasFen: z.number() })
export type Sums = z.output<typeof sums>
export const seeBatch = defineSee('payments.batch', {
  title: { zh: '一个批次', en: 'One batch' }, may: COUNTY, timeoutMs: 30_000, refusals: ['payments.batch-not-found'], input: z.object({ id }),
  output: z.object({
    batch: batchHead, total: sums, items: z.array(sums.extend({ item: z.string(), title: bilingual, sample: z.boolean(), budgetLeftFen: z.number(), budgetSample: z.boolean() })), places: z.array(sums.extend({ code: regionCode, name: z.string() })),
    stops: z.array(z.object({ reason: z.string(), people: z.number() })), findings: z.array(z.object({ code: z.string(), severity: z.enum(['stop', 'look']), count: z.number() })),
    files: z.array(z.object({ id, way: z.enum(['sent', 'answer']), layout: z.string(), title: bilingual, name: z.string(), fileId: id.nullable(), people: z.number(), payFen: z.number(), by: z.string(), purpose: z.string(), at: z.number() })),
    outcome: z.object({ sent: z.number(), sentFen: z.number(), returned: z.number(), returnedFen: z.number(), paid: z.number(), paidFen: z.number() }).nullable(),
    settings: z.object({ lookBackMonths: z.number(), graceMonths: z.number(), offsetSharePercent: z.number(), sample: z.boolean() }),
  }),
})
export const lineRow = z.object({ id, elderId: id, name: z.string(), idMasked: z.string().nullable(), place: z.string(), region: regionCode, item: z.string(), itemTitle: bilingual, dueFen: z.number(), arrearsFen: z.number(), againFen: z.number(), offsetFen: z.number(), overFen: z.number(), payFen: z.number(), wasFen: z.number().nullable(), change: z.enum(['began', 'ended', 'changed', 'same', 'none']), code: z.string(), days: z.number(), held: z.string().nullable(), stopped: z.string().nullable(), accountMasked: z.string().nullable(), fileNo: z.number().nullable(), outcome: z.string().nullable() })
export type LineRow = z.output<typeof lineRow>
export const listLines = defineSee('payments.lines', { title: { zh: '批次里的名单', en: 'Lines of a batch' }, may: COUNTY, timeoutMs: 15_000, refusals: ['payments.batch-not-found'], input: z.object({ batchId: id, list: z.enum(LINE_LISTS).default('all'), item: item.optional(), place: regionCode.optional(), stop: z.string().max(30).optional(), ...paging }), output: z.object({ rows: z.array(lineRow), total: z.number(), next: z.string().nullable() }) })
export const partView = z.object({ kind: z.enum(['month', 'arrears', 'overpaid', 'again', 'offset']), month, dueFen: z.number(), beforeFen: z.number(), deltaFen: z.number(), code: z.string().nullable(), days: z.number().nullable() })
export const seeLine = defineSee('payments.line', {
  title: { zh: '一笔为什么是这个数', en: 'Why a line is what it is' }, may: COUNTY, timeoutMs: 15_000, refusals: ['payments.line-not-found'], input: z.object({ id }),
  output: z.object({ line: lineRow, parts: z.array(partView), versionId: id.nullable(), policyVersion: z.string().nullable(), ruleRow: z.string().nullable(), sentences: z.array(bilingual), clauses: z.array(z.object({ id: z.string(), text: bilingual })), facts: z.array(z.object({ must: bilingual, has: bilingual, source: bilingual, on: z.string().nullable(), verdict: z.string() })), sample: z.boolean() }),
})

export const draftBatch = defineDo('payments.draft', { title: { zh: '起草一个月的发放', en: 'Draft a month' }, may: ['countyClerk'], input: z.object({ month, items: z.array(item).min(1).max(30) }), output: z.object({ id, taskId: id }), refusals: ['payments.no-grants', 'payments.batch-open', 'payments.month-ahead'] })
export const recomputeBatch = defineDo('payments.recompute', { title: { zh: '按现在的情况重算', en: 'Work out anew' }, may: ['countyClerk'], input: z.object({ id }), output: z.object({ id, taskId: id }), refusals: ['payments.batch-not-found', 'payments.released-already', 'payments.computing'] })
export const checkBatch = defineDo('payments.check', { title: { zh: '核对通过', en: 'Check a batch' }, may: ['countyClerk'], timeoutMs: 30_000, input: z.object({ id }), output: z.object({ id }), refusals: ['payments.batch-not-found', 'payments.released-already', 'payments.computing', 'payments.findings', 'payments.stale'] })
export const dropBatch = defineDo('payments.drop', { title: { zh: '作废草稿', en: 'Drop a draft' }, may: ['countyClerk'], input: z.object({ id }), output: z.object({ id }), refusals: ['payments.batch-not-found', 'payments.released-already'] })
export const releaseBatch = defineDo('payments.release', { title: { zh: '核准发放', en: 'Release' }, may: SECOND, timeoutMs: 60_000, input: z.object({ id, people: z.int(), payFen: z.int() }), output: z.object({ id, people: z.number(), payFen: z.number() }), refusals: ['payments.findings', 'payments.batch-not-found', 'payments.second-person', 'payments.not-checked', 'payments.stale', 'payments.released-already', 'payments.count-differs', 'payments.over-budget', 'payments.nothing'] })
export const exportBatch = defineDo('payments.export', { title: { zh: '出银行文件', en: 'Make the bank file' }, may: SECOND, input: z.object({ id, layout: z.string().max(40), purpose: z.string().trim().min(2).max(100) }), output: taskStarted, refusals: ['payments.batch-not-found', 'payments.not-released', 'payments.layout-unknown'] })
export const readAnswerFile = defineDo('payments.readAnswer', { title: { zh: '读银行回盘', en: "Read the bank's answer" }, may: ['countyClerk'], input: z.object({ id, layout: z.string().max(40), fileId: id }), output: taskStarted, refusals: ['payments.batch-not-found', 'payments.not-exported', 'payments.layout-unknown'] })
export const settleBatch = defineDo('payments.settle', { title: { zh: '入账：到账与退回', en: 'Settle' }, may: ['countyClerk'], timeoutMs: 60_000, input: z.object({ id, returned: z.int().min(0) }), output: z.object({ id, paid: z.number(), paidFen: z.number(), returned: z.number(), returnedFen: z.number() }), refusals: ['payments.batch-not-found', 'payments.not-exported', 'payments.count-differs', 'payments.answer-unclear'] })
export const listLayouts = defineSee('payments.layouts', { title: { zh: '银行文件格式', en: 'Bank file layouts' }, may: COUNTY, input: z.object({}), output: z.object({ layouts: z.array(z.object({ id: z.string(), title: bilingual, sample: z.boolean() })) }) })
export const seeNotice = defineSee('payments.notice', { title: { zh: '公示名单', en: 'Public notice' }, may: COUNTY, timeoutMs: 15_000, refusals: ['payments.batch-not-found'], input: z.object({ id, place: regionCode.optional(), ...paging }), output: z.object({ number: z.string(), month, rows: z.array(z.object({ name: z.string(), idMasked: z.string(), place: z.string(), itemTitle: bilingual, payFen: z.number() })), people: z.number(), payFen: z.number(), next: z.string().nullable() }) })

export const payeeRow = z.object({ grantId: id, elderId: id, name: z.string(), idMasked: z.string().nullable(), place: z.string(), region: regionCode, item: z.string(), itemTitle: bilingual, sinceMonth: month, untilMonth: z.string().nullable(), endedReason: z.string().nullable(), origin: z.enum(['adopted', 'offer']), account: z.object({ id, bank: z.string(), holder: z.string(), masked: z.string(), sample: z.boolean() }).nullable() })
export type PayeeRow = z.output<typeof payeeRow>
export const listPayees = defineSee('payments.payees', { title: { zh: '领取人', en: 'Payees' }, may: [...READERS, 'auditor'], timeoutMs: 15_000, input: z.object({ place: regionCode.optional(), item: item.optional(), elderId: id.optional(), account: z.enum(['any', 'missing', 'shared']).default('any'), ended: z.boolean().default(false), ...paging }), output: z.object({ rows: z.array(payeeRow), total: z.number(), next: z.string().nullable(), items: z.array(z.object({ item: z.string(), title: bilingual, people: z.number(), withoutAccount: z.number() })) }) })
export const adoptPayees = defineDo('payments.adopt', { title: { zh: '把正在领取的人接过来', en: 'Take over who already draws' }, may: ['countyClerk'], input: z.object({ paidThrough: month }), output: taskStarted, refusals: ['payments.month-ahead'] })
export const setAccounts = defineDo('payments.setAccounts', { title: { zh: '登记收款账户', en: 'Record accounts' }, may: CLERKS, timeoutMs: 30_000, input: z.object({ accounts: z.array(z.object({ elderId: id, bank: z.string().trim().min(2).max(60), holder: z.string().trim().min(1).max(40), number: z.string().max(50) })).min(1).max(1000) }), output: z.object({ saved: z.number() }), refusals: ['payments.account-malformed', 'payments.elder-not-found'] })
/** For trials: an invented account for each synthetic payee without one. */
export const sampleAccounts = defineDo('payments.sampleAccounts', { title: { zh: '给虚构的人造样例账户', en: 'Invent accounts for synthetic payees' }, may: ['countyClerk'], input: z.object({}), output: taskStarted })
export const revealAccount = defineDo('payments.reveal', { title: { zh: '显示账号', en: 'Show an account number' }, may: CLERKS, input: z.object({ accountId: id, purpose: z.string().trim().min(2).max(100) }), output: z.object({ value: z.string() }), refusals: ['payments.account-not-found', 'payments.too-many-reveals'] })
export const seeOfElder = defineSee('payments.ofElder', { title: { zh: '一位老人到账的钱', en: 'What reached an elder' }, may: [...READERS, 'auditor'], input: z.object({ elderId: id }), output: z.object({ rows: z.array(z.object({ month, item: z.string(), itemTitle: bilingual, paidFen: z.number() })), paidFen: z.number() }) })

export const returnedRow = z.object({ id, batchId: id, number: z.string(), elderId: id, name: z.string(), place: z.string(), item: z.string(), itemTitle: bilingual, amountFen: z.number(), reason: z.string(), state: z.enum(['read', 'unclear', 'open', 'again', 'sent', 'cancelled']), accountMasked: z.string().nullable(), decidedBy: z.string().nullable() })
export const listReturned = defineSee('payments.returned', { title: { zh: '银行退回', en: 'Sent back by the bank' }, may: COUNTY, input: z.object({ batchId: id.optional(), open: z.boolean().default(true), ...paging }), output: z.object({ rows: z.array(returnedRow), total: z.number(), amountFen: z.number(), next: z.string().nullable() }) })
export const resolveReturned = defineDo('payments.resolveReturned', { title: { zh: '退回的钱怎么办', en: 'What becomes of returned money' }, may: ['countyClerk'], input: z.object({ id, how: z.enum(['again', 'cancel']), note: z.string().trim().min(2).max(200) }), output: z.object({ id }), refusals: ['payments.returned-not-found', 'payments.returned-decided', 'payments.no-budget'] })

export const recoupRow = z.object({ id, elderId: id, name: z.string(), place: z.string(), item: z.string(), itemTitle: bilingual, months: z.array(z.string()), amountFen: z.number(), recoveredFen: z.number(), writtenOffFen: z.number(), leftFen: z.number(), plan: z.enum(['undecided', 'offset', 'instalments']), sharePercent: z.number().nullable(), monthlyFen: z.number().nullable(), state: z.enum(['open', 'closed']), writeOffAsked: z.boolean(), writeOffBy: z.string().nullable(), writeOffReason: z.string().nullable(), writeOffMine: z.boolean(), foundAt: z.number(), recoveries: z.array(z.object({ how: z.enum(['offset', 'cash', 'writeOff']), amountFen: z.number(), on: z.string(), note: z.string().nullable(), by: z.string() })) })
export type RecoupRow = z.output<typeof recoupRow>
export const listRecoups = defineSee('payments.recoups', { title: { zh: '追回', en: 'Recoveries' }, may: COUNTY, input: z.object({ state: z.enum(['open', 'closed']).default('open'), ...paging }), output: z.object({ rows: z.array(recoupRow), total: z.number(), amountFen: z.number(), recoveredFen: z.number(), writtenOffFen: z.number(), leftFen: z.number(), next: z.string().nullable() }) })
const RECOUP = ['payments.recoup-not-found', 'payments.recoup-closed'] as const
export const planRecoup = defineDo('payments.planRecoup', { title: { zh: '定追回办法', en: 'Plan a recovery' }, may: ['countyClerk'], input: z.object({ id, plan: z.enum(['offset', 'instalments']), sharePercent: z.int().min(1).max(100).optional(), monthlyFen: z.int().min(1).optional() }), output: z.object({ id }), refusals: [...RECOUP, 'payments.plan-incomplete'] })
export const recordRecovery = defineDo('payments.recordRecovery', { title: { zh: '记一笔退款', en: 'Record money given back' }, may: ['countyClerk'], input: z.object({ id, amountFen: z.int().min(1), note: z.string().trim().min(2).max(200) }), output: z.object({ id, leftFen: z.number() }), refusals: [...RECOUP, 'payments.recovery-too-much', 'payments.no-budget'] })
export const askWriteOff = defineDo('payments.askWriteOff', { title: { zh: '申请核销', en: 'Ask to write off' }, may: ['countyClerk'], input: z.object({ id, reason: z.string().trim().min(4).max(300) }), output: z.object({ id }), refusals: RECOUP })
export const approveWriteOff = defineDo('payments.approveWriteOff', { title: { zh: '同意核销', en: 'Write off' }, may: SECOND, input: z.object({ id, amountFen: z.int() }), output: z.object({ id }), refusals: [...RECOUP, 'payments.write-off-not-asked', 'payments.second-person', 'payments.count-differs'] })

const side = z.object({ what: z.enum(['released', 'again', 'offset', 'paid', 'returned', 'claimed', 'recovered', 'writtenOff', 'payableNow', 'returnedNow', 'claimNow']), item: z.string(), rowsFen: z.number(), ledgerFen: z.number() })
/** Batches, returns and recoveries of a month beside the ledger: every pair is equal, or somebody must look. */
export const reconcileMonth = defineSee('payments.reconcile', { title: { zh: '批次与账对不对', en: 'Batches beside the ledger' }, may: COUNTY, timeoutMs: 30_000, input: z.object({ month }), output: z.object({ month, equal: z.boolean(), sides: z.array(side), afterDeath: z.number() }) })
export const seePaidFunnel = defineSee('payments.funnel', {
  title: { zh: '从发现到领到', en: 'From found to paid' }, may: [...READERS, 'auditor'], timeoutMs: 15_000, input: z.object({ place: regionCode.optional(), item: item.optional() }),
  output: z.object({ found: z.number(), told: z.number(), consented: z.number(), approved: z.number(), paid: z.number(), /** Approved and waiting for the first payment. */ waiting: z.number(), oldestDays: z.number().nullable(), medianDays: z.number().nullable(), stages: z.array(z.object({ stage: z.enum(['found', 'told', 'consented', 'checked', 'approved']), waiting: z.number(), oldestDays: z.number().nullable(), medianDays: z.number().nullable() })) }),
})

export const BatchReleased = defineEvent('payments.BatchReleased', z.object({ batchId: id, month, people: z.number(), payFen: z.number() }))
export const BatchSettled = defineEvent('payments.BatchSettled', z.object({ batchId: id, month, paid: z.number(), returned: z.number() }))

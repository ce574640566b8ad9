import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CARERS, READERS } from '../../roles.ts'
import { SOURCES } from './rules.ts'

const COUNTY = ['countyClerk', 'leader', 'auditor'] as const
const item = z.string().min(1).max(80)
const year = z.int().min(2000).max(2100)
const minutes = z.int().min(1).max(100_000)
const key = z.string().regex(/^[\w./:-]{1,120}$/)

export const accountView = z.object({ code: z.string(), kind: z.string(), title: bilingual, unit: z.string(), item: z.string().nullable(), year: z.number().nullable(), source: z.enum(SOURCES).nullable(), side: z.enum(['debit', 'credit']), debits: z.number(), credits: z.number(), balance: z.number(), sample: z.boolean() })
export type AccountView = z.output<typeof accountView>

export const listAccounts = defineSee('funds.accounts', { title: { zh: '资金科目', en: 'Accounts' }, may: COUNTY, input: z.object({ year: year.optional() }), output: z.object({ accounts: z.array(accountView), debits: z.number(), credits: z.number() }) })

export const statementRow = z.object({ id, on: z.string(), kind: z.string(), item: z.string().nullable(), other: z.string(), otherTitle: bilingual, incoming: z.number(), outgoing: z.number(), balance: z.number(), refKind: z.string().nullable(), refId: id.nullable(), region: regionCode, place: z.string(), note: z.string().nullable(), by: z.string(), at: z.number() })
export const seeStatement = defineSee('funds.statement', { title: { zh: '一个科目的流水', en: 'Statement of an account' }, may: COUNTY, refusals: ['funds.account-not-found'], input: z.object({ code: z.string().max(200), month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).optional(), ...paging }), output: z.object({ account: accountView, opening: z.number(), incoming: z.number(), outgoing: z.number(), closing: z.number(), rows: z.array(statementRow), total: z.number(), next: z.string().nullable() }) })

export const budgetView = z.object({ id, source: z.enum(SOURCES), sourceTitle: bilingual, item: z.string(), year: z.number(), amountFen: z.number(), document: z.string().nullable(), sample: z.boolean(), state: z.enum(['draft', 'approved', 'dropped']), draftedBy: z.string(), draftedAt: z.number(), mine: z.boolean(), decidedBy: z.string().nullable(), decidedAt: z.number().nullable() })
export const listBudgets = defineSee('funds.budgets', {
  title: { zh: '预算', en: 'Budgets' }, may: COUNTY, input: z.object({ year }),
  output: z.object({ rows: z.array(budgetView), /** Approved sums by item and source with what is left of them: given − released = left. */ left: z.array(z.object({ code: z.string(), item: z.string(), source: z.enum(SOURCES), sourceTitle: bilingual, givenFen: z.number(), spentFen: z.number(), leftFen: z.number(), sample: z.boolean() })) }),
})
export const draftBudget = defineDo('funds.draftBudget', { title: { zh: '记一笔预算', en: 'Write down a budget' }, may: ['countyClerk'], input: z.object({ source: z.enum(SOURCES), item, year, amountFen: z.int().min(1).max(1_000_000_000_000), document: z.string().trim().max(200).optional(), sample: z.boolean().default(false) }), output: z.object({ id }), refusals: ['funds.no-source-document'] })
export const approveBudget = defineDo('funds.approveBudget', { title: { zh: '审批预算', en: 'Approve a budget' }, may: ['countyClerk', 'leader'], input: z.object({ id, amountFen: z.int() }), output: z.object({ id }), refusals: ['funds.budget-not-found', 'funds.budget-not-draft', 'funds.second-person', 'funds.amount-differs'] })
export const dropBudget = defineDo('funds.dropBudget', { title: { zh: '不要这笔预算', en: 'Drop a budget' }, may: ['countyClerk'], input: z.object({ id }), output: z.object({ id }), refusals: ['funds.budget-not-found', 'funds.budget-not-draft'] })

/** Works every balance out anew: what a status page asks each night. */
export const checkFunds = defineSee('funds.check', { title: { zh: '账平不平', en: 'Do the books balance' }, may: COUNTY, timeoutMs: 60_000, input: z.object({}), output: z.object({ balanced: z.boolean(), books: z.number(), accounts: z.number(), transfers: z.number(), debits: z.number(), credits: z.number(), findings: z.array(z.object({ rule: z.string(), at: z.string(), text: bilingual })) }) })

export const quotaView = z.object({ elderId: id, elderName: z.string(), item: z.string(), unit: z.enum(['minute', 'coupon']), granted: z.number(), used: z.number(), lapsed: z.number(), held: z.number(), left: z.number(), nextExpiry: z.string().nullable(), leases: z.array(z.object({ id: z.string(), device: z.string(), amount: z.number(), spent: z.number(), until: z.string().nullable() })) })
export const seeQuotas = defineSee('funds.quotas', { title: { zh: '一位老人的服务额度', en: 'Quotas of an elder' }, may: READERS, input: z.object({ elderId: id }), output: z.object({ quotas: z.array(quotaView) }) })
const QUOTA_REFUSALS = ['funds.no-quota', 'funds.quota-short', 'funds.key-used', 'funds.elder-not-found'] as const
export const grantQuota = defineDo('funds.grantQuota', { title: { zh: '给一位老人服务额度', en: 'Grant a quota' }, may: ['countyClerk'], input: z.object({ elderId: id, item, unit: z.enum(['minute', 'coupon']), amount: minutes, expires: day.nullable().default(null), key }), output: z.object({ left: z.number() }), refusals: ['funds.elder-not-found', 'funds.key-used', 'funds.unit-differs'] })
export const spendQuota = defineDo('funds.spendQuota', { title: { zh: '用服务额度', en: 'Use a quota' }, may: CARERS, input: z.object({ elderId: id, item, amount: minutes, on: day.optional(), key }), output: z.object({ left: z.number() }), refusals: QUOTA_REFUSALS })
export const leaseQuota = defineDo('funds.leaseQuota', { title: { zh: '把一部分额度交给设备离线用', en: 'Lease part of a quota to a device' }, may: CARERS, input: z.object({ elderId: id, item, amount: minutes, until: day, device: z.string().min(1).max(80), key }), output: z.object({ lease: z.string(), left: z.number() }), refusals: QUOTA_REFUSALS })
export const offlineSpend = z.object({ key, elderId: id, item, lease: z.string().max(160).nullable().default(null), amount: minutes, on: day, device: z.string().min(1).max(80) })
/** What devices did while away, in any order and as often as it comes. */
export const settleOffline = defineDo('funds.settleOffline', { title: { zh: '离线用掉的额度入账', en: 'Settle what was used offline' }, may: CARERS, timeoutMs: 30_000, input: z.object({ spends: z.array(offlineSpend).min(1).max(500) }), output: z.object({ results: z.array(z.object({ key: z.string(), how: z.enum(['lease', 'balance', 'conflict', 'notFound']), covered: z.number(), short: z.number() })) }) })
export const listConflicts = defineSee('funds.conflicts', { title: { zh: '额度不够的离线服务', en: 'Offline service no quota bears' }, may: READERS, input: z.object({ open: z.boolean().default(true), ...paging }), output: z.object({ rows: z.array(z.object({ id: z.string(), elderId: id, elderName: z.string(), item: z.string(), device: z.string(), asked: z.number(), covered: z.number(), short: z.number(), on: z.string(), settlement: z.string().nullable(), settledBy: z.string().nullable() })), total: z.number() }) })
export const settleConflict = defineDo('funds.settleConflict', { title: { zh: '说明这次服务由谁承担', en: 'Say who bears it' }, may: ['countyClerk', 'townshipClerk'], input: z.object({ id: z.string().max(160), settlement: z.string().trim().min(2).max(200) }), output: z.object({ id: z.string() }), refusals: ['funds.conflict-not-found', 'funds.conflict-settled'] })


import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, day, id, regionCode } from '../../common.ts'

const STAFF = ['countyClerk', 'townshipClerk', 'villageAssistant', 'assessor', 'leader', 'auditor'] as const
export const VERSION_STATES = ['draft', 'inReview', 'published', 'withdrawn'] as const

const clauseView = z.object({ id: z.string(), number: z.string(), heading: bilingual, summary: bilingual, requirements: z.array(z.string()) })
export const listDocuments = defineSee('policies.documents', { title: { zh: '政策文件库', en: 'Policy documents' }, may: STAFF, input: z.object({}), output: z.object({ documents: z.array(z.object({ id: z.string(), title: bilingual, number: z.string().nullable(), issuer: bilingual, issuedOn: z.string().nullable(), region: z.string(), clauses: z.number() })) }) })
export const seeDocument = defineSee('policies.document', { title: { zh: '一份政策文件', en: 'One document' }, may: STAFF, input: z.object({ id: z.string().max(80) }), refusals: ['policies.document-not-found'], output: z.object({ id: z.string(), title: bilingual, number: z.string().nullable(), issuer: bilingual, issuedOn: z.string().nullable(), clauses: z.array(clauseView), targets: z.array(z.object({ id: z.string(), title: bilingual, figure: z.string(), due: z.string().nullable(), clause: z.string(), note: bilingual.nullable() })) }) })

/** One row of the basic service list (POL-01) as it holds on a day. */
export const itemRow = z.object({
  id: z.string(), versionId: id, version: z.number(), listNumber: z.number().nullable(), title: bilingual, object: bilingual, content: bilingual, standard: bilingual, unit: z.string().nullable(),
  kind: z.enum(['cash', 'service', 'voucher']), duty: bilingual.nullable(), basis: z.array(z.object({ clause: z.string(), text: bilingual })), region: z.string(), regionName: z.string(),
  effectiveFrom: z.string(), effectiveTo: z.string().nullable(), sample: z.boolean(), state: z.enum(VERSION_STATES),
})
export type ItemRow = z.output<typeof itemRow>
export const listItems = defineSee('policies.items', { title: { zh: '基本养老服务清单', en: 'Basic service list' }, may: 'signedIn', input: z.object({ place: regionCode.optional(), at: day.optional() }), output: z.object({ items: z.array(itemRow) }) })

export const versionRow = z.object({ id, item: z.string(), title: bilingual, region: z.string(), version: z.number(), state: z.enum(VERSION_STATES), effectiveFrom: z.string().nullable(), effectiveTo: z.string().nullable(), draftedBy: z.string(), draftedAt: z.number(), reviewedBy: z.string().nullable(), reviewedAt: z.number().nullable(), note: z.string().nullable(), sample: z.boolean() })
export const listVersions = defineSee('policies.versions', { title: { zh: '版本', en: 'Versions' }, may: STAFF, input: z.object({ item: z.string().max(80).optional(), state: z.enum(VERSION_STATES).optional() }), output: z.object({ versions: z.array(versionRow) }) })
export const seeVersion = defineSee('policies.version', { title: { zh: '一个版本', en: 'One version' }, may: STAFF, input: z.object({ id }), refusals: ['policies.version-not-found'], output: z.object({ version: versionRow, yaml: z.string(), item: itemRow, cases: z.array(z.object({ line: z.number(), ok: z.boolean(), text: bilingual })), problems: z.array(z.object({ line: z.number(), column: z.number(), text: bilingual })) }) })

export const saveDraft = defineDo('policies.saveDraft', { title: { zh: '存草稿', en: 'Save a draft' }, may: ['countyClerk'], input: z.object({ id: id.optional(), yaml: z.string().max(60_000), note: z.string().max(300).optional() }), output: z.object({ id, version: z.number(), problems: z.array(z.object({ line: z.number(), column: z.number(), text: bilingual })), failedCases: z.number() }), refusals: ['policies.version-not-found', 'policies.not-a-draft', 'policies.region-outside'] })
export const submitDraft = defineDo('policies.submit', { title: { zh: '交第二人复核', en: 'Submit for review' }, may: ['countyClerk'], input: z.object({ id }), output: z.object({ id }), refusals: ['policies.version-not-found', 'policies.not-a-draft', 'policies.has-problems', 'policies.cases-fail', 'policies.no-cases'] })
/** The second person. Approving publishes from a date; returning sends it back with a reason. */
export const reviewDraft = defineDo('policies.review', { title: { zh: '复核：发布或退回', en: 'Review: publish or return' }, may: ['countyClerk'], input: z.object({ id, decision: z.enum(['publish', 'return']), effectiveFrom: day.optional(), note: z.string().trim().min(2).max(300) }), output: z.object({ id, state: z.enum(VERSION_STATES) }), refusals: ['policies.version-not-found', 'policies.not-in-review', 'policies.second-person', 'policies.date-missing', 'policies.date-overlaps'] })
export const withdrawVersion = defineDo('policies.withdraw', { title: { zh: '停用', en: 'Withdraw' }, may: ['countyClerk'], input: z.object({ id, from: day, reason: z.string().trim().min(2).max(300) }), output: z.object({ id }), refusals: ['policies.version-not-found', 'policies.not-published', 'policies.second-person'] })
export const compareVersions = defineSee('policies.compare', { title: { zh: '对比两个版本', en: 'Compare two versions' }, may: STAFF, input: z.object({ a: id, b: id }), refusals: ['policies.version-not-found'], output: z.object({ a: versionRow, b: versionRow, changes: z.array(z.object({ path: z.string(), label: bilingual, kind: z.enum(['added', 'removed', 'changed']), before: z.string().nullable(), after: z.string().nullable() })) }) })

/** At every start: files of packs/ new to this database become law, changed ones arrive for review. */
export const loadPacks = defineDo('policies.loadPacks', { title: { zh: '载入随程序发布的政策', en: 'Load the policies that come with the program' }, may: 'program', timeoutMs: 60_000, input: z.object({}), output: z.object({ published: z.number(), inReview: z.number(), unchanged: z.number() }) })

export const PolicyPublished = defineEvent('policies.PolicyPublished', z.object({ item: z.string(), versionId: id, region: z.string(), from: day }))
export const PolicyWithdrawn = defineEvent('policies.PolicyWithdrawn', z.object({ item: z.string(), versionId: id, region: z.string(), from: day }))

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, day, id, regionCode } from '../../common.ts'

const STAFF = ['countyClerk', 'townshipClerk', 'villageAssistant', 'assessor', 'leader', 'auditor'] as const
export const VERSION_STATES = ['draft', 'inReview', 'published', 'withdrawn'] as const

const problem = z.object({ line: z.number(), column: z.number(), text: bilingual })
const clauseView = z.object({ id: z.string(), number: z.string(), heading: bilingual, summary: bilingual, requirements: z.array(z.string()) })
export const listDocuments = defineSee('policies.documents', { title: { zh: '政策文件库', en: 'Policy documents' }, may: STAFF, input: z.object({}), output: z.object({ documents: z.array(z.object({ id: z.string(), title: bilingual, number: z.string().nullable(), issuer: bilingual, issuedOn: z.string().nullable(), region: z.string(), clauses: z.number() })) }) })
export const seeDocument = defineSee('policies.document', { title: { zh: '一份政策文件', en: 'One document' }, may: STAFF, input: z.object({ id: z.string().max(80) }), refusals: ['policies.document-not-found'], output: z.object({ id: z.string(), title: bilingual, number: z.string().nullable(), issuer: bilingual, issuedOn: z.string().nullable(), clauses: z.array(clauseView), targets: z.array(z.object({ id: z.string(), title: bilingual, figure: bilingual, due: z.string().nullable(), clause: z.string(), note: bilingual.nullable() })) }) })

/** One row of the basic service list (POL-01) as it holds on a day. */
export const itemRow = z.object({
  id: z.string(), versionId: id, version: z.number(), listNumber: z.number().nullable(), title: bilingual, object: bilingual, content: bilingual, standard: bilingual, unit: z.string().nullable(),
  kind: z.enum(['cash', 'service', 'voucher']), duty: bilingual.nullable(), basis: z.array(z.object({ clause: z.string(), text: bilingual })), region: z.string(), regionName: z.string(),
  effectiveFrom: z.string(), effectiveTo: z.string().nullable(), sample: z.boolean(), state: z.enum(VERSION_STATES),
})
export type ItemRow = z.output<typeof itemRow>
export const listItems = defineSee('policies.items', { title: { zh: '基本养老服务清单', en: 'Basic service list' }, may: 'signedIn', input: z.object({ place: regionCode.optional(), at: day.optional() }), output: z.object({ items: z.array(itemRow) }) })

export const versionRow = z.object({
  id, item: z.string(), title: bilingual, region: z.string(), version: z.number(), state: z.enum(VERSION_STATES), effectiveFrom: z.string().nullable(), effectiveTo: z.string().nullable(),
  draftedBy: z.string(), draftedAt: z.number(), reviewedBy: z.string().nullable(), reviewedAt: z.number().nullable(), note: z.string().nullable(), sample: z.boolean(),
  /** Version it was written against, and the newest published one of the item and region now; a difference is a conflict. */
  baseVersion: z.number().nullable(), newestVersion: z.number().nullable(), measured: z.boolean(),
})

/** Figures measured over the whole population when the draft was sent. They stay with the version whatever happens later. */
export const impact = z.object({
  at: day, place: z.string(), population: z.number(), beforeFen: z.number(), afterFen: z.number(), unit: z.string(), winners: z.number(), losers: z.number(), unchanged: z.number(), entitledBefore: z.number(), entitledAfter: z.number(),
  /** Owed, or to be claimed back, for the days before today on which the new rules are to hold. */
  arrearsFen: z.number(), arrearsPeople: z.number(), /** False: they could not be worked out, and 0 means nothing; `arrearsReason` says why, or what is left out. */ arrearsComputed: z.boolean().optional(), arrearsReason: bilingual.nullable().optional(),
  townships: z.array(z.object({ code: z.string(), name: z.string(), beforeFen: z.number(), afterFen: z.number(), winners: z.number(), losers: z.number() })),
  months: z.array(z.object({ month: z.string(), beforeFen: z.number(), afterFen: z.number() })), assumptions: z.array(bilingual), measuredAt: z.number(), measuredBy: z.string(),
})
export type Impact = z.output<typeof impact>

export const finding = z.object({
  key: z.string(), code: z.string(), severity: z.enum(['error', 'confirm', 'info']), text: bilingual, rows: z.array(z.string()), line: z.number().nullable(), column: z.number().nullable(),
  example: z.object({ at: z.string(), facts: z.record(z.string(), z.unknown()), text: bilingual }).nullable(), fixes: z.array(z.object({ label: bilingual, yaml: z.string() })),
  confirmed: z.object({ by: z.string(), at: z.number() }).nullable(),
})
export type FindingShown = z.output<typeof finding>

/** A policy text as issued, cut into articles, kept with the draft that rests on it. */
export const sourceText = z.object({ title: z.string().trim().min(2).max(200), number: z.string().max(80), issuedOn: day.nullable(), articles: z.array(z.object({ id: z.string().max(40), label: z.string().max(40), text: z.string().max(4000) })).max(400) })
export type SourceText = z.output<typeof sourceText>
export const listVersions = defineSee('policies.versions', { title: { zh: '版本', en: 'Versions' }, may: STAFF, input: z.object({ item: z.string().max(80).optional(), state: z.enum(VERSION_STATES).optional() }), output: z.object({ versions: z.array(versionRow) }) })
export const seeVersion = defineSee('policies.version', { title: { zh: '一个版本', en: 'One version' }, may: STAFF, input: z.object({ id }), refusals: ['policies.version-not-found'], output: z.object({ version: versionRow, yaml: z.string(), item: itemRow, cases: z.array(z.object({ line: z.number(), ok: z.boolean(), text: bilingual })), problems: z.array(problem), findings: z.array(finding), impact: impact.nullable(), source: sourceText.nullable(), /** Text of the version above that this one extends. */ upperYaml: z.string().nullable() }) })

/** `seen`: when the draft was last saved as far as the writer knows. `base`: the writer has looked at this newer published version and goes on from there. */
export const saveDraft = defineDo('policies.saveDraft', {
  title: { zh: '存草稿', en: 'Save a draft' }, may: ['countyClerk'], input: z.object({ id: id.optional(), yaml: z.string().max(60_000), note: z.string().max(300).optional(), seen: z.number().optional(), base: z.int().min(0).optional() }),
  output: z.object({ id, version: z.number(), savedAt: z.number(), problems: z.array(problem), failedCases: z.number() }), refusals: ['policies.version-not-found', 'policies.not-a-draft', 'policies.region-outside', 'policies.draft-changed'],
})
/** "Meant so", or taken back: an open finding of the analysis settled by a person who answers for it. */
export const confirmFinding = defineDo('policies.confirmFinding', { title: { zh: '确认检查结果', en: 'Confirm a finding' }, may: ['countyClerk'], input: z.object({ id, key: z.string().max(400), meantSo: z.boolean() }), output: z.object({ id }), refusals: ['policies.version-not-found', 'policies.not-a-draft', 'policies.finding-gone', 'policies.rows-without-case'] })
export const keepSource = defineDo('policies.keepSource', { title: { zh: '留存政策原文', en: 'Keep the policy text' }, may: ['countyClerk'], input: z.object({ id, source: sourceText.nullable() }), output: z.object({ id }), refusals: ['policies.version-not-found', 'policies.not-a-draft'] })
export const submitDraft = defineDo('policies.submit', { title: { zh: '交第二人复核', en: 'Submit for review' }, may: ['countyClerk'], input: z.object({ id }), output: z.object({ id }), refusals: ['policies.version-not-found', 'policies.not-a-draft', 'policies.has-problems', 'policies.cases-fail', 'policies.no-cases', 'policies.is-draft', 'policies.rows-without-case', 'policies.findings-open', 'policies.newer-version'] })
/** The second person. Approving publishes from a date; returning sends it back with a reason. A first day before today wants `confirmPast`. */
export const reviewDraft = defineDo('policies.review', {
  title: { zh: '复核：发布或退回', en: 'Review: publish or return' }, may: ['countyClerk'], input: z.object({ id, decision: z.enum(['publish', 'return']), effectiveFrom: day.optional(), note: z.string().trim().min(2).max(300), confirmPast: z.boolean().optional() }),
  output: z.object({ id, state: z.enum(VERSION_STATES) }),
  refusals: ['policies.version-not-found', 'policies.not-in-review', 'policies.second-person', 'policies.date-missing', 'policies.date-overlaps', 'policies.past-date', 'policies.no-impact', 'policies.newer-version', 'policies.has-problems', 'policies.cases-fail', 'policies.no-cases', 'policies.is-draft', 'policies.rows-without-case', 'policies.findings-open'],
})
export const withdrawVersion = defineDo('policies.withdraw', { title: { zh: '停用', en: 'Withdraw' }, may: ['countyClerk'], input: z.object({ id, from: day, reason: z.string().trim().min(2).max(300) }), output: z.object({ id }), refusals: ['policies.version-not-found', 'policies.not-published', 'policies.second-person'] })
export const compareVersions = defineSee('policies.compare', { title: { zh: '对比两个版本', en: 'Compare two versions' }, may: STAFF, input: z.object({ a: id, b: id }), refusals: ['policies.version-not-found'], output: z.object({ a: versionRow, b: versionRow, changes: z.array(z.object({ path: z.string(), label: bilingual, kind: z.enum(['added', 'removed', 'changed']), before: z.string().nullable(), after: z.string().nullable() })) }) })

/** At every start: files of packs/ new to this database become law, changed ones arrive for review. */
export const loadPacks = defineDo('policies.loadPacks', { title: { zh: '载入随程序发布的政策', en: 'Load the policies that come with the program' }, may: 'program', timeoutMs: 60_000, input: z.object({}), output: z.object({ published: z.number(), inReview: z.number(), unchanged: z.number() }) })

export const PolicyPublished = defineEvent('policies.PolicyPublished', z.object({ item: z.string(), versionId: id, region: z.string(), from: day }))
export const PolicyWithdrawn = defineEvent('policies.PolicyWithdrawn', z.object({ item: z.string(), versionId: id, region: z.string(), from: day }))

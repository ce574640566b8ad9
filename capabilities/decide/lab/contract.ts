import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CLERKS } from '../../roles.ts'
import { finding, impact } from '../policies/contract.ts'

/** Who tries out what a rule would cost: those who write it and those who answer for the money. Names are for clerks alone. */
const LOOKERS = ['countyClerk', 'leader'] as const

/** A text tried out on the people of a place for the month of a day. `uses`: times a month for what is paid each time; nobody counts them before they happen. */
const question = { yaml: z.string().max(60_000), place: regionCode.optional(), at: day.optional(), uses: z.int().min(1).max(93).default(1) }
/** How somebody fares under the text compared with the law in force. */
export const GROUPS = ['newly', 'raised', 'lowered', 'dropped', 'unchanged'] as const
export type Group = (typeof GROUPS)[number]

const groups = z.object({ newly: z.number(), raised: z.number(), lowered: z.number(), dropped: z.number(), unchanged: z.number() })
export const figures = z.object({
  at: day, place: regionCode, population: z.number(), beforeFen: z.number(), afterFen: z.number(), entitledBefore: z.number(), entitledAfter: z.number(), openBefore: z.number(), openAfter: z.number(),
  /** Everybody stands in exactly one; winners are the first two, losers the next two. */
  groups, unit: z.string(), cycle: z.string(), uses: z.number(),
  rows: z.array(z.object({ row: z.string(), before: z.number(), after: z.number() })), nobody: z.number(),
  /** `month`: the sum of the month by the rules of pay, to the cent what a batch owes. `day`: amounts of the day, for what is not paid monthly. */
  basis: z.enum(['month', 'day']),
  /** Other benefits that move with it, by stacking or because they read it. */
  others: z.array(z.object({ item: z.string(), title: bilingual, beforeFen: z.number(), afterFen: z.number() })),
  townships: z.array(z.object({ code: regionCode, name: z.string(), people: z.number(), beforeFen: z.number(), afterFen: z.number(), winners: z.number(), losers: z.number() })),
})
export type Figures = z.output<typeof figures>

/** Amount and row before and after, in words. */
const side = z.object({ fen: z.number(), row: z.string().nullable(), text: bilingual })
export const personRow = z.object({ elderId: id, name: z.string(), age: z.number().nullable(), place: z.string(), facts: bilingual, group: z.enum(GROUPS), before: side, after: side })
export type PersonRow = z.output<typeof personRow>

export const seeDictionary = defineSee('lab.dictionary', { title: { zh: '政策实验室：事实字典', en: 'Policy lab: fact dictionary' }, may: LOOKERS, input: z.object({}), output: z.object({ factsText: z.string() }) })
export const tryOut = defineSee('lab.tryOut', {
  title: { zh: '试算', en: 'Try out' }, may: LOOKERS, timeoutMs: 30_000, input: z.object({ ...question, id: id.optional() }),
  output: z.object({
    problems: z.array(z.object({ line: z.number(), column: z.number(), text: bilingual })), cases: z.array(z.object({ line: z.number(), ok: z.boolean(), text: bilingual, got: bilingual, out: z.object({ row: z.string().nullable(), rows: z.array(z.string()), amount: z.number(), unknown: z.array(z.string()) }) })),
    findings: z.array(finding), steps: z.number(), checkMs: z.number(), figures: figures.nullable(), loadMs: z.number(), evaluateMs: z.number(),
    /** Parameters and days by which the text reaches back before today. */
    past: z.array(z.object({ from: day, text: bilingual })),
  }),
})
export const seePeople = defineSee('lab.people', { title: { zh: '试算名单', en: 'People of a trial' }, may: CLERKS, timeoutMs: 30_000, input: z.object({ ...question, ...paging, group: z.enum([...GROUPS, 'winners', 'losers', 'row', 'rowBefore', 'nobody']), row: z.string().max(80).optional() }), refusals: ['lab.unreadable'], output: z.object({ rows: z.array(personRow), total: z.number(), next: z.string().nullable() }) })
/** A few people picked by the seed, the same ones for the same seed, with the reason before and after. */
export const seeSamples = defineSee('lab.samples', { title: { zh: '看几个人', en: 'A few people' }, may: CLERKS, timeoutMs: 30_000, input: z.object({ ...question, seed: z.int().min(0).max(999_999), n: z.int().min(1).max(12).default(4) }), refusals: ['lab.unreadable'], output: z.object({ rows: z.array(personRow.extend({ why: z.object({ before: z.array(bilingual), after: z.array(bilingual) }) })) }) })

export const assumptions = z.object({ takeUpPercent: z.int().min(0).max(100).default(100), uses: z.int().min(1).max(93).default(1) })
export const seeForecast = defineSee('lab.forecast', {
  title: { zh: '往后 12 个月', en: 'Twelve months ahead' }, may: LOOKERS, timeoutMs: 60_000, input: z.object({ ...question, months: z.int().min(2).max(24).default(12), takeUpPercent: z.int().min(0).max(100).default(100) }), refusals: ['lab.unreadable'],
  output: z.object({ months: z.array(z.object({ month: z.string(), beforeFen: z.number(), afterFen: z.number(), beforePeople: z.number(), afterPeople: z.number() })), assumptions: z.array(bilingual), tookMs: z.number() }),
})
/** What days gone by would owe or claim back if the text held from a day on. */
export const seeArrears = defineSee('lab.arrears', { title: { zh: '补发与追回', en: 'Arrears' }, may: LOOKERS, timeoutMs: 60_000, input: z.object({ id, from: day, uses: question.uses }), refusals: ['lab.version-not-found', 'lab.unreadable'], output: z.object({ months: z.array(z.object({ month: z.string(), owedFen: z.number(), backFen: z.number(), people: z.number() })), owedFen: z.number(), backFen: z.number(), people: z.number(), /** False: it could not be worked out, and the sums mean nothing; `reason` says why, or what is left out. */ computed: z.boolean(), reason: bilingual.nullable(), cutFrom: z.string().nullable() }) })
/** The facts of one person that the text reads, without name, number or day of birth: what a golden case may hold. */
export const seeCase = defineSee('lab.case', { title: { zh: '从真人造案例', en: 'A case from a real person' }, may: CLERKS, input: z.object({ yaml: question.yaml, elderId: id, at: day.optional() }), refusals: ['lab.unreadable', 'lab.elder-not-found'], output: z.object({ at: day, facts: z.record(z.string(), z.unknown()), out: z.object({ row: z.string().nullable(), rows: z.array(z.string()), amount: z.number(), unknown: z.array(z.string()) }), text: bilingual }) })

export const scenario = z.object({
  id, item: z.string(), region: regionCode, name: z.string(), baseVersionId: id.nullable(), yaml: z.string(), figures, months: z.array(z.object({ month: z.string(), beforeFen: z.number(), afterFen: z.number() })), assumptions: z.array(bilingual),
  createdBy: z.string(), createdAt: z.number(),
})
export type Scenario = z.output<typeof scenario>
/** Measured when saved and never changed after: a set of changes on one version of the law. */
export const saveScenario = defineDo('lab.saveScenario', { title: { zh: '存情景', en: 'Save a scenario' }, may: ['countyClerk'], timeoutMs: 60_000, input: z.object({ ...question, name: z.string().trim().min(1).max(60), baseVersionId: id.optional(), takeUpPercent: z.int().min(0).max(100).default(100) }), refusals: ['lab.unreadable', 'lab.region-outside', 'lab.name-taken'], output: z.object({ id }) })
export const listScenarios = defineSee('lab.scenarios', { title: { zh: '情景', en: 'Scenarios' }, may: LOOKERS, input: z.object({ item: z.string().max(80).optional(), ids: z.array(id).max(4).optional() }), output: z.object({ scenarios: z.array(scenario) }) })
export const deleteScenario = defineDo('lab.deleteScenario', { title: { zh: '删去情景', en: 'Delete a scenario' }, may: ['countyClerk'], input: z.object({ id }), refusals: ['lab.scenario-not-found'], output: z.object({ id }) })
export const exportTrial = defineDo('lab.export', { title: { zh: '导出试算', en: 'Export a trial' }, may: ['countyClerk'], input: z.object({ ...question, takeUpPercent: z.int().min(0).max(100).default(100), /** The named list of winners and losers as well. */ names: z.boolean().default(false), format: z.enum(['xlsx', 'csv']), purpose: z.string().trim().min(2).max(100) }), refusals: ['lab.unreadable'], output: z.object({ taskId: id }) })

/** Sends a draft to the second person with the figures of today attached. What reaches back before today wants `confirmPast`. */
export const handOver = defineDo('lab.handOver', {
  title: { zh: '附影响送审', en: 'Send with the impact' }, may: ['countyClerk'], timeoutMs: 90_000, input: z.object({ id, at: day.optional(), uses: question.uses, takeUpPercent: z.int().min(0).max(100).default(100), confirmPast: z.boolean().optional() }),
  refusals: ['lab.version-not-found', 'lab.not-open', 'lab.past-change', 'policies.version-not-found', 'policies.not-a-draft', 'policies.has-problems', 'policies.cases-fail', 'policies.no-cases', 'policies.is-draft', 'policies.rows-without-case', 'policies.findings-open', 'policies.newer-version'], output: z.object({ id, impact }),
})

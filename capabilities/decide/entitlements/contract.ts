import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { asOf, bilingual, id, paging, regionCode } from '../../common.ts'
import { CLERKS, READERS } from '../../roles.ts'

/** Yes, no, not yet, unknown are four answers; what is drawn already makes six standings. */
export const STANDINGS = ['entitledEnjoying', 'entitledNotEnjoying', 'enjoyingNotEntitled', 'unknown', 'notYet', 'no'] as const
const standing = z.enum(STANDINGS)
export type Standing = z.output<typeof standing>

const counts = z.object({ entitledEnjoying: z.number(), entitledNotEnjoying: z.number(), enjoyingNotEntitled: z.number(), unknown: z.number(), notYet: z.number(), no: z.number() })
export const itemHead = z.object({ id: z.string(), title: bilingual, kind: z.enum(['cash', 'service', 'voucher']), listNumber: z.number().nullable(), sample: z.boolean(), basis: bilingual })

/** All rules over all elders of a place on a day: a count per item and standing, and per place below. Parts sum to the whole. */
export const seeSummary = defineSee('entitlements.summary', {
  title: { zh: '谁该享受什么：汇总', en: 'Who is entitled: summary' }, may: READERS, timeoutMs: 30_000, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional(), ...asOf }),
  output: z.object({
    people: z.number(), at: z.string(), knownOn: z.string(), tookMs: z.number(), /** Of `tookMs`: reading people into memory, and working out every rule; 0 when both were there. */ loadMs: z.number(), evaluateMs: z.number(),
    items: z.array(itemHead.extend({ counts, amountFen: z.number() })),
    /** For the chosen item, or all items together. */
    places: z.array(z.object({ code: regionCode, name: z.string(), people: z.number(), counts })),
    /** People with at least one result of the standing: each counted once. */
    persons: counts,
  }),
})

export const resultRow = z.object({ elderId: id, name: z.string(), age: z.number().nullable(), sex: z.enum(['male', 'female']).nullable(), place: z.string(), region: regionCode, item: z.string(), itemTitle: bilingual, standing, amountFen: z.number(), because: bilingual, missing: z.array(z.object({ fact: z.string(), label: bilingual, ask: bilingual.nullable() })), turnsOn: z.string().nullable(), idMasked: z.string().nullable() })
export type ResultRow = z.output<typeof resultRow>
export const listResults = defineSee('entitlements.list', { title: { zh: '谁该享受什么：名单', en: 'Who is entitled: list' }, may: READERS, timeoutMs: 30_000, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional(), standing: z.array(standing).min(1).default(['entitledNotEnjoying']), missingFact: z.string().max(60).optional(), ...paging, ...asOf }), output: z.object({ rows: z.array(resultRow), total: z.number(), people: z.number(), next: z.string().nullable() }) })

const conditionLine = z.object({ must: bilingual, has: bilingual, source: bilingual, on: z.string().nullable(), verdict: z.enum(['yes', 'no', 'unknown', 'notYet']), fact: z.string().nullable() })
export const explanation = z.object({
  item: itemHead, standing, verdict: z.enum(['yes', 'no', 'unknown', 'notYet']), row: z.string().nullable(), amountFen: z.number(), sample: z.boolean(), payFrom: z.string().nullable(), payTo: z.string().nullable(), enjoyingSince: z.string().nullable(),
  /** At most three, fit to be read to the elder. */
  sentences: z.array(bilingual), conditions: z.array(conditionLine), clauses: z.array(z.object({ id: z.string(), text: bilingual })),
  stacking: z.array(z.object({ text: bilingual })), missing: z.array(z.object({ fact: z.string(), label: bilingual, ask: bilingual.nullable() })),
  nearest: z.array(z.object({ text: bilingual })), turns: z.array(z.object({ on: z.string(), text: bilingual })), evidence: z.array(z.object({ label: bilingual, auto: z.boolean(), held: z.boolean() })), policyVersion: z.string(),
})
export type Explanation = z.output<typeof explanation>
export const seePerson = defineSee('entitlements.person', { title: { zh: '这位老人能享受什么', en: 'What one elder is entitled to' }, may: READERS, timeoutMs: 15_000, input: z.object({ elderId: id, ...asOf }), refusals: ['entitlements.elder-not-found'], output: z.object({ elderId: id, at: z.string(), counts, items: z.array(explanation), tookMs: z.number() }) })
export const seeExplanation = defineSee('entitlements.explain', { title: { zh: '为什么', en: 'Why' }, may: READERS, timeoutMs: 15_000, input: z.object({ elderId: id, item: z.string().max(80), ...asOf }), refusals: ['entitlements.elder-not-found', 'entitlements.item-not-found'], output: explanation })

/** Where the facts are missing: which fact, how many people, whom to ask. */
export const seeMissing = defineSee('entitlements.missing', { title: { zh: '缺哪些事实', en: 'Missing facts' }, may: READERS, timeoutMs: 30_000, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional(), ...asOf }), output: z.object({ facts: z.array(z.object({ fact: z.string(), label: bilingual, ask: bilingual.nullable(), people: z.number(), results: z.number() })) }) })
/** Newly entitled between two days, for the briefing: found by comparing two runs. */
export const seeFresh = defineSee('entitlements.fresh', { title: { zh: '新近有资格的人', en: 'Newly entitled' }, may: READERS, timeoutMs: 30_000, input: z.object({ place: regionCode.optional(), days: z.int().min(1).max(90).default(7) }), output: z.object({ people: z.number(), items: z.array(itemHead.extend({ count: z.number(), because: bilingual })), soon: z.number(), ids: z.array(id) }) })

export const exportResults = defineDo('entitlements.export', { title: { zh: '导出名单', en: 'Export the list' }, may: CLERKS, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional(), standing: z.array(standing).min(1), missingFact: z.string().max(60).optional(), ...asOf, format: z.enum(['xlsx', 'csv']), purpose: z.string().trim().min(2).max(100) }), output: z.object({ taskId: id }) })

export const EntitlementsChanged = defineEvent('entitlements.EntitlementsChanged', z.object({ elderId: id, became: z.array(z.string()), ended: z.array(z.string()) }))

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { asOf, bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CLERKS, READERS } from '../../roles.ts'

const value = z.object({ numerator: z.number(), denominator: z.number().nullable(), unknown: z.number(), /** Share 0–1, or the count itself; null when the denominator is zero. */ value: z.number().nullable() })
export const indicatorView = z.object({
  id: z.string(), title: bilingual, unit: z.enum(['person', 'percent', 'result']), better: z.enum(['up', 'down', 'none']), numeratorWords: bilingual, denominatorWords: bilingual.nullable(), note: bilingual.nullable(), base: bilingual, sample: z.boolean(),
  clauses: z.array(z.object({ id: z.string(), text: bilingual })), target: z.object({ value: z.number(), dueOn: z.string().nullable(), clause: z.string(), text: bilingual }).nullable(), status: z.enum(['met', 'behind', 'noTarget', 'noData']),
})
export const seeBoard = defineSee('indicators.board', {
  title: { zh: '指标看板', en: 'Indicator board' }, may: [...READERS, 'auditor'], timeoutMs: 30_000, input: z.object({ place: regionCode.optional(), ...asOf }),
  output: z.object({ at: z.string(), knownOn: z.string(), place: z.object({ code: regionCode, name: z.string() }), path: z.array(z.object({ code: regionCode, name: z.string() })), indicators: z.array(indicatorView.extend({ ...value.shape, children: z.array(z.object({ code: regionCode, name: z.string(), ...value.shape })) })) }),
})
export const seeTrend = defineSee('indicators.trend', { title: { zh: '指标走势', en: 'Trend of an indicator' }, may: [...READERS, 'auditor'], timeoutMs: 30_000, input: z.object({ indicator: z.string().max(60), place: regionCode.optional(), months: z.int().min(2).max(36).default(13), at: day.optional() }), refusals: ['indicators.not-found'], output: z.object({ points: z.array(z.object({ at: z.string(), ...value.shape })) }) })
/** The rows behind a number: numerator, the rest of the denominator, or those who cannot be told. */
export const seeRows = defineSee('indicators.rows', { title: { zh: '数字背后的人', en: 'Rows behind a number' }, may: READERS, timeoutMs: 30_000, input: z.object({ indicator: z.string().max(60), part: z.enum(['numerator', 'denominator', 'rest', 'unknown']), place: regionCode.optional(), /** Only those in no place below: the row that makes the parts sum to the whole. */ unplaced: z.boolean().default(false), ...asOf, ...paging }), refusals: ['indicators.not-found'], output: z.object({ rows: z.array(z.object({ elderId: id, name: z.string(), age: z.number().nullable(), place: z.string(), detail: bilingual.nullable() })), total: z.number(), /** Persons times items, where the indicator counts results; else the same as `total`. */ results: z.number(), next: z.string().nullable() }) })
/** Why a figure moved between two days: `entered` and `left` changed sides while they stood in the place both days; `cameIn` and `wentOut` joined or left its people. */
export const seeDifference = defineSee('indicators.difference', { title: { zh: '为什么变了', en: 'Why it changed' }, may: READERS, timeoutMs: 30_000, input: z.object({ indicator: z.string().max(60), place: regionCode.optional(), from: day, to: day }), refusals: ['indicators.not-found'], output: z.object({ before: value, after: value, entered: z.array(id), left: z.array(id), cameIn: z.array(id), wentOut: z.array(id), names: z.array(z.object({ elderId: id, name: z.string(), place: z.string() })) }) })
export const exportRows = defineDo('indicators.export', { title: { zh: '导出数字背后的人', en: 'Export rows behind a number' }, may: CLERKS, input: z.object({ indicator: z.string().max(60), part: z.enum(['numerator', 'denominator', 'rest', 'unknown']), place: regionCode.optional(), ...asOf, format: z.enum(['xlsx', 'csv']), purpose: z.string().trim().min(2).max(100) }), output: z.object({ taskId: id }), refusals: ['indicators.not-found'] })

/** Who stands behind `entitlements.fresh`: entitled today and not drawing, and neither entitled nor drawing so many days ago. */
export const seeFreshRows = defineSee('indicators.fresh', { title: { zh: '新近有资格的人：名单', en: 'Newly entitled: list' }, may: READERS, timeoutMs: 30_000, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional(), days: z.int().min(1).max(90).default(7), ...paging }), output: z.object({ rows: z.array(z.object({ elderId: id, name: z.string(), age: z.number().nullable(), place: z.string(), items: z.array(bilingual) })), total: z.number(), next: z.string().nullable() }) })

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { bilingual, id, paging, regionCode } from '../../common.ts'
import { CLERKS } from '../../roles.ts'
import { KINDS } from './rules.ts'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const MAY = [...CLERKS, 'leader', 'auditor'] as const
const reason = z.string().trim().min(2).max(200)
export const kind = z.enum(KINDS)
export const SCAN_STATES = ['running', 'done', 'stopped'] as const
export const SPELL_STATES = ['open', 'handed', 'dismissed', 'closed'] as const

export const scanHead = z.object({
  id, place: regionCode, placeName: z.string(), from: month, to: month, applied: z.enum(['drawn', 'all']), items: z.array(z.string()), state: z.enum(SCAN_STATES), taskId: id.nullable(), by: z.string(), at: z.number(), doneAt: z.number().nullable(),
  people: z.int(), seconds: z.number(), missed: z.int(), missedFen: z.number(), overpaid: z.int(), overpaidFen: z.number(),
})
export type ScanHead = z.output<typeof scanHead>

export const startScan = defineDo('lookback.start', {
  title: { zh: '往回查', en: 'Look back' },
  input: z.object({
    place: regionCode, from: month, to: month, /** Only these items; all that pay money when left out. */ items: z.array(z.string().max(80)).min(1).max(40).optional(),
    /** all: whoever had not applied counts as if; drawn: what begins with an application is owed to who draws it only. */ applied: z.enum(['drawn', 'all']).default('all'),
  }),
  output: z.object({ scanId: id, taskId: id }), may: CLERKS, refusals: ['lookback.months-turned', 'lookback.months-many', 'lookback.month-ahead', 'lookback.place-outside', 'lookback.item-unknown'],
})
export const listScans = defineSee('lookback.list', { title: { zh: '查过的', en: 'Looks back' }, input: z.object({ limit: z.int().min(1).max(50).default(20) }), output: z.object({ scans: z.array(scanHead), items: z.array(z.object({ id: z.string(), title: bilingual })) }), may: MAY })

const sum = z.object({ missed: z.int(), missedPeople: z.int(), missedMonths: z.int(), missedFen: z.number(), overpaid: z.int(), overpaidPeople: z.int(), overpaidMonths: z.int(), overpaidFen: z.number(), unpriced: z.int() })
export type Sum = z.output<typeof sum>
export const seeScan = defineSee('lookback.get', {
  title: { zh: '一次往回查', en: 'One look back' }, input: z.object({ scanId: id }),
  output: scanHead.extend({ total: sum, byItem: z.array(sum.extend({ item: z.string(), title: bilingual, basis: bilingual, sample: z.boolean() })), byPlace: z.array(sum.extend({ code: regionCode, name: z.string() })), open: z.int(), handed: z.int() }),
  may: MAY, refusals: ['lookback.not-found'], timeoutMs: 15_000,
})

export const spellView = z.object({
  id, elderId: id, name: z.string(), place: z.string(), item: z.string(), itemTitle: bilingual, kind, from: month, to: month, months: z.int(), sumFen: z.number(), /** Months whose amount nothing here tells. */ unpriced: z.int(),
  code: z.string(), clauses: z.array(z.object({ id: z.string(), text: bilingual })), sample: z.boolean(), /** Starts with an application: the months before it may not be payable. */ byApplication: z.boolean(), state: z.enum(SPELL_STATES), reason: z.string().nullable(), caseId: id.nullable(), outcome: z.string().nullable(),
})
export type SpellView = z.output<typeof spellView>
export const listSpells = defineSee('lookback.spells', {
  title: { zh: '名单', en: 'Named list' }, input: z.object({ scanId: id, kind: kind.optional(), item: z.string().max(80).optional(), place: regionCode.optional(), states: z.array(z.enum(SPELL_STATES)).min(1).default(['open', 'handed', 'closed', 'dismissed']), ...paging }),
  output: z.object({ rows: z.array(spellView), total: z.int(), sumFen: z.number(), next: z.string().nullable() }), may: [...CLERKS, 'leader'], refusals: ['lookback.not-found'], timeoutMs: 15_000,
})
export const handOver = defineDo('lookback.handOver', {
  title: { zh: '交给人办', en: 'Hand over' }, input: z.object({ spellIds: z.array(id).min(1).max(200) }), output: z.object({ opened: z.int() }), may: CLERKS, refusals: ['lookback.spell-not-found', 'lookback.spell-not-open'],
})
export const dismissSpells = defineDo('lookback.dismiss', {
  title: { zh: '看过，不办', en: 'Set aside' }, input: z.object({ spellIds: z.array(id).min(1).max(200), reason, /** False takes it back. */ aside: z.boolean().default(true) }), output: z.object({ changed: z.int() }), may: CLERKS, refusals: ['lookback.spell-not-found', 'lookback.spell-not-open'],
})
export const exportSpells = defineDo('lookback.export', {
  title: { zh: '导出名单', en: 'Export the list' }, input: z.object({ scanId: id, kind: kind.optional(), item: z.string().max(80).optional(), purpose: z.string().trim().min(2).max(100) }), output: z.object({ taskId: id }), may: CLERKS, refusals: ['lookback.not-found'],
})

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { asOf, bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CARERS, CLERKS, READERS } from '../../roles.ts'

export const STATUSES = ['active', 'dead', 'movedOut', 'merged', 'undone'] as const
export const DUTIES = ['supporter', 'guardian', 'emergency', 'carer', 'neighbour'] as const
export const RESIDENCE_KINDS = ['usual', 'registered', 'winterCamp', 'summerCamp', 'other'] as const
export const EVENT_KINDS = ['death', 'deathWithdrawn', 'moveWithin', 'moveOut', 'moveIn', 'hospitalIn', 'hospitalOut', 'benefitGranted', 'benefitStopped', 'disabilityChanged', 'incomeChanged', 'livingChanged', 'seen'] as const
export const SECRET_FIELDS = ['idNumber', 'phone', 'contactPhone'] as const

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const sex = z.enum(['male', 'female'])

/** One line of a list: nothing secret, place as code and words. */
export const elderRow = z.object({
  id, name: z.string(), sex: sex.nullable(), birthDay: z.string().nullable(), birthMonth: z.string().nullable(), age: z.number().nullable(),
  region: regionCode, place: z.string(), idMasked: z.string().nullable(), phoneMasked: z.string().nullable(),
  status: z.enum(STATUSES), categories: z.array(z.string()), abilityLevel: z.string().nullable(), synthetic: z.boolean(),
})
export type ElderRow = z.output<typeof elderRow>

/** Words a list is narrowed by; all must hold. `place` is any node of the tree in the actor's scope. */
export const elderFilter = z.object({
  place: regionCode.optional(), categories: z.array(z.string().max(60)).max(20).optional(), categoryMatch: z.enum(['any', 'all']).default('any'),
  status: z.array(z.enum(STATUSES)).default(['active']), ageFrom: z.int().min(0).max(130).optional(), ageTo: z.int().min(0).max(130).optional(), sex: sex.optional(),
  missing: z.enum(['idNumber', 'birthDay', 'phone', 'assessment', 'contact', 'village']).optional(), batchId: id.optional(), ids: z.array(id).max(1000).optional(),
})

export const searchElders = defineSee('elders.search', {
  title: { zh: '按姓名、拼音首字母、身份证尾号、电话或村找人', en: 'Find by name, pinyin initials, ID tail, phone or village' },
  input: z.object({ text: z.string().trim().min(1).max(60), limit: z.int().min(1).max(50).default(12) }),
  output: z.object({ hits: z.array(elderRow.extend({ by: z.enum(['name', 'initials', 'pinyin', 'idNumber', 'idTail', 'phone', 'phoneTail', 'village', 'contactPhone']) })), more: z.boolean() }),
  may: READERS,
})

export const listElders = defineSee('elders.list', {
  title: { zh: '老人名单', en: 'List of elders' },
  input: z.object({ ...elderFilter.shape, ...paging, ...asOf, sort: z.enum(['name', 'age', 'place', 'changed']).default('name') }),
  output: z.object({ rows: z.array(elderRow), total: z.number(), next: z.string().nullable() }), may: READERS, timeoutMs: 15_000,
})

/** How many in each category and each place below; a person in two categories is counted in both, once in `total`. */
export const countElders = defineSee('elders.counts', {
  title: { zh: '分类、分区人数', en: 'Counts by category and place' },
  input: z.object({ place: regionCode.optional(), ...asOf }),
  output: z.object({
    total: z.number(), inAnyCategory: z.number(),
    categories: z.array(z.object({ id: z.string(), title: bilingual, count: z.number() })),
    places: z.array(z.object({ code: regionCode, name: z.string(), total: z.number(), inAnyCategory: z.number() })),
  }), may: READERS, timeoutMs: 15_000,
})

/** A sensitive fact stays on the server: `value` and `shown` are null until `elders.revealFact` is asked with a purpose. Facts of one key with the same `variant` say the same. */
export const factView = z.object({
  id, key: z.string(), label: bilingual, value: z.unknown(), shown: bilingual.nullable(), variant: z.number(), validFrom: z.string().nullable(), validTo: z.string().nullable(), source: z.string(), sourceRef: z.string().nullable(),
  recordedAt: z.number(), recorder: z.string(), supersededAt: z.number().nullable(), reason: z.string().nullable(), sensitive: z.boolean(),
})
export const contactView = z.object({ id, name: z.string(), relation: z.string(), duty: z.enum(DUTIES), rank: z.number(), phoneMasked: z.string().nullable(), note: z.string().nullable(), validFrom: z.string().nullable(), validTo: z.string().nullable() })
export const residenceView = z.object({
  id, kind: z.enum(RESIDENCE_KINDS), place: regionCode, placeName: z.string(), address: z.string().nullable(), seasonFrom: z.string().nullable(), seasonTo: z.string().nullable(),
  lon: z.number().nullable(), lat: z.number().nullable(), accessNote: z.string().nullable(), phoneCoverage: z.enum(['good', 'weak', 'none']).nullable(), schematic: z.boolean(), today: z.boolean(),
})
export const lifeEventView = z.object({ id, kind: z.enum(EVENT_KINDS), onDay: z.string(), source: z.string(), sourceRef: z.string(), state: z.enum(['applied', 'conflict', 'unmatched', 'withdrawn']), detail: z.string().nullable(), recordedAt: z.number() })

export const seeElder = defineSee('elders.get', {
  title: { zh: '一位老人的档案', en: 'One elder' }, input: z.object({ id, ...asOf }),
  output: z.object({
    elder: elderRow.extend({ ethnicity: z.string().nullable(), address: z.string().nullable(), registeredPlace: z.string().nullable(), statusOn: z.string().nullable(), mergedInto: z.string().nullable(), createdAt: z.number(), changedAt: z.number() }),
    household: z.array(elderRow), facts: z.array(factView), contacts: z.array(contactView), residences: z.array(residenceView), events: z.array(lifeEventView),
    merges: z.array(z.object({ id, keepId: id, dropId: id, dropName: z.string(), reason: z.string(), mergedAt: z.number(), splitAt: z.number().nullable() })),
    categories: z.array(z.object({ id: z.string(), title: bilingual, since: z.string().nullable(), why: bilingual })),
    /** Who looked at this record, newest first. */
    looks: z.array(z.object({ at: z.number(), who: z.string(), what: z.string(), purpose: z.string().nullable() })),
  }), may: READERS, refusals: ['elders.not-found'],
})

export const revealField = defineDo('elders.reveal', {
  title: { zh: '显示一项保密信息', en: 'Show one secret' },
  input: z.object({ id, field: z.enum(SECRET_FIELDS), contactId: id.optional(), purpose: z.string().trim().min(2).max(100) }),
  output: z.object({ value: z.string().nullable() }), may: CARERS, refusals: ['elders.not-found', 'elders.too-many-reveals'],
})

export const revealFact = defineDo('elders.revealFact', {
  title: { zh: '显示一条保密事实', en: 'Show one sensitive fact' },
  input: z.object({ id, factId: id, purpose: z.string().trim().min(2).max(100) }),
  output: z.object({ shown: bilingual }), may: [...CARERS, 'assessor'], refusals: ['elders.not-found', 'elders.too-many-reveals'],
})

/** The kinds of facts there are: what a form may record, whom to ask for what is missing. */
export const factKind = z.object({
  id: z.string(), label: bilingual, note: bilingual.nullable(), type: z.enum(['day', 'month', 'int', 'fen', 'bool', 'code', 'codes', 'region']), values: z.array(bilingual.extend({ id: z.string() })), unit: bilingual.nullable(), min: z.number(), max: z.number(),
  sensitive: z.boolean(), ask: bilingual.nullable(), /** May be recorded at the registry; others come from life events, assessments, payments. */ recordable: z.boolean(), /** Without it some answer waits. */ awaited: z.boolean(),
})
export type FactKind = z.output<typeof factKind>
export const seeDictionary = defineSee('elders.dictionary', { title: { zh: '有哪些事实', en: 'Kinds of facts' }, input: z.object({}), output: z.object({ facts: z.array(factKind) }), may: READERS })

const newContact = z.object({ name: z.string().trim().min(1).max(40), relation: z.string().trim().min(1).max(20), duty: z.enum(DUTIES), rank: z.int().min(1).max(9).default(1), phone: z.string().max(30).optional(), note: z.string().max(200).optional() })
const newResidence = z.object({
  kind: z.enum(RESIDENCE_KINDS), place: regionCode, address: z.string().max(200).optional(), seasonFrom: z.string().regex(/^\d\d-\d\d$/).optional(), seasonTo: z.string().regex(/^\d\d-\d\d$/).optional(),
  lon: z.number().min(73).max(136).optional(), lat: z.number().min(3).max(54).optional(), accessNote: z.string().max(300).optional(), phoneCoverage: z.enum(['good', 'weak', 'none']).optional(), schematic: z.boolean().default(false), validFrom: day.optional(),
})
export const newFact = z.object({ key: z.string().max(60), value: z.unknown(), validFrom: day.nullable().default(null), validTo: day.nullable().default(null), source: z.string().trim().min(1).max(60), sourceRef: z.string().max(100).nullable().default(null), reason: z.string().max(200).nullable().default(null) })

/** What makes a new elder; also the shape an imported row ends in. */
export const newElder = z.object({
  id: id.optional(), name: z.string().trim().min(1).max(40), sex: sex.optional(), birthDay: day.optional(), birthMonth: month.optional(), idNumber: z.string().max(24).optional(), phone: z.string().max(30).optional(), ethnicity: z.string().max(20).optional(),
  region: regionCode, address: z.string().max(200).optional(), registeredRegion: regionCode.optional(), householdId: id.optional(),
  facts: z.array(newFact).max(60).default([]), contacts: z.array(newContact).max(12).default([]), residences: z.array(newResidence).max(8).default([]), source: z.string().trim().min(1).max(60),
})
export type NewElder = z.output<typeof newElder>

export const ID_REFUSALS = ['elders.id-malformed', 'elders.id-checksum', 'elders.id-birth-impossible', 'elders.id-birth-differs', 'elders.id-sex-differs', 'elders.birth-in-future', 'elders.birth-impossible', 'elders.region-unknown', 'elders.region-outside', 'elders.id-taken', 'elders.phone-malformed'] as const

export const registerElder = defineDo('elders.register', {
  title: { zh: '登记一位老人', en: 'Register an elder' }, input: newElder.extend({ acceptDuplicate: z.boolean().default(false) }),
  output: z.object({ id, synthetic: z.boolean(), warnings: z.array(z.object({ code: z.string(), args: z.record(z.string(), z.unknown()) })) }),
  may: CLERKS, refusals: [...ID_REFUSALS, 'elders.fact-unknown', 'elders.fact-value', 'elders.likely-duplicate'],
})

export const recordFacts = defineDo('elders.recordFacts', {
  title: { zh: '记几条事实', en: 'Record facts' }, input: z.object({ id, facts: z.array(newFact).min(1).max(30) }),
  output: z.object({ recorded: z.array(id), superseded: z.array(id) }), may: CARERS, refusals: ['elders.not-found', 'elders.not-active', 'elders.fact-unknown', 'elders.fact-value', 'elders.fact-future', 'elders.fact-provided-elsewhere'],
})

export const correctIdentity = defineDo('elders.correct', {
  title: { zh: '更正姓名、身份证、生日或电话', en: 'Correct identity' },
  input: z.object({ id, name: z.string().trim().min(1).max(40).optional(), sex: sex.optional(), birthDay: day.optional(), idNumber: z.string().max(24).nullable().optional(), phone: z.string().max(30).nullable().optional(), reason: z.string().trim().min(2).max(200) }),
  output: z.object({ id }), may: CLERKS, refusals: ['elders.not-found', ...ID_REFUSALS],
})

export const saveContact = defineDo('elders.saveContact', { title: { zh: '添加或改联系人', en: 'Save a contact' }, input: z.object({ elderId: id, contactId: id.optional(), ...newContact.shape, end: z.boolean().default(false) }), output: z.object({ id }), may: CARERS, refusals: ['elders.not-found', 'elders.phone-malformed'] })
export const saveResidence = defineDo('elders.saveResidence', { title: { zh: '添加或改住处', en: 'Save a residence' }, input: z.object({ elderId: id, residenceId: id.optional(), ...newResidence.shape, end: z.boolean().default(false) }), output: z.object({ id }), may: CARERS, refusals: ['elders.not-found', 'elders.region-unknown', 'elders.region-outside'] })

export const lifeEvent = z.object({
  kind: z.enum(EVENT_KINDS), onDay: day, elderId: id.optional(), idNumber: z.string().max(24).optional(), name: z.string().max(40).optional(), toRegion: regionCode.optional(), address: z.string().max(200).optional(),
  item: z.string().max(60).optional(), facts: z.array(newFact).max(10).default([]), source: z.string().trim().min(1).max(60), sourceRef: z.string().trim().min(1).max(100), note: z.string().max(200).optional(),
})
export type LifeEvent = z.output<typeof lifeEvent>

/** The replayable feed: each line answers for itself; the same (source, sourceRef) again is `again` and changes nothing. */
export const recordEvents = defineDo('elders.recordEvents', {
  title: { zh: '记生活变动（去世、迁移、住院……），可整批重放', en: 'Record life events, replayable' }, input: z.object({ events: z.array(lifeEvent).min(1).max(1000) }),
  output: z.object({ results: z.array(z.object({ sourceRef: z.string(), state: z.enum(['applied', 'again', 'conflict', 'unmatched', 'refused']), code: z.string().nullable(), eventId: z.string().nullable(), caseId: z.string().nullable() })) }),
  // Answered line by line in `code`, never for the whole call.
  may: CARERS, timeoutMs: 30_000, refusals: ['elders.event-in-future', 'elders.event-without-place', 'elders.event-without-item', 'elders.event-without-facts', 'elders.region-unknown', 'elders.region-outside', 'elders.fact-unknown', 'elders.fact-value'],
})

export const seeDuplicates = defineSee('elders.duplicates', {
  title: { zh: '可能重复的人', en: 'Likely duplicates' }, input: z.object({ place: regionCode.optional(), elderId: id.optional(), limit: z.int().min(1).max(200).default(50) }),
  output: z.object({ pairs: z.array(z.object({ a: elderRow, b: elderRow, score: z.number(), reasons: z.array(z.string()) })) }), may: CLERKS, timeoutMs: 15_000,
})
export const mergeElders = defineDo('elders.merge', { title: { zh: '并成一个人', en: 'Merge two records' }, input: z.object({ keepId: id, dropId: id, reason: z.string().trim().min(2).max(200) }), output: z.object({ mergeId: id }), may: CLERKS, refusals: ['elders.not-found', 'elders.merge-same', 'elders.merge-already', 'elders.merge-id-conflict'] })
export const splitElders = defineDo('elders.split', { title: { zh: '拆回两个人', en: 'Undo a merge' }, input: z.object({ mergeId: id, reason: z.string().trim().min(2).max(200) }), output: z.object({ keepId: id, dropId: id }), may: CLERKS, refusals: ['elders.merge-not-found', 'elders.merge-already-split'] })
export const notDuplicate = defineDo('elders.notDuplicate', { title: { zh: '不是同一个人', en: 'Not the same person' }, input: z.object({ aId: id, bId: id, reason: z.string().trim().min(2).max(200) }), output: z.object({}), may: CLERKS, refusals: ['elders.not-found'] })

export const exportElders = defineDo('elders.export', { title: { zh: '导出老人名单', en: 'Export elders' }, input: z.object({ ...elderFilter.shape, ...asOf, format: z.enum(['xlsx', 'csv']), purpose: z.string().trim().min(2).max(100) }), output: z.object({ taskId: id }), may: CLERKS })

export const ElderRegistered = defineEvent('elders.ElderRegistered', z.object({ elderId: id }))
export const EldersImported = defineEvent('elders.EldersImported', z.object({ batchId: id, elderIds: z.array(id) }))
export const FactsRecorded = defineEvent('elders.FactsRecorded', z.object({ elderId: id, keys: z.array(z.string()) }))
export const IdentityCorrected = defineEvent('elders.IdentityCorrected', z.object({ elderId: id }))
export const ElderDied = defineEvent('elders.ElderDied', z.object({ elderId: id, onDay: day }))
export const ElderMoved = defineEvent('elders.ElderMoved', z.object({ elderId: id, onDay: day, from: regionCode, to: regionCode }))
export const EldersMerged = defineEvent('elders.EldersMerged', z.object({ keepId: id, dropId: id }))
export const EldersSplit = defineEvent('elders.EldersSplit', z.object({ keepId: id, dropId: id }))
export const BatchUndone = defineEvent('elders.BatchUndone', z.object({ batchId: id, elderIds: z.array(id) }))

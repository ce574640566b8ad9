import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CLERKS, READERS, type Role } from '../../roles.ts'

/** The scale whose level is the fact `abilityLevel`; the others stand beside it and are never converted. */
export const NATIONAL_SCALE = 'gbt42195-2022'
export const STATES = ['draft', 'waitingSignatures', 'complete', 'disputed', 'superseded', 'void'] as const
export const START_REASONS = ['first', 'routine', 'immediate', 'recheck', 'other'] as const
export const REASONS = [...START_REASONS, 'recorded'] as const
export const PURPOSES = ['subsidy', 'ltcInsurance', 'disability', 'admission', 'service', 'other'] as const
export const DUE_KINDS = ['never', 'expired', 'expiring', 'event', 'disputed'] as const
export type State = (typeof STATES)[number]
export type DueKind = (typeof DUE_KINDS)[number]

/** Who may read answers: they name illnesses. Levels and dates are open to all readers. */
export const ANSWER_READERS = ['assessor', ...CLERKS] as const satisfies readonly Role[]

const scaleId = z.string().max(60)
const personName = z.string().trim().min(1).max(40)
const reasonText = z.string().trim().min(4).max(300)

const answer = z.union([z.string().max(500), z.int(), z.array(z.string().max(60)).max(60), z.object({ refused: z.literal(true), reason: z.string().max(200) })])
export const answersShape = z.record(z.string().max(60), answer)
export type AnswersSent = z.output<typeof answersShape>

/** One line of a list: nothing of the answers. */
export const assessmentRow = z.object({
  id, elderId: id, name: z.string(), age: z.number().nullable(), region: regionCode, place: z.string(),
  scaleId, reason: z.enum(REASONS), state: z.enum(STATES), plannedOn: z.string().nullable(), assessedOn: z.string().nullable(),
  total: z.number().nullable(), level: z.number().nullable(), levelCode: z.string().nullable(), levelBefore: z.number().nullable(),
  validUntil: z.string().nullable(), daysLeft: z.number().nullable(), issuer: z.string(), assessors: z.array(z.string()),
  required: z.number(), answered: z.number(), unconfirmed: z.boolean(), changedAt: z.number(),
})
export type AssessmentRow = z.output<typeof assessmentRow>

export const listScales = defineSee('assessments.scales', {
  title: { zh: '评估量表', en: 'Scales' }, input: z.object({}), may: READERS,
  output: z.object({ scales: z.array(z.object({ id: scaleId, version: z.string(), title: bilingual, source: bilingual, levels: z.array(z.object({ level: z.number(), code: z.string(), label: bilingual, short: bilingual })), items: z.number(), assessors: z.number(), informant: z.boolean(), validMonths: z.number(), validSample: z.boolean(), retired: z.boolean(), unconfirmed: z.boolean() })) }),
})

export const seeForm = defineSee('assessments.form', {
  title: { zh: '量表全文', en: 'A scale in full' }, input: z.object({ scaleId: scaleId.default(NATIONAL_SCALE) }), may: READERS,
  /** `songbai.scale/1` as `@songbai/scale` reads it: the tablet sums by itself, also without a network. */
  output: z.object({ scale: z.record(z.string(), z.unknown()) }), refusals: ['assessments.scale-unknown'],
})

export const start = defineDo('assessments.start', {
  title: { zh: '约一次评估', en: 'Start an assessment' }, may: ['assessor', ...CLERKS],
  input: z.object({ elderId: id, scaleId: scaleId.default(NATIONAL_SCALE), reason: z.enum(START_REASONS), reasonText: reasonText.optional(), plannedOn: day.optional(), place: z.string().trim().max(100).optional(),
    /** Body that stands behind the result; the place of the caller when left out. */
    issuer: z.string().trim().min(2).max(60).optional() }),
  output: z.object({ id }),
  refusals: ['assessments.elder-not-found', 'assessments.elder-not-active', 'assessments.scale-unknown', 'assessments.scale-retired', 'assessments.already-open', 'assessments.valid-result', 'assessments.reason-missing', 'assessments.no-dispute', 'assessments.planned-past'],
})

export const saveAnswers = defineDo('assessments.saveAnswers', {
  title: { zh: '存评估答案', en: 'Save answers' }, may: ['assessor', ...CLERKS],
  /** Only what changed; null takes an answer back. `version` is the one the change was made on. */
  input: z.object({ id, version: z.int().min(0), answers: z.record(z.string().max(60), answer.nullable()).default({}), assessedOn: day.optional(), place: z.string().trim().max(100).optional(), informantName: personName.optional() }),
  output: z.object({ version: z.number(), required: z.number(), answered: z.number(), refusedItems: z.array(z.string()), answersHash: z.string(), alerts: z.array(z.object({ id: z.string(), label: bilingual })) }),
  refusals: ['assessments.not-found', 'assessments.not-open', 'assessments.version-changed', 'assessments.bad-answer', 'assessments.assessed-in-future'],
})

const stroke = z.array(z.tuple([z.number().min(0).max(4000), z.number().min(0).max(4000)])).max(2000)
export const mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('strokes'), width: z.int().min(1).max(4000), height: z.int().min(1).max(4000), strokes: z.array(stroke).min(1).max(200) }),
  z.object({ kind: z.literal('cannotSign'), reason: z.string().trim().min(2).max(100) }),
])
export type Mark = z.output<typeof mark>

export const sign = defineDo('assessments.sign', {
  title: { zh: '在评估上签名', en: 'Sign an assessment' }, may: ['assessor'],
  /** The hash of the answers the signer saw: a signature never lands under other answers. */
  input: z.object({ id, role: z.enum(['assessor', 'informant']), answersHash: z.string().length(64), mark: mark.optional(), informantName: personName.optional() }),
  output: z.object({ state: z.enum(STATES), assessorsMissing: z.number(), informantMissing: z.boolean(), levelCode: z.string().nullable() }),
  refusals: ['assessments.not-found', 'assessments.not-open', 'assessments.answers-changed', 'assessments.not-complete', 'assessments.refused-items', 'assessments.contradiction', 'assessments.signed-already', 'assessments.informant-mark', 'assessments.assessor-of-disputed'],
})

export const cancel = defineDo('assessments.cancel', { title: { zh: '取消未完成的评估', en: 'Cancel an open assessment' }, may: ['assessor', ...CLERKS], input: z.object({ id, reason: reasonText }), output: z.object({}), refusals: ['assessments.not-found', 'assessments.not-open'] })

export const listAssessments = defineSee('assessments.list', {
  title: { zh: '评估名单', en: 'List of assessments' }, may: READERS, timeoutMs: 15_000,
  input: z.object({
    place: regionCode.optional(), states: z.array(z.enum(STATES)).max(6).optional(), levels: z.array(z.string().max(20)).max(8).optional(), scaleId: scaleId.optional(),
    dueWithin: z.int().min(0).max(366).optional(), expired: z.boolean().optional(), waitsForMe: z.boolean().optional(), levelChanged: z.enum(['better', 'worse', 'any']).optional(), elderIds: z.array(id).max(500).optional(), ...paging,
  }),
  output: z.object({ rows: z.array(assessmentRow), total: z.number(), next: z.string().nullable() }),
})

/** Who needs an assessment now. One person stands in one line, under the first reason of the list that fits. */
export const listDue = defineSee('assessments.due', {
  title: { zh: '该评估的人', en: 'Who is due' }, may: READERS, timeoutMs: 15_000,
  input: z.object({ place: regionCode.optional(), kind: z.enum(DUE_KINDS).optional(), withinDays: z.int().min(1).max(366).default(60), ...paging }),
  output: z.object({
    counts: z.object({ never: z.number(), expired: z.number(), expiring: z.number(), event: z.number(), disputed: z.number() }),
    rows: z.array(z.object({ elderId: id, name: z.string(), age: z.number().nullable(), region: regionCode, place: z.string(), categories: z.array(z.string()), kind: z.enum(DUE_KINDS), since: z.string().nullable(), assessmentId: id.nullable(), levelCode: z.string().nullable(), validUntil: z.string().nullable(), openId: id.nullable() })),
    next: z.string().nullable(),
  }),
})

const signatureView = z.object({ role: z.enum(['assessor', 'informant']), name: z.string(), relation: z.string().nullable(), signedAt: z.number(), counts: z.boolean(), mark: mark.nullable() })
const useView = z.object({ id, purpose: z.enum(PURPOSES), office: z.string(), reference: z.string().nullable(), usedOn: z.string(), by: z.string() })

export const seeAssessment = defineSee('assessments.get', {
  title: { zh: '一次评估', en: 'One assessment' }, may: ANSWER_READERS, input: z.object({ id }), refusals: ['assessments.not-found'],
  output: z.object({
    assessment: assessmentRow.extend({
      reasonText: z.string().nullable(), where: z.string().nullable(), scaleVersion: z.string(), version: z.number(), answersHash: z.string().nullable(), informantName: z.string().nullable(),
      reassessFrom: z.string().nullable(), documentNo: z.string().nullable(), recheckOf: id.nullable(), replacedBy: id.nullable(), completedAt: z.number().nullable(),
      dispute: z.object({ at: z.number(), from: z.string(), reason: z.string(), outcome: z.enum(['confirmed', 'changed', 'withdrawn']).nullable() }).nullable(),
    }),
    answers: answersShape,
    /** `AssessmentResult` of `@songbai/scale` as it was when signed; null while open or when only the paper is known. */
    result: z.record(z.string(), z.unknown()).nullable(),
    signatures: z.array(signatureView), chainHolds: z.boolean(), mayISign: z.boolean(),
    previous: z.object({ id, assessedOn: z.string(), levelCode: z.string(), total: z.number().nullable() }).nullable(),
    /** `Comparison` of `@songbai/scale` with the result before; null when there is none by the same scale. */
    comparison: z.record(z.string(), z.unknown()).nullable(),
    revisions: z.array(z.object({ version: z.number(), at: z.number(), by: z.string(), items: z.array(z.string()) })), uses: z.array(useView),
  }),
})

export const seeOfElder = defineSee('assessments.ofElder', {
  title: { zh: '一位老人的历次评估', en: 'Assessments of one elder' }, may: READERS, input: z.object({ elderId: id }),
  output: z.object({
    rows: z.array(assessmentRow.extend({ dimensions: z.record(z.string(), z.object({ score: z.number(), max: z.number() })).nullable() })),
    /** In force today by the national scale. */
    current: id.nullable(), reasons: z.array(z.object({ code: z.string(), day: z.string() })),
    /** The newest two by the same scale, item by item; null for who may not read answers. */
    comparison: z.record(z.string(), z.unknown()).nullable(), comparedWith: id.nullable(),
  }),
})

export const dispute = defineDo('assessments.dispute', { title: { zh: '对结果提出异议', en: 'Dispute a result' }, may: ['assessor', ...CLERKS, 'villageAssistant'], input: z.object({ id, from: z.string().trim().min(1).max(40), reason: reasonText }), output: z.object({}), refusals: ['assessments.not-found', 'assessments.not-a-result', 'assessments.disputed-already'] })
export const settle = defineDo('assessments.settle', { title: { zh: '撤回异议', en: 'Withdraw a dispute' }, may: CLERKS, input: z.object({ id, reason: reasonText }), output: z.object({}), refusals: ['assessments.not-found', 'assessments.no-dispute', 'assessments.recheck-open'] })

export const recordOld = defineDo('assessments.recordOld', {
  title: { zh: '补录纸面评估结果', en: 'Record a result on paper' }, may: ['assessor', ...CLERKS],
  input: z.object({ elderId: id, scaleId, assessedOn: day, levelCode: z.string().max(20), total: z.int().min(0).max(1000).optional(), issuer: z.string().trim().min(2).max(60), assessors: z.array(personName).max(4).default([]), documentNo: z.string().trim().max(60).optional() }),
  output: z.object({ id, usable: z.boolean(), validUntil: z.string() }),
  refusals: ['assessments.elder-not-found', 'assessments.scale-unknown', 'assessments.level-unknown', 'assessments.level-total', 'assessments.assessed-in-future', 'assessments.recorded-already'],
})

export const recognise = defineDo('assessments.recognise', {
  title: { zh: '使用已有评估结果', en: 'Use an existing result' }, may: ['assessor', ...CLERKS],
  input: z.object({ elderId: id, scaleId: scaleId.default(NATIONAL_SCALE), purpose: z.enum(PURPOSES), office: z.string().trim().min(2).max(60), reference: z.string().trim().max(60).optional() }),
  output: z.object({ assessmentId: id, levelCode: z.string(), validUntil: z.string(), issuer: z.string() }),
  refusals: ['assessments.elder-not-found', 'assessments.scale-unknown', 'assessments.no-result', 'assessments.result-expired', 'assessments.result-disputed', 'assessments.result-retired'],
})
export const listUses = defineSee('assessments.uses', {
  title: { zh: '评估结果互认记录', en: 'Where results were used' }, may: READERS, input: z.object({ place: regionCode.optional(), from: day.optional(), to: day.optional(), ...paging }),
  output: z.object({ uses: z.array(useView.extend({ elderId: id, name: z.string(), assessmentId: id })), total: z.number(), repeated: z.number(), next: z.string().nullable() }),
})

export const AssessmentSigned = defineEvent('assessments.AssessmentSigned', z.object({ assessmentId: id, elderId: id, scaleId, levelCode: z.string(), levelBefore: z.string().nullable() }))
export const ResultDisputed = defineEvent('assessments.ResultDisputed', z.object({ assessmentId: id, elderId: id }))

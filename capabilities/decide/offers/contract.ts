import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, day, id, paging, regionCode } from '../../common.ts'
import { CARERS, CLERKS, READERS } from '../../roles.ts'
import { CHANNELS } from '../../know/messages/rules.ts'
import { CONSENT_KINDS, DECLINE_REASONS, END_REASONS, STATES, type DeclineReason } from './rules.ts'

const state = z.enum(STATES)
const declineReason = z.enum(Object.keys(DECLINE_REASONS) as [DeclineReason, ...DeclineReason[]])
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

export const offerRow = z.object({
  id, elderId: id, elderName: z.string(), item: z.string(), title: bilingual, number: z.string(), region: regionCode, place: z.string(), state, kind: z.enum(['cash', 'service', 'voucher']), amountFen: z.number(), unit: z.string(), sample: z.boolean(),
  because: bilingual, foundOn: z.string(), dueOn: z.string(), over: z.boolean(), /** Days it has stood in this state. */ days: z.number(),
  fromMonth: z.string().nullable(), askAgainOn: z.string().nullable(), endReason: z.enum(END_REASONS).nullable(),
})
export type OfferRow = z.output<typeof offerRow>

/** `stage`: where they stand now; `reached`: everybody who came at least so far, however it went on. */
const filter = { place: regionCode.optional(), item: z.string().max(80).optional(), stage: state.optional(), reached: z.enum(['found', 'told', 'consented', 'approved']).optional(), overdue: z.boolean().default(false), elderId: id.optional(), number: z.string().trim().max(20).optional() }
export const listOffers = defineSee('offers.list', { title: { zh: '服务找人：名单', en: 'Offers' }, may: READERS, timeoutMs: 15_000, input: z.object({ ...filter, ...paging }), output: z.object({ rows: z.array(offerRow), total: z.number(), next: z.string().nullable() }) })

/** Waiting at one stage now: how many, how old the oldest, the middle one, how many over the time the rule gives. */
export const stageCount = z.object({ waiting: z.number(), oldestDays: z.number().nullable(), medianDays: z.number().nullable(), over: z.number() })
export const funnelCounts = z.object({ found: z.number(), told: z.number(), consented: z.number(), approved: z.number(), declined: z.number(), refused: z.number(), ended: z.number() })
export type FunnelCounts = z.output<typeof funnelCounts>
export const seeFunnel = defineSee('offers.funnel', {
  title: { zh: '服务找人：走到哪一步', en: 'Offers: how far' }, may: READERS, timeoutMs: 15_000, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional() }),
  output: z.object({
    counts: funnelCounts, stages: z.object({ found: stageCount, told: stageCount, consented: stageCount, checked: stageCount }), ahead: z.number(),
    items: z.array(z.object({ item: z.string(), title: bilingual, counts: funnelCounts, waiting: z.number(), over: z.number() })),
    places: z.array(z.object({ code: regionCode, name: z.string(), counts: funnelCounts, waiting: z.number(), over: z.number() })),
    /** When everybody was last looked at; null: the first look is still to come. */
    sweptAt: z.number().nullable(), sweeping: z.object({ taskId: id, done: z.number(), total: z.number() }).nullable(),
  }),
})

const evidence = z.object({ text: z.string(), label: bilingual, how: z.enum(['paper', 'auto', 'declare']), held: z.boolean(), papers: z.array(z.object({ fileId: id.nullable(), note: z.string().nullable(), at: z.number(), by: z.string() })) })
export const offerPage = z.object({
  offer: offerRow, elder: z.object({ age: z.number().nullable(), sex: z.enum(['male', 'female']).nullable(), phoneMasked: z.string().nullable(), alive: z.boolean() }),
  /** Why today, at most three; what was told on the day of finding stands in the messages. */
  sentences: z.array(bilingual), clauses: z.array(z.object({ id: z.string(), text: bilingual })), stillEntitled: z.boolean(), basis: bilingual,
  script: z.array(z.string()), evidence: z.array(evidence), asked: z.array(z.string()),
  contacts: z.array(z.object({ id, name: z.string(), relation: z.string(), phoneMasked: z.string().nullable(), mayRepresent: z.boolean() })),
  consent: z.object({ kind: z.enum(CONSENT_KINDS), on: z.string(), by: z.string(), fileId: id.nullable(), contactName: z.string().nullable(), note: z.string().nullable() }).nullable(),
  decline: z.object({ reason: declineReason, askAgainOn: z.string().nullable() }).nullable(), refusal: z.object({ clause: z.string(), reason: z.string() }).nullable(),
  pays: z.boolean(), firstMonth: z.string().nullable(), /** Money, and this reader took the consent or checked it. */ needsAnother: z.boolean(),
  steps: z.array(z.object({ at: z.number(), what: z.string(), note: z.string().nullable(), by: z.string().nullable() })), caseId: id.nullable(), times: z.number(),
})
export type OfferPage = z.output<typeof offerPage>
export const seeOffer = defineSee('offers.get', { title: { zh: '一件服务找人', en: 'One offer' }, may: READERS, timeoutMs: 15_000, input: z.object({ id }), refusals: ['offers.not-found'], output: offerPage })

const at = { id }
export const tellOffer = defineDo('offers.tell', {
  title: { zh: '告诉本人', en: 'Tell the person' }, may: CARERS, refusals: ['offers.not-found', 'offers.not-now', 'offers.channel-missing'],
  /** `phone` and `visit`: said just now; `send`: goes out by the channels named, in that order. */
  input: z.object({ ...at, how: z.enum(['phone', 'visit', 'send']), channels: z.array(z.enum(CHANNELS)).max(5).default([]), note: z.string().trim().max(300).optional() }), output: z.object({ id, state }),
})
export const recordConsent = defineDo('offers.consent', {
  title: { zh: '记下本人同意', en: 'Record consent' }, may: CARERS, refusals: ['offers.not-found', 'offers.not-now', 'offers.script-not-read', 'offers.file-missing', 'offers.file-unknown', 'offers.not-representative', 'offers.consent-in-future', 'offers.consent-too-early'],
  input: z.object({ ...at, kind: z.enum(['phone', 'visit', 'paper', 'voice', 'representative']), on: day.optional(), scriptRead: z.boolean().optional(), fileId: id.optional(), contactId: id.optional(), note: z.string().trim().max(300).optional() }), output: z.object({ id, state }),
})
export const declineOffer = defineDo('offers.decline', { title: { zh: '记下本人不要', en: 'Record that the person declines' }, may: CARERS, input: z.object({ ...at, reason: declineReason, note: z.string().trim().max(300).optional() }), output: z.object({ id, askAgainOn: z.string().nullable() }), refusals: ['offers.not-found', 'offers.not-now'] })
export const addPaper = defineDo('offers.addPaper', { title: { zh: '收一份材料', en: 'Take a paper in' }, may: CARERS, input: z.object({ ...at, label: z.string().min(1).max(60), fileId: id.optional(), note: z.string().trim().max(200).optional() }), output: z.object({ id }), refusals: ['offers.not-found', 'offers.not-now', 'offers.paper-held', 'offers.paper-empty', 'offers.file-unknown'] })
export const checkOffer = defineDo('offers.check', { title: { zh: '乡镇核对', en: 'Check, township' }, may: CLERKS, input: z.object({ ...at, note: z.string().trim().max(300).optional() }), output: z.object({ id, state }), refusals: ['offers.not-found', 'offers.not-now', 'offers.papers-missing', 'offers.no-longer-entitled'] })
export const sendBackOffer = defineDo('offers.sendBack', { title: { zh: '退回乡镇', en: 'Send back to the township' }, may: ['countyClerk'], input: z.object({ ...at, reason: z.string().trim().min(2).max(300) }), output: z.object({ id, state }), refusals: ['offers.not-found', 'offers.not-now'] })
export const approveOffer = defineDo('offers.approve', { title: { zh: '批准', en: 'Approve' }, may: ['countyClerk'], input: z.object(at), output: z.object({ id, fromMonth: month }), refusals: ['offers.not-found', 'offers.not-now', 'offers.second-person', 'offers.papers-missing', 'offers.no-longer-entitled'] })
export const refuseOffer = defineDo('offers.refuse', { title: { zh: '不批准', en: 'Refuse' }, may: ['countyClerk'], input: z.object({ ...at, clause: z.string().min(1).max(120), reason: z.string().trim().min(4).max(300) }), output: z.object({ id, state }), refusals: ['offers.not-found', 'offers.not-now', 'offers.clause-unknown'] })
/** The list was shown and its count typed; each is approved by the same rules as alone. */
export const approveMany = defineDo('offers.approveMany', { title: { zh: '成批批准', en: 'Approve many' }, may: ['countyClerk'], input: z.object({ ids: z.array(id).min(1).max(2000), count: z.int() }), output: z.object({ taskId: id }), refusals: ['offers.count-differs'] })

export const aheadRow = z.object({ elderId: id, elderName: z.string(), item: z.string(), title: bilingual, region: regionCode, place: z.string(), onDay: z.string(), days: z.number(), amountFen: z.number(), unit: z.string(), sample: z.boolean() })
export type AheadRow = z.output<typeof aheadRow>
export const listAhead = defineSee('offers.ahead', { title: { zh: '90 天内会符合的人', en: 'Who becomes entitled within 90 days' }, may: READERS, timeoutMs: 15_000, input: z.object({ place: regionCode.optional(), item: z.string().max(80).optional(), month: month.optional(), ...paging }), output: z.object({ months: z.array(z.object({ month, count: z.number() })), items: z.array(z.object({ item: z.string(), title: bilingual, count: z.number() })), rows: z.array(aheadRow), total: z.number(), next: z.string().nullable() }) })

export const seeOfferSettings = defineSee('offers.settings', { title: { zh: '服务找人设置', en: 'Offer settings' }, may: READERS, input: z.object({}), output: z.object({ onFinding: z.enum(['outbox', 'send']), channels: z.array(z.enum(CHANNELS)), usual: z.boolean(), setBy: z.string().nullable() }) })
export const saveOfferSettings = defineDo('offers.saveSettings', { title: { zh: '改服务找人设置', en: 'Set how people are told' }, may: ['countyClerk'], input: z.object({ onFinding: z.enum(['outbox', 'send']), channels: z.array(z.enum(CHANNELS)).min(1).max(5) }), output: z.object({ onFinding: z.enum(['outbox', 'send']) }), refusals: ['offers.channel-missing'] })

/** Approved: payments begin with this month, by this version of the rule. */
export const OfferApproved = defineEvent('offers.OfferApproved', z.object({ offerId: id, elderId: id, item: z.string(), fromMonth: month, versionId: id }))
/** It stands no more: the spell is over, by whatever way. */
export const OfferEnded = defineEvent('offers.OfferEnded', z.object({ offerId: id, elderId: id, item: z.string(), reason: z.enum(END_REASONS) }))

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { id, paging, regionCode } from '../../common.ts'
import { CARERS, READERS } from '../../roles.ts'
import { CHANNELS, REPLIES, STATES, WAITS } from './rules.ts'

const words = z.object({ title: z.string(), short: z.string(), letter: z.array(z.string()) })
export const messageRow = z.object({
  id, number: z.string(), region: regionCode, place: z.string(), elderId: id.nullable(), toName: z.string(), title: z.string(), short: z.string(), template: z.string(),
  channel: z.enum(CHANNELS), channels: z.array(z.enum(CHANNELS)), state: z.enum(STATES), waitsFor: z.enum(WAITS).nullable(), reason: z.string().nullable(), reply: z.enum(REPLIES).nullable(), toldBy: z.string().nullable(),
  attempts: z.number(), dueAt: z.number().nullable(), queuedAt: z.number(), sentAt: z.number().nullable(), deliveredAt: z.number().nullable(), answeredAt: z.number().nullable(), link: z.string().nullable(),
})
export type MessageRow = z.output<typeof messageRow>

const filter = { place: regionCode.optional(), state: z.enum(STATES).optional(), waitsFor: z.enum(WAITS).optional(), channel: z.enum(CHANNELS).optional(), elderId: id.optional(), number: z.string().max(20).optional(), ids: z.array(id).max(500).optional() }
export const listMessages = defineSee('messages.list', { title: { zh: '消息', en: 'Messages' }, may: READERS, input: z.object({ ...filter, ...paging }), output: z.object({ rows: z.array(messageRow), total: z.number(), next: z.string().nullable() }) })
export const countMessages = defineSee('messages.counts', {
  title: { zh: '消息各有多少', en: 'How many messages' }, may: READERS, input: z.object({ place: regionCode.optional() }),
  output: z.object({ total: z.number(), states: z.record(z.enum(STATES), z.number()), waits: z.record(z.enum(WAITS), z.number()), /** Since when the oldest one waits for somebody. */ oldestAt: z.number().nullable(), gateway: z.boolean() }),
})
export const seeMessage = defineSee('messages.get', {
  title: { zh: '一条消息', en: 'One message' }, may: READERS, input: z.object({ id }), refusals: ['messages.not-found'],
  output: z.object({ message: messageRow, texts: words.extend({ asks: z.boolean(), beside: words.extend({ sample: z.literal(true) }).nullable() }), steps: z.array(z.object({ at: z.number(), channel: z.enum(CHANNELS), outcome: z.string(), detail: z.string().nullable(), by: z.string().nullable() })) }),
})
/** What the staff faces show to whoever is signed in. */
export const seeMine = defineSee('messages.mine', { title: { zh: '给我的消息', en: 'Messages to me' }, may: 'signedIn', input: z.object({}), output: z.object({ rows: z.array(messageRow) }) })
export const markSeen = defineDo('messages.seen', { title: { zh: '看过了', en: 'Seen' }, may: 'signedIn', input: z.object({ id }), output: z.object({ id }), refusals: ['messages.not-found'] })

/** The clerk called, or went there: what came of it. */
export const markTold = defineDo('messages.told', {
  title: { zh: '记下打电话或当面告诉的结果', en: 'Record a call or a visit' }, may: CARERS, refusals: ['messages.not-found', 'messages.ended', 'messages.not-reached-why'],
  input: z.object({ id, how: z.enum(['phone', 'visit']), result: z.enum(['told', 'notReached']), reply: z.enum(['yes', 'no']).optional(), note: z.string().trim().max(300).optional() }), output: z.object({ id, state: z.enum(STATES) }),
})
export const letterText = z.object({ id, number: z.string(), toName: z.string(), place: z.string(), asks: z.boolean(), texts: words, beside: words.extend({ sample: z.literal(true) }).nullable() })
export type LetterText = z.output<typeof letterText>
/** Letters to look at and print: those that wait for the printer, or the named ones again. */
export const seeLetters = defineSee('messages.letters', { title: { zh: '要打印的信', en: 'Letters to print' }, may: CARERS, timeoutMs: 15_000, input: z.object({ place: regionCode.optional(), ids: z.array(id).max(500).optional(), limit: z.int().min(1).max(500).default(100) }), output: z.object({ letters: z.array(letterText), total: z.number() }) })
export const markPrinted = defineDo('messages.printed', { title: { zh: '记下信已打印', en: 'Letters were printed' }, may: CARERS, input: z.object({ ids: z.array(id).min(1).max(500) }), output: z.object({ printed: z.number() }) })
export const retryMessage = defineDo('messages.retry', { title: { zh: '换个办法再送', en: 'Send another way' }, may: CARERS, input: z.object({ id, channel: z.enum(CHANNELS) }), output: z.object({ id }), refusals: ['messages.not-found', 'messages.answered-already', 'messages.ended', 'messages.channel-cannot'] })

export const seeSettings = defineSee('messages.settings', { title: { zh: '消息设置', en: 'Message settings' }, may: READERS, input: z.object({}), output: z.object({ quietFrom: z.number(), quietTo: z.number(), usual: z.boolean(), gateway: z.boolean() }) })
/** Minutes of the day; from ten at night to seven is 1320 and 420. */
export const saveSettings = defineDo('messages.saveSettings', { title: { zh: '改安静时段', en: 'Set quiet hours' }, may: ['countyClerk'], input: z.object({ quietFrom: z.int().min(0).max(1439), quietTo: z.int().min(0).max(1439) }), output: z.object({ quietFrom: z.number(), quietTo: z.number() }), refusals: ['messages.quiet-whole-day'] })

/** The gateway says what became of a message, or what the person answered. The signature is the proof; see the README of this folder. */
export const receive = defineDo('messages.receipt', {
  title: { zh: '网关回执与回复', en: 'Receipt or reply of the gateway' }, may: 'anyone', scope: 'program', refusals: ['messages.gateway-off', 'messages.signature-wrong', 'messages.receipt-old', 'messages.not-found'],
  input: z.object({ /** As it was sent: id of the message and its step. */ key: z.string().regex(/^[0-9a-f-]{36}\.\d{1,4}$/), county: z.string().regex(/^\d{6}$/), event: z.enum(['delivered', 'failed', 'reply']), text: z.string().max(300).default(''), /** Milliseconds since 1970. */ at: z.int(), signature: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: z.object({ taken: z.boolean() }),
})

/** Something waits to go out: delivery starts as the program, whoever asked for it. */
export const MessagesQueued = defineEvent('messages.Queued', z.object({ count: z.number() }))
export const MessageDelivered = defineEvent('messages.Delivered', z.object({ messageId: id, key: z.string(), channel: z.enum(CHANNELS), by: z.string().nullable() }))
/** Every channel was tried: somebody must find another way. */
export const MessageFailed = defineEvent('messages.Failed', z.object({ messageId: id, key: z.string() }))
export const MessageAnswered = defineEvent('messages.Answered', z.object({ messageId: id, key: z.string(), elderId: id.nullable(), reply: z.enum(REPLIES), channel: z.enum(CHANNELS), by: z.string().nullable(), /** Who wrote the answer down; null: the person answered by a gateway. */ byId: id.nullable().default(null) }))

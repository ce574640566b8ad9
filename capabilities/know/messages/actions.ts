import { countyOf, refuse, type Does, type Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { regionNames } from '../regions/public.ts'
import type { countMessages, listMessages, LetterText, markPrinted, markSeen, markTold, MessageRow, receive, retryMessage, saveSettings, seeLetters, seeMessage, seeMine, seeSettings } from './contract.ts'
import { MessagesQueued } from './contract.ts'
import { closeVillageTasks } from './jobs-channels.ts'
import { answered, arrived, fail } from './jobs-deliver.ts'
import { signatureFits } from './jobs-webhook.ts'
import { readReply, STATES, USUAL_QUIET, WAITS, type State, type WaitsFor } from './rules.ts'
import { addSteps, countMessagesBy, countWhere, messageForUpdate, messages, quietOf, saveMessage, saveQuiet, stepsOf, type Message } from './store.ts'

async function rowsOf(tx: Tx, found: readonly Message[]): Promise<MessageRow[]> {
  const places = await regionNames(tx, [...new Set(found.map((one) => one.region))])
  return found.map((one) => ({
    id: one.id, number: one.number, region: one.region, place: places.get(one.region)?.full ?? one.region, elderId: one.elderId, toName: one.toName, title: one.texts.title, short: one.texts.short, template: one.template,
    channel: one.channel, channels: one.channels, state: one.state, waitsFor: one.waitsFor, reason: one.reason, reply: one.reply, toldBy: one.toldBy, attempts: one.attempts, dueAt: one.dueAt,
    queuedAt: one.queuedAt, sentAt: one.sentAt, deliveredAt: one.deliveredAt, answeredAt: one.answeredAt, link: one.link,
  }))
}

export const doListMessages: Does<typeof listMessages> = async (tx, input) => {
  const found = await messages(tx, input, { after: input.after, limit: input.limit + 1 })
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  return { rows: await rowsOf(tx, page), total: await countWhere(tx, input), next: found.length > input.limit && last ? `${last.queuedAt}|${last.id}` : null }
}

export const doCountMessages: Does<typeof countMessages> = async (tx, input) => {
  const groups = await countMessagesBy(tx, input)
  const sum = (fits: (group: (typeof groups)[number]) => boolean): number => groups.filter(fits).reduce((total, group) => total + group.n, 0)
  const oldest = groups.flatMap((group) => (group.oldestAt === null ? [] : [group.oldestAt]))
  return {
    total: sum(() => true), oldestAt: oldest.length === 0 ? null : Math.min(...oldest), gateway: Boolean(resources().gateway),
    states: Object.fromEntries(STATES.map((state) => [state, sum((group) => group.state === state)])) as Record<State, number>,
    waits: Object.fromEntries(WAITS.map((waits) => [waits, sum((group) => group.waitsFor === waits)])) as Record<WaitsFor, number>,
  }
}

export const doSeeMessage: Does<typeof seeMessage> = async (tx, input) => {
  const [found] = await messages(tx, { ids: [input.id] }, { limit: 1 })
  if (!found) return refuse('messages.not-found')
  if (found.elderId !== null) tx.note({ subjectId: found.elderId, region: found.region, what: 'message' })
  const { title, short, letter, asks } = found.texts
  return { message: (await rowsOf(tx, [found]))[0]!, texts: { title, short, letter: [...letter], asks, beside: letterBeside(found) }, steps: await stepsOf(tx, found) }
}

function letterBeside({ texts: { beside } }: Message) {
  return beside ? { ...beside, letter: [...beside.letter] } : null
}

function mine(tx: Tx) {
  return { userId: tx.actor.id, posts: (tx.actor.grants ?? []).map((held) => ({ post: held.role, prefix: held.prefix })) }
}

export const doSeeMine: Does<typeof seeMine> = async (tx) => ({ rows: await rowsOf(tx, await messages(tx, { to: mine(tx), waitsFor: 'reader' }, { limit: 50 })) })

export const doMarkSeen: Does<typeof markSeen> = async (tx, input) => {
  const [own] = await messages(tx, { ids: [input.id], to: mine(tx) }, { limit: 1 })
  const message = own && (await messageForUpdate(tx, own.id))
  if (!message) return refuse('messages.not-found')
  await arrived(tx, message, 'seen', null)
  return { id: message.id }
}

export const doMarkTold: Does<typeof markTold> = async (tx, input) => {
  const message = await messageForUpdate(tx, input.id)
  if (!message) return refuse('messages.not-found')
  if (message.state === 'answered' || message.state === 'withdrawn') return refuse('messages.ended')
  if (input.result === 'notReached' && !input.note) return refuse('messages.not-reached-why')
  if (message.channel === 'villageTask' && message.state === 'sent') await closeVillageTasks(tx, [message])
  const outcome = input.how === 'phone' ? 'toldByPhone' : 'toldByVisit'
  // Told already and not reached a second time: the try is kept, what was delivered stays so.
  if (input.result === 'notReached' && message.state === 'delivered') await addSteps(tx, [{ message, channel: message.channel, outcome: 'failed', detail: `notReached ${input.note}` }])
  else if (input.result === 'notReached') await fail(tx, message, 'notReached', input.note ?? null)
  else {
    const there = await arrived(tx, message, outcome, input.note ?? null)
    if (input.reply) await answered(tx, there, input.reply, input.note ?? null)
  }
  return { id: message.id, state: (await messageForUpdate(tx, message.id))!.state }
}

export const doSeeLetters: Does<typeof seeLetters> = async (tx, input) => {
  const filter = input.ids ? { ids: input.ids, place: input.place } : { place: input.place, waitsFor: 'print' }
  const found = (await messages(tx, filter, { limit: input.limit })).filter((one) => one.elderId !== null)
  const places = await regionNames(tx, [...new Set(found.map((one) => one.region))])
  for (const one of found) tx.note({ subjectId: one.elderId!, region: one.region, what: 'letter' })
  return { letters: found.map((one): LetterText => ({ id: one.id, number: one.number, toName: one.toName, place: places.get(one.region)?.full ?? one.region, asks: one.texts.asks, texts: { title: one.texts.title, short: one.texts.short, letter: [...one.texts.letter] }, beside: letterBeside(one) })), total: await countWhere(tx, filter) }
}

/** Printed again changes nothing; a letter of a message that went another way is on paper beside it. */
export const doMarkPrinted: Does<typeof markPrinted> = async (tx, input) => {
  let printed = 0
  for (const id of input.ids) {
    const message = await messageForUpdate(tx, id)
    if (!message || message.elderId === null) continue
    printed++
    await addSteps(tx, [{ message, channel: 'letter', outcome: 'printed' }])
    if (message.channel === 'letter' && message.state === 'queued') await saveMessage(tx, message, { state: 'sent', sentAt: tx.nowMs, waitsFor: 'village', dueAt: null })
  }
  return { printed }
}

export const doRetry: Does<typeof retryMessage> = async (tx, input) => {
  const message = await messageForUpdate(tx, input.id)
  if (!message) return refuse('messages.not-found')
  if (message.state === 'answered') return refuse('messages.answered-already')
  if (message.state === 'withdrawn') return refuse('messages.ended')
  if ((message.elderId === null) !== (input.channel === 'screen') && input.channel !== 'outbox') return refuse('messages.channel-cannot')
  if (message.channel === 'villageTask' && message.state === 'sent') await closeVillageTasks(tx, [message])
  const channels = [...message.channels.slice(0, message.step + 1), input.channel]
  await saveMessage(tx, message, { channels, step: message.step + 1, channel: input.channel, state: 'queued', waitsFor: null, attempts: 0, dueAt: tx.nowMs, reason: null, endedAt: null })
  await addSteps(tx, [{ message, channel: input.channel, outcome: 'asked' }])
  tx.emit(MessagesQueued, { count: 1 }, message.region)
  return { id: message.id }
}

export const doSeeSettings: Does<typeof seeSettings> = async (tx) => {
  const own = await quietOf(tx, countyOf(tx.actor.region))
  const { from, to } = own ?? USUAL_QUIET
  return { quietFrom: from, quietTo: to, usual: own === null, gateway: Boolean(resources().gateway) }
}

export const doSaveSettings: Does<typeof saveSettings> = async (tx, input) => {
  if ((input.quietTo - input.quietFrom + 1440) % 1440 === 1439) return refuse('messages.quiet-whole-day')
  await saveQuiet(tx, countyOf(tx.actor.region), { from: input.quietFrom, to: input.quietTo })
  return input
}

const RECEIPT_AGE_MS = 5 * 60_000

/** Whoever knows the secret is the gateway. A receipt heard twice changes nothing, so nothing need be remembered but its age. */
export const doReceive: Does<typeof receive> = async (tx, input) => {
  const { gateway } = resources()
  if (!gateway) return refuse('messages.gateway-off')
  if (!signatureFits(input, gateway.secret)) return refuse('messages.signature-wrong')
  if (Math.abs(tx.nowMs - input.at) > RECEIPT_AGE_MS) return refuse('messages.receipt-old')
  const [id, step] = input.key.split('.') as [string, string]
  const message = await messageForUpdate(tx, id)
  if (!message || message.county !== input.county || Number(step) > message.step) return refuse('messages.not-found')
  if (input.event === 'reply') await answered(tx, message, readReply(input.text), input.text)
  else if (input.event === 'delivered' && message.state !== 'withdrawn') await arrived(tx, message, 'receipt', null)
  // A late "failed" of a channel that was already left behind is no news.
  else if (input.event === 'failed' && message.step === Number(step) && message.state === 'sent') await fail(tx, message, 'receiptFailed', input.text || null)
  return { taken: true }
}

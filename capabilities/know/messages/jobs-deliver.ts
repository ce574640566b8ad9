/** Delivery: takes what is due, hands it to its channel, goes on to the next channel where one fails. Every step is committed before the next begins. */
import type { TaskContext } from '@songbai/platform/schedule'
import { apart } from '@songbai/platform/savepoint'
import type { Tx } from '@songbai/platform/tx'
import { MessageAnswered, MessageDelivered, MessageFailed, MessagesQueued } from './contract.ts'
import { ADAPTERS, type Taken } from './jobs-channels.ts'
import { post, type Posted, type Request } from './jobs-webhook.ts'
import { CHANNELS, nextChannel, nextTry, RECEIPT_WITHIN_MINUTES, type Reply } from './rules.ts'
import { addSteps, messageForUpdate, saveMessage, takeDue, type Message } from './store.ts'

const AT_ONCE = 50
/** Longer than one round of tries can last, so that nobody else takes the same message meanwhile. */
const LEASE_MS = 120_000
/** Another task may wait behind this one: the rest goes out in the next minute. */
const MOST_ROUNDS = 40

export async function deliver(context: TaskContext<unknown>): Promise<{ handled: number }> {
  let handled = 0
  for (let round = 0; round < MOST_ROUNDS && !(await context.cancelled()); round++) {
    const { taken, requests } = await context.tx(takeRound)
    handled += taken
    if (taken === 0) break
    const results = await Promise.allSettled(requests.map(({ request }) => post(request)))
    if (requests.length > 0) await context.tx(async (tx) => {
      for (const [i, { id, request }] of requests.entries()) await posted(tx, id, request, resultOf(results[i]!))
    })
    await context.progress(handled, handled)
    await breathe()
  }
  return { handled }
}

/** The embedded database answers without ever leaving this thread: others get their turn here. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** No answer at all is an answer too: the gateway is asked again later. */
function resultOf(result: PromiseSettledResult<Posted>): Posted {
  return result.status === 'fulfilled' ? result.value : { kind: 'again', why: (result.reason as Error).name }
}

interface Round {
  readonly taken: number
  readonly requests: readonly { readonly id: string; readonly request: Request }[]
}

async function takeRound(tx: Tx): Promise<Round> {
  const due = await takeDue(tx, AT_ONCE, LEASE_MS)
  const silent = due.filter((one) => one.state === 'sent')
  for (const one of silent) await fail(tx, one, 'noReceipt', null)
  const requests: { id: string; request: Request }[] = []
  for (const channel of CHANNELS) {
    const here = due.filter((one) => one.state === 'queued' && one.channel === channel)
    if (here.length === 0) continue
    const all = await apart(tx, () => handOut(tx, channel, here))
    if (!('failed' in all)) requests.push(...all.requests)
    // One of them is the fault: each by itself, and the one that fails goes on to its next channel.
    else for (const one of here) {
      const alone = await apart(tx, () => handOut(tx, channel, [one]))
      if ('failed' in alone) await fail(tx, one, 'channelFault', alone.failed.message.slice(0, 200))
      else requests.push(...alone.requests)
    }
  }
  return { taken: due.length, requests }
}

async function handOut(tx: Tx, channel: Message['channel'], here: readonly Message[]): Promise<Pick<Round, 'requests'>> {
  const requests: { id: string; request: Request }[] = []
  for (const [i, taken] of (await ADAPTERS[channel](tx, here)).entries()) {
    if (taken.kind === 'post') requests.push({ id: here[i]!.id, request: taken.request })
    await take(tx, here[i]!, taken)
  }
  return { requests }
}

async function take(tx: Tx, message: Message, taken: Taken): Promise<void> {
  switch (taken.kind) {
    case 'cannot': return fail(tx, message, taken.reason, null)
    case 'later': return void (await saveMessage(tx, message, { dueAt: taken.at, reason: 'quiet' }))
    case 'waits': {
      await saveMessage(tx, message, { waitsFor: taken.for, dueAt: null, caseId: taken.caseId ?? message.caseId, ...(taken.sent ? { state: 'sent' as const, sentAt: tx.nowMs } : {}) })
      return addSteps(tx, [{ message, channel: message.channel, outcome: taken.sent ? 'sent' : 'waits' }])
    }
    case 'post': return void (await saveMessage(tx, message, { attempts: message.attempts + 1, waitsFor: 'gateway' }))
  }
}

/** What the gateway said of one try. Somebody may have settled the message meanwhile: then nothing is changed. */
async function posted(tx: Tx, id: string, request: Request, result: Posted): Promise<void> {
  const message = await messageForUpdate(tx, id)
  if (!message || message.state !== 'queued' || message.channel !== 'webhook') return
  if (result.kind === 'refused') return fail(tx, message, 'gatewayRefused', String(result.status))
  if (result.kind === 'again') {
    const at = nextTry(message.attempts, tx.nowMs)
    if (at === null) return fail(tx, message, 'gatewayDown', result.why)
    await saveMessage(tx, message, { dueAt: at, reason: 'gatewayDown' })
    return addSteps(tx, [{ message, channel: 'webhook', outcome: 'again', detail: result.why }])
  }
  const sent = await saveMessage(tx, message, { state: 'sent', sentAt: tx.nowMs, reason: null, dueAt: request.receipts ? tx.nowMs + RECEIPT_WITHIN_MINUTES * 60_000 : null })
  await addSteps(tx, [{ message, channel: 'webhook', outcome: 'sent' }])
  if (!request.receipts) await arrived(tx, sent, 'taken', null)
}

/** [M10] The next channel takes over at once; after the last one somebody below is told that nobody was reached. */
export async function fail(tx: Tx, message: Message, reason: string, detail: string | null): Promise<void> {
  await addSteps(tx, [{ message, channel: message.channel, outcome: 'failed', detail: detail === null ? reason : `${reason} ${detail}` }])
  const next = nextChannel(message)
  if (next !== null) {
    await saveMessage(tx, message, { ...next, state: 'queued', waitsFor: null, attempts: 0, dueAt: tx.nowMs, reason })
    return tx.emit(MessagesQueued, { count: 1 }, message.region)
  }
  await saveMessage(tx, message, { state: 'failed', waitsFor: null, dueAt: null, reason, endedAt: tx.nowMs })
  tx.emit(MessageFailed, { messageId: message.id, key: message.key }, message.region)
}

/** It reached the person; said twice it changes nothing. */
export async function arrived(tx: Tx, message: Message, outcome: string, detail: string | null): Promise<Message> {
  if (message.state === 'delivered' || message.state === 'answered') return message
  const by = tx.actor.kind === 'person' ? tx.actor.name : null
  const now = await saveMessage(tx, message, { state: 'delivered', waitsFor: null, dueAt: null, reason: null, sentAt: message.sentAt ?? tx.nowMs, deliveredAt: tx.nowMs, endedAt: tx.nowMs, toldBy: by })
  await addSteps(tx, [{ message, channel: message.channel, outcome, detail }])
  tx.emit(MessageDelivered, { messageId: message.id, key: message.key, channel: message.channel, by }, message.region)
  return now
}

/** Who wrote down what somebody said. */
export interface Recorder {
  readonly id: string
  readonly name: string
}

/** An answer proves that it arrived. */
export async function answered(tx: Tx, message: Message, reply: Reply, detail: string | null, by: Recorder | null = null): Promise<void> {
  if (message.state === 'answered') return
  const there = await arrived(tx, message, 'answered', null)
  const recorder = tx.actor.kind === 'person' ? tx.actor : by
  await saveMessage(tx, there, { state: 'answered', answeredAt: tx.nowMs, reply })
  await addSteps(tx, [{ message, channel: message.channel, outcome: `reply.${reply}`, detail }])
  tx.emit(MessageAnswered, { messageId: message.id, key: message.key, elderId: message.elderId, reply, channel: message.channel, by: recorder?.name ?? null, byId: recorder?.id ?? null }, message.region)
}

/** What capabilities below may ask: say something to somebody, once, by the channels they name, in that order. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { Role } from '../../roles.ts'
import { ROLE_TITLES } from '../../roles.ts'
import { addressesOf, type Address } from '../elders/public-addresses.ts'
import { peopleByIds } from '../users/public.ts'
import { MessagesQueued } from './contract.ts'
import { closeVillageTasks } from './jobs-channels.ts'
import { numberOf, textsOf, type Args, type Channel, type Language, type Template } from './rules.ts'
import { addSteps, drawCounts, insertMessages, messagesByKeys, messagesByPrefix, saveMessage, type Message } from './store.ts'

export { MessageAnswered, MessageDelivered, MessageFailed } from './contract.ts'
export type { Args, Channel, Language, Reply, Template } from './rules.ts'

export type Recipient =
  | { readonly kind: 'elder'; readonly elderId: string }
  /** Somebody who speaks for the elder. */
  | { readonly kind: 'contact'; readonly elderId: string; readonly contactId: string }
  | { readonly kind: 'user'; readonly userId: string }
  /** Whoever holds the post of a place. */
  | { readonly kind: 'post'; readonly post: Role; readonly region: string }

export interface ToSend {
  /** Sends once: the same key again is left alone, whatever became of it. Begin it with the name of the capability. */
  readonly key: string
  readonly to: Recipient
  readonly template: Template
  readonly args: Args
  /** In the order they are tried; each failure goes on to the next. */
  readonly channels: readonly [Channel, ...Channel[]]
  readonly language?: Language
  /** Of the matter, when it has one: letters and calls name it. Else the message gets its own. */
  readonly number?: string
  /** Page that shows the matter. */
  readonly link?: string
}

/** Numbers to print on paper and to read out, unique in the county. */
export async function drawNumbers(tx: Tx, county: string, count: number): Promise<string[]> {
  if (count === 0) return []
  const first = await drawCounts(tx, county, count)
  return Array.from({ length: count }, (_, i) => numberOf(Number(tx.today.slice(0, 4)), first + i))
}

/** Queues messages; they leave after this transaction. Answers the id of each new one, null for a key seen before and for a recipient out of scope. */
export async function sendMessages(tx: Tx, list: readonly ToSend[]): Promise<(string | null)[]> {
  const made = await queue(tx, list, { state: 'queued' })
  // One event a county, under a place the sender may write for; what waits for a clerk or the printer needs none.
  const counties = new Map(made.filter((one) => one !== null && one.dueAt !== null).map((one) => [one!.county, one!.region]))
  for (const region of counties.values()) tx.emit(MessagesQueued, { count: made.length }, region)
  return made.map((one) => one?.id ?? null)
}

/** What was already said, on the phone or face to face: kept beside what is sent. */
export async function recordSaid(tx: Tx, one: Omit<ToSend, 'channels'>, how: 'phone' | 'visit'): Promise<string | null> {
  const [said] = await queue(tx, [{ ...one, channels: ['outbox'] }], { state: 'delivered', waitsFor: null, dueAt: null, sentAt: tx.nowMs, deliveredAt: tx.nowMs, endedAt: tx.nowMs, toldBy: tx.actor.name })
  if (said) await addSteps(tx, [{ message: said, channel: 'outbox', outcome: how === 'phone' ? 'toldByPhone' : 'toldByVisit' }])
  return said?.id ?? null
}

/** The matter is settled otherwise: what has not been said yet is not said any more. */
export async function withdrawMessages(tx: Tx, county: string, keys: readonly string[], reason: string): Promise<number> {
  return withdraw(tx, (await messagesByKeys(tx, county, keys)), reason)
}

/** The same for everything one matter sent, by whatever way: its keys begin alike. */
export async function withdrawMatter(tx: Tx, county: string, keyBegin: string, reason: string): Promise<number> {
  return withdraw(tx, await messagesByPrefix(tx, county, keyBegin), reason)
}

async function withdraw(tx: Tx, messages: readonly Message[], reason: string): Promise<number> {
  const open = messages.filter((one) => one.state === 'queued' || one.state === 'sent')
  for (const one of open) await saveMessage(tx, one, { state: 'withdrawn', waitsFor: null, dueAt: null, reason, endedAt: tx.nowMs })
  await addSteps(tx, open.map((message) => ({ message, channel: message.channel, outcome: 'withdrawn', detail: reason })))
  await closeVillageTasks(tx, open.filter((one) => one.channel === 'villageTask'))
  return open.length
}

/** A call and a letter are a person's next step from the first moment: nothing is to be carried there. */
const LISTED: Partial<Record<Channel, Pick<Message, 'waitsFor' | 'dueAt'>>> = { outbox: { waitsFor: 'clerk', dueAt: null }, letter: { waitsFor: 'print', dueAt: null } }

type Begin = Pick<Message, 'state'> & Partial<Pick<Message, 'waitsFor' | 'dueAt' | 'sentAt' | 'deliveredAt' | 'endedAt' | 'toldBy'>>

async function queue(tx: Tx, list: readonly ToSend[], begin: Begin): Promise<(Message | null)[]> {
  const addresses = await addressesOf(tx, [...new Set(list.flatMap(({ to }) => ('elderId' in to ? [to.elderId] : [])))])
  const users = await peopleByIds(tx, list.flatMap(({ to }) => (to.kind === 'user' ? [to.userId] : [])))
  const reached = list.map((one) => ({ one, to: addressed(one.to, addresses, users) }))
  const numbers = await numbersFor(tx, reached)
  const drafts = reached.map(({ one, to }): Message | null => (to === null ? null : {
    ...NOBODY, ...to, county: countyOf(to.region), id: tx.newId(), key: one.key, number: one.number ?? numbers.get(one)!, template: one.template.id, language: one.language ?? 'zh', texts: textsOf(one.template, one.language ?? 'zh', one.args),
    link: one.link ?? null, channels: [...one.channels], step: 0, channel: one.channels[0], attempts: 0, reason: null, caseId: null, queuedAt: tx.nowMs, answeredAt: null, reply: null, sentAt: null, deliveredAt: null, endedAt: null, toldBy: null, waitsFor: null, dueAt: tx.nowMs, ...('elderId' in one.to ? LISTED[one.channels[0]] : {}), ...begin,
  }))
  const fresh = await insertMessages(tx, drafts.filter((one) => one !== null))
  return drafts.map((one) => (one !== null && fresh.has(one.id) ? one : null))
}

async function numbersFor(tx: Tx, reached: readonly { readonly one: ToSend; readonly to: { readonly region: string } | null }[]): Promise<Map<ToSend, string>> {
  const wanting = reached.filter(({ one, to }) => one.number === undefined && to !== null)
  const out = new Map<ToSend, string>()
  for (const county of new Set(wanting.map(({ to }) => countyOf(to!.region)))) {
    const here = wanting.filter(({ to }) => countyOf(to!.region) === county)
    const drawn = await drawNumbers(tx, county, here.length)
    here.forEach(({ one }, i) => out.set(one, drawn[i]!))
  }
  return out
}

const NOBODY = { elderId: null, contactId: null, toUser: null, toPost: null, toRegion: null }
type Addressed = Partial<typeof NOBODY | Message> & { readonly region: string; readonly toName: string }

function addressed(to: Recipient, addresses: ReadonlyMap<string, Address>, users: ReadonlyMap<string, { readonly name: string; readonly region: string }>): Addressed | null {
  if (to.kind === 'post') return { toPost: to.post, toRegion: to.region, region: to.region.padEnd(12, '0'), toName: ROLE_TITLES[to.post].zh }
  if (to.kind === 'user') {
    const user = users.get(to.userId)
    return user ? { toUser: to.userId, region: user.region, toName: user.name } : null
  }
  const address = addresses.get(to.elderId)
  if (!address) return null
  if (to.kind === 'elder') return { elderId: to.elderId, region: address.elder.region, toName: address.elder.name }
  const contact = address.contacts.find((one) => one.id === to.contactId)
  return contact ? { elderId: to.elderId, contactId: to.contactId, region: address.elder.region, toName: `${contact.name}（${contact.relation}）` } : null
}

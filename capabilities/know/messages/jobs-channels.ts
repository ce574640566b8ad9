/**
 * Channels, all to one contract: take some messages inside a transaction and say of each what happened. What must go over the
 * network is handed back as a request and leaves after the commit.
 */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { openPhones } from '../elders/public-addresses.ts'
import { commandCase, openCases } from '../work/public.ts'
import { requestFor, type Request } from './jobs-webhook.ts'
import { quietUntil, USUAL_QUIET, type Channel, type WaitsFor } from './rules.ts'
import { quietOf, type Message } from './store.ts'

export type Taken =
  /** Stands with somebody who has the next step; `sent` when it has left this office. */
  | { readonly kind: 'waits'; readonly for: WaitsFor; readonly sent: boolean; readonly caseId?: string | null }
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'post'; readonly request: Request }
  /** This channel does not lead to this recipient: the next one is tried at once. */
  | { readonly kind: 'cannot'; readonly reason: string }

type Adapter = (tx: Tx, messages: readonly Message[]) => Promise<Taken[]>

/** Shown to the staff it is for, on their own page. */
const screen: Adapter = async (_tx, messages) => messages.map((one) => (one.elderId === null ? { kind: 'waits', for: 'reader', sent: true } : { kind: 'cannot', reason: 'noScreen' }))

/** Waits to be printed with others; sent once it is on paper. */
const letter: Adapter = async (_tx, messages) => messages.map((one) => (one.elderId === null ? { kind: 'cannot', reason: 'noLetter' } : { kind: 'waits', for: 'print', sent: false }))

/** A clerk calls and says what came of it. */
const outbox: Adapter = async (_tx, messages) => messages.map(() => ({ kind: 'waits', for: 'clerk', sent: false }))

/** A case of the village assistant, whose outcome comes back as an event. */
const villageTask: Adapter = async (tx, messages) => {
  const fit = messages.filter((one) => one.elderId !== null)
  const opened = await openCases(tx, fit.map((one) => ({ type: 'messages.villageTask', key: taskKey(one), region: one.region, subjectId: one.elderId, subjectName: one.toName, titleArgs: { title: one.texts.title }, evidence: { zh: one.texts.short, en: one.texts.short }, link: one.link ?? `/messages/${one.id}` })))
  const caseOf = new Map(fit.map((one, i) => [one.id, opened[i] ?? null]))
  return messages.map((one) => (one.elderId === null ? { kind: 'cannot', reason: 'noVillage' } : { kind: 'waits', for: 'village', sent: true, caseId: caseOf.get(one.id) ?? one.caseId }))
}

/** [M9] The gateway of the county: needs one, a number, and an hour at which telephones may ring. Numbers are opened here, logged, and go nowhere else. */
const webhook: Adapter = async (tx, messages) => {
  const { gateway } = resources()
  if (!gateway) return messages.map(() => ({ kind: 'cannot', reason: 'noGateway' }))
  const quiet = quietUntil(tx.nowMs, (await quietOf(tx, countyOf(tx.actor.region))) ?? USUAL_QUIET)
  if (quiet !== null) return messages.map(() => ({ kind: 'later', at: quiet }))
  const callable = messages.filter((one) => one.elderId !== null)
  const phones = await openPhones(tx, callable.map((one) => ({ elderId: one.elderId!, contactId: one.contactId })), '发送通知')
  const phoneOf = new Map(callable.map((one, i) => [one.id, phones[i] ?? null]))
  return messages.map((one) => {
    const phone = phoneOf.get(one.id)
    return phone ? { kind: 'post', request: requestFor(one, phone, gateway, tx.nowMs) } : { kind: 'cannot', reason: 'noPhone' }
  })
}

export const ADAPTERS: Readonly<Record<Channel, Adapter>> = { screen, letter, outbox, villageTask, webhook }

export function taskKey(message: Pick<Message, 'id' | 'step'>): string {
  return `${message.id}.${message.step}`
}

export async function closeVillageTasks(tx: Tx, messages: readonly Message[]): Promise<void> {
  for (const { caseId } of messages) if (caseId !== null) await commandCase(tx, caseId, { kind: 'move', move: 'finish', outcome: 'withdrawn', actor: { id: tx.actor.id, roles: ['program'] } })
}

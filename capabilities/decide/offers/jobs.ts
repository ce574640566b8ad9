import { every, on, task, type TaskContext } from '@songbai/platform/schedule'
import { isRefused, type Tx } from '@songbai/platform/tx'
import { BatchUndone, ElderDied, ElderMoved, EldersImported, EldersMerged, EldersSplit, IdentityCorrected } from '../../know/elders/contract.ts'
import { MessageAnswered, MessageDelivered, MessageFailed } from '../../know/messages/contract.ts'
import { EntitlementsChanged } from '../entitlements/contract.ts'
import { approveOne, becameConsented, becameDeclined, becameTold } from './actions.ts'
import type { ConsentKind } from './rules.ts'
import { addSteps, offerForUpdate, type Offer } from './store.ts'
import { anyPending, askFor, askSweep, sweepOf, taskOf } from './store-find.ts'
import { FIND, find, sweepIsDue } from './tasks-find.ts'

/** Fifty events share one transaction: one task for all of them. */
const started = new WeakSet<Tx>()

async function start(tx: Tx): Promise<void> {
  if (started.has(tx) || (await taskOf(tx, FIND, ['waiting'])) !== null) return
  started.add(tx)
  tx.startTask(FIND, {})
}

async function look(tx: Tx, ids: readonly string[], region: string): Promise<void> {
  await askFor(tx, ids, region)
  await start(tx)
}

/** Thousands at once: everybody is looked at anew, by one task that shows how far it is. */
async function lookAtAll(tx: Tx): Promise<void> {
  await askSweep(tx)
  await start(tx)
}

/** A failed look is not begun again each minute. */
const REST_MS = 10 * 60_000

async function sweepWhenDue(tx: Tx): Promise<void> {
  if ((await taskOf(tx, FIND, ['waiting', 'running'])) !== null) return
  if (await anyPending(tx)) return start(tx)
  if (!(await sweepIsDue(tx))) return
  const last = await sweepOf(tx, tx.actor.region.slice(0, 6))
  const failed = last !== null && last.beganAt !== null && (last.endedAt === null || last.endedAt < last.beganAt)
  if (!failed || tx.nowMs - last.beganAt! >= REST_MS) await start(tx)
}

/** The offer a message speaks of; other messages are not ours. */
async function offerOf(tx: Tx, key: string): Promise<Offer | null> {
  const id = /^offers\/([0-9a-f-]{36})\/(?:found|sent|said)\//.exec(key)?.[1]
  return id === undefined ? null : offerForUpdate(tx, id)
}

const KIND: Readonly<Record<string, ConsentKind>> = { webhook: 'message', outbox: 'phone', villageTask: 'visit', letter: 'visit', screen: 'message' }

interface ApproveMany {
  readonly ids: readonly string[]
}

/** Each by itself: one that may not be approved stays where it is, and is counted with its reason. */
async function approveAll(context: TaskContext<ApproveMany>): Promise<{ approved: number; left: Record<string, number> }> {
  const left: Record<string, number> = {}
  let approved = 0
  for (const [i, id] of context.input.ids.entries()) {
    if (await context.cancelled()) break
    const answer = await context.tx((tx) => approveOne(tx, id))
    // Approved before this task was killed and began again.
    if (!isRefused(answer) || answer.args['state'] === 'approved') approved++
    else left[answer.refused] = (left[answer.refused] ?? 0) + 1
    await context.progress(i + 1, context.input.ids.length, { approved, left })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { approved, left }
}

export const jobs = [
  on(EntitlementsChanged, 'look at whose entitlements changed', (tx, { elderId }, meta) => look(tx, [elderId], meta.region)),
  on(ElderDied, 'end the offers of who died', (tx, { elderId }, meta) => look(tx, [elderId], meta.region)),
  on(ElderMoved, 'take offers along, or end them', (tx, { elderId }, meta) => look(tx, [elderId], meta.region)),
  on(EldersMerged, 'one person, one offer', (tx, { keepId, dropId }, meta) => look(tx, [keepId, dropId], meta.region)),
  on(EldersSplit, 'look at both again', (tx, { keepId, dropId }, meta) => look(tx, [keepId, dropId], meta.region)),
  on(IdentityCorrected, 'name people as they are called', (tx, { elderId }, meta) => look(tx, [elderId], meta.region)),
  on(EldersImported, 'look at everybody after an import', (tx) => lookAtAll(tx)),
  on(BatchUndone, 'look at everybody after an undone batch', (tx) => lookAtAll(tx)),
  every('minute', 'look at whom nobody looked at yet, and at everybody when the day or the law has changed', sweepWhenDue),
  on(MessageDelivered, 'the person was told', async (tx, said) => {
    const offer = await offerOf(tx, said.key)
    if (offer) await becameTold(tx, offer, said.channel, said.by)
  }),
  on(MessageFailed, 'nobody was reached', async (tx, said) => {
    const offer = await offerOf(tx, said.key)
    if (offer) await addSteps(tx, [{ offer, what: 'notReached' }])
  }),
  on(MessageAnswered, 'the person answered', async (tx, said) => {
    const offer = await offerOf(tx, said.key)
    if (!offer || offer.endedOn !== null || (offer.state !== 'found' && offer.state !== 'told')) return
    if (said.reply === 'yes') await becameConsented(tx, offer, { kind: KIND[said.channel]!, on: tx.today, by: said.by ?? '' }, said.byId)
    else if (said.reply === 'no') await becameDeclined(tx, offer, 'notNow', null, said.by)
    else await addSteps(tx, [{ offer, what: 'readReply' }])
  }),
]

export const tasks = [task<unknown>(FIND, find), task<ApproveMany>('offers.approveMany', approveAll)]

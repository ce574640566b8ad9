import { every, on, task } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { CaseClosed } from '../work/contract.ts'
import { MessagesQueued } from './contract.ts'
import { answered, arrived, deliver, fail } from './jobs-deliver.ts'
import { anyDue, messageForUpdate, taskWaits } from './store.ts'

const DELIVER = 'messages.deliver'
/** Fifty events share one transaction: one task for all of them. */
const started = new WeakSet<Tx>()

async function start(tx: Tx): Promise<void> {
  if (started.has(tx) || (await taskWaits(tx, DELIVER))) return
  started.add(tx)
  tx.startTask(DELIVER, {})
}

export const jobs = [
  on(MessagesQueued, 'deliver what was queued', (tx) => start(tx)),
  every('minute', 'deliver what is due', async (tx) => {
    if (await anyDue(tx)) await start(tx)
  }),
  on(CaseClosed, 'hear how a visit went', async (tx, closed) => {
    if (closed.type !== 'messages.villageTask') return
    const [id, step] = closed.key.split('.')
    const message = await messageForUpdate(tx, id!)
    if (!message || message.step !== Number(step) || message.state !== 'sent') return
    if (closed.outcome === 'notReached') await fail(tx, message, 'notReached', null)
    else if (closed.outcome === 'told') await arrived(tx, message, 'toldByVisit', null)
    else if (closed.outcome !== 'withdrawn') await answered(tx, message, closed.outcome === 'agreed' ? 'yes' : 'no', null, closed.by)
  }),
]

export const tasks = [task<unknown>(DELIVER, deliver)]

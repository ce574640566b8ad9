import { every, on } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { UserLeft } from '../users/contract.ts'
import { commandCase } from './public.ts'
import { cases, dueClocks, endClock } from './store.ts'

/** A clock fires once by its id; one that was overtaken by a move is simply over. */
async function fireDueClocks(tx: Tx): Promise<void> {
  for (const clock of await dueClocks(tx, 500)) {
    await commandCase(tx, clock.caseId, { kind: 'fire', clockId: clock.id })
    await endClock(tx, clock.id)
  }
}

export const jobs = [
  every('minute', 'fire the clocks that are due', fireDueClocks),
  on(UserLeft, 'hand the work of who left to the successor', async (tx, { userId, successorId }) => {
    for (const held of await cases(tx, { open: true, mine: { userId, posts: [] } })) await commandCase(tx, held.id, { kind: 'reassign', to: { kind: 'person', id: successorId }, reason: '原办理人离岗移交', actor: { id: tx.actor.id, roles: ['owner', 'countyClerk', 'townshipClerk', 'program'] } })
  }),
]

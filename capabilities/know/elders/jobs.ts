import { every, on, task } from '@songbai/platform/schedule'
import { CaseClosed } from '../work/contract.ts'
import { exportList, type ExportInput } from './actions-export.ts'
import { settleEvent } from './actions-events.ts'
import { daysUpTo, dueOn, recomputeCategories } from './store-daily.ts'

/** A server may stand still over a holiday: so many days are made good. */
const CATCH_UP_DAYS = 10
const SLICE = 1000

export const jobs = [
  every('day', 'bring categories to the day: birthdays, and facts that begin or end', async (tx) => {
    let after: string | null = null
    do {
      const ids: string[] = await dueOn(tx, daysUpTo(tx.today, CATCH_UP_DAYS), after, SLICE)
      await recomputeCategories(tx, ids)
      after = ids.length < SLICE ? null : ids.at(-1)!
    } while (after !== null)
  }),
  on(CaseClosed, 'carry out what was decided about a contradictory event', async (tx, closed) => {
    if (closed.type === 'elders.eventConflict') await settleEvent(tx, closed.key, closed.outcome === 'eventRight')
  }),
]

export const tasks = [task<ExportInput>('elders.export', exportList)]

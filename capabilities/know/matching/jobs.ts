import { on, task } from '@songbai/platform/schedule'
import { CaseClosed } from '../work/contract.ts'
import { exportRemaining, proposeTask, type ExportInput, type ProposeInput } from './jobs-export.ts'
import { inspect, type RunInput } from './jobs-inspect.ts'
import { compare, stop } from './jobs-run.ts'
import { answerOfVillage, settleMany, undoMany, type SettleInput, type UndoInput } from './jobs-settle.ts'
import { ASK_VILLAGE } from './rules-cases.ts'

export const jobs = [
  on(CaseClosed, 'settle the row the village was asked about', async (tx, closed) => {
    if (closed.type === ASK_VILLAGE.id) await answerOfVillage(tx, closed.caseId, closed.outcome)
  }),
]

export const tasks = [
  task<RunInput>('matching.inspect', inspect), task<RunInput>('matching.run', compare, stop), task<SettleInput>('matching.settle', settleMany), task<UndoInput>('matching.undo', undoMany),
  task<ExportInput>('matching.export', exportRemaining), task<ProposeInput>('matching.propose', proposeTask),
]

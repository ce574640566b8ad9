import { on, task } from '@songbai/platform/schedule'
import { CaseClosed } from '../../know/work/contract.ts'
import { exportList, type ExportInput } from './jobs-export.ts'
import { scan, scanFailed, type ScanInput } from './jobs-scan.ts'
import { MISSED, OVERPAID } from './rules-cases.ts'
import { changeSpells, spellsOfCase } from './store.ts'

export const jobs = [
  on(CaseClosed, 'write down what became of a spell', async (tx, closed) => {
    if (closed.type !== MISSED.id && closed.type !== OVERPAID.id) return
    const handed = (await spellsOfCase(tx, closed.caseId)).filter((one) => one.state === 'handed').map((one) => one.id)
    await changeSpells(tx, handed, { state: 'closed', outcome: closed.outcome })
  }),
]

export const tasks = [task<ScanInput>('lookback.scan', scan, scanFailed), task<ExportInput>('lookback.export', exportList)]

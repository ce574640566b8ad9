/** Deciding about rows, one by one or many equal ones, and taking a decision back. */
import { refuse, type Does } from '@songbai/platform/tx'
import { carryOut } from './actions-effects.ts'
import * as c from './contract.ts'
import type { ProposeInput } from './jobs-export.ts'
import type { SettleInput, UndoInput } from './jobs-settle.ts'
import { allowed, decisionsFor } from './rules.ts'
import { countRows, rowsById } from './store-rows.ts'
import { addSettlement, countSettled, runById, settlementById } from './store.ts'

export const doSettle: Does<typeof c.settleRows> = async (tx, { rowIds, decision, reason }) => {
  const rows = await rowsById(tx, [...new Set(rowIds)])
  if (rows.length !== new Set(rowIds).size || new Set(rows.map((row) => row.runId)).size !== 1) return refuse('matching.row-not-found')
  if (rows.some((row) => row.state !== 'open')) return refuse('matching.already-settled', { by: rows.find((row) => row.state !== 'open')?.decidedBy ?? '' })
  const odd = rows.find((row) => !allowed(row).includes(decision))
  if (odd) return refuse('matching.decision-not-fitting', { row: odd.row ?? 0 })
  const run = await runById(tx, rows[0]!.runId)
  if (!run) return refuse('matching.row-not-found')
  const settlementId = tx.newId()
  await addSettlement(tx, { id: settlementId, runId: run.id, region: run.region, decision, reason, rows: 0 })
  const settled = await carryOut(tx, run, rows, decision, settlementId, reason)
  await countSettled(tx, settlementId, settled.done.length)
  for (const row of rows) tx.note({ subjectId: row.elderId ?? row.id, region: row.region, what: `matching.${decision}`, purpose: reason })
  if (decision === 'register') tx.startTask('matching.propose', { settlementId } satisfies ProposeInput)
  return { settlementId, settled: settled.done.length, contradicted: settled.contradicted }
}

export const doSettleAll: Does<typeof c.settleAll> = async (tx, { runId, kind, code, decision, reason, count }) => {
  const run = await runById(tx, runId, true)
  if (!run) return refuse('matching.not-found')
  if (run.state !== 'done') return refuse('matching.wrong-state', { state: run.state })
  if (!decisionsFor(kind, { takes: true, clear: true, code }).includes(decision) && !decisionsFor(kind, { takes: true, clear: false, code }).includes(decision)) return refuse('matching.decision-not-fitting', { row: 0 })
  const now = await countRows(tx, { runId, kind, code, states: ['open'] })
  if (now !== count) return refuse('matching.count-differs', { count, now })
  const settlementId = tx.newId()
  await addSettlement(tx, { id: settlementId, runId, region: run.region, decision, reason, rows: 0 })
  tx.note({ subjectId: runId, region: run.region, what: `matching.${decision}`, purpose: reason })
  return { runId, settlementId, taskId: tx.startTask('matching.settle', { runId, kind, code, decision, reason, settlementId } satisfies SettleInput) }
}

export const doUndo: Does<typeof c.undoSettlement> = async (tx, { settlementId }) => {
  const settlement = await settlementById(tx, settlementId, true)
  if (!settlement) return refuse('matching.settlement-not-found')
  if (settlement.undoneAt !== null) return refuse('matching.already-undone')
  tx.note({ subjectId: settlement.runId, region: settlement.region, what: 'matching.undo', purpose: settlement.reason })
  return { taskId: tx.startTask('matching.undo', { settlementId } satisfies UndoInput) }
}

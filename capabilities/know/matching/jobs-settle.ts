/** Many equal rows settled in small steps, and a decision taken back. */
import type { TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { undoBatch } from '../elders/public.ts'
import { carryOut, takeBack } from './actions-effects.ts'
import type { Decision, RowKind } from './contract.ts'
import { propose } from './jobs-export.ts'
import { allowed } from './rules.ts'
import { countRows, rowsById, rowsOf, rowsOfSettlement, settle } from './store-rows.ts'
import { addSettlement, countSettled, markUndone, runById, settlementById } from './store.ts'
import { rowOfCase } from './store-views.ts'

export interface SettleInput {
  readonly runId: string
  readonly kind: RowKind
  readonly code: string
  readonly decision: Decision
  readonly reason: string
  readonly settlementId: string
}

export interface UndoInput {
  readonly settlementId: string
}

const SLICE = 100

export async function settleMany(context: TaskContext<SettleInput>): Promise<unknown> {
  const { runId, kind, code, decision, reason, settlementId } = context.input
  const filter = { runId, kind, code, states: ['open'] as const }
  const total = await context.tx((tx) => countRows(tx, filter))
  let [after, done, contradicted, left]: [string | null, number, number, number] = [null, 0, 0, 0]
  do {
    if (await context.cancelled()) break
    const from: string | null = after
    const step = await context.tx(async (tx) => {
      const rows = await rowsOf(tx, filter, from, SLICE)
      // Locked: somebody may settle one of them by itself meanwhile.
      const fit = (await rowsById(tx, rows.map((row) => row.id))).filter((row) => row.state === 'open' && allowed(row).includes(decision))
      const settled = await carryOut(tx, (await runById(tx, runId))!, fit, decision, settlementId, reason)
      await countSettled(tx, settlementId, settled.done.length)
      return { last: rows.length < SLICE ? null : rows.at(-1)!.id, done: settled.done.length, contradicted: settled.contradicted, left: rows.length - settled.done.length }
    })
    after = step.last
    done += step.done
    contradicted += step.contradicted
    left += step.left
    await context.progress(done, total)
  } while (after !== null)
  if (decision === 'register') await propose(context, settlementId)
  return { settled: done, contradicted, left }
}

export async function undoMany(context: TaskContext<UndoInput>): Promise<unknown> {
  const { settlementId } = context.input
  let after: string | null = null
  do {
    const from: string | null = after
    after = await context.tx(async (tx) => (await undoBatch(tx, settlementId, from, SLICE)).afterId)
  } while (after !== null)
  const total = await context.tx(async (tx) => (await settlementById(tx, settlementId))!.rows)
  let done = 0
  for (;;) {
    const n = await context.tx(async (tx) => {
      const rows = await rowsOfSettlement(tx, settlementId, SLICE)
      if (rows.length > 0) await takeBack(tx, (await runById(tx, rows[0]!.runId))!, rows, settlementId)
      return rows.length
    })
    if (n === 0) break
    done += n
    await context.progress(done, total)
  }
  await context.tx((tx) => markUndone(tx, settlementId))
  return { undone: done }
}

const VILLAGE_SAYS = { theirs: '村里答复：对方名单是对的，请照此更正档案', ours: '村里答复：这里是对的', notSame: '村里答复：不是同一个人' } as const

/** What the village answered settles the row, in the words of the case. */
export async function answerOfVillage(tx: Tx, caseId: string, outcome: string | null): Promise<void> {
  const row = await rowOfCase(tx, caseId)
  if (!row || row.state !== 'waiting' || (outcome !== 'theirs' && outcome !== 'ours' && outcome !== 'notSame')) return
  const run = (await runById(tx, row.runId))!
  const decision: Decision = outcome === 'theirs' && row.kind === 'possible' && allowed(row).includes('same') ? 'same' : outcome
  // [M14] Their list is right and nothing of it can be taken over at a press: a clerk corrects the register. Settled as ours it would be remembered as the opposite.
  const fits = allowed(row).includes(decision)
  const [settlementId, reason] = [tx.newId(), fits ? '村里核实后的答复' : VILLAGE_SAYS[outcome]]
  await addSettlement(tx, { id: settlementId, runId: run.id, region: run.region, decision: fits ? decision : 'village', reason, rows: 0 })
  if (!fits) return settle(tx, [row.id], 'open', settlementId, null)
  const settled = await carryOut(tx, run, [row], decision, settlementId, reason)
  // The register could not take it: the row waits for a clerk, with the answer beside it.
  if (settled.left.length > 0) await settle(tx, settled.left, 'open', settlementId, null)
  await countSettled(tx, settlementId, settled.done.length)
}

/** From the draft of a month to its release: load → decide → save → tell. */
import { monthOf } from '@songbai/calendar'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { bear, budgetsLeft, moneyCode, openItemAccounts, post, type BudgetLeft, type NewTransfer } from '../funds/public.ts'
import { BatchReleased, BatchSettled } from './contract.ts'
import type { checkBatch, draftBatch, dropBatch, exportBatch, readAnswerFile, recomputeBatch, releaseBatch, settleBatch } from './contract.ts'
import { deadPaid, findings } from './actions-see.ts'
import { layoutOf } from './rules-layouts.ts'
import { mayRelease, nextMonth, SETTINGS } from './rules.ts'
import { countUnclear, openClaims, sendAgain, settleLines, takeOffsets } from './store-recoup.ts'
import { countGrants } from './store-payees.ts'
import { batches, countyFor, insertBatch, markOthersStale, moveBatch, numberLines, outcomes, postingSums, sumsBy, type BatchRow } from './store.ts'

export const batchOf = async (tx: Tx, id: string): Promise<BatchRow | null> => (await batches(tx, { id }))[0] ?? null

const SENT: readonly string[] = ['released', 'exported', 'settled']

export const doDraft: Does<typeof draftBatch> = async (tx, input) => {
  if (input.month > monthOf(tx.today)) return refuse('payments.month-ahead', { month: monthOf(tx.today) })
  const items = [...new Set(input.items)].sort()
  const [open] = await batches(tx, { states: ['computing', 'draft', 'checked'], items })
  if (open) return refuse('payments.batch-open', { number: open.number })
  if ((await countGrants(tx, items, input.month, nextMonth(input.month, -SETTINGS.lookBackMonths))) === 0) return refuse('payments.no-grants')
  const id = tx.newId()
  const taskId = tx.startTask('payments.compute', { batchId: id })
  await insertBatch(tx, { id, month: input.month, items, taskId, lookBack: SETTINGS.lookBackMonths })
  return { id, taskId }
}

export const doRecompute: Does<typeof recomputeBatch> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  if (SENT.includes(batch.state)) return refuse('payments.released-already')
  const taskId = tx.startTask('payments.compute', { batchId: batch.id })
  return (await moveBatch(tx, batch.id, ['draft', 'checked'], 'computing', { taskId })) ? { id: batch.id, taskId } : refuse('payments.computing')
}

export const doCheck: Does<typeof checkBatch> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  if (SENT.includes(batch.state)) return refuse('payments.released-already')
  if (batch.stale) return refuse('payments.stale', { why: batch.stale })
  const stops = (await findings(tx, batch)).filter((one) => one.severity === 'stop')
  if (stops.length > 0) return refuse('payments.findings', { count: stops.length })
  return (await moveBatch(tx, batch.id, ['draft', 'checked'], 'checked')) ? { id: batch.id } : refuse('payments.computing')
}

export const doDrop: Does<typeof dropBatch> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  return (await moveBatch(tx, batch.id, ['computing', 'draft', 'checked'], 'dropped')) ? { id: batch.id } : refuse('payments.released-already')
}

/** [Y7] [Y13] Whoever is first releases, once; the money stands in the ledger in the same transaction or not at all. */
export const doRelease: Does<typeof releaseBatch> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  const no = mayRelease(batch, tx.actor.id)
  if (no) return no
  const [total] = await sumsBy(tx, batch.id, 'none')
  if (total!.people === 0 && total!.overFen === 0) return refuse('payments.nothing')
  if (input.people !== total!.people || input.payFen !== total!.payFen) return refuse('payments.count-differs', { people: total!.people, payFen: total!.payFen })
  if (!(await moveBatch(tx, batch.id, ['checked'], 'released', { people: total!.people, payFen: total!.payFen }))) return refuse('payments.released-already')
  // Checked earlier; who was recorded as dead a moment ago may not have reached the batch yet.
  const dead = await deadPaid(tx, batch.id)
  if (dead.length > 0) return refuse('payments.findings', { count: dead.length })
  await markOthersStale(tx, batch)
  if (!(await sendAgain(tx, batch.id)) || !(await takeOffsets(tx, batch.id))) return refuse('payments.stale', { why: 'changed' })
  await openClaims(tx, batch.id)
  await openItemAccounts(tx, batch.county, batch.items)
  const transfers = await releaseTransfers(tx, batch)
  if (transfers === null || (await post(tx, batch.county, transfers)).length > 0) return refuse('payments.over-budget')
  await numberLines(tx, batch.id)
  tx.startTask('payments.afterRelease', { batchId: batch.id })
  tx.emit(BatchReleased, { batchId: batch.id, month: batch.month, people: total!.people, payFen: total!.payFen }, batch.region)
  return { id: batch.id, people: total!.people, payFen: total!.payFen }
}

/** One transfer for each township, item and budget; the lines of the batch are the rows behind it. Null: the budgets are too small. */
async function releaseTransfers(tx: Tx, batch: BatchRow): Promise<NewTransfer[] | null> {
  const sums = await postingSums(tx, batch.id)
  const budgets = await budgetsLeft(tx, batch.county, Number(batch.month.slice(0, 4)), batch.items)
  const transfers: NewTransfer[] = []
  for (const item of batch.items) {
    const own = sums.filter((one) => one.item === item)
    const sources = budgets.filter((one) => one.item === item)
    const parts = bear(own.map((one) => ({ key: one.township, amount: one.dueFen + one.arrearsFen })), sources)
    if (parts === null) return null
    const add = transferAdder(batch, item, transfers)
    for (const part of parts) add('release', part.key, part.source, moneyCode('payable', item), part.amount, part.source)
    for (const one of own) {
      add('again', one.township, moneyCode('returned', item), moneyCode('payable', item), one.againFen)
      // What is kept back was paid out of a budget before, so it goes back to one; the claim becomes smaller by as much.
      add('offset', one.township, moneyCode('payable', item), budgetFor(sources), one.offsetFen)
      add('recovered', one.township, moneyCode('overpaid', item), moneyCode('claim', item), one.offsetFen)
      add('claim', one.township, moneyCode('claim', item), moneyCode('overpaid', item), one.overFen)
    }
  }
  return transfers
}

const budgetFor = (sources: readonly BudgetLeft[]): string => sources[0]?.code ?? ''

function transferAdder(batch: BatchRow, item: string, transfers: NewTransfer[]) {
  return (kind: string, township: string, debit: string, credit: string, amount: number, source = ''): void => {
    if (amount > 0) transfers.push({ key: `batch/${batch.id}/${kind}/${item}/${township}/${source}`, region: township.padEnd(12, '0'), debit, credit, amount, kind, item, refKind: 'batch', refId: batch.id })
  }
}

export const doExport: Does<typeof exportBatch> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  if (!SENT.includes(batch.state)) return refuse('payments.not-released')
  if (!layoutOf(input.layout)) return refuse('payments.layout-unknown')
  tx.note({ subjectId: batch.id, region: batch.region, what: 'bankFile', purpose: input.purpose })
  return { taskId: tx.startTask('payments.export', { batchId: batch.id, layout: input.layout, purpose: input.purpose }) }
}

export const doReadAnswer: Does<typeof readAnswerFile> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  // What the bank sends back after the settling is read too: it becomes a correction.
  if (batch.state !== 'exported' && batch.state !== 'settled') return refuse('payments.not-exported')
  if (!layoutOf(input.layout)) return refuse('payments.layout-unknown')
  return { taskId: tx.startTask('payments.readAnswer', { batchId: batch.id, layout: input.layout, fileId: input.fileId }) }
}

/** [Y14] Settled is what was sent without what came back; both are posted at once. */
export const doSettle: Does<typeof settleBatch> = async (tx, input) => {
  const batch = await batchOf(tx, input.id)
  if (!batch) return refuse('payments.batch-not-found')
  if (!(await moveBatch(tx, batch.id, ['exported'], 'settled'))) return refuse('payments.not-exported')
  const unclear = await countUnclear(tx, batch.id)
  if (unclear > 0) return refuse('payments.answer-unclear', { count: unclear })
  await settleLines(tx, batch.id)
  const sums = await postingSums(tx, batch.id)
  const transfers: NewTransfer[] = []
  for (const one of sums) {
    const add = transferAdder(batch, one.item, transfers)
    add('paid', one.township, moneyCode('payable', one.item), moneyCode('paid', one.item), one.paidFen)
    add('returned', one.township, moneyCode('payable', one.item), moneyCode('returned', one.item), one.returnedFen)
  }
  const short = await post(tx, countyFor(tx), transfers)
  if (short.length > 0) throw new Error(`payable is short: ${JSON.stringify(short)}`)
  const { returned, returnedFen, paid, paidFen } = await outcomes(tx, batch.id)
  if (returned !== input.returned) return refuse('payments.count-differs', { people: returned, payFen: returnedFen })
  tx.emit(BatchSettled, { batchId: batch.id, month: batch.month, paid, returned }, batch.region)
  return { id: batch.id, paid, paidFen, returned, returnedFen }
}

/** From a file to a dry run to the register and, if need be, back. Long parts are tasks; an action only checks and starts them. */
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import * as c from './contract.ts'
import type { BatchState, Setup, SheetView } from './contract.ts'
import type { BatchInput } from './jobs-check.ts'
import { tallyNow } from './jobs-commit.ts'
import type { InspectInput } from './jobs-inspect.ts'
import { decisionsFor } from './rules.ts'
import { openNow } from './store-problems.ts'
import { schemaOf } from './store-rules.ts'
import { addBatch, batchById, changeBatch, fileInfo, headOf, openSeen, recentBatches, saveTemplate, type Batch } from './store.ts'

export const doInspect: Does<typeof c.inspectFile> = async (tx, input) => {
  if (input.batchId !== undefined) return lookAgain(tx, input.batchId, input)
  const file = input.fileId === undefined ? null : await fileInfo(tx, input.fileId)
  if (!file) return refuse('imports.file-not-found')
  const batchId = await addBatch(tx, tx.actor.region, file)
  const taskId = tx.startTask('imports.inspect', { batchId } satisfies InspectInput)
  await changeBatch(tx, batchId, { taskId })
  tx.note({ subjectId: batchId, region: tx.actor.region, what: 'import' })
  return { batchId, taskId }
}

async function lookAgain(tx: Tx, batchId: string, input: { sheet?: number | undefined; headingRows?: number[] | undefined }) {
  const batch = await batchById(tx, batchId, true)
  if (!batch) return refuse('imports.not-found')
  if (!['inspected', 'checked', 'unreadable'].includes(batch.state)) return refuse('imports.wrong-state', { state: batch.state })
  const taskId = tx.startTask('imports.inspect', { batchId, sheet: input.sheet, headingRows: input.headingRows } satisfies InspectInput)
  await changeBatch(tx, batchId, { state: 'reading', taskId })
  return { batchId, taskId }
}

export const doSeeBatch: Does<typeof c.seeBatch> = async (tx, { batchId }) => {
  const batch = await batchById(tx, batchId)
  if (!batch) return refuse('imports.not-found')
  const seen = openSeen(tx, batch)
  const asked = batch.tally ? await openNow(tx, batch) : { kinds: [] }
  const counted = batch.tally && ['checked', 'committed', 'failed'].includes(batch.state) ? (await tallyNow(tx, batch)).counts : (batch.tally?.counts ?? null)
  const kinds = asked.kinds.map(({ code, rows }) => ({ code: code.slice(2), severity: code.startsWith('e:') ? ('error' as const) : ('question' as const), rows, decisions: code.startsWith('q:') ? decisionsFor([code.slice(2)]) : [] }))
  const changed = Object.entries(batch.tally?.repairedKinds ?? {}).sort((a, b) => b[1] - a[1]).map(([code, rows]) => ({ code, severity: 'repaired' as const, rows, decisions: [] }))
  return {
    ...headOf(batch), counts: counted, kind: seen?.kind ?? null, encoding: seen?.encoding ?? null, sheets: [...(seen?.sheets ?? [])], setup: batch.setup, suggested: seen ? suggest(tx, seen.sheets) : null,
    fields: schemaOf(tx).fields.map((field) => ({ id: field.id, label: { zh: field.label, en: field.labelEn ?? field.label }, required: field.required === true, kind: field.kind })),
    failure: batch.failure, kinds: [...kinds, ...changed], undecided: undecided(batch, seen?.sheets ?? []), place: tx.actor.region,
  }
}

/** The sheet with the most rows that looks like a list, with the columns as guessed. */
function suggest(tx: Tx, sheets: readonly SheetView[]): Setup | null {
  const lists = sheets.filter((sheet) => sheet.table !== null && sheet.looksLike === 'list')
  const best = [...lists].sort((a, b) => Number(a.hidden) - Number(b.hidden) || b.rows - a.rows)[0]
  return best ? { sheet: best.index, headingRows: best.table!.headingRows, choices: choicesOf(best), place: tx.actor.region, listDay: tx.today } : null
}

/** Columns that are empty, row numbers, or known to be unwanted are left out without asking; the rest undecided stays null. */
export function choicesOf(sheet: SheetView): (string | null)[] {
  const choices: (string | null)[] = []
  for (const one of sheet.columns) choices[one.column] = one.field ?? (one.why === 'empty' || one.why === 'row_number' || one.why === 'template' ? 'skip' : null)
  return Array.from(choices, (choice) => choice ?? null)
}

function undecided(batch: Batch, sheets: readonly SheetView[]): string[] {
  const { setup } = batch
  const sheet = setup && sheets.find((one) => one.index === setup.sheet)
  return sheet ? sheet.columns.filter((one) => (setup.choices[one.column] ?? null) === null && one.why !== 'empty').map((one) => one.letter) : []
}

export const doList: Does<typeof c.listBatches> = async (tx, { limit }) => ({ batches: (await recentBatches(tx, limit)).map(headOf) })

const MAY_CHECK: readonly BatchState[] = ['inspected', 'checked']

export const doCheck: Does<typeof c.checkBatch> = async (tx, { batchId, setup, saveTemplate: remember }) => {
  const batch = await batchById(tx, batchId, true)
  if (!batch) return refuse('imports.not-found')
  if (!MAY_CHECK.includes(batch.state)) return refuse('imports.wrong-state', { state: batch.state })
  const sheet = openSeen(tx, batch)?.sheets.find((one) => one.index === setup.sheet)
  if (!sheet?.table) return refuse('imports.sheet-unknown')
  const fields = setup.choices.flatMap((choice) => (choice === null || choice === 'skip' ? [] : [choice]))
  const known = new Set(schemaOf(tx).fields.map((field) => field.id))
  const stranger = fields.find((field) => !known.has(field))
  if (stranger !== undefined) return refuse('imports.field-unknown', { field: stranger })
  const twice = fields.find((field, i) => fields.indexOf(field) !== i)
  if (twice !== undefined) return refuse('imports.field-twice', { field: twice })
  if (!fields.includes('name')) return refuse('imports.name-column-missing')
  if (!tx.actor.prefixes.some((prefix) => setup.place.startsWith(prefix))) return refuse('imports.place-outside')
  if (remember) await saveTemplate(tx, sheet.table.fingerprint, setup.choices)
  const taskId = tx.startTask('imports.check', { batchId } satisfies BatchInput)
  await changeBatch(tx, batchId, { state: 'checking', setup, taskId, failure: null })
  return { batchId, taskId }
}

export const doCommit: Does<typeof c.commitBatch> = async (tx, { batchId, count }) => {
  const batch = await batchById(tx, batchId, true)
  if (!batch) return refuse('imports.not-found')
  // A commit that broke off goes on where it stopped.
  if (batch.state !== 'checked' && batch.state !== 'failed') return refuse('imports.wrong-state', { state: batch.state })
  const open = undecided(batch, openSeen(tx, batch)?.sheets ?? [])
  if (open.length > 0) return refuse('imports.columns-undecided', { columns: open.join('、') })
  const { ready } = (await tallyNow(tx, batch)).counts
  if (ready === 0) return refuse('imports.nothing-to-import')
  if (ready !== count) return refuse('imports.count-differs', { count, ready })
  const taskId = tx.startTask('imports.commit', { batchId } satisfies BatchInput)
  await changeBatch(tx, batchId, { state: 'committing', taskId, failure: null })
  return { batchId, taskId }
}

export const doUndo: Does<typeof c.undoBatch> = async (tx, { batchId, reason }) => {
  const batch = await batchById(tx, batchId, true)
  if (!batch) return refuse('imports.not-found')
  if (batch.state !== 'committed' && batch.state !== 'failed') return refuse('imports.wrong-state', { state: batch.state })
  const taskId = tx.startTask('imports.undo', { batchId } satisfies BatchInput)
  await changeBatch(tx, batchId, { state: 'undoing', undoReason: reason, taskId })
  tx.note({ subjectId: batchId, region: batch.region, what: 'undoImport', purpose: reason })
  return { batchId, taskId }
}

export const doRepaired: Does<typeof c.repairBatch> = async (tx, input) => {
  const batch = await batchById(tx, input.batchId)
  if (!batch) return refuse('imports.not-found')
  if (!batch.setup || !['checked', 'committed', 'undone'].includes(batch.state)) return refuse('imports.wrong-state', { state: batch.state })
  tx.note({ subjectId: batch.id, region: batch.region, what: 'repairedSheet' })
  return { batchId: batch.id, taskId: tx.startTask('imports.repaired', input) }
}

export const doTemplate: Does<typeof c.makeTemplate> = async (tx, input) => ({ taskId: tx.startTask('imports.template', input) })

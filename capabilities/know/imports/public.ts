/** What capabilities below may use of the reading of lists: opening an upload, finding headings, walking rows, starting an import. */
import type { TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { SheetsError, type Workbook } from '@songbai/sheets'
import { tryBook } from './jobs-book.ts'
import type { InspectInput } from './jobs-inspect.ts'
import { addBatch, changeBatch, fileInfo, type FileInfo } from './store.ts'

export { headOfSheet, mappingOfSetup, planOf, turnOfOthers, walk, type Plan, type Walked } from './store-book.ts'
export { fileInfo, type FileInfo } from './store.ts'

/** Why a file cannot be read: code of the sheets engine with its words in `sayFinding`. */
export interface Unreadable {
  readonly unreadable: { readonly code: string; readonly args: Record<string, string | number> }
}

/** Opens a stored upload for some work and closes it whatever comes; a file that cannot be read is an answer, not a fault. */
export function withBook<T>(context: TaskContext<unknown>, fileId: string, work: (book: Workbook) => Promise<T>): Promise<T | Unreadable> {
  return tryBook(context, fileId, work)
}

export function noHeading(): never {
  throw new SheetsError('sheets.no_heading')
}

/** A file made by a capability below goes the way of every list: looked into, tried, committed by a person. Answers the batch. */
export async function startImport(tx: Tx, fileId: string): Promise<{ readonly batchId: string; readonly file: FileInfo } | null> {
  const file = await fileInfo(tx, fileId)
  if (!file) return null
  const batchId = await addBatch(tx, tx.actor.region, file)
  const taskId = tx.startTask('imports.inspect', { batchId } satisfies InspectInput)
  await changeBatch(tx, batchId, { taskId })
  tx.note({ subjectId: batchId, region: tx.actor.region, what: 'import' })
  return { batchId, file }
}

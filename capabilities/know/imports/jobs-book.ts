/** Opening an upload for one piece of work: closed at the end, and a file that says no is an answer. */
import type { TaskContext } from '@songbai/platform/schedule'
import { SheetsError, type Workbook } from '@songbai/sheets'
import { failureOf } from './jobs-check.ts'
import { openStored } from './store-book.ts'

export async function tryBook<T>(context: TaskContext<unknown>, fileId: string, work: (book: Workbook) => Promise<T>): Promise<T | { readonly unreadable: ReturnType<typeof failureOf> }> {
  try {
    const book = await openStored(context, fileId)
    try {
      return await work(book)
    } finally {
      await book.close()
    }
  } catch (error) {
    if (error instanceof SheetsError) return { unreadable: failureOf(error) }
    throw error
  }
}

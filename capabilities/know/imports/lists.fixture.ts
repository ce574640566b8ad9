/** Lists as clerks send them, for tests: written by a second program, so that the reader does not read its own writing. */
import * as X from '@e965/xlsx'
import type { Actor } from '@songbai/platform/tx'
import type { TestApp } from '@songbai/platform/testing'
import type { Cell, Merge } from '@songbai/sheets'
import type { BatchHead, Counts, ProblemRow, Setup } from './contract.ts'

/** Excel's serial of a civil day after 1900-03-01. */
const serial = (day: string): number => Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000)

function cellOf(cell: Cell): X.CellObject | null {
  if (cell === null) return null
  if (typeof cell === 'number') return { t: 'n', v: cell }
  if (typeof cell === 'object' && 'date' in cell && cell.date) return { t: 'n', v: serial(cell.date), z: 'yyyy-mm-dd' }
  return { t: 's', v: String(cell) }
}

export interface ListSheet {
  readonly name: string
  readonly rows: readonly { readonly row: number; readonly cells: readonly Cell[] }[]
  readonly merges?: readonly Merge[]
}

export function workbook(sheets: readonly ListSheet[], bookType: X.BookType = 'xlsx'): Uint8Array {
  const book = X.utils.book_new()
  for (const { name, rows, merges } of sheets) {
    const sheet: X.WorkSheet = {}
    let [last, width] = [1, 1]
    for (const { row, cells } of rows) {
      cells.forEach((cell, column) => {
        const made = cellOf(cell)
        if (made) sheet[X.utils.encode_cell({ r: row - 1, c: column })] = made
      })
      last = Math.max(last, row)
      width = Math.max(width, cells.length)
    }
    sheet['!ref'] = X.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: last - 1, c: width - 1 } })
    sheet['!merges'] = (merges ?? []).map((one) => ({ s: { r: one.top - 1, c: one.left }, e: { r: one.bottom - 1, c: one.right } }))
    X.utils.book_append_sheet(book, sheet, name)
  }
  return new Uint8Array(X.write(book, { type: 'array', bookType }) as ArrayBuffer)
}

export function sheetOf(lines: readonly (readonly Cell[])[], name = '名单'): ListSheet {
  return { name, rows: lines.map((cells, i) => ({ row: i + 1, cells })) }
}

export interface BatchPage extends BatchHead {
  readonly counts: Counts | null
  readonly suggested: Setup | null
  readonly setup: Setup | null
  readonly sheets: { index: number; name: string; looksLike: string; table: { headingRows: number[] } | null; columns: { letter: string; heading: string; field: string | null; why: string }[] }[]
  readonly kinds: { code: string; severity: string; rows: number; decisions: string[] }[]
  readonly failure: { code: string; args: Record<string, unknown> } | null
  readonly undecided: string[]
}

/** The wizard's steps, each waited for. */
export function clerkAt(t: TestApp, actor: Actor) {
  const settled = async (): Promise<void> => {
    await t.app.settle()
    t.app.tasks.poke()
    await t.app.tasks.idle()
  }
  const get = (batchId: string): Promise<BatchPage> => t.must<BatchPage>(actor, 'imports.get', { batchId })
  const task = async (taskId: string) => t.must<{ state: string; result: Record<string, unknown>; failure: string | null }>(actor, 'system.task', { id: taskId })
  return {
    settled, get, task,
    async upload(content: Uint8Array, name = '名单.xlsx'): Promise<string> {
      const file = await t.app.runAs(actor, 'files.upload', (tx) => t.app.files.save(tx, { name, mediaType: 'application/octet-stream', kind: 'upload', content }))
      const { batchId } = await t.must<{ batchId: string }>(actor, 'imports.inspect', { fileId: file.id })
      await settled()
      return batchId
    },
    async check(batchId: string, change: Partial<Setup> = {}, extra: object = {}): Promise<BatchPage> {
      const { suggested } = await get(batchId)
      await t.must(actor, 'imports.check', { batchId, setup: { ...suggested, ...change }, ...extra })
      await settled()
      return get(batchId)
    },
    async commit(batchId: string): Promise<BatchPage> {
      const { counts } = await get(batchId)
      await t.must(actor, 'imports.commit', { batchId, count: counts!.ready })
      await settled()
      return get(batchId)
    },
    problems: (batchId: string, more: object = {}) => t.must<{ rows: ProblemRow[]; total: number; columns: { letter: string }[] }>(actor, 'imports.problems', { batchId, limit: 500, ...more }),
  }
}

import { open } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { crc32, createInflateRaw } from 'node:zlib'
import { openWorkbook } from './read/open.ts'
import type { OpenOptions } from './read/open.ts'
import { dateOfSerial } from './read/serial.ts'
import { parseRange } from './read/sheet-xml.ts'
import { columnLetter, SheetsError } from './types.ts'
import type { Cell, Inflater, Limits, Merge, RandomAccess, RawRow, SheetInfo, Unpacker, Workbook } from './types.ts'
import { workerSource } from './worker-source.ts'

export interface WorkerCaps { readonly memoryMb: number; readonly seconds: number }
export interface FileOptions extends OpenOptions { readonly worker?: Partial<WorkerCaps> }

const defaultCaps: WorkerCaps = { memoryMb: 512, seconds: 60 }
const wholeFileBytes = 100e6

/** Opens a file on disk. xlsx and texts are streamed in this process; .xls, .xlsb and .ods go to a worker with a memory and time cap. */
export async function openFile(path: string, options: FileOptions = {}): Promise<Workbook> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const source: RandomAccess = {
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
        let filled = 0
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
        return filled < bytes.length ? bytes.subarray(0, filled) : bytes
      },
    }
    const book = await openWorkbook(source, { readWhole: inWorker(options.worker), unpacker: systemUnpacker, ...options })
    return { ...book, close: async () => { await book.close(); await handle.close() } }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Reader of whole-file formats for {@link openWorkbook}; a file that runs over its caps ends the worker, not the program. */
export function inWorker(caps: Partial<WorkerCaps> = {}): NonNullable<OpenOptions['readWhole']> {
  const { memoryMb, seconds } = { ...defaultCaps, ...caps }
  return async (source, kind, limits) => {
    if (source.size > wholeFileBytes) throw new SheetsError('sheets.too_large', { bytes: source.size, limitMb: wholeFileBytes / 1e6 })
    const bytes = await source.read(0, source.size)
    const module = createRequire(import.meta.url).resolve('@e965/xlsx')
    const worker = new Worker(workerSource, { eval: true, workerData: { bytes, module }, resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 }, stdout: true, stderr: true, env: {} })
    const ask = asker(worker, { memoryMb, seconds })
    const opened = (await ask({ open: true })) as Opened
    return workbookOf(opened, kind, limits, ask, async () => { await worker.terminate() })
  }
}

interface Opened { sheets: { name: string; hidden: boolean; rows: number; merges: string[]; hiddenColumns: number[] }[]; date1904: boolean }
type Sent = string | number | boolean | null | ['d' | 'e' | 'f', (number | string)?]

/** One question at a time; each has its own time limit. */
function asker(worker: Worker, caps: WorkerCaps): (question: object) => Promise<unknown> {
  let dead: SheetsError | undefined
  const fail = (code: 'sheets.worker_limit' | 'sheets.broken'): SheetsError => (dead ??= new SheetsError(code, code === 'sheets.broken' ? { part: 'xls' } : { ...caps }))
  return (question) => new Promise((resolve, reject) => {
    if (dead) { reject(dead); return }
    // Only our own listeners are taken off: a Worker keeps some of its own on itself.
    const done = (): void => { clearTimeout(timer); worker.off('message', onMessage).off('error', onError).off('exit', onExit) }
    const stop = (error: SheetsError): void => { done(); worker.on('error', () => {}); void worker.terminate(); reject(error) }
    const onMessage = (answer: { error?: string; value?: unknown }): void => {
      if (answer.error === undefined) { done(); resolve(answer.value); return }
      stop(dead = answer.error === 'encrypted' ? new SheetsError('sheets.encrypted') : new SheetsError('sheets.broken', { part: 'xls' }))
    }
    const onError = (error: Error & { code?: string }): void => stop(fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'sheets.worker_limit' : 'sheets.broken'))
    const onExit = (): void => stop(fail('sheets.worker_limit'))
    const timer = setTimeout(() => stop(fail('sheets.worker_limit')), caps.seconds * 1000)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(question)
  })
}

function workbookOf(opened: Opened, kind: 'xls' | 'xlsb' | 'ods', limits: Limits, ask: (question: object) => Promise<unknown>, close: () => Promise<void>): Workbook {
  const sheetAt = (index: number): Opened['sheets'][number] => {
    const sheet = opened.sheets[index]
    if (!sheet) throw new SheetsError('sheets.no_such_sheet', { sheet: index + 1 })
    return sheet
  }
  return {
    kind, close,
    sheets: opened.sheets.map(({ name, hidden }): SheetInfo => ({ name, hidden })),
    async survey(index) {
      const sheet = sheetAt(index)
      return { rows: sheet.rows, merges: sheet.merges.map((merge) => parseRange(merge)).filter((merge): merge is Merge => merge !== undefined), hiddenColumns: sheet.hiddenColumns }
    },
    async *rows(index, options = {}) {
      sheetAt(index)
      let kept = 0
      for (let from: number | null = options.fromRow ?? 1; from !== null;) {
        const answer = (await ask({ sheet: index, from, count: options.batchRows ?? 500 })) as { rows: { row: number; hidden: boolean; cells: Sent[] }[]; next: number | null }
        kept += answer.rows.length
        if (kept > limits.rows) throw new SheetsError('sheets.too_many_rows', { limit: limits.rows })
        const rows = answer.rows.map((row) => rowOf(row, opened.date1904, limits))
        if (rows.length > 0) yield rows
        from = answer.next
      }
    },
  }
}

function rowOf(sent: { row: number; hidden: boolean; cells: Sent[] }, date1904: boolean, limits: Limits): RawRow {
  if (sent.cells.length > limits.columns) throw new SheetsError('sheets.too_many_columns', { row: sent.row, column: columnLetter(sent.cells.length - 1), limit: limits.columns })
  const cells = sent.cells.map((cell): Cell => {
    if (!Array.isArray(cell)) return cell
    if (cell[0] === 'd') return dateOfSerial(Number(cell[1]), String(cell[1]), date1904)
    return cell[0] === 'e' ? { error: String(cell[1]) } : { formula: true }
  })
  return sent.hidden ? { row: sent.row, cells, hidden: true } : { row: sent.row, cells }
}

/** The zlib inside Node, on a thread of its own: a third of the time of JavaScript, and none of it on the caller's thread. */
export const systemUnpacker: Unpacker = { inflate: systemInflater, crc: (bytes, from) => crc32(bytes, from) }

function systemInflater(): Inflater {
  const stream = createInflateRaw({ chunkSize: 64 * 1024 })
  let out: Uint8Array[] = []
  let failed: Error | undefined
  let wake = (): void => {}
  stream.on('data', (bytes: Uint8Array) => void out.push(bytes))
  stream.on('error', (error) => { failed = error; wake() })
  stream.on('end', () => wake())
  return {
    async push(bytes, last) {
      await new Promise<void>((resolve) => {
        wake = resolve
        if (failed || stream.readableEnded) resolve()
        else if (last) stream.end(bytes)
        else stream.write(bytes, () => resolve())
      })
      if (failed) throw failed
      const got = out
      out = []
      return got
    },
    end: () => void stream.destroy(),
  }
}

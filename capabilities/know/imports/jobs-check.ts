/** The dry run: every row read, judged and compared with the register; nothing enters it. */
import type { TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { SheetsError, type Finding } from '@songbai/sheets'
import type { PreparedElder } from '../elders/public.ts'
import type { Counts, Setup } from './contract.ts'
import { registerDoubt } from './rules-doubts.ts'
import { createTwice } from './rules-twice.ts'
import { openStored, planOf, turnOfOthers, walk, type Walked } from './store-book.ts'
import { addProblems, clearProblems, type NewProblem } from './store-problems.ts'
import { meetRegister } from './store-register.ts'
import { rulesOf, type BatchRules } from './store-rules.ts'
import { batchById, changeBatch, type Batch, type Tally } from './store.ts'

export interface BatchInput {
  readonly batchId: string
}

/** Rows changed by rule that are kept for looking at, for each kind of change; all of them are in the repaired copy. */
const SAMPLES = 100

interface Run {
  readonly batch: Batch
  readonly setup: Setup
  readonly rules: BatchRules
  readonly twice: ReturnType<typeof createTwice>
  readonly counts: { -readonly [K in keyof Counts]: Counts[K] }
  readonly repairedKinds: Record<string, number>
  readonly startedMs: number
}

/** Rows judged at a stretch, some 10 ms; then others get their turn. */
export const IN_ONE_BREATH = 50

/** Reading, sealing and sending 250 people keeps this process busy for some 50 ms, and the embedded database with 150 for some 100 ms. */
export function chunkSize(database: Tx['database']): number {
  return database === 'embedded' ? 150 : 250
}

export async function check(context: TaskContext<BatchInput>): Promise<unknown> {
  const { batchId } = context.input
  const { run, size } = await context.tx(async (tx) => {
    const batch = (await batchById(tx, batchId))!
    await clearProblems(tx, batch)
    return { run: await startRun(tx, batch), size: chunkSize(tx.database) }
  })
  try {
    const done = await readThrough(context, run, size)
    await context.tx((tx) => end(tx, run, done))
    return done ? run.counts : { stopped: true }
  } catch (error) {
    await context.tx((tx) => fail(tx, run, error))
    if (error instanceof SheetsError) return { refused: error.code }
    throw error
  }
}

async function startRun(tx: Tx, batch: Batch): Promise<Run> {
  const setup = batch.setup!
  return {
    batch, setup, rules: await rulesOf(tx, batch, setup), twice: createTwice(), repairedKinds: {}, startedMs: tx.nowMs,
    counts: { seen: 0, ready: 0, error: 0, question: 0, dropped: 0, skipped: 0, repaired: 0, imported: 0, added: 0, skippedBy: {}, seconds: 0 },
  }
}

/** False when somebody pressed stop. */
async function readThrough(context: TaskContext<BatchInput>, run: Run, size: number): Promise<boolean> {
  const book = await openStored(context, run.batch.fileId)
  // The next rows are read and judged while the database looks for the people of those before.
  let asking: Promise<void> = Promise.resolve()
  try {
    const plan = await planOf(book, run.setup, run.rules.schema)
    if (!plan) throw new SheetsError('sheets.no_heading')
    for await (const rows of walk(book, run.setup, plan, run.rules.schema, run.rules.rules.today, new Map(), () => size)) {
      const chunk = await judgeChunk(run, rows)
      await asking
      if (await context.cancelled()) return false
      asking = askChunk(context, run, chunk, plan.rows)
      // Seen by the next `await asking`; without a handler in between Node would take it for a lost error.
      asking.catch(() => {})
    }
    await asking
    return true
  } finally {
    await asking.catch(() => {})
    await book.close()
  }
}

async function askChunk(context: TaskContext<BatchInput>, run: Run, chunk: Chunk, total: number): Promise<void> {
  const nowMs = await context.tx(async (tx) => {
    await askRegister(tx, run, chunk)
    await addProblems(tx, run.batch, chunk.kept)
    return tx.nowMs
  })
  run.counts.seconds = Math.max(0, (nowMs - run.startedMs) / 1000)
  await context.progress(run.counts.seen, Math.max(total, run.counts.seen), progressOf(run.counts, total))
}

/** Rows a second, seconds left and memory of the program, for the bar. */
export function progressOf(counts: Counts, total: number): Record<string, unknown> {
  const perSecond = counts.seconds > 0 ? Math.round(counts.seen / counts.seconds) : null
  const { ready, question, error, skipped, imported, added } = counts
  return { ready, question, error, skipped, imported, added, perSecond, secondsLeft: perSecond ? Math.ceil(Math.max(0, total - counts.seen) / perSecond) : null, memoryMb: Math.round(process.memoryUsage.rss() / 1e6) }
}

interface Chunk {
  readonly kept: NewProblem[]
  readonly people: { readonly row: number; readonly person: PreparedElder; readonly cells: Walked['cells']; readonly findings: Finding[] }[]
}

/** Everything that needs no database: reading, place, particulars, twice in the file. */
async function judgeChunk(run: Run, rows: readonly Walked[]): Promise<Chunk> {
  const chunk: Chunk = { kept: [], people: [] }
  for (const [i, { row, cells, judged }] of rows.entries()) {
    if (i % IN_ONE_BREATH === IN_ONE_BREATH - 1) await turnOfOthers()
    run.counts.seen += 1
    if (judged.skipped) {
      const { reason, shown } = judged.skipped
      run.counts.skipped += 1
      ;(run.counts.skippedBy as Record<string, number>)[reason] = (run.counts.skippedBy[reason] ?? 0) + 1
      chunk.kept.push({ row, state: 'skipped', cells, was: {}, matchId: null, findings: [{ row, column: '', severity: 'repaired', code: `skip.${reason}`, args: { shown } }] })
      continue
    }
    const { findings, person } = run.rules.judgeRow(judged.record, cells)
    if (person === null) {
      run.counts.error += 1
      chunk.kept.push({ row, state: 'error', cells, findings, was: {}, matchId: null })
      continue
    }
    const again = run.twice(row, person)
    chunk.people.push({ row, person, cells, findings: again ? [...findings, { row, column: '', severity: 'question', ...again }] : [...findings] })
  }
  return chunk
}

async function askRegister(tx: Tx, run: Run, chunk: Chunk): Promise<void> {
  const met = await meetRegister(tx, chunk.people)
  for (const one of chunk.people) {
    const known = met.get(one.row)
    const doubt = known ? registerDoubt(one.row, run.rules.rules.mapping, known.same, known.alike) : null
    if (doubt) one.findings.push(doubt.finding)
    countRow(run, chunk, one, doubt?.matchId ?? null)
  }
  chunk.people.length = 0
}

function countRow(run: Run, chunk: Chunk, one: Chunk['people'][number], matchId: string | null): void {
  const asked = one.findings.some((finding) => finding.severity === 'question')
  run.counts[asked ? 'question' : 'ready'] += 1
  const changed = [...new Set(one.findings.filter((finding) => finding.severity === 'repaired').map((finding) => finding.code))]
  if (changed.length > 0) run.counts.repaired += 1
  let sample = false
  for (const code of changed) {
    run.repairedKinds[code] = (run.repairedKinds[code] ?? 0) + 1
    if (run.repairedKinds[code] <= SAMPLES) sample = true
  }
  if (asked || sample) chunk.kept.push({ row: one.row, state: asked ? 'question' : 'repaired', cells: one.cells, findings: one.findings, was: {}, matchId })
}

async function end(tx: Tx, run: Run, done: boolean): Promise<void> {
  if (!done) {
    await clearProblems(tx, run.batch)
    await changeBatch(tx, run.batch.id, { state: 'inspected' })
    return
  }
  const tally: Tally = { counts: run.counts, repairedKinds: run.repairedKinds }
  await changeBatch(tx, run.batch.id, { state: 'checked', tally, checkedAt: tx.nowMs, failure: null })
}

/** The batch goes back to where the clerk can try again; what stopped it is written down. */
async function fail(tx: Tx, run: Run, error: unknown): Promise<void> {
  await clearProblems(tx, run.batch)
  await changeBatch(tx, run.batch.id, { state: 'inspected', failure: failureOf(error) })
}

export function failureOf(error: unknown): { code: string; args: Record<string, string | number> } {
  return error instanceof SheetsError ? { code: error.code, args: { ...error.args } } : { code: 'imports.broke-off', args: {} }
}

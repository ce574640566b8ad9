/** Into the register, and out again: slices of people, each slice one short transaction that also says how far the batch came. */
import type { TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { SheetsError, type Finding } from '@songbai/sheets'
import { insertElders, recordFacts, undoBatch, type PreparedElder, type Undone } from '../elders/public.ts'
import type { Counts } from './contract.ts'
import { chunkSize, failureOf, IN_ONE_BREATH, progressOf, type BatchInput } from './jobs-check.ts'
import { createTwice } from './rules-twice.ts'
import { openStored, planOf, turnOfOthers, walk, type Walked } from './store-book.ts'
import { addProblems, openNow, standing, type NewProblem, type Standing } from './store-problems.ts'
import { rulesOf, type BatchRules } from './store-rules.ts'
import { addSlice, batchById, changeBatch, forgetSlices, written, type Batch, type Tally } from './store.ts'

/** Slices are made smaller or larger so that one takes about this long: others wait behind it on the embedded database. */
const SLICE_MS = 120
const ANALYZE_EVERY = 20_000

interface Run {
  readonly batch: Batch
  readonly rules: BatchRules
  readonly standing: Standing
  readonly twice: ReturnType<typeof createTwice>
  readonly startedMs: number
  /** When the slice before began. */
  beganMs: number
  readonly doneBefore: number
  imported: number
  added: number
  seen: number
  size: number
}

interface Going {
  readonly row: number
  readonly person: PreparedElder
  readonly cells: Walked['cells']
  readonly matchId: string | null
}

interface Slice {
  readonly fromRow: number
  readonly toRow: number
  readonly seen: number
  readonly going: readonly Going[]
  readonly refused: readonly NewProblem[]
}

export async function commit(context: TaskContext<BatchInput>): Promise<unknown> {
  const { batchId } = context.input
  const run = await context.tx((tx) => startRun(tx, batchId))
  try {
    if (!(await writeAll(context, run))) return await takeBack(context, run)
    const tally = await context.tx((tx) => finish(tx, run))
    return tally.counts
  } catch (error) {
    // What is in stays in: the clerk presses again and it goes on, or undoes the batch.
    await context.tx(async (tx) => changeBatch(tx, batchId, { state: 'failed', failure: failureOf(error) }))
    throw error
  }
}

async function startRun(tx: Tx, batchId: string): Promise<Run> {
  const batch = (await batchById(tx, batchId))!
  const before = await written(tx, batch)
  return { batch, rules: await rulesOf(tx, batch, batch.setup!), standing: await standing(tx, batch), twice: createTwice(), startedMs: tx.nowMs, beganMs: tx.nowMs, doneBefore: before.toRow, imported: before.imported, added: before.added, seen: 0, size: chunkSize(tx.database) }
}

/** False when somebody pressed stop. The next slice is read and judged while the database works on the one before. */
async function writeAll(context: TaskContext<BatchInput>, run: Run): Promise<boolean> {
  const book = await openStored(context, run.batch.fileId)
  try {
    const plan = await planOf(book, run.batch.setup!, run.rules.schema)
    if (!plan) throw new SheetsError('sheets.no_heading')
    const slices = slicesOf(run, walk(book, run.batch.setup!, plan, run.rules.schema, run.rules.rules.today, run.standing.fixed, () => run.size))
    let writing: Promise<void> = Promise.resolve()
    let analyzeAt = 1000
    for await (const slice of slices) {
      await writing
      if (await context.cancelled()) return false
      if (run.imported >= analyzeAt) {
        await context.analyze()
        analyzeAt = run.imported + ANALYZE_EVERY
      }
      writing = writeSlice(context, run, slice, plan.rows)
      // Seen by the next `await writing`; without a handler in between Node would take it for a lost error.
      writing.catch(() => {})
    }
    await writing
    return true
  } finally {
    await book.close()
  }
}

async function* slicesOf(run: Run, walked: AsyncGenerator<Walked[]>): AsyncGenerator<Slice> {
  for await (const rows of walked) {
    const going: Going[] = []
    const refused: NewProblem[] = []
    for (const [i, one] of rows.entries()) {
      if (i % IN_ONE_BREATH === IN_ONE_BREATH - 1) await turnOfOthers()
      pick(run, one, going, refused)
    }
    const [first, last] = [rows[0]!.row, rows.at(-1)!.row]
    // Rows a broken-off run has written: judged again only so that ditto marks and twins after them are known.
    if (last <= run.doneBefore) run.seen += rows.length
    else yield { fromRow: first, toRow: last, seen: rows.length, going: going.filter((one) => one.row > run.doneBefore), refused: refused.filter((one) => one.row > run.doneBefore) }
  }
}

/** One row on its way: out, in, or, where something has changed since the dry run, among the problems. */
function pick(run: Run, { row, cells, judged }: Walked, going: Going[], refused: NewProblem[]): void {
  if (judged.skipped || run.standing.out.has(row)) return
  const answer = run.standing.answers.get(row)
  const { findings, person } = run.rules.judgeRow(judged.record, cells)
  if (person === null) return void refused.push({ row, state: 'error', cells, findings, was: {}, matchId: null })
  const again = run.twice(row, person)
  if (again && !answer) return void refused.push({ row, state: 'question', cells, findings: [...findings, { row, column: '', severity: 'question', ...again }], was: {}, matchId: null })
  going.push({ row, person, cells, matchId: answer?.decision === 'same' ? answer.matchId : null })
}

async function writeSlice(context: TaskContext<BatchInput>, run: Run, slice: Slice, total: number): Promise<void> {
  const nowMs = await context.tx(async (tx) => {
    await putIn(tx, run, slice)
    resize(run, tx)
    return tx.nowMs
  })
  run.seen += slice.seen
  const counts: Counts = { seen: run.seen, ready: 0, error: 0, question: 0, dropped: 0, skipped: 0, repaired: 0, imported: run.imported, added: run.added, skippedBy: {}, seconds: Math.max(0, (nowMs - run.startedMs) / 1000) }
  await context.progress(run.seen, Math.max(total, run.seen), progressOf(counts, total))
}

/** From one beginning to the next. A server takes others in beside a slice; the one connection of the embedded database does not. */
function resize(run: Run, tx: Tx): void {
  const tookMs = tx.nowMs - run.beganMs
  run.beganMs = tx.nowMs
  if (tx.database === 'server' || tookMs <= 0) return
  run.size = Math.round(Math.min(600, Math.max(20, run.size * Math.min(1.5, Math.max(0.5, SLICE_MS / tookMs)))))
}

async function putIn(tx: Tx, run: Run, slice: Slice): Promise<void> {
  const { batch } = run
  const fresh = slice.going.filter((one) => one.matchId === null)
  const known = slice.going.filter((one) => one.matchId !== null)
  const { ids } = fresh.length > 0 ? await insertElders(tx, fresh.map((one) => one.person), batch.id) : { ids: [] as (string | null)[] }
  // Particulars of a person already here are not overwritten by a list; only what the list states of them is added.
  const facts = known.flatMap((one) => one.person.facts.filter((fact) => fact.sourceRef !== null).map((fact) => ({ elderId: one.matchId!, key: fact.key, value: fact.value, validFrom: fact.validFrom, validTo: fact.validTo, source: fact.source, sourceRef: fact.sourceRef, reason: fact.reason })))
  if (facts.length > 0) await recordFacts(tx, facts, batch.id)
  const inserted = fresh.flatMap((one, i) => (ids[i] ? [{ row: one.row, id: ids[i], added: false }] : []))
  const taken = fresh.flatMap((one, i): NewProblem[] => (ids[i] ? [] : [{ row: one.row, state: 'error', cells: one.cells, findings: [takenFinding(run, one.row)], was: {}, matchId: null }]))
  const all = [...inserted, ...known.map((one) => ({ row: one.row, id: one.matchId!, added: true }))].sort((a, b) => a.row - b.row)
  await addProblems(tx, batch, [...slice.refused, ...taken])
  await addSlice(tx, batch, { fromRow: Math.max(slice.fromRow, run.doneBefore + 1), toRow: slice.toRow, rows: all.map((one) => one.row), elderIds: all.map((one) => one.id), added: all.map((one) => one.added) })
  run.imported += inserted.length
  run.added += known.length
}

function takenFinding(run: Run, row: number): Finding {
  const column = run.rules.rules.mapping.columns.find((one) => one.field === 'idNumber')?.column ?? 0
  return { row, column: columnName(column), severity: 'error', code: 'imports.id-taken', args: {} }
}

function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26)
}

/** The sum of the receipt, from what is stored and not from what was counted on the way. */
async function finish(tx: Tx, run: Run): Promise<Tally> {
  const tally = await tallyNow(tx, run.batch)
  const done = { ...tally, counts: { ...tally.counts, seconds: Math.max(0, (tx.nowMs - run.startedMs) / 1000) } }
  await changeBatch(tx, run.batch.id, { state: 'committed', committedAt: tx.nowMs, tally: done })
  return done
}

export async function tallyNow(tx: Tx, batch: Batch): Promise<Tally> {
  const before = batch.tally!
  const { states } = await openNow(tx, batch)
  const { imported, added } = await written(tx, batch)
  const [error, question, dropped] = [states.get('error') ?? 0, states.get('question') ?? 0, states.get('dropped') ?? 0]
  const { seen, skipped } = before.counts
  const ready = imported + added > 0 ? seen - skipped - error - question - dropped - imported - added : seen - skipped - error - question - dropped
  return { ...before, counts: { ...before.counts, error, question, dropped, imported, added, ready } }
}

/** Stop: what was written goes again, and the batch stands where it stood after the dry run. */
async function takeBack(context: TaskContext<BatchInput>, run: Run): Promise<unknown> {
  await undoSlices(context, run.batch.id)
  await context.tx(async (tx) => {
    await forgetSlices(tx, run.batch)
    await changeBatch(tx, run.batch.id, { state: 'checked', tally: await tallyNow(tx, run.batch) })
  })
  return { stopped: true }
}

export async function undo(context: TaskContext<BatchInput>): Promise<unknown> {
  const { batchId } = context.input
  try {
    const undone = await undoSlices(context, batchId)
    await context.tx((tx) => changeBatch(tx, batchId, { state: 'undone', undoneAt: tx.nowMs }))
    return { undone }
  } catch (error) {
    await context.tx((tx) => changeBatch(tx, batchId, { state: 'failed', failure: failureOf(error) }))
    throw error
  }
}

async function undoSlices(context: TaskContext<BatchInput>, batchId: string): Promise<number> {
  let [after, done, limit, total]: [string | null, number, number, number] = [null, 0, 50, 0]
  do {
    const from: string | null = after
    const step: Undone & { readonly began: number } = await context.tx(async (tx) => {
      if (total === 0) {
        const sums = await written(tx, (await batchById(tx, batchId))!)
        total = sums.imported + sums.added
      }
      return { ...(await undoBatch(tx, batchId, from, limit)), began: tx.nowMs }
    })
    after = step.afterId
    done += step.undone.length + step.restored.length
    const tookMs = (await context.tx(async (tx) => tx.nowMs)) - step.began
    if (tookMs > 0) limit = Math.round(Math.min(1000, Math.max(25, limit * Math.min(1.5, SLICE_MS / tookMs))))
    await context.progress(done, Math.max(total, done))
  } while (after !== null)
  return done
}

/** Long work of payments beside the sum itself: files, taking people over, what a release leaves behind. */
import { monthOf } from '@songbai/calendar'
import { task, type TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { eldersByIds, recordFacts } from '../../know/elders/public.ts'
import { openCases } from '../../know/work/public.ts'
import { moneyCode, post } from '../funds/public.ts'
import { policySetFor } from '../policies/public.ts'
import { monthDue } from '../entitlements/public-month.ts'
import { itemTitles } from './actions-see.ts'
import { unwritable } from './rules-gbk.ts'
import { layoutOf, readAnswer, writeFile, type FilePerson } from './rules-layouts.ts'
import { ENDING, sortAnswers } from './rules.ts'
import { dropAnswers, linesByNo, linesReturned, putAnswers, recoups, type AnsweredLine } from './store-recoup.ts'
import { endStopped, insertAccounts, insertGrants, openNumber, payees, withHolders } from './store-payees.ts'
import { batches, countyFor, fileRows, insertBankFile, lockBatch, moveBatch } from './store.ts'
import { compute } from './tasks-compute.ts'

const SLICE = 2000

interface Export {
  readonly batchId: string
  readonly layout: string
  readonly purpose: string
}

/** [B5] A name the bank's letters cannot write stops the file: it says whose, and nothing goes out half. */
async function exportFile(context: TaskContext<Export>): Promise<unknown> {
  const { batchId, layout: layoutId, purpose } = context.input
  const layout = layoutOf(layoutId)!
  const batch = await context.tx(async (tx) => (await batches(tx, { id: batchId }))[0]!)
  const people: FilePerson[] = []
  let more = true
  while (more) {
    const rows = await context.tx(async (tx) => {
      const title = await itemTitles(tx)
      return (await fileRows(tx, batchId, people.at(-1)?.no ?? 0, SLICE)).map((row): FilePerson => ({ no: row.no, holder: row.holder, account: openNumber(tx, countyFor(tx), row), bank: row.bank, payFen: row.payFen, itemTitle: title(row.item).zh }))
    })
    people.push(...rows)
    more = rows.length === SLICE
    await context.progress(people.length, batch.people ?? people.length)
    if (await context.cancelled()) return { fileId: null }
  }
  const payFen = people.reduce((sum, one) => sum + one.payFen, 0)
  if (people.length !== batch.people || payFen !== batch.payFen) throw new Error(`the file holds ${people.length} people and ${payFen} fen, the batch ${batch.people} and ${batch.payFen}`)
  const odd = layout.encoding === 'gbk' ? unwritable(people) : []
  if (odd.length > 0) return { fileId: null, unwritable: odd }
  return context.tx(async (tx) => {
    const content = writeFile(layout, { batch: batch.number, month: batch.month, day: tx.today, people: people.length, payFen }, people)
    const name = `${batch.number}-${layoutId}.${layout.extension}`
    const file = await context.files.save(tx, { name, mediaType: 'text/plain', kind: 'export', content })
    await insertBankFile(tx, { batchId, way: 'sent', layout: layoutId, fileId: file.id, name, people: people.length, payFen, purpose })
    await moveBatch(tx, batchId, ['released'], 'exported')
    tx.note({ subjectId: batchId, region: batch.region, what: 'bankFile', purpose })
    return { fileId: file.id, name, people: people.length, payFen }
  })
}

interface Answer {
  readonly batchId: string
  readonly layout: string
  readonly fileId: string
}

/**
 * [Y23] Answers add up: what an earlier file said stays unless this one speaks of the same line. A line whose amount the bank tells otherwise is
 * unclear and keeps the batch from being settled; what comes back after that is a correction.
 */
async function readAnswerTask(context: TaskContext<Answer>): Promise<unknown> {
  const { batchId, layout: layoutId, fileId } = context.input
  return context.tx(async (tx) => {
    const file = await context.files.open(tx, fileId)
    const state = await lockBatch(tx, batchId)
    if (!file || (state !== 'exported' && state !== 'settled')) return { read: 0, returned: 0, late: 0, unclear: [], odd: [], unmatched: [] }
    const { rows, odd } = readAnswer(layoutOf(layoutId)!, file.content)
    const known = await linesByNo(tx, batchId, rows.map((row) => row.no))
    const { returned, arrived, unclear, unmatched } = sortAnswers(rows, known, state === 'settled')
    if (state === 'settled') await returnLate(tx, batchId, returned)
    else {
      await dropAnswers(tx, arrived.map((one) => one.id))
      await putAnswers(tx, [...returned.map((one) => ({ lineId: one.id, state: 'read' as const, reason: one.reason })), ...unclear.map((one) => ({ lineId: one.id, state: 'unclear' as const, reason: one.reason }))], false)
    }
    await insertBankFile(tx, { batchId, way: 'answer', layout: layoutId, fileId, name: file.name, people: returned.length, payFen: returned.reduce((sum, row) => sum + row.payFen, 0), purpose: '' })
    return { read: rows.length, returned: returned.length, late: state === 'settled' ? returned.length : 0, unclear: unclear.slice(0, 50).map((one) => one.no), odd: odd.slice(0, 20), unmatched: unmatched.slice(0, 50) }
  })
}

/** Out of `paid` and into `returned`, where it waits like any other; the month it was settled in keeps its sums. */
async function returnLate(tx: Tx, batchId: string, lines: readonly (AnsweredLine & { readonly reason: string })[]): Promise<void> {
  if (lines.length === 0) return
  const ids = await putAnswers(tx, lines.map((one) => ({ lineId: one.id, state: 'open' as const, reason: one.reason })), true)
  await linesReturned(tx, lines.map((one) => one.id))
  const short = await post(tx, countyFor(tx), lines.map((one) => ({ key: `late/${ids.get(one.id)!}`, region: one.region, debit: moneyCode('paid', one.item), credit: moneyCode('returned', one.item), amount: one.payFen, kind: 'lateReturn', item: one.item, elderId: one.elderId, refKind: 'batch', refId: batchId })))
  if (short.length > 0) throw new Error(`paid is short: ${JSON.stringify(short)}`)
}

/** [Y19] Who draws an item on record becomes a payee from the month it began; months up to `paidThrough` count as paid. */
async function adopt(context: TaskContext<{ readonly paidThrough: string }>): Promise<unknown> {
  const rows = await context.tx(async (tx) => {
    const { set } = await policySetFor(tx, tx.actor.region)
    // A service is provided, not transferred to an account; what is paid by use or once has no month that could be owed again.
    const paid = new Set(set.policies.filter((one) => one.kind === 'cash' && (one.pay?.cycle === 'month' || one.pay?.cycle === 'year')).map((one) => one.id))
    const due = await monthDue(tx, { place: tx.actor.region, month: monthOf(tx.today), items: [...paid] })
    return [...due].filter((row) => row.drawingSince !== null)
  })
  let [done, added] = [0, 0]
  while (done < rows.length && !(await context.cancelled())) {
    const part = rows.slice(done, done + SLICE)
    added += await context.tx((tx) => insertGrants(tx, countyFor(tx), part.map((row) => ({ elderId: row.elderId, region: row.region, item: row.item, sinceMonth: monthOf(row.drawingSince!), settledThrough: context.input.paidThrough, origin: 'adopted', offerId: null }))))
    done += part.length
    await context.progress(done, rows.length)
    if (done === part.length) await context.analyze()
  }
  await context.analyze()
  return { people: new Set(rows.map((row) => row.elderId)).size, added }
}

/** Sixteen digits that begin with 99, which no card does: invented, and only for invented people. */
async function inventAccounts(context: TaskContext<object>): Promise<unknown> {
  let [after, made] = [undefined as string | undefined, 0]
  do {
    const { last, count } = await context.tx(async (tx) => {
      const found = await payees(tx, await withHolders(tx, { account: 'missing', ended: false }), after, SLICE)
      const elders = (await eldersByIds(tx, [...new Set(found.map((one) => one.elderId))])).filter((one) => one.synthetic)
      await insertAccounts(tx, elders.map((one) => ({ elderId: one.id, region: one.region, bank: '样例农商行', holder: one.name, number: `99${BigInt(`0x${one.id.replaceAll('-', '').slice(-16)}`).toString().padStart(20, '0').slice(-14)}`, sample: true })))
      const end = found.at(-1)
      return { last: end && found.length === SLICE ? `${end.region}|${end.id}` : undefined, count: elders.length }
    })
    after = last
    made += count
    await context.progress(made, made)
  } while (after !== undefined && !(await context.cancelled()))
  await context.analyze()
  return { made }
}

/** [Y20] After a release: grants that ended are closed and their benefit is no longer on record; each claim gets an owner and a clock. */
async function afterRelease(context: TaskContext<{ readonly batchId: string }>): Promise<unknown> {
  const { batchId } = context.input
  const batch = await context.tx(async (tx) => (await batches(tx, { id: batchId }))[0]!)
  let after: string | null = null
  let ended = 0
  do {
    const last: string | null = await context.tx(async (tx) => {
      const rows = await endStopped(tx, batchId, batch.month, ENDING, after, SLICE)
      ended += rows.length
      // The registry itself strikes off who died or left; of the others the benefit ends here.
      await recordFacts(tx, rows.filter((row) => row.reason === 'no').map((row) => ({ elderId: row.elderId, key: `benefit.${row.item}`, value: undefined, validFrom: `${batch.month}-01`, validTo: null, source: '停发名单', sourceRef: batch.number, reason: null })))
      return rows.length < SLICE ? null : rows.at(-1)!.id
    })
    after = last
  } while (after !== null)
  const cases = await context.tx((tx) => openRecoupCases(tx, batchId))
  return { ended, cases }
}

async function openRecoupCases(tx: Tx, batchId: string): Promise<number> {
  const rows = await recoups(tx, { batchId }, undefined, 100_000)
  const elders = new Map((await eldersByIds(tx, [...new Set(rows.map((row) => row.elderId))])).map((one) => [one.id, one]))
  const title = await itemTitles(tx)
  await openCases(tx, rows.map((row) => ({ type: 'payments.recoup', key: row.id, region: row.region, subjectId: row.elderId, subjectName: elders.get(row.elderId)?.name ?? '', titleArgs: { name: elders.get(row.elderId)?.name ?? '', yuan: (row.amountFen / 100).toFixed(2) }, evidence: { zh: `${title(row.item).zh}，${row.months.join('、')}`, en: `${title(row.item).en}, ${row.months.join(', ')}` }, link: '/payments/recoveries' })))
  return rows.length
}

export const tasks = [
  task('payments.compute', compute), task<Export>('payments.export', exportFile), task<Answer>('payments.readAnswer', readAnswerTask),
  task<{ readonly paidThrough: string }>('payments.adopt', adopt), task<object>('payments.sampleAccounts', inventAccounts), task<{ readonly batchId: string }>('payments.afterRelease', afterRelease),
]

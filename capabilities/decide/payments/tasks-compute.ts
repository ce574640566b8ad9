/** Works a month out, person by person, in slices: progress is shown, and a press on stop leaves no batch. */
import { lastOfMonth } from '@songbai/calendar'
import type { TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { monthDue } from '../entitlements/public-month.ts'
import { policySetFor, versionsUsed } from '../policies/public.ts'
import { lineOf, monthsLooked, nextMonth, type Due } from './rules.ts'
import { accountIds, againFor, countGrants, familiesOf, grantsFor, ownerOf, paidMonths, plansFor, wasDue, type GrantRow } from './store-payees.ts'
import { batches, clearLines, insertLines, moveBatch, type BatchRow, type NewLine } from './store.ts'

const SLICE = 2000

type Dues = Map<string, Due>

/** What a month owes, by person and item; each month is asked for once. */
function dueBook(batch: BatchRow) {
  const months = new Map<string, Dues>()
  return async (tx: Tx, month: string): Promise<Dues> => {
    const known = months.get(month)
    if (known) return known
    const dues: Dues = new Map()
    for (const row of await monthDue(tx, { place: batch.region, month, items: batch.items })) dues.set(`${row.elderId} ${row.item}`, { amountFen: row.amountFen, days: row.days, code: row.code })
    months.set(month, dues)
    return dues
  }
}

/** Version of the rule by place and item on the last day of the month. */
function versionBook(batch: BatchRow) {
  const known = new Map<string, Map<string, string>>()
  return async (tx: Tx, region: string): Promise<Map<string, string>> => {
    const township = region.slice(0, 9)
    const held = known.get(township)
    if (held) return held
    const law = await policySetFor(tx, batch.county)
    const made = new Map(versionsUsed(law, region, lastOfMonth(`${batch.month}-01`)).map((one) => [one.item, one.versionId]))
    known.set(township, made)
    return made
  }
}

export async function compute(context: TaskContext<{ readonly batchId: string }>): Promise<unknown> {
  const { batchId } = context.input
  const batch = await context.tx(async (tx) => (await batches(tx, { id: batchId }))[0] ?? null)
  if (!batch || batch.state !== 'computing') return { batchId, lines: 0 }
  const from = nextMonth(batch.month, -batch.lookBack)
  const total = await context.tx(async (tx) => {
    await clearLines(tx, batchId)
    return countGrants(tx, batch.items, batch.month, from)
  })
  const [dues, versions] = [dueBook(batch), versionBook(batch)]
  let [done, after] = [0, null as string | null]
  do {
    if (await context.cancelled()) {
      await context.tx(async (tx) => {
        await clearLines(tx, batchId)
        await moveBatch(tx, batchId, ['computing'], 'dropped')
      })
      return { batchId, lines: 0 }
    }
    after = await context.tx(async (tx) => {
      const grants = await grantsFor(tx, batch.items, batch.month, from, after, SLICE)
      await insertLines(tx, batchId, batch.month, await linesFor(tx, batch, grants, dues, versions))
      done += grants.length
      return grants.length < SLICE ? null : grants.at(-1)!.id
    })
    if (done <= SLICE) await context.analyze()
    await context.progress(done, total)
  } while (after !== null)
  await context.tx((tx) => moveBatch(tx, batchId, ['computing'], 'draft'))
  return { batchId, lines: done }
}

async function linesFor(tx: Tx, batch: BatchRow, grants: readonly GrantRow[], dues: ReturnType<typeof dueBook>, versions: ReturnType<typeof versionBook>): Promise<NewLine[]> {
  const from = nextMonth(batch.month, -batch.lookBack)
  const families = await familiesOf(tx, grants, batch.month)
  const [paid, was, again, plans, accounts] = [await paidMonths(tx, families, from), await wasDue(tx, families, nextMonth(batch.month, -1)), await againFor(tx, grants), await plansFor(tx, grants), await accountIds(tx, [...new Set(grants.map((one) => one.elderId))])]
  const out: NewLine[] = []
  for (const grant of grants) {
    const key = ownerOf(grant)
    const [newest, ...earlier] = families.get(key)!
    // One person and item is one line, that of the newest grant.
    if (newest!.id !== grant.id) continue
    const own = new Map<string, Due>()
    for (const month of new Set([...monthsLooked({ grant, earlier, month: batch.month, lookBackMonths: batch.lookBack }), batch.month])) {
      const due = (await dues(tx, month)).get(key)
      if (due) own.set(month, due)
    }
    const accountId = accounts.get(grant.elderId) ?? null
    const before = paid.get(key)
    const line = lineOf({ month: batch.month, grant, earlier, lookBackMonths: batch.lookBack, dues: own, paid: before?.paid ?? new Map(), waiting: before?.waiting ?? new Map(), again: again.get(key) ?? [], plans: grant.untilMonth === null ? (plans.get(key) ?? []) : [], hasAccount: accountId !== null })
    // Ended long ago, and nothing of it is to be put right: not a line.
    if (line.stopped === 'over' && line.arrearsFen + line.overFen + line.againFen === 0) continue
    out.push({ ...line, grantId: grant.id, elderId: grant.elderId, region: grant.region, item: grant.item, accountId, versionId: (await versions(tx, grant.region)).get(grant.item) ?? null, wasFen: was.get(key) ?? null })
  }
  return out
}

/** Money back: returned by the bank, recovered from people, given up by two. */
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { eldersByIds } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { closeCases } from '../../know/work/public.ts'
import { balances, budgetsLeft, checkBooks, moneyCode, monthSums, openItemAccounts, post } from '../funds/public.ts'
import { itemTitles } from './actions-see.ts'
import type { approveWriteOff, askWriteOff, listRecoups, listReturned, planRecoup, reconcileMonth, recordRecovery, resolveReturned } from './contract.ts'
import { afterDeath, mayWriteOff, SETTINGS } from './rules.ts'
import { countReturned, decideReturned, lastPaidMonths, monthRows, recoupForUpdate, recoups, recoupSums, recover, recoveriesOf, returnedRows, setPlan, setWriteOff, type RecoupRecord } from './store-recoup.ts'
import { batches, countyFor } from './store.ts'

async function named(tx: Tx, rows: readonly { readonly elderId: string; readonly region: string }[]) {
  const elders = new Map((await eldersByIds(tx, [...new Set(rows.map((one) => one.elderId))])).map((one) => [one.id, one]))
  const places = await regionNames(tx, [...new Set(rows.map((one) => one.region))], tx.today)
  return { name: (id: string): string => elders.get(id)?.name ?? '', place: (region: string): string => places.get(region)?.full ?? '', title: await itemTitles(tx) }
}

export const doListReturned: Does<typeof listReturned> = async (tx, input) => {
  const rows = await returnedRows(tx, input, input.after, input.limit)
  const { name, place, title } = await named(tx, rows)
  const sums = await countReturned(tx, input)
  return { rows: rows.map(({ lineId: _line, region, ...row }) => ({ ...row, name: name(row.elderId), place: place(region), itemTitle: title(row.item) })), ...sums, next: rows.length === input.limit ? rows.at(-1)!.id : null }
}

/** The budget of the year the money is put back into: the first source of the item. */
async function budgetOf(tx: Tx, item: string): Promise<string | null> {
  return (await budgetsLeft(tx, countyFor(tx), Number(tx.today.slice(0, 4)), [item]))[0]?.code ?? null
}

/** [Y16] Returned money is decided once: out again with the next batch, or back into the budget. */
export const doResolveReturned: Does<typeof resolveReturned> = async (tx, input) => {
  const [row] = await returnedRows(tx, { id: input.id }, undefined, 1)
  if (!row) return refuse('payments.returned-not-found')
  if (!(await decideReturned(tx, row.id, input.how === 'again' ? 'again' : 'cancelled', input.note))) return refuse('payments.returned-decided')
  if (input.how === 'again') return { id: row.id }
  const budget = await budgetOf(tx, row.item)
  if (budget === null) return refuse('payments.no-budget', { item: row.item, year: tx.today.slice(0, 4) })
  await post(tx, countyFor(tx), [{ key: `returned/${row.id}`, region: row.region, debit: moneyCode('returned', row.item), credit: budget, amount: row.amountFen, kind: 'cancelled', item: row.item, elderId: row.elderId, refKind: 'returned', refId: row.id, note: input.note }])
  return { id: row.id }
}

export const doListRecoups: Does<typeof listRecoups> = async (tx, input) => {
  const rows = await recoups(tx, { state: input.state }, input.after, input.limit)
  const { name, place, title } = await named(tx, rows)
  const all = await recoveriesOf(tx, rows.map((row) => row.id))
  const sums = await recoupSums(tx, input.state)
  return {
    rows: rows.map(({ county: _county, region, writeOffBy, writeOffName, ...row }) => ({ ...row, name: name(row.elderId), place: place(region), itemTitle: title(row.item), writeOffAsked: writeOffBy !== null, writeOffBy: writeOffName, writeOffMine: writeOffBy === tx.actor.id, recoveries: all.filter((one) => one.recoupId === row.id).map(({ recoupId: _recoup, ...one }) => one) })),
    ...sums, next: rows.length === input.limit ? rows.at(-1)!.id : null,
  }
}

async function openRecoup(tx: Tx, id: string) {
  const found = await recoupForUpdate(tx, id)
  if (!found) return refuse('payments.recoup-not-found')
  return found.state === 'closed' ? refuse('payments.recoup-closed') : found
}

export const doPlanRecoup: Does<typeof planRecoup> = async (tx, input) => {
  const found = await openRecoup(tx, input.id)
  if ('refused' in found) return found
  if (input.plan === 'offset' ? input.sharePercent === undefined : input.monthlyFen === undefined) return refuse('payments.plan-incomplete')
  await setPlan(tx, found.id, input.plan, input.plan === 'offset' ? input.sharePercent! : null, input.plan === 'instalments' ? input.monthlyFen! : null)
  return { id: found.id }
}

/** [Y17] Money given back makes the claim smaller and the budget larger by the same amount. */
export const doRecordRecovery: Does<typeof recordRecovery> = async (tx, input) => {
  const found = await openRecoup(tx, input.id)
  if ('refused' in found) return found
  if (input.amountFen > found.leftFen) return refuse('payments.recovery-too-much', { leftFen: found.leftFen })
  const budget = await budgetOf(tx, found.item)
  if (budget === null) return refuse('payments.no-budget', { item: found.item, year: tx.today.slice(0, 4) })
  const key = `recovery/${tx.newId()}`
  const base = { region: found.region, amount: input.amountFen, item: found.item, elderId: found.elderId, refKind: 'recoup', refId: found.id, note: input.note }
  const short = await post(tx, countyFor(tx), [
    { ...base, key: `${key}/claim`, debit: moneyCode('overpaid', found.item), credit: moneyCode('claim', found.item), kind: 'recovered' },
    { ...base, key: `${key}/money`, debit: moneyCode('paid', found.item), credit: budget, kind: 'givenBack' },
  ])
  // Nothing was ever settled for the item: what is given back was not paid by this program's books.
  if (short.length > 0) return refuse('payments.recovery-too-much', { leftFen: 0 })
  await recover(tx, countyFor(tx), [{ recoup: found.id, fen: input.amountFen, region: found.region, elder: found.elderId, how: 'cash', note: input.note }], null)
  if (input.amountFen === found.leftFen) await closeCases(tx, 'payments.recoup', [found.id], 'settle', 'recovered', input.note)
  return { id: found.id, leftFen: found.leftFen - input.amountFen }
}

export const doAskWriteOff: Does<typeof askWriteOff> = async (tx, input) => {
  const found = await openRecoup(tx, input.id)
  if ('refused' in found) return found
  await setWriteOff(tx, found.id, input.reason)
  return { id: found.id }
}

export const doApproveWriteOff: Does<typeof approveWriteOff> = async (tx, input) => {
  const found = await recoupForUpdate(tx, input.id)
  if (!found) return refuse('payments.recoup-not-found')
  const no = mayWriteOff(found, tx.actor.id)
  if (no) return no
  if (input.amountFen !== found.leftFen) return refuse('payments.count-differs', { people: 1, payFen: found.leftFen })
  await writeOff(tx, found)
  await closeCases(tx, 'payments.recoup', [found.id], 'settle', 'writtenOff', found.writeOffReason ?? '')
  return { id: found.id }
}

async function writeOff(tx: Tx, found: RecoupRecord): Promise<void> {
  await openItemAccounts(tx, countyFor(tx), [found.item])
  await post(tx, countyFor(tx), [{ key: `writeOff/${found.id}`, region: found.region, debit: moneyCode('overpaid', found.item), credit: moneyCode('claim', found.item), amount: found.leftFen, kind: 'writeOff', item: found.item, elderId: found.elderId, refKind: 'recoup', refId: found.id, note: found.writeOffReason }])
  await recover(tx, countyFor(tx), [{ recoup: found.id, fen: found.leftFen, region: found.region, elder: found.elderId, how: 'writeOff', note: found.writeOffReason }], null)
}

type What = 'released' | 'again' | 'offset' | 'paid' | 'returned' | 'claimed' | 'recovered' | 'writtenOff' | 'payableNow' | 'returnedNow' | 'claimNow'
const KIND_OF: Readonly<Record<string, What>> = { release: 'released', again: 'again', offset: 'offset', paid: 'paid', returned: 'returned', claim: 'claimed', recovered: 'recovered', writeOff: 'writtenOff' }
const NOW: Readonly<Record<'payable' | 'returned' | 'claim', What>> = { payable: 'payableNow', returned: 'returnedNow', claim: 'claimNow' }

/** [Y18] Rows of a month and what stands open, beside the ledger, item by item; every pair equal. */
export const doReconcile: Does<typeof reconcileMonth> = async (tx, input) => {
  const county = countyFor(tx)
  const sides = new Map<string, { what: What; item: string; rowsFen: number; ledgerFen: number }>()
  const of = (what: What, item: string) => {
    const known = sides.get(`${what} ${item}`) ?? { what, item, rowsFen: 0, ledgerFen: 0 }
    sides.set(`${what} ${item}`, known)
    return known
  }
  for (const row of await monthRows(tx, input.month)) of(row.what as What, row.item).rowsFen += row.fen
  for (const sum of await monthSums(tx, county, input.month)) if (KIND_OF[sum.kind] && sum.item !== null) of(KIND_OF[sum.kind]!, sum.item).ledgerFen += sum.amount
  const items = [...new Set((await batches(tx, {})).flatMap((one) => one.items))]
  const now = await balances(tx, county, items.flatMap((item) => (['payable', 'returned', 'claim'] as const).map((kind) => moneyCode(kind, item))))
  for (const item of items) for (const kind of ['payable', 'returned', 'claim'] as const) of(NOW[kind], item).ledgerFen += now.get(moneyCode(kind, item)) ?? 0
  const all = [...sides.values()].filter((one) => one.rowsFen !== 0 || one.ledgerFen !== 0).sort((a, b) => (a.what === b.what ? (a.item < b.item ? -1 : 1) : 0))
  const books = await checkBooks(tx)
  const dead = await paidAfterDeath(tx)
  return { month: input.month, equal: books.balanced && all.every((one) => one.rowsFen === one.ledgerFen), sides: all, afterDeath: dead }
}

const SLICE = 5000

/** [Y9] People who were paid for a month after their death and are not asked to give it back. */
async function paidAfterDeath(tx: Tx): Promise<number> {
  const last = new Map((await lastPaidMonths(tx)).map((one) => [one.elderId, one.lastMonth]))
  const ids = [...last.keys()]
  let found = 0
  for (let i = 0; i < ids.length; i += SLICE) for (const elder of await eldersByIds(tx, ids.slice(i, i + SLICE))) if (elder.status === 'dead' && elder.statusOn !== null && afterDeath(last.get(elder.id)!, elder.statusOn, SETTINGS.graceMonths)) found++
  return found
}

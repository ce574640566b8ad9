/** What capabilities below may ask of the ledger, in their own transaction: a payment and its posting stand or fall together. */
import { spread } from '@songbai/ledger'
import type { Tx } from '@songbai/platform/tx'
import { KINDS, MONEY, moneyCode, SOURCES, type AccountKind } from './rules.ts'
import { moneyAccounts, openAccounts, postTransfers, sumsOfMonth, type KindSum, type NewTransfer, type Short } from './store.ts'

export { checked as checkBooks } from './actions.ts'
export { moneyCode, SOURCE_TITLES, SOURCES } from './rules.ts'
export type { NewTransfer, Short }

/** The accounts an item's money moves over, opened once. */
export async function openItemAccounts(tx: Tx, county: string, items: readonly string[]): Promise<void> {
  const kinds: Exclude<AccountKind, 'budget' | 'given'>[] = ['payable', 'paid', 'returned', 'claim', 'overpaid']
  await openAccounts(tx, county, items.flatMap((item) => kinds.map((kind) => ({ code: moneyCode(kind, item), kind, title: { zh: KINDS[kind].zh, en: KINDS[kind].en }, item }))))
}

/** Posts all or nothing; what was too small comes back, and the caller refuses. */
export function post(tx: Tx, county: string, transfers: readonly NewTransfer[]): Promise<readonly Short[]> {
  return postTransfers(tx, county, MONEY, transfers)
}

export interface BudgetLeft {
  readonly code: string
  readonly item: string
  readonly leftFen: number
  readonly sample: boolean
}

/** What is left for items in a year, sources in the order they are spent. */
export async function budgetsLeft(tx: Tx, county: string, year: number, items: readonly string[]): Promise<BudgetLeft[]> {
  const accounts = (await moneyAccounts(tx, county)).filter((one) => one.kind === 'budget' && one.year === year && one.item !== null && items.includes(one.item))
  return accounts.sort((a, b) => SOURCES.indexOf(a.source!) - SOURCES.indexOf(b.source!)).map((one) => ({ code: one.code, item: one.item!, leftFen: one.credits - one.debits - one.held, sample: one.sample }))
}

/** Which budget bears which amount; null when together they are too small. */
export function bear<K>(amounts: readonly { readonly key: K; readonly amount: number }[], budgets: readonly BudgetLeft[]): { readonly key: K; readonly source: string; readonly amount: number }[] | null {
  return spread(amounts, budgets.map((one) => ({ id: one.code, free: one.leftFen })))
}

/** Balances of accounts by code; an account never used is missing. */
export async function balances(tx: Tx, county: string, codes: readonly string[]): Promise<Map<string, number>> {
  return new Map((await moneyAccounts(tx, county, codes)).map((one) => [one.code, one.side === 'credit' ? one.credits - one.debits : one.debits - one.credits]))
}

/** Sums posted in a month by kind of transfer and item, for a comparison with the rows behind them. */
export function monthSums(tx: Tx, county: string, month: string): Promise<KindSum[]> {
  return sumsOfMonth(tx, county, MONEY, month)
}

import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { regionNames } from '../../know/regions/public.ts'
import type { approveBudget, checkFunds, draftBudget, dropBudget, listAccounts, listBudgets, seeStatement } from './contract.ts'
import { budgetCode, KINDS, mayApprove, MONEY, moneyCode, SOURCES, SOURCE_TITLES, trialDifferences, type Bilingual } from './rules.ts'
import { budgets, countTransfers, countyOfActor, decideBudget, insertBudget, moneyAccounts, openAccounts, postTransfers, recount, recountQuotas, statementOf, type AccountRow } from './store.ts'

const balanceOf = (one: Pick<AccountRow, 'side'>, debits: number, credits: number): number => (one.side === 'credit' ? credits - debits : debits - credits)

function shown(one: AccountRow) {
  const { code, kind, title, unit, item, year, source, side, debits, credits, sample } = one
  return { code, kind, title, unit, item, year, source, side, debits, credits, sample, balance: balanceOf(one, debits, credits) }
}

export const doListAccounts: Does<typeof listAccounts> = async (tx, input) => {
  const accounts = (await moneyAccounts(tx, countyOfActor(tx))).filter((one) => input.year === undefined || one.year === null || one.year === input.year)
  return { accounts: accounts.map(shown), debits: accounts.reduce((sum, one) => sum + one.debits, 0), credits: accounts.reduce((sum, one) => sum + one.credits, 0) }
}

export const doStatement: Does<typeof seeStatement> = async (tx, input) => {
  const county = countyOfActor(tx)
  const all = new Map((await moneyAccounts(tx, county)).map((one) => [one.code, one]))
  const account = all.get(input.code)
  if (!account) return refuse('funds.account-not-found')
  const found = await statementOf(tx, county, input.code, input.month ?? null, input.after ?? null, input.limit)
  const places = await regionNames(tx, [...new Set(found.rows.map((row) => row.region))], tx.today)
  const opening = balanceOf(account, found.opening.debits, found.opening.credits)
  let balance = opening + balanceOf(account, found.skipped.debits, found.skipped.credits)
  const rows = found.rows.map((row) => {
    const grows = (row.debit === input.code ? 'debit' : 'credit') === account.side
    const other = row.debit === input.code ? row.credit : row.debit
    balance += grows ? row.amount : -row.amount
    return { id: row.id, on: row.on, kind: row.kind, item: row.item, other, otherTitle: all.get(other)?.title ?? { zh: other, en: other }, incoming: grows ? row.amount : 0, outgoing: grows ? 0 : row.amount, balance, refKind: row.refKind, refId: row.refId, region: row.region, place: places.get(row.region)?.name ?? '', note: row.note, by: row.by, at: row.at }
  })
  const last = found.rows.at(-1)
  const [incoming, outgoing] = account.side === 'credit' ? [found.period.credits, found.period.debits] : [found.period.debits, found.period.credits]
  return { account: shown(account), opening, incoming, outgoing, closing: opening + incoming - outgoing, rows, total: found.total, next: last && found.rows.length === input.limit ? `${last.on}|${last.id}` : null }
}

export const doListBudgets: Does<typeof listBudgets> = async (tx, input) => {
  const county = countyOfActor(tx)
  const rows = await budgets(tx, county, { year: input.year })
  const left = (await moneyAccounts(tx, county)).filter((one) => one.kind === 'budget' && one.year === input.year)
  return {
    rows: rows.map(({ draftedBy, draftedName, decidedName, ...row }) => ({ ...row, sourceTitle: SOURCE_TITLES[row.source], draftedBy: draftedName, decidedBy: decidedName, mine: draftedBy === tx.actor.id })),
    left: left.map((one) => ({ code: one.code, item: one.item!, source: one.source!, sourceTitle: SOURCE_TITLES[one.source!], givenFen: one.credits, spentFen: one.debits, leftFen: one.credits - one.debits, sample: one.sample })).sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source))),
  }
}

/** [F4] Every payment has a source: a budget names its document, or is marked as a sample. */
export const doDraftBudget: Does<typeof draftBudget> = async (tx, input) => {
  if (!input.sample && !input.document) return refuse('funds.no-source-document')
  const id = tx.newId()
  await insertBudget(tx, countyOfActor(tx), { id, source: input.source, item: input.item, year: input.year, amountFen: input.amountFen, document: input.document ?? null, sample: input.sample })
  return { id }
}

export const doApproveBudget: Does<typeof approveBudget> = async (tx, input) => {
  const county = countyOfActor(tx)
  const [budget] = await budgets(tx, county, { id: input.id })
  if (!budget) return refuse('funds.budget-not-found')
  const no = mayApprove(budget, tx.actor.id)
  if (no) return no
  if (input.amountFen !== budget.amountFen) return refuse('funds.amount-differs', { amountFen: budget.amountFen })
  if (!(await decideBudget(tx, county, budget.id, 'approved'))) return refuse('funds.budget-not-draft')
  const [given, code] = [moneyCode('given', budget.source), budgetCode(budget.source, budget.item, budget.year)]
  const source = SOURCE_TITLES[budget.source]
  await openAccounts(tx, county, [
    { code: given, kind: 'given', title: joined(KINDS.given, source), item: null, source: budget.source },
    { code, kind: 'budget', title: joined(KINDS.budget, source), item: budget.item, year: budget.year, source: budget.source, sample: budget.sample },
  ])
  await postTransfers(tx, county, MONEY, [{ key: `budget/${budget.id}`, region: county.padEnd(12, '0'), debit: given, credit: code, amount: budget.amountFen, kind: 'budget', item: budget.item, refKind: 'budget', refId: budget.id, note: budget.document }])
  return { id: budget.id }
}

function joined(a: Bilingual, b: Bilingual): Bilingual {
  return { zh: `${a.zh}·${b.zh}`, en: `${a.en}, ${b.en}` }
}

export const doDropBudget: Does<typeof dropBudget> = async (tx, input) => {
  const county = countyOfActor(tx)
  const [budget] = await budgets(tx, county, { id: input.id })
  if (!budget) return refuse('funds.budget-not-found')
  return (await decideBudget(tx, county, budget.id, 'dropped')) ? { id: budget.id } : refuse('funds.budget-not-draft')
}

export const doCheckFunds: Does<typeof checkFunds> = (tx) => checked(tx)

/** [F5] Every book sums to zero, and every balance, hold and lot is what the rows make of it. */
export async function checked(tx: Tx) {
  const county = countyOfActor(tx)
  const accounts = await recount(tx, county)
  const findings = [
    ...trialDifferences(accounts).map(({ book, difference }) => ({ rule: 'sumZero', at: book, text: { zh: `借贷相差${difference}`, en: `debits and credits differ by ${difference}` } })),
    ...accounts.filter((one) => one.debits !== one.sumDebits || one.credits !== one.sumCredits).map((one) => ({ rule: 'balance', at: one.code, text: { zh: '余额与流水合计不符', en: 'the balance is not what the transfers make' } })),
    ...accounts.filter((one) => one.below).map((one) => ({ rule: 'belowZero', at: one.code, text: { zh: '余额不够所占用', en: 'below zero' } })),
    ...(await recountQuotas(tx, county)).map((one) => ({ rule: 'quota', at: one.code, text: { zh: '额度与批次、占用不符', en: 'the quota is not what its lots and holds make' } })),
  ]
  return { balanced: findings.length === 0, books: new Set(accounts.map((one) => one.book)).size, accounts: accounts.length, transfers: await countTransfers(tx, county), debits: accounts.reduce((sum, one) => sum + one.debits, 0), credits: accounts.reduce((sum, one) => sum + one.credits, 0), findings: findings.slice(0, 200) }
}

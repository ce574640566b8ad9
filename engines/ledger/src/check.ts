import { balanceOf, heldOut, periodOf } from './amounts.ts'
import type { Account, Changes, Hold } from './types.ts'

export interface Finding {
  readonly rule: 'sumZero' | 'balance' | 'held' | 'belowZero' | 'aboveMost' | 'overCap' | 'lots' | 'idTwice' | 'orphan' | 'otherBook' | 'hold'
  readonly at: string
  readonly text: string
}

/** [L11] Everything that must hold of a ledger at rest, worked out from the transfers and holds alone. */
export function checkRows(rows: Changes): Finding[] {
  const findings: Finding[] = []
  const find = (rule: Finding['rule'], at: string, text: string): void => void findings.push({ rule, at, text })
  const accounts = new Map(rows.accounts.map((one) => [one.id, one]))
  const sums = new Map(rows.accounts.map((one) => [one.id, { debits: 0, credits: 0, debitsHeld: 0, creditsHeld: 0 }]))
  const drawn = new Map<string, number>()
  twice(rows.transfers.map((one) => one.id), find)
  for (const one of rows.transfers) {
    const [debit, credit] = [accounts.get(one.debit), accounts.get(one.credit)]
    if (!debit || !credit) { find('orphan', one.id, 'an end of a transfer is no account'); continue }
    if (debit.book !== one.book || credit.book !== one.book || debit.unit !== credit.unit) find('otherBook', one.id, 'a transfer leaves its book or its unit')
    sums.get(one.debit)!.debits += one.amount
    sums.get(one.credit)!.credits += one.amount
    if (one.hold !== null) drawn.set(one.hold, (drawn.get(one.hold) ?? 0) + one.amount)
  }
  for (const one of rows.holds) checkHold(one, drawn.get(one.id) ?? 0, sums, find)
  checkBooks(rows, accounts, sums, find)
  for (const one of rows.accounts) checkAccount(one, rows, sums, find)
  return findings
}

type Find = (rule: Finding['rule'], at: string, text: string) => void
type Sums = Map<string, { debits: number; credits: number; debitsHeld: number; creditsHeld: number }>

function twice(ids: readonly string[], find: Find): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) find('idTwice', id, 'an id was posted twice')
    seen.add(id)
  }
}

function checkHold(hold: Hold, drawn: number, sums: Sums, find: Find): void {
  if (drawn !== hold.drawn) find('hold', hold.id, `posted ${drawn}, the hold says ${hold.drawn}`)
  if (hold.drawn > hold.amount || (hold.state === 'open' && hold.drawn === hold.amount)) find('hold', hold.id, 'more was posted than held, or nothing is left of an open hold')
  if (hold.state !== 'open') return
  const [debit, credit] = [sums.get(hold.debit), sums.get(hold.credit)]
  if (!debit || !credit) return find('orphan', hold.id, 'an end of a hold is no account')
  debit.debitsHeld += hold.amount - hold.drawn
  credit.creditsHeld += hold.amount - hold.drawn
}

function checkBooks(rows: Changes, accounts: ReadonlyMap<string, Account>, sums: Sums, find: Find): void {
  const books = new Map<string, number>()
  for (const one of rows.balances) {
    const account = accounts.get(one.account)
    if (!account) { find('orphan', one.account, 'a balance without an account'); continue }
    books.set(account.book, (books.get(account.book) ?? 0) + one.debits - one.credits)
    const sum = sums.get(one.account)!
    if (sum.debits !== one.debits || sum.credits !== one.credits) find('balance', one.account, `transfers make ${sum.debits}/${sum.credits}, the balance says ${one.debits}/${one.credits}`)
    if (sum.debitsHeld !== one.debitsHeld || sum.creditsHeld !== one.creditsHeld) find('held', one.account, `holds make ${sum.debitsHeld}/${sum.creditsHeld}, the balance says ${one.debitsHeld}/${one.creditsHeld}`)
  }
  for (const [book, sum] of books) if (sum !== 0) find('sumZero', book, `debits and credits differ by ${sum}`)
}

function checkAccount(account: Account, rows: Changes, sums: Sums, find: Find): void {
  const sum = { account: account.id, ...sums.get(account.id)! }
  const [balance, held] = [balanceOf(account, sum), heldOut(account, sum)]
  if (!account.mayGoBelowZero && balance - held < 0) find('belowZero', account.id, `balance ${balance}, held ${held}`)
  if (account.most !== null && balance > account.most) find('aboveMost', account.id, `balance ${balance}, most ${account.most}`)
  checkCaps(account, rows, find)
  if (account.expiresTo === null) return
  const lots = rows.lots.filter((one) => one.account === account.id)
  const [left, aside] = [lots.reduce((total, one) => total + one.amount - one.used, 0), lots.reduce((total, one) => total + one.held, 0)]
  if (left !== balance || aside !== held || lots.some((one) => one.held < 0 || one.used < 0 || one.used + one.held > one.amount)) find('lots', account.id, `lots hold ${left} with ${aside} set aside, the account ${balance} with ${held}`)
}

/** A transfer out of a hold counts on the day the hold was made; what expires counts against no cap. */
function checkCaps(account: Account, rows: Changes, find: Find): void {
  if (account.caps.length === 0) return
  const holds = new Map(rows.holds.map((one) => [one.id, one]))
  const out = (one: { debit: string; credit: string }): boolean => (account.side === 'credit' ? one.debit : one.credit) === account.id
  const spent = [
    ...rows.transfers.filter((one) => out(one) && !isExpiry(one.id, account, rows)).map((one) => ({ on: one.hold === null ? one.on : holds.get(one.hold)!.on, amount: one.amount })),
    ...rows.holds.filter((one) => out(one) && one.state === 'open').map((one) => ({ on: one.on, amount: one.amount - one.drawn })),
  ]
  for (const cap of account.caps) {
    const byPeriod = new Map<string, number>()
    for (const one of spent) byPeriod.set(periodOf(cap.per, one.on), (byPeriod.get(periodOf(cap.per, one.on)) ?? 0) + one.amount)
    for (const [period, amount] of byPeriod) if (amount > cap.amount) find('overCap', account.id, `${amount} left in ${period}, the cap is ${cap.amount}`)
    const counted = rows.used.filter((one) => one.account === account.id && one.per === cap.per && one.amount !== (byPeriod.get(one.period) ?? 0))
    if (counted.length > 0) find('overCap', account.id, `what left in ${counted[0]!.period} is counted wrong`)
  }
}

function isExpiry(transferId: string, account: Account, rows: Changes): boolean {
  return account.expiresTo !== null && rows.ops.some((one) => one.id === transferId && one.print.startsWith('l|'))
}

/**
 * `npm run bench -- ledger [--rows N] [--json]`: transfers, holds and postings a second of CPU on one core, then POL-08: a million debits
 * of a hundred devices that were offline. Stops with an error when a balance is wrong or a quota is exceeded.
 */
import { Book, checkRows, type Command } from '@songbai/ledger'
import { createRandom, offline } from '@songbai/ledger/sim'

const ACCOUNTS = 1000

export async function run(options: { readonly json: boolean; readonly rows?: number }): Promise<void> {
  const rows = options.rows ?? 1_000_000
  const rates = [1, 2, 3].map(() => speed(Math.min(rows, 200_000))).sort((a, b) => a - b)
  const begun = process.cpuUsage()
  const { fault, ...outcome } = offline(20260716, rows)
  if (fault !== null) throw new Error(fault)
  const { user, system } = process.cpuUsage(begun)
  const line = { bench: 'ledger', operationsPerSecond: rates[1]!, ...outcome, quotaExceeded: 0, offlineCpuS: Math.round((user + system) / 1e5) / 10, node: process.version }
  if (options.json) console.log(JSON.stringify(line))
  else for (const [key, value] of Object.entries(line)) console.log(`${key.padEnd(20)} ${String(value)}`)
}

/** Half transfers, a quarter holds, a quarter postings. */
function speed(operations: number): number {
  const random = createRandom(1)
  const book = new Book()
  const account = (id: string, mayGoBelowZero: boolean): Command => ({ kind: 'open', id: `o${id}`, account: { id, book: 'b', unit: 'fen', side: 'credit', mayGoBelowZero, most: null, caps: [], expiresTo: null } })
  book.do(account('in', true))
  for (let i = 0; i < ACCOUNTS; i++) book.do(account(`a${i}`, false))
  const begun = process.cpuUsage()
  for (let i = 0; i < operations; i += 4) {
    const [from, to] = [`a${random.int(ACCOUNTS)}`, `a${random.int(ACCOUNTS)}`]
    book.do({ kind: 'transfer', id: `t${i}`, debit: 'in', credit: from, amount: 100, on: '2026-07-16' })
    book.do({ kind: 'transfer', id: `u${i}`, debit: from, credit: to, amount: 1 + random.int(50), on: '2026-07-16' })
    book.do({ kind: 'hold', id: `h${i}`, debit: from, credit: to, amount: 1 + random.int(20), on: '2026-07-16' })
    book.do({ kind: 'post', id: `p${i}`, hold: `h${i}`, on: '2026-07-16' })
  }
  const { user, system } = process.cpuUsage(begun)
  const findings = checkRows(book.rows())
  if (findings.length > 0) throw new Error(JSON.stringify(findings[0]))
  return Math.round(operations / ((user + system) / 1e6))
}

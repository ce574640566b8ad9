/**
 * A ledger behind a bad network and a machine that falls over: messages are doubled, delayed, reordered and lost, the process dies
 * before or after its write. Everything follows from one seed. What comes out is compared with the naive ledger, answer by answer.
 */
import type { Account, Changes, Command, Day, Decision } from '../types.ts'
import { createRandom } from './random.ts'
import { Naive } from './naive.ts'

/** What is under test; the tests of this test put broken ones in. */
export interface Engine {
  readonly decide: (book: never, command: Command) => Decision
  readonly Book: { load(rows: Changes): { apply(changes: Changes): void; rows(): Changes; due(on: Day): Command[] } }
  readonly checkRows: (rows: Changes) => readonly { readonly rule: string; readonly at: string; readonly text: string }[]
  readonly balanceOf: (account: Account, balance: Changes['balances'][number]) => number
}

export interface Outcome {
  readonly seed: number
  readonly commands: number
  readonly delivered: number
  readonly crashes: number
  readonly accepted: number
  readonly refused: number
  /** Null: all was well. */
  readonly fault: string | null
}

const NOTHING: Changes = { accounts: [], balances: [], transfers: [], holds: [], lots: [], used: [], ops: [] }
const DAYS: readonly Day[] = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04', '2026-02-28', '2026-03-01', '2026-12-31', '2027-01-01']

export function simulate(engine: Engine, seed: number, size = 120): Outcome {
  const random = createRandom(seed)
  const accounts = makeAccounts(random)
  const naive = new Naive()
  /** What the disk has: text of each write in its order, so that nothing but text survives a crash. */
  const disk: string[] = []
  const restart = () => {
    const fresh = engine.Book.load(NOTHING)
    for (const line of disk) fresh.apply(JSON.parse(line) as Changes)
    return fresh
  }
  let book = engine.Book.load(NOTHING)
  const waiting: Command[] = accounts.map((account): Command => ({ kind: 'open', id: `open/${account.id}`, account }))
  const given = new Map<string, string>()
  const issued: Command[] = []
  let [commands, delivered, crashes, accepted, refused, today] = [accounts.length, 0, 0, 0, 0, 0]

  const deliver = (command: Command): string | null => {
    delivered++
    if (random.chance(12)) {
      crashes++
      book = restart()
      if (random.chance(2)) waiting.push(command)
      return null
    }
    const decision = engine.decide(book as never, command)
    const answer = decision.ok ? 'ok' : decision.refusal.code
    const expected = naive.do(command)
    if (answer !== expected) return `${command.id}: the engine says ${answer}, the list says ${expected} (${JSON.stringify(command)})`
    book.apply(decision.changes)
    disk.push(JSON.stringify(decision.changes))
    if (answer === 'ok') accepted++
    else refused++
    // The answer is lost: whoever asked asks again, and must get the same one.
    if (random.chance(10)) {
      crashes++
      book = restart()
      waiting.push(command)
    }
    const before = given.get(command.id)
    if (before !== undefined && before !== answer && answer !== 'ledger.idUsed') return `${command.id}: first ${before}, then ${answer}`
    given.set(command.id, before ?? answer)
    return delivered % 3 === 0 ? compare(engine, book.rows(), naive, delivered % 12 === 0) : null
  }

  while (commands < size || waiting.length > 0) {
    if (commands < size && (waiting.length === 0 || random.chance(3))) {
      const command = makeCommand(random, accounts, issued, DAYS[today]!, commands)
      commands++
      issued.push(command)
      waiting.push(command)
      if (random.chance(6)) waiting.push(command)
    }
    if (random.chance(14) && today < DAYS.length - 1) waiting.push(...book.due(DAYS[++today]!))
    const command = waiting.splice(random.int(waiting.length), 1)[0]
    if (!command) continue
    if (random.chance(15)) waiting.push(command)
    const fault = deliver(command)
    if (fault !== null) return { seed, commands, delivered, crashes, accepted, refused, fault }
  }
  const fault = compare(engine, restart().rows(), naive, true)
  return { seed, commands, delivered, crashes, accepted, refused, fault }
}

function compare(engine: Engine, rows: Changes, naive: Naive, thorough: boolean): string | null {
  const balances = new Map(rows.balances.map((one) => [one.account, one]))
  for (const account of naive.accounts) {
    const balance = balances.get(account.id)
    if (!balance) return `${account.id} has no balance`
    const [mine, list] = [engine.balanceOf(account, balance), naive.sum(account)]
    if (mine !== list) return `${account.id}: the engine holds ${mine}, the list ${list}`
    if (!account.mayGoBelowZero && mine < 0) return `${account.id} is below zero: ${mine}`
    if (thorough) {
      const coins = naive.coins.get(account.id) ?? []
      const lots = rows.lots.filter((one) => one.account === account.id)
      for (const lot of lots) {
        const [left, held] = [coins.filter((coin) => coin.lot === lot.id).length, coins.filter((coin) => coin.lot === lot.id && coin.heldBy !== null).length]
        if (left !== lot.amount - lot.used || held !== lot.held) return `${lot.id}: the engine has ${lot.amount - lot.used} with ${lot.held} set aside, the heap ${left} with ${held}`
      }
    }
  }
  if (!thorough) return null
  const [finding] = engine.checkRows(rows)
  return finding ? `${finding.rule} ${finding.at}: ${finding.text}` : null
}

type Random = ReturnType<typeof createRandom>

function makeAccounts(random: Random): Account[] {
  const plain = (id: string, book: string, side: 'debit' | 'credit', mayGoBelowZero: boolean): Account => ({ id, book, unit: 'fen', side, mayGoBelowZero, most: null, caps: [], expiresTo: null })
  const caps = [[{ per: 'day', amount: 40 }], [{ per: 'month', amount: 60 }, { per: 'ever', amount: 150 }], [{ per: 'year', amount: 90 }]] as const
  return [
    plain('source', 'a', 'debit', true), plain('gone', 'a', 'credit', true),
    { ...plain('fund', 'a', 'credit', false), caps: [{ per: 'month', amount: 45 }] },
    { ...plain('purse', 'a', 'credit', false), most: 80 },
    { ...plain('stock', 'a', 'debit', false), caps: random.pick(caps) },
    { ...plain('coupons', 'a', 'credit', false), expiresTo: 'gone', caps: random.pick(caps) },
    { ...plain('stamps', 'a', 'debit', false), expiresTo: 'gone' },
    plain('far', 'b', 'debit', true), plain('farFund', 'b', 'credit', false),
  ]
}

function makeCommand(random: Random, accounts: readonly Account[], issued: readonly Command[], on: Day, n: number): Command {
  const kind = random.int(20)
  if (kind === 0 && issued.length > 0) {
    const used = random.pick(issued)
    return { ...makeSingle(random, accounts, issued, on, `c${n}`), id: used.kind === 'linked' && random.chance(2) ? random.pick(used.commands).id : used.id } as Command
  }
  if (kind <= 3) return { kind: 'linked', id: `c${n}`, commands: Array.from({ length: 1 + random.int(3) }, (_, i) => makeSingle(random, accounts, issued, on, `c${n}.${i}`)) }
  return makeSingle(random, accounts, issued, on, `c${n}`)
}

function makeSingle(random: Random, accounts: readonly Account[], issued: readonly Command[], on: Day, id: string): Exclude<Command, { kind: 'linked' }> {
  const holds = issued.filter((one) => one.kind === 'hold')
  const kind = random.int(20)
  const amount = random.chance(30) ? random.pick([0, -3, 1.5]) : 1 + random.int(30)
  const day = random.chance(40) ? '2026-1-1' : random.chance(3) ? random.pick(DAYS) : on
  if (kind >= 12 && holds.length > 0) {
    const hold = random.chance(20) ? 'nobody' : random.chance(2) ? random.pick(holds.slice(-3)).id : random.pick(holds).id
    const later = random.chance(3) ? random.pick(DAYS) : day
    if (kind <= 17) return { kind: 'post', id, hold, on: later, ...(random.chance(4) ? {} : { amount }), ...(random.chance(4) ? {} : { keep: true }) }
    return { kind: random.chance(4) ? 'expire' : 'void', id, hold, on: later }
  }
  const lots = issued.filter((one) => one.kind === 'transfer' && (one.credit === 'coupons' || one.debit === 'stamps'))
  if (kind === 11 && lots.length > 0) {
    const one = random.pick(lots) as Extract<Command, { kind: 'transfer' }>
    const account = random.chance(10) ? 'fund' : one.credit === 'coupons' ? 'coupons' : 'stamps'
    return { kind: 'expireLot', id, account, lot: `${one.id}@${account}`, on: (random.chance(2) ? one.expires : null) ?? random.pick(DAYS) }
  }
  const own = accounts.filter((one) => one.book === 'a')
  // Money must come in before it can go out: half of all transfers fill an account.
  const fill = random.chance(2)
  const target = random.pick(own.filter((one) => one.id !== 'source' && one.id !== 'gone'))
  const [debit, credit] = fill ? (target.side === 'credit' ? ['source', target.id] : [target.id, 'gone']) : [random.pick(random.chance(12) ? accounts : own).id, random.pick(random.chance(12) ? accounts : own).id]
  const expires = fill && target.expiresTo !== null && !random.chance(4) ? random.pick(DAYS) : random.chance(25) ? random.pick(DAYS) : undefined
  if (!fill && random.chance(2)) return { kind: 'hold', id, debit, credit, amount, on: day, ...(random.chance(2) ? { until: random.pick(DAYS) } : {}) }
  return { kind: 'transfer', id, debit, credit, amount, on: day, ...(expires === undefined ? {} : { expires }) }
}

/**
 * The ledger as a child would keep it: a list of what happened, and every question answered by going through the whole list. Accounts
 * kept by lots are heaps of single coins. Shares nothing with the engine but the shapes of commands.
 */
import type { Account, Command, Day } from '../types.ts'

interface Entry { debit: string; credit: string; amount: number; countOn: Day | null }
interface Promise_ { debit: string; credit: string; amount: number; left: number; on: Day; until: Day | null; state: 'open' | 'done' | 'void' | 'expired' }
interface Coin { lot: string; expires: Day | null; heldBy: string | null }

const grows = (account: Account, side: 'debit' | 'credit'): boolean => account.side === side
const whole = (n: number): boolean => Number.isInteger(n) && n > 0

const firstOver = (a: Coin, b: Coin): number => {
  const [x, y] = [a.expires ?? '9999', b.expires ?? '9999']
  return x < y ? -1 : x > y ? 1 : a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0
}

export class Naive {
  accounts: Account[] = []
  entries: Entry[] = []
  promises = new Map<string, Promise_>()
  coins = new Map<string, Coin[]>()
  answers = new Map<string, { content: string; answer: string }>()

  /** 'ok', or the code of the refusal. */
  do(command: Command): string {
    const content = JSON.stringify(command)
    const before = this.answers.get(command.id)
    if (before) return before.content === content ? before.answer : 'ledger.idUsed'
    const answer = this.attempt(command)
    this.answers.set(command.id, { content, answer })
    return answer
  }

  private attempt(command: Command): string {
    // A single command changes nothing before its last question; only a chain has something to take back.
    if (command.kind !== 'linked') return this.one(command)
    const saved = structuredClone({ accounts: this.accounts, entries: this.entries, promises: this.promises, coins: this.coins, answers: this.answers })
    const answer = this.chain(command)
    if (answer !== 'ok') Object.assign(this, saved)
    return answer
  }

  private chain(command: Extract<Command, { kind: 'linked' }>): string {
    if (command.commands.length === 0) return 'ledger.emptyChain'
    for (const part of command.commands) {
      if (this.answers.has(part.id) || part.id === command.id) return 'ledger.idUsed'
      const answer = this.one(part)
      if (answer !== 'ok') return answer
      this.answers.set(part.id, { content: JSON.stringify(part), answer })
    }
    return 'ok'
  }

  sum(account: Account): number {
    let sum = 0
    for (const entry of this.entries) {
      if (entry.debit === account.id) sum += grows(account, 'debit') ? entry.amount : -entry.amount
      if (entry.credit === account.id) sum += grows(account, 'credit') ? entry.amount : -entry.amount
    }
    return sum
  }

  promised(account: Account, way: 'out' | 'in'): number {
    let sum = 0
    for (const promise of this.promises.values()) {
      if (promise.state !== 'open') continue
      if (promise.debit === account.id && grows(account, 'debit') === (way === 'in')) sum += promise.left
      if (promise.credit === account.id && grows(account, 'credit') === (way === 'in')) sum += promise.left
    }
    return sum
  }

  private spent(account: Account, prefix: string): number {
    const side = account.side === 'credit' ? 'debit' : 'credit'
    let sum = 0
    for (const entry of this.entries) if (entry[side] === account.id && entry.countOn?.startsWith(prefix)) sum += entry.amount
    for (const promise of this.promises.values()) if (promise.state === 'open' && promise[side] === account.id && promise.on.startsWith(prefix)) sum += promise.left
    return sum
  }

  private goodCoins(account: Account, on: Day): Coin[] {
    return (this.coins.get(account.id) ?? []).filter((coin) => coin.heldBy === null && (coin.expires === null || coin.expires >= on)).sort(firstOver)
  }

  private find(id: string): Account | undefined {
    return this.accounts.find((account) => account.id === id)
  }

  private refusal(debitId: string, creditId: string, amount: number): string | null {
    if (!whole(amount)) return 'ledger.badAmount'
    if (debitId === creditId) return 'ledger.sameAccount'
    const [debit, credit] = [this.find(debitId), this.find(creditId)]
    if (!debit || !credit) return 'ledger.noAccount'
    return debit.book !== credit.book || debit.unit !== credit.unit ? 'ledger.otherBook' : null
  }

  private limit(account: Account, side: 'debit' | 'credit', amount: number, on: Day): string | null {
    if (grows(account, side)) return account.most !== null && this.sum(account) + this.promised(account, 'in') + amount > account.most ? 'ledger.aboveMost' : null
    if (!account.mayGoBelowZero && this.sum(account) - this.promised(account, 'out') - amount < 0) return 'ledger.belowZero'
    if (account.expiresTo !== null && this.goodCoins(account, on).length < amount) return 'ledger.belowZero'
    for (const cap of account.caps) {
      const prefix = { day: on, month: on.slice(0, 7), year: on.slice(0, 4), ever: '' }[cap.per]
      if (this.spent(account, prefix) + amount > cap.amount) return 'ledger.overCap'
    }
    return null
  }

  private one(command: Exclude<Command, { kind: 'linked' }>): string {
    if (command.kind === 'open') {
      if (this.find(command.account.id)) return 'ledger.accountDiffers'
      this.accounts.push(command.account)
      return 'ok'
    }
    if (!/^\d{4}-\d\d-\d\d$/.test(command.on)) return 'ledger.badDay'
    if (command.kind === 'transfer' || command.kind === 'hold') return this.twoEnds(command)
    if (command.kind === 'expireLot') return this.coinsGo(command)
    const promise = this.promises.get(command.hold)
    if (!promise) return 'ledger.noHold'
    if (promise.state !== 'open') return 'ledger.holdClosed'
    if (command.kind === 'post') return this.pay(command, promise)
    if (command.kind === 'expire' && (promise.until === null || command.on <= promise.until)) return 'ledger.holdNotOver'
    promise.state = command.kind === 'void' ? 'void' : 'expired'
    this.letGo(command.hold)
    return 'ok'
  }

  private letGo(hold: string): void {
    for (const heap of this.coins.values()) for (const coin of heap) if (coin.heldBy === hold) coin.heldBy = null
  }

  private twoEnds(command: Extract<Command, { kind: 'transfer' | 'hold' }>): string {
    const wrong = this.refusal(command.debit, command.credit, command.amount)
    if (wrong) return wrong
    const [debit, credit] = [this.find(command.debit)!, this.find(command.credit)!]
    const ends = [{ account: debit, in: grows(debit, 'debit') }, { account: credit, in: grows(credit, 'credit') }].filter((end) => end.account.expiresTo !== null)
    const into = ends.filter((end) => end.in).map((end) => end.account)
    const outOf = ends.filter((end) => !end.in).map((end) => end.account)
    if (command.kind === 'hold') {
      if (command.until != null && command.until < command.on) return 'ledger.badDay'
      if (into.length > 0) return 'ledger.noLots'
    }
    const over = this.limit(debit, 'debit', command.amount, command.on) ?? this.limit(credit, 'credit', command.amount, command.on)
    if (over) return over
    if (command.kind === 'transfer' && command.expires != null && into.length === 0) return 'ledger.noLots'
    const taken = outOf.flatMap((account) => this.goodCoins(account, command.on).slice(0, command.amount))
    if (command.kind === 'hold') {
      for (const coin of taken) coin.heldBy = command.id
      this.promises.set(command.id, { debit: debit.id, credit: credit.id, amount: command.amount, left: command.amount, on: command.on, until: command.until ?? null, state: 'open' })
      return 'ok'
    }
    for (const account of outOf) this.coins.set(account.id, this.coins.get(account.id)!.filter((coin) => !taken.includes(coin)))
    for (const account of into) this.coins.set(account.id, [...(this.coins.get(account.id) ?? []), ...Array.from({ length: command.amount }, () => ({ lot: `${command.id}@${account.id}`, expires: command.expires ?? null, heldBy: null }))])
    this.entries.push({ debit: debit.id, credit: credit.id, amount: command.amount, countOn: command.on })
    return 'ok'
  }

  private pay(command: Extract<Command, { kind: 'post' }>, promise: Promise_): string {
    if (promise.until !== null && command.on > promise.until) return 'ledger.holdOver'
    const amount = command.amount ?? promise.left
    if (!whole(amount)) return 'ledger.badAmount'
    if (amount > promise.left) return 'ledger.holdTooSmall'
    const goesOn = command.keep === true && amount < promise.left
    for (const [id, heap] of this.coins) {
        const mine = heap.filter((coin) => coin.heldBy === command.hold).sort(firstOver).slice(0, amount)
      if (mine.length > 0) this.coins.set(id, heap.filter((coin) => !mine.includes(coin)))
    }
    this.entries.push({ debit: promise.debit, credit: promise.credit, amount, countOn: promise.on })
    promise.left -= amount
    if (!goesOn) {
      promise.state = 'done'
      this.letGo(command.hold)
    }
    return 'ok'
  }

  private coinsGo(command: Extract<Command, { kind: 'expireLot' }>): string {
    const account = this.find(command.account)
    const heap = this.coins.get(command.account) ?? []
    if (!account || account.expiresTo === null || !this.everCame(command.lot, account)) return 'ledger.noLot'
    const gone = heap.filter((coin) => coin.lot === command.lot && coin.heldBy === null && coin.expires !== null && coin.expires < command.on)
    if (gone.length === 0) return 'ledger.lotNotOver'
    const ends = account.side === 'credit' ? { debit: account.id, credit: account.expiresTo } : { debit: account.expiresTo, credit: account.id }
    const wrong = this.refusal(ends.debit, ends.credit, gone.length)
    if (wrong) return wrong
    this.coins.set(account.id, heap.filter((coin) => !gone.includes(coin)))
    this.entries.push({ ...ends, amount: gone.length, countOn: null })
    return 'ok'
  }

  private everCame(lot: string, account: Account): boolean {
    const [transfer, place] = lot.split('@')
    const before = this.answers.get(transfer!)
    if (before?.answer !== 'ok' || place !== account.id) return false
    const content = JSON.parse(before.content) as Command
    return content.kind === 'transfer' && ((content.credit === account.id && grows(account, 'credit')) || (content.debit === account.id && grows(account, 'debit')))
  }
}

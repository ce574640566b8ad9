import type { Account, Balance, Cap, Changes, Command, Day, Decision, Hold, Lot, Op, Transfer, Used, View } from './types.ts'
import { decide } from './decide.ts'

/** Everything a ledger knows, in memory. `load(rows())` is an exact copy: nothing is kept outside the rows. */
export class Book implements View {
  readonly #accounts = new Map<string, Account>()
  readonly #balances = new Map<string, Balance>()
  readonly #transfers = new Map<string, Transfer>()
  readonly #holds = new Map<string, Hold>()
  readonly #lots = new Map<string, Lot>()
  readonly #lotsOf = new Map<string, Set<string>>()
  readonly #used = new Map<string, Used>()
  readonly #ops = new Map<string, Op>()

  static load(rows: Changes): Book {
    const book = new Book()
    book.apply(rows)
    return book
  }

  account(id: string): Account | undefined { return this.#accounts.get(id) }
  balance(id: string): Balance | undefined { return this.#balances.get(id) }
  transfer(id: string): Transfer | undefined { return this.#transfers.get(id) }
  hold(id: string): Hold | undefined { return this.#holds.get(id) }
  lot(id: string): Lot | undefined { return this.#lots.get(id) }
  op(id: string): Op | undefined { return this.#ops.get(id) }
  used(account: string, per: Cap['per'], period: string): number { return this.#used.get(`${account}|${per}|${period}`)?.amount ?? 0 }

  lots(account: string): readonly Lot[] {
    const ids = this.#lotsOf.get(account)
    return ids === undefined ? [] : [...ids].map((id) => this.#lots.get(id)!)
  }

  apply(changes: Changes): void {
    for (const one of changes.accounts) this.#accounts.set(one.id, one)
    for (const one of changes.balances) this.#balances.set(one.account, one)
    for (const one of changes.transfers) this.#transfers.set(one.id, one)
    for (const one of changes.holds) this.#holds.set(one.id, one)
    for (const one of changes.used) this.#used.set(`${one.account}|${one.per}|${one.period}`, one)
    for (const one of changes.ops) this.#ops.set(one.id, one)
    for (const one of changes.lots) this.#applyLot(one)
  }

  #applyLot(lot: Lot): void {
    this.#lots.set(lot.id, lot)
    const open = this.#lotsOf.get(lot.account) ?? new Set<string>()
    this.#lotsOf.set(lot.account, open)
    if (lot.used < lot.amount) open.add(lot.id)
    else open.delete(lot.id)
  }

  /** Decides and keeps. */
  do(command: Command): Decision {
    const decision = decide(this, command)
    this.apply(decision.changes)
    return decision
  }

  rows(): Changes {
    return { accounts: [...this.#accounts.values()], balances: [...this.#balances.values()], transfers: [...this.#transfers.values()], holds: [...this.#holds.values()], lots: [...this.#lots.values()], used: [...this.#used.values()], ops: [...this.#ops.values()] }
  }

  /** Commands of the clock for a day: holds first, since a hold keeps a lot from leaving. Their ids say what they do, so a repeat is harmless. */
  due(on: Day): Command[] {
    const holds = [...this.#holds.values()].filter((one) => one.state === 'open' && one.until !== null && one.until < on)
    const freed = new Set(holds.flatMap((one) => one.pieces.map((piece) => piece.lot)))
    const lots = [...this.#lots.values()].filter((one) => one.expires !== null && one.expires < on && one.used < one.amount && (one.held < one.amount - one.used || freed.has(one.id)))
    return [...holds.map((one): Command => ({ kind: 'expire', id: `${one.id}/over`, hold: one.id, on })), ...lots.map((one): Command => ({ kind: 'expireLot', id: `${one.id}/over/${one.used}/${on}`, account: one.account, lot: one.id, on }))]
  }
}

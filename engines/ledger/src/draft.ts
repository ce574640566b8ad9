import type { Account, Balance, Cap, Changes, Hold, Lot, Op, Transfer, Used, View } from './types.ts'

/** A decision being made: reads through to the book, keeps what changes, and can be thrown away. */
export class Draft implements View {
  readonly #base: View
  readonly #accounts = new Map<string, Account>()
  readonly #balances = new Map<string, Balance>()
  readonly #transfers = new Map<string, Transfer>()
  readonly #holds = new Map<string, Hold>()
  readonly #lots = new Map<string, Lot>()
  readonly #used = new Map<string, Used>()
  readonly #ops = new Map<string, Op>()

  constructor(base: View) {
    this.#base = base
  }

  account(id: string): Account | undefined { return this.#accounts.get(id) ?? this.#base.account(id) }
  balance(id: string): Balance | undefined { return this.#balances.get(id) ?? this.#base.balance(id) }
  transfer(id: string): Transfer | undefined { return this.#transfers.get(id) ?? this.#base.transfer(id) }
  hold(id: string): Hold | undefined { return this.#holds.get(id) ?? this.#base.hold(id) }
  lot(id: string): Lot | undefined { return this.#lots.get(id) ?? this.#base.lot(id) }
  op(id: string): Op | undefined { return this.#ops.get(id) ?? this.#base.op(id) }
  used(account: string, per: Cap['per'], period: string): number { return this.#used.get(`${account}|${per}|${period}`)?.amount ?? this.#base.used(account, per, period) }

  lots(account: string): readonly Lot[] {
    const base = this.#base.lots(account)
    if (this.#lots.size === 0) return base
    const seen = new Set(base.map((lot) => lot.id))
    const fresh = [...this.#lots.values()].filter((lot) => lot.account === account && !seen.has(lot.id))
    return [...base.map((lot) => this.#lots.get(lot.id) ?? lot), ...fresh].filter((lot) => lot.used < lot.amount)
  }

  putAccount(account: Account): void { this.#accounts.set(account.id, account) }
  putBalance(balance: Balance): void { this.#balances.set(balance.account, balance) }
  putTransfer(transfer: Transfer): void { this.#transfers.set(transfer.id, transfer) }
  putHold(hold: Hold): void { this.#holds.set(hold.id, hold) }
  putLot(lot: Lot): void { this.#lots.set(lot.id, lot) }
  putUsed(used: Used): void { this.#used.set(`${used.account}|${used.per}|${used.period}`, used) }
  putOp(op: Op): void { this.#ops.set(op.id, op) }

  changes(): Changes {
    return { accounts: [...this.#accounts.values()], balances: [...this.#balances.values()], transfers: [...this.#transfers.values()], holds: [...this.#holds.values()], lots: [...this.#lots.values()], used: [...this.#used.values()], ops: [...this.#ops.values()] }
  }
}

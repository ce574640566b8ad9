import type { Account, Balance, Cap, Command, Day, Side } from './types.ts'

/** [L1] An amount is a positive whole number that still adds up exactly. */
export function isAmount(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount > 0
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

export function isDay(day: string): boolean {
  return DAY.test(day)
}

export function periodOf(per: Cap['per'], on: Day): string {
  return per === 'day' ? on : per === 'month' ? on.slice(0, 7) : per === 'year' ? on.slice(0, 4) : 'ever'
}

/** What the account holds, counted on its own side. */
export function balanceOf(account: Pick<Account, 'side'>, balance: Balance): number {
  return account.side === 'credit' ? balance.credits - balance.debits : balance.debits - balance.credits
}

/** Promised to leave by open holds. */
export function heldOut(account: Pick<Account, 'side'>, balance: Balance): number {
  return account.side === 'credit' ? balance.debitsHeld : balance.creditsHeld
}

/** Promised to come by open holds. */
export function heldIn(account: Pick<Account, 'side'>, balance: Balance): number {
  return account.side === 'credit' ? balance.creditsHeld : balance.debitsHeld
}

/** [L4] What may still be spent: held money is not there, money promised to come is not there yet. */
export function available(account: Pick<Account, 'side'>, balance: Balance): number {
  return balanceOf(account, balance) - heldOut(account, balance)
}

export function leaves(account: Pick<Account, 'side'>, side: Side): boolean {
  return account.side !== side
}

export function emptyBalance(account: string): Balance {
  return { account, debits: 0, credits: 0, debitsHeld: 0, creditsHeld: 0 }
}

/** What makes two commands the same: every field in a fixed order. */
export function printOf(command: Command): string {
  switch (command.kind) {
    case 'transfer': return `t|${command.debit}|${command.credit}|${command.amount}|${command.on}|${command.expires ?? ''}`
    case 'hold': return `h|${command.debit}|${command.credit}|${command.amount}|${command.on}|${command.until ?? ''}`
    case 'post': return `p|${command.hold}|${command.amount ?? ''}|${command.keep === true}|${command.on}`
    case 'void': return `v|${command.hold}|${command.on}`
    case 'expire': return `e|${command.hold}|${command.on}`
    case 'expireLot': return `l|${command.account}|${command.lot}|${command.on}`
    case 'open': return `o|${JSON.stringify(command.account)}`
    case 'linked': return `c|${command.commands.map((one) => `${one.id}:${printOf(one)}`).join('~')}`
  }
}

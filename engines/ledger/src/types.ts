/** Amounts are whole numbers of one unit (fen, minutes, coupons); days are `YYYY-MM-DD` text. */
export type Day = string
export type Side = 'debit' | 'credit'

/** At most so much may leave an account in a calendar day, month, year, or ever. */
export interface Cap {
  readonly per: 'day' | 'month' | 'year' | 'ever'
  readonly amount: number
}

export interface Account {
  readonly id: string
  /** Books never mix: both ends of a transfer stand in one book. */
  readonly book: string
  readonly unit: string
  /** The side that makes the account grow. */
  readonly side: Side
  readonly mayGoBelowZero: boolean
  /** Most the account may ever hold; null: no limit. */
  readonly most: number | null
  readonly caps: readonly Cap[]
  /** What comes in is kept apart by its last day and leaves first expiring first. Null: one undivided balance. */
  readonly expiresTo: string | null
}

export interface Balance {
  readonly account: string
  readonly debits: number
  readonly credits: number
  /** Promised by open holds, not yet posted. */
  readonly debitsHeld: number
  readonly creditsHeld: number
}

export interface Transfer {
  readonly id: string
  readonly book: string
  readonly debit: string
  readonly credit: string
  readonly amount: number
  readonly on: Day
  /** The hold it came out of. */
  readonly hold: string | null
}

export interface Piece {
  readonly lot: string
  readonly amount: number
}

export interface Hold {
  readonly id: string
  readonly book: string
  readonly debit: string
  readonly credit: string
  readonly amount: number
  /** Posted out of it so far. */
  readonly drawn: number
  readonly on: Day
  /** Last day on which it can be posted; null: no end. */
  readonly until: Day | null
  readonly state: 'open' | 'done' | 'void' | 'expired'
  /** Lots that are set aside for what is left of it. */
  readonly pieces: readonly Piece[]
}

export interface Lot {
  readonly id: string
  readonly account: string
  /** Last good day; null: never ends. */
  readonly expires: Day | null
  readonly amount: number
  readonly used: number
  readonly held: number
}

/** What left an account in one period, open holds included. */
export interface Used {
  readonly account: string
  readonly per: Cap['per']
  readonly period: string
  readonly amount: number
}

export type Command =
  | { readonly kind: 'open'; readonly id: string; readonly account: Account }
  | { readonly kind: 'transfer'; readonly id: string; readonly debit: string; readonly credit: string; readonly amount: number; readonly on: Day; /** Last good day of what comes in; only for an account kept by lots. */ readonly expires?: Day | null }
  | { readonly kind: 'hold'; readonly id: string; readonly debit: string; readonly credit: string; readonly amount: number; readonly on: Day; readonly until?: Day | null }
  /** Posts `amount` (all that is left when absent); the rest stays held with `keep`, else it is freed. */
  | { readonly kind: 'post'; readonly id: string; readonly hold: string; readonly amount?: number; readonly keep?: boolean; readonly on: Day }
  | { readonly kind: 'void'; readonly id: string; readonly hold: string; readonly on: Day }
  /** What the clock does: a hold past its last day is freed, the rest of a lot past its last day leaves. */
  | { readonly kind: 'expire'; readonly id: string; readonly hold: string; readonly on: Day }
  | { readonly kind: 'expireLot'; readonly id: string; readonly account: string; readonly lot: string; readonly on: Day }
  /** All of them or none. */
  | { readonly kind: 'linked'; readonly id: string; readonly commands: readonly Exclude<Command, { kind: 'linked' }>[] }

export type RefusalCode =
  | 'ledger.idUsed' | 'ledger.badAmount' | 'ledger.badDay' | 'ledger.sameAccount' | 'ledger.noAccount' | 'ledger.otherBook' | 'ledger.accountDiffers' | 'ledger.badAccount'
  | 'ledger.belowZero' | 'ledger.aboveMost' | 'ledger.overCap' | 'ledger.noLots' | 'ledger.noHold' | 'ledger.holdClosed' | 'ledger.holdOver' | 'ledger.holdTooSmall' | 'ledger.holdNotOver'
  | 'ledger.noLot' | 'ledger.lotNotOver' | 'ledger.emptyChain'

/** One id is decided once, yes or no; a repeat gets this answer again. */
export interface Op {
  readonly id: string
  readonly print: string
  readonly refused: Refusal | null
}

export interface Refusal {
  readonly code: RefusalCode
  readonly args: Readonly<Record<string, string | number>>
}

/** New state of every record a decision touched; storing them is all that is left to do. */
export interface Changes {
  readonly accounts: readonly Account[]
  readonly balances: readonly Balance[]
  readonly transfers: readonly Transfer[]
  readonly holds: readonly Hold[]
  readonly lots: readonly Lot[]
  readonly used: readonly Used[]
  readonly ops: readonly Op[]
}

export type Decision =
  | { readonly ok: true; readonly again: boolean; readonly changes: Changes }
  | { readonly ok: false; readonly again: boolean; readonly refusal: Refusal; readonly changes: Changes }

/** What a decision reads; a store fills it with the rows a command names, `Book` holds everything. */
export interface View {
  account(id: string): Account | undefined
  balance(id: string): Balance | undefined
  transfer(id: string): Transfer | undefined
  hold(id: string): Hold | undefined
  /** Lots of an account that are not used up. */
  lots(account: string): readonly Lot[]
  lot(id: string): Lot | undefined
  used(account: string, per: Cap['per'], period: string): number
  op(id: string): Op | undefined
}

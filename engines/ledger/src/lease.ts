import type { Book } from './book.ts'
import type { Day } from './types.ts'

/** Part of a quota a device may spend without asking: a hold in the ledger, a number on the device. */
export interface Lease {
  readonly id: string
  readonly quota: string
  readonly into: string
  readonly amount: number
  readonly until: Day
}

export interface Spend {
  readonly id: string
  readonly device: string
  /** The lease the device spent from; null: it had none. */
  readonly lease: string | null
  readonly quota: string
  readonly into: string
  readonly amount: number
  readonly on: Day
}

/** What a device knows without a network. */
export interface Pocket {
  readonly lease: Lease
  readonly spent: number
}

/** [L14] A device says yes up to its lease and within its days, and no beyond: what it says yes to is already set aside. */
export function maySpend(pocket: Pocket, amount: number, on: Day): 'ok' | 'leaseSpent' | 'leaseOver' {
  if (on > pocket.lease.until) return 'leaseOver'
  return amount <= pocket.lease.amount - pocket.spent ? 'ok' : 'leaseSpent'
}

export function grantLease(book: Book, lease: Lease, on: Day): boolean {
  return book.do({ kind: 'hold', id: lease.id, debit: lease.quota, credit: lease.into, amount: lease.amount, on, until: lease.until }).ok
}

export interface Settled {
  readonly spend: Spend
  /** lease: out of what was set aside · balance: the lease was gone, the free quota bore it · conflict: not all of it could be borne. */
  readonly how: 'lease' | 'balance' | 'conflict'
  readonly covered: number
  /** Service given that no quota bears: shown to a person, never taken from the account. */
  readonly short: number
}

/**
 * [L15] What a device did while away, in whatever order and as often as it arrives: from its lease, else from the free quota, else as
 * much of it as is there and the rest is listed. Refusals are remembered by id, so a repeat finds the same way and changes nothing; the
 * same id with other content is listed and never taken from the account a second time.
 */
export function settleSpend(book: Book, spend: Spend): Settled {
  const { quota, into, amount, on } = spend
  const [leased, freed] = [book.op(spend.id), book.op(`${spend.id}/free`)]
  // Whoever came the first time without a lease does not find another one now.
  const post = spend.lease !== null && (leased !== undefined || freed === undefined) ? book.do({ kind: 'post', id: spend.id, hold: spend.lease, amount, keep: true, on }) : null
  if (post?.ok) return { spend, how: 'lease', covered: amount, short: 0 }
  if (leased !== undefined && leased.refused === null) return { spend, how: 'conflict', covered: 0, short: amount }
  const whole = book.do({ kind: 'transfer', id: `${spend.id}/free`, debit: quota, credit: into, amount, on })
  if (whole.ok) return { spend, how: 'balance', covered: amount, short: 0 }
  const free = whole.refusal.code === 'ledger.belowZero' ? Math.max(0, Number(whole.refusal.args['free'])) : 0
  const part = free > 0 && book.do({ kind: 'transfer', id: `${spend.id}/part`, debit: quota, credit: into, amount: free, on }).ok ? free : 0
  return { spend, how: 'conflict', covered: part, short: amount - part }
}

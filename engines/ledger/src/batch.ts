import { isAmount } from './amounts.ts'
import type { Side } from './types.ts'

export interface Posting {
  readonly id: string
  readonly debit: string
  readonly credit: string
  readonly amount: number
}

export interface Delta {
  readonly account: string
  readonly debits: number
  readonly credits: number
}

export interface Plan {
  readonly postings: readonly Posting[]
  /** One line an account, in the order of their ids, so that two batches lock accounts in the same order. */
  readonly deltas: readonly Delta[]
  readonly total: number
}

/** [L13] Thousands of transfers as one statement's worth: what is posted, and by how much each account moves. Debits and credits of the deltas are equal. */
export function planPostings(postings: readonly Posting[]): Plan | { readonly bad: Posting } {
  const deltas = new Map<string, { debits: number; credits: number }>()
  const of = (account: string) => {
    const known = deltas.get(account)
    if (known) return known
    const made = { debits: 0, credits: 0 }
    deltas.set(account, made)
    return made
  }
  const seen = new Set<string>()
  let total = 0
  for (const one of postings) {
    if (!isAmount(one.amount) || one.debit === one.credit || seen.has(one.id)) return { bad: one }
    seen.add(one.id)
    of(one.debit).debits += one.amount
    of(one.credit).credits += one.amount
    total += one.amount
  }
  return { postings, total, deltas: [...deltas].map(([account, sums]) => ({ account, ...sums })).sort((a, b) => (a.account < b.account ? -1 : 1)) }
}

export interface Standing {
  readonly id: string
  readonly side: Side
  readonly mayGoBelowZero: boolean
  readonly debits: number
  readonly credits: number
  /** Held of what may leave. */
  readonly held: number
}

/** Accounts a plan would take below zero and by how much: the condition the store repeats in its update. */
export function shortfalls(standings: readonly Standing[], deltas: readonly Delta[]): { readonly account: string; readonly short: number }[] {
  const moves = new Map(deltas.map((one) => [one.account, one]))
  return standings.flatMap((one) => {
    const move = moves.get(one.id)
    if (!move || one.mayGoBelowZero) return []
    const after = (one.credits + move.credits - one.debits - move.debits) * (one.side === 'credit' ? 1 : -1) - one.held
    return after < 0 ? [{ account: one.id, short: -after }] : []
  })
}

export interface Source {
  readonly id: string
  readonly free: number
}

/** Spreads amounts over sources in their order; a part that one source cannot bear whole goes on with the next. Null: together they are too small. */
export function spread<K>(amounts: readonly { readonly key: K; readonly amount: number }[], sources: readonly Source[]): { readonly key: K; readonly source: string; readonly amount: number }[] | null {
  const left = sources.map((one) => ({ ...one }))
  const parts: { key: K; source: string; amount: number }[] = []
  let i = 0
  for (const { key, amount } of amounts) {
    let open = amount
    while (open > 0) {
      const source = left[i]
      if (!source) return null
      const part = Math.min(open, Math.max(0, source.free))
      if (part > 0) parts.push({ key, source: source.id, amount: part })
      source.free -= part
      open -= part
      if (open > 0) i++
    }
  }
  return parts
}

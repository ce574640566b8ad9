import type { Command, Day } from './types.ts'

/** One book, county or shop owes another. */
export interface Claim {
  readonly from: string
  readonly to: string
  readonly amount: number
}

/** What each party is owed (positive) or owes (negative) over all claims. */
export function positions(claims: readonly Claim[]): Map<string, number> {
  const net = new Map<string, number>()
  for (const { from, to, amount } of claims) {
    net.set(from, (net.get(from) ?? 0) - amount)
    net.set(to, (net.get(to) ?? 0) + amount)
  }
  return net
}

/** [L12] Claims netted to payments: every position stays what it was, and there are fewer payments than parties. The largest debtor pays the largest creditor first. */
export function net(claims: readonly Claim[]): Claim[] {
  const order = (a: readonly [string, number], b: readonly [string, number]): number => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)
  const all = [...positions(claims)]
  const owed = all.filter(([, amount]) => amount > 0).sort(order)
  const owing = all.filter(([, amount]) => amount < 0).map(([party, amount]): [string, number] => [party, -amount]).sort(order)
  const payments: Claim[] = []
  let [i, j] = [0, 0]
  while (i < owing.length && j < owed.length) {
    const amount = Math.min(owing[i]![1], owed[j]![1])
    payments.push({ from: owing[i]![0], to: owed[j]![0], amount })
    owing[i]![1] -= amount
    owed[j]![1] -= amount
    if (owing[i]![1] === 0) i++
    if (owed[j]![1] === 0) j++
  }
  return payments
}

export interface Across {
  readonly id: string
  readonly amount: number
  readonly on: Day
  /** Account that pays in its own book, and that book's clearing account towards the other. */
  readonly payer: { readonly account: string; readonly clearing: string }
  readonly payee: { readonly account: string; readonly clearing: string }
}

/** A payment from one book into another: two transfers over the clearing accounts, both or none. */
export function acrossBooks({ id, amount, on, payer, payee }: Across): Command {
  return {
    kind: 'linked', id,
    commands: [
      { kind: 'transfer', id: `${id}/out`, debit: payer.account, credit: payer.clearing, amount, on },
      { kind: 'transfer', id: `${id}/in`, debit: payee.clearing, credit: payee.account, amount, on },
    ],
  }
}

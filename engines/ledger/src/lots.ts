import type { Draft } from './draft.ts'
import type { Day, Lot, Piece } from './types.ts'

/** [L9] First expiring first; of one day the older one. A lot without an end comes last. */
function inOrder(lots: readonly Lot[], on: Day): Lot[] {
  return lots.filter((lot) => lot.expires === null || lot.expires >= on).sort((a, b) => {
    if (a.expires !== b.expires) return a.expires === null ? 1 : b.expires === null ? -1 : a.expires < b.expires ? -1 : 1
    return a.id < b.id ? -1 : 1
  })
}

export function freeInLots(draft: Draft, account: string, on: Day): number {
  return inOrder(draft.lots(account), on).reduce((sum, lot) => sum + lot.amount - lot.used - lot.held, 0)
}

/** Sets pieces of the lots that end first aside. */
export function holdLots(draft: Draft, account: string, amount: number, on: Day): Piece[] {
  return takeFrom(draft, account, amount, on, (lot, taken) => ({ ...lot, held: lot.held + taken }))
}

export function useLots(draft: Draft, account: string, amount: number, on: Day): void {
  takeFrom(draft, account, amount, on, (lot, taken) => ({ ...lot, used: lot.used + taken }))
}

function takeFrom(draft: Draft, account: string, amount: number, on: Day, take: (lot: Lot, taken: number) => Lot): Piece[] {
  const pieces: Piece[] = []
  let left = amount
  for (const lot of inOrder(draft.lots(account), on)) {
    const taken = Math.min(left, lot.amount - lot.used - lot.held)
    if (taken <= 0) continue
    draft.putLot(take(lot, taken))
    pieces.push({ lot: lot.id, amount: taken })
    left -= taken
    if (left === 0) break
  }
  return pieces
}

/** Out of what a hold set aside: `used` of it is spent, the others go back when `free`. */
export function settlePieces(draft: Draft, pieces: readonly Piece[], used: number, free: boolean): Piece[] {
  const rest: Piece[] = []
  let left = used
  for (const piece of pieces) {
    const lot = draft.lot(piece.lot)!
    const spent = Math.min(left, piece.amount)
    left -= spent
    const over = piece.amount - spent
    draft.putLot({ ...lot, used: lot.used + spent, held: lot.held - spent - (free ? over : 0) })
    if (over > 0 && !free) rest.push({ lot: piece.lot, amount: over })
  }
  return rest
}

import { available, balanceOf, emptyBalance, heldIn, isAmount, isDay, leaves, periodOf, printOf } from './amounts.ts'
import { Draft } from './draft.ts'
import { freeInLots, holdLots, settlePieces, useLots } from './lots.ts'
import type { Account, Command, Day, Decision, Hold, Refusal, RefusalCode, Side, View } from './types.ts'

type Single = Exclude<Command, { kind: 'linked' }>

const no = (code: RefusalCode, args: Refusal['args'] = {}): Refusal => ({ code, args })

/**
 * [L2] One command on a book: the answer and the new state of every record it touches, or a refusal and nothing but the memory of
 * having refused. The same id with the same content gets the first answer again, with other content `ledger.idUsed`.
 */
export function decide(book: View, command: Command): Decision {
  const known = book.op(command.id)
  const print = printOf(command)
  const nothing = { accounts: [], balances: [], transfers: [], holds: [], lots: [], used: [], ops: [] }
  if (known && known.print !== print) return { ok: false, again: false, refusal: no('ledger.idUsed', { id: command.id }), changes: nothing }
  if (known) return known.refused ? { ok: false, again: true, refusal: known.refused, changes: nothing } : { ok: true, again: true, changes: nothing }
  const draft = new Draft(book)
  const refusal = command.kind === 'linked' ? runLinked(draft, command) : run(draft, command)
  if (refusal === null) {
    draft.putOp({ id: command.id, print, refused: null })
    return { ok: true, again: false, changes: draft.changes() }
  }
  return { ok: false, again: false, refusal, changes: { ...nothing, ops: [{ id: command.id, print, refused: refusal }] } }
}

/** [L8] Linked commands see each other's effects and hold together or not at all; each of their ids is used up by it. */
function runLinked(draft: Draft, chain: Extract<Command, { kind: 'linked' }>): Refusal | null {
  if (chain.commands.length === 0) return no('ledger.emptyChain')
  for (const [index, command] of chain.commands.entries()) {
    if (draft.op(command.id) || command.id === chain.id) return no('ledger.idUsed', { id: command.id, index })
    const refusal = run(draft, command)
    if (refusal) return no(refusal.code, { ...refusal.args, index })
    draft.putOp({ id: command.id, print: printOf(command), refused: null })
  }
  return null
}

function run(draft: Draft, command: Single): Refusal | null {
  if (command.kind !== 'open' && !isDay(command.on)) return no('ledger.badDay', { day: command.on })
  switch (command.kind) {
    case 'open': return open(draft, command.account)
    case 'transfer': return transfer(draft, command)
    case 'hold': return hold(draft, command)
    case 'post': return post(draft, command)
    case 'void': return release(draft, command.hold, 'void')
    case 'expire': return expire(draft, command.hold, command.on)
    case 'expireLot': return expireLot(draft, command)
  }
}

function open(draft: Draft, account: Account): Refusal | null {
  if (draft.account(account.id)) return no('ledger.accountDiffers', { account: account.id })
  const sound = (account.most === null || isAmount(account.most)) && account.caps.every((cap) => Number.isSafeInteger(cap.amount) && cap.amount >= 0) && (account.expiresTo === null || (account.expiresTo !== account.id && !account.mayGoBelowZero))
  if (!sound) return no('ledger.badAccount', { account: account.id })
  draft.putAccount(account)
  draft.putBalance(emptyBalance(account.id))
  return null
}

interface Ends {
  readonly debit: Account
  readonly credit: Account
}

function endsOf(draft: Draft, debitId: string, creditId: string, amount: number): Ends | Refusal {
  if (!isAmount(amount)) return no('ledger.badAmount', { amount: String(amount) })
  if (debitId === creditId) return no('ledger.sameAccount', { account: debitId })
  const [debit, credit] = [draft.account(debitId), draft.account(creditId)]
  if (!debit || !credit) return no('ledger.noAccount', { account: debit ? creditId : debitId })
  if (debit.book !== credit.book || debit.unit !== credit.unit) return no('ledger.otherBook', { debit: debit.book, credit: credit.book })
  return { debit, credit }
}

/** [L4] [L5] [L6] May so much leave this account, or come into it? */
function limits(draft: Draft, account: Account, side: Side, amount: number, on: Day): Refusal | null {
  const balance = draft.balance(account.id)!
  if (!leaves(account, side)) {
    const after = balanceOf(account, balance) + heldIn(account, balance) + amount
    if (!Number.isSafeInteger(after)) return no('ledger.badAmount', { amount: String(amount) })
    return account.most !== null && after > account.most ? no('ledger.aboveMost', { account: account.id, most: account.most, after }) : null
  }
  const free = available(account, balance)
  if (!account.mayGoBelowZero && free < amount) return no('ledger.belowZero', { account: account.id, free, amount })
  if (account.expiresTo !== null && freeInLots(draft, account.id, on) < amount) return no('ledger.belowZero', { account: account.id, free: freeInLots(draft, account.id, on), amount })
  for (const cap of account.caps) {
    const used = draft.used(account.id, cap.per, periodOf(cap.per, on))
    if (used + amount > cap.amount) return no('ledger.overCap', { account: account.id, per: cap.per, cap: cap.amount, used, amount })
  }
  return null
}

function count(draft: Draft, account: Account, side: Side, amount: number, on: Day): void {
  if (!leaves(account, side)) return
  for (const { per } of account.caps) {
    const period = periodOf(per, on)
    draft.putUsed({ account: account.id, per, period, amount: draft.used(account.id, per, period) + amount })
  }
}

function transfer(draft: Draft, command: Extract<Command, { kind: 'transfer' }>): Refusal | null {
  const ends = endsOf(draft, command.debit, command.credit, command.amount)
  if ('code' in ends) return ends
  const { debit, credit } = ends
  const { amount, on } = command
  const refusal = limits(draft, debit, 'debit', amount, on) ?? limits(draft, credit, 'credit', amount, on) ?? lotRefusal(debit, credit, command.expires)
  if (refusal) return refusal
  for (const [account, side] of [[debit, 'debit'], [credit, 'credit']] as const) {
    count(draft, account, side, amount, on)
    if (account.expiresTo === null) continue
    if (leaves(account, side)) useLots(draft, account.id, amount, on)
    else draft.putLot({ id: `${command.id}@${account.id}`, account: account.id, expires: command.expires ?? null, amount, used: 0, held: 0 })
  }
  move(draft, debit.id, credit.id, amount, 0)
  draft.putTransfer({ id: command.id, book: debit.book, debit: debit.id, credit: credit.id, amount, on, hold: null })
  return null
}

/** A last day on what goes into an account without lots would be lost. */
function lotRefusal(debit: Account, credit: Account, expires: Day | null | undefined): Refusal | null {
  if (expires === undefined || expires === null) return null
  if (!isDay(expires)) return no('ledger.badDay', { day: expires })
  const into = [debit, credit].filter((account, i) => !leaves(account, i === 0 ? 'debit' : 'credit') && account.expiresTo !== null)
  return into.length === 0 ? no('ledger.noLots', { account: credit.id }) : null
}

/** `posted` moves now, `held` is promised (negative: no longer). */
function move(draft: Draft, debit: string, credit: string, posted: number, held: number): void {
  const [d, c] = [draft.balance(debit)!, draft.balance(credit)!]
  draft.putBalance({ ...d, debits: d.debits + posted, debitsHeld: d.debitsHeld + held })
  draft.putBalance({ ...c, credits: c.credits + posted, creditsHeld: c.creditsHeld + held })
}

function hold(draft: Draft, command: Extract<Command, { kind: 'hold' }>): Refusal | null {
  const ends = endsOf(draft, command.debit, command.credit, command.amount)
  if ('code' in ends) return ends
  const { debit, credit } = ends
  const { amount, on } = command
  const until = command.until ?? null
  if (until !== null && (!isDay(until) || until < on)) return no('ledger.badDay', { day: until })
  // What a hold brings later has no last day of its own, so it cannot come into an account kept by lots.
  if ((debit.expiresTo !== null && !leaves(debit, 'debit')) || (credit.expiresTo !== null && !leaves(credit, 'credit'))) return no('ledger.noLots', { account: credit.id })
  const refusal = limits(draft, debit, 'debit', amount, on) ?? limits(draft, credit, 'credit', amount, on)
  if (refusal) return refusal
  count(draft, debit, 'debit', amount, on)
  count(draft, credit, 'credit', amount, on)
  const pieces = [debit, credit].flatMap((account, i) => (account.expiresTo !== null && leaves(account, i === 0 ? 'debit' : 'credit') ? holdLots(draft, account.id, amount, on) : []))
  move(draft, debit.id, credit.id, 0, amount)
  draft.putHold({ id: command.id, book: debit.book, debit: debit.id, credit: credit.id, amount, drawn: 0, on, until, state: 'open', pieces })
  return null
}

/** [L7] Posting takes at most what is left of the hold and asks no limit again: the hold has asked them. */
function post(draft: Draft, command: Extract<Command, { kind: 'post' }>): Refusal | null {
  const held = openHold(draft, command.hold)
  if ('code' in held) return held
  if (held.until !== null && command.on > held.until) return no('ledger.holdOver', { hold: held.id, until: held.until })
  const left = held.amount - held.drawn
  const amount = command.amount ?? left
  if (!isAmount(amount)) return no('ledger.badAmount', { amount: String(amount) })
  if (amount > left) return no('ledger.holdTooSmall', { hold: held.id, left, amount })
  const keep = command.keep === true && amount < left
  move(draft, held.debit, held.credit, amount, keep ? -amount : -left)
  if (!keep) uncount(draft, held, left - amount)
  const pieces = [held.debit, held.credit].flatMap((account) => settlePieces(draft, held.pieces.filter((piece) => draft.lot(piece.lot)!.account === account), amount, !keep))
  draft.putHold({ ...held, drawn: held.drawn + amount, state: keep ? 'open' : 'done', pieces })
  draft.putTransfer({ id: command.id, book: held.book, debit: held.debit, credit: held.credit, amount, on: command.on, hold: held.id })
  return null
}

function openHold(draft: Draft, id: string): Hold | Refusal {
  const held = draft.hold(id)
  if (!held) return no('ledger.noHold', { hold: id })
  return held.state === 'open' ? held : no('ledger.holdClosed', { hold: id, state: held.state })
}

/** What was promised and not posted does not count against a cap. */
function uncount(draft: Draft, held: Hold, amount: number): void {
  if (amount === 0) return
  count(draft, draft.account(held.debit)!, 'debit', -amount, held.on)
  count(draft, draft.account(held.credit)!, 'credit', -amount, held.on)
}

function release(draft: Draft, id: string, state: 'void' | 'expired'): Refusal | null {
  const held = openHold(draft, id)
  if ('code' in held) return held
  const left = held.amount - held.drawn
  move(draft, held.debit, held.credit, 0, -left)
  uncount(draft, held, left)
  settlePieces(draft, held.pieces, 0, true)
  draft.putHold({ ...held, state, pieces: [] })
  return null
}

function expire(draft: Draft, id: string, on: Day): Refusal | null {
  const held = openHold(draft, id)
  if ('code' in held) return held
  return held.until === null || on <= held.until ? no('ledger.holdNotOver', { hold: id }) : release(draft, id, 'expired')
}

/** [L10] What is left of a lot after its last day leaves to the account named for it; what a hold has set aside waits for the hold. */
function expireLot(draft: Draft, command: Extract<Command, { kind: 'expireLot' }>): Refusal | null {
  const account = draft.account(command.account)
  const lot = draft.lot(command.lot)
  if (!account || account.expiresTo === null || !lot || lot.account !== account.id) return no('ledger.noLot', { lot: command.lot })
  const amount = lot.amount - lot.used - lot.held
  if (lot.expires === null || command.on <= lot.expires || amount === 0) return no('ledger.lotNotOver', { lot: lot.id })
  const [debit, credit] = account.side === 'credit' ? [account.id, account.expiresTo] : [account.expiresTo, account.id]
  const ends = endsOf(draft, debit, credit, amount)
  if ('code' in ends) return ends
  draft.putLot({ ...lot, used: lot.used + amount })
  move(draft, debit, credit, amount, 0)
  draft.putTransfer({ id: command.id, book: account.book, debit, credit, amount, on: command.on, hold: null })
  return null
}

import { expect, test } from 'vitest'
import { acrossBooks, Book, checkRows, decide, grantLease, maySpend, net, planPostings, positions, settleSpend, shortfalls, spread, available, balanceOf } from './index.ts'
import type { Account, Changes, Command, RefusalCode } from './index.ts'
import { createRandom } from './sim/index.ts'

const plain: Omit<Account, 'id' | 'side'> = { book: 'b', unit: 'fen', mayGoBelowZero: false, most: null, caps: [], expiresTo: null }

function newBook(...accounts: readonly (Partial<Account> & { id: string })[]): Book {
  const book = new Book()
  for (const account of [{ id: 'in', side: 'debit' as const, mayGoBelowZero: true }, { id: 'out' }, ...accounts]) book.do({ kind: 'open', id: `open ${account.id}`, account: { ...plain, side: 'credit', ...account } })
  return book
}

let n = 0
const on = '2026-07-16'
const move = (debit: string, credit: string, amount: number, more: object = {}): Command => ({ kind: 'transfer', id: `t${n++}`, debit, credit, amount, on, ...more })
const code = (book: Book, command: Command): 'ok' | RefusalCode => {
  const decision = book.do(command)
  return decision.ok ? 'ok' : decision.refusal.code
}
const has = (book: Book, id: string): number => balanceOf(book.account(id)!, book.balance(id)!)
const free = (book: Book, id: string): number => available(book.account(id)!, book.balance(id)!)

test('[L1] an amount that is not a positive whole number is refused, and so is one that no longer adds up exactly', () => {
  const book = newBook({ id: 'fund' })
  for (const amount of [0, -1, 0.5, Number.NaN, 2 ** 53]) expect(code(book, move('in', 'fund', amount))).toBe('ledger.badAmount')
  expect(code(book, move('in', 'fund', 2 ** 53 - 1))).toBe('ok')
  expect(code(book, move('in', 'fund', 1))).toBe('ledger.badAmount')
})

test('[L2] one id, one answer: repeats of a yes and of a no change nothing, other content is refused', () => {
  const book = newBook({ id: 'fund' })
  const early = move('fund', 'out', 5)
  expect(code(book, early)).toBe('ledger.belowZero')
  const come = move('in', 'fund', 100)
  expect(book.do(come)).toMatchObject({ ok: true, again: false })
  expect(book.do(come)).toMatchObject({ ok: true, again: true })
  expect(has(book, 'fund')).toBe(100)
  // The money is there now; the doubled message of before still hears no.
  expect(book.do(early)).toMatchObject({ ok: false, again: true, refusal: { code: 'ledger.belowZero' } })
  expect(code(book, { ...come, amount: 7 } as Command)).toBe('ledger.idUsed')
})

test('[L2] deciding changes nothing by itself', () => {
  const book = newBook({ id: 'fund' })
  const before = JSON.stringify(book.rows())
  decide(book, move('in', 'fund', 100))
  expect(JSON.stringify(book.rows())).toBe(before)
})

test('[L3] both ends in one book and one unit; an account grows on its own side', () => {
  const book = newBook({ id: 'fund' }, { id: 'far', book: 'other' }, { id: 'minutes', unit: 'minute' }, { id: 'stock', side: 'debit' })
  expect(code(book, move('in', 'far', 1))).toBe('ledger.otherBook')
  expect(code(book, move('in', 'minutes', 1))).toBe('ledger.otherBook')
  expect(code(book, move('in', 'in', 1))).toBe('ledger.sameAccount')
  expect(code(book, move('in', 'nobody', 1))).toBe('ledger.noAccount')
  expect(code(book, move('stock', 'fund', 30))).toBe('ok')
  expect([has(book, 'stock'), has(book, 'fund')]).toEqual([30, 30])
  expect(code(book, { kind: 'open', id: 'x', account: { ...plain, id: 'fund', side: 'debit' } })).toBe('ledger.accountDiffers')
})

test('[L4] held money is not there, promised money is not there yet', () => {
  const book = newBook({ id: 'fund' }, { id: 'shop' })
  book.do(move('in', 'fund', 100))
  book.do({ kind: 'hold', id: 'h', debit: 'fund', credit: 'shop', amount: 70, on })
  expect([has(book, 'fund'), free(book, 'fund'), free(book, 'shop')]).toEqual([100, 30, 0])
  expect(code(book, move('fund', 'out', 31))).toBe('ledger.belowZero')
  expect(code(book, move('shop', 'out', 1))).toBe('ledger.belowZero')
  expect(code(book, move('fund', 'out', 30))).toBe('ok')
})

test('[L5] no more than the most, what is promised to come counted', () => {
  const book = newBook({ id: 'purse', most: 50 })
  book.do({ kind: 'hold', id: 'h', debit: 'in', credit: 'purse', amount: 30, on })
  expect(code(book, move('in', 'purse', 21))).toBe('ledger.aboveMost')
  expect(code(book, move('in', 'purse', 20))).toBe('ok')
})

test('[L6] caps by calendar day, month and year; a hold counts on its day and gives back what it did not use', () => {
  const book = newBook({ id: 'fund', caps: [{ per: 'month', amount: 100 }] })
  book.do(move('in', 'fund', 1000))
  book.do({ kind: 'hold', id: 'h', debit: 'fund', credit: 'out', amount: 80, on: '2026-07-31' })
  expect(code(book, move('fund', 'out', 21, { on: '2026-07-01' }))).toBe('ledger.overCap')
  expect(code(book, move('fund', 'out', 100, { on: '2026-08-01' }))).toBe('ok')
  book.do({ kind: 'post', id: 'p', hold: 'h', amount: 10, on: '2026-08-02' })
  expect(code(book, move('fund', 'out', 90, { on: '2026-07-01' }))).toBe('ok')
  expect(code(book, move('fund', 'out', 1, { on: '2026-07-01' }))).toBe('ledger.overCap')
})

test('[L7] a hold is posted in parts, up to what is left and to its last day, or freed', () => {
  const book = newBook({ id: 'fund' })
  book.do(move('in', 'fund', 100))
  book.do({ kind: 'hold', id: 'h', debit: 'fund', credit: 'out', amount: 60, on, until: '2026-07-31' })
  expect(code(book, { kind: 'post', id: 'p1', hold: 'h', amount: 20, keep: true, on })).toBe('ok')
  expect(code(book, { kind: 'post', id: 'p2', hold: 'h', amount: 41, on })).toBe('ledger.holdTooSmall')
  expect(code(book, { kind: 'post', id: 'p3', hold: 'h', on: '2026-08-01' })).toBe('ledger.holdOver')
  expect(code(book, { kind: 'expire', id: 'e1', hold: 'h', on: '2026-07-31' })).toBe('ledger.holdNotOver')
  expect(code(book, { kind: 'expire', id: 'e2', hold: 'h', on: '2026-08-01' })).toBe('ok')
  expect([has(book, 'fund'), free(book, 'fund'), has(book, 'out')]).toEqual([80, 80, 20])
  expect(code(book, { kind: 'void', id: 'v', hold: 'h', on })).toBe('ledger.holdClosed')
  expect(code(book, { kind: 'void', id: 'v2', hold: 'nobody', on })).toBe('ledger.noHold')
})

test('[L8] linked commands see each other and hold together or not at all', () => {
  const book = newBook({ id: 'fund' })
  const chain = (id: string, last: number): Command => ({ kind: 'linked', id, commands: [{ kind: 'transfer', id: `${id}a`, debit: 'in', credit: 'fund', amount: 10, on }, { kind: 'transfer', id: `${id}b`, debit: 'fund', credit: 'out', amount: last, on }] })
  expect(code(book, chain('x', 11))).toBe('ledger.belowZero')
  expect([has(book, 'in'), has(book, 'fund'), has(book, 'out')]).toEqual([0, 0, 0])
  expect(code(book, chain('y', 10))).toBe('ok')
  expect([has(book, 'in'), has(book, 'fund'), has(book, 'out')]).toEqual([10, 0, 10])
  expect(code(book, { kind: 'linked', id: 'z', commands: [] })).toBe('ledger.emptyChain')
})

const couponBook = (): Book => {
  const book = newBook({ id: 'lapsed' }, { id: 'coupons', expiresTo: 'lapsed' })
  book.do({ ...move('in', 'coupons', 10), id: 'late', expires: '2026-12-31' } as Command)
  book.do({ ...move('in', 'coupons', 10), id: 'soon', expires: '2026-07-31' } as Command)
  return book
}
const left = (book: Book, lot: string): number => book.lot(`${lot}@coupons`)!.amount - book.lot(`${lot}@coupons`)!.used

test('[L9] what expires first leaves first, what has expired not at all', () => {
  const book = couponBook()
  book.do(move('coupons', 'out', 4))
  expect([left(book, 'soon'), left(book, 'late')]).toEqual([6, 10])
  expect(code(book, move('coupons', 'out', 11, { on: '2026-08-01' }))).toBe('ledger.belowZero')
  expect(code(book, move('coupons', 'out', 10, { on: '2026-08-01' }))).toBe('ok')
  expect([left(book, 'soon'), left(book, 'late')]).toEqual([6, 0])
  expect(code(book, move('in', 'out', 1, { expires: '2026-08-01' }))).toBe('ledger.noLots')
})

test('[L10] the rest of a lot leaves after its last day, once, and waits for what a hold has aside', () => {
  const book = couponBook()
  book.do({ kind: 'hold', id: 'h', debit: 'coupons', credit: 'out', amount: 4, on, until: '2026-08-10' })
  expect(book.due('2026-07-31')).toEqual([])
  for (const command of book.due('2026-08-01')) book.do(command)
  expect([has(book, 'lapsed'), left(book, 'soon')]).toEqual([6, 4])
  for (const command of book.due('2026-08-11')) book.do(command)
  expect([has(book, 'lapsed'), has(book, 'coupons')]).toEqual([10, 10])
  expect(checkRows(book.rows())).toEqual([])
})

test('[L11] the checker finds planted damage of every kind', () => {
  const book = couponBook()
  book.do({ kind: 'hold', id: 'h', debit: 'coupons', credit: 'out', amount: 4, on })
  book.do(move('in', 'out', 3))
  const rows = book.rows()
  const damaged = (change: Partial<Changes>): string[] => checkRows({ ...rows, ...change }).map((one) => one.rule)
  expect(checkRows(rows)).toEqual([])
  expect(damaged({ balances: rows.balances.map((one) => (one.account === 'out' ? { ...one, credits: one.credits + 1 } : one)) })).toEqual(expect.arrayContaining(['sumZero', 'balance']))
  expect(damaged({ balances: rows.balances.map((one) => ({ ...one, debitsHeld: 0 })) })).toContain('held')
  expect(damaged({ transfers: [...rows.transfers, rows.transfers[0]!] })).toContain('idTwice')
  expect(damaged({ transfers: rows.transfers.map((one) => ({ ...one, debit: 'nobody' })) })).toContain('orphan')
  expect(damaged({ transfers: rows.transfers.map((one) => ({ ...one, book: 'c' })) })).toContain('otherBook')
  expect(damaged({ lots: rows.lots.map((one) => ({ ...one, held: 0 })) })).toContain('lots')
  expect(damaged({ holds: rows.holds.map((one) => ({ ...one, drawn: 1 })) })).toContain('hold')
  expect(damaged({ accounts: rows.accounts.map((one) => (one.id === 'in' ? { ...one, side: 'credit', mayGoBelowZero: false } : one)) })).toContain('belowZero')
  expect(damaged({ accounts: rows.accounts.map((one) => (one.id === 'coupons' ? { ...one, most: 1 } : one)) })).toContain('aboveMost')
  expect(damaged({ accounts: rows.accounts.map((one) => (one.id === 'coupons' ? { ...one, caps: [{ per: 'ever', amount: 1 }] } : one)) })).toContain('overCap')
})

test('[L12] netting keeps every position with fewer payments than parties; money crosses books over clearing accounts', () => {
  const random = createRandom(7)
  for (let round = 0; round < 50; round++) {
    const claims = Array.from({ length: 30 }, () => ({ from: `p${random.int(8)}`, to: `p${random.int(8)}`, amount: 1 + random.int(1000) })).filter((one) => one.from !== one.to)
    const before = positions(claims)
    const payments = net(claims)
    const after = positions(payments)
    for (const [party, amount] of before) expect(after.get(party) ?? 0).toBe(amount)
    expect(payments.length).toBeLessThan(before.size)
  }
  const book = newBook({ id: 'purse' }, { id: 'to b2' }, { id: 'from b', book: 'b2', side: 'debit', mayGoBelowZero: true }, { id: 'shop', book: 'b2' })
  book.do(move('in', 'purse', 9))
  const across = (id: string, amount: number) => acrossBooks({ id, amount, on, payer: { account: 'purse', clearing: 'to b2' }, payee: { account: 'shop', clearing: 'from b' } })
  expect(code(book, across('a', 10))).toBe('ledger.belowZero')
  expect(code(book, across('b', 9))).toBe('ok')
  expect([has(book, 'purse'), has(book, 'shop'), has(book, 'to b2') - has(book, 'from b')]).toEqual([0, 9, 0])
  expect(checkRows(book.rows())).toEqual([])
})

test('[L13] a plan is one line an account with equal sides; sources are used up in their order', () => {
  const plan = planPostings([{ id: '1', debit: 'f', credit: 'p', amount: 5 }, { id: '2', debit: 'f', credit: 'q', amount: 7 }])
  expect(plan).toMatchObject({ total: 12, deltas: [{ account: 'f', debits: 12, credits: 0 }, { account: 'p', debits: 0, credits: 5 }, { account: 'q', debits: 0, credits: 7 }] })
  for (const bad of [{ id: '1', debit: 'f', credit: 'f', amount: 5 }, { id: '1', debit: 'f', credit: 'p', amount: 0 }]) expect(planPostings([bad])).toEqual({ bad })
  expect(planPostings([{ id: '1', debit: 'f', credit: 'p', amount: 5 }, { id: '1', debit: 'f', credit: 'p', amount: 5 }])).toMatchObject({ bad: { id: '1' } })
  const standing = { id: 'f', side: 'credit' as const, mayGoBelowZero: false, debits: 0, credits: 15, held: 4 }
  expect('deltas' in plan && shortfalls([standing], plan.deltas)).toEqual([{ account: 'f', short: 1 }])
  expect('deltas' in plan && shortfalls([{ ...standing, held: 3 }], plan.deltas)).toEqual([])
  expect(spread([{ key: 'x', amount: 6 }, { key: 'y', amount: 3 }], [{ id: 's1', free: 4 }, { id: 's2', free: 5 }])).toEqual([{ key: 'x', source: 's1', amount: 4 }, { key: 'x', source: 's2', amount: 2 }, { key: 'y', source: 's2', amount: 3 }])
  expect(spread([{ key: 'x', amount: 10 }], [{ id: 's1', free: 4 }, { id: 's2', free: 5 }])).toBeNull()
})

test('[L14] a device spends its lease within its days and nothing beyond', () => {
  const lease = { id: 'l', quota: 'q', into: 'out', amount: 60, until: '2026-07-31' }
  expect(maySpend({ lease, spent: 20 }, 40, '2026-07-31')).toBe('ok')
  expect(maySpend({ lease, spent: 20 }, 41, '2026-07-31')).toBe('leaseSpent')
  expect(maySpend({ lease, spent: 0 }, 1, '2026-08-01')).toBe('leaseOver')
})

test('[L15] what came in while away is borne by lease, free quota or in part, the same way however often it arrives', () => {
  const book = newBook({ id: 'q' })
  book.do(move('in', 'q', 100))
  expect(grantLease(book, { id: 'l', quota: 'q', into: 'out', amount: 60, until: '2026-07-31' }, on)).toBe(true)
  const spend = (id: string, lease: string | null, amount: number) => settleSpend(book, { id, device: 'd', lease, quota: 'q', into: 'out', amount, on })
  expect(spend('a', 'l', 50)).toMatchObject({ how: 'lease', covered: 50 })
  expect(spend('b', null, 30)).toMatchObject({ how: 'balance', covered: 30 })
  expect(spend('c', 'l', 25)).toMatchObject({ how: 'conflict', covered: 10, short: 15 })
  expect(spend('d', 'l', 10)).toMatchObject({ how: 'lease', covered: 10 })
  const before = JSON.stringify(book.rows())
  expect([spend('c', 'l', 25), spend('a', 'l', 50), spend('b', null, 30)].map((one) => [one.how, one.covered])).toEqual([['conflict', 10], ['lease', 50], ['balance', 30]])
  expect(JSON.stringify(book.rows())).toBe(before)
  expect([has(book, 'q'), has(book, 'out')]).toEqual([0, 100])
})

test('[L15] an id that comes again with another amount, day or lease is listed and takes nothing a second time', () => {
  const book = newBook({ id: 'q' })
  book.do(move('in', 'q', 500))
  for (const lease of ['l', 'm']) grantLease(book, { id: lease, quota: 'q', into: 'out', amount: 60, until: '2026-07-31' }, on)
  const spend = (id: string, lease: string | null, amount: number, day = on) => settleSpend(book, { id, device: 'd', lease, quota: 'q', into: 'out', amount, on: day })
  spend('a', 'l', 20)
  spend('b', null, 20)
  const before = [has(book, 'q'), has(book, 'out')]
  expect([spend('a', 'l', 30), spend('a', null, 20), spend('a', 'm', 20), spend('b', null, 30), spend('b', null, 20, '2026-07-30')].map((one) => [one.how, one.covered])).toEqual(Array(5).fill(['conflict', 0]))
  expect(spend('b', 'l', 20)).toMatchObject({ how: 'balance', covered: 20 })
  expect([has(book, 'q'), has(book, 'out')]).toEqual(before)
})

/**
 * POL-08: quotas spent by devices without a network. Devices hold leases, spend while away, come back in any order, send everything twice
 * now and then, spend past their lease when a service could not wait, and some leases run out before they return.
 */
import { Book } from '../book.ts'
import { checkRows } from '../check.ts'
import { grantLease, maySpend, settleSpend, type Lease, type Settled, type Spend } from '../lease.ts'
import { balanceOf } from '../amounts.ts'
import { createRandom } from './random.ts'

export interface Offline {
  readonly seed: number
  readonly debits: number
  readonly devices: number
  readonly quotas: number
  readonly byLease: number
  readonly byBalance: number
  readonly conflicts: number
  readonly repeats: number
  /** Minutes asked for, borne by quotas, and listed as borne by none: the first is the sum of the others. */
  readonly asked: number
  readonly covered: number
  readonly short: number
  readonly granted: number
  readonly fault: string | null
}

const ROUNDS = 10

export function offline(seed: number, debits: number, devices = 100, quotas = 500): Offline {
  const random = createRandom(seed)
  const book = new Book()
  const account = { book: 'quota', unit: 'minute', most: null, caps: [], expiresTo: null }
  book.do({ kind: 'open', id: 'o1', account: { ...account, id: 'grants', side: 'debit', mayGoBelowZero: true } })
  book.do({ kind: 'open', id: 'o2', account: { ...account, id: 'used', side: 'credit', mayGoBelowZero: false } })
  for (let q = 0; q < quotas; q++) book.do({ kind: 'open', id: `oq${q}`, account: { ...account, id: `q${q}`, side: 'credit', mayGoBelowZero: false } })
  const perQuota = Math.ceil(debits / quotas)
  let granted = 0
  const outcome = { byLease: 0, byBalance: 0, conflicts: 0, repeats: 0, asked: 0, covered: 0, short: 0 }
  const settled = new Map<string, { how: string; covered: number }>()
  let fault: string | null = null
  for (let round = 0, made = 0; round < ROUNDS && fault === null; round++) {
    const on = `2026-${String(round + 1).padStart(2, '0')}-01`
    const leases = new Map<string, { lease: Lease; spent: number }>()
    for (let q = 0; q < quotas; q++) {
      // Less than will be asked for, so that quotas do run dry.
      const grant = Math.floor((perQuota / ROUNDS) * 20 * (0.7 + random.int(50) / 100))
      granted += grant
      book.do({ kind: 'transfer', id: `g${round}.${q}`, debit: 'grants', credit: `q${q}`, amount: grant, on })
      for (let d = 0; d < 3; d++) {
        const device = random.int(devices)
        const lease: Lease = { id: `lease${round}.${q}.${device}.${d}`, quota: `q${q}`, into: 'used', amount: Math.max(1, Math.floor(grant / 4)), until: random.chance(5) ? on : `${on.slice(0, 8)}28` }
        if (grantLease(book, lease, on)) leases.set(`${device}|q${q}`, { lease, spent: 0 })
      }
    }
    const away: Spend[] = []
    const upTo = Math.floor((debits * (round + 1)) / ROUNDS)
    for (; made < upTo; made++) away.push(spendOffline(made, random, leases, devices, quotas, on))
    // The clock frees what ran out while its device is still away.
    if (random.chance(2)) for (const command of book.due(`${on.slice(0, 8)}15`)) book.do(command)
    shuffle(away, random)
    for (const spend of away) {
      const first = settleSpend(book, spend)
      count(outcome, first)
      settled.set(spend.id, { how: first.how, covered: first.covered })
      if (!random.chance(8)) continue
      outcome.repeats++
      const again = settleSpend(book, spend)
      if (again.how !== first.how || again.covered !== first.covered) fault ??= `${spend.id}: first ${first.how} ${first.covered}, then ${again.how} ${again.covered}`
    }
    for (const command of book.due(`${on.slice(0, 8)}29`)) book.do(command)
  }
  fault ??= judge(book, outcome, granted, quotas)
  return { seed, debits, devices, quotas, ...outcome, granted, fault }
}

function spendOffline(n: number, random: ReturnType<typeof createRandom>, leases: Map<string, { lease: Lease; spent: number }>, devices: number, quotas: number, on: string): Spend {
  const [device, quota] = [random.int(devices), `q${random.int(quotas)}`]
  const amount = 1 + random.int(40)
  const day = `${on.slice(0, 8)}${String(1 + random.int(28)).padStart(2, '0')}`
  const held = [...Array(8).keys()].map((i) => leases.get(`${(device + i) % devices}|${quota}`)).find((one) => one !== undefined)
  if (held && maySpend({ lease: held.lease, spent: held.spent }, amount, day) === 'ok') {
    held.spent += amount
    return { id: `s${n}`, device: `d${device}`, lease: held.lease.id, quota, into: 'used', amount, on: day }
  }
  return { id: `s${n}`, device: `d${device}`, lease: null, quota, into: 'used', amount, on: day }
}

function count(outcome: { byLease: number; byBalance: number; conflicts: number; asked: number; covered: number; short: number }, { how, covered, short, spend }: Settled): void {
  if (how === 'lease') outcome.byLease++
  else if (how === 'balance') outcome.byBalance++
  else outcome.conflicts++
  outcome.asked += spend.amount
  outcome.covered += covered
  outcome.short += short
}

function judge(book: Book, outcome: { asked: number; covered: number; short: number }, granted: number, quotas: number): string | null {
  if (outcome.asked !== outcome.covered + outcome.short) return `asked ${outcome.asked}, borne ${outcome.covered} and not borne ${outcome.short}`
  const used = balanceOf(book.account('used')!, book.balance('used')!)
  if (used !== outcome.covered) return `the ledger has ${used} used, the answers say ${outcome.covered}`
  if (used > granted) return `${used} used of ${granted} granted`
  for (let q = 0; q < quotas; q++) if (balanceOf(book.account(`q${q}`)!, book.balance(`q${q}`)!) < 0) return `q${q} is below zero`
  const [finding] = checkRows(book.rows())
  return finding ? `${finding.rule} ${finding.at}: ${finding.text}` : null
}

function shuffle<T>(list: T[], random: ReturnType<typeof createRandom>): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
}

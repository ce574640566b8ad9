import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulate, type Engine } from './sim/index.ts'

/** Mistakes somebody could make in the engine. The simulation must notice each, or it proves nothing. */
const FAULTS: readonly { readonly what: string; readonly file: string; readonly find: string; readonly put: string }[] = [
  { what: 'a repeated id is posted again', file: 'decide.ts', find: 'if (known) return known.refused', put: 'if (known?.refused) return known.refused' },
  { what: 'an id with other content passes for a repeat', file: 'decide.ts', find: 'known.print !== print', put: 'false' },
  { what: 'a refusal is forgotten, so a late double succeeds', file: 'decide.ts', find: 'ops: [{ id: command.id, print, refused: refusal }]', put: 'ops: []' },
  { what: 'held money can be spent', file: 'amounts.ts', find: 'return balanceOf(account, balance) - heldOut(account, balance)', put: 'return balanceOf(account, balance)' },
  { what: 'money promised to come can be spent', file: 'amounts.ts', find: '- heldOut(account, balance)', put: '- heldOut(account, balance) + heldIn(account, balance)' },
  { what: 'an account goes one below zero', file: 'decide.ts', find: 'free < amount) return no', put: 'free + 1 < amount) return no' },
  { what: 'the sides of debit-normal accounts are mixed up', file: 'amounts.ts', find: 'balance.credits - balance.debits : balance.debits - balance.credits', put: 'balance.credits - balance.debits : balance.credits - balance.debits' },
  { what: 'the most of an account is not asked', file: 'decide.ts', find: 'account.most !== null && after > account.most', put: 'false' },
  { what: 'the most forgets what is promised to come', file: 'decide.ts', find: 'balanceOf(account, balance) + heldIn(account, balance) + amount', put: 'balanceOf(account, balance) + amount' },
  { what: 'a cap is not counted', file: 'decide.ts', find: 'amount: draft.used(account.id, per, period) + amount', put: 'amount: draft.used(account.id, per, period)' },
  { what: 'a cap is not given back by a void', file: 'decide.ts', find: 'uncount(draft, held, left)\n  settlePieces', put: 'settlePieces' },
  { what: 'a month cap counts by the day', file: 'amounts.ts', find: "per === 'month' ? on.slice(0, 7)", put: "per === 'month' ? on" },
  { what: 'a posted hold keeps its rest held', file: 'decide.ts', find: 'keep ? -amount : -left', put: '-amount' },
  { what: 'a hold can be posted twice over', file: 'decide.ts', find: 'if (amount > left) return', put: 'if (amount > held.amount) return' },
  { what: 'a hold can be posted after its last day', file: 'decide.ts', find: 'held.until !== null && command.on > held.until', put: 'false' },
  { what: 'a closed hold can be voided', file: 'decide.ts', find: "return held.state === 'open' ? held", put: "return held.state !== 'void' ? held" },
  { what: 'a chain keeps its first half', file: 'decide.ts', find: "if (refusal) return no(refusal.code, { ...refusal.args, index })", put: 'if (refusal) return index > 0 ? null : refusal' },
  { what: 'the ids in a chain may be used again', file: 'decide.ts', find: "draft.putOp({ id: command.id, print: printOf(command), refused: null })\n  }\n  return null", put: '}\n  return null' },
  { what: 'lots leave in the order they came', file: 'lots.ts', find: 'a.expires < b.expires ? -1 : 1', put: 'a.id < b.id ? -1 : 1' },
  { what: 'what expired is spent', file: 'lots.ts', find: 'lot.expires === null || lot.expires >= on', put: 'true' },
  { what: 'a lot is spent while a hold has it aside', file: 'lots.ts', find: 'Math.min(left, lot.amount - lot.used - lot.held)', put: 'Math.min(left, lot.amount - lot.used)' },
  { what: 'a void leaves its lots aside', file: 'lots.ts', find: 'lot.held - spent - (free ? over : 0)', put: 'lot.held - spent' },
  { what: 'an expiring lot takes what a hold has aside', file: 'decide.ts', find: 'const amount = lot.amount - lot.used - lot.held', put: 'const amount = lot.amount - lot.used' },
  { what: 'a lot leaves on its last day', file: 'decide.ts', find: 'command.on <= lot.expires', put: 'command.on < lot.expires' },
  { what: 'books mix', file: 'decide.ts', find: 'debit.book !== credit.book || debit.unit !== credit.unit', put: 'false' },
  { what: 'half a fen passes', file: 'amounts.ts', find: 'Number.isSafeInteger(amount) && amount > 0', put: 'amount > 0' },
  { what: 'the credit side is forgotten', file: 'decide.ts', find: 'credits: c.credits + posted', put: 'credits: c.credits' },
  { what: 'a crash loses how much of a hold was posted', file: 'book.ts', find: 'this.#holds.set(one.id, one)', put: 'this.#holds.set(one.id, { ...one, drawn: 0 })' },
  { what: 'what is left of a lot is forgotten once some of it is used', file: 'book.ts', find: 'if (lot.used < lot.amount) open.add', put: 'if (lot.used === 0) open.add' },
]

const SEEDS = 60
const folder = mkdtempSync(join(tmpdir(), 'songbai-ledger-'))
const engines: Engine[] = []

beforeAll(async () => {
  for (const [i, fault] of FAULTS.entries()) {
    const copy = join(folder, String(i))
    cpSync(import.meta.dirname, copy, { recursive: true, filter: (path) => !/\.test\.ts$|[\\/]sim$/.test(path) })
    const source = readFileSync(join(copy, fault.file), 'utf8')
    if (source.split(fault.find).length !== 2) throw new Error(`fault ${i} (${fault.what}) no longer fits ${fault.file}`)
    writeFileSync(join(copy, fault.file), source.replace(fault.find, fault.put))
    engines.push((await import(/* @vite-ignore */ join(copy, 'index.ts'))) as Engine)
  }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(FAULTS.map((fault, i) => [fault.what, i] as const))('[L17] the simulation notices: %s', (_what, i) => {
  let caught: number | null = null
  for (let seed = 1; seed <= SEEDS && caught === null; seed++) {
    try {
      if (simulate(engines[i]!, seed).fault !== null) caught = seed
    } catch {
      caught = seed
    }
  }
  expect(caught).not.toBeNull()
})

import { expect, test } from 'vitest'
import * as engine from './index.ts'
import { offline, simulate, type Engine } from './sim/index.ts'

const SEEDS = 200

test(`[L16] ${SEEDS} seeds of doubled, reordered, lost and crashed histories: every answer and balance is that of the naive ledger`, () => {
  const totals = { delivered: 0, crashes: 0, accepted: 0, refused: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const outcome = simulate(engine as unknown as Engine, seed)
    if (outcome.fault !== null) throw new Error(`seed ${seed}: ${outcome.fault}`)
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += outcome[key]
  }
  // The histories must do something: both answers often, and the machine must fall over.
  expect(totals.accepted).toBeGreaterThan(SEEDS * 20)
  expect(totals.refused).toBeGreaterThan(SEEDS * 20)
  expect(totals.crashes).toBeGreaterThan(SEEDS * 10)
})

test('[L15] POL-08: 60,000 debits from 100 devices that were offline never exceed the quotas; what no quota bears is listed', () => {
  const outcome = offline(20260716, 60_000)
  expect(outcome.fault).toBeNull()
  expect(outcome.byLease).toBeGreaterThan(1000)
  expect(outcome.byBalance).toBeGreaterThan(1000)
  expect(outcome.conflicts).toBeGreaterThan(100)
  expect(outcome.covered).toBeLessThanOrEqual(outcome.granted)
})

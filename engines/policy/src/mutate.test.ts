import { describe, expect, it } from 'vitest'
import { compilePolicySet, mutatePolicy, parsePolicy, survivingMutants } from './index.ts'
import type { Policy, PolicySet } from './index.ts'
import { loadFacts } from '../fixtures/load.ts'

const facts = loadFacts()

function made(cases: string, rows = "[{ id: r, when: 'age >= limit && grown && ability >= \"severe\"', amount: 500, basis: b, to: 2025-12-31 }]"): { policy: Policy; set: PolicySet } {
  const parsed = parsePolicy(`policy: x
title: x
region: 50
version: 1
effective: { from: 2024-01-01 }
basis: { b: { doc: d } }
params:
  limit: { values: { 2024-01-01: 70, 2025-01-01: 65 }, basis: b }
let:
  grown: hukou == "local" || homeless
table:
  rows: ${rows}
cases:
${cases}`, facts)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  const set = compilePolicySet([parsed.policy], facts)
  if ('problems' in set) throw new Error(JSON.stringify(set.problems))
  return { policy: parsed.policy, set: set.set }
}

const NO_CASES = '  []'

describe('mutation', () => {
  it('[L8] every condition, limit, code, amount and date of the file is changed once', () => {
    const { policy, set } = made(NO_CASES)
    expect(mutatePolicy(policy, set.facts).map(m => m.what.en)).toEqual([
      '"grown": without hukou == "local"', '"grown": without homeless', '"grown": hukou == "local" || homeless becomes hukou == "local" && homeless',
      'row r: without age >= limit', 'row r: without grown', 'row r: without ability in ["severe", "total"]',
      'row r: age >= limit && grown && ability in ["severe", "total"] becomes age >= limit || grown || ability in ["severe", "total"]',
      'row r: ability in ["severe", "total"] becomes ability == "total"', 'row r: ability in ["severe", "total"] becomes ability in ["moderate", "severe", "total"]',
      'row r: amount 500 becomes 501', 'row r: 2025-12-31 becomes 2025-12-30', 'row r: 2025-12-31 becomes 2026-01-01',
      'parameter "limit": value 70 from 2024-01-01 becomes 69', 'parameter "limit": value 70 from 2024-01-01 becomes 71',
      'parameter "limit": value 65 from 2025-01-01 becomes 64', 'parameter "limit": value 65 from 2025-01-01 becomes 66',
      'parameter "limit": 2025-01-01 becomes 2024-12-31', 'parameter "limit": 2025-01-01 becomes 2025-01-02',
      'validity: 2024-01-01 becomes 2023-12-31', 'validity: 2024-01-01 becomes 2024-01-02',
    ])
  })

  it('[L9] what no case notices is reported with a person for whom it matters; cases on both sides of every limit leave nothing', () => {
    const { policy, set } = made('  - { at: 2025-06-01, in: { age: 80, hukou: local, ability: total }, out: { row: r, amount: 500 } }')
    const left = survivingMutants(set, policy)
    expect(left.map(m => m.what.en)).toContain('parameter "limit": value 65 from 2025-01-01 becomes 66')
    expect(left.map(m => m.what.en)).not.toContain('row r: amount 500 becomes 501')
    expect(left.find(m => m.what.en === 'row r: ability in ["severe", "total"] becomes ability == "total"')!.example!.facts['ability']).toBe('severe')
  })

  it('[L9] a change that changes nothing for anybody is not reported', () => {
    const { policy, set } = made('  - { at: 2025-06-01, in: { ability: total }, out: { row: a } }', "[{ id: a, when: 'ability >= \"severe\"', basis: b }, { id: c, when: 'ability <= \"moderate\"', basis: b }]")
    const left = survivingMutants(set, policy).map(m => m.what.en)
    expect(left).not.toContain('row c: without ability in ["intact", "mild", "moderate"]')
    expect(left).toContain('row a: ability in ["severe", "total"] becomes ability == "total"')
  })
})

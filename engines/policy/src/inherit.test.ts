import { describe, expect, it } from 'vitest'
import { evaluatePerson, forRegion, parsePolicy } from './index.ts'
import { loadFacts, loadPolicies, loadSet, text } from '../fixtures/load.ts'

const facts = loadFacts()
const uppers = loadPolicies(facts).filter(p => p.region === '50')
const COUNTY = text('policies/age-allowance-500229.yaml')

function codes(from: string, to: string): string[] {
  const parsed = parsePolicy(COUNTY.replace(from, to), facts, { uppers })
  return 'problems' in parsed ? parsed.problems.map(p => p.code) : []
}

describe('inheritance', () => {
  it('[S30] the policy of the nearest region counts, and only from the day it takes effect', () => {
    const set = loadSet()
    const amount = (region: string, at: string): number => evaluatePerson(set, region, { birth: '1940-01-01', hukou: 'local' }, at).find(a => a.item === 'age-allowance')!.amount
    expect(amount('500229001003', '2026-07-01')).toBe(8000)
    expect(amount('500101001003', '2026-07-01')).toBe(5000)
    expect(amount('500229001003', '2024-12-31')).toBe(5000)
    expect(amount('110101001003', '2026-07-01')).toBe(0)
    expect(forRegion(set, '500229', '2026-07-01')).toBe(forRegion(set, '500229002', '2026-07-01'))
  })

  it('[S31] a lower file changes what it names, keeps the rest, and lists its changes', () => {
    const parsed = parsePolicy(COUNTY, facts, { uppers })
    const policy = 'policy' in parsed ? parsed.policy : undefined
    expect(policy?.rows.map(r => r.id)).toEqual(['r80', 'r90', 'r100', 'r70'])
    expect(policy?.overrides.map(o => `${o.what} ${o.name} ${o.how} ${o.basis[0]?.id}`)).toEqual(['param b80 changed c1', 'row r90 changed c1', 'row r70 added c1'])
    expect(policy?.pay).toEqual(uppers.find(p => p.id === 'age-allowance')?.pay)
  })

  it('[S32] a value below a floor is refused on whichever day it is lower', () => {
    expect(codes('2025-01-01: 8000', '2025-01-01: 4000')).toEqual(['belowFloor'])
    expect(codes('2027-01-01: 9000', '2027-06-01: 9000')).toEqual([])
    expect(codes('2027-01-01: 9000', '2026-06-01: 5500')).toEqual(['belowFloor'])
  })

  it('[S32] a floor row is held on every day, not only on the first', () => {
    const care = (amount: string): string[] => {
      const parsed = parsePolicy(`policy: care-subsidy
title: x
region: 500229
extends: 50/care-subsidy
version: 1
effective: { from: 2025-01-01 }
basis: { c: { doc: d } }
table: { rows: [{ id: r1, amount: ${amount}, basis: c }] }
cases: []`, facts, { uppers })
      return 'problems' in parsed ? parsed.problems.map(p => p.code) : []
    }
    expect(care('25000')).toEqual(['belowFloor'])
    expect(care('26000')).toEqual([])
    expect(care("'share(hi, 1, 1)'")).toEqual(['floorNotProved'])
  })

  it('[S33] a change without a clause of its own file, a renamed let, an unknown upper policy are refused', () => {
    expect(codes(', basis: c1 }\ntable', ' }\ntable')).toEqual(['basisMissing'])
    expect(codes('amount: 16000, basis: c1', 'amount: 16000, basis: a2')).toEqual(['unknownClause'])
    expect(codes('params:', 'let: { 本地户籍: alone }\nparams:')).toContain('nameTaken')
    expect(codes('extends: 50/age-allowance', 'extends: 50/age-alowance')).toContain('upperMissing')
    expect(codes('region: 500229', 'region: 510229')).toContain('upperNotAbove')
  })

  it('[S34] a row can be dropped or put before another, but not one that is a floor', () => {
    expect(codes('id: r70, when', 'id: r70, before: r80, when')).toEqual([])
    const care = (row: string): string[] => {
      const parsed = parsePolicy(`policy: care-subsidy\ntitle: x\nregion: 500229\nextends: 50/care-subsidy\nversion: 1\neffective: { from: 2025-01-01 }\nbasis: { c: { doc: x } }\ntable: { rows: [${row}] }\n`, facts, { uppers })
      return 'problems' in parsed ? parsed.problems.map(p => p.code) : parsed.policy.rows.map(r => r.id)
    }
    expect(care('{ id: r2, drop: true, basis: c }')).toEqual(['r1'])
    expect(care('{ id: r1, drop: true, basis: c }')).toEqual(['floorRow'])
    expect(care('{ id: r1, when: alone, basis: c }')).toEqual(['floorRow'])
    expect(care('{ id: r1, amount: 19999, basis: c }')).toEqual(['belowFloor'])
    expect(care('{ id: r1, amount: 26000, basis: c }')).toEqual(['r1', 'r2'])
  })
})

import { describe, expect, it } from 'vitest'
import { runCases } from './cases.ts'
import { loadSet } from '../fixtures/load.ts'

describe('golden cases', () => {
  const set = loadSet()
  for (const policy of set.policies) {
    it(`[S50] every case of ${policy.file} comes out as worked out by hand`, () => {
      const results = runCases(set, policy)
      expect(results.length).toBeGreaterThan(0)
      expect(results.filter(r => !r.ok)).toEqual([])
    })
  }
})

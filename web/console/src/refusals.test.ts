import { expect, test } from 'vitest'
import { zh } from '@songbai/web-shared/words/catalogue.ts'

interface Declared {
  readonly refusals?: readonly string[]
}

const CONTRACTS = import.meta.glob<Record<string, Declared | null | undefined>>('../../../capabilities/*/*/contract.ts', { eager: true })

test('every refusal a contract declares has its three parts in the catalogue', () => {
  const codes = new Set(Object.values(CONTRACTS).flatMap((module) => Object.values(module)).flatMap((declared) => (Array.isArray(declared?.refusals) ? declared.refusals : [])))
  expect(codes.size).toBeGreaterThan(0)
  expect([...codes].filter((code) => !Object.hasOwn(zh, `refusal.${code}`)).sort()).toEqual([])
})

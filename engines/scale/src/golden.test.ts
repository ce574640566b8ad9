import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess } from './assess.ts'
import { packScale } from './test-scales.ts'
import type { GoldenCase } from './test-scales.ts'

const folder = new URL('./golden/', import.meta.url)
const files = readdirSync(folder).filter(name => name.startsWith('gbt42195-'))
const cases: GoldenCase[] = files.flatMap(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).cases)
const scale = packScale('gbt42195-2022')

describe('golden cases of GB/T 42195-2022, answers by a second independent sum', () => {
  it('[S14] there are at least 200 of them and every border score is among them', () => {
    const totals = new Set(cases.map(({ expect: e }) => (e.status === 'complete' ? e.total : -1)))
    expect(cases.length).toBeGreaterThanOrEqual(200)
    for (const border of [0, 29, 30, 45, 46, 65, 66, 89, 90]) expect(totals).toContain(border)
  })

  it.each(cases.map(golden => [golden.name, golden] as const))('[S14] %s', (_, golden) => {
    const result = assess(scale, golden.answers)
    expect(result.status).toBe(golden.expect.status)
    if (result.status === 'complete' && golden.expect.status === 'complete') {
      const sums = Object.fromEntries(Object.entries(result.dimensionTotals).map(([code, { score }]) => [code, score]))
      expect({ dimensions: sums, total: result.total, initial: result.initialLevel, reasons: result.adjustments.map(({ id }) => id), final: result.finalLevel })
        .toEqual({ dimensions: golden.expect.dimensions, total: golden.expect.total, initial: golden.expect.initial, reasons: golden.expect.reasons, final: golden.expect.final })
    } else if (result.status === 'incomplete' && golden.expect.status === 'incomplete') {
      expect([...result.missing].sort()).toEqual(golden.expect.missing)
      expect(result.refused.map(({ item }) => item).sort()).toEqual(golden.expect.refused)
    }
  })
})

import { dayNumber } from '@songbai/calendar'
import { dice } from '../fixtures/random.ts'
import { NO_DAY } from '../src/index.ts'
import type { PopulationInput } from '../src/index.ts'
import { COUNTIES, FACT_IDS } from './items.ts'

export const AT = dayNumber('2026-07-01')

/** Synthetic elders by a seed, sorted by township, every fact as one interval. `missing` of the yes/no facts are left out. */
export function people(n: number, missing: number, seed = 20260701): PopulationInput {
  const rnd = dice(seed)
  const pick = (w: readonly number[]): number => { let r = rnd(); for (let i = 0; i < w.length; i++) { if (r < w[i]!) return i; r -= w[i]! } return w.length - 1 }
  const size = n * FACT_IDS.length
  const person = new Int32Array(size), fact = new Uint16Array(size), value = new Int32Array(size)
  let at = 0
  const regions: string[] = []
  for (let i = 0; i < n; i++) {
    const town = Math.floor((i * 200) / n)
    regions.push(`${COUNTIES[Math.floor(town / 20)]}${String(town % 20).padStart(3, '0')}000`)
    const age = 60 + Math.min(50, -Math.log(1 - rnd()) * 9.5), k = (age - 60) / 40
    const grade = rnd() < 0.35 ? 0 : pick([0, 0.8 - 0.6 * k, 0.1 + 0.2 * k, 0.05 + 0.15 * k, 0.03 + 0.13 * k]) + 0
    const income = pick([0.87, 0.04, 0.065, 0.025]), disab = pick([0.9, 0.02, 0.03, 0.03, 0.02])
    const facts: Record<string, number> = {
      birth: AT - Math.floor(age * 365.2425), assess: AT - Math.floor(rnd() * 900), incomePc: income > 0 ? Math.floor(rnd() * 90000) : Math.floor(80000 + rnd() * 500000), residMonths: Math.floor(rnd() * 600), disab,
      hukou: pick([0.93, 0.07]), area: pick([0.42, 0.5, 0.08]), grade, income, merit: pick([0.95, 0.005, 0.01, 0.005, 0.03]), living: income === 3 ? pick([0.6, 0.03, 0.35, 0.02]) : pick([0.955, 0.015, 0, 0.03]), disabType: disab > 0 ? 1 + Math.floor(rnd() * 6) : 0,
      alone: Number(rnd() < 0.12), leftbehind: Number(rnd() < 0.1), fpspecial: Number(rnd() < 0.012), ltci: Number(grade >= 4 && rnd() < 0.2), dementia: Number(rnd() < 0.02 + 0.15 * k), adapted: Number(rnd() < 0.03), childless: Number(rnd() < 0.03),
    }
    FACT_IDS.forEach((f, j) => {
      if (rnd() < missing || (f === 'assess' && grade === 0)) return
      person[at] = i; fact[at] = j; value[at] = facts[f]!; at++
    })
  }
  const past = new Int32Array(at).fill(-NO_DAY), open = new Int32Array(at).fill(NO_DAY)
  return { ids: regions.map((_, i) => `99010000-0000-7000-8000-${String(i).padStart(12, '0')}`), regions, facts: FACT_IDS, intervals: { person: person.slice(0, at), fact: fact.slice(0, at), value: value.slice(0, at), from: past, to: open, recorded: past, superseded: open } }
}

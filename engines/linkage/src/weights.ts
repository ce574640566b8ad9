/** Fellegi and Sunter's weights: log2 of how much likelier a level is among pairs that are one person. */
import { FIELDS, type Field, type Levels, type Thresholds, type Weights } from './types.ts'

/**
 * [W1] Where to begin: orders of magnitude for registers of a Chinese county, to be replaced by what the two lists themselves
 * show (see `estimate`). Shares of one field need not sum to one; only their ratio counts.
 */
export const DEFAULT_WEIGHTS: Weights = {
  id: { same: { m: 0.95, u: 0.000_001 }, slip: { m: 0.04, u: 0.000_05 }, differ: { m: 0.01, u: 1 } },
  name: { same: { m: 0.93, u: 0.0005 }, variant: { m: 0.02, u: 0.0005 }, sound: { m: 0.025, u: 0.001 }, nearSound: { m: 0.008, u: 0.001 }, oneCharacter: { m: 0.012, u: 0.004 }, part: { m: 0.002, u: 0.0005 }, surname: { m: 0.002, u: 0.06 }, differ: { m: 0.003, u: 0.93 } },
  birth: { same: { m: 0.94, u: 0.000_07 }, lunar: { m: 0.015, u: 0.000_1 }, swapped: { m: 0.006, u: 0.000_05 }, slip: { m: 0.025, u: 0.002 }, month: { m: 0.01, u: 0.002 }, year: { m: 0.015, u: 0.025 }, differ: { m: 0.01, u: 0.97 } },
  place: { same: { m: 0.88, u: 0.006 }, township: { m: 0.06, u: 0.04 }, county: { m: 0.04, u: 0.9 }, far: { m: 0.02, u: 0.2 } },
  sex: { same: { m: 0.99, u: 0.5 }, differ: { m: 0.01, u: 0.5 } },
}

/** [W2] Sixteen to one for a match after what is known beforehand; a look from one to sixty-four. */
export const DEFAULT_THRESHOLDS: Thresholds = { matched: 6, possible: -4, margin: 4 }

/** So many pairs the starting shares count for: they decide what the lists hardly show. */
const PRIOR_PAIRS = 200

export interface LevelCounts {
  add(levels: Levels): void
  share(field: Field, level: string, prior: number): number
}

export function createCounts(): LevelCounts {
  const counts = new Map<string, number>()
  const totals = new Map<Field, number>()
  return {
    add(levels) {
      for (const field of FIELDS) {
        if (levels[field] === 'missing') continue
        const key = `${field} ${levels[field]}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
        totals.set(field, (totals.get(field) ?? 0) + 1)
      }
    },
    share: (field, level, prior) => ((counts.get(`${field} ${level}`) ?? 0) + prior * PRIOR_PAIRS) / ((totals.get(field) ?? 0) + PRIOR_PAIRS),
  }
}

/**
 * [W3] The lists teach their own weights: pairs that share an ID number show how often one person is written differently,
 * pairs drawn at random how often strangers agree. The number itself cannot be its own teacher and keeps its shares.
 */
export function estimate(start: Weights, same: LevelCounts, strangers: LevelCounts): Weights {
  const field = <F extends Exclude<Field, 'id'>>(name: F): Weights[F] => Object.fromEntries(Object.entries(start[name]).map(([level, { m, u }]) => [level, { m: same.share(name, level, m), u: strangers.share(name, level, u) }])) as unknown as Weights[F]
  return { id: start.id, name: field('name'), birth: field('birth'), place: field('place'), sex: field('sex') }
}

/** Bits of one level; nothing known says nothing. */
export function bitsOf(weights: Weights, field: Field, level: string, u?: number): number {
  if (level === 'missing') return 0
  const shares = (weights[field] as Readonly<Record<string, { readonly m: number; readonly u: number }>>)[level]!
  return Math.log2(shares.m / (u ?? shares.u))
}

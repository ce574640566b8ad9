/** The law of a place beside a changed one, over everybody there: cost by township and item, who wins and who loses. Nothing is stored. */
import { dayNumber, periodOfMonth, type Day, type Month } from '@songbai/calendar'
import { affectedItems, compare, compareDay, dueForMonth, outcomesOfMonth, partOf, scenarioOf, type Difference, type Lot, type Policy, type PolicySet, type Problem } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import { factDictionary } from '../policies/public.ts'
import type { Block } from './rules-block.ts'
import { monthOf, presentIn } from './rules-month.ts'
import { mergeDifferences, type Merged } from './rules-whatif.ts'
import { ask, knownNumber } from './store-people.ts'

export type { CostLine, Merged, PlaceLine } from './rules-whatif.ts'

export interface WhatIfQuestion {
  readonly place?: string | undefined
  /** A day (today when both are left out) or a calendar month by the rules of pay. */
  readonly at?: Day | undefined
  readonly month?: Month | undefined
  readonly knownOn?: Day | undefined
  /** A whole set, or policies that stand in place of every version of the same region and id. */
  readonly change: PolicySet | readonly Policy[]
  /** Of those who could draw and do not, how many in a hundred would; 100 when left out. */
  readonly takeUpPercent?: number | undefined
  /** Digits of the places below; townships (9) when left out. */
  readonly placeDigits?: number | undefined
  readonly samples?: { readonly count: number; readonly seed: number } | undefined
}

export interface PersonChange {
  readonly elderId: string
  readonly region: string
  /** Fen a month more or less. */
  readonly deltaFen: number
}

export interface WhatIf extends Merged {
  readonly at: Day
  readonly month: Month | null
  readonly takeUpPercent: number
  readonly samples: { readonly winners: readonly PersonChange[]; readonly losers: readonly PersonChange[] }
  /** Everybody of a lot, in order; with an item, those for whom it changed. */
  readonly list: (lot: Lot, item?: string) => Generator<PersonChange>
  readonly tookMs: number
}

interface Part {
  readonly block: Block
  readonly difference: Difference
}

/** [W1] Scenario beside law for a place in the actor's scope; problems when the changed policies do not make a set. */
export async function whatIf(tx: Tx, question: WhatIfQuestion): Promise<WhatIf | { readonly problems: readonly Problem[] }> {
  const begun = performance.now()
  const at = question.month === undefined ? (question.at ?? tx.today) : periodOfMonth(question.month).from
  const { spans } = await ask(tx, { place: question.place, at, knownOn: question.knownOn })
  const known = knownNumber(tx, question.knownOn)
  const parts: Part[] = []
  for (const { block, view, lo, hi } of spans) {
    const scenario = scenarioFor(view.set, question.change)
    if ('problems' in scenario) return scenario
    const options = { lo, hi, placeDigits: question.placeDigits ?? 9, samples: question.samples ?? { count: 10, seed: 1 } }
    const difference = question.month === undefined
      ? compareDay(view.results, scenario.set, view.columns, { ...options, here: view.here, drawn: (item) => drawnOf(view.columns, item) })
      : compareMonth(block, view.set, keyOf(view.key), scenario.set, question.month, known, options)
    parts.push({ block, difference })
  }
  const takeUpPercent = question.takeUpPercent ?? 100
  const merged = mergeDifferences(parts.map((one) => one.difference), takeUpPercent)
  const samples = (lot: 'winners' | 'losers') => parts.flatMap((one) => one.difference.samples[lot].map((index) => changeOf(one, index))).slice(0, question.samples?.count ?? 10)
  return { ...merged, at, month: question.month ?? null, takeUpPercent, samples: { winners: samples('winners'), losers: samples('losers') }, list: (lot, item) => listOf(parts, lot, item), tookMs: Math.round(performance.now() - begun) }
}

/** The law of a view is named after the day and the day of knowledge in its key. */
const keyOf = (viewKey: string): string => viewKey.split(' ').slice(2).join(' ')

/** The same change typed on is compiled once for each law. */
const scenarios = new WeakMap<readonly Policy[], WeakMap<PolicySet, { set: PolicySet } | { problems: Problem[] }>>()

function scenarioFor(law: PolicySet, change: WhatIfQuestion['change']): { set: PolicySet } | { problems: readonly Problem[] } {
  if ('policies' in change) return { set: change }
  const byLaw = scenarios.get(change) ?? new WeakMap<PolicySet, { set: PolicySet } | { problems: Problem[] }>()
  scenarios.set(change, byLaw)
  const made = byLaw.get(law) ?? scenarioOf(law, change, factDictionary())
  byLaw.set(law, made)
  return made
}

function drawnOf(columns: { readonly column: (fact: string) => ArrayLike<number>; readonly population: Block['population'] }, item: string): Int32Array | null {
  const fact = `benefit.${item}`
  return columns.population.defs.has(fact) ? (columns.column(fact) as Int32Array) : null
}

/** [W3] Both sides by the rules of pay, everybody counted as having applied in time; without a change both sides are the real batch. */
function compareMonth(block: Block, law: PolicySet, lawKey: string, scenario: PolicySet, month: Month, known: number, options: Parameters<typeof compare>[5]): Difference {
  const before = monthOf(block, law, lawKey, month, known, 'all')
  const affected = affectedItems(law, scenario)
  const part = partOf(scenario, affected)
  const first = dayNumber(periodOfMonth(month).from)
  const after = part.items.length === 0 ? null : outcomesOfMonth(dueForMonth(part, block.population, month, { knownOn: known, applied: 'all' }), first)
  const drawn = (item: string): Int32Array | null => before.drawn[before.set.items.indexOf(item)] ?? null
  return compare(block.population, outcomesOfMonth(before, first), after, scenario, affected, { ...options, here: presentIn(block, month, known), drawn })
}

function changeOf({ block, difference }: Part, index: number): PersonChange {
  return { elderId: block.population.ids[index]!, region: block.population.regions[index]!, deltaFen: difference.deltaFen(index) }
}

function* listOf(parts: readonly Part[], lot: Lot, item?: string): Generator<PersonChange> {
  for (const part of parts) for (const index of part.difference.list(lot, item)) yield changeOf(part, index)
}

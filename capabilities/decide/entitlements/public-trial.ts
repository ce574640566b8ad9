/** One changed rule over everybody of a place on a day, as columns: for capabilities that show who fares how, row by row. */
import { dayOf, type Day } from '@songbai/calendar'
import { affectedItems, evaluatePopulation, explain, partOf, scenarioOf, type Explanation, type Policy, type PolicySet, type Problem, type Results } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import { factDictionary } from '../policies/public.ts'
import { lawRegion } from './rules-block.ts'
import { inOrder } from './rules-count.ts'
import { ask } from './store-people.ts'

/** Results of one item; a missing column means that nobody gets anything. */
export interface TrialSide {
  /** Row codes that hold for sure, and those that may hold once missing facts are known. */
  readonly sure: Uint8Array | null
  readonly possible: Uint8Array | null
  /** Fen after stacking, and which stacking rule touched it. */
  readonly amount: Int32Array | null
  readonly stack: Uint8Array | null
}

export interface TrialPart {
  readonly ids: readonly string[]
  readonly regions: readonly string[]
  /** 1 for people on the register, alive and not moved out. People are those from `lo` to before `hi`. */
  readonly here: Uint8Array
  readonly lo: number
  readonly hi: number
  readonly law: PolicySet
  readonly scenario: PolicySet
  /** Items whose result can differ. */
  readonly affected: ReadonlySet<string>
  readonly before: (item: string) => TrialSide
  readonly after: (item: string) => TrialSide
  /** Why one person gets what, under the law and under the change. */
  readonly explain: (which: 'before' | 'after', index: number, item: string) => Explanation | null
  /** Value of a fact as the columns hold it. */
  readonly fact: (fact: string, index: number) => number
}

export interface Trial {
  readonly at: Day
  readonly parts: readonly TrialPart[]
  readonly loadMs: number
  readonly evaluateMs: number
}

/** Everybody of a trial by region and id, so that a page goes on where the last one ended. */
export const peopleInOrder = (parts: readonly TrialPart[]): Generator<readonly [TrialPart, number]> => inOrder(parts, (part) => part)

const NOTHING: TrialSide = { sure: null, possible: null, amount: null, stack: null }

function sideOf(results: Results, item: string): TrialSide {
  const j = results.set.items.indexOf(item)
  return j < 0 ? NOTHING : { sure: results.sure[j]!, possible: results.possible[j]!, amount: results.amount[j]!, stack: results.stack[j]! }
}

/** The policies given stand in place of every version of the same region and id; problems when they do not fit with the law around them. */
export async function trialOf(tx: Tx, question: { readonly place?: string | undefined; readonly at: Day; readonly change: readonly Policy[] }): Promise<Trial | { readonly problems: readonly Problem[] }> {
  const asked = await ask(tx, { place: question.place, at: question.at })
  const begun = performance.now()
  const parts: TrialPart[] = []
  const scenarios = new Map<PolicySet, PolicySet>()
  for (const { block, view, lo, hi } of asked.spans) {
    const known = scenarios.get(view.set)
    const made = known ? { set: known } : scenarioOf(view.set, question.change, factDictionary())
    if ('problems' in made) return made
    scenarios.set(view.set, made.set)
    const affected = affectedItems(view.set, made.set)
    const part = partOf(made.set, affected)
    const after = part.items.length === 0 ? null : evaluatePopulation(part, view.columns)
    parts.push({
      ids: block.population.ids, regions: block.population.regions, here: view.here, lo, hi, law: view.set, scenario: made.set, affected,
      before: (item) => sideOf(view.results, item),
      after: (item) => (affected.has(item) ? (after === null ? NOTHING : sideOf(after, item)) : sideOf(view.results, item)),
      explain: (which, index, item) => {
        const set = which === 'before' ? view.set : made.set
        return set.items.includes(item) ? explain(set, lawRegion(set, block.population.regions[index]!), item, block.person(view, index), dayOf(view.at), { horizonDays: 0 }) : null
      },
      fact: (fact, index) => view.columns.column(fact)[index]!,
    })
  }
  return { at: asked.at, parts, loadMs: Math.round(asked.loadMs), evaluateMs: Math.round(performance.now() - begun + asked.evaluateMs) }
}

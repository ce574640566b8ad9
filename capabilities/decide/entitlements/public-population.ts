/** The people of a place in memory on one day, for capabilities that count them by conditions of their own. */
import { dayOf, type Day } from '@songbai/calendar'
import { compilePolicySet, type Policy, type PolicySet } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import type { PolicySet as LawOfPlace } from './rules-engine.ts'
import { evaluatePerson, evaluatePopulation } from './rules-engine.ts'
import { STANDINGS, type Standing } from './contract.ts'
import { GONE as NOBODY } from './rules-block.ts'
import type { Span } from './rules-count.ts'
import { ask } from './store-people.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

/** 0 no, 1 yes, 2 cannot be told for want of a fact. */
export type Told = Uint8Array

export interface PopulationView {
  readonly at: Day
  readonly knownOn: Day
  readonly ids: readonly string[]
  /** Region a person is filed under now; old codes are already carried over. */
  readonly regions: readonly string[]
  /** 1 for people on the register, alive and not moved out on the day. */
  readonly here: Uint8Array
  /** Each condition is a policy of one row; answers by policy id, for everybody, those not here included. */
  readonly evaluate: (conditions: readonly Policy[]) => ReadonlyMap<string, Told>
  /** How many results of a standing each person has; people gone count where they still draw. */
  readonly standing: (standing: Standing) => Uint8Array
  /** Items in force somewhere in the place, or drawn by somebody there, with their titles. */
  readonly items: readonly { readonly id: string; readonly title: Words }[]
  /** Place in `STANDINGS` of everybody for one item; 255 for people without a standing. */
  readonly codes: (item: string) => Uint8Array
  /** The items behind `standing` for one person. */
  readonly itemsOf: (index: number, standing: Standing) => readonly Words[]
  /** The facts that keep a condition open for one person. */
  readonly missing: (index: number, condition: Policy) => readonly Words[]
}

/** Everybody of a place in the actor's scope, on a day as known on a day. */
export async function populationView(tx: Tx, question: { readonly place?: string | undefined; readonly at?: Day | undefined; readonly knownOn?: Day | undefined }): Promise<PopulationView> {
  const { spans, at, knownOn, items } = await ask(tx, question)
  const size = spans.reduce((sum, span) => sum + span.hi - span.lo, 0)
  const pick = <T>(of: (span: Span) => readonly T[]): T[] => spans.flatMap((span) => of(span).slice(span.lo, span.hi))
  const here = join(spans, size, (span) => span.view.here)
  return {
    at, knownOn, here, ids: pick((span) => span.block.population.ids), regions: pick((span) => span.block.population.regions),
    evaluate: (conditions) => {
      const told = spans.map((span) => evaluateSpan(span, conditions))
      return new Map([...new Set(conditions.map((one) => one.id))].map((id) => [id, join(spans, size, (_span, s) => told[s]!.get(id)!, true)]))
    },
    standing: (standing) => join(spans, size, (span) => resultsOf(span, standing, items), true),
    items: [...items].map((id) => ({ id, title: titleOf(spans.find((span) => span.view.set.items.includes(id))!.view.set, id) })),
    codes: (item) => join(spans, size, (span) => span.view.codes[span.view.set.items.indexOf(item)] ?? new Uint8Array(span.view.here.length).fill(NOBODY)),
    itemsOf: (index, standing) => {
      const [span, i] = placeOf(spans, index)
      return span.view.set.items.flatMap((item, j) => (items.has(item) && span.view.codes[j]![i] === STANDINGS.indexOf(standing) ? [titleOf(span.view.set, item)] : []))
    },
    missing: (index, condition) => {
      const [span, i] = placeOf(spans, index)
      const set = setOf(span.view.set, [condition])
      return evaluatePerson(set, span.block.population.regions[i]!, span.block.person(span.view, i), dayOf(span.view.at))[0]!.missing.map((fact) => set.facts.get(fact)!.label)
    },
  }
}

/** Columns of the spans one after another. `cut`: they hold the people of the span alone, not of the block. */
function join(spans: readonly Span[], size: number, column: (span: Span, s: number) => Uint8Array, cut = false): Uint8Array {
  const all = new Uint8Array(size)
  let offset = 0
  spans.forEach((span, s) => {
    const values = column(span, s)
    all.set(cut ? values : values.subarray(span.lo, span.hi), offset)
    offset += span.hi - span.lo
  })
  return all
}

function placeOf(spans: readonly Span[], index: number): readonly [Span, number] {
  let left = index
  for (const span of spans) {
    if (left < span.hi - span.lo) return [span, span.lo + left]
    left -= span.hi - span.lo
  }
  throw new RangeError(`nobody stands at ${index}`)
}

function titleOf(law: LawOfPlace, item: string): Words {
  return law.policies.find((one) => one.id === item)?.title ?? { zh: item, en: item }
}

/** The conditions read with the facts of the law of the place, so that benefits in payment can be asked for. */
const compiled = new WeakMap<LawOfPlace, Map<string, PolicySet>>()
const MOST_COMPILED = 64

/** Equal only for conditions that say the same: those of one name and length may differ. */
const contentOf = (conditions: readonly Policy[]): string => JSON.stringify(conditions, (_key, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value))

function setOf(law: LawOfPlace, conditions: readonly Policy[]): PolicySet {
  const key = contentOf(conditions)
  const sets = compiled.get(law) ?? new Map<string, PolicySet>()
  compiled.set(law, sets)
  const known = sets.get(key)
  if (known) return known
  const result = compilePolicySet(conditions, { facts: law.facts, perPolicy: [] })
  if ('problems' in result) throw new Error(`conditions: ${JSON.stringify(result.problems)}`)
  sets.set(key, result.set)
  if (sets.size > MOST_COMPILED) sets.delete(sets.keys().next().value!)
  return result.set
}

function evaluateSpan({ view, lo, hi }: Span, conditions: readonly Policy[]): Map<string, Told> {
  const set = setOf(view.set, conditions)
  const { sure, possible } = evaluatePopulation(set, view.columns)
  return new Map(set.items.map((id, item) => {
    const told = new Uint8Array(hi - lo)
    for (let i = lo; i < hi; i++) told[i - lo] = sure[item]![i]! > 0 ? 1 : possible[item]![i]! > 0 ? 2 : 0
    return [id, told]
  }))
}

function resultsOf({ view, lo, hi }: Span, standing: Standing, items: ReadonlySet<string>): Uint8Array {
  const code = STANDINGS.indexOf(standing)
  const results = new Uint8Array(hi - lo)
  view.set.items.forEach((item, j) => {
    if (!items.has(item)) return
    const codes = view.codes[j]!
    for (let i = lo; i < hi; i++) if (codes[i] === code) results[i - lo]!++
  })
  return results
}

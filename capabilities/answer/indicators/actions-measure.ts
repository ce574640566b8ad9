import { evaluate, valueAt, type Evaluation, type IndicatorDefinition } from '@songbai/indicators'
import type { IndicatorDef, Packs } from '@songbai/packs'
import { parsePolicy, type Policy } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { populationView, type PopulationView } from '../../decide/entitlements/public-population.ts'
import { factDictionary } from '../../decide/policies/public.ts'
import { childrenOf, regionExists } from '../../know/regions/public.ts'
import { resources } from '../../resources.ts'
import { conditionsOf, countsTheGone, definitionOf, measure, shown, targetOf, type Measured } from './rules.ts'

/** An indicator of the packs, read once. */
export interface Known {
  readonly data: IndicatorDef
  readonly definition: IndicatorDefinition
  readonly target: Packs['targets'][number] | undefined
  readonly numerator: readonly Policy[]
  readonly denominator: readonly Policy[]
}

const read = new WeakMap<Packs, readonly Known[]>()

export function indicators(): readonly Known[] {
  const { packs } = resources()
  const known = read.get(packs)
  if (known) return known
  const made = packs.indicators.indicators.map((data) => {
    const target = packs.targets.find((one) => one.id === data.target)
    return { data, target, definition: definitionOf(data, targetOf(target)), numerator: parsed(packs, data, 'numerator'), denominator: parsed(packs, data, 'denominator') }
  })
  read.set(packs, made)
  return made
}

function parsed(packs: Packs, data: IndicatorDef, side: 'numerator' | 'denominator'): Policy[] {
  return conditionsOf(packs, data, side).map(({ id, text }) => {
    const result = parsePolicy(text, factDictionary(), { clauses: packs.clauses })
    if ('problems' in result) throw new Error(`packs/indicators.yaml ${id}: ${JSON.stringify(result.problems)}`)
    return result.policy
  })
}

export interface Question {
  readonly place?: string | undefined
  readonly at?: string | undefined
  readonly knownOn?: string | undefined
}

/** All indicators asked for over the people of a place; each condition is evaluated once. */
export function measureAll(view: PopulationView, asked: readonly Known[]): Measured[] {
  const told = view.evaluate(asked.flatMap((one) => [...one.numerator, ...one.denominator]))
  const column = (conditions: readonly Policy[]): Uint8Array | null => (conditions[0] ? told.get(conditions[0].id)! : null)
  return asked.map((one) => {
    const { state, count } = one.data.numerator
    const results = state === undefined ? null : view.standing(state)
    const numerator = results === null ? column(one.numerator) : count === 'results' ? results : results.map((n) => (n > 0 ? 1 : 0))
    // Where the gone do not count their results are left out, as the base says.
    const kept = results !== null && !countsTheGone(one.data) ? numerator!.map((n, i) => (view.here[i] === 1 ? n : 0)) : numerator
    return measure({ ids: view.ids, regions: view.regions, here: view.here, denominator: column(one.denominator), numerator: kept, results: count === 'results' })
  })
}

export interface Tree {
  readonly root: string
  readonly children: readonly { readonly code: string; readonly name: string }[]
}

export async function treeOf(tx: Tx, place: string | undefined, at: string): Promise<Tree> {
  const root = place ?? tx.actor.region
  return { root, children: (await regionExists(tx, root, at)) ? (await childrenOf(tx, root, at)).map(({ code, name }) => ({ code, name })) : [] }
}

const COUNT: IndicatorDefinition = { id: 'unknown', title: { zh: '', en: '' }, unit: 'count', direction: 'none', dateRule: 'asAt', numerator: { definition: { zh: '', en: '' } }, relation: 'within', source: null }

/** [I3] A place, its children, and those known no more exactly as a row of their own; the engine checks that the parts make the whole. */
export function figures(known: Known, measured: Measured, tree: Tree, at: string) {
  const prefixes = [...new Set([prefixOf(tree.root), ...tree.children.map((child) => prefixOf(child.code))])]
  const main = evaluate(known.definition, measured.membership, prefixes, { at })
  const open = evaluate(COUNT, { ids: measured.membership.ids, regions: measured.membership.regions, inDenominator: measured.unknown, inNumerator: measured.unknown }, prefixes, { at })
  const cell = (code: string) => shown(known.definition, valueAt(main, prefixOf(code)), countAt(open, prefixOf(code)))
  const node = main.nodes.get(prefixOf(tree.root))!
  const rest = { ...node.rest, unknown: open.nodes.get(prefixOf(tree.root))!.rest.numerator }
  const placed = tree.children.map((child) => ({ ...child, ...cell(child.code) }))
  const nowhere = tree.children.length > 0 && rest.numerator + rest.denominator + rest.unknown > 0
  const sum = known.definition.unit === 'count'
  const unplaced = nowhere ? [{ code: tree.root, name: '', numerator: rest.numerator, denominator: sum ? null : rest.denominator, unknown: rest.unknown, value: sum ? rest.numerator : rest.denominator === 0 ? null : rest.numerator / rest.denominator }] : []
  return { ...cell(tree.root), value: cell(tree.root).value, engine: valueAt(main, prefixOf(tree.root)), children: [...placed, ...unplaced] }
}

function countAt(evaluation: Evaluation, region: string): number {
  return evaluation.nodes.get(region)?.total.numerator ?? 0
}

export async function viewOf(tx: Tx, question: Question): Promise<PopulationView> {
  return populationView(tx, question)
}

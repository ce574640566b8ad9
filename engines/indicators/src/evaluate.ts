import { isDay } from '@songbai/calendar'
import { IndicatorError } from './types.ts'
import type { Cell, IndicatorDefinition, Membership, Value, When } from './types.ts'

/** Digits of a province, prefecture, county, township and village code, widest first. */
const LEVELS = [2, 4, 6, 9, 12] as const

export type RegionNode = {
  region: string
  /** The nearest wider region of the tree asked for, or null. */
  parent: string | null
  children: readonly string[]
  /** Everything in the region. */
  total: Cell
  /** The part not in any child: subjects whose place is known no more exactly. Shown as its own line, or the parts would not add up. */
  rest: Cell
}

export type Evaluation = {
  definition: IndicatorDefinition
  when: When
  nodes: ReadonlyMap<string, RegionNode>
  /** Subjects in no region asked for: counted here, never dropped. */
  outside: Cell
}

const isSum = (definition: IndicatorDefinition): boolean => definition.unit === 'count' || definition.unit === 'amountFen'

/** [S2] What one subject adds to each side. */
export function cellOf(definition: IndicatorDefinition, membership: Membership, i: number): Cell {
  const weight = membership.weight?.[i] ?? 1
  const numerator = membership.inNumerator[i] === 0 ? 0 : weight
  if (isSum(definition)) return { numerator, denominator: 0 }
  const counts = membership.inDenominator[i] === 0 ? 0 : 1
  return { numerator, denominator: definition.unit === 'ratio' ? counts * weight : counts }
}

function checkWhen(definition: IndicatorDefinition, when: When): void {
  const period = 'from' in when
  if ((definition.dateRule === 'period') !== period) throw new IndicatorError('indicators.dateRuleDiffers', { indicator: definition.id })
  const good = period ? isDay(when.from) && isDay(when.to) && when.from <= when.to : isDay(when.at)
  if (!good) throw new IndicatorError('indicators.badPeriod', { indicator: definition.id })
}

/** [S3] Refuses columns that cannot be summed honestly, and names the subject. */
export function checkMembership(definition: IndicatorDefinition, membership: Membership): void {
  const { ids, regions, inDenominator, inNumerator, weight } = membership
  if (regions.length !== ids.length || inDenominator.length !== ids.length || inNumerator.length !== ids.length || (weight !== undefined && weight.length !== ids.length)) {
    throw new IndicatorError('indicators.lengthsDiffer', { indicator: definition.id })
  }
  const seen = new Set<string>()
  const within = definition.relation === 'within' && !isSum(definition)
  for (let i = 0; i < ids.length; i++) {
    seen.add(ids[i] ?? '')
    if (seen.size !== i + 1) throw new IndicatorError('indicators.doubleSubject', { id: ids[i] ?? '' })
    if (within && inNumerator[i] !== 0 && inDenominator[i] === 0) throw new IndicatorError('indicators.numeratorOutsideDenominator', { id: ids[i] ?? '' })
    if (weight !== undefined && !(Number.isSafeInteger(weight[i]) && (weight[i] as number) >= 0)) throw new IndicatorError('indicators.badWeight', { id: ids[i] ?? '' })
  }
}

type Slot = { region: string; parent: Slot | null; children: string[]; rest: Cell; total: Cell }

function makeSlots(regions: readonly string[]): Map<string, Slot> {
  const slots = new Map<string, Slot>()
  // Widest first, so that a parent is there before its children.
  for (const region of [...new Set(regions)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (!/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(region)) throw new IndicatorError('indicators.badRegion', { region })
    const parent = slotOf(slots, region, region.length - 1)
    slots.set(region, { region, parent, children: [], rest: { numerator: 0, denominator: 0 }, total: { numerator: 0, denominator: 0 } })
    parent?.children.push(region)
  }
  return slots
}

/** The most exact region of the tree that holds a code, looking no longer than `longest` digits. */
function slotOf(slots: ReadonlyMap<string, Slot>, region: string, longest: number): Slot | null {
  for (let level = LEVELS.length - 1; level >= 0; level--) {
    const digits = LEVELS[level] as number
    if (digits > longest || digits > region.length) continue
    const slot = slots.get(region.slice(0, digits))
    if (slot !== undefined) return slot
  }
  return null
}

function add(to: Cell, cell: Cell): void {
  to.numerator += cell.numerator
  to.denominator += cell.denominator
  if (!Number.isSafeInteger(to.numerator) || !Number.isSafeInteger(to.denominator)) throw new IndicatorError('indicators.sumTooLarge', {})
}

/**
 * [S4] Sums of every region asked for, in one pass over the subjects and one over the regions. `regions` are codes of any levels;
 * a region's parent is the nearest wider one in the list. Throws `IndicatorError` for columns that contradict themselves.
 */
export function evaluate(definition: IndicatorDefinition, membership: Membership, regions: readonly string[], when: When): Evaluation {
  checkWhen(definition, when)
  checkMembership(definition, membership)
  const slots = makeSlots(regions)
  const found = new Map<string, Slot | null>() // subjects share villages, so each code is looked up once
  const outside: Cell = { numerator: 0, denominator: 0 }
  for (let i = 0; i < membership.ids.length; i++) {
    const region = membership.regions[i] ?? ''
    let slot = found.get(region)
    if (slot === undefined) found.set(region, (slot = slotOf(slots, region, 12)))
    add(slot?.rest ?? outside, cellOf(definition, membership, i))
  }
  // Narrowest first: a node's total is complete before it is added to its parent.
  for (const slot of [...slots.values()].reverse()) {
    add(slot.total, slot.rest)
    if (slot.parent !== null) add(slot.parent.total, slot.total)
  }
  const nodes = new Map([...slots].map(([region, slot]) => [region, { region, parent: slot.parent?.region ?? null, children: slot.children, total: slot.total, rest: slot.rest }]))
  const evaluation = { definition, when, nodes, outside }
  checkParts(evaluation)
  return evaluation
}

/** [S5] Every total equals its children and its rest. Also for evaluations read back from a store. Throws `indicators.partsDiffer` with the region. */
export function checkParts(evaluation: Pick<Evaluation, 'nodes'>): void {
  for (const node of evaluation.nodes.values()) {
    const sum = { ...node.rest }
    for (const child of node.children) add(sum, evaluation.nodes.get(child)?.total ?? { numerator: 0, denominator: 0 })
    if (sum.numerator !== node.total.numerator || sum.denominator !== node.total.denominator) throw new IndicatorError('indicators.partsDiffer', { region: node.region })
  }
}

/** [S6] The value of a cell: nobody in the denominator is no value, neither 0 nor 100 %. Sums stand over 1. */
export function valueOf(definition: IndicatorDefinition, cell: Cell): Value {
  if (isSum(definition)) return { known: true, numerator: cell.numerator, denominator: 1 }
  return cell.denominator === 0 ? { known: false, why: 'zeroDenominator' } : { known: true, ...cell }
}

export function valueAt(evaluation: Evaluation, region: string): Value {
  const node = evaluation.nodes.get(region)
  return node === undefined ? { known: false, why: 'noSuchRegion' } : valueOf(evaluation.definition, node.total)
}

export type Drill = { region: string; value: Value; children: { region: string; value: Value }[]; /** Null when every subject is placed in a child. */ rest: Value | null }

/** [S5] A region and its parts, ready to show; null for a region not evaluated. */
export function drill(evaluation: Evaluation, region: string): Drill | null {
  const node = evaluation.nodes.get(region)
  if (node === undefined) return null
  const children = node.children.map((child) => ({ region: child, value: valueAt(evaluation, child) }))
  const empty = node.children.length === 0 || (node.rest.numerator === 0 && node.rest.denominator === 0)
  return { region, value: valueOf(evaluation.definition, node.total), children, rest: empty ? null : valueOf(evaluation.definition, node.rest) }
}

export type Rows = 'numerator' | 'denominator' | 'missing'

/** [S7] The subjects behind a number, by id, in the order given. `missing`: in the denominator, not in the numerator – the work still to do. */
export function rowsOf(definition: IndicatorDefinition, membership: Membership, region: string, which: Rows): string[] {
  return membership.ids.filter((_, i) => {
    if (!(membership.regions[i] ?? '').startsWith(region)) return false
    const numerator = membership.inNumerator[i] !== 0
    if (which === 'numerator') return numerator
    const denominator = !isSum(definition) && membership.inDenominator[i] !== 0
    return which === 'denominator' ? denominator : denominator && !numerator
  })
}

/** Indicators of the packs as definitions and conditions: pure, from data to data. */
import type { Day } from '@songbai/calendar'
import type { IndicatorDefinition, Membership, Status, Target, Value } from '@songbai/indicators'
import type { CategoriesPack, IndicatorDef, Packs } from '@songbai/packs'

export interface Condition {
  readonly id: string
  /** A policy file of one row, as the policy engine reads it. */
  readonly text: string
}

/** Names of policies are lower-case words joined by hyphens. */
export function conditionId(indicator: string, side: 'numerator' | 'denominator'): string {
  return `${indicator}-${side}`
}

interface Row {
  readonly when: string
  readonly region: string
  readonly clauses: readonly string[]
  readonly params: CategoriesPack['params']
}

function policyText(id: string, row: Row): string {
  const basis = [...new Set([...row.clauses, ...Object.values(row.params).map((one) => one.clause)])]
  const key = (clause: string): string => `b${basis.indexOf(clause) + 1}`
  return JSON.stringify({
    policy: id, title: id, kind: 'service', service: id, region: row.region, version: 1, effective: { from: '2000-01-01' }, draft: true,
    basis: Object.fromEntries(basis.map((clause) => [key(clause), { doc: clause.split('/')[0], clause }])),
    ...(Object.keys(row.params).length > 0 ? { params: Object.fromEntries(Object.entries(row.params).map(([name, { clause, ...param }]) => [name, { ...param, basis: key(clause) }])) } : {}),
    table: { hit: 'first', rows: [{ id: 'in', when: row.when, basis: row.clauses.map(key) }] },
  })
}

/** [I2] The group of special difficulty is the age and any of the groups its place names; the nearest place decides. */
function umbrellaRows(pack: CategoriesPack): Row[] {
  return pack.umbrella.places.map((place) => {
    const members = pack.categories.filter((one) => place.anyOf.includes(one.id))
    const when = `age >= ${pack.umbrella.fromAge} && (${members.map((one) => `(${one.when})`).join(' || ')})`
    return { when, region: place.region, clauses: place.clauses, params: paramsIn(pack, when) }
  })
}

function paramsIn(pack: CategoriesPack, when: string): CategoriesPack['params'] {
  return Object.fromEntries(Object.entries(pack.params).filter(([name]) => new RegExp(`\\b${name}\\b`).test(when)))
}

function rowsFor(pack: CategoriesPack, side: NonNullable<IndicatorDef['denominator']>, clauses: readonly string[]): Row[] {
  if (side.when !== undefined) return [{ when: side.when, region: '000000', clauses, params: {} }]
  if (side.category === undefined) return []
  if (side.category === pack.umbrella.id) return umbrellaRows(pack)
  const category = pack.categories.find((one) => one.id === side.category)
  return category ? [{ when: category.when, region: '000000', clauses: category.clauses, params: paramsIn(pack, category.when) }] : []
}

/** Conditions of one side; none when the side counts everybody or goes by standing. */
export function conditionsOf(packs: Pick<Packs, 'categories'>, indicator: IndicatorDef, side: 'numerator' | 'denominator'): Condition[] {
  const counted = indicator[side]
  if (counted === null) return []
  const id = conditionId(indicator.id, side)
  return rowsFor(packs.categories, counted, indicator.clauses).map((row) => ({ id, text: policyText(id, row) }))
}

type PackTarget = Packs['targets'][number]

/** [I6] A target of a document is used only where it is a share or a count the engine compares exactly. */
export function targetOf(target: PackTarget | undefined): Target | undefined {
  const measure = target?.measures[0]
  if (!target || !measure || measure.value === null) return undefined
  const { comparator } = measure
  if (comparator !== 'atLeast' && comparator !== 'moreThan' && comparator !== 'atMost') return undefined
  return { value: measure.value, over: measure.unit === 'percent' ? 100 : 1, comparator, dueDay: measure.due, source: { document: target.document, clause: target.clauses[0]! } }
}

export function definitionOf(indicator: IndicatorDef, target: Target | undefined): IndicatorDefinition {
  const words = (side: { zh: string; en: string }) => ({ definition: { zh: side.zh, en: side.en } })
  return {
    id: indicator.id, title: indicator.label, unit: indicator.denominator === null ? 'count' : 'ratio', direction: indicator.better === 'up' ? 'higher' : indicator.better === 'down' ? 'lower' : 'none',
    dateRule: 'asAt', numerator: words(indicator.numerator), ...(indicator.denominator ? { denominator: words(indicator.denominator) } : {}), relation: 'within', source: null, ...(target ? { target } : {}),
  }
}

/** [I4] Somebody dead or gone who still draws a benefit is on no register of the living, and is exactly who this figure is for. */
export const GONE_COUNT_TOO = { zh: '已去世或迁出而仍在领的也算在内。', en: 'People who died or moved away and still draw are included.' }

export function countsTheGone(indicator: IndicatorDef): boolean {
  return indicator.numerator.state === 'enjoyingNotEntitled'
}

export interface Columns {
  readonly ids: readonly string[]
  readonly regions: readonly string[]
  readonly here: Uint8Array
  /** 0 no, 1 yes, 2 cannot be told; null: everybody here. */
  readonly denominator: Uint8Array | null
  /** The same, or results per person when `results`. */
  readonly numerator: Uint8Array | null
  readonly results: boolean
}

export interface Measured {
  readonly membership: Membership
  /** People who cannot be told, each counted once. */
  readonly unknown: Uint8Array
}

/**
 * [I1] One place in three heaps that do not overlap: counted, not counted, cannot be told. Somebody of whom the denominator cannot be told is in
 * the last one; a numerator is never outside its denominator.
 */
export function measure(columns: Columns): Measured {
  const { ids, regions, here, denominator, numerator, results } = columns
  const n = ids.length
  const [inDenominator, inNumerator, unknown, weight] = [new Uint8Array(n), new Uint8Array(n), new Uint8Array(n), new Uint8Array(n).fill(1)]
  for (let i = 0; i < n; i++) {
    if (results) {
      const count = numerator?.[i] ?? 0
      inDenominator[i] = here[i] === 1 || count > 0 ? 1 : 0
      inNumerator[i] = count > 0 ? 1 : 0
      weight[i] = count
      continue
    }
    const base = here[i] === 1 ? (denominator?.[i] ?? 1) : 0
    const told = numerator?.[i] ?? 1
    inDenominator[i] = base === 1 ? 1 : 0
    inNumerator[i] = base === 1 && told === 1 ? 1 : 0
    unknown[i] = base === 2 || (base === 1 && told === 2) ? 1 : 0
  }
  return { unknown, membership: { ids, regions, inDenominator, inNumerator, ...(results ? { weight } : {}) } }
}

export type Part = 'numerator' | 'denominator' | 'rest' | 'unknown'

/** [I5] Who stands behind a part. Numerator, rest and unknown of a ratio make up the denominator and those of whom it cannot be told. */
export function inPart({ membership, unknown }: Measured, i: number, part: Part): boolean {
  const [numerator, denominator, open] = [membership.inNumerator[i] === 1, membership.inDenominator[i] === 1, unknown[i] === 1]
  if (part === 'numerator') return numerator
  if (part === 'denominator') return denominator
  return part === 'unknown' ? open : denominator && !numerator && !open
}

export function shown(definition: IndicatorDefinition, value: Value, unknown: number): { numerator: number; denominator: number | null; unknown: number; value: number | null } {
  const sum = definition.unit === 'count'
  if (!value.known) return { numerator: 0, denominator: sum ? null : 0, unknown, value: sum ? 0 : null }
  return { numerator: value.numerator, denominator: sum ? null : value.denominator, unknown, value: sum ? value.numerator : value.numerator / value.denominator }
}

export function targetShown(target: PackTarget | undefined, used: Target | undefined): { value: number; dueOn: string | null; clause: string; text: { zh: string; en: string } } | null {
  return target && used ? { value: used.value / used.over, dueOn: used.dueDay, clause: `${used.source.document}/${used.source.clause}`, text: target.title } : null
}

export type { Status }

/** The last day of each of the months before the month of `at`, and `at` itself as the last point. */
export function trendDays(at: Day, months: number, lastOf: (day: Day) => Day, shift: (day: Day, months: number) => Day): Day[] {
  return Array.from({ length: months }, (_, i) => (i === months - 1 ? at : lastOf(shift(at, i - months + 1))))
}

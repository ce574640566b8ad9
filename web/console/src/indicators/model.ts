import type { seeBoard, seeRows } from '@songbai/capabilities/answer/indicators/contract'
import type { OutputOf, SentOf } from '@songbai/web-shared/api.ts'
import { formatNumber, formatPercent } from '@songbai/web-shared/words/format.ts'

export type Board = OutputOf<typeof seeBoard>
export type Indicator = Board['indicators'][number]
export type Figure = Pick<Indicator, 'numerator' | 'denominator' | 'unknown' | 'value'>
export type Child = Indicator['children'][number]
export type Part = SentOf<typeof seeRows>['part']
type Unit = Indicator['unit']

/** The figure as digits; the measure word comes from the page. Null: nobody in the denominator. */
export function digitsOf(unit: Unit, figure: Pick<Figure, 'value'>): string | null {
  if (figure.value === null) return null
  return unit === 'percent' ? formatPercent(figure.value) : formatNumber(figure.value)
}

const STEPS = [1, 2, 2.5, 5, 10]

/** A round end of the scale at or above the largest value; bars begin at zero. */
export function scaleEnd(values: readonly (number | null)[], unit: Unit): number {
  const largest = Math.max(0, ...values.map((value) => value ?? 0))
  if (largest === 0) return unit === 'percent' ? 1 : 10
  const power = 10 ** Math.floor(Math.log10(largest))
  const end = STEPS.map((step) => step * power).find((step) => step >= largest - 1e-12) ?? largest
  return unit === 'percent' ? Math.min(1, end) : Math.max(1, end)
}

/** Marks of the scale: zero, half, end. */
export function ticksOf(end: number): readonly number[] {
  return [0, end / 2, end]
}

/** A place behind the target of its indicator; without a target nothing is behind. */
export function isBehind(indicator: Pick<Indicator, 'target' | 'better'>, figure: Pick<Figure, 'value'>): boolean {
  if (indicator.target === null || figure.value === null) return false
  return indicator.better === 'down' ? figure.value > indicator.target.value : figure.value < indicator.target.value
}

/** What asks for attention: behind its target, or work left over where less is better. */
export function needsAttention(indicator: Pick<Indicator, 'status' | 'better' | 'value'>): boolean {
  return indicator.status === 'behind' || (indicator.status === 'noTarget' && indicator.better === 'down' && (indicator.value ?? 0) > 0)
}

/** The row for people known no more exactly than the place itself. */
export function isUnplaced(child: Pick<Child, 'code' | 'name'>, place: string): boolean {
  return child.code === place && child.name === ''
}

/** Titles of the packs begin small in English; on a page they stand alone. */
export function headed(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

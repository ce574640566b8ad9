/** What a tablet needs to fill in a scale: pages, progress, running sums. No level before the last answer ([F3]). */
import { pointsOf } from './conditions.ts'
import { askedItems, checkAnswer, isRefusal, isRequired, maxPoints, optionsOf } from './items.ts'
import type { Answers, Dimension, Item, Label, Option, ScaleDefinition } from './types.ts'

export interface FormItem { item: Item; options: Option[]; required: boolean }
export interface FormPage { code: string; label: Label; items: FormItem[] }

/** [F1] One page for each dimension in the order of the scale; with answers, only what is asked of this person. */
export function formPages(scale: ScaleDefinition, answers?: Answers): FormPage[] {
  const items = answers ? askedItems(scale, answers) : scale.items
  return scale.dimensions
    .map(({ code, label }) => ({ code, label, items: items.filter(item => item.dimension === code).map(item => toFormItem(scale, item)) }))
    .filter(page => page.items.length > 0)
}

const toFormItem = (scale: ScaleDefinition, item: Item): FormItem => ({ item, options: optionsOf(scale, item), required: isRequired(item) })

export interface Progress { required: number; answered: number; refused: number; next?: string; pages: { code: string; required: number; answered: number; refused: number }[] }

/** [F2] Counts required items only; an answer that does not fit the item counts as open. */
export function progress(scale: ScaleDefinition, answers: Answers): Progress {
  const asked = askedItems(scale, answers).filter(isRequired)
  const state = new Map(asked.map(item => [item.code, stateOf(scale, item, answers)]))
  const count = (items: Item[], wanted: string): number => items.filter(item => state.get(item.code) === wanted).length
  const pages = scale.dimensions.map(({ code }) => {
    const items = asked.filter(item => item.dimension === code)
    return { code, required: items.length, answered: count(items, 'answered'), refused: count(items, 'refused') }
  }).filter(page => page.required > 0)
  const next = asked.find(item => state.get(item.code) === 'open')?.code
  return { required: asked.length, answered: count(asked, 'answered'), refused: count(asked, 'refused'), next, pages }
}

function stateOf(scale: ScaleDefinition, item: Item, answers: Answers): 'open' | 'answered' | 'refused' {
  const answer = answers[item.code]
  if (answer === undefined || checkAnswer(scale, item, answer)) return 'open'
  return isRefusal(answer) ? 'refused' : 'answered'
}

export interface RunningTotal { code: string; score: number; max: number; answered: number; items: number; lowest: number; highest: number }

/** [F3] Points so far, and between which sums the dimension can still end; never a level. */
export function runningTotals(scale: ScaleDefinition, answers: Answers): { dimensions: RunningTotal[]; score: number; max: number; lowest: number; highest: number } {
  const asked = askedItems(scale, answers).filter(item => item.kind === 'score')
  const dimensions = scale.dimensions.map(dimension => runningTotal(scale, dimension, asked, answers)).filter(row => row.items > 0)
  const counted = dimensions.filter(row => scale.dimensions.find(dimension => dimension.code === row.code)?.counts !== false)
  const add = (key: 'score' | 'max' | 'lowest' | 'highest'): number => counted.reduce((sum, row) => sum + row[key], 0)
  return { dimensions, score: add('score'), max: add('max'), lowest: add('lowest'), highest: add('highest') }
}

function runningTotal(scale: ScaleDefinition, { code }: Dimension, asked: Item[], answers: Answers): RunningTotal {
  const row: RunningTotal = { code, score: 0, max: 0, answered: 0, items: 0, lowest: 0, highest: 0 }
  for (const item of asked.filter(candidate => candidate.dimension === code)) {
    const points = pointsOf(scale, item.code, answers)
    const max = maxPoints(scale, item)
    const min = Math.min(...optionsOf(scale, item).map(option => option.score ?? 0))
    row.items++
    row.max += max
    row.score += points ?? 0
    row.answered += points === undefined ? 0 : 1
    row.lowest += points ?? min
    row.highest += points ?? max
  }
  return row
}

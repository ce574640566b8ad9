/** Answers → level, with every step of the sum. Pure: no date, no name, no memory. */
import type { Adjustment, Answers, AssessmentResult, DimensionResult, Item, Problem, ScaleDefinition, Step } from './types.ts'
import { holds, pointsOf } from './conditions.ts'
import type { Situation } from './conditions.ts'
import { askedItems, checkAnswer, isRefusal, isRequired, maxPoints } from './items.ts'

export interface AssessOptions {
  /** `new` (default) makes a result; `read` recomputes an old record, the only use of a retired scale ([S12]). */
  purpose?: 'new' | 'read'
}

export function assess(scale: ScaleDefinition, answers: Answers, options: AssessOptions = {}): AssessmentResult {
  const asked = askedItems(scale, answers)
  const problems = findProblems(scale, answers, asked, options)
  if (problems.length) return { status: 'problems', problems }
  const open = findOpen(asked, answers)
  if (open.missing.length || open.refused.length) {
    return { status: 'incomplete', ...open, alerts: findAlerts({ scale, answers, grades: {} }) }
  }
  return sum(scale, answers, asked)
}

function findProblems(scale: ScaleDefinition, answers: Answers, asked: Item[], options: AssessOptions): Problem[] {
  const problems: Problem[] = []
  if (scale.retired && options.purpose !== 'read') problems.push({ code: 'retired_scale', args: { scale: scale.id } })
  const items = new Map(scale.items.map(item => [item.code, item]))
  for (const [code, answer] of Object.entries(answers)) {
    const item = items.get(code)
    if (!item) problems.push({ code: 'unknown_item', args: { item: code } })
    else if (!asked.includes(item)) problems.push({ code: 'skipped_but_answered', args: { item: code } })
    else {
      const problem = checkAnswer(scale, item, answer)
      if (problem) problems.push(problem)
    }
  }
  if (problems.length) return problems
  return (scale.contradictions ?? [])
    .filter(check => check.items.every(code => code in answers) && holds(check.when, { scale, answers, grades: {} }))
    .map(check => ({ code: 'contradiction' as const, args: { check: check.id, zh: check.label.zh, en: check.label.en } }))
}

/** [S6] A refusal is never a zero: it keeps the result open just as a missing answer does. */
function findOpen(asked: Item[], answers: Answers): { missing: string[]; refused: { item: string; reason: string }[] } {
  const missing: string[] = []
  const refused: { item: string; reason: string }[] = []
  for (const item of asked.filter(isRequired)) {
    const answer = answers[item.code]
    if (answer === undefined) missing.push(item.code)
    else if (isRefusal(answer)) refused.push({ item: item.code, reason: answer.reason })
  }
  return { missing, refused }
}

function sum(scale: ScaleDefinition, answers: Answers, asked: Item[]): AssessmentResult {
  const steps: Step[] = []
  const at: Situation = { scale, answers, grades: {} }
  const dimensionTotals = sumDimensions(at, asked, steps)
  const total = totalOf(scale, dimensionTotals, steps)
  at.total = total
  const initialLevel = combine(at, steps)
  if (initialLevel === undefined) return { status: 'problems', problems: [{ code: 'no_combination_rule', args: { ...at.grades } }] }
  const { finalLevel, adjustments } = adjust(at, initialLevel, steps)
  const level = scale.levels.find(candidate => candidate.level === finalLevel)
  steps.push({ code: 'final_level', args: { level: finalLevel }, label: level?.label })
  return {
    status: 'complete', dimensionTotals, total, initialLevel, adjustments, finalLevel,
    levelCode: level?.code ?? String(finalLevel), alerts: findAlerts(at), steps, unconfirmed: scale.unconfirmed === true,
  }
}

function sumDimensions(at: Situation, asked: Item[], steps: Step[]): Record<string, DimensionResult> {
  const totals: Record<string, DimensionResult> = {}
  for (const dimension of at.scale.dimensions) {
    const items = asked.filter(item => item.dimension === dimension.code && item.kind === 'score')
    if (items.length === 0) continue
    const points = items.map(item => pointsOf(at.scale, item.code, at.answers) ?? 0)
    const score = points.reduce((a, b) => a + b, 0)
    const max = items.reduce((a, item) => a + maxPoints(at.scale, item), 0)
    const result: DimensionResult = { score, max }
    steps.push({ code: 'dimension_sum', args: { dimension: dimension.code, parts: points.join('+'), score, max }, label: dimension.label })
    const grade = dimension.bands?.find(band => score >= band.min && score <= band.max)?.grade
      ?? dimension.gradeRules?.find(rule => holds(rule.when, at))?.grade ?? dimension.gradeElse
    if (grade !== undefined) {
      result.grade = at.grades[dimension.code] = grade
      steps.push({ code: 'dimension_grade', args: { dimension: dimension.code, score, grade }, label: dimension.label })
    }
    totals[dimension.code] = result
  }
  return totals
}

function totalOf(scale: ScaleDefinition, totals: Record<string, DimensionResult>, steps: Step[]): number {
  const counted = scale.dimensions.filter(dimension => dimension.counts !== false && totals[dimension.code])
  const scores = counted.map(dimension => totals[dimension.code]?.score ?? 0)
  const total = scores.reduce((a, b) => a + b, 0)
  if (scale.combination.method === 'total') steps.push({ code: 'total', args: { parts: scores.join('+'), total } })
  return total
}

function combine(at: Situation, steps: Step[]): number | undefined {
  const { combination } = at.scale
  if (combination.method === 'total') {
    const total = at.total ?? 0
    const band = combination.bands.find(candidate => total >= candidate.min && total <= candidate.max)
    if (band) steps.push({ code: 'band', args: { total, min: band.min, max: band.max, level: band.level } })
    return band?.level
  }
  if (combination.method === 'rules') {
    const rule = combination.rules.find(candidate => holds(candidate.when, at))
    if (rule) steps.push({ code: 'combination_rule', args: { rule: rule.id, level: rule.level }, label: rule.why })
    return rule?.level
  }
  const row = at.grades[combination.rows] ?? -1
  const column = Math.max(...combination.columnsWorstOf.map(code => at.grades[code] ?? -1))
  const cell = combination.cells[row]?.[column]
  if (cell) steps.push({ code: 'matrix_cell', args: { row, column, level: cell.level, trust: cell.trust } })
  return cell?.level
}

function adjust(at: Situation, initial: number, steps: Step[]) {
  const { adjustments } = at.scale
  const hits = adjustments?.rules.filter(rule => holds(rule.when, at)) ?? []
  if (!adjustments || hits.length === 0) {
    if (adjustments) steps.push({ code: 'no_adjustment', args: { level: initial } })
    return { finalLevel: initial, adjustments: [] }
  }
  const direct = worstDirect(hits)
  if (direct) return applyDirect(direct, hits, steps)
  return applyRaises(hits, initial, adjustments, steps)
}

const raiseOf = (rule: Adjustment): number => ('raise' in rule.effect ? rule.effect.raise : 0)

function worstDirect(hits: Adjustment[]): { rule: Adjustment; level: number } | undefined {
  let worst: { rule: Adjustment; level: number } | undefined
  for (const rule of hits) {
    if ('direct' in rule.effect && rule.effect.direct > (worst?.level ?? -1)) worst = { rule, level: rule.effect.direct }
  }
  return worst
}

/** [S8] A direct rule ends the sum; raises that also hold are named as reasons but change nothing more. */
function applyDirect(direct: { rule: Adjustment; level: number }, hits: Adjustment[], steps: Step[]) {
  steps.push({ code: 'direct_level', args: { rule: direct.rule.id, level: direct.level }, label: direct.rule.why })
  for (const rule of hits) {
    if (rule !== direct.rule) steps.push({ code: 'raise_overtaken', args: { rule: rule.id, by: direct.rule.id }, label: rule.why })
  }
  return { finalLevel: direct.level, adjustments: hits.map(rule => ({ id: rule.id, why: rule.why, applied: rule === direct.rule })) }
}

function applyRaises(hits: Adjustment[], initial: number, rules: { stacking: 'once' | 'each'; cap: number }, steps: Step[]) {
  const largest = hits.reduce((a, b) => (raiseOf(b) > raiseOf(a) ? b : a))
  const applied: { id: string; why: Adjustment['why']; applied: boolean }[] = []
  let level = initial
  for (const rule of hits) {
    const counts = rules.stacking === 'each' || rule === largest
    const next = counts ? Math.min(rules.cap, level + raiseOf(rule)) : level
    if (!counts) steps.push({ code: 'raise_not_stacked', args: { rule: rule.id, by: largest.id }, label: rule.why })
    else if (next === level) steps.push({ code: 'cap_reached', args: { rule: rule.id, cap: rules.cap }, label: rule.why })
    else steps.push({ code: 'raise_level', args: { rule: rule.id, from: level, level: next }, label: rule.why })
    applied.push({ id: rule.id, why: rule.why, applied: next !== level })
    level = next
  }
  return { finalLevel: level, adjustments: applied }
}

/** Alerts are read from what is there, also while the form is open: a danger cannot wait for the last item ([S13]). */
function findAlerts(at: Situation): { id: string; label: { zh: string; en: string } }[] {
  return (at.scale.alerts ?? []).filter(alert => holds(alert.when, at)).map(({ id, label }) => ({ id, label }))
}

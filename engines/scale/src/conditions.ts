/** Conditions over answers, dimension grades and the total. An item that is not answered satisfies nothing ([S15]). */
import type { Answers, Condition, ScaleDefinition } from './types.ts'
import { isRefusal, optionsOf } from './items.ts'

export interface Situation {
  scale: ScaleDefinition
  answers: Answers
  grades: Record<string, number>
  total?: number
}

const within = (n: number | undefined, limits: { atLeast?: number; atMost?: number }): boolean =>
  n !== undefined && n >= (limits.atLeast ?? -Infinity) && n <= (limits.atMost ?? Infinity)

/** The number behind an answer: a number itself, an option's points, the points of several options added. */
export function pointsOf(scale: ScaleDefinition, code: string, answers: Answers): number | undefined {
  const answer = answers[code]
  if (answer === undefined || isRefusal(answer)) return undefined
  if (typeof answer === 'number') return answer
  const item = scale.items.find(candidate => candidate.code === code)
  if (!item) return undefined
  const chosen = Array.isArray(answer) ? answer : [answer]
  let sum = 0
  for (const id of chosen) {
    const score = optionsOf(scale, item).find(option => option.id === id)?.score
    if (score === undefined) return undefined
    sum += score
  }
  return sum
}

function chosen(answers: Answers, code: string): string[] {
  const answer = answers[code]
  if (typeof answer === 'string') return [answer]
  return Array.isArray(answer) ? answer : []
}

function sumOf(at: Situation, codes: string[]): number | undefined {
  let sum = 0
  for (const code of codes) {
    const points = pointsOf(at.scale, code, at.answers)
    if (points === undefined) return undefined
    sum += points
  }
  return sum
}

export function holds(condition: Condition, at: Situation): boolean {
  if ('all' in condition) return condition.all.every(part => holds(part, at))
  if ('any' in condition) return condition.any.some(part => holds(part, at))
  if ('not' in condition) return !holds(condition.not, at)
  if ('total' in condition) return within(at.total, condition.total)
  if ('sumOf' in condition) return within(sumOf(at, condition.sumOf), condition)
  if ('countGrades' in condition) {
    const { dimensions, grades } = condition.countGrades
    return within(dimensions.filter(code => grades.includes(at.grades[code] ?? NaN)).length, condition)
  }
  if ('dimension' in condition) return condition.grade.includes(at.grades[condition.dimension] ?? NaN)
  if ('is' in condition) return chosen(at.answers, condition.item).some(id => condition.is.includes(id))
  return within(pointsOf(at.scale, condition.item, at.answers), condition)
}

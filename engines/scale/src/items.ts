/** Reading one answer of one item. */
import { isDay } from '@songbai/calendar'
import type { Answers, AnswerValue, Item, Option, Problem, Refusal, ScaleDefinition } from './types.ts'
import { holds } from './conditions.ts'

export const isRefusal = (answer: AnswerValue | Refusal | undefined): answer is Refusal =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)

export const isRequired = (item: Item): boolean => item.required !== false

export function optionsOf(scale: ScaleDefinition, item: Item): Option[] {
  if (item.options) return item.options
  const set = item.optionSet ?? ''
  return Object.hasOwn(scale.optionSets, set) ? scale.optionSets[set] ?? [] : []
}

/** [S4] Items asked of this person: those without a condition and those whose condition holds by the answers of items asked before. */
export function askedItems(scale: ScaleDefinition, answers: Answers): Item[] {
  const asked: Item[] = []
  const seen: Answers = {}
  for (const item of scale.items) {
    if (item.showIf && !holds(item.showIf, { scale, answers: seen, grades: {} })) continue
    asked.push(item)
    const answer = answers[item.code]
    if (answer !== undefined) seen[item.code] = answer
  }
  return asked
}

/** Largest number of points an item can give. */
export const maxPoints = (scale: ScaleDefinition, item: Item): number =>
  item.kind === 'score' ? Math.max(...optionsOf(scale, item).map(option => option.score ?? 0)) : 0

/** What is wrong with this answer, or nothing. */
export function checkAnswer(scale: ScaleDefinition, item: Item, answer: AnswerValue | Refusal): Problem | undefined {
  const args = { item: item.code }
  if (isRefusal(answer)) {
    if (answer.refused !== true) return { code: 'wrong_kind', args: { ...args, kind: item.kind } }
    return typeof answer.reason === 'string' && answer.reason.trim() ? undefined : { code: 'refusal_without_reason', args }
  }
  switch (item.kind) {
    case 'score':
    case 'choice': return checkChoice(scale, item, answer)
    case 'multi': return checkMulti(scale, item, answer)
    case 'number': return checkNumber(item, answer)
    case 'day': return isDayText(answer) ? undefined : { code: 'not_a_day', args }
    case 'text':
      if (typeof answer !== 'string') return { code: 'wrong_kind', args: { ...args, kind: item.kind } }
      return answer.trim() ? undefined : { code: 'empty_text', args }
  }
}

const isDayText = (answer: AnswerValue): boolean => typeof answer === 'string' && isDay(answer)

function checkChoice(scale: ScaleDefinition, item: Item, answer: AnswerValue): Problem | undefined {
  if (typeof answer !== 'string') return { code: 'wrong_kind', args: { item: item.code, kind: item.kind } }
  if (optionsOf(scale, item).some(option => option.id === answer)) return undefined
  return { code: 'unknown_option', args: { item: item.code, option: answer } }
}

function checkMulti(scale: ScaleDefinition, item: Item, answer: AnswerValue): Problem | undefined {
  const args = { item: item.code }
  if (!Array.isArray(answer) || answer.length === 0) return { code: 'wrong_kind', args: { ...args, kind: item.kind } }
  const options = optionsOf(scale, item)
  for (const id of answer) {
    const option = options.find(candidate => candidate.id === id)
    if (!option) return { code: 'unknown_option', args: { ...args, option: String(id) } }
    if (option.exclusive && answer.length > 1) return { code: 'exclusive_option', args: { ...args, option: id } }
  }
  return new Set(answer).size === answer.length ? undefined : { code: 'repeated_option', args }
}

function checkNumber(item: Item, answer: AnswerValue): Problem | undefined {
  const args = { item: item.code }
  if (typeof answer !== 'number' || !Number.isInteger(answer)) return { code: 'wrong_kind', args: { ...args, kind: item.kind } }
  const min = item.min ?? 0
  const max = item.max ?? Number.MAX_SAFE_INTEGER
  return answer >= min && answer <= max ? undefined : { code: 'out_of_range', args: { ...args, value: answer, min, max } }
}

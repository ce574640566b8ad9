import { adviceText, assess, OPEN_WORDS, parseScale, PROBLEM_WORDS, readableArgs, stepText, type AssessmentResult, type ScaleDefinition } from '@songbai/scale'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from './context.ts'

const SHORT: Record<string, string> = { gbt42195: 'gbt42195-2022', mzt039: 'mzt039-2013', ltci: 'ltci-2021' }

/** `songbai assess --scale gbt42195 < answers.json`: needs no data and no server. Old scales are read, never newly assessed. */
export const assessCommand: Command = async (context) => {
  const wanted = String(context.values['scale'] ?? 'gbt42195')
  const file = join(context.root, 'packs', 'scales', `${SHORT[wanted] ?? wanted}.json`)
  if (!/^[\w-]+$/.test(wanted) || !existsSync(file)) {
    context.print(context.language === 'zh' ? `没有“${wanted}”这个量表。可用：${Object.keys(SHORT).join('、')}` : `No scale "${wanted}". There are: ${Object.keys(SHORT).join(', ')}`)
    return 2
  }
  const parsed = parseScale(JSON.parse(readFileSync(file, 'utf8')))
  if (!('scale' in parsed)) throw new Error(JSON.stringify(parsed.faults))
  const answers = readAnswers()
  if (answers === null) {
    context.print(context.language === 'zh' ? '答案要写成 JSON 对象，例如 {"B.1.1":"4"}，从标准输入送进来。' : 'Answers must be a JSON object such as {"B.1.1":"4"} on standard input.')
    return 2
  }
  const result = assess(parsed.scale, answers, { purpose: parsed.scale.retired ? 'read' : 'new' })
  if (context.json) context.print(JSON.stringify({ command: 'assess', scale: parsed.scale.id, ...result }))
  else if (result.status === 'complete') for (const step of result.steps) context.print(stepText(step, context.language))
  else for (const line of unfinished(parsed.scale, result, context.language)) context.print(line)
  return result.status === 'complete' ? 0 : 1
}

/** What stands in the way of a result, in sentences: which items are open or refused, which answers cannot be. */
function unfinished(scale: ScaleDefinition, result: Exclude<AssessmentResult, { status: 'complete' }>, language: 'zh' | 'en'): string[] {
  const sentence = (words: { readonly what: string; readonly why: string; readonly todo: string }): string => (language === 'zh' ? `${words.what}。${words.why}${words.todo}` : `${words.what}. ${words.why} ${words.todo}`)
  if (result.status === 'problems') return result.problems.map((problem) => sentence(adviceText(PROBLEM_WORDS[problem.code], readableArgs(scale, problem.args, language), language)))
  const named = (items: readonly (string | { readonly item: string; readonly reason: string })[]): string[] => items.map((one) => (typeof one === 'string' ? { item: one, reason: '' } : one)).map(({ item, reason }) => `  ${item} ${scale.items.find((each) => each.code === item)?.label[language] ?? ''} ${reason}`.trimEnd())
  return (['missing', 'refused'] as const).flatMap((kind) => (result[kind].length === 0 ? [] : [sentence(adviceText(OPEN_WORDS[kind], { count: result[kind].length }, language)), ...named(result[kind])]))
}

function readAnswers(): Record<string, never> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(0, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, never>) : null
  } catch {
    return null
  }
}

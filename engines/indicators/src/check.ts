import { isDay } from '@songbai/calendar'
import type { IndicatorDefinition, Words } from './types.ts'

export type FindingCode = 'wordsMissing' | 'denominatorMissing' | 'denominatorUnused' | 'targetNotWhole' | 'targetAgainstDirection' | 'targetImpossible' | 'dueDayNotADay' | 'sourceMissing'
export type Finding = { code: FindingCode; at: string }

const lacks = (words: Words | undefined): boolean => words === undefined || words.zh.trim() === '' || words.en.trim() === ''

/** [S1] What is wrong with a definition; empty when it may be used. */
export function checkIndicator(definition: IndicatorDefinition): Finding[] {
  const findings: Finding[] = []
  const add = (code: FindingCode, at: string): void => { findings.push({ code, at }) }
  const { numerator, denominator, target, unit } = definition
  if (lacks(definition.title)) add('wordsMissing', 'title')
  if (lacks(numerator.definition)) add('wordsMissing', 'numerator')
  const needsDenominator = unit === 'ratio' || unit === 'minutes'
  if (needsDenominator && denominator === undefined) add('denominatorMissing', unit)
  if (!needsDenominator && denominator !== undefined) add('denominatorUnused', unit)
  if (denominator !== undefined && lacks(denominator.definition)) add('wordsMissing', 'denominator')
  if (definition.source !== null && (definition.source.document === '' || definition.source.clause === '')) add('sourceMissing', 'source')
  if (target === undefined) return findings
  if (!Number.isSafeInteger(target.value) || !Number.isSafeInteger(target.over) || target.value < 0 || target.over < 1) add('targetNotWhole', 'target')
  if ((definition.direction === 'higher' && target.comparator === 'atMost') || (definition.direction === 'lower' && target.comparator !== 'atMost')) add('targetAgainstDirection', 'target')
  // More than 100 % of a part of a whole can never be met.
  if (unit === 'ratio' && definition.relation === 'within' && (target.value > target.over || (target.value === target.over && target.comparator === 'moreThan'))) add('targetImpossible', 'target')
  if (target.dueDay !== null && !isDay(target.dueDay)) add('dueDayNotADay', 'target')
  if (target.sample !== true && (target.source.document === '' || target.source.clause === '')) add('sourceMissing', 'target')
  return findings
}

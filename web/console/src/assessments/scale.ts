/** The scale as the engine reads it, and its labels in the reader's language. */
import { seeForm } from '@songbai/capabilities/know/assessments/contract'
import { optionsOf, type Answers, type Item, type Label, type ScaleDefinition } from '@songbai/scale'
import type { Lang } from '@songbai/web-shared/words/catalogue.ts'
import { useSee } from '../query.tsx'
import type { Seen } from '../query.tsx'

export const NATIONAL = 'gbt42195-2022'

/** Asked once a sitting: the file only changes with a new version of the program. */
export function useScale(scaleId: string | null): Seen<ScaleDefinition> {
  const seen = useSee(seeForm, scaleId === null ? null : { scaleId })
  return { ...seen, value: seen.value?.scale as unknown as ScaleDefinition | undefined }
}

export function said(label: Label, lang: Lang): string {
  return lang === 'en' ? label.en : label.zh
}

export function levelLabel(scale: ScaleDefinition | undefined, code: string | null, lang: Lang, short = false): string {
  const level = scale?.levels.find((one) => one.code === code)
  return level ? said(short ? (level.short ?? level.label) : level.label, lang) : (code ?? '')
}

/** An answer in words: the label of the option, several joined, or the plain value. */
export function answerText(scale: ScaleDefinition, item: Item, answer: Answers[string] | undefined, lang: Lang): string {
  if (answer === undefined || (typeof answer === 'object' && !Array.isArray(answer))) return ''
  const options = optionsOf(scale, item)
  const label = (id: string): string => {
    const option = options.find((one) => one.id === id)
    return option ? said(option.label, lang) : id
  }
  return Array.isArray(answer) ? answer.map(label).join(lang === 'en' ? ', ' : '、') : label(String(answer))
}

/** Sum of the dimensions that count: what the total is out of. */
export function maxTotal(scale: ScaleDefinition): number {
  return scale.items.filter((item) => item.kind === 'score' && scale.dimensions.find((dimension) => dimension.code === item.dimension)?.counts !== false)
    .reduce((sum, item) => sum + Math.max(...optionsOf(scale, item).map((option) => option.score ?? 0)), 0)
}

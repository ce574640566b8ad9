/** Three sentences about a result: what it is, because of what, until when. */
import type { AssessmentResult, ScaleDefinition } from '@songbai/scale'
import type { Lang } from '@songbai/web-shared/words/catalogue.ts'
import { translator } from '@songbai/web-shared/words/translate.ts'
import { levelLabel, maxTotal, said } from './scale.ts'

export type Complete = Extract<AssessmentResult, { status: 'complete' }>

export interface Told {
  readonly name: string
  readonly levelCode: string
  readonly total: number | null
  readonly validUntil: string
  readonly reassessFrom: string | null
  readonly today: string
}

/** The engine's result as it was kept; null for a result known from paper only. */
export function asComplete(result: Record<string, unknown> | null): Complete | null {
  return result?.['status'] === 'complete' ? (result as unknown as Complete) : null
}

export function sentencesOf(scale: ScaleDefinition, result: Complete | null, told: Told, lang: Lang, day: (day: string) => string): string[] {
  const t = translator(lang)
  const level = levelLabel(scale, told.levelCode, lang)
  const first = told.total === null ? t('assess.say.level', { name: told.name, level }) : t('assess.say.levelTotal', { name: told.name, level, total: told.total, max: maxTotal(scale) })
  const until = scale.retired ? t('assess.say.old') : told.validUntil < told.today ? t('assess.say.ended', { day: day(told.validUntil) }) : told.reassessFrom === null ? t('assess.say.until', { day: day(told.validUntil) }) : t('assess.say.untilFrom', { day: day(told.validUntil), from: day(told.reassessFrom) })
  return [first, ...(result ? [because(scale, result, lang)] : [t('assess.say.paper')]), until]
}

function because(scale: ScaleDefinition, result: Complete, lang: Lang): string {
  const t = translator(lang)
  const band = result.steps.find((step) => step.code === 'band')
  const from = levelLabel(scale, scale.levels.find((one) => one.level === result.initialLevel)?.code ?? null, lang)
  const sum = band ? t('assess.say.band', { total: result.total, min: band.args['min'] ?? '', max: band.args['max'] ?? '', level: from }) : t('assess.say.combined', { level: from })
  const applied = result.adjustments.filter((one) => one.applied).map((one) => said(one.why, lang))
  if (applied.length > 0) return t('assess.say.raised', { sum, why: applied.join(lang === 'en' ? '; ' : '；'), level: levelLabel(scale, result.levelCode, lang) })
  const held = result.adjustments.map((one) => said(one.why, lang))
  return held.length > 0 ? t('assess.say.worstAlready', { sum, why: held.join(lang === 'en' ? '; ' : '；') }) : t('assess.say.plain', { sum })
}

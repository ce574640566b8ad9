import type { WordsOf } from '../catalogue.ts'
import type { indicators as zh } from '../zh-CN/indicators.ts'

export const indicators: WordsOf<typeof zh> = {
  'refusal.indicators.not-found': 'This indicator was not found.\nNot registered, or not yet on that day.\nPlease look under Indicators.',
}

import type { WordsOf } from '../catalogue.ts'
import type { offers as zh } from '../zh-CN/offers.ts'

export const offers: WordsOf<typeof zh> = {
  'refusal.offers.not-found': 'This offer was not found.\nIt is outside your places, or was merged into another record.\nOpen it again from the list of offers.',
}

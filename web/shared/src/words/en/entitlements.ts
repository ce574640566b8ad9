import type { WordsOf } from '../catalogue.ts'
import type { entitlements as zh } from '../zh-CN/entitlements.ts'

export const entitlements: WordsOf<typeof zh> = {
  'refusal.entitlements.elder-not-found': 'This elder was not found.\nOutside your area, or not registered.\nPress / to look again.',
  'refusal.entitlements.item-not-found': 'This item was not found.\nThe list of that day does not have it.\nPlease see the list of that day.',
}

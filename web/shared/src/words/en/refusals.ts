import type { WordsOf } from '../catalogue.ts'
import type { refusals as zh } from '../zh-CN/refusals.ts'

export const refusals: WordsOf<typeof zh> = {
  'refusal.unknownCode': 'Not done.\nThis does not fit the rules as they are ({code}).\nPlease give this code to your administrator.',
  'refusal.wrongCode': 'The one-time code is not right.\nIt changes every 30 seconds and may have passed.\nPlease read the new 6 digits on your phone.',
}

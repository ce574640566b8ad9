import type { messages as zh } from '../zh-CN/messages.ts'
import type { WordsOf } from '../catalogue.ts'

export const messages: WordsOf<typeof zh> = {
  'refusal.messages.not-found': 'This message was not found.\nIt is outside your places, or not addressed to you.\nOpen it again from the messages page.',
  'refusal.messages.ended': 'Nothing was recorded.\nThis message has its answer already, or is no longer needed.\nLook at its story.',
  'refusal.messages.not-reached-why': 'This cannot be recorded yet.\nWhen nobody was reached a word of why is needed, so that the next one knows how to try.\nWrite it, for example "phone off" or "not at home".',
  'refusal.messages.answered-already': 'There is no need to send it again.\nThe person has answered.\nLook at the answer.',
  'refusal.messages.channel-cannot': 'It was not sent that way.\nThis way does not lead to this person.\nChoose another one, or call.',
  'refusal.messages.quiet-whole-day': 'Nothing was saved.\nThe quiet hours cannot be the whole day: no call would ever leave.\nLeave some hours for calls.',
  'refusal.messages.gateway-off': 'It was not taken.\nThis county has no message gateway connected.\nAsk the administrator to set one up first.',
  'refusal.messages.signature-wrong': 'It was not taken.\nThe signature does not fit, so nothing proves that the gateway sent it.\nCompare the secret of the gateway with the one set here.',
  'refusal.messages.receipt-old': 'It was not taken.\nThe time of the receipt is more than five minutes off.\nSet the clock of the gateway right and send it again.',
}

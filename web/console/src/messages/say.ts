import type { MessageRow } from '@songbai/capabilities/know/messages/contract'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

export const STATE_WORD = { queued: 'msg.state.queued', sent: 'msg.state.sent', delivered: 'msg.state.delivered', answered: 'msg.state.answered', failed: 'msg.state.failed', withdrawn: 'msg.state.withdrawn' } as const satisfies Record<MessageRow['state'], WordKey>
export const STATE_MARK: Readonly<Record<MessageRow['state'], State>> = { queued: 'notYet', sent: 'notYet', delivered: 'yes', answered: 'yes', failed: 'alarm', withdrawn: 'no' }
export const WAITS_WORD = { clerk: 'msg.waits.clerk', print: 'msg.waits.print', village: 'msg.waits.village', gateway: 'msg.waits.gateway', reader: 'msg.waits.reader' } as const
export const CHANNEL_WORD = { outbox: 'msg.channel.outbox', letter: 'msg.channel.letter', villageTask: 'msg.channel.villageTask', webhook: 'msg.channel.webhook', screen: 'msg.channel.screen' } as const satisfies Record<MessageRow['channel'], WordKey>
/** Ways to an elder, in the order a clerk thinks of them. */
export const TO_ELDER = ['outbox', 'letter', 'villageTask', 'webhook'] as const

const NEXT_WORD = { clerk: 'msg.next.clerk', print: 'msg.next.print', village: 'msg.next.village', gateway: 'msg.next.gateway', reader: 'msg.next.reader' } as const
type ReasonWord = WordKey & `msg.reason.${string}`
type OutWord = WordKey & `msg.out.${string}`
type NextWord = WordKey & `msg.next.${string}`

const REASON_WORD: Readonly<Record<string, ReasonWord>> = {
  noGateway: 'msg.reason.noGateway', noPhone: 'msg.reason.noPhone', noScreen: 'msg.reason.noScreen', noLetter: 'msg.reason.noLetter', noVillage: 'msg.reason.noVillage', gatewayRefused: 'msg.reason.gatewayRefused', gatewayDown: 'msg.reason.gatewayDown',
  noReceipt: 'msg.reason.noReceipt', receiptFailed: 'msg.reason.receiptFailed', notReached: 'msg.reason.notReached', quiet: 'msg.reason.quiet', channelFault: 'msg.reason.channelFault',
}
const OUT_WORD: Readonly<Record<string, OutWord>> = {
  sent: 'msg.out.sent', waits: 'msg.out.waits', again: 'msg.out.again', failed: 'msg.out.failed', printed: 'msg.out.printed', toldByPhone: 'msg.out.toldByPhone', toldByVisit: 'msg.out.toldByVisit', receipt: 'msg.out.receipt', taken: 'msg.out.taken', seen: 'msg.out.seen',
  answered: 'msg.out.answered', 'reply.yes': 'msg.out.replyYes', 'reply.no': 'msg.out.replyNo', 'reply.other': 'msg.out.replyOther', asked: 'msg.out.asked', withdrawn: 'msg.out.withdrawn',
}

export function nextWord(row: Pick<MessageRow, 'waitsFor' | 'state'>): NextWord {
  if (row.waitsFor !== null) return NEXT_WORD[row.waitsFor]
  return row.state === 'failed' ? 'msg.next.failed' : row.state === 'queued' ? 'msg.next.gateway' : 'msg.next.none'
}

/** A reason may carry a detail after a blank: `gatewayRefused 400`, `notReached 关机`. */
export function reasonParts(text: string): { readonly word: ReasonWord; readonly rest: string } {
  const [code, ...rest] = text.split(' ')
  return { word: REASON_WORD[code!] ?? 'msg.reason.other', rest: REASON_WORD[code!] ? rest.join(' ') : '' }
}

export function outWord(outcome: string): OutWord {
  return OUT_WORD[outcome] ?? 'msg.out.sent'
}

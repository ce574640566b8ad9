import type { BatchHead, LineList } from '@songbai/capabilities/decide/payments/contract'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'

export const STATE_WORD = { computing: 'pay.state.computing', draft: 'pay.state.draft', checked: 'pay.state.checked', released: 'pay.state.released', exported: 'pay.state.exported', settled: 'pay.state.settled', dropped: 'pay.state.dropped' } as const satisfies Record<BatchHead['state'], WordKey>
export const STATE_MARK: Record<BatchHead['state'], State> = { computing: 'notYet', draft: 'notYet', checked: 'notYet', released: 'yes', exported: 'yes', settled: 'yes', dropped: 'no' }

export const STEPS = [['draft', 'pay.step.draft'], ['checked', 'pay.step.checked'], ['released', 'pay.step.released'], ['exported', 'pay.step.exported'], ['settled', 'pay.step.settled']] as const

/** How many of the five steps are behind; 0 while it is worked out or after it was dropped. */
export function stepsDone(state: BatchHead['state']): number {
  return STEPS.findIndex(([step]) => step === state) + 1
}

export const LIST_WORD = { all: 'pay.list.all', pay: 'pay.list.pay', held: 'pay.list.held', stopped: 'pay.list.stopped', began: 'pay.list.began', ended: 'pay.list.ended', changed: 'pay.list.changed', arrears: 'pay.list.arrears', offset: 'pay.list.offset', over: 'pay.list.over', again: 'pay.list.again', returned: 'pay.list.returned' } as const
export const CHECK_WORD = { deadPaid: 'pay.check.deadPaid', twice: 'pay.check.twice', sharedAccount: 'pay.check.sharedAccount', changedAccount: 'pay.check.changedAccount', sameId: 'pay.check.sameId', overBudget: 'pay.check.overBudget', stale: 'pay.check.stale', noAccount: 'pay.check.noAccount', unknown: 'pay.check.unknown' } as const
export type CheckCode = keyof typeof CHECK_WORD
export const STOP_WORD: Readonly<Record<string, WordKey & `pay.stop.${string}`>> = { gone: 'pay.stop.gone', no: 'pay.stop.no', suspended: 'pay.stop.suspended', displaced: 'pay.stop.displaced', over: 'pay.stop.over', unregistered: 'pay.stop.unregistered' }
export const STALE_WORD: Readonly<Record<string, WordKey & `pay.stale.${string}`>> = { died: 'pay.stale.died', merged: 'pay.stale.merged', entitlement: 'pay.stale.entitlement', otherReleased: 'pay.stale.otherReleased', changed: 'pay.stale.changed', account: 'pay.stale.account' }
export const PART_WORD = { month: 'pay.part.month', arrears: 'pay.part.arrears', overpaid: 'pay.part.overpaid', again: 'pay.part.again', offset: 'pay.part.offset' } as const
export const CODE_WORD: Readonly<Record<string, WordKey & `pay.code.${string}`>> = {
  no: 'pay.code.no', full: 'pay.code.full', began: 'pay.code.began', changed: 'pay.code.changed', reduced: 'pay.code.reduced', ended: 'pay.code.ended', died: 'pay.code.died', moved: 'pay.code.moved', suspendedSince: 'pay.code.suspendedSince', displacedSince: 'pay.code.displacedSince', after: 'pay.code.after',
  waits: 'pay.code.waits', over: 'pay.code.over', notApplied: 'pay.code.notApplied', paidBefore: 'pay.code.paidBefore', perUse: 'pay.code.perUse', noPay: 'pay.code.noPay', suspended: 'pay.code.suspended', displaced: 'pay.code.displaced', unknown: 'pay.code.unknown', gone: 'pay.code.gone',
}

export interface ListAsk {
  readonly list: LineList
  readonly item?: string
  readonly place?: string
  readonly stop?: string
}

/** Every figure of a batch opens this page with exactly the rows it counts. */
export function listAddress(batchId: string, ask: ListAsk): string {
  const params = new URLSearchParams({ list: ask.list, ...(ask.item ? { item: ask.item } : {}), ...(ask.place ? { place: ask.place } : {}), ...(ask.stop ? { stop: ask.stop } : {}) })
  return `/payments/${batchId}/list?${params.toString()}`
}

/** Yuan as typed to fen, exact; null when it is no amount. */
export function readYuan(text: string): number | null {
  const found = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.replace(/[,，\s]/g, '').replace('．', '.'))
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}

/** This month and those before it, newest first. */
export function monthsBack(today: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - i
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
  })
}

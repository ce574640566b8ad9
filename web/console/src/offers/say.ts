import type { OfferRow } from '@songbai/capabilities/decide/offers/contract'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

type Stage = OfferRow['state']
export const STAGE_WORD = {
  found: 'offers.stage.found', told: 'offers.stage.told', consented: 'offers.stage.consented', checked: 'offers.stage.checked', approved: 'offers.stage.approved', declined: 'offers.stage.declined', refused: 'offers.stage.refused', ended: 'offers.stage.ended',
} as const satisfies Record<Stage, WordKey>
export const STAGE_MARK: Readonly<Record<Stage, State>> = { found: 'notYet', told: 'notYet', consented: 'notYet', checked: 'notYet', approved: 'yes', declined: 'no', refused: 'no', ended: 'no' }
/** Those somebody must do something about, in the order of the way. */
export const WAITING = ['found', 'told', 'consented', 'checked'] as const
export const REACHED_WORD = { found: 'offers.reached.found', told: 'offers.reached.told', consented: 'offers.reached.consented', approved: 'offers.reached.approved' } as const
export const KIND_WORD = { phone: 'offers.kind.phone', visit: 'offers.kind.visit', paper: 'offers.kind.paper', voice: 'offers.kind.voice', representative: 'offers.kind.representative', message: 'offers.kind.message' } as const
export const DECLINE_WORD = { notNow: 'offers.decline.notNow', noNeed: 'offers.decline.noNeed', otherBenefit: 'offers.decline.otherBenefit', never: 'offers.decline.never' } as const
export const END_WORD = { notEntitled: 'offers.end.notEntitled', unknown: 'offers.end.unknown', enjoying: 'offers.end.enjoying', stopped: 'offers.end.stopped', dead: 'offers.end.dead', moved: 'offers.end.moved', merged: 'offers.end.merged' } as const


const STEP_WORD = { found: 'offers.step.found', again: 'offers.step.again', sent: 'offers.step.sent', told: 'offers.step.told', notReached: 'offers.step.notReached', readReply: 'offers.step.readReply', paper: 'offers.step.paper', checked: 'offers.step.checked', sentBack: 'offers.step.sentBack', approved: 'offers.step.approved', refused: 'offers.step.refused' } as const

export type StepSaid = { readonly kind: 'plain'; readonly word: (typeof STEP_WORD)[keyof typeof STEP_WORD] } | { readonly kind: 'consented'; readonly of: keyof typeof KIND_WORD } | { readonly kind: 'declined'; readonly of: keyof typeof DECLINE_WORD } | { readonly kind: 'ended'; readonly of: keyof typeof END_WORD }

/** `consented.phone`, `ended.dead` … carry their particular behind a point. */
export function stepSaid(what: string): StepSaid {
  const [kind, of] = what.split('.')
  if (kind === 'consented' && of !== undefined && of in KIND_WORD) return { kind, of: of as keyof typeof KIND_WORD }
  if (kind === 'declined' && of !== undefined && of in DECLINE_WORD) return { kind, of: of as keyof typeof DECLINE_WORD }
  if (kind === 'ended' && of !== undefined && of in END_WORD) return { kind, of: of as keyof typeof END_WORD }
  return { kind: 'plain', word: STEP_WORD[kind as keyof typeof STEP_WORD] ?? 'offers.step.told' }
}

export interface OffersQuery {
  readonly stage?: Stage
  readonly reached?: keyof typeof REACHED_WORD
  readonly item?: string
  readonly place?: string
  readonly over?: boolean
}

/** The list that shows exactly the rows of a count. */
export function offersAddress(query: OffersQuery): string {
  const params = new URLSearchParams()
  if (query.stage) params.set('stage', query.stage)
  if (query.reached) params.set('reached', query.reached)
  if (query.item) params.set('item', query.item)
  if (query.place) params.set('place', query.place)
  if (query.over) params.set('over', '1')
  const text = params.toString()
  return text === '' ? '/offers' : `/offers?${text}`
}

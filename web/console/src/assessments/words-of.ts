/** Codes of the contract → words of the catalogue. */
import type { DueKind, State as AssessmentState, PURPOSES, REASONS } from '@songbai/capabilities/know/assessments/contract'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'

type Own = WordKey & `assess.${string}`

export const STATE_WORD = {
  draft: 'assess.state.draft', waitingSignatures: 'assess.state.waiting', complete: 'assess.state.complete', disputed: 'assess.state.disputed', superseded: 'assess.state.superseded', void: 'assess.state.void',
} as const satisfies Readonly<Record<AssessmentState, Own>>

/** Shape and colour beside the word. */
export const STATE_MARK: Readonly<Record<AssessmentState, State>> = { draft: 'notYet', waitingSignatures: 'notYet', complete: 'yes', disputed: 'unknown', superseded: 'no', void: 'no' }

export const DUE_WORD = { never: 'assess.due.never', expired: 'assess.due.expired', expiring: 'assess.due.expiring', event: 'assess.due.event', disputed: 'assess.due.disputed' } as const satisfies Readonly<Record<DueKind, Own>>
export const DUE_MARK: Readonly<Record<DueKind, State>> = { never: 'unknown', expired: 'alarm', expiring: 'notYet', event: 'notYet', disputed: 'unknown' }

export const REASON_WORD = {
  first: 'assess.reason.first', routine: 'assess.reason.routine', immediate: 'assess.reason.immediate', recheck: 'assess.reason.recheck', other: 'assess.reason.other', recorded: 'assess.reason.recorded',
} as const satisfies Readonly<Record<(typeof REASONS)[number], Own>>

export const PURPOSE_WORD = {
  subsidy: 'assess.purpose.subsidy', ltcInsurance: 'assess.purpose.ltcInsurance', disability: 'assess.purpose.disability', admission: 'assess.purpose.admission', service: 'assess.purpose.service', other: 'assess.purpose.other',
} as const satisfies Readonly<Record<(typeof PURPOSES)[number], Own>>

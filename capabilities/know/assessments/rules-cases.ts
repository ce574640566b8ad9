import type { CaseType } from '@songbai/casework'

/** [A11] A result about to end: the township arranges a new assessment before it does; afterwards the county sees to it. */
export const EXPIRING: CaseType = {
  id: 'assessments.expiring', title: { zh: '{name}的能力评估{validUntil}到期，请安排复评', en: 'The ability assessment of {name} ends on {validUntil}: arrange a new one' },
  start: 'open', firstOwner: { post: 'townshipClerk', level: 'township' },
  states: [{ id: 'open', title: { zh: '待安排', en: 'To arrange' }, kind: 'open' }, { id: 'done', title: { zh: '已办', en: 'Done' }, kind: 'closed' }],
  moves: [{ id: 'finish', from: ['open'], to: 'done', verb: { zh: '办好了', en: 'Done' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['assessed', 'refused', 'left', 'notNeeded'] }],
  clocks: [{ id: 'end', title: { zh: '到期前办好', en: 'Before the result ends' }, runsIn: ['open'], length: { days: 30, endsOnWorkday: true }, onFire: 'county' }],
  ladder: [{ id: 'county', title: { zh: '转县级', en: 'To the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'takeOver' }],
  outcomes: [
    { id: 'assessed', title: { zh: '已重新评估', en: 'Assessed again' } }, { id: 'refused', title: { zh: '本人不愿评估', en: 'Declined' } },
    { id: 'left', title: { zh: '已去世或迁出', en: 'Died or moved away' } }, { id: 'notNeeded', title: { zh: '不用评估', en: 'Not needed' } },
  ],
  reassign: ['owner', 'countyClerk', 'townshipClerk'],
}

/** [A12] A disputed result: other assessors check it. Thirty days is a product choice until a county sets its own. */
export const DISPUTED: CaseType = {
  ...EXPIRING, id: 'assessments.disputed', title: { zh: '{name}对评估结果有异议，请另派评估员复评', en: '{name} disputes the assessment: send other assessors' },
  outcomes: [{ id: 'assessed', title: { zh: '复评已签字', en: 'Re-check signed' } }, { id: 'withdrawn', title: { zh: '异议已撤回', en: 'Dispute withdrawn' } }],
  moves: [{ id: 'finish', from: ['open'], to: 'done', verb: { zh: '办好了', en: 'Done' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['assessed', 'withdrawn'] }],
  clocks: [{ id: 'recheck', title: { zh: '复评期限', en: 'Re-check by' }, runsIn: ['open'], length: { days: 30, endsOnWorkday: true }, onFire: 'county' }],
}

export const CASE_TYPES: readonly CaseType[] = [EXPIRING, DISPUTED]

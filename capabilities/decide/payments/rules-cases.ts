/** Work that a batch leaves behind for a person. */
import type { CaseType } from '@songbai/casework'

export const RECOUP: CaseType = {
  id: 'payments.recoup', title: { zh: '{name}：多发{yuan}元，请定追回办法', en: '{name}: {yuan} yuan paid too much, decide how it comes back' },
  start: 'open', firstOwner: { post: 'countyClerk', level: 'county' },
  states: [{ id: 'open', title: { zh: '待追回', en: 'To recover' }, kind: 'open' }, { id: 'done', title: { zh: '已了结', en: 'Settled' }, kind: 'closed' }],
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '了结', en: 'Settle' }, who: ['program'], outcomes: ['recovered', 'writtenOff'] }],
  clocks: [{ id: 'plan', title: { zh: '定出办法', en: 'To be planned by' }, runsIn: ['open'], length: { days: 30, endsOnWorkday: true }, onFire: 'county' }],
  ladder: [{ id: 'county', title: { zh: '再提醒县级', en: 'Remind the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'inform' }],
  outcomes: [{ id: 'recovered', title: { zh: '已追回', en: 'Recovered' } }, { id: 'writtenOff', title: { zh: '两人同意核销', en: 'Written off by two people' } }],
  reassign: ['owner', 'countyClerk'],
}

export const CASE_TYPES: readonly CaseType[] = [RECOUP]

/** One case accompanies each offer: who must act at each stage, until when, and what happens when nobody does. */
import type { CaseType } from '@songbai/casework'

/** Days a rule may give, of which the nearest not above its own is taken: clocks of a case type are data, not arguments. */
export const CASE_DAYS = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180] as const

export function caseTypeFor(days: number): string {
  return `offers.within${[...CASE_DAYS].reverse().find((one) => one <= days) ?? CASE_DAYS[0]}`
}

const OPEN = ['tell', 'ask', 'check', 'approve'] as const
const TOWNSHIP = { post: 'townshipClerk', level: 'township' } as const
const COUNTY = { post: 'countyClerk', level: 'county' } as const

/** [O11] Township tells, asks and checks; county approves. The time of each stage is a product choice, the time of the whole is the rule's. Steps are taken on the page of the offer, so that the case can never say more than the offer. */
function offerCase(days: number): CaseType {
  return {
    id: `offers.within${days}`, title: { zh: '服务找人：{name}，{item}', en: 'Offer to {name}: {item}' }, start: 'tell', firstOwner: TOWNSHIP,
    states: [
      { id: 'tell', title: { zh: '等着告诉', en: 'To be told' }, kind: 'open' }, { id: 'ask', title: { zh: '等答复', en: 'Waiting for an answer' }, kind: 'open' },
      { id: 'check', title: { zh: '等乡镇核对', en: 'To be checked by the township' }, kind: 'open' }, { id: 'approve', title: { zh: '等县里审批', en: 'To be approved by the county' }, kind: 'open' },
      { id: 'done', title: { zh: '已了结', en: 'Settled' }, kind: 'closed' },
    ],
    moves: [
      { id: 'told', from: ['tell'], to: 'ask', verb: { zh: '告诉了', en: 'Told' }, who: ['program'] },
      { id: 'consented', from: ['tell', 'ask'], to: 'check', verb: { zh: '同意了', en: 'Agreed' }, who: ['program'], owner: TOWNSHIP },
      { id: 'checked', from: ['check'], to: 'approve', verb: { zh: '核对好了', en: 'Checked' }, who: ['program'], owner: COUNTY },
      { id: 'sentBack', from: ['approve'], to: 'check', verb: { zh: '退回乡镇', en: 'Sent back' }, who: ['program'], owner: TOWNSHIP },
      { id: 'finish', from: [...OPEN], to: 'done', verb: { zh: '了结', en: 'Settle' }, who: ['program'], outcomes: ['approved', 'declined', 'refused', 'ended'] },
    ],
    clocks: [
      { id: 'tell', title: { zh: '告诉本人的期限', en: 'To be told by' }, runsIn: ['tell'], length: { workdays: 5 }, onFire: 'county' },
      { id: 'ask', title: { zh: '等答复的期限', en: 'To be answered by' }, runsIn: ['ask'], length: { days: 15, endsOnWorkday: true }, onFire: 'county' },
      { id: 'check', title: { zh: '核对的期限', en: 'To be checked by' }, runsIn: ['check'], length: { workdays: 5 }, onFire: 'county' },
      { id: 'approve', title: { zh: '审批的期限', en: 'To be approved by' }, runsIn: ['approve'], length: { workdays: 5 }, onFire: 'leader' },
      { id: 'whole', title: { zh: '全程期限', en: 'To be settled by' }, runsIn: [...OPEN], length: { days, endsOnWorkday: true }, onFire: 'county' },
    ],
    ladder: [
      { id: 'county', title: { zh: '转县级', en: 'To the county' }, to: COUNTY, mode: 'takeOver', next: { step: 'leader', after: { workdays: 5 } } },
      { id: 'leader', title: { zh: '报分管领导', en: 'The leader is told' }, to: { post: 'leader', level: 'county' }, mode: 'inform' },
    ],
    outcomes: [
      { id: 'approved', title: { zh: '已批准', en: 'Approved' } }, { id: 'declined', title: { zh: '本人不要', en: 'Declined' } },
      { id: 'refused', title: { zh: '不批准', en: 'Refused' } }, { id: 'ended', title: { zh: '不再符合，自动了结', en: 'No longer entitled, ended by itself' } },
    ],
    reassign: ['owner', 'townshipClerk', 'countyClerk'],
  }
}

export const CASE_TYPES: readonly CaseType[] = CASE_DAYS.map(offerCase)

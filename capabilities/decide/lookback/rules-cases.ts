/** A spell handed over: somebody sees to it. */
import type { CaseType } from '@songbai/casework'

const BASE = {
  start: 'open',
  states: [{ id: 'open', title: { zh: '待办', en: 'To do' }, kind: 'open' }, { id: 'done', title: { zh: '办结', en: 'Done' }, kind: 'closed' }],
  ladder: [{ id: 'county', title: { zh: '转县级', en: 'To the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'takeOver' }],
  reassign: ['owner', 'countyClerk', 'townshipClerk'],
} as const

export const MISSED: CaseType = {
  ...BASE, id: 'lookback.missed', title: { zh: '{name}：{item}该享受没享受，{months} 个月', en: '{name}: {item} was due and not drawn, {months} months' }, firstOwner: { post: 'townshipClerk', level: 'township' },
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '办好了', en: 'Done' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['offered', 'notDue', 'declined', 'withdrawn'] }],
  clocks: [{ id: 'do', title: { zh: '办理期限', en: 'To be done by' }, runsIn: ['open'], length: { workdays: 10 }, onFire: 'county' }],
  outcomes: [{ id: 'offered', title: { zh: '已经帮着办', en: 'Being arranged' } }, { id: 'notDue', title: { zh: '核实后不该享受，情况已更正', en: 'Not due: the facts were corrected' } }, { id: 'declined', title: { zh: '本人不要', en: 'The person declines' } }, { id: 'withdrawn', title: { zh: '收回，不办了', en: 'Taken back' } }],
}

export const OVERPAID: CaseType = {
  ...BASE, id: 'lookback.overpaid', title: { zh: '{name}：{item}不该领还在领，{months} 个月', en: '{name}: {item} was drawn and not due, {months} months' }, firstOwner: { post: 'countyClerk', level: 'county' },
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '办好了', en: 'Done' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['recover', 'right', 'waived', 'withdrawn'] }],
  clocks: [{ id: 'do', title: { zh: '办理期限', en: 'To be done by' }, runsIn: ['open'], length: { workdays: 10 }, onFire: 'county' }],
  outcomes: [{ id: 'recover', title: { zh: '停发并追缴', en: 'Stopped, to be recovered' } }, { id: 'right', title: { zh: '其实该领，情况已更正', en: 'It was due: the facts were corrected' } }, { id: 'waived', title: { zh: '依规定不追缴', en: 'Not recovered, by the rules' } }, { id: 'withdrawn', title: { zh: '收回，不办了', en: 'Taken back' } }],
}

export const CASE_TYPES: readonly CaseType[] = [MISSED, OVERPAID]

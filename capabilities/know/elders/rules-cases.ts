/** Work that only a person can settle, as case types. */
import type { CaseType } from '@songbai/casework'

const BASE = {
  start: 'open', firstOwner: { post: 'townshipClerk', level: 'township' },
  states: [{ id: 'open', title: { zh: '待核实', en: 'To check' }, kind: 'open' }, { id: 'done', title: { zh: '已核实', en: 'Checked' }, kind: 'closed' }],
  ladder: [{ id: 'county', title: { zh: '转县级', en: 'To the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'takeOver' }],
  reassign: ['owner', 'countyClerk', 'townshipClerk'],
} as const

/** Both of two statements cannot be true: somebody asks the village. Closing with an outcome settles the event itself. */
export const EVENT_CONFLICT: CaseType = {
  ...BASE, id: 'elders.eventConflict', title: { zh: '{name}：来件与已知情况矛盾，请核实', en: '{name}: an event contradicts what is known, please check' },
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '核实好了', en: 'Checked' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['eventRight', 'eventWrong'] }],
  clocks: [{ id: 'check', title: { zh: '核实期限', en: 'To be checked by' }, runsIn: ['open'], length: { workdays: 3 }, onFire: 'county' }],
  outcomes: [{ id: 'eventRight', title: { zh: '来件是对的，照此更新', en: 'The event is right: apply it' } }, { id: 'eventWrong', title: { zh: '来件有误，不采用', en: 'The event is wrong: leave it out' } }],
}

export const DUPLICATE_SUSPECT: CaseType = {
  ...BASE, id: 'elders.duplicateSuspect', title: { zh: '{name}与{other}可能是同一个人', en: '{name} and {other} may be one person' },
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '核实好了', en: 'Checked' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['merged', 'twoPeople'] }],
  clocks: [{ id: 'check', title: { zh: '核实期限', en: 'To be checked by' }, runsIn: ['open'], length: { days: 15, endsOnWorkday: true }, onFire: 'county' }],
  outcomes: [{ id: 'merged', title: { zh: '是同一个人，已合并', en: 'One person, merged' } }, { id: 'twoPeople', title: { zh: '是两个人', en: 'Two people' } }],
}

export const UNMATCHED_EVENT: CaseType = {
  ...BASE, id: 'elders.unmatchedEvent', title: { zh: '来件里的人没有找到（{source} {ref}）', en: 'The person of an event was not found ({source} {ref})' }, firstOwner: { post: 'countyClerk', level: 'county' },
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '查清了', en: 'Settled' }, who: ['owner', 'countyClerk', 'program'], outcomes: ['registered', 'notOurs'] }],
  clocks: [{ id: 'check', title: { zh: '核实期限', en: 'To be checked by' }, runsIn: ['open'], length: { days: 15, endsOnWorkday: true }, onFire: 'county' }],
  outcomes: [{ id: 'registered', title: { zh: '已登记或更正', en: 'Registered or corrected' } }, { id: 'notOurs', title: { zh: '不是本地老人', en: 'Not one of ours' } }],
}

export const CASE_TYPES: readonly CaseType[] = [EVENT_CONFLICT, DUPLICATE_SUSPECT, UNMATCHED_EVENT]

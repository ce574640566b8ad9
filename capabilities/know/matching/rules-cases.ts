/** Somebody asks the village which of two lists is right. */
import type { CaseType } from '@songbai/casework'

export const ASK_VILLAGE: CaseType = {
  id: 'matching.ask', title: { zh: '{name}：{what}，请到村里核实', en: '{name}: {what}, please ask in the village' }, start: 'open', firstOwner: { post: 'villageAssistant', level: 'village' },
  states: [{ id: 'open', title: { zh: '待核实', en: 'To check' }, kind: 'open' }, { id: 'done', title: { zh: '已核实', en: 'Checked' }, kind: 'closed' }],
  moves: [{ id: 'settle', from: ['open'], to: 'done', verb: { zh: '核实好了', en: 'Checked' }, who: ['owner', 'townshipClerk', 'countyClerk', 'program'], outcomes: ['theirs', 'ours', 'notSame', 'withdrawn'] }],
  clocks: [{ id: 'ask', title: { zh: '核实期限', en: 'To be checked by' }, runsIn: ['open'], length: { workdays: 5 }, onFire: 'township' }],
  ladder: [
    { id: 'township', title: { zh: '转乡镇', en: 'To the township' }, to: { post: 'townshipClerk', level: 'township' }, mode: 'takeOver', next: { step: 'county', after: { workdays: 5 } } },
    { id: 'county', title: { zh: '转县级', en: 'To the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'takeOver' },
  ],
  outcomes: [
    { id: 'theirs', title: { zh: '对方名单是对的，照此更新', en: 'Their list is right: take it over' } }, { id: 'ours', title: { zh: '这里是对的，不改', en: 'Ours is right: nothing changes' } },
    { id: 'notSame', title: { zh: '不是同一个人', en: 'Not one person' } }, { id: 'withdrawn', title: { zh: '不用问了', en: 'No longer asked' } },
  ],
  reassign: ['owner', 'townshipClerk', 'countyClerk'],
}

export const CASE_TYPES: readonly CaseType[] = [ASK_VILLAGE]

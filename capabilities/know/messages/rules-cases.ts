import type { CaseType } from '@songbai/casework'

/** [M8] Somebody goes and says it. Three working days, then the township sees to it; a product choice. */
export const VILLAGE_TASK: CaseType = {
  id: 'messages.villageTask', title: { zh: '上门告诉{name}：{title}', en: 'Tell {name} at home: {title}' }, start: 'open', firstOwner: { post: 'villageAssistant', level: 'village' },
  states: [{ id: 'open', title: { zh: '待上门', en: 'To visit' }, kind: 'open' }, { id: 'done', title: { zh: '已办', en: 'Done' }, kind: 'closed' }],
  moves: [{ id: 'finish', from: ['open'], to: 'done', verb: { zh: '说了结果', en: 'Say how it went' }, who: ['owner', 'villageAssistant', 'townshipClerk', 'countyClerk', 'program'], outcomes: ['told', 'agreed', 'declined', 'notReached', 'withdrawn'] }],
  clocks: [{ id: 'visit', title: { zh: '上门期限', en: 'To be visited by' }, runsIn: ['open'], length: { workdays: 3 }, onFire: 'township' }],
  ladder: [
    { id: 'township', title: { zh: '转乡镇', en: 'To the township' }, to: { post: 'townshipClerk', level: 'township' }, mode: 'takeOver', next: { step: 'county', after: { workdays: 2 } } },
    { id: 'county', title: { zh: '转县级', en: 'To the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'takeOver' },
  ],
  outcomes: [
    { id: 'told', title: { zh: '告诉了', en: 'Told' } }, { id: 'agreed', title: { zh: '告诉了，同意', en: 'Told, agreed' } }, { id: 'declined', title: { zh: '告诉了，不要', en: 'Told, declined' } },
    { id: 'notReached', title: { zh: '没找到人', en: 'Not found' } }, { id: 'withdrawn', title: { zh: '不用说了', en: 'No longer needed' } },
  ],
  reassign: ['owner', 'townshipClerk', 'countyClerk'],
}

export const CASE_TYPES: readonly CaseType[] = [VILLAGE_TASK]

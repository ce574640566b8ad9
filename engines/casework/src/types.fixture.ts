import { BACK } from './types.ts'
import type { CaseType } from './types.ts'

const words = (zh: string, en: string) => ({ zh, en })

/** A complaint: working-day clocks, a pause, two pairs of eyes, merging and reopening. Lengths are for tests only. */
export const complaint: CaseType = {
  id: 'complaint', title: words('投诉', 'Complaint'), start: 'received', firstOwner: { post: 'elderCare', level: 'township' },
  states: [
    { id: 'received', title: words('已受理', 'Received'), kind: 'open' },
    { id: 'handling', title: words('办理中', 'Being handled'), kind: 'open' },
    { id: 'waiting', title: words('等待材料', 'Waiting for papers'), kind: 'paused' },
    { id: 'review', title: words('待复核', 'For review'), kind: 'open' },
    { id: 'done', title: words('已办结', 'Done'), kind: 'closed' },
    { id: 'double', title: words('已并案', 'Merged'), kind: 'closed' },
  ],
  moves: [
    { id: 'take', from: ['received'], to: 'handling', verb: words('接办', 'Take'), who: ['clerk', 'owner'], owner: 'actor' },
    { id: 'ask', from: ['handling'], to: 'waiting', verb: words('补材料', 'Ask for papers'), who: ['owner'] },
    { id: 'resume', from: ['waiting'], to: BACK, verb: words('继续办理', 'Go on'), who: ['owner', 'clerk'] },
    { id: 'answer', from: ['handling'], to: 'review', verb: words('答复', 'Answer'), who: ['owner'], needs: ['answerLetter', ['photo', 'callRecord']], owner: { post: 'elderCare', level: 'county' } },
    { id: 'accept', from: ['review'], to: 'done', verb: words('复核通过', 'Accept'), who: ['manager'], outcomes: ['founded', 'unfounded'], notSameAs: 'answer' },
    { id: 'sendBack', from: ['review'], to: 'handling', verb: words('退回', 'Send back'), who: ['manager'] },
  ],
  clocks: [
    { id: 'take', title: words('接办时限', 'Time to take'), runsIn: ['received'], length: { hours: 24 }, onFire: 'tellCounty' },
    { id: 'whole', title: words('办结时限', 'Time to finish'), runsIn: ['received', 'handling', 'review'], length: { workdays: 15 }, onFire: 'countyTakes' },
    { id: 'papers', title: words('补材料时限', 'Time for papers'), runsIn: ['waiting'], length: { days: 30 }, onFire: 'tellCounty' },
  ],
  ladder: [
    { id: 'tellCounty', title: words('提醒县里', 'Tell the county'), to: { post: 'elderCare', level: 'county' }, mode: 'inform' },
    { id: 'countyTakes', title: words('县里接管', 'The county takes over'), to: { post: 'elderCare', level: 'county' }, mode: 'takeOver', next: { step: 'prefecture', after: { workdays: 2 } } },
    { id: 'prefecture', title: words('报市级', 'Report to the prefecture'), to: { post: 'elderCare', level: 'prefecture' }, mode: 'inform' },
  ],
  outcomes: [{ id: 'founded', title: words('属实', 'Founded') }, { id: 'unfounded', title: words('不属实', 'Unfounded') }],
  reassign: ['manager', 'owner'],
  merge: { who: ['clerk', 'manager'], state: 'double' },
  reopen: { who: ['manager'], to: 'handling', withinDays: 90 },
}

/** An alarm with the P1 ladder's shape: steps at 60, 120, 240 and 360 s, all earlier ones keep ringing. */
export const alarm: CaseType = {
  id: 'alarm', title: words('呼叫', 'Alarm'), start: 'raised', firstOwner: { post: 'callSeat', level: 'county' },
  states: [
    { id: 'raised', title: words('呼叫中', 'Raised'), kind: 'open' },
    { id: 'acknowledged', title: words('已接警', 'Acknowledged'), kind: 'open' },
    { id: 'resolved', title: words('已处置', 'Resolved'), kind: 'closed' },
  ],
  moves: [
    { id: 'acknowledge', from: ['raised'], to: 'acknowledged', verb: words('接警', 'Acknowledge'), who: ['responder'], owner: 'actor' },
    { id: 'resolve', from: ['acknowledged'], to: 'resolved', verb: words('处置完毕', 'Resolve'), who: ['owner'], needs: [['twoWayVoice', 'onSite']], outcomes: ['real', 'misPress'] },
  ],
  clocks: [
    { id: 'ladder', title: words('升级', 'Escalation'), runsIn: ['raised'], length: { minutes: 1 }, onFire: 'neighbour' },
    { id: 'idle', title: words('接警后未动', 'Idle after acknowledging'), runsIn: ['acknowledged'], length: { minutes: 5 }, onFire: 'dutyManager' },
  ],
  ladder: [
    { id: 'neighbour', title: words('邻里互助', 'Neighbour'), to: { post: 'helper', level: 'village' }, mode: 'inform', next: { step: 'assistant', after: { minutes: 1 } } },
    { id: 'assistant', title: words('养老助理', 'Village assistant'), to: { post: 'assistant', level: 'village' }, mode: 'inform', next: { step: 'township', after: { minutes: 2 } } },
    { id: 'township', title: words('乡镇值班', 'Township duty'), to: { post: 'duty', level: 'township' }, mode: 'inform', next: { step: 'dutyManager', after: { minutes: 2 } } },
    { id: 'dutyManager', title: words('县值班', 'County duty manager'), to: { post: 'duty', level: 'county' }, mode: 'takeOver' },
  ],
  outcomes: [{ id: 'real', title: words('真实求助', 'Real') }, { id: 'misPress', title: words('误按', 'Pressed by mistake') }],
  reassign: ['owner', 'responder'],
}

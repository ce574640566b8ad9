/** Work that the night check leaves for a person. */
import type { CaseType } from '@songbai/casework'

export const DRIFT: CaseType = {
  id: 'entitlements.drift', title: { zh: '{day}夜间核对：待遇名单的内存数据与数据库不一致，已重新读入，请核对当天名单', en: 'Night check of {day}: the facts behind the entitlement lists differed from the database; read anew, look at the lists of that day again' },
  start: 'open', firstOwner: { post: 'countyClerk', level: 'county' },
  states: [{ id: 'open', title: { zh: '待核对', en: 'To look at' }, kind: 'open' }, { id: 'done', title: { zh: '已核对', en: 'Looked at' }, kind: 'closed' }],
  moves: [{ id: 'seen', from: ['open'], to: 'done', verb: { zh: '已核对', en: 'Looked at' }, who: ['owner'], outcomes: ['noneAffected', 'corrected'] }],
  clocks: [{ id: 'look', title: { zh: '核对期限', en: 'To be looked at by' }, runsIn: ['open'], length: { days: 3, endsOnWorkday: true }, onFire: 'again' }],
  ladder: [{ id: 'again', title: { zh: '再提醒县级', en: 'Remind the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'inform' }],
  outcomes: [{ id: 'noneAffected', title: { zh: '名单未受影响', en: 'No list affected' } }, { id: 'corrected', title: { zh: '已更正', en: 'Corrected' } }],
  reassign: ['owner', 'countyClerk'],
}

export const CASE_TYPES: readonly CaseType[] = [DRIFT]

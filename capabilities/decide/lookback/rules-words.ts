/** Words of spells for lists, files and screens. */
import type { DueCode } from '@songbai/policy'
import type { SPELL_STATES } from './contract.ts'
import type { Kind } from './rules.ts'

interface Words { readonly zh: string; readonly en: string }

export const KIND_WORDS: Readonly<Record<Kind, Words>> = { missed: { zh: '该享受没享受', en: 'due, not drawn' }, overpaid: { zh: '不该领还在领', en: 'drawn, not due' } }
export const STATE_WORDS: Readonly<Record<(typeof SPELL_STATES)[number], Words>> = { open: { zh: '还没办', en: 'open' }, handed: { zh: '已交办', en: 'handed over' }, dismissed: { zh: '看过，不办', en: 'set aside' }, closed: { zh: '办结', en: 'done' } }

/** [L5] Why a month owes nothing, or how it is owed: every code of the months has its words. */
export const CODE_WORDS: Readonly<Record<DueCode, Words>> & Readonly<Record<string, Words | undefined>> = {
  no: { zh: '条件不符合', en: 'the conditions are not met' }, full: { zh: '整月该发', en: 'owed for the whole month' }, began: { zh: '这个月开始该发', en: 'owed from this month' }, changed: { zh: '这个月标准变了', en: 'the rate changed in this month' }, reduced: { zh: '和别的待遇一起，减发', en: 'reduced beside another benefit' },
  ended: { zh: '这个月起不再该发', en: 'the last month owed' }, died: { zh: '当月去世', en: 'died in the month' }, moved: { zh: '当月迁出', en: 'moved away in the month' }, suspendedSince: { zh: '当月起暂停', en: 'suspended from the month' }, displacedSince: { zh: '当月起由别的待遇代替', en: 'another benefit took its place in the month' }, after: { zh: '按规定多发一个月', en: 'one month more by the rules' },
  waits: { zh: '下个月才起', en: 'begins next month' }, over: { zh: '已经过了', en: 'over' }, notApplied: { zh: '没有申请', en: 'not applied for' }, paidBefore: { zh: '今年已经发过', en: 'paid this year already' }, perUse: { zh: '按次', en: 'by use' }, noPay: { zh: '不发钱', en: 'no money' },
  suspended: { zh: '在享受别的待遇，暂停', en: 'suspended by another benefit' }, displaced: { zh: '已有别的待遇代替', en: 'another benefit stands in its place' }, unknown: { zh: '缺情况，说不定', en: 'a fact is missing' }, gone: { zh: '已去世或迁出', en: 'dead or moved away' },
}

/** What is said about an offer. Plain words; money and reasons come from the rule, marked where they are samples. */
import type { Template } from '../../know/messages/rules.ts'

export const OFFER_FOUND: Template = {
  id: 'offers.found', asks: true,
  zh: {
    title: '{item}：问问您要不要', short: '{name}老人您好，政府有一项{item}，您符合条件{money}。同意请回 1，不要请回 2；也可以打 12349，报编号 {number}。不收任何钱，不用跑路。',
    letter: ['{name}老人：政府有一项{item}，您符合条件{money}。', '{because}', '已经有的材料不用再交。{asked}', '同意，就在下面打勾、签名或按手印，交给村里；也可以打 12349，报编号 {number}，说一声“同意”。不收任何钱，不用您跑路。', '觉得不对，或者听不明白，也打 12349，我们上门给您讲。'],
  },
  en: {
    title: '{item}: do you want it?', short: 'Dear {name}, you may have {item}{money}. Reply 1 to agree, 2 to decline, or call 12349 and name {number}. Nothing is charged.',
    letter: ['Dear {name}, you may have {item}{money}.', '{because}', 'Papers we hold need not be brought again. {asked}', 'To agree, tick and sign below and give it to the village, or call 12349, name {number} and say "I agree". Nothing is charged and nobody need come to the office.', 'If something is wrong or unclear, call 12349 and we come to explain.'],
  },
  'mn-Mong': { title: 'ᠲᠤᠰᠠᠯᠠᠮᠵᠢ', short: 'ᠲᠤᠰᠠᠯᠠᠮᠵᠢ 12349', letter: ['ᠲᠤᠰᠠᠯᠠᠮᠵᠢ', '12349'], sample: true },
}

export const OFFER_APPROVED: Template = {
  id: 'offers.approved',
  zh: { title: '{item}：批下来了', short: '{name}老人您好，{item}批下来了，从{month}起{money}。有疑问打 12349，报编号 {number}。', letter: ['{name}老人：{item}批下来了，从{month}起{money}。', '您什么都不用做。有疑问打 12349，报编号 {number}。'] },
  en: { title: '{item}: approved', short: 'Dear {name}, {item} is approved from {month}{money}. Questions: 12349, number {number}.', letter: ['Dear {name}, {item} is approved from {month}{money}.', 'You need do nothing. Questions: 12349, number {number}.'] },
  'mn-Mong': { title: 'ᠲᠤᠰᠠᠯᠠᠮᠵᠢ', short: 'ᠲᠤᠰᠠᠯᠠᠮᠵᠢ 12349', letter: ['ᠲᠤᠰᠠᠯᠠᠮᠵᠢ', '12349'], sample: true },
}

export const OFFER_REFUSED: Template = {
  id: 'offers.refused',
  zh: { title: '{item}：没有批下来', short: '{name}老人您好，{item}没有批下来：{reason}。依据{clause}。不同意可以打 12349，报编号 {number}，我们再核一遍。', letter: ['{name}老人：{item}没有批下来。', '原因：{reason}。', '依据：{clause}', '不同意，打 12349，报编号 {number}，或者告诉村里，我们再核一遍。'] },
  en: { title: '{item}: not approved', short: 'Dear {name}, {item} was not approved: {reason}. Basis: {clause}. If you disagree call 12349, number {number}.', letter: ['Dear {name}, {item} was not approved.', 'Reason: {reason}.', 'Basis: {clause}', 'If you disagree call 12349 and name {number}, or tell the village: we check again.'] },
}

/** To the village, a month ahead: time to see that register and account are right. */
export const OFFER_SOON: Template = {
  id: 'offers.soon',
  zh: { title: '{name}快符合“{item}”了', short: '{name}，{day}起符合{item}{money}。请先核对户口和收款账户，到那天会自动列出来。', letter: [] },
  en: { title: '{name} will soon be entitled to {item}', short: '{name} will be entitled to {item} from {day}{money}. Check register and account now; it is listed by itself on the day.', letter: [] },
}

/** Read out on the phone before somebody may say yes. */
export function script(parts: { readonly name: string; readonly office: string; readonly item: string; readonly money: string; readonly because: string; readonly asked: readonly string[]; readonly declares: readonly string[] }): string[] {
  return [
    `您好，是${parts.name}老人吗？我是${parts.office}的，打电话不收您任何钱。`,
    `政府有一项${parts.item}，您符合条件${parts.money === '' ? '' : `，${parts.money}`}。`,
    ...(parts.because === '' ? [] : [parts.because]),
    parts.asked.length === 0 ? '材料我们都有，您什么都不用交。' : `只缺${parts.asked.join('、')}，村里会上门来取，别的都不用交。`,
    ...(parts.declares.length === 0 ? [] : [`还要您亲口说明：${parts.declares.join('、')}。`]),
    '您愿意要吗？愿意就说“同意”，不愿意就说“不要”，都行。',
  ]
}

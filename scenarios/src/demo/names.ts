// Names put together from common parts. SAMPLE: the weights are plausible, not counted.
import type { Dice } from './dice.ts'
import type { Sex } from './types.ts'

const SURNAMES = {
  王: 70, 李: 68, 张: 65, 刘: 50, 陈: 42, 杨: 30, 赵: 26, 黄: 24, 周: 22, 吴: 21, 徐: 18, 孙: 18, 胡: 15, 朱: 14, 高: 13, 林: 12, 何: 12, 郭: 12, 马: 12, 罗: 10,
  梁: 9, 宋: 9, 郑: 9, 谢: 8, 韩: 8, 唐: 8, 冯: 7, 于: 7, 董: 7, 萧: 2, 程: 6, 曹: 6, 袁: 6, 邓: 6, 许: 6, 傅: 5, 沈: 5, 曾: 5, 彭: 5, 吕: 5, 苏: 5, 卢: 5, 蒋: 5, 蔡: 4, 贾: 4, 丁: 4, 魏: 4, 薛: 4, 叶: 4, 阎: 2,
} as const

/** Surnames that are frequent in a province beyond the national list. */
const REGIONAL: Record<string, Record<string, number>> = {
  50: { 冉: 30, 向: 25, 谭: 25, 覃: 12, 熊: 15, 龚: 14, 蒲: 12, 廖: 14, 邹: 12, 庞: 8 },
  15: { 包: 45, 白: 35, 韩: 20, 席: 10, 康: 10, 金: 18, 佟: 6 },
  37: { 于: 30, 姜: 25, 孙: 30, 宋: 20, 迟: 10, 隋: 8, 矫: 4, 江: 12, 蓝: 8, 黄: 15, 周: 20 },
  32: { 顾: 30, 陆: 28, 施: 20, 沈: 22, 季: 18, 钱: 18, 瞿: 8, 茅: 8, 印: 4, 成: 10 },
  21: { 佟: 10, 关: 14, 那: 5, 赫: 4, 富: 4, 刘: 30, 孙: 22, 于: 18 },
}

const GIVEN: Record<Sex, { old: string[]; young: string[] }> = {
  male: {
    old: [...'德福贵财有发祥瑞庆荣昌盛兴永长寿山林海江水木根柱铁金银宝玉成明清正世家国先学文武良善忠孝义礼'],
    young: [...'建军国强卫东红光辉志刚伟斌勇平安民华新生春富忠明亮立杰利群胜振兴中山全'],
  },
  female: {
    old: [...'秀英兰芳桂珍玉凤莲香菊梅荣素淑贞巧翠花云月娥春枝琴金银彩美仙'],
    young: [...'红梅丽霞玲芬萍燕敏静艳琴娟惠群英华平芳秀兰建新亚春玉凤'],
  },
}

const MONGOLIAN: Record<Sex, { first: string[]; second: string[] }> = {
  male: {
    first: ['宝音', '那顺', '乌力吉', '额尔敦', '布和', '格日勒', '吉日嘎拉', '孟和', '朝格图', '白音', '特木尔', '阿拉坦', '萨仁', '巴图', '青格勒', '敖其尔', '道尔吉', '苏雅拉', '哈斯'],
    second: ['', '', '巴特尔', '巴图', '朝鲁', '图', '仓', '布和', '巴雅尔', '毕力格', '敖其尔', '德力格尔'],
  },
  female: {
    first: ['其其格', '萨仁', '娜仁', '乌云', '斯琴', '阿拉坦', '哈斯', '格日勒', '萨日娜', '图雅', '金花', '塔娜', '敖登', '通拉嘎', '那仁', '银花', '苏布达'],
    second: ['', '其其格', '其木格', '高娃', '图雅', '花', '格日乐'],
  },
}

/** Characters that a clerk who hears the name may write for another. */
const SOUNDS_LIKE: Record<string, string> = {
  英: '瑛', 兰: '蓝', 芳: '方', 珍: '真', 凤: '风', 莲: '连', 香: '湘', 梅: '枚', 荣: '容', 淑: '叔', 贞: '珍', 德: '得', 福: '富', 贵: '桂', 财: '才', 祥: '翔', 瑞: '锐', 庆: '青', 永: '勇',
  山: '珊', 林: '琳', 海: '诲', 江: '姜', 宝: '保', 玉: '钰', 成: '诚', 明: '铭', 清: '青', 正: '证', 世: '士', 国: '囯', 建: '健', 军: '君', 红: '宏', 丽: '莉', 霞: '侠', 玲: '铃', 萍: '苹', 华: '花', 志: '智', 强: '墙', 花: '华', 春: '椿', 秀: '绣', 素: '苏', 琴: '芹', 云: '芸', 平: '萍', 金: '今', 银: '寅', 文: '雯', 光: '广', 忠: '中', 新: '欣', 振: '震', 高: '皋', 娃: '哇', 仁: '任', 格: '各', 图: '土', 巴: '吧', 和: '合', 那: '娜', 乌: '吴', 桂: '贵',
}

const ETHNICITY: Record<string, Record<string, number>> = {
  15: { 蒙古族: 84, 汉族: 14, 满族: 2 },
  50: { 汉族: 96, 土家族: 3, 苗族: 1 },
  21: { 汉族: 74, 满族: 21, 锡伯族: 2, 朝鲜族: 1, 回族: 2 },
  37: { 汉族: 100 },
  32: { 汉族: 99, 回族: 1 },
}

export function ethnicity(province: string, dice: Dice): string {
  return dice.weighted(ETHNICITY[province] ?? { 汉族: 95, 回族: 5 })
}

const TABLES = new Map<string, Record<string, number>>()

function surnames(province: string): Record<string, number> {
  let table = TABLES.get(province)
  if (!table) TABLES.set(province, (table = { ...SURNAMES, ...REGIONAL[province] }))
  return table
}

/** @param birthYear the fashion of given names changes about 1950 */
export function personName(province: string, people: string, sex: Sex, birthYear: number, dice: Dice): string {
  if (people === '蒙古族' && dice.chance(0.6)) {
    const parts = MONGOLIAN[sex]
    const first = dice.pick(parts.first)
    const second = dice.pick(parts.second)
    return first === second || first.endsWith(second) ? first : first + second
  }
  const pool = GIVEN[sex][birthYear < 1950 ? 'old' : 'young']
  const first = dice.pick(pool)
  const second = dice.pick(pool)
  return dice.weighted(surnames(province)) + (dice.chance(0.14) || first === second ? first : first + second)
}

/** A child's name: the father's surname where there is one. */
export function childName(parent: string, people: string, sex: Sex, dice: Dice): string {
  const pool = GIVEN[sex].young
  const given = dice.pick(pool) + (dice.chance(0.4) ? '' : dice.pick(pool))
  return people === '蒙古族' && parent.length > 3 ? dice.pick(MONGOLIAN[sex].first) : parent.charAt(0) + given
}

/** The name as another clerk wrote it, or null when no character of it has a double. */
export function nameVariant(name: string, dice: Dice): string | null {
  const places = [...name].flatMap((ch, i) => (i > 0 && SOUNDS_LIKE[ch] ? [i] : []))
  if (places.length === 0) return null
  const at = dice.pick(places)
  return name.slice(0, at) + SOUNDS_LIKE[name.charAt(at)] + name.slice(at + 1)
}

import { CalendarError, isMonth, weekdayOf, ymdOf } from './day.ts'
import type { Day, Month } from './day.ts'
import type { LunarDate } from './lunar.ts'

export type Lang = 'zh-CN' | 'en'

const EN_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const EN_WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ZH_WEEKDAYS = '一二三四五六日'
const ZH_TENS = ['初', '十', '廿', '三']
const ZH_DIGITS = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const ZH_LUNAR_MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']

function parts(day: Day): { year: number; month: number; day: number } {
  const ymd = ymdOf(day)
  if (ymd === 0) throw new CalendarError('calendar.notADay', { value: String(day) })
  return { year: Math.floor(ymd / 10_000), month: Math.floor(ymd / 100) % 100, day: ymd % 100 }
}

/** [S16] `2026年3月5日` / `5 March 2026`. */
export function formatDay(day: Day, lang: Lang): string {
  const d = parts(day)
  return lang === 'zh-CN' ? `${d.year}年${d.month}月${d.day}日` : `${d.day} ${EN_MONTHS[d.month - 1]} ${d.year}`
}

/** Without the year, for lists inside one year: `3月5日` / `5 March`. */
export function formatMonthDay(day: Day, lang: Lang): string {
  const d = parts(day)
  return lang === 'zh-CN' ? `${d.month}月${d.day}日` : `${d.day} ${EN_MONTHS[d.month - 1]}`
}

/** `2026年3月` / `March 2026`. Throws `calendar.notAMonth`. */
export function formatMonth(month: Month, lang: Lang): string {
  if (!isMonth(month)) throw new CalendarError('calendar.notAMonth', { value: String(month) })
  const d = parts(`${month}-01`)
  return lang === 'zh-CN' ? `${d.year}年${d.month}月` : `${EN_MONTHS[d.month - 1]} ${d.year}`
}

/** `星期四` / `Thursday`. */
export function formatWeekday(day: Day, lang: Lang): string {
  const index = weekdayOf(day) - 1
  return lang === 'zh-CN' ? `星期${ZH_WEEKDAYS[index]}` : `${EN_WEEKDAYS[index]}`
}

/** `农历正月初一`, `农历闰六月廿九` / `lunar 1/1`, `lunar leap 6/29`. */
export function formatLunar(date: LunarDate, lang: Lang): string {
  if (lang === 'en') return `lunar ${date.leap ? 'leap ' : ''}${date.month}/${date.day}`
  const tens = date.day === 10 ? '初' : date.day === 20 ? '二' : ZH_TENS[Math.floor(date.day / 10)]
  return `农历${date.leap ? '闰' : ''}${ZH_LUNAR_MONTHS[date.month - 1]}月${tens}${ZH_DIGITS[date.day % 10]}`
}

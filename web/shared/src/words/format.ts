/** Numbers, money, days and times as people here write them. Pure: now and today are arguments. */
import type { Lang } from './catalogue.ts'
import { translator } from './translate.ts'

/** China has one civil time, UTC+8, without summer time since 1991. */
const CHINA_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

export function dayOfNumber(n: number): string {
  return new Date(n * DAY_MS).toISOString().slice(0, 10)
}

export function chinaDay(ms: number): string {
  return new Date(ms + CHINA_MS).toISOString().slice(0, 10)
}

export function chinaTime(ms: number): string {
  return new Date(ms + CHINA_MS).toISOString().slice(11, 16)
}

/** A day as a clerk types it: 2024-03-05, 2024.3.5, 2024/3/5, 20240305, 2024年3月5日, full-width digits. Null when there is no such day. */
export function parseDay(typed: string): string | null {
  const text = typed.trim().replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[-./年．](\d{1,2})[-./月．](\d{1,2})日?$/.exec(text)
  if (!found) return null
  const day = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`
  const n = dayNumber(day)
  return Number.isFinite(n) && dayOfNumber(n) === day ? day : null
}

export function formatNumber(n: number, digits = 0): string {
  return n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

export function formatPercent(share: number, digits = 1): string {
  return `${formatNumber(share * 100, digits)}%`
}

export type MoneyPer = 'month' | 'year' | 'once'
const MONEY_WORD = { month: 'unit.yuanMonth', year: 'unit.yuanYear', once: 'unit.yuanOnce' } as const

/** Fen to yuan with two decimals; integer sums only, so 0.1 + 0.2 cannot happen. */
export function formatFen(amountFen: number, lang: Lang, per?: MoneyPer): string {
  const sign = amountFen < 0 ? '-' : ''
  const fen = Math.abs(amountFen)
  const n = `${sign}${formatNumber(Math.floor(fen / 100))}.${String(fen % 100).padStart(2, '0')}`
  return translator(lang)(per ? MONEY_WORD[per] : 'unit.yuan', { n })
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = { 'zh-CN': ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'], en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] }

/** 7月16日 in this year, 2025-12-31 in another. */
export function formatDay(day: string, today: string, lang: Lang): string {
  if (day.slice(0, 4) !== today.slice(0, 4)) return day
  const month = Number(day.slice(5, 7)), date = Number(day.slice(8, 10))
  return lang === 'zh-CN' ? `${month}月${date}日` : `${date} ${MONTHS[month - 1]}`
}

/** 2025年12月31日, for sentences and paper. */
export function formatDayLong(day: string, lang: Lang): string {
  const month = Number(day.slice(5, 7)), date = Number(day.slice(8, 10))
  return lang === 'zh-CN' ? `${day.slice(0, 4)}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${day.slice(0, 4)}`
}

export function formatMonth(month: string, lang: Lang): string {
  const m = Number(month.slice(5, 7))
  return lang === 'zh-CN' ? `${month.slice(0, 4)}年${m}月` : `${MONTHS[m - 1]} ${month.slice(0, 4)}`
}

export function formatWeekday(day: string, lang: Lang): string {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[lang][(((dayNumber(day) + 4) % 7) + 7) % 7]!
}

/** Relative within seven days either way, then the date. */
export function relativeDay(day: string, today: string, lang: Lang): string {
  const t = translator(lang)
  const d = dayNumber(day) - dayNumber(today)
  if (Math.abs(d) > 7) return formatDay(day, today, lang)
  const near = { '-2': 'time.beforeYesterday', '-1': 'time.yesterday', '0': 'time.today', '1': 'time.tomorrow', '2': 'time.afterTomorrow' } as const
  const key = near[String(d) as keyof typeof near]
  if (key) return t(key)
  return d < 0 ? t('time.daysAgo', { n: -d }) : t('time.inDays', { n: d })
}

/** A moment: minutes and hours within the same day, then day with time, then the date. */
export function relativeTime(ms: number, nowMs: number, lang: Lang): string {
  const t = translator(lang)
  const minutes = Math.round((ms - nowMs) / MINUTE_MS)
  if (minutes === 0) return t('time.now')
  const size = Math.abs(minutes), hours = Math.floor(size / 60)
  const day = chinaDay(ms), today = chinaDay(nowMs)
  if (size < 60) return minutes < 0 ? t('time.minutesAgo', { n: size }) : t('time.inMinutes', { n: size })
  if (day === today) return minutes < 0 ? t('time.hoursAgo', { n: hours }) : t('time.inHours', { n: hours })
  const said = relativeDay(day, today, lang)
  return Math.abs(dayNumber(day) - dayNumber(today)) <= 7 ? `${said} ${chinaTime(ms)}` : said
}

/** A length of time in its two largest units: 1 天 2 小时, 3 小时 20 分, 8 秒. */
export function formatSpan(ms: number, lang: Lang): string {
  const t = translator(lang)
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return t('time.seconds', { n: seconds })
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24)
  const parts = days > 0 ? [days && t('time.days', { n: days }), hours % 24 && t('time.hours', { n: hours % 24 })]
    : [hours && t('time.hours', { n: hours }), minutes % 60 && t('time.minutes', { n: minutes % 60 })]
  return parts.filter(Boolean).join(' ')
}

export interface ClockReading {
  readonly state: 'calm' | 'due' | 'over'
  /** Share of the time used, 0 to 1. */
  readonly share: number
  readonly words: string
}

/** Grey, amber from 70 % of the time, cinnabar when over. No due time: no limit; paused: the clock rests. */
export function readClock(startMs: number, dueMs: number | null, nowMs: number, lang: Lang, paused = false): ClockReading {
  const t = translator(lang)
  if (paused) return { state: 'calm', share: 0, words: t('clock.paused') }
  if (dueMs === null) return { state: 'calm', share: 0, words: t('clock.none') }
  if (nowMs > dueMs) return { state: 'over', share: 1, words: t('clock.over', { time: formatSpan(nowMs - dueMs, lang) }) }
  const share = dueMs > startMs ? Math.min(1, Math.max(0, (nowMs - startMs) / (dueMs - startMs))) : 1
  return { state: share >= 0.7 ? 'due' : 'calm', share, words: t('clock.left', { time: formatSpan(dueMs - nowMs, lang) }) }
}

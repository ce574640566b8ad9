import { describe, expect, test } from 'vitest'
import { chinaDay, chinaTime, formatDay, formatFen, formatSpan, formatWeekday, parseDay, readClock, relativeDay, relativeTime } from './format.ts'

const TODAY = '2026-07-16'
/** 11:20 in China. */
const NOW = Date.UTC(2026, 6, 16, 3, 20)
const HOUR = 3_600_000

describe('days', () => {
  test('days are read as clerks type them', () => {
    for (const typed of ['2024-03-05', '2024.3.5', '2024/3/5', '20240305', '2024年3月5日', ' ２０２４．３．５ ']) expect(parseDay(typed), typed).toBe('2024-03-05')
  })

  test('a day that is not in the calendar is null, never its neighbour', () => {
    for (const typed of ['2023-02-29', '20240230', '2024-13-01', '2024-3', 'abc', '', '240305']) expect(parseDay(typed), typed).toBeNull()
    expect(parseDay('20240229')).toBe('2024-02-29')
  })

  test('this year is month and day, another year the whole date', () => {
    expect(formatDay('2026-07-16', TODAY, 'zh-CN')).toBe('7月16日')
    expect(formatDay('2025-12-31', TODAY, 'zh-CN')).toBe('2025-12-31')
    expect(formatDay('2026-07-16', TODAY, 'en')).toBe('16 Jul')
  })

  test('relative up to seven days, then the date', () => {
    expect(relativeDay('2026-07-16', TODAY, 'zh-CN')).toBe('今天')
    expect(relativeDay('2026-07-15', TODAY, 'zh-CN')).toBe('昨天')
    expect(relativeDay('2026-07-09', TODAY, 'zh-CN')).toBe('7 天前')
    expect(relativeDay('2026-07-08', TODAY, 'zh-CN')).toBe('7月8日')
    expect(relativeDay('2026-07-23', TODAY, 'zh-CN')).toBe('7 天后')
    expect(relativeDay('2026-07-24', TODAY, 'zh-CN')).toBe('7月24日')
  })

  test('the week day follows the calendar, also before 1970', () => {
    expect(formatWeekday('2026-07-16', 'zh-CN')).toBe('星期四')
    expect(formatWeekday('1949-10-01', 'zh-CN')).toBe('星期六')
  })

  test('the civil day is that of China at any hour', () => {
    expect(chinaDay(Date.UTC(2026, 6, 15, 16, 0))).toBe('2026-07-16')
    expect(chinaTime(Date.UTC(2026, 6, 15, 16, 5))).toBe('00:05')
  })
})

describe('times', () => {
  test('minutes, hours of the same day, then day and time', () => {
    expect(relativeTime(NOW - 20_000, NOW, 'zh-CN')).toBe('刚刚')
    expect(relativeTime(NOW - 2 * 60_000, NOW, 'zh-CN')).toBe('2 分钟前')
    expect(relativeTime(NOW - 3 * HOUR, NOW, 'zh-CN')).toBe('3 小时前')
    expect(relativeTime(NOW - 24 * HOUR, NOW, 'zh-CN')).toBe('昨天 11:20')
    expect(relativeTime(NOW - 30 * 24 * HOUR, NOW, 'zh-CN')).toBe('6月16日')
  })

  test('a span is said in its two largest units', () => {
    expect(formatSpan(26 * HOUR, 'zh-CN')).toBe('1 天 2 小时')
    expect(formatSpan(3 * HOUR + 20 * 60_000, 'zh-CN')).toBe('3 小时 20 分')
    expect(formatSpan(24 * HOUR, 'zh-CN')).toBe('1 天')
    expect(formatSpan(8_000, 'zh-CN')).toBe('8 秒')
  })

  test('a clock is grey below 70 %, amber from there, cinnabar when over', () => {
    const read = (passed: number) => readClock(NOW - passed * HOUR, NOW + (10 - passed) * HOUR, NOW, 'zh-CN')
    expect(read(6.9).state).toBe('calm')
    expect(read(7).state).toBe('due')
    expect(read(10).state).toBe('due')
    expect(read(10.01).state).toBe('over')
    expect(read(11)).toEqual({ state: 'over', share: 1, words: '超时 1 小时' })
  })
})

describe('money', () => {
  test('fen become yuan with two decimals and thousands', () => {
    expect(formatFen(13_000, 'zh-CN', 'month')).toBe('130.00 元／月')
    expect(formatFen(28_071_005, 'zh-CN')).toBe('280,710.05 元')
    expect(formatFen(-5, 'zh-CN')).toBe('-0.05 元')
    expect(formatFen(0, 'en')).toBe('0.00 yuan')
  })
})

import { describe, expect, it } from 'vitest'
import { addDays, dayNumber, dayOf, dayToLunar, formatDay, formatLunar, formatMonth, formatMonthDay, formatWeekday, leapMonthOf, lunarToDay, qingmingOf } from './index.ts'

describe('lunar dates', () => {
  it('[S9] known New Year days', () => {
    // As printed in perpetual calendars.
    const newYears: Record<number, string> = { 1936: '1936-01-24', 1949: '1949-01-29', 1966: '1966-01-21', 1984: '1984-02-02', 2000: '2000-02-05', 2024: '2024-02-10', 2025: '2025-01-29', 2026: '2026-02-17' }
    for (const [year, day] of Object.entries(newYears)) expect(lunarToDay(Number(year), 1, 1)).toBe(day)
  })

  it('[S9] a leap month is a month of its own', () => {
    expect(leapMonthOf(2025)).toBe(6)
    expect(lunarToDay(2025, 6, 1)).toBe('2025-06-25')
    expect(lunarToDay(2025, 6, 1, true)).toBe('2025-07-25')
    expect(lunarToDay(2025, 5, 1, true)).toBeNull()
  })

  it('[S9] a date that does not exist gives null', () => {
    expect(lunarToDay(2025, 6, 30, true)).toBeNull() // 闰六月 has 29 days
    for (const [y, m, d] of [[2025, 13, 1], [2025, 1, 31], [1849, 1, 1], [2101, 1, 1], [2025, 1, 1.5]] as const) expect(lunarToDay(y, m, d)).toBeNull()
  })

  it('[S10] every seventh day of 1930–2030 goes to the lunar calendar and back', () => {
    for (let n = dayNumber('1930-01-01'); n < dayNumber('2031-01-01'); n += 7) {
      const day = dayOf(n)
      const lunar = dayToLunar(day)
      if (lunar === null || lunarToDay(lunar.year, lunar.month, lunar.day, lunar.leap) !== day) expect.fail(day)
    }
  })

  it('[S10] outside the years held there is no answer, and New Year’s Eve belongs to the old year', () => {
    expect(dayToLunar('1849-12-31')).toBeNull()
    expect([dayToLunar('2025-06-25'), dayToLunar('2025-07-25')]).toEqual([{ year: 2025, month: 6, day: 1, leap: false }, { year: 2025, month: 6, day: 1, leap: true }])
    expect(dayToLunar(addDays('2026-02-17', -1))).toEqual({ year: 2025, month: 12, day: 29, leap: false })
  })

  it('[S14] 清明 falls on 4 or 5 April in our years', () => {
    expect([qingmingOf(2024), qingmingOf(2025), qingmingOf(2026), qingmingOf(2027)]).toEqual(['2024-04-04', '2025-04-04', '2026-04-05', '2027-04-05'])
  })
})

describe('words', () => {
  it('[S16] days, months and weekdays in both languages', () => {
    expect([formatDay('2026-03-05', 'zh-CN'), formatDay('2026-03-05', 'en')]).toEqual(['2026年3月5日', '5 March 2026'])
    expect([formatMonthDay('2026-03-05', 'zh-CN'), formatMonthDay('2026-03-05', 'en')]).toEqual(['3月5日', '5 March'])
    expect([formatMonth('2026-03', 'zh-CN'), formatMonth('2026-03', 'en')]).toEqual(['2026年3月', 'March 2026'])
    expect([formatWeekday('2026-11-22', 'zh-CN'), formatWeekday('2026-11-23', 'en')]).toEqual(['星期日', 'Monday'])
    expect(() => formatDay('2026-02-29', 'en')).toThrow('calendar.notADay')
  })

  it('[S16] lunar dates as people say them', () => {
    const said = (month: number, day: number, leap = false) => formatLunar({ year: 2025, month, day, leap }, 'zh-CN')
    expect([said(1, 1), said(1, 10), said(5, 15), said(6, 20, true), said(11, 29), said(12, 30)]).toEqual(['农历正月初一', '农历正月初十', '农历五月十五', '农历闰六月二十', '农历冬月廿九', '农历腊月三十'])
    expect(formatLunar({ year: 2025, month: 6, day: 29, leap: true }, 'en')).toBe('lunar leap 6/29')
  })
})

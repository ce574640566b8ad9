import { describe, expect, it } from 'vitest'
import { isHoliday, isWorkday } from 'chinese-days'
import raw from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, CalendarError, createWorkCalendar, dayNumber, dayOf, deadline, holidaysCn, statutoryDays, statutorySource, withProvisionalYear } from './index.ts'

const calendar = createWorkCalendar(holidaysCn)
const errorOf = (f: () => unknown): unknown => { try { f() } catch (e) { return e } return null }

describe('working days', () => {
  it('[S11] agrees with chinese-days on every day of 2004–2026', () => {
    for (let n = dayNumber('2004-01-01'), last = dayNumber('2026-12-31'); n <= last; n++) {
      const day = dayOf(n)
      if (calendar.isWorkday(day) !== isWorkday(day) || calendar.isDayOff(day) !== isHoliday(day)) expect.fail(day)
    }
    expect(calendar.years()).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i))
  })

  it('[S12] the three notions differ where they should', () => {
    const notions = (day: string) => [calendar.isStatutoryHoliday(day), calendar.isPublishedHoliday(day), calendar.isDayOff(day), calendar.isWorkday(day)]
    expect(notions('2026-02-17')).toEqual([true, true, true, false]) // 正月初一
    expect(notions('2026-02-23')).toEqual([false, true, true, false]) // given off, not statutory
    expect(notions('2026-11-21')).toEqual([false, false, true, false]) // a plain Saturday
    expect(notions('2026-02-14')).toEqual([false, false, false, true]) // a Saturday worked
    expect(calendar.holidayName('2026-02-23')).toBe('春节')
    expect(calendar.holidayName('2026-11-21')).toBeNull()
  })

  it('[S13] a year without data is a typed failure, not a guess', () => {
    for (const f of [() => calendar.isWorkday('2027-01-04'), () => calendar.isStatutoryHoliday('2003-10-01'), () => calendar.addWorkdays('2026-12-30', 5)]) {
      const error = errorOf(f)
      expect(error).toBeInstanceOf(CalendarError)
      expect((error as CalendarError).code).toBe('calendar.noHolidayData')
    }
    expect((errorOf(() => calendar.addWorkdays('2026-12-30', 5)) as CalendarError).args).toEqual({ year: 2027 })
    expect((errorOf(() => calendar.isWorkday('2026-02-30')) as CalendarError).code).toBe('calendar.notADay')
  })

  it('[S13] a provisional year is an explicit choice and says so', () => {
    const bridged = createWorkCalendar(withProvisionalYear(holidaysCn, 2027))
    expect([bridged.isWorkday('2027-01-01'), bridged.isWorkday('2027-01-04')]).toEqual([false, true])
    expect([bridged.isProvisional('2027-01-04'), bridged.isProvisional('2026-12-30'), calendar.isProvisional('2026-12-30'), calendar.isProvisional('2026-06-30')]).toEqual([true, false, true, false])
    expect(withProvisionalYear(holidaysCn, 2026)).toBe(holidaysCn)
  })

  it('[S11] data that contradicts itself is refused', () => {
    const year = { daysOff: {}, makeUpWorkdays: [], statutory: [], source: 'test' }
    expect(() => createWorkCalendar({ source: '', years: { 2026: { ...year, daysOff: { '2025-12-31': '元旦' } } } })).toThrow('calendar.badHolidayData')
    expect(() => createWorkCalendar({ source: '', years: { 2026: { ...year, makeUpWorkdays: ['2026-11-23'] } } })).toThrow('calendar.badHolidayData')
    expect(() => createWorkCalendar({ source: '', years: { 2026: { ...year, statutory: ['2026-02-30'] } } })).toThrow('calendar.badHolidayData')
  })

  it('[S14] statutory days: 10, 11 and 13 a year by the regulation in force, each inside the published days off', () => {
    for (const { year, count } of [{ year: 2007, count: 10 }, { year: 2008, count: 11 }, { year: 2019, count: 11 }, { year: 2025, count: 13 }, { year: 2027, count: 13 }]) expect(statutoryDays(year).length, String(year)).toBe(count)
    expect([statutorySource(2024), statutorySource(2025), statutorySource(1999)]).toEqual(['国务院令第644号 (2013)', '国务院令第795号 (2024)', ''])
    for (const [year, held] of Object.entries(holidaysCn.years)) for (const day of held.statutory) expect(calendar.isDayOff(day), `${year} ${day}`).toBe(true)
    expect(statutoryDays(2026).map((s) => s.day)).toEqual(['2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-04-05', '2026-05-01', '2026-05-02', '2026-06-19', '2026-09-25', '2026-10-01', '2026-10-02', '2026-10-03'])
  })

  it('[S14] but for 2009 and 2020, when 中秋 fell on a National Day, the number of days per festival is the one the source names', () => {
    const names = { newYear: '元旦', springFestival: '春节', qingming: '清明', labourDay: '劳动节', dragonBoat: '端午', midAutumn: '中秋', nationalDay: '国庆节' }
    for (let year = 2004; year <= 2026; year++) {
      const ours = new Map<string, number>()
      for (const { festival } of statutoryDays(year)) ours.set(names[festival], (ours.get(names[festival]) ?? 0) + 1)
      for (const [day, entry] of Object.entries(raw.holidays as Record<string, string>)) {
        const [, name = '', days = ''] = entry.split(',')
        if (day.startsWith(String(year)) && Object.values(names).includes(name) && !(name === '中秋' && [2009, 2020].includes(year))) expect(ours.get(name), `${year} ${name}`).toBe(Number(days))
      }
    }
  })

  it('adding and counting working days are inverse', () => {
    for (let i = 0; i < 300; i++) {
      const from = addDays('2026-01-01', i)
      expect(calendar.workdaysBetween(addDays(from, 1), calendar.addWorkdays(from, 7)), from).toBe(7)
      if (i > 20) expect(calendar.isWorkday(calendar.addWorkdays(from, -(1 + (i % 5)))), from).toBe(true)
    }
    expect(calendar.addWorkdays('2026-02-13', 1)).toBe('2026-02-14') // a Saturday worked
    expect(calendar.addWorkdays('2026-02-24', -1)).toBe('2026-02-14')
    expect(calendar.addWorkdays('2026-11-21', 0)).toBe('2026-11-21')
  })
})

describe('deadlines', () => {
  it('[S15] the day after the event is day 1', () => {
    expect(deadline('2026-11-02', { days: 10 }, calendar)).toBe('2026-11-12')
    expect(deadline('2026-11-02', { workdays: 1 }, calendar)).toBe('2026-11-03')
    expect(deadline('2026-11-06', { workdays: 1 }, calendar)).toBe('2026-11-09')
  })

  it('[S15] a term in calendar days that ends on a day off runs to the next working day', () => {
    expect(deadline('2026-09-26', { days: 5 }, calendar)).toBe('2026-10-08') // would end on 1 October
    expect(deadline('2026-11-06', { days: 1 }, calendar)).toBe('2026-11-09') // would end on a Saturday
    expect(deadline('2026-02-13', { days: 1 }, calendar)).toBe('2026-02-14') // a Saturday, but worked
  })

  it('[S15] a term in months ends on the same day of the month, or the last', () => {
    expect(deadline('2026-08-31', { months: 1 }, calendar)).toBe('2026-09-30')
    expect(deadline('2026-05-31', { months: 1 }, calendar)).toBe('2026-06-30')
  })

  it('[S15] an empty or broken term is refused', () => {
    for (const term of [{ days: 0 }, { workdays: 0 }, { months: -1 }, { days: 1.5 }]) expect(() => deadline('2026-11-02', term, calendar)).toThrow('calendar.outOfRange')
  })
})

import { describe, expect, it } from 'vitest'
import {
  addDays, addMonths, ageOn, ageOnYmd, ageWithMonths, birthdayReaching, CalendarError, dayFromParts, dayNumber, dayOf, daysBetween, firstOfMonth,
  instantOf, isDay, lastOfMonth, latestBirthFor, minuteOfDayIn, monthOf, monthsBetween, monthsOfPeriod, nextMonth, periodOfMonth, todayIn, weekdayOf, yearOf, ymdOf, ymdOfDayNumber,
} from './index.ts'

/** Platform dates are the second, independent sum here; the engine itself never uses them. */
const platformDay = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10)

describe('days', () => {
  it('[S1] only a real date in strict YYYY-MM-DD is a day', () => {
    for (const good of ['2026-02-28', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(isDay(good), good).toBe(true)
    const bad = ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-06-31', '2026-1-1', '2026/01/01', '2026-01/01', '2026/01-01', '20260101', ' 2026-01-01', '2026-01-01T00:00', '２０２６-01-01', '0000-01-01', '', 20260101, null, undefined]
    for (const value of bad) expect(isDay(value), String(value)).toBe(false)
  })

  it('[S2] dayNumber and dayOf agree with the platform for every day 1800–2199 and are inverse', () => {
    for (let n = dayNumber('1800-01-01'), last = dayNumber('2199-12-31'); n <= last; n++) {
      const day = platformDay(n)
      if (dayOf(n) !== day || dayNumber(day) !== n) expect.fail(`day number ${n}: ${dayOf(n)} / ${dayNumber(day)} against ${day}`)
    }
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayOf(dayNumber('0001-01-01'))).toBe('0001-01-01')
    expect(dayOf(dayNumber('9999-12-31'))).toBe('9999-12-31')
    expect(ymdOfDayNumber(dayNumber('2024-02-29'))).toBe(20_240_229)
    expect(ymdOf('2024-02-29')).toBe(20_240_229)
  })

  it('[S2] a bad day, a fraction and a day outside the years are refused by code', () => {
    const codeOf = (f: () => unknown): string => { try { f() } catch (e) { return (e as CalendarError).code } return 'none' }
    expect(codeOf(() => dayNumber('2026-02-29'))).toBe('calendar.notADay')
    expect(codeOf(() => dayOf(0.5))).toBe('calendar.outOfRange')
    expect(codeOf(() => addDays('9999-12-31', 1))).toBe('calendar.outOfRange')
    expect(codeOf(() => addMonths('2026-01-31', Number.NaN))).toBe('calendar.outOfRange')
    expect(codeOf(() => periodOfMonth('2026-13'))).toBe('calendar.notAMonth')
  })

  it('[S3] parts that name no date give null', () => {
    expect([dayFromParts(2024, 2, 29), dayFromParts(2026, 12, 31), dayFromParts(1, 1, 1), dayFromParts(9999, 4, 30)]).toEqual(['2024-02-29', '2026-12-31', '0001-01-01', '9999-04-30'])
    for (const [y, m, d] of [[2026, 2, 29], [2026, 6, 31], [2026, 0, 1], [2026, 13, 1], [0, 1, 1], [2026, 1.5, 1]] as const) expect(dayFromParts(y, m, d)).toBeNull()
  })

  it('[S4] adding months keeps the day or takes the last of the month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2026-01-15', -13)).toBe('2024-12-15')
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
  })

  it('[S5] monthsBetween is the greatest n with addMonths(from, n) not after to', () => {
    const from = '2024-01-31'
    for (let i = 0; i < 800; i++) {
      const to = addDays(from, i)
      const n = monthsBetween(from, to)
      expect(addMonths(from, n) <= to && addMonths(from, n + 1) > to, to).toBe(true)
      expect(monthsBetween(to, from)).toBe(0 - n)
    }
  })

  it('months: names, bounds and the months of a period', () => {
    expect([monthOf('2026-11-23'), firstOfMonth('2026-11-23'), lastOfMonth('2024-02-10'), nextMonth('2026-12-31'), yearOf('2026-11-23')]).toEqual(['2026-11', '2026-11-01', '2024-02-29', '2027-01-01', 2026])
    expect(monthsOfPeriod('2026-11-23', '2027-01-01')).toEqual(['2026-11', '2026-12', '2027-01'])
    expect(monthsOfPeriod('2026-11-23', '2026-10-01')).toEqual([])
    expect(periodOfMonth('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1)
  })

  it('weekdays agree with the platform over 30 years', () => {
    for (let n = dayNumber('1955-01-01'); n < dayNumber('1985-01-01'); n++) expect(weekdayOf(dayOf(n)) % 7).toBe(new Date(n * 86_400_000).getUTCDay())
  })
})

describe('age', () => {
  it('[S6] the age is reached on the birthday', () => {
    expect([ageOn('1946-11-23', '2026-11-22'), ageOn('1946-11-23', '2026-11-23')]).toEqual([79, 80])
    expect(birthdayReaching('1946-11-23', 80)).toBe('2026-11-23')
    expect(ageOnYmd(19_461_123, 20_261_123)).toBe(80)
  })

  it('[S6] before the birth the age is negative, never zero', () => {
    expect(ageOn('2026-11-24', '2026-11-23')).toBe(-1)
    expect(ageOn('2026-11-24', '2026-11-24')).toBe(0)
  })

  it('[S7] someone born on 29 February reaches the age on 1 March of a common year and on 29 February of a leap year', () => {
    expect(birthdayReaching('1944-02-29', 81)).toBe('2025-03-01')
    expect([ageOn('1944-02-29', '2025-02-28'), ageOn('1944-02-29', '2025-03-01')]).toEqual([80, 81])
    expect(birthdayReaching('1944-02-29', 80)).toBe('2024-02-29')
    expect([ageOn('1944-02-29', '2024-02-28'), ageOn('1944-02-29', '2024-02-29')]).toEqual([79, 80])
  })

  it('[S6] age, birthday and the latest birth date tell the same story around every birthday', () => {
    for (let n = dayNumber('1943-12-01'); n < dayNumber('1948-04-01'); n++) {
      const birth = dayOf(n)
      const birthday = birthdayReaching(birth, 80)
      expect([ageOn(birth, addDays(birthday, -1)), ageOn(birth, birthday)], birth).toEqual([79, 80])
    }
    for (let n = dayNumber('2023-12-01'); n < dayNumber('2028-04-01'); n++) {
      const at = dayOf(n)
      const latest = latestBirthFor(80, at)
      expect(ageOn(latest, at) >= 80 && ageOn(addDays(latest, 1), at) < 80, at).toBe(true)
    }
  })

  it('age with months counts months since the last birthday', () => {
    expect(ageWithMonths('1944-02-29', '2025-02-28')).toEqual({ years: 80, months: 11 })
    expect(ageWithMonths('1946-01-31', '2026-02-28')).toEqual({ years: 80, months: 1 })
  })
})

describe('China time', () => {
  it('[S8] the day turns at 16:00 UTC', () => {
    const midnight = Date.UTC(2026, 10, 22, 16)
    expect([todayIn(midnight - 1, 'Asia/Shanghai'), todayIn(midnight, 'Asia/Shanghai')]).toEqual(['2026-11-22', '2026-11-23'])
    expect(instantOf('2026-11-23', 0, 'Asia/Shanghai')).toBe(midnight)
    expect(instantOf('2026-11-23', 90, 'Asia/Shanghai')).toBe(midnight + 90 * 60_000)
    expect(instantOf('2026-11-23', 1440, 'Asia/Shanghai')).toBe(instantOf('2026-11-24', 0, 'Asia/Shanghai'))
    expect(() => instantOf('2026-11-23', 1441, 'Asia/Shanghai')).toThrow('calendar.outOfRange')
    expect(minuteOfDayIn(midnight + 90 * 60_000, 'Asia/Shanghai')).toBe(90)
  })

  it('[S8] agrees with the time-zone database from 1992 on', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    for (let at = Date.UTC(1992, 0, 2); at < Date.UTC(2031, 0, 1); at += 37 * 3_600_000 + 1234) expect(todayIn(at, 'Asia/Shanghai')).toBe(format.format(at))
  })

  it('[S8] an instant before 1992, or none, is refused', () => {
    expect(() => todayIn(Date.UTC(1991, 11, 31), 'Asia/Shanghai')).toThrow(CalendarError)
    expect(() => todayIn(Number.NaN, 'Asia/Shanghai')).toThrow(CalendarError)
  })
})

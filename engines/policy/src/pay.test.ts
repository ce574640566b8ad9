import { describe, expect, it } from 'vitest'
import { addMonths, dayNumber, dayOf } from '@songbai/calendar'
import { payMonths } from './index.ts'
import { addToDay, lastExpired } from './days.ts'
import type { Pay } from './policy.ts'

const pay = (start: Pay['start'], end: Pay['end']): Pay => ({ cycle: 'month', start, end, prorate: 'none', round: '分' })
const d = dayNumber

describe('pay months', () => {
  it.each([
    ['eventMonth', 'eventMonth', '2026-03-15', '2026-09-10', '2026-03', '2026-09'],
    ['nextMonth', 'monthBefore', '2026-12-31', '2027-09-10', '2027-01', '2027-08'],
    ['nextMonth', 'nextMonth', '2026-03-01', '2026-09-10', '2026-04', '2026-10'],
    ['eventMonth', 'eventMonth', '2026-03-01', '2027-01-01', '2026-03', '2026-12'],
  ] as const)('[S65] start %s, end %s: true from %s until the day before %s is paid %s to %s', (start, end, since, ends, first, last) => {
    expect(payMonths(pay(start, end), d(since), d(ends))).toEqual({ first, last })
  })

  it('[S66] with applicationMonth nothing starts before the application, nor before the conditions hold', () => {
    expect(payMonths(pay('applicationMonth', 'eventMonth'), d('2026-03-15'), null)).toEqual({ first: null, last: null })
    expect(payMonths(pay('applicationMonth', 'eventMonth'), d('2026-03-15'), null, '2026-05-02').first).toBe('2026-05')
    expect(payMonths(pay('applicationMonth', 'eventMonth'), d('2026-03-15'), null, '2026-01-02').first).toBe('2026-03')
  })

  it('[S26] months are counted by the calendar, month ends included, as in the calendar engine', () => {
    for (let day = d('2023-11-01'); day < d('2025-04-01'); day++) {
      for (const n of [1, 6, 12, 24]) {
        expect(dayOf(addToDay(day, n, 'month'))).toBe(addMonths(dayOf(day), n))
        const limit = lastExpired(day, n, 'month')
        expect(addToDay(limit, n, 'month') <= day && addToDay(limit + 1, n, 'month') > day).toBe(true)
      }
    }
  })
})

import { bench, describe } from 'vitest'
import { ageOnYmd, createWorkCalendar, dayNumber, dayOf, holidaysCn, lunarToDay, ymdOf } from './index.ts'

const births = Array.from({ length: 100_000 }, (_, i) => dayOf(-15_000 + (i % 12_000)))
const columns = Int32Array.from(births, ymdOf)
const calendar = createWorkCalendar(holidaysCn)
let sink = 0

describe('100,000 people', () => {
  bench('dayNumber of text', () => { for (const birth of births) sink += dayNumber(birth) })
  bench('dayOf to text', () => { for (let i = 0; i < 100_000; i++) sink += dayOf(i % 20_000).length })
  bench('age from integer columns', () => { for (const birth of columns) sink += ageOnYmd(birth, 20_261_123) })
})

describe('one', () => {
  bench('addWorkdays(…, 15)', () => { sink += calendar.addWorkdays('2026-09-21', 15).length })
  bench('lunarToDay', () => { sink += (lunarToDay(1944, 4, 8, true) ?? '').length })
})

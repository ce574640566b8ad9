/** Birth dates as lists write them, as numbers YYYYMMDD with zeros for what is not known. */
import { dayToLunar, lunarToDay } from '@songbai/calendar'
import type { BirthLevel } from './types.ts'

/** [B1] 0 for none; a year or a month alone keeps its zeros. */
export function readBirth(raw: string | null | undefined): number {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(raw ?? '')
  return match ? Number(match[1]) * 10_000 + Number(match[2] ?? 0) * 100 + Number(match[3] ?? 0) : 0
}

const solar = new Map<number, number>()

/** [B2] The civil day when the digits are a date by the moon; 0 when there is no such date. */
export function asLunar(ymd: number): number {
  let day = solar.get(ymd)
  if (day === undefined) {
    const text = lunarToDay(Math.floor(ymd / 10_000), Math.floor(ymd / 100) % 100, ymd % 100)
    day = text === null ? 0 : Number(text.replaceAll('-', ''))
    solar.set(ymd, day)
  }
  return day
}

/** Digits somebody would write who turns a civil day into the moon's; 0 when it cannot be turned. */
export function inLunar(ymd: number): number {
  const text = `${Math.floor(ymd / 10_000)}-${String(Math.floor(ymd / 100) % 100).padStart(2, '0')}-${String(ymd % 100).padStart(2, '0')}`
  const lunar = dayToLunar(text)
  return lunar ? lunar.year * 10_000 + lunar.month * 100 + lunar.day : 0
}

/** [B3] Day and month changed places; 0 where the day is no month. */
export function swapped(ymd: number): number {
  const [month, day] = [Math.floor(ymd / 100) % 100, ymd % 100]
  return day >= 1 && day <= 12 && month !== day ? ymd - month * 100 - day + day * 100 + month : 0
}

export function birthLevel(a: number, b: number): BirthLevel {
  if (a === 0 || b === 0) return 'missing'
  const [dayA, dayB] = [a % 100, b % 100]
  if (dayA !== 0 && dayB !== 0) return fullDates(a, b)
  const [monthA, monthB] = [Math.floor(a / 100) % 100, Math.floor(b / 100) % 100]
  const sameYear = Math.floor(a / 10_000) === Math.floor(b / 10_000)
  if (!sameYear) return 'differ'
  if (monthA === 0 || monthB === 0) return 'year'
  return monthA === monthB ? 'month' : 'differ'
}

function fullDates(a: number, b: number): BirthLevel {
  if (a === b) return 'same'
  if (asLunar(a) === b || asLunar(b) === a) return 'lunar'
  if (swapped(a) === b) return 'swapped'
  if (isSlip(String(a), String(b))) return 'slip'
  if (Math.floor(a / 100) === Math.floor(b / 100)) return 'month'
  return Math.floor(a / 10_000) === Math.floor(b / 10_000) ? 'year' : 'differ'
}

/** [B4] One digit other, or two neighbours swapped. */
function isSlip(a: string, b: string): boolean {
  let [apart, first] = [0, -1]
  for (let i = 0; i < 8; i++) {
    if (a[i] === b[i]) continue
    if (apart === 0) first = i
    else if (apart === 1 && !(i === first + 1 && a[i] === b[first] && a[first] === b[i])) return false
    apart++
  }
  return apart <= 2
}

import { dayOf } from '@songbai/calendar'
import type { Cell } from '../types.ts'

/** Built-in number formats that show a date; 27–36 and 50–58 are the Chinese ones (ECMA-376 18.8.30). */
const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58])

export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return dateFormats.has(id)
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0]!
  return /[ymdhs年月日]/i.test(bare) && !/general|0\.0|#/i.test(bare)
}

const unixOf1900 = -25_568
const unixOf1904 = -24_107

/**
 * A date serial as a civil date. Excel's 1900 calendar has a 29 February 1900 that never was (serial 60): days before
 * it sit one later than a plain count would say, and serial 60 itself has no date.
 */
export function dateOfSerial(serial: number, raw: string, date1904: boolean): Cell {
  const whole = Math.floor(serial + 1e-9)
  const minutes = Math.round((serial - whole) * 1440)
  const time = minutes > 0 && minutes < 1440 ? `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` : undefined
  const none = !Number.isFinite(serial) || serial < 0 || whole > 2_958_465 || (!date1904 && (whole === 60 || whole === 0))
  if (none) return { date: null, raw, ...(time === undefined ? {} : { time }) }
  const day = date1904 ? whole + unixOf1904 : whole + unixOf1900 - (whole > 60 ? 1 : 0)
  return { date: dayOf(day), raw, ...(time === undefined ? {} : { time }) }
}

/** Serial of a day for writing (1900 system, valid from 1900-03-01). */
export function serialOfDayNumber(dayNumber: number): number {
  return dayNumber - unixOf1900 + 1
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

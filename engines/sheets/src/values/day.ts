import { isDay, lunarToDay } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import type { Cell } from '../types.ts'
import { dateOfSerial } from '../read/serial.ts'
import { isReading, problem, question, short, textOf, value } from './reading.ts'
import type { ChangeCode, Reading } from './reading.ts'

export interface DayOptions {
  /** Days after this are refused as being in the future. */
  readonly today: Day
  readonly earliest?: Day
  readonly allowFuture?: boolean
  /** The column is known to hold Excel serials as plain numbers (the caller or the clerk said so). */
  readonly serials?: boolean
}

interface Parts { readonly year: number; readonly month: number; readonly day: number }
type Found = { readonly parts: Parts; readonly changed?: ChangeCode } | { readonly month: string } | Reading<never> | undefined

const digits: Record<string, number> = { 〇: 0, '○': 0, 零: 0, 一: 1, 元: 1, 正: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** 三 → 3, 十二 → 12, 廿三 → 23, 初五 → 5, 冬 → 11, 腊 → 12; undefined when it is not a number. */
export function chineseNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const bare = text.replace(/^初/, '')
  if (bare === '冬') return 11
  if (bare === '腊') return 12
  const match = /^(?:([一二三])?十|(廿|卅))([一二三四五六七八九])?$/.exec(bare)
  if (match) return (match[2] === '廿' ? 20 : match[2] === '卅' ? 30 : 10 * (match[1] ? digits[match[1]]! : 1)) + (match[3] ? digits[match[3]]! : 0)
  return bare.length === 1 ? digits[bare] : undefined
}

/** 二〇二四 → 2024; only four digits make a year. */
function chineseYear(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return Number(text)
  const all = [...text].map((c) => digits[c])
  return all.length === 4 && all.every((d) => d !== undefined) ? Number(all.join('')) : undefined
}

const number = '[\\d〇○零一二三四五六七八九十廿卅元正初冬腊]'
const chineseDate = new RegExp(`^(${number}{4})年(${number}{1,3})月(${number}{1,3})[日号]?$`)
const chineseMonth = new RegExp(`^(${number}{4})年(${number}{1,3})月$`)
const yearLast = new RegExp(`^(${number}{1,3})月(${number}{1,3})[日号][ ,]*(\\d{4})年?$`)
const lunarDate = new RegExp(`^(?:农历|阴历|旧历|老历|夏历|农|阴)[:：]?(${number}{4})年?(闰)?(${number}{1,3})月(${number}{1,3})日?$`)
const lunarMarks = /农历|阴历|旧历|老历|夏历|^[农阴]|[(（][农阴][)）]$|腊月|正月|冬月|闰.{1,2}月|月初|廿/

/** A civil day. What could be two days is a question; a day that never was is an error; lunar dates are turned and reported. */
export function readDay(cell: Cell | undefined, options: DayOptions): Reading<Day> {
  if (typeof cell === 'object' && cell !== null && 'date' in cell) return ofDateCell(cell.date, cell.raw, options)
  if (options.serials === true && typeof cell === 'number' && cell > 366 && cell < 80_000) {
    const date = dateOfSerial(cell, String(cell), false)
    return typeof date === 'object' && date !== null && 'date' in date && date.date !== null ? inRange(date.date, ['serial'], options) : problem('sheets.day.not_a_date', { shown: String(cell) })
  }
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  const found = parseDay(cleaned.text)
  if (found === undefined) return problem('sheets.day.not_a_date', { shown: short(cleaned.text) })
  if ('state' in found) return found
  if ('month' in found) return question('sheets.day.month_only', { shown: short(cleaned.text), month: found.month })
  const changed = found.changed === undefined ? cleaned.changed : [...cleaned.changed, found.changed]
  return ofParts(found.parts, cleaned.text, changed, options)
}

function ofDateCell(date: string | null, raw: string, options: DayOptions): Reading<Day> {
  if (date === null || !isDay(date)) return problem('sheets.day.not_a_date', { shown: raw })
  return inRange(date, [], options)
}

function ofParts(parts: Parts, shown: string, changed: readonly ChangeCode[], options: DayOptions): Reading<Day> {
  const day = `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`
  if (parts.month < 1 || parts.month > 12) return problem('sheets.day.no_such_month', { shown: short(shown), month: parts.month })
  if (!isDay(day)) return problem('sheets.day.no_such_day', { shown: short(shown), year: parts.year, month: parts.month, day: parts.day })
  return inRange(day, day === shown ? changed.filter((c) => c !== 'date_form') : changed, options)
}

function inRange(day: Day, changed: readonly ChangeCode[], options: DayOptions): Reading<Day> {
  if (options.allowFuture !== true && day > options.today) return problem('sheets.day.future', { day, today: options.today })
  if (day < (options.earliest ?? '1880-01-01')) return problem('sheets.day.too_early', { day })
  return value(day, changed)
}

function parseDay(text: string): Found {
  if (lunarMarks.test(text)) return parseLunar(text)
  const bare = text.replace(/(?:生|出生)$/, '').replace(/[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/, '').replace(/\s+/g, /月.*[日号]/.test(text) || /[./年-]/.test(text) ? '' : ' ')
  return plainForm(bare) ?? chineseForm(bare) ?? (manyDates(text) ? problem('sheets.day.two_dates', { shown: short(text) }) : undefined)
}

function plainForm(text: string): Found {
  let match = /^(\d{4})([-./、。])(\d{1,2})\2(\d{1,2})[.。日]?$/.exec(text)
  if (match) return { parts: partsOf(match[1]!, match[3]!, match[4]!), changed: 'date_form' }
  match = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (match) return { parts: partsOf(match[1]!, match[2]!, match[3]!), changed: 'date_form' }
  match = /^(\d{4})[-./]?(\d{1,2})$/.exec(text)
  if (match && Number(match[1]) >= 1850 && Number(match[1]) <= 2150 && Number(match[2]) >= 1 && Number(match[2]) <= 12) {
    // 1945.1 typed as a number may be 1945.10 that lost its zero.
    if (text.includes('.') && match[2] === '1') return question('sheets.day.month_1_or_10', { shown: text })
    return { month: `${match[1]}-${two(Number(match[2]))}` }
  }
  if (/^\d{4}年?$/.test(text)) return question('sheets.day.year_only', { shown: text })
  if (/^\d{1,2}([-./])\d{1,2}\1\d{1,4}$/.test(text)) return question('sheets.day.short_year', { shown: text })
  if (/^\d{1,2}[-./]\d{1,2}$/.test(text)) return question('sheets.day.no_year', { shown: text })
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return question('sheets.day.serial', { shown: text })
  if (/^\d{6}$/.test(text)) return question('sheets.day.six_digits', { shown: text })
  return undefined
}

function chineseForm(text: string): Found {
  const match = chineseDate.exec(text) ?? undefined
  const last = match ? undefined : yearLast.exec(text)
  const raw = match ? [match[1]!, match[2]!, match[3]!] : last ? [last[3]!, last[1]!, last[2]!] : undefined
  if (raw) {
    const year = chineseYear(raw[0]!)
    const month = chineseNumber(raw[1]!)
    const day = chineseNumber(raw[2]!)
    return year === undefined || month === undefined || day === undefined ? undefined : { parts: { year, month, day }, changed: 'date_form' }
  }
  const monthOnly = chineseMonth.exec(text)
  const year = monthOnly ? chineseYear(monthOnly[1]!) : undefined
  const month = monthOnly ? chineseNumber(monthOnly[2]!) : undefined
  if (year !== undefined && month !== undefined && month >= 1 && month <= 12) return { month: `${year}-${two(month)}` }
  return /^\d{2}年\d{1,2}月/.test(text) ? question('sheets.day.short_year', { shown: text }) : undefined
}

function parseLunar(text: string): Found {
  const bare = text.replace(/\s+/g, '').replace(/[(（][农阴]历?[)）]$/, '')
  const slashed = /^(?:农历|阴历|旧历|老历|夏历|农|阴)?[:：]?(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(bare)
  const match = lunarDate.exec(/^[农阴旧老夏]/.test(bare) ? bare : `农历${bare}`)
  const year = slashed ? Number(slashed[1]) : match ? chineseYear(match[1]!) : undefined
  const month = slashed ? Number(slashed[2]) : match ? chineseNumber(match[3]!) : undefined
  const day = slashed ? Number(slashed[3]) : match ? chineseNumber(match[4]!) : undefined
  if (year === undefined || month === undefined || day === undefined) return question('sheets.day.lunar_unread', { shown: short(text) })
  const solar = lunarDay(year, month, day, match?.[2] === '闰')
  if (solar === null) return problem('sheets.day.no_such_lunar_day', { shown: short(text) })
  return { parts: partsOf(solar.slice(0, 4), solar.slice(5, 7), solar.slice(8)), changed: 'lunar' }
}

/** The lunar table has an end; a year outside it is no day, not a crash. */
function lunarDay(year: number, month: number, day: number, leap: boolean): Day | null {
  if (year < 1880 || year > 2100) return null
  return lunarToDay(year, month, day, leap)
}

function manyDates(text: string): boolean {
  return (text.match(/(?:18|19|20)\d{2}/g)?.length ?? 0) > 1
}

function partsOf(year: string, month: string, day: string): Parts {
  return { year: Number(year), month: Number(month), day: Number(day) }
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

/** A calendar month `YYYY-MM`. A full day gives its month only when `fromDay` says the column may hold days. */
export function readMonth(cell: Cell | undefined, options: DayOptions): Reading<string> {
  const day = readDay(cell, { ...options, allowFuture: true })
  if (day.state === 'value') return value(day.value.slice(0, 7), ['date_form'])
  if (day.state !== 'problem' || day.code !== 'sheets.day.month_only') return day
  const month = String(day.args['month'])
  if (options.allowFuture !== true && month > options.today.slice(0, 7)) return problem('sheets.day.future', { day: month, today: options.today })
  return value(month, month === day.args['shown'] ? [] : ['date_form'])
}

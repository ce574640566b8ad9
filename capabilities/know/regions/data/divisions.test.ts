import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DIVISIONS_FILE, openDivisionsFile } from './divisions-node.ts'
import { levelOf, openDivisions } from './divisions.ts'

const divisions = openDivisionsFile()

describe('the division file', () => {
  test('the file in the repository is the one the README names', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    expect(readme).toContain(createHash('sha256').update(readFileSync(DIVISIONS_FILE)).digest('hex'))
  })

  test('it holds every row of the source: 31 provinces, 342, 2,978, 41,352 and 620,573 below them', () => {
    expect(divisions.counts).toEqual([31, 342, 2978, 41352, 620573])
    const upper = divisions.upper()
    const count = (level: string): number => upper.filter(r => r.level === level).length
    expect(count('province')).toBe(31 + 3)
    expect(count('prefecture')).toBe(342)
    // 东莞, 中山 and 儋州 repeat the prefecture's code as a county; 金门县 repeats its own as a township.
    expect(count('county')).toBe(2978 - 3)
    expect(count('township')).toBe(41352 - 1)
    expect(upper.filter(r => r.level === 'township').reduce((sum, t) => sum + divisions.children(t.code).length, 0)).toBe(620573 - 1)
  })

  test('every code has 12 digits, says its level, begins with its parent and stands once', () => {
    const seen = new Set<string>()
    const check = (rows: ReturnType<typeof divisions.children>): void => {
      for (const row of rows) {
        expect(row.code).toMatch(/^\d{12}$/)
        expect(levelOf(row.code)).toBe(row.level)
        expect(seen.has(row.code)).toBe(false)
        seen.add(row.code)
        if (row.parent !== null) expect(row.code.startsWith(row.parent.replace(/0+$/, ''))).toBe(true)
      }
    }
    check(divisions.upper())
    for (const county of ['500229', '152222', '370215', '320613', '211224']) check(divisions.countyBlock(county).filter(r => r.level === 'village'))
  })

  test.each([
    ['500229', 25, 204], ['152222', 16, 216], ['370215', 17, 197],
  ])('county %s has %i townships and %i villages, as counted in the source by hand', (county, townships, villages) => {
    const rows = divisions.countyBlock(county)
    expect(rows.filter(r => r.level === 'township')).toHaveLength(townships)
    expect(rows.filter(r => r.level === 'village')).toHaveLength(villages)
    const parents = new Set(rows.filter(r => r.level === 'township').map(r => r.code))
    for (const row of rows.filter(r => r.level === 'village')) expect(parents.has(row.parent ?? '')).toBe(true)
  })

  test('names come back letter for letter, with the ends that are packed into one symbol', () => {
    expect(divisions.name('500229110200')).toBe('青龙村村民委员会')
    expect(divisions.name('110101001001')).toBe('多福巷社区居委会')
    expect(divisions.name('152222403001')).toBe('铜矿居民委员会')
    expect(divisions.name('320681104227')).toBe('德字村委会（新）')
    expect(divisions.name('500000000000')).toBe('重庆市')
    expect(divisions.name('500229999999')).toBeNull()
    expect(divisions.name('320602000000')).toBeNull()
  })

  test('a prefecture without counties has its townships as children', () => {
    expect(divisions.children('441900000000').map(r => r.name)).toContain('虎门镇')
    expect(divisions.countyBlock('441900').length).toBeGreaterThan(100)
  })

  test('Taiwan, Hong Kong and Macao stand without children', () => {
    for (const code of ['710000000000', '810000000000', '820000000000']) {
      expect(divisions.find(code)?.level).toBe('province')
      expect(divisions.children(code)).toEqual([])
    }
  })

  test('bytes that are no division file are refused', () => {
    expect(() => openDivisions(new Uint8Array([1, 2, 3]), b => b)).toThrow('not a divisions file')
  })
})

import { describe, expect, test } from 'vitest'
import { addDays } from '@songbai/calendar'
import { countiesTree, countryTree } from './tree-source.ts'
import { readTreeSource } from './tree-source-node.ts'
import { prefixOf, RegionTree, rollUp, SINCE_ALWAYS } from './tree.ts'
import type { RegionChange, RegionNode } from './tree.ts'

const source = readTreeSource()
const country = countryTree(source)
const TODAY = '2026-11-24'

/** Small, seeded, good enough to draw changes. */
function dice(seed: number): (n: number) => number {
  let state = seed >>> 0
  return n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const node = (code: string, name: string, level: RegionNode['level'], parent: string | null): RegionNode => ({ code, name, level, parent, validFrom: SINCE_ALWAYS, validTo: null })
const COUNTY = '990001000000'
const town = (n: number): string => `990001${String(n).padStart(3, '0')}000`
const village = (t: number, n: number): string => `990001${String(t).padStart(3, '0')}${String(n).padStart(3, '0')}`

function smallTree(): RegionTree {
  const nodes = [node('990000000000', '甲省', 'province', null), node('990001000000', '乙县', 'county', '990000000000')]
  for (let t = 1; t <= 4; t++) {
    nodes.push(node(town(t), `${t}镇`, 'township', COUNTY))
    for (let v = 1; v <= 3; v++) nodes.push(node(village(t, v), `${t}${v}村`, 'village', town(t)))
  }
  return new RegionTree(nodes)
}

function apply(tree: RegionTree, change: RegionChange): RegionTree {
  const result = tree.apply(change)
  if (!result.ok) throw new Error(JSON.stringify(result.refusals))
  return tree.after(result)
}

const refusal = (tree: RegionTree, change: RegionChange): string => {
  const result = tree.apply(change)
  return result.ok ? 'accepted' : result.refusals.map(r => r.code).join(' ')
}

describe('old identity-number prefixes', () => {
  test.each([
    ['320602', '崇川区'], ['320611', '崇川区'], ['320684', '海门区'], ['320625', '海门区'], ['322525', '海门区'], ['320683', '通州区'], ['320621', '海安市'],
    ['370282', '即墨区'], ['370222', '即墨区'], ['379013', '即墨区'], ['511228', '城口县'], ['512229', '城口县'], ['152222', '科尔沁右翼中旗'], ['212102', '调兵山市'],
  ])('%s leads to %s today', (prefix, name) => {
    const found = country.resolveIdPrefix(prefix, TODAY)
    expect(found.map(f => f.path.at(-1)?.name)).toEqual([name])
    expect(found[0]?.certain).toBe(true)
  })

  test('every county code that ended since 1981 leads to at least one county of today', () => {
    const lost = source.successions.ended.filter(([code]) => !code.endsWith('00') && country.resolveIdPrefix(code, TODAY).length === 0)
    expect(lost).toEqual([])
  })

  test('a county that was divided gives all its parts and is certain of none', () => {
    const found = country.resolveIdPrefix('212126', TODAY)
    expect(found.map(f => [f.path.at(-1)?.name, f.certain]).sort()).toEqual([['法库县', false], ['调兵山市', false]].sort())
  })

  test('a prefix given twice gives the counties of both times, and a prefix never given gives none', () => {
    expect(country.resolveIdPrefix('132201', TODAY).map(f => f.path.at(-1)?.name)).toContain('南宫市')
    expect(country.resolveIdPrefix('132201', TODAY).length).toBeGreaterThan(1)
    expect(country.resolveIdPrefix('990000', TODAY)).toEqual([])
  })

  test('the path of 1996 goes through 四川省, the path of today through 重庆市', () => {
    expect(country.treeAt('1996-06-01').path('511228000000').map(n => n.name)).toEqual(['四川省', '万县市', '城口县'])
    expect(country.treeAt(TODAY).path('500229000000').map(n => n.name)).toEqual(['重庆市', '县', '城口县'])
  })
})

describe('published data as a tree', () => {
  test.each(['1995-01-01', '2010-01-01', '2018-01-01', '2021-01-01', '2022-12-31', TODAY])('on %s every region of the demo places has its parent in force', day => {
    for (const counties of [['500229'], ['152222'], ['370215'], ['320612', '320613', '320614', '320623', '320671', '320681', '320682', '320685'], ['211202', '211224', '211281', '211282']]) {
      const view = countiesTree(source, counties).treeAt(day)
      expect(view.all().filter(n => n.parent !== null && !view.node(n.parent))).toEqual([])
    }
  })

  test('即墨 had 1,033 villages more before they were put together, and their old codes lead to the township', () => {
    const tree = countiesTree(source, ['370215'])
    expect(tree.nodeAt('370215001200', '2019-01-01')?.name).toBe('大韩村村委会')
    expect(tree.nodeAt('370215001200', TODAY)).toBeNull()
    expect(tree.successorsOf('370215001200', TODAY)).toEqual([{ code: '370215001000', share: 1, certain: false, via: [] }])
    // The same code was given on: written down in 2019 it meant 王家官庄村, written down today it means 秀湖村.
    expect(tree.successorsOf('370215001201', TODAY, '2019-01-01')[0]?.code).toBe('370215001000')
    expect(tree.successorsOf('370215001201', TODAY, TODAY)[0]?.code).toBe('370215001201')
  })

  test('the scope of 崇川区 holds the rows written with 320602 and 320611', () => {
    const scope = countiesTree(source, ['320613']).expandScope('320613', TODAY)
    expect(scope.prefixes).toEqual(expect.arrayContaining(['320613', '320602', '320611']))
    expect(scope.partial).toEqual([])
  })
})

describe('changes', () => {
  const on = '2025-03-01'

  test('a merger of two townships: villages keep their codes, the old day still shows the old tree, old scopes follow', () => {
    const tree = apply(smallTree(), { kind: 'merge', on, from: [town(1), town(2)], to: [{ code: town(9), name: '新镇' }] })
    expect(tree.treeAt(addDays(on, -1)).children(COUNTY)).toHaveLength(4)
    expect(tree.treeAt(on).children(COUNTY).map(n => n.name)).toEqual(['3镇', '4镇', '新镇'])
    expect(tree.treeAt(on).children(town(9))).toHaveLength(6)
    expect(tree.expandScope('990001009', on).prefixes).toEqual(['990001001', '990001002', '990001009'])
    expect(tree.predecessorsOf(town(9)).sort()).toEqual([town(1), town(2)])
    expect(tree.successorsOf(town(1), on)).toEqual([{ code: town(9), share: 1, certain: true, via: [] }])
  })

  test('a merger into a township that goes on keeps its code', () => {
    const tree = apply(smallTree(), { kind: 'merge', on, from: [town(1), town(2)], to: [{ code: town(1), name: '大镇' }] })
    expect(tree.nodeAt(town(1), on)?.name).toBe('大镇')
    expect(tree.nodeAt(town(1), '2024-01-01')?.name).toBe('1镇')
    expect(tree.treeAt(on).children(town(1))).toHaveLength(6)
  })

  test('a split says where each village goes; an old township code is then certain of nothing', () => {
    const children = { [village(1, 1)]: town(1), [village(1, 2)]: town(8), [village(1, 3)]: town(8) }
    const change: RegionChange = { kind: 'split', on, from: [town(1)], to: [{ code: town(1), share: 0.4 }, { code: town(8), name: '分镇', share: 0.6 }], children }
    const tree = apply(smallTree(), change)
    expect(tree.treeAt(on).children(town(8))).toHaveLength(2)
    expect(tree.successorsOf(town(1), on).map(s => [s.code, s.share, s.certain])).toEqual([[town(1), 0.4, false], [town(8), 0.6, false]])
    expect(tree.expandScope('990001008', on).partial).toEqual([town(1)])
    expect(refusal(smallTree(), { ...change, children: {} })).toBe('regions.childUnassigned regions.childUnassigned regions.childUnassigned')
    expect(refusal(smallTree(), { ...change, to: [{ code: town(1), share: 0.4 }, { code: town(8), name: '分镇', share: 0.7 }] })).toBe('regions.badShare')
  })

  test('a village moved to another township leaves the old scope and enters the new one', () => {
    const tree = apply(smallTree(), { kind: 'move', on, from: [village(1, 1)], to: [{ code: village(1, 1), parent: town(2) }] })
    expect(tree.expandScope('990001001', on).except).toEqual([village(1, 1)])
    expect(tree.expandScope('990001002', on).prefixes).toEqual([village(1, 1), '990001002'])
    expect(tree.expandScope('990001001', '2024-01-01').except).toEqual([])
  })

  test.each<[string, RegionChange, string]>([
    ['a merger of one', { kind: 'merge', on, from: [town(1)], to: [{ code: town(1) }] }, 'regions.wrongShape'],
    ['an unknown region', { kind: 'rename', on, from: [town(7)], to: [{ code: town(7), name: '甲' }] }, 'regions.unknown regions.noParent'],
    ['a code in use', { kind: 'create', on, from: [], to: [{ code: town(2), name: '甲', parent: COUNTY }] }, 'regions.codeTaken'],
    ['a township turned into a village', { kind: 'rename', on, from: [town(1)], to: [{ code: village(1, 9) }] }, 'regions.wrongLevel'],
    ['a village without a parent in force', { kind: 'create', on, from: [], to: [{ code: village(7, 1), name: '甲村', parent: town(7) }] }, 'regions.noParent'],
    ['a county under a township', { kind: 'move', on, from: [COUNTY], to: [{ code: COUNTY, parent: town(1) }] }, 'regions.parentUnder'],
    ['the end of a township with villages', { kind: 'abolish', on, from: [town(1)], to: [] }, 'regions.hasChildren'],
    ['a day that is none', { kind: 'abolish', on: '2025-02-30', from: [village(1, 1)], to: [] }, 'regions.notADay'],
    ['a code of eleven digits', { kind: 'create', on, from: [], to: [{ code: '99000100100', name: '甲', parent: COUNTY }] }, 'regions.badCode'],
  ])('refused: %s', (_, change, code) => {
    expect(refusal(smallTree(), change)).toBe(code)
  })

  test('refused: a change before one that is already entered', () => {
    const tree = apply(smallTree(), { kind: 'rename', on, from: [town(1)], to: [{ code: town(1), name: '新名镇' }] })
    expect(refusal(tree, { kind: 'rename', on: '2024-01-01', from: [town(1)], to: [{ code: town(1), name: '旧名镇' }] })).toBe('regions.laterChange')
  })
})

describe('totals', () => {
  function randomChange(tree: RegionTree, on: string, draw: (n: number) => number, fresh: () => number): RegionChange {
    const view = tree.treeAt(on)
    const towns = view.children(COUNTY)
    const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T
    const a = pick(towns)
    const b = pick(towns.filter(t => t !== a))
    const villages = view.children(a.code)
    switch (draw(6)) {
      case 0: return { kind: 'merge', on, from: [a.code, b.code], to: [{ code: draw(2) ? a.code : town(fresh()), name: '并镇' }] }
      case 1: {
        const code = town(fresh())
        return { kind: 'split', on, from: [a.code], to: [{ code: a.code }, { code, name: '分镇' }], children: Object.fromEntries(villages.map(v => [v.code, draw(2) ? a.code : code])) }
      }
      case 2: return { kind: 'rename', on, from: [a.code], to: [{ code: draw(2) ? a.code : town(fresh()), name: '改名镇' }] }
      case 3: return villages.length ? { kind: 'move', on, from: [pick(villages).code], to: [{ code: pick(villages).code, parent: b.code }] } : { kind: 'create', on, from: [], to: [{ code: town(fresh()), name: '新镇', parent: COUNTY }] }
      case 4: return villages.length > 1 ? { kind: 'merge', on, from: [villages[0]?.code ?? '', villages[1]?.code ?? ''], to: [{ code: villages[0]?.code ?? '', name: '并村' }] } : { kind: 'create', on, from: [], to: [{ code: town(fresh()), name: '新镇', parent: COUNTY }] }
      default: return { kind: 'create', on, from: [], to: [{ code: a.code.slice(0, 9) + String(fresh()).padStart(3, '0'), name: '新村', parent: a.code }] }
    }
  }

  test('children and own values equal the parent for every region on any day, after random changes, and nothing is lost', () => {
    let changes = 0
    for (let seed = 1; seed <= 60; seed++) {
      const draw = dice(seed)
      let next = 10
      let tree = smallTree()
      let day = '2020-01-01'
      const days = [day]
      for (let i = 0; i < 15; i++) {
        day = addDays(day, 1 + draw(90))
        const result = tree.apply(randomChange(tree, day, draw, () => next++))
        if (!result.ok || tree.treeAt(day).children(COUNTY).length < 3) continue
        tree = tree.after(result)
        days.push(day)
        changes++
      }
      const codes = [...new Set(tree.nodes().map(n => n.code))]
      const values = codes.map(code => [code, 1 + draw(50)] as const)
      const all = values.reduce((sum, [, v]) => sum + v, 0)
      for (const at of [...days, addDays(day, 100)]) {
        const { totals, unplaced } = rollUp(tree, at, values)
        const view = tree.treeAt(at)
        for (const n of view.all()) {
          const below = view.children(n.code).reduce((sum, child) => sum + (totals.get(child.code)?.total ?? 0), 0)
          expect(totals.get(n.code)?.total ?? 0).toBe(below + (totals.get(n.code)?.own ?? 0))
        }
        expect((totals.get('990000000000')?.total ?? 0) + unplaced).toBe(all)
      }
      // After every change each code ever used still leads somewhere or has said that it ended.
      expect(rollUp(tree, addDays(day, 100), values).unplaced).toBe(0)
    }
    expect(changes).toBeGreaterThan(400)
  })

  test('on any day two regions in force never share a code, and each has its parent', () => {
    for (let seed = 100; seed < 130; seed++) {
      const draw = dice(seed)
      let next = 10
      let tree = smallTree()
      let day = '2020-01-01'
      for (let i = 0; i < 12; i++) {
        day = addDays(day, 1 + draw(60))
        if (tree.treeAt(day).children(COUNTY).length < 3) break
        const result = tree.apply(randomChange(tree, day, draw, () => next++))
        if (result.ok) tree = tree.after(result)
      }
      for (let back = 0; back < 700; back += 35) {
        const at = addDays(day, -back)
        const force = tree.nodes().filter(n => n.validFrom <= at && (n.validTo === null || at < n.validTo))
        expect(new Set(force.map(n => n.code)).size).toBe(force.length)
        const view = tree.treeAt(at)
        for (const n of force) expect(n.parent === null || view.node(n.parent) !== null).toBe(true)
        expect(view.all().every(n => view.isWithin(n.code, prefixOf('990000000000')))).toBe(true)
      }
    }
  })
})

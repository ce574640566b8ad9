import { describe, expect, test } from 'vitest'
import { createPlaceFinder, levelName, shortName } from './place-names.ts'
import type { PlaceMatch } from './place-names.ts'
import { countiesTree } from './tree-source.ts'
import { readTreeSource } from './tree-source-node.ts'

const source = readTreeSource()
const TODAY = '2026-11-24'
const PLACES: Record<string, string[]> = {
  城口县: ['500229'], 科尔沁右翼中旗: ['152222'], 即墨区: ['370215'],
  南通市: ['320612', '320613', '320614', '320623', '320671', '320681', '320682', '320685'],
  铁岭市: ['211202', '211204', '211221', '211223', '211224', '211281', '211282'],
}
const open = (place: string) => {
  const tree = countiesTree(source, PLACES[place] as string[])
  return { view: tree.treeAt(TODAY), finder: createPlaceFinder(tree, TODAY) }
}
const chengkou = open('城口县').finder
const short = (match: PlaceMatch): string =>
  match.status === 'unique' ? `${match.place.code} ${match.group ?? '-'} ${match.rest || '-'}` : match.status === 'ambiguous' ? `ambiguous ${match.candidates.length}` : match.reason

describe('all villages of the demo places', () => {
  test.each(Object.keys(PLACES))('%s: township and village in the words of the register find exactly that village', place => {
    const { view, finder } = open(place)
    const villages = view.all().filter(n => n.level === 'village')
    expect(villages.length).toBeGreaterThan(190)
    for (const village of villages) {
      const township = view.path(village.code).at(-2)
      const match = finder.find(`${township?.name}${village.name}6组`)
      expect([match.status, match.status === 'unique' ? match.place.code : null, match.group]).toEqual(['unique', village.code, '6'])
    }
  })

  test.each(Object.keys(PLACES))('%s: the bare village name is either that village or one of the candidates, never another', place => {
    const { view, finder } = open(place)
    for (const village of view.all().filter(n => n.level === 'village')) {
      for (const text of [village.name, shortName(village.name, 'village')]) {
        const match = finder.find(text)
        // 大四家子镇社区 without its kind is the town's own name.
        if (match.status === 'unique' && match.place.name !== text) expect(match.place.code).toBe(village.code)
        if (match.status === 'ambiguous') expect(match.candidates.map(c => c.code)).toContain(village.code)
        if (match.status === 'none') expect(text).not.toBe(village.name)
      }
    }
  })
})

describe('as clerks write', () => {
  test.each([
    ['咸宜镇青龙村3组', '500229110200 3 -'],
    ['重庆市城口县咸宜镇青龙村十二组5号', '500229110200 12 5号'],
    ['城口县 咸宜镇 青龙村村委会', '500229110200 - -'],
    ['咸宜镇青龙', '500229110200 - -'],
    ['青龙村', '500229110200 - -'],
    ['四川省城口县咸宜青龙村2社', '500229110200 2 -'],
    ['四川省万县市城口县咸宜乡青龙村', '500229110200 - -'],
    ['葛城街道办事处土城居委会', '500229001001 - -'],
    ['庙坝', 'ambiguous 3'],
    ['咸宜镇青农村', 'noSuchName'],
    ['庙坝镇青龙村', 'contradiction'],
    ['万源市太平镇', 'noSuchName'],
    ['  ', 'empty'],
  ])('%s → %s', (text, expected) => {
    expect(short(chengkou.find(text))).toBe(expected)
  })

  test('a township upgraded from 乡 to 镇 is found and says that the kind differs', () => {
    const match = chengkou.find('咸宜乡青龙村')
    expect(match.status === 'unique' && match.place.otherKind).toBe(true)
    const plain = chengkou.find('咸宜镇青龙村')
    expect(plain.status === 'unique' && plain.place.otherKind).toBe(false)
  })

  test('a misspelt village keeps the township and offers the nearest names instead of taking one', () => {
    const match = chengkou.find('咸宜镇青农村')
    expect(match.status === 'none' && match.known?.name).toBe('咸宜镇')
    expect(match.status === 'none' && match.nearest.map(n => n.name)).toContain('青龙村村民委员会')
  })

  test('former counties, townships and villages lead to the present ones; a village whose name is gone is not guessed', () => {
    const jimo = open('即墨区').finder
    expect(short(jimo.find('即墨市灵山镇'))).toBe('370215009000 - -')
    expect(short(jimo.find('环秀街道大韩村'))).toBe('formerVillage')
    const nantong = open('南通市').finder
    expect(short(nantong.find('南通市港闸区永兴街道永兴社区'))).toBe('320613016013 - -')
    expect(short(nantong.find('海门市常乐镇常中村5组'))).toBe('320614103203 5 -')
  })

  test('banner, sumu and gacha: short names of the banner and the old spelling of a town', () => {
    const banner = open('科尔沁右翼中旗').finder
    expect(short(banner.find('科右中旗吐列毛都镇'))).toBe('152222102000 - -')
    expect(short(banner.find('巴彦呼舒镇王鲁嘎查二独贵龙'))).toBe('152222100202 2 -')
    expect(levelName({ name: '科尔沁右翼中旗', level: 'county' })).toEqual({ zh: '旗', en: 'banner' })
    expect(levelName({ name: '代钦塔拉苏木', level: 'township' })).toEqual({ zh: '苏木', en: 'sumu' })
    expect(levelName({ name: '王鲁嘎查', level: 'village' })).toEqual({ zh: '嘎查', en: 'gacha' })
    expect(levelName({ name: '兴安盟', level: 'prefecture' }).zh).toBe('盟')
  })

  test('a question may be narrowed to one township', () => {
    expect(short(chengkou.find('庙坝村', '500229104000'))).toBe('500229104200 - -')
    expect(short(chengkou.find('青龙村', '500229104000'))).not.toContain('500229110200')
  })
})

// The villages people live in, their weights, and camps. SAMPLE: weights and points are drawn, not counted or measured.
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import type { DemoResidence } from './types.ts'
import type { Day } from '@songbai/calendar'

/** The part of `capabilities/know/regions/data/divisions.ts` that is used. */
export interface DivisionSource {
  children(code12: string): { code: string; name: string; level: string }[]
  countyBlock(code6: string): { code: string; name: string; level: string; parent: string | null }[]
}

/** A village of an earlier state that went into another place; `now` is where its rows belong today. */
export interface FormerPlace { code: string; name: string; now: string }

export interface Village { code: string; county: string; title: string; urban: boolean; gacha: boolean }
export interface VillageDraw { villages: Village[]; pick(dice: Dice): Village }

const COMMITTEE = /(村民委员会|居民委员会|嘎查委员会|村委会|居委会)$/
const URBAN = /(社区|居民委员会|居委会)/

/**
 * Villages below a region (2, 4 or 6 digits), each with a weight that depends on the seed: communities hold more people
 * than villages, and no two hold the same number.
 */
export function villagesOf(divisions: DivisionSource, region: string, seed: string): VillageDraw {
  const villages: Village[] = []
  const upTo: number[] = []
  let total = 0
  for (const county of countiesOf(divisions, region)) {
    const titles = new Map<string, string>()
    for (const row of divisions.countyBlock(county)) {
      if (row.level === 'township') titles.set(row.code, row.name)
      if (row.level !== 'village' || row.name.includes('虚拟')) continue
      const urban = URBAN.test(row.name)
      villages.push({ code: row.code, county, urban, gacha: row.name.endsWith('嘎查'), title: (titles.get(row.parent ?? '') ?? '') + villageTitle(row.name, urban) })
      total += (urban ? 1.8 : 1) * (0.4 + createDice(`${seed}|village|${row.code}`).next() * 1.6)
      upTo.push(total)
    }
  }
  if (villages.length === 0) throw new RangeError(`demo: no village below ${region}`)
  return { villages, pick: dice => villages[firstAbove(upTo, dice.next() * total)] as Village }
}

function countiesOf(divisions: DivisionSource, region: string): string[] {
  if (region.length === 6) return [region]
  return divisions.children(region.padEnd(12, '0')).flatMap(row => {
    if (row.level === 'prefecture') return countiesOf(divisions, row.code.slice(0, 4))
    return row.level === 'county' ? [row.code.slice(0, 6)] : []
  })
}

/** 青龙村村民委员会 → 青龙村, 呼和居民委员会 → 呼和社区: as an address says it. */
function villageTitle(name: string, urban: boolean): string {
  const plain = name.replace(COMMITTEE, '')
  return /(村|社区|嘎查)$/.test(plain) || plain === name ? plain : plain + (urban ? '社区' : '村')
}

function firstAbove(upTo: number[], value: number): number {
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upTo[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}

export function addressIn(village: Village, dice: Dice): string {
  return village.urban ? `${village.title}${dice.between(1, 28)}号楼${dice.between(1, 4)}单元${dice.between(1, 6)}0${dice.between(1, 4)}室` : `${village.title}${dice.between(1, 12)}组`
}

// Rough box of 科尔沁右翼中旗 in WGS-84: points inside it are plausible, not measured.
export const BANNER = { county: '152222', lonMin: 119.2, lonMax: 122.2, latMin: 44.2, latMax: 46.7 } as const
const ACCESS = ['雨后土路不通，改走砂石路', '过一道漫水桥，水大时绕行北坡', '冬季雪封，须四驱车', '沿网围栏行三公里，院里有两条狗', '路好走，院门朝南', '沙地，轿车进不去', '先打电话，由家人到路口接']
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
const within = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

/** First and last day of each season are both in it. Winter and summer camp of a herding household; both belong to their gacha. */
export function campsOf(village: Village, validFrom: Day, dice: Dice): DemoResidence[] {
  const home = createDice(`camp|${village.code}`)
  const lon = BANNER.lonMin + 0.5 + home.next() * (BANNER.lonMax - BANNER.lonMin - 1)
  const lat = BANNER.latMin + 0.4 + home.next() * (BANNER.latMax - BANNER.latMin - 0.8)
  const camp = (kind: 'winterCamp' | 'summerCamp', spread: number, seasonFrom: string, seasonTo: string): DemoResidence => ({
    kind, place: village.code, address: `${village.title}${kind === 'winterCamp' ? '冬营地' : '夏营地'}`, seasonFrom, seasonTo,
    lon: round(within(lon + (dice.next() - 0.5) * spread, BANNER.lonMin, BANNER.lonMax)), lat: round(within(lat + (dice.next() - 0.5) * spread, BANNER.latMin, BANNER.latMax)),
    accessNote: dice.pick(ACCESS), phoneCoverage: dice.weighted({ good: 45, weak: 40, none: kind === 'summerCamp' ? 25 : 10 }), schematic: true, validFrom,
  })
  return [camp('winterCamp', 0.12, '10-15', '05-31'), camp('summerCamp', 0.6, '06-01', '10-14')]
}

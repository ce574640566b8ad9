// Builds a region tree from the published data: the divisions of 2023-06-30, the codes that ended since 1981, and what became
// of the townships and villages of 2017 in the places we compared. Pure: the three data sets are arguments.
import type { Day } from '@songbai/calendar'
import { levelOf, to12 } from './data/divisions.ts'
import type { Divisions, DivisionRow } from './data/divisions.ts'
import { RegionTree, SINCE_ALWAYS } from './tree.ts'
import type { RegionNode, Succession } from './tree.ts'

/** `successions.json`; years mean "as in the list of 31 December". */
export interface SuccessionData {
  ended: [code: string, name: string, fromYear: number, endYear: number, successors: string[]][]
  inForce: [code: string, fromYear: number][]
}

/** `places-2017.json`; `from` and `by` are the days of the two states compared. */
export interface PlaceData { from: Day; by: Day; rows: [code: string, name: string, now: string, how: string][] }

export interface TreeSource { divisions: Divisions; successions: SuccessionData; places: PlaceData }

/** The first list known to the succession data; what stands in it is taken to have stood always. */
const FIRST_YEAR = 1981

function endOfYear(year: number): Day {
  return year <= FIRST_YEAR ? SINCE_ALWAYS : `${year}-12-31`
}

/** Provinces, prefectures and counties of the country with every code that ended since 1981: about 7,000 nodes. */
export function countryTree(source: TreeSource): RegionTree {
  const { nodes, links } = upperNodes(source, () => true)
  return new RegionTree(nodes, links)
}

/**
 * Some counties with their townships and villages, everything above them, and every code that went into them.
 * @param counties six-digit codes of 2023
 */
export function countiesTree(source: TreeSource, counties: string[]): RegionTree {
  const related = relatedCodes(source.successions, counties)
  const above = new Set([...related].flatMap(code => [to12(code.slice(0, 2)), to12(code.slice(0, 4))]))
  const { nodes, links } = upperNodes(source, code => related.has(code.slice(0, 6)) || above.has(code))
  for (const county of counties) addPlaces(source, county, nodes, links)
  return new RegionTree(nodes, links)
}

/** The counties and every code that went into them, through any number of steps. */
function relatedCodes(data: SuccessionData, counties: string[]): Set<string> {
  const into = new Map<string, string[]>()
  for (const [code, , , , next] of data.ended) for (const n of next) into.set(n, [...(into.get(n) ?? []), code])
  const seen = new Set(counties)
  const queue = [...counties]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const old of into.get(at) ?? []) {
      if (seen.has(old)) continue
      seen.add(old)
      queue.push(old)
    }
  }
  return seen
}

function upperNodes({ divisions, successions }: TreeSource, wanted: (code12: string) => boolean): { nodes: RegionNode[]; links: Succession[] } {
  const flat: RegionNode[] = []
  const links: Succession[] = []
  for (const [code6, name, fromYear, endYear, next] of successions.ended) {
    const code = code6.padEnd(12, '0')
    if (!wanted(code)) continue
    const on = endOfYear(endYear)
    flat.push({ code, name, level: levelOf(code), parent: null, validFrom: endOfYear(fromYear), validTo: on })
    // A change of name under the same code is a new version, not a succession.
    const renamed = next.every(n => n === code6)
    if (!renamed) for (const n of next) links.push({ from: code, to: n.padEnd(12, '0'), on, share: next.length === 1 ? 1 : null, certain: next.length === 1 })
  }
  const fromYears = new Map(successions.inForce.map(([code, year]) => [code.padEnd(12, '0'), year]))
  for (const row of divisions.upper()) {
    if (row.level !== 'township' && wanted(row.code)) flat.push({ ...row, parent: null, validFrom: endOfYear(fromYears.get(row.code) ?? FIRST_YEAR), validTo: null })
  }
  return { nodes: withParents(flat), links }
}

/**
 * The parent of a county is its prefecture while that is in force, else its province (直辖): a county that outlived its
 * prefecture becomes several versions.
 */
function withParents(flat: RegionNode[]): RegionNode[] {
  const prefectures = new Map<string, RegionNode[]>()
  for (const node of flat) if (node.level === 'prefecture') prefectures.set(node.code, [...(prefectures.get(node.code) ?? []), node])
  const founded = new Map<string, Day>()
  for (const node of flat) if (node.level === 'province' && node.validFrom < (founded.get(node.code) ?? '9')) founded.set(node.code, node.validFrom)
  return flat.flatMap(node => {
    if (node.level === 'province') return [node]
    const province = to12(node.code.slice(0, 2))
    // Units the ministry's lists do not hold (市辖区, 县, development zones) are at most as old as their province.
    node.validFrom = later(node.validFrom, founded.get(province)) ?? node.validFrom
    const above = node.level === 'county' ? prefectures.get(to12(node.code.slice(0, 4))) ?? [] : []
    const days = [...new Set([node.validFrom, ...above.flatMap(p => [p.validFrom, p.validTo ?? ''])])]
      .filter(day => day >= node.validFrom && (node.validTo === null || day < node.validTo)).sort()
    return days.map((day, i) => {
      const parent = above.find(p => p.validFrom <= day && (p.validTo === null || day < p.validTo))?.code ?? province
      return { ...node, parent, validFrom: day, validTo: days[i + 1] ?? node.validTo }
    })
  })
}

function addPlaces({ divisions, places }: TreeSource, county: string, nodes: RegionNode[], links: Succession[]): void {
  const code12 = county.padEnd(12, '0')
  const byAge = nodes.filter(n => n.level === 'county').sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const countyFrom = new Map(byAge.map(n => [n.code, n]))
  const start = countyFrom.get(code12)?.validFrom ?? SINCE_ALWAYS
  const begins = new Map<string, Day>()
  for (const row of places.rows) addOldPlace(row, places, county, countyFrom, begins, nodes, links)
  const rows = divisions.countyBlock(county)
  const from = new Map(rows.map(row => [row.code, begins.get(row.code) ?? start]))
  for (const row of rows) nodes.push(toNode(row, later(from.get(row.code), from.get(row.parent ?? '')) ?? start))
}

function addOldPlace(row: PlaceData['rows'][number], places: PlaceData, county: string, counties: Map<string, RegionNode>,
  begins: Map<string, Day>, nodes: RegionNode[], links: Succession[]): void {
  const [code, name, now, how] = row
  if (!now.startsWith(county)) return
  const old = counties.get(code.slice(0, 6).padEnd(12, '0'))
  const level = levelOf(code)
  // Known: gone between the two states. Together with its county when that ended in between, else by the later state.
  const on = old?.validTo && old.validTo > places.from ? old.validTo : places.by
  const parent = level === 'township' ? code.slice(0, 6).padEnd(12, '0') : code.slice(0, 9) + '000'
  nodes.push({ code, name, level, parent, validFrom: old && old.validFrom < on ? old.validFrom : SINCE_ALWAYS, validTo: on })
  if (how === 'certain') begins.set(now, code === now ? on : later(begins.get(now), on) ?? on)
  else begins.set(code, on)
  if (code !== now) links.push({ from: code, to: now, on, share: 1, certain: how === 'certain' })
}

function toNode(row: DivisionRow, validFrom: Day): RegionNode {
  return { ...row, validFrom, validTo: null }
}

function later(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}

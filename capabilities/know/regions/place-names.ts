// Places as clerks write them: "咸宜镇青龙村3组", "城口县咸宜乡青龙村", "青龙村委会". Finds the region, or says which ones it
// could be; never a guess. Pure: works on one RegionTree (a county with its villages and its former names).
import type { Day } from '@songbai/calendar'
import { prefixOf } from './tree.ts'
import type { Level, RegionNode, RegionTree, RegionView } from './tree.ts'

export interface PlaceCandidate {
  code: string
  name: string
  level: Level
  path: string
  formerName: string | null
  /** The text says 乡 where the register says 镇 (or the like): the only township of that name, to be confirmed once. */
  otherKind: boolean
}

export interface PlaceRest {
  /** 组, 队 or 独贵龙 below the village: its number as digits where it is one, else its words. */
  group: string | null
  /** What follows: door number, house name. */
  rest: string
}

export type PlaceMatch = PlaceRest & (
  | { status: 'unique'; place: PlaceCandidate }
  | { status: 'ambiguous'; candidates: PlaceCandidate[] }
  /**
   * `known` is the lowest place that was read. `formerVillage`: the village of that name went into another one and its name
   * is gone; `contradiction`: village and township of the text do not belong together (`nearest` says where the village is).
   */
  | { status: 'none'; reason: 'noSuchName' | 'formerVillage' | 'contradiction' | 'empty'; known: PlaceCandidate | null; formerName: string | null; nearest: PlaceCandidate[] }
)

interface Entry { target: RegionNode; level: Level; former: string | null; certain: boolean; otherKind: boolean }
interface Form { text: string; short: boolean; entry: Entry }
/** `above`: county code → every province and prefecture it ever belonged to (城口县 once to 四川省). */
interface Index { view: RegionView; forms: Map<string, Form[]>; above: Map<string, Set<string>> }
interface Parse { at: number; entry: Entry | null; contradiction: Entry | null; used: number; otherKind: boolean; former: string | null }

const COMMITTEE = /(村民委员会|居民委员会|居民委委会|嘎查委员会|村委会|居委会|嘎查达|委员会)$/
const VILLAGE_KIND = /(社区|嘎查|村)$/
const TOWNSHIP_KIND = /(街道办事处|民族苏木|民族乡|满族镇|街道|苏木|镇|乡|办事处|管委会)$/
const TOWNSHIP_KINDS = ['镇', '乡', '街道', '苏木']
const COUNTY_KIND = /(自治县|自治旗|经济技术开发区|右翼中旗|县|区|市|旗)$/
const UPPER_KIND = /(维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|自治州|地区|省|市|盟)$/
/** After a name without its kind (青龙 for 青龙村) only these may follow, or "青龙街" would be read as 青龙村. */
const AFTER_SHORT = /^($|[\d一二三四五六七八九十第,，、。;；:：()（）/-]|[东南西北上中下]?(组|队|屯|社)|村民小组|独贵龙)/
const GROUP = /^[,，、;；:：/-]?第?([一二三四五六七八九十百零〇两\d]{1,4}|[东南西北上中下前后])(村民小组|小组|组|社|队|独贵龙)/
const NOISE = /[\s,，、.。;；:："'“”‘’]+/g
const RANK: Record<Level, number> = { province: 0, prefecture: 1, county: 2, township: 3, village: 4 }
const VIRTUAL = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])
const NEAREST = 5

/** Half-width, no spaces, one kind of bracket: the form in which names are compared. */
export function plainPlace(text: string): string {
  return text.normalize('NFKC').replace(NOISE, '').replaceAll('(', '（').replaceAll(')', '）')
}

/** The name of a village without committee and kind: 青龙村村民委员会 → 青龙. */
export function shortName(name: string, level: Level): string {
  if (level === 'village') {
    const plain = name.replace(/（.*?）$/, '').replace(COMMITTEE, '')
    return plain.replace(VILLAGE_KIND, '') || plain || name
  }
  const kind = level === 'township' ? TOWNSHIP_KIND : level === 'county' ? COUNTY_KIND : UPPER_KIND
  const short = name.replace(kind, '')
  return short.length >= 2 || level === 'township' ? short || name : name
}

/** What the level is called where the region lies: banner, sumu and gacha are names, not new levels. */
export function levelName(node: Pick<RegionNode, 'name' | 'level'>): { zh: string; en: string } {
  const names: [RegExp, string, string][] = {
    province: [[/自治区$/, '自治区', 'autonomous region'], [/特别行政区$/, '特别行政区', 'special administrative region'], [/市$/, '直辖市', 'municipality'], [/./, '省', 'province']],
    prefecture: [[/自治州$/, '自治州', 'autonomous prefecture'], [/盟$/, '盟', 'league'], [/地区$/, '地区', 'prefecture'], [/./, '市', 'city']],
    county: [[/自治旗$/, '自治旗', 'autonomous banner'], [/旗$/, '旗', 'banner'], [/自治县$/, '自治县', 'autonomous county'], [/区$/, '区', 'district'], [/市$/, '县级市', 'county-level city'], [/./, '县', 'county']],
    township: [[/苏木$/, '苏木', 'sumu'], [/街道(办事处)?$/, '街道', 'subdistrict'], [/镇$/, '镇', 'town'], [/民族乡$/, '民族乡', 'ethnic township'], [/乡$/, '乡', 'township'], [/[农林牧渔]场$/, '农林牧场', 'farm'], [/./, '乡级单位', 'township-level unit']],
    village: [[/嘎查(委员会)?$/, '嘎查', 'gacha'], [/社区|居(民)?委(员)?会$/, '社区', 'community'], [/村|村(民)?委(员)?会$/, '村', 'village'], [/./, '村级单位', 'village-level unit']],
  }[node.level] as [RegExp, string, string][]
  const [, zh, en] = names.find(([pattern]) => pattern.test(node.name)) as [RegExp, string, string]
  return { zh, en }
}

export interface PlaceFinder { find(text: string, within?: string): PlaceMatch }

/**
 * Makes a finder for the places of a tree in force on `day`, with the former names that lead to them.
 * `within` (a code or prefix) narrows a question to one township or county.
 */
export function createPlaceFinder(tree: RegionTree, day: Day): PlaceFinder {
  const view = tree.treeAt(day)
  const forms = indexForms(tree, view)
  const index: Index = { view, forms, above: formerAncestors(tree) }
  return { find: (text, within) => findPlace(text, within === undefined ? null : within.length === 12 ? prefixOf(within) : within, index) }
}

function indexForms(tree: RegionTree, view: RegionView): Map<string, Form[]> {
  const byFirst = new Map<string, Form[]>()
  const towns = new Set(view.all().filter(n => n.level === 'township').map(n => plainPlace(n.name)))
  const add = (node: RegionNode, target: RegionNode, former: string | null, certain: boolean): void => {
    const entry: Entry = { target, level: node.level, former, certain, otherKind: false }
    // 大四家子镇社区 without its kind is the name of the town: then the town is meant.
    for (const [text, short] of formsOf(node)) if (!(short && node.level === 'village' && towns.has(text))) put(text, short, entry)
  }
  const put = (text: string, short: boolean, entry: Entry): void => {
    const first = text.slice(0, 1)
    const list = byFirst.get(first)
    if (list) list.push({ text, short, entry })
    else byFirst.set(first, [{ text, short, entry }])
  }
  for (const node of view.all()) if (!VIRTUAL.has(node.name)) add(node, node, null, true)
  for (const node of tree.nodes()) {
    if (node.validTo === null || node.validTo > view.day || VIRTUAL.has(node.name)) continue
    const next = tree.successorsOf(node.code, view.day, node.validFrom)
    if (RANK[node.level] < 2 && !view.node(node.code)) add(node, node, node.name, true)
    // A name of long ago that leads to several places helps nobody.
    if (next.length !== 1 || RANK[node.level] < 2) continue
    const target = view.node((next[0] as { code: string }).code)
    if (target && target.name !== node.name) add(node, target, node.name, next[0]?.certain ?? false)
  }
  for (const [text, node] of otherKinds(view)) {
    if (!byFirst.get(text.charAt(0))?.some(form => form.text === text && !form.short)) put(text, false, { target: node, level: 'township', former: null, certain: true, otherKind: true })
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.text.length - a.text.length)
  return byFirst
}

/** 咸宜乡 for 咸宜镇: townships whose bare name nobody else in the tree has, with the kinds they do not have. */
function otherKinds(view: RegionView): [string, RegionNode][] {
  const byShort = new Map<string, RegionNode[]>()
  for (const node of view.all()) {
    if (node.level !== 'township' || !TOWNSHIP_KINDS.some(kind => node.name.endsWith(kind))) continue
    const short = shortName(plainPlace(node.name), 'township')
    byShort.set(short, [...(byShort.get(short) ?? []), node])
  }
  return [...byShort].flatMap(([short, nodes]) => (nodes.length === 1 ? TOWNSHIP_KINDS.map(kind => [short + kind, nodes[0]] as [string, RegionNode]) : []))
}

function formerAncestors(tree: RegionTree): Map<string, Set<string>> {
  const above = new Map<string, Set<string>>()
  for (const node of tree.nodes()) {
    if (node.level !== 'county') continue
    const codes = [node.code, ...tree.predecessorsOf(node.code)]
    const old = codes.flatMap(code => tree.versions(code).flatMap(version => tree.treeAt(version.validFrom).path(code).map(n => n.code)))
    above.set(node.code, new Set(old))
  }
  return above
}

/** Ways to write a name: [text, whether the kind is left out]. */
function formsOf(node: RegionNode): [string, boolean][] {
  const full = plainPlace(node.name)
  const forms = new Map<string, boolean>([[full, false]])
  const put = (text: string, short: boolean): void => void (text !== '' && !forms.has(text) && forms.set(text, short))
  const short = shortName(full, node.level)
  if (node.level === 'village') {
    const bare = full.replace(/（.*?）$/, '')
    const body = bare.replace(COMMITTEE, '')
    const kind = levelName(node).zh
    put(bare, false)
    if (VILLAGE_KIND.test(body)) put(body, false)
    if (kind === '村') for (const end of ['村', '村委会', '村民委员会', '村村委会', '村村民委员会']) put(short + end, false)
    if (kind === '社区') for (const end of ['社区', '居委会', '居民委员会', '社区居委会', '社区居民委员会']) put(short + end, false)
    if (kind === '嘎查') for (const end of ['嘎查', '嘎查委员会', '嘎查村']) put(short + end, false)
  } else if (node.level === 'township' && full.endsWith('街道')) {
    put(full + '办事处', false)
    put(short + '街办', false)
  }
  if (short.length >= 2) put(short, true)
  // 科尔沁右翼中旗 is said 科右中旗, 察哈尔右翼前旗 察右前旗.
  const banner = /^(.).*([左右])翼([前中后]旗)$/.exec(full)
  if (banner) put(banner.slice(1).join(''), false)
  return [...forms]
}

function findPlace(text: string, within: string | null, index: Index): PlaceMatch {
  const { view } = index
  const plain = plainPlace(text)
  if (plain === '') return { status: 'none', reason: 'empty', known: null, formerName: null, nearest: [], group: null, rest: '' }
  const allowed = (entry: Entry): boolean => within === null || RANK[entry.level] <= 2 || view.isWithin(entry.target.code, within)
  const parses: Parse[] = []
  parse({ at: 0, entry: null, contradiction: null, used: 0, otherKind: false, former: null }, plain, index, allowed, parses)
  const best = bestParses(parses)
  const first = best[0]
  if (!first?.entry) return notFound(plain, null, view, within)
  const tail = splitRest(plain.slice(first.at))
  return judge(best, tail, view, within)
}

/** Walks the text from left to right; every place must lie under the one before it. */
function parse(state: Parse, text: string, index: Index, allowed: (e: Entry) => boolean, out: Parse[]): void {
  const { forms } = index
  out.push(state)
  for (const form of forms.get(text.charAt(state.at)) ?? []) {
    if (!text.startsWith(form.text, state.at) || !allowed(form.entry)) continue
    const { entry } = form
    const above = state.entry
    if (above && RANK[entry.level] <= RANK[above.level]) continue
    const at = state.at + form.text.length
    // A name without its kind must end there, or be followed by a lower place.
    if (form.short && !AFTER_SHORT.test(text.slice(at)) && !startsLower(text, at, entry, forms)) continue
    const fits = !above || liesUnder(entry, above, index)
    if (!fits && (RANK[entry.level] < 4 || above.level !== 'township')) continue
    parse({
      at, entry: fits ? entry : above, contradiction: fits ? state.contradiction : entry, used: state.used + form.text.length,
      otherKind: state.otherKind || entry.otherKind, former: entry.former ?? state.former,
    }, text, index, allowed, out)
  }
}

function liesUnder(entry: Entry, above: Entry, { view, above: former }: Index): boolean {
  if (entry.target.code === above.target.code || former.get(entry.target.code)?.has(above.target.code)) return true
  if (RANK[entry.level] < 2) return entry.target.code.startsWith(prefixOf(above.target.code))
  return view.path(entry.target.code).some(node => node.code === above.target.code)
}

function startsLower(text: string, at: number, above: Entry, forms: Map<string, Form[]>): boolean {
  return (forms.get(text.charAt(at)) ?? []).some(form => RANK[form.entry.level] > RANK[above.level] && text.startsWith(form.text, at))
}

/** The parses that explain most of the text; a current name goes before a former one of the same place. */
function bestParses(parses: Parse[]): Parse[] {
  const consistent = parses.some(p => p.entry && !p.contradiction && p.entry.level === 'village')
  const pool = consistent ? parses.filter(p => !p.contradiction) : parses
  const used = Math.max(...pool.map(p => p.used))
  const top = pool.filter(p => p.used === used)
  const byPlace = new Map<string, Parse>()
  for (const p of top) {
    const key = `${p.entry?.target.code}|${p.contradiction?.target.code ?? ''}`
    const other = byPlace.get(key)
    if (!other || (other.entry?.former && !p.entry?.former)) byPlace.set(key, p)
  }
  const found = [...byPlace.values()]
  // A village in force outweighs one of the same name that is gone.
  const current = found.filter(p => p.entry && p.entry.former === null)
  return current.length > 0 ? current : found
}

function judge(best: Parse[], tail: PlaceRest, view: RegionView, within: string | null): PlaceMatch {
  const first = best[0] as Parse
  const entry = first.entry as Entry
  if (best.every(p => p.contradiction)) {
    const nearest = [...new Set(best.map(p => p.contradiction as Entry))].map(e => candidate(e, view))
    return { status: 'none', reason: 'contradiction', known: candidate(entry, view), formerName: null, nearest, ...tail }
  }
  if (!view.node(entry.target.code)) return notFound(tail.rest, null, view, within)
  if (best.length > 1) return { status: 'ambiguous', candidates: best.map(p => candidate(readAs(p), view)), ...tail }
  if (!entry.certain || (entry.level === 'village' && entry.target.level !== 'village')) {
    return { status: 'none', reason: 'formerVillage', known: candidate({ ...entry, former: null }, view), formerName: entry.former, nearest: [], ...tail }
  }
  // "咸宜镇青农村": the township was read, but a village name follows that is not there.
  if (RANK[entry.target.level] < 4 && /(村|社区|嘎查|委会)/.test(tail.rest)) return notFound(tail.rest, entry, view, within)
  return { status: 'unique', place: candidate(readAs(first), view), ...tail }
}

/** The place with what its whole text showed: a former name or another kind on the way counts too. */
function readAs({ entry, otherKind, former }: Parse): Entry {
  return { ...(entry as Entry), otherKind, former }
}

function notFound(text: string, known: Entry | null, view: RegionView, within: string | null): PlaceMatch {
  const name = /^(.{1,12}?)(村民委员会|居民委员会|村委会|居委会|社区|嘎查|村|$)/.exec(text)?.[1] ?? text
  const under = known?.target.code ?? null
  const near = view.all()
    .filter(node => node.level === 'village' || (known === null && node.level === 'township'))
    .filter(node => (under === null || view.path(node.code).some(n => n.code === under)) && (within === null || view.isWithin(node.code, within)))
    .map(node => ({ node, distance: editDistance(name, shortName(plainPlace(node.name), node.level)) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(name.length / 2)))
    .sort((a, b) => a.distance - b.distance || (a.node.code < b.node.code ? -1 : 1))
    .slice(0, NEAREST)
  return { status: 'none', reason: 'noSuchName', known: known ? candidate(known, view) : null, formerName: null,
    nearest: near.map(({ node }) => candidate({ target: node, level: node.level, former: null, certain: true, otherKind: false }, view)), group: null, rest: text }
}

function candidate(entry: Entry, view: RegionView): PlaceCandidate {
  const { code, name, level } = entry.target
  const path = view.path(code).filter(node => !VIRTUAL.has(node.name)).map(node => node.name).join('')
  return { code, name, level, path, formerName: entry.former, otherKind: entry.otherKind }
}

function splitRest(text: string): PlaceRest {
  const found = GROUP.exec(text)
  if (!found) return { group: null, rest: text }
  return { group: digitsOf(found[1] as string), rest: text.slice(found[0].length) }
}

const NUMERALS = '零一二三四五六七八九'

/** 十二 → 12; words that are no number stay. */
function digitsOf(text: string): string {
  if (/^\d+$/.test(text)) return String(Number(text))
  let total = 0
  let digit = 0
  for (const ch of text.replaceAll('〇', '零').replaceAll('两', '二')) {
    const value = NUMERALS.indexOf(ch)
    if (value >= 0) digit = value
    else if (ch === '十' || ch === '百') {
      total += (digit || 1) * (ch === '十' ? 10 : 100)
      digit = 0
    } else return text
  }
  return String(total + digit)
}

/** Levenshtein distance by characters. */
function editDistance(a: string, b: string): number {
  let row = [...b, ''].map((_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** What capabilities below may ask about places. Trees are built per county from the file plus recorded changes, and kept while no change is added. */
import type { Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { createPlaceFinder, type PlaceFinder, type PlaceMatch } from './place-names.ts'
import { changesOf, newestChanges } from './store.ts'
import { countiesTree, countryTree } from './tree-source.ts'
import { RegionTree, type RegionNode } from './tree.ts'

interface Kept { readonly version: number; readonly tree: RegionTree; readonly finders: Map<Day, PlaceFinder>; readonly scopes: Map<string, string[]> }

const trees = new Map<string, Kept>()
const versions = new WeakMap<object, Promise<Map<string, number>>>()
const COUNTRY = '000000'

async function keptTree(tx: Tx, county: string): Promise<Kept> {
  const seen = versions.get(tx.db) ?? newestChanges(tx)
  versions.set(tx.db, seen)
  const version = (await seen).get(county) ?? 0
  const before = trees.get(county)
  if (before && before.version === version) return before
  const source = resources().regions
  let tree = county === COUNTRY ? countryTree(source) : countiesTree(source, [county])
  if (version > 0) for (const row of await changesOf(tx, county)) {
    const result = tree.apply(row.change)
    if (result.ok) tree = tree.after(result)
  }
  const kept: Kept = { version, tree, finders: new Map(), scopes: new Map() }
  trees.set(county, kept)
  return kept
}

/** The tree that holds a code: its county's with all villages, or the country's for anything above a county. */
export async function treeFor(tx: Tx, code: string): Promise<RegionTree> {
  return (await keptTree(tx, isAboveCounty(code) ? COUNTRY : code.slice(0, 6))).tree
}

/** Forgets what this transaction knew of changes: for the action that has just recorded one. */
export function forgetTrees(tx: Tx): void {
  versions.delete(tx.db)
}

function isAboveCounty(code: string): boolean {
  return code.padEnd(12, '0').endsWith('00000000')
}

export interface PlaceName {
  readonly name: string
  /** As people say it: township and village inside a county, else the name alone. */
  readonly full: string
  readonly path: readonly RegionNode[]
}

/** Names of codes as of a day; a code that ended is named as it was last called. Unknown codes are missing from the map. */
export async function regionNames(tx: Tx, codes: readonly string[], at: Day = tx.today): Promise<Map<string, PlaceName>> {
  const names = new Map<string, PlaceName>()
  for (const code of new Set(codes)) {
    const name = nameIn(await treeFor(tx, code), code, at)
    if (name) names.set(code, name)
  }
  return names
}

const VIRTUAL = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])

function nameIn(tree: RegionTree, code: string, at: Day): PlaceName | null {
  const path = tree.treeAt(at).path(code)
  const node = path.at(-1) ?? tree.versions(code).at(-1)
  if (!node) return null
  const shown = path.filter((step) => !VIRTUAL.has(step.name))
  const inCounty = shown.filter((step) => step.level === 'township' || step.level === 'village')
  return { name: node.name, full: inCounty.length > 0 ? inCounty.map((step) => step.name).join('') : node.name, path: shown.length > 0 ? shown : [node] }
}

export async function regionExists(tx: Tx, code: string, at: Day = tx.today): Promise<boolean> {
  return (await treeFor(tx, code)).nodeAt(code, at) !== null
}

export async function childrenOf(tx: Tx, code: string, at: Day = tx.today): Promise<readonly RegionNode[]> {
  return (await treeFor(tx, code)).treeAt(at).children(code)
}

/** Prefixes whose rows belong to a prefix of today: its own and the old ones that went into it wholly. */
export async function expandScope(tx: Tx, prefix: string): Promise<readonly string[]> {
  if (prefix.length < 2) return [prefix]
  const kept = await keptTree(tx, prefix.length < 6 ? COUNTRY : prefix.slice(0, 6))
  const key = `${prefix} ${tx.today}`
  const known = kept.scopes.get(key) ?? kept.tree.expandScope(prefix, tx.today).prefixes
  kept.scopes.set(key, known)
  return known
}

/** Where a row written under this code belongs on a day: the code itself, its one certain successor, or null when a person must say. */
export async function currentCode(tx: Tx, code: string, at: Day = tx.today): Promise<string | null> {
  const next = (await treeFor(tx, code)).successorsOf(code, at)
  return next.length === 1 && next[0]!.certain ? next[0]!.code : null
}

/** Reads a place as a clerk wrote it; never guesses. `county` says whose villages are meant. */
export async function matchPlace(tx: Tx, county: string, text: string, within?: string): Promise<PlaceMatch> {
  return (await placeFinder(tx, county)).find(text, within)
}

/** The finder itself, for imports that ask it 200,000 times. */
export async function placeFinder(tx: Tx, county: string): Promise<PlaceFinder> {
  const kept = await keptTree(tx, county)
  const finder = kept.finders.get(tx.today) ?? createPlaceFinder(kept.tree, tx.today)
  kept.finders.set(tx.today, finder)
  return finder
}

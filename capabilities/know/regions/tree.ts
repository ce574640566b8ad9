// The effective-dated region tree. Pure: it knows no store and no clock; a tree holds as much of the country as it is given
// (a county with its villages, or all counties). Periods are half open: valid on `validFrom`, no longer on `validTo`.
// Parent is a link, not a prefix: after a merge the villages keep their codes and hang on the new township.
import { isDay } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { levelOf } from './data/divisions.ts'
import type { Level } from './data/divisions.ts'
import { planChange } from './tree-changes.ts'
import type { ApplyResult, RegionChange } from './tree-changes.ts'

export type { Level } from './data/divisions.ts'
export type { ApplyResult, NewRegion, RegionChange, RegionRefusal } from './tree-changes.ts'

/** "As far back as the record goes": the start of every node whose founding day nobody told us. */
export const SINCE_ALWAYS: Day = '1949-10-01'

export interface RegionNode { code: string; name: string; level: Level; parent: string | null; validFrom: Day; validTo: Day | null }

/**
 * One arrow of a succession. `share` is the part of the old region that went there (null = not known);
 * `certain` is false when the place is known only down to `to` (a merged village that left no name behind).
 */
export interface Succession { from: string; to: string; on: Day; share: number | null; certain: boolean }

/** A region in force and how an old code leads to it: the codes passed, the product of the shares, certain or not. */
export interface Successor { code: string; share: number | null; certain: boolean; via: string[] }

export interface Scope {
  /** Prefixes (2, 4, 6, 9 or 12 digits) whose rows belong to the scope, old ones included. */
  prefixes: string[]
  /** Old codes of which only a part came into the scope: their rows need a person to say. */
  partial: string[]
  /** Codes that begin with the prefix but belong elsewhere on that day. */
  except: string[]
}

const DIGITS: Record<Level, number> = { province: 2, prefecture: 4, county: 6, township: 9, village: 12 }

/** The digits of a code that carry meaning: `500229110000` → `500229110`. */
export function prefixOf(code: string): string {
  return code.slice(0, DIGITS[levelOf(code)])
}

export class RegionTree {
  #versions: Map<string, RegionNode[]>
  #out: Map<string, Succession[]>
  #in: Map<string, Succession[]>
  #views = new Map<Day, RegionView>()

  constructor(nodes: Iterable<RegionNode>, successions: Iterable<Succession> = []) {
    this.#versions = groupBy(nodes, node => node.code)
    for (const list of this.#versions.values()) list.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    const links = [...successions]
    this.#out = groupBy(links, link => link.from)
    this.#in = groupBy(links, link => link.to)
    for (const list of this.#out.values()) list.sort((a, b) => (a.on < b.on ? -1 : 1))
  }

  nodes(): RegionNode[] {
    return [...this.#versions.values()].flat()
  }

  successions(): Succession[] {
    return [...this.#out.values()].flat()
  }

  versions(code: string): readonly RegionNode[] {
    return this.#versions.get(code) ?? []
  }

  nodeAt(code: string, day: Day): RegionNode | null {
    return this.versions(code).find(node => inForce(node, day)) ?? null
  }

  /** The tree of one day, indexed; kept for the next question about the same day. */
  treeAt(day: Day): RegionView {
    const kept = this.#views.get(day)
    if (kept) return kept
    const view = new RegionView(day, this.nodes().filter(node => inForce(node, day)))
    if (this.#views.size > 31) this.#views.clear()
    this.#views.set(day, view)
    return view
  }

  /** What a change would do: the nodes it ends and begins and its arrows, or every reason why not. Changes nothing. */
  apply(change: RegionChange): ApplyResult {
    return isDay(change.on) ? planChange(this, change) : { ok: false, refusals: [{ code: 'regions.notADay', region: change.on }] }
  }

  /** The tree after an accepted change. */
  after(result: ApplyResult): RegionTree {
    if (!result.ok) throw new Error('regions: a refused change cannot be applied')
    const closed = new Set(result.ended.map(node => node.code + node.validFrom))
    const kept = this.nodes().filter(node => !closed.has(node.code + node.validFrom))
    return new RegionTree([...kept, ...result.ended, ...result.begun], [...this.successions(), ...result.successions])
  }

  /**
   * Regions in force on `day` that a code leads to. `since` is a day on which the code was written down: a code that was
   * given twice (132201 was 邢台市, then 南宫市) or given on to a merged village means what it meant then.
   * The code itself when it is still in force; empty when it ended without successor or was never known.
   */
  successorsOf(code: string, day: Day, since: Day = SINCE_ALWAYS): Successor[] {
    const found = new Map<string, Successor>()
    const walk = (at: string, after: Day, share: number | null, certain: boolean, via: string[]): void => {
      const links = this.#nextStep(at, after, day)
      if (links.length === 0) {
        if (this.nodeAt(at, day)) keepBest(found, { code: at, share, certain, via })
        return
      }
      for (const link of links) {
        const part = share === null || link.share === null ? null : share * link.share
        walk(link.to, link.on, part, certain && link.certain, at === code && via.length === 0 ? [] : [...via, at])
      }
    }
    walk(code, lastKnown(since), 1, true, [])
    return [...found.values()]
  }

  /** All arrows of the earliest change after `after` and not after `day`. */
  #nextStep(code: string, after: Day, day: Day): Succession[] {
    const links = (this.#out.get(code) ?? []).filter(link => link.on > after && link.on <= day)
    return links.filter(link => link.on === links[0]?.on)
  }

  /** Every code that ever went into this one, directly or through others. */
  predecessorsOf(code: string): string[] {
    const seen = new Set<string>()
    const queue = [code]
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const link of this.#in.get(at) ?? []) {
        if (seen.has(link.from) || link.from === code) continue
        seen.add(link.from)
        queue.push(link.from)
      }
    }
    return [...seen]
  }

  /** A scope given by one prefix, widened by the old prefixes that went into it wholly (architecture §4.2). */
  expandScope(prefix: string, day: Day): Scope {
    const view = this.treeAt(day)
    const inside = (code: string): boolean => view.isWithin(code, prefix)
    const prefixes = new Set([prefix])
    const partial = new Set<string>()
    const except: string[] = []
    for (const code of this.#out.keys()) {
      const next = this.successorsOf(code, day)
      const here = next.filter(s => inside(s.code)).length
      if (code.startsWith(prefix) && here === 0 && next.length > 0) except.push(code)
      if (code.startsWith(prefix) || here === 0) continue
      if (here === next.length) prefixes.add(prefixOf(code))
      else partial.add(code)
    }
    for (const node of view.all()) {
      const own = node.code.startsWith(prefix)
      if (own && !inside(node.code)) except.push(node.code)
      if (!own && inside(node.code)) prefixes.add(prefixOf(node.code))
    }
    return { prefixes: withoutCovered(prefixes), partial: [...partial].sort(), except: [...new Set(except)].sort() }
  }

  /**
   * Counties of today behind the first six digits of an identity number. A prefix that was given twice gives the successors
   * of both times; an empty list means that the prefix was never given in the part of the country this tree holds.
   */
  resolveIdPrefix(code6: string, day: Day): (Successor & { path: RegionNode[] })[] {
    const code = code6.padEnd(12, '0')
    const starts = this.versions(code).map(node => node.validFrom)
    const found = new Map<string, Successor>()
    for (const since of starts.length ? starts : [SINCE_ALWAYS]) {
      for (const next of this.successorsOf(code, day, since)) keepBest(found, next)
    }
    const view = this.treeAt(day)
    return [...found.values()].map(next => ({ ...next, path: view.path(next.code) }))
  }
}

/** The tree of one day. */
export class RegionView {
  readonly day: Day
  #nodes: Map<string, RegionNode>
  #children: Map<string | null, RegionNode[]>

  constructor(day: Day, nodes: RegionNode[]) {
    this.day = day
    this.#nodes = new Map(nodes.map(node => [node.code, node]))
    this.#children = groupBy(nodes, node => node.parent)
    for (const list of this.#children.values()) list.sort((a, b) => (a.code < b.code ? -1 : 1))
  }

  all(): RegionNode[] {
    return [...this.#nodes.values()]
  }

  node(code: string): RegionNode | null {
    return this.#nodes.get(code) ?? null
  }

  children(code: string | null): readonly RegionNode[] {
    return this.#children.get(code) ?? []
  }

  /** From the top down to the region itself; empty for a code not in force. */
  path(code: string): RegionNode[] {
    const path: RegionNode[] = []
    for (let node = this.node(code); node; node = node.parent === null ? null : this.node(node.parent)) path.unshift(node)
    return path
  }

  /** Whether the region lies under the prefix by its parents of that day, whatever its own digits say. */
  isWithin(code: string, prefix: string): boolean {
const path = this.path(code)
    return path.some(node => prefixOf(node.code) === prefix) || (path[0]?.code.startsWith(prefix) ?? false)
  }

  /** The lowest region that holds all the given ones, or null. */
  commonAncestor(codes: string[]): RegionNode | null {
    const paths = codes.map(code => this.path(code))
    const first = paths[0] ?? []
    return first.findLast(node => paths.every(path => path.some(other => other.code === node.code))) ?? null
  }
}

export interface Total { total: number; own: number }

/**
 * Values by region code (old codes too) summed up the tree of one day: `total` = `own` + the totals of the children, for
 * every region and any day. An old code with one certain successor counts there; with several, at the lowest region that
 * holds them all; what leads nowhere is returned as `unplaced`, never dropped.
 */
export function rollUp(tree: RegionTree, day: Day, values: Iterable<readonly [string, number]>): { totals: Map<string, Total>; unplaced: number } {
  const view = tree.treeAt(day)
  const totals = new Map<string, Total>()
  let unplaced = 0
  for (const [code, value] of values) {
    const place = placeOf(tree, view, code)
    if (!place) {
      unplaced += value
      continue
    }
    for (const node of view.path(place.code)) {
      const sum = totals.get(node.code) ?? { total: 0, own: 0 }
      sum.total += value
      if (node.code === place.code) sum.own += value
      totals.set(node.code, sum)
    }
  }
  return { totals, unplaced }
}

function placeOf(tree: RegionTree, view: RegionView, code: string): RegionNode | null {
  // A row keeps the code it was written with; on an earlier day that code may not exist yet: then its predecessors hold it.
  const here = view.node(code)
  const next = tree.successorsOf(code, view.day)
  if (next.length > 0) return view.commonAncestor(next.map(s => s.code))
  if (here) return here
  const before = tree.predecessorsOf(code).filter(old => view.node(old))
  return before.length > 0 ? view.commonAncestor(before) : null
}

function inForce(node: RegionNode, day: Day): boolean {
  return node.validFrom <= day && (node.validTo === null || day < node.validTo)
}

/** The empty text sorts before every day: whatever happened since always counts. */
function lastKnown(day: Day): Day {
  return day === SINCE_ALWAYS ? '' : day
}

function keepBest(found: Map<string, Successor>, next: Successor): void {
  const other = found.get(next.code)
  if (!other || (next.certain && !other.certain)) found.set(next.code, next)
}

function withoutCovered(prefixes: Set<string>): string[] {
  const sorted = [...prefixes].sort()
  return sorted.filter(p => !sorted.some(q => q !== p && p.startsWith(q)))
}

function groupBy<K, T>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const k = key(item)
    const group = groups.get(k)
    if (group) group.push(item)
    else groups.set(k, [item])
  }
  return groups
}

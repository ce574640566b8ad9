// Changes of the region tree: what each kind needs, what it ends and begins, and why it may be refused.
import type { Day } from '@songbai/calendar'
import { levelOf } from './data/divisions.ts'
import type { RegionNode, RegionTree, Succession } from './tree.ts'

/** A region after the change. For a region that goes on under its code only what changes is given. */
export interface NewRegion { code: string; name?: string; parent?: string; share?: number }

/**
 * - `create`: `from` empty. - `rename`: one region, same or new code. - `merge`: several into one, which may be one of them.
 * - `split`: one into several, of which one may keep the code; `children` says where each child goes.
 * - `move`: one region under another parent, same or new code. - `abolish`: one region without children ends with no successor.
 */
export interface RegionChange {
  kind: 'create' | 'rename' | 'merge' | 'split' | 'move' | 'abolish'
  on: Day
  from: string[]
  to: NewRegion[]
  /** Split only: child code → new parent code. */
  children?: Record<string, string>
  /** The decision this rests on, in the words of the clerk. */
  basis?: string
}

export type RegionRefusalCode =
  | 'regions.notADay' | 'regions.wrongShape' | 'regions.badCode' | 'regions.unknown' | 'regions.codeTaken' | 'regions.wrongLevel'
  | 'regions.noName' | 'regions.noParent' | 'regions.parentUnder' | 'regions.hasChildren' | 'regions.childUnassigned' | 'regions.badShare' | 'regions.laterChange'

export interface RegionRefusal { code: RegionRefusalCode; region: string }

export type ApplyResult =
  | { ok: true; ended: RegionNode[]; begun: RegionNode[]; successions: Succession[] }
  | { ok: false; refusals: RegionRefusal[] }

const RANK = { province: 0, prefecture: 1, county: 2, township: 3, village: 4 } as const
const SHAPE: Record<RegionChange['kind'], (from: number, to: number) => boolean> = {
  create: (from, to) => from === 0 && to === 1,
  rename: (from, to) => from === 1 && to === 1,
  merge: (from, to) => from >= 2 && to === 1,
  split: (from, to) => from === 1 && to >= 2,
  move: (from, to) => from === 1 && to === 1,
  abolish: (from, to) => from === 1 && to === 0,
}
const SHARE_SLACK = 1e-9

export function planChange(tree: RegionTree, change: RegionChange): ApplyResult {
  if (!SHAPE[change.kind](new Set(change.from).size, new Set(change.to.map(t => t.code)).size) || change.from.length !== new Set(change.from).size) {
    return { ok: false, refusals: [{ code: 'regions.wrongShape', region: change.from[0] ?? change.to[0]?.code ?? '' }] }
  }
  const refusals = [...refuseOld(tree, change), ...refuseNew(tree, change)]
  return refusals.length > 0 ? { ok: false, refusals } : build(tree, change)
}

function refuseOld(tree: RegionTree, change: RegionChange): RegionRefusal[] {
  const refusals: RegionRefusal[] = []
  const view = tree.treeAt(change.on)
  for (const code of change.from) {
    const node = view.node(code)
    if (!node) {
      refusals.push({ code: 'regions.unknown', region: code })
      continue
    }
    // Changes are entered in the order of their days: an earlier one would pull the ground from under a later one.
    if (node.validTo !== null || node.validFrom === change.on) refusals.push({ code: 'regions.laterChange', region: code })
    const children = view.children(code)
    if (children.some(child => child.validTo !== null)) refusals.push({ code: 'regions.laterChange', region: code })
    if (change.kind === 'abolish' && children.length > 0) refusals.push({ code: 'regions.hasChildren', region: code })
    if (change.kind === 'split') {
      for (const child of children) {
        if (!change.to.some(to => to.code === change.children?.[child.code])) refusals.push({ code: 'regions.childUnassigned', region: child.code })
      }
    }
  }
  return refusals
}

function refuseNew(tree: RegionTree, change: RegionChange): RegionRefusal[] {
  const refusals: RegionRefusal[] = []
  const view = tree.treeAt(change.on)
  for (const to of change.to) {
    if (!/^\d{12}$/.test(to.code)) {
      refusals.push({ code: 'regions.badCode', region: to.code })
      continue
    }
    const goesOn = change.from.includes(to.code)
    if (!goesOn && tree.versions(to.code).some(node => node.validTo === null || node.validTo > change.on)) refusals.push({ code: 'regions.codeTaken', region: to.code })
    const model = view.node(change.from[0] ?? '')
    if (model && levelOf(to.code) !== model.level) refusals.push({ code: 'regions.wrongLevel', region: to.code })
    if (!goesOn && !to.name && !model?.name) refusals.push({ code: 'regions.noName', region: to.code })
    refusals.push(...refuseParent(tree, change, to))
  }
  const shares = change.to.map(to => to.share).filter(share => share !== undefined)
  const sum = shares.reduce((a, b) => a + b, 0)
  const bad = shares.some(share => !(share > 0 && share <= 1)) || (shares.length > 0 && (shares.length !== change.to.length || Math.abs(sum - 1) > SHARE_SLACK))
  if (bad) refusals.push({ code: 'regions.badShare', region: change.from[0] ?? '' })
  return refusals
}

function refuseParent(tree: RegionTree, change: RegionChange, to: NewRegion): RegionRefusal[] {
  const view = tree.treeAt(change.on)
  const parent = parentOf(tree, change, to)
  if (parent === null) return levelOf(to.code) === 'province' ? [] : [{ code: 'regions.noParent', region: to.code }]
  const node = view.node(parent)
  if (!node || node.validTo !== null) return [{ code: 'regions.noParent', region: parent }]
  return RANK[node.level] < RANK[levelOf(to.code)] ? [] : [{ code: 'regions.parentUnder', region: parent }]
}

function parentOf(tree: RegionTree, change: RegionChange, to: NewRegion): string | null {
  const view = tree.treeAt(change.on)
  return to.parent ?? view.node(change.from.includes(to.code) ? to.code : change.from[0] ?? '')?.parent ?? null
}

function build(tree: RegionTree, change: RegionChange): ApplyResult {
  const view = tree.treeAt(change.on)
  const { on } = change
  const ended: RegionNode[] = []
  const begun: RegionNode[] = []
  const close = (node: RegionNode): void => void ended.push({ ...node, validTo: on })
  for (const to of change.to) {
    const model = view.node(change.from.includes(to.code) ? to.code : change.from[0] ?? '')
    begun.push({ code: to.code, name: to.name ?? model?.name ?? '', level: levelOf(to.code), parent: parentOf(tree, change, to), validFrom: on, validTo: null })
  }
  for (const code of change.from) {
    close(view.node(code) as RegionNode)
    for (const child of view.children(code)) {
      const parent = change.children?.[child.code] ?? change.to[0]?.code ?? null
      if (parent === child.parent) continue
      close(child)
      begun.push({ ...child, parent, validFrom: on })
    }
  }
  return { ok: true, ended, begun, successions: arrows(change) }
}

/** A region that only gets a new name or parent under its old code needs no arrow. */
function arrows(change: RegionChange): Succession[] {
  const one = change.to.length === 1
  return change.from.flatMap(from => change.to
    .filter(to => !(one && to.code === from))
    .map(to => ({ from, to: to.code, on: change.on, share: one ? 1 : to.share ?? null, certain: one })))
}

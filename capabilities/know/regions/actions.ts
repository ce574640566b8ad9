import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { RegionChanged, type changeRegion, type findPlaces, type listChanges, type RegionView, type resolveIdPrefix, type seeMyPlaces, type seeRegion } from './contract.ts'
import { levelName } from './place-names.ts'
import { forgetTrees, placeFinder, regionNames, treeFor } from './public.ts'
import { changesOf, insertChange } from './store.ts'
import type { RegionNode, RegionTree } from './tree.ts'

export const doSeeRegion: Does<typeof seeRegion> = async (tx, input) => {
  const at = input.at ?? tx.today
  const tree = await treeFor(tx, input.code)
  const node = tree.nodeAt(input.code, at) ?? tree.versions(input.code).at(-1)
  if (!node) return refuse('regions.unknown', { region: input.code })
  const nameOf = (code: string): string => tree.nodeAt(code, at)?.name ?? tree.versions(code).at(-1)?.name ?? code
  const path = (await regionNames(tx, [node.code], at)).get(node.code)?.path ?? []
  return {
    region: toView(tree, node, at), path: path.map(({ code, name, level }) => ({ code, name, level })),
    children: tree.treeAt(at).children(node.code).map((child) => toView(tree, child, at)),
    history: tree.versions(node.code).map(({ code, name, validFrom, validTo }) => ({ code, name, validFrom, validTo })),
    predecessors: tree.predecessorsOf(node.code).map((code) => ({ code, name: nameOf(code) })),
    successors: tree.successorsOf(node.code, at).filter((next) => next.code !== node.code).map((next) => ({ code: next.code, name: nameOf(next.code), certain: next.certain })),
  }
}

function toView(tree: RegionTree, node: RegionNode, at: string): RegionView {
  return { code: node.code, name: node.name, level: node.level, levelName: levelName(node), parent: node.parent, validFrom: node.validFrom, validTo: node.validTo, children: tree.treeAt(at).children(node.code).length }
}

export const doSeeMyPlaces: Does<typeof seeMyPlaces> = async (tx, input) => {
  const at = input.at ?? tx.today
  const tops = tx.actor.prefixes.filter((prefix) => prefix !== '' && !tx.actor.prefixes.some((other) => other !== prefix && prefix.startsWith(other)))
  const places: (RegionView & { path: string })[] = []
  for (const prefix of tops) {
    const code = prefix.padEnd(12, '0')
    const tree = await treeFor(tx, code)
    const node = tree.nodeAt(code, at)
    if (node) places.push({ ...toView(tree, node, at), path: ((await regionNames(tx, [code], at)).get(code)?.path ?? []).map((step) => step.name).join(' › ') })
  }
  return { places }
}

export const doFindPlaces: Does<typeof findPlaces> = async (tx, input) => {
  const match = (await placeFinder(tx, countyFor(tx, input.within))).find(input.text, input.within === undefined ? undefined : prefixOf(input.within))
  const found = match.status === 'unique' ? [match.place] : match.status === 'ambiguous' ? match.candidates : match.nearest
  return { status: match.status, places: found.map(({ code, name, path, formerName }) => ({ code, name, path, formerName })), group: match.group, rest: match.rest }
}

function countyFor(tx: Tx, within: string | undefined): string {
  return (within ?? tx.actor.region).slice(0, 6)
}

export const doResolveIdPrefix: Does<typeof resolveIdPrefix> = async (tx, input) => {
  const found = (await treeFor(tx, '')).resolveIdPrefix(input.prefix, input.at ?? tx.today)
  return { places: found.map((next) => ({ code: next.code, path: next.path.map((node) => node.name).join(' › '), certain: next.certain })) }
}

export const doChangeRegion: Does<typeof changeRegion> = async (tx, input) => {
  const touched = [...input.from, ...input.to.map((to) => to.code)]
  const outside = touched.find((code) => !tx.actor.prefixes.some((prefix) => code.startsWith(prefix)))
  if (outside !== undefined) return refuse('regions.outside', { region: outside })
  const county = (touched[0] ?? tx.actor.region).slice(0, 6)
  const change = { ...input, to: input.to.map((to) => ({ code: to.code, ...(to.name ? { name: to.name } : {}), ...(to.parent ? { parent: to.parent } : {}), ...(to.share ? { share: to.share } : {}) })), ...(input.children ? { children: input.children } : {}) }
  const result = (await treeFor(tx, county.padEnd(12, '0'))).apply(change as never)
  if (!result.ok) return refuse(result.refusals[0]!.code, { region: result.refusals[0]!.region })
  const id = await insertChange(tx, county, change as never)
  forgetTrees(tx)
  tx.emit(RegionChanged, { changeId: id, county, kind: input.kind, from: input.from, to: input.to.map((to) => to.code), on: input.on }, county.padEnd(12, '0'))
  return { id, moved: result.successions.length }
}

export const doListChanges: Does<typeof listChanges> = async (tx, input) => {
  const rows = await changesOf(tx, (input.place ?? tx.actor.region).slice(0, 6))
  return { changes: rows.map((row) => ({ ...(row.change as never as { kind: 'rename'; on: string; from: string[]; to: { code: string }[]; basis: string }), id: row.id, recordedAt: row.recordedAt, recorder: row.recorder })) }
}

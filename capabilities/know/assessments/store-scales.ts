/** The scales of the packs, checked once for each set of resources. */
import type { Packs } from '@songbai/packs'
import { parseScale, type ScaleDefinition } from '@songbai/scale'
import { resources } from '../../resources.ts'

const parsed = new WeakMap<Packs, Map<string, ScaleDefinition>>()

export function scales(): ReadonlyMap<string, ScaleDefinition> {
  const { packs } = resources()
  const known = parsed.get(packs)
  if (known) return known
  const read = packs.scales.map(({ path, text }) => {
    const result = parseScale(JSON.parse(text))
    if (!('scale' in result)) throw new Error(`packs/${path}: ${JSON.stringify(result.faults)}`)
    return result.scale
  })
  const map = new Map(read.map((scale) => [scale.id, scale]))
  parsed.set(packs, map)
  return map
}

/** A scale that a stored row names; rows are only written with scales of the packs. */
export function scaleOf(id: string): ScaleDefinition {
  const scale = scales().get(id)
  if (!scale) throw new Error(`scale ${id} is in use but not among the packs`)
  return scale
}

/** How far two places lie apart, in steps of the tree the caller gives. */
import type { PlaceLevel, PlaceTree } from './types.ts'

/** Tree of the statistical codes by their digits alone, for callers without a register of places. */
export const digitsTree: PlaceTree = {
  ancestors: (code) => [12, 9, 6, 4, 2].map((length) => code.slice(0, length).padEnd(12, '0')).filter((one, i, all) => all.indexOf(one) === i),
}

export interface Places {
  /** Number of a place; −1 for none. Codes that stand for the same place have one number. */
  idOf(code: string | null | undefined): number
  level(a: number, b: number): PlaceLevel
  /** Number of the place one step above (the township of a village). */
  above(id: number): number
}

/** [P1] Same place or one inside the other · same place one step up · two steps up · further. */
export function createPlaces(tree: PlaceTree): Places {
  const ids = new Map<string, number>()
  const codes = new Map<string, number>()
  const chains: (readonly number[])[] = []
  const numberOf = (node: string): number => {
    let id = ids.get(node)
    if (id === undefined) ids.set(node, (id = ids.size))
    return id
  }
  return {
    idOf(code) {
      if (code === null || code === undefined || code === '') return -1
      let id = codes.get(code)
      if (id === undefined) {
        const chain = tree.ancestors(code).map(numberOf)
        id = chain[0] ?? -1
        if (id >= 0) chains[id] = chain
        codes.set(code, id)
      }
      return id
    },
    above: (id) => chains[id]?.[1] ?? id,
    level(a, b) {
      if (a < 0 || b < 0) return 'missing'
      if (a === b) return 'same'
      const [x, y] = [chains[a]!, chains[b]!]
      // A list that names only the township does not contradict the village.
      const inside = x.indexOf(b) >= 0 ? x.indexOf(b) : y.indexOf(a)
      if (inside === 1) return 'township'
      if (inside >= 2) return inside === 2 ? 'county' : 'far'
      const steps = x.findIndex((one) => y.includes(one))
      return steps === 1 ? 'township' : steps === 2 ? 'county' : 'far'
    },
  }
}

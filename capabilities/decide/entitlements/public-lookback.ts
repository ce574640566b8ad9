/** The people of a place in small parts, each with its whole history: for looking at many months without keeping anybody waiting. */
import type { Tx } from '@songbai/platform/tx'
import type { PolicySet, Population } from './rules-engine.ts'
import { prefixesIn } from './store-people.ts'
import { populationOf } from './store.ts'

export interface PeoplePart {
  readonly people: number
  /** The law of the place, every version of it. */
  readonly set: PolicySet
  /** Copies the part out; later changes of facts do not reach it. */
  readonly take: () => Population
}

/** Everybody of a place in the actor's scope but those withdrawn from the register, `size` at a time in the order of region and id. */
export async function peopleParts(tx: Tx, question: { readonly place?: string | undefined; readonly size: number }): Promise<PeoplePart[]> {
  const parts: PeoplePart[] = []
  for (const prefix of prefixesIn(tx.actor.prefixes, question.place)) {
    const { shard, law } = await populationOf(tx, prefix)
    for (const block of shard.tail ? [shard.main, shard.tail] : [shard.main]) {
      const [lo, hi] = block.range(prefix)
      const shown: number[] = []
      for (let i = lo; i < hi; i++) if (!block.isHidden(i)) shown.push(i)
      for (let from = 0; from < shown.length; from += question.size) {
        const indices = Int32Array.from(shown.slice(from, from + question.size))
        parts.push({ people: indices.length, set: law.set, take: () => block.population.subset(indices) })
      }
    }
  }
  return parts
}

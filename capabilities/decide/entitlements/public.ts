/** What capabilities below, and whoever loads or measures people in bulk, may ask about entitlements. */
import type { Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import type { Standing } from './contract.ts'
import { Block, BlockBuilder, intervalsOf } from './rules-block.ts'
import { countItems, hits, type Counts } from './rules-count.ts'
import { ask } from './store-people.ts'

export { EntitlementsChanged, STANDINGS, type Standing } from './contract.ts'
export { countItems, countPeople, type Counts } from './rules-count.ts'
export { populationChanged } from './store.ts'

/** People in memory, for programs without a database. */
export class EntitlementBlock extends Block {
  static builder(facts: ConstructorParameters<typeof BlockBuilder>[0]): BlockBuilder {
    return new BlockBuilder(facts)
  }

  static readonly intervals = intervalsOf
}

export interface PlaceQuestion {
  readonly place?: string | undefined
  readonly item?: string | undefined
  readonly at?: Day | undefined
  readonly knownOn?: Day | undefined
}

/** Results of a place in the actor's scope, by item and standing. */
export async function entitlementCounts(tx: Tx, question: PlaceQuestion): Promise<Map<string, Counts>> {
  const asked = await ask(tx, question)
  return new Map([...countItems(asked.spans)].filter(([item]) => asked.items.has(item)).map(([item, { counts }]) => [item, counts]))
}

export interface PlaceResult {
  readonly elderId: string
  readonly region: string
  readonly item: string
}

/** Every result of some standings in a place: for indicators and cases that open their rows. */
export async function entitlementResults(tx: Tx, question: PlaceQuestion, standings: readonly Standing[]): Promise<PlaceResult[]> {
  const asked = await ask(tx, question)
  return [...hits(asked.spans, { standings, items: asked.items })].map((hit) => ({ elderId: hit.block.population.ids[hit.index]!, region: hit.block.population.regions[hit.index]!, item: hit.view.set.items[hit.item]! }))
}

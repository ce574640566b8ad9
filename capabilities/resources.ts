/**
 * Reference data too big to compile in: the division tree and the law packs. Read once at boot by whoever starts the program
 * (server, test, bench) and never changed after, so it is a constant in all but name.
 */
import type { CaseType } from '@songbai/casework'
import type { Packs } from '@songbai/packs'
import type { TreeSource } from './know/regions/tree-source.ts'

export interface Resources {
  readonly regions: TreeSource
  readonly packs: Packs
  /** Kinds of cases the capabilities open, each declared by its own `rules-cases.ts`. */
  readonly caseTypes: readonly CaseType[]
  /** The county's own way to telephones (text messages, WeChat); absent: none is connected. */
  readonly gateway?: Gateway | null
}

export interface Gateway {
  readonly url: string
  readonly secret: string
  /** False: the gateway never says what became of a message, so taking it counts as delivering it. */
  readonly receipts: boolean
}

let loaded: Resources | null = null

export function useResources(resources: Resources): void {
  loaded = resources
}

export function resources(): Resources {
  if (!loaded) throw new Error('useResources() was not called at boot')
  return loaded
}

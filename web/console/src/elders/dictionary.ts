/** The kinds of facts, asked of the server once a sitting. */
import { seeDictionary } from '@songbai/capabilities/know/elders/contract'
import type { FactKind } from '@songbai/capabilities/know/elders/contract'
import { useSee } from '../query.tsx'

export function recordable(facts: readonly FactKind[]): readonly FactKind[] {
  return facts.filter((fact) => fact.recordable)
}

/** Facts without which some answer waits, and that nobody has said. */
export function missingOf(facts: readonly FactKind[], known: ReadonlySet<string>): readonly FactKind[] {
  return facts.filter((fact) => fact.awaited && !known.has(fact.id))
}

const ASKED = {}

export function useFactDictionary(): { readonly facts: readonly FactKind[] | null } {
  const seen = useSee(seeDictionary, ASKED)
  return { facts: seen.value?.facts ?? null }
}

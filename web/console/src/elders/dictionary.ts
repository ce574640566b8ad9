/** The kinds of facts a person at the registry may record; the text comes in its own chunk, asked for by the form only. */
import { parseFacts } from '@songbai/policy'
import type { FactDef } from '@songbai/policy'
import { useQuery } from '@tanstack/react-query'

async function load(): Promise<readonly FactDef[]> {
  const { default: text } = await import('../../../../packs/facts.yaml?raw')
  const parsed = parseFacts(text)
  if ('problems' in parsed) throw new Error('facts.yaml')
  return [...parsed.facts.facts.values()]
}

/** Written by the registry itself or by life events, not by this form. */
const OWN: ReadonlySet<string> = new Set(['birth', 'sex', 'registeredRegion', 'usualResidence', 'dead', 'moved'])

export function recordable(facts: readonly FactDef[]): readonly FactDef[] {
  return facts.filter((fact) => fact.from === 'elders' && !OWN.has(fact.id))
}

/** Facts without which some answer waits, and that nobody has said. */
export function missingOf(facts: readonly FactDef[], known: ReadonlySet<string>): readonly FactDef[] {
  return facts.filter((fact) => fact.absent === 'unknown' && !known.has(fact.id) && (fact.from === 'elders' || fact.from === 'assessments'))
}

export function useFactDictionary(): { readonly facts: readonly FactDef[] | null } {
  const got = useQuery({ queryKey: ['elders.factDictionary'], queryFn: load, staleTime: Infinity })
  return { facts: got.data ?? null }
}

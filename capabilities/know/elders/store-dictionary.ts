/** The fact dictionary and the categories of the packs, compiled once for each set of resources. */
import { categoryPolicies, type Packs } from '@songbai/packs'
import { compilePolicySet, parseFacts, parsePolicy, type FactDictionary } from '@songbai/policy'
import { resources } from '../../resources.ts'
import { readCategories, type CategoryRules } from './rules-categories.ts'

export interface Dictionary {
  readonly facts: FactDictionary
  readonly categories: CategoryRules
}

const compiled = new WeakMap<Packs, Dictionary>()

export function dictionary(): Dictionary {
  const { packs } = resources()
  let found = compiled.get(packs)
  if (!found) {
    found = compile(packs)
    compiled.set(packs, found)
  }
  return found
}

function compile(packs: Packs): Dictionary {
  const parsed = parseFacts(packs.factsText)
  if ('problems' in parsed) throw new Error(`packs/facts.yaml: ${JSON.stringify(parsed.problems)}`)
  const texts = categoryPolicies(packs.categories)
  const policies = texts.map(({ category, text }) => {
    const result = parsePolicy(text, parsed.facts)
    if ('problems' in result) throw new Error(`category ${category}: ${JSON.stringify(result.problems)}`)
    return result.policy
  })
  const compiledSet = compilePolicySet(policies, parsed.facts)
  if ('problems' in compiledSet) throw new Error(`packs/categories.yaml: ${JSON.stringify(compiledSet.problems)}`)
  return { facts: parsed.facts, categories: readCategories(compiledSet.set, packs.categories, new Map(texts.map(({ category, id }) => [category, id])), parsed.facts) }
}

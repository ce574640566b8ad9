/** Special-difficulty categories (REG-02) of people on a day, derived from facts by the policy engine; a missing fact is never a yes. */
import { ageOn, birthdayReaching, dayNumber, type Day } from '@songbai/calendar'
import { createPopulation, encodeFact, evaluatePopulation, NO_DAY, PolicyError, type FactDictionary, type FactValue, type PolicySet } from '@songbai/policy'
import type { Bilingual } from './rules-facts.ts'

export interface CategoryRules {
  readonly set: PolicySet
  readonly categories: readonly { readonly id: string; readonly label: Bilingual; readonly item: number; readonly facts: readonly string[]; readonly byAge: boolean }[]
  /** The group that carries the duty of visits; its members differ by place. */
  readonly umbrella: { readonly id: string; readonly label: Bilingual; readonly fromAge: number; readonly places: readonly { readonly prefix: string; readonly anyOf: readonly string[] }[] }
}

/** Facts that hold for one person on the day. */
export interface Snapshot {
  readonly region: string
  readonly facts: ReadonlyMap<string, unknown>
}

const ALWAYS = -NO_DAY

/** [C1] Category ids of each person in the order of the list, the umbrella last. The dead are in none. */
export function categoriesOf(rules: CategoryRules, people: readonly Snapshot[], at: Day): string[][] {
  if (people.length === 0) return []
  const facts = [...new Set(rules.categories.flatMap((category) => category.facts))]
  const rows: [number, number, number][] = []
  people.forEach((person, i) => facts.forEach((fact, f) => {
    const value = person.facts.get(fact)
    if (value === undefined || value === null || person.facts.has('dead')) return
    rows.push([i, f, encodeFact(rules.set.facts.get(fact)!, value as FactValue)])
  }))
  const open = (n: number): Int32Array => new Int32Array(rows.length).fill(n)
  const population = createPopulation(rules.set.facts, {
    ids: people.map(() => ''), regions: people.map(() => ''), facts,
    intervals: { person: Int32Array.from(rows, (row) => row[0]), fact: Uint16Array.from(rows, (row) => row[1]), value: Int32Array.from(rows, (row) => row[2]), from: open(ALWAYS), to: open(NO_DAY), recorded: open(ALWAYS), superseded: open(NO_DAY) },
  })
  const results = evaluatePopulation(rules.set, population.columnsAt(at))
  return people.map((person, i) => withUmbrella(rules, person, rules.categories.filter((category) => results.sure[category.item]![i]! > 0).map((category) => category.id), at))
}

/** [C2] The row of the longest prefix that fits the place says which groups count; below the starting age nobody does. */
function withUmbrella(rules: CategoryRules, person: Snapshot, ids: string[], at: Day): string[] {
  const { umbrella } = rules
  const birth = person.facts.get('birth') as Day | undefined
  if (birth === undefined || ageOn(birth, at) < umbrella.fromAge) return ids
  const place = [...umbrella.places].filter((one) => person.region.startsWith(one.prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0]
  return place?.anyOf.some((id) => ids.includes(id)) ? [...ids, umbrella.id] : ids
}

export interface FactSince {
  readonly value: unknown
  readonly since: Day | null
}

/** [C3] Since when without a break, as far as the facts of today tell: the youngest fact used, and for an age the birthday that reached it. */
export function categorySince(rules: CategoryRules, id: string, person: { readonly region: string; readonly facts: ReadonlyMap<string, FactSince> }, at: Day): Day | null {
  const category = rules.categories.find((one) => one.id === id)
  if (!category) return null
  const starts = category.facts.map((fact) => (fact === 'birth' ? null : (person.facts.get(fact)?.since ?? null))).filter((day) => day !== null)
  const birth = person.facts.get('birth')?.value as Day | undefined
  if (category.byAge && birth !== undefined) starts.push(reachedOn(rules, id, person, birth, at))
  return starts.sort().at(-1) ?? null
}

function reachedOn(rules: CategoryRules, id: string, person: { readonly region: string; readonly facts: ReadonlyMap<string, FactSince> }, birth: Day, at: Day): Day {
  const snapshot = { region: person.region, facts: new Map([...person.facts].map(([key, fact]) => [key, fact.value])) }
  let since = at
  for (let age = ageOn(birth, at); age > 0; age--) {
    const birthday = birthdayReaching(birth, age)
    if (!categoriesOf(rules, [snapshot], birthday)[0]!.includes(id)) return since
    since = birthday
  }
  return since
}

/** Days after today on which a person's categories may change by themselves: birthdays and ends of validity are asked for by day. */
export function hasBirthday(birth: Day, at: Day): boolean {
  const age = ageOn(birth, at)
  return age > 0 && dayNumber(birthdayReaching(birth, age)) === dayNumber(at)
}

/** The conditions of `packs/categories.yaml`, compiled. Throws when the pack and the dictionary do not fit: a fault of the packs, found at boot. */
export function readCategories(set: PolicySet, pack: { readonly categories: readonly { readonly id: string; readonly label: Bilingual; readonly when: string }[]; readonly umbrella: { readonly id: string; readonly label: Bilingual; readonly fromAge: number; readonly places: readonly { readonly region: string; readonly anyOf: readonly string[] }[] } }, policyIds: ReadonlyMap<string, string>, dictionary: FactDictionary): CategoryRules {
  const categories = pack.categories.map((category) => {
    const words = [...category.when.replace(/"[^"]*"/g, '').matchAll(/[a-z][A-Za-z0-9]*/g)].map((match) => match[0])
    const byAge = words.includes('age')
    const item = set.items.indexOf(policyIds.get(category.id) ?? '')
    if (item < 0) throw new PolicyError('unknownItem', { name: category.id, suggestion: '' })
    return { id: category.id, label: category.label, item, byAge, facts: [...new Set([...words.filter((word) => dictionary.facts.has(word)), ...(byAge ? ['birth'] : [])])] }
  })
  const { umbrella } = pack
  return { set, categories, umbrella: { ...umbrella, places: umbrella.places.map((place) => ({ prefix: place.region.replace(/^0{6}$/, ''), anyOf: place.anyOf })) } }
}

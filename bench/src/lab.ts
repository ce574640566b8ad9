/**
 * `npm run bench -- lab [--elders N] [--json]`: one trial of the policy lab over N made-up people of 城口县: the advanced-age allowance with five changed parameters
 * (two ages, three rates), checked, compiled, evaluated, and everybody put into a group. Medians of rounds; CPU time, for the machine is shared. Stops when a part does not sum to the people.
 */
import { count } from '@songbai/capabilities/decide/lab/rules'
import { CASE_TYPES, EntitlementBlock, readTreeSource, resources, useResources } from '@songbai/capabilities'
import { dayNumber, type Day } from '@songbai/calendar'
import { loadPacks } from '@songbai/packs'
import { affectedItems, analyse, compilePolicySet, dueForMonth, evaluatePopulation, parseFacts, parsePolicies, parsePolicy, partOf, runCases, scenarioOf, type FactDictionary, type Policy, type PolicySet, type Results } from '@songbai/policy'
import { generateDemo } from '@songbai/scenarios/demo'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const COUNTY = '500229'
const AT: Day = '2026-08-01'
const MONTH = '2026-08'
const ITEM = 'age-allowance'
const GENERATED = 20_000
const ROUNDS = 9

export async function run(options: { readonly json: boolean; readonly elders?: number }): Promise<void> {
  const root = join(import.meta.dirname, '..', '..')
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const elders = options.elders ?? 200_000
  const { facts, law, yaml } = lawOfCounty()
  const block = population(law, elders)
  const view = block.view(law, 'law', AT)
  const before = dueForMonth(law, block.population, MONTH, { applied: 'all' })
  const rounds = Array.from({ length: ROUNDS }, (_, n) => trial(facts, law, yaml.replace(/10000, 2026-01-01: 12000/, `10000, 2026-01-01: ${13_000 + n * 100}`), block, view, before.size))
  const line = { bench: 'lab', county: COUNTY, item: ITEM, elders, rounds: ROUNDS, ...medians(rounds), node: process.version }
  if (options.json) console.log(JSON.stringify(line))
  else for (const [key, value] of Object.entries(line)) console.log(`${key.padEnd(18)} ${String(value)}`)
}

function lawOfCounty(): { facts: FactDictionary; law: PolicySet; yaml: string } {
  const { packs } = resources()
  const read = parseFacts(packs.factsText)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { policies } = parsePolicies(packs.policies.map((one) => ({ file: one.path, text: one.text })), read.facts, packs.clauses)
  const made = compilePolicySet(policies.filter((one) => COUNTY.startsWith(one.region)), read.facts)
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  const text = packs.policies.find((one) => one.path.endsWith(`national/policies/${ITEM}.yaml`))!.text
  const yaml = text.replace('age >= 80', 'age >= 78').replace('age >= 90', 'age >= 88').replace('5000, 2026-01-01: 6000', '5000, 2026-01-01: 6600').replace('2023-05-01: 30000', '2023-05-01: 33000')
  return { facts: read.facts, law: made.set, yaml }
}

/** More people than were generated are the same lives over again: rules do not see names. */
function population(law: PolicySet, elders: number) {
  const { regions, packs } = resources()
  const people = [...generateDemo({ region: COUNTY, elders: Math.min(elders, GENERATED), seed: 'bench', today: '2026-07-16', divisions: regions.divisions, factIds: packs.facts.facts.map((one) => one.id) })]
  const builder = EntitlementBlock.builder(law.facts)
  for (let i = 0; i < elders; i++) {
    const person = people[i % people.length]!
    const recorded = dayNumber(person.recordedOn)
    const fact = (key: string, value: unknown, from: Day | null, to: Day | null, on = recorded): void => builder.fact({ key, value, from: from === null ? null : dayNumber(from), to: to === null ? null : dayNumber(to), recorded: on, superseded: null })
    builder.person(i < people.length ? person.id : String(i), person.region)
    fact('usualResidence', person.region, null, null)
    if (person.birthDay !== null) fact('birth', person.birthDay, null, null)
    for (const one of person.facts) fact(one.key, one.value, one.validFrom, one.validTo, dayNumber(one.recordedOn))
    for (const one of person.benefits) fact(`benefit.${one.policy}`, one.since, one.since, one.until)
  }
  return builder.build()
}

type Round = Readonly<Record<string, number>>

function trial(facts: FactDictionary, law: PolicySet, yaml: string, block: ReturnType<typeof population>, view: ReturnType<typeof block.view>, size: number): Round {
  const clock = new Stopwatch()
  const read = parsePolicy(yaml, facts, { uppers: [] })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const policy: Policy = { ...read.policy, version: 1_000_000 }
  const own = scenarioOf(law, [policy], facts)
  if ('problems' in own) throw new Error(JSON.stringify(own.problems))
  clock.lap('readMs')
  runCases(own.set, policy)
  analyse(policy, { around: own.set })
  clock.lap('checkMs')
  const affected = affectedItems(law, own.set)
  const part = partOf(own.set, affected)
  const after = evaluatePopulation(part, view.columns)
  clock.lap('evaluateMs')
  const side = (results: Results, item: string) => { const j = results.set.items.indexOf(item); return j < 0 ? { sure: null, possible: null, amount: null, stack: null } : { sure: results.sure[j]!, possible: results.possible[j]!, amount: results.amount[j]!, stack: results.stack[j]! } }
  const whole = { ids: block.population.ids, regions: block.population.regions, here: view.here, lo: 0, hi: size, law, scenario: own.set, affected, before: (item: string) => side(view.results, item), after: (item: string) => side(after, item), explain: () => null, fact: () => 0 }
  const counted = count([whole], ITEM, 1, policy, () => law.policies.find((one) => one.id === ITEM), 1)
  clock.lap('countMs')
  dueForMonth(part, block.population, MONTH, { applied: 'all' })
  clock.lap('monthMs')
  const sum = Object.values(counted.groups).reduce((a, b) => a + b)
  if (sum !== counted.population || [...counted.places.values()].reduce((a, b) => a + b.people, 0) !== counted.population) throw new Error(`groups ${sum}, people ${counted.population}`)
  return { ...clock.laps, totalMs: clock.total, winners: counted.groups.newly + counted.groups.raised, losers: counted.groups.lowered + counted.groups.dropped, unchanged: counted.groups.unchanged }
}

class Stopwatch {
  readonly laps: Record<string, number> = {}
  total = 0
  private last = process.cpuUsage()

  lap(name: string): void {
    const used = process.cpuUsage(this.last)
    this.laps[name] = (used.user + used.system) / 1000
    this.total += this.laps[name]
    this.last = process.cpuUsage()
  }
}

function medians(rounds: readonly Round[]): Record<string, number> {
  const middle = (key: string): number => rounds.map((one) => one[key]!).sort((a, b) => a - b)[Math.floor(rounds.length / 2)]!
  return Object.fromEntries(Object.keys(rounds[0]!).map((key) => [key, Math.round(middle(key) * 10) / 10]))
}

/**
 * `npm run bench -- entitle [--elders N] [--json]`: all rules of 城口县 over N made-up people with their fact histories, in memory.
 * Then one person changes, and 10,000 random people are compared with the slow reader of the rules. Stops with an error when one differs.
 */
import { countItems, countPeople, EntitlementBlock, resources } from '@songbai/capabilities'
import { readTreeSource, useResources, CASE_TYPES } from '@songbai/capabilities'
import { dayNumber, type Day } from '@songbai/calendar'
import { loadPacks } from '@songbai/packs'
import { compilePolicySet, evaluatePerson, forRegion, parseFacts, parsePolicies, type PolicySet } from '@songbai/policy'
import { generateDemo, type DemoPerson } from '@songbai/scenarios/demo'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const COUNTY = '500229'
const TODAY: Day = '2026-07-16'
const COMPARED = 10_000
const PEOPLE_GENERATED = 20_000

interface Fact { readonly key: string; readonly value: unknown; readonly from: number | null; readonly to: number | null; readonly recorded: number; readonly superseded: null }

export async function run(options: { readonly json: boolean; readonly elders?: number }): Promise<void> {
  const root = join(import.meta.dirname, '..', '..')
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const elders = options.elders ?? 200_000
  const set = lawOfCounty()
  const people = generated(Math.min(elders, PEOPLE_GENERATED))
  const figures = measure(set, people, elders)
  const line = { bench: 'entitle', county: COUNTY, at: TODAY, elders, rules: forRegion(set, COUNTY, TODAY).items.length, policiesInSet: set.items.length, ...figures, node: process.version }
  if (options.json) console.log(JSON.stringify(line))
  else for (const [key, value] of Object.entries(line)) console.log(`${key.padEnd(18)} ${String(value)}`)
}

function lawOfCounty(): PolicySet {
  const { packs } = resources()
  const dictionary = parseFacts(packs.factsText)
  if ('problems' in dictionary) throw new Error(JSON.stringify(dictionary.problems))
  const { policies, problems } = parsePolicies(packs.policies.map((one) => ({ file: one.path, text: one.text })), dictionary.facts, packs.clauses)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const compiled = compilePolicySet(policies.filter((one) => COUNTY.startsWith(one.region)), dictionary.facts)
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return compiled.set
}

/** More people than the generator was asked for are the same lives over again: the rules do not see names. */
function generated(count: number): DemoPerson[] {
  const { regions, packs } = resources()
  return [...generateDemo({ region: COUNTY, elders: count, seed: 'bench', today: TODAY, divisions: regions.divisions, factIds: packs.facts.facts.map((one) => one.id) })]
}

function factsOf(person: DemoPerson): Fact[] {
  const recorded = dayNumber(person.recordedOn)
  const fact = (key: string, value: unknown, from: Day | null, to: Day | null, on = recorded): Fact => ({ key, value, from: from === null ? null : dayNumber(from), to: to === null ? null : dayNumber(to), recorded: on, superseded: null })
  return [
    fact('usualResidence', person.region, null, null), ...(person.birthDay === null ? [] : [fact('birth', person.birthDay, null, null)]), fact('sex', person.sex, null, null),
    ...person.facts.map((one) => fact(one.key, one.value, one.validFrom, one.validTo, dayNumber(one.recordedOn))),
    ...person.benefits.map((one) => fact(`benefit.${one.policy}`, one.since, one.since, one.until)),
  ]
}

function measure(set: PolicySet, people: readonly DemoPerson[], elders: number) {
  const cpuMs: Record<string, number> = {}
  const timed = <T>(name: string, work: () => T): [T, number] => {
    const [begun, before] = [performance.now(), process.cpuUsage()]
    const made = work()
    const used = process.cpuUsage(before)
    cpuMs[`${name}CpuMs`] = Math.round((used.user + used.system) / 100) / 10
    return [made, Math.round((performance.now() - begun) * 10) / 10]
  }
  const histories = people.map(factsOf)
  let facts = 0
  const [block, loadMs] = timed('load', () => {
    const builder = EntitlementBlock.builder(set.facts)
    for (let i = 0; i < elders; i++) {
      builder.person(i < people.length ? people[i]!.id : `${i}`, people[i % people.length]!.region)
      for (const one of histories[i % people.length]!) {
        builder.fact(one)
        facts++
      }
    }
    return builder.build()
  })
  const [view, firstMs] = timed('evaluateFirst', () => block.view(set, 'law', TODAY))
  const [, againMs] = timed('evaluate', () => block.view(set, 'law', '2026-07-15'))
  const whole = [{ block, view, lo: 0, hi: elders }]
  const [items, countMs] = timed('count', () => {
    countPeople(whole, 9, new Set(set.items))
    return countItems(whole)
  })
  const index = block.population.ids.indexOf(people[0]!.id)
  const [, oneMs] = timed('onePerson', () => block.patch(index, EntitlementBlock.intervals(set.facts, factsOf(people[0]!).filter((one) => one.key !== 'hukou'))))
  const entitled = [...items.values()].reduce((sum, one) => sum + one.counts.entitledEnjoying + one.counts.entitledNotEnjoying, 0)
  return { facts, loadMs, evaluateFirstMs: firstMs, evaluateMs: againMs, countMs, onePersonMs: oneMs, ...cpuMs, compared: compare(set, block, view), entitledResults: entitled }
}

/** Every item of random people by both readers; an equal answer means equal rows, amounts and stacking. */
function compare(set: PolicySet, block: EntitlementBlock, view: ReturnType<EntitlementBlock['view']>): number {
  let seed = 20260716
  const size = block.population.size
  for (let n = 0; n < COMPARED; n++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const i = seed % size
    const answers = evaluatePerson(set, block.population.regions[i]!, block.person(view, i), TODAY)
    answers.forEach((answer, item) => {
      const fast = [view.results.sure[item]![i], view.results.possible[item]![i], view.results.raw[item]![i], view.results.amount[item]![i], view.results.stack[item]![i]]
      const slow = [answer.code, answer.possible, answer.raw, answer.amount, answer.stack]
      if (fast.join() !== slow.join()) throw new Error(`${set.items[item]} of ${block.population.ids[i]}: columns ${fast.join()}, one by one ${slow.join()}`)
    })
  }
  return COMPARED
}

/** One person's facts with their sources, and the scopes a question is asked over. */
import { eldersByIds, factsOf, type AsOf, type ElderRecord, type FactRow } from '../../know/elders/public.ts'
import { dayNumber, dayOf, todayIn, type Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { explain, forRegion, type FactInput, type FactValue, type Policy } from '@songbai/policy'
import { prefixOf } from '../../common.ts'
import { resources } from '../../resources.ts'
import { basisShown, clausesShown, isSample, policySetFor, type LawSet } from '../policies/public.ts'
import { BlockBuilder, encodersOf, GONE, lawRegion, NOW_KNOWN, SOON_DAYS } from './rules-block.ts'
import { STANDINGS, type Explanation, type Standing } from './contract.ts'
import { drawnSince, shownConditions, shownEvidence, shownNearest, shownSentences, shownStacking, shownTurns, verdictOf, versionText, type Departure } from './rules-explain.ts'
import type { Span } from './rules-count.ts'
import { populationOf } from './store.ts'

/** What of a place lies in the actor's scope, as prefixes none of which holds another. */
export function prefixesIn(prefixes: readonly string[], place: string | undefined): string[] {
  const asked = place === undefined || /^0+$/.test(place) ? '' : prefixOf(place)
  const cut = prefixes.flatMap((own) => (asked.startsWith(own) ? [asked] : own.startsWith(asked) ? [own] : []))
  return [...new Set(cut)].filter((one) => !cut.some((other) => other !== one && one.startsWith(other)))
}

export interface Asked {
  readonly spans: readonly Span[]
  readonly at: Day
  readonly knownOn: Day
  readonly loadMs: number
  readonly evaluateMs: number
  /** Items in force somewhere in the place on the day, and those somebody there draws. */
  readonly items: ReadonlySet<string>
}

export interface Question {
  readonly place?: string | undefined
  readonly item?: string | undefined
  readonly at?: Day | undefined
  readonly knownOn?: Day | undefined
}

export function knownNumber(tx: Tx, knownOn: Day | undefined): number {
  return knownOn === undefined || knownOn >= tx.today ? NOW_KNOWN : dayNumber(knownOn)
}

/** Everybody of the place in scope, evaluated for the day asked. */
export async function ask(tx: Tx, question: Question): Promise<Asked> {
  const at = question.at ?? tx.today
  const known = knownNumber(tx, question.knownOn)
  const spans: Span[] = []
  const items = new Set<string>()
  let [loadMs, evaluateMs] = [0, 0]
  for (const prefix of prefixesIn(tx.actor.prefixes, question.place)) {
    const { shard, law, loadMs: took } = await populationOf(tx, prefix)
    loadMs += took
    for (const block of shard.tail ? [shard.main, shard.tail] : [shard.main]) {
      const begun = performance.now()
      const view = block.view(law.set, law.key, at, known)
      evaluateMs += performance.now() - begun
      const [lo, hi] = block.range(prefix)
      spans.push({ block, view, lo, hi })
    }
    for (const item of itemsOf(law, prefix, spans, at)) if (question.item === undefined || question.item === item) items.add(item)
  }
  return { spans, at, knownOn: question.knownOn ?? tx.today, loadMs, evaluateMs, items }
}

function itemsOf(law: LawSet, prefix: string, spans: readonly Span[], at: Day): Set<string> {
  const day = dayNumber(at)
  const inForce = law.set.policies.filter((one) => (prefix.startsWith(one.region) || one.region.startsWith(prefix)) && one.effective.from <= day && day <= one.effective.to).map((one) => one.id)
  const drawn = law.set.items.filter((_, j) => spans.some(({ view, lo, hi }) => view.set === law.set && view.codes[j]!.subarray(lo, hi).some((code) => code === STANDINGS.indexOf('enjoyingNotEntitled'))))
  return new Set([...inForce, ...drawn])
}

/** What is said of an item above a list. */
export function headOf(law: LawSet, item: string, region: string, at: Day): Explanation['item'] {
  const planned = forRegion(law.set, region, at).byIndex[law.set.items.indexOf(item)]?.policy
  const policy = planned ?? law.set.policies.find((one) => one.id === item)!
  return { id: item, title: policy.title, kind: policy.kind, listNumber: policy.listItem ?? null, sample: isSample(policy, dayNumber(at)), basis: basisShown(policy) }
}

export interface PersonFacts {
  readonly elder: ElderRecord
  readonly facts: ReadonlyMap<string, FactRow>
}

export async function peopleWithFacts(tx: Tx, ids: readonly string[], asOf: AsOf): Promise<Map<string, PersonFacts>> {
  const elders = await eldersByIds(tx, ids, asOf)
  const facts = await factsOf(tx, elders.map((one) => one.id), asOf)
  return new Map(elders.map((elder) => [elder.id, { elder, facts: facts.get(elder.id) ?? new Map<string, FactRow>() }]))
}

/** [X5] One person goes through the same columns as everybody, so that a list and a page never differ. */
export function standingsOf(law: LawSet, person: PersonFacts, at: Day): { readonly codes: readonly (Standing | null)[]; readonly soonOn: Day | null } {
  const builder = new BlockBuilder(law.set.facts)
  builder.person(person.elder.id, lawRegion(law.set, person.elder.region))
  for (const fact of person.facts.values()) builder.fact({ key: fact.key, value: fact.value, from: null, to: null, recorded: 0, superseded: null })
  const block = builder.build()
  const view = block.view(law.set, law.key, at)
  const on = view.birthdays.get(0)
  return { codes: view.codes.map((codes) => (codes[0] === GONE ? null : STANDINGS[codes[0]!]!)), soonOn: on === undefined ? null : dayOf(on) }
}

function inputOf(law: LawSet, person: PersonFacts): FactInput {
  const encoders = encodersOf(law.set.facts)
  const input: FactInput = {}
  for (const fact of person.facts.values()) {
    const value = fact.value as FactValue
    if ((encoders.get(fact.key)?.(value) ?? null) === null) continue
    input[fact.key] = { value, source: fact.source, recordedAt: todayIn(fact.recordedAt, 'Asia/Shanghai'), ...(fact.validFrom === null ? {} : { validFrom: fact.validFrom }), ...(fact.validTo === null ? {} : { validTo: fact.validTo }) }
  }
  return input
}

export function departureOf(person: PersonFacts, at: Day): Departure | null {
  for (const fact of ['dead', 'moved'] as const) {
    const row = person.facts.get(fact)
    if (typeof row?.value === 'string' && row.value <= at) return { fact, on: row.value, source: row.source }
  }
  return null
}

export interface Explainer {
  readonly codes: readonly (Standing | null)[]
  readonly policyOf: (item: string) => Policy | undefined
  readonly of: (item: string, horizonDays?: number) => Explanation
}

/** Explains any item to one person on a day. */
export function explainerOf(law: LawSet, person: PersonFacts, at: Day): Explainer {
  const { codes } = standingsOf(law, person, at)
  const input = inputOf(law, person)
  const gone = departureOf(person, at)
  const { packs } = resources()
  const region = lawRegion(law.set, person.elder.region)
  const plan = forRegion(law.set, region, at)
  const policyOf = (item: string): Policy | undefined => plan.byIndex[law.set.items.indexOf(item)]?.policy
  const of = (item: string, horizonDays = 730): Explanation => {
    const x = explain(law.set, region, item, input, at, { horizonDays })
    const standing = codes[law.set.items.indexOf(item)] ?? 'no'
    const verdict = gone ? 'no' : verdictOf(standing, x)
    const policy = policyOf(item)
    const missing = gone ? [] : x.missing.map((one) => ({ fact: one.fact, label: one.label, ask: one.ask ?? null }))
    return {
      item: headOf(law, item, region, at), standing, verdict, row: gone ? null : x.shownRow, amountFen: verdict === 'yes' ? x.amountFen : 0, sample: x.sample || (policy !== undefined && isSample(policy, dayNumber(at))),
      payFrom: gone ? null : (x.pay?.first ?? null), payTo: gone ? null : (x.pay?.last ?? null), enjoyingSince: drawnSince(person.facts.get(`benefit.${item}`)?.value, at),
      sentences: shownSentences(x, standing, gone), conditions: shownConditions(x, standing, gone), clauses: clausesShown(packs, x.basis.length > 0 ? x.basis : (policy?.clauses ?? [])),
      stacking: gone ? [] : shownStacking(x), missing, nearest: gone || verdict === 'yes' ? [] : shownNearest(x), turns: gone ? [] : shownTurns(x), evidence: shownEvidence(policy?.evidence ?? [], missing.length), policyVersion: versionText(policy),
    }
  }
  return { codes, policyOf, of }
}

export async function lawFor(tx: Tx, region: string): Promise<LawSet> {
  return policySetFor(tx, region.slice(0, 6))
}

export { SOON_DAYS }

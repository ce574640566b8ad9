/** What capabilities below may ask about the law: the rules of a place, compiled, with every version that was ever in force. */
import type { Day } from '@songbai/calendar'
import type { Packs } from '@songbai/packs'
import { compilePolicySet, forRegion, parseFacts, type Bilingual, type FactDictionary, type Policy, type PolicySet } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { concerns, readLaw } from './rules.ts'
import { basisShown as basisOf } from './rules-texts.ts'
import { lawRows, textsOf, type InForce } from './store.ts'

export { clauseShown, clausesShown, isSample } from './rules-texts.ts'
export { PolicyPublished, PolicyWithdrawn } from './contract.ts'

/** Document and article in one line, for lists. */
export const basisShown = (policy: Policy): Bilingual => basisOf(resources().packs, policy)

const dictionaries = new WeakMap<Packs, FactDictionary>()

export function factDictionary(): FactDictionary {
  const { packs } = resources()
  const known = dictionaries.get(packs)
  if (known) return known
  const parsed = parseFacts(packs.factsText)
  if ('problems' in parsed) throw new Error(`packs/facts.yaml: ${JSON.stringify(parsed.problems)}`)
  dictionaries.set(packs, parsed.facts)
  return parsed.facts
}

interface Law {
  readonly key: string
  readonly policies: readonly { readonly id: string; readonly policy: Policy }[]
  readonly sets: Map<string, LawSet>
}
export interface LawSet {
  /** Changes whenever any version of the place does; equal keys mean equal answers. */
  readonly key: string
  readonly set: PolicySet
  /** Row id of a version, by `versionKey`. */
  readonly versionIds: ReadonlyMap<string, string>
}

export function versionKey(policy: Policy): string {
  return `${policy.region}/${policy.id}@${policy.version}`
}

const keyOf = (rows: readonly InForce[]): string => rows.map((row) => `${row.id}:${row.effectiveFrom}:${row.effectiveTo ?? ''}`).join(' ')

/** The newest few states of the law by content, so that a version published a moment ago answers at once and nothing is compiled twice. */
const laws = new Map<string, Law>()
const MAX_LAWS = 8

/** Every published version of the country, read. */
export async function lawOf(tx: Tx): Promise<Law> {
  const rows = await lawRows(tx)
  const key = keyOf(rows)
  const known = laws.get(key)
  if (known) return known
  const texts = await textsOf(tx, rows.map((row) => row.id))
  const law: Law = { key, policies: readLaw(texts, factDictionary(), resources().packs.clauses), sets: new Map() }
  laws.set(key, law)
  const oldest = laws.keys().next().value
  if (laws.size > MAX_LAWS && oldest !== undefined) laws.delete(oldest)
  return law
}

/**
 * The rules that concern a place, given as a code or a prefix of any length ('' is the whole country). The engine picks the version of a day
 * and the nearest region by itself, so one set answers for every date.
 */
export async function policySetFor(tx: Tx, place: string): Promise<LawSet> {
  const law = await lawOf(tx)
  const prefix = place.length === 12 ? place.replace(/(?:0000000000|00000000|000000|000)$/, '') : place
  const county = prefix.slice(0, 6)
  const known = law.sets.get(county)
  if (known) return known
  const own = law.policies.filter((one) => concerns(one.policy.region.padEnd(12, '0'), county))
  const compiled = compilePolicySet(own.map((one) => one.policy), factDictionary())
  if ('problems' in compiled) throw new Error(`rules of ${county || 'the country'}: ${JSON.stringify(compiled.problems)}`)
  const made: LawSet = { key: `${county}|${law.key}`, set: compiled.set, versionIds: new Map(own.map((one) => [versionKey(one.policy), one.id])) }
  law.sets.set(county, made)
  return made
}

/** Versions that decide in a place on a day, by item. */
export function versionsUsed(law: LawSet, region: string, at: Day): { readonly item: string; readonly versionId: string; readonly version: string }[] {
  return forRegion(law.set, region, at).items.map(({ id, policy }) => ({ item: id, versionId: law.versionIds.get(versionKey(policy))!, version: versionKey(policy) }))
}

/** At every start: files of packs/ that this database has not seen. Answers how many came in force and how many wait for review. */
export { loadNewPolicies } from './store-packs.ts'

export type { FindingShown, Impact } from './contract.ts'
export { checked as checkedText, draftOf } from './actions.ts'
export { maySee, upperText, versionShown } from './actions-see.ts'
export { concerns, covers, headOf, newestPublished, notSound, prefixOfRegion, readVersion, shownCase, shownProblem, upperIn, type Checked, type Slips } from './rules.ts'
export { unsettled } from './rules-findings.ts'
export { allVersions, hold as holdVersion, setImpact, versionById, type VersionRecord, type VersionText } from './store.ts'
export { doSubmit as submitVersion } from './actions.ts'

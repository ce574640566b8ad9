/** States of a version, who may move it, and which texts make the law of a place. */
import { addDays, dayNumber, type Day } from '@songbai/calendar'
import { refuse, type Refused } from '@songbai/platform/action'
import { compilePolicySet, NO_END, parsePolicy, problemText, readyToPublish, regionPrefix, runCases, type Bilingual, type CaseResult, type FactDictionary, type Finding, type Policy, type PolicySet, type Problem, type PublishReason } from '@songbai/policy'
import { findingsOf, slipsOf, unsettled, type Confirmed } from './rules-findings.ts'
import type { FindingShown } from './contract.ts'

interface Version {
  readonly id: string
  readonly item: string
  readonly region: string
  readonly state: string
  readonly effectiveFrom: Day | null
  readonly effectiveTo: Day | null
  readonly draftedBy: string
  readonly submittedBy: string | null
}

export function prefixOfRegion(region: string): string {
  return regionPrefix(region) ?? region
}

/** [P1] A rule is written and reviewed by those whose places include the whole region it is for; national law by nobody in a county. */
export function covers(prefixes: readonly string[], region: string): boolean {
  const own = prefixOfRegion(region)
  return prefixes.some((prefix) => own.startsWith(prefix))
}

/** Rules of a place: those above it and those of the places in it. */
export function concerns(region: string, prefix: string): boolean {
  const own = prefixOfRegion(region)
  return prefix.startsWith(own) || own.startsWith(prefix)
}

/** [P2] Who wrote or sent a version may not be the one who publishes or returns it. */
export function secondPerson(version: Pick<Version, 'draftedBy' | 'submittedBy'>, actorId: string): Refused<'policies.second-person'> | null {
  return version.draftedBy === actorId || version.submittedBy === actorId ? refuse('policies.second-person') : null
}

/** [P3] A version begins after every other of its item and region began, so that no day has two and no past answer changes its version twice. */
export function startProblem(version: Version, others: readonly Version[], from: Day | undefined): Refused<'policies.date-missing' | 'policies.date-overlaps'> | null {
  if (from === undefined) return refuse('policies.date-missing')
  const clash = others.find((one) => one.id !== version.id && one.item === version.item && one.region === version.region && (one.state === 'published' || one.state === 'withdrawn') && one.effectiveFrom !== null && one.effectiveFrom >= from && (one.effectiveTo === null || one.effectiveTo >= one.effectiveFrom))
  return clash ? refuse('policies.date-overlaps', { from: clash.effectiveFrom }) : null
}

export function dayBefore(day: Day): Day {
  return addDays(day, -1)
}

/** What a text says of itself before it can be read whole: a draft with mistakes still needs its place. */
export function headOf(yaml: string, fallbackRegion: string): { readonly item: string; readonly region: string } {
  const item = /^policy:\s*['"]?([a-z][a-z0-9-]*)/m.exec(yaml)?.[1] ?? 'draft'
  const digits = /^region:\s*['"]?(\d+)/m.exec(yaml)?.[1]
  const prefix = digits === undefined ? null : regionPrefix(digits)
  return { item, region: prefix === null ? fallbackRegion : prefix.padEnd(12, '0') }
}

/** Item and region a text extends, and the version where it names one. */
export function extendsOf(yaml: string): { readonly region: string; readonly item: string; readonly number: number | null } | null {
  const found = /^extends:\s*['"]?(\d+)\/([a-z0-9-]+)(?:@(\d+))?/m.exec(yaml)
  const prefix = found ? regionPrefix(found[1]!) : null
  return found && prefix !== null ? { region: prefix.padEnd(12, '0'), item: found[2]!, number: found[3] === undefined ? null : Number(found[3]) } : null
}

/** Newest version above that is law now: the one a text written today is written against. */
export function upperIn(yaml: string, law: readonly Policy[]): number | null {
  const above = extendsOf(yaml)
  if (above === null || above.number !== null) return above?.number ?? null
  const uppers = law.filter((one) => one.id === above.item && one.region === prefixOfRegion(above.region))
  return uppers.length === 0 ? null : Math.max(...uppers.map((one) => one.version))
}

export interface Source {
  readonly id: string
  readonly item: string
  readonly region: string
  readonly number: number
  readonly yaml: string
  readonly upperNumber: number | null
  readonly effectiveFrom: Day | null
  readonly effectiveTo: Day | null
}

/** [P4] A version as stored: its number and its days are those of the row, and it extends the version above that it was written against. */
export function readVersion(source: Source, uppers: readonly Policy[], facts: FactDictionary, clauses: ReadonlySet<string>): { readonly policy: Policy } | { readonly problems: Problem[] } {
  const above = extendsOf(source.yaml)
  const seen = above === null || source.upperNumber === null ? uppers : uppers.filter((one) => one.id !== above.item || one.region !== prefixOfRegion(above.region) || one.version === source.upperNumber)
  const read = parsePolicy(source.yaml, facts, { uppers: seen, clauses })
  if ('problems' in read) return read
  const effective = source.effectiveFrom === null ? read.policy.effective : { from: dayNumber(source.effectiveFrom), to: source.effectiveTo === null ? NO_END : dayNumber(source.effectiveTo) }
  return { policy: { ...read.policy, version: source.number, effective } }
}

/** Reads texts in the order of their regions, upper ones first. Throws for one that no longer fits: published law was checked when it was published. */
export function readLaw(sources: readonly Source[], facts: FactDictionary, clauses: ReadonlySet<string>): { readonly id: string; readonly policy: Policy }[] {
  const out: { id: string; policy: Policy }[] = []
  for (const source of sources) {
    const read = readVersion(source, out.map((one) => one.policy), facts, clauses)
    if ('problems' in read) throw new Error(`published rule ${source.region}/${source.item}@${source.number}: ${JSON.stringify(read.problems)}`)
    out.push({ id: source.id, policy: read.policy })
  }
  return out
}

export interface Checked {
  readonly policy: Policy | null
  readonly set: PolicySet | null
  readonly problems: readonly Problem[]
  readonly cases: readonly CaseResult[]
  readonly findings: readonly FindingShown[]
  /** The findings as the engine told them, and the keys somebody has confirmed. */
  readonly found: readonly Finding[]
  readonly confirmed: ReadonlySet<string>
  /** Combinations the analysis went through. */
  readonly steps: number
}

/** Slips that no case notices are looked for in full, until `stop` says so, or not at all. */
export type Slips = 'all' | 'none' | { readonly stop: () => boolean }

/** [P5] A text is sound when it reads, fits with the law around it, and every golden case comes out as written. */
export function check(source: Source & { readonly confirmed?: readonly Confirmed[]; readonly upperYaml?: string | null }, law: readonly Policy[], facts: FactDictionary, clauses: ReadonlySet<string>, slips: Slips = 'none'): Checked {
  // The draft's own days count for its cases: the day it is published from is not known yet.
  const read = readVersion({ ...source, effectiveFrom: null, effectiveTo: null }, law, facts, clauses)
  if ('problems' in read) return { policy: null, set: null, problems: read.problems, cases: [], findings: [], found: [], confirmed: new Set(), steps: 0 }
  const { policy } = read
  const around = law.filter((one) => !(one.id === policy.id && one.region === policy.region && one.version === policy.version) && concerns(one.region.padEnd(12, '0'), policy.region))
  const compiled = compilePolicySet([...around, policy], facts)
  if ('problems' in compiled) return { policy, set: null, problems: compiled.problems, cases: [], findings: [], found: [], confirmed: new Set(), steps: 0 }
  const cases = runCases(compiled.set, policy)
  const { findings, ...told } = findingsOf(compiled.set, policy, facts, source)
  const unnoticed = slips === 'none' || cases.length === 0 || cases.some((one) => !one.ok) ? [] : slipsOf(compiled.set, policy, facts, source, slips === 'all' ? undefined : slips.stop)
  return { policy, set: compiled.set, problems: [], cases, findings: [...findings, ...unnoticed], ...told, confirmed: new Set(source.confirmed?.map((one) => one.key)) }
}

export type NotSound = Refused<'policies.has-problems' | 'policies.is-draft' | 'policies.no-cases' | 'policies.cases-fail' | 'policies.rows-without-case' | 'policies.findings-open'>

/** What a writer mends first comes first. */
const ORDER: readonly PublishReason['code'][] = ['problems', 'noCases', 'casesFail', 'errors', 'rowsWithoutCase', 'unconfirmed', 'draft']

/** [P10] What keeps a text from being sent and published is what the engine says, and slips that no case notices and nobody has confirmed. */
export function notSound(checked: Checked): NotSound | null {
  const reasons = readyToPublish({ policy: checked.policy, set: checked.set, problems: checked.problems, findings: checked.found, confirmed: checked.confirmed })
  const first = ORDER.flatMap((code) => reasons.find((one) => one.code === code) ?? [])[0]
  const open = unsettled(checked.findings)
  switch (first?.code) {
    case 'problems': return refuse('policies.has-problems', { count: first.problems.length })
    case 'noCases': return refuse('policies.no-cases')
    case 'casesFail': return refuse('policies.cases-fail', { count: first.cases.length, line: first.cases[0]!.line })
    case 'rowsWithoutCase': return refuse('policies.rows-without-case', { count: first.rows.length, rows: first.rows.join('、') })
    case 'draft': return refuse('policies.is-draft')
    default: return open.length > 0 ? refuse('policies.findings-open', { count: open.length }) : null
  }
}

/** [P11] A draft written against an older version than the newest published one would undo what that one changed without anybody seeing it. */
export function newerVersion(version: { readonly baseNumber: number | null }, newest: number | null): Refused<'policies.newer-version'> | null {
  return version.baseNumber !== null && newest !== null && newest > version.baseNumber ? refuse('policies.newer-version', { version: newest }) : null
}

/** [P12] A first day before today changes what was owed for days gone by: somebody must have seen what it costs and say so. */
export function pastDate(from: Day, today: Day, confirmed: boolean | undefined): Refused<'policies.past-date'> | null {
  return from < today && confirmed !== true ? refuse('policies.past-date', { from }) : null
}

export function newestPublished(versions: readonly (Pick<Version, 'item' | 'region' | 'state'> & { readonly number: number })[], item: string, region: string): number | null {
  const numbers = versions.filter((one) => one.item === item && one.region === region && (one.state === 'published' || one.state === 'withdrawn')).map((one) => one.number)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

export function shownProblem(problem: Problem): { line: number; column: number; text: Bilingual } {
  return { line: problem.line, column: problem.col, text: { zh: problemText(problem, 'zh'), en: problemText(problem, 'en') } }
}

/** [P6] A case in words: what was expected and what came out. */
export function shownCase(result: CaseResult): { line: number; ok: boolean; text: Bilingual } {
  const { expected, got } = result
  const wanted = expected.unknown ?? expected.rows ?? (expected.row === null || expected.row === undefined ? [] : [expected.row])
  const came = got.unknown.length > 0 ? got.unknown : got.rows
  const list = (all: readonly string[], none: string): string => (all.length === 0 ? none : all.join('、'))
  const money = (amount: number | undefined, zh: boolean): string => (amount === undefined || amount === 0 ? '' : zh ? ` ${amount / 100}元` : ` ${amount / 100} yuan`)
  const zh = `应为 ${expected.unknown ? '待定：' : ''}${list(wanted, '不符合')}${money(expected.amount, true)}`
  const en = `expected ${expected.unknown ? 'unknown: ' : ''}${list(wanted, 'no')}${money(expected.amount, false)}`
  if (result.ok) return { line: result.line, ok: true, text: { zh, en } }
  return { line: result.line, ok: false, text: { zh: `${zh}，算出 ${got.unknown.length > 0 ? '待定：' : ''}${list(came, '不符合')}${money(got.amount, true)}`, en: `${en}, came out ${got.unknown.length > 0 ? 'unknown: ' : ''}${list(came, 'no')}${money(got.amount, false)}` } }
}

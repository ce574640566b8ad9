import { ageOn, latestBirthFor } from '@songbai/calendar'
import { exampleText, runCases, type CaseResult, type FactValue, type Policy } from '@songbai/policy'
import { isRefused, refuse, type Does, type Refused, type Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { covers, holdVersion, maySee, setImpact, shownCase, shownProblem, submitVersion, versionById, type Impact } from '../policies/public.ts'
import { arrearsOf, assumed, factsOfPerson, figuresOf, hits, markOf, monthsAhead, noteCase, personRows, reachesBack, read, sampled, tryOn, unreadable, type Question, type Tried } from './actions-trial.ts'
import type { deleteScenario, exportTrial, handOver, listScenarios, saveScenario, seeArrears, seeCase, seeDictionary, seeForecast, seePeople, seeSamples, tryOut } from './contract.ts'
import { insertScenario, nameTaken, removeScenario, scenarios } from './store.ts'

export const doDictionary: Does<typeof seeDictionary> = async () => ({ factsText: resources().packs.factsText })

const outOf = (got: CaseResult['got']) => ({ row: got.rows.length === 1 ? got.rows[0]! : null, rows: got.rows, amount: got.amount, unknown: got.unknown })

const SLIPS_MS = 100

/** Everything said about a text while it is typed: mistakes, cases, findings, and what it would cost. A text with mistakes is checked all the same. */
export const doTryOut: Does<typeof tryOut> = async (tx, input) => {
  const begun = performance.now()
  // While somebody types, slips that take longer to find are left to the sending.
  let slipsBegun = 0
  const stop = (): boolean => performance.now() - (slipsBegun ||= performance.now()) > SLIPS_MS
  const checked = await read(tx, input, { stop })
  const checkMs = Math.round(performance.now() - begun)
  const tried = await tryOn(tx, checked, input)
  const figures = tried ? await figuresOf(tx, tried, input) : null
  return {
    problems: checked.problems.map(shownProblem), cases: checked.cases.map((one) => ({ ...shownCase(one), got: gotShown(one), out: outOf(one.got) })), findings: [...checked.findings], steps: checked.steps, checkMs,
    figures, loadMs: tried?.trial.loadMs ?? 0, evaluateMs: Math.round(performance.now() - begun) - checkMs - (tried?.trial.loadMs ?? 0), past: checked.policy ? await reachesBack(tx, checked.policy) : [],
  }
}

function gotShown({ got }: CaseResult): { zh: string; en: string } {
  if (got.unknown.length > 0) return { zh: '待定', en: 'open' }
  if (got.rows.length === 0) return { zh: '不符合', en: 'no' }
  const money = got.amount === 0 ? '' : (got.amount / 100).toFixed(2)
  return { zh: money || '符合', en: money || 'yes' }
}

async function tried(tx: Tx, input: Question): Promise<Tried | Refused<'lab.unreadable'>> {
  return (await tryOn(tx, await read(tx, input), input)) ?? unreadable()
}

export const doPeople: Does<typeof seePeople> = async (tx, input) => {
  const found = await tried(tx, input)
  if (isRefused(found)) return found
  const page = []
  let [total, more] = [0, false]
  for (const hit of hits(found, input.uses, { group: input.group, row: input.row })) {
    total++
    if (input.after !== undefined && markOf(hit) <= input.after) continue
    if (page.length < input.limit) page.push(hit)
    else more = true
  }
  return { rows: (await personRows(tx, found, page, false)).map(({ why: _why, ...row }) => row), total, next: more ? markOf(page.at(-1)!) : null }
}

export const doSamples: Does<typeof seeSamples> = async (tx, input) => {
  const found = await tried(tx, input)
  if (isRefused(found)) return found
  return { rows: await personRows(tx, found, sampled(found, input.uses, input.seed, input.n), true) }
}

export const doForecast: Does<typeof seeForecast> = async (tx, input) => {
  const begun = performance.now()
  const found = await tried(tx, input)
  if (isRefused(found)) return found
  return { months: await monthsAhead(tx, found, input, input.months, input.takeUpPercent), assumptions: assumed(found.policy, input.uses, input.takeUpPercent), tookMs: Math.round(performance.now() - begun) }
}

export const doArrears: Does<typeof seeArrears> = async (tx, { id, from }) => {
  const version = await versionById(tx, id)
  if (!version || !maySee(tx, version)) return refuse('lab.version-not-found')
  const { policy } = await read(tx, { yaml: version.yaml, id })
  return policy === null ? unreadable() : arrearsOf(tx, policy, from, { place: version.region })
}

/** [L10] A golden case needs the situation of a person, not the person: no name, no number, the age in place of the day of birth. */
export const doCase: Does<typeof seeCase> = async (tx, input) => {
  const checked = await read(tx, input)
  const found = await tryOn(tx, checked, { ...input, uses: 1 })
  if (found === null) return unreadable()
  for (const part of found.trial.parts) {
    const index = part.ids.indexOf(input.elderId)
    if (index < part.lo || index >= part.hi || part.here[index] !== 1) continue
    noteCase(tx, found, input.elderId, part.regions[index]!)
    const facts = withoutIdentity(factsOfPerson(found, { part, index }), found.trial.at)
    const policy: Policy = { ...found.policy, cases: [{ line: 0, at: found.trial.at, facts: facts.asCase, items: {}, out: {} }] }
    const [result] = runCases(checked.set!, { ...policy, effective: { from: 0, to: policy.effective.to } })
    const text = (lang: 'zh' | 'en'): string => exampleText({ at: found.trial.at, facts: facts.asCase, items: {} }, part.scenario, lang)
    return { at: found.trial.at, facts: facts.written, out: outOf(result!.got), text: { zh: text('zh'), en: text('en') } }
  }
  return refuse('lab.elder-not-found')
}

function withoutIdentity(facts: Readonly<Record<string, FactValue>>, at: string): { readonly asCase: Record<string, FactValue>; readonly written: Record<string, FactValue> } {
  const { birth, ...others } = facts
  if (typeof birth !== 'string') return { asCase: { ...others }, written: { ...others } }
  const age = ageOn(birth, at)
  return { asCase: { birth: latestBirthFor(age, at), ...others }, written: { age, ...others } }
}

export const doSaveScenario: Does<typeof saveScenario> = async (tx, input) => {
  const found = await tried(tx, input)
  if (isRefused(found)) return found
  const region = found.policy.region.padEnd(12, '0')
  if (!covers(tx.actor.prefixes, region)) return refuse('lab.region-outside')
  if (await nameTaken(tx, region, found.policy.id, input.name)) return refuse('lab.name-taken', { name: input.name })
  const figures = await figuresOf(tx, found, input)
  const months = await monthsAhead(tx, found, input, 12, input.takeUpPercent)
  const id = await insertScenario(tx, {
    item: found.policy.id, region, name: input.name, baseVersionId: input.baseVersionId ?? null, yaml: input.yaml, figures, months: months.map(({ month, beforeFen, afterFen }) => ({ month, beforeFen, afterFen })),
    assumptions: assumed(found.policy, input.uses, input.takeUpPercent),
  })
  return { id }
}

export const doScenarios: Does<typeof listScenarios> = async (tx, input) => ({ scenarios: await scenarios(tx, input) })

export const doDeleteScenario: Does<typeof deleteScenario> = async (tx, { id }) => ((await removeScenario(tx, id)) ? { id } : refuse('lab.scenario-not-found'))

/** Written in the log with its purpose before the first row is read. */
export const doExport: Does<typeof exportTrial> = async (tx, input) => {
  if ((await read(tx, input)).policy === null) return unreadable()
  const taskId = tx.startTask('lab.export', input)
  tx.note({ subjectId: taskId, region: tx.actor.region, what: input.names ? 'policyTrialNames' : 'policyTrial', purpose: input.purpose })
  return { taskId }
}

/** [L11] Figures are worked out anew for the whole region of the text, frozen with the version, and only then it goes to the second person. What came with the program waits for review already. */
export const doHandOver: Does<typeof handOver> = async (tx, input) => {
  // What is measured is what is sent: nobody rewrites the draft between the two.
  await holdVersion(tx, input.id, 'version')
  const version = await versionById(tx, input.id)
  if (!version || !maySee(tx, version)) return refuse('lab.version-not-found')
  const waiting = version.state === 'inReview' && version.impact === null
  if ((version.state !== 'draft' && !waiting) || !covers(tx.actor.prefixes, version.region)) return refuse('lab.not-open')
  const question: Question = { yaml: version.yaml, id: version.id, place: version.region, at: input.at, uses: input.uses }
  if (!waiting) {
    const sent = await submitVersion(tx, { id: input.id })
    if (isRefused(sent)) return sent
  }
  const found = await tryOn(tx, await read(tx, question), question)
  if (found === null) return refuse('policies.has-problems', { count: 1 })
  const past = await reachesBack(tx, found.policy)
  const first = past.map((one) => one.from).sort()[0]
  if (first !== undefined && input.confirmPast !== true) return refuse('lab.past-change', { from: first })
  const impact = await impactOf(tx, found, question, input.takeUpPercent, first)
  await setImpact(tx, version.id, impact)
  return { id: version.id, impact }
}

async function impactOf(tx: Tx, found: Tried, question: Question, takeUpPercent: number, pastFrom: string | undefined): Promise<Impact> {
  const figures = await figuresOf(tx, found, question)
  const months = await monthsAhead(tx, found, question, 12, takeUpPercent)
  const arrears = pastFrom === undefined ? null : await arrearsOf(tx, found.policy, pastFrom, question)
  const { groups } = figures
  return {
    at: figures.at, place: figures.place, population: figures.population, beforeFen: figures.beforeFen, afterFen: figures.afterFen, unit: figures.unit, winners: groups.newly + groups.raised, losers: groups.lowered + groups.dropped, unchanged: groups.unchanged,
    entitledBefore: figures.entitledBefore, entitledAfter: figures.entitledAfter, arrearsFen: arrears === null ? 0 : arrears.owedFen - arrears.backFen, arrearsPeople: arrears?.people ?? 0, arrearsComputed: arrears?.computed ?? true, arrearsReason: arrears?.reason ?? null,
    townships: figures.townships.map(({ code, name, beforeFen, afterFen, winners, losers }) => ({ code, name, beforeFen, afterFen, winners, losers })), months: months.map(({ month, beforeFen, afterFen }) => ({ month, beforeFen, afterFen })),
    assumptions: [...assumed(found.policy, question.uses, takeUpPercent), ...(arrears?.reason ? [arrears.reason] : [])], measuredAt: tx.nowMs, measuredBy: tx.actor.name,
  }
}

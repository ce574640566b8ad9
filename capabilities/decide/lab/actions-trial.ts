/** A text tried out: read with the law around it, walked over the people of a place, put into figures and names. */
import { addMonths, ageOn, dayNumber, dayOf, firstOfMonth, monthOf, periodOfMonth, type Day, type Month } from '@songbai/calendar'
import { decodeFact, forRegion, NO_END, sentences, usesOf, type Bilingual, type ConditionLine, type FactValue, type Pay, type Policy } from '@songbai/policy'
import { refuse, type Refused, type Tx } from '@songbai/platform/tx'
import { eldersByIds } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { peopleInOrder, trialOf, type Trial, type TrialPart } from '../entitlements/public-trial.ts'
import { whatIf, type WhatIf } from '../entitlements/public-whatif.ts'
import { checkedText, factDictionary, headOf, lawOf, policySetFor, upperIn, versionById, type Checked, type Slips } from '../policies/public.ts'
import type { Figures, PersonRow } from './contract.ts'
import { count, rankOf, rowHolds, timesAMonth, Walk, type Wanted } from './rules.ts'

export interface Question {
  readonly yaml: string
  readonly place?: string | undefined
  readonly at?: Day | undefined
  readonly uses: number
  readonly id?: string | undefined
}

/** What the checks say of a text, as the version it belongs to or as nobody's. */
export async function read(tx: Tx, question: Pick<Question, 'yaml' | 'id'>, slips: Slips = 'none'): Promise<Checked> {
  const version = question.id === undefined ? null : await versionById(tx, question.id)
  const upperNumber = upperIn(question.yaml, (await lawOf(tx)).policies.map((one) => one.policy))
  const head = headOf(question.yaml, tx.actor.region)
  return checkedText(tx, { id: version?.id ?? '', ...head, number: version?.number ?? 1_000_000, yaml: question.yaml, upperNumber, effectiveFrom: null, effectiveTo: null, ...(version ? { confirmed: version.confirmed } : {}) }, slips)
}

/** [L4] The text as law from a day on: versions before it keep the days before, and none of them lives on beside it. */
export async function inForceFrom(tx: Tx, policy: Policy, from: Day): Promise<Policy[]> {
  const day = dayNumber(from)
  const former = (await lawOf(tx)).policies.map((one) => one.policy).filter((one) => one.id === policy.id && one.region === policy.region && one.version !== policy.version && one.effective.from < day)
  return [...former.map((one) => ({ ...one, effective: { from: one.effective.from, to: Math.min(one.effective.to, day - 1) } })), { ...policy, effective: { from: day, to: NO_END } }]
}

export interface Tried {
  readonly policy: Policy
  readonly change: readonly Policy[]
  readonly trial: Trial
  /** The version the text would follow, in a place. */
  readonly law: (part: TrialPart, region: string) => Policy | undefined
}

/** [L5] A month is tried whole: the text counts from its first day. */
export async function tryOn(tx: Tx, checked: Checked, question: Question): Promise<Tried | null> {
  if (checked.policy === null || checked.set === null) return null
  const at = question.at ?? firstOfMonth(tx.today)
  const change = await inForceFrom(tx, checked.policy, firstOfMonth(at))
  const trial = await trialOf(tx, { place: question.place, at, change })
  if ('problems' in trial) return null
  const { id } = checked.policy
  const law = ({ law: set }: TrialPart, region: string): Policy | undefined => (set.items.includes(id) ? forRegion(set, region, at).byIndex[set.items.indexOf(id)]?.policy : undefined)
  return { policy: checked.policy, change, trial, law }
}

/** [L6] What is paid by the month is the sum of the month by the rules of pay; anything else the amounts of the day, by use as often as assumed. */
export async function figuresOf(tx: Tx, tried: Tried, question: Question): Promise<Figures> {
  const { policy, trial, law } = tried
  const cycle = policy.pay?.cycle ?? 'month'
  const place = question.place ?? tx.actor.region
  const counted = count(trial.parts, policy.id, question.uses, policy, law, timesAMonth(cycle, question.uses))
  const month = await monthFigures(tx, tried, question, monthOf(trial.at))
  const monthly = cycle === 'month' && month !== null
  const own = month?.items.find((one) => one.item === policy.id)
  const names = await regionNames(tx, [...counted.places.keys()], trial.at)
  const townships = [...counted.places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, one]) => {
    const paid = monthly ? month.places.find((each) => each.code === code)?.items.find((each) => each.item === policy.id) : undefined
    return { code, name: names.get(code)?.name ?? '', people: one.people, winners: one.winners, losers: one.losers, beforeFen: monthly ? (paid?.before.fen ?? 0) : one.beforeFen, afterFen: monthly ? (paid?.after.fen ?? 0) : one.afterFen }
  })
  const { places: _places, ...rest } = counted
  return {
    ...rest, at: trial.at, place, townships, unit: policy.unit, cycle, uses: question.uses, basis: monthly ? 'month' : 'day',
    ...(monthly ? { beforeFen: own?.before.fen ?? 0, afterFen: own?.after.fen ?? 0 } : {}), others: othersOf(tried, month),
  }
}

export async function monthFigures(tx: Tx, tried: Pick<Tried, 'change'>, question: Pick<Question, 'place'>, month: Month, takeUpPercent = 100): Promise<WhatIf | null> {
  const answer = await whatIf(tx, { place: question.place, month, change: tried.change, takeUpPercent, samples: { count: 0, seed: 0 } })
  return 'problems' in answer ? null : answer
}

function othersOf({ policy, trial }: Tried, month: WhatIf | null): Figures['others'] {
  if (month === null) return []
  const title = (item: string): Bilingual => trial.parts.flatMap((part) => part.scenario.policies.find((one) => one.id === item) ?? [])[0]?.title ?? { zh: item, en: item }
  return month.items.filter((one) => one.item !== policy.id && one.before.fen !== one.after.fen).map((one) => ({ item: one.item, title: title(one.item), beforeFen: one.before.fen, afterFen: one.after.fen }))
}

interface Hit {
  readonly part: TrialPart
  readonly walk: Walk
  readonly index: number
}

/** [L2] Everybody asked for, in the order of region and id: whom the walk counted, each once, whenever they came to the register. */
export function* hits(tried: Tried, uses: number, wanted: Wanted): Generator<Hit> {
  const place = (policy: Policy | undefined): number => policy?.rows.findIndex((row) => row.id === wanted.row) ?? -1
  const walks = new Map(tried.trial.parts.map((part) => [part, new Walk(part, tried.policy.id, uses)]))
  for (const [part, index] of peopleInOrder(tried.trial.parts)) {
    if (part.here[index] !== 1) continue
    const walk = walks.get(part)!
    if (isWanted(tried, { part, walk, index }, wanted, place)) yield { part, walk, index }
  }
}

function isWanted(tried: Tried, { part, walk, index }: Hit, wanted: Wanted, place: (policy: Policy | undefined) => number): boolean {
  if (wanted.group === 'row') return rowHolds(tried.policy, walk.rowOf('after', index), place(tried.policy))
  if (wanted.group === 'rowBefore') return isRowBefore(tried, walk, part, index, place)
  if (wanted.group === 'nobody') return walk.rowOf('after', index) === 0 && !walk.isOpen('after', index)
  return walk.isInGroup(index, wanted.group)
}

function isRowBefore(tried: Tried, walk: Walk, part: TrialPart, index: number, place: (policy: Policy | undefined) => number): boolean {
  const old = tried.law(part, part.regions[index]!)
  const code = walk.rowOf('before', index)
  return old !== undefined && code !== 0 && place(old) >= 0 && rowHolds(old, code, place(old))
}

export const markOf = ({ part, index }: Hit): string => `${part.regions[index]} ${part.ids[index]}`

/** Those of least rank by the seed, some of each: who gains, who loses, and who stays. */
export function sampled(tried: Tried, uses: number, seed: number, n: number): Hit[] {
  const best = (wanted: Wanted, most: number): Hit[] => {
    const kept: { hit: Hit; rank: number }[] = []
    for (const hit of hits(tried, uses, wanted)) {
      const rank = rankOf(hit.part.ids[hit.index]!, seed)
      if (kept.length === most && rank >= kept.at(-1)!.rank) continue
      kept.push({ hit, rank })
      kept.sort((a, b) => a.rank - b.rank)
      if (kept.length > most) kept.pop()
    }
    return kept.map((one) => one.hit)
  }
  const [down, up] = [best({ group: 'losers' }, n), best({ group: 'winners' }, n)]
  const losers = down.slice(0, Math.max(Math.ceil(n / 3), n - up.length))
  const changed = [...up.slice(0, n - Math.min(losers.length, n)), ...losers].slice(0, n)
  return changed.length >= n ? changed : [...changed, ...best({ group: 'unchanged' }, n - changed.length)]
}

/** Facts the text reads, without those that tell who it is. */
export function factsRead(policy: Policy): string[] {
  const uses = usesOf([...policy.rows.map((row) => row.when), ...policy.stacking.flatMap((rule) => (rule.when === undefined ? [] : [rule.when]))], policy.rows.map((row) => row.amount))
  return [...uses.facts].filter((fact) => !fact.startsWith('benefit.'))
}

export function factsOfPerson(tried: Tried, { part, index }: Pick<Hit, 'part' | 'index'>): Record<string, FactValue> {
  const { facts } = factDictionary()
  return Object.fromEntries(factsRead(tried.policy).flatMap((fact) => {
    const def = facts.get(fact)
    const value = def === undefined ? null : decodeFact(def, part.fact(fact, index))
    return value === null || value === undefined ? [] : [[fact, value]]
  }))
}

/** [L12] What sets somebody apart, in a few words: codes and what is true by their names, numbers and days with theirs; the age stands beside. Sensitive facts stay on the person's own page. */
function situation(tried: Tried, hit: Hit): Bilingual {
  const { facts } = factDictionary()
  const words = Object.entries(factsOfPerson(tried, hit)).flatMap(([fact, value]): Bilingual[] => {
    const def = facts.get(fact)!
    if (fact === 'birth' || value === false || def.sensitive) return []
    if (value === true) return [def.label]
    const code = (id: string): Bilingual => { const found = def.values.find((one) => one.id === id) ?? { zh: id, en: id }; return { zh: found.zh.replace(/（.*）$/, ''), en: found.en.replace(/ \(.*\)$/, '') } }
    if (typeof value === 'string' && def.type === 'code') return [code(value)]
    if (Array.isArray(value)) return (value as readonly string[]).map(code)
    const text = def.type === 'fen' && typeof value === 'number' ? (value / 100).toFixed(2) : String(value)
    return [{ zh: `${def.label.zh} ${text}`, en: `${def.label.en} ${text}` }]
  })
  return { zh: words.map((one) => one.zh).join(' '), en: words.map((one) => one.en).join(', ') }
}

/** [L12] Everybody named is in the log, with the rule that was tried as the purpose. */
function noted(tx: Tx, tried: Tried, elderId: string, region: string, what: 'policyTrialPerson' | 'policyCase'): void {
  tx.note({ subjectId: elderId, region, what, purpose: `试算：${tried.policy.title.zh}` })
}

export function noteCase(tx: Tx, tried: Tried, elderId: string, region: string): void {
  noted(tx, tried, elderId, region, 'policyCase')
}

export async function personRows(tx: Tx, tried: Tried, found: readonly Hit[], withWhy: boolean): Promise<(PersonRow & { why: { before: Bilingual[]; after: Bilingual[] } })[]> {
  const people = new Map((await eldersByIds(tx, found.map(({ part, index }) => part.ids[index]!))).map((one) => [one.id, one]))
  const names = await regionNames(tx, [...new Set([...people.values()].map((one) => one.region))], tried.trial.at)
  return found.flatMap((hit) => {
    const { part, walk, index } = hit
    const elder = people.get(part.ids[index]!)
    if (!elder) return []
    noted(tx, tried, elder.id, elder.region, 'policyTrialPerson')
    return [{
      elderId: elder.id, name: elder.name, age: elder.birthDay === null ? null : ageOn(elder.birthDay, tried.trial.at), place: names.get(elder.region)?.full ?? '', facts: situation(tried, hit), group: walk.groupOf(index),
      before: sideShown(tried, hit, 'before'), after: sideShown(tried, hit, 'after'), why: withWhy ? { before: whyShown(tried, hit, 'before'), after: whyShown(tried, hit, 'after') } : { before: [], after: [] },
    }]
  })
}

function sideShown(tried: Tried, { part, walk, index }: Hit, which: 'before' | 'after'): PersonRow['before'] {
  const policy = which === 'after' ? tried.policy : tried.law(part, part.regions[index]!)
  const code = walk.rowOf(which, index)
  const row = policy?.rows.find((_, k) => code !== 0 && rowHolds(policy, code, k))
  const fen = walk.amountOf(which, index)
  const standing = walk.stands(which, index)
  const open = walk.isOpen(which, index)
  const service = policy?.kind === 'service' ? { zh: '享受', en: 'served' } : undefined
  const text = standing ? (fen > 0 ? { zh: `${(fen / 100).toFixed(2)}`, en: (fen / 100).toFixed(2) } : (service ?? { zh: '0.00', en: '0.00' })) : open ? { zh: '待定', en: 'open' } : row ? { zh: '让位于其他待遇', en: 'gives way to another' } : { zh: '不符合', en: 'no' }
  return { fen, row: row?.id ?? null, text }
}

function whyShown(tried: Tried, { part, index }: Hit, which: 'before' | 'after'): Bilingual[] {
  const x = part.explain(which, index, tried.policy.id)
  if (x === null) return []
  const shown = { ...x, conditions: x.conditions.map(withoutSensitive) }
  const [zh, en] = [sentences(shown, 'zh'), sentences(shown, 'en')]
  return zh.map((one, k) => ({ zh: one, en: en[k] ?? one }))
}

const NOT_SHOWN: Bilingual = { zh: '不符合（敏感信息，此处不显示）', en: 'not met (sensitive, not shown here)' }
const UNKNOWN_SHOWN: Bilingual = { zh: '待定（敏感信息，此处不显示）', en: 'open (sensitive, not shown here)' }

/** [L12] Of a condition on a sensitive fact only whether it holds is said. */
function withoutSensitive(line: ConditionLine): ConditionLine {
  const actual = line.verdict === 'unknown' ? UNKNOWN_SHOWN : NOT_SHOWN
  return { ...line, facts: line.facts.map((fact) => (fact.sensitive ? { ...fact, actual } : fact)), parts: line.parts.map(withoutSensitive) }
}

function monthAfter(month: Month): Month {
  return monthOf(addMonths(periodOfMonth(month).from, 1))
}

export interface MonthLine {
  readonly month: Month
  readonly beforeFen: number
  readonly afterFen: number
  readonly beforePeople: number
  readonly afterPeople: number
}

/** [L7] Month by month with the facts and rules of each: people grow older, assessments run out, dated rates begin. What nobody knows yet is assumed to stay. */
export async function monthsAhead(tx: Tx, tried: Tried, question: Question, months: number, takeUpPercent: number): Promise<MonthLine[]> {
  const cycle = tried.policy.pay?.cycle ?? 'month'
  const out: MonthLine[] = []
  for (let month = monthOf(tried.trial.at); out.length < months; month = monthAfter(month)) {
    const byPay = cycle !== 'use' && tried.policy.pay !== undefined
    const first = periodOfMonth(month).from
    const answer = byPay ? await monthFigures(tx, tried, question, month, takeUpPercent) : await dayFigures(tx, tried, question, first, takeUpPercent)
    const line = answer?.items.find((one) => one.item === tried.policy.id)
    const times = byPay ? 1 : timesAMonth(cycle, question.uses)
    out.push({ month, beforeFen: Math.round((line?.before.costFen ?? 0) * times), afterFen: Math.round((line?.after.costFen ?? 0) * times), beforePeople: line?.before.people ?? 0, afterPeople: line?.after.people ?? 0 })
  }
  return out
}

async function dayFigures(tx: Tx, tried: Pick<Tried, 'change'>, question: Pick<Question, 'place'>, at: Day, takeUpPercent: number): Promise<WhatIf | null> {
  const answer = await whatIf(tx, { place: question.place, at, change: tried.change, takeUpPercent, samples: { count: 0, seed: 0 } })
  return 'problems' in answer ? null : answer
}

/** Everything a reader must know to take a figure for what it is. */
export function assumed(policy: Policy, uses: number, takeUpPercent: number): Bilingual[] {
  const use = policy.pay?.cycle === 'use' ? [{ zh: `每人每月按 ${uses} 次计（假定）`, en: `${uses} times a month for each person (assumed)` }] : []
  return [
    ...use, takeUpPercent === 100
      ? { zh: '该享未享的人按 100% 领取（假定）', en: 'of those entitled and not drawing, 100% take it up (assumed)' }
      : { zh: `往后各月：该享未享的人按 ${takeUpPercent}% 领取（假定）；合计和各乡镇：按全部领取`, en: `months ahead: of those entitled and not drawing, ${takeUpPercent}% take it up (assumed); sum and townships: all of them` },
    { zh: '年龄逐月增长，评估到期即失效；其他情况按现有记录不变', en: 'ages grow month by month and assessments run out; everything else stays as on record' },
    { zh: '不计死亡和新增：没有带来源的死亡率数据', en: 'deaths and newcomers are left out: no mortality data with a source' },
  ]
}

export interface PastChange {
  readonly from: Day
  readonly text: Bilingual
}

/** [L8] A dated value or row that begins before today and is not what the law in force says of that day reaches back; so does a text that begins where there was no law. */
export async function reachesBack(tx: Tx, policy: Policy): Promise<PastChange[]> {
  const law = (await policySetFor(tx, policy.region.padEnd(12, '0'))).set
  const today = dayNumber(tx.today)
  const old = (on: number): Policy | undefined => law.policies.filter((one) => one.id === policy.id && policy.region.startsWith(one.region) && one.effective.from <= on && on <= one.effective.to).sort((a, b) => b.region.length - a.region.length || b.version - a.version)[0]
  const begins = dayOf(Math.max(policy.effective.from, 0))
  const start: PastChange[] = policy.effective.from < today && old(Math.max(policy.effective.from, 0)) === undefined ? [{ from: begins, text: { zh: `自 ${begins} 起施行，那天还没有这项政策`, en: `holds from ${begins}, when there was no such rule` } }] : []
  return [...start, ...paramsBack(policy, today, old), ...rowsBack(policy, today, old)]
}

function paramsBack(policy: Policy, today: number, old: (on: number) => Policy | undefined): PastChange[] {
  return [...policy.params.values()].flatMap((param) => param.values.flatMap((value): PastChange[] => {
    const before = old(Math.max(value.from, 0))?.params.get(param.name)?.values.filter((one) => one.from <= value.from).at(-1)
    if (value.from >= today || before === undefined || before.value === value.value) return []
    const label = param.label ?? { zh: param.name, en: param.name }
    return [{ from: dayOf(value.from), text: { zh: `“${label.zh}”自 ${dayOf(value.from)} 起改变`, en: `"${label.en}" changes from ${dayOf(value.from)}` } }]
  }))
}

/** Rows with a first or last day gone by that the law of that day does not have. */
function rowsBack(policy: Policy, today: number, old: (on: number) => Policy | undefined): PastChange[] {
  return policy.rows.flatMap((row) => [row.from, row.to === undefined ? undefined : row.to + 1].flatMap((day): PastChange[] => {
    if (day === undefined || day >= today) return []
    const law = old(Math.max(day, 0))
    if (law === undefined || law.rows.some((one) => one.id === row.id && one.from === row.from && one.to === row.to)) return []
    const label = row.label ?? { zh: row.id, en: row.id }
    return [{ from: dayOf(day), text: { zh: `“${label.zh}”这一行自 ${dayOf(day)} 起改变`, en: `Row "${label.en}" changes from ${dayOf(day)}` } }]
  }))
}

export interface Arrears {
  readonly months: { readonly month: Month; readonly owedFen: number; readonly backFen: number; readonly people: number }[]
  readonly owedFen: number
  readonly backFen: number
  /** People owed or owing in any of the months, each once. */
  readonly people: number
  /** False: no month was worked out, and 0 means nothing. */
  readonly computed: boolean
  /** Why not, or which months are left out. */
  readonly reason: Bilingual | null
  /** First month that was left out because there are too many. */
  readonly cutFrom: Month | null
}

const MOST_MONTHS = 60

/** What is paid by use or once is not owed by the month: old months say nothing of how often it was used, and each would owe the one payment again. */
const NOT_BY_MONTH: Readonly<Partial<Record<Pay['cycle'], Bilingual>>> = {
  use: { zh: '按次付的待遇算不出补发和追回：过去每月用了几次不在规则里，请按使用记录另算', en: 'arrears of what is paid by use cannot be worked out from rules: take them from the records of use' },
  once: { zh: '一次性待遇不按月算补发和追回，请按发放记录逐人核对', en: 'arrears of a one-off payment are not worked out by the month: check them person by person against what was paid' },
}
const NO_PAY: Bilingual = { zh: '政策没有写按什么周期付，算不出补发和追回', en: 'the rule does not say how it is paid, so arrears cannot be worked out' }

/** [L9] For every whole month gone by since the first day: what the new rules owe more and less than the old ones, person by person, to those who draw or could have drawn. */
export async function arrearsOf(tx: Tx, policy: Policy, from: Day, question: Pick<Question, 'place'>): Promise<Arrears> {
  const none = (reason: Bilingual): Arrears => ({ months: [], owedFen: 0, backFen: 0, people: 0, computed: false, reason, cutFrom: null })
  const why = policy.pay === undefined ? NO_PAY : NOT_BY_MONTH[policy.pay.cycle]
  if (why !== undefined) return none(why)
  const change = await inForceFrom(tx, policy, from)
  const months: Arrears['months'][number][] = []
  const people = new Set<string>()
  let month = monthOf(from)
  for (; month < monthOf(tx.today) && months.length < MOST_MONTHS; month = monthAfter(month)) {
    const answer = await monthFigures(tx, { change }, question, month)
    if (answer === null) return none({ zh: `${month} 的规则和这份文本合不到一起，算不出补发和追回`, en: `the rules of ${month} and this text do not fit together, so arrears cannot be worked out` })
    months.push({ month, owedFen: answer.gainFen, backFen: answer.lossFen, people: answer.winners + answer.losers })
    for (const lot of ['winner', 'loser'] as const) for (const one of answer.list(lot)) people.add(one.elderId)
  }
  const sum = (key: 'owedFen' | 'backFen'): number => months.reduce((total, one) => total + one[key], 0)
  const cutFrom = month < monthOf(tx.today) ? month : null
  const reason = cutFrom === null ? null : { zh: `只算了最早的 ${MOST_MONTHS} 个月，${cutFrom} 起没有算在内`, en: `only the first ${MOST_MONTHS} months were worked out; from ${cutFrom} on nothing is included` }
  return { months, owedFen: sum('owedFen'), backFen: sum('backFen'), people: people.size, computed: true, reason, cutFrom }
}

export function unreadable(): Refused<'lab.unreadable'> {
  return refuse('lab.unreadable')
}

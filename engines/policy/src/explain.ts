import { dayNumber, dayOf } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { outcomeOf, Timeline } from './ahead.ts'
import type { Answer, Outcome, Turn } from './ahead.ts'
import { ABSENT, decodeFact, isKnown } from './facts.ts'
import type { FactValue } from './facts.ts'
import { usesOf } from './ir.ts'
import type { Cond } from './ir.ts'
import { nearestMiss } from './miss.ts'
import type { ChangeKind } from './miss.ts'
import { encodePerson, STACK_UNKNOWN } from './person.ts'
import type { Evaluation, FactInput, FactRecord, Person, Tri } from './person.ts'
import { payMonths } from './pay.ts'
import type { PayMonths } from './pay.ts'
import type { Clause, Policy, StackKind } from './policy.ts'
import { Printer, valueText } from './print.ts'
import { missingIn, missingOf, rowIds } from './rows.ts'
import { itemIndex, paramOf } from './set.ts'
import type { PlannedItem, PolicySet } from './set.ts'
import { standingOf } from './standing.ts'
import type { Standing } from './standing.ts'
import { LANGS } from './words.ts'
import type { Bilingual } from './yaml.ts'

export interface FactShown { fact: string; label: Bilingual; value: FactValue; known: boolean; actual: Bilingual; source?: string; validFrom?: Day; recordedAt?: string; sensitive: boolean }
export interface ConditionLine { /** `let` name. */ name?: string; verdict: Answer; required: Bilingual; facts: FactShown[]; /** Conditions inside, where the line joins several. */ parts: ConditionLine[] }
export interface ParamShown { name: string; label: Bilingual; unit?: string; value: number | null; from?: Day; basis: Clause[]; sample: boolean }
export interface StackShown { kind: StackKind; reason?: Bilingual; others: { item: string; title: Bilingual; amountFen: number }[]; limitFen?: number; basis: Clause[] }
export interface ChangeShown { fact: string; label: Bilingual; from: FactValue; to: FactValue; toText: Bilingual; kind: ChangeKind; on?: Day; years?: number }
export interface TurnShown { on: Day; answer: Answer; row: string | null; amountFen: number; standing: Standing }

/** `notInForce` here on this day · `noRow` of the table in force on this day · `noValue` of a parameter on this day · `recordStands` what is on record cannot be undone or contradicts itself. */
export interface NoWay { reason: 'notInForce' | 'noRow' | 'noValue' | 'recordStands'; param?: Bilingual }

export interface Explanation {
  item: string
  title: Bilingual
  kind: Policy['kind'] | null
  service?: Bilingual
  listItem?: number
  at: Day
  region: string
  /** Null: not in force here on this day. */
  policy: { region: string; version: number; effectiveFrom: Day } | null
  answer: Answer
  standing: Standing
  rows: string[]
  /** Row the conditions below are of: the one that holds, else the one that waits, else the nearest. */
  shownRow: string | null
  /** Rows that hold beside the first where only one may (`hit: unique`). */
  overlap: string[]
  /** Fen before and after stacking; `amountOpen`: a missing fact could still lead to another row. */
  rawFen: number
  amountFen: number
  unit: string
  amountOpen: boolean
  params: ParamShown[]
  conditions: ConditionLine[]
  missing: { fact: string; label: Bilingual; ask?: Bilingual }[]
  nearest: { row: string; changes: ChangeShown[] } | null
  /** Why nothing could be changed to make it yes; null where `nearest` says what, or the answer is yes. */
  noWay: NoWay | null
  /** First day within the horizon on which a no becomes a yes by itself. */
  turnsYes: Day | null
  stack: StackShown | null
  since: Day | null
  pay: PayMonths | null
  ahead: TurnShown[]
  basis: Clause[]
  sample: boolean
}

export interface ExplainOptions {
  /** How far ahead turns are looked for; default 730 days. */
  horizonDays?: number
  /** Day of the application, for `start: applicationMonth`. */
  appliedOn?: Day
}

/** Everything about one item for one person on one day, in a form that can be stored; `sentences` and `tableRows` put it into words. */
export function explain(set: PolicySet, region: string, itemId: string, facts: FactInput | Person, at: Day, options: ExplainOptions = {}): Explanation {
  const person = isPerson(facts) ? facts : encodePerson(set, facts)
  const line = new Timeline(set, region, person, itemIndex(set, itemId))
  return new Explainer(line, dayNumber(at), options).make()
}

function isPerson(x: FactInput | Person): x is Person {
  return 'values' in x && x.values instanceof Map
}

class Explainer {
  private readonly line: Timeline
  private readonly at: number
  private readonly options: ExplainOptions
  private readonly ev: Evaluation
  private readonly outcome: Outcome
  private readonly item: PlannedItem | undefined
  private readonly words: Record<'zh' | 'en', Printer> | undefined

  constructor(line: Timeline, at: number, options: ExplainOptions) {
    this.line = line
    this.at = at
    this.options = options
    this.ev = line.evaluate(at)
    this.outcome = outcomeOf(this.ev, line.item)
    this.item = this.ev.plan.byIndex[line.item]
    const policy = this.item?.policy
    if (policy !== undefined) this.words = { zh: new Printer(this.ev, policy, 'zh'), en: new Printer(this.ev, policy, 'en') }
  }

  make(): Explanation {
    const { set, region } = this.line
    const id = set.items[this.line.item]!
    const policy = this.item?.policy
    const ahead = this.line.turns(this.at, this.at + (this.options.horizonDays ?? 730))
    const since = this.outcome.answer === 'yes' ? this.line.since(this.at) : null
    const shown = this.item === undefined ? null : this.shownRow(this.item)
    const any = policy ?? set.policies.find(p => p.id === id)!
    const yes = ahead.findIndex((t, i) => t.answer === 'yes' && (i === 0 ? this.outcome.answer : ahead[i - 1]!.answer) === 'no')
    return {
      item: id, title: any.title, kind: policy?.kind ?? null, at: dayOf(this.at), region,
      ...(policy?.service === undefined ? {} : { service: policy.service }), ...(any.listItem === undefined ? {} : { listItem: any.listItem }),
      policy: policy === undefined ? null : { region: policy.region, version: policy.version, effectiveFrom: dayOf(policy.effective.from) },
      answer: this.outcome.answer, standing: this.standing(ahead), unit: any.unit,
      rows: policy === undefined ? [] : rowIds(policy, this.outcome.code), overlap: this.overlap(),
      rawFen: this.outcome.raw, amountFen: this.outcome.amount, amountOpen: this.outcome.code > 0 && this.outcome.code !== this.outcome.possible,
      ...this.ofRow(shown), noWay: shown?.nearest ? null : this.noWay(), turnsYes: yes < 0 ? null : dayOf(ahead[yes]!.on), missing: this.missing(), stack: this.stack(), since: since === null ? null : dayOf(since),
      pay: policy?.pay === undefined || since === null ? null : payMonths(policy.pay, since, this.ends(ahead), this.options.appliedOn),
      ahead: ahead.map(t => this.turn(t)),
    }
  }

  private enjoying(day: number): boolean {
    const v = this.ev.value(`benefit.${this.line.set.items[this.line.item]!}`)
    return v > ABSENT && v <= day
  }

  private standing(ahead: readonly Turn[]): Standing {
    const s = this.line.set.facts.has(`benefit.${this.line.set.items[this.line.item]!}`) ? standingOf(this.outcome, this.enjoying(this.at)) : standingOf(this.outcome, false)
    return s === 'no' && ahead.some(t => t.answer === 'yes') ? 'notYet' : s
  }

  private ends(ahead: readonly Turn[]): number | null {
    return ahead.find(t => t.answer !== 'yes' || (t.stack !== 0 && t.stack !== STACK_UNKNOWN && t.amount === 0))?.on ?? null
  }

  private turn(t: Turn): TurnShown {
    const policy = this.line.evaluate(t.on).plan.byIndex[this.line.item]?.policy
    return { on: dayOf(t.on), answer: t.answer, row: policy === undefined ? null : rowIds(policy, t.code)[0] ?? null, amountFen: t.amount, standing: standingOf(t, false) }
  }

  private shownRow(item: PlannedItem): { row: PlannedItem['rows'][number] | undefined; nearest: Explanation['nearest'] } {
    const first = (code: number): PlannedItem['rows'][number] | undefined => item.rows.find(r => (item.policy.hit === 'sum' ? (r.code & code) !== 0 : r.code === code))
    if (this.outcome.answer === 'yes') return { row: first(this.outcome.code), nearest: null }
    const miss = nearestMiss(this.ev, item, 'answer')
    const row = this.outcome.code > 0 ? first(this.outcome.code) : this.outcome.possible > 0 ? first(this.outcome.possible) : item.rows.find(r => r.code === miss?.code) ?? item.rows[0]
    return { row, nearest: miss && { row: miss.row, changes: miss.changes.map(c => this.change(c)) } }
  }

  private noWay(): NoWay | null {
    if (this.outcome.answer === 'yes') return null
    const { policy, rows } = this.item ?? { rows: [] }
    if (policy === undefined) return { reason: 'notInForce' }
    if (rows.length === 0) return { reason: 'noRow' }
    const read = usesOf(rows.map(r => r.row.when), rows.map(r => r.row.amount)).params
    const open = [...read].find(name => paramOf(policy, name, this.at).entry === undefined)
    return open === undefined ? { reason: 'recordStands' } : { reason: 'noValue', param: policy.params.get(open)!.label ?? { zh: open, en: open } }
  }

  private change(c: { fact: string; from: number; to: number; kind: ChangeKind; on?: number }): ChangeShown {
    const def = this.ev.def(c.fact)
    const shown: ChangeShown = { fact: c.fact, label: def.label, from: decodeFact(def, c.from), to: decodeFact(def, c.to), toText: both(l => valueText(def, c.to, l)), kind: c.kind }
    if (c.on !== undefined) shown.on = dayOf(c.on)
    if (c.fact === 'birth' && c.on !== undefined) shown.years = yearsBetween(c.from, c.on)
    return shown
  }

  private ofRow(shown: { row: PlannedItem['rows'][number] | undefined; nearest: Explanation['nearest'] } | null): Pick<Explanation, 'shownRow' | 'conditions' | 'params' | 'nearest' | 'basis' | 'sample'> {
    const row = shown?.row?.row
    const policy = this.item?.policy
    if (row === undefined || policy === undefined) return { shownRow: null, conditions: [], params: [], nearest: shown?.nearest ?? null, basis: [], sample: policy?.sample ?? false }
    const uses = usesOf([row.when], [row.amount])
    const params = [...uses.params].map(name => this.param(policy, name))
    const parts = row.when.t === 'all' ? row.when.k : row.when.t === 'true' ? [] : [row.when]
    return {
      shownRow: row.id, nearest: shown!.nearest, params, conditions: parts.map(c => this.condition(c, true)),
      basis: dedupe([...row.basis, ...params.flatMap(p => p.basis)]), sample: row.sample || params.some(p => p.sample),
    }
  }

  private param(policy: Policy, name: string): ParamShown {
    const { param, entry } = paramOf(policy, name, this.at)
    const shown: ParamShown = { name, label: param.label ?? { zh: name, en: name }, value: entry?.value ?? null, basis: entry?.basis ?? [], sample: entry?.sample ?? false }
    if (param.unit !== undefined) shown.unit = param.unit
    if (entry !== undefined) shown.from = dayOf(entry.from)
    return shown
  }

  /** One line of the table; negations are carried down to the leaves so that every line says what is required. */
  private condition(c: Cond, wanted: boolean): ConditionLine {
    if (c.t === 'not') return this.condition(c.k, !wanted)
    if (c.t === 'named') {
      const inner = this.condition(c.k, wanted)
      return wanted ? { ...inner, name: c.name } : inner
    }
    const v = this.ev.cond(c, this.item!.policy)
    const verdict = answerOf(wanted || v === 2 ? v : v === 1 ? 0 : 1)
    const parts = c.t === 'all' || c.t === 'any' ? c.k.map(k => this.condition(k, wanted)) : []
    const uses = usesOf([c])
    const facts = [...uses.facts].map(f => this.fact(f, f === 'birth' && uses.age))
    return { verdict, required: both(l => this.words![l].cond(c, wanted)), facts, parts }
  }

  private fact(f: string, asAge: boolean): FactShown {
    const def = this.ev.def(f)
    const v = this.ev.value(f)
    const record: FactRecord | undefined = isKnown(def, v) ? this.ev.person.records.get(f) : undefined
    const shown: FactShown = { fact: f, label: def.label, value: decodeFact(def, v), known: isKnown(def, v), actual: both(l => this.words![l].actual(f, asAge)), sensitive: def.sensitive }
    for (const key of ['source', 'validFrom', 'recordedAt'] as const) if (record?.[key] !== undefined) shown[key] = record[key]
    return shown
  }

  private missing(): Explanation['missing'] {
    if (this.item === undefined || (this.outcome.answer !== 'unknown' && this.outcome.code === this.outcome.possible)) return []
    const found = new Set(this.outcome.code === this.outcome.possible ? [] : missingOf(this.ev, this.item))
    if (this.outcome.stack === STACK_UNKNOWN) for (const s of this.item.policy.stacking) if (s.when !== undefined) missingIn(this.ev, s.when, this.item.policy, found)
    return [...found].map(f => {
      const def = this.ev.def(f)
      return { fact: f, label: def.label, ...(def.ask === undefined ? {} : { ask: def.ask }) }
    })
  }

  private overlap(): string[] {
    if (this.item?.policy.hit !== 'unique') return []
    const holding = this.item.rows.filter(r => this.ev.row(r, this.item!.policy) === 1).map(r => r.row.id)
    return holding.length > 1 ? holding : []
  }

  private stack(): StackShown | null {
    const { stack } = this.outcome
    const planned = stack === 0 || stack === STACK_UNKNOWN ? undefined : this.ev.plan.rules[stack - 1]
    if (planned === undefined) return null
    const { rule, policy } = planned
    const others = planned.items.filter(i => i !== this.line.item && this.ev.results.sure[i]! > 0 && (this.ev.results.amount[i]! > 0 || this.ev.results.stack[i] === 0))
    const shown: StackShown = {
      kind: rule.kind, basis: rule.basis,
      others: others.map(i => ({ item: this.line.set.items[i]!, title: this.ev.plan.byIndex[i]!.policy.title, amountFen: this.ev.results.amount[i]! })),
    }
    if (rule.text !== undefined) shown.reason = rule.text
    if (rule.limit !== undefined) shown.limitFen = this.ev.num(rule.limit, policy)
    return shown
  }
}

function answerOf(v: Tri): Answer {
  return v === 2 ? 'unknown' : v === 1 ? 'yes' : 'no'
}

function both(text: (lang: 'zh' | 'en') => string): Bilingual {
  const [zh, en] = LANGS.map(text) as [string, string]
  return { zh, en }
}

function dedupe(clauses: readonly Clause[]): Clause[] {
  const seen = new Set<string>()
  return clauses.filter(c => {
    const key = `${c.doc}\n${c.article ?? ''}\n${c.id}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function yearsBetween(birth: number, day: number): number {
  return Number(dayOf(day).slice(0, 4)) - Number(dayOf(birth).slice(0, 4))
}

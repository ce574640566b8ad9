import { dayOf, monthOf } from '@songbai/calendar'
import type { Month } from '@songbai/calendar'
import { ABSENT } from './facts.ts'
import { NO_DAY } from './history.ts'
import type { Interval } from './history.ts'
import { DUE, frameOf, HOW, LEAVING, rounded } from './month-pay.ts'
import type { DueCode, Leaving, MonthFrame } from './month-pay.ts'
import type { MonthOptions } from './month.ts'
import { payMonths } from './pay.ts'
import { Evaluation, STACK_UNKNOWN } from './person.ts'
import type { Pay } from './policy.ts'
import { forRegion } from './set.ts'
import type { PolicySet } from './set.ts'

export interface PersonDue { item: string; amountFen: number; days: number; code: DueCode; drawingSince: number | null }

interface OneDay { day: number; how: number; fen: number; reduced: boolean }

/**
 * The slow, plain reader of a month: every day from the first of the month before to the day after the month is evaluated, the spells of each amount are
 * found, and each is asked for its months by `payMonths`. The columns (`dueForMonth`) must say the same.
 */
export function dueForPerson(set: PolicySet, region: string, history: readonly Interval[], month: Month, options: MonthOptions = {}): PersonDue[] {
  const reader = new MonthReader(set, region, history, month, options)
  return set.items.map((_, j) => reader.item(j))
}

class MonthReader {
  private readonly set: PolicySet
  private readonly region: string
  private readonly history: readonly Interval[]
  private readonly month: Month
  private readonly options: MonthOptions
  private readonly m: MonthFrame
  private readonly days: readonly OneDay[][]

  constructor(set: PolicySet, region: string, history: readonly Interval[], month: Month, options: MonthOptions) {
    this.set = set
    this.region = region
    this.history = history
    this.month = month
    this.options = options
    this.m = frameOf(month)
    const m = this.m
    const gone = departure(day => this.facts(day), options.leaving ?? LEAVING, m, set)
    this.days = Array.from({ length: m.last + 1 - m.before + 1 }, (_, k) => evaluateDay(set, region, day => this.facts(day), m.before + k, m, gone))
  }

  private facts(day: number): Map<string, number> {
    return factsOn(this.history, day, this.options.knownOn ?? NO_DAY - 1)
  }

  item(j: number): PersonDue {
    const { m, set } = this
    const item = set.items[j]!
    const since = [m.last, m.first].map(day => this.facts(day).get(`benefit.${item}`) ?? ABSENT).find(v => v > ABSENT) ?? ABSENT
    const drawingSince = since > ABSENT && since <= m.last ? since : null
    const seen = this.days.map(d => d[j]!)
    const inMonth = seen.filter(d => d.day >= m.first && d.day <= m.last)
    const pay = [...Array(m.length).keys()].map(k => forRegion(set, this.region, m.last - k).byIndex[j]?.policy).find(p => p !== undefined)?.pay
    return { item, drawingSince, ...owed(seen, inMonth, pay, m, this.month, drawingSince, this.options.applied === 'all', () => this.paidEarlier(j)) }
  }

  private paidEarlier(j: number): boolean {
    if (this.month.endsWith('-01')) return false
    const { code } = new MonthReader(this.set, this.region, this.history, monthOf(dayOf(this.m.before)), this.options).item(j)
    const place = DUE[code]
    return code === 'paidBefore' || (place >= DUE.full && place <= DUE.after)
  }
}

function factsOn(history: readonly Interval[], day: number, known: number): Map<string, number> {
  const open = history.filter(p => p.from <= day && day < p.to && p.recorded <= known && known < p.superseded).sort((a, b) => a.from - b.from || a.recorded - b.recorded)
  return new Map(open.map(p => [p.fact, p.value]))
}

function departure(facts: (day: number) => Map<string, number>, leaving: readonly Leaving[], m: MonthFrame, set: PolicySet): { on: number; how: number } {
  const needsNext = set.policies.some(p => p.pay?.end === 'monthBefore')
  const values = facts(needsNext ? m.last + 1 : m.last)
  return leaving.reduce((found, { fact, code, lastDay }) => {
    const v = values.get(fact) ?? ABSENT
    const on = v <= ABSENT ? NO_DAY : lastDay === 'same' ? v + 1 : v
    return on < found.on ? { on, how: HOW[code] } : found
  }, { on: NO_DAY, how: 0 })
}

function evaluateDay(set: PolicySet, region: string, facts: (day: number) => Map<string, number>, day: number, m: MonthFrame, gone: { on: number; how: number }): OneDay[] {
  const plan = forRegion(set, region, day, Math.min(Math.max(day, m.first), m.last))
  const r = new Evaluation(plan, { values: facts(day), records: new Map() }).all().results
  return set.items.map((_, j) => {
    const [sure, possible, stack, fen] = [r.sure[j]!, r.possible[j]!, r.stack[j]!, r.amount[j]!]
    const displaced = stack !== 0 && stack !== STACK_UNKNOWN && fen === 0
    const how = day >= gone.on ? gone.how : sure === 0 ? (possible > 0 ? HOW.unknown : HOW.no) : stack === STACK_UNKNOWN ? HOW.unknown
      : !displaced ? HOW.stands : plan.rules[stack - 1]!.rule.kind === 'suspend' ? HOW.suspended : HOW.displaced
    return { day, how, fen: how === HOW.stands ? fen : -1, reduced: stack !== 0 }
  })
}

/** Spells of days with at least `fen`, as `payMonths` takes them: a spell that runs to the end of what was looked at is open. */
function spellsOf(days: readonly OneDay[], fen: number): { since: number; ends: number | null }[] {
  const out: { since: number; ends: number | null }[] = []
  days.forEach((d, k) => {
    if (d.fen < fen) return
    const before = days[k - 1]
    if (before === undefined || before.fen < fen) out.push({ since: d.day, ends: d.day + 1 })
    out.at(-1)!.ends = k === days.length - 1 ? null : d.day + 1
  })
  return out
}

/** [S81] The highest amount of which some spell is paid in the month. */
function paidLevel(days: readonly OneDay[], pay: Pay, month: Month): number {
  const rule: Pay = pay.start === 'applicationMonth' ? { ...pay, start: 'eventMonth' } : pay
  const levels = [...new Set(days.map(d => d.fen))].filter(fen => fen >= 0).sort((a, b) => b - a)
  return levels.find(fen => spellsOf(days, fen).some(({ since, ends }) => {
    const { first, last } = payMonths(rule, since, ends)
    return first! <= month && (last === null || month <= last)
  })) ?? -1
}

/** The amount one day of the month counts with: that of a spell which has begun by then, and which is paid to the end of the month or holds on the day itself. */
function levelOn(days: readonly OneDay[], day: number, pay: Pay, m: MonthFrame, month: Month): number {
  const upTo = days.filter(d => d.day <= day || pay.end === 'monthBefore')
  const levels = [...new Set(days.map(d => d.fen))].filter(fen => fen >= 0).sort((a, b) => b - a)
  return levels.find(fen => spellsOf(upTo, fen).some(({ since, ends }) => {
    if (since > day || (pay.start === 'nextMonth' && since >= m.first)) return false
    if (pay.end === 'eventMonth') return ends === null || ends > day
    const { last } = payMonths(pay, since, ends)
    return last === null || month <= last
  })) ?? -1
}

function owed(days: readonly OneDay[], inMonth: readonly OneDay[], pay: Pay | undefined, m: MonthFrame, month: Month, applied: number | null, open: boolean, paidEarlierThisYear: () => boolean): { amountFen: number; days: number; code: DueCode } {
  const held = inMonth.filter(d => d.how === HOW.stands).length
  if (held > 0 && pay === undefined) return { amountFen: 0, days: held, code: 'noPay' }
  if (held > 0 && pay?.cycle === 'use') return { amountFen: 0, days: held, code: 'perUse' }
  const nothing = (code: DueCode): { amountFen: number; days: number; code: DueCode } => ({ amountFen: 0, days: 0, code })
  const why = (): DueCode => notOwed(days, inMonth, pay, m)
  if (pay === undefined || pay.cycle === 'use') return nothing(why())
  const level = paidLevel(days, pay, month)
  if (level < 0) return nothing(why())
  if (pay.start === 'applicationMonth' && applied === null && !open) return nothing('notApplied')
  if (pay.cycle === 'once' && applied !== null && applied < m.first) return nothing('paidBefore')
  if (pay.cycle === 'year' && paidEarlierThisYear()) return nothing('paidBefore')
  const byDays = pay.prorate === 'days'
  const levels = inMonth.filter(d => !(byDays && pay.start === 'applicationMonth' && applied !== null && d.day < applied)).map(d => levelOn(days, d.day, pay, m, month)).filter(fen => fen >= 0)
  if (byDays && levels.length === 0) return nothing(why())
  const fen = byDays ? Math.floor(levels.reduce((sum, x) => sum + x, 0) / m.length) : level
  return { amountFen: rounded(fen, pay), days: levels.length, code: whyOwed(inMonth, level) }
}

function whyOwed(inMonth: readonly OneDay[], level: number): DueCode {
  const [first, last] = [inMonth[0]!, inMonth.at(-1)!]
  if (inMonth.every(d => d.how !== HOW.stands)) return 'after'
  switch (last.how) {
    case HOW.died: return 'died'
    case HOW.moved: return 'moved'
    case HOW.suspended: return 'suspendedSince'
    case HOW.displaced: return 'displacedSince'
    case HOW.stands: break
    default: return 'ended'
  }
  if (first.how !== HOW.stands) return 'began'
  return inMonth.some(d => d.fen !== level) ? 'changed' : last.reduced ? 'reduced' : 'full'
}

function notOwed(days: readonly OneDay[], inMonth: readonly OneDay[], pay: Pay | undefined, m: MonthFrame): DueCode {
  const saw = (how: number): boolean => inMonth.some(d => d.how === how)
  if (saw(HOW.stands)) return pay?.start === 'nextMonth' && days.find(d => d.day === m.first - 1)!.how !== HOW.stands ? 'waits' : 'over'
  if (saw(HOW.suspended)) return 'suspended'
  if (saw(HOW.displaced)) return 'displaced'
  if (saw(HOW.unknown)) return 'unknown'
  return saw(HOW.died) || saw(HOW.moved) ? 'gone' : 'no'
}

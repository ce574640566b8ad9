import { dayNumber, dayOf, latestBirthFor } from '@songbai/calendar'
import { lastExpired } from './days.ts'
import { ABSENT, UNKNOWN } from './facts.ts'
import type { FactDef } from './facts.ts'
import { share, usesOf } from './ir.ts'
import type { Compare, Cond, Num } from './ir.ts'
import type { Policy } from './policy.ts'
import { paramOf } from './set.ts'
import type { Plan, PlannedItem } from './set.ts'

/**
 * The fast reader: a condition becomes one JavaScript expression over the locals of a loop, once for "holds for sure" and once for "may hold".
 * Day, parameters and thresholds are constants of the text; `age >= 80` is one comparison of birth days.
 *
 * Missing values need no validity bits: a missing code is 31 and a missing day or number the least int32, so "sure" comes out false by itself wherever the
 * comparison allows, and "may hold" tests one more bit or one more equality. `!` swaps the two.
 */
export type Pass = 'sure' | 'may'
const other = (pass: Pass): Pass => (pass === 'sure' ? 'may' : 'sure')

export const GREATEST = 2_147_483_647
/** The local of a fact in which missing is greater than anything. */
export const highName = (local: string): string => `${local}h`

/** A number used in generated text: unknown and absent stay what they are. */
const lit = (v: number): string => (v < 0 ? `(${v})` : String(v))

export class Writer {
  private plan: Plan
  /** Numbers that hang on the day, the place or the version of a parameter. They stand beside the text, so that plans of one shape share one compiled loop. */
  private readonly constants: (() => number)[] = []
  private readonly places = new Map<string, number>()
  private readonly local: (fact: string) => string
  /** Facts asked whether they are below something: for those a second local stands ready in which missing is the greatest number. */
  readonly below = new Set<string>()

  constructor(plan: Plan, local: (fact: string) => string) {
    this.plan = plan
    this.local = local
  }

  cond(c: Cond, policy: Policy, pass: Pass): string {
    switch (c.t) {
      case 'true': return 'true'
      case 'named': return this.cond(c.k, policy, pass)
      case 'not': return `!${this.cond(c.k, policy, other(pass))}`
      case 'all': return `(${c.k.map(k => this.cond(k, policy, pass)).join('&&')})`
      case 'any': return `(${c.k.map(k => this.cond(k, policy, pass)).join('||')})`
      case 'yes': return pass === 'sure' ? `(${this.local(c.f)}===1)` : `(${this.local(c.f)}!==0)`
      case 'in': return this.inMask(c.f, pass === 'sure' ? c.mask : c.mask | (1 << 31))
      case 'member': return pass === 'sure' ? `(${this.local(c.f)}!==${UNKNOWN}&&(${this.local(c.f)}>>>${c.code}&1)===1)` : `(${this.local(c.f)}===${UNKNOWN}||(${this.local(c.f)}>>>${c.code}&1)===1)`
      case 'has': return this.has(c.f)
      case 'cmp': return this.compare(c, policy, pass)
      case 'within': return this.within(c, policy, pass)
      case 'item': {
        const i = this.plan.set.items.indexOf(c.item)
        return this.plan.byIndex[i] === undefined ? 'false' : `(${pass === 'sure' ? 's' : 'p'}${i}!==0)`
      }
    }
  }

  /** A local that holds a number of the plan; equal names are one local. What is missing changes the text itself and is written out. */
  private slot(value: () => number, name: string): string {
    const v = value()
    if (v <= ABSENT || v >= GREATEST || !Number.isInteger(v)) return lit(v)
    const place = this.places.get(name) ?? this.constants.push(value) - 1
    this.places.set(name, place)
    return `q${place}`
  }

  get constantCount(): number {
    return this.constants.length
  }

  /** The numbers for another day of the same plan. */
  constantsFor(plan: Plan): Int32Array {
    this.plan = plan
    return Int32Array.from(this.constants, value => value())
  }

  /** A number worked out beforehand: written out when nothing but the rule decides it. */
  private known(n: Num, v: number, policy: Policy): string {
    return n.t === 'const' ? lit(v) : this.slot(() => this.constant(n, policy)!, n.t === 'param' ? `${policy.id} ${n.name}` : `${policy.id} ${JSON.stringify(n)}`)
  }

  private def(f: string): FactDef {
    return this.plan.set.facts.get(f)!
  }

  private inMask(f: string, mask: number): string {
    const single = 31 - Math.clz32(mask)
    return mask === 1 << single ? `(${this.local(f)}===${single})` : `((${lit(mask)}>>>${this.local(f)}&1)===1)`
  }

  private has(f: string): string {
    const { type } = this.def(f)
    return type === 'bool' ? `(${this.local(f)}!==2)` : type === 'code' ? `(${this.local(f)}<30)` : `(${this.local(f)}>${ABSENT})`
  }

  /** Parameters and arithmetic of constants, worked out now; null when it depends on the person. */
  private constant(n: Num, policy: Policy): number | null {
    switch (n.t) {
      case 'const': return n.v
      case 'today': return this.plan.at
      case 'param': return paramOf(policy, n.name, this.plan.law).entry?.value ?? UNKNOWN
      case 'fact': case 'age': case 'choice': case 'itemAmount': return null
      case 'share': {
        const [x, num, den] = [this.constant(n.x, policy), this.constant(n.num, policy), this.constant(n.den, policy)]
        if (x === null || num === null || den === null) return null
        return [x, num, den].includes(UNKNOWN) ? UNKNOWN : [x, num, den].includes(ABSENT) ? ABSENT : share(x, num, den) ?? ABSENT
      }
      default: {
        const [a, b] = [this.constant(n.a, policy), this.constant(n.b, policy)]
        if (a === null || b === null) return null
        if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN
        if (a === ABSENT || b === ABSENT) return ABSENT
        return n.t === 'sum' ? a + b : n.t === 'diff' ? a - b : n.t === 'prod' ? a * b : n.t === 'min' ? Math.min(a, b) : Math.max(a, b)
      }
    }
  }

  private compare(c: Extract<Cond, { t: 'cmp' }>, policy: Policy, pass: Pass): string {
    const [a, b] = [this.constant(c.a, policy), this.constant(c.b, policy)]
    if (b !== null && b > ABSENT && c.a.t === 'age') return this.ageCompare(c.op, b, pass, `${c.b.t === 'const' ? c.b.v : `${policy.id} ${JSON.stringify(c.b)}`}`)
    if (b !== null && b > ABSENT && c.a.t === 'fact') return this.plain(c.a.f, c.op, this.known(c.b, b, policy), pass)
    const [x, y] = [a === null ? this.num(c.a, policy) : this.known(c.a, a, policy), b === null ? this.num(c.b, policy) : this.known(c.b, b, policy)]
    return `cmp${pass}(${x},${y},'${c.op}')`
  }

  /** A column against a constant: the missing marks are the two least integers, so `>` is false for them by itself. */
  private plain(fact: string, op: Compare, v: string, pass: Pass): string {
    const x = this.local(fact)
    // Against the greatest number itself the second local would say yes for who is missing.
    const low = (op === '<' || op === '<=') && !(Number(v) >= GREATEST)
    if (low) this.below.add(fact)
    const sure = low ? `(${highName(x)}${op}${v})` : op === '!=' || op === '<' || op === '<=' ? `(${x}>${ABSENT}&&${x}${op === '!=' ? '!==' : op}${v})` : `(${x}${op === '==' ? '===' : op}${v})`
    return pass === 'sure' ? sure : `(${x}===${UNKNOWN}||${sure})`
  }

  /** `what` names the years asked for, so that equal questions share a local. */
  private ageCompare(op: Compare, years: number, pass: Pass, what: string): string {
    const bound = (n: number): string => this.slot(() => latestBirth(n, this.plan.at), `age ${n - years} ${what}`)
    switch (op) {
      case '>=': return this.plain('birth', '<=', bound(years), pass)
      case '>': return this.plain('birth', '<=', bound(years + 1), pass)
      case '<': return this.plain('birth', '>', bound(years), pass)
      case '<=': return this.plain('birth', '>', bound(years + 1), pass)
      case '==': return `(${this.ageCompare('>=', years, pass, what)}&&${this.ageCompare('<=', years, pass, what)})`
      case '!=': return `(${this.ageCompare('<', years, pass, what)}||${this.ageCompare('>', years, pass, what)})`
    }
  }

  private within(c: Extract<Cond, { t: 'within' }>, policy: Policy, pass: Pass): string {
    const x = this.local(c.f)
    const n = this.constant(c.n, policy)
    const at = this.slot(() => this.plan.at, 'today')
    if (n === null) return `within${pass}(${x},${this.num(c.n, policy)},'${c.unit}',${at})`
    if (n === UNKNOWN) return pass === 'sure' ? 'false' : 'true'
    if (n === ABSENT) return pass === 'sure' ? 'false' : `(${x}===${UNKNOWN})`
    // The limit is above ABSENT, so missing marks never pass.
    const expired = this.slot(() => Math.max(ABSENT + 1, lastExpired(this.plan.at, n, c.unit)), `within ${c.unit} ${c.n.t === 'const' ? n : `${policy.id} ${JSON.stringify(c.n)}`}`)
    const sure = `(${x}>${expired}&&${x}<=${at})`
    return pass === 'sure' ? sure : `(${x}===${UNKNOWN}||${sure})`
  }

  /** An expression that yields an integer, UNKNOWN or ABSENT. */
  num(n: Num, policy: Policy): string {
    const known = this.constant(n, policy)
    if (known !== null) return this.known(n, known, policy)
    switch (n.t) {
      case 'fact': return this.local(n.f)
      case 'age': return `age(${this.local('birth')},atYmd)`
      case 'choice': return `(${this.cond(n.c, policy, 'sure')}?${this.num(n.a, policy)}:${this.cond(n.c, policy, 'may')}?${UNKNOWN}:${this.num(n.b, policy)})`
      case 'share': return `share3(${this.num(n.x, policy)},${this.num(n.num, policy)},${this.num(n.den, policy)})`
      case 'itemAmount': {
        const i = this.plan.set.items.indexOf(n.item)
        return this.plan.byIndex[i] === undefined ? '0' : `(s${i}===p${i}?a${i}:${UNKNOWN})`
      }
      case 'sum': case 'diff': case 'prod': case 'min': case 'max': return `${n.t}2(${this.num(n.a, policy)},${this.num(n.b, policy)})`
      default: throw new Error(`constant ${n.t} was not folded`)
    }
  }

  /** Whether a row holds, its amount being known included. */
  row(r: PlannedItem['rows'][number], policy: Policy, pass: Pass): string {
    const when = this.cond(r.row.when, policy, pass)
    const known = this.constant(r.row.amount, policy)
    if (known !== null && known > ABSENT) return when
    const a = known === null ? this.num(r.row.amount, policy) : lit(known)
    return `(${when}&&${pass === 'sure' ? `${a}>${ABSENT}` : `${a}!==${ABSENT}`})`
  }

  amount(r: PlannedItem['rows'][number], policy: Policy): string {
    const known = this.constant(r.row.amount, policy)
    if (known === null) return `clip(${this.num(r.row.amount, policy)})`
    const clipped = Math.min(GREATEST, Math.max(0, known))
    return clipped === known ? this.known(r.row.amount, known, policy) : lit(clipped)
  }

  /** Whether nothing but missing facts can make the two passes differ. */
  paramsKnown(policy: Policy, conds: Iterable<Cond>, nums: Iterable<Num>): boolean {
    return [...usesOf(conds, nums).params].every(name => paramOf(policy, name, this.plan.law).entry !== undefined)
  }
}

/** Years beyond any life are cut to what the calendar can hold; the comparison does not change. */
function latestBirth(years: number, at: number): number {
  return dayNumber(latestBirthFor(Math.max(-1_000, Math.min(years, 1_900)), dayOf(at)))
}

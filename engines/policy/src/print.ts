import { ageOnYmd, dayOf, ymdOfDayNumber } from '@songbai/calendar'
import { ABSENT, decodeFact, isKnown, UNKNOWN } from './facts.ts'
import type { FactDef } from './facts.ts'
import { NEGATE } from './ir.ts'
import type { Compare, Cond, Num } from './ir.ts'
import type { Evaluation } from './person.ts'
import type { Policy } from './policy.ts'
import { paramOf } from './set.ts'
import { say } from './words.ts'
import type { Lang, Word } from './words.ts'

export function yuan(fen: number): string {
  const rest = Math.abs(fen) % 100
  return `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(rest).padStart(2, '0')}`
}

export function amountText(fen: number, unit: string, lang: Lang): string {
  return say(unit === '分/月' ? 'perMonth' : unit === '分/年' ? 'perYear' : unit === '分/次' ? 'perUse' : 'once', lang, { yuan: yuan(fen) })
}

/** A fact's value in words. */
export function valueText(def: FactDef, v: number, lang: Lang): string {
  if (!isKnown(def, v)) return say(v === ABSENT || (def.type === 'code' && v === 30) ? 'absent' : 'unknown', lang)
  switch (def.type) {
    case 'bool': return say(v === 1 ? 'yes' : 'no', lang)
    case 'code': return def.values[v]![lang]
    case 'codes': return def.values.filter((_, c) => ((v >>> c) & 1) === 1).map(x => x[lang]).join(say('comma', lang)) || say('absent', lang)
    case 'fen': return say('yuan', lang, { yuan: yuan(v) })
    case 'int': return `${v}${def.unit?.[lang] === undefined ? '' : (lang === 'en' ? ' ' : '') + def.unit[lang]}`
    default: return String(decodeFact(def, v))
  }
}

/** The reader for people: conditions and amounts of one policy in words. */
export class Printer {
  private readonly ev: Evaluation
  private readonly policy: Policy
  private readonly lang: Lang

  constructor(ev: Evaluation, policy: Policy, lang: Lang) {
    this.ev = ev
    this.policy = policy
    this.lang = lang
  }

  private say(word: Word, args: Record<string, string | number> = {}): string {
    return say(word, this.lang, args)
  }

  private label(f: string): string {
    const label = this.ev.def(f).label[this.lang]
    const item = f.startsWith('benefit.') ? f.slice('benefit.'.length) : undefined
    return item === undefined ? label : this.say('benefitOf', { label, title: this.itemTitle(item) })
  }

  cond(c: Cond, wanted = true): string {
    switch (c.t) {
      case 'true': return this.say('everybody')
      case 'named': return wanted ? this.cond(c.k, true) : this.cond(c.k, false)
      case 'not': return this.cond(c.k, !wanted)
      case 'all': case 'any': return c.k.map(k => (k.t === 'all' || k.t === 'any' ? `（${this.cond(k, wanted)}）` : this.cond(k, wanted))).join(this.say((c.t === 'all') === wanted ? 'and' : 'or'))
      case 'yes': return this.say(wanted ? 'fact' : 'notFact', { label: this.label(c.f) })
      case 'in': return this.say(wanted ? 'is' : 'isNot', { label: this.label(c.f), value: this.codes(c.f, c.mask) })
      case 'member': return this.say(wanted ? 'member' : 'notMember', { label: this.label(c.f), value: this.ev.def(c.f).values[c.code]![this.lang] })
      case 'has': return this.say(wanted ? 'has' : 'hasNot', { label: this.label(c.f) })
      case 'within': return this.within(c, wanted)
      case 'item': return this.say(wanted ? 'entitledTo' : 'notEntitledTo', { label: this.itemTitle(c.item) })
      case 'cmp': return this.compare(c, wanted)
    }
  }

  private codes(f: string, mask: number): string {
    return this.ev.def(f).values.filter((_, i) => ((mask >>> i) & 1) === 1).map(v => v[this.lang]).join(this.say('orWord'))
  }

  private within(c: Extract<Cond, { t: 'within' }>, wanted: boolean): string {
    const text = this.say(`within_${c.unit}`, { label: this.label(c.f), n: this.num(c.n) })
    return wanted ? text : this.say('notWithin', { text })
  }

  private itemTitle(id: string): string {
    return this.ev.plan.set.policies.find(p => p.id === id)?.title[this.lang] ?? id
  }

  private compare(c: Extract<Cond, { t: 'cmp' }>, wanted: boolean): string {
    const op = wanted ? c.op : NEGATE[c.op]
    if (c.a.t === 'age' && (op === '>=' || op === '<')) return this.say(op === '>=' ? 'ageAtLeast' : 'ageBelow', { n: this.num(c.b) })
    const word: Word = c.ty === 'day' || c.ty === 'month' ? (`day${op}` as `day${Compare}`) : op
    return `${this.num(c.a, c.ty)}${this.say(word)}${this.num(c.b, c.ty)}`
  }

  /** An expression in words; constants and parameters as values, money in yuan where the comparison is about money. */
  num(n: Num, ty: string = 'int'): string {
    const both = (a: Num, b: Num): { a: string; b: string } => ({ a: this.num(a, ty), b: this.num(b, ty) })
    switch (n.t) {
      case 'const': return this.plain(n.v, ty)
      case 'param': return this.plain(paramOf(this.policy, n.name, this.ev.plan.at).entry?.value ?? UNKNOWN, ty)
      case 'fact': return this.label(n.f)
      case 'age': return this.say('age')
      case 'today': return this.say('today')
      case 'itemAmount': return this.say('amountOf', { label: this.itemTitle(n.item) })
      case 'share': return this.say('share', { x: this.num(n.x, ty), num: this.num(n.num), den: this.num(n.den) })
      case 'choice': return this.say('choice', { c: this.cond(n.c), ...both(n.a, n.b) })
      case 'min': case 'max': return this.say(n.t, both(n.a, n.b))
      default: return `${this.num(n.a, ty)}${n.t === 'sum' ? '＋' : n.t === 'diff' ? '－' : '×'}${this.num(n.b, n.t === 'prod' ? 'int' : ty)}`
    }
  }

  private plain(v: number, ty: string): string {
    if (v <= ABSENT) return this.say('unknown')
    if (ty === 'day') return dayOf(v)
    if (ty === 'month') return `${Math.floor(v / 12)}-${String((v % 12) + 1).padStart(2, '0')}`
    return ty === 'fen' ? this.say('yuan', { yuan: yuan(v) }) : String(v)
  }

  /** What stands on record for a fact; the birth date also as an age where the condition is about age. */
  actual(f: string, asAge = false): string {
    const v = this.ev.value(f)
    if (!asAge || v <= ABSENT) return valueText(this.ev.def(f), v, this.lang)
    return this.say('years', { n: ageOnYmd(ymdOfDayNumber(v), ymdOfDayNumber(this.ev.plan.at)) })
  }
}

/** Our rule tree in the words of other engines. Only what the items of the benchmark use; anything else stops the run. */
import type { Cond, Num } from '@songbai/policy'
import { CODES } from '@songbai/policy/bench'

const never = (what: string): never => {
  throw new Error(`the benchmark has no word for ${what}`)
}

const constant = (n: Num): number => (n.t === 'const' ? n.v : never(n.t))
const field = (n: Num): string => (n.t === 'age' ? 'age' : n.t === 'fact' ? n.f : never(n.t))
const labels = (fact: string, mask: number): string[] => CODES[fact]!.filter((_, i) => ((mask >>> i) & 1) === 1)

/** json-rules-engine: nested all / any / not. */
export interface JreCondition { all?: JreCondition[]; any?: JreCondition[]; not?: JreCondition; fact?: string; operator?: string; value?: unknown }
const JRE_OPERATORS = { '<': 'lessThan', '<=': 'lessThanInclusive', '>': 'greaterThan', '>=': 'greaterThanInclusive', '==': 'equal', '!=': 'notEqual' } as const

export function asJre(c: Cond): JreCondition {
  switch (c.t) {
    case 'all': return { all: c.k.map(asJre) }
    case 'any': return { any: c.k.map(asJre) }
    case 'not': return { not: asJre(c.k) }
    case 'yes': return { fact: c.f, operator: 'equal', value: true }
    case 'in': return { fact: c.f, operator: 'in', value: labels(c.f, c.mask) }
    case 'within': return { fact: 'valid', operator: 'equal', value: true }
    case 'cmp': return { fact: field(c.a), operator: JRE_OPERATORS[c.op], value: constant(c.b) }
    default: return never(c.t)
  }
}

/** The expression language of ZEN. */
export function asZen(c: Cond): string {
  switch (c.t) {
    case 'all': return `(${c.k.map(asZen).join(' and ')})`
    case 'any': return `(${c.k.map(asZen).join(' or ')})`
    case 'not': return `not(${asZen(c.k)})`
    case 'yes': return c.f
    case 'in': return `${c.f} in [${labels(c.f, c.mask).map(x => `'${x}'`).join(', ')}]`
    case 'within': return 'valid'
    case 'cmp': return `${field(c.a)} ${c.op} ${constant(c.b)}`
    default: return never(c.t)
  }
}

/** SQL and C work on codes and day numbers, as our columns do. `limits`: the last birthday of an age, the last day out of validity. */
export interface Limits { readonly at: number; readonly latestBirth: (age: number) => number; readonly lastExpired: (months: number) => number }

export function asSql(c: Cond, l: Limits): string {
  switch (c.t) {
    case 'all': return `(${c.k.map(k => asSql(k, l)).join(' and ')})`
    case 'any': return `(${c.k.map(k => asSql(k, l)).join(' or ')})`
    case 'not': return `not ${asSql(c.k, l)}`
    case 'yes': return `"${c.f.toLowerCase()}"`
    case 'in': return `"${c.f.toLowerCase()}" in (${codes(c.mask).join(',')})`
    case 'within': return `("assess" > ${l.lastExpired(constant(c.n))} and "assess" <= ${l.at})`
    case 'cmp': return c.a.t === 'age' && c.op === '>=' ? `"birth" <= ${l.latestBirth(constant(c.b))}` : `"${field(c.a).toLowerCase()}" ${c.op === '==' ? '=' : c.op} ${constant(c.b)}`
    default: return never(c.t)
  }
}

const codes = (mask: number): number[] => Array.from({ length: 30 }, (_, i) => i).filter(i => ((mask >>> i) & 1) === 1)

export function asC(c: Cond, l: Limits): string {
  switch (c.t) {
    case 'all': return `(${c.k.map(k => asC(k, l)).join('&')})`
    case 'any': return `(${c.k.map(k => asC(k, l)).join('|')})`
    case 'not': return `(!${asC(c.k, l)})`
    case 'yes': return `(${c.f}[i]==1)`
    case 'in': return `((${c.mask >>> 0}u>>(${c.f}[i]&31)&1u)!=0)`
    case 'within': return `((assess[i]>${l.lastExpired(constant(c.n))})&(assess[i]<=${l.at}))`
    case 'cmp': return c.a.t === 'age' && c.op === '>=' ? `(birth[i]<=${l.latestBirth(constant(c.b))})` : `(${field(c.a)}[i]${c.op}${constant(c.b)})`
    default: return never(c.t)
  }
}

import { dayOf } from '@songbai/calendar'
import type { FactDef } from './facts.ts'
import { NEGATE } from './ir.ts'
import type { Cond, Num, NumType } from './ir.ts'

type Facts = ReadonlyMap<string, FactDef>

/** A condition as text of a policy file: the inverse of `lowerCondition`. `wanted: false` writes its opposite. */
export function conditionText(c: Cond, facts: Facts, wanted = true): string {
  const bang = wanted ? '' : '!'
  switch (c.t) {
    case 'true': return wanted ? 'true' : 'false'
    case 'named': return `${bang}${c.name}`
    case 'not': return conditionText(c.k, facts, !wanted)
    case 'all': case 'any': {
      const joint = (c.t === 'all') === wanted ? ' && ' : ' || '
      return c.k.map(k => bracketed(k, facts, wanted)).join(joint)
    }
    case 'yes': return `${bang}${c.f}`
    case 'in': return codesText(c.f, c.mask, facts.get(c.f)!, wanted)
    case 'member': return wanted ? `"${facts.get(c.f)!.values[c.code]!.id}" in ${c.f}` : `!("${facts.get(c.f)!.values[c.code]!.id}" in ${c.f})`
    case 'cmp': return compareText(c, facts, wanted)
    case 'within': return `${bang}within(${c.f}, ${numberText(c.n, facts)}, "${c.unit}")`
    case 'has': return `${bang}has(${c.f})`
    case 'item': return `${bang}item.${c.item}`
  }
}

function bracketed(c: Cond, facts: Facts, wanted: boolean): string {
  const text = conditionText(c, facts, wanted)
  let inner = c
  while (inner.t === 'not') inner = inner.k
  return inner.t === 'all' || inner.t === 'any' ? `(${text})` : text
}

/** With something known to be absent both a comparison and its opposite are false, so only `!( )` says "not". */
function compareText(c: Extract<Cond, { t: 'cmp' }>, facts: Facts, wanted: boolean): string {
  const present = c.a.t === 'age' || (c.a.t === 'fact' && facts.get(c.a.f)!.absent === 'unknown')
  const plain = present && (c.b.t === 'const' || c.b.t === 'param')
  const text = `${numberText(c.a, facts, c.ty)} ${!wanted && plain ? NEGATE[c.op] : c.op} ${numberText(c.b, facts, c.ty)}`
  return wanted || plain ? text : `!(${text})`
}

function codesText(fact: string, mask: number, def: FactDef, wanted: boolean): string {
  const named = def.values.filter((_, i) => ((mask >>> i) & 1) === 1).map(v => `"${v.id}"`)
  if (named.length === 1) return `${fact} ${wanted ? '==' : '!='} ${named[0]}`
  return wanted ? `${fact} in [${named.join(', ')}]` : `!(${fact} in [${named.join(', ')}])`
}

/** An amount or number as text of a policy file. */
export function numberText(n: Num, facts: Facts, ty: NumType = 'int'): string {
  const two = (a: Num, op: string, b: Num): string => `${operand(a, facts, ty)} ${op} ${operand(b, facts, ty)}`
  switch (n.t) {
    case 'const': return ty === 'day' || n.ty === 'day' ? `"${dayOf(n.v)}"` : ty === 'month' || n.ty === 'month' ? `"${monthText(n.v)}"` : String(n.v)
    case 'fact': return n.f
    case 'age': return 'age'
    case 'today': return 'today'
    case 'param': return n.name
    case 'itemAmount': return `item.${n.item}.amount`
    case 'share': return `share(${[n.x, n.num, n.den].map(x => numberText(x, facts)).join(', ')})`
    case 'choice': return `${conditionText(n.c, facts)} ? ${numberText(n.a, facts, ty)} : ${numberText(n.b, facts, ty)}`
    case 'min': case 'max': return `${n.t}(${numberText(n.a, facts)}, ${numberText(n.b, facts)})`
    case 'sum': return two(n.a, '+', n.b)
    case 'diff': return two(n.a, '-', n.b)
    case 'prod': return two(n.a, '*', n.b)
  }
}

function operand(n: Num, facts: Facts, ty: NumType): string {
  const text = numberText(n, facts, ty)
  return n.t === 'sum' || n.t === 'diff' || n.t === 'prod' || n.t === 'choice' ? `(${text})` : text
}

function monthText(v: number): string {
  return `${String(Math.floor(v / 12)).padStart(4, '0')}-${String((v % 12) + 1).padStart(2, '0')}`
}

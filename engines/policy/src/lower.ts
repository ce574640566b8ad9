import { dayNumber, isDay, isMonth } from '@songbai/calendar'
import { codeOf, memberOf, monthIndex } from './facts.ts'
import type { FactDef, FactDictionary } from './facts.ts'
import { ExprError, parseExpression } from './expr.ts'
import type { Ast, BinaryOp } from './expr.ts'
import { FLIP } from './ir.ts'
import type { Compare, Cond, Num, NumType, TimeUnit } from './ir.ts'
import { nearestWord } from './problem.ts'

/** The names an expression may use. */
export interface Scope {
  facts: FactDictionary
  lets: ReadonlyMap<string, Cond>
  params: ReadonlySet<string>
}

const COMPARISONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>=']
const FUNCTIONS = ['within', 'has', 'share', 'min', 'max']
const UNITS: readonly TimeUnit[] = ['day', 'month', 'year']

/** Fact by id, `benefit.<policy>` included: whether that policy exists is asked when the set is built. */
export function factNamed(facts: FactDictionary, id: string): FactDef | undefined {
  const known = facts.facts.get(id)
  if (known !== undefined) return known
  for (const family of facts.perPolicy) {
    const [head, tail] = family.id.split('{member}') as [string, string]
    if (id.startsWith(head) && id.endsWith(tail) && /^[a-z][a-z0-9-]*$/.test(id.slice(head.length, id.length - tail.length))) {
      return memberOf(family, id.slice(head.length, id.length - tail.length))
    }
  }
  return undefined
}

/** Throws `ExprError`. */
export function lowerCondition(text: string, scope: Scope): Cond {
  return new Lowering(scope).cond(parseExpression(text))
}

/** Throws `ExprError`. */
export function lowerAmount(text: string, scope: Scope): Num {
  const { n, ty } = new Lowering(scope).num(parseExpression(text))
  if (ty === 'day' || ty === 'month') throw new ExprError('exprType', 0, { expected: 'int', found: ty })
  return n
}

type Typed = { n: Num; ty: NumType }

class Lowering {
  private readonly scope: Scope
  constructor(scope: Scope) {
    this.scope = scope
  }

  cond(a: Ast): Cond {
    switch (a.k) {
      case 'bool': return a.v ? { t: 'true' } : { t: 'not', k: { t: 'true' } }
      case 'not': return { t: 'not', k: this.cond(a.a) }
      case 'name': return this.condName(a.v, a.pos)
      case 'call': return this.condCall(a)
      case 'choice': {
        const c = this.cond(a.c)
        return { t: 'any', k: [{ t: 'all', k: [c, this.cond(a.a)] }, { t: 'all', k: [{ t: 'not', k: c }, this.cond(a.b)] }] }
      }
      case 'op': return this.condOp(a)
      default: throw new ExprError('exprType', a.pos, { expected: 'bool', found: a.k })
    }
  }

  private condOp(a: Extract<Ast, { k: 'op' }>): Cond {
    if (a.op === '&&' || a.op === '||') {
      const t = a.op === '&&' ? 'all' : 'any'
      const flat = [this.cond(a.a), this.cond(a.b)].flatMap(c => (c.t === t ? (c as { k: Cond[] }).k : [c]))
      return { t, k: flat }
    }
    if (a.op === 'in') return this.membership(a.a, a.b, a.pos)
    if (COMPARISONS.includes(a.op)) return this.comparison(a.op as Compare, a.a, a.b, a.pos)
    throw new ExprError('exprType', a.pos, { expected: 'bool', found: a.op })
  }

  private condName(name: string, pos: number): Cond {
    const named = this.scope.lets.get(name)
    if (named !== undefined) return { t: 'named', name, k: named }
    if (name.startsWith('item.')) {
      if (!/^item\.[a-z][a-z0-9-]*$/.test(name)) throw new ExprError('exprType', pos, { expected: 'bool', found: name })
      return { t: 'item', item: name.slice(5) }
    }
    const def = this.fact(name, pos)
    if (def.type !== 'bool') throw new ExprError('exprNotYesNo', pos, { name, type: def.type, suggestion: `has(${name})` })
    return { t: 'yes', f: name }
  }

  private condCall(a: Extract<Ast, { k: 'call' }>): Cond {
    if (a.name === 'has') {
      const arg = this.arity(a, 1)[0]!
      return { t: 'has', f: this.factArg(arg).id }
    }
    if (a.name !== 'within') throw this.unknownFunction(a.name, a.pos)
    const [date, n, unit] = this.arity(a, 3) as [Ast, Ast, Ast]
    const def = this.factArg(date)
    if (def.type !== 'day') throw new ExprError('exprType', date.pos, { expected: 'day', found: def.type })
    const u = unit.k === 'text' ? UNITS.find(x => x === unit.v) : undefined
    if (u === undefined) throw new ExprError('exprUnit', unit.pos, { allowed: UNITS.join(' ') })
    const span = this.num(n)
    if (span.ty !== 'int') throw new ExprError('exprType', n.pos, { expected: 'int', found: span.ty })
    return { t: 'within', f: def.id, n: span.n, unit: u }
  }

  private arity(a: Extract<Ast, { k: 'call' }>, n: number): Ast[] {
    if (a.args.length !== n) throw new ExprError('exprArguments', a.pos, { name: a.name, expected: n, found: a.args.length })
    return a.args
  }

  private factArg(a: Ast): FactDef {
    if (a.k !== 'name') throw new ExprError('exprFactExpected', a.pos)
    return this.fact(a.v, a.pos)
  }

  private unknownFunction(name: string, pos: number): ExprError {
    return new ExprError('exprUnknownFunction', pos, { name, suggestion: nearestWord(name, FUNCTIONS) })
  }

  private fact(name: string, pos: number): FactDef {
    const def = factNamed(this.scope.facts, name)
    if (def === undefined) {
      const known = ['age', 'today', ...this.scope.facts.facts.keys(), ...this.scope.lets.keys(), ...this.scope.params]
      throw new ExprError('exprUnknownName', pos, { name, suggestion: nearestWord(name, known) })
    }
    if (def.type === 'region') throw new ExprError('exprRegionFact', pos, { name })
    return def
  }

  /** The fact behind a name, if the expression is just that; parameters and `let` names go before facts, `parse.ts` refuses clashes. */
  private factOf(a: Ast): FactDef | undefined {
    return a.k === 'name' && !this.scope.params.has(a.v) ? factNamed(this.scope.facts, a.v) : undefined
  }

  private code(def: FactDef, a: Ast): number {
    if (a.k !== 'text') throw new ExprError('exprValueExpected', a.pos, { name: def.id })
    const c = codeOf(def, a.v)
    if (c < 0) throw new ExprError('exprUnknownValue', a.pos, { name: def.id, value: a.v, suggestion: nearestWord(a.v, def.values.flatMap(v => [v.id, v.zh])) })
    return c
  }

  private membership(x: Ast, list: Ast, pos: number): Cond {
    const set = this.factOf(list)
    if (set?.type === 'codes') return { t: 'member', f: set.id, code: this.code(set, x) }
    if (list.k !== 'list' || list.items.length === 0) throw new ExprError('exprListExpected', list.pos)
    const def = this.factOf(x)
    if (def?.type === 'code') return { t: 'in', f: def.id, mask: list.items.reduce((m, v) => m | (1 << this.code(def, v)), 0) }
    return { t: 'any', k: list.items.map(v => this.comparison('==', x, v, pos)) }
  }

  private comparison(op: Compare, a: Ast, b: Ast, pos: number): Cond {
    const left = this.factOf(a)
    const right = this.factOf(b)
    if (left?.type === 'code') return this.codeComparison(op, left, b, pos)
    if (right?.type === 'code') return this.codeComparison(FLIP[op], right, a, pos)
    const truth = this.yesNoComparison(op, a, b, pos)
    if (truth !== undefined) return truth
    const x = this.num(a, this.typeHint(b))
    const y = this.num(b, x.ty)
    const money = (t: NumType): NumType => (t === 'fen' ? 'int' : t)
    if (money(x.ty) !== money(y.ty)) throw new ExprError('exprType', b.pos, { expected: x.ty, found: y.ty })
    return { t: 'cmp', op, a: x.n, b: y.n, ty: x.ty === 'fen' || y.ty === 'fen' ? 'fen' : x.ty }
  }

  private yesNoComparison(op: Compare, a: Ast, b: Ast, pos: number): Cond | undefined {
    const [value, other] = a.k === 'bool' ? [a, b] : b.k === 'bool' ? [b, a] : []
    if (value === undefined || other === undefined) return undefined
    if (op !== '==' && op !== '!=') throw new ExprError('exprType', pos, { expected: 'int', found: 'bool' })
    const c = this.cond(other)
    return value.v === (op === '==') ? c : { t: 'not', k: c }
  }

  private codeComparison(op: Compare, def: FactDef, value: Ast, pos: number): Cond {
    const c = this.code(def, value)
    if (op === '==') return { t: 'in', f: def.id, mask: 1 << c }
    if (op === '!=') return { t: 'not', k: { t: 'in', f: def.id, mask: 1 << c } }
    if (!def.ordered) throw new ExprError('exprNotOrdered', pos, { name: def.id })
    const mask = def.values.reduce((m, _, i) => m | ((op === '<' ? i < c : op === '<=' ? i <= c : op === '>' ? i > c : i >= c) ? 1 << i : 0), 0)
    return { t: 'in', f: def.id, mask }
  }

  private typeHint(a: Ast): NumType {
    const def = this.factOf(a)
    return a.k === 'name' && a.v === 'today' ? 'day' : def?.type === 'day' || def?.type === 'month' ? def.type : 'int'
  }

  num(a: Ast, hint: NumType = 'int'): Typed {
    switch (a.k) {
      case 'int': return { n: { t: 'const', v: a.v, ty: 'int' }, ty: 'int' }
      case 'neg': {
        const x = this.plain(a.a)
        return { n: { t: 'diff', a: { t: 'const', v: 0, ty: 'int' }, b: x.n }, ty: x.ty }
      }
      case 'text': return this.dateText(a.v, a.pos, hint)
      case 'name': return this.numName(a.v, a.pos)
      case 'op': return this.arithmetic(a.op, a)
      case 'call': return this.numCall(a)
      case 'choice': {
        const x = this.num(a.a, hint)
        return { n: { t: 'choice', c: this.cond(a.c), a: x.n, b: this.num(a.b, hint).n }, ty: x.ty }
      }
      default: throw new ExprError('exprType', a.pos, { expected: hint, found: a.k })
    }
  }

  private dateText(v: string, pos: number, hint: NumType): Typed {
    if (hint === 'day' && isDay(v)) return { n: { t: 'const', v: dayNumber(v), ty: 'day' }, ty: 'day' }
    if (hint === 'month' && isMonth(v)) return { n: { t: 'const', v: monthIndex(v), ty: 'month' }, ty: 'month' }
    throw new ExprError(hint === 'day' || hint === 'month' ? 'exprDate' : 'exprType', pos, { expected: hint, found: v })
  }

  private numName(name: string, pos: number): Typed {
    if (name === 'age') return this.fact('birth', pos).type === 'day' ? { n: { t: 'age' }, ty: 'int' } : never(pos)
    if (name === 'today') return { n: { t: 'today' }, ty: 'day' }
    const param = name.startsWith('p.') ? name.slice(2) : name
    if (this.scope.params.has(param)) return { n: { t: 'param', name: param }, ty: 'int' }
    if (name.startsWith('p.')) throw new ExprError('exprUnknownName', pos, { name, suggestion: nearestWord(param, this.scope.params) })
    const amount = /^item\.([a-z][a-z0-9-]*)\.amount$/.exec(name)
    if (amount !== null) return { n: { t: 'itemAmount', item: amount[1]! }, ty: 'fen' }
    const def = this.fact(name, pos)
    if (def.type === 'bool' || def.type === 'code' || def.type === 'codes' || def.type === 'region') throw new ExprError('exprType', pos, { expected: 'int', found: def.type })
    return { n: { t: 'fact', f: def.id, ty: def.type }, ty: def.type }
  }

  private plain(a: Ast): Typed {
    const x = this.num(a)
    if (x.ty === 'day' || x.ty === 'month') throw new ExprError('exprType', a.pos, { expected: 'int', found: x.ty })
    return x
  }

  private arithmetic(op: BinaryOp, a: Extract<Ast, { k: 'op' }>): Typed {
    const t = op === '+' ? 'sum' : op === '-' ? 'diff' : op === '*' ? 'prod' : undefined
    if (t === undefined) throw new ExprError('exprType', a.pos, { expected: 'int', found: 'bool' })
    const [x, y] = [this.plain(a.a), this.plain(a.b)]
    return { n: { t, a: x.n, b: y.n }, ty: x.ty === 'fen' || y.ty === 'fen' ? 'fen' : 'int' }
  }

  private numCall(a: Extract<Ast, { k: 'call' }>): Typed {
    if (a.name === 'share') {
      const [x, num, den] = this.arity(a, 3).map(v => this.plain(v)) as [Typed, Typed, Typed]
      return { n: { t: 'share', x: x.n, num: num.n, den: den.n }, ty: x.ty }
    }
    if (a.name !== 'min' && a.name !== 'max') throw this.unknownFunction(a.name, a.pos)
    const [x, y] = this.arity(a, 2).map(v => this.plain(v)) as [Typed, Typed]
    return { n: { t: a.name, a: x.n, b: y.n }, ty: x.ty }
  }
}

function never(pos: number): never {
  throw new ExprError('exprType', pos, { expected: 'day', found: 'birth' })
}

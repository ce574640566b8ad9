import { isDay, isMonth } from '@songbai/calendar'
import { codeOf } from './facts.ts'
import type { FactDef, FactDictionary } from './facts.ts'
import { parseExpression } from './expr.ts'
import type { Ast } from './expr.ts'
import { factNamed } from './lower.ts'

/**
 * A condition as cells of a decision table. Texts go in and come out: what a cell cannot show stays as written, and what was not touched is
 * never written anew.
 */
export type Operator = '>=' | '>' | '<=' | '<'
/** A whole number, a day or month, or the name of a parameter. */
export interface Bound { op: Operator; value: number | string; param: boolean }
export type Cell =
  | { kind: 'codes'; fact: string; values: readonly string[]; not: boolean }
  | { kind: 'range'; fact: string; from: Bound | null; to: Bound | null }
  | { kind: 'within'; fact: string; n: number | string; unit: 'day' | 'month' | 'year' }
  /** A yes/no question: a fact, `has(fact)`, `item.x`, `"code" in fact`, or the name of a condition too rich for a cell. */
  | { kind: 'yesNo'; subject: string; yes: boolean }
  | { kind: 'expression'; texts: readonly string[] }

/** One conjunct of a condition. */
export interface Part { text: string; /** Named condition it is written by. */ name: string | null; cell: Cell; column: string }
export type Lets = ReadonlyMap<string, string>
export interface CellScope { facts: FactDictionary; lets: Lets; params: ReadonlySet<string> }

export const OTHER = 'other'
const FLIPPED: Record<Operator, Operator> = { '>=': '<=', '>': '<', '<=': '>=', '<': '>' }
const OPERATORS: readonly string[] = ['>=', '>', '<=', '<']

/** Places of `&&` outside brackets and quotes; `loose` when an "or" or a choice stands there, so that the text is no plain "and". */
function joints(text: string): { at: number[]; loose: boolean } {
  const at: number[] = []
  let [depth, quote, loose] = [0, '', false]
  for (let i = 0; i < text.length; i++) {
    const ch = text[i]!
    if (quote !== '') { if (ch === quote) quote = ''; continue }
    if (ch === '"' || ch === "'") quote = ch
    else if (ch === '(' || ch === '[') depth++
    else if (ch === ')' || ch === ']') depth--
    else if (depth === 0 && (text.startsWith('||', i) || ch === '?')) loose = true
    else if (depth === 0 && text.startsWith('&&', i)) at.push(i++)
  }
  return { at, loose }
}

/** Conjuncts as written; one text when the condition is not a plain "and". */
export function conjuncts(text: string): string[] {
  const { at, loose } = joints(text)
  const ends = loose ? [] : at
  return [...ends.map((end, i) => text.slice(i === 0 ? 0 : ends[i - 1]! + 2, end)), text.slice(ends.length === 0 ? 0 : ends.at(-1)! + 2)].map(p => p.trim()).filter(p => p !== '')
}

function tree(text: string): Ast | null {
  try {
    return parseExpression(text)
  } catch {
    return null
  }
}

export function columnOf(cell: Cell): string {
  switch (cell.kind) {
    case 'codes': case 'range': return `fact:${cell.fact}`
    case 'within': return `within:${cell.fact}`
    case 'yesNo': return `is:${cell.subject}`
    case 'expression': return OTHER
  }
}

/** [T2] Conjuncts of a condition with the cell of each. Of two that meet in one column only a lower and an upper limit share a cell; the second of others stays an expression. */
export function readParts(text: string, scope: CellScope): Part[] {
  const parts = conjuncts(text).map(one => readPart(one, scope))
  const seen = new Map<string, Cell>()
  return parts.map(part => {
    const before = seen.get(part.column)
    if (part.column === OTHER || before === undefined || joined(before, part.cell) !== null) {
      seen.set(part.column, before === undefined ? part.cell : joined(before, part.cell) ?? part.cell)
      return part
    }
    const cell: Cell = { kind: 'expression', texts: [part.text] }
    return { ...part, cell, column: OTHER }
  })
}

/** Two cells of one column as one, or null when one cell cannot show both. */
export function joined(a: Cell, b: Cell): Cell | null {
  if (a.kind === 'expression' && b.kind === 'expression') return { kind: 'expression', texts: [...a.texts, ...b.texts] }
  if (a.kind !== 'range' || b.kind !== 'range' || a.fact !== b.fact || (a.from !== null && b.from !== null) || (a.to !== null && b.to !== null)) return null
  return { kind: 'range', fact: a.fact, from: a.from ?? b.from, to: a.to ?? b.to }
}

/** One conjunct, which may be a name. */
export function readPart(text: string, scope: CellScope): Part {
  const negated = /^!\s*\(?\s*([\p{L}_][\p{L}\p{N}_]*)\s*\)?$/u.exec(text)?.[1]
  const name = scope.lets.has(text) ? text : null
  const cell = name !== null ? namedCell(name, scope) : negated !== undefined && scope.lets.has(negated) ? { kind: 'yesNo' as const, subject: negated, yes: false } : readCell(text, scope)
  return { text, name, cell, column: columnOf(cell) }
}

function namedCell(name: string, scope: CellScope): Cell {
  const inner = conjuncts(scope.lets.get(name) ?? '')
  const only = inner.length === 1 ? inner[0]! : ''
  // A name defined by another name, a pair of limits or anything richer is asked as yes or no.
  const cell = only === '' || scope.lets.has(only) ? null : readCell(only, scope)
  return cell === null || cell.kind === 'expression' || cell.kind === 'yesNo' ? { kind: 'yesNo', subject: name, yes: true } : cell
}

export function readCell(text: string, scope: CellScope): Cell {
  const ast = tree(text)
  return (ast === null ? null : ofAst(ast, scope)) ?? { kind: 'expression', texts: [text] }
}

function ofAst(a: Ast, scope: CellScope): Cell | null {
  if (a.k === 'not') {
    const inner = ofAst(a.a, scope)
    return inner?.kind === 'yesNo' ? { ...inner, yes: !inner.yes } : null
  }
  if (a.k === 'name') return yesNoName(a.v, scope)
  if (a.k === 'call') return ofCall(a, scope)
  return a.k === 'op' ? ofOperator(a, scope) : null
}

function yesNoName(name: string, scope: CellScope): Cell | null {
  const yes = /^item\.[a-z][a-z0-9-]*$/.test(name) || factNamed(scope.facts, name)?.type === 'bool'
  return yes ? { kind: 'yesNo', subject: name, yes: true } : null
}

function ofCall(a: Extract<Ast, { k: 'call' }>, scope: CellScope): Cell | null {
  const first = a.args[0]
  const def = first?.k === 'name' ? factNamed(scope.facts, first.v) : undefined
  if (def === undefined) return null
  if (a.name === 'has' && a.args.length === 1) return { kind: 'yesNo', subject: `has(${def.id})`, yes: true }
  const [, n, unit] = a.args
  if (a.name !== 'within' || a.args.length !== 3 || def.type !== 'day' || unit?.k !== 'text' || !['day', 'month', 'year'].includes(unit.v)) return null
  const span = n?.k === 'int' ? n.v : n?.k === 'name' ? paramIn(n.v, scope) : null
  return span === null ? null : { kind: 'within', fact: def.id, n: span, unit: unit.v as 'day' }
}

function paramIn(name: string, scope: CellScope): string | null {
  const bare = name.startsWith('p.') ? name.slice(2) : name
  return scope.params.has(bare) ? name : null
}

/** A plain fact; a parameter of that name goes before. */
function factOf(a: Ast, scope: CellScope): FactDef | undefined {
  if (a.k !== 'name' || scope.params.has(a.v)) return undefined
  return a.v === 'age' ? { ...factNamed(scope.facts, 'birth')!, id: 'age', type: 'int' } : factNamed(scope.facts, a.v)
}

function ofOperator(a: Extract<Ast, { k: 'op' }>, scope: CellScope): Cell | null {
  const left = factOf(a.a, scope)
  const right = factOf(a.b, scope)
  if (a.op === 'in' && right?.type === 'codes' && a.a.k === 'text' && codeOf(right, a.a.v) >= 0) return { kind: 'yesNo', subject: `"${right.values[codeOf(right, a.a.v)]!.id}" in ${right.id}`, yes: true }
  if (left?.type === 'code') return ofCodes(a.op, left, a.b)
  if (a.op === '==' && left !== undefined && a.b.k === 'int' && (left.type === 'int' || left.type === 'fen')) {
    return { kind: 'range', fact: left.id, from: { op: '>=', value: a.b.v, param: false }, to: { op: '<=', value: a.b.v, param: false } }
  }
  if (!OPERATORS.includes(a.op)) return null
  const op = a.op as Operator
  if (left !== undefined) return limit(left, op, a.b, scope)
  return right === undefined ? null : limit(right, FLIPPED[op], a.a, scope)
}

function ofCodes(op: string, def: FactDef, value: Ast): Cell | null {
  const place = (v: Ast): number => (v.k === 'text' ? codeOf(def, v.v) : -1)
  const places = op === 'in' ? (value.k === 'list' && value.items.length > 0 ? value.items.map(place) : [-1]) : [place(value)]
  if (places.some(p => p < 0)) return null
  const cell = (keep: (i: number) => boolean, not = false): Cell => ({ kind: 'codes', fact: def.id, values: def.values.filter((_, i) => keep(i)).map(v => v.id), not })
  const at = places[0]!
  if (op === '==' || op === 'in') return cell(i => places.includes(i))
  if (op === '!=') return cell(i => i === at, true)
  if (!def.ordered) return null
  return op === '>=' ? cell(i => i >= at) : op === '>' ? cell(i => i > at) : op === '<=' ? cell(i => i <= at) : op === '<' ? cell(i => i < at) : null
}

function limit(def: FactDef, op: Operator, value: Ast, scope: CellScope): Cell | null {
  const bound = boundOf(def, op, value, scope)
  if (bound === null) return null
  return op === '>=' || op === '>' ? { kind: 'range', fact: def.id, from: bound, to: null } : { kind: 'range', fact: def.id, from: null, to: bound }
}

function boundOf(def: FactDef, op: Operator, value: Ast, scope: CellScope): Bound | null {
  if ((def.type === 'int' || def.type === 'fen') && value.k === 'int') return { op, value: value.v, param: false }
  if ((def.type === 'int' || def.type === 'fen') && value.k === 'name' && paramIn(value.v, scope) !== null) return { op, value: value.v, param: true }
  if (value.k !== 'text') return null
  return (def.type === 'day' && isDay(value.v)) || (def.type === 'month' && isMonth(value.v)) ? { op, value: value.v, param: false } : null
}

/** A cell as conjuncts. `labels`: codes are written by their Chinese words, as the row did before. */
export function writeCell(cell: Cell, facts: FactDictionary, labels = false): string[] {
  switch (cell.kind) {
    case 'codes': return [writeCodes(cell, factNamed(facts, cell.fact)!, labels)]
    case 'range': return writeRange(cell)
    case 'within': return [`within(${cell.fact}, ${cell.n}, "${cell.unit}")`]
    case 'yesNo': return [cell.yes ? cell.subject : / in /.test(cell.subject) ? `!(${cell.subject})` : `!${cell.subject}`]
    case 'expression': return cell.texts.map(t => (joints(t).loose ? `(${t})` : t))
  }
}

function writeRange({ fact, from, to }: Extract<Cell, { kind: 'range' }>): string[] {
  if (from !== null && to !== null && from.op === '>=' && to.op === '<=' && from.value === to.value) return [`${fact} == ${valueText(from)}`]
  return [from, to].flatMap(b => (b === null ? [] : [`${fact} ${b.op} ${valueText(b)}`]))
}

function valueText(b: Bound): string {
  return typeof b.value === 'number' || b.param ? String(b.value) : `"${b.value}"`
}

function writeCodes(cell: Extract<Cell, { kind: 'codes' }>, def: FactDef, labels: boolean): string {
  const places = def.values.map((v, i) => (cell.values.includes(v.id) ? i : -1)).filter(i => i >= 0)
  const word = (i: number): string => `"${labels ? def.values[i]!.zh : def.values[i]!.id}"`
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0]
  if (places.length === 1) return `${def.id} ${cell.not ? '!=' : '=='} ${word(first)}`
  const list = `${def.id} in [${places.map(word).join(', ')}]`
  if (cell.not) return `!(${list})`
  const whole = last - first === places.length - 1
  if (def.ordered && whole && last === def.values.length - 1 && first > 0) return `${def.id} >= ${word(first)}`
  if (def.ordered && whole && first === 0 && last < def.values.length - 1) return `${def.id} <= ${word(last)}`
  return list
}

/** Whether two texts say the same as a cell. */
export function sameCell(a: Cell, b: Cell): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

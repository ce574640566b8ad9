/**
 * The one form of a rule. Three readers work on it and may never differ: `compile.ts` (columns), `person.ts` (one person, three values) and
 * `print.ts` (sentences). Facts are named, codes are numbers of the dictionary, days are day numbers, months month numbers, money fen.
 */
export type Compare = '<' | '<=' | '>' | '>=' | '==' | '!='
export type NumType = 'int' | 'fen' | 'day' | 'month'
export type TimeUnit = 'day' | 'month' | 'year'

export type Num =
  | { t: 'const'; v: number; ty: NumType }
  | { t: 'fact'; f: string; ty: NumType }
  | { t: 'age' }
  | { t: 'today' }
  | { t: 'param'; name: string }
  | { t: 'sum' | 'diff' | 'prod' | 'min' | 'max'; a: Num; b: Num }
  | { t: 'share'; x: Num; num: Num; den: Num }
  | { t: 'choice'; c: Cond; a: Num; b: Num }
  | { t: 'itemAmount'; item: string }

export type Cond =
  | { t: 'true' }
  | { t: 'all' | 'any'; k: Cond[] }
  | { t: 'not'; k: Cond }
  /** A `let` condition: shown by its name. */
  | { t: 'named'; name: string; k: Cond }
  | { t: 'yes'; f: string }
  /** The code of `f` is one of `mask`'s bits. */
  | { t: 'in'; f: string; mask: number }
  /** The set `f` holds `code`. */
  | { t: 'member'; f: string; code: number }
  | { t: 'cmp'; op: Compare; a: Num; b: Num; ty: NumType }
  /** From day `f` on, to the day before the same day `n` units later. */
  | { t: 'within'; f: string; n: Num; unit: TimeUnit }
  | { t: 'has'; f: string }
  | { t: 'item'; item: string }

export const FLIP: Record<Compare, Compare> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' }
export const NEGATE: Record<Compare, Compare> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' }

export function compare(op: Compare, a: number, b: number): boolean {
  switch (op) {
    case '<': return a < b
    case '<=': return a <= b
    case '>': return a > b
    case '>=': return a >= b
    case '==': return a === b
    case '!=': return a !== b
  }
}

/** x·num÷den rounded half up, in integers. Null when the denominator is not positive. */
export function share(x: number, num: number, den: number): number | null {
  return den > 0 ? Math.floor((2 * x * num + den) / (2 * den)) : null
}

type Visit = { cond?: (c: Cond) => void; num?: (n: Num) => void }

/** Calls back for every node, parents first. */
export function walkCond(c: Cond, visit: Visit): void {
  visit.cond?.(c)
  switch (c.t) {
    case 'all': case 'any': for (const k of c.k) walkCond(k, visit); break
    case 'not': case 'named': walkCond(c.k, visit); break
    case 'cmp': walkNum(c.a, visit); walkNum(c.b, visit); break
    case 'within': walkNum(c.n, visit); break
    default: break
  }
}

export function walkNum(n: Num, visit: Visit): void {
  visit.num?.(n)
  switch (n.t) {
    case 'sum': case 'diff': case 'prod': case 'min': case 'max': walkNum(n.a, visit); walkNum(n.b, visit); break
    case 'share': walkNum(n.x, visit); walkNum(n.num, visit); walkNum(n.den, visit); break
    case 'choice': walkCond(n.c, visit); walkNum(n.a, visit); walkNum(n.b, visit); break
    default: break
  }
}

export interface Uses { facts: Set<string>; params: Set<string>; items: Set<string>; lets: Set<string>; age: boolean }

/** Everything a condition or amount reads. `age` also counts as the fact `birth`. */
export function usesOf(conds: Iterable<Cond>, nums: Iterable<Num> = []): Uses {
  const u: Uses = { facts: new Set(), params: new Set(), items: new Set(), lets: new Set(), age: false }
  const visit: Visit = {
    cond: c => {
      if ('f' in c) u.facts.add(c.f)
      if (c.t === 'item') u.items.add(c.item)
      if (c.t === 'named') u.lets.add(c.name)
    },
    num: n => {
      if (n.t === 'fact') u.facts.add(n.f)
      if (n.t === 'age') { u.age = true; u.facts.add('birth') }
      if (n.t === 'param') u.params.add(n.name)
      if (n.t === 'itemAmount') u.items.add(n.item)
    },
  }
  for (const c of conds) walkCond(c, visit)
  for (const n of nums) walkNum(n, visit)
  return u
}

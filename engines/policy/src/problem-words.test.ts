import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluate } from '@marcbachmann/cel-js'
import { parsePolicy, PROBLEM_WORDS, problemText } from './index.ts'
import { parseExpression } from './expr.ts'
import type { Ast } from './expr.ts'
import { loadFacts, text } from '../fixtures/load.ts'
import { dice } from '../fixtures/random.ts'

describe('words of problems', () => {
  it('[S17] every code the engine can report has words in both languages', () => {
    const source = readdirSync(new URL('.', import.meta.url)).filter(f => f.endsWith('.ts') && !f.endsWith('.test.ts')).map(f => readFileSync(new URL(f, import.meta.url), 'utf8')).join('\n')
    const codes = [...source.matchAll(/(?:ExprError|PolicyError)\('(\w+)'|\.say\([^'\n]*(?:\([^)]*\)[^'\n]*)?, '(\w+)'|\.at\([^'\n]*, '(\w+)'|problem\([^'\n]*, '(\w+)'/g)].map(m => m.slice(1).find(c => c !== undefined)!)
    expect(codes.length).toBeGreaterThan(60)
    expect([...new Set(codes)].filter(c => c !== 'here' && !(c in PROBLEM_WORDS) && !source.includes(`  ${c}: { zh:`))).toEqual([])
    for (const words of Object.values(PROBLEM_WORDS)) expect(words.zh !== '' && words.en !== '').toBe(true)
  })

  it('[S17] a mistyped name is answered with the nearest known one', () => {
    const parsed = parsePolicy(text('policies/care-subsidy.yaml').replace('ability >= "severe"', 'abilty >= "severe"'), loadFacts())
    expect('problems' in parsed && problemText(parsed.problems[0]!, 'zh')).toBe('不认识“abilty”，是不是“ability”？')
  })
})

describe('expressions', () => {
  const value = (a: Ast, names: Record<string, number>): number | boolean => {
    if (a.k === 'int') return a.v
    if (a.k === 'name') return names[a.v]!
    if (a.k === 'not') return !(value(a.a, names) as boolean)
    if (a.k === 'choice') return (value(a.c, names) as boolean) ? value(a.a, names) : value(a.b, names)
    if (a.k !== 'op') throw new Error(a.k)
    const [x, y] = [value(a.a, names), value(a.b, names)] as [number, number]
    const table: Record<string, number | boolean> = { '+': x + y, '-': x - y, '*': x * y, '<': x < y, '<=': x <= y, '>': x > y, '>=': x >= y, '==': x === y, '!=': x !== y, '&&': Boolean(x) && Boolean(y), '||': Boolean(x) || Boolean(y) }
    return table[a.op]!
  }

  it('[S14] 2,000 random expressions mean the same here as in a CEL implementation', () => {
    const rnd = dice(3)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(rnd() * list.length)]!
    const num = (depth: number): string => (depth === 0 || rnd() < 0.3 ? pick(['a', 'b', 'c', '1', '2', '7']) : rnd() < 0.2 ? `(${num(depth - 1)})` : `${num(depth - 1)} ${pick(['+', '-', '*'])} ${num(depth - 1)}`)
    const cond = (depth: number): string => (depth === 0 || rnd() < 0.3 ? `${num(2)} ${pick(['<', '<=', '>', '>=', '==', '!='])} ${num(2)}` : rnd() < 0.2 ? `!(${cond(depth - 1)})` : `${cond(depth - 1)} ${pick(['&&', '||'])} ${cond(depth - 1)}`)
    for (let i = 0; i < 2_000; i++) {
      const expression = cond(3)
      const names = { a: Math.floor(rnd() * 9), b: Math.floor(rnd() * 9), c: Math.floor(rnd() * 9) }
      const theirs = evaluate(expression, { a: BigInt(names.a), b: BigInt(names.b), c: BigInt(names.c) }) as boolean
      expect([expression, names, value(parseExpression(expression), names)]).toEqual([expression, names, theirs])
    }
  })
})

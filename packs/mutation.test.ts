import { compilePolicySet, parseFacts, parsePolicy, runCases } from '@songbai/policy'
import type { Policy } from '@songbai/policy'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadPacks } from './src/index.ts'

/** A rule is only as good as its examples: every change made to it here must break one of its golden cases. */
interface File { table?: { rows: { id: string; when: string }[] }; let?: Record<string, string> }
interface Mutant { what: string; text: string }

const packs = loadPacks()
const read = parseFacts(packs.factsText)
if ('problems' in read) throw new Error(JSON.stringify(read.problems))
const facts = read.facts
const policies: Policy[] = []
for (const p of packs.policies) policies.push(parsed(p.text, p.path))

/** Changes that leave the meaning as it was. The last step of self-care is what is left when the other two are not. */
const SAME_MEANING = new Set(['national/policies/extreme-poverty-dispersed.yaml row self without selfCareStanding == "full"'])
const LEVELS = ['intact', 'mild', 'moderate', 'severe', 'total']

function parsed(text: string, path: string): Policy {
  const result = parsePolicy(text, facts, { file: path, uppers: policies, clauses: packs.clauses })
  if ('problems' in result) throw new Error(`${path} ${JSON.stringify(result.problems)}`)
  return result.policy
}

function without(expression: string, joint: string): { part: string; rest: string }[] {
  const parts = expression.split(joint)
  return parts.length < 2 ? [] : parts.map((part, i) => ({ part, rest: parts.filter((_, k) => k !== i).join(joint) }))
}

function otherForms(expression: string): string[] {
  const dropped = [' && ', ' || '].flatMap(j => without(expression, j).map(w => w.rest))
  const list = /in \[(.+?)\]/.exec(expression)?.[1]
  const shorter = list === undefined ? [] : without(list, ', ').map(w => expression.replace(list, w.rest))
  const limit = /^age >= (\d+)$/.exec(expression)?.[1]
  const moved = limit === undefined ? [] : [`age >= ${Number(limit) - 1}`, `age >= ${Number(limit) + 1}`]
  const level = /abilityLevel >= "(\w+)"/.exec(expression)?.[1]
  const near = level === undefined ? [] : [-1, 1].map(d => LEVELS[LEVELS.indexOf(level) + d]).filter(x => x !== undefined)
  return [...dropped, ...shorter, ...moved, ...near.map(x => expression.replace(level!, x))]
}

function mutantsOf(text: string): Mutant[] {
  const file = parse(text) as File
  const rows = (file.table?.rows ?? []).flatMap(r => without(r.when, ' && ').map(w => ({
    what: `row ${r.id} without ${w.part}`, text: text.replace(`id: ${r.id}, when: '${r.when}'`, `id: ${r.id}, when: '${w.rest}'`),
  })))
  const lets = Object.entries(file.let ?? {}).flatMap(([name, when]) => otherForms(when).map(form => {
    const at = text.indexOf(when, text.indexOf(`\n  ${name}: `))
    const quoted = form.startsWith('!') && text[at - 1] !== "'" ? `'${form}'` : form
    return { what: `${name}: ${form}`, text: text.slice(0, at) + quoted + text.slice(at + when.length) }
  }))
  return [...rows, ...lets]
}

function survives(index: number, path: string, mutant: Mutant): boolean {
  const changed = parsed(mutant.text, path)
  const result = compilePolicySet(policies.map((p, i) => (i === index ? changed : p)), facts)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return runCases(result.set, changed).every(c => c.ok)
}

describe('golden cases', () => {
  test.each(packs.policies.map((p, i) => [p.path, i] as const))('%s: a dropped condition, a missing value, a limit moved by one breaks a case', (path, index) => {
    const text = packs.policies[index]!.text
    const mutants = mutantsOf(text)
    for (const m of mutants) expect(m.text, m.what).not.toBe(text)
    expect(mutants.filter(m => !SAME_MEANING.has(`${path} ${m.what}`) && survives(index, path, m)).map(m => m.what)).toEqual([])
  })
})

import { analyse, compilePolicySet, findingText, mutatePolicy, parseFacts, parsePolicies, survivingMutants } from '@songbai/policy'
import type { PolicySet } from '@songbai/policy'
import { describe, expect, test } from 'vitest'
import { loadPacks } from './src/index.ts'

const packs = loadPacks()
const set = compiled()

function compiled(): PolicySet {
  const read = parseFacts(packs.factsText)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { policies, problems } = parsePolicies(packs.policies.map(p => ({ file: p.path, text: p.text })), read.facts, packs.clauses)
  const made = compilePolicySet(policies, read.facts)
  if (problems.length > 0 || 'problems' in made) throw new Error(JSON.stringify(problems))
  return made.set
}

describe('golden cases', () => {
  test.each(set.policies.map(p => [p.file!, p] as const))('%s: no slip of the pen goes unnoticed', (_file, policy) => {
    expect(mutatePolicy(policy, set.facts).length).toBeGreaterThan(0)
    expect(survivingMutants(set, policy).map(m => `${m.what.zh} ${JSON.stringify(m.example)}`)).toEqual([])
  })

  test('there are slips of every kind among them', () => {
    const all = set.policies.flatMap(p => mutatePolicy(p, set.facts)).map(m => m.what.en)
    for (const kind of ['without', 'becomes', '||', 'without "not"', 'amount', 'value', 'validity']) expect(all.filter(w => w.includes(kind)).length, kind).toBeGreaterThan(0)
    expect(all.length).toBeGreaterThan(500)
  })
})

describe('analysis', () => {
  test('no shipped policy holds an error, or anything somebody would have to confirm, and everything was proved', () => {
    const found = analyse(set)
    expect(found.findings.filter(f => f.severity !== 'info').map(f => `${f.file}:${f.line} ${findingText(f, set, 'zh')}`)).toEqual([])
    expect(found.proved).toBe(true)
  })
})

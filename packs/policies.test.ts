import { compilePolicySet, createPopulation, encodeFact, evaluatePerson, evaluatePopulation, forRegion, NO_DAY, parseFacts, parsePolicy, runCases } from '@songbai/policy'
import type { Policy, PolicySet } from '@songbai/policy'
import { describe, expect, test } from 'vitest'
import { categoryPolicies, loadPacks } from './src/index.ts'

const packs = loadPacks()
const read = parseFacts(packs.factsText)
if ('problems' in read) throw new Error(JSON.stringify(read.problems))
const facts = read.facts
const policies = parseAll(packs.policies.map(p => ({ file: p.path, text: p.text })))
const set = compiled(policies)

function parseAll(files: { file: string; text: string }[]): Policy[] {
  const parsed: Policy[] = []
  for (const { file, text } of files) {
    const result = parsePolicy(text, facts, { file, uppers: parsed, clauses: packs.clauses })
    if ('problems' in result) throw new Error(result.problems.map(p => `${file}:${p.line}:${p.col} ${p.code} ${JSON.stringify(p.args)}`).join('\n'))
    parsed.push(result.policy)
  }
  return parsed
}

function compiled(list: readonly Policy[]): PolicySet {
  const result = compilePolicySet(list, facts)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.set
}

describe('policies of the packs', () => {
  test.each(policies.map(p => [p.file!, p] as const))('%s: every golden case gives what was worked out by hand', (_file, policy) => {
    expect(policy.cases.length).toBeGreaterThanOrEqual(4)
    expect(runCases(set, policy).filter(r => !r.ok)).toEqual([])
  })

  test.each(policies.map(p => [p.file!, p] as const))('%s: its cases hold a yes, a no and an unknown, and every row it wrote itself', (_file, policy) => {
    const outs = policy.cases.map(c => c.out)
    expect(outs.some(o => typeof o.row === 'string'), 'yes').toBe(true)
    expect(outs.some(o => o.row === null), 'no').toBe(true)
    expect(outs.some(o => o.unknown !== undefined), 'unknown').toBe(true)
    const shown = new Set(outs.map(o => o.row))
    for (const r of policy.rows.filter(r => r.region === policy.region)) expect(shown, r.id).toContain(r.id)
  })

  test('every item of the national list is carried by the policies it names, and they say so', () => {
    for (const item of packs.serviceList.items) {
      const carried = policies.filter(p => p.region === '' && p.listItem === item.number).map(p => p.id)
      expect(carried.sort()).toEqual([...item.policies].sort())
    }
  })

  test.each([
    ['科尔沁右翼中旗', '152222', 22, 'inner-mongolia-2024/policies/care-visit.yaml'], ['即墨区', '370215', 25, 'jimo-2024/policies/care-visit.yaml'],
    ['城口县', '500229', 24, 'chengkou-2021/policies/care-visit.yaml'], ['海安市', '320685', 22, 'national/policies/care-visit.yaml'],
    ['铁岭县', '211221', 19, 'national/policies/care-visit.yaml'], ['elsewhere', '330106', 19, 'national/policies/care-visit.yaml'],
  ])('in %s (%s) %i items are in force on 2026-07-01, care visits by the nearest region', (_name, region, items, visits) => {
    const plan = forRegion(set, region, '2026-07-01')
    expect(plan.items).toHaveLength(items)
    expect(plan.items.find(i => i.id === 'care-visit')!.policy.file).toBe(visits)
  })

  test('the file name is the policy id', () => {
    for (const p of policies) expect(p.file!.endsWith(`/${p.id}.yaml`), p.file).toBe(true)
  })

  test('only the voucher cap and the number of visits are figures from a document; every other amount, age and share is marked a sample', () => {
    const given = policies.flatMap(p => [...p.params.values()].filter(x => x.region === p.region && x.values.some(v => !v.sample)).map(x => `${p.id} ${x.name} ${x.values.map(v => v.value).join()}`))
    expect(given.sort()).toEqual(['care-visit perMonth 1', 'service-voucher cap 80000'])
  })

  test('a figure resting on a recalled or sample norm is never shown as official', () => {
    const weak = new Set(packs.norms.filter(n => n.trust === 'sample' || n.trust.startsWith('recalled')).map(n => `national/${n.id}`))
    for (const p of policies) for (const x of p.params.values()) for (const v of x.values) {
      if (v.basis.some(b => b.clause !== undefined && weak.has(b.clause))) expect([p.file, x.name, v.sample]).toEqual([p.file, x.name, true])
    }
  })
})

describe('categories', () => {
  const files = categoryPolicies(packs.categories)
  const parsed = parseAll(files.map(f => ({ file: f.id, text: f.text })))
  const own = compiled(parsed)

  test.each(parsed.map(p => [p.id, p] as const))('%s: yes, no and unknown as worked out by hand', (_id, policy) => {
    expect(runCases(own, policy).filter(r => !r.ok)).toEqual([])
  })
})

describe('indicators', () => {
  const conditions = packs.indicators.indicators.flatMap(i => [i.numerator, i.denominator].flatMap(n => (n?.when === undefined ? [] : [[i.id, n.en, n.when] as const])))

  test.each(conditions)('%s: the condition of "%s" is one the engine reads', (_id, _words, when) => {
    const text = JSON.stringify({
      policy: 'count', title: 'count', kind: 'service', service: 'count', region: '000000', version: 1, effective: { from: '2021-01-01' },
      basis: { b: { doc: 'national', clause: 'national/list.3' } }, table: { hit: 'first', rows: [{ id: 'in', when, basis: 'b' }] }, draft: true,
    })
    const result = parsePolicy(text, facts, { clauses: packs.clauses })
    expect('problems' in result ? result.problems : []).toEqual([])
  })
})

describe('over a population', () => {
  const at = '2026-07-01'
  const people = policies.flatMap(p => p.cases.map(c => c.facts))
  const regions = ['152222', '211221', '320685', '370215', '500229']

  test('the columns of all golden persons in five counties say what the answer for one person says', () => {
    const rows = regions.flatMap(region => people.map(facts => ({ region, facts })))
    const names = [...set.facts.keys()]
    const entries = rows.flatMap((r, person) => Object.entries(r.facts).map(([fact, value]) => ({ person, fact: names.indexOf(fact), value: encodeFact(set.facts.get(fact)!, value) })))
    const column = (pick: (e: (typeof entries)[number]) => number): Int32Array => Int32Array.from(entries, pick)
    const population = createPopulation(set.facts, {
      ids: rows.map((_, i) => `person-${i}`), regions: rows.map(r => r.region), facts: names,
      intervals: { person: column(e => e.person), fact: Uint16Array.from(entries, e => e.fact), value: column(e => e.value), from: column(() => 0), to: column(() => NO_DAY), recorded: column(() => 0), superseded: column(() => NO_DAY) },
    })
    const results = evaluatePopulation(set, population.columnsAt(at))
    rows.forEach((r, i) => {
      const one = evaluatePerson(set, r.region, r.facts, at)
      const columns = set.items.map((_, k) => [results.sure[k]![i], results.possible[k]![i], results.amount[k]![i]])
      expect(columns, `${r.region} ${JSON.stringify(r.facts)}`).toEqual(one.map(a => [a.code, a.possible, a.amount]))
    })
  })
})

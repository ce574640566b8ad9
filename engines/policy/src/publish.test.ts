import { describe, expect, it } from 'vitest'
import { compilePolicySet, findingKey, parsePolicies, publishReasonText, readyToPublish } from './index.ts'
import type { PublishInput } from './index.ts'
import { loadFacts, POLICY_FILES, text } from '../fixtures/load.ts'

const facts = loadFacts()

function input(change: (t: string) => string): PublishInput {
  const { policies, problems } = parsePolicies(POLICY_FILES.map(f => ({ file: f, text: f === 'care-subsidy' ? change(text(`policies/${f}.yaml`)) : text(`policies/${f}.yaml`) })), facts)
  const made = compilePolicySet(policies, facts)
  return { policy: policies.find(p => p.file === 'care-subsidy') ?? null, set: 'set' in made ? made.set : null, problems: problems.filter(p => p.file === 'care-subsidy') }
}

const codes = (x: PublishInput): string[] => readyToPublish(x).map(r => r.code)

describe('publishing gate', () => {
  it('[L10] a sound policy with cases passes', () => expect(codes(input(t => t))).toEqual([]))

  it.each([
    ['a mistake in the text', (t: string) => t.replace('hit: first', 'hit: firts'), ['problems']],
    ['a draft', (t: string) => t.replace('version: 1', 'version: 1\ndraft: true'), ['draft']],
    ['a draft without cases', (t: string) => t.replace('version: 1', 'version: 1\ndraft: true').replace(/cases:[^]*$/, ''), ['draft', 'noCases', ]],
    ['a case that fails', (t: string) => t.replace('amount: 26000', 'amount: 26001'), ['casesFail']],
    ['a row without a case', (t: string) => t.replace('basis: a3 }\nunit:', "basis: a3 }\n    - { id: r3, when: '本地户籍 && homeless', amount: 500, basis: a3 }\nunit:"), ['rowsWithoutCase']],
    ['an error of the analysis', (t: string) => t.replace('ability >= "severe"\'', 'ability >= "severe" && income == "无"\''), ['casesFail', 'errors']],
    ['a finding nobody has confirmed', (t: string) => t.replace('issued: 2023-11-20', 'issued: 2023-11-20, repealed: 2028-01-01'), ['unconfirmed']],
  ])('[L10] %s keeps it back', (_what, change, expected) => {
    const x = input(change)
    expect(codes(x)).toEqual(expected)
    for (const r of readyToPublish(x)) for (const lang of ['zh', 'en'] as const) expect(publishReasonText(r, lang)).not.toMatch(/[{}]/)
  })

  it('[L10] a confirmed finding no longer does', () => {
    const x = input(t => t.replace('issued: 2023-11-20', 'issued: 2023-11-20, repealed: 2028-01-01'))
    const [reason] = readyToPublish(x)
    if (reason?.code !== 'unconfirmed') throw new Error('expected a finding')
    expect(codes({ ...x, confirmed: new Set(reason.findings.map(findingKey)) })).toEqual([])
  })
})

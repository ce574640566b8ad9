/** What the analysis of a text found, in words, with the changes that put it right and who has said that it is meant so. */
import { analyse, applyFix, exampleText, findingKey, findingText, type Bilingual, type FactDictionary, type Finding, type Fix, type Policy, type PolicySet } from '@songbai/policy'
import type { FindingShown } from './contract.ts'

export interface Confirmed {
  readonly key: string
  readonly by: string
  readonly at: number
}

const FIX_WORDS: Readonly<Record<Fix['do'], Bilingual>> = {
  moveRow: { zh: '移到前面', en: 'Move it up' }, deleteRow: { zh: '删去这一行', en: 'Delete the row' }, addRow: { zh: '补一行', en: 'Add a row' }, addCase: { zh: '补一个案例', en: 'Add a case' },
  deleteLet: { zh: '删去这个名称', en: 'Delete the name' }, deleteParam: { zh: '删去这个参数', en: 'Delete the parameter' }, addValue: { zh: '补上这一天', en: 'Add the day' },
}

/** A row nobody reaches may be moved or deleted: two ways, and the person chooses. */
function fixesOf(finding: Finding): Fix[] {
  if (finding.fix === undefined) return []
  return finding.code === 'shadowed' && finding.fix.do === 'moveRow' ? [finding.fix, { do: 'deleteRow', row: finding.fix.row }] : [finding.fix]
}

interface Texts {
  readonly yaml: string
  /** Text of the policy above, for fixes of a row it wrote. */
  readonly upperYaml?: string | null | undefined
  readonly confirmed?: readonly Confirmed[] | undefined
}

/** Failing cases and a text without cases are told beside the cases, not here. */
export function findingsOf(set: PolicySet, policy: Policy, facts: FactDictionary, texts: Texts): { readonly findings: FindingShown[]; readonly steps: number } {
  const { findings, steps } = analyse(policy, { around: set })
  return { findings: findings.filter((one) => one.code !== 'caseFails' && one.code !== 'noCases').map((one) => shown(set, one, facts, texts)), steps }
}

function shown(set: PolicySet, one: Finding, facts: FactDictionary, { yaml, upperYaml, confirmed = [] }: Texts): FindingShown {
  const key = findingKey(one)
  const settled = confirmed.find((each) => each.key === key)
  return {
    key, code: one.code, severity: one.severity, text: { zh: findingText(one, set, 'zh'), en: findingText(one, set, 'en') }, rows: one.rows, line: one.line ?? null, column: one.col ?? null,
    example: one.example ? { at: one.example.at, facts: one.example.facts, text: { zh: exampleText(one.example, set, 'zh'), en: exampleText(one.example, set, 'en') } } : null,
    fixes: fixesOf(one).flatMap((fix) => { const text = applyFix(yaml, facts, fix, upperYaml ? { upper: upperYaml } : {}); return text === null || text === yaml ? [] : [{ label: FIX_WORDS[fix.do], yaml: text }] }),
    confirmed: settled ? { by: settled.by, at: settled.at } : null,
  }
}

/** [P13] Errors stay open until they are mended; what is only to be confirmed is settled by a person who says so. */
export function unsettled(findings: readonly FindingShown[]): FindingShown[] {
  return findings.filter((one) => one.severity === 'error' || (one.severity === 'confirm' && one.confirmed === null))
}

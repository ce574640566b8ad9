/** What the analysis of a text found, in words, with the changes that put it right and who has said that it is meant so. */
import { analyse, applyFix, editTable, exampleText, findingKey, findingText, runCases, survivingMutants, type Bilingual, type CaseResult, type Survivor, type FactDictionary, type Finding, type Fix, type Policy, type PolicySet } from '@songbai/policy'
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

/** Failing cases and a text without cases are told beside the cases, not here. `found` is what the gate of the engine reads. */
export function findingsOf(set: PolicySet, policy: Policy, facts: FactDictionary, texts: Texts): { readonly findings: FindingShown[]; readonly found: readonly Finding[]; readonly steps: number } {
  const { findings, steps } = analyse(policy, { around: set })
  return { findings: findings.filter((one) => one.code !== 'caseFails' && one.code !== 'noCases').map((one) => shown(set, one, facts, texts)), found: findings, steps }
}

export const SLIP = 'slipUnnoticed'

/** [P16] Slips of the pen that no case of a sound text would notice: each with a person it happens to, who becomes a case at one press. */
export function slipsOf(set: PolicySet, policy: Policy, facts: FactDictionary, texts: Texts, stop?: () => boolean): FindingShown[] {
  return survivingMutants(set, policy, stop === undefined ? {} : { stop }).map((one) => {
    const key = slipKey(policy, one)
    const settled = texts.confirmed?.find((each) => each.key === key)
    const { example, what } = one
    const says = (lang: 'zh' | 'en'): string => (example === null ? '' : `${lang === 'zh' ? '例：' : ' Example: '}${exampleText(example, set, lang)}`)
    return {
      key, code: SLIP, severity: 'confirm' as const, rows: [], line: null, column: null, confirmed: settled ? { by: settled.by, at: settled.at } : null,
      text: { zh: `要是写错成“${what.zh}”，没有案例会发现。请补一个案例，或确认不必补。${says('zh')}`, en: `If it were written wrong as "${what.en}", no case would notice. Add a case, or confirm that none is needed.${says('en')}` },
      example: example === null ? null : { at: example.at, facts: example.facts, text: { zh: exampleText(example, set, 'zh'), en: exampleText(example, set, 'en') } },
      fixes: example === null ? [] : caseFix(set, policy, facts, texts, example),
    }
  })
}

/** Keys have a most of 400 characters; a condition may be longer. */
function slipKey(policy: Policy, { id }: Survivor): string {
  let hash = 0
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0
  return `${SLIP}/${policy.region}/${policy.id}/${id.slice(0, 200)}#${(hash >>> 0).toString(36)}`
}

/** The person as a case, with what the rules say now: the clerk checks the figure. */
function caseFix(set: PolicySet, policy: Policy, facts: FactDictionary, { yaml, upperYaml }: Texts, example: NonNullable<Survivor['example']>): FindingShown['fixes'] {
  const [result] = runCases(set, { ...policy, cases: [{ line: 0, at: example.at, facts: example.facts, items: example.items, out: {} }] })
  const { got } = result!
  const out = got.open ? { unknown: got.unknown } : got.rows.length > 1 ? { rows: got.rows, amount: got.amount } : { row: got.rows[0] ?? null, ...(got.rows.length === 1 ? { amount: got.amount } : {}) }
  const presumed = Object.fromEntries(Object.entries(example.items).map(([item, yes]) => [`item.${item}`, yes ? 'yes' : 'no']))
  const done = editTable(yaml, facts, { do: 'addCase', at: example.at, facts: { ...example.facts, ...presumed }, out, note: null }, upperYaml ? { upper: upperYaml } : {})
  if (!('text' in done)) return []
  const [zh, en] = [expectedText(policy, got, 'zh'), expectedText(policy, got, 'en')]
  return [{ label: { zh: `补成案例：${zh}（请核对）`, en: `Add as a case: ${en} (please check)` }, yaml: done.text }]
}

function expectedText(policy: Policy, got: CaseResult['got'], lang: 'zh' | 'en'): string {
  if (got.open) return lang === 'zh' ? '待定' : 'open'
  if (got.rows.length === 0) return lang === 'zh' ? '不符合' : 'no'
  const names = got.rows.map((id) => policy.rows.find((row) => row.id === id)?.label?.[lang] ?? id).join(lang === 'zh' ? '、' : ', ')
  return got.amount === 0 ? names : `${names} ${(got.amount / 100).toFixed(2)}${lang === 'zh' ? '元' : ' yuan'}`
}

function shown(set: PolicySet, one: Finding, facts: FactDictionary, { yaml, upperYaml, confirmed = [] }: Texts): FindingShown {
  const key = findingKey(one)
  const settled = confirmed.find((each) => each.key === key)
  return {
    // A row without a case is mended with a case; nobody can say that it is meant so.
    key, code: one.code, severity: one.code === 'rowWithoutCase' ? 'error' : one.severity, text: { zh: findingText(one, set, 'zh'), en: findingText(one, set, 'en') }, rows: one.rows, line: one.line ?? null, column: one.col ?? null,
    example: one.example ? { at: one.example.at, facts: one.example.facts, text: { zh: exampleText(one.example, set, 'zh'), en: exampleText(one.example, set, 'en') } } : null,
    fixes: fixesOf(one).flatMap((fix) => { const text = applyFix(yaml, facts, fix, upperYaml ? { upper: upperYaml } : {}); return text === null || text === yaml ? [] : [{ label: FIX_WORDS[fix.do], yaml: text }] }),
    confirmed: settled ? { by: settled.by, at: settled.at } : null,
  }
}

/** [P13] Errors stay open until they are mended; what is only to be confirmed is settled by a person who says so. */
export function unsettled(findings: readonly FindingShown[]): FindingShown[] {
  return findings.filter((one) => one.severity === 'error' || (one.severity === 'confirm' && one.confirmed === null))
}

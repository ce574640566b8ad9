import { analyse } from './analyse.ts'
import { runCases } from './cases.ts'
import type { CaseResult } from './cases.ts'
import { findingKey } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Policy } from './policy.ts'
import type { Problem } from './problem.ts'
import type { PolicySet } from './set.ts'
import type { Lang } from './words.ts'

/** What stands between a policy and the people it is for. */
export type PublishReason =
  | { code: 'problems'; problems: readonly Problem[] }
  | { code: 'draft' }
  | { code: 'noCases' }
  | { code: 'casesFail'; cases: readonly CaseResult[] }
  | { code: 'rowsWithoutCase'; rows: readonly string[] }
  | { code: 'errors'; findings: readonly Finding[] }
  | { code: 'unconfirmed'; findings: readonly Finding[] }

export interface PublishInput {
  /** Null when the text could not be read; `problems` say why. */
  policy: Policy | null
  /** The law the policy is to be part of, with it. */
  set: PolicySet | null
  problems?: readonly Problem[]
  /** Keys (`findingKey`) of findings somebody has said are meant so. */
  confirmed?: ReadonlySet<string>
  /** Findings of an analysis of this very text, when there is one already. */
  findings?: readonly Finding[]
}

/** [L10] Every reason why a policy may not be published; empty: it may. Who publishes and on which day is for the caller to decide. */
export function readyToPublish({ policy, set, problems = [], confirmed = new Set(), findings }: PublishInput): PublishReason[] {
  if (policy === null || set === null || problems.length > 0) return [{ code: 'problems', problems }]
  const own = (findings ?? analyse(policy, { around: set }).findings).filter(f => f.policy === policy.id && f.region === policy.region && f.version === policy.version)
  const failing = runCases(set, policy).filter(c => !c.ok)
  const bare = own.filter(f => f.code === 'rowWithoutCase').flatMap(f => f.rows)
  const errors = own.filter(f => f.severity === 'error' && f.code !== 'caseFails' && f.code !== 'noCases')
  const open = own.filter(f => f.severity === 'confirm' && f.code !== 'rowWithoutCase' && f.code !== 'noCases' && !confirmed.has(findingKey(f)))
  return [
    ...(policy.draft ? [{ code: 'draft' } as const] : []),
    ...(own.some(f => f.code === 'noCases') ? [{ code: 'noCases' } as const] : []),
    ...(failing.length > 0 ? [{ code: 'casesFail', cases: failing } as const] : []),
    ...(bare.length > 0 ? [{ code: 'rowsWithoutCase', rows: bare } as const] : []),
    ...(errors.length > 0 ? [{ code: 'errors', findings: errors } as const] : []),
    ...(open.length > 0 ? [{ code: 'unconfirmed', findings: open } as const] : []),
  ]
}

const WORDS: Record<PublishReason['code'], Record<Lang, string>> = {
  problems: { zh: '文件有{n}处写错，改好后才能发布。', en: 'The file has {n} mistakes; they must be put right first.' },
  draft: { zh: '这是草稿（draft: true）。写完后去掉这一行。', en: 'It is marked as a draft. Take the line "draft: true" out when it is finished.' },
  noCases: { zh: '没有样例。至少写一个符合、一个不符合、一个待定的样例。', en: 'It has no golden cases. Write at least a yes, a no and an unknown.' },
  casesFail: { zh: '有{n}个样例与规则算出的不一样（第{list}行）。', en: '{n} golden cases do not come out as written (line {list}).' },
  rowsWithoutCase: { zh: '有{n}行没有样例：{list}。', en: '{n} rows have no golden case: {list}.' },
  errors: { zh: '检查出{n}个错误，要先改好。', en: 'The analysis found {n} errors; they must be put right first.' },
  unconfirmed: { zh: '有{n}处要先确认是有意这样写的。', en: '{n} findings must first be confirmed as meant so.' },
}

export function publishReasonText(r: PublishReason, lang: Lang): string {
  const list = r.code === 'casesFail' ? r.cases.map(c => c.line) : r.code === 'rowsWithoutCase' ? r.rows : []
  const n = r.code === 'problems' ? r.problems.length : 'findings' in r ? r.findings.length : list.length
  return WORDS[r.code][lang].replace('{n}', String(n)).replace('{list}', list.join(lang === 'zh' ? '、' : ', '))
}

import type { Example } from './analyse-space.ts'
import type { Policy } from './policy.ts'

/** `error` keeps a policy from being published, `confirm` wants somebody to say it is meant so, `info` is good to know. */
export type Severity = 'error' | 'confirm' | 'info'

export const FINDING_CODES = ['neverTrue', 'shadowed', 'overlap', 'overlapAmounts', 'gap', 'uncovered', 'paramWithoutValue', 'deadLet', 'deadParam', 'stackingCycle', 'partnerMissing', 'belowUpper',
  'basisRepealed', 'basisMissing', 'amountFalls', 'rowWithoutCase', 'noCases', 'caseFails', 'notProved'] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** A change of the file that puts the finding right; `applyFix` writes it. */
export type Fix =
  | { do: 'moveRow'; row: string; before: string }
  | { do: 'deleteRow'; row: string }
  | { do: 'addRow'; id: string; when: string; before?: string }
  | { do: 'deleteLet'; name: string }
  | { do: 'deleteParam'; name: string }
  | { do: 'addValue'; param: string; from: string }
  | { do: 'addCase'; at: string; in: Record<string, unknown>; row: string; amount?: number }

export interface Finding {
  code: FindingCode
  severity: Severity
  policy: string
  region: string
  version: number
  file?: string
  /** Rows of the table it is about, the one to look at first. */
  rows: string[]
  args: Record<string, string | number>
  /** A person the finding happens to. */
  example?: Example
  fix?: Fix
  /** Place in the file, where the finding has one. */
  line?: number
  col?: number
}

/** The same finding in the next run has the same key, so that "meant so" can be remembered; two holes of one fact have two. */
export function findingKey(f: Finding): string {
  return [f.code, f.region, f.policy, f.rows.join('+'), f.args['name'] ?? '', ...(f.args['start'] === undefined ? [] : [f.args['start']])].join('/')
}

export function finding(p: Policy, code: FindingCode, severity: Severity, more: Partial<Pick<Finding, 'rows' | 'args' | 'example' | 'fix'>> = {}, place = ''): Finding {
  const f: Finding = { code, severity, policy: p.id, region: p.region, version: p.version, rows: [], args: {}, ...more }
  if (p.file !== undefined) f.file = p.file
  const found = p.places?.get(place === '' && f.rows[0] !== undefined ? `row ${f.rows[0]}` : place) ?? p.places?.get('table')
  return found === undefined ? f : { ...f, ...found }
}

/** Title of an item; its id where nobody defines it. */
export function findingTitle(set: { readonly policies: readonly Policy[] }, id: string, lang: 'zh' | 'en'): string {
  return set.policies.find(p => p.id === id)?.title[lang] ?? id
}

import { analyse, findingText, problemText, runCases, SEVERITY_WORDS, survivingMutants, type CaseResult, type Finding, type Policy } from '@songbai/policy'
import { loadPolicies, sound } from './policy-load.ts'
import type { PolicyContext } from './policy.ts'

/** Every mistake with file, line and column, then what the analysis found. 0: nothing wrong, 1: mistakes or errors. */
export async function checkPolicies(context: PolicyContext): Promise<number> {
  const { language: lang } = context
  const loaded = loadPolicies(context.path(0), context)
  const set = loaded.set
  const findings = set === null ? [] : loaded.wanted.flatMap((policy) => analyse(policy, { around: set }).findings)
  const problems = loaded.problems.map((problem) => ({ file: problem.file ?? null, line: problem.line, column: problem.col, code: problem.code, text: problemText(problem, lang), suggestion: String(problem.args['suggestion'] ?? '') || null }))
  const errors = problems.length + findings.filter((finding) => finding.severity === 'error').length
  const shown = (finding: Finding): string => `${place(finding)}${SEVERITY_WORDS[finding.severity][lang]} ${set === null ? finding.code : findingText(finding, set, lang)}`
  context.answer(
    {
      files: loaded.files.length, policies: loaded.wanted.length, ok: errors === 0, problems,
      findings: findings.map((finding) => ({ ...finding, text: set === null ? '' : findingText(finding, set, lang) })),
    },
    () => [
      ...problems.map((problem) => `${problem.file === null ? '' : `${problem.file}:${problem.line}:${problem.column} `}${problem.text}`),
      ...findings.map(shown),
      summary(context, loaded.files.length, problems.length, findings),
    ],
  )
  return errors === 0 ? 0 : 1
}

function place(finding: Finding): string {
  return finding.file === undefined ? '' : `${finding.file}:${finding.line ?? 1}:${finding.col ?? 1} `
}

function summary(context: PolicyContext, files: number, problems: number, findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length
  return context.say(`${files} 个文件：写错 ${problems} 处，错误 ${count('error')} 处，待确认 ${count('confirm')} 处，提示 ${count('info')} 条。`, `${files} files: ${problems} mistakes, ${count('error')} errors, ${count('confirm')} to confirm, ${count('info')} notes.`)
}

/** Golden cases of every file; with --mutants also the slips that none of them would notice. */
export async function testPolicies(context: PolicyContext): Promise<number> {
  const loaded = loadPolicies(context.path(0), context)
  const set = sound(loaded)
  const results = loaded.wanted.map((policy) => ({ policy, cases: runCases(set, policy), survivors: context.values['mutants'] === true ? survivingMutants(set, policy) : [] }))
  const failed = results.reduce((n, one) => n + one.cases.filter((c) => !c.ok).length, 0)
  const survivors = results.reduce((n, one) => n + one.survivors.length, 0)
  const total = results.reduce((n, one) => n + one.cases.length, 0)
  context.answer(
    {
      cases: total, failed, survivors: context.values['mutants'] === true ? survivors : null, ok: failed + survivors === 0,
      policies: results.map(({ policy, cases, survivors: left }) => ({ file: policy.file, policy: policy.id, region: policy.region, cases: cases.length, failed: cases.filter((c) => !c.ok), survivors: left.map((one) => ({ what: one.what, example: one.example })) })),
    },
    () => [
      ...results.flatMap(({ policy, cases, survivors: left }) => [
        ...cases.filter((c) => !c.ok).map((c) => failing(context, policy, c)),
        ...left.map((one) => `${policy.file} ${context.say('样例没发现：', 'not noticed by any case: ')}${one.what[context.language]}${one.example === null ? '' : ` ${JSON.stringify(one.example)}`}`),
      ]),
      context.say(`${results.length} 项政策，${total} 个样例，${failed} 个不符${context.values['mutants'] === true ? `，${survivors} 处改错没被发现` : ''}。`, `${results.length} policies, ${total} cases, ${failed} wrong${context.values['mutants'] === true ? `, ${survivors} slips not noticed` : ''}.`),
    ],
  )
  return failed + survivors === 0 ? 0 : 1
}

function failing(context: PolicyContext, policy: Policy, c: CaseResult): string {
  const got = c.got.open ? `${context.say('待定', 'unknown')} ${c.got.unknown.join(' ')}` : c.got.rows.length === 0 ? context.say('不符合', 'no') : `${c.got.rows.join(' ')} ${c.got.amount}`
  return `${policy.file}:${c.line}:1 ${context.say('样例应为', 'expected')} ${JSON.stringify(c.expected)}${context.say('，算出', ', came out')} ${got}${c.expected.miss === undefined ? '' : ` ${c.got.miss.join(' ')}`}`
}

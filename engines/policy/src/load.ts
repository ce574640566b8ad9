import type { FactDictionary } from './facts.ts'
import { parsePolicy } from './parse.ts'
import { regionPrefix } from './policy.ts'
import type { Policy } from './policy.ts'
import type { Problem } from './problem.ts'

export interface PolicyFile { file: string; text: string }

/** Reads many files, upper regions first, so that `extends` finds what it names. Every problem of every file is listed; the readable ones are returned too. */
export function parsePolicies(files: readonly PolicyFile[], facts: FactDictionary, clauses?: ReadonlySet<string>): { policies: Policy[]; problems: Problem[] } {
  const policies: Policy[] = []
  const problems: Problem[] = []
  const ordered = [...files].map(f => ({ ...f, depth: depthOf(f.text) })).sort((a, b) => a.depth - b.depth)
  for (const { file, text } of ordered) {
    const parsed = parsePolicy(text, facts, { uppers: policies, file, ...(clauses === undefined ? {} : { clauses }) })
    if ('problems' in parsed) problems.push(...parsed.problems)
    else policies.push(parsed.policy)
  }
  return { policies, problems }
}

/** Length of the region prefix; read from the text, because the file may be too broken to parse. */
function depthOf(text: string): number {
  const region = /^region:\s*['"]?(\d+)/m.exec(text)?.[1]
  return region === undefined ? 0 : (regionPrefix(region) ?? '').length
}

/** The files that come with the program, as versions of the database. */
import { dayOf } from '@songbai/calendar'
import { NO_END, type Policy } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { factDictionary, lawOf } from './public.ts'
import { isSample } from './rules-texts.ts'
import { headOf, readVersion, upperIn } from './rules.ts'
import { allVersions, insertVersion, textsOf, type NewVersion } from './store.ts'

/**
 * The packs become law once, when a file is new to this database; a file that changed later arrives for review and overwrites nothing.
 * Safe to run at every start and by several processes: a text that is there already is left alone.
 */
export async function loadNewPolicies(tx: Tx): Promise<{ published: number; inReview: number; unchanged: number }> {
  const { packs } = resources()
  const known = await allVersions(tx)
  const fromPacks = await textsOf(tx, known.filter((one) => one.sourcePath !== null).map((one) => one.id))
  const texts = new Map<string, Set<string>>()
  for (const one of fromPacks) texts.set(one.sourcePath!, (texts.get(one.sourcePath!) ?? new Set()).add(one.yaml))
  const count = { published: 0, inReview: 0, unchanged: packs.policies.filter((file) => texts.get(file.path)?.has(file.text)).length }
  if (count.unchanged === packs.policies.length) return count
  const around: Policy[] = (await lawOf(tx)).policies.map((one) => one.policy)
  for (const file of packs.policies.filter((one) => !texts.get(one.path)?.has(one.text))) {
    const head = headOf(file.text, COUNTRY)
    const first = !known.some((one) => one.item === head.item && one.region === head.region)
    const { row, policy } = packRow(file, first, around)
    const { number } = await insertVersion(tx, row)
    if (first) around.push({ ...policy, version: number })
    count[first ? 'published' : 'inReview']++
  }
  return count
}

const COUNTRY = '000000000000'

function packRow(file: { readonly path: string; readonly text: string }, first: boolean, around: readonly Policy[]): { row: NewVersion; policy: Policy } {
  const head = headOf(file.text, COUNTRY)
  const upper = upperIn(file.text, around)
  const read = readVersion({ id: '', ...head, number: 1, yaml: file.text, upperNumber: upper, effectiveFrom: null, effectiveTo: null }, around, factDictionary(), resources().packs.clauses)
  if ('problems' in read) throw new Error(`packs/${file.path}: ${JSON.stringify(read.problems)}`)
  const { policy } = read
  const to = policy.effective.to === NO_END ? null : dayOf(policy.effective.to)
  return { policy, row: { ...head, state: first ? 'published' : 'inReview', yaml: file.text, upperNumber: upper, sourcePath: file.path, sample: isSample(policy, policy.effective.from), title: policy.title, effectiveFrom: first ? dayOf(policy.effective.from) : null, effectiveTo: first ? to : null, note: policy.note?.zh ?? null } }
}

import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { PolicyPublished, PolicyWithdrawn, type loadPacks, type reviewDraft, type saveDraft, type submitDraft, type withdrawVersion } from './contract.ts'
import { maySee } from './actions-see.ts'
import { factDictionary, lawOf } from './public.ts'
import { isSample } from './rules-texts.ts'
import { check, covers, dayBefore, headOf, secondPerson, shownProblem, startProblem, upperIn, type Checked, type Source } from './rules.ts'
import { allVersions, endFormer, insertVersion, rewriteDraft, setReviewed, setSubmitted, setWithdrawn, versionById } from './store.ts'
import { loadNewPolicies } from './store-packs.ts'

async function checked(tx: Tx, source: Source): Promise<Checked> {
  return check(source, (await lawOf(tx)).policies.map((one) => one.policy), factDictionary(), resources().packs.clauses)
}

export const doSaveDraft: Does<typeof saveDraft> = async (tx, input) => {
  const before = input.id === undefined ? null : await versionById(tx, input.id)
  if (input.id !== undefined && (!before || !maySee(tx, before))) return refuse('policies.version-not-found')
  if (before && before.state !== 'draft') return refuse('policies.not-a-draft')
  const head = headOf(input.yaml, before?.region ?? tx.actor.region)
  if (!covers(tx.actor.prefixes, head.region) || (before && !covers(tx.actor.prefixes, before.region))) return refuse('policies.region-outside', { region: head.region })
  const upper = upperIn(input.yaml, (await lawOf(tx)).policies.map((one) => one.policy))
  // A draft not stored yet has no number; this one is nobody's.
  const result = await checked(tx, { id: input.id ?? '', ...head, number: before?.number ?? 1_000_000, yaml: input.yaml, upperNumber: upper, effectiveFrom: null, effectiveTo: null })
  const row = { ...head, yaml: input.yaml, upperNumber: upper, sample: result.policy ? isSample(result.policy, result.policy.effective.from) : false, title: result.policy?.title ?? before?.title ?? { zh: head.item, en: head.item }, note: input.note ?? null }
  const made = before ? { id: before.id, number: await rewriteDraft(tx, before.id, row) } : await insertVersion(tx, { ...row, state: 'draft', sourcePath: null, effectiveFrom: null, effectiveTo: null })
  return { id: made.id, version: made.number, problems: result.problems.map(shownProblem), failedCases: result.cases.filter((one) => !one.ok).length }
}

export const doSubmit: Does<typeof submitDraft> = async (tx, { id }) => {
  const version = await versionById(tx, id)
  if (!version || !maySee(tx, version)) return refuse('policies.version-not-found')
  if (version.state !== 'draft' || !covers(tx.actor.prefixes, version.region)) return refuse('policies.not-a-draft')
  const result = await checked(tx, version)
  if (result.problems.length > 0) return refuse('policies.has-problems', { count: result.problems.length })
  if (result.cases.length === 0) return refuse('policies.no-cases')
  const failed = result.cases.filter((one) => !one.ok)
  if (failed.length > 0) return refuse('policies.cases-fail', { count: failed.length, line: failed[0]!.line })
  await setSubmitted(tx, id)
  return { id }
}

export const doReview: Does<typeof reviewDraft> = async (tx, input) => {
  const version = await versionById(tx, input.id)
  if (!version || !maySee(tx, version)) return refuse('policies.version-not-found')
  if (version.state !== 'inReview' || !covers(tx.actor.prefixes, version.region)) return refuse('policies.not-in-review')
  const same = secondPerson(version, tx.actor.id)
  if (same) return same
  if (input.decision === 'return') {
    await setReviewed(tx, version.id, 'draft', null, input.note)
    return { id: version.id, state: 'draft' }
  }
  const wrong = startProblem(version, await allVersions(tx), input.effectiveFrom)
  if (wrong) return wrong
  await setReviewed(tx, version.id, 'published', input.effectiveFrom!, input.note)
  await endFormer(tx, version, dayBefore(input.effectiveFrom!))
  tx.emit(PolicyPublished, { item: version.item, versionId: version.id, region: version.region, from: input.effectiveFrom! }, version.region)
  return { id: version.id, state: 'published' }
}

export const doWithdraw: Does<typeof withdrawVersion> = async (tx, input) => {
  const version = await versionById(tx, input.id)
  if (!version || !maySee(tx, version)) return refuse('policies.version-not-found')
  if (version.state !== 'published' || !covers(tx.actor.prefixes, version.region)) return refuse('policies.not-published')
  const same = secondPerson(version, tx.actor.id)
  if (same) return same
  await setWithdrawn(tx, version.id, dayBefore(input.from), input.reason)
  tx.emit(PolicyWithdrawn, { item: version.item, versionId: version.id, region: version.region, from: input.from }, version.region)
  return { id: version.id }
}

export const doLoadPacks: Does<typeof loadPacks> = (tx) => loadNewPolicies(tx)

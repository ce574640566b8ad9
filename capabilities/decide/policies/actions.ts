import { isRefused, refuse, type Does, type Refused, type Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { PolicyPublished, PolicyWithdrawn, type confirmFinding, type keepSource, type loadPacks, type reviewDraft, type saveDraft, type submitDraft, type withdrawVersion } from './contract.ts'
import { maySee, upperText } from './actions-see.ts'
import { factDictionary, lawOf } from './public.ts'
import { isSample } from './rules-texts.ts'
import { check, covers, dayBefore, headOf, newerVersion, newestPublished, notSound, pastDate, secondPerson, shownProblem, startProblem, upperIn, type Checked, type Slips } from './rules.ts'
import { allVersions, endFormer, hold, insertVersion, rewriteDraft, setConfirmed, setReviewed, setSource, setSubmitted, setWithdrawn, versionById, type VersionText } from './store.ts'
import { loadNewPolicies } from './store-packs.ts'

export async function checked(tx: Tx, source: Parameters<typeof check>[0], slips: Slips = 'none'): Promise<Checked> {
  return check({ ...source, upperYaml: await upperText(tx, source) }, (await lawOf(tx)).policies.map((one) => one.policy), factDictionary(), resources().packs.clauses, slips)
}

/** A half-written text is kept as it stands; what is wrong with it is told and nothing more. */
export const doSaveDraft: Does<typeof saveDraft> = async (tx, input) => {
  if (input.id !== undefined) await hold(tx, input.id, 'version')
  const before = input.id === undefined ? null : await versionById(tx, input.id)
  if (input.id !== undefined && (!before || !maySee(tx, before))) return refuse('policies.version-not-found')
  if (before && before.state !== 'draft') return refuse('policies.not-a-draft')
  // [P15]
  if (before && input.seen !== undefined && before.draftedAt !== input.seen && before.yaml !== input.yaml) return refuse('policies.draft-changed', { who: before.drafter })
  const head = headOf(input.yaml, before?.region ?? tx.actor.region)
  if (!covers(tx.actor.prefixes, head.region) || (before && !covers(tx.actor.prefixes, before.region))) return refuse('policies.region-outside', { region: head.region })
  const upper = upperIn(input.yaml, (await lawOf(tx)).policies.map((one) => one.policy))
  // A draft not stored yet has no number; this one is nobody's.
  const result = await checked(tx, { id: input.id ?? '', ...head, number: before?.number ?? 1_000_000, yaml: input.yaml, upperNumber: upper, effectiveFrom: null, effectiveTo: null })
  const row = { ...head, yaml: input.yaml, upperNumber: upper, sample: result.policy ? isSample(result.policy, result.policy.effective.from) : (before?.sample ?? false), title: result.policy?.title ?? before?.title ?? { zh: head.item, en: head.item }, note: input.note ?? null }
  const made = before ? { id: before.id, number: await rewriteDraft(tx, before.id, { ...row, base: input.base }) } : await insertVersion(tx, { ...row, state: 'draft', sourcePath: null, effectiveFrom: null, effectiveTo: null })
  return { id: made.id, version: made.number, savedAt: tx.nowMs, problems: result.problems.map(shownProblem), failedCases: result.cases.filter((one) => !one.ok).length }
}

/** A draft of the actor's own places, or why it cannot be touched. */
export async function draftOf(tx: Tx, id: string): Promise<VersionText | Refused<'policies.version-not-found' | 'policies.not-a-draft'>> {
  await hold(tx, id, 'version')
  const version = await versionById(tx, id)
  if (!version || !maySee(tx, version)) return refuse('policies.version-not-found')
  return version.state === 'draft' && covers(tx.actor.prefixes, version.region) ? version : refuse('policies.not-a-draft')
}

export const doConfirm: Does<typeof confirmFinding> = async (tx, { id, key, meantSo }) => {
  const version = await draftOf(tx, id)
  if (isRefused(version)) return version
  const others = version.confirmed.filter((one) => one.key !== key)
  if (meantSo) {
    const found = (await checked(tx, version, 'all')).findings.find((one) => one.key === key)
    if (found?.code === 'rowWithoutCase') return refuse('policies.rows-without-case', { count: found.rows.length, rows: found.rows.join('、') })
    if (found?.severity !== 'confirm') return refuse('policies.finding-gone')
  }
  await setConfirmed(tx, id, meantSo ? [...others, { key, by: tx.actor.name, at: tx.nowMs }] : others)
  return { id }
}

export const doKeepSource: Does<typeof keepSource> = async (tx, { id, source }) => {
  const version = await draftOf(tx, id)
  if (isRefused(version)) return version
  await setSource(tx, id, source)
  return { id }
}

export const doSubmit: Does<typeof submitDraft> = async (tx, { id }) => {
  const version = await draftOf(tx, id)
  if (isRefused(version)) return version
  const wrong = notSound(await checked(tx, version, 'all')) ?? newerVersion(version, newestPublished(await allVersions(tx), version.item, version.region))
  if (wrong) return wrong
  await setSubmitted(tx, id)
  return { id }
}

export const doReview: Does<typeof reviewDraft> = async (tx, input) => {
  await hold(tx, input.id, 'item')
  const version = await versionById(tx, input.id)
  if (!version || !maySee(tx, version)) return refuse('policies.version-not-found')
  if (version.state !== 'inReview' || !covers(tx.actor.prefixes, version.region)) return refuse('policies.not-in-review')
  const same = secondPerson(version, tx.actor.id)
  if (same) return same
  if (input.decision === 'return') {
    await setReviewed(tx, version.id, 'draft', null, input.note)
    return { id: version.id, state: 'draft' }
  }
  const all = await allVersions(tx)
  const wrong = startProblem(version, all, input.effectiveFrom) ?? newerVersion(version, newestPublished(all, version.item, version.region)) ?? pastDate(input.effectiveFrom!, tx.today, input.confirmPast)
  if (wrong) return wrong
  // The law around it may have changed since it was sent. Slips are settled by the writer before; what comes with the program has no writer here.
  const unfit = notSound(await checked(tx, version))
  if (unfit) return unfit
  // [P14] What it costs and whom it touches is attached before anybody signs.
  if (version.impact === null) return refuse('policies.no-impact')
  await setReviewed(tx, version.id, 'published', input.effectiveFrom!, input.note)
  await endFormer(tx, version, dayBefore(input.effectiveFrom!))
  tx.emit(PolicyPublished, { item: version.item, versionId: version.id, region: version.region, from: input.effectiveFrom! }, version.region)
  return { id: version.id, state: 'published' }
}

export const doWithdraw: Does<typeof withdrawVersion> = async (tx, input) => {
  await hold(tx, input.id, 'item')
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

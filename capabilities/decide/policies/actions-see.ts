import type { Does, Tx } from '@songbai/platform/tx'
import { refuse } from '@songbai/platform/tx'
import { forRegion, type Policy } from '@songbai/policy'
import { resources } from '../../resources.ts'
import { regionNames } from '../../know/regions/public.ts'
import type { compareVersions, ItemRow, listDocuments, listItems, listVersions, seeDocument, seeVersion } from './contract.ts'
import { factDictionary, lawOf, policySetFor, versionKey } from './public.ts'
import { changesBetween } from './rules-compare.ts'
import { figureShown, itemShown, joined } from './rules-texts.ts'
import { check, concerns, covers, extendsOf, newestPublished, readVersion, shownCase, shownProblem } from './rules.ts'
import { allVersions, versionById, type VersionRecord, type VersionText } from './store.ts'

export const doDocuments: Does<typeof listDocuments> = async () => {
  const { documents } = resources().packs
  return { documents: documents.map((one) => ({ id: one.id, title: one.title, number: one.number, issuer: { zh: one.issuers.join('、'), en: one.issuers.join(', ') }, issuedOn: one.issuedOn, region: one.region, clauses: one.clauses.length })) }
}

export const doDocument: Does<typeof seeDocument> = async (_tx, { id }) => {
  const { documents, targets } = resources().packs
  const one = documents.find((document) => document.id === id)
  if (!one) return refuse('policies.document-not-found')
  return {
    id: one.id, title: one.title, number: one.number, issuer: { zh: one.issuers.join('、'), en: one.issuers.join(', ') }, issuedOn: one.issuedOn,
    clauses: one.clauses.map((clause) => ({ id: clause.id, number: clause.label, heading: clause.heading, summary: clause.summary, requirements: clause.requirements })),
    targets: targets.filter((target) => target.document === id).map((target) => ({
      id: target.id, title: target.title, figure: joined(target.measures.map(figureShown)),
      due: target.measures.map((measure) => measure.due).find((due) => due !== null) ?? null, clause: target.clauses[0]!, note: target.note ?? null,
    })),
  }
}

async function placeName(tx: Tx, policy: Policy, region: string): Promise<string> {
  return policy.regionName ?? (await regionNames(tx, [region])).get(region)?.name ?? region
}

async function itemRowOf(tx: Tx, policy: Policy, versionId: string, state: ItemRow['state'], at: string): Promise<ItemRow> {
  const region = policy.region.padEnd(12, '0')
  return { ...itemShown(resources().packs, policy, at), versionId, region, regionName: await placeName(tx, policy, region), state }
}

export const doItems: Does<typeof listItems> = async (tx, input) => {
  const [place, at] = [input.place ?? tx.actor.region, input.at ?? tx.today]
  const law = await policySetFor(tx, place)
  const items: ItemRow[] = []
  for (const { policy } of forRegion(law.set, place, at).items) items.push(await itemRowOf(tx, policy, law.versionIds.get(versionKey(policy))!, 'published', at))
  return { items: items.sort((a, b) => (a.listNumber ?? 99) - (b.listNumber ?? 99) || (a.id < b.id ? -1 : 1)) }
}

/** What is not in force yet is shown to those whose places include the whole region it is for, and to whoever wrote it. */
export function maySee(tx: Tx, version: VersionRecord): boolean {
  if (version.state === 'published' || version.state === 'withdrawn') return tx.actor.prefixes.some((prefix) => concerns(version.region, prefix))
  return version.draftedBy === tx.actor.id || covers(tx.actor.prefixes, version.region)
}

export function versionShown(version: VersionRecord, all: readonly VersionRecord[]) {
  return {
    baseVersion: version.baseNumber, newestVersion: newestPublished(all, version.item, version.region), measured: version.measured,
    id: version.id, item: version.item, title: version.title, region: version.region, version: version.number, state: version.state, effectiveFrom: version.effectiveFrom, effectiveTo: version.effectiveTo,
    draftedBy: version.drafter, draftedAt: version.draftedAt, reviewedBy: version.reviewer, reviewedAt: version.reviewedAt, note: version.note, sample: version.sample,
  }
}

export const doVersions: Does<typeof listVersions> = async (tx, input) => {
  const every = await allVersions(tx)
  const all = every.filter((one) => (input.item === undefined || one.item === input.item) && (input.state === undefined || one.state === input.state) && maySee(tx, one))
  return { versions: all.map((one) => versionShown(one, every)) }
}

export const doVersion: Does<typeof seeVersion> = async (tx, { id }) => {
  const version = await versionById(tx, id)
  if (!version || !maySee(tx, version)) return refuse('policies.version-not-found')
  const law = (await lawOf(tx)).policies.map((one) => one.policy)
  const upperYaml = await upperText(tx, version)
  const checked = check({ ...version, upperYaml }, law, factDictionary(), resources().packs.clauses, version.state === 'draft' ? 'all' : 'none')
  return {
    version: versionShown(version, await allVersions(tx)), yaml: version.yaml, findings: [...checked.findings], impact: version.impact, source: version.source, upperYaml, cases: checked.cases.map(shownCase), problems: checked.problems.map(shownProblem),
    item: checked.policy ? { ...(await itemRowOf(tx, checked.policy, id, version.state, version.effectiveFrom ?? tx.today)), ...ownDays(version) } : unreadable(tx, version),
  }
}

/** The text a version extends, as far as it is law. */
export async function upperText(tx: Tx, version: Pick<VersionText, 'yaml' | 'upperNumber'>): Promise<string | null> {
  const above = extendsOf(version.yaml)
  if (above === null) return null
  const found = (await allVersions(tx)).filter((one) => one.item === above.item && one.region === above.region && (one.state === 'published' || one.state === 'withdrawn'))
  const upper = found.find((one) => one.number === version.upperNumber) ?? found.at(-1)
  return upper === undefined ? null : ((await versionById(tx, upper.id))?.yaml ?? null)
}

function ownDays(version: VersionRecord): Partial<ItemRow> {
  return version.effectiveFrom === null ? {} : { effectiveFrom: version.effectiveFrom, effectiveTo: version.effectiveTo }
}

/** A draft too broken to read still has its name and place. */
function unreadable(tx: Tx, version: VersionText): ItemRow {
  const none = { zh: '', en: '' }
  return {
    id: version.item, versionId: version.id, version: version.number, listNumber: null, title: version.title, object: none, content: none, standard: none, unit: null, kind: 'service', duty: null, basis: [],
    region: version.region, regionName: version.region, effectiveFrom: version.effectiveFrom ?? tx.today, effectiveTo: version.effectiveTo, sample: version.sample, state: version.state,
  }
}

export const doCompare: Does<typeof compareVersions> = async (tx, input) => {
  const [a, b] = [await versionById(tx, input.a), await versionById(tx, input.b)]
  if (!a || !b || !maySee(tx, a) || !maySee(tx, b)) return refuse('policies.version-not-found')
  const law = (await lawOf(tx)).policies.map((one) => one.policy)
  const [before, after] = [a, b].map((version) => readVersion(version, law, factDictionary(), resources().packs.clauses))
  const changes = before && after && 'policy' in before && 'policy' in after
    ? changesBetween(before.policy, after.policy, factDictionary())
    : a.yaml === b.yaml ? [] : [{ path: 'yaml', label: { zh: '文本（有一版读不通，不能逐项对比）', en: 'Text (one version cannot be read, so not compared item by item)' }, kind: 'changed' as const, before: a.yaml, after: b.yaml }]
  const all = await allVersions(tx)
  return { a: versionShown(a, all), b: versionShown(b, all), changes }
}

/** Duplicates: find, merge, take apart again, or say once and for all that it is two people. */
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { closeCases } from '../work/public.ts'
import { EldersMerged, EldersSplit, type mergeElders, type notDuplicate, type seeDuplicates, type splitElders } from './contract.ts'
import { pairKey } from './rules-duplicates.ts'
import { mergeRefusal } from './rules-merge.ts'
import { likelyPairs } from './store-duplicates.ts'
import { layStatements, viewOf, type Statement } from './store-facts.ts'
import { contactsToCopy, factsToCopy, insertMerge, markSplit, mergeBy, recordNotDuplicate, residencesToCopy, withdrawRows, type Moved } from './store-merge.ts'
import { toRows } from './store-rows.ts'
import { elderBy, eldersBy, openSealed, refreshElders, sealedOf, sealFor, type ElderRecord } from './store.ts'
import { insertContactRows, insertResidenceRows } from './store-write.ts'

export const doSeeDuplicates: Does<typeof seeDuplicates> = async (tx, input) => {
  const root = input.place ?? tx.actor.region
  const pairs = await likelyPairs(tx, /^0+$/.test(root) ? '' : prefixOf(root), input.elderId ?? null, input.limit)
  const people = await eldersBy(tx, [...new Set(pairs.flatMap((pair) => [pair.aId, pair.bId]))])
  const rows = new Map((await toRows(tx, people, viewOf(tx, {}))).map((row) => [row.id, row]))
  return { pairs: pairs.map((pair) => ({ a: rows.get(pair.aId)!, b: rows.get(pair.bId)!, score: pair.score, reasons: [...pair.reasons] })) }
}

export const doMerge: Does<typeof mergeElders> = async (tx, input) => {
  if (input.keepId === input.dropId) return refuse('elders.merge-same')
  const [keep, drop] = [await elderBy(tx, input.keepId), await elderBy(tx, input.dropId)]
  if (!keep || !drop) return refuse('elders.not-found')
  const keys = await sealedOf(tx, [keep.id, drop.id])
  const number = (of: ElderRecord): string | null => openSealed(tx, keys.get(of.id)!, keys.get(of.id)!.idSealed)
  const no = mergeRefusal({ ...keep, idNumber: number(keep) }, { ...drop, idNumber: number(drop) })
  if (no) return refuse(no)
  await layStatements(tx, [mergedInto(drop, keep.id, input.reason)])
  await refreshElders(tx, [drop.id])
  const moved = await copyOver(tx, keep, drop, input.reason)
  await refreshElders(tx, [keep.id])
  const mergeId = await insertMerge(tx, keep, drop, input.reason, moved)
  await closeCases(tx, 'elders.duplicateSuspect', [pairKey(keep.id, drop.id)], 'settle', 'merged', input.reason)
  for (const one of [keep, drop]) tx.note({ subjectId: one.id, region: one.region, what: 'merged', purpose: input.reason })
  tx.emit(EldersMerged, { keepId: keep.id, dropId: drop.id }, keep.region)
  return { mergeId }
}

function mergedInto(drop: ElderRecord, keepId: string | undefined, reason: string): Statement {
  return { elderId: drop.id, county: drop.county, region: drop.region, key: 'mergedInto', value: keepId, validFrom: null, validTo: null, source: '合并', sourceRef: null, reason }
}

/** What the kept record lacks comes over as new rows, sealed anew with its own key; what both say stays as the kept one says it. */
async function copyOver(tx: Tx, keep: ElderRecord, drop: ElderRecord, reason: string): Promise<Moved> {
  const keys = await sealedOf(tx, [keep.id, drop.id])
  const [own, theirs] = [keys.get(keep.id)!, keys.get(drop.id)!]
  const reseal = (sealed: Buffer | null): Buffer | null => (sealed === null ? null : sealFor(tx, own, openSealed(tx, theirs, sealed)!))
  const facts = (await factsToCopy(tx, keep, drop)).map((fact): Statement => ({ ...fact, elderId: keep.id, county: keep.county, region: keep.region, sealed: reseal(fact.sealed), reason }))
  const contacts = (await contactsToCopy(tx, keep, drop)).map((contact) => ({ elder: { id: keep.id, county: keep.county, person: keep }, contact: { ...contact, phone: openSealed(tx, theirs, contact.phoneSealed) }, phoneSealed: reseal(contact.phoneSealed) }))
  const residences = (await residencesToCopy(tx, keep, drop)).map((residence) => ({ elder: { id: keep.id, county: keep.county, person: keep }, residence }))
  return { facts: (await layStatements(tx, facts)).recorded, contacts: await insertContactRows(tx, contacts, null), residences: await insertResidenceRows(tx, residences, null) }
}

export const doSplit: Does<typeof splitElders> = async (tx, input) => {
  const merge = await mergeBy(tx, input.mergeId)
  if (!merge) return refuse('elders.merge-not-found')
  if (merge.splitAt !== null) return refuse('elders.merge-already-split')
  const [keep, drop] = [await elderBy(tx, merge.keepId), await elderBy(tx, merge.dropId)]
  if (!keep || !drop) return refuse('elders.merge-not-found')
  // The kept record lets go first: one ID number is never two people's, not even inside one deed.
  await withdrawRows(tx, merge.county, merge.moved)
  await refreshElders(tx, [keep.id])
  await layStatements(tx, [mergedInto(drop, undefined, input.reason)])
  await refreshElders(tx, [drop.id])
  await markSplit(tx, merge, input.reason)
  for (const one of [keep, drop]) tx.note({ subjectId: one.id, region: one.region, what: 'split', purpose: input.reason })
  tx.emit(EldersSplit, { keepId: keep.id, dropId: drop.id }, keep.region)
  return { keepId: keep.id, dropId: drop.id }
}

export const doNotDuplicate: Does<typeof notDuplicate> = async (tx, input) => {
  const [a, b] = [await elderBy(tx, input.aId), await elderBy(tx, input.bId)]
  if (!a || !b || a.id === b.id || a.county !== b.county) return refuse('elders.not-found')
  await recordNotDuplicate(tx, a, b, input.reason)
  await closeCases(tx, 'elders.duplicateSuspect', [pairKey(a.id, b.id)], 'settle', 'twoPeople', input.reason)
  for (const one of [a, b]) tx.note({ subjectId: one.id, region: one.region, what: 'notDuplicate', purpose: input.reason })
  return {}
}

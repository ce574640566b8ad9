import { ageOn, daysBetween } from '@songbai/calendar'
import { EVIDENCE_EN } from '../entitlements/rules-evidence.ts'
import { explainPeople, type ExplainedPerson } from '../entitlements/public-people.ts'
import { addressesOf } from '../../know/elders/public-addresses.ts'
import type { Channel } from '../../know/messages/rules.ts'
import { childrenOf, regionExists, regionNames } from '../../know/regions/public.ts'
import { countyOf, refuse, type Does, type Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import type { FunnelCounts, listAhead, listOffers, OfferPage, OfferRow, seeFunnel, seeOffer, seeOfferSettings } from './contract.ts'
import { funnelOf, sumOf } from './public.ts'
import { amountSaid, firstMonth, mayRepresent, papersAsked, paysMoney, plain, secondPersonMissing, WAITING } from './rules.ts'
import { script } from './rules-templates.ts'
import { countOffers, groups, offerById, offers, papersOf, settingOf, stepsOf, type Group, type Offer, type Paper } from './store.ts'
import { ahead, countAhead, sweepOf, taskOf } from './store-find.ts'
import { USUAL_CHANNELS } from './tasks-reconcile.ts'
import { FIND } from './tasks-find.ts'

function since(offer: Offer): string {
  return { found: offer.foundOn, told: offer.toldOn, consented: offer.consentedOn, checked: offer.checkedOn, approved: offer.decidedOn, declined: offer.decidedOn, refused: offer.decidedOn, ended: offer.endedOn }[offer.state] ?? offer.foundOn
}

async function rowsOf(tx: Tx, found: readonly Offer[]): Promise<OfferRow[]> {
  const places = await regionNames(tx, [...new Set(found.map((one) => one.region))])
  return found.map((one) => ({
    id: one.id, elderId: one.elderId, elderName: one.elderName, item: one.item, title: one.title, number: one.number, region: one.region, place: places.get(one.region)?.full ?? one.region, state: one.state, kind: one.kind, amountFen: one.amountFen, unit: one.unit, sample: one.sample,
    because: one.because, foundOn: one.foundOn, dueOn: one.dueOn, over: WAITING.includes(one.state) && one.dueOn < tx.today, days: Math.max(0, daysBetween(since(one), tx.today)), fromMonth: one.fromMonth, askAgainOn: one.askAgainOn, endReason: one.endReason,
  }))
}

export const doListOffers: Does<typeof listOffers> = async (tx, input) => {
  const found = await offers(tx, input, { after: input.after, limit: input.limit + 1 })
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  return { rows: await rowsOf(tx, page), total: await countOffers(tx, input), next: found.length > input.limit && last ? `${last.dueOn}|${last.id}` : null }
}

export const doFunnel: Does<typeof seeFunnel> = async (tx, input) => {
  const root = input.place ?? tx.actor.region
  const children = (await regionExists(tx, root)) ? await childrenOf(tx, root) : []
  const digits = children[0] ? prefixOf(children[0].code).length : 12
  const all = await groups(tx, { ...input, place: root }, digits)
  const { counts, stages } = await funnelOf(tx, { ...input, place: root }, all)
  const items = [...byKey(all, (one) => one.item)].map(([item, own]) => ({ item, title: own[0]!.title, ...summed(own) }))
  const known = new Map(children.map((child) => [child.code, child.name]))
  const places = [...byKey(all, (one) => (known.has(one.place) ? one.place : root))].map(([code, own]) => ({ code, name: known.get(code) ?? '', ...summed(own) }))
  const sweep = await sweepOf(tx, countyOf(root))
  return {
    counts, stages, ahead: (await countAhead(tx, input)).reduce((sum, one) => sum + one.n, 0),
    items: items.sort((a, b) => b.waiting - a.waiting || (a.item < b.item ? -1 : 1)), places: places.sort((a, b) => b.waiting - a.waiting || (a.code < b.code ? -1 : 1)),
    sweptAt: sweep?.endedAt ?? null, sweeping: await taskOf(tx, FIND, ['running']),
  }
}

function byKey(all: readonly Group[], keyOf: (group: Group) => string): Map<string, Group[]> {
  const out = new Map<string, Group[]>()
  for (const one of all) out.set(keyOf(one), [...(out.get(keyOf(one)) ?? []), one])
  return out
}

function summed(own: readonly Group[]): { counts: FunnelCounts; waiting: number; over: number } {
  return { counts: sumOf(own), waiting: own.reduce((sum, one) => sum + one.waiting, 0), over: own.reduce((sum, one) => sum + one.over, 0) }
}

export const doSeeOffer: Does<typeof seeOffer> = async (tx, input) => {
  const offer = await offerById(tx, input.id)
  if (!offer) return refuse('offers.not-found')
  tx.note({ subjectId: offer.elderId, region: offer.region, what: 'offer' })
  const person = (await explainPeople(tx, [offer.elderId])).get(offer.elderId)
  const address = (await addressesOf(tx, [offer.elderId])).get(offer.elderId)
  const papers = await papersOf(tx, offer)
  const x = person?.standings.has(offer.item) ? person.explain(offer.item) : undefined
  return {
    offer: (await rowsOf(tx, [offer]))[0]!, ...(await saidOf(tx, offer, person, papers)),
    elder: { age: person?.elder.birthDay ? ageOn(person.elder.birthDay, tx.today) : null, sex: person?.elder.sex ?? null, phoneMasked: address?.elder.phoneMasked ?? null, alive: person?.elder.status === 'active' },
    sentences: x?.sentences ?? [], clauses: x?.clauses ?? [], basis: x?.item.basis ?? { zh: '', en: '' }, stillEntitled: person?.standings.get(offer.item) === 'entitledNotEnjoying',
    contacts: (address?.contacts ?? []).map((one) => ({ id: one.id, name: one.name, relation: one.relation, phoneMasked: one.phoneMasked, mayRepresent: mayRepresent(one.duty) })),
    consent: offer.consent && { kind: offer.consent.kind, on: offer.consent.on, by: offer.consent.by, fileId: offer.consent.fileId ?? null, contactName: offer.consent.contactName ?? null, note: offer.consent.note ?? null },
    decline: offer.declineReason === null ? null : { reason: offer.declineReason, askAgainOn: offer.askAgainOn }, refusal: offer.refuseClause === null ? null : { clause: offer.refuseClause, reason: offer.refuseReason ?? '' },
    pays: paysMoney(offer), needsAnother: secondPersonMissing(offer, tx.actor.id), steps: await stepsOf(tx, offer), caseId: offer.caseId, times: offer.asked,
    firstMonth: offer.fromMonth ?? (x ? firstMonth(person?.ruleOf(offer.item)?.policy.pay?.start, x.payFrom, offer.consentedOn ?? tx.today, tx.today) : null),
  }
}

async function saidOf(tx: Tx, offer: Offer, person: ExplainedPerson | undefined, papers: readonly Paper[]): Promise<Pick<OfferPage, 'script' | 'evidence' | 'asked'>> {
  const wanted = person?.ruleOf(offer.item)?.policy.evidence ?? []
  const asked = papersAsked(wanted, new Set(papers.map((one) => one.label)))
  const county = countyOf(offer.region).padEnd(12, '0')
  const office = (await regionNames(tx, [county])).get(county)?.name ?? ''
  const came = (label: string) => papers.filter((one) => one.label === label).map(({ fileId, note, at, by }) => ({ fileId, note, at, by }))
  const extra = papers.filter((one) => !wanted.some(({ text }) => text === one.label))
  return {
    asked, script: script({ name: offer.elderName, office: `${office}养老服务`, item: offer.title.zh, money: amountSaid(offer.amountFen, offer.unit, false).zh, because: `因为：${plain(offer.because.zh)}。`, asked, declares: wanted.filter((one) => one.how === 'declare').map((one) => one.text) }),
    evidence: [
      ...wanted.map((one) => ({ text: one.text, label: { zh: one.text, en: EVIDENCE_EN[one.text] ?? one.text }, how: one.how, held: one.how === 'auto' || came(one.text).length > 0 || (one.how === 'declare' && offer.consent !== null), papers: came(one.text) })),
      ...[...new Set(extra.map((one) => one.label))].map((label) => ({ text: label, label: { zh: label, en: label }, how: 'paper' as const, held: true, papers: came(label) })),
    ],
  }
}

export const doListAhead: Does<typeof listAhead> = async (tx, input) => {
  const found = await ahead(tx, input, { after: input.after, limit: input.limit + 1 })
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  const places = await regionNames(tx, [...new Set(page.map((one) => one.region))])
  const counts = await countAhead(tx, { place: input.place, item: input.item })
  const all = await countAhead(tx, { place: input.place })
  const months = new Map<string, number>()
  for (const one of counts) months.set(one.month, (months.get(one.month) ?? 0) + one.n)
  const items = new Map<string, { item: string; title: { zh: string; en: string }; count: number }>()
  for (const one of all) items.set(one.item, { item: one.item, title: one.title, count: (items.get(one.item)?.count ?? 0) + one.n })
  return {
    months: [...months].map(([month, count]) => ({ month, count })), items: [...items.values()], total: counts.filter((one) => input.month === undefined || one.month === input.month).reduce((sum, one) => sum + one.n, 0),
    rows: page.map((one) => ({ elderId: one.elderId, elderName: one.elderName, item: one.item, title: one.title, region: one.region, place: places.get(one.region)?.full ?? one.region, onDay: one.onDay, days: daysBetween(tx.today, one.onDay), amountFen: one.amountFen, unit: one.unit, sample: one.sample })),
    next: found.length > input.limit && last ? `${last.onDay}|${last.elderId}|${last.item}` : null,
  }
}

export const doSeeSettings: Does<typeof seeOfferSettings> = async (tx) => {
  const own = await settingOf(tx, countyOf(tx.actor.region))
  return { onFinding: own?.onFinding ?? 'outbox', channels: (own?.channels as Channel[] | undefined) ?? [...USUAL_CHANNELS], usual: own === null, setBy: own?.setBy ?? null }
}

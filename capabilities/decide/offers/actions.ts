import { addMonths, type Day } from '@songbai/calendar'
import { recordFacts } from '../../know/elders/public.ts'
import { addressesOf } from '../../know/elders/public-addresses.ts'
import { recordSaid, sendMessages, withdrawMatter, withdrawMessages } from '../../know/messages/public.ts'
import type { Channel } from '../../know/messages/rules.ts'
import { isRefused, refuse, type Does, type Refused, type Tx } from '@songbai/platform/tx'
import { explainPeople, type ExplainedPerson } from '../entitlements/public-people.ts'
import type { addPaper, approveMany, approveOffer, checkOffer, declineOffer, recordConsent, refuseOffer, saveOfferSettings, sendBackOffer, tellOffer } from './contract.ts'
import { OfferApproved } from './contract.ts'
import { amountSaid, consentProblem, DECLINE_REASONS, firstMonth, papersAsked, plain, secondPersonMissing, type Consent, type DeclineReason, type State } from './rules.ts'
import { OFFER_APPROVED, OFFER_FOUND, OFFER_REFUSED } from './rules-templates.ts'
import { addPaperRow, addSteps, fileThere, offerForUpdate, papersOf, saveOffer, saveSetting, settingOf, type Offer } from './store.ts'
import { about, askAgain, channelsOf, matterKey, moveCase, notice, noticeKey } from './tasks-reconcile.ts'

/** The offer, locked, when it stands at one of these stages. */
async function offerAt(tx: Tx, id: string, states: readonly State[]): Promise<Offer | Refused<'offers.not-found' | 'offers.not-now'>> {
  const offer = await offerForUpdate(tx, id)
  if (!offer) return refuse('offers.not-found')
  return states.includes(offer.state) && offer.endedOn === null ? offer : refuse('offers.not-now', { state: offer.state })
}

async function personOf(tx: Tx, offer: Offer): Promise<ExplainedPerson | undefined> {
  return (await explainPeople(tx, [offer.elderId])).get(offer.elderId)
}

export async function becameTold(tx: Tx, offer: Offer, note: string | null, by?: string | null): Promise<Offer> {
  if (offer.state !== 'found') return offer
  const told = await saveOffer(tx, offer, { state: 'told', toldOn: tx.today })
  await addSteps(tx, [{ offer, what: 'told', note, by: by ?? null }])
  await moveCase(tx, offer, 'told', note)
  return told
}

export const doTell: Does<typeof tellOffer> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['found', 'told'])
  if (isRefused(offer)) return offer
  const person = await personOf(tx, offer)
  if (!person) return refuse('offers.not-found')
  if (input.how === 'send') {
    if (input.channels.length === 0) return refuse('offers.channel-missing')
    // What waits in the outbox goes out by the way chosen now, not twice.
    await withdrawMessages(tx, offer.county, [noticeKey(offer)], 'sentOtherwise')
    await sendMessages(tx, [notice(offer, person, input.channels as [Channel, ...Channel[]], `offers/${offer.id}/sent/${tx.newId()}`)])
    await addSteps(tx, [{ offer, what: 'sent', note: input.channels.join(' ') }])
    return { id: offer.id, state: offer.state }
  }
  await recordSaid(tx, { ...about(offer, person), key: `offers/${offer.id}/said/${tx.newId()}`, template: OFFER_FOUND, args: notice(offer, person, ['outbox']).args }, input.how)
  await withdrawMessages(tx, offer.county, [noticeKey(offer)], 'saidInPerson')
  const told = await becameTold(tx, offer, input.note ?? null)
  return { id: offer.id, state: told.state }
}

/** Said by the person, whoever wrote it down; told at the latest now. */
export async function becameConsented(tx: Tx, before: Offer, consent: Consent, consentBy: string | null): Promise<Offer> {
  const offer = await saveOffer(tx, before, { state: 'consented', toldOn: before.toldOn ?? tx.today, consentedOn: consent.on, consent, consentBy })
  await addSteps(tx, [{ offer, what: `consented.${consent.kind}`, note: consent.note ?? null, by: consent.by }])
  await moveCase(tx, offer, 'consented')
  await withdrawMatter(tx, offer.county, matterKey(offer), 'answered')
  return offer
}

export const doConsent: Does<typeof recordConsent> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['found', 'told', 'declined'])
  if (isRefused(offer)) return offer
  if (input.on !== undefined && input.on > tx.today) return refuse('offers.consent-in-future')
  // [O14] From the month of consent some items are paid: a day before anybody was found would be back pay by the stroke of a pen.
  if (input.on !== undefined && input.on < offer.foundOn) return refuse('offers.consent-too-early', { foundOn: offer.foundOn })
  const contacts = input.kind === 'representative' ? ((await addressesOf(tx, [offer.elderId])).get(offer.elderId)?.contacts ?? []) : []
  const problem = consentProblem(input, contacts)
  if (problem) return problem
  if (input.fileId !== undefined && !(await fileThere(tx, input.fileId))) return refuse('offers.file-unknown')
  const representative = contacts.find((one) => one.id === input.contactId)
  const reopened = offer.state === 'declined' ? await reopen(tx, offer) : offer
  const { kind, scriptRead, fileId, note } = input
  const now = await becameConsented(tx, reopened, {
    kind, on: input.on ?? tx.today, by: tx.actor.name, ...(scriptRead === undefined ? {} : { scriptRead }), ...(fileId === undefined ? {} : { fileId }), ...(note === undefined ? {} : { note }),
    ...(representative ? { contactId: representative.id, contactName: `${representative.name}（${representative.relation}）` } : {}),
  }, tx.actor.id)
  return { id: now.id, state: now.state }
}

/** Somebody who declined may think better of it at any time; the time the rule gives begins anew, with a case of its own. */
async function reopen(tx: Tx, offer: Offer): Promise<Offer> {
  const person = await personOf(tx, offer)
  return person ? ((await askAgain(tx, [{ offer, person }]))[0] ?? offer) : offer
}

export async function becameDeclined(tx: Tx, offer: Offer, reason: DeclineReason, note: string | null, by?: string | null): Promise<Day | null> {
  const months = DECLINE_REASONS[reason]
  const askAgainOn = months === null ? null : addMonths(tx.today, months)
  await saveOffer(tx, offer, { state: 'declined', toldOn: offer.toldOn ?? tx.today, decidedOn: tx.today, declineReason: reason, askAgainOn })
  await addSteps(tx, [{ offer, what: `declined.${reason}`, note, by: by ?? null }])
  await moveCase(tx, offer, 'declined', note)
  await withdrawMatter(tx, offer.county, matterKey(offer), 'answered')
  return askAgainOn
}

export const doDecline: Does<typeof declineOffer> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['found', 'told', 'consented'])
  if (isRefused(offer)) return offer
  return { id: offer.id, askAgainOn: await becameDeclined(tx, offer, input.reason, input.note ?? null) }
}

export const doAddPaper: Does<typeof addPaper> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['found', 'told', 'consented', 'checked'])
  if (isRefused(offer)) return offer
  const evidence = (await personOf(tx, offer))?.ruleOf(offer.item)?.policy.evidence ?? []
  if (evidence.find((one) => one.text === input.label)?.how === 'auto') return refuse('offers.paper-held', { label: input.label })
  if (input.fileId === undefined && !input.note) return refuse('offers.paper-empty')
  if (input.fileId !== undefined && !(await fileThere(tx, input.fileId))) return refuse('offers.file-unknown')
  await addPaperRow(tx, offer, { label: input.label, fileId: input.fileId ?? null, note: input.note ?? null })
  await addSteps(tx, [{ offer, what: 'paper', note: input.label }])
  return { id: offer.id }
}

/** Entitled today and every paper there that the register does not hold; nothing else is asked. */
async function ready(tx: Tx, offer: Offer): Promise<{ readonly person: ExplainedPerson } | Refused<'offers.papers-missing' | 'offers.no-longer-entitled'>> {
  const person = await personOf(tx, offer)
  const rule = person?.ruleOf(offer.item)
  if (!person || !rule || person.standings.get(offer.item) !== 'entitledNotEnjoying') return refuse('offers.no-longer-entitled')
  const missing = papersAsked(rule.policy.evidence, new Set((await papersOf(tx, offer)).map((one) => one.label)))
  return missing.length === 0 ? { person } : refuse('offers.papers-missing', { papers: missing.join('、') })
}

export const doCheck: Does<typeof checkOffer> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['consented'])
  if (isRefused(offer)) return offer
  const fit = await ready(tx, offer)
  if (isRefused(fit)) return fit
  const now = await saveOffer(tx, offer, { state: 'checked', checkedOn: tx.today, checkedBy: tx.actor.id })
  await addSteps(tx, [{ offer, what: 'checked', note: input.note }])
  await moveCase(tx, offer, 'checked', input.note ?? null)
  return { id: now.id, state: now.state }
}

export const doSendBack: Does<typeof sendBackOffer> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['checked'])
  if (isRefused(offer)) return offer
  const now = await saveOffer(tx, offer, { state: 'consented', checkedOn: null, checkedBy: null })
  await addSteps(tx, [{ offer, what: 'sentBack', note: input.reason }])
  await moveCase(tx, offer, 'sentBack', input.reason)
  return { id: now.id, state: now.state }
}

type ApprovalRefusal = 'offers.not-found' | 'offers.not-now' | 'offers.second-person' | 'offers.papers-missing' | 'offers.no-longer-entitled'

/** All is asked before anything is written, so that one of many can be left out without a trace. */
export async function approveOne(tx: Tx, id: string): Promise<{ readonly id: string; readonly fromMonth: string } | Refused<ApprovalRefusal>> {
  const offer = await offerAt(tx, id, ['checked'])
  if (isRefused(offer)) return offer
  if (secondPersonMissing(offer, tx.actor.id)) return refuse('offers.second-person')
  const fit = await ready(tx, offer)
  if (isRefused(fit)) return fit
  const x = fit.person.explain(offer.item, 1)
  const rule = fit.person.ruleOf(offer.item)!
  const fromMonth = firstMonth(rule.policy.pay?.start, x.payFrom, offer.consentedOn!, tx.today)
  const first = `${fromMonth}-01`
  const now = await saveOffer(tx, offer, { state: 'approved', decidedOn: tx.today, decidedBy: tx.actor.id, fromMonth, versionId: rule.versionId, version: x.policyVersion, amountFen: x.amountFen, sample: x.sample })
  await recordFacts(tx, [{ elderId: offer.elderId, key: `benefit.${offer.item}`, value: first, validFrom: first < tx.today ? first : tx.today, validTo: null, source: '服务找人审批', sourceRef: offer.number, reason: null }])
  await addSteps(tx, [{ offer, what: 'approved', note: fromMonth }])
  await moveCase(tx, offer, 'approved')
  const money = amountSaid(x.amountFen, offer.unit, x.sample).zh
  await sendMessages(tx, [{ ...about(offer, fit.person), key: `offers/${offer.id}/approved/${offer.asked}`, template: OFFER_APPROVED, channels: channelsOf(await settingOf(tx, offer.county)), args: { name: offer.elderName, item: offer.title.zh, month: monthSaid(fromMonth), money: money === '' ? '' : money, number: offer.number } }])
  tx.emit(OfferApproved, { offerId: now.id, elderId: offer.elderId, item: offer.item, fromMonth, versionId: rule.versionId }, offer.region)
  return { id: offer.id, fromMonth }
}

function monthSaid(month: string): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`
}

export const doApprove: Does<typeof approveOffer> = (tx, input) => approveOne(tx, input.id)

export const doApproveMany: Does<typeof approveMany> = async (tx, input) => {
  const ids = [...new Set(input.ids)]
  if (ids.length !== input.count) return refuse('offers.count-differs', { count: ids.length })
  return { taskId: tx.startTask('offers.approveMany', { ids }) }
}

export const doRefuse: Does<typeof refuseOffer> = async (tx, input) => {
  const offer = await offerAt(tx, input.id, ['consented', 'checked'])
  if (isRefused(offer)) return offer
  const person = await personOf(tx, offer)
  const clause = person?.explain(offer.item, 1).clauses.find((one) => one.id === input.clause)
  if (!person || !clause) return refuse('offers.clause-unknown')
  const now = await saveOffer(tx, offer, { state: 'refused', decidedOn: tx.today, decidedBy: tx.actor.id, refuseClause: clause.text.zh, refuseReason: input.reason })
  await addSteps(tx, [{ offer, what: 'refused', note: `${input.reason}（${clause.text.zh}）` }])
  await moveCase(tx, offer, 'refused', input.reason)
  await sendMessages(tx, [{ ...about(offer, person), key: `offers/${offer.id}/refused/${offer.asked}`, template: OFFER_REFUSED, channels: channelsOf(await settingOf(tx, offer.county)), args: { name: offer.elderName, item: offer.title.zh, reason: plain(input.reason), clause: clause.text.zh, number: offer.number } }])
  return { id: now.id, state: now.state }
}

export const doSaveSettings: Does<typeof saveOfferSettings> = async (tx, input) => {
  if (new Set(input.channels).size !== input.channels.length) return refuse('offers.channel-missing')
  await saveSetting(tx, { onFinding: input.onFinding, channels: [...input.channels] })
  return { onFinding: input.onFinding }
}

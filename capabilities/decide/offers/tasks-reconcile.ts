/** Brings the offers of some people to what they are entitled to today: what is new is opened with its case and its notice, what is over ends. */
import type { ExplainedPerson } from '../entitlements/public-people.ts'
import { explainPeople } from '../entitlements/public-people.ts'
import { drawNumbers, sendMessages, withdrawMatter, type ToSend } from '../../know/messages/public.ts'
import type { Channel, Language } from '../../know/messages/rules.ts'
import { commandCase, openCases } from '../../know/work/public.ts'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { OfferEnded } from './contract.ts'
import { amountSaid, becauseOf, dueOn, papersAsked, plain, reconcile, USUAL_DUE_DAYS, WAITING, type EndReason } from './rules.ts'
import { caseTypeFor } from './rules-cases.ts'
import { OFFER_FOUND } from './rules-templates.ts'
import { addSteps, insertOffers, keepCases, movePapers, openOffersOf, saveOffer, settingOf, type NewOffer, type Offer, type Setting } from './store.ts'

/** Leaves the office by nobody's hand but a clerk's. */
const BY_HAND = ['outbox'] as const
export const USUAL_CHANNELS: readonly Channel[] = ['webhook', 'outbox', 'villageTask', 'letter']

export interface Reconciled {
  readonly opened: number
  readonly ended: number
}

export async function reconcilePeople(tx: Tx, ids: readonly string[]): Promise<Reconciled> {
  const people = await explainPeople(tx, ids)
  const held = await openOffersOf(tx, ids)
  const fresh: { offer: NewOffer; person: ExplainedPerson }[] = []
  const again: { offer: Offer; person: ExplainedPerson }[] = []
  let ended = 0
  for (const id of ids) {
    const person = people.get(id)
    const own = held.filter((one) => one.elderId === id)
    const steps = reconcile(own, person?.standings ?? new Map(), goneOf(person), tx.today)
    if (person) await follow(tx, own, person)
    for (const { id: offerId, reason } of steps.end) {
      await endOffer(tx, own.find((one) => one.id === offerId)!, reason)
      ended++
    }
    for (const offerId of steps.again) again.push({ offer: own.find((one) => one.id === offerId)!, person: person! })
    for (const item of steps.open) fresh.push(...found(tx, person!, item))
  }
  const opened = await open(tx, fresh)
  await askAgain(tx, again)
  return { opened, ended }
}

function goneOf(person: ExplainedPerson | undefined): 'dead' | 'moved' | 'merged' | null {
  if (!person || person.elder.status === 'movedOut') return 'moved'
  if (person.elder.status === 'dead') return 'dead'
  return person.elder.status === 'active' ? null : 'merged'
}

/** A person who moved inside the county takes the offers along; a corrected name is corrected here too. */
async function follow(tx: Tx, own: readonly Offer[], { elder }: ExplainedPerson): Promise<void> {
  for (const offer of own) {
    if (offer.region === elder.region && offer.elderName === elder.name) continue
    await movePapers(tx, offer, elder.region)
    Object.assign(offer, await saveOffer(tx, offer, { region: elder.region, elderName: elder.name }))
  }
}

/** Nothing when no rule decides the item here: then it is drawn by somebody else's rule only. */
function found(tx: Tx, person: ExplainedPerson, item: string): { offer: NewOffer; person: ExplainedPerson }[] {
  const rule = person.ruleOf(item)
  if (!rule) return []
  // The reasons of today are told; what lies ahead is worked out where somebody looks at it.
  const x = person.explain(item, 1)
  const { elder } = person
  const days = rule.policy.due?.days ?? rule.policy.due?.workdays ?? USUAL_DUE_DAYS
  return [{
    person, offer: {
      county: countyOf(elder.region), id: tx.newId(), region: elder.region, elderId: elder.id, elderName: elder.name, item, number: '', title: x.item.title, kind: x.item.kind, amountFen: x.amountFen, unit: rule.policy.unit, sample: x.sample,
      because: becauseOf(x.conditions, x.sentences[0] ?? x.item.title), versionId: rule.versionId, version: x.policyVersion, foundOn: tx.today, dueOn: dueOn(rule.policy.due, tx.today), caseType: caseTypeFor(days),
    },
  }]
}

async function open(tx: Tx, list: readonly { readonly offer: NewOffer; readonly person: ExplainedPerson }[]): Promise<number> {
  if (list.length === 0) return 0
  const county = list[0]!.offer.county
  const numbers = await drawNumbers(tx, county, list.length)
  const offers = list.map(({ offer, person }, i) => ({ person, offer: { ...offer, number: numbers[i]! } }))
  const made = await insertOffers(tx, offers.map(({ offer }) => offer))
  const fresh = offers.filter(({ offer }) => made.has(offer.id))
  await addSteps(tx, fresh.map(({ offer }) => ({ offer, what: 'found' })))
  await accompany(tx, fresh.map(({ offer, person }) => ({ offer: { ...offer, asked: 1 }, person })))
  return fresh.length
}

interface Accompanied {
  readonly offer: NewOffer & { readonly asked: number }
  readonly person: ExplainedPerson
}

/** A case with owner and clock, and a notice, for each. */
async function accompany(tx: Tx, list: readonly Accompanied[]): Promise<(string | null)[]> {
  if (list.length === 0) return []
  const cases = await openCases(tx, list.map(({ offer }) => ({
    type: offer.caseType, key: `${offer.id}/${offer.asked}`, region: offer.region, subjectId: offer.elderId, subjectName: offer.elderName, titleArgs: { item: offer.title.zh }, evidence: offer.because, link: `/offers/${offer.id}`,
  })))
  await keepCases(tx, list.map(({ offer }, i) => ({ county: offer.county, id: offer.id, caseId: cases[i] ?? null })))
  const setting = await settingOf(tx, list[0]!.offer.county)
  await sendMessages(tx, list.map(({ offer, person }) => notice(offer, person, channelsOf(setting))))
  return cases
}

export function channelsOf(setting: Pick<Setting, 'onFinding' | 'channels'> | null): readonly [Channel, ...Channel[]] {
  return setting?.onFinding === 'send' ? (setting.channels as [Channel, ...Channel[]]) : BY_HAND
}

/** Inner Mongolia writes to those who read the script in both; the Mongolian is a sample until a translator has signed it. */
function languageOf({ elder }: ExplainedPerson): Language {
  return elder.region.startsWith('15') && elder.ethnicity === '蒙古族' ? 'mn-Mong' : 'zh'
}

/** Keys of everything an offer says begin so. */
export function matterKey(offer: Pick<Offer, 'id'>): string {
  return `offers/${offer.id}/`
}

export function noticeKey(offer: Pick<Offer, 'id' | 'asked'>): string {
  return `offers/${offer.id}/found/${offer.asked}`
}

/** What every message about an offer shares. */
export function about(offer: Pick<Offer, 'id' | 'elderId' | 'number'>, person: ExplainedPerson): Pick<ToSend, 'to' | 'number' | 'link' | 'language'> {
  return { to: { kind: 'elder', elderId: offer.elderId }, number: offer.number, link: `/offers/${offer.id}`, language: languageOf(person) }
}

export function notice(offer: NewOffer & { readonly asked: number }, person: ExplainedPerson, channels: ToSend['channels'], key = noticeKey(offer)): ToSend {
  const missing = papersAsked(person.ruleOf(offer.item)?.policy.evidence ?? [], new Set())
  const money = amountSaid(offer.amountFen, offer.unit, offer.sample).zh
  return {
    key, ...about(offer, person), template: OFFER_FOUND, channels,
    args: { name: offer.elderName, item: offer.title.zh, money: money === '' ? '' : `，${money}`, number: offer.number, because: `因为：${plain(offer.because.zh)}。`, asked: missing.length === 0 ? '' : `只缺${missing.join('、')}，我们上门来取。` },
  }
}

const OUTCOME = { ended: 'ended', approved: 'approved', declined: 'declined', refused: 'refused' } as const

/** The case goes where the offer went; one that is closed stays closed. */
export async function moveCase(tx: Tx, offer: Pick<Offer, 'caseId'>, move: 'told' | 'consented' | 'checked' | 'sentBack' | keyof typeof OUTCOME, note: string | null = null): Promise<void> {
  if (offer.caseId === null) return
  const outcome = move in OUTCOME ? OUTCOME[move as keyof typeof OUTCOME] : undefined
  const done = await commandCase(tx, offer.caseId, { kind: 'move', move: outcome ? 'finish' : move, actor: { id: tx.actor.id, roles: ['program'] }, ...(outcome ? { outcome } : {}) }, note)
  if ('refused' in done && done.refused !== 'casework.closed') throw new Error(`the case of an offer refused ${move}: ${done.refused}`)
}

async function endOffer(tx: Tx, offer: Offer, reason: EndReason): Promise<void> {
  const waiting = WAITING.includes(offer.state)
  await saveOffer(tx, offer, { endedOn: tx.today, endReason: reason, ...(waiting ? { state: 'ended' as const } : {}) })
  await addSteps(tx, [{ offer, what: `ended.${reason}` }])
  if (waiting) {
    await moveCase(tx, offer, 'ended')
  }
  // Of who is dead or gone nothing is said any more, approved or not.
  if (waiting || reason === 'dead') await withdrawMatter(tx, offer.county, matterKey(offer), reason)
  tx.emit(OfferEnded, { offerId: offer.id, elderId: offer.elderId, item: offer.item, reason }, offer.region)
}

/** Answers the offers as they now stand; without those no rule decides any more. */
export async function askAgain(tx: Tx, list: readonly { readonly offer: Offer; readonly person: ExplainedPerson }[]): Promise<Offer[]> {
  const asked: { offer: Offer; person: ExplainedPerson }[] = []
  for (const { offer, person } of list) {
    const renewed = found(tx, person, offer.item)[0]?.offer
    if (!renewed) continue
    const { title, amountFen, sample, because, versionId, version, foundOn, dueOn: due, caseType } = renewed
    const now = await saveOffer(tx, offer, { title, amountFen, sample, because, versionId, version, foundOn, dueOn: due, caseType, state: 'found', asked: offer.asked + 1, toldOn: null, consentedOn: null, checkedOn: null, decidedOn: null, consent: null, consentBy: null, checkedBy: null, declineReason: null, askAgainOn: null })
    asked.push({ offer: now, person })
  }
  await addSteps(tx, asked.map(({ offer }) => ({ offer, what: 'again' })))
  const cases = await accompany(tx, asked)
  return asked.map(({ offer }, i) => ({ ...offer, caseId: cases[i] ?? null }))
}

/** From being entitled to being granted: what opens, what ends by itself, who may decide, and when. Pure. */
import { addDays, addMonths, createWorkCalendar, firstOfMonth, holidaysCn, monthOf, withProvisionalYear, type Day, type Month } from '@songbai/calendar'
import { refuse, type Refused } from '@songbai/platform/action'

export const STATES = ['found', 'told', 'consented', 'checked', 'approved', 'declined', 'refused', 'ended'] as const
export type State = (typeof STATES)[number]
/** Those somebody still has to do something about. */
export const WAITING: readonly State[] = ['found', 'told', 'consented', 'checked']
export const END_REASONS = ['notEntitled', 'unknown', 'enjoying', 'stopped', 'dead', 'moved', 'merged'] as const
export type EndReason = (typeof END_REASONS)[number]
export const CONSENT_KINDS = ['phone', 'visit', 'paper', 'voice', 'representative', 'message'] as const
export type ConsentKind = (typeof CONSENT_KINDS)[number]

/** Months until somebody who declined is asked again; null: not in this spell. Product choices, no document says. */
export const DECLINE_REASONS = { notNow: 6, noNeed: 12, otherBenefit: 12, never: null } as const
export type DeclineReason = keyof typeof DECLINE_REASONS

export interface OpenOffer {
  readonly id: string
  readonly item: string
  readonly state: State
  readonly fromMonth: Month | null
  readonly askAgainOn: Day | null
}

export interface Steps {
  readonly open: readonly string[]
  readonly end: readonly { readonly id: string; readonly reason: EndReason }[]
  readonly again: readonly string[]
}

/**
 * [O1] One open offer for each spell of being entitled and not drawing; [O2] it ends by itself with the reason; [O3] who declined is asked
 * again when the time is up. Looking twice changes nothing.
 */
export function reconcile(offers: readonly OpenOffer[], standings: ReadonlyMap<string, string>, gone: 'dead' | 'moved' | 'merged' | null, today: Day): Steps {
  const end: { id: string; reason: EndReason }[] = []
  const again: string[] = []
  const held = new Set<string>()
  for (const offer of offers) {
    const reason = gone ?? endReason(offer, standings.get(offer.item), today)
    if (reason !== null) end.push({ id: offer.id, reason })
    else {
      held.add(offer.item)
      if (offer.state === 'declined' && offer.askAgainOn !== null && offer.askAgainOn <= today) again.push(offer.id)
    }
  }
  const open = gone ? [] : [...standings].filter(([item, standing]) => standing === 'entitledNotEnjoying' && !held.has(item)).map(([item]) => item)
  return { open, end, again }
}

function endReason(offer: OpenOffer, standing: string | undefined, today: Day): EndReason | null {
  if (standing === 'entitledNotEnjoying') return offer.state === 'approved' && offer.fromMonth !== null && `${offer.fromMonth}-01` <= today ? 'stopped' : null
  if (standing === 'entitledEnjoying') return offer.state === 'approved' ? null : 'enjoying'
  return standing === 'unknown' ? 'unknown' : 'notEntitled'
}

export interface Due {
  readonly days?: number | undefined
  readonly workdays?: number | undefined
}

/** Where a rule names no time: the thirty days every rule of the packs has. A product choice. */
export const USUAL_DUE_DAYS = 30
const calendar = createWorkCalendar(withProvisionalYear(holidaysCn, Math.max(...Object.keys(holidaysCn.years).map(Number)) + 1))

/** [O4] The last day of the time a rule gives, counted from the day somebody was found. */
export function dueOn(due: Due | undefined, found: Day): Day {
  return due?.workdays !== undefined ? calendar.addWorkdays(found, due.workdays) : addDays(found, due?.days ?? USUAL_DUE_DAYS)
}

export interface Consent {
  readonly kind: ConsentKind
  readonly on: Day
  readonly by: string
  readonly scriptRead?: boolean
  readonly fileId?: string
  readonly contactId?: string
  readonly contactName?: string
  readonly note?: string
}

export interface Representative {
  readonly id: string
  readonly duty: string
}

/** Who may agree in an elder's place: the guardian, and those with the legal duty of support. A neighbour or a contact for emergencies may not. */
const MAY_REPRESENT = ['guardian', 'supporter']

/** [O5] A call counts when the text was read out, paper and voice with the file, a representative who is one. */
export function consentProblem(consent: { readonly kind: ConsentKind; readonly scriptRead?: boolean | undefined; readonly fileId?: string | undefined; readonly contactId?: string | undefined }, contacts: readonly Representative[]): Refused<'offers.script-not-read' | 'offers.file-missing' | 'offers.not-representative'> | null {
  if ((consent.kind === 'phone' || consent.kind === 'visit') && !consent.scriptRead) return refuse('offers.script-not-read')
  if ((consent.kind === 'paper' || consent.kind === 'voice') && !consent.fileId) return refuse('offers.file-missing')
  if (consent.kind === 'representative' && !contacts.some((one) => one.id === consent.contactId && MAY_REPRESENT.includes(one.duty))) return refuse('offers.not-representative')
  return null
}

export function mayRepresent(duty: string): boolean {
  return MAY_REPRESENT.includes(duty)
}

export interface Evidence {
  readonly text: string
  readonly how: 'paper' | 'auto' | 'declare'
}

/** [O6] What the register holds is never asked for again, what a person declares goes with the consent; only other papers are asked for. */
export function papersAsked(evidence: readonly Evidence[], come: ReadonlySet<string>): string[] {
  return evidence.filter((one) => one.how === 'paper' && !come.has(one.text)).map((one) => one.text)
}

export function paysMoney(offer: { readonly kind: string; readonly amountFen: number }): boolean {
  return offer.kind === 'cash' || offer.kind === 'voucher' || offer.amountFen > 0
}

/** [O7] Money needs a second person: whoever took the consent or did the first check does not approve. */
export function secondPersonMissing(offer: { readonly kind: string; readonly amountFen: number; readonly consentBy: string | null; readonly checkedBy: string | null }, actorId: string): boolean {
  return paysMoney(offer) && (offer.checkedBy === actorId || offer.consentBy === actorId)
}

/**
 * [O8] First month paid: what the rule says of the event; from the month of consent where it waits for an application; from the month of
 * approval where it says nothing.
 */
export function firstMonth(start: 'eventMonth' | 'nextMonth' | 'applicationMonth' | undefined, eventFirst: Month | null, consented: Day, today: Day): Month {
  if (start === undefined) return monthOf(today)
  if (start === 'applicationMonth') return monthOf(consented)
  return eventFirst ?? monthOf(addMonths(firstOfMonth(consented), start === 'nextMonth' ? 1 : 0))
}

/** [O9] Days in a row of which most are half and fewer: the middle one of a stage, the lower of two. */
export function median(days: readonly number[]): number | null {
  if (days.length === 0) return null
  const sorted = [...days].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]!
}

const PLAIN: readonly (readonly [RegExp, string])[] = [[/完全失能|重度失能|中度失能|轻度失能|失能/g, '要人照护'], [/特困/g, '有困难'], [/逾期/g, '该办了'], [/“([^”]*)”/g, '$1'], [/（[^）]*）/g, '']]

/** [O10] Words an elder is spared: what is read out or printed for the elder says it kindly. */
export function plain(text: string): string {
  return PLAIN.reduce((said, [hard, soft]) => said.replaceAll(hard, soft), text)
}

/** [O13] Why, in as few words as a list has room for: the conditions that hold, by the names people use, without the terms behind them. */
export function becauseOf(conditions: readonly { readonly must: { readonly zh: string; readonly en: string }; readonly verdict: string }[], otherwise: { readonly zh: string; readonly en: string }): { readonly zh: string; readonly en: string } {
  const holds = conditions.filter((one) => one.verdict === 'yes').slice(0, 4)
  if (holds.length === 0) return otherwise
  return { zh: holds.map((one) => one.must.zh.replaceAll(/（[^）]*）/g, '')).join('、'), en: holds.map((one) => one.must.en).join(', ') }
}

const PER: Readonly<Record<string, readonly [zh: string, en: string]>> = { '分/月': ['每月', 'a month'], '分/年': ['每年', 'a year'], '分/次': ['每次', 'each time'] }

export function amountSaid(amountFen: number, unit: string, sample: boolean): { readonly zh: string; readonly en: string } {
  if (amountFen <= 0) return { zh: '', en: '' }
  const yuan = amountFen % 100 === 0 ? String(amountFen / 100) : (amountFen / 100).toFixed(2)
  const [zh, en] = PER[unit] ?? ['一次', 'once']
  return { zh: `${zh} ${yuan} 元${sample ? '（样例）' : ''}`, en: `${yuan} yuan ${en}${sample ? ' (sample)' : ''}` }
}

/** What one person is paid in one month, and who may let the money go. Pure; amounts are fen. */
import { addMonths, monthOf, type Month } from '@songbai/calendar'
import { refuse, type Refused } from '@songbai/platform/action'

/** No document sets these; marked as samples on the screen, each county writes its own. */
export const SETTINGS = { lookBackMonths: 12, graceMonths: 0, offsetSharePercent: 50, sample: true } as const

export const nextMonth = (month: Month, n = 1): Month => monthOf(addMonths(`${month}-01`, n))

export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = []
  for (let month = from; month <= to; month = nextMonth(month)) months.push(month)
  return months
}

export interface Due {
  readonly amountFen: number
  readonly days: number
  readonly code: string
}

export interface GrantOf {
  readonly sinceMonth: Month
  readonly untilMonth: Month | null
  readonly settledThrough: Month | null
}

export interface Plan {
  readonly id: string
  readonly leftFen: number
  readonly plan: 'undecided' | 'offset' | 'instalments'
  readonly sharePercent: number | null
}

export interface Again {
  readonly id: string
  readonly amountFen: number
  readonly month: Month
}

export interface LineInput {
  readonly month: Month
  readonly grant: GrantOf
  /** Grants before this one: their months are looked at too, each month once. */
  readonly earlier?: readonly GrantOf[]
  readonly lookBackMonths: number
  /** By month; a month that is missing owes nothing because the person is not on the register any more. */
  readonly dues: ReadonlyMap<Month, Due>
  readonly paid: ReadonlyMap<Month, number>
  /** Of `paid`: sent back by the bank and waiting. It is not paid a second time, and nobody is asked to give it back. */
  readonly waiting?: ReadonlyMap<Month, number>
  readonly again: readonly Again[]
  readonly plans: readonly Plan[]
  readonly hasAccount: boolean
}

export interface Part {
  readonly kind: 'month' | 'arrears' | 'overpaid' | 'again' | 'offset'
  readonly month: Month
  readonly dueFen: number
  readonly beforeFen: number
  readonly deltaFen: number
  readonly code: string | null
  readonly days: number | null
  readonly refId: string | null
}

export interface Line {
  readonly dueFen: number
  readonly arrearsFen: number
  readonly againFen: number
  readonly offsetFen: number
  /** Found to have been paid too much; not taken from this line, it becomes a claim. */
  readonly overFen: number
  readonly payFen: number
  readonly code: string
  readonly days: number
  readonly held: 'unknown' | 'noAccount' | null
  readonly stopped: StopReason | null
  readonly parts: readonly Part[]
}

export type StopReason = 'gone' | 'no' | 'suspended' | 'displaced' | 'over' | 'unregistered'
const STOPS: Readonly<Record<string, StopReason>> = { gone: 'gone', no: 'no', suspended: 'suspended', displaced: 'displaced', over: 'over', noPay: 'no', perUse: 'no' }

/** First month a batch looks back to for somebody: never before the grant, never into what was settled before, never further than the look-back. */
export function firstMonth(grant: GrantOf, month: Month, lookBackMonths: number): Month {
  return [grant.sinceMonth, grant.settledThrough === null ? '0000-00' : nextMonth(grant.settledThrough), nextMonth(month, -lookBackMonths)].reduce((a, b) => (a > b ? a : b))
}

/**
 * [Y1] This month is paid as the month owes. [Y2] An earlier month is paid up to what it owes by the facts known now: back pay. [Y3] What an earlier
 * month got too much is a claim, never taken silently. [Y4] A fact that is missing holds the whole line, nothing is lost: next month it is back pay.
 */
export function lineOf(input: LineInput): Line {
  const { grant, month, dues, paid } = input
  const last = grant.untilMonth !== null && grant.untilMonth < month ? grant.untilMonth : month
  const parts = monthsLooked(input).flatMap((one) => partOf(one, month, dues.get(one), paid.get(one) ?? 0, input.waiting?.get(one) ?? 0))
  const now = dues.get(month)
  const sum = (kind: Part['kind']): number => parts.reduce((total, part) => total + (part.kind === kind ? part.deltaFen : 0), 0)
  const [dueFen, arrearsFen, overFen] = [sum('month'), sum('arrears'), 0 - sum('overpaid')]
  const againFen = input.again.reduce((total, one) => total + one.amountFen, 0)
  const head = { code: now?.code ?? 'gone', days: now?.days ?? 0, stopped: stopOf(now, grant, month) }
  const held = now?.code === 'unknown' && last === month ? 'unknown' : !input.hasAccount && dueFen + arrearsFen + againFen > 0 ? 'noAccount' : null
  const claims = parts.filter((part) => part.kind === 'overpaid')
  if (held) return { ...head, held, dueFen, arrearsFen, againFen, offsetFen: 0, overFen, payFen: 0, parts: claims }
  const offsets = offsetsOf(input.plans, dueFen + arrearsFen, month)
  const offsetFen = 0 - offsets.reduce((total, part) => total + part.deltaFen, 0)
  const again = input.again.map((one): Part => ({ kind: 'again', month: one.month, dueFen: one.amountFen, beforeFen: 0, deltaFen: one.amountFen, code: null, days: null, refId: one.id }))
  return { ...head, held: null, dueFen, arrearsFen, againFen, offsetFen, overFen, payFen: dueFen + arrearsFen + againFen - offsetFen, parts: [...parts, ...again, ...offsets] }
}

/** [Y21] Months a line looks at: those of the grant and of earlier ones, none twice and none that any of them says was settled before. */
export function monthsLooked({ grant, earlier = [], month, lookBackMonths }: Pick<LineInput, 'grant' | 'earlier' | 'month' | 'lookBackMonths'>): Month[] {
  const all = [grant, ...earlier]
  const settledThrough = all.reduce<Month | null>((last, one) => (one.settledThrough !== null && (last === null || one.settledThrough > last) ? one.settledThrough : last), null)
  const months = all.flatMap((one) => monthsBetween(firstMonth({ ...one, settledThrough }, month, lookBackMonths), one.untilMonth !== null && one.untilMonth < month ? one.untilMonth : month))
  return [...new Set(months)].sort()
}

/** [Y22] Only what reached the account is claimed back: money the bank returned never did. */
function partOf(one: Month, month: Month, due: Due | undefined, paid: number, waiting: number): Part[] {
  if (due?.code === 'unknown') return []
  const dueFen = due?.amountFen ?? 0
  const before = dueFen < paid ? Math.max(dueFen, paid - waiting) : paid
  const delta = dueFen - before
  const base = { month: one, dueFen, beforeFen: before, deltaFen: delta, code: due?.code ?? 'gone', days: due?.days ?? 0, refId: null }
  if (delta < 0) return [{ kind: 'overpaid', ...base }]
  if (one === month) return delta > 0 ? [{ kind: 'month', ...base }] : []
  return delta > 0 ? [{ kind: 'arrears', ...base }] : []
}

/** [Y5] Only a plan somebody decided on takes from a payment, and at most its share of it; several together no more than the largest share of them. Returned money sent again is not touched. */
function offsetsOf(plans: readonly Plan[], payable: number, month: Month): Part[] {
  let free = Math.floor((payable * Math.max(0, ...plans.map((plan) => (plan.plan === 'offset' ? (plan.sharePercent ?? 0) : 0)))) / 100)
  return plans.flatMap((plan): Part[] => {
    if (plan.plan !== 'offset') return []
    const taken = Math.min(plan.leftFen, free, Math.floor((payable * (plan.sharePercent ?? 0)) / 100))
    free -= taken
    return taken > 0 ? [{ kind: 'offset', month, dueFen: 0, beforeFen: 0, deltaFen: -taken, code: null, days: null, refId: plan.id }] : []
  })
}

/** [Y6] The stop list: nothing is owed this month although it was drawn, with the reason the month gives. */
function stopOf(now: Due | undefined, grant: GrantOf, month: Month): StopReason | null {
  if (grant.untilMonth !== null && grant.untilMonth < month) return 'over'
  if (!now) return 'unregistered'
  return now.amountFen === 0 ? (STOPS[now.code] ?? null) : null
}

/** Reasons that end a grant when the batch is released; a benefit that is only suspended or displaced may come back. */
export const ENDING: readonly StopReason[] = ['gone', 'no', 'unregistered']

export type BatchState = 'computing' | 'draft' | 'checked' | 'released' | 'exported' | 'settled' | 'dropped'

export interface BatchHead {
  readonly state: BatchState
  readonly draftedBy: string
  readonly stale: string | null
}

/** [Y7] Two pairs of eyes: who drafted a batch does not release it; nothing unchecked or overtaken by new facts goes out. */
export function mayRelease(batch: BatchHead, actorId: string): Refused<'payments.second-person' | 'payments.not-checked' | 'payments.stale' | 'payments.released-already'> | null {
  if (['released', 'exported', 'settled'].includes(batch.state)) return refuse('payments.released-already')
  if (batch.stale !== null) return refuse('payments.stale', { why: batch.stale })
  if (batch.state !== 'checked') return refuse('payments.not-checked')
  return batch.draftedBy === actorId ? refuse('payments.second-person') : null
}

export interface Finding {
  readonly code: 'deadPaid' | 'twice' | 'sharedAccount' | 'changedAccount' | 'sameId' | 'overBudget' | 'stale' | 'noAccount' | 'unknown'
  readonly severity: 'stop' | 'look'
  readonly count: number
}

const SEVERITY: Record<Finding['code'], Finding['severity']> = { deadPaid: 'stop', twice: 'stop', overBudget: 'stop', stale: 'stop', sharedAccount: 'look', changedAccount: 'look', sameId: 'look', noAccount: 'look', unknown: 'look' }

/** [Y8] What is checked before money goes; one that says stop keeps the batch a draft. */
export function findingsOf(counts: Partial<Record<Finding['code'], number>>): Finding[] {
  return (Object.keys(SEVERITY) as Finding['code'][]).flatMap((code) => ((counts[code] ?? 0) > 0 ? [{ code, severity: SEVERITY[code], count: counts[code]! }] : []))
}

/** [Y9] Nothing is paid for a month after the month of death and the months of grace. */
export function afterDeath(month: Month, diedOn: string, graceMonths: number): boolean {
  return month > nextMonth(monthOf(diedOn), graceMonths)
}

export interface RecoupHead {
  readonly state: 'open' | 'closed'
  readonly leftFen: number
  readonly writeOffBy: string | null
}

/** [Y10] A claim is given up by two people, and recovered up to what is left of it. */
export function mayWriteOff(recoup: RecoupHead, actorId: string): Refused<'payments.recoup-closed' | 'payments.write-off-not-asked' | 'payments.second-person'> | null {
  if (recoup.state === 'closed') return refuse('payments.recoup-closed')
  if (recoup.writeOffBy === null) return refuse('payments.write-off-not-asked')
  return recoup.writeOffBy === actorId ? refuse('payments.second-person') : null
}

/** [Y11] A number of digits as banks print them; what else stands in it goes. */
export function readAccountNumber(text: string): string | Refused<'payments.account-malformed'> {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '')
  return /^\d{10,32}$/.test(plain) ? plain : refuse('payments.account-malformed', { digits: plain.replace(/\D/g, '').length })
}

export function maskAccount(number: string): string {
  return `**** ${number.slice(-4)}`
}

/** [Y12] On a public notice the second character of a name is a star: 冉启秀 → 冉*秀, 王芳 → 王*. */
export function maskName(name: string): string {
  const letters = [...name]
  return letters.length < 2 ? '*' : [letters[0], '*', ...letters.slice(2)].join('')
}

export function change(was: number | null, due: number): 'began' | 'ended' | 'changed' | 'same' | 'none' {
  const before = was ?? 0
  return before === due ? (due === 0 ? 'none' : 'same') : before === 0 ? 'began' : due === 0 ? 'ended' : 'changed'
}

interface AnswerLine {
  readonly payFen: number
  readonly outcome: 'paid' | 'returned' | null
}

interface AnswerSaid {
  readonly no: number
  readonly amountFen: number
  readonly paid: boolean
  readonly reason: string
}

/** [Y23] What a bank's answer says of each line of a batch. A number that is none of ours, or another amount, is for a person to look at. */
export function sortAnswers<L extends AnswerLine>(rows: readonly AnswerSaid[], lines: ReadonlyMap<number, L>, settled: boolean): { returned: (L & { reason: string })[]; arrived: L[]; unclear: (L & { reason: string })[]; unmatched: number[] } {
  const out = { returned: [] as (L & { reason: string })[], arrived: [] as L[], unclear: [] as (L & { reason: string })[], unmatched: [] as number[] }
  // Twice in one file: the last word holds.
  for (const row of new Map(rows.map((one) => [one.no, one])).values()) {
    const line = lines.get(row.no)
    if (!line) out.unmatched.push(row.no)
    else if (line.payFen !== row.amountFen && settled) out.unmatched.push(row.no)
    else if (line.payFen !== row.amountFen) out.unclear.push({ ...line, reason: row.reason })
    else if (row.paid) out.arrived.push(line)
    else if (!settled || line.outcome === 'paid') out.returned.push({ ...line, reason: row.reason })
  }
  return out
}

/** Names of accounts and what may be done with budgets. Pure. */
import { refuse, type Refused } from '@songbai/platform/action'

/** Where money comes from; order in which it is spent. Names of the documents (福彩公益金, 专项资金 …); which exist in a county is for its budget to say. */
export const SOURCES = ['central', 'province', 'prefecture', 'county', 'lottery', 'donation'] as const
export type FundSource = (typeof SOURCES)[number]

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

export const SOURCE_TITLES: Record<FundSource, Bilingual> = {
  central: { zh: '中央补助', en: 'Central grant' }, province: { zh: '省级补助', en: 'Provincial grant' }, prefecture: { zh: '市级补助', en: 'Prefecture grant' },
  county: { zh: '县级财政', en: 'County budget' }, lottery: { zh: '福彩公益金', en: 'Welfare lottery fund' }, donation: { zh: '社会捐赠', en: 'Donations' },
}

/**
 * [F1] The money of a county is one book. A budget grows when it is approved and shrinks when a batch is released; what was released is payable until
 * the bank has paid it or sent it back; what was paid wrongly is claimed, and what comes back goes into the budget again.
 */
export const KINDS = {
  given: { side: 'debit', mayGoBelowZero: true, zh: '拨入资金', en: 'Money given' },
  budget: { side: 'credit', mayGoBelowZero: false, zh: '预算余额', en: 'Budget left' },
  payable: { side: 'credit', mayGoBelowZero: false, zh: '已核准待到账', en: 'Released, not yet paid' },
  paid: { side: 'credit', mayGoBelowZero: false, zh: '已到账', en: 'Paid' },
  returned: { side: 'credit', mayGoBelowZero: false, zh: '银行退回', en: 'Sent back by the bank' },
  claim: { side: 'debit', mayGoBelowZero: false, zh: '应追回', en: 'To be recovered' },
  overpaid: { side: 'credit', mayGoBelowZero: false, zh: '多发', en: 'Overpaid' },
} as const satisfies Record<string, { readonly side: 'debit' | 'credit'; readonly mayGoBelowZero: boolean; readonly zh: string; readonly en: string }>
export type AccountKind = keyof typeof KINDS

export const MONEY = 'money'

export const budgetCode = (source: string, item: string, year: number): string => `budget/${year}/${item}/${source}`
export const moneyCode = (kind: Exclude<AccountKind, 'budget'>, item: string): string => `${kind}/${item}`

export interface QuotaBook {
  readonly book: string
  readonly quota: string
  readonly granted: string
  readonly used: string
  readonly lapsed: string
}

export function quotaBook(elderId: string, item: string): QuotaBook {
  const book = `quota/${elderId}/${item}`
  return { book, quota: book, granted: `${book}/granted`, used: `${book}/used`, lapsed: `${book}/lapsed` }
}

export interface BudgetRow {
  readonly state: 'draft' | 'approved' | 'dropped'
  readonly draftedBy: string
}

/** [F2] Who wrote a budget down is not who approves it. */
export function mayApprove(budget: BudgetRow, actorId: string): Refused<'funds.second-person' | 'funds.budget-not-draft'> | null {
  if (budget.state !== 'draft') return refuse('funds.budget-not-draft')
  return budget.draftedBy === actorId ? refuse('funds.second-person') : null
}

export interface TrialRow {
  readonly book: string
  readonly debits: number
  readonly credits: number
}

/** [F3] Debits and credits of every book are equal; the difference of each that is not is the indicator. */
export function trialDifferences(rows: readonly TrialRow[]): { readonly book: string; readonly difference: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row.book, (sums.get(row.book) ?? 0) + row.debits - row.credits)
  return [...sums].filter(([, difference]) => difference !== 0).map(([book, difference]) => ({ book, difference }))
}

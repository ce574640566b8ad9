import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

export const KIND_WORD: Readonly<Record<string, WordKey & `fund.kind.${string}`>> = { budget: 'fund.kind.budget', release: 'fund.kind.release', again: 'fund.kind.again', offset: 'fund.kind.offset', recovered: 'fund.kind.recovered', claim: 'fund.kind.claim', paid: 'fund.kind.paid', returned: 'fund.kind.returned', cancelled: 'fund.kind.cancelled', givenBack: 'fund.kind.givenBack', writeOff: 'fund.kind.writeOff', lateReturn: 'fund.kind.lateReturn' }
export const WHAT_WORD = { released: 'fund.what.released', again: 'fund.what.again', offset: 'fund.what.offset', paid: 'fund.what.paid', returned: 'fund.what.returned', claimed: 'fund.what.claimed', recovered: 'fund.what.recovered', writtenOff: 'fund.what.writtenOff', payableNow: 'fund.what.payableNow', returnedNow: 'fund.what.returnedNow', claimNow: 'fund.what.claimNow' } as const

export function statementAddress(code: string, month = ''): string {
  return `/funds/account?${new URLSearchParams({ code, ...(month ? { month } : {}) }).toString()}`
}

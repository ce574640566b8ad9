import { To } from '@songbai/web-shared/go.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { seeStatement } from '@songbai/capabilities/decide/funds/contract'
import { listBatches } from '@songbai/capabilities/decide/payments/contract'
import { may, useSession } from '../session.ts'

const TABS = [['/payments', 'pay.tab.batches'], ['/payments/payees', 'pay.tab.payees'], ['/payments/recoveries', 'pay.tab.recoveries'], ['/funds', 'pay.tab.funds']] as const

/** The four pages of money; whoever sees only the own township's payees has no others. */
export function Tabs({ at }: { readonly at: (typeof TABS)[number][0] }) {
  const { t } = useWords()
  const { me } = useSession()
  if (!may(me, listBatches) && !may(me, seeStatement)) return null
  return <nav className="tabs" aria-label={t('menu.payments')}>{TABS.map(([to, word]) => (to === at ? <span key={to} aria-current="page">{t(word)}</span> : <To key={to} to={to}>{t(word)}</To>))}</nav>
}

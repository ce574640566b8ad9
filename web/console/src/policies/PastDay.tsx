import type { ReactNode } from 'react'
import { seeArrears } from '@songbai/capabilities/decide/lab/contract'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { sumText } from '../lab/model.ts'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'

interface Props {
  readonly id: string
  readonly from: string
  readonly uses?: number
  readonly sure: boolean
  readonly onSure: (sure: boolean) => void
  readonly children?: ReactNode
}

/** What a first day before today costs, in sight of whoever confirms it: the sum first, then the box. */
export function PastDay({ id, from, uses = 1, sure, onSure, children }: Props) {
  const { t, both } = useWords()
  const { me } = useSession()
  const asks = may(me, seeArrears)
  const seen = useSee(seeArrears, asks ? { id, from, uses } : null)
  return (
    <div className="bn warn" style={{ marginBottom: 14 }}>
      <div>
        <p>{t('pol.past', { from })}</p>
        {children}
        {seen.value?.computed === true && <p className={seen.refreshing ? 'muted' : undefined}><b>{t('pol.past.sum', { owed: sumText(seen.value.owedFen), back: sumText(seen.value.backFen), n: formatNumber(seen.value.people) })}</b></p>}
        {seen.value?.computed === false && <p><b>{t('pol.past.unknown')}</b></p>}
        {seen.value?.reason && <p>{both(seen.value.reason)}</p>}
        {asks && !seen.value && !seen.no && <p className="muted">{t('pol.past.counting')}</p>}
        <SayNo no={seen.no} onRetry={seen.again} />
        <label className="row"><input type="checkbox" checked={sure} disabled={asks && (!seen.value || seen.refreshing)} onChange={(event) => onSure(event.target.checked)} />{t('pol.past.sure')}</label>
      </div>
    </div>
  )
}

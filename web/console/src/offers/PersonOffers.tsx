import { listOffers } from '@songbai/capabilities/decide/offers/contract'
import { To } from '@songbai/web-shared/go.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { STAGE_MARK, STAGE_WORD } from './say.ts'
import './offers.css'

/** The offers of one person, on the person's page. */
export function PersonOffers({ elderId }: { readonly elderId: string }) {
  const { t, both } = useWords()
  const { me } = useSession()
  const rows = useSee(listOffers, may(me, listOffers) ? { elderId, limit: 50 } : null).value?.rows.filter((row) => row.elderId === elderId)
  if (!rows) return null
  return (
    <Card title={t('offers.person.title')}>
      {rows.length === 0 ? <p className="pad muted">{t('offers.person.none')}</p> : <ul className="offer-list">{rows.map((row) => <li key={row.id}><To to={`/offers/${row.id}`} className="lk">{both(row.title)}</To><StateMark small state={row.over ? 'alarm' : STAGE_MARK[row.state]}>{t(STAGE_WORD[row.state])}</StateMark></li>)}</ul>}
    </Card>
  )
}

export default PersonOffers

import { revealField, seeElder } from '@songbai/capabilities/know/elders/contract'
import type { ElderRow } from '@songbai/capabilities/know/elders/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Kbd } from '@songbai/web-shared/Keys.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useAsOf, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { ContactLine } from './Contacts.tsx'
import { IdAndPhone } from './Head.tsx'
import { toneOf } from './person.tsx'

/** A row opened in place: who, whom to call, why in these groups. Enter again is the whole page. */
export function OpenedRow({ row, onPage }: { readonly row: ElderRow; readonly onPage: () => void }) {
  const { t, both } = useWords()
  const { me } = useSession()
  const seen = useSee(seeElder, { id: row.id, ...useAsOf() })
  return (
    <div className="opened">
      <Show seen={seen} rows={3}>
        {({ elder, contacts, categories }) => (
          <>
            <IdAndPhone elder={elder} canReveal={may(me, revealField)} />
            <div className="opened-two">
              <div><h4>{t('elder.why')}</h4>{categories.length === 0 ? <p className="muted">{t('elder.categories.none')}</p> : categories.map((one) => <p key={one.id}><span className={`ch${toneOf(one.id) === 'warm' ? ' a' : toneOf(one.id) === 'good' ? ' g' : ''}`}>{both(one.title)}</span> <span className="src">{both(one.why)}</span></p>)}</div>
              <div><h4>{t('elder.contacts')}</h4>{contacts.length === 0 ? <p className="muted">{t('elder.contacts.none')}</p> : <div className="lst">{contacts.slice(0, 3).map((one) => <ContactLine key={one.id} elderId={elder.id} one={one} />)}</div>}</div>
            </div>
          </>
        )}
      </Show>
      <button type="button" className="b s" onClick={onPage}><Icon name="person" />{t('elder.page')}<Kbd>Enter</Kbd></button>
    </div>
  )
}

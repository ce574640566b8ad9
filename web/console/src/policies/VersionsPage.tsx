import { useSearchParams } from 'react-router'
import { VERSION_STATES, listVersions, saveDraft } from '@songbai/capabilities/decide/policies/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { Show, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { PolicyTabs, STATE_WORD } from './parts.tsx'
import { VersionsTable } from './VersionsTable.tsx'

/** Drafts and what waits for the second person first; every version that ever was behind one word. */
export default function VersionsPage() {
  const { t } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const state = VERSION_STATES.find((one) => one === params.get('state'))
  const every = params.get('state') === 'all'
  const seen = useSee(listVersions, state ? { state } : {})
  const write = may(me, saveDraft) && !view.readOnly
  return (
    <div className="page">
      <Briefing title={t('menu.policies')} actions={write && <button type="button" className="b p" onClick={() => go('/policies/versions/new')}><Icon name="plus" />{t('pol.new')}</button>}>{t('pol.versions.lead')}</Briefing>
      <PolicyTabs on="versions" />
      <Show seen={seen} rows={6}>
        {(got) => {
          const shown = got.versions.filter((one) => state !== undefined || every || one.state === 'draft' || one.state === 'inReview')
          return (
            <>
              <div className="sentence">
                <span>{t('ent.filter.see')}</span>
                <Choice label={t('pol.col.state')} value={every ? 'all' : (state ?? '')} options={[{ id: '', name: t('pol.state.open') }, ...VERSION_STATES.map((one) => ({ id: one, name: t(STATE_WORD[one]) })), { id: 'all', name: t('pol.state.all') }]} onPick={(id) => setParams((before) => { const after = new URLSearchParams(before); if (id) after.set('state', id); else after.delete('state'); return after })} />
                <b role="status">{t('pol.versions.n', { n: formatNumber(shown.length) })}</b>
              </div>
              {shown.length === 0
                ? <EmptyState icon="check" tone="good" title={t('pol.versions.none')} actions={<><button type="button" className="b p" onClick={() => go('/policies')}>{t('pol.tab.list')}</button><button type="button" className="b" onClick={() => setParams({ state: 'all' })}>{t('pol.state.all')}</button></>}>{t('pol.versions.none.body')}</EmptyState>
                : <div className="card"><VersionsTable versions={shown} withItem /></div>}
            </>
          )
        }}
      </Show>
    </div>
  )
}

import { changeRegion, listChanges } from '@songbai/capabilities/know/regions/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { KIND_WORD } from './model.ts'
import type { Change } from './model.ts'
import './regions.css'

export default function Changes() {
  const { t } = useWords()
  const { me } = useSession()
  const { region } = useView()
  const go = useGo()
  const seen = useSee(listChanges, { place: region })
  const record = may(me, changeRegion) && <button type="button" className="b p" onClick={() => go('/regions/change')}>{t('region.change')}</button>
  return (
    <div className="page">
      <Briefing title={t('region.changes')} actions={<><button type="button" className="b" onClick={() => go('/regions')}>{t('region.back')}</button>{record}</>}>{t('region.changes.lead')}</Briefing>
      <Card>
        <Show seen={seen} rows={4}>{({ changes }) => changes.length === 0
          ? <EmptyState icon="pin" title={t('region.changes.none')} actions={record || <button type="button" className="b" onClick={() => go('/regions')}>{t('region.back')}</button>}>{t('region.changes.none.body')}</EmptyState>
          : <ul className="change-list">{changes.map((one) => <Line key={one.id} change={one} />)}</ul>}</Show>
      </Card>
    </div>
  )
}

function Line({ change }: { readonly change: Change }) {
  const { t, dayLong } = useWords()
  const go = useGo()
  const open = (code: string, name?: string) => <button key={code} type="button" className="lk" onClick={() => go(`/regions?code=${code}`)}>{name ? `${name} ${code}` : code}</button>
  return (
    <li>
      <div className="row wrap"><b>{dayLong(change.on)}</b><Chip square>{t(KIND_WORD[change.kind])}</Chip><span className="row wrap">{change.from.map((code) => open(code))}{change.to.length > 0 && <> → {change.to.map((one) => open(one.code, one.name))}</>}</span></div>
      <div className="src">{t('region.basis')} {change.basis} · {t('region.recorded', { who: change.recorder, day: dayLong(chinaDay(change.recordedAt)) })}</div>
    </li>
  )
}

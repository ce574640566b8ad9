import { useEffect, useState } from 'react'
import { seeDuplicates } from '@songbai/capabilities/know/elders/contract'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { EmptyState, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { PairDeeds, Reasons, SideBySide, useDeed } from './Compare.tsx'
import type { Pair } from './Compare.tsx'
import { useGoHere } from './address.ts'
import { placeSaid } from './say.ts'
import './elders.css'

const MOST = 100

/** Pairs that look like one person, the likeliest first; a person decides each. */
export default function DuplicatesPage() {
  const { t, rich } = useWords()
  const { region, readOnly } = useView()
  const yours = may(useSession().me, seeDuplicates)
  const seen = useSee(seeDuplicates, yours ? { place: region, limit: MOST } : null)
  const pairs = seen.value?.pairs
  if (!yours) return <NotAllowedPage />
  return (
    <div className="page elders">
      <Briefing title={t('elder.dup.title')}>{pairs && pairs.length > 0 && rich('elder.dup.count', { n: <b>{pairs.length}</b> })}{pairs?.length === MOST ? t('elder.dup.first100') : ''}</Briefing>
      {readOnly && <p className="muted">{t('elder.past.rests')}</p>}
      <SayNo no={seen.no} onRetry={seen.again} />
      {!seen.no && <Waiting for={pairs} rows={6}>{(list) => (list.length === 0 ? <Card><None /></Card> : <Pairs pairs={list} />)}</Waiting>}
    </div>
  )
}

function None() {
  const { t } = useWords()
  const go = useGoHere()
  return <EmptyState icon="check" tone="good" title={t('elder.dup.none')} actions={<button type="button" className="b" onClick={() => go('/elders')}>{t('elder.back')}</button>}>{t('elder.dup.noneText')}</EmptyState>
}

function Pairs({ pairs }: { readonly pairs: readonly Pair[] }) {
  const { t } = useWords()
  const [at, setAt] = useState(0)
  const [deed, setDeed] = useDeed()
  const { readOnly } = useView()
  const here = Math.min(at, pairs.length - 1)
  const pair = pairs[here]!
  useEffect(() => { document.getElementById(`pair-${here}`)?.scrollIntoView({ block: 'nearest' }) }, [here])
  const move = (by: number) => setAt(Math.max(0, Math.min(pairs.length - 1, here + by)))
  const start = (what: typeof deed) => () => (readOnly ? false : setDeed(what))
  useKeys({ j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), 1: start('keepA'), 2: start('keepB'), 0: start('not') })
  return (
    <div className="dups">
      <ul className="card dup-list" aria-label={t('elder.dup.title')}>
        {pairs.map((one, i) => (
          <li key={`${one.a.id}-${one.b.id}`} id={`pair-${i}`}>
            <button type="button" className={i === here ? 'on' : ''} aria-current={i === here} onClick={() => setAt(i)}>
              <span><b>{one.a.name}</b>{one.a.name === one.b.name ? '' : ` · ${one.b.name}`}</span><span className="muted sm">{t('elder.dup.score', { n: Math.round(one.score) })}</span>
              <small className="el">{placeSaid(one.a.place)}</small>
            </button>
          </li>
        ))}
      </ul>
      <Card title={t('elder.dup.compare')} right={<span className="no-phone"><Kbd>J</Kbd> <Kbd>K</Kbd> · <Kbd>1</Kbd> <Kbd>2</Kbd> <Kbd>0</Kbd></span>}>
        <div className="pad"><Reasons codes={pair.reasons} /></div>
        <SideBySide a={pair.a} b={pair.b} />
        {!readOnly && <div className="pad"><PairDeeds pair={pair} deed={deed} onDeed={setDeed} onDone={() => setAt(here)} /></div>}
      </Card>
    </div>
  )
}

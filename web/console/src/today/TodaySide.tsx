import { useGo } from '@songbai/web-shared/go.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Count } from './Today.tsx'
import type { BehindIndicator, NewlyEntitled, TodayModel } from './model.ts'

export function Newly({ newly }: { readonly newly: NewlyEntitled }) {
  const { t, rich } = useWords()
  const go = useGo()
  if (newly.all.n === 0) return <Card title={t('today.newly.title')}><p className="pad muted">{t('today.newly.none')}</p></Card>
  return (
    <Card title={t('today.newly.title')} note={<Count of={newly.all} word="common.people" />} right={t('today.newly.when')}>
      <div className="pad">
        {newly.soon.n > 0 && <p className="sm" style={{ marginBottom: 4 }}><StateMark small state="notYet">{rich('today.newly.soon', { n: <Count of={newly.soon} word="common.people" /> })}</StateMark></p>}
        <div className="newly">
          {newly.items.map((line) => [<span key={`${line.item}-i`}>{line.item}</span>, <span key={`${line.item}-b`} className="muted">{line.because}</span>, <span key={`${line.item}-n`} className="num"><Count of={line.count} /></span>])}
        </div>
        <div className="row" style={{ marginTop: 6 }}><button type="button" className="b s" onClick={() => go(newly.to)}>{t('today.newly.each')}</button></div>
      </div>
    </Card>
  )
}

export function Behind({ behind }: { readonly behind: NonNullable<TodayModel['behind']> }) {
  const { t } = useWords()
  return (
    <Card title={t('today.behind.title')} note={t('today.behind.of', { n: behind.list.length, total: behind.total })}>
      {behind.list.length === 0 ? <p className="pad muted">{t('today.behind.none')}</p> : behind.list.map((one) => <Indicator key={one.id} one={one} />)}
    </Card>
  )
}

// Behind target: amber, hatched, so that it also reads in grey print; the target is an ink tick.
function Indicator({ one }: { readonly one: BehindIndicator }) {
  const { t } = useWords()
  const hatch = `hatch-${one.id}`
  return (
    <div className="kp">
      <div className="l">{one.name}<b><Num tone="warm" {...(one.detail ? { detail: one.detail } : { to: one.to })}>{one.value}</Num></b>{one.target !== null && <span className="muted sm">{t('today.behind.target', { value: one.target })}</span>}</div>
      {one.at !== null && (
        <svg aria-hidden>
          <defs><pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" fill="var(--c2)" /><rect width="2" height="6" fill="#F0BC60" /></pattern></defs>
          <rect y="3" width="100%" height="7" rx="2" fill="var(--sunk)" /><rect y="3" width={`${one.at * 100}%`} height="7" rx="2" fill={one.targetAt === null ? 'var(--c1)' : `url(#${hatch})`} />
          {one.targetAt !== null && <rect x={`${one.targetAt * 100}%`} y="0" width="2" height="13" fill="var(--ink-1)" transform="translate(-1 0)" />}
        </svg>
      )}
      <small>{one.note}</small>
    </div>
  )
}

import type { ReactNode } from 'react'
import type { WordKey } from '../words/catalogue.ts'
import { useWords } from '../words/WordsProvider.tsx'

export type State = 'yes' | 'no' | 'notYet' | 'unknown' | 'alarm'

// Shape, word and colour together: pine and cinnabar are close for protanopes.
const SHAPES: Readonly<Record<State, ReactNode>> = {
  yes: <><circle cx="7" cy="7" r="7" fill="var(--pine-6)" /><path d="m3.8 7.2 2.2 2.2 4.2-4.6" stroke="#fff" strokeWidth="1.7" fill="none" /></>,
  no: <><circle cx="7" cy="7" r="6.2" fill="none" stroke="var(--control)" strokeWidth="1.5" /><path d="M4 7h6" stroke="var(--ink-3)" strokeWidth="1.6" /></>,
  notYet: <><path d="M7 .8a6.2 6.2 0 0 0 0 12.4z" fill="var(--amb-5)" /><circle cx="7" cy="7" r="6.2" fill="none" stroke="var(--amb-6)" strokeWidth="1.5" /></>,
  unknown: <><rect x=".8" y=".8" width="12.4" height="12.4" rx="2.4" fill="none" stroke="var(--ind-6)" strokeWidth="1.5" /><path d="M5.3 5.5a1.7 1.7 0 1 1 2.5 1.5c-.6.3-.8.6-.8 1.2M7 9.8v.7" stroke="var(--ind-6)" strokeWidth="1.3" fill="none" /></>,
  alarm: <><path d="M7 .4 14 13.4H0z" fill="var(--cin-6)" /><path d="M7 5.4v3.4M7 10.4v1.1" stroke="#fff" strokeWidth="1.5" /></>,
}

const WORD: Readonly<Record<State, WordKey & `state.${State}`>> = { yes: 'state.yes', no: 'state.no', notYet: 'state.notYet', unknown: 'state.unknown', alarm: 'state.alarm' }

/** Yes, no, not yet, unknown are four different answers; children replace the plain word (享受中, 9月10日止). */
export function StateMark({ state, children, small }: { readonly state: State; readonly children?: ReactNode; readonly small?: boolean }) {
  const { t } = useWords()
  return (
    <span className={`st ${state}${small ? ' sm' : ''}`}>
      <svg viewBox="0 0 14 14" aria-hidden>{SHAPES[state]}</svg>
      {children ?? t(WORD[state])}
    </span>
  )
}

const SAMPLE = { mark: 'sample.mark', amount: 'sample.amount', number: 'sample.number', term: 'sample.term' } as const

/** Beside every figure no document gives; printed too. */
export function Sample({ of = 'mark' }: { readonly of?: keyof typeof SAMPLE }) {
  const { t } = useWords()
  return <span className="sample" title={t('sample.why')}>{t(SAMPLE[of])}</span>
}

export type ChipTone = 'plain' | 'good' | 'warm' | 'hot' | 'info'
const TONE: Readonly<Record<ChipTone, string>> = { plain: '', good: ' g', warm: ' a', hot: ' r', info: ' b' }

export function Chip({ tone = 'plain', square, title, children }: { readonly tone?: ChipTone; readonly square?: boolean; readonly title?: string; readonly children: ReactNode }) {
  return <span className={`ch${TONE[tone]}${square ? ' sq' : ''}`} title={title}>{children}</span>
}

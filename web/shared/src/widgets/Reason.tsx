import type { ReactNode } from 'react'
import { useWords } from '../words/WordsProvider.tsx'
import { StateMark } from './Marks.tsx'
import type { State } from './Marks.tsx'

export interface ReasonCondition {
  readonly key: string
  readonly need: ReactNode
  readonly theirs: ReactNode
  readonly source: ReactNode
  readonly state: State
  /** In place of the plain word: 9月10日止. */
  readonly says?: ReactNode
}

export interface ReasonProps {
  /** Three at most: result with amount and start; because; what changes it and when. */
  readonly sentences: readonly ReactNode[]
  readonly conditions: readonly ReasonCondition[]
  readonly basis?: ReactNode
  readonly actions?: ReactNode
}

const MOST = 3

/** Why: sentences a village assistant could say aloud, then every condition with its value and where it is known from. */
export function ReasonSentence({ sentences, conditions, basis, actions }: ReasonProps) {
  const { t } = useWords()
  return (
    <div className="why">
      <p className="say">{sentences.slice(0, MOST).map((sentence, at) => <span key={at}>{sentence}</span>)}</p>
      <div className="cond">
        <table className="tb">
          <thead><tr><th>{t('reason.need')}</th><th>{t('reason.theirs')}</th><th>{t('reason.source')}</th><th>{t('reason.result')}</th></tr></thead>
          <tbody>
            {conditions.map((c) => (
              <tr key={c.key}><td>{c.need}</td><td>{c.theirs}</td><td className="src">{c.source}</td><td><StateMark state={c.state}>{c.says}</StateMark></td></tr>
            ))}
          </tbody>
        </table>
      </div>
      {(actions || basis) && <div className="foot">{actions}{basis && <span className="sm muted end">{t('reason.basis')}：{basis}</span>}</div>}
    </div>
  )
}

export type TimelineMark = 'seen' | 'register' | 'correction' | 'missing'

export interface TimelineItem {
  readonly key: string
  readonly day: string
  readonly mark: TimelineMark
  /** A correction keeps the old value, struck through. */
  readonly old?: ReactNode
  readonly fact: ReactNode
  readonly source: ReactNode
}

const MARK_WORD = { seen: 'timeline.seen', register: 'timeline.register', correction: 'timeline.correction', missing: 'timeline.missing' } as const

export function Timeline({ items }: { readonly items: readonly TimelineItem[] }) {
  const { t } = useWords()
  return (
    <ol className="tl">
      {items.map((item) => (
        <li key={item.key} className={item.mark}>
          <time dateTime={item.day}>{item.day}</time>
          <span className="d" role="img" aria-label={t(MARK_WORD[item.mark])} title={t(MARK_WORD[item.mark])} />
          <span>{item.old !== undefined && <><s>{item.old}</s> → </>}{item.fact} <span className="src">{item.source}</span></span>
        </li>
      ))}
    </ol>
  )
}

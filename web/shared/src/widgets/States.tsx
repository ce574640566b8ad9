import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import type { IconName } from '../icons.tsx'
import { problemWords, refusalWords } from '../words/translate.ts'
import { useWords } from '../words/WordsProvider.tsx'

export type WaitPhase = 'quiet' | 'skeleton' | 'slow'
const SKELETON_MS = 300
const SLOW_MS = 2000

/** Nothing under 300 ms, a skeleton after, words after 2 s. */
export function waitPhase(sinceMs: number): WaitPhase {
  if (sinceMs < SKELETON_MS) return 'quiet'
  return sinceMs < SLOW_MS ? 'skeleton' : 'slow'
}

export function useWaitPhase(waiting: boolean): WaitPhase {
  const [phase, setPhase] = useState<WaitPhase>('quiet')
  useEffect(() => {
    setPhase('quiet')
    if (!waiting) return
    const timers = [SKELETON_MS, SLOW_MS].map((ms) => setTimeout(() => setPhase(waitPhase(ms)), ms))
    return () => timers.forEach(clearTimeout)
  }, [waiting])
  return phase
}

const WIDTHS = ['50%', '80%', '60%', '40%', '70%', '56%']

/** Rows of the true height, so nothing jumps when the real ones come. */
export function Skeleton({ rows = 4, columns = 4, rowHeight = 36 }: { readonly rows?: number; readonly columns?: number; readonly rowHeight?: number }) {
  return (
    <div aria-hidden>
      {Array.from({ length: rows }, (_, r) => (
        <div key={r} style={{ display: 'grid', gridTemplateColumns: `repeat(${columns},1fr)`, alignItems: 'center', gap: 16, height: rowHeight, padding: '0 14px', borderBottom: '1px solid var(--line)' }}>
          {Array.from({ length: columns }, (_, c) => <div key={c} className="sk" style={{ width: WIDTHS[(r + c) % WIDTHS.length] }} />)}
        </div>
      ))}
    </div>
  )
}

/** Shows the children when the value has come; until then the right kind of waiting. */
export function Waiting<T>({ for: value, children, rows, columns }: { readonly for: T | null | undefined; readonly children: (value: T) => ReactNode; readonly rows?: number; readonly columns?: number }) {
  const { t } = useWords()
  const waiting = value === null || value === undefined
  const phase = useWaitPhase(waiting)
  if (!waiting) return <>{children(value)}</>
  if (phase === 'quiet') return null
  return (
    <div role="status" aria-label={t('state.loading')}>
      <Skeleton {...(rows ? { rows } : {})} {...(columns ? { columns } : {})} />
      {phase === 'slow' && <p className="pad sm muted">{t('state.slow')}</p>}
    </div>
  )
}

interface EmptyProps {
  readonly icon?: IconName
  readonly tone?: 'plain' | 'good' | 'bad'
  readonly title: ReactNode
  readonly children?: ReactNode
  /** The first step; every empty page gives one. */
  readonly actions?: ReactNode
  /** On a page of its own the title is the page heading. */
  readonly page?: boolean
}

export function EmptyState({ icon = 'list', tone = 'plain', title, children, actions, page }: EmptyProps) {
  const Heading = page ? 'h1' : 'h2'
  return (
    <div className={tone === 'plain' ? 'emp' : `emp ${tone}`}>
      <Icon name={icon} className="mk" />
      <Heading>{title}</Heading>
      {children !== undefined && <p>{children}</p>}
      {actions && <div className="row wrap">{actions}</div>}
    </div>
  )
}

interface RefusedProps {
  readonly code: string
  readonly args?: Readonly<Record<string, unknown>>
  /** The clause or house rule, when the answer names one. */
  readonly basis?: ReactNode
  readonly actions?: ReactNode
  /** In place of a whole page: what was refused is its heading. */
  readonly page?: boolean
}

/** What · why by whose rule · what now. */
export function Refused({ code, args, basis, actions, page }: RefusedProps) {
  const What = page ? 'h1' : 'b'
  const { lang, t } = useWords()
  const { what, why, now } = refusalWords(lang, code, args)
  return (
    <div role="alert">
      <div className="bn refused">
        <div>
          <What>{what}</What>{!page && <br />}{why}<br /><span className="now">{now}</span>
          {basis && <div className="now">{t('reason.basis')} {basis}</div>}
        </div>
      </div>
      {actions && <div className="row wrap" style={{ marginTop: 8 }}>{actions}</div>}
    </div>
  )
}

/** Our fault, said in one sentence with the number to read out on the phone. */
export function Trouble({ code, id, onRetry }: { readonly code: string; readonly id: string; readonly onRetry?: () => void }) {
  const { lang, t } = useWords()
  return (
    <div className="bn warn" role="alert">
      <Icon name="warn" />
      <span>{problemWords(lang, code)} {code === 'bug' && t('state.fault.id', { id })}</span>
      {onRetry && <button type="button" className="go" onClick={onRetry}>{t('common.retry')}</button>}
    </div>
  )
}

import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { formatNumber } from '../words/format.ts'
import { useWords } from '../words/WordsProvider.tsx'
import { Dialog } from './Float.tsx'
import { EmptyState } from './States.tsx'

export interface DangerProps {
  /** 撤销整批导入 IM-2026-0716-03？ */
  readonly title: string
  /** What and how many, and what stays. */
  readonly children: ReactNode
  /** The person types this number. */
  readonly count: number
  /** 撤销 127,702 人 */
  readonly verb: string
  readonly onDo: () => void
  readonly onClose: () => void
}

/** Irreversible, money, or more than 100 people: the danger button is outlined and needs the number; the safe one is primary. */
export function Danger({ title, children, count, verb, onDo, onClose }: DangerProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const n = formatNumber(count)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.replace(/[,，\s]/g, '') === String(count)) onDo()
    else setWrong(true)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      <form onSubmit={submit}>
        <div className="row" style={{ margin: '10px 0' }}>
          <label className="sm" htmlFor="danger-count">{t('danger.type', { n })}</label>
          <input id="danger-count" className="in" style={{ width: 120, height: 32 }} inputMode="numeric" autoComplete="off" aria-invalid={wrong} value={typed} onChange={(event) => { setTyped(event.target.value); setWrong(false) }} />
        </div>
        {wrong && <p className="sm" role="alert" style={{ color: 'var(--cin-6)' }}>{t('danger.differs', { n })}</p>}
        <div className="row"><button type="submit" className="b d">{verb}</button><button type="button" className="b p" onClick={onClose}>{t('danger.keep')}</button></div>
      </form>
    </Dialog>
  )
}

/** Somebody changed the same cell first: side by side, nothing overwritten. */
export function Conflict({ who, whenMs, nowMs, theirs, yours, onTheirs, onYours }: { readonly who: string; readonly whenMs: number; readonly nowMs: number; readonly theirs: ReactNode; readonly yours: ReactNode; readonly onTheirs: () => void; readonly onYours: () => void }) {
  const { t, ago } = useWords()
  return (
    <section role="alert">
      <h3>{t('state.conflict.title', { who, when: ago(whenMs, nowMs) })}</h3>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 10, margin: '10px 0' }}>
        <div><span className="sm muted">{t('state.conflict.theirs')}</span><div className="card pad">{theirs}</div></div>
        <div><span className="sm muted">{t('state.conflict.yours')}</span><div className="card pad" style={{ borderColor: 'var(--amb-5)', background: 'var(--amb-1)' }}>{yours}</div></div>
      </div>
      <div className="row wrap"><button type="button" className="b p" onClick={onTheirs}>{t('state.conflict.useTheirs')}</button><button type="button" className="b" onClick={onYours}>{t('state.conflict.useYours')}</button></div>
    </section>
  )
}

/** Over two seconds: how far, how long still, and a way to stop. */
export function LongWork({ title, done, total, leftMs, onStop }: { readonly title: string; readonly done: number; readonly total: number; readonly leftMs: number; readonly onStop?: () => void }) {
  const { t, span } = useWords()
  const share = total > 0 ? done / total : 0
  return (
    <div className="emp">
      <h2>{title}</h2>
      <progress value={done} max={total} aria-label={title} className="sr" />
      <svg width="100%" height="10" aria-hidden><rect width="100%" height="10" rx="3" fill="var(--sunk)" /><rect width={`${share * 100}%`} height="10" rx="3" fill="var(--c1)" /></svg>
      <p>{t('state.progress', { done: formatNumber(done), total: formatNumber(total), time: span(leftMs) })}</p>
      {onStop && <button type="button" className="b" onClick={onStop}>{t('state.stop')}</button>}
    </div>
  )
}

export interface Condition {
  readonly id: string
  readonly name: string
}

/** Filtered to nothing: which conditions, and the last one off with one press. */
export function FilteredEmpty({ conditions, onDrop, onClear, children }: { readonly conditions: readonly Condition[]; readonly onDrop: (id: string) => void; readonly onClear: () => void; readonly children?: ReactNode }) {
  const { t } = useWords()
  const last = conditions[conditions.length - 1]
  return (
    <EmptyState
      icon="filter" title={t('empty.filtered.title', { n: conditions.length })}
      actions={<>{last && <button type="button" className="b p" onClick={() => onDrop(last.id)}>{t('empty.filtered.drop', { name: last.name })}</button>}<button type="button" className="b" onClick={onClear}>{t('empty.filtered.clear')}</button></>}
    >
      {conditions.map((one) => one.name).join(' · ')}{children}
    </EmptyState>
  )
}

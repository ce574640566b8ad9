import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import { useKeys } from '../Keys.tsx'
import { useWords } from '../words/WordsProvider.tsx'

const WAIT_S = 10

export interface Offer {
  /** What was done, past tense and counted: 已审批 14 人. */
  readonly what: string
  readonly onUndo: () => void
  /** When the ten seconds are over, or another deed takes the bar. */
  readonly onGone?: () => void
}

const UndoContext = createContext<(offer: Offer) => void>(() => undefined)

export function useUndo(): (offer: Offer) => void {
  return useContext(UndoContext)
}

/** Ten seconds to take a deed back, by the bar or by Z. */
export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const [held, setHeld] = useState<{ readonly offer: Offer; readonly turn: number } | null>(null)
  const now = useRef<Offer | null>(null)
  const offer = useCallback((next: Offer) => {
    now.current?.onGone?.()
    now.current = next
    setHeld((was) => ({ offer: next, turn: (was?.turn ?? 0) + 1 }))
  }, [])
  const end = useCallback((how: 'onUndo' | 'onGone') => {
    now.current?.[how]?.()
    now.current = null
    setHeld(null)
  }, [])
  const value = useMemo(() => offer, [offer])
  return (
    <UndoContext.Provider value={value}>
      {children}
      {held && <UndoBar key={held.turn} what={held.offer.what} onEnd={end} />}
    </UndoContext.Provider>
  )
}

function UndoBar({ what, onEnd }: { readonly what: string; readonly onEnd: (how: 'onUndo' | 'onGone') => void }) {
  const { t } = useWords()
  const [left, setLeft] = useState(WAIT_S)
  useEffect(() => {
    if (left === 0) return onEnd('onGone')
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, onEnd])
  useKeys({ z: () => onEnd('onUndo') })
  return (
    <div className="undo" role="status">
      <Icon name="check" />
      <span>{t('undo.bar', { what, n: left })}</span>
      <button type="button" onClick={() => onEnd('onUndo')}>{t('undo.key')}</button>
    </div>
  )
}

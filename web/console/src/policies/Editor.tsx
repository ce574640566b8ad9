import { useImperativeHandle, useRef } from 'react'
import type { RefObject } from 'react'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

export interface LineMark {
  readonly line: number
  readonly kind: 'problem' | 'good' | 'bad'
}

export interface EditorHandle {
  readonly toLine: (line: number, column?: number) => void
}

const LINE_PX = 20
const WORST = { problem: 2, bad: 1, good: 0 } as const

/** Plain text with line numbers; a line with a problem or a case carries its mark in the margin. */
export function Editor({ id, text, onText, marks, readOnly, handle }: { readonly id: string; readonly text: string; readonly onText?: (text: string) => void; readonly marks: readonly LineMark[]; readonly readOnly?: boolean; readonly handle?: RefObject<EditorHandle | null> }) {
  const { t } = useWords()
  const area = useRef<HTMLTextAreaElement>(null)
  const margin = useRef<HTMLDivElement>(null)
  const lines = text.split('\n')
  useImperativeHandle(handle, () => ({
    toLine: (line, column = 1) => {
      const el = area.current
      if (!el) return
      const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
      el.focus()
      el.setSelectionRange(start + column - 1, start + (lines[line - 1]?.length ?? 0))
      el.scrollTop = Math.max(0, (line - 5) * LINE_PX)
    },
  }), [text])
  const byLine = new Map<number, LineMark['kind']>()
  for (const one of marks) {
    const before = byLine.get(one.line)
    if (before === undefined || WORST[one.kind] > WORST[before]) byLine.set(one.line, one.kind)
  }
  const sign = { problem: '▲', bad: '✗', good: '✓' } as const
  const word = { problem: 'pol.mark.problem', bad: 'pol.mark.bad', good: 'pol.mark.good' } as const
  return (
    <div className="pol-editor" translate="no">
      <div ref={margin} className="margin" aria-hidden>{lines.map((_, at) => { const mark = byLine.get(at + 1); return <div key={at} className={mark} title={mark && t(word[mark])}>{mark && <b>{sign[mark]}</b>}{at + 1}</div> })}</div>
      <textarea
        ref={area} id={id} aria-label={t('pol.text')} wrap="off" spellCheck={false} autoCapitalize="off" autoComplete="off" readOnly={readOnly} value={text} maxLength={60_000}
        onChange={(event) => onText?.(event.target.value)} onScroll={(event) => { if (margin.current) margin.current.scrollTop = event.currentTarget.scrollTop }}
      />
    </div>
  )
}

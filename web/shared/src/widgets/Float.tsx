import { useEffect, useRef } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from '../icons.tsx'
import { useWords } from '../words/WordsProvider.tsx'

interface FloatProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

// The native dialog keeps the focus inside, gives it back afterwards, and closes on Escape.
function useModal(onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  const props = {
    ref,
    onCancel: (event: { preventDefault(): void }) => {
      event.preventDefault()
      onClose()
    },
    // React passes events on to the row that opened the dialog; a press in here must not open that row.
    onClick: (event: MouseEvent) => {
      event.stopPropagation()
      if (event.target === ref.current) onClose()
    },
  }
  return props
}

// Drawn at the end of the page: a number inside a paragraph may open one.

/** From the right, over the page; rows behind a number, one record seen in passing. */
export function Drawer({ title, onClose, children, actions }: FloatProps & { readonly actions?: ReactNode }) {
  const { t } = useWords()
  const modal = useModal(onClose)
  return createPortal(
    <dialog className="drawer" {...modal} aria-label={typeof title === 'string' ? title : undefined}>
      <header>
        <h2 className="grow el">{title}</h2>
        {actions}
        <button type="button" className="b s t" onClick={onClose}><Icon name="x" />{t('common.close')}</button>
      </header>
      <div className="body">{children}</div>
    </dialog>,
    document.body,
  )
}

/** For a decision only; anything long goes in a drawer or a page. */
export function Dialog({ title, onClose, children }: FloatProps) {
  const modal = useModal(onClose)
  return createPortal(
    <dialog className="dlg" {...modal}>
      <h2>{title}</h2>
      {children}
    </dialog>,
    document.body,
  )
}

import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
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
    onClick: (event: { target: unknown }) => {
      if (event.target === ref.current) onClose()
    },
  }
  return props
}

/** From the right, over the page; rows behind a number, one record seen in passing. */
export function Drawer({ title, onClose, children, actions }: FloatProps & { readonly actions?: ReactNode }) {
  const { t } = useWords()
  const modal = useModal(onClose)
  return (
    <dialog className="drawer" {...modal} aria-label={typeof title === 'string' ? title : undefined}>
      <header>
        <h2 className="grow el">{title}</h2>
        {actions}
        <button type="button" className="b s t" onClick={onClose}><Icon name="x" />{t('common.close')}</button>
      </header>
      <div className="body">{children}</div>
    </dialog>
  )
}

/** For a decision only; anything long goes in a drawer or a page. */
export function Dialog({ title, onClose, children }: FloatProps) {
  const modal = useModal(onClose)
  return (
    <dialog className="dlg" {...modal}>
      <h3>{title}</h3>
      {children}
    </dialog>
  )
}

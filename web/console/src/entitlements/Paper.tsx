import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { formatDayLong } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import { checkMark } from './standing.ts'
import './paper.css'

/**
 * One sheet looked at before it is printed. The sheet is drawn twice: in the window for the eye, and at the end of the page for
 * the printer, because a browser prints a modal window as one fixed screen and cuts what is longer.
 */
export function Paper({ title, onClose, children }: { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }) {
  const { t } = useWords()
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    document.body.classList.add('printing')
    return () => { document.body.classList.remove('printing'); dialog?.close() }
  }, [])
  return createPortal(
    <>
      <dialog ref={ref} className="paper-window" aria-label={title} onCancel={(event) => { event.preventDefault(); onClose() }} onClick={(event) => event.stopPropagation()}>
        <header className="row"><h2 className="grow el">{title}</h2><button type="button" className="b p" autoFocus onClick={() => window.print()}><Icon name="print" />{t('ent.print')}</button><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></header>
        <div className="paper-desk"><article className="sheet">{children}</article></div>
      </dialog>
      <div className="paper-host"><article className="sheet" aria-hidden>{children}</article></div>
    </>,
    document.body,
  )
}

/** Who printed when, for which day, and a mark by which two copies can be compared. Page numbers come from the printer's margin. */
export function PaperFoot({ data, at }: { readonly data: unknown; readonly at: string }) {
  const { t, lang } = useWords()
  const { me } = useSession()
  return <p className="sheet-foot">{t('ent.printed', { who: me.name, day: formatDayLong(me.today, lang), at: formatDayLong(at, lang), mark: checkMark(data) })}</p>
}

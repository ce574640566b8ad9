import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { markPrinted, seeLetters } from '@songbai/capabilities/know/messages/contract'
import type { LetterText } from '@songbai/capabilities/know/messages/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { formatDayLong, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import { QrCode } from '../signin/QrCode.tsx'
import './messages.css'
import '../entitlements/paper.css'

const MOST = 100

interface Props {
  readonly place?: string
  /** These letters again, whatever became of them; without them all that wait to be printed. */
  readonly ids?: readonly string[]
  readonly onClose: () => void
}

/** Letters one sheet each, looked at before they are printed, marked as printed after. Drawn twice: a browser prints a modal window as one fixed screen. */
export function LettersPaper({ place, ids, onClose }: Props) {
  const { t } = useWords()
  const seen = useSee(seeLetters, { ...(place ? { place } : {}), ...(ids ? { ids: [...ids] } : {}), limit: MOST })
  const { run, busy, no } = useDo(markPrinted)
  const [printed, setPrinted] = useState(false)
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    document.body.classList.add('printing')
    return () => { document.body.classList.remove('printing'); dialog?.close() }
  }, [])
  const letters = seen.value?.letters ?? []
  const mark = async (): Promise<void> => {
    if (!busy && (await run({ ids: letters.map((one) => one.id) })).ok) onClose()
  }
  const title = t('msg.letters.title', { n: formatNumber(letters.length) })
  return createPortal(
    <>
      <dialog ref={ref} className="paper-window" aria-label={title} onCancel={(event) => { event.preventDefault(); onClose() }} onClick={(event) => event.stopPropagation()}>
        <header className="row wrap">
          <h2 className="grow el">{title}{seen.value && seen.value.total > letters.length && <small className="muted"> {t('msg.letters.part', { n: MOST })}</small>}</h2>
          <button type="button" className={printed ? 'b' : 'b p'} autoFocus disabled={letters.length === 0} onClick={() => { window.print(); setPrinted(true) }}><Icon name="print" />{t('msg.letters.print')}</button>
          <button type="button" className={printed ? 'b p' : 'b'} aria-disabled={busy} disabled={letters.length === 0} onClick={() => void mark()}><Icon name="check" />{t('msg.letters.done')}</button>
          <button type="button" className="b" onClick={onClose}>{t('common.close')}</button>
        </header>
        <SayNo no={no} />
        <div className="paper-desk">{seen.no ? <SayNo no={seen.no} onRetry={seen.again} /> : <Waiting for={seen.value}>{() => <>{letters.map((one) => <Letter key={one.id} of={one} />)}</>}</Waiting>}</div>
      </dialog>
      <div className="paper-host">{letters.map((one) => <Letter key={one.id} of={one} hidden />)}</div>
    </>,
    document.body,
  )
}

/** A4 for the elder: the first line large, a slip to sign when an answer is asked for, the number as text and as a code that holds nothing else. */
function Letter({ of, hidden = false }: { readonly of: LetterText; readonly hidden?: boolean }) {
  const { t, lang } = useWords()
  const { me } = useSession()
  const [first, ...more] = of.texts.letter
  const today = formatDayLong(me.today, lang)
  return (
    <article className="sheet letter" aria-hidden={hidden || undefined}>
      <div className="letter-head"><div><h1>{of.texts.title}</h1><p className="letter-to">{of.toName} · {of.place}</p></div><div className="letter-qr"><QrCode text={of.number} label={t('msg.letter.qr')} size={92} /><span>{spaced(of.number)}</span></div></div>
      {first && <p className="elder">{first}</p>}
      {more.filter((line) => line.trim() !== '').map((line, n) => <p key={n} className="say">{line}</p>)}
      {of.beside && <div className="letter-mong" lang="mn-Mong">{of.beside.letter.map((line, n) => <p key={n}>{line}</p>)}<Sample /></div>}
      <p className="sign">{t('msg.letter.seal')}<br />{today}</p>
      {of.asks && (
        <div className="receipt">
          <p>{of.toName}　{of.texts.title}　{t('msg.letter.number', { number: spaced(of.number) })}</p>
          <p className="elder">□ {t('msg.letter.yes')}　□ {t('msg.letter.no')}　□ {t('msg.letter.explain')}</p>
          <p>{t('msg.letter.sign')} <span className="line" />　{t('msg.letter.day')} <span className="line" /></p>
        </div>
      )}
      <p className="sheet-foot">{t('msg.letter.foot', { who: me.name, day: today, number: spaced(of.number) })}</p>
    </article>
  )
}

/** 2600012348 → 26 0001 2348: read out in breaths. */
function spaced(number: string): string {
  return `${number.slice(0, -8)} ${number.slice(-8, -4)} ${number.slice(-4)}`
}

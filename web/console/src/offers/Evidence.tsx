import { useRef, useState } from 'react'
import { addPaper } from '@songbai/capabilities/decide/offers/contract'
import type { OfferPage as Page } from '@songbai/capabilities/decide/offers/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'

/** What the register holds is shown as held and never asked for; only what is missing can be taken in. */
export function Evidence({ page }: { readonly page: Page }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const open = page.offer.state === 'found' || page.offer.state === 'told' || page.offer.state === 'consented' || page.offer.state === 'checked'
  return (
    <Card title={t('offers.evidence')}>
      {page.evidence.length === 0 ? <p className="pad muted">{t('offers.evidence.none')}</p> : (
        <ul className="offer-list">
          {page.evidence.map((one) => (
            <li key={one.text}>
              <b>{both(one.label)}</b>
              <StateMark small state={one.held ? 'yes' : one.how === 'declare' ? 'notYet' : 'unknown'}>{one.how === 'auto' ? t('offers.evidence.held') : one.how === 'declare' ? t(one.held ? 'offers.evidence.said' : 'offers.evidence.declare') : one.held ? null : t('offers.evidence.asked')}</StateMark>
              {one.papers.map((paper, n) => <span key={n} className="sm muted wide">{t('offers.evidence.came', { day: chinaDay(paper.at), by: paper.by })}{paper.note && `：${paper.note}`} {paper.fileId && <a className="lk" href={`/api/files/${paper.fileId}`}>{t('offers.evidence.open')}</a>}</span>)}
              {open && one.how === 'paper' && may(me, addPaper) && !view.readOnly && <Add id={page.offer.id} label={one.text} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Add({ id, label }: { readonly id: string; readonly label: string }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(addPaper)
  const file = useUpload()
  const pick = async (chosen: File): Promise<void> => {
    const fileId = await file.send(chosen)
    if (fileId !== null) await run({ id, label, fileId })
  }
  return (
    <span className="row wrap wide">
      <FileButton label={t('offers.evidence.add')} accept="image/*,.pdf" busy={busy || file.busy} onFile={(chosen) => void pick(chosen)} />
      <button type="button" className="b s" aria-disabled={busy} onClick={() => { if (!busy) void run({ id, label, note: t('offers.evidence.seen') }) }}>{t('offers.evidence.seen')}</button>
      <SayNo no={file.no ?? no} />
    </span>
  )
}

/** Sends one file and answers its id; null when it did not arrive, which is shown. */
export function useUpload() {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [no, setNo] = useState<No | null>(null)
  const send = async (file: File): Promise<string | null> => {
    setBusy(true)
    const answer = await client.upload(file, file.name)
    setBusy(false)
    setNo(answer.ok ? null : answer)
    return answer.ok ? answer.value.id : null
  }
  return { send, busy, no }
}

export function FileButton({ label, accept, busy, onFile, id }: { readonly label: string; readonly accept: string; readonly busy: boolean; readonly onFile: (file: File) => void; readonly id?: string }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input ref={input} type="file" accept={accept} className="sr" tabIndex={-1} aria-hidden onChange={(event) => { const [file] = event.target.files ?? []; if (file) onFile(file); event.target.value = '' }} />
      <button type="button" id={id} className="b s" aria-disabled={busy} onClick={() => { if (!busy) input.current?.click() }}>{label}</button>
    </>
  )
}

import { useState } from 'react'
import { recordConsent } from '@songbai/capabilities/decide/offers/contract'
import type { OfferPage as Page } from '@songbai/capabilities/decide/offers/contract'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { DayField, Field, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo } from '../query.tsx'
import { useSession } from '../session.ts'
import { FileButton, useUpload } from './Evidence.tsx'
import { KIND_WORD } from './say.ts'

const KINDS = ['phone', 'visit', 'paper', 'voice', 'representative'] as const
type Kind = (typeof KINDS)[number]

/** How the person agreed, with what proves it: the text read out, the picture, the recording, or who agreed in their place. */
export function ConsentForm({ page }: { readonly page: Page }) {
  const { t } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(recordConsent)
  const upload = useUpload()
  const able = page.contacts.filter((one) => one.mayRepresent)
  const [kind, setKind] = useState<Kind>('phone')
  const [read, setRead] = useState(false)
  const [file, setFile] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const [contactId, setContact] = useState(able[0]?.id ?? '')
  const [on, setOn] = useState<string>(me.today)
  const [note, setNote] = useState('')
  const take = async (chosen: File): Promise<void> => {
    const id = await upload.send(chosen)
    if (id !== null) setFile({ id, name: chosen.name })
  }
  const submit = () => {
    if (busy || upload.busy) return
    void run({ id: page.offer.id, kind, ...(on ? { on } : {}), ...(note.trim() ? { note: note.trim() } : {}), ...(kind === 'phone' || kind === 'visit' ? { scriptRead: read } : {}), ...((kind === 'paper' || kind === 'voice') && file ? { fileId: file.id } : {}), ...(kind === 'representative' && contactId ? { contactId } : {}) })
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit() }}>
      <h3>{t('offers.consent')}</h3>
      <SelectField label={t('offers.consent.how')} value={kind} options={KINDS.map((id) => ({ id, name: t(KIND_WORD[id]) }))} onPick={(id) => { setKind(id as Kind); setFile(null) }} />
      {(kind === 'phone' || kind === 'visit') && <label className="row tick"><input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />{t('offers.consent.script')}</label>}
      {(kind === 'paper' || kind === 'voice') && <Field label={t(kind === 'paper' ? 'offers.consent.file.paper' : 'offers.consent.file.voice')}>{(id) => <span className="row"><FileButton id={id} label={t('offers.consent.pick')} accept={kind === 'paper' ? 'image/*,.pdf' : 'audio/*'} busy={upload.busy} onFile={(chosen) => void take(chosen)} />{file && <span className="el">{file.name}</span>}</span>}</Field>}
      {kind === 'representative' && (able.length === 0 ? <p className="bn warn">{t('offers.consent.who.none')}</p> : <SelectField label={t('offers.consent.who')} value={contactId} options={able.map((one) => ({ id: one.id, name: `${one.name}（${one.relation}）${one.phoneMasked ? ` ${one.phoneMasked}` : ''}` }))} onPick={setContact} />)}
      <DayField label={t('offers.consent.on')} value={on} onDay={setOn} />
      <TextField label={t('offers.note')} value={note} onText={setNote} maxLength={300} />
      <SayNo no={upload.no ?? no} />
      <button type="submit" className={page.offer.state === 'told' ? 'b p' : 'b'} aria-disabled={busy}>{t('offers.consent.go')}</button>
    </form>
  )
}

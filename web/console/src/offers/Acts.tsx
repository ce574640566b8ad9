import { useState } from 'react'
import type { ReactNode } from 'react'
import { approveOffer, checkOffer, declineOffer, recordConsent, refuseOffer, sendBackOffer, tellOffer } from '@songbai/capabilities/decide/offers/contract'
import type { OfferPage as Page } from '@songbai/capabilities/decide/offers/contract'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { CHANNEL_WORD, TO_ELDER } from '../messages/say.ts'
import { SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { useAmount } from './Amount.tsx'
import { ConsentForm } from './ConsentForm.tsx'
import { DECLINE_WORD, END_WORD, KIND_WORD } from './say.ts'

/** What this person can do about it now; first what was decided so far. */
export function Acts({ page }: { readonly page: Page }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const { offer } = page
  const parts: ReactNode[] = []
  if (!view.readOnly) {
    if ((offer.state === 'found' || offer.state === 'told') && may(me, tellOffer)) parts.push(<Tell key="tell" page={page} />)
    if ((offer.state === 'found' || offer.state === 'told' || offer.state === 'declined') && may(me, recordConsent)) parts.push(<ConsentForm key="consent" page={page} />)
    if (offer.state === 'consented' && may(me, checkOffer)) parts.push(<Check key="check" page={page} />)
    if (offer.state === 'checked' && may(me, approveOffer)) parts.push(<Approve key="approve" page={page} />)
    if ((offer.state === 'found' || offer.state === 'told' || offer.state === 'consented') && may(me, declineOffer)) parts.push(<Decline key="decline" page={page} />)
    if ((offer.state === 'consented' || offer.state === 'checked') && may(me, refuseOffer)) parts.push(<Refuse key="refuse" page={page} />)
  }
  return (
    <Card title={t('offers.now')}>
      <div className="pad acts"><SoFar page={page} />{parts.length === 0 && WAITS.includes(offer.state) ? <p className="muted">{t('offers.nothing')}</p> : parts}</div>
    </Card>
  )
}

const WAITS: readonly string[] = ['found', 'told', 'consented', 'checked']

function SoFar({ page }: { readonly page: Page }) {
  const { t, day, month } = useWords()
  const { consent, decline, refusal, offer } = page
  return (
    <>
      {consent && <p>{t('offers.consent.line', { day: day(consent.on), kind: t(KIND_WORD[consent.kind]), by: consent.by })}{consent.contactName && ` · ${consent.contactName}`}{consent.fileId && <> <a className="lk" href={`/api/files/${consent.fileId}`}>{t('offers.evidence.open')}</a></>}</p>}
      {decline && <p>{t('offers.decline.line', { why: t(DECLINE_WORD[decline.reason]) })} {decline.askAgainOn ? t('offers.decline.again', { day: day(decline.askAgainOn) }) : t('offers.decline.never.line')}</p>}
      {refusal && <p>{t('offers.refuse.line', { reason: refusal.reason, clause: refusal.clause })}</p>}
      {offer.state === 'approved' && offer.fromMonth && <p>{t('offers.approved.line', { month: month(offer.fromMonth) })}</p>}
      {offer.endReason && <p>{t('offers.ended.line', { why: t(END_WORD[offer.endReason]) })}</p>}
    </>
  )
}

function Tell({ page }: { readonly page: Page }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(tellOffer)
  const [channel, setChannel] = useState<(typeof TO_ELDER)[number]>('letter')
  const { id } = page.offer
  const go = (input: Parameters<typeof run>[0]) => { if (!busy) void run(input) }
  return (
    <section>
      <h3>{t('offers.tell')}</h3>
      <div className="row wrap">
        <button type="button" className={page.offer.state === 'found' ? 'b p' : 'b'} aria-disabled={busy} onClick={() => go({ id, how: 'phone' })}>{t('offers.tell.phone')}</button>
        <button type="button" className="b" aria-disabled={busy} onClick={() => go({ id, how: 'visit' })}>{t('offers.tell.visit')}</button>
        <label className="choice"><span className="sr">{t('offers.tell.by')}</span><select value={channel} onChange={(event) => setChannel(event.target.value as typeof channel)}>{TO_ELDER.map((one) => <option key={one} value={one}>{t(CHANNEL_WORD[one])}</option>)}</select></label>
        <button type="button" className="b" aria-disabled={busy} onClick={() => go({ id, how: 'send', channels: channel === 'outbox' ? ['outbox'] : [channel, 'outbox'] })}>{t('offers.tell.send')}</button>
      </div>
      <SayNo no={no} />
    </section>
  )
}

/** A deed that asks for a reason opens under its own button. */
function Fold({ verb, children }: { readonly verb: string; readonly children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  if (!open) return <div><button type="button" className="b" onClick={() => setOpen(true)}>{verb}</button></div>
  return <section><h3>{verb}</h3>{children(() => setOpen(false))}</section>
}

function Decline({ page }: { readonly page: Page }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(declineOffer)
  const [reason, setReason] = useState<keyof typeof DECLINE_WORD>('notNow')
  const [note, setNote] = useState('')
  return (
    <Fold verb={t('offers.decline')}>{(close) => (
      <form onSubmit={(event) => { event.preventDefault(); if (!busy) void run({ id: page.offer.id, reason, ...(note.trim() ? { note: note.trim() } : {}) }) }}>
        <SelectField label={t('offers.decline.why')} value={reason} options={(Object.keys(DECLINE_WORD) as (keyof typeof DECLINE_WORD)[]).map((id) => ({ id, name: t(DECLINE_WORD[id]) }))} onPick={(id) => setReason(id as typeof reason)} />
        <TextField label={t('offers.note')} value={note} onText={setNote} maxLength={300} />
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('offers.decline.go')}</button><button type="button" className="b" onClick={close}>{t('offers.cancel')}</button></div>
      </form>
    )}</Fold>
  )
}

function Check({ page }: { readonly page: Page }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(checkOffer)
  const [note, setNote] = useState('')
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (!busy) void run({ id: page.offer.id, ...(note.trim() ? { note: note.trim() } : {}) }) }}>
      <h3>{t('offers.check.title')}</h3>
      <p>{t('offers.check.body')}</p>
      <TextField label={t('offers.note')} value={note} onText={setNote} maxLength={300} />
      <SayNo no={no} />
      <button type="submit" className="b p" aria-disabled={busy}>{t('offers.check')}</button>
    </form>
  )
}

function Approve({ page }: { readonly page: Page }) {
  const { t, month } = useWords()
  const said = useAmount()
  const { run, busy, no } = useDo(approveOffer)
  const back = useDo(sendBackOffer)
  const [reason, setReason] = useState('')
  const from = page.firstMonth === null ? '' : month(page.firstMonth)
  const amount = said(page.offer)
  return (
    <section>
      <h3>{t('offers.approve.title')}</h3>
      <p>{amount === '' ? t('offers.approve.service', { month: from }) : t('offers.approve.body', { month: from, amount })}</p>
      {page.needsAnother ? <p className="bn warn">{t('offers.approve.another')}</p> : <button type="button" className="b p" aria-disabled={busy} onClick={() => { if (!busy) void run({ id: page.offer.id }) }}>{t('offers.approve')}</button>}
      <SayNo no={no} />
      <Fold verb={t('offers.sendBack')}>{(close) => (
        <form onSubmit={(event) => { event.preventDefault(); if (!back.busy) void back.run({ id: page.offer.id, reason: reason.trim() }) }}>
          <TextField label={t('offers.reason')} value={reason} onText={setReason} maxLength={300} />
          <SayNo no={back.no} />
          <div className="row"><button type="submit" className="b p" aria-disabled={back.busy} disabled={reason.trim().length < 2}>{t('offers.sendBack')}</button><button type="button" className="b" onClick={close}>{t('offers.cancel')}</button></div>
        </form>
      )}</Fold>
    </section>
  )
}

function Refuse({ page }: { readonly page: Page }) {
  const { t, both } = useWords()
  const { run, busy, no } = useDo(refuseOffer)
  const [clause, setClause] = useState(page.clauses[0]?.id ?? '')
  const [reason, setReason] = useState('')
  return (
    <Fold verb={t('offers.refuse')}>{(close) => (
      <form onSubmit={(event) => { event.preventDefault(); if (!busy) void run({ id: page.offer.id, clause, reason: reason.trim() }) }}>
        <SelectField label={t('offers.refuse.clause')} value={clause} options={page.clauses.map((one) => ({ id: one.id, name: both(one.text) }))} onPick={setClause} />
        <TextField label={t('offers.refuse.reason')} value={reason} onText={setReason} maxLength={300} />
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b d" aria-disabled={busy} disabled={reason.trim().length < 4}>{t('offers.refuse')}</button><button type="button" className="b p" onClick={close}>{t('offers.cancel')}</button></div>
      </form>
    )}</Fold>
  )
}

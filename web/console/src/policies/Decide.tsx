import { useState } from 'react'
import type { FormEvent } from 'react'
import { reviewDraft, withdrawVersion } from '@songbai/capabilities/decide/policies/contract'
import { Refused } from '@songbai/web-shared/widgets/States.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Field } from '../parts/Fields.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { PastDay } from './PastDay.tsx'
import type { Version } from './parts.tsx'

/** The second person publishes from a day or returns with a reason; whoever wrote it reads why it is not theirs to do. */
export function Review({ version, mine }: { readonly version: Version; readonly mine: boolean }) {
  const { t } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(reviewDraft)
  const [from, setFrom] = useState('')
  const [note, setNote] = useState('')
  const [sure, setSure] = useState(false)
  const [wrong, setWrong] = useState<'day' | 'note' | null>(null)
  const first = parseDay(from)
  const past = first !== null && first < me.today
  if (!may(me, reviewDraft)) return <Card title={t('pol.review')}><p className="pad muted">{t('pol.review.waits')}</p></Card>
  if (mine) return <Card title={t('pol.review')}><div className="pad"><Refused code="policies.second-person" /></div></Card>
  const decide = (decision: 'publish' | 'return') => async (event?: FormEvent) => {
    event?.preventDefault()
    const day = parseDay(from)
    if (decision === 'publish' && day === null) return setWrong('day')
    if (note.trim().length < 2) return setWrong('note')
    setWrong(null)
    await run({ id: version.id, decision, note: note.trim(), ...(decision === 'publish' && day !== null ? { effectiveFrom: day, ...(past && sure ? { confirmPast: true } : {}) } : {}) })
  }
  return (
    <Card title={t('pol.review')} note={t('pol.review.of', { who: version.draftedBy })}>
      <form className="pad form" onSubmit={(event) => void decide('publish')(event)}>
        <SayNo no={no} />
        <Field label={t('pol.review.from')} hint={t('pol.review.fromHint')}>{(id) => <><input id={id} className="in" autoComplete="off" inputMode="numeric" aria-invalid={wrong === 'day'} value={from} onChange={(event) => setFrom(event.target.value)} />{wrong === 'day' && <p className="err" role="alert">{t('pol.needDay')}</p>}</>}</Field>
        {past && <PastDay id={version.id} from={first} sure={sure} onSure={setSure} />}
        <Field label={t('pol.review.note')}>{(id) => <><input id={id} className="in" autoComplete="off" maxLength={300} aria-invalid={wrong === 'note'} value={note} onChange={(event) => setNote(event.target.value)} />{wrong === 'note' && <p className="err" role="alert">{t('pol.needNote')}</p>}</>}</Field>
        <div className="row wrap"><button type="submit" className="b p" disabled={busy || (past && !sure)}>{t('pol.publish')}</button><button type="button" className="b" disabled={busy} onClick={() => void decide('return')()}>{t('pol.return')}</button></div>
      </form>
    </Card>
  )
}

/** Stops a version from a day on. What was given before stays; nobody gets it by this version afterwards. */
export function Withdraw({ version }: { readonly version: Version }) {
  const { t } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(withdrawVersion)
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState('')
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<'day' | 'note' | null>(null)
  if (!may(me, withdrawVersion)) return null
  if (!open) return <div><button type="button" className="b d" onClick={() => setOpen(true)}>{t('pol.withdraw')}</button></div>
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const day = parseDay(from)
    if (day === null) return setWrong('day')
    if (reason.trim().length < 2) return setWrong('note')
    setWrong(null)
    await run({ id: version.id, from: day, reason: reason.trim() })
  }
  return (
    <Card title={t('pol.withdraw')}>
      <form className="pad form" onSubmit={(event) => void submit(event)}>
        <p>{t('pol.withdraw.what')}</p>
        <SayNo no={no} />
        <Field label={t('pol.withdraw.from')} hint={t('pol.review.fromHint')}>{(id) => <><input id={id} className="in" autoComplete="off" inputMode="numeric" aria-invalid={wrong === 'day'} value={from} onChange={(event) => setFrom(event.target.value)} />{wrong === 'day' && <p className="err" role="alert">{t('pol.needDay')}</p>}</>}</Field>
        <Field label={t('pol.withdraw.reason')}>{(id) => <><input id={id} className="in" autoComplete="off" maxLength={300} aria-invalid={wrong === 'note'} value={reason} onChange={(event) => setReason(event.target.value)} />{wrong === 'note' && <p className="err" role="alert">{t('pol.needNote')}</p>}</>}</Field>
        <div className="row wrap"><button type="submit" className="b d" disabled={busy}>{t('pol.withdraw')}</button><button type="button" className="b p" onClick={() => setOpen(false)}>{t('danger.keep')}</button></div>
      </form>
    </Card>
  )
}

import { useState } from 'react'
import type { FormEvent } from 'react'
import { markTold, retryMessage, seeMessage } from '@songbai/capabilities/know/messages/contract'
import type { MessageRow } from '@songbai/capabilities/know/messages/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { CHANNEL_WORD, outWord, reasonParts, TO_ELDER } from './say.ts'
import './messages.css'

type Seen = OutputOf<typeof seeMessage>

/** What is said, what became of it, and what a clerk can do about it; opened in the list and on its own page. */
export function MessageDetail({ id }: { readonly id: string }) {
  const seen = useSee(seeMessage, { id })
  return <Show seen={seen} rows={4}>{(got) => <Body got={got} />}</Show>
}

function Body({ got }: { readonly got: Seen }) {
  const { t } = useWords()
  const { message, texts, steps } = got
  return (
    <div className="msg-two">
      <div>
        <h4>{t('msg.text')}</h4>
        <p className="msg-say">{texts.short}</p>
        {texts.beside && <p className="msg-mong" lang="mn-Mong">{texts.beside.short} <Sample /></p>}
        {message.link && <p><To to={message.link} className="lk">{t('msg.matter')}</To></p>}
        <Story steps={steps} />
      </div>
      <div>
        {message.elderId !== null && (message.state === 'queued' || message.state === 'sent' || message.state === 'delivered' || message.state === 'failed') && <Told key={`told ${message.state}`} message={message} />}
        {message.elderId !== null && (message.state === 'queued' || message.state === 'sent' || message.state === 'failed') && <Retry key={`retry ${message.channel}`} message={message} />}
      </div>
    </div>
  )
}

function Story({ steps }: { readonly steps: Seen['steps'] }) {
  const { t, ago } = useWords()
  return (
    <>
      <h4>{t('msg.story')}</h4>
      {steps.length === 0 ? <p className="muted">{t('msg.story.none')}</p> : (
        <ul className="msg-story">{steps.map((step, n) => <li key={n}><span className="muted nowrap">{ago(step.at, Date.now())}</span><span>{t(CHANNEL_WORD[step.channel])}：{t(outWord(step.outcome))}{step.detail && <> · <Detail outcome={step.outcome} text={step.detail} /></>}</span>{step.by && <span className="src">{step.by}</span>}</li>)}</ul>
      )}
    </>
  )
}

function Detail({ outcome, text }: { readonly outcome: string; readonly text: string }) {
  const { t } = useWords()
  if (outcome !== 'failed' && outcome !== 'withdrawn') return <>{text}</>
  const { word, rest } = reasonParts(text)
  return <>{t(word)}{rest && `（${rest}）`}</>
}

const RESULTS = ['told', 'yes', 'no', 'notReached'] as const
const RESULT_WORD = { told: 'msg.told.told', yes: 'msg.told.yes', no: 'msg.told.no', notReached: 'msg.told.notReached' } as const

function Told({ message }: { readonly message: MessageRow }) {
  const { t } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(markTold)
  const [result, setResult] = useState<(typeof RESULTS)[number]>('told')
  const [note, setNote] = useState('')
  const [visit, setVisit] = useState(message.channel === 'villageTask' || message.channel === 'letter')
  if (!may(me, markTold)) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void run({ id: message.id, how: visit ? 'visit' : 'phone', result: result === 'notReached' ? 'notReached' : 'told', ...(result === 'yes' || result === 'no' ? { reply: result } : {}), ...(note.trim() ? { note: note.trim() } : {}) })
  }
  return (
    <form onSubmit={submit}>
      <h4>{t('msg.told.title')}</h4>
      <div className="msg-pick">{RESULTS.map((one) => <label key={one}><input type="radio" name={`told ${message.id}`} checked={result === one} onChange={() => setResult(one)} />{t(RESULT_WORD[one])}</label>)}</div>
      <label className="row"><input type="checkbox" checked={visit} onChange={(event) => setVisit(event.target.checked)} />{t('msg.told.visit')}</label>
      <TextField label={t('msg.told.note')} value={note} onText={setNote} maxLength={300} />
      <SayNo no={no} />
      <button type="submit" className="b p" aria-disabled={busy}>{t('msg.told.go')}</button>
    </form>
  )
}

function Retry({ message }: { readonly message: MessageRow }) {
  const { t } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(retryMessage)
  const others = TO_ELDER.filter((one) => one !== message.channel)
  const [channel, setChannel] = useState<(typeof TO_ELDER)[number]>(others[0]!)
  if (!may(me, retryMessage)) return null
  return (
    <form className="msg-retry" onSubmit={(event) => { event.preventDefault(); if (!busy) void run({ id: message.id, channel }) }}>
      <SelectField label={t('msg.retry')} value={channel} options={others.map((one) => ({ id: one, name: t(CHANNEL_WORD[one]) }))} onPick={(id) => setChannel(id as typeof channel)} />
      <SayNo no={no} />
      <button type="submit" className="b" aria-disabled={busy}>{t('msg.retry.go')}</button>
    </form>
  )
}

import { useState } from 'react'
import { useParams } from 'react-router'
import { seeOffer } from '@songbai/capabilities/decide/offers/contract'
import type { OfferPage as Page } from '@songbai/capabilities/decide/offers/contract'
import { listMessages } from '@songbai/capabilities/know/messages/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { LettersPaper } from '../messages/LettersPaper.tsx'
import { CHANNEL_WORD, STATE_MARK as SENT_MARK, STATE_WORD as SENT_WORD, WAITS_WORD } from '../messages/say.ts'
import { placeSaid } from '../elders/say.ts'
import { Show, useSee } from '../query.tsx'
import { Amount } from './Amount.tsx'
import { Acts } from './Acts.tsx'
import { Evidence } from './Evidence.tsx'
import { DECLINE_WORD, END_WORD, KIND_WORD, STAGE_MARK, STAGE_WORD, stepSaid } from './say.ts'
import './offers.css'

/** One offer: who, what, why; what to read out; papers held and asked; what was said; what can be done now. */
export default function OfferPage() {
  const { id = '' } = useParams()
  const { t } = useWords()
  const go = useGo()
  const seen = useSee(seeOffer, { id })
  return (
    <div className="page offer">
      <Show seen={seen} rows={8}>{(got) => (
        <>
          <Briefing title={got.offer.elderName} actions={<><button type="button" className="b" onClick={() => go('/offers')}><Icon name="left" />{t('offers.title')}</button><button type="button" className="b" onClick={() => go(`/elders/${got.offer.elderId}`)}><Icon name="person" />{t('offers.to.elder')}</button>{got.caseId && <button type="button" className="b" onClick={() => go(`/work/${got.caseId}`)}><Icon name="clock" />{t('offers.to.case')}</button>}<Letter page={got} /></>}><Head page={got} /></Briefing>
          <div className="offer-two">
            <div>{(got.offer.state === 'found' || got.offer.state === 'told') && <Script lines={got.script} />}<Acts key={`${got.offer.state} ${got.times}`} page={got} /><Why page={got} /></div>
            <div><Evidence page={got} /><Said page={got} /><Story page={got} /></div>
          </div>
        </>
      )}</Show>
    </div>
  )
}

function Head({ page }: { readonly page: Page }) {
  const { t, both } = useWords()
  const { offer, elder } = page
  return (
    <>
      {both(offer.title)} <Amount of={offer} />　<StateMark state={offer.over ? 'alarm' : STAGE_MARK[offer.state]}>{t(STAGE_WORD[offer.state])}</StateMark>
      <span className="offer-facts sm muted">{[elder.age === null ? null : t('offers.years', { n: elder.age }), placeSaid(offer.place), elder.phoneMasked, t('offers.number', { number: offer.number }), t('offers.dueOn', { day: offer.dueOn })].filter(Boolean).join(' · ')}</span>
    </>
  )
}

/** The letter of the last notice, printed now whatever its channel was. */
function Letter({ page }: { readonly page: Page }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const rows = useSee(listMessages, { number: page.offer.number, limit: 20 }).value?.rows ?? []
  const last = rows.find((row) => row.template.startsWith('offers.') && row.elderId !== null)
  if (!last) return null
  return <><button type="button" className="b" onClick={() => setOpen(true)}><Icon name="print" />{t('offers.letter')}</button>{open && <LettersPaper ids={[last.id]} onClose={() => setOpen(false)} />}</>
}

function Why({ page }: { readonly page: Page }) {
  const { t, both } = useWords()
  return (
    <Card title={t('offers.why')} className="pad-body">
      <div className="pad">
        {!page.stillEntitled && (page.offer.state === 'found' || page.offer.state === 'told' || page.offer.state === 'consented' || page.offer.state === 'checked') && <p className="bn warn">{t('offers.why.lost')}</p>}
        {page.sentences.slice(0, 1).map((one, n) => <p key={n} className="offer-say">{both(one)}</p>)}
        <p className="offer-say">{t('offers.why.because', { text: both(page.offer.because) })}</p>
        {page.sentences.slice(1).map((one, n) => <p key={n} className="offer-say">{both(one)}</p>)}
        {page.clauses.length > 0 && !page.sentences.some((one) => one.zh.includes('依据')) && <p className="sm muted">{t('offers.why.clauses')}：{page.clauses.map((one) => both(one.text)).join('；')}</p>}
      </div>
    </Card>
  )
}

/** Large, sentence by sentence, for whoever holds the telephone. */
function Script({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useWords()
  return (
    <Card title={t('offers.script')} note={t('offers.script.hint')}>
      <ol className="script">{lines.map((line, n) => <li key={n}>{line}</li>)}</ol>
    </Card>
  )
}

function Said({ page }: { readonly page: Page }) {
  const { t, ago } = useWords()
  const rows = useSee(listMessages, { number: page.offer.number, limit: 50 }).value?.rows ?? []
  return (
    <Card title={t('offers.messages')}>
      {rows.length === 0 ? <p className="pad muted">{t('offers.messages.none')}</p> : (
        <ul className="offer-list">{rows.map((row) => <li key={row.id}><To to={`/messages/${row.id}`} className="lk">{row.title}</To><span className="sm muted">{t(CHANNEL_WORD[row.channel])} · {ago(row.queuedAt, Date.now())}</span><StateMark small state={SENT_MARK[row.state]}>{row.waitsFor === null ? t(SENT_WORD[row.state]) : t(WAITS_WORD[row.waitsFor])}</StateMark></li>)}</ul>
      )}
    </Card>
  )
}

function Story({ page }: { readonly page: Page }) {
  const { t, ago } = useWords()
  return (
    <Card title={t('offers.steps')}>
      <table className="tb"><tbody>{page.steps.map((step, n) => <tr key={n}><td className="nowrap muted">{ago(step.at, Date.now())}</td><td><Step what={step.what} />{step.note && <div className="src"><Note what={step.what} note={step.note} /></div>}</td><td className="src">{step.by}</td></tr>)}</tbody></table>
    </Card>
  )
}

function Step({ what }: { readonly what: string }) {
  const { t } = useWords()
  const said = stepSaid(what)
  if (said.kind === 'consented') return <>{t('offers.step.consented', { kind: t(KIND_WORD[said.of]) })}</>
  if (said.kind === 'declined') return <>{t('offers.step.declined', { why: t(DECLINE_WORD[said.of]) })}</>
  if (said.kind === 'ended') return <>{t('offers.step.ended', { why: t(END_WORD[said.of]) })}</>
  return <>{t(said.word)}</>
}

/** Channels are kept by their names in the program, months by their digits; the rest is what somebody wrote. */
function Note({ what, note }: { readonly what: string; readonly note: string }) {
  const { t, month } = useWords()
  if (what === 'approved' && /^\d{4}-\d{2}$/.test(note)) return <>{month(note)}</>
  if (what === 'told' || what === 'sent') return <>{note.split(' ').map((one) => (Object.hasOwn(CHANNEL_WORD, one) ? t(CHANNEL_WORD[one as keyof typeof CHANNEL_WORD]) : one)).join('、')}</>
  return <>{note}</>
}

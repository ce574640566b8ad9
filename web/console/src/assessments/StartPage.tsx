import { useState } from 'react'
import type { FormEvent } from 'react'
import { useParams } from 'react-router'
import { recordOld, seeOfElder, start, START_REASONS, listScales } from '@songbai/capabilities/know/assessments/contract'
import { seeElder } from '@songbai/capabilities/know/elders/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { AbilityCard } from './AbilityCard.tsx'
import { NATIONAL, said } from './scale.ts'
import { REASON_WORD } from './words-of.ts'
import './assessments.css'

/** Arrange an assessment of one person, or write down one made on paper. */
export default function StartPage() {
  const { elderId = '' } = useParams()
  const { t } = useWords()
  const { me } = useSession()
  const elder = useSee(seeElder, { id: elderId })
  return (
    <div className="page">
      <Show page seen={elder}>
        {({ elder: person }) => (
          <>
            <Briefing title={t('assess.start.title', { name: person.name })}>{person.age !== null && <>{t('person.age', { n: person.age })} · </>}{placeSaid(person.place)}</Briefing>
            <div className="asm-two">
              <div className="asm-col">{may(me, start) && <StartForm elderId={elderId} />}{may(me, recordOld) && <PaperForm elderId={elderId} />}</div>
              <AbilityCard elderId={elderId} />
            </div>
          </>
        )}
      </Show>
    </div>
  )
}

function StartForm({ elderId }: { readonly elderId: string }) {
  const { t, today } = useWords()
  const { me } = useSession()
  const go = useGo()
  const before = useSee(seeOfElder, { elderId }).value
  const standing = before?.rows.find((row) => row.scaleId === NATIONAL && (row.state === 'complete' || row.state === 'disputed'))
  const suggested = !standing ? 'first' : standing.state === 'disputed' ? 'recheck' : 'routine'
  const [chosen, setReason] = useState<(typeof START_REASONS)[number] | null>(null)
  const reason = chosen ?? suggested
  const [reasonText, setText] = useState('')
  const [day, setDay] = useState(today)
  const [place, setPlace] = useState('')
  const [issuer, setIssuer] = useState(me.organisation)
  const { run, busy, no } = useDo(start)
  const planned = parseDay(day)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (planned === null) return
    const answer = await run({ elderId, reason, plannedOn: planned, ...(reasonText.trim() ? { reasonText } : {}), ...(place.trim() ? { place } : {}), ...(issuer.trim().length > 1 ? { issuer } : {}) })
    if (answer.ok) go(`/assessments/${answer.value.id}`)
  }
  return (
    <Card title={t('assess.start.new')}>
      <form className="pad" onSubmit={(event) => void submit(event)}>
        <fieldset className="asm-set"><legend>{t('assess.col.reason')}</legend>{START_REASONS.map((one) => <label key={one} className="asm-radio"><input type="radio" name="reason" checked={reason === one} onChange={() => setReason(one)} />{t(REASON_WORD[one])}</label>)}</fieldset>
        {(reason === 'immediate' || reason === 'other') && <div className="fld"><label htmlFor="asm-why">{t('assess.start.why')}</label><textarea id="asm-why" className="in asm-area" value={reasonText} maxLength={300} onChange={(event) => setText(event.target.value)} /><span className="hint">{t('assess.start.whyHint')}</span></div>}
        <div className="fld"><label htmlFor="asm-day">{t('assess.start.day')}</label><input id="asm-day" className="in" value={day} aria-invalid={planned === null} onChange={(event) => setDay(event.target.value)} />{planned === null && <span className="err">{t('assess.badDay')}</span>}</div>
        <div className="fld"><label htmlFor="asm-place">{t('assess.start.place')}</label><input id="asm-place" className="in" value={place} maxLength={100} onChange={(event) => setPlace(event.target.value)} /></div>
        <div className="fld"><label htmlFor="asm-issuer">{t('assess.col.issuer')}</label><input id="asm-issuer" className="in" value={issuer} maxLength={60} onChange={(event) => setIssuer(event.target.value)} /></div>
        <SayNo no={no} />
        <p className="asm-gap"><button type="submit" className="b p big" disabled={busy}>{t('assess.start.go')}</button></p>
      </form>
    </Card>
  )
}

function PaperForm({ elderId }: { readonly elderId: string }) {
  const { t, lang, dayLong } = useWords()
  const [open, setOpen] = useState(false)
  const scales = useSee(listScales, open ? {} : null).value?.scales ?? []
  const [scaleId, setScale] = useState(NATIONAL)
  const scale = scales.find((one) => one.id === scaleId)
  const [fields, setFields] = useState({ day: '', level: '', total: '', issuer: '', number: '' })
  const set = (key: keyof typeof fields) => (event: { target: { value: string } }) => setFields({ ...fields, [key]: event.target.value })
  const { run, busy, no } = useDo(recordOld)
  const [done, setDone] = useState<{ usable: boolean; validUntil: string } | null>(null)
  const day = parseDay(fields.day)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (day === null) return
    const total = fields.total.trim()
    const answer = await run({ elderId, scaleId, assessedOn: day, levelCode: fields.level, issuer: fields.issuer, ...(/^\d+$/.test(total) ? { total: Number(total) } : {}), ...(fields.number.trim() ? { documentNo: fields.number } : {}) })
    if (answer.ok) setDone(answer.value)
  }
  if (done) return <Card title={t('assess.paper.title')}><p className="pad">{t(done.usable ? 'assess.paper.usable' : 'assess.paper.kept', { day: dayLong(done.validUntil) })}</p></Card>
  if (!open) return <p><button type="button" className="b" onClick={() => setOpen(true)}>{t('assess.paper.open')}</button></p>
  return (
    <Card title={t('assess.paper.title')}>
      <form className="pad" onSubmit={(event) => void submit(event)}>
        <div className="fld"><label htmlFor="asm-scale">{t('assess.paper.scale')}</label><select id="asm-scale" className="in" value={scaleId} onChange={(event) => { setScale(event.target.value); setFields({ ...fields, level: '' }) }}>{scales.map((one) => <option key={one.id} value={one.id}>{said(one.source, lang)}</option>)}</select>{scale?.retired && <span className="hint">{t('assess.paper.retired')}</span>}</div>
        <div className="fld"><label htmlFor="asm-on">{t('assess.col.assessedOn')}</label><input id="asm-on" className="in" value={fields.day} aria-invalid={fields.day !== '' && day === null} onChange={set('day')} />{fields.day !== '' && day === null && <span className="err">{t('assess.badDay')}</span>}</div>
        <div className="fld"><label htmlFor="asm-level">{t('assess.col.level')}</label><select id="asm-level" className="in" value={fields.level} required onChange={set('level')}><option value="">{t('assess.paper.choose')}</option>{scale?.levels.map((one) => <option key={one.code} value={one.code}>{said(one.short, lang)}</option>)}</select></div>
        <div className="fld"><label htmlFor="asm-total">{t('assess.paper.total')}</label><input id="asm-total" className="in" inputMode="numeric" value={fields.total} onChange={set('total')} /></div>
        <div className="fld"><label htmlFor="asm-from">{t('assess.col.issuer')}</label><input id="asm-from" className="in" required minLength={2} value={fields.issuer} onChange={set('issuer')} /></div>
        <div className="fld"><label htmlFor="asm-no">{t('assess.paper.number')}</label><input id="asm-no" className="in" value={fields.number} onChange={set('number')} /></div>
        <SayNo no={no} />
        <div className="row asm-gap"><button type="submit" className="b p" disabled={busy || day === null || fields.level === ''} title={day === null || fields.level === '' ? t('assess.paper.first') : undefined}>{t('assess.paper.go')}</button><button type="button" className="b" onClick={() => setOpen(false)}>{t('common.cancel')}</button></div>
      </form>
    </Card>
  )
}

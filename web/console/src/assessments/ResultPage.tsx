import { useState } from 'react'
import { dispute, PURPOSES, recognise, settle, start, type seeAssessment } from '@songbai/capabilities/know/assessments/contract'
import { stepText, type Comparison, type ScaleDefinition } from '@songbai/scale'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Chip, Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, chinaTime } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { AbilityCard } from './AbilityCard.tsx'
import { Change, Validity } from './AssessedList.tsx'
import { ComparisonTable } from './Compare.tsx'
import { asComplete, sentencesOf, type Complete } from './explain.ts'
import { levelLabel, NATIONAL, said } from './scale.ts'
import { Drawn } from './SignPad.tsx'
import { PURPOSE_WORD, REASON_WORD, STATE_MARK, STATE_WORD } from './words-of.ts'

type Seen = OutputOf<typeof seeAssessment>

/** A finished assessment: level and why, sums, what changed since the last one, who signed, who used it. */
export function ResultPage({ seen, scale }: { readonly seen: Seen; readonly scale: ScaleDefinition }) {
  const { t, lang, dayLong, today } = useWords()
  const { assessment } = seen
  const result = asComplete(seen.result)
  const told = assessment.levelCode && assessment.validUntil ? { name: assessment.name, levelCode: assessment.levelCode, total: assessment.total, validUntil: assessment.validUntil, reassessFrom: assessment.reassessFrom, today } : null
  return (
    <>
      <Briefing title={<>{assessment.name} · {assessment.levelCode ? levelLabel(scale, assessment.levelCode, lang) : t(STATE_WORD[assessment.state])}</>} actions={<Deeds seen={seen} retired={scale.retired === true} />}>
        <StateMark state={STATE_MARK[assessment.state]}>{t(STATE_WORD[assessment.state])}</StateMark> <Change row={assessment} /> {said(scale.source.document, lang)} {scale.unconfirmed && <Chip tone="warm">{t('assess.unconfirmed')}</Chip>} {scale.retired && <Chip>{t('assess.retired')}</Chip>}
      </Briefing>
      <Notices seen={seen} />
      <div className="asm-two wide">
        <div className="asm-col">
          {told && (
            <Card title={t('assess.result.why')}>
              <div className="pad asm-say"><p>{sentencesOf(scale, result, told, lang, dayLong).map((one) => <span key={one}>{one}</span>)}</p></div>
              {result && <Sums scale={scale} result={result} />}
              {result && <details className="pad"><summary>{t('assess.result.steps')}</summary><ol className="asm-steps-list">{result.steps.map((step, at) => <li key={at}>{stepText(step, lang === 'en' ? 'en' : 'zh')}</li>)}</ol></details>}
              {result?.alerts.map((alert) => <p key={alert.id} className="bn refused">{said(alert.label, lang)}</p>)}
            </Card>
          )}
          <Previous seen={seen} scale={scale} />
        </div>
        <div className="asm-col">
          <Facts seen={seen} scale={scale} />
          {assessment.scaleId === NATIONAL && <AbilityCard elderId={assessment.elderId} />}
          <Signed seen={seen} />
          <Uses seen={seen} />
        </div>
      </div>
    </>
  )
}

function Notices({ seen }: { readonly seen: Seen }) {
  const { t } = useWords()
  const { dispute: doubt, replacedBy, recheckOf } = seen.assessment
  const outcome = { confirmed: 'assess.dispute.confirmed', changed: 'assess.dispute.changed', withdrawn: 'assess.dispute.withdrawn' } as const
  return (
    <>
      {doubt && <div className="bn warn"><Icon name="flag" /><span>{t('assess.dispute.line', { day: chinaDay(doubt.at), from: doubt.from, reason: doubt.reason })} {doubt.outcome ? t(outcome[doubt.outcome]) : t('assess.dispute.waiting')}</span></div>}
      {replacedBy && <div className="bn past"><span>{t('assess.replaced')}</span><To className="go" to={`/assessments/${replacedBy}`}>{t('assess.seeNewer')}</To></div>}
      {recheckOf && <div className="bn past"><span>{t('assess.isRecheck')}</span><To className="go" to={`/assessments/${recheckOf}`}>{t('assess.seeDisputed')}</To></div>}
      {!seen.chainHolds && <div className="bn refused" role="alert"><b>{t('assess.chainBroken')}</b></div>}
    </>
  )
}

/** Sums as bars to scale, from zero. */
function Sums({ scale, result }: { readonly scale: ScaleDefinition; readonly result: Complete }) {
  const { t, lang } = useWords()
  const rows = scale.dimensions.flatMap((dimension) => (result.dimensionTotals[dimension.code] ? [{ code: dimension.code, label: said(dimension.label, lang), ...result.dimensionTotals[dimension.code]! }] : []))
  return (
    <table className="tb asm-sum">
      <thead><tr><th>{t('assess.dimension')}</th><th className="num">{t('assess.points')}</th><th>{t('assess.share')}</th></tr></thead>
      <tbody>
        {rows.map((row) => <tr key={row.code}><td>{row.label}</td><td className="num"><b>{row.score}</b>／{row.max}</td><td><svg width="100%" height="10" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden><rect width="100" height="10" fill="var(--sunk)" /><rect width={(row.score / row.max) * 100} height="10" fill="var(--c1)" /></svg></td></tr>)}
        <tr><td><b>{t('assess.sum')}</b></td><td className="num"><b>{result.total}</b>／{rows.reduce((sum, row) => sum + row.max, 0)}</td><td /></tr>
      </tbody>
    </table>
  )
}

function Facts({ seen, scale }: { readonly seen: Seen; readonly scale: ScaleDefinition }) {
  const { t, dayLong } = useWords()
  const { assessment } = seen
  return (
    <Card title={t('assess.facts')} right={scale.retired ? <StateMark state="no" small>{t('assess.oldStandard')}</StateMark> : <Validity row={assessment} />}>
      <dl className="asm-dl">
        <dt>{t('assess.col.assessedOn')}</dt><dd>{assessment.assessedOn ? dayLong(assessment.assessedOn) : t('assess.notYet')}</dd>
        {assessment.validUntil && <><dt>{t('assess.col.until')}</dt><dd>{dayLong(assessment.validUntil)}{scale.validity.sample && <> <Sample of="term" /></>}</dd></>}
        <dt>{t('assess.col.issuer')}</dt><dd>{assessment.issuer}</dd>
        {assessment.assessors.length > 0 && <><dt>{t('assess.sign.assessors')}</dt><dd>{assessment.assessors.join('、')}</dd></>}
        <dt>{t('assess.col.reason')}</dt><dd>{t(REASON_WORD[assessment.reason])}{assessment.reasonText && <div className="muted">{assessment.reasonText}</div>}</dd>
        {assessment.where && <><dt>{t('assess.start.place')}</dt><dd>{assessment.where}</dd></>}
        {assessment.documentNo && <><dt>{t('assess.paper.number')}</dt><dd>{assessment.documentNo}</dd></>}
        <dt>{t('assess.elder')}</dt><dd><To to={`/elders/${assessment.elderId}`}>{assessment.name}</To> {placeSaid(assessment.place)}</dd>
      </dl>
    </Card>
  )
}

function Previous({ seen, scale }: { readonly seen: Seen; readonly scale: ScaleDefinition }) {
  const { t, lang, dayLong } = useWords()
  const { previous } = seen
  if (!previous) return <Card title={t('assess.compare')}><p className="pad muted">{t('assess.compare.first')}</p></Card>
  const comparison = seen.comparison as unknown as Comparison | null
  return (
    <Card title={t('assess.compare')} right={<To to={`/assessments/${previous.id}`}>{t('assess.compare.with', { day: dayLong(previous.assessedOn), level: levelLabel(scale, previous.levelCode, lang, true) })}</To>}>
      {comparison?.comparable ? <ComparisonTable comparison={comparison} scale={scale} /> : <p className="pad muted">{t('assess.compare.paper')}</p>}
    </Card>
  )
}

function Signed({ seen }: { readonly seen: Seen }) {
  const { t } = useWords()
  if (seen.signatures.length === 0) return null
  return (
    <Card title={t('assess.signatures')} right={seen.chainHolds ? <StateMark state="yes" small>{t('assess.chainHolds')}</StateMark> : undefined}>
      <ul className="asm-signed">{seen.signatures.map((one) => (
        <li key={`${one.role}${one.signedAt}${one.name}`}><span><b>{one.name}</b> {t(one.role === 'assessor' ? 'assess.role.assessor' : 'assess.role.informant')}{!one.counts && <div className="muted sm">{t('assess.sign.oldShort')}</div>}</span>{one.mark && <Drawn mark={one.mark} name={one.name} />}<span className="muted sm end">{chinaDay(one.signedAt)} {chinaTime(one.signedAt)}</span></li>
      ))}</ul>
    </Card>
  )
}

function Uses({ seen }: { readonly seen: Seen }) {
  const { t } = useWords()
  return (
    <Card title={t('assess.uses')}>
      {seen.uses.length === 0 ? <p className="pad muted">{t('assess.uses.none')}</p> : <ul className="asm-signed">{seen.uses.map((use) => <li key={use.id}><span><b>{use.office}</b> {t(PURPOSE_WORD[use.purpose])} {use.reference && <span className="muted">{use.reference}</span>}</span><span className="muted sm end">{use.usedOn} {use.by}</span></li>)}</ul>}
    </Card>
  )
}

function Deeds({ seen, retired }: { readonly seen: Seen; readonly retired: boolean }) {
  const { t } = useWords()
  const { me } = useSession()
  const go = useGo()
  const [open, setOpen] = useState<'dispute' | 'use' | 'settle' | null>(null)
  const { assessment } = seen
  const inForce = assessment.state === 'complete' && !assessment.replacedBy && !retired
  return (
    <>
      {assessment.levelCode && <button type="button" className="b" onClick={() => go(`/assessments/${assessment.id}/print`)}><Icon name="print" />{t('assess.print')}</button>}
      {inForce && may(me, recognise) && <button type="button" className="b" onClick={() => setOpen('use')}><Icon name="flag" />{t('assess.use')}</button>}
      {inForce && may(me, dispute) && <button type="button" className="b" onClick={() => setOpen('dispute')}>{t('assess.dispute')}</button>}
      {assessment.state === 'disputed' && may(me, settle) && <button type="button" className="b" onClick={() => setOpen('settle')}>{t('assess.settle')}</button>}
      {assessment.state === 'disputed' && may(me, start) && <button type="button" className="b p" onClick={() => go(`/assessments/start/${assessment.elderId}`)}>{t('assess.recheck')}</button>}
      {inForce && may(me, start) && <button type="button" className="b p" onClick={() => go(`/assessments/start/${assessment.elderId}`)}>{t('assess.arrange')}</button>}
      {open === 'dispute' && <DisputeDialog id={assessment.id} onClose={() => setOpen(null)} />}
      {open === 'settle' && <SettleDialog id={assessment.id} onClose={() => setOpen(null)} />}
      {open === 'use' && <UseDialog elderId={assessment.elderId} scaleId={assessment.scaleId} onClose={() => setOpen(null)} />}
    </>
  )
}

function DisputeDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const [from, setFrom] = useState('')
  const [reason, setReason] = useState('')
  const { run, busy, no } = useDo(dispute)
  const short = from.trim() === '' || reason.trim().length < 4
  return (
    <Dialog title={t('assess.dispute.title')} onClose={onClose}>
      <p>{t('assess.dispute.body')}</p>
      <div className="fld"><label htmlFor="asm-from2">{t('assess.dispute.from')}</label><input id="asm-from2" className="in" value={from} maxLength={40} onChange={(event) => setFrom(event.target.value)} /></div>
      <div className="fld"><label htmlFor="asm-doubt">{t('assess.dispute.why')}</label><textarea id="asm-doubt" className="in asm-area" value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /><span className="hint">{t('assess.atLeast4')}</span></div>
      <SayNo no={no} />
      <div className="row"><button type="button" className="b p" disabled={short || busy} title={short ? t('assess.atLeast4') : undefined} onClick={() => void run({ id, from, reason }).then((answer) => answer.ok && onClose())}>{t('assess.dispute.go')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </Dialog>
  )
}

function SettleDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { run, busy, no } = useDo(settle)
  const short = reason.trim().length < 4
  return (
    <Dialog title={t('assess.settle.title')} onClose={onClose}>
      <p>{t('assess.settle.body')}</p>
      <div className="fld"><label htmlFor="asm-settle">{t('assess.settle.why')}</label><input id="asm-settle" className="in" value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /><span className="hint">{t('assess.atLeast4')}</span></div>
      <SayNo no={no} />
      <div className="row"><button type="button" className="b p" disabled={short || busy} title={short ? t('assess.atLeast4') : undefined} onClick={() => void run({ id, reason }).then((answer) => answer.ok && onClose())}>{t('assess.settle.go')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </Dialog>
  )
}

function UseDialog({ elderId, scaleId, onClose }: { readonly elderId: string; readonly scaleId: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('subsidy')
  const [office, setOffice] = useState('')
  const [reference, setReference] = useState('')
  const { run, busy, no } = useDo(recognise)
  const short = office.trim().length < 2
  return (
    <Dialog title={t('assess.use.title')} onClose={onClose}>
      <p>{t('assess.use.body')}</p>
      <div className="fld"><label htmlFor="asm-purpose">{t('assess.use.for')}</label><select id="asm-purpose" className="in" value={purpose} onChange={(event) => setPurpose(event.target.value as typeof purpose)}>{PURPOSES.map((one) => <option key={one} value={one}>{t(PURPOSE_WORD[one])}</option>)}</select></div>
      <div className="fld"><label htmlFor="asm-office">{t('assess.use.office')}</label><input id="asm-office" className="in" value={office} maxLength={60} onChange={(event) => setOffice(event.target.value)} /></div>
      <div className="fld"><label htmlFor="asm-ref">{t('assess.use.reference')}</label><input id="asm-ref" className="in" value={reference} maxLength={60} onChange={(event) => setReference(event.target.value)} /></div>
      <SayNo no={no} />
      <div className="row"><button type="button" className="b p" disabled={short || busy} title={short ? t('assess.use.officeFirst') : undefined} onClick={() => void run({ elderId, scaleId, purpose, office, ...(reference.trim() ? { reference } : {}) }).then((answer) => answer.ok && onClose())}>{t('assess.use.go')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </Dialog>
  )
}

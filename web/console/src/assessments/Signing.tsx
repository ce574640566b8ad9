import { useState } from 'react'
import { sign, type Mark, type seeAssessment } from '@songbai/capabilities/know/assessments/contract'
import { assess, stepText, type ScaleDefinition } from '@songbai/scale'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, chinaTime } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { said } from './scale.ts'
import { SignPad } from './SignPad.tsx'
import type { DraftForm } from './useDraft.ts'

type Seen = OutputOf<typeof seeAssessment>

interface SigningProps {
  readonly seen: Seen
  readonly scale: ScaleDefinition
  readonly form: DraftForm
  readonly again: () => void
  readonly onPage: (code: string) => void
}

/** Read through, then sign: the assessor here, the informant on this screen, the second assessor with an own sign-in. */
export function Signing({ seen, scale, form, again, onPage }: SigningProps) {
  const { t, lang } = useWords()
  const { me } = useSession()
  const result = assess(scale, form.answers)
  const saved = form.state.kind === 'saved' && Object.keys(form.clashes).length === 0
  const { run, busy, no } = useDo(sign)
  const hash = form.answersHash
  const ready = result.status === 'complete' && saved && hash !== null
  const counting = seen.signatures.filter((one) => one.counts)
  const put = async (role: 'assessor' | 'informant', more: { mark?: Mark; informantName?: string } = {}) => {
    if (hash === null) return
    await run({ id: seen.assessment.id, role, answersHash: hash, ...more })
    again()
  }
  return (
    <div className="asm-two">
      <div className="asm-col">
        <Card title={t('assess.check.title')}>
          <div className="pad">
            {result.status === 'incomplete' && result.missing.length > 0 && <Open title={t('assess.check.missing', { n: result.missing.length })} codes={result.missing} scale={scale} onPage={onPage} />}
            {result.status === 'incomplete' && result.refused.length > 0 && <Open title={t('assess.check.refused', { n: result.refused.length })} codes={result.refused.map((one) => one.item)} scale={scale} onPage={onPage} />}
            {result.status === 'problems' && result.problems.map((problem, at) => <p key={at} className="bn refused">{lang === 'en' ? String(problem.args['en'] ?? problem.args['item']) : String(problem.args['zh'] ?? problem.args['item'])}</p>)}
            {result.status === 'complete' && <><StateMark state="yes">{t('assess.check.complete')}</StateMark><ul className="asm-steps-list">{result.steps.filter((step) => step.code === 'dimension_sum' || step.code === 'total').map((step, at) => <li key={at}>{stepText(step, lang === 'en' ? 'en' : 'zh')}</li>)}</ul></>}
            {!saved && <p className="bn warn">{t('assess.sign.saveFirst')}</p>}
          </div>
        </Card>
        <Card title={t('assess.sign.assessors')} note={t('assess.sign.need', { n: scale.signatures.assessors })}>
          <div className="pad">
            {counting.filter((one) => one.role === 'assessor').map((one) => <p key={one.signedAt}><StateMark state="yes">{one.name}</StateMark> <span className="muted">{chinaDay(one.signedAt)} {chinaTime(one.signedAt)}</span></p>)}
            {seen.signatures.filter((one) => !one.counts).map((one) => <p key={one.signedAt} className="muted"><StateMark state="no">{t('assess.sign.old', { name: one.name })}</StateMark></p>)}
            {may(me, sign) && seen.mayISign && <button type="button" className="b p big" disabled={!ready || busy} title={ready ? undefined : t('assess.sign.notReady')} onClick={() => void put('assessor')}><Icon name="check" />{t('assess.sign.me', { name: me.name })}</button>}
            {!ready && may(me, sign) && <p className="sm muted asm-gap">{t('assess.sign.notReady')}</p>}
            {!may(me, sign) && <p className="muted">{t('assess.sign.notAssessor')}</p>}
            {may(me, sign) && !seen.mayISign && <p className="asm-gap">{t('assess.sign.waitSecond')}</p>}
          </div>
        </Card>
      </div>
      <InformantCard seen={seen} scale={scale} ready={ready && may(me, sign)} busy={busy} onSign={(mark, name) => void put('informant', { mark, informantName: name })} relation={relationOf(scale, form, lang)} />
      <SayNo no={no} />
    </div>
  )
}

function relationOf(scale: ScaleDefinition, form: DraftForm, lang: 'zh-CN' | 'en'): string {
  const item = scale.items.find((one) => one.code === 'A.informant')
  const option = item?.options?.find((one) => one.id === form.answers['A.informant'])
  return option ? said(option.label, lang) : ''
}

function Open({ title, codes, scale, onPage }: { readonly title: string; readonly codes: readonly string[]; readonly scale: ScaleDefinition; readonly onPage: (code: string) => void }) {
  const { lang } = useWords()
  return (
    <div className="asm-gap">
      <p><StateMark state="notYet">{title}</StateMark></p>
      <div className="row wrap">{codes.map((code) => {
        const item = scale.items.find((one) => one.code === code)!
        return <button key={code} type="button" className="b s" onClick={() => onPage(item.dimension)}>{said(item.label, lang)}</button>
      })}</div>
    </div>
  )
}

function InformantCard({ seen, scale, ready, busy, relation, onSign }: { readonly seen: Seen; readonly scale: ScaleDefinition; readonly ready: boolean; readonly busy: boolean; readonly relation: string; readonly onSign: (mark: Mark, name: string) => void }) {
  const { t } = useWords()
  const [name, setName] = useState(seen.assessment.informantName ?? (relation && seen.answers['A.informant'] === 'self' ? seen.assessment.name : ''))
  const [mark, setMark] = useState<Mark | null>(null)
  const [cannot, setCannot] = useState(false)
  const [why, setWhy] = useState('')
  const signed = seen.signatures.find((one) => one.role === 'informant' && one.counts)
  if (!scale.signatures.informant) return null
  const given = cannot ? (why.trim().length > 1 ? { kind: 'cannotSign' as const, reason: why.trim() } : null) : mark
  const missing = !ready ? t('assess.sign.notReady') : name.trim() === '' ? t('assess.sign.nameFirst') : given === null ? t(cannot ? 'assess.sign.whyFirst' : 'assess.sign.drawFirst') : undefined
  return (
    <Card title={t('assess.sign.informant')} note={relation}>
      {signed ? <p className="pad"><StateMark state="yes">{signed.name}</StateMark> <span className="muted">{chinaDay(signed.signedAt)} {chinaTime(signed.signedAt)}</span></p> : (
        <div className="pad">
          <div className="fld"><label htmlFor="asm-informant">{t('assess.sign.name')}</label><input id="asm-informant" className="in big" value={name} maxLength={40} onChange={(event) => setName(event.target.value)} /></div>
          {cannot
            ? <div className="fld"><label htmlFor="asm-cannot">{t('assess.sign.cannotWhy')}</label><input id="asm-cannot" className="in big" value={why} maxLength={100} onChange={(event) => setWhy(event.target.value)} /></div>
            : <SignPad label={t('assess.sign.pad')} onMark={setMark} />}
          <label className="asm-radio"><input type="checkbox" checked={cannot} onChange={(event) => setCannot(event.target.checked)} />{t('assess.sign.cannot')}</label>
          <p className="asm-gap"><button type="button" className="b p big" disabled={missing !== undefined || busy} onClick={() => given && onSign(given, name.trim())}>{t('assess.sign.informantGo')}</button></p>
          {missing !== undefined && <p className="sm muted">{missing}</p>}
        </div>
      )}
    </Card>
  )
}

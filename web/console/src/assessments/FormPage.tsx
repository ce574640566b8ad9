import { useEffect, useRef, useState } from 'react'
import { cancel, type seeAssessment } from '@songbai/capabilities/know/assessments/contract'
import { formPages, progress, runningTotals, type ScaleDefinition } from '@songbai/scale'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { useKeys } from '@songbai/web-shared/Keys.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaTime } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SayNo, useDo } from '../query.tsx'
import { ItemCard, moveItem } from './ItemCard.tsx'
import { answerText, said } from './scale.ts'
import { Signing } from './Signing.tsx'
import { useDraft, type DraftForm } from './useDraft.ts'
import { REASON_WORD } from './words-of.ts'

const SIGN = 'sign'

interface FormProps {
  readonly seen: OutputOf<typeof seeAssessment>
  readonly scale: ScaleDefinition
  readonly again: () => void
}

/** One dimension a page, signing last. Sums run along; a level is shown by nobody before the last signature. */
export function FormPage({ seen, scale, again }: FormProps) {
  const { t, lang } = useWords()
  const form = useDraft(seen)
  const pages = formPages(scale, form.answers)
  const done = progress(scale, form.answers)
  const first = seen.assessment.state === 'waitingSignatures' ? SIGN : (done.pages.find((page) => page.answered + page.refused < page.required)?.code ?? SIGN)
  const [at, setAt] = useState(first)
  const box = useRef<HTMLDivElement>(null)
  const order = [...pages.map((page) => page.code), SIGN]
  const here = order.indexOf(at)
  const go = (code: string | undefined) => {
    if (!code) return
    setAt(code)
    window.scrollTo({ top: 0 })
  }
  useEffect(() => void box.current?.querySelector<HTMLElement>('.asm-item')?.focus({ preventScroll: true }), [at])
  useKeys({ n: () => go(order[here + 1]), p: () => go(order[here - 1]), j: () => moveItem(box.current, 1), k: () => moveItem(box.current, -1), ArrowDown: () => moveItem(box.current, 1), ArrowUp: () => moveItem(box.current, -1) })
  const page = pages.find((one) => one.code === at)
  const signedCount = seen.signatures.filter((one) => one.counts).length
  return (
    <div className="asm-form">
      <Briefing title={seen.assessment.name} actions={<Cancel id={seen.assessment.id} />}>
        {seen.assessment.age !== null && <>{t('person.age', { n: seen.assessment.age })} · </>}{placeSaid(seen.assessment.place)} · {t(REASON_WORD[seen.assessment.reason])} · {said(scale.source.document, lang)} {scale.unconfirmed && <Chip tone="warm">{t('assess.unconfirmed')}</Chip>}
      </Briefing>
      <Warnings form={form} scale={scale} signed={signedCount} />
      <nav className="asm-steps" aria-label={t('assess.steps')}>
        {pages.map((one) => {
          const count = done.pages.find((each) => each.code === one.code)
          return <button key={one.code} type="button" className={one.code === at ? 'on' : ''} aria-current={one.code === at ? 'step' : undefined} onClick={() => go(one.code)}><b>{said(one.label, lang)}</b><span>{count ? t('assess.answeredOf', { n: count.answered + count.refused, all: count.required }) : t('assess.optional')}</span></button>
        })}
        <button type="button" className={at === SIGN ? 'on' : ''} aria-current={at === SIGN ? 'step' : undefined} onClick={() => go(SIGN)}><b>{t('assess.sign.step')}</b><span>{t('assess.sign.count', { n: signedCount })}</span></button>
      </nav>
      <div ref={box}>
        {page
          ? <section aria-label={said(page.label, lang)}>{page.items.map(({ item, options, required }, index) => <ItemCard key={item.code} item={item} options={options} required={required} index={index} answer={form.answers[item.code]} no={badItem(form) === item.code ? form.no : null} onAnswer={(value) => form.write({ [item.code]: value })} />)}</section>
          : <Signing seen={seen} scale={scale} form={form} again={again} onPage={go} />}
      </div>
      <footer className="asm-foot">
        <div className="grow"><SaveMark form={form} /><Totals scale={scale} form={form} /></div>
        <div className="row">
          <button type="button" className="b big" disabled={here === 0} title={here === 0 ? t('assess.firstPage') : undefined} onClick={() => go(order[here - 1])}><Icon name="left" />{t('assess.prev')}</button>
          {at !== SIGN && <button type="button" className="b p big" onClick={() => go(order[here + 1])}>{t(order[here + 1] === SIGN ? 'assess.toSign' : 'assess.next')}<Icon name="right" /></button>}
        </div>
      </footer>
    </div>
  )
}

function badItem(form: DraftForm): string | null {
  return form.no && 'refusal' in form.no && form.no.refusal.code === 'assessments.bad-answer' ? String(form.no.refusal.args['item']) : null
}

/** "Saved" only after the server said so. */
function SaveMark({ form }: { readonly form: DraftForm }) {
  const { t } = useWords()
  const { state } = form
  if (state.kind === 'saving') return <span className="asm-save" role="status">{t('assess.saving')}</span>
  if (state.kind === 'saved') return <span className="asm-save good" role="status">{state.atMs === null ? t('assess.nothingNew') : t('assess.savedAt', { time: chinaTime(state.atMs) })}</span>
  if (state.kind === 'stopped') return <span className="asm-save bad" role="alert">{t('assess.stopped', { n: state.n })}</span>
  return <span className="asm-save bad" role="alert">{t('assess.waiting', { n: state.n })} <button type="button" className="b s" onClick={form.retry}>{t('common.retry')}</button></span>
}

function Warnings({ form, scale, signed }: { readonly form: DraftForm; readonly scale: ScaleDefinition; readonly signed: number }) {
  const { t, lang } = useWords()
  const label = (code: string) => said(scale.items.find((item) => item.code === code)?.label ?? { zh: code, en: code }, lang)
  const words = (code: string, value: Parameters<typeof answerText>[2] | null) => {
    const item = scale.items.find((one) => one.code === code)
    return (item && answerText(scale, item, value ?? undefined, lang)) || t('assess.noAnswer')
  }
  return (
    <>
      {form.alerts.map((alert) => <div key={alert.id} className="bn refused" role="alert"><Icon name="warn" /><b>{said(alert.label, lang)}</b></div>)}
      {signed > 0 && <div className="bn warn"><Icon name="warn" />{t('assess.signedAlready', { n: signed })}</div>}
      {badItem(form) === null && form.no && <SayNo no={form.no} />}
      {Object.entries(form.clashes).map(([code, mine]) => (
        <div key={code} className="bn warn" role="alert">
          <span>{t('assess.clash', { item: label(code), theirs: words(code, form.answers[code]), mine: words(code, mine) })}</span>
          <button type="button" className="b s" onClick={() => form.decide(code, false)}>{t('assess.clash.theirs')}</button>
          <button type="button" className="b s" onClick={() => form.decide(code, true)}>{t('assess.clash.mine')}</button>
        </div>
      ))}
    </>
  )
}

function Totals({ scale, form }: { readonly scale: ScaleDefinition; readonly form: DraftForm }) {
  const { t, lang } = useWords()
  const sums = runningTotals(scale, form.answers)
  return (
    <p className="asm-sums" aria-live="polite">
      {sums.dimensions.map((one) => <span key={one.code}>{said(scale.dimensions.find((dimension) => dimension.code === one.code)!.label, lang)} <b>{one.score}</b>／{one.max}</span>)}
      <span>{t('assess.sum')} <b>{sums.score}</b>／{sums.max}</span>
      <span className="muted">{t('assess.noLevelYet')}</span>
    </p>
  )
}

function Cancel({ id }: { readonly id: string }) {
  const { t } = useWords()
  const go = useGo()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { run, busy, no } = useDo(cancel)
  const submit = async () => {
    if ((await run({ id, reason })).ok) go('/assessments?tab=open')
  }
  return (
    <>
      <button type="button" className="b s" onClick={() => setOpen(true)}>{t('assess.cancel')}</button>
      {open && (
        <Dialog title={t('assess.cancel.title')} onClose={() => setOpen(false)}>
          <p>{t('assess.cancel.body')}</p>
          <div className="fld"><label htmlFor="asm-cancel">{t('assess.cancel.why')}</label><input id="asm-cancel" className="in" value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /><span className="hint">{t('assess.atLeast4')}</span></div>
          <SayNo no={no} />
          <div className="row"><button type="button" className="b d" disabled={busy || reason.trim().length < 4} title={reason.trim().length < 4 ? t('assess.atLeast4') : undefined} onClick={() => void submit()}>{t('assess.cancel.do')}</button><button type="button" className="b p" onClick={() => setOpen(false)}>{t('assess.keep')}</button></div>
        </Dialog>
      )}
    </>
  )
}

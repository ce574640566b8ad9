import { useParams } from 'react-router'
import { seeAssessment } from '@songbai/capabilities/know/assessments/contract'
import { formPages, type ScaleDefinition } from '@songbai/scale'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Show, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import { asComplete, sentencesOf } from './explain.ts'
import { answerText, levelLabel, said, useScale } from './scale.ts'
import { Drawn } from './SignPad.tsx'
import './assessments.css'

/** The result on A4: level and why, sums, every scored answer, signatures. Health background stays off the paper, but for what changed the level. */
export default function PrintPage() {
  const { id = '' } = useParams()
  const { t } = useWords()
  const go = useGo()
  const seen = useSee(seeAssessment, { id })
  const scale = useScale(seen.value?.assessment.scaleId ?? null)
  return (
    <div className="page asm-print">
      <div className="row wrap no-print"><button type="button" className="b p" onClick={() => window.print()}><Icon name="print" />{t('assess.print')}</button><button type="button" className="b" onClick={() => go(`/assessments/${id}`)}>{t('common.back')}</button><span className="muted">{t('assess.print.hint')}</span></div>
      <Show page seen={seen} rows={8}>{(value) => <Show seen={scale} rows={8}>{(definition) => <Sheet seen={value} scale={definition} />}</Show>}</Show>
    </div>
  )
}

function Sheet({ seen, scale }: { readonly seen: OutputOf<typeof seeAssessment>; readonly scale: ScaleDefinition }) {
  const { t, lang, dayLong, today } = useWords()
  const { me } = useSession()
  const { assessment } = seen
  const result = asComplete(seen.result)
  if (!assessment.levelCode || !assessment.validUntil) return <p>{t('assess.notYet')}</p>
  const told = { name: assessment.name, levelCode: assessment.levelCode, total: assessment.total, validUntil: assessment.validUntil, reassessFrom: assessment.reassessFrom, today }
  return (
    <article className="sheet">
      <h1>{t('assess.print.title')}</h1>
      <p className="elder">{assessment.name}　{assessment.age !== null && t('person.age', { n: assessment.age })}　{placeSaid(assessment.place)}</p>
      <div className="box">{sentencesOf(scale, result, told, lang, dayLong).map((one) => <p key={one}>{one}</p>)}{scale.validity.sample && <Sample of="term" />}</div>
      {result && <table><thead><tr><th>{t('assess.dimension')}</th><th>{t('assess.points')}</th></tr></thead><tbody>{scale.dimensions.flatMap((dimension) => (result.dimensionTotals[dimension.code] ? [<tr key={dimension.code}><td>{said(dimension.label, lang)}</td><td>{result.dimensionTotals[dimension.code]!.score}／{result.dimensionTotals[dimension.code]!.max}</td></tr>] : []))}<tr><td>{t('assess.sum')}</td><td>{result.total}</td></tr><tr><td>{t('assess.col.level')}</td><td>{levelLabel(scale, assessment.levelCode, lang)}</td></tr></tbody></table>}
      {result && formPages(scale, seen.answers).map((page) => {
        const scored = page.items.filter((one) => one.item.kind === 'score')
        return scored.length === 0 ? null : <table key={page.code} className="asm-answers"><thead><tr><th>{said(page.label, lang)}</th><th>{t('assess.print.answer')}</th><th>{t('assess.points')}</th></tr></thead><tbody>{scored.map(({ item, options }) => <tr key={item.code}><td>{said(item.label, lang)}</td><td>{answerText(scale, item, seen.answers[item.code], lang)}</td><td>{options.find((option) => option.id === seen.answers[item.code])?.score ?? ''}</td></tr>)}</tbody></table>
      })}
      <div className="asm-print-signed">{seen.signatures.filter((one) => one.counts).map((one) => <div key={`${one.role}${one.name}`}><span>{t(one.role === 'assessor' ? 'assess.role.assessor' : 'assess.role.informant')}：{one.name}</span>{one.mark && <Drawn mark={one.mark} name={one.name} />}<span>{chinaDay(one.signedAt)}</span></div>)}</div>
      <p>{t('assess.col.issuer')}：{assessment.issuer}　{t('assess.col.assessedOn')}：{assessment.assessedOn && dayLong(assessment.assessedOn)}</p>
      <p className="sheet-foot">{said(scale.source.document, lang)} · {t('assess.print.by', { name: me.name, day: today })} · {t('assess.print.check', { code: (assessment.answersHash ?? '').slice(0, 16) })}</p>
    </article>
  )
}

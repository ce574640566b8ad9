import { seeAssessment, seeOfElder, start } from '@songbai/capabilities/know/assessments/contract'
import { REASON_WORDS, fill, type ReassessmentReason, type ScaleDefinition } from '@songbai/scale'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Chip, Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { AbilityChart } from './AbilityChart.tsx'
import { Change, Validity } from './AssessedList.tsx'
import { levelLabel, NATIONAL, said, useScale } from './scale.ts'
import './assessments.css'

type Row = OutputOf<typeof seeOfElder>['rows'][number]

/** One person's ability over time, for the person page: curve in its bands, the newest sums, until when, what asks for a new one. */
export function AbilityCard({ elderId }: { readonly elderId: string }) {
  const { t, lang } = useWords()
  const seen = useSee(seeOfElder, { elderId })
  const scale = useScale(NATIONAL)
  return (
    <Card title={t('assess.title')} right={scale.value ? <span>{said(scale.value.source.document, lang).split(' ').slice(0, 2).join(' ')}</span> : undefined}>
      <Show seen={seen} rows={3}>{(history) => <Show seen={scale} rows={3}>{(definition) => <History elderId={elderId} history={history} scale={definition} />}</Show>}</Show>
    </Card>
  )
}

function History({ elderId, history, scale }: { readonly elderId: string; readonly history: OutputOf<typeof seeOfElder>; readonly scale: ScaleDefinition }) {
  const { t, lang, today } = useWords()
  const { me } = useSession()
  const go = useGo()
  const mayOpen = may(me, seeAssessment)
  const done = history.rows.filter((row) => row.levelCode !== null)
  const national = done.filter((row) => row.scaleId === NATIONAL)
  const newest = national.find((row) => row.state === 'complete' || row.state === 'disputed') ?? national[0]
  const open = history.rows.find((row) => row.state === 'draft' || row.state === 'waitingSignatures')
  const others = done.filter((row) => row.scaleId !== NATIONAL)
  const reason = (one: { code: string; day: string }) => fill(REASON_WORDS[one.code as ReassessmentReason['code']]?.[lang === 'en' ? 'en' : 'zh'] ?? one.code, { day: one.day })
  return (
    <div className="pad">
      {!newest && <p><StateMark state="unknown">{t('assess.noneYet')}</StateMark></p>}
      {newest && (
        <>
          <AbilityChart points={national.flatMap((row) => (row.total !== null && row.assessedOn ? [{ day: row.assessedOn, total: row.total, level: levelLabel(scale, row.levelCode, lang, true), to: mayOpen ? `/assessments/${row.id}` : null }] : [])).reverse()} scale={scale} endsOn={newest.validUntil} today={today} />
          <p className="asm-now">{mayOpen ? <To to={`/assessments/${newest.id}`}><b>{levelLabel(scale, newest.levelCode, lang)}</b></To> : <b>{levelLabel(scale, newest.levelCode, lang)}</b>} <Change row={newest} /> <span className="end"><Validity row={newest} />{scale.validity.sample && <> <Sample of="term" /></>}</span></p>
          {newest.dimensions && <dl className="asm-dims">{scale.dimensions.flatMap((dimension) => (newest.dimensions![dimension.code] ? [<div key={dimension.code}><dt>{said(dimension.label, lang)}</dt><dd>{newest.dimensions![dimension.code]!.score}／{newest.dimensions![dimension.code]!.max}</dd></div>] : []))}</dl>}
          {history.reasons.map((one) => <p key={`${one.code}${one.day}`}><StateMark state="notYet" small>{reason(one)}</StateMark></p>)}
        </>
      )}
      {others.map((row) => <Other key={row.id} row={row} mayOpen={mayOpen} />)}
      <p className="row wrap asm-gap">
        {open && mayOpen ? <button type="button" className="b s p" onClick={() => go(`/assessments/${open.id}`)}>{t('assess.goOn')}</button> : may(me, start) && <button type="button" className="b s" onClick={() => go(`/assessments/start/${elderId}`)}>{t('assess.arrange')}</button>}
        {done.length > 1 && <span className="sm muted">{t('assess.times', { n: done.length })}</span>}
      </p>
    </div>
  )
}

/** A result by another scale stands beside, never in the curve: its levels mean something else. */
function Other({ row, mayOpen }: { readonly row: Row; readonly mayOpen: boolean }) {
  const { lang, t } = useWords()
  const scale = useScale(row.scaleId).value
  const name = scale ? said(scale.source.document, lang) : row.scaleId
  return <p className="sm">{mayOpen ? <To to={`/assessments/${row.id}`}>{name}</To> : name} {levelLabel(scale, row.levelCode, lang, true)} <span className="muted">{row.assessedOn}</span> {scale?.retired && <Chip square>{t('assess.retired')}</Chip>}{scale?.unconfirmed && <Chip square tone="warm">{t('assess.unconfirmed')}</Chip>}</p>
}

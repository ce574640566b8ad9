import { handOver } from '@songbai/capabilities/decide/lab/contract'
import type { seeVersion } from '@songbai/capabilities/decide/policies/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Lines } from '../lab/Lines.tsx'
import { signed, sumText } from '../lab/model.ts'
import { may, useSession } from '../session.ts'
import { Measure } from './Measure.tsx'
import '../lab/lab.css'

type Seen = OutputOf<typeof seeVersion>

/** The figures the version was sent with, as they were measured; who confirmed what stands beside them. */
export function ImpactCard({ got }: { readonly got: Seen }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const { impact, version } = got
  const settled = got.findings.filter((one) => one.confirmed !== null)
  if (impact === null) {
    if (version.state !== 'inReview') return null
    return (
      <Card title={t('pol.impact')}>
        <p className="pad">{t('pol.impact.none')}</p>
        {may(me, handOver) && !view.readOnly && <Measure version={version} yaml={got.yaml} />}
      </Card>
    )
  }
  return (
    <Card title={t('pol.impact')} note={t('pol.impact.by', { who: impact.measuredBy, day: chinaDay(impact.measuredAt) })}>
      <div className="pol-impact">
        <dl className="pol-facts">
          <dt>{t('pol.impact.at')}</dt><dd>{impact.at}</dd>
          <dt>{t('pol.impact.cost')}</dt><dd><b>{sumText(impact.afterFen)}</b> <span className="muted">{t('pol.impact.was', { fen: sumText(impact.beforeFen), delta: signed(impact.afterFen - impact.beforeFen) })}</span></dd>
          <dt>{t('pol.impact.people')}</dt><dd>{t('pol.impact.groups', { up: formatNumber(impact.winners), down: formatNumber(impact.losers), same: formatNumber(impact.unchanged), all: formatNumber(impact.population) })}</dd>
          {(impact.arrearsFen !== 0 || impact.arrearsComputed === false || impact.arrearsReason) && <><dt>{t('pol.impact.arrears')}</dt><dd>{impact.arrearsComputed === false ? <b>{t('pol.past.unknown')}</b> : t('pol.impact.arrearsOf', { fen: signed(impact.arrearsFen), n: formatNumber(impact.arrearsPeople) })}{impact.arrearsReason && <div className="muted">{both(impact.arrearsReason)}</div>}</dd></>}
          <dt>{t('pol.impact.assumed')}</dt><dd className="muted">{impact.assumptions.map(both).join(t('lab.semi'))}</dd>
          {settled.length > 0 && <><dt>{t('pol.impact.confirmed')}</dt><dd>{settled.map((one) => <div key={one.key}><StateMark state="yes" small>{one.confirmed!.by} {chinaDay(one.confirmed!.at)}</StateMark> {both(one.text)}</div>)}</dd></>}
        </dl>
        {impact.months.length > 1 && <div className="pad"><Lines months={impact.months} /></div>}
      </div>
    </Card>
  )
}

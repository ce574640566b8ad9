import { handOver, seeArrears } from '@songbai/capabilities/decide/lab/contract'
import type { seeVersion } from '@songbai/capabilities/decide/policies/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Lines } from '../lab/Lines.tsx'
import { signed, sumText } from '../lab/model.ts'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import '../lab/lab.css'

type Seen = OutputOf<typeof seeVersion>

/** The figures the version was sent with, as they were measured; who confirmed what stands beside them. */
export function ImpactCard({ got }: { readonly got: Seen }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const { run, busy, no } = useDo(handOver)
  const { impact, version } = got
  const settled = got.findings.filter((one) => one.confirmed !== null)
  if (impact === null) {
    if (version.state !== 'inReview') return null
    return (
      <Card title={t('pol.impact')}>
        <div className="pad"><p>{t('pol.impact.none')}</p><SayNo no={no} />{may(me, handOver) && !view.readOnly && <button type="button" className="b" disabled={busy} onClick={() => void run({ id: version.id, confirmPast: true })}>{t(busy ? 'pol.impact.busy' : 'pol.impact.measure')}</button>}</div>
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
          {impact.arrearsFen !== 0 && <><dt>{t('pol.impact.arrears')}</dt><dd>{t('pol.impact.arrearsOf', { fen: signed(impact.arrearsFen), n: formatNumber(impact.arrearsPeople) })}</dd></>}
          <dt>{t('pol.impact.assumed')}</dt><dd className="muted">{impact.assumptions.map(both).join('；')}</dd>
          {settled.length > 0 && <><dt>{t('pol.impact.confirmed')}</dt><dd>{settled.map((one) => <div key={one.key}><StateMark state="yes" small>{one.confirmed!.by} {chinaDay(one.confirmed!.at)}</StateMark> {both(one.text)}</div>)}</dd></>}
        </dl>
        {impact.months.length > 1 && <div className="pad"><Lines months={impact.months} /></div>}
      </div>
    </Card>
  )
}

/** What a first day before today costs, in sight of whoever confirms it. */
export function PastDay({ id, from, sure, onSure }: { readonly id: string; readonly from: string; readonly sure: boolean; readonly onSure: (sure: boolean) => void }) {
  const { t } = useWords()
  const { me } = useSession()
  const seen = useSee(seeArrears, may(me, seeArrears) ? { id, from } : null)
  return (
    <div className="bn warn" style={{ marginBottom: 14 }}>
      <div>
        <p>{t('pol.past', { from })}</p>
        {seen.value && <p><b>{t('pol.past.sum', { owed: sumText(seen.value.owedFen), back: sumText(seen.value.backFen), n: formatNumber(seen.value.people) })}</b></p>}
        {!seen.value && !seen.no && <p className="muted">{t('pol.past.counting')}</p>}
        <label className="row"><input type="checkbox" checked={sure} onChange={(event) => onSure(event.target.checked)} />{t('pol.past.sure')}</label>
      </div>
    </div>
  )
}

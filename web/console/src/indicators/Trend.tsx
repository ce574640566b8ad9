import { useState } from 'react'
import { seeDifference, seeTrend } from '@songbai/capabilities/answer/indicators/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useNarrow } from '@songbai/web-shared/widgets/listLogic.ts'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice } from '../parts/Fields.tsx'
import { Show, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { tickText } from './Bars.tsx'
import { digitsOf, scaleEnd } from './model.ts'
import type { Indicator } from './model.ts'

type Point = OutputOf<typeof seeTrend>['points'][number]

/** Thirteen months of one figure, and why it is not what it was. */
export function Trend({ indicator, place, table }: { readonly indicator: Indicator; readonly place: string; readonly table: boolean }) {
  const { t } = useWords()
  const { at, readOnly } = useView()
  const { me } = useSession()
  const seen = useSee(seeTrend, { indicator: indicator.id, place, months: 13, ...(readOnly ? { at } : {}) })
  return (
    <>
      <Card title={t('ind.trend')} note={t('ind.trend.how')}>
        <Show seen={seen} rows={3}>{({ points }) => (table ? <TrendTable indicator={indicator} points={points} /> : <TrendChart indicator={indicator} points={points} />)}</Show>
      </Card>
      {may(me, seeDifference) && seen.value && <Why indicator={indicator} place={place} points={seen.value.points} />}
    </>
  )
}

const WIDE = 780
const NARROW = 340
const HEIGHT = 150
const TOP = 18

function TrendChart({ indicator, points }: { readonly indicator: Indicator; readonly points: readonly Point[] }) {
  const { t, month } = useWords()
  // One unit is one pixel on either screen, so letters keep their size.
  const width = useNarrow() ? NARROW : WIDE
  const every = width === NARROW ? 6 : 3
  const end = scaleEnd([...points.map((point) => point.value), indicator.target?.value ?? null], indicator.unit)
  const step = width / points.length
  const y = (value: number) => TOP + (HEIGHT - TOP) * (1 - value / end)
  // Labels where the eye asks for them: ends, lowest, highest; a label for every month would hide the run.
  const values = points.map((point) => point.value ?? 0)
  const said = new Set([0, points.length - 1, values.indexOf(Math.max(...values)), values.indexOf(Math.min(...values))])
  return (
    <div className="trend">
      <svg viewBox={`0 0 ${width} ${HEIGHT + 22}`} role="img" aria-label={t('ind.trend.label', { from: month(points[0]!.at.slice(0, 7)), to: month(points.at(-1)!.at.slice(0, 7)), first: digitsOf(indicator.unit, points[0]!) ?? '–', last: digitsOf(indicator.unit, points.at(-1)!) ?? '–' })}>
        {[0, end].map((tick) => <line key={tick} x1="0" x2={width} y1={y(tick)} y2={y(tick)} stroke="var(--line-2)" />)}
        <text x={width} y={TOP - 4} textAnchor="end">{tickText(indicator.unit, end)}</text>
        {points.map((point, i) => point.value !== null && <rect key={point.at} x={i * step + step * 0.2} width={step * 0.6} y={y(point.value)} height={HEIGHT - y(point.value)} fill={i === points.length - 1 ? 'var(--c1)' : 'var(--c5)'} />)}
        {points.map((point, i) => said.has(i) && point.value !== null && <text key={point.at} x={i * step + step / 2} y={y(point.value) - 3} textAnchor="middle" className="val">{digitsOf(indicator.unit, point)}</text>)}
        {points.map((point, i) => (i % every === 0 || i === points.length - 1) && <text key={point.at} x={i * step + step / 2} y={HEIGHT + 16} textAnchor="middle">{point.at.slice(2, 7).replace('-', '.')}</text>)}
        {indicator.target && <line x1="0" x2={width} y1={y(indicator.target.value)} y2={y(indicator.target.value)} stroke="var(--ink-1)" strokeWidth="1.5" strokeDasharray="4 3" />}
      </svg>
    </div>
  )
}

function TrendTable({ indicator, points }: { readonly indicator: Indicator; readonly points: readonly Point[] }) {
  const { t, dayLong } = useWords()
  const ratio = indicator.denominatorWords !== null
  return (
    <div className="scroll-x"><table className="tb">
      <thead><tr><th>{t('ind.col.day')}</th><th className="num">{t('ind.part.numerator')}</th>{ratio && <><th className="num">{t('ind.part.denominator')}</th><th className="num">{t('ind.share')}</th></>}<th className="num">{t('ind.part.unknown')}</th></tr></thead>
      <tbody>{points.map((point) => <tr key={point.at}><td>{dayLong(point.at)}</td><td className="num">{formatNumber(point.numerator)}</td>{ratio && <><td className="num">{formatNumber(point.denominator ?? 0)}</td><td className="num">{digitsOf(indicator.unit, point) ?? t('ind.noOne')}</td></>}<td className="num">{formatNumber(point.unknown)}</td></tr>)}</tbody>
    </table></div>
  )
}

const KINDS = [['cameIn', 'ind.why.cameIn'], ['entered', 'ind.why.entered'], ['left', 'ind.why.left'], ['wentOut', 'ind.why.wentOut']] as const

function Why({ indicator, place, points }: { readonly indicator: Indicator; readonly place: string; readonly points: readonly Point[] }) {
  const { t, dayLong, month } = useWords()
  const last = points.at(-1)!
  const [from, setFrom] = useState(points.at(-2)?.at ?? last.at)
  const seen = useSee(seeDifference, { indicator: indicator.id, place, from, to: last.at })
  return (
    <Card title={t('ind.why')}>
      <div className="pad">
        <div className="sentence" style={{ marginBottom: 8 }}>{t('ind.why.with')}<Choice label={t('ind.why.day')} value={from} options={points.slice(0, -1).reverse().map((point) => ({ id: point.at, name: t('ind.why.monthEnd', { month: month(point.at.slice(0, 7)) }) }))} onPick={setFrom} /></div>
        <Show seen={seen} rows={2}>
          {(got) => {
            const names = new Map(got.names.map((one) => [one.elderId, one]))
            return (
              <>
                <p>{t('ind.why.run', { from: digitsOf(indicator.unit, got.before) ?? t('ind.noOne'), to: digitsOf(indicator.unit, got.after) ?? t('ind.noOne') })}</p>
                <dl className="why-list">
                  {KINDS.map(([kind, word]) => (
                    <div key={kind}><dt>{t(word)}</dt><dd>{got[kind].length === 0 ? t('common.none') : <Num detail={{
                      title: `${t(word)} · ${dayLong(from)}–${dayLong(last.at)}`, definition: t('ind.why.def'), at: last.at,
                      load: () => Promise.resolve({ head: [t('ind.col.name'), t('ind.col.place')], total: got[kind].length, rows: got[kind].flatMap((id) => { const one = names.get(id); return one ? [{ key: id, to: `/elders/${id}`, cells: [one.name, placeSaid(one.place)] }] : [] }) }),
                    }}>{t('common.people', { n: formatNumber(got[kind].length) })}</Num>}</dd></div>
                  ))}
                </dl>
              </>
            )
          }}
        </Show>
      </div>
    </Card>
  )
}

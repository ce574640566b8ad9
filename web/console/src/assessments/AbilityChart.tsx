import type { ScaleDefinition } from '@songbai/scale'
import { To } from '@songbai/web-shared/go.tsx'
import { dayNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { maxTotal, said } from './scale.ts'

export interface ChartPoint {
  readonly day: string
  readonly total: number
  /** Final level in words; may be worse than the band the total stands in. */
  readonly level: string
  /** Null for who may not read answers. */
  readonly to: string | null
}

const W = 300
const H = 168
const LEFT = 50
const RIGHT = 26
const TOP = 10
const BOTTOM = 26
const FILL = ['var(--pine-1)', 'var(--surface-2)', 'var(--amb-1)', '#F8E2C3', '#F2D0B4']

/** Where a day and a total stand; the end of validity is always inside. */
export function frameOf(points: readonly Pick<ChartPoint, 'day'>[], endsOn: string | null, today: string, max: number) {
  const days = [...points.map((point) => point.day), today, ...(endsOn ? [endsOn] : [])].map(dayNumber)
  const from = Math.min(...days)
  const span = Math.max(1, Math.max(...days) - from)
  return {
    x: (day: string): number => LEFT + 14 + ((dayNumber(day) - from) / span) * (W - LEFT - RIGHT - 28),
    y: (total: number): number => TOP + (1 - total / max) * (H - TOP - BOTTOM),
  }
}

/** 轻度失能 → 轻度, mild disability → mild: the axis says the rest. */
function shortest(label: string, lang: 'zh-CN' | 'en'): string {
  return lang === 'en' ? label.split(' ')[0]! : label.slice(0, 2)
}

/** Totals over time in the bands of the scale; bands, limits, points and the end carry their words, no legend, nothing by colour alone. The rows below the picture are its table. */
export function AbilityChart({ points, scale, endsOn, today }: { readonly points: readonly ChartPoint[]; readonly scale: ScaleDefinition; readonly endsOn: string | null; readonly today: string }) {
  const { t, lang, month } = useWords()
  if (scale.combination.method !== 'total' || points.length === 0) return null
  const { x, y } = frameOf(points, endsOn, today, maxTotal(scale))
  const bands = [...scale.combination.bands].sort((a, b) => a.level - b.level)
  const edges = bands.map((band, at) => ({ band, top: at === 0 ? y(band.max) : y(bands[at - 1]!.min), bottom: y(band.min), label: scale.levels.find((level) => level.level === band.level) }))
  const path = points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.day)} ${y(point.total)}`).join('')
  const summary = points.map((point) => t('assess.chart.point', { day: month(point.day.slice(0, 7)), n: point.total, level: point.level })).join(t('list.semicolon'))
  return (
    <figure className="asm-chart">
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={summary}>
        {edges.map(({ band, top, bottom, label }) => (
          <g key={band.level}>
            <rect x={LEFT} y={top} width={W - LEFT - RIGHT} height={Math.max(0, bottom - top)} fill={FILL[band.level] ?? 'var(--sunk)'} />
            {bottom - top > 9 && <text x={LEFT - 4} y={(top + bottom) / 2 + 4} textAnchor="end">{label && shortest(said(label.short ?? label.label, lang), lang)}</text>}
            {band.min > 0 && bottom - top > 5 && <text x={W - RIGHT + 4} y={bottom + 4}>{band.min}</text>}
          </g>
        ))}
        {endsOn && <><path d={`M${x(endsOn)} ${TOP}V${H - BOTTOM}`} stroke="var(--amb-6)" strokeWidth="1.4" strokeDasharray="4 3" /><text x={x(endsOn) - 4} y={H - BOTTOM - 5} textAnchor="end" className="end-label">{t(endsOn < today ? 'assess.chart.ended' : 'assess.chart.ends', { day: endsOn })}</text></>}
        <path d={path} fill="none" stroke="var(--c1)" strokeWidth="2" />
        {points.map((point, at) => (
          <g key={point.day}>
            <circle cx={x(point.day)} cy={y(point.total)} r="4.2" fill={at === points.length - 1 ? 'var(--c1)' : 'var(--surface)'} stroke="var(--c1)" strokeWidth="2" />
            <text x={x(point.day)} y={y(point.total) > H - BOTTOM - 34 ? y(point.total) - 9 : y(point.total) + 17} textAnchor="middle" className="point">{point.total}</text>
            {(at === 0 || x(point.day) - x(points[at - 1]!.day) > 46) && <text x={x(point.day)} y={H - 8} textAnchor="middle">{point.day.slice(0, 7).replace('-', '.')}</text>}
          </g>
        ))}
      </svg>
      <figcaption className="sm">{points.map((point) => <Reading key={point.day} point={point} />)}</figcaption>
    </figure>
  )
}

function Reading({ point }: { readonly point: ChartPoint }) {
  const { t, month } = useWords()
  const words = t('assess.chart.point', { day: month(point.day.slice(0, 7)), n: point.total, level: point.level })
  return point.to === null ? <span>{words}</span> : <To to={point.to}>{words}</To>
}

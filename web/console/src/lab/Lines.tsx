import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { niceStep, sumText } from './model.ts'

export interface MonthPoint {
  readonly month: string
  readonly beforeFen: number
  readonly afterFen: number
}

const WIDTH = 320
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 8, 22, 94]

/** The scale holds both lines with room; it need not begin at zero, for what counts is the distance, and the ticks say so. */
export function scaleOf(values: readonly number[]): { readonly lo: number; readonly hi: number; readonly step: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const step = niceStep(Math.max((most - least) / 2, most * 0.05, 100))
  const lo = Math.max(0, Math.floor(least / step) * step)
  return { lo, hi: Math.max(lo + step, Math.ceil(most / step) * step), step }
}

/** Two lines over the months: the law as it is, dashed, and the draft. */
export function Lines({ months, dim }: { readonly months: readonly MonthPoint[]; readonly dim?: boolean }) {
  const { t, month, lang } = useWords()
  const { lo, hi, step } = scaleOf(months.flatMap((one) => [one.beforeFen, one.afterFen]))
  const x = (i: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * i) / Math.max(1, months.length - 1)
  const y = (fen: number): number => TOP + (BOTTOM - TOP) * (1 - (fen - lo) / (hi - lo))
  const path = (key: 'beforeFen' | 'afterFen'): string => months.map((one, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(one[key]).toFixed(1)}`).join('')
  const ticks = Array.from({ length: Math.round((hi - lo) / step) + 1 }, (_, n) => lo + n * step).filter((_, n, all) => all.length <= 4 || n % Math.ceil(all.length / 4) === 0)
  const wan = hi >= 1_000_000 && lang !== 'en'
  const tick = (fen: number): string => (fen === 0 ? '0' : wan ? `${Number((fen / 1_000_000).toFixed(2))}${t('lab.wan')}` : hi >= 100_000_000 ? `${Number((fen / 100_000_000).toFixed(2))}m` : hi >= 1_000_000 ? `${Number((fen / 100_000).toFixed(1))}k` : sumText(fen))
  const last = months.at(-1)
  const first = months[0]
  if (!last || !first) return null
  const same = months.every((one) => one.beforeFen === one.afterFen)
  const above = y(last.afterFen) < y(last.beforeFen)
  return (
    <svg className={dim ? 'lines dim' : 'lines'} viewBox={`0 0 ${WIDTH} 116`} width="100%" role="img" aria-label={t('lab.months.label', { n: months.length, from: sumText(first.afterFen), to: sumText(last.afterFen), was: sumText(last.beforeFen) })}>
      {ticks.map((fen) => <g key={fen}><path d={`M${LEFT} ${y(fen)}H${WIDTH - RIGHT}`} stroke="var(--line)" /><text x={LEFT - 5} y={y(fen) + 4} textAnchor="end">{tick(fen)}</text></g>)}
      {months.map((one, i) => (i === 0 || i === months.length - 1 || i % 4 === 0) && (i === months.length - 1 || i < months.length - 2) && <text key={one.month} x={x(i)} y={110} textAnchor={i === 0 ? 'start' : i === months.length - 1 ? 'end' : 'middle'}>{month(one.month).replace(/^\d{4}年| \d{4}$/g, '')}</text>)}
      <path d={path('beforeFen')} fill="none" stroke="var(--c6)" strokeWidth="1.6" strokeDasharray="4 3" />
      <path d={path('afterFen')} fill="none" stroke="var(--c1)" strokeWidth="2.2" />
      <text x={WIDTH - RIGHT} y={y(last.afterFen) + (above || same ? -7 : 15)} textAnchor="end" className="name own">{t(same ? 'lab.line.both' : 'lab.line.draft')}</text>
      {!same && <text x={WIDTH - RIGHT} y={y(last.beforeFen) + (above ? 15 : -7)} textAnchor="end" className="name">{t('lab.line.law')}</text>}
    </svg>
  )
}

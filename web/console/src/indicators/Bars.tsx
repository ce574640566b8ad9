import { useId } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { formatNumber, formatPercent } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { digitsOf, isBehind, isUnplaced, scaleEnd, ticksOf } from './model.ts'
import type { Child, Indicator } from './model.ts'
import type { Behind } from './useDetail.tsx'
import type { NumDetail } from '@songbai/web-shared/widgets/Num.tsx'

interface Props {
  readonly indicator: Indicator
  readonly place: string
  readonly detailOf: (behind: Behind) => NumDetail
  readonly onDrill: (child: Child) => void
}

export function tickText(unit: Indicator['unit'], value: number): string {
  return unit === 'percent' ? formatPercent(value, value * 100 % 1 === 0 ? 0 : 1) : formatNumber(value, Number.isInteger(value) ? 0 : 1)
}

/** One bar for each place below, from zero and to one scale, each with its own label; the target is an ink dashed line. */
export function Bars({ indicator, place, detailOf, onDrill }: Props) {
  const { t } = useWords()
  const hatch = useId()
  const end = scaleEnd([...indicator.children.map((child) => child.value), indicator.target?.value ?? null], indicator.unit)
  return (
    <div className="bars">
      <svg width="0" height="0" aria-hidden style={{ position: 'absolute' }}><defs><pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" fill="var(--c2)" /><rect width="2" height="6" fill="#F0BC60" /></pattern></defs></svg>
      <div className="bar-row scale" aria-hidden><span />{/* the scale stands once, above */}<div className="ticks">{ticksOf(end).map((tick) => <span key={tick}>{tickText(indicator.unit, tick)}</span>)}</div><span /></div>
      <ul>
        {indicator.children.map((child) => {
          const unplaced = isUnplaced(child, place)
          const name = unplaced ? t('ind.unplaced') : placeSaid(child.name)
          return (
            <li key={`${child.code}${child.name}`} className="bar-row">
              {unplaced ? <span className="muted el">{name}</span> : <button type="button" className="drill" onClick={() => onDrill(child)} title={t('ind.drill', { name })}><span className="el">{name}</span><Icon name="right" /></button>}
              <svg className="bar" aria-hidden>
                <rect width="100%" height="100%" fill="var(--sunk)" rx="2" />
                {child.value !== null && <rect width={`${(child.value / end) * 100}%`} height="100%" rx="2" fill={isBehind(indicator, child) ? `url(#${hatch})` : 'var(--c1)'} />}
                {indicator.target && <line x1={`${(indicator.target.value / end) * 100}%`} x2={`${(indicator.target.value / end) * 100}%`} y1="-4" y2="20" stroke="var(--ink-1)" strokeWidth="1.5" strokeDasharray="3 2" />}
              </svg>
              <ChildFigure indicator={indicator} child={child} unplaced={unplaced} place={place} detailOf={detailOf} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

export function ChildFigure({ indicator, child, unplaced, place, detailOf }: { readonly indicator: Indicator; readonly child: Child; readonly unplaced: boolean; readonly place: string; readonly detailOf: Props['detailOf'] }) {
  const { t } = useWords()
  const digits = digitsOf(indicator.unit, child)
  const detail = detailOf({ indicator, figure: child, part: 'numerator', place: { code: unplaced ? place : child.code, name: child.name }, ...(unplaced ? { unplaced } : {}) })
  if (digits === null) return <span className="fig muted sm">{t('ind.noOne')}</span>
  return (
    <span className="fig">
      <Num detail={detail}>{digits}</Num>
      {child.denominator !== null && <span className="sm muted"> {formatNumber(child.numerator)}/{formatNumber(child.denominator)}</span>}
    </span>
  )
}

/** The same figures as a table, in the same order. */
export function Table({ indicator, place, detailOf, onDrill }: Props) {
  const { t } = useWords()
  const ratio = indicator.denominatorWords !== null
  const total = { numerator: indicator.numerator, denominator: indicator.denominator, unknown: indicator.unknown, value: indicator.value }
  return (
    <div className="scroll-x">
      <table className="tb">
        <thead><tr><th>{t('ind.col.where')}</th><th className="num">{t('ind.part.numerator')}</th>{ratio && <><th className="num">{t('ind.part.denominator')}</th><th className="num">{t('ind.share')}</th></>}<th className="num">{t('ind.part.unknown')}</th></tr></thead>
        <tbody>
          {indicator.children.map((child) => {
            const unplaced = isUnplaced(child, place)
            const where = { code: unplaced ? place : child.code, name: child.name }
            return (
              <tr key={`${child.code}${child.name}`}>
                <td>{unplaced ? <span className="muted">{t('ind.unplaced')}</span> : <button type="button" className="lk" onClick={() => onDrill(child)}>{placeSaid(child.name)}</button>}</td>
                <Cells indicator={indicator} figure={child} cell={(part, n) => <Num detail={detailOf({ indicator, figure: child, part, place: where, ...(unplaced ? { unplaced } : {}) })}>{formatNumber(n)}</Num>} />
              </tr>
            )
          })}
          <tr className="sum"><td><b>{t('ind.total')}</b></td><Cells indicator={indicator} figure={total} cell={(_part, n) => <b>{formatNumber(n)}</b>} /></tr>
        </tbody>
      </table>
    </div>
  )
}

function Cells({ indicator, figure, cell }: { readonly indicator: Indicator; readonly figure: Pick<Indicator, 'numerator' | 'denominator' | 'unknown' | 'value'>; readonly cell: (part: 'numerator' | 'denominator' | 'unknown', n: number) => React.ReactNode }) {
  const { t } = useWords()
  return (
    <>
      <td className="num">{cell('numerator', figure.numerator)}</td>
      {indicator.denominatorWords !== null && <><td className="num">{cell('denominator', figure.denominator ?? 0)}</td><td className="num">{digitsOf(indicator.unit, figure) ?? t('ind.noOne')}</td></>}
      <td className="num">{figure.unknown === 0 ? '0' : cell('unknown', figure.unknown)}</td>
    </>
  )
}

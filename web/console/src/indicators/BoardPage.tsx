import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { seeBoard } from '@songbai/capabilities/answer/indicators/contract'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber, formatPercent } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useAsOf, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { Bars, Table } from './Bars.tsx'
import { Trend } from './Trend.tsx'
import { digitsOf, headed } from './model.ts'
import type { Board, Child, Indicator } from './model.ts'
import { useDetail } from './useDetail.tsx'
import '../parts/parts.css'
import './indicators.css'

/** Eight figures of a place, each with its parts; a press on a place below goes there, and the top bar goes with it. */
export default function BoardPage() {
  const { me } = useSession()
  const { region } = useView()
  const asOf = useAsOf()
  const allowed = may(me, seeBoard)
  const seen = useSee(seeBoard, allowed ? { place: region, ...asOf } : null)
  if (!allowed) return <NotAllowedPage />
  return <div className="page"><Show seen={seen} rows={10}>{(board) => <BoardView key={board.place.code} board={board} />}</Show></div>
}

function useChosen(board: Board): readonly [Indicator, (id: string) => void] {
  const [params, setParams] = useSearchParams()
  const chosen = board.indicators.find((one) => one.id === params.get('i')) ?? board.indicators[0]!
  return [chosen, (id) => setParams((before) => {
    const after = new URLSearchParams(before)
    after.set('i', id)
    return after
  }, { replace: true })]
}

function BoardView({ board }: { readonly board: Board }) {
  const { t, rich, day } = useWords()
  const { path, show } = useSession()
  const [chosen, choose] = useChosen(board)
  const [table, setTable] = useState(false)
  const { detailOf, dialog } = useDetail()
  const first = board.indicators[0]!
  const drill = (child: Child) => show({ path: [...path, { region: child.code, name: child.name, hasChildren: true }] })
  const above = path.at(-2)
  useKeys({ t: () => setTable((on) => !on) })
  return (
    <>
      <Briefing
        title={t('ind.title')}
        actions={<>{above && <button type="button" className="b" onClick={() => show({ path: path.slice(0, -1) })}><Icon name="left" />{t('ind.up', { name: above.name })}</button>}<button type="button" className="b" aria-pressed={table} onClick={() => setTable(!table)}><Icon name={table ? 'chart' : 'list'} />{t(table ? 'ind.toChart' : 'ind.toTable')} <Kbd>T</Kbd></button></>}
      >{rich('ind.brief', { place: <b>{board.place.name}</b>, day: day(board.at), n: <Num detail={detailOf({ indicator: first, figure: first, part: 'numerator', place: board.place })}>{t('common.people', { n: formatNumber(first.numerator) })}</Num> })}</Briefing>
      <div className="ind-grid">
        <ul className="ind-list">{board.indicators.map((one) => <li key={one.id}><Tile indicator={one} place={board.place} on={one === chosen} onPick={() => choose(one.id)} detailOf={detailOf} /></li>)}</ul>
        <div className="ind-detail">
          <Chosen indicator={chosen} board={board} table={table} detailOf={detailOf} onDrill={drill} />
          <Trend key={`${chosen.id} ${board.place.code} ${board.at}`} indicator={chosen} place={board.place.code} table={table} />
        </div>
      </div>
      {dialog}
    </>
  )
}

type DetailOf = ReturnType<typeof useDetail>['detailOf']

export function useFigure(): (indicator: Indicator) => string {
  const { t } = useWords()
  return (indicator) => {
    const digits = digitsOf(indicator.unit, indicator)
    if (digits === null) return t('ind.noOne')
    return indicator.unit === 'percent' ? digits : t(indicator.unit === 'person' ? 'common.people' : 'ind.results', { n: digits })
  }
}

function Tile({ indicator, place, on, onPick, detailOf }: { readonly indicator: Indicator; readonly place: Board['place']; readonly on: boolean; readonly onPick: () => void; readonly detailOf: DetailOf }) {
  const { t, both } = useWords()
  const figure = useFigure()
  return (
    <div className={on ? 'ind-tile on' : 'ind-tile'} onClick={onPick}>
      <div className="row"><button type="button" className="name" aria-pressed={on}>{headed(both(indicator.title))}</button>{indicator.sample && <Sample />}</div>
      <div className="row"><span className="val"><Num {...(indicator.status === 'behind' ? { tone: 'warm' as const } : {})} detail={detailOf({ indicator, figure: indicator, part: 'numerator', place })}>{figure(indicator)}</Num></span>{indicator.unknown > 0 && <span className="end"><StateMark small state="unknown"><Num detail={detailOf({ indicator, figure: indicator, part: 'unknown', place })}>{t('ind.unknown', { n: formatNumber(indicator.unknown) })}</Num></StateMark></span>}</div>
    </div>
  )
}

function Chosen({ indicator, board, table, detailOf, onDrill }: { readonly indicator: Indicator; readonly board: Board; readonly table: boolean; readonly detailOf: DetailOf; readonly onDrill: (child: Child) => void }) {
  const { t, both } = useWords()
  const placed = indicator.children.length > 0
  return (
    <Card title={headed(both(indicator.title))} note={<>{board.place.name}{indicator.sample && <> <Sample /></>}</>} right={indicator.target ? <StateMark small state={indicator.status === 'behind' ? 'notYet' : 'yes'}>{t('ind.target', { value: indicator.unit === 'percent' ? formatPercent(indicator.target.value) : formatNumber(indicator.target.value) })}</StateMark> : <span>{t('ind.noTarget')}</span>}>
      <Parts indicator={indicator} place={board.place} detailOf={detailOf} />
      {placed && (table ? <Table indicator={indicator} place={board.place.code} detailOf={detailOf} onDrill={onDrill} /> : <Bars indicator={indicator} place={board.place.code} detailOf={detailOf} onDrill={onDrill} />)}
      {!placed && <p className="pad muted">{t('ind.leaf')}</p>}
      <Basis indicator={indicator} />
    </Card>
  )
}

/** Numerator, the rest and those who cannot be told: on screen they sum to what was counted. */
function Parts({ indicator, place, detailOf }: { readonly indicator: Indicator; readonly place: Board['place']; readonly detailOf: DetailOf }) {
  const { t, both } = useWords()
  const num = (part: 'numerator' | 'denominator' | 'rest' | 'unknown', n: number) => <Num detail={detailOf({ indicator, figure: indicator, part, place })}>{formatNumber(n)}</Num>
  return (
    <dl className="parts">
      <div><dt>{t('ind.part.numerator')}</dt><dd>{num('numerator', indicator.numerator)} <span className="sm muted">{both(indicator.numeratorWords)}</span></dd></div>
      {indicator.denominatorWords && <div><dt>{t('ind.part.denominator')}</dt><dd>{num('denominator', indicator.denominator ?? 0)} <span className="sm muted">{both(indicator.denominatorWords)}</span></dd></div>}
      {indicator.unknown > 0 && <div><dt>{t('ind.part.unknown')}</dt><dd>{num('unknown', indicator.unknown)} <span className="sm muted">{t('ind.unknown.why')}</span></dd></div>}
    </dl>
  )
}

function Basis({ indicator }: { readonly indicator: Indicator }) {
  const { t, both } = useWords()
  return (
    <details className="basis">
      <summary>{t('ind.basis')}</summary>
      <p>{both(indicator.base)}{indicator.note && both(indicator.note)}</p>
      <ul>{indicator.clauses.map((clause) => <li key={clause.id} className="src">{both(clause.text)}</li>)}</ul>
    </details>
  )
}

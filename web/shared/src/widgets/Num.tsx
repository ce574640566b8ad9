import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import { To } from '../go.tsx'
import { useWords } from '../words/WordsProvider.tsx'
import { Drawer } from './Float.tsx'
import { Waiting } from './States.tsx'

export interface NumRow {
  readonly key: string
  readonly cells: readonly ReactNode[]
  /** The page of this row, when it has one. */
  readonly to?: string
}

export interface NumRows {
  readonly head: readonly string[]
  readonly rows: readonly NumRow[]
  readonly total: number
}

/** What stands behind a number. Parts must sum: denominator less exclusions is what was counted. */
export interface NumDetail {
  readonly title: string
  /** The sum in words. */
  readonly definition: string
  readonly denominator?: ReactNode
  readonly exclusions?: readonly { readonly label: string; readonly value: string }[]
  readonly at: string
  /** The day of knowledge, when it is not today. */
  readonly knownOn?: string
  readonly load: () => Promise<NumRows>
  readonly onExport?: () => void
}

export type NumTone = 'plain' | 'hot' | 'warm' | 'good'

interface NumProps {
  /** Written out with its measure word: `9 件`, `55.6%`. */
  readonly children: string
  readonly tone?: NumTone
  readonly detail?: NumDetail
  /** Or: the list page that shows exactly these rows. */
  readonly to?: string
}

/** A number that opens its rows. One of `detail` and `to` is needed: no Num, no number. */
export function Num({ children, tone = 'plain', detail, to }: NumProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const className = tone === 'plain' ? 'n' : `n ${tone}`
  const label = t('num.open', { value: children })
  if (to !== undefined) return <To to={to} className={className} label={label}>{children}</To>
  return (
    <>
      <button type="button" className={className} aria-label={label} aria-haspopup="dialog" onClick={(event) => { event.stopPropagation(); setOpen(true) }}>{children}</button>
      {open && detail && <NumDrawer value={children} detail={detail} onClose={() => setOpen(false)} />}
    </>
  )
}

function useRows(load: () => Promise<NumRows>): { readonly rows: NumRows | null; readonly failed: boolean; readonly again: () => void } {
  const [rows, setRows] = useState<NumRows | null>(null)
  const [failed, setFailed] = useState(false)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    setFailed(false)
    load().then((got) => { if (!gone) setRows(got) }, () => { if (!gone) setFailed(true) })
    return () => { gone = true }
  // A drawer reads once when it opens, and again only when asked.
  }, [turn])
  return { rows, failed, again: () => setTurn((n) => n + 1) }
}

function NumDrawer({ value, detail, onClose }: { readonly value: string; readonly detail: NumDetail; readonly onClose: () => void }) {
  const { t } = useWords()
  const { rows, failed, again } = useRows(detail.load)
  const exportButton = detail.onExport && <button type="button" className="b s" onClick={detail.onExport}><Icon name="import" />{t('common.export')}</button>
  return (
    <Drawer title={detail.title} onClose={onClose} actions={exportButton}>
      <div className="pad whole">{value}</div>
      <NumFacts detail={detail} />
      {failed && <div className="pad row"><span>{t('state.fault.read')}</span><button type="button" className="b s" onClick={again}>{t('common.retry')}</button></div>}
      {!failed && <Waiting for={rows}>{(got) => <NumTable rows={got} />}</Waiting>}
    </Drawer>
  )
}

function NumFacts({ detail }: { readonly detail: NumDetail }) {
  const { t, dayLong } = useWords()
  return (
    <dl>
      <dt>{t('num.definition')}</dt><dd>{detail.definition}</dd>
      {detail.denominator !== undefined && <><dt>{t('num.denominator')}</dt><dd>{detail.denominator}</dd></>}
      {detail.exclusions && <><dt>{t('num.exclusions')}</dt><dd>{detail.exclusions.length === 0 ? t('common.none') : detail.exclusions.map((x) => <div key={x.label}>{x.label} {x.value}</div>)}</dd></>}
      <dt>{t('num.asOf')}</dt><dd>{dayLong(detail.at)}{detail.knownOn && <div>{t('num.knownOn', { day: dayLong(detail.knownOn) })}</div>}</dd>
    </dl>
  )
}

function NumTable({ rows }: { readonly rows: NumRows }) {
  const { t } = useWords()
  if (rows.rows.length === 0) return <p className="pad muted">{t('num.noRows')}</p>
  return (
    <>
      <table className="tb">
        <thead><tr>{rows.head.map((name) => <th key={name}>{name}</th>)}</tr></thead>
        <tbody>
          {rows.rows.map((row) => (
            <tr key={row.key}>{row.cells.map((cell, at) => <td key={at}>{at === 0 && row.to ? <To to={row.to}>{cell}</To> : cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
      <p className="pad sm muted">{t('num.total', { n: rows.total, shown: rows.rows.length })}</p>
    </>
  )
}

import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Decision, ProblemRow } from '@songbai/capabilities/know/imports/contract'
import { useKeys } from '@songbai/web-shared/Keys.tsx'
import { To } from '@songbai/web-shared/go.tsx'
import { composing } from '@songbai/web-shared/keyboard.ts'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useAddress } from '../elders/address.ts'
import { markOf, nextProblem } from './model.ts'
import type { Mark, Spot } from './model.ts'
import { useFinding } from './say.ts'

export interface GridColumn {
  readonly column: number
  readonly letter: string
  readonly heading: string
  readonly field: string | null
}

interface GridProps {
  readonly columns: readonly GridColumn[]
  readonly rows: readonly ProblemRow[]
  readonly editable: boolean
  readonly onFix: (row: number, column: number, text: string) => Promise<void>
  readonly onAnswer: (row: number, decision: Decision | null) => Promise<void>
}

const STEP: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

// Who the row is about; other columns are shown when something is the matter in them.
const WHO = new Set(['name', 'idNumber', 'birth', 'place', 'township', 'village'])

/** The sheet as the clerk knows it; F2 or Enter edits, Escape leaves the cell as it was, F8 goes to the next problem. */
export function Grid({ columns, rows, editable, onFix, onAnswer }: GridProps) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const used = columns.filter((one) => one.field !== null)
  const shown = all ? used : used.filter((one) => WHO.has(one.field ?? '') || rows.some((row) => markOf(row, one) !== null))
  const marks = rows.map((row) => shown.map((one) => markOf(row, one)))
  const [at, setAt] = useState<Spot>(() => nextProblem(marks, { row: 0, cell: -1 }) ?? { row: 0, cell: 0 })
  const [editing, setEditing] = useState(false)
  const table = useRef<HTMLTableElement>(null)
  const wanted = useRef(false)
  const focus = (spot: Spot) => { wanted.current = true; setEditing(false); setAt(spot) }
  useEffect(() => {
    if (!wanted.current || editing) return
    wanted.current = false
    const cell = table.current?.querySelector<HTMLElement>(`[data-spot="${at.row} ${at.cell}"]`)
    cell?.focus()
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [at, editing])
  const move = ([down, right]: readonly [number, number]) => focus({ row: clamp(at.row + down, rows.length), cell: clamp(at.cell + right, shown.length) })
  useKeys({ F8: () => { const next = nextProblem(marks, at); return next ? focus(next) : false } })
  const onKey = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.ctrlKey || event.metaKey || editing || !(event.target as HTMLElement).dataset.spot) return
    const step = STEP[event.key]
    if (step) move(step)
    else if (editable && (event.key === 'F2' || event.key === 'Enter')) setEditing(true)
    else return
    event.preventDefault()
  }
  const finish = (row: ProblemRow, column: GridColumn, text: string | null) => {
    focus(at)
    if (text !== null && text !== textOf(row, column)) void onFix(row.row, column.column, text)
  }
  return (
    <>
    {shown.length < used.length || all ? <label className="row sm all-columns"><input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />{t('imp.rows.allColumns')}</label> : null}
    <div className="xl-scroll">
      <table className="xl" role="grid" ref={table} onKeyDown={onKey}>
        <thead><tr><th>{t('imp.rows.row')}</th>{shown.map((one) => <th key={one.column}><span className="ltr">{one.letter}</span> {one.heading}</th>)}<th className="left">{t('imp.rows.say')}</th></tr></thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={row.row} className={`${row.state}${r === at.row ? ' here' : ''}`}>
              <th scope="row">{formatNumber(row.row)}</th>
              {shown.map((column, c) => {
                const here = r === at.row && c === at.cell
                return here && editing
                  ? <EditCell key={column.column} row={row} column={column} onDone={(text) => finish(row, column, text)} />
                  : <Cell key={column.column} row={row} column={column} mark={marks[r]![c]!} spot={{ row: r, cell: c }} here={here} editable={editable} onHere={() => setAt({ row: r, cell: c })} onEdit={() => { setAt({ row: r, cell: c }); setEditing(true) }} />
              })}
              <Say row={row} editable={editable} onAnswer={onAnswer} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    </>
  )
}

const clamp = (n: number, length: number) => Math.max(0, Math.min(length - 1, n))
const textOf = (row: ProblemRow, column: GridColumn) => row.cells.find((cell) => cell.column === column.column)?.text ?? ''
const CLASS: Readonly<Record<'bad' | 'warn' | 'fix', string>> = { bad: 'bad', warn: 'warn', fix: 'fix' }

interface CellProps { readonly row: ProblemRow; readonly column: GridColumn; readonly mark: Mark; readonly spot: Spot; readonly here: boolean; readonly editable: boolean; readonly onHere: () => void; readonly onEdit: () => void }

function Cell({ row, column, mark, spot, here, editable, onHere, onEdit }: CellProps) {
  const { t } = useWords()
  const text = textOf(row, column)
  const was = row.cells.find((cell) => cell.column === column.column)?.was ?? null
  const heading = column.heading || column.letter
  const className = `${mark ? CLASS[mark] : was !== null ? 'fix' : ''}${column.field === 'name' ? ' name' : ''}`
  return (
    <td
      role="gridcell" className={className} data-spot={`${spot.row} ${spot.cell}`} data-label={heading} tabIndex={here ? 0 : -1} title={was === null ? undefined : t('imp.rows.was', { text: was || t('imp.rows.blank') })}
      aria-label={`${mark === 'bad' || mark === 'warn' ? t('imp.rows.cellBad', { row: formatNumber(row.row), heading }) : t('imp.rows.cell', { row: formatNumber(row.row), heading })} ${text || t('imp.rows.blank')}`}
      onFocus={onHere} onClick={() => { if (here && editable) onEdit() }} onDoubleClick={() => { if (editable) onEdit() }}
    >{text || <span className="muted">{mark ? t('imp.rows.blank') : ''}</span>}</td>
  )
}

function EditCell({ row, column, onDone }: { readonly row: ProblemRow; readonly column: GridColumn; readonly onDone: (text: string | null) => void }) {
  const { t } = useWords()
  const [text, setText] = useState(() => textOf(row, column))
  const ended = useRef(false)
  const done = (value: string | null) => {
    if (ended.current) return
    ended.current = true
    onDone(value)
  }
  const onKey = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    done(event.key === 'Enter' ? text : null)
  }
  const heading = column.heading || column.letter
  return <td role="gridcell" className="edit" data-label={heading}><input autoFocus maxLength={500} autoComplete="off" aria-label={t('imp.rows.cell', { row: formatNumber(row.row), heading })} value={text} onFocus={(event) => event.target.select()} onChange={(event) => setText(event.target.value)} onKeyDown={onKey} onBlur={() => done(text)} /></td>
}

const DECISION = { same: 'imp.dec.same', new: 'imp.dec.new', use: 'imp.dec.use', drop: 'imp.dec.drop' } as const
const NOW = { ready: 'imp.rows.now.ready', dropped: 'imp.rows.now.dropped', imported: 'imp.rows.now.imported', skipped: 'imp.rows.now.skipped' } as const

/** The sentences, then the answers a person may give. */
function Say({ row, editable, onAnswer }: { readonly row: ProblemRow; readonly editable: boolean; readonly onAnswer: GridProps['onAnswer'] }) {
  const { t } = useWords()
  const say = useFinding()
  const address = useAddress()
  const bad = row.findings.some((one) => one.severity === 'error')
  // What was only rewritten is told by the green cell; words go to what a person must do.
  const told = row.findings.some((one) => one.severity !== 'repaired') ? row.findings.filter((one) => one.severity !== 'repaired') : row.findings
  const settled = row.state === 'ready' || row.state === 'dropped' || row.state === 'imported' || row.state === 'skipped' ? row.state : null
  const tone = settled ? 'good' : bad ? '' : row.state === 'repaired' ? 'good' : 'w'
  return (
    <td className={`say ${tone}`}>
      {settled && <p><StateMark state={settled === 'dropped' || settled === 'skipped' ? 'no' : 'yes'} small>{t(NOW[settled])}</StateMark>{row.decision && <span> · {t(DECISION[row.decision])}</span>}{row.decidedBy && <span className="muted"> · {t('imp.rows.by', { who: row.decidedBy })}</span>}</p>}
      {told.map((one, at) => <p key={at}>{say(one)}</p>)}
      <div className="row wrap">
        {editable && row.decision !== null && <button type="button" className="b s" onClick={() => void onAnswer(row.row, null)}>{t('imp.rows.undo')}</button>}
        {editable && row.decision === null && row.decisions.map((one) => <button key={one} type="button" className="b s" onClick={() => void onAnswer(row.row, one)}>{t(DECISION[one])}</button>)}
        {row.matchId && <To to={address(`/elders/${row.matchId}`)}>{t('imp.rows.see')}</To>}
      </div>
    </td>
  )
}

import { Fragment, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { newColumn } from '@songbai/policy'
import type { DecisionRow, PolicyTable, TableColumn } from '@songbai/policy'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { AmountEditor, BasisEditor, CellEditor, LabelEditor } from './CellEditor.tsx'
import { amountOn, cellText, commonColumns, shortArticle, shownColumns, signed, yuanText } from './model.ts'
import { PeopleNum } from './PeopleNum.tsx'
import type { Lab } from './useLab.ts'

/** Row and column under the hand; `''` stands for the row as such. */
export interface Spot {
  readonly row: string
  readonly column: string
}

interface Props {
  readonly lab: Lab
  readonly table: PolicyTable
  readonly spot: Spot | null
  readonly onSpot: (spot: Spot | null) => void
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly lawAmounts: ReadonlyMap<string, number>
}

const AMOUNT = 'amount'
const BASIS = 'basis'
const LABEL = 'label'

/** Who, and how much: cells open inside the row. */
export function DecisionTable({ lab, table, spot, onSpot, open, onOpen, lawAmounts }: Props) {
  const { t, both, lang } = useWords()
  const [opened, setOpened] = useState<readonly TableColumn[]>([])
  const columns = shownColumns(table, opened)
  const common = commonColumns(table, opened)
  const said = { lang: lang === 'en' ? 'en' as const : 'zh' as const, at: lab.at }
  const money = table.kind !== 'service' || table.rows.some((one) => one.amount.kind !== 'none')
  const order = [LABEL, ...columns.map((one) => one.id), ...(money ? [AMOUNT] : []), BASIS]
  const grid = useRef<HTMLTableElement>(null)
  const dead = new Set((lab.trial?.findings ?? []).flatMap((one) => (one.code === 'shadowed' || one.code === 'neverTrue' ? one.rows.slice(0, 1) : [])))
  // A column opened by hand stays while the page is open, even when all its rows happen to agree.
  const pin = (column: TableColumn) => setOpened((before) => (before.some((one) => one.id === column.id) ? before : [...before, column]))
  useEffect(() => {
    if (spot && !open) grid.current?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(`${spot.row} ${spot.column}`)}"]`)?.focus({ preventScroll: false })
  }, [spot, open])
  const addRow = () => {
    const like = table.rows.find((one) => one.id === spot?.row) ?? table.rows.at(-1)
    for (const one of table.columns) if (!one.common) pin(one)
    lab.edit({ do: 'addRow', like: like?.id ?? null, before: null, label: { zh: t('lab.newRow'), en: t('lab.newRow') } })
  }
  const keys = (event: KeyboardEvent) => {
    if (open || !spot) return
    const [r, c] = [table.rows.findIndex((one) => one.id === spot.row), order.indexOf(spot.column)]
    const go = (row: number, column: number) => {
      const [to, at] = [table.rows[row], order[column]]
      if (to && at) onSpot({ row: to.id, column: at })
      event.preventDefault()
    }
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const other = table.rows[r + (event.key === 'ArrowUp' ? -1 : 2)]
      if (lab.write && (event.key === 'ArrowUp' ? r > 0 : r < table.rows.length - 1)) lab.edit({ do: 'moveRow', row: spot.row, before: other?.id ?? null })
    } else if (event.key === 'ArrowDown') go(r + 1, c)
    else if (event.key === 'ArrowUp') go(r - 1, c)
    else if (event.key === 'ArrowRight') go(r, c + 1)
    else if (event.key === 'ArrowLeft') go(r, c - 1)
    else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      onOpen(true)
    } else if (event.key === 'Delete' && lab.write && columns.some((one) => one.id === spot.column)) lab.edit({ do: 'cell', row: spot.row, column: spot.column, cell: null })
  }
  return (
    <Card
      className="lab-table" title={t('lab.who')}
      note={<>{t(table.hit === 'sum' ? 'lab.hit.sum' : table.hit === 'unique' ? 'lab.hit.unique' : 'lab.hit.first')}{common.length > 0 && <> · {t('lab.common')} {common.map((one, i) => <Fragment key={one.id}>{i > 0 && t('lab.and')}<CommonCell lab={lab} table={table} column={one} said={said} onPin={() => pin(one)} /></Fragment>)}</>}</>}
      right={lab.write && <><button type="button" className="lk" onClick={addRow}>＋ {t('lab.addRow')}</button><AddColumn lab={lab} table={table} onPick={pin} /></>}
    >
      <div className="scroll-x">
        <table className="tb dt" ref={grid} role="grid" aria-label={t('lab.who')} onKeyDown={keys}>
          <thead><tr>
            <th className="no" aria-label={t('lab.col.no')} />
            {columns.map((one) => <th key={one.id}>{both(one.label)}{lab.write && <button type="button" className="x" title={t('lab.col.remove', { name: both(one.label) })} aria-label={t('lab.col.remove', { name: both(one.label) })} onClick={() => { setOpened((before) => before.filter((each) => each.id !== one.id)); lab.edit({ do: 'removeColumn', column: one.id }) }}>×</button>}</th>)}
            {money && <th className="out num">{t(unitWord(table.unit))}</th>}
            <th className="out">{t('lab.col.basis')}</th><th className="num">{t('lab.col.people')}</th><th className="num">{t('lab.col.cases')}</th>
          </tr></thead>
          <tbody>
            {table.rows.map((row, i) => (
              <Row key={row.id} lab={lab} table={table} row={row} n={i + 1} columns={columns} money={money} said={said} dead={dead.has(row.id)} spot={spot?.row === row.id ? spot.column : null} open={open} law={lawAmounts.get(row.id)} onSpot={(column, edit) => { onSpot({ row: row.id, column }); onOpen(edit) }} onOpen={onOpen} span={columns.length + (money ? 5 : 4)} />
            ))}
            <tr className="rest"><td /><td colSpan={columns.length || 1} className="muted">{t('lab.rest')}</td>{money && <td className="out muted num">{t('lab.no')}</td>}<td className="out" /><td className="num">{lab.trial?.figures ? <PeopleNum lab={lab} group="nobody" n={lab.trial.figures.nobody} title={t('lab.rest')} /> : ''}</td><td className="num">{casesFor(table, null)}</td></tr>
          </tbody>
        </table>
      </div>
    </Card>
  )
}

export function unitWord(unit: string) {
  return unit === '分/年' ? 'lab.perYear' as const : unit === '分/次' ? 'lab.perUse' as const : unit === '分' ? 'lab.once' as const : 'lab.perMonth' as const
}

function casesFor(table: PolicyTable, row: string | null): number {
  return table.cases.filter((one) => (row === null ? one.out.row === null && one.out.rows.length === 0 && one.out.unknown.length === 0 : one.out.row === row || one.out.rows.includes(row))).length
}

interface RowProps {
  readonly lab: Lab
  readonly table: PolicyTable
  readonly row: DecisionRow
  readonly n: number
  readonly columns: readonly TableColumn[]
  readonly money: boolean
  readonly said: { readonly lang: 'zh' | 'en'; readonly at: string }
  readonly dead: boolean
  readonly spot: string | null
  readonly open: boolean
  readonly law: number | undefined
  readonly span: number
  readonly onSpot: (column: string, edit: boolean) => void
  readonly onOpen: (open: boolean) => void
}

function Row(props: RowProps) {
  const { lab, table, row, n, columns, money, said, dead, spot, open, law, onSpot } = props
  const { t, both } = useWords()
  const figures = lab.trial?.figures?.rows.find((one) => one.row === row.id)
  const amount = amountOn(row, table, lab.at)
  const cases = casesFor(table, row.id)
  const cell = (column: string, className: string, text: ReactNode, title?: string) => (
    <td key={column} role="gridcell" tabIndex={spot === column || (spot === null && n === 1 && column === LABEL) ? 0 : -1} data-spot={`${row.id} ${column}`} title={title} className={`${className}${spot === column ? ' cur' : ''}`} onClick={() => onSpot(column, lab.write)} onFocus={() => { if (spot !== column) onSpot(column, false) }}>{text}</td>
  )
  return (
    <>
      <tr className={`${spot !== null ? 'on' : ''}${dead ? ' dead' : ''}`}>
        {cell(LABEL, 'no', n, row.label ? both(row.label) : row.id)}
        {columns.map((one) => cell(one.id, one.kind === 'expression' ? 'code' : '', cellText(row.cells[one.id], one, table, said) ?? <span className="muted">{t('lab.any')}</span>))}
        {money && cell(AMOUNT, 'out amt', <>{law !== undefined && amount !== null && law !== amount && <span className="was">{yuanText(law)}</span>}{amount === null ? (row.amount.kind === 'expression' ? <code>{row.amount.text}</code> : '—') : yuanText(amount)}{(row.sample || isSampleRate(row, table)) && <> <Sample /></>}</>)}
        {cell(BASIS, 'out', row.basis.map((one) => shortArticle(table.clauses.find((each) => each.id === one)?.article ?? null, one)).join(' '), row.basis.map((one) => table.clauses.find((each) => each.id === one)?.quote ?? '').filter((one) => one !== '').join(' '))}
        <td className="num nowrap">{figures ? <><PeopleNum lab={lab} group="row" row={row.id} n={figures.after} title={t('lab.row', { n })} tone={figures.after > figures.before ? 'good' : figures.after < figures.before ? 'warm' : 'plain'} />{figures.after !== figures.before && <span className={figures.after > figures.before ? 'up' : 'down'}> {figures.after > figures.before ? '+' : '−'}{formatNumber(Math.abs(figures.after - figures.before))}</span>}</> : ''}</td>
        <td className={cases === 0 ? 'num none' : 'num'}>{cases}</td>
      </tr>
      {spot !== null && open && <Strip {...props} />}
    </>
  )
}

function isSampleRate(row: DecisionRow, table: PolicyTable): boolean {
  const { amount } = row
  const param = amount.kind === 'param' ? table.params.find((one) => one.name === amount.name) : undefined
  return table.sample || (param !== undefined && (param.sample || param.values.some((one) => one.sample)))
}

/** The open cell, with what this one change does. */
function Strip({ lab, table, row, n, columns, spot, span, onOpen }: RowProps) {
  const { t, both } = useWords()
  const start = useRef(lab.trial?.figures)
  if (start.current === undefined) start.current = lab.trial?.figures
  const now = lab.trial?.figures
  const column = columns.find((one) => one.id === spot)
  const people = now && start.current ? now.entitledAfter - start.current.entitledAfter : 0
  const fen = now && start.current ? now.afterFen - start.current.afterFen : 0
  const ref = useRef<HTMLTableRowElement>(null)
  useEffect(() => ref.current?.querySelector<HTMLElement>('button,input,select')?.focus(), [spot])
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onOpen(false)
  }
  return (
    <tr className="edit" ref={ref} onKeyDown={close}>
      <td colSpan={span}>
        <div className="row wrap">
          {spot === LABEL ? <LabelEditor key={row.id} lab={lab} table={table} row={row} n={n} onDone={() => onOpen(false)} /> : spot === AMOUNT ? <AmountEditor key={row.id} lab={lab} table={table} row={row} /> : spot === BASIS ? <BasisEditor lab={lab} table={table} row={row} />
            : column && <CellEditor key={`${row.id} ${column.id}`} column={column} cell={row.cells[column.id]} table={table} onCell={(cell) => lab.edit({ do: 'cell', row: row.id, column: column.id, cell })} label={t('lab.change', { name: both(column.label) })} />}
          <span className="effect" role="status">{lab.trying ? <span className="muted">{t('lab.counting')}</span> : people === 0 && fen === 0 ? <span className="muted">{t('lab.noEffect')}</span> : <>{t('lab.effect')} {people !== 0 && <b>{people > 0 ? '+' : '−'}{t('common.people', { n: formatNumber(Math.abs(people)) })}</b>}{people !== 0 && fen !== 0 && t('lab.comma')}{fen !== 0 && <b>{signed(fen)} {t(unitShort(table.unit))}</b>}</>}</span>
          <button type="button" className="b s" onClick={() => onOpen(false)}>{t('common.close')}</button>
        </div>
      </td>
    </tr>
  )
}

export function unitShort(unit: string) {
  return unit === '分/年' ? 'lab.unit.year' as const : unit === '分/次' ? 'lab.unit.month' as const : unit === '分' ? 'lab.unit.once' as const : 'lab.unit.month' as const
}

function CommonCell({ lab, table, column, said, onPin }: { readonly lab: Lab; readonly table: PolicyTable; readonly column: TableColumn; readonly said: { readonly lang: 'zh' | 'en'; readonly at: string }; readonly onPin: () => void }) {
  const { t, both } = useWords()
  const [open, setOpen] = useState(false)
  const cell = table.rows[0]?.cells[column.id]
  const text = column.kind === 'yesNo' ? both(column.label) + (cell?.kind === 'yesNo' && !cell.yes ? t('lab.aside', { text: t('lab.not') }) : '') : column.kind === 'expression' ? cellText(cell, column, table, said) : column.kind === 'codes' ? cellText(cell, column, table, said) : `${both(column.label)} ${cellText(cell, column, table, said)}`
  if (!lab.write) return <b title={table.lets.find((one) => one.name === column.subject)?.text}>{text}</b>
  return (
    <span className="common">
      <button type="button" className="lk" aria-expanded={open} onClick={() => setOpen(!open)}>{text}</button>
      {open && (
        <span className="pop pad" role="dialog" aria-label={both(column.label)} onKeyDown={(event) => { if (event.key === 'Escape') setOpen(false) }}>
          {column.kind === 'yesNo' && <Definition table={table} name={column.subject} />}
          <CellEditor column={column} cell={cell} table={table} onCell={(next) => lab.edit({ do: 'common', column: column.id, cell: next })} label={t('lab.changeAll', { name: both(column.label) })} />
          <span className="row wrap"><button type="button" className="b s" onClick={() => { setOpen(false); onPin() }}>{t('lab.asColumn')}</button><button type="button" className="b s" onClick={() => { setOpen(false); lab.edit({ do: 'removeColumn', column: column.id }) }}>{t('lab.removeCommon')}</button><button type="button" className="b s" onClick={() => setOpen(false)}>{t('common.close')}</button></span>
        </span>
      )}
    </span>
  )
}

/** What a named condition stands for, as written. */
function Definition({ table, name }: { readonly table: PolicyTable; readonly name: string }) {
  const found = table.lets.find((one) => one.name === name)
  return found ? <code className="def">{found.text}</code> : null
}

/** Asked as an age; and who is dead or gone is nobody's row. */
const NO_COLUMN = new Set(['birth', 'dead', 'moved'])

/** A fact of the dictionary becomes a column; nothing is written before a cell is filled. */
function AddColumn({ lab, table, onPick }: { readonly lab: Lab; readonly table: PolicyTable; readonly onPick: (column: TableColumn) => void }) {
  const { t, both } = useWords()
  const [open, setOpen] = useState(false)
  const [find, setFind] = useState('')
  const ids = ['age', ...lab.facts.facts.keys()].filter((one) => !NO_COLUMN.has(one))
  const choices = open ? ids.flatMap((fact) => { const made = newColumn(fact, lab.facts); return made && !table.columns.some((one) => one.id === made.column.id) && both(made.column.label).toLowerCase().includes(find.trim().toLowerCase()) ? [made.column] : [] }) : []
  const rich: TableColumn = { id: 'other', kind: 'expression', subject: '', label: { zh: t('lab.other'), en: t('lab.other') }, type: null, values: [], ordered: false, unit: null, common: false }
  return (
    <span className="addcol">
      <button type="button" className="lk" aria-expanded={open} onClick={() => setOpen(!open)}>＋ {t('lab.addColumn')}</button>
      {open && (
        <div className="pop" role="dialog" aria-label={t('lab.addColumn')} onKeyDown={(event) => { if (event.key === 'Escape') setOpen(false) }}>
          <div className="pad"><input className="in" autoFocus autoComplete="off" aria-label={t('lab.findFact')} placeholder={t('lab.findFact')} value={find} onChange={(event) => setFind(event.target.value)} /></div>
          <ul className="opts">{[...choices, ...(table.columns.some((one) => one.id === 'other') ? [] : [rich])].map((one) => <li key={one.id}><button type="button" onClick={() => { onPick(one); setOpen(false); setFind('') }}>{both(one.label)}</button></li>)}</ul>
        </div>
      )}
    </span>
  )
}

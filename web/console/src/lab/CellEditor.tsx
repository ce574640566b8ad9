import { useState } from 'react'
import type { Bound, Cell, DecisionRow, Operator, PolicyTable, TableColumn } from '@songbai/policy'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { shortArticle, shortCode, yuanText } from './model.ts'
import { paramOn } from './rates.ts'
import type { Lab } from './useLab.ts'

interface CellProps {
  readonly column: TableColumn
  readonly cell: Cell | undefined
  readonly table: PolicyTable
  readonly label: string
  readonly onCell: (cell: Cell | null) => void
}

/** The right control for each kind of cell; choosing nothing means anybody. */
export function CellEditor({ column, cell, table, label, onCell }: CellProps) {
  switch (column.kind) {
    case 'codes': return <Codes column={column} cell={cell?.kind === 'codes' ? cell : undefined} label={label} onCell={onCell} />
    case 'yesNo': return <YesNo column={column} cell={cell} label={label} onCell={onCell} />
    case 'range': return <Range column={column} cell={cell?.kind === 'range' ? cell : undefined} table={table} label={label} onCell={onCell} />
    case 'within': return <Within column={column} cell={cell?.kind === 'within' ? cell : undefined} label={label} onCell={onCell} />
    case 'expression': return <Expression cell={cell?.kind === 'expression' ? cell : undefined} label={label} onCell={onCell} />
  }
}

function Codes({ column, cell, label, onCell }: { readonly column: TableColumn; readonly cell: Extract<Cell, { kind: 'codes' }> | undefined; readonly label: string; readonly onCell: CellProps['onCell'] }) {
  const { t, both } = useWords()
  const chosen = cell?.values ?? []
  const toggle = (id: string) => {
    const values = column.values.map((one) => one.id).filter((one) => (one === id ? !chosen.includes(id) : chosen.includes(one)))
    onCell(values.length === 0 ? null : { kind: 'codes', fact: column.subject, values, not: cell?.not ?? false })
  }
  return (
    <span className="row wrap" role="group" aria-label={label}>
      <span className="sm muted">{t(cell?.not ? 'lab.isNot' : 'lab.is')}</span>
      {column.values.map((one) => <button key={one.id} type="button" className={chosen.includes(one.id) ? 'pick y' : 'pick'} aria-pressed={chosen.includes(one.id)} title={both(one)} onClick={() => toggle(one.id)}>{chosen.includes(one.id) && <Icon name="check" />}{shortCode(both(one))}</button>)}
      {chosen.length > 0 && <button type="button" className="lk sm" onClick={() => onCell(null)}>{t('lab.any')}</button>}
    </span>
  )
}

function YesNo({ column, cell, label, onCell }: { readonly column: TableColumn; readonly cell: Cell | undefined; readonly label: string; readonly onCell: CellProps['onCell'] }) {
  const { t } = useWords()
  const now = cell?.kind === 'yesNo' ? cell.yes : null
  const pick = (yes: boolean | null) => onCell(yes === null ? null : { kind: 'yesNo', subject: column.subject, yes })
  return (
    <span className="row" role="group" aria-label={label}>
      <span className="sm muted">{label}</span>
      {([[true, 'lab.yes'], [false, 'lab.not'], [null, 'lab.any']] as const).map(([yes, word]) => <button key={word} type="button" className={now === yes ? 'pick y' : 'pick'} aria-pressed={now === yes} onClick={() => pick(yes)}>{t(word)}</button>)}
    </span>
  )
}

interface Typed {
  readonly value: number | string
  readonly param: boolean
}

/** A number, money in yuan, a day or month, or one of the rates of the policy. */
function Limit({ bound, column, table, label, onBound }: { readonly bound: Bound | null; readonly column: TableColumn; readonly table: PolicyTable; readonly label: string; readonly onBound: (typed: Typed | null) => void }) {
  const { t, both } = useWords()
  const money = column.type === 'fen'
  const shown = bound === null ? '' : typeof bound.value === 'number' ? (money ? String(bound.value / 100) : String(bound.value)) : bound.param ? '' : bound.value
  const [text, setText] = useState(shown)
  const [wrong, setWrong] = useState(false)
  // Money is compared with rates in money, an age or a count with the rest.
  const params = column.type === 'int' || money ? table.params.filter((one) => (one.unit ?? '').startsWith('分') === money) : []
  const read = (typed: string) => {
    setText(typed)
    const bare = typed.trim()
    if (bare === '') { setWrong(false); onBound(null); return }
    const value = column.type === 'day' ? parseDay(bare) : column.type === 'month' ? (/^\d{4}-\d{2}$/.test(bare) ? bare : null) : money ? (/^\d{1,8}(\.\d{1,2})?$/.test(bare) ? Math.round(Number(bare) * 100) : null) : /^\d{1,9}$/.test(bare) ? Number(bare) : null
    setWrong(value === null)
    if (value !== null) onBound({ value, param: false })
  }
  return (
    <label className="limit">
      <span className="sm muted">{label}</span>
      {!(bound?.param) && <input className="in" inputMode={column.type === 'day' ? 'numeric' : 'decimal'} autoComplete="off" size={money || column.type === 'day' ? 10 : 5} aria-invalid={wrong} placeholder={t('lab.none')} value={text} onChange={(event) => read(event.target.value)} />}
      {column.unit && !(bound?.param) && <span className="sm">{both(column.unit)}</span>}
      {params.length > 0 && (
        <select aria-label={t('lab.byRate')} value={bound?.param ? String(bound.value) : ''} onChange={(event) => onBound(event.target.value === '' ? null : { value: event.target.value, param: true })}>
          <option value="">{t('lab.byNumber')}</option>{params.map((one) => <option key={one.name} value={one.name}>{one.label ? both(one.label) : one.name}</option>)}
        </select>
      )}
    </label>
  )
}

function Range({ column, cell, table, label, onCell }: { readonly column: TableColumn; readonly cell: Extract<Cell, { kind: 'range' }> | undefined; readonly table: PolicyTable; readonly label: string; readonly onCell: CellProps['onCell'] }) {
  const { t } = useWords()
  const put = (side: 'from' | 'to', op: Operator, typed: Typed | null) => {
    const next = { kind: 'range' as const, fact: column.subject, from: cell?.from ?? null, to: cell?.to ?? null, [side]: typed === null ? null : { op, ...typed } }
    onCell(next.from === null && next.to === null ? null : next)
  }
  const [low, high]: [Operator, Operator] = [cell?.from?.op ?? '>=', cell?.to?.op ?? (column.subject === 'age' ? '<' : '<=')]
  return (
    <span className="row wrap" role="group" aria-label={label}>
      <Limit key={`from ${cell?.from?.param}`} bound={cell?.from ?? null} column={column} table={table} label={t(low === '>=' ? 'lab.atLeast' : 'lab.moreThan')} onBound={(typed) => put('from', low, typed)} />
      <Limit key={`to ${cell?.to?.param}`} bound={cell?.to ?? null} column={column} table={table} label={t(high === '<=' ? 'lab.atMost' : 'lab.below')} onBound={(typed) => put('to', high, typed)} />
    </span>
  )
}

function Within({ column, cell, label, onCell }: { readonly column: TableColumn; readonly cell: Extract<Cell, { kind: 'within' }> | undefined; readonly label: string; readonly onCell: CellProps['onCell'] }) {
  const { t } = useWords()
  const [text, setText] = useState(cell ? String(cell.n) : '')
  const unit = cell?.unit ?? 'month'
  const put = (n: string, next: typeof unit) => {
    setText(n)
    if (n.trim() === '') onCell(null)
    else if (/^\d{1,4}$/.test(n.trim())) onCell({ kind: 'within', fact: column.subject, n: Number(n), unit: next })
  }
  return (
    <label className="limit">
      <span className="sm muted">{label}</span>
      <input className="in" inputMode="numeric" autoComplete="off" size={4} value={text} onChange={(event) => put(event.target.value, unit)} />
      <select aria-label={t('lab.unit')} value={unit} onChange={(event) => put(text, event.target.value as typeof unit)}><option value="day">{t('lab.days')}</option><option value="month">{t('lab.months')}</option><option value="year">{t('lab.years')}</option></select>
    </label>
  )
}

/** What no cell can show stays readable and editable as written. */
function Expression({ cell, label, onCell }: { readonly cell: Extract<Cell, { kind: 'expression' }> | undefined; readonly label: string; readonly onCell: CellProps['onCell'] }) {
  const { t } = useWords()
  const [text, setText] = useState(cell?.texts.join(' && ') ?? '')
  return (
    <label className="limit grow">
      <span className="sm muted">{label}</span>
      <input className="in mono grow" autoComplete="off" spellCheck={false} value={text} onChange={(event) => { setText(event.target.value); onCell(event.target.value.trim() === '' ? null : { kind: 'expression', texts: [event.target.value.trim()] }) }} />
      <span className="sm muted">{t('lab.expression')}</span>
    </label>
  )
}

/** A rate changes from a day and keeps what it was before; a rate several rows share says which. */
export function AmountEditor({ lab, table, row }: { readonly lab: Lab; readonly table: PolicyTable; readonly row: DecisionRow }) {
  const { t, both } = useWords()
  const { amount } = row
  const param = amount.kind === 'param' ? table.params.find((one) => one.name === amount.name) : undefined
  const dated = param !== undefined
  const [from, setFrom] = useState(lab.at)
  const now = amount.kind === 'fixed' ? amount.fen : param ? paramOn(param.values, from) : null
  const [text, setText] = useState(now === null ? '' : String(now / 100))
  const [wrong, setWrong] = useState(false)
  const sharers = table.rows.flatMap((one, i) => (one.amount.kind === 'param' && amount.kind === 'param' && one.amount.name === amount.name && one.id !== row.id ? [i + 1] : []))
  if (amount.kind === 'expression') return <span className="sm">{t('lab.amount.expression')} <code>{amount.text}</code></span>
  const put = (typed: string, day: string) => {
    setText(typed)
    const fen = /^\d{1,7}(\.\d{1,2})?$/.test(typed.trim()) ? Math.round(Number(typed) * 100) : null
    setWrong(fen === null)
    if (fen !== null && (dated ? parseDay(day) !== null : true)) lab.edit({ do: 'amount', row: row.id, fen, from: dated ? parseDay(day) : null })
  }
  return (
    <span className="row wrap">
      <label className="limit"><span className="sm muted">{param?.label ? both(param.label) : t('lab.amount')}</span><input className="in" inputMode="decimal" autoComplete="off" size={8} aria-invalid={wrong} value={text} onChange={(event) => put(event.target.value, from)} /><span className="sm">{t('lab.yuan')}</span></label>
      {dated && <label className="limit"><span className="sm muted">{t('lab.from')}</span><input className="in" inputMode="numeric" autoComplete="off" size={10} value={from} aria-invalid={parseDay(from) === null} onChange={(event) => setFrom(event.target.value)} /></label>}
      {!dated && amount.kind === 'fixed' && <button type="button" className="b s" onClick={() => lab.edit({ do: 'amount', row: row.id, fen: amount.fen, from: lab.at })}>{t('lab.amount.date')}</button>}
      {param && <span className="sm muted">{param.values.map((one) => <span key={one.from} className="dated">{one.from} {t('lab.since')} {one.value === null ? '—' : yuanText(one.value)}{lab.write && param.values.length > 1 && !param.inherited && <button type="button" className="x" aria-label={t('lab.amount.drop', { day: one.from })} title={t('lab.amount.drop', { day: one.from })} onClick={() => lab.edit({ do: 'removeParamDay', name: param.name, from: one.from })}>×</button>}</span>)}</span>}
      {sharers.length > 0 && <span className="sm warn">{t('lab.amount.shared', { rows: sharers.join(t('lab.and')) })}</span>}
    </span>
  )
}

export function BasisEditor({ lab, table, row }: { readonly lab: Lab; readonly table: PolicyTable; readonly row: DecisionRow }) {
  const { t } = useWords()
  const toggle = (id: string) => {
    const next = row.basis.includes(id) ? row.basis.filter((one) => one !== id) : [...row.basis, id]
    if (next.length > 0) lab.edit({ do: 'basis', row: row.id, clauses: next })
  }
  return (
    <span className="row wrap" role="group" aria-label={t('lab.col.basis')}>
      <span className="sm muted">{t('lab.col.basis')}</span>
      {table.clauses.filter((one) => !one.inherited || row.basis.includes(one.id)).map((one) => <button key={one.id} type="button" className={row.basis.includes(one.id) ? 'pick y' : 'pick'} aria-pressed={row.basis.includes(one.id)} title={`${one.title ?? one.doc} ${one.quote ?? ''}`} onClick={() => toggle(one.id)}>{row.basis.includes(one.id) && <Icon name="check" />}{shortArticle(one.article, one.id)}</button>)}
      <span className="sm muted">{t('lab.basis.more')}</span>
    </span>
  )
}

export function LabelEditor({ lab, table, row, n, onDone }: { readonly lab: Lab; readonly table: PolicyTable; readonly row: DecisionRow; readonly n: number; readonly onDone: () => void }) {
  const { t } = useWords()
  const put = (zh: string, en: string) => { if (zh !== '' && en !== '') lab.edit({ do: 'label', row: row.id, zh, en }) }
  const [zh, en] = [row.label?.zh ?? '', row.label?.en ?? '']
  return (
    <span className="row wrap">
      <label className="limit"><span className="sm muted">{t('lab.row.zh', { n })}</span><input className="in" size={14} defaultValue={zh} onBlur={(event) => { if (event.target.value !== zh) put(event.target.value.trim(), en || event.target.value.trim()) }} /></label>
      <label className="limit"><span className="sm muted">English</span><input className="in" size={14} defaultValue={en} onBlur={(event) => { if (event.target.value !== en) put(zh || event.target.value.trim(), event.target.value.trim()) }} /></label>
      <button type="button" className="b s" disabled={n === 1} onClick={() => lab.edit({ do: 'moveRow', row: row.id, before: table.rows[n - 2]?.id ?? null })}>{t('lab.up')}</button>
      <button type="button" className="b s" disabled={n === table.rows.length} onClick={() => lab.edit({ do: 'moveRow', row: row.id, before: table.rows[n + 1]?.id ?? null })}>{t('lab.down')}</button>
      <button type="button" className="b s d" onClick={() => { if (lab.edit({ do: 'removeRow', row: row.id })) onDone() }}>{t('lab.row.remove')}</button>
    </span>
  )
}

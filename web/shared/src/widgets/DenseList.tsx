import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import { useKeys } from '../Keys.tsx'
import { typingIn } from '../keyboard.ts'
import { formatNumber } from '../words/format.ts'
import { useWords } from '../words/WordsProvider.tsx'
import { Skeleton, useWaitPhase } from './States.tsx'
import { DENSITIES, ROW_HEIGHT, listReducer, useDensity, useNarrow, visibleRange } from './listLogic.ts'
import type { Density, ListAct, ListState } from './listLogic.ts'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** A grid track: `120px`, `minmax(0,2fr)`; default one equal share. */
  readonly width?: string
  readonly numeric?: boolean
  readonly sortable?: boolean
  readonly cell: (row: Row) => ReactNode
}

export interface Sort {
  readonly column: string
  readonly down: boolean
}

export interface DenseListProps<Row> {
  /** The row height is remembered under this name, per user and list. */
  readonly id: string
  readonly label: string
  readonly rows: readonly Row[] | null
  readonly rowKey: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  /** Below 800 px a row is a card of this fixed height. */
  readonly card: (row: Row) => ReactNode
  readonly cardHeight?: number
  /** Enter opens this under the row. */
  readonly opened?: (row: Row) => ReactNode
  /** The second Enter, or a double press: the full page. */
  readonly onPage?: (row: Row) => void
  readonly onAct?: (row: Row) => void
  readonly onExport?: (selected: ReadonlySet<string>) => void
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** The sentence of filters, or anything that belongs above the head. */
  readonly toolbar?: ReactNode
  readonly empty: ReactNode
  /** More on the server: a button says how many; nothing loads by scrolling. */
  readonly more?: { readonly left: number; readonly load: () => void }
  readonly foot?: ReactNode
  /** Height of the list box; default fills what the page leaves. */
  readonly height?: string
}

/** A list for people who work in lists: keys, three row heights, 200,000 rows without effort. */
export function DenseList<Row>(props: DenseListProps<Row>) {
  const { rows, rowKey } = props
  const narrow = useNarrow()
  const [density, setDensity] = useDensity(props.id)
  const [state, setState] = useState<ListState>({ at: 0, opened: null, selected: new Set() })
  const box = useRef<HTMLDivElement>(null)
  const height = narrow ? (props.cardHeight ?? 66) : ROW_HEIGHT[density]
  const keys = rows?.map(rowKey) ?? []
  const act = (what: ListAct) => {
    const next = listReducer(state, what, keys)
    setState(next.state)
    if (next.state.selected !== state.selected) props.onSelect?.(next.state.selected)
    const row = rows?.[next.state.at]
    if (next.page && row !== undefined) props.onPage?.(row)
  }
  const here = rows?.[state.at]
  useListKeys(box, act, {
    onAct: props.onAct && here !== undefined ? () => props.onAct?.(here) : undefined,
    onExport: props.onExport && (() => props.onExport?.(state.selected)),
  })
  return (
    <section className="dl" style={{ height: props.height ?? (narrow ? 'max(420px, calc(100dvh - 240px))' : 'max(320px, calc(100dvh - 152px))') }} ref={box} aria-label={props.label}>
      <ListBar toolbar={props.toolbar} density={density} onDensity={setDensity} selected={state.selected.size} narrow={narrow} />
      {!narrow && <ListHead columns={props.columns} sort={props.sort} onSort={props.onSort} />}
      {rows === null ? <ListWaiting height={height} columns={props.columns.length} /> : rows.length === 0 ? props.empty : <ListBody {...props} rows={rows} keys={keys} state={state} act={act} narrow={narrow} rowHeight={height} />}
      {(props.more || props.foot) && <ListFoot more={props.more} foot={props.foot} />}
    </section>
  )
}

// Keys answer while the list holds the focus, and also when nothing else does.
function useListKeys(box: React.RefObject<HTMLDivElement | null>, act: (what: ListAct) => void, more: { readonly onAct: (() => void) | undefined; readonly onExport: (() => void) | undefined }): void {
  const onRow = (event: globalThis.KeyboardEvent) => !(event.target as HTMLElement).closest('button,a,summary') || (event.target as HTMLElement).closest('.dl-body') === event.target
  useKeys({
    j: () => act('down'), ArrowDown: () => act('down'), k: () => act('up'), ArrowUp: () => act('up'), Home: () => act('first'), End: () => act('last'),
    PageDown: () => act('pageDown'), PageUp: () => act('pageUp'), x: () => act('select'),
    Enter: (event) => onRow(event) && act('enter'),
    Escape: () => { act('close') },
    a: () => (more.onAct ? more.onAct() : false), e: () => (more.onExport ? more.onExport() : false),
  }, box)
}

function ListBar({ toolbar, density, onDensity, selected, narrow }: { readonly toolbar: ReactNode; readonly density: Density; readonly onDensity: (density: Density) => void; readonly selected: number; readonly narrow: boolean }) {
  const { t } = useWords()
  const word = { easy: 'common.density.easy', normal: 'common.density.normal', dense: 'common.density.dense' } as const
  if (narrow && !toolbar) return null
  return (
    <div className="dl-bar">
      <div className="grow row wrap">{toolbar}</div>
      {selected > 0 && <b role="status">{t('common.selected', { n: selected })}</b>}
      {!narrow && <div className="seg" role="group" aria-label={t('common.density')}>{DENSITIES.map((d) => <button key={d} type="button" aria-pressed={d === density} onClick={() => onDensity(d)}>{t(word[d])}</button>)}</div>}
    </div>
  )
}

function tracks<Row>(columns: readonly Column<Row>[]): CSSProperties {
  return { gridTemplateColumns: columns.map((column) => column.width ?? 'minmax(0,1fr)').join(' ') }
}

function ListHead<Row>({ columns, sort, onSort }: { readonly columns: readonly Column<Row>[]; readonly sort: Sort | undefined; readonly onSort: ((sort: Sort) => void) | undefined }) {
  const { t } = useWords()
  return (
    <div className="dl-head" style={tracks(columns)}>
      {columns.map((column) => {
        const on = sort?.column === column.id
        return (
          <span key={column.id} className={[column.numeric && 'num', on && 'by'].filter(Boolean).join(' ') || undefined}>
            {column.sortable && onSort
              ? <button type="button" title={t('list.sort', { column: column.title })} onClick={() => onSort({ column: column.id, down: on ? !sort.down : false })}>{column.title}{on && <><span aria-hidden> {sort.down ? '↓' : '↑'}</span><span className="sr">{t(sort.down ? 'list.sorted.down' : 'list.sorted.up')}</span></>}</button>
              : column.title}
          </span>
        )
      })}
    </div>
  )
}

function ListWaiting({ height, columns }: { readonly height: number; readonly columns: number }) {
  const { t } = useWords()
  const phase = useWaitPhase(true)
  return <div className="dl-body" role="status" aria-label={t('state.loading')}>{phase !== 'quiet' && <Skeleton rows={8} columns={Math.min(6, columns)} rowHeight={height} />}{phase === 'slow' && <p className="pad sm muted">{t('state.slow')}</p>}</div>
}

interface BodyProps<Row> extends DenseListProps<Row> {
  readonly rows: readonly Row[]
  readonly keys: readonly string[]
  readonly state: ListState
  readonly act: (what: ListAct | { readonly point: number }) => void
  readonly narrow: boolean
  readonly rowHeight: number
}

function ListBody<Row>(props: BodyProps<Row>) {
  const { rows, keys, state, rowHeight: height, narrow } = props
  const { t } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 600 })
  const [openHeight, setOpenHeight] = useState(0)
  const openAt = state.opened === null ? -1 : keys.indexOf(state.opened)
  useBoxSize(box, setSeen)
  useLayoutEffect(() => {
    const el = box.current
    if (!el) return
    const top = state.at * height + (openAt >= 0 && openAt < state.at ? openHeight : 0)
    if (top < el.scrollTop) el.scrollTop = top
    else if (top + height > el.scrollTop + el.clientHeight) el.scrollTop = top + height - el.clientHeight
  // Only a move of the cursor scrolls; a change of height must not pull the page.
  }, [state.at])
  const { from, to } = visibleRange({ top: seen.top, viewport: seen.height, rowHeight: height, count: rows.length, openAt, openHeight })
  const before = from * height + (openAt >= 0 && openAt < from ? openHeight : 0)
  const total = rows.length * height + (openAt >= 0 ? openHeight : 0)
  return (
    <div ref={box} className="dl-body" role="grid" tabIndex={0} aria-rowcount={rows.length} aria-label={props.label} aria-description={t('list.keys')} aria-activedescendant={`${props.id}-${state.at}`} onScroll={(event) => setSeen({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}>
      <div style={{ height: total, position: 'relative' }}>
        <div style={{ position: 'absolute', left: 0, right: 0, top: before }}>
          {rows.slice(from, to).map((row, i) => (
            <RowView key={keys[from + i]} {...props} row={row} index={from + i} narrow={narrow}>
              {openAt === from + i && props.opened && <Opened onHeight={setOpenHeight}>{props.opened(row)}</Opened>}
            </RowView>
          ))}
        </div>
      </div>
    </div>
  )
}

function useBoxSize(box: React.RefObject<HTMLDivElement | null>, setSeen: (seen: { top: number; height: number }) => void): void {
  useEffect(() => {
    const el = box.current
    if (!el) return
    const read = () => setSeen({ top: el.scrollTop, height: el.clientHeight })
    const watch = new ResizeObserver(read)
    watch.observe(el)
    read()
    return () => watch.disconnect()
  }, [box, setSeen])
}

function Opened({ onHeight, children }: { readonly onHeight: (height: number) => void; readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const el = ref.current
    if (!el) return
    const watch = new ResizeObserver(() => onHeight(el.offsetHeight))
    watch.observe(el)
    onHeight(el.offsetHeight)
    return () => { watch.disconnect(); onHeight(0) }
  }, [onHeight])
  return <div className="dl-open" ref={ref}>{children}</div>
}

function RowView<Row>({ row, index, children, ...props }: BodyProps<Row> & { readonly row: Row; readonly index: number; readonly children: ReactNode }) {
  const { t } = useWords()
  const { state, act, rows } = props
  const selected = state.selected.has(props.rowKey(row))
  const className = `dl-row${index === state.at ? ' on' : ''}${selected ? ' sel' : ''}`
  const press = (event: MouseEvent | KeyboardEvent) => {
    const inside = (event.target as HTMLElement).closest('button,a,input,label')
    if (!inside && !typingIn(event.target as HTMLElement)) act({ point: index })
  }
  const common = { id: `${props.id}-${index}`, role: 'row', 'aria-rowindex': index + 1, 'aria-selected': selected, 'aria-label': t('list.row', { n: formatNumber(index + 1), total: formatNumber(rows.length) }), onClick: press }
  if (props.narrow) return <><div {...common} className={`${className} dl-card`} style={{ height: props.rowHeight, display: 'block' }}><div role="gridcell" style={{ display: 'contents' }}>{props.card(row)}</div></div>{children}</>
  return (
    <>
      <div {...common} className={className} style={{ ...tracks(props.columns), height: props.rowHeight }} onDoubleClick={() => props.onPage?.(row)}>
        {props.columns.map((column) => <span key={column.id} role="gridcell" className={column.numeric ? 'num' : undefined}>{column.cell(row)}</span>)}
      </div>
      {children}
    </>
  )
}

function ListFoot({ more, foot }: { readonly more: DenseListProps<unknown>['more']; readonly foot: ReactNode }) {
  const { t } = useWords()
  return <div className="dl-foot">{foot}{more && more.left > 0 && <button type="button" className="b s end" onClick={more.load}><Icon name="down" />{t('common.more', { n: formatNumber(more.left) })}</button>}</div>
}

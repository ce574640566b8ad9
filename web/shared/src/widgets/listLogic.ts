import { useCallback, useEffect, useState } from 'react'

/** What a list does with keys and scrolling, without a browser. */
export type Density = 'easy' | 'normal' | 'dense'
export const DENSITIES: readonly Density[] = ['easy', 'normal', 'dense']
/** Pixels. */
export const ROW_HEIGHT: Readonly<Record<Density, number>> = { easy: 44, normal: 36, dense: 28 }

export interface ListState {
  /** Row of the cursor. */
  readonly at: number
  /** Key of the row opened in place. */
  readonly opened: string | null
  readonly selected: ReadonlySet<string>
}

export type ListAct = 'down' | 'up' | 'first' | 'last' | 'pageDown' | 'pageUp' | 'enter' | 'close' | 'select' | { readonly point: number }

const PAGE = 15

function moved(act: ListAct, at: number, count: number): number | null {
  const last = Math.max(0, count - 1)
  switch (act) {
    case 'down': return Math.min(last, at + 1)
    case 'up': return Math.max(0, at - 1)
    case 'first': return 0
    case 'last': return last
    case 'pageDown': return Math.min(last, at + PAGE)
    case 'pageUp': return Math.max(0, at - PAGE)
    default: return null
  }
}

/** Enter opens the row in place; Enter on the opened row asks for its page. A press does the same as Enter, but closes an open row. */
export function listReducer(state: ListState, act: ListAct, keys: readonly string[]): { readonly state: ListState; readonly page: boolean } {
  const stay = (next: Partial<ListState>) => ({ state: { ...state, ...next }, page: false })
  const at = moved(act, state.at, keys.length)
  if (at !== null) return stay({ at })
  if (act === 'close') return stay({ opened: null })
  const target = typeof act === 'object' ? act.point : state.at
  const key = keys[target]
  if (key === undefined) return stay({})
  if (act === 'select') return stay({ selected: toggled(state.selected, key) })
  if (typeof act === 'object') return stay({ at: target, opened: state.opened === key ? null : key })
  return state.opened === key ? { state, page: true } : stay({ opened: key })
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

export interface RangeInput {
  readonly top: number
  readonly viewport: number
  readonly rowHeight: number
  readonly count: number
  /** -1 when none. */
  readonly openAt: number
  readonly openHeight: number
}

const OVERSCAN = 6

/** Rows to draw, end exclusive; the opened row's panel pushes later rows down. */
export function visibleRange({ top, viewport, rowHeight, count, openAt, openHeight }: RangeInput): { readonly from: number; readonly to: number } {
  const rowAt = (y: number) => {
    const openEnd = (openAt + 1) * rowHeight
    if (openAt < 0 || y <= openEnd) return Math.floor(y / rowHeight)
    return Math.max(openAt, Math.floor((y - openHeight) / rowHeight))
  }
  return { from: Math.max(0, rowAt(top) - OVERSCAN), to: Math.min(count, rowAt(top + viewport) + 1 + OVERSCAN) }
}

export function useDensity(list: string): readonly [Density, (density: Density) => void] {
  const store = `songbai.density.${list}`
  const [density, choose] = useState<Density>(() => DENSITIES.find((d) => d === localStorage.getItem(store)) ?? 'normal')
  const set = useCallback((next: Density) => {
    localStorage.setItem(store, next)
    choose(next)
  }, [store])
  return [density, set]
}

const NARROW = '(max-width: 799px)'

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches)
  useEffect(() => {
    const query = matchMedia(NARROW)
    const read = () => setNarrow(query.matches)
    query.addEventListener('change', read)
    return () => query.removeEventListener('change', read)
  }, [])
  return narrow
}

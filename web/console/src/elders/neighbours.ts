/** The list last opened, for `[` and `]` on a person's page. Kept for this tab only. */
const KEY = 'songbai.elders.list'
const MOST = 2000

export interface OpenedList {
  readonly ids: readonly string[]
  readonly total: number
  /** Where the list stands: /elders?cat=alone. */
  readonly from: string
}

export function rememberList(list: OpenedList): void {
  sessionStorage.setItem(KEY, JSON.stringify({ ...list, ids: list.ids.slice(0, MOST) }))
}

export interface Neighbours {
  readonly at: number
  readonly total: number
  readonly before: string | null
  readonly after: string | null
  readonly from: string
}

/** Null when the person is not in the list last opened. */
export function neighboursOf(id: string, list: OpenedList | null): Neighbours | null {
  const at = list?.ids.indexOf(id) ?? -1
  if (!list || at < 0) return null
  return { at: at + 1, total: list.total, before: list.ids[at - 1] ?? null, after: list.ids[at + 1] ?? null, from: list.from }
}

export function lastList(): OpenedList | null {
  const text = sessionStorage.getItem(KEY)
  return text === null ? null : (JSON.parse(text) as OpenedList)
}

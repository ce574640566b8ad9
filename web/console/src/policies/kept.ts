/** What is typed and not yet saved, kept in this browser so that a closed window loses nothing. */
export interface Kept {
  readonly text: string
  /** When the draft had last been saved as the writer knew it; null where an older program kept the text alone. */
  readonly seen: number | null
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEY = (id: string): string => `songbai.policy.${id}`

export function readKept(shelf: Shelf, id: string): Kept | null {
  const raw = shelf.getItem(KEY(id))
  if (raw === null) return null
  try {
    const got = JSON.parse(raw) as Partial<Kept> | null
    if (typeof got?.text === 'string' && typeof got.seen === 'number') return { text: got.text, seen: got.seen }
  } catch {
    // A text by itself is no JSON.
  }
  return { text: raw, seen: null }
}

/** False when the browser has no room or forbids it; the text is then on the screen alone. */
export function keep(shelf: Shelf, id: string, kept: { readonly text: string; readonly seen: number }): boolean {
  try {
    shelf.setItem(KEY(id), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function dropKept(shelf: Shelf, id: string): void {
  shelf.removeItem(KEY(id))
}

/** Kept here and saved there may both have moved on: then a person chooses. Nothing of the two is lost until then. */
export function startOf(kept: Kept | null, saved: { readonly text: string; readonly seen: number }): { readonly text: string; readonly seen: number; readonly torn: boolean } {
  if (kept === null || kept.text === saved.text) return { ...saved, torn: false }
  return { text: kept.text, seen: kept.seen ?? 0, torn: kept.seen !== saved.seen }
}

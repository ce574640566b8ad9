/** Keyboard rules without a browser: names of keys, when letters sleep, two-key chords. */
export interface KeyLike {
  readonly key: string
  readonly altKey?: boolean
  readonly ctrlKey?: boolean
  readonly metaKey?: boolean
  readonly shiftKey?: boolean
  readonly isComposing?: boolean
  readonly keyCode?: number
}

export interface TargetLike {
  readonly tagName?: string
  readonly type?: string
  readonly isContentEditable?: boolean
}

// A Chinese keyboard layout sends the full-width twin while no word is being composed.
const TWINS: Readonly<Record<string, string>> = { '？': '?', '／': '/', '、': '/', '【': '[', '】': ']' }
const NOT_TYPING = new Set(['button', 'checkbox', 'radio', 'range', 'submit', 'reset', 'file', 'color', 'image'])

/** `j`, `Enter`, `Alt+ArrowUp`; null for browser and system shortcuts, which are never ours. */
export function keyName(event: KeyLike): string | null {
  if (event.ctrlKey || event.metaKey) return null
  const key = TWINS[event.key] ?? event.key
  const name = key.length === 1 ? key.toLowerCase() : key
  return event.altKey ? `Alt+${name}` : name
}

/** 229 is what browsers send while an input method holds the key. */
export function composing(event: KeyLike): boolean {
  return event.isComposing === true || event.keyCode === 229 || event.key === 'Process'
}

export function typingIn(target: TargetLike | null): boolean {
  if (!target) return false
  const tag = target.tagName?.toUpperCase()
  if (tag === 'INPUT') return !NOT_TYPING.has(target.type ?? 'text')
  return tag === 'TEXTAREA' || tag === 'SELECT' || target.isContentEditable === true
}

/** In a field only Escape and function keys are ours. */
export function asleep(event: KeyLike, target: TargetLike | null): boolean {
  if (composing(event)) return true
  return typingIn(target) && !/^(Escape|F\d+)$/.test(event.key)
}

const CHORD_MS = 1500

/** Remembers a first key (`g`) for a second and a half. */
export function createChords(prefixes: ReadonlySet<string>): (name: string, nowMs: number) => string | null {
  let held: { readonly name: string; readonly at: number } | null = null
  return (name, nowMs) => {
    const first = held !== null && nowMs - held.at <= CHORD_MS ? held.name : null
    held = null
    if (first) return `${first} ${name}`
    if (!prefixes.has(name)) return name
    held = { name, at: nowMs }
    return null
  }
}

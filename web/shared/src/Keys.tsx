import { createContext, useContext, useEffect, useMemo, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { asleep, createChords, keyName } from './keyboard.ts'

/** What to do for a key; returning false passes the key on to older bindings. */
export type Bindings = Readonly<Record<string, (event: KeyboardEvent) => unknown>>

interface Layer {
  readonly bindings: () => Bindings
  readonly within?: RefObject<HTMLElement | null>
}

interface Keys {
  readonly add: (layer: Layer) => () => void
}

const KeysContext = createContext<Keys | null>(null)
const PREFIXES = new Set(['g'])

/** A dialog owns the keys while it is open. */
function blocked(): boolean {
  return document.querySelector('dialog[open]:not([data-keys])') !== null
}

// The part of the page that holds the focus answers first, then the newest.
function inOrder(layers: readonly Layer[]): readonly Layer[] {
  const holds = (layer: Layer) => Number(layer.within?.current?.contains(document.activeElement) ?? false)
  return layers.map((layer, at) => ({ layer, at })).sort((a, b) => holds(b.layer) - holds(a.layer) || b.at - a.at).map((x) => x.layer)
}

function listen(layers: readonly Layer[]): () => void {
  const chord = createChords(PREFIXES)
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || blocked() || asleep(event, event.target as HTMLElement | null)) return
    const name = keyName(event)
    const pressed = name && chord(name, event.timeStamp)
    if (!pressed) return
    for (const layer of inOrder(layers)) {
      const act = layer.bindings()[pressed]
      if (act && act(event) !== false) return event.preventDefault()
    }
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const layers = useRef<Layer[]>([])
  useEffect(() => listen(layers.current), [])
  const keys = useMemo<Keys>(() => ({
    add(layer) {
      layers.current.push(layer)
      return () => void layers.current.splice(layers.current.indexOf(layer), 1)
    },
  }), [])
  return <KeysContext.Provider value={keys}>{children}</KeysContext.Provider>
}

/** Bind keys while the component is on screen: `useKeys({ j: down, 'g t': goToday })`. Enter and Space are left to a focused button. */
export function useKeys(bindings: Bindings, within?: RefObject<HTMLElement | null>): void {
  const keys = useContext(KeysContext)
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => keys?.add({ bindings: () => latest.current, ...(within ? { within } : {}) }), [keys, within])
}

export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd>{children}</kbd>
}

/** The draft as the server holds it, as far as this page knows. */
export interface Rest {
  readonly text: string
  readonly seen: number
}

export type Sent = { readonly ok: true; readonly savedAt: number } | { readonly ok: false }

export interface Saver {
  readonly rest: () => Rest
  readonly busy: () => boolean
  /** True when this text, or a newer one asked for meanwhile, is stored. */
  readonly save: (text: string, base?: number) => Promise<boolean>
  /** What another saved was read here: later saves go on from it. */
  readonly settle: (rest: Rest) => void
}

/**
 * One save at a time. A save that is slower than the hand does not overlap the next: the next waits, carries the
 * newest text alone, and names the save before it as the one it has seen.
 */
export function createSaver(from: Rest, send: (text: string, seen: number, base: number | undefined) => Promise<Sent>, changed: (rest: Rest) => void): Saver {
  let rest = from
  let going: Promise<boolean> | null = null
  let next: { readonly text: string; readonly base: number | undefined } | null = null
  const settle = (to: Rest): void => {
    rest = to
    changed(to)
  }
  const drain = async (): Promise<boolean> => {
    // `going` is set before the first text is looked at.
    await Promise.resolve()
    try {
      while (next !== null) {
        const { text, base } = next
        next = null
        if (text === rest.text && base === undefined) continue
        const answer = await send(text, rest.seen, base)
        if (!answer.ok) return false
        settle({ text, seen: answer.savedAt })
      }
      return true
    } finally {
      next = null
      going = null
    }
  }
  return {
    rest: () => rest, busy: () => going !== null, settle,
    save: (text, base) => {
      next = { text, base: base ?? next?.base }
      going ??= drain()
      return going
    },
  }
}

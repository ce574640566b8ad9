/** Texts one after another, with what was undone kept until something else is done. Typing in one place within a short time is one step. */
export interface History { readonly text: string; readonly past: readonly string[]; readonly future: readonly string[]; readonly mark: string | null }

const MOST_STEPS = 200

export function startHistory(text: string): History {
  return { text, past: [], future: [], mark: null }
}

/** [T11] `mark` names what is being typed into: steps of one mark in a row are undone together. */
export function step(h: History, text: string, mark: string | null = null): History {
  if (text === h.text) return h
  if (mark !== null && mark === h.mark) return { ...h, text, future: [] }
  return { text, past: [...h.past, h.text].slice(-MOST_STEPS), future: [], mark }
}

export function undo(h: History): History {
  const before = h.past.at(-1)
  return before === undefined ? h : { text: before, past: h.past.slice(0, -1), future: [h.text, ...h.future], mark: null }
}

export function redo(h: History): History {
  const [next, ...rest] = h.future
  return next === undefined ? h : { text: next, past: [...h.past, h.text], future: rest, mark: null }
}

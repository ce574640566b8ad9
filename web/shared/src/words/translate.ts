import { CATALOGUE, isWordKey } from './catalogue.ts'
import type { Lang, MaybeArgs, WordKey } from './catalogue.ts'

const SLOT = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g

export type Slot = { readonly name: string; readonly one?: string; readonly other?: string }

/** A sentence cut at its slots: text and slots alternate, starting with text. */
export function partsOf(text: string): readonly (string | Slot)[] {
  const parts: (string | Slot)[] = []
  let from = 0
  for (const found of text.matchAll(SLOT)) {
    parts.push(text.slice(from, found.index))
    const [whole, name, one, other] = found
    parts.push(one === undefined ? { name: name! } : { name: name!, one, other: other! })
    from = found.index + whole.length
  }
  parts.push(text.slice(from))
  return parts
}

/** `{n|one|other}` chooses by the number in `n`, also when it arrives as text with thousands commas. */
export function chosen(slot: Slot, value: unknown): string | null {
  if (slot.one === undefined) return null
  return Number(String(value).replaceAll(',', '')) === 1 ? slot.one : (slot.other ?? '')
}

function fill(text: string, args: Readonly<Record<string, unknown>>): string {
  return partsOf(text).map((part) => (typeof part === 'string' ? part : (chosen(part, args[part.name]) ?? String(args[part.name] ?? '')))).join('')
}

export type Translate = <K extends WordKey>(key: K, ...args: MaybeArgs<K, string | number>) => string

export function translator(lang: Lang): Translate {
  const words = CATALOGUE[lang]
  return (key, ...args) => fill(words[key], (args[0] ?? {}) as Record<string, unknown>)
}

export interface RefusalWords {
  readonly what: string
  readonly why: string
  readonly now: string
}

/** A refusal in three parts. An unknown code still says something true and gives the code to read out. */
export function refusalWords(lang: Lang, code: string, args: Readonly<Record<string, unknown>> = {}): RefusalWords {
  const key = `refusal.${code}`
  const known = isWordKey(key)
  const text = CATALOGUE[lang][known ? key : 'refusal.unknownCode']
  // An argument in both languages (the name of a scale, a list of items) fills the slot {words}.
  const words = lang === 'en' ? args.en : args.zh
  const [what = '', why = '', now = ''] = fill(text, known ? { ...args, words } : { code }).split('\n')
  return { what, why, now }
}

export function problemWords(lang: Lang, code: string): string {
  const key = `problem.${code}`
  return CATALOGUE[lang][isWordKey(key) ? key : 'problem.bug']
}

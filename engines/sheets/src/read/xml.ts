import { SheetsError } from '../types.ts'

/** `name` comes without its prefix; `tag` is the raw text between `<` and `>` for {@link attribute}. */
export interface XmlHandler {
  open(name: string, tag: string): void
  close(name: string): void
  text(text: string): void
}

export interface XmlOptions {
  /** HTML: doctypes are skipped and broken markup is read as text. In XML a doctype is refused: it is where entity attacks live. */
  readonly html?: boolean
}

const maxMarkup = 256 * 1024

/**
 * A tokenizer for text that arrives in pieces. It keeps at most one unfinished tag, hands text on as it comes and never
 * expands anything but the five XML entities and character numbers, so time is linear and memory flat for any input.
 */
export class XmlTokenizer {
  readonly #handler: XmlHandler
  readonly #html: boolean
  #rest = ''
  #skipUntil: string | undefined

  constructor(handler: XmlHandler, options: XmlOptions = {}) {
    this.#handler = handler
    this.#html = options.html === true
  }

  push(piece: string): void {
    const s = this.#rest === '' ? piece : this.#rest + piece
    this.#rest = ''
    let at = 0
    while (at < s.length) {
      const next = this.#skipUntil !== undefined ? this.#skip(s, at) : this.#step(s, at)
      if (next < 0) {
        this.#keep(s.slice(at))
        return
      }
      at = next
    }
  }

  end(): void {
    if (this.#rest !== '' && this.#html) this.#handler.text(decodeEntities(this.#rest, true))
    else if (this.#rest.trim() !== '' || this.#skipUntil !== undefined) throw new SheetsError('sheets.broken', { part: 'xml' })
    this.#rest = ''
  }

  #keep(rest: string): void {
    if (rest.length > maxMarkup) throw new SheetsError('sheets.unsafe_xml', { reason: 'long_markup' })
    this.#rest = rest
  }

  #skip(s: string, at: number): number {
    const until = this.#skipUntil!
    const found = s.indexOf(until, at)
    if (found < 0) {
      this.#rest = s.slice(Math.max(at, s.length - until.length + 1))
      return s.length
    }
    this.#skipUntil = undefined
    return found + until.length
  }

  /** One token from `at`; -1 when it is unfinished. */
  #step(s: string, at: number): number {
    if (s.charCodeAt(at) !== 60) return this.#text(s, at)
    const c = s.charCodeAt(at + 1)
    if (Number.isNaN(c)) return -1
    if (c === 33 || c === 63) return this.#special(s, at)
    if (this.#html && !/[a-zA-Z/]/.test(s[at + 1]!)) {
      this.#handler.text('<')
      return at + 1
    }
    const end = tagEnd(s, at + 1)
    if (end < 0) return -1
    this.#tag(s, at, end)
    return end + 1
  }

  #text(s: string, at: number): number {
    let end = s.indexOf('<', at)
    if (end < 0) {
      end = s.length
      const amp = s.lastIndexOf('&')
      if (amp >= at && amp > s.length - 12 && s.indexOf(';', amp) < 0) end = amp
      if (end === at) return -1
    }
    const text = s.slice(at, end)
    this.#handler.text(text.includes('&') ? decodeEntities(text, this.#html) : text)
    return end
  }

  #special(s: string, at: number): number {
    if (s.startsWith('<!--', at)) { this.#skipUntil = '-->'; return at + 4 }
    if (s.startsWith('<![CDATA[', at)) return this.#cdata(s, at)
    if (s.charCodeAt(at + 1) === 63) { this.#skipUntil = '?>'; return at + 2 }
    if (s.length - at < 10) return -1
    if (this.#html) { this.#skipUntil = '>'; return at + 2 }
    throw new SheetsError('sheets.unsafe_xml', { reason: 'doctype' })
  }

  #cdata(s: string, at: number): number {
    const end = s.indexOf(']]>', at)
    if (end < 0) return -1
    this.#handler.text(s.slice(at + 9, end))
    return end + 3
  }

  #tag(s: string, at: number, end: number): void {
    if (s.charCodeAt(at + 1) === 47) {
      this.#handler.close(localName(s, at + 2, end))
      return
    }
    const selfClosing = s.charCodeAt(end - 1) === 47
    const name = localName(s, at + 1, selfClosing ? end - 1 : end)
    this.#handler.open(name, s.slice(at + 1, selfClosing ? end - 1 : end))
    if (selfClosing) this.#handler.close(name)
    else if (this.#html && /^(?:script|style)$/i.test(name)) this.#skipUntil = `</${name}`
  }
}

/** The `>` that ends the tag: one inside quotes does not count. */
function tagEnd(s: string, from: number): number {
  const end = s.indexOf('>', from)
  if (end < 0) return -1
  let quote = 0
  for (let i = from; i < s.length; i++) {
    const c = s.charCodeAt(i)
    if (quote !== 0) { if (c === quote) quote = 0 } else if (c === 34 || c === 39) quote = c
    else if (c === 62) return i
  }
  return -1
}

function localName(s: string, from: number, end: number): string {
  let start = from
  let i = from
  for (; i < end; i++) {
    const c = s.charCodeAt(i)
    if (c === 32 || c === 10 || c === 13 || c === 9 || c === 47) break
    if (c === 58) start = i + 1
  }
  return s.slice(start, i)
}

/** Value of an attribute by its name without prefix (`Index` finds `ss:Index`), undefined when absent. */
export function attribute(tag: string, name: string): string | undefined {
  for (let at = tag.indexOf(name); at >= 0; at = tag.indexOf(name, at + 1)) {
    const before = tag.charCodeAt(at - 1)
    if (before !== 32 && before !== 58 && before !== 10 && before !== 13 && before !== 9) continue
    let i = at + name.length
    while (tag.charCodeAt(i) === 32) i++
    if (tag.charCodeAt(i) !== 61) continue
    i++
    while (tag.charCodeAt(i) === 32) i++
    const quote = tag[i]
    if (quote !== '"' && quote !== "'") return /^[^\s>]*/.exec(tag.slice(i))![0]
    const end = tag.indexOf(quote, i + 1)
    const value = tag.slice(i + 1, end < 0 ? undefined : end)
    return value.includes('&') ? decodeEntities(value, false) : value
  }
  return undefined
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const htmlNamed: Record<string, string> = { ...named, nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', middot: '·', hellip: '…', mdash: '—', ldquo: '“', rdquo: '”' }

export function decodeEntities(text: string, html: boolean): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (all, dec: string, hex: string, name: string) => {
    if (name !== undefined) return (html ? htmlNamed : named)[name] ?? all
    const code = dec !== undefined ? Number(dec) : Number.parseInt(hex, 16)
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}

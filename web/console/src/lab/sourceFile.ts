import { DocxError, readDocx } from './docx.ts'
import { splitArticles } from './model.ts'
import type { Article } from './model.ts'

/** What cannot be read, by what the file begins with: the name of a file says little. */
export type Unread = 'pdf' | 'oldWord' | 'rtf' | 'page' | 'otherZip' | 'other' | 'damaged' | 'tooBig' | 'noWords' | 'encoding'
export type Read = { readonly text: string; readonly encoding: string | null; readonly numbered: number; readonly pictures: number; readonly damaged: number } | { readonly unread: Unread }

export const MOST_FILE_BYTES = 20_000_000

export async function readSourceFile(bytes: Uint8Array): Promise<Read> {
  if (bytes.length > MOST_FILE_BYTES) return { unread: 'tooBig' }
  const begins = (...head: number[]): boolean => head.every((one, n) => bytes[n] === one)
  if (begins(0x25, 0x50, 0x44, 0x46)) return { unread: 'pdf' }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return { unread: 'oldWord' }
  if (begins(0x7b, 0x5c, 0x72, 0x74, 0x66)) return { unread: 'rtf' }
  if (begins(0x50, 0x4b)) return readWord(bytes)
  const found = decodeText(bytes)
  if (found === null) return { unread: bytes.includes(0) ? 'other' : 'encoding' }
  if (/^\s*<(?:!doctype\s+html|html|\?xml)/i.test(found.text)) return { unread: 'page' }
  return found.text.trim() === '' ? { unread: 'noWords' } : { ...found, numbered: 0, pictures: 0 }
}

async function readWord(bytes: Uint8Array): Promise<Read> {
  try {
    const words = await readDocx(bytes)
    return words.text === '' ? { unread: 'noWords' } : { ...words, encoding: null, damaged: 0 }
  } catch (error) {
    if (!(error instanceof DocxError)) throw error
    return { unread: error.why === 'notDocument' ? 'otherZip' : error.why }
  }
}

interface Decoded {
  readonly text: string
  readonly encoding: string
  /** Characters that could not be read. */
  readonly damaged: number
}

/** A mark at the beginning decides, then whether every byte fits: Chinese in GBK is practically never right as UTF-8. */
export function decodeText(bytes: Uint8Array): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, 'utf-16be')
  // No text in one-byte steps has a zero; one in two-byte steps has some at every line end.
  if (bytes.includes(0)) return wide(bytes)
  const [utf8, gbk] = [decoded(bytes, 'utf-8'), decoded(bytes, 'gb18030')]
  const best = utf8.damaged <= gbk.damaged ? utf8 : gbk
  return best.damaged > Math.max(2, bytes.length / 1000) ? null : best
}

function decoded(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding).decode(bytes)
  return { text, encoding, damaged: text.split('�').length - 1 }
}

const ORDINARY = /[\t\n\r -~\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g

/** Without a mark, the order of bytes in which nearly everything is an ordinary character. Where the zeros stand does not tell: 一 is 4E00. */
function wide(bytes: Uint8Array): Decoded | null {
  if (bytes.length % 2 === 1) return null
  return [decoded(bytes, 'utf-16le'), decoded(bytes, 'utf-16be')].find(({ text }) => (text.match(ORDINARY)?.length ?? 0) >= text.length * 0.95) ?? null
}

/** What is kept holds this much: articles, characters of one, characters in all. */
const [MOST_ARTICLES, MOST_OF_ONE, MOST_IN_ALL] = [400, 4000, 250_000]

export interface Fitted {
  readonly articles: Article[]
  /** Labels of articles too long for one, kept in parts that follow each other. */
  readonly parted: string[]
  /** What did not fit: how many, and where it begins. */
  readonly left: { readonly n: number; readonly from: string } | null
}

/** The articles as they can be kept: nothing is cut out of the middle, and what is left off is named. */
export function fitArticles(text: string): Fitted {
  const parted: string[] = []
  const all = splitArticles(text).flatMap((one) => {
    const parts = partsOf(one.text)
    if (parts.length > 1) parted.push(one.label)
    return parts.map((part) => ({ label: one.label.slice(0, 40), text: part }))
  }).map((one, n): Article => ({ ...one, id: `a${n + 1}` }))
  let sum = 0
  const end = all.findIndex((one, n) => n >= MOST_ARTICLES || (sum += one.text.length) > MOST_IN_ALL)
  const first = all[end]
  return { articles: end < 0 ? all : all.slice(0, end), parted, left: first === undefined ? null : { n: all.length - end, from: `${first.label} ${first.text.slice(0, 12)}`.trim() } }
}

function partsOf(text: string): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > MOST_OF_ONE) {
    const room = rest.slice(0, MOST_OF_ONE)
    const at = Math.max(room.lastIndexOf('\n'), room.lastIndexOf('。'), room.lastIndexOf('；'))
    const cut = at > MOST_OF_ONE / 2 ? at + 1 : MOST_OF_ONE
    parts.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut)
  }
  return [...parts, rest.trim()]
}

/** Articles back as a text that is cut into the same ones: a label in brackets names its article too, a plain number lost its point. */
export function joinArticles(articles: readonly Pick<Article, 'label' | 'text'>[]): string {
  return articles.map(({ label, text }, n) => {
    // A part of the article before it goes on where that one ended.
    if (n > 0 && label !== '' && articles[n - 1]!.label === label) return text
    const inside = /（[^（）]+）$/.exec(label)?.[0]
    const head = inside ?? (/^[一二三四五六七八九十]+$/.test(label) ? `${label}、` : /^\d+$/.test(label) ? `${label}.` : label)
    return head === '' ? text : `${head}${/[）、.]$/.test(head) ? '' : '　'}${text}`
  }).join('\n')
}

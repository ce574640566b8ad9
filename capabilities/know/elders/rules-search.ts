/** What a line typed into the search box asks for. One classification for the box, the command line and the seat. */
import { halfWidth, normaliseName } from './rules.ts'

export type SearchKind =
  | { readonly kind: 'idNumber'; readonly value: string }
  | { readonly kind: 'phone'; readonly value: string }
  | { readonly kind: 'tail'; readonly value: string }
  | { readonly kind: 'letters'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string; /** Rest that may be a village: 冉秀兰 青龙村. */ readonly place: string | null }

/**
 * [S1] 15 or 18 characters of an ID number: the whole; 11 digits or a landline: a phone; 4 characters of digits (X last): tail of ID
 * or phone; letters: initials and pinyin; anything else: a name, or a village, or both with a space between.
 */
export function classify(text: string): SearchKind | null {
  const plain = halfWidth(text).trim()
  const packed = plain.replace(/[\s\-·]/g, '').toUpperCase()
  if (/^\d{15}$|^\d{17}[\dX]$/.test(packed)) return { kind: 'idNumber', value: packed }
  if (/^\d{7,12}$/.test(packed)) return { kind: 'phone', value: packed }
  if (/^\d{3}[\dX]$/.test(packed)) return { kind: 'tail', value: packed }
  if (/^[a-zA-Z'üÜ\s]+$/.test(plain)) {
    return { kind: 'letters', value: plain.toLowerCase().replaceAll('ü', 'v').replace(/['\s]/g, '') }
  }
  const [first, ...rest] = plain.split(/\s+/)
  if (!first || /^[\d\s]+$/.test(plain)) return null
  return { kind: 'name', value: normaliseName(first), place: rest.length > 0 ? rest.join('') : null }
}

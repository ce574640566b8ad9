/** The same person twice in one list: by ID number, or by sounding name, birth and place where a number is missing or differs by a slip. */
import type { PreparedElder } from '../elders/public.ts'
import { digitsApart } from '../elders/rules-duplicates.ts'
import type { Args } from '@songbai/sheets'

export interface Twice {
  readonly code: 'imports.twice-in-file' | 'imports.like-row'
  readonly args: Args
}

/** [I9] Remembers the rows that went by; answers what a later one repeats. The first row is never the one asked about. */
export function createTwice(): (row: number, person: PreparedElder) => Twice | null {
  const rows: number[] = []
  const names: string[] = []
  const numbers: (string | null)[] = []
  const byNumber = createFirsts()
  const byPerson = createFirsts()
  return (row, person): Twice | null => {
    const twin = person.idNumber === null ? null : byNumber.find(person.idNumber)
    if (twin !== null && numbers[twin] === person.idNumber) return { code: 'imports.twice-in-file', args: { row: rows[twin]!, name: names[twin]! } }
    const at = rows.push(row) - 1
    names.push(person.name)
    numbers.push(person.idNumber)
    if (person.idNumber !== null) byNumber.add(person.idNumber, at)
    if (person.birthDay === null) return null
    const key = `${person.pinyin} ${person.birthDay} ${person.region.slice(0, 9)}`
    const first = byPerson.find(key)
    if (first === null) {
      byPerson.add(key, at)
      return null
    }
    const before = numbers[first] ?? null
    const apart = before !== null && person.idNumber !== null ? digitsApart(before, person.idNumber) : null
    if (apart !== null && apart > 1) return null
    return { code: 'imports.like-row', args: { row: rows[first]!, name: names[first]!, why: [names[first] === person.name ? 'sameName' : 'soundsAlike', 'sameBirth', 'sameTownship', ...(apart === null ? [] : ['idOneDigit'])].join(',') } }
  }
}

interface Firsts {
  /** Where the first with this key stands; null when there was none. */
  find(key: string): number | null
  add(key: string, at: number): void
}

/**
 * Keys as two 32-bit hashes in typed arrays: a map of 200,000 texts would keep some 60 MB alive through the whole list. Two keys of
 * one hash (one list in a hundred million) would at worst put a question to a clerk.
 */
function createFirsts(): Firsts {
  let size = 1024
  let count = 0
  let [high, low, places] = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)]
  const slotOf = (a: number, b: number): number => {
    let slot = a & (size - 1)
    while (places[slot] !== 0 && (high[slot] !== a || low[slot] !== b)) slot = (slot + 1) & (size - 1)
    return slot
  }
  const put = (a: number, b: number, place: number): void => {
    const slot = slotOf(a, b)
    high[slot] = a
    low[slot] = b
    places[slot] = place
  }
  const grow = (): void => {
    const [oldHigh, oldLow, oldPlaces] = [high, low, places]
    size *= 2
    ;[high, low, places] = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)]
    for (let i = 0; i < oldPlaces.length; i++) if (oldPlaces[i] !== 0) put(oldHigh[i]!, oldLow[i]!, oldPlaces[i]!)
  }
  return {
    find(key) {
      const place = places[slotOf(hash(key, 0x811c9dc5), hash(key, 0x9e3779b9))]!
      return place === 0 ? null : place - 1
    },
    add(key, at) {
      if (++count * 2 > size) grow()
      put(hash(key, 0x811c9dc5), hash(key, 0x9e3779b9), at + 1)
    },
  }
}

/** FNV-1a over UTF-16 units with a closing mix (MurmurHash3's), so that neighbouring numbers spread. */
function hash(text: string, seed: number): number {
  let h = seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Sound of a name: PGlite has no Chinese collation, and clerks type initials. */
import { pinyin } from 'pinyin-pro'

export interface Sound {
  /** Syllables without spaces, as they are typed: "ranxiulan". Sort key. */
  readonly pinyin: string
  /** "rxl". */
  readonly initials: string
}

/** [E8] The first character is read as a family name (单 shàn, 冼 xiǎn); ü is written v as input methods do. Letters already there stay. */
export function soundOf(name: string): Sound {
  const syllables = plainSyllables(name) ?? readWhole(name)
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable[0]!).join('') }
}

function readWhole(name: string): string[] {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' }).map((part) => part.toLowerCase().replace(/[^a-z]/g, '')).filter((part) => part !== '')
}

/** Reading of each character met so far; null where it has several, so that the characters beside it decide. Some 4,000 characters are used in names. */
const readings = new Map<string, string | null>()

/** The same as {@link readWhole} for the four names in five that hold no character of two readings; a tenth of the time. */
function plainSyllables(name: string): string[] | null {
  const syllables: string[] = []
  for (const character of name) {
    let reading = readings.get(character)
    if (reading === undefined) readings.set(character, (reading = onlyReading(character)))
    if (reading === null) return null
    syllables.push(reading)
  }
  return syllables
}

function onlyReading(character: string): string | null {
  if (!/^\p{Script=Han}$/u.test(character)) return null
  const all = new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }))
  const [alone, asSurname] = [readWhole(character)[0], pinyin(character, { toneType: 'none', surname: 'all', v: true })]
  return all.size === 1 && all.has(asSurname) && alone === asSurname && alone !== '' && /^[a-z]+$/.test(alone) ? alone : null
}

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
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' }).map((part) => part.toLowerCase().replace(/[^a-z]/g, '')).filter((part) => part !== '')
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable[0]!).join('') }
}

/** How characters sound, with every reading, and the sounds hand-kept lists confuse. */
import { pinyin } from 'pinyin-pro'

export interface Sounds {
  /** Syllables without tone; the first is the common one. */
  readonly readings: readonly string[]
  /** The same with the pairs made equal that speakers of the south and west do not tell apart. */
  readonly near: readonly string[]
}

const known = new Map<string, Sounds>()

/** [N3] All readings of a character: 单 is dan, shan and chan. Letters sound as themselves. */
export function soundsOf(character: string): Sounds {
  let sounds = known.get(character)
  if (!sounds) {
    const readings = [...new Set(pinyin(character, { multiple: true, type: 'array', toneType: 'none', v: true, nonZh: 'consecutive' }).map((one) => one.toLowerCase()))].filter((one) => one !== '')
    const all = readings.length > 0 ? readings : [character]
    sounds = { readings: all, near: [...new Set(all.map(nearSound))] }
    known.set(character, sounds)
  }
  return sounds
}

/** [N4] zh ch sh as z c s, n as l, f as h before u, final ng as n: the slips of typing by ear. */
export function nearSound(syllable: string): string {
  return syllable.replace(/^([zcs])h/, '$1').replace(/^n(?=[aeiouv])/, 'l').replace(/^hu(?=[aeiou])/, 'f').replace(/^hu$/, 'fu').replace(/ng$/, 'n')
}

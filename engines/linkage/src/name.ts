/** Names as lists write them: cleaned once, compared by character and by sound. */
import { plainCharacter } from './characters.ts'
import { soundsOf, type Sounds } from './sound.ts'
import type { NameLevel } from './types.ts'

export interface ReadName {
  /** Blanks and signs taken out; dots of names in other languages are one sign. */
  readonly clean: string
  /** Clean without dots, each character in its compared form. */
  readonly plain: string
  readonly characters: readonly string[]
  readonly sounds: readonly Sounds[]
  /** First part of a name with a dot, compared form; null without one. */
  readonly firstPart: string | null
}

const READINGS_KEPT = 4

/** [N1] Half width, no blanks, one kind of dot, no remark in brackets (张三（故）). */
export function readName(raw: string): ReadName {
  const clean = raw.normalize('NFKC').replace(/[([【〔<][^)\]】〕>]*[)\]】〕>]?/g, '').replace(/[•‧∙・･．.。]/g, '·').replace(/[\s\u200b\ufeff'`]/g, '').replace(/^·+|·+$/g, '').toUpperCase()
  const form = (text: string): string => [...text.replaceAll('·', '')].map(plainCharacter).join('')
  const plain = form(clean)
  const characters = [...plain]
  const dot = clean.indexOf('·')
  return { clean, plain, characters, sounds: characters.map(soundsOf), firstPart: dot > 0 ? form(clean.slice(0, dot)) : null }
}

/** How two names agree; see SPEC [N5]–[N8]. */
export function nameLevel(a: ReadName, b: ReadName): NameLevel {
  if (a.plain === '' || b.plain === '') return 'missing'
  if (a.clean === b.clean) return 'same'
  if (a.plain === b.plain) return a.clean.replaceAll('·', '') === b.clean.replaceAll('·', '') ? 'same' : 'variant'
  const [x, y] = [a.characters, b.characters]
  if (x.length === y.length) {
    const level = sameLength(a, b)
    if (level !== null) return level
  }
  if (oneLonger(x, y)) return 'oneCharacter'
  if (isPart(a, b) || isPart(b, a)) return 'part'
  return x[0] === y[0] || meet(a.sounds[0]!.readings, b.sounds[0]!.readings) ? 'surname' : 'differ'
}

/** Character by character: alike in sound, in near sound, or one apart. */
function sameLength(a: ReadName, b: ReadName): NameLevel | null {
  let [near, apart] = [false, 0]
  for (let i = 0; i < a.characters.length; i++) {
    if (a.characters[i] === b.characters[i] || meet(a.sounds[i]!.readings, b.sounds[i]!.readings)) continue
    if (meet(a.sounds[i]!.near, b.sounds[i]!.near)) near = true
    else apart++
  }
  if (apart === 0) return near ? 'nearSound' : 'sound'
  // Of two characters one is half the name: 王兰 and 王芳 share no more than the family.
  if (apart === 1 && a.characters.length >= 3) return 'oneCharacter'
  return isSwapped(a.characters, b.characters) ? 'oneCharacter' : null
}

function isSwapped(x: readonly string[], y: readonly string[]): boolean {
  return x.length === 3 && x[0] === y[0] && x[1] === y[2] && x[2] === y[1]
}

/** 李秀 and 李秀英: one character left out inside a name of three or more. */
function oneLonger(x: readonly string[], y: readonly string[]): boolean {
  const [long, short] = x.length > y.length ? [x, y] : [y, x]
  if (long.length - short.length !== 1 || long.length < 3) return false
  let i = 0
  while (i < short.length && long[i] === short[i]) i++
  return long.slice(i + 1).join('') === short.slice(i).join('')
}

/** 买买提 for 买买提·艾合买提: the own name without the father's. */
function isPart(whole: ReadName, part: ReadName): boolean {
  return whole.firstPart !== null && whole.firstPart.length >= 2 && (part.plain === whole.firstPart || part.firstPart === whole.firstPart)
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  return a === b || a.some((one) => b.includes(one))
}

/** Near sounds of the whole name, at most four readings: what lists are looked up by. */
export function soundKeys(name: ReadName): string[] {
  let keys = ['']
  for (const { near } of name.sounds) keys = keys.flatMap((key) => near.map((one) => `${key} ${one}`)).slice(0, READINGS_KEPT)
  return keys
}

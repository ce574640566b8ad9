/** Citizen numbers as lists write them, and how far two of them are apart. GB 11643-1999. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export interface ReadId {
  /** Eighteen characters where the text allows it, else what was written without blanks. */
  readonly text: string
  /** The check character fits and the length is right. */
  readonly valid: boolean
}

/** [D1] Full width, blanks, a small or Cyrillic x are cleaned; fifteen digits become eighteen. Null for blank. */
export function readId(raw: string | null | undefined): ReadId | null {
  if (raw === null || raw === undefined) return null
  let text = raw.normalize('NFKC').replace(/[\s\-_.·'`]/g, '').replace(/[xхХ×]$/i, 'X')
  if (text === '') return null
  if (/^\d{15}$/.test(text)) text = `${text.slice(0, 6)}19${text.slice(6)}`
  if (/^\d{17}$/.test(text)) {
    // Seventeen digits are either an old number without its check or a new one that lost a digit; only the first can be told by its century.
    const completed = text + checkOf(text)
    if (raw.replace(/\D/g, '').length === 15) return { text: completed, valid: birthOf(completed) !== null }
    return { text, valid: false }
  }
  return { text, valid: /^\d{17}[\dX]$/.test(text) && checkOf(text) === text[17] && birthOf(text) !== null }
}

function checkOf(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (first17.charCodeAt(i) - 48)
  return CHECKS[sum % 11]!
}

/** Birth date inside a number, `19450302`; null when those digits are no date. */
export function birthOf(id18: string): number | null {
  const ymd = Number(id18.slice(6, 14))
  const [month, day] = [Math.floor(ymd / 100) % 100, ymd % 100]
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? ymd : null
}

export function sexOf(id18: string): 'male' | 'female' {
  return (id18.charCodeAt(16) - 48) % 2 === 1 ? 'male' : 'female'
}

/**
 * [D2] One slip of the hand: a wrong character, two neighbours swapped, one left out or one too many. The check character
 * follows from the rest, so it may differ beside the slip.
 */
export function oneSlipApart(a: string, b: string): boolean {
  if (a.length === b.length) return sameLengthSlip(a, b)
  const [long, short] = a.length > b.length ? [a, b] : [b, a]
  if (long.length - short.length !== 1) return false
  let i = 0
  while (i < short.length && long[i] === short[i]) i++
  return long.slice(i + 1) === short.slice(i)
}

function sameLengthSlip(a: string, b: string): boolean {
  const apart: number[] = []
  const end = a.length === 18 ? 17 : a.length
  for (let i = 0; i < end && apart.length < 3; i++) if (a[i] !== b[i]) apart.push(i)
  if (apart.length <= 1) return true
  const [i, j] = apart as [number, number]
  return apart.length === 2 && j === i + 1 && a[i] === b[j] && a[j] === b[i]
}

/**
 * [D3] A slip leaves a number whose check fails: two numbers that both pass and differ are two people, however near they are –
 * twins are registered one after the other.
 */
export function idLevel(a: ReadId | null, b: ReadId | null): 'same' | 'slip' | 'differ' | 'missing' {
  if (a === null || b === null) return 'missing'
  if (a.text === b.text) return 'same'
  if (a.valid && b.valid) return 'differ'
  if (oneSlipApart(a.text, b.text)) return 'slip'
  // A number cut short or half lost says nothing either way.
  return a.text.length < 15 || b.text.length < 15 ? 'missing' : 'differ'
}

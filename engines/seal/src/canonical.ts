/** What was wrong with a value, where in it, as a code: the words belong to the caller. */
export class SealError extends Error {
  readonly code: 'seal.notCanonical' | 'seal.badHash' | 'seal.badProof' | 'seal.doublePart'
  readonly why: string
  readonly path: string
  constructor(code: SealError['code'], why: string, path: string) {
    super(`${code}: ${why} at ${path}`)
    this.name = 'SealError'
    this.code = code
    this.why = why
    this.path = path
  }
}

/** Deeper than any record of ours; a cycle ends here instead of in a stack overflow. */
const MAX_DEPTH = 64

const utf8 = new TextEncoder()
const SURROGATE = /[\uD800-\uDFFF]/ // the cheap question first: most text has none
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/

const refuse = (why: string, path: string): never => {
  throw new SealError('seal.notCanonical', why, path)
}

function textOfString(value: string, path: string): string {
  // A lone surrogate has no UTF-8 form: the encoder would replace it, and two different texts would seal alike.
  if (SURROGATE.test(value) && LONE_SURROGATE.test(value)) refuse('loneSurrogate', path)
  return JSON.stringify(value)
}

function textOfNumber(value: number, path: string): string {
  // [S3] Fractions print differently across languages and sums; money, minutes and scores are integers here.
  if (!Number.isSafeInteger(value)) refuse(Number.isFinite(value) ? 'notASafeInteger' : 'notFinite', path)
  if (Object.is(value, -0)) refuse('negativeZero', path)
  return String(value)
}

function textOfArray(value: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = []
  for (let i = 0; i < value.length; i++) parts.push(write(value[i], `${path}[${i}]`, depth + 1))
  return `[${parts.join(',')}]`
}

function textOfObject(value: object, path: string, depth: number): string {
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) refuse('notPlain', path)
  if (Object.getOwnPropertySymbols(value).length > 0) refuse('symbolKey', path)
  // [S2] The default sort compares UTF-16 code units, the order RFC 8785 asks for.
  const parts = Object.keys(value).sort().map((key) => {
    const at = `${path}.${key}`
    return `${textOfString(key, at)}:${write((value as Record<string, unknown>)[key], at, depth + 1)}`
  })
  return `{${parts.join(',')}}`
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) refuse('tooDeep', path)
  switch (typeof value) {
    case 'string': return textOfString(value, path)
    case 'number': return textOfNumber(value, path)
    case 'boolean': return value ? 'true' : 'false'
    case 'object': return value === null ? 'null' : Array.isArray(value) ? textOfArray(value, path, depth) : textOfObject(value, path, depth)
    // [S4] undefined would silently vanish from the sealed text; bigint, functions and symbols have no JSON form.
    default: return refuse(typeof value, path)
  }
}

/** [S1] The one text of a value: JSON after RFC 8785, without fractions. Throws `seal.notCanonical` with the path of the part that has no such text. */
export function canonicalText(value: unknown): string {
  return write(value, '$', 0)
}

/** `canonicalText` in UTF-8: the bytes every hash is taken over. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8.encode(canonicalText(value))
}

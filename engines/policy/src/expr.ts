/** Syntax tree of a condition or amount: the CEL subset of FORMAT.md, with Chinese names. `pos` counts characters from the start of the text. */
export type Ast =
  | { k: 'int'; v: number; pos: number }
  | { k: 'text'; v: string; pos: number }
  | { k: 'bool'; v: boolean; pos: number }
  | { k: 'name'; v: string; pos: number }
  | { k: 'list'; items: Ast[]; pos: number }
  | { k: 'call'; name: string; args: Ast[]; pos: number }
  | { k: 'not' | 'neg'; a: Ast; pos: number }
  | { k: 'op'; op: BinaryOp; a: Ast; b: Ast; pos: number }
  | { k: 'choice'; c: Ast; a: Ast; b: Ast; pos: number }
export type BinaryOp = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*'

export class ExprError extends Error {
  readonly code: string
  readonly pos: number
  readonly args: Record<string, string | number>
  constructor(code: string, pos: number, args: Record<string, string | number> = {}) {
    super(code)
    this.code = code
    this.pos = pos
    this.args = args
  }
}

interface Token { kind: 'int' | 'text' | 'name' | 'op' | 'end'; v: string; pos: number }

// A hyphen belongs to a name only after a dot: policy ids are written with hyphens, facts and parameters are not.
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*)*/uy
const OPERATOR = /&&|\|\||==|!=|<=|>=|[!<>()[\],?:+\-*]/y
const FULL_WIDTH: Record<string, string> = { '（': '(', '）': ')', '，': ',', '＝': '==', '＞': '>', '＜': '<', '≥': '>=', '≤': '<=', '！': '!', '“': '"', '”': '"', '：': ':', '？': '?', '≠': '!=' }

function take(re: RegExp, text: string, at: number): string | undefined {
  re.lastIndex = at
  return re.exec(text)?.[0]
}

function tokens(text: string): Token[] {
  const out: Token[] = []
  let at = 0
  while (at < text.length) {
    const space = take(/\s+/y, text, at)
    if (space !== undefined) { at += space.length; continue }
    const token = oneToken(text, at)
    out.push(token)
    at += token.kind === 'text' ? token.v.length + 2 : token.v.length
  }
  out.push({ kind: 'end', v: '', pos: text.length })
  return out
}

function oneToken(text: string, at: number): Token {
  const ch = text[at]!
  if (ch === '"' || ch === "'") {
    const end = text.indexOf(ch, at + 1)
    if (end < 0) throw new ExprError('exprOpenText', at)
    return { kind: 'text', v: text.slice(at + 1, end), pos: at }
  }
  const digits = take(/\d+/y, text, at)
  if (digits !== undefined) {
    if (text[at + digits.length] === '.') throw new ExprError('exprDecimal', at)
    return { kind: 'int', v: digits, pos: at }
  }
  const name = take(NAME, text, at)
  if (name !== undefined) return { kind: 'name', v: name, pos: at }
  const op = take(OPERATOR, text, at)
  if (op === undefined) throw new ExprError('exprCharacter', at, { character: ch, suggestion: FULL_WIDTH[ch] ?? (ch === '/' ? 'share(x, num, den)' : ch === '=' ? '==' : '') })
  return { kind: 'op', v: op, pos: at }
}

const LEVELS: readonly (readonly BinaryOp[])[] = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*']]
const MAX_DEPTH = 60

class Parser {
  private readonly list: Token[]
  private i = 0
  private depth = 0
  constructor(text: string) {
    this.list = tokens(text)
  }

  private get token(): Token {
    return this.list[this.i]!
  }

  private is(v: string): boolean {
    return this.token.v === v && (this.token.kind === 'op' || (v === 'in' && this.token.kind === 'name'))
  }

  private eat(v: string): void {
    if (!this.is(v)) throw new ExprError('exprExpected', this.token.pos, { expected: v, found: this.token.v })
    this.i++
  }

  whole(): Ast {
    const ast = this.choice()
    if (this.token.kind !== 'end') throw new ExprError('exprUnexpected', this.token.pos, { found: this.token.v })
    return ast
  }

  private choice(): Ast {
    if (++this.depth > MAX_DEPTH) throw new ExprError('exprTooDeep', this.token.pos)
    const c = this.binary(0)
    let out = c
    if (this.is('?')) {
      this.i++
      const a = this.choice()
      this.eat(':')
      out = { k: 'choice', c, a, b: this.choice(), pos: c.pos }
    }
    this.depth--
    return out
  }

  private binary(level: number): Ast {
    const ops = LEVELS[level]
    if (ops === undefined) return this.unary()
    let a = this.binary(level + 1)
    for (let op = ops.find(o => this.is(o)); op !== undefined; op = ops.find(o => this.is(o))) {
      const pos = this.token.pos
      this.i++
      a = { k: 'op', op, a, b: this.binary(level + 1), pos }
      // CEL lets `a < b < c` parse; as a rule it is always a mistake.
      if (level === 2 && ops.some(o => this.is(o))) throw new ExprError('exprChain', this.token.pos)
    }
    return a
  }

  private unary(): Ast {
    const pos = this.token.pos
    if (!this.is('!') && !this.is('-')) return this.primary()
    if (++this.depth > MAX_DEPTH) throw new ExprError('exprTooDeep', pos)
    const k = this.is('!') ? 'not' : 'neg'
    this.i++
    const a = this.unary()
    this.depth--
    return { k, a, pos }
  }

  private primary(): Ast {
    const { kind, v, pos } = this.token
    this.i++
    if (kind === 'int') {
      if (v.length > 10) throw new ExprError('exprNumber', pos, { value: v })
      return { k: 'int', v: Number(v), pos }
    }
    if (kind === 'text') return { k: 'text', v, pos }
    if (kind === 'op' && v === '(') {
      const a = this.choice()
      this.eat(')')
      return a
    }
    if (kind === 'op' && v === '[') return { k: 'list', items: this.args(']'), pos }
    if (kind !== 'name') throw new ExprError('exprUnexpected', pos, { found: v })
    if (v === 'true' || v === 'false') return { k: 'bool', v: v === 'true', pos }
    if (!this.is('(')) return { k: 'name', v, pos }
    this.i++
    return { k: 'call', name: v, args: this.args(')'), pos }
  }

  private args(close: string): Ast[] {
    const out: Ast[] = []
    while (!this.is(close)) {
      if (out.length > 0) this.eat(',')
      out.push(this.choice())
    }
    this.i++
    return out
  }
}

/** Throws `ExprError`. */
export function parseExpression(text: string): Ast {
  return new Parser(text).whole()
}

/**
 * What a capability declares about one thing that can be done or asked. The HTTP route, the OpenAPI page, the typed client,
 * the permission check, the audit line and idempotency are all derived from this one declaration. Safe in a browser.
 */
import type * as z from 'zod'

export type Kind = 'do' | 'see'

/** Who may: named roles, anybody who signed in, anybody at all, or only the program itself (clock, event, operator). */
export type May = readonly string[] | 'signedIn' | 'anyone' | 'program'

export interface ActionSpec<
  Name extends string = string,
  K extends Kind = Kind,
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  Refusal extends string = string,
> {
  readonly name: Name
  readonly kind: K
  /** One line for the API page and the audit, both languages. */
  readonly title: { readonly zh: string; readonly en: string }
  readonly input: In
  readonly output: Out
  readonly may: May
  /** Every expected "no" this action can answer; each has words in the catalogue. */
  readonly refusals: readonly Refusal[]
  /** Statement timeout in milliseconds; 5,000 unless said. */
  readonly timeoutMs?: number
  /** 'program': rows of every place are visible inside, though the caller has no scope yet. Only for signing in. */
  readonly scope?: 'caller' | 'program'
}

type Declared<N extends string, K extends Kind, I extends z.ZodType, O extends z.ZodType, R extends string> = Omit<ActionSpec<N, K, I, O, R>, 'name' | 'kind' | 'refusals'> & {
  readonly refusals?: readonly R[]
}

/** A change. Carries a command id; sending the same id again gives the stored answer and changes nothing. */
export function defineDo<const N extends string, I extends z.ZodType, O extends z.ZodType, const R extends string = never>(name: N, spec: Declared<N, 'do', I, O, R>): ActionSpec<N, 'do', I, O, R> {
  return { ...spec, name, kind: 'do', refusals: spec.refusals ?? [] }
}

/** A question. Changes nothing but the log of who looked. */
export function defineSee<const N extends string, I extends z.ZodType, O extends z.ZodType, const R extends string = never>(name: N, spec: Declared<N, 'see', I, O, R>): ActionSpec<N, 'see', I, O, R> {
  return { ...spec, name, kind: 'see', refusals: spec.refusals ?? [] }
}

export type InputOf<S> = S extends ActionSpec<string, Kind, infer I, z.ZodType, string> ? z.output<I> : never
export type SentOf<S> = S extends ActionSpec<string, Kind, infer I, z.ZodType, string> ? z.input<I> : never
export type OutputOf<S> = S extends ActionSpec<string, Kind, z.ZodType, infer O, string> ? z.output<O> : never
export type RefusalOf<S> = S extends ActionSpec<string, Kind, z.ZodType, z.ZodType, infer R> ? R : never

export type RefusalArgs = Readonly<Record<string, string | number | boolean | null>>

/** An expected "no": a value, never thrown. */
export interface Refused<Code extends string = string> {
  readonly refused: Code
  readonly args: RefusalArgs
}

export function refuse<const Code extends string>(code: Code, args: RefusalArgs = {}): Refused<Code> {
  return { refused: code, args }
}

export function isRefused(answer: unknown): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'refused' in answer
}

/** Problems belong to the platform: the deed could not even be tried. */
export type ProblemCode = 'badInput' | 'notSignedIn' | 'notAllowed' | 'notFound' | 'conflict' | 'tooLarge' | 'tooMany' | 'busy' | 'pastDay' | 'bug'

export interface Problem {
  readonly code: ProblemCode
  /** Eight letters a user can read out on the phone; also in the server log. */
  readonly id: string
  readonly fields?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly args: RefusalArgs } }
  | { readonly ok: false; readonly problem: Problem }

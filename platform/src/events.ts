/** Past-tense facts a capability tells those below it: small, ids not rows, at least once, in commit order. */
import type * as z from 'zod'

export interface EventSpec<Name extends string = string, P extends z.ZodType = z.ZodType> {
  readonly name: Name
  readonly payload: P
}

export function defineEvent<const N extends string, P extends z.ZodType>(name: N, payload: P): EventSpec<N, P> {
  return { name, payload }
}

export type PayloadOf<E> = E extends EventSpec<string, infer P> ? z.output<P> : never

/** A capability as the server sees it: what it declares, what it does, its tables. */
import type { ActionSpec } from './action.ts'
import type { Job, TaskKind } from './schedule.ts'
import type { Does } from './tx.ts'

export interface Migration {
  readonly number: number
  readonly sql: string
}

export interface BoundAction {
  readonly spec: ActionSpec
  readonly run: Does<ActionSpec>
}

export interface Capability {
  readonly name: string
  readonly wing: 'know' | 'decide' | 'deliver' | 'answer'
  readonly title: { readonly zh: string; readonly en: string }
  readonly actions: readonly BoundAction[]
  readonly jobs?: readonly Job[]
  readonly tasks?: readonly TaskKind[]
  readonly migrations: readonly Migration[]
}

/** Binds a declaration to the function that carries it out; the types must agree. */
export function bind<S extends ActionSpec>(spec: S, run: Does<S>): BoundAction {
  return { spec, run: run as unknown as Does<ActionSpec> }
}

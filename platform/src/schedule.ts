/** Jobs that read as sentences: `every('month', 'plan the visits', plan)`, `on(ElderDied, 'stop payments', stop)`. */
import type { EventSpec, PayloadOf } from './events.ts'
import type { Tx } from './tx.ts'

export type Rhythm = 'minute' | 'day' | 'month'

export interface EveryJob {
  readonly type: 'every'
  readonly rhythm: Rhythm
  readonly title: string
  /** Runs once a period and county; must be harmless when run twice. */
  readonly run: (tx: Tx, period: string) => Promise<void>
}

export interface OnJob {
  readonly type: 'on'
  readonly event: EventSpec
  readonly title: string
  readonly run: (tx: Tx, payload: never, meta: EventMeta) => Promise<void>
}

export interface EventMeta {
  readonly id: string
  readonly county: string
  readonly region: string
  readonly seq: number
}

export type Job = EveryJob | OnJob

export function every(rhythm: Rhythm, title: string, run: EveryJob['run']): EveryJob {
  return { type: 'every', rhythm, title, run }
}

export function on<E extends EventSpec>(event: E, title: string, run: (tx: Tx, payload: PayloadOf<E>, meta: EventMeta) => Promise<void>): OnJob {
  return { type: 'on', event, title, run: run as OnJob['run'] }
}

/** Long work in many small transactions: shows progress, stops when asked, goes on after a restart. */
export interface TaskContext<Input> {
  readonly id: string
  readonly input: Input
  /** What an earlier, interrupted run kept with `save`. */
  readonly saved: unknown
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  progress(done: number, total: number, info?: Record<string, unknown>): Promise<void>
  save(state: unknown): Promise<void>
  /** True once somebody pressed stop; the task then cleans up and returns. */
  cancelled(): Promise<boolean>
  /** Fresh statistics for the database: call after the first thousand rows of a bulk write, and now and then after. */
  analyze(): Promise<void>
  readonly files: import('./files.ts').Files
}

export interface TaskKind {
  readonly kind: string
  readonly run: (context: TaskContext<never>) => Promise<unknown>
  /** Tidies up after a run that threw, so that what it worked on is not left in the middle. */
  readonly failed: ((context: TaskContext<never>) => Promise<unknown>) | undefined
}

export function task<Input>(kind: string, run: (context: TaskContext<Input>) => Promise<unknown>, failed?: (context: TaskContext<Input>) => Promise<unknown>): TaskKind {
  return { kind, run: run as TaskKind['run'], failed: failed as TaskKind['failed'] }
}

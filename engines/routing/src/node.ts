/** Runs a search against the clock, with progress and a way to stop. The search itself knows no clock: a time becomes a number of iterations first. */

export interface Sliced {
  run(iterations: number): boolean
  readonly done: number
}

export interface RunOptions {
  readonly seed: number
  readonly iterations?: number | undefined
  /** Processor seconds this search may take, by a measured guess; the iterations it became are in the answer, for replay. */
  readonly seconds?: number | undefined
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal | undefined
}

export interface Ran<S> {
  readonly search: S
  readonly iterations: number
  readonly stopped: boolean
}

const PROBE_MS = 400
const SLICE_MS = 50
const PROGRESS_MS = 400

/** `create` is called once to measure the speed and once for the search that counts. */
export async function runSearch<S extends Sliced>(create: (options: { readonly seed: number; readonly iterations: number }) => S, options: RunOptions): Promise<Ran<S>> {
  const iterations = options.iterations ?? budgetOf(create, options.seconds ?? 10, options.seed)
  const search = create({ seed: options.seed, iterations })
  let slice = 200
  let told = performance.now()
  for (let more = true; more && !options.signal?.aborted;) {
    const begun = performance.now()
    more = search.run(slice)
    const took = performance.now() - begun
    slice = Math.max(20, Math.round(slice * Math.min(2, SLICE_MS / Math.max(1, took))))
    if (performance.now() - told >= PROGRESS_MS) {
      told = performance.now()
      options.onProgress?.(search.done, iterations)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { search, iterations: search.done, stopped: search.done < iterations }
}

function budgetOf<S extends Sliced>(create: (options: { readonly seed: number; readonly iterations: number }) => S, seconds: number, seed: number): number {
  const probe = create({ seed, iterations: 1_000_000_000 })
  probe.run(100)
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const before = probe.done
  while (performance.now() - begun < PROBE_MS) probe.run(100)
  const used = process.cpuUsage(cpu)
  return Math.max(100, Math.round(((probe.done - before) / Math.max(1, used.user + used.system)) * 1e6 * seconds))
}

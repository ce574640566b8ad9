/** `npm run sim -- ledger [--seeds N] [--from N]`: runs seeds until one goes wrong; answers 1 and names it. */
import * as ledger from '@songbai/ledger'
import { simulate, type Engine } from '@songbai/ledger/sim'
import { parseArgs } from 'node:util'

const SIMULATIONS: Record<string, (seed: number) => { readonly fault: string | null }> = {
  ledger: (seed) => simulate(ledger as unknown as Engine, seed),
}

export async function sim(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } } })
  const run = SIMULATIONS[positionals[0] ?? '']
  const [seeds, from] = [Number(values.seeds), Number(values.from)]
  if (!run || !Number.isInteger(seeds) || !Number.isInteger(from)) {
    process.stderr.write(`npm run sim -- ${Object.keys(SIMULATIONS).join('|')} [--seeds N] [--from N]\n`)
    return 2
  }
  const begun = process.cpuUsage()
  for (let seed = from; seed < from + seeds; seed++) {
    const { fault } = run(seed)
    if (fault === null) continue
    console.log(`seed ${seed}: ${fault}`)
    return 1
  }
  const { user, system } = process.cpuUsage(begun)
  console.log(`${seeds} seeds from ${from}, no fault, ${((user + system) / 1e6).toFixed(1)} s CPU`)
  return 0
}

/** `npm run bench -- NAME [--json] [--elders N] [--rows N]`: figures of this machine, one JSON line with --json. */
import { parseArgs } from 'node:util'

interface Bench {
  readonly run: (options: { readonly json: boolean; readonly elders?: number; readonly rows?: number }) => Promise<unknown>
}

const BENCHES: Record<string, () => Promise<Bench>> = {
  entitle: () => import('./entitle.ts'),
  policy: () => import('./policy.ts'),
  import: () => import('./import.ts'),
  lab: () => import('./lab.ts'),
  ledger: () => import('./ledger.ts'),
  lookback: () => import('./lookback.ts'),
  matching: () => import('./matching.ts'),
  payments: () => import('./payments.ts'),
  search: () => import('./search.ts'),
}

export async function bench(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' }, elders: { type: 'string' }, rows: { type: 'string' } } })
  const load = BENCHES[positionals[0] ?? '']
  if (!load) {
    process.stderr.write(`npm run bench -- ${Object.keys(BENCHES).join('|')} [--json] [--elders N] [--rows N]\n`)
    return 2
  }
  const { run } = await load()
  await run({ json: values.json === true, ...(values.elders ? { elders: Number(values.elders) } : {}), ...(values.rows ? { rows: Number(values.rows) } : {}) })
  return 0
}

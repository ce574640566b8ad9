// npm run sim -- ledger [--seeds N] [--from N]: seeded histories until one goes wrong; the seed repeats it.
import { checkNode, ensureBuilt, ensureInstalled, ROOT } from './prepare.mjs'

checkNode()
await ensureInstalled()
await ensureBuilt({ faces: false })
process.env.SONGBAI_ROOT ??= ROOT
const { sim } = await import('../../build/server/sim.js')
process.exitCode = await sim(process.argv.slice(2))

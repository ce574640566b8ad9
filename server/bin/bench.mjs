// npm run bench -- import|entitle|search|sheets|policy [--json]: prints figures of this machine.
import { checkNode, ensureBuilt, ensureInstalled, ROOT } from './prepare.mjs'

checkNode()
await ensureInstalled()
await ensureBuilt({ faces: false })
process.env.SONGBAI_ROOT ??= ROOT
const { bench } = await import('../../build/server/bench.js')
process.exitCode = await bench(process.argv.slice(2))

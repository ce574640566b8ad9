// npm test: types, lint, unit, store (embedded database), API and browser tests. Needs no running service.
import { checkNode, ensureBuilt, ensureInstalled, ROOT, run } from './prepare.mjs'
import { join } from 'node:path'

const only = process.argv.slice(2)
checkNode()
await ensureInstalled()
const bin = (name) => join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
if (only.length === 0) {
  await run(bin('tsc'), ['--noEmit'], 'types do not fit')
  await run(bin('oxlint'), ['--quiet'], 'lint found faults')
  await ensureBuilt()
}
await run(bin('vitest'), ['run', ...only], 'tests failed')

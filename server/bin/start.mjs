// npm start: installs, builds, opens the database, loads the demo, serves the console. `--empty`: without the demo.
import { checkNode, ensureBuilt, ensureInstalled, fail, ROOT } from './prepare.mjs'
import { say } from './words.mjs'

checkNode()
await step('installing', ensureInstalled)
await step('building', () => ensureBuilt().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`)
  fail(say('buildFailed'))
}))
process.stdout.write(`${say('starting')}\n`)
process.env.SONGBAI_ROOT ??= ROOT
const { main } = await import('../../build/server/main.js')
await main(process.argv.slice(2))

async function step(name, work) {
  const begun = Date.now()
  process.stdout.write(`${say(name)}`)
  const worked = await work()
  process.stdout.write(`${say('seconds', worked ? ((Date.now() - begun) / 1000).toFixed(1) : 0)}\n`)
}

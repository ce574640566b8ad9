#!/usr/bin/env node
// The `songbai` command. Installs and builds when needed, silently when not.
import { checkNode, ensureBuilt, ensureInstalled, ROOT } from './prepare.mjs'

checkNode()
await ensureInstalled()
await ensureBuilt({ faces: false })
process.env.SONGBAI_ROOT ??= ROOT
const { cli } = await import('../../build/server/cli.js')
process.exitCode = await cli(process.argv.slice(2))

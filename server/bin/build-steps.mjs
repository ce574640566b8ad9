// Two builds: the server bundle (rolldown) and the faces (vite). Packages from npm stay outside the bundle.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './prepare.mjs'

const rawText = {
  name: 'raw-text',
  resolveId: (id, importer) => (id.endsWith('?raw') && importer ? `${join(importer, '..', id.slice(0, -4))}?raw` : null),
  load: (id) => (id.endsWith('?raw') ? { code: `export default ${JSON.stringify(readFileSync(id.slice(0, -4), 'utf8'))}`, moduleType: 'js' } : null),
}

export async function buildServer() {
  const { build } = await import('rolldown')
  const { SERVER_ENTRIES } = await import('./entries.mjs')
  await build({
    input: SERVER_ENTRIES,
    cwd: ROOT,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:/.test(id) && !id.startsWith('@songbai/'),
    plugins: [rawText],
    logLevel: 'warn',
    output: { dir: join(ROOT, 'build', 'server'), format: 'esm', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js', cleanDir: true },
  })
}

export async function buildFaces() {
  const { build } = await import('vite')
  await build({ root: join(ROOT, 'web', 'console'), configFile: join(ROOT, 'web', 'console', 'vite.config.ts'), logLevel: 'warn' })
}

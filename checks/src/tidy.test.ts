import { expect, test } from 'vitest'
import { files, text } from './tree.ts'

/** File → reason. At most ten, or the limit is the wrong one. */
const LONG: Record<string, string> = {}

test('[T1] no file is over its limit: 500 lines, tests 600', () => {
  const long = files(/\.(ts|tsx|mjs)$/).filter((path) => !LONG[path] && text(path).split('\n').length > (/\.test\.tsx?$/.test(path) ? 600 : 500))
  expect(long).toEqual([])
  expect(Object.keys(LONG).length).toBeLessThanOrEqual(10)
})

test('[T2] nothing is left for later, skipped or alone', () => {
  const found = files(/\.(ts|tsx|mjs|sql)$/).filter((path) => !path.startsWith('checks/') && /\b(TODO|FIXME|XXX|HACK)\b|\b(test|it|describe)\.(only|skip|todo)\(/.test(text(path)))
  expect(found).toEqual([])
})

test('[T3] no path of a machine stands in the repository', () => {
  const found = files(/\.(ts|tsx|mjs|json|md|yaml|sql|css|html|sh)$/).filter((path) => path !== 'package-lock.json' && !path.startsWith('checks/') && /(^|[^\w.])\/(work|root|home)\/[a-z]/.test(text(path)))
  expect(found).toEqual([])
})

test('[T4] the lockfile holds no download address and no package with an install script', () => {
  const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, { resolved?: string; hasInstallScript?: boolean; optional?: boolean }> }
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([])
  expect(Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript).map(([name]) => name)).toEqual([])
})

test('[T5] every dependency is pinned to one version', () => {
  const loose = files(/(^|\/)package\.json$/).flatMap((path) => {
    const manifest = JSON.parse(text(path)) as Record<string, Record<string, string>>
    return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.entries(manifest[kind] ?? {})).filter(([, version]) => !/^\d+\.\d+\.\d+([-+][\w.-]+)?$/.test(version)).map(([name, version]) => `${path}: ${name} ${version}`)
  })
  expect(loose).toEqual([])
})

test('[T6] every package is named and licensed', () => {
  const odd = files(/(^|\/)package\.json$/).filter((path) => {
    const manifest = JSON.parse(text(path)) as { name?: string; license?: string }
    return manifest.license !== 'Apache-2.0' || !(manifest.name === 'songbai' || manifest.name?.startsWith('@songbai/'))
  })
  expect(odd).toEqual([])
})

test('[T7] every engine and capability says what it is', () => {
  const folders = new Set(files(/^(engines\/[^/]+|capabilities\/(know|decide|deliver|answer)\/[^/]+)\/.+/).map((path) => path.split('/').slice(0, path.startsWith('engines') ? 2 : 3).join('/')))
  const readmes = new Set(files(/README\.md$/))
  expect([...folders].filter((folder) => !readmes.has(`${folder}/README.md`))).toEqual([])
  expect([...folders].filter((folder) => folder.startsWith('engines/') && !files(/SPEC\.md$/).includes(`${folder}/SPEC.md`))).toEqual([])
})

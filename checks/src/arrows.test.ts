import { expect, test } from 'vitest'
import { files, imports, resolveImport, ROOT, text } from './tree.ts'

const isTest = (path: string): boolean => /\.(test|fixture|bench)\.tsx?$|\/testing|\/bench\/|\/golden\/|\/dev\//.test(path)
const CODE = /\.(ts|tsx)$/

/** The order of the list is read from the list itself: the checks hold no second copy. */
const ORDER = [...text('capabilities/index.ts').matchAll(/from '\.\/(\w+)\/([\w-]+)\/index\.ts'/g)].map((match) => `${match[1]}/${match[2]}`)
const LISTED = [...text('capabilities/index.ts').matchAll(/^ {2}(\w+),$/gm)].map((match) => match[1]!)

function faults(paths: readonly string[], judge: (path: string, target: string) => string | null): string[] {
  return paths.flatMap((path) => imports(path).map((target) => resolveImport(path, target)).flatMap((target) => {
    const why = judge(path, target)
    return why === null ? [] : [`${path} → ${target}: ${why}`]
  }))
}

test('[A1] an engine is pure: no clock, no dice, no network, no file system; Node only in its own ./node entry', () => {
  const core = files(/^engines\/[^/]+\/src\/.*\.ts$/).filter((path) => !isTest(path) && !/\/node[\w-]*\.ts$|-node\.ts$|\.worker\.ts$/.test(path))
  const nodeParts = new Set(core.filter((path) => /\/node\//.test(path)))
  const pure = core.filter((path) => !nodeParts.has(path))
  expect(faults(pure, (_path, target) => (target.startsWith('node:') ? 'Node inside an engine core' : null))).toEqual([])
  const forbidden = /\b(Date\.now\(|new Date\(\)|Math\.random\(|fetch\(|setTimeout\(|setInterval\(|process\.(env|exit|argv|hrtime|memoryUsage|stdout)\b)/
  expect(pure.filter((path) => forbidden.test(withoutComments(text(path))))).toEqual([])
})

test('[A2] an engine knows only other engines and npm libraries', () => {
  const names = new Set(files(/^engines\/[^/]+\/package\.json$/).map((path) => `@songbai/${path.split('/')[1]}`))
  expect(faults(files(/^engines\/.*\.ts$/).filter((path) => !isTest(path)), (path, target) => {
    if (target.startsWith('@songbai/')) return names.has(target.split('/').slice(0, 2).join('/')) ? null : 'above an engine'
    if (!CODE.test(target) || !target.includes('/')) return null
    return target.startsWith(path.split('/').slice(0, 2).join('/')) ? null : 'outside its own package'
  })).toEqual([])
})

test('[A3] the platform has no word of any capability or face', () => {
  expect(faults(files(/^platform\/.*\.ts$/), (_path, target) => (/^@songbai\/(capabilities|server|console|web-shared|packs)|^(capabilities|server|web|packs)\//.test(target) ? 'above the platform' : null))).toEqual([])
})

const KINDS = /^(README\.md|index\.ts|contract(-[\w-]+)?\.ts|rules(-[\w-]+)?\.ts|store(-[\w-]+)?\.ts|actions(-[\w-]+)?\.ts|jobs(-[\w-]+)?\.ts|tasks(-[\w-]+)?\.ts|public(-[\w-]+)?\.ts|\d{3}_[\w-]+\.sql|[\w.-]+\.test\.ts|[\w.-]+\.fixture\.ts)$/
/** regions keeps a pure tree of its own beside the house's file kinds, and its data. */
const EXTRA: Record<string, RegExp> = { 'know/regions': /^(tree[\w-]*\.ts|place-names\.ts|data\/.*)$/ }

test('[A4] a capability folder is flat and holds a closed set of file kinds', () => {
  const odd = files(/^capabilities\/(know|decide|deliver|answer)\//).filter((path) => {
    const [, wing, name, ...rest] = path.split('/')
    return !KINDS.test(rest.join('/')) && !EXTRA[`${wing}/${name}`]?.test(rest.join('/'))
  })
  expect(odd).toEqual([])
})

test('[A5] the ordered list names every capability once', () => {
  const folders = new Set(files(/^capabilities\/(know|decide|deliver|answer)\/[^/]+\/index\.ts$/).map((path) => path.split('/').slice(1, 3).join('/')))
  expect(new Set(ORDER)).toEqual(folders)
  expect(LISTED).toHaveLength(ORDER.length)
})

test('[A6] a capability asks only those above it, through public, contract and rules', () => {
  const place = new Map(LISTED.map((name, i) => [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), i]))
  expect(faults(files(/^capabilities\/(know|decide|deliver|answer)\/.*\.ts$/).filter((path) => !isTest(path)), (path, target) => {
    if (/^@songbai\/(server|console|web-shared)/.test(target)) return 'upwards'
    if (/^@songbai\/platform\/server$/.test(target) && !/index\.ts|public\.ts/.test(path)) return 'past the narrow doors of the platform'
    const other = /^capabilities\/(?:know|decide|deliver|answer)\/([\w-]+)\/(.+)$/.exec(target)
    const own = path.split('/')[2]!
    if (!other || other[1] === own) return null
    if ((place.get(other[1]!) ?? Infinity) > (place.get(own) ?? -1)) return 'from below'
    return /^(public|contract|rules)[\w-]*\.ts$|^(tree|place-names)[\w-]*\.ts$/.test(other[2]!) ? null : 'past public, contract and rules'
  })).toEqual([])
})

test('[A7] contracts and rules run in a browser: no Node, no database, no clock', () => {
  const paths = files(/^capabilities\/(know|decide|deliver|answer)\/[^/]+\/(contract|rules)[\w-]*\.ts$/).filter((path) => !isTest(path))
  expect(faults(paths, (_path, target) => (/^(node:|pg$|kysely|@songbai\/platform\/(tx|server|testing|files|passwords))/.test(target) ? 'not for a browser' : null))).toEqual([])
  expect(paths.filter((path) => /\b(Date\.now\(|new Date\(\)|Math\.random\()/.test(withoutComments(text(path))))).toEqual([])
})

test('[A8] SQL stands in stores and public only, and never names another capability\'s schema', () => {
  const paths = files(/^capabilities\/(know|decide|deliver|answer)\/.*\.ts$/).filter((path) => !isTest(path))
  expect(paths.filter((path) => !/\/(store|public)[\w-]*\.ts$/.test(path) && /\.rows(<[^`]*>)?`|sql(<[^`]*>)?`/.test(text(path)))).toEqual([])
  const schemas = ORDER.map((entry) => entry.split('/')[1]!.replaceAll('-', '_'))
  const foreign = paths.flatMap((path) => {
    const own = path.split('/')[2]!.replaceAll('-', '_')
    return schemas.filter((schema) => schema !== own && new RegExp(`\\b(from|join|into|update)\\s+${schema}\\.\\w`).test(text(path))).map((schema) => `${path}: ${schema}`)
  })
  expect(foreign).toEqual([])
})

/** The sheets engine says no by throwing while it streams; a task turns that into the state of the batch. */
const MAY_CATCH = /^capabilities\/know\/imports\/jobs-/

test('[A9] capabilities never catch', () => {
  expect(files(/^capabilities\/(know|decide|deliver|answer)\/.*\.ts$/).filter((path) => !isTest(path) && !MAY_CATCH.test(path) && /\bcatch\b\s*[({]|\.catch\(/.test(withoutComments(text(path))))).toEqual([])
})

test('[A10] a face sees contracts, rules, engines and the narrow doors of the platform, never another face', () => {
  expect(faults(files(/^web\/.*\.(ts|tsx)$/).filter((path) => !isTest(path)), (path, target) => {
    if (/^@songbai\/platform\//.test(target)) return /^@songbai\/platform\/(action|client|system|ids)$/.test(target) ? null : 'inside the platform'
    if (/^@songbai\/capabilities/.test(target)) return /\/(contract|rules)$/.test(target) ? null : 'inside a capability'
    if (/^(node:|@songbai\/(server|packs))/.test(target) && !/vite\.config\.ts$/.test(path)) return 'not for a browser'
    if (/^(packs|server|platform|capabilities|engines|scenarios|bench|checks)\//.test(target)) return 'a file past its package'
    const face = path.split('/')[1]
    const other = /^web\/(\w+)\//.exec(target)?.[1]
    return other && other !== face && other !== 'shared' ? 'another face' : null
  })).toEqual([])
})

test('[A11] the checks find planted faults', () => {
  expect(resolveImport('capabilities/know/users/actions.ts', '../regions/public.ts')).toBe('capabilities/know/regions/public.ts')
  expect(KINDS.test('helpers.ts')).toBe(false)
  expect(ORDER.length).toBeGreaterThan(2)
  expect(ROOT.length).toBeGreaterThan(1)
})

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:])\/\/.*$/gm, '$1')
}

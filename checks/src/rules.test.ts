import { expect, test } from 'vitest'
import { files, text } from './tree.ts'

/** Rule ids stand in square brackets: `[S3]`, `[U12]`, `[W2a]`. */
const ID = /\[([A-Z]{1,4}\d{1,3}[a-z]?)\]/g

const idsIn = (source: string): Set<string> => new Set([...source.matchAll(ID)].map((match) => match[1]!))

/** Ranges like `[S3]–[S7]` and lists in one test name count by their written ids only: what is not written is not tested. */
function testedIn(folder: string): Set<string> {
  return new Set(files(new RegExp(`^${folder}/.*\\.test\\.tsx?$`)).flatMap((path) => [...idsIn(text(path))]))
}

test('[R1] every numbered rule of an engine\'s SPEC is named by a test', () => {
  const missing = files(/^engines\/[^/]+\/SPEC\.md$/).flatMap((spec) => {
    const tested = testedIn(spec.split('/').slice(0, 2).join('/'))
    return [...idsIn(text(spec))].filter((id) => !tested.has(id)).map((id) => `${spec}: ${id}`)
  })
  expect(missing).toEqual([])
})

test('[R2] every rule id a capability\'s rules carry is named by a test', () => {
  const missing = files(/^capabilities\/(know|decide|deliver|answer)\/[^/]+\/rules[\w-]*\.ts$/).filter((path) => !path.endsWith('.test.ts')).flatMap((path) => {
    const tested = testedIn(path.split('/').slice(0, 3).join('/'))
    return [...idsIn(text(path))].filter((id) => !tested.has(id)).map((id) => `${path}: ${id}`)
  })
  expect(missing).toEqual([])
})

/** Reference data and people for tests of capabilities; loads the real files, not stand-ins. */
import { loadPacks } from '@songbai/packs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { CASE_TYPES } from './case-types.ts'
import { readTreeSource } from './know/regions/tree-source-node.ts'
import { useResources } from './resources.ts'

const ROOT = join(import.meta.dirname, '..')

export function loadTestResources(): void {
  useResources({ regions: readTreeSource(pathToFileURL(join(ROOT, 'capabilities/know/regions/data/'))), packs: loadPacks(join(ROOT, 'packs')), caseTypes: CASE_TYPES })
}

import { readFileSync } from 'node:fs'
import { openDivisionsFile } from './data/divisions-node.ts'
import type { PlaceData, SuccessionData, TreeSource } from './tree-source.ts'

/** The published data from the repository; `folder` when the program is bundled. */
export function readTreeSource(folder: URL = new URL('./data/', import.meta.url)): TreeSource {
  const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  return {
    divisions: openDivisionsFile(new URL('divisions-2023.bin', folder)),
    successions: json('successions.json') as SuccessionData,
    places: json('places-2017.json') as PlaceData,
  }
}

import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { openDivisions } from './divisions.ts'
import type { Divisions } from './divisions.ts'

export const DIVISIONS_FILE = new URL('./divisions-2023.bin', import.meta.url)

/** The divisions of the whole country from the file in the repository; about 25 ms, villages are decoded when asked for. */
export function openDivisionsFile(file: URL | string = DIVISIONS_FILE): Divisions {
  return openDivisions(readFileSync(file), brotliDecompressSync)
}

/** Reading a scale from a file: the only part of this package that touches the machine. */
import { readFileSync } from 'node:fs'
import { parseScale } from './parse.ts'
import type { ParsedScale } from './parse.ts'

/** The scale in this JSON file, or its faults. Throws what the file system or JSON.parse throws. */
export const readScaleFile = (file: string | URL): ParsedScale => parseScale(JSON.parse(readFileSync(file, 'utf8')))

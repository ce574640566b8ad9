/** The shape of a condition; its references are checked in links.ts. */
import type { Json, Reader } from './read.ts'

const LIMITS = ['atLeast', 'atMost']

function readLimits(reader: Reader, value: Json, path: string): void {
  if (value.atLeast === undefined && value.atMost === undefined) reader.fault(path, 'missing_key', { key: 'atLeast | atMost' })
  for (const key of LIMITS) if (value[key] !== undefined) reader.whole(value[key], `${path}.${key}`)
}

const readTexts = (reader: Reader, value: unknown, path: string): void => {
  if (reader.list(value, path, (entry, at) => { reader.text(entry, at) }).length === 0) reader.fault(path, 'empty')
}
const readWholes = (reader: Reader, value: unknown, path: string): void => {
  if (reader.list(value, path, (entry, at) => { reader.whole(entry, at) }).length === 0) reader.fault(path, 'empty')
}

const READERS: Record<string, (reader: Reader, value: Json, path: string) => void> = {
  all: (reader, value, path) => readParts(reader, value, path, 'all'),
  any: (reader, value, path) => readParts(reader, value, path, 'any'),
  not(reader, value, path) {
    reader.object(value, path, ['not'])
    readCondition(reader, value.not, `${path}.not`)
  },
  total(reader, value, path) {
    reader.object(value, path, ['total'])
    readLimits(reader, reader.object(value.total, `${path}.total`, [], LIMITS), `${path}.total`)
  },
  sumOf(reader, value, path) {
    reader.object(value, path, ['sumOf'], LIMITS)
    readTexts(reader, value.sumOf, `${path}.sumOf`)
    readLimits(reader, value, path)
  },
  countGrades(reader, value, path) {
    reader.object(value, path, ['countGrades'], LIMITS)
    const count = reader.object(value.countGrades, `${path}.countGrades`, ['dimensions', 'grades'])
    readTexts(reader, count.dimensions, `${path}.countGrades.dimensions`)
    readWholes(reader, count.grades, `${path}.countGrades.grades`)
    readLimits(reader, value, path)
  },
  dimension(reader, value, path) {
    reader.object(value, path, ['dimension', 'grade'])
    reader.text(value.dimension, `${path}.dimension`)
    readWholes(reader, value.grade, `${path}.grade`)
  },
  item(reader, value, path) {
    reader.text(value.item, `${path}.item`)
    if (value.is === undefined) {
      reader.object(value, path, ['item'], LIMITS)
      readLimits(reader, value, path)
    } else {
      reader.object(value, path, ['item', 'is'])
      readTexts(reader, value.is, `${path}.is`)
    }
  },
}

function readParts(reader: Reader, value: Json, path: string, key: 'all' | 'any'): void {
  reader.object(value, path, [key])
  const parts = reader.list(value[key], `${path}.${key}`, (part, at) => readCondition(reader, part, at))
  if (parts.length === 0) reader.fault(`${path}.${key}`, 'empty')
}

export function readCondition(reader: Reader, value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return reader.fault(path, 'not_object')
  const kind = Object.keys(READERS).find(key => key in value)
  if (!kind) return reader.fault(path, 'unknown_condition', { keys: Object.keys(value).join(', ') })
  READERS[kind]?.(reader, value as Json, path)
}

/** JSON → ScaleDefinition: shape first, then what the parts say of each other (links.ts). */
import { isDay } from '@songbai/calendar'
import type { ScaleDefinition } from './types.ts'
import { Reader } from './read.ts'
import type { Fault, Json } from './read.ts'
import { checkLinks } from './links.ts'
import { readCondition } from './parse-condition.ts'

export type ParsedScale = { scale: ScaleDefinition } | { faults: Fault[] }

/** [S1] Unknown keys, missing keys and dangling references are faults with their path; nothing is filled in. */
export function parseScale(json: unknown): ParsedScale {
  const reader = new Reader()
  readScale(reader, json)
  if (reader.faults.length) return { faults: reader.faults }
  // The shape has just been read key by key; the links are checked on the typed value.
  const scale = json as ScaleDefinition
  checkLinks(reader, scale)
  return reader.faults.length ? { faults: reader.faults } : { scale }
}

const REQUIRED = ['schema', 'id', 'version', 'title', 'source', 'confidence', 'wording', 'direction', 'signatures', 'validity', 'optionSets', 'dimensions', 'items', 'levels', 'combination']
const OPTIONAL = ['unconfirmed', 'retired', 'adjustments', 'alerts', 'contradictions']

function readScale(reader: Reader, json: unknown): void {
  const scale = reader.object(json, 'scale', REQUIRED, OPTIONAL)
  reader.oneOf(scale.schema, 'schema', ['songbai.scale/1'])
  for (const key of ['id', 'version', 'confidence']) reader.text(scale[key], key)
  reader.oneOf(scale.direction, 'direction', ['higher-better', 'higher-worse', 'mixed'])
  reader.yesNo(scale.unconfirmed, 'unconfirmed')
  reader.yesNo(scale.retired, 'retired')
  reader.label(scale.title, 'title')
  reader.label(scale.wording, 'wording')
  readSource(reader, scale.source)
  readProcess(reader, scale)
  for (const [name, options] of reader.entries(scale.optionSets, 'optionSets')) readOptions(reader, options, `optionSets.${name}`)
  reader.list(scale.dimensions, 'dimensions', (value, path) => readDimension(reader, value, path))
  reader.list(scale.items, 'items', (value, path) => readItem(reader, value, path))
  reader.list(scale.levels, 'levels', (value, path) => readLevel(reader, value, path))
  readCombination(reader, scale.combination)
  if (scale.adjustments !== undefined) readAdjustments(reader, scale.adjustments)
  reader.list(scale.alerts, 'alerts', (value, path) => readNotice(reader, value, path, []))
  reader.list(scale.contradictions, 'contradictions', (value, path) => readNotice(reader, value, path, ['items']))
}

function readSource(reader: Reader, value: unknown): void {
  const source = reader.object(value, 'source', ['document'], ['issued', 'effective', 'asOf'])
  reader.label(source.document, 'source.document')
  reader.optionalText(source.asOf, 'source.asOf')
  for (const key of ['issued', 'effective']) {
    const day = source[key]
    if (day !== undefined && !(typeof day === 'string' && isDay(day))) reader.fault(`source.${key}`, 'not_a_day', { value: String(day) })
  }
}

function readProcess(reader: Reader, scale: Json): void {
  const signatures = reader.object(scale.signatures, 'signatures', ['assessors', 'informant'], ['confidence'])
  reader.whole(signatures.assessors, 'signatures.assessors')
  reader.yesNo(signatures.informant, 'signatures.informant')
  reader.optionalText(signatures.confidence, 'signatures.confidence')
  const validity = reader.object(scale.validity, 'validity', ['months', 'confidence'], ['maxMonths', 'sample'])
  const months = reader.whole(validity.months, 'validity.months')
  if (months < 1) reader.fault('validity.months', 'bad_range', { min: 1, max: months })
  if (validity.maxMonths !== undefined && reader.whole(validity.maxMonths, 'validity.maxMonths') < months) {
    reader.fault('validity.maxMonths', 'bad_range', { min: months, max: Number(validity.maxMonths) })
  }
  reader.yesNo(validity.sample, 'validity.sample')
  reader.text(validity.confidence, 'validity.confidence')
}

function readOptions(reader: Reader, value: unknown, path: string): void {
  const options = reader.list(value, path, (entry, at) => {
    const option = reader.object(entry, at, ['id', 'label'], ['score', 'exclusive'])
    reader.text(option.id, `${at}.id`)
    reader.label(option.label, `${at}.label`)
    if (option.score !== undefined) reader.whole(option.score, `${at}.score`)
    reader.yesNo(option.exclusive, `${at}.exclusive`)
  })
  if (options.length === 0) reader.fault(path, 'empty')
  reader.unique(options.map(option => String((option as Json | null)?.id)), path)
}

function readDimension(reader: Reader, value: unknown, path: string): void {
  const dimension = reader.object(value, path, ['code', 'label'], ['counts', 'bands', 'gradeRules', 'gradeElse', 'confidence'])
  reader.text(dimension.code, `${path}.code`)
  reader.label(dimension.label, `${path}.label`)
  reader.yesNo(dimension.counts, `${path}.counts`)
  reader.list(dimension.bands, `${path}.bands`, (entry, at) => readBand(reader, entry, at, 'grade'))
  reader.list(dimension.gradeRules, `${path}.gradeRules`, (entry, at) => {
    const rule = reader.object(entry, at, ['grade', 'when'])
    reader.whole(rule.grade, `${at}.grade`)
    readCondition(reader, rule.when, `${at}.when`)
  })
  if (dimension.gradeElse !== undefined) reader.whole(dimension.gradeElse, `${path}.gradeElse`)
  reader.optionalText(dimension.confidence, `${path}.confidence`)
}

function readBand(reader: Reader, value: unknown, path: string, name: 'grade' | 'level'): void {
  const band = reader.object(value, path, [name, 'min', 'max'], ['confidence'])
  for (const key of [name, 'min', 'max']) reader.whole(band[key], `${path}.${key}`)
  reader.optionalText(band.confidence, `${path}.confidence`)
}

const KINDS = ['score', 'choice', 'multi', 'number', 'text', 'day']

function readItem(reader: Reader, value: unknown, path: string): void {
  const item = reader.object(value, path, ['code', 'key', 'kind', 'dimension', 'label'],
    ['definition', 'note', 'confidence', 'required', 'options', 'optionSet', 'min', 'max', 'showIf'])
  for (const key of ['code', 'key', 'dimension']) reader.text(item[key], `${path}.${key}`)
  reader.oneOf(item.kind, `${path}.kind`, KINDS)
  reader.label(item.label, `${path}.label`)
  for (const key of ['definition', 'note']) if (item[key] !== undefined) reader.label(item[key], `${path}.${key}`)
  reader.optionalText(item.confidence, `${path}.confidence`)
  reader.optionalText(item.optionSet, `${path}.optionSet`)
  reader.yesNo(item.required, `${path}.required`)
  if (item.options !== undefined) readOptions(reader, item.options, `${path}.options`)
  for (const key of ['min', 'max']) if (item[key] !== undefined) reader.whole(item[key], `${path}.${key}`)
  if (item.showIf !== undefined) readCondition(reader, item.showIf, `${path}.showIf`)
}

function readLevel(reader: Reader, value: unknown, path: string): void {
  const level = reader.object(value, path, ['level', 'code', 'label'], ['short'])
  reader.whole(level.level, `${path}.level`)
  reader.text(level.code, `${path}.code`)
  reader.label(level.label, `${path}.label`)
  if (level.short !== undefined) reader.label(level.short, `${path}.short`)
}

function readCombination(reader: Reader, value: unknown): void {
  const { method } = reader.object(value, 'combination', ['method'], ['bands', 'rows', 'columnsWorstOf', 'cells', 'rules'])
  reader.oneOf(method, 'combination.method', ['total', 'matrix', 'rules'])
  if (method === 'total') {
    const { bands } = reader.object(value, 'combination', ['method', 'bands'])
    reader.list(bands, 'combination.bands', (entry, at) => readBand(reader, entry, at, 'level'))
  } else if (method === 'matrix') readMatrix(reader, value)
  else if (method === 'rules') {
    const { rules } = reader.object(value, 'combination', ['method', 'rules'])
    reader.list(rules, 'combination.rules', (entry, at) => {
      const rule = reader.object(entry, at, ['id', 'level', 'when', 'why'])
      reader.text(rule.id, `${at}.id`)
      reader.whole(rule.level, `${at}.level`)
      readCondition(reader, rule.when, `${at}.when`)
      reader.label(rule.why, `${at}.why`)
    })
  }
}

function readMatrix(reader: Reader, value: unknown): void {
  const matrix = reader.object(value, 'combination', ['method', 'rows', 'columnsWorstOf', 'cells'])
  reader.text(matrix.rows, 'combination.rows')
  reader.list(matrix.columnsWorstOf, 'combination.columnsWorstOf', (entry, at) => { reader.text(entry, at) })
  reader.list(matrix.cells, 'combination.cells', (row, at) => {
    if (!Array.isArray(row)) reader.fault(at, 'not_list')
    reader.list(row, at, (cell, path) => {
      const { level, trust } = reader.object(cell, path, ['level', 'trust'])
      reader.whole(level, `${path}.level`)
      reader.text(trust, `${path}.trust`)
    })
  })
}

function readAdjustments(reader: Reader, value: unknown): void {
  const adjustments = reader.object(value, 'adjustments', ['rules', 'stacking', 'cap'])
  reader.oneOf(adjustments.stacking, 'adjustments.stacking', ['once', 'each'])
  reader.whole(adjustments.cap, 'adjustments.cap')
  reader.list(adjustments.rules, 'adjustments.rules', (entry, at) => {
    const rule = reader.object(entry, at, ['id', 'when', 'why', 'effect'], ['confidence'])
    reader.text(rule.id, `${at}.id`)
    reader.label(rule.why, `${at}.why`)
    readCondition(reader, rule.when, `${at}.when`)
    const effect = reader.object(rule.effect, `${at}.effect`, [], ['direct', 'raise'])
    const keys = Object.keys(effect)
    if (keys.length !== 1) reader.fault(`${at}.effect`, 'not_one_of', { value: keys.join(', '), allowed: 'direct, raise' })
    for (const key of keys) reader.whole(effect[key], `${at}.effect.${key}`)
    reader.optionalText(rule.confidence, `${at}.confidence`)
  })
}

function readNotice(reader: Reader, value: unknown, path: string, more: string[]): void {
  const notice = reader.object(value, path, ['id', 'when', 'label', ...more])
  reader.text(notice.id, `${path}.id`)
  readCondition(reader, notice.when, `${path}.when`)
  reader.label(notice.label, `${path}.label`)
  reader.list(notice.items, `${path}.items`, (entry, at) => { reader.text(entry, at) })
}

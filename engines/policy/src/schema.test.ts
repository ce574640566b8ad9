import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { policySchema } from './index.ts'
import type { Schema } from './index.ts'
import { readPolicyFiles } from './node.ts'
import { POLICY_FILES, text } from '../fixtures/load.ts'

const FILE = new URL('../policy.schema.json', import.meta.url)
const schema = policySchema()

/** The keywords the schema uses, as JSON Schema means them. */
function faults(s: Schema, v: unknown, path = ''): string[] {
  if ('$ref' in s) return faults((schema['$defs'] as Record<string, Schema>)[String(s['$ref']).slice('#/$defs/'.length)]!, v, path)
  const known = new Set(['$schema', 'title', 'description', 'type', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'enum', 'pattern', 'minLength', 'minimum', 'maximum', 'anyOf', '$defs'])
  for (const k of Object.keys(s)) if (!known.has(k)) throw new Error(`the test does not know ${k}`)
  const out: string[] = []
  const say = (why: string): void => void out.push(`${path}: ${why}`)
  const kinds = v === null ? ['null'] : Array.isArray(v) ? ['array'] : typeof v === 'number' ? (Number.isInteger(v) ? ['number', 'integer'] : ['number']) : [typeof v]
  if (s['type'] !== undefined && ![s['type']].flat().some(t => kinds.includes(t as string))) return [`${path}: not ${String(s['type'])}`]
  if (s['enum'] !== undefined && !(s['enum'] as unknown[]).includes(v)) say('enum')
  if (typeof v === 'string' && s['pattern'] !== undefined && !new RegExp(s['pattern'] as string, 'u').test(v)) say(`pattern ${v}`)
  if (typeof v === 'string' && s['minLength'] !== undefined && v.length < (s['minLength'] as number)) say('minLength')
  if (typeof v === 'number' && ((s['minimum'] !== undefined && v < (s['minimum'] as number)) || (s['maximum'] !== undefined && v > (s['maximum'] as number)))) say('range')
  if (s['anyOf'] !== undefined && (s['anyOf'] as Schema[]).every(x => faults(x, v, path).length > 0)) say('anyOf')
  if (Array.isArray(v) && s['items'] !== undefined) v.forEach((x, i) => out.push(...faults(s['items'] as Schema, x, `${path}/${i}`)))
  if (kinds[0] === 'object') {
    const props = (s['properties'] ?? {}) as Record<string, Schema>
    for (const k of (s['required'] ?? []) as string[]) if (!(k in (v as object))) say(`${k} missing`)
    for (const [k, x] of Object.entries(v as object)) {
      if (s['propertyNames'] !== undefined) out.push(...faults(s['propertyNames'] as Schema, k, `${path}/${k}`))
      if (k in props) out.push(...faults(props[k]!, x, `${path}/${k}`))
      else if (s['additionalProperties'] === false) say(`unknown ${k}`)
      else if (typeof s['additionalProperties'] === 'object') out.push(...faults(s['additionalProperties'] as Schema, x, `${path}/${k}`))
    }
  }
  return out
}

const check = (yaml: string): string[] => faults(schema, parse(yaml))
const GOOD = text('policies/care-subsidy.yaml')

describe('JSON Schema', () => {
  it('[S19] the published file is what the parser\'s keys make', () => {
    const made = `${JSON.stringify(schema, null, 1)}\n`
    if (process.env['SONGBAI_UPDATE'] === '1') writeFileSync(FILE, made)
    expect(readFileSync(FILE, 'utf8')).toBe(made)
  })

  it('[S19] it accepts every policy of the packs and of the tests', () => {
    const packs = readPolicyFiles(new URL('../../../packs', import.meta.url).pathname)
    expect(packs.length).toBeGreaterThan(40)
    const all = [...packs, ...POLICY_FILES.map(f => ({ file: f, text: text(`policies/${f}.yaml`) }))]
    expect(all.flatMap(f => check(f.text).map(x => `${f.file} ${x}`))).toEqual([])
  })

  it.each([
    ['listItem: 6', 'listitem: 6'], ['title:', 'titel:'], ['version: 1', 'version: 0'], ['version: 1', 'version: one'], ['hit: first', 'hit: firts'], ['rows:', 'row:'], ['kind: max', 'kind: mox'], ['with: [disability', 'wiht: [disability'],
    ['effective: { from: 2024-01-01 }', 'effective: { form: 2024-01-01 }'], ['effective: { from: 2024-01-01 }', 'effective: { from: 1.1.2024 }'], ['end: eventMonth', 'end: eventMoth'], ['round: 分', 'round: 毛'], ['unit: 分/月\npay', 'unit: 元/月\npay'],
    ['amount: hi, basis', 'amout: hi, basis'], ['amount: hi, basis', 'amount: -5, basis'], ['amount: hi, basis', 'amount: 12.5, basis'], ['values: { 2024-01-01: 10000', 'values: { 2024-1-1: 10000'], ['floor: true', 'floor: "yes"'], ['?auto, 能力', '?aoto, 能力'],
    ['every: 24 months', 'every: 2 years'], ['due: { from: application', 'due: { from: aplication'], ['out: { row: r1, amount: 26000 }', 'out: { row: r1, amout: 26000 }'], ['doc: 示例民发〔2024〕18号, title', 'dok: 示例民发〔2024〕18号, title'], ['id: r1, when', 'id: "r 1", when'],
    ['  本地户籍: hukou', '  本地-户籍: hukou'], ['cases:\n  - { at:', 'cases:\n  - { on:'],
  ])('[S19] %j as %j is refused', (from, to) => {
    expect(GOOD).toContain(from)
    expect(check(GOOD.replace(from, to))).not.toEqual([])
  })
})

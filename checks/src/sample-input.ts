/** Makes inputs an action would accept, from its own declaration, with every id set to rows the caller has no right to. */
import * as z from 'zod'

type Json = { type?: string | string[]; properties?: Record<string, Json>; required?: string[]; items?: Json; enum?: unknown[]; const?: unknown; anyOf?: Json[]; format?: string; pattern?: string; minimum?: number; exclusiveMinimum?: number; minLength?: number; minItems?: number; default?: unknown; prefixItems?: Json[] }

export interface Foreign {
  readonly ids: readonly string[]
  readonly regions: readonly string[]
  readonly texts: readonly string[]
}

/** One input per foreign id: required and optional fields alike, since an optional id is a way in too. */
export function sampleInputs(schema: z.ZodType, foreign: Foreign): unknown[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return foreign.ids.flatMap((id, i) => [sample(json, '', { ...foreign, ids: [id] }, i, true), sample(json, '', { ...foreign, ids: [id] }, i, false)])
}

function sample(schema: Json, name: string, foreign: Foreign, turn: number, optionals: boolean): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[turn % schema.enum.length]
  if (schema.anyOf) return sample(schema.anyOf.find((one) => one.type !== 'null') ?? schema.anyOf[0]!, name, foreign, turn, optionals)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || schema.properties) {
    const wanted = Object.entries(schema.properties ?? {}).filter(([key]) => optionals || schema.required?.includes(key))
    return Object.fromEntries(wanted.map(([key, value]) => [key, sample(value, key, foreign, turn, optionals)]))
  }
  if (type === 'array') return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sample(schema.items ?? {}, name, foreign, turn, optionals))
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + (type === 'integer' ? 1 : 0.5))
  if (type === 'boolean') return turn % 2 === 0
  return sampleText(schema, name, foreign, turn)
}

function sampleText(schema: Json, name: string, foreign: Foreign, turn: number): string {
  if (schema.format === 'uuid' || /(^|[a-z])Ids?$|^id$/.test(name)) return foreign.ids[0]!
  if (schema.format === 'date' || /^(at|on|from|to|knownOn|day|.*(Day|On|From|To))$/.test(name)) return '2026-07-01'
  if (schema.pattern === '^\\d{12}$' || /region|place|county/i.test(name)) return foreign.regions[turn % foreign.regions.length]!
  if (schema.pattern === '^\\d{6}$') return '500229'
  if (schema.pattern) return 'a'.repeat(Math.max(3, schema.minLength ?? 1))
  const text = foreign.texts[turn % foreign.texts.length]!
  return text.padEnd(schema.minLength ?? 1, 'x')
}

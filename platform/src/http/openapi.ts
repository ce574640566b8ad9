/** OpenAPI 3.1 from the declarations: one path an action, refusals listed with their codes. */
import * as z from 'zod'
import type { ActionSpec } from '../action.ts'
import type { BoundAction } from '../capability.ts'

export function openApi(actions: Iterable<BoundAction>, version: string): Record<string, unknown> {
  const paths: Record<string, unknown> = {}
  for (const { spec } of [...actions].sort((a, b) => a.spec.name.localeCompare(b.spec.name))) paths[`/api/${spec.kind}/${spec.name}`] = { post: operation(spec) }
  return {
    openapi: '3.1.0',
    info: { title: '松柏 Songbai', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'songbai' } } },
  }
}

function operation(spec: ActionSpec): Record<string, unknown> {
  return {
    operationId: spec.name, tags: [spec.name.split('.')[0]], summary: `${spec.title.zh} · ${spec.title.en}`,
    'x-may': spec.may, 'x-refusals': spec.refusals, security: spec.may === 'anyone' ? [] : [{ session: [] }],
    ...(spec.kind === 'do' ? { parameters: [{ name: 'x-command-id', in: 'header', required: false, schema: { type: 'string', format: 'uuid' }, description: 'Repeat-safe id; the same id gets the first answer again.' }] } : {}),
    requestBody: { required: true, content: json(schemaOf(spec.input, 'input')) },
    responses: {
      200: { description: 'done', content: json({ type: 'object', properties: { ok: { const: true }, value: schemaOf(spec.output, 'output') }, required: ['ok', 'value'] }) },
      422: { description: `refused: ${spec.refusals.join(', ') || 'never'}`, content: json({ type: 'object', properties: { ok: { const: false }, refusal: { type: 'object', properties: { code: { type: 'string', enum: spec.refusals }, args: { type: 'object' } } } } }) },
      default: { description: 'problem: bad input, not signed in, not allowed, busy …' },
    },
  }
}

function json(schema: unknown): Record<string, unknown> {
  return { 'application/json': { schema } }
}

export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dropped, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

import {
  CASE_KEYS, CLAUSE_KEYS, CYCLES, DUE_FROMS, DUE_KEYS, EFFECTIVE_KEYS, ENDS, EXTENDS, HITS, KINDS, OUT_KEYS, PARAM_KEYS, PAY_KEYS, POLICY_ID, PRORATES, REVIEW_KEYS, ROUNDS, ROW_ID, ROW_KEYS, STACK_KEYS, STACK_KINDS, STARTS,
  TABLE_KEYS, TOP_KEYS, UNITS_OF_AMOUNT, VALUE_KEYS,
} from './keys.ts'

export type Schema = { [key: string]: unknown }

const TEXT: Schema = { type: 'string', minLength: 1 }
/** Editors read a bare date as text. */
const DAY: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }
const WHOLE: Schema = { type: 'integer' }
const YES_NO: Schema = { type: 'boolean' }
const list = (items: Schema): Schema => ({ type: 'array', items })
const oneOf = (words: readonly string[]): Schema => ({ enum: [...words] })
const either = (...anyOf: Schema[]): Schema => ({ anyOf })
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })

/** An object with exactly the keys of the parser's list; a key without a schema here is a mistake of this file. */
function object(keys: readonly string[], schemas: Readonly<Record<string, Schema>>, description?: string): Schema {
  const names = keys.map(k => k.replace('!', ''))
  const odd = [...names.filter(k => !(k in schemas)), ...Object.keys(schemas).filter(k => !names.includes(k))]
  if (odd.length > 0) throw new Error(`schema and parser differ: ${odd.join()}`)
  const required = keys.filter(k => k.endsWith('!')).map(k => k.slice(0, -1))
  return { type: 'object', ...(description === undefined ? {} : { description }), properties: schemas, ...(required.length > 0 ? { required } : {}), additionalProperties: false }
}

const mapOf = (value: Schema, names: Schema): Schema => ({ type: 'object', propertyNames: names, additionalProperties: value })
const NAME: Schema = { pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$' }
const FACT_VALUE = either({ type: 'string' }, WHOLE, YES_NO, { type: 'null' }, list({ type: 'string' }))

/** [S19] The policy file as JSON Schema, for editors: shape, keys and words. Conditions, facts and clauses are checked by `parsePolicy`. */
export function policySchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Songbai policy file',
    ...object(TOP_KEYS, {
      policy: { type: 'string', pattern: POLICY_ID.source, description: '政策编号，各地同一项相同 / stable id' }, title: ref('words'), kind: oneOf(KINDS), service: ref('words'), listItem: { type: 'integer', minimum: 1, maximum: 99 },
      region: either({ type: 'string', pattern: '^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})$' }, { type: 'integer', minimum: 0, description: '2, 4, 6, 9 or 12 digits' }), regionName: TEXT, extends: { type: 'string', pattern: EXTENDS.source },
      version: { type: 'integer', minimum: 1 }, effective: object(EFFECTIVE_KEYS, { from: DAY, to: DAY }, '施行的第一天和最后一天 / first and last day'), basis: mapOf(ref('clause'), TEXT), params: mapOf(ref('param'), NAME),
      let: mapOf({ type: ['string', 'boolean'], description: '条件 / condition' }, NAME), table: object(TABLE_KEYS, { hit: oneOf(HITS), rows: list(ref('row')) }), unit: oneOf(UNITS_OF_AMOUNT),
      pay: object(PAY_KEYS, { cycle: oneOf(CYCLES), start: oneOf(STARTS), end: oneOf(ENDS), prorate: oneOf(PRORATES), round: oneOf(ROUNDS) }), stacking: list(ref('stacking')),
      evidence: list({ type: 'string', pattern: '^[^?]+(\\?(auto|declare))?$' }), review: object(REVIEW_KEYS, { every: { type: 'string', pattern: '^\\d{1,4} months$' }, before: { type: 'string', pattern: '^\\d{1,4} days$' }, on: list(TEXT) }),
      due: object(DUE_KEYS, { from: oneOf(DUE_FROMS), days: { type: 'integer', minimum: 0, maximum: 3660 }, workdays: { type: 'integer', minimum: 0, maximum: 3660 } }), cases: list(ref('case')), note: ref('words'), draft: YES_NO, sample: YES_NO,
    }),
    $defs: {
      words: either(TEXT, { type: 'object', properties: { zh: TEXT, en: TEXT }, required: ['zh', 'en'], additionalProperties: false }),
      cited: either({ type: ['string', 'integer'] }, list({ type: ['string', 'integer'] })),
      number: either({ type: 'integer', minimum: 0 }, { type: 'string', minLength: 1, description: '参数名或算式 / parameter or expression' }),
      clause: object(CLAUSE_KEYS, { doc: TEXT, article: { type: ['string', 'integer'] }, clause: { type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9.-]+$' }, title: TEXT, issued: DAY, repealed: DAY, quote: TEXT }, '条款 / clause'),
      param: object(PARAM_KEYS, { label: ref('words'), unit: TEXT, values: mapOf(either(WHOLE, { type: 'null' }, object(VALUE_KEYS, { value: { type: ['integer', 'null'] }, basis: ref('cited'), sample: YES_NO })), DAY), basis: ref('cited'), floor: YES_NO, sample: YES_NO }),
      row: object(ROW_KEYS, { id: { type: ['string', 'integer'], pattern: ROW_ID.source }, label: ref('words'), when: { type: ['string', 'boolean'] }, amount: ref('number'), basis: ref('cited'), from: DAY, to: DAY, sample: YES_NO, floor: YES_NO, drop: YES_NO, before: { type: ['string', 'integer'] } }),
      stacking: object(STACK_KEYS, { kind: oneOf(STACK_KINDS), with: list({ type: 'string', pattern: POLICY_ID.source }), limit: ref('number'), when: { type: ['string', 'boolean'] }, text: ref('words'), basis: ref('cited') }),
      case: object(CASE_KEYS, { at: DAY, in: mapOf(FACT_VALUE, { minLength: 1 }), out: object(OUT_KEYS, { row: { type: ['string', 'integer', 'null'] }, rows: list({ type: ['string', 'integer'] }), amount: { type: 'integer', minimum: 0 }, miss: either(TEXT, list(TEXT)), unknown: either(TEXT, list(TEXT)) }), note: TEXT }),
    },
  }
}

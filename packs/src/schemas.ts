import { z } from 'zod'

/** Every key is closed: an unknown one is a mistake, never ignored. */
const text = z.string().min(1)
export const bilingual = z.strictObject({ zh: text, en: text })
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const requirement = z.string().regex(/^[A-Z]{3}-\d{2}$/)
/** `<pack>/<clause id>` */
const clauseRef = z.string().regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/)
const clauseId = z.string().regex(/^[a-z0-9.-]+$/)
const camel = z.string().regex(/^[a-z][A-Za-z0-9]*$/)
const kebab = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
const regionCode = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/)
export const trustMark = z.enum(['verified', 'document', 'recalled-high', 'recalled-middle', 'recalled-low', 'sample'])

const figure = z.strictObject({ figure: text, zh: text, en: text })
const clause = z.strictObject({
  id: clauseId, label: text, numbered: z.boolean(), heading: bilingual, summary: bilingual,
  departments: z.array(text), requirements: z.array(requirement), figures: z.array(figure),
})
export const documentFile = z.strictObject({
  id: kebab, title: bilingual, short: text, number: text.nullable(), issuers: z.array(text).min(1), issuedOn: day,
  region: z.string().regex(/^\d{12}$/), source: bilingual, clauses: z.array(clause).min(1),
})

const part = z.strictObject({ due: day.nullable(), value: z.int(), names: z.array(text), unnamed: z.literal(true).optional() })
const measure = z.strictObject({
  of: bilingual,
  comparator: z.enum(['atLeast', 'atMost', 'moreThan', 'exactly', 'between', 'all', 'basicallyAll', 'excluded']),
  figure: text, value: z.int().nullable(), upTo: z.int().optional(),
  unit: z.enum(['percent', 'grade', 'household', 'squareMetre', 'squareMetrePer100Households', 'coverage', 'meal', 'facility', 'person', 'team', 'association', 'group',
    'residentsPerStaff', 'bed', 'minute', 'function', 'estate', 'fen', 'year']),
  since: day.optional(), due: day.nullable(), split: z.array(part).optional(),
})
const target = z.strictObject({
  id: z.string().regex(/^T-\d{2}$/), title: bilingual, capabilities: z.array(requirement).min(1), clauses: z.array(clauseId).min(1),
  lead: z.strictObject({ zh: text, named: z.boolean() }), note: bilingual.optional(), measures: z.array(measure).min(1),
})
export const targetsFile = z.strictObject({ document: kebab, targets: z.array(target) })

const norm = z.strictObject({ id: clauseId, article: text, trust: trustMark, sources: z.int().min(1).optional(), heading: bilingual, doc: text.optional() })
export const normsFile = z.strictObject({ id: kebab, clauses: z.array(norm), english: z.record(text, text) })

const listItem = z.strictObject({
  number: z.int().min(1), object: bilingual, item: bilingual, content: bilingual,
  type: z.enum(['material', 'care', 'attention', 'materialAndCare']), clause: clauseId, trust: trustMark, policies: z.array(kebab).min(1),
})
export const serviceListFile = z.strictObject({
  id: kebab, title: bilingual, issued: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/), document: text, region: regionCode, items: z.array(listItem),
})

const factValue = z.strictObject({ id: camel, zh: text, en: text })
const factKeys = {
  label: bilingual, note: bilingual.optional(), type: z.enum(['bool', 'code', 'codes', 'int', 'fen', 'day', 'month', 'region']), ordered: z.boolean().optional(),
  values: z.array(factValue).min(2).optional(), unit: bilingual.optional(), min: z.int().optional(), max: z.int().optional(),
  from: z.enum(['elders', 'regions', 'assessments', 'entitlements']), population: z.enum(['elder', 'household', 'worker', 'facility']),
  absent: z.enum(['unknown', 'no']), sensitive: z.boolean().optional(), change: z.enum(['fixed', 'situation', 'changeable']).optional(), need: z.enum(['rises', 'falls']).optional(), ask: bilingual,
}
const fact = z.strictObject({ id: camel, ...factKeys })
const family = z.strictObject({ id: z.string().regex(/^[a-z][A-Za-z0-9]*\.\{member\}$/), members: z.union([z.literal('policies'), z.array(camel)]), ...factKeys })
export const factsFile = z.strictObject({ version: z.int(), facts: z.array(fact), families: z.array(family) })

const caseIn = z.record(z.string(), z.union([z.string(), z.int(), z.boolean()]))
const categoryCase = z.strictObject({ at: day, in: caseIn, out: z.union([z.enum(['yes', 'no']), z.strictObject({ unknown: z.array(camel).min(1) })]) })
const category = z.strictObject({
  id: camel, label: bilingual, note: bilingual.optional(), kind: z.enum(['derived', 'asserted']), source: bilingual, sensitive: z.boolean().optional(),
  when: text, clauses: z.array(clauseRef).min(1), cases: z.array(categoryCase).min(3),
})
const categoryParam = z.strictObject({ unit: text, values: z.record(day, z.int()), clause: clauseRef, sample: z.boolean(), label: bilingual })
const place = z.strictObject({ region: regionCode, anyOf: z.array(camel).min(1), clauses: z.array(clauseRef).min(1) })
export const categoriesFile = z.strictObject({
  version: z.int(), params: z.record(camel, categoryParam), categories: z.array(category),
  umbrella: z.strictObject({ id: camel, label: bilingual, fromAge: z.int(), places: z.array(place).min(1) }),
})

const counted = z.strictObject({
  zh: text, en: text, count: z.enum(['elders', 'results']), when: text.optional(), category: camel.optional(),
  state: z.enum(['entitledNotEnjoying', 'enjoyingNotEntitled', 'unknown']).optional(),
})
const indicator = z.strictObject({
  id: kebab, label: bilingual, unit: z.enum(['person', 'percent', 'result']), better: z.enum(['up', 'down', 'none']),
  numerator: counted, denominator: counted.nullable(), note: bilingual.optional(), sample: z.boolean().optional(),
  clauses: z.array(clauseRef).min(1), target: z.string().regex(/^T-\d{2}$/).nullable(),
})
export const indicatorsFile = z.strictObject({ version: z.int(), base: bilingual, indicators: z.array(indicator) })

export type Bilingual = z.infer<typeof bilingual>
export type PackDocument = z.infer<typeof documentFile>
export type PackClause = PackDocument['clauses'][number]
export type PackTarget = z.infer<typeof target>
export type Norm = z.infer<typeof norm>
export type ServiceListPack = z.infer<typeof serviceListFile>
export type FactsPack = z.infer<typeof factsFile>
export type CategoriesPack = z.infer<typeof categoriesFile>
export type CategoryDef = z.infer<typeof category>
export type IndicatorsPack = z.infer<typeof indicatorsFile>
export type IndicatorDef = z.infer<typeof indicator>

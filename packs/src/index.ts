import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { categoriesFile, documentFile, factsFile, indicatorsFile, normsFile, serviceListFile, targetsFile } from './schemas.ts'
import type { CategoriesPack, FactsPack, IndicatorsPack, Norm, PackDocument, PackTarget, ServiceListPack } from './schemas.ts'

export type * from './schemas.ts'
export { categoryPolicies } from './categories.ts'

/** A file as it stands, with its place under the packs folder (`jimo-2024/policies/meal-subsidy.yaml`). */
export interface PackText { pack: string; path: string; text: string }
export interface Packs {
  documents: PackDocument[]
  /** With the folder of the document each figure comes from. */
  targets: (PackTarget & { document: string })[]
  norms: Norm[]
  /** Titles of papers without a folder and named articles, in our own English. */
  english: Readonly<Record<string, string>>
  serviceList: ServiceListPack
  /** In an order in which every `extends` comes after what it extends. */
  policies: PackText[]
  facts: FactsPack
  /** The dictionary as text, for `parseFacts` of the policy engine. */
  factsText: string
  categories: CategoriesPack
  indicators: IndicatorsPack
  scales: PackText[]
  /** Every clause that may be cited, `<pack>/<clause id>`. */
  clauses: ReadonlySet<string>
}

/** A file that is not what it should be: which file, and every place in it. */
export class PackError extends Error {
  readonly file: string
  readonly issues: readonly string[]
  constructor(file: string, issues: readonly string[]) {
    super(`${file}: ${issues.join('; ')}`)
    this.file = file
    this.issues = issues
  }
}

/** The folder this package stands in. */
export const packsFolder = join(import.meta.dirname, '..')

/** Reads and checks everything under a packs folder. Throws `PackError` for the first file with a mistake; unknown keys are mistakes. */
export function loadPacks(dir: string = packsFolder): Packs {
  const folders = documentFolders(dir)
  const documents = folders.map(f => read(dir, `${f}/document.yaml`, documentFile))
  const norms = read(dir, 'national/norms.yaml', normsFile)
  const factsText = readFileSync(join(dir, 'facts.yaml'), 'utf8')
  return {
    documents, norms: norms.clauses, english: norms.english, factsText,
    targets: folders.flatMap(f => targetsOf(dir, f)),
    serviceList: read(dir, 'national/service-list.yaml', serviceListFile),
    policies: ['national', ...folders].flatMap(f => texts(dir, f, 'policies', '.yaml')),
    facts: read(dir, 'facts.yaml', factsFile),
    categories: read(dir, 'categories.yaml', categoriesFile),
    indicators: read(dir, 'indicators.yaml', indicatorsFile),
    scales: texts(dir, 'scales', '', '.json'),
    clauses: new Set([...documents.flatMap(d => d.clauses.map(c => `${d.id}/${c.id}`)), ...norms.clauses.map(c => `${norms.id}/${c.id}`)]),
  }
}

/** Wider regions first, so that a county's file finds the province's it extends. */
function documentFolders(dir: string): string[] {
  const width = (f: string): number => read(dir, `${f}/document.yaml`, documentFile).region.replace(/(00)+0*$/, '').length
  return readdirSync(dir).sort().filter(f => existsSync(join(dir, f, 'document.yaml'))).sort((a, b) => width(a) - width(b))
}

function targetsOf(dir: string, folder: string): Packs['targets'] {
  if (!existsSync(join(dir, folder, 'targets.yaml'))) return []
  const file = read(dir, `${folder}/targets.yaml`, targetsFile)
  return file.targets.map(t => ({ ...t, document: file.document }))
}

function texts(dir: string, pack: string, sub: string, ending: string): PackText[] {
  const folder = join(dir, pack, sub)
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(n => n.endsWith(ending)).sort().map(n => ({
    pack, path: [pack, sub, n].filter(Boolean).join('/'), text: readFileSync(join(folder, n), 'utf8'),
  }))
}

function read<S extends z.ZodType>(dir: string, path: string, schema: S): z.infer<S> {
  const result = schema.safeParse(parseYaml(dir, path))
  if (!result.success) throw new PackError(path, result.error.issues.map(i => `${i.path.join('.')} ${i.message}`))
  return result.data
}

function parseYaml(dir: string, path: string): unknown {
  try {
    return parse(readFileSync(join(dir, path), 'utf8'))
  } catch (error) {
    throw new PackError(path, [error instanceof Error ? error.message : String(error)])
  }
}

/** Policies from files, without any database: where the dictionary is, which files are meant, and the law around them. */
import { loadPacks, PackError } from '@songbai/packs'
import { compilePolicySet, parseFacts, parsePolicies, problemText, type FactDictionary, type Policy, type PolicyFile, type PolicySet, type Problem } from '@songbai/policy'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { CommandContext } from './context.ts'

/** Something the caller must put right, in one sentence that says what to do. */
export class Refusal extends Error {
  readonly code: string
  readonly words: { readonly zh: string; readonly en: string }
  constructor(code: string, zh: string, en: string) {
    super(en)
    this.code = code
    this.words = { zh, en }
  }
}

export interface Loaded {
  readonly dictionary: FactDictionary
  /** Policies of the files named, and the law around them. */
  readonly policies: readonly Policy[]
  readonly wanted: readonly Policy[]
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
  /** Null while a file holds mistakes. */
  readonly set: PolicySet | null
}

/** PATH is a policy file, a `policies` folder, a pack, or a folder of packs; `facts.yaml` is the nearest one above it, else the shipped one. */
export function loadPolicies(path: string, context: Pick<CommandContext, 'root' | 'values'>): Loaded {
  const full = resolve(path)
  if (!existsSync(full)) throw new Refusal('noPath', `找不到 ${path}。请核对路径。`, `${path} does not exist. Check the path.`)
  const factsFile = typeof context.values['facts'] === 'string' ? resolve(context.values['facts']) : nearestFacts(full) ?? join(context.root, 'packs', 'facts.yaml')
  if (!existsSync(factsFile)) throw new Refusal('noFacts', `找不到事实字典 ${factsFile}。请用 --facts 指明 facts.yaml。`, `There is no fact dictionary at ${factsFile}. Name one with --facts.`)
  const parsed = parseFacts(readFileSync(factsFile, 'utf8'))
  if ('problems' in parsed) throw new Refusal('badFacts', `事实字典 ${factsFile} 第${parsed.problems[0]!.line}行有误：${problemText(parsed.problems[0]!, 'zh')}`, `${factsFile}:${parsed.problems[0]!.line} ${problemText(parsed.problems[0]!, 'en')}`)
  const files = policyFiles(full)
  if (files.length === 0) throw new Refusal('noPolicies', `${path} 下没有政策文件（policies/*.yaml）。`, `There are no policy files (policies/*.yaml) under ${path}.`)
  const packs = dirname(factsFile)
  const around = policyFiles(packs).filter((file) => !files.includes(file))
  const named = (list: readonly string[]): PolicyFile[] => list.map((file) => ({ file: shown(file), text: readFileSync(file, 'utf8') }))
  return compiled(named(files), named(around), parsed.facts, clausesOf(packs))
}

function compiled(files: PolicyFile[], around: PolicyFile[], dictionary: FactDictionary, clauses: ReadonlySet<string> | undefined): Loaded {
  const names = new Set(files.map((file) => file.file))
  const { policies: read, problems } = parsePolicies([...files, ...around], dictionary, clauses)
  const wanted = read.filter((policy) => names.has(policy.file!))
  // A changed copy stands in for the version it is a copy of.
  const key = (policy: Policy): string => `${policy.region}/${policy.id}@${policy.version}`
  const replaced = new Set(wanted.map(key))
  const policies = read.filter((policy) => names.has(policy.file!) || !replaced.has(key(policy)))
  const own = problems.filter((problem) => names.has(problem.file!))
  const made = own.length > 0 ? null : compilePolicySet(policies, dictionary)
  const more = made !== null && 'problems' in made ? made.problems.filter((problem) => problem.file === undefined || names.has(problem.file)) : []
  return { dictionary, policies, wanted, files: [...names], problems: [...own, ...more], set: made !== null && 'set' in made ? made.set : null }
}

function nearestFacts(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'facts.yaml')
    if (existsSync(file)) return file
    if (dirname(folder) === folder) return undefined
  }
}

/** Every `policies/*.yaml` below a folder; the files of a folder that holds nothing else. */
function policyFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  const yaml = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.yaml') && !name.includes('node_modules')).sort()
  const inside = yaml.filter((name) => /(^|\/)policies\/[^/]+$/.test(name))
  const direct = basename(path) === 'policies' || !existsSync(join(path, 'facts.yaml')) ? yaml.filter((name) => !name.includes('/') && isPolicy(join(path, name))) : []
  return [...new Set([...inside, ...direct])].map((name) => join(path, name))
}

function isPolicy(file: string): boolean {
  return /^policy:/m.test(readFileSync(file, 'utf8'))
}

/** Clauses that may be cited: those of the packs around, where there are any. */
function clausesOf(packs: string): ReadonlySet<string> | undefined {
  if (!existsSync(join(packs, 'national', 'norms.yaml'))) return undefined
  try {
    return loadPacks(packs).clauses
  } catch (error) {
    if (error instanceof PackError) throw new Refusal('badPack', `${error.file} 有误：${error.issues.join('；')}`, `${error.file}: ${error.issues.join('; ')}`)
    throw error
  }
}

function shown(file: string): string {
  const near = relative(process.cwd(), file).replaceAll('\\', '/')
  return near.startsWith('..') ? file : near
}

/** A set without mistakes, or the first mistake as the reason why there is none. */
export function sound(loaded: Loaded): PolicySet {
  const first = loaded.problems[0]
  if (loaded.set !== null && first === undefined) return loaded.set
  const place = first === undefined ? '' : `${first.file ?? ''}:${first.line}:${first.col} `
  throw new Refusal('badPolicies', `政策文件有误，先用 policy check 改好：${place}${first === undefined ? '' : problemText(first, 'zh')}`, `The policy files have mistakes; mend them first (policy check): ${place}${first === undefined ? '' : problemText(first, 'en')}`)
}

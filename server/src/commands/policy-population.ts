/** A population file read in parts, so that a file of any length needs the memory of one. */
import { PeopleReader, problemText, type Population, type PolicySet, type Problem } from '@songbai/policy'
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { CommandContext } from './context.ts'
import { Refusal } from './policy-load.ts'

const PART = 50_000

export interface Part { readonly people: Population; /** 1 for people alive and in the county on the day. */ readonly here: Uint8Array; readonly gone: number }

/** Parts of the file named by --population; throws with every bad line before anything of it was counted as done. */
export async function* readPopulation(context: CommandContext, set: PolicySet, at: number): AsyncGenerator<Part> {
  const file = context.values['population']
  if (typeof file !== 'string') throw new Refusal('noPopulation', '请用 --population 指明人口文件（.csv 或 .jsonl，每行一人）。', 'Name the population file with --population (.csv or .jsonl, one person a line).')
  if (!existsSync(file)) throw new Refusal('noPath', `找不到 ${file}。请核对路径。`, `${file} does not exist. Check the path.`)
  const region = context.values['region']
  const reader = new PeopleReader(set, { format: /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'csv', ...(typeof region === 'string' ? { region } : {}) })
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    reader.line(line)
    if (reader.size >= PART && reader.problems.length === 0) yield partOf(reader, at)
  }
  reader.end()
  if (reader.problems.length > 0) throw new BadLines(file, reader.problems)
  if (reader.size > 0) yield partOf(reader, at)
}

/** Rules speak of people alive and in the county: who died or moved away by the day is left out. */
function partOf(reader: PeopleReader, at: number): Part {
  const people = reader.take()
  const here = new Uint8Array(people.size).fill(1)
  for (const fact of ['dead', 'moved']) {
    const def = people.defs.get(fact)
    if (def?.type !== 'day') continue
    const column = people.factOn(fact, at)
    for (let i = 0; i < here.length; i++) if (column[i]! >= def.min && column[i]! <= at) here[i] = 0
  }
  return { people, here, gone: here.reduce((n, h) => n + 1 - h, 0) }
}

export class BadLines extends Refusal {
  readonly problems: readonly Problem[]
  constructor(file: string, problems: readonly Problem[]) {
    const list = (lang: 'zh' | 'en'): string => problems.map((p) => `${file}:${p.line}:${p.col} ${problemText(p, lang)}`).join('\n')
    super('badPopulation', `人口文件有误，请改好再算：\n${list('zh')}`, `The population file has mistakes; mend them first:\n${list('en')}`)
    this.problems = problems
  }
}

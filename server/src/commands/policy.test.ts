import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { packsFolder } from '@songbai/packs'
import { policyCommand } from './policy.ts'

let folder: string
const packs = (): string => join(folder, 'packs')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'))
  cpSync(packsFolder, packs(), { recursive: true, filter: (path) => !/node_modules|\/src$/.test(path) })
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(positionals: string[], values: Record<string, string | boolean> = {}, language: 'zh' | 'en' = 'zh'): Promise<{ code: number; lines: string[]; json: never; said: string }> {
  const lines: string[] = []
  let said = ''
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => { said += String(text); return true })
  const never = (): never => { throw new Error('needs no data') }
  const code = await policyCommand({ json: values['json'] === true, county: '', language, root: join(packsFolder, '..'), values, positionals: ['policy', ...positionals], app: null, perform: never, upload: never, waitTask: never, print: (line) => void lines.push(line) })
  spy.mockRestore()
  return { code, lines, said, json: (values['json'] === true ? JSON.parse(lines.join('')) : null) as never }
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

function changed(path: string, from: string, to: string): string {
  const file = join(packs(), path)
  const text = readFileSync(file, 'utf8')
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}`)
  writeFileSync(file, text.replace(from, to))
  return text
}

describe('policy check', () => {
  test('the shipped packs hold no error', async () => {
    const { code, json } = await run(['check', packs()], { json: true })
    expect(code).toBe(0)
    expect(json).toMatchObject({ command: 'policy check', files: 45, ok: true, problems: [] })
  })

  test('a mistake is told with file, line, column and the nearest word, in one document with --json', async () => {
    const file = 'national/policies/age-allowance.yaml'
    const before = changed(file, '满80周岁: age >= 80', '满80周岁: agee >= 80')
    const plain = await run(['check', join(packs(), file)])
    const { code, json } = await run(['check', join(packs(), file)], { json: true }, 'en')
    writeFileSync(join(packs(), file), before)
    expect(plain.code).toBe(1)
    expect(plain.lines[0]).toMatch(/age-allowance\.yaml:19:10 不认识“agee”，是不是“age”？$/)
    expect(code).toBe(1)
    expect(json).toMatchObject({ ok: false, problems: [{ line: 19, column: 10, code: 'exprUnknownName', suggestion: 'age', text: 'unknown name "agee"; did you mean "age"?' }] })
  })

  test('a row that never counts is an error with its place', async () => {
    const file = 'national/policies/age-allowance.yaml'
    const before = changed(file, '满100周岁: age >= 100', '满100周岁: age >= 80')
    const { code, lines } = await run(['check', join(packs(), file)])
    writeFileSync(join(packs(), file), before)
    expect(code).toBe(1)
    expect(lines.some((line) => /age-allowance\.yaml:\d+:\d+ 错误 “90至99周岁（band90）”这一行轮不到：/.test(line))).toBe(true)
  })

  test.each([
    [['check', '/nowhere/at/all'], {}, '找不到 /nowhere/at/all。请核对路径。'],
    [['check'], {}, '请给出政策文件或文件夹的路径。'],
    [['run'], { pack: 'packs', population: 'x.csv' }, '请用 --at 给出日期，如 --at 2026-07-01。'],
    [['run'], { pack: 'packs', at: '2026-02-30', population: 'x.csv' }, '“2026-02-30”不是日期。请写成 2026-07-01。'],
    [['run'], { pack: 'packs', at: '2026-07-01' }, '请用 --population 指明人口文件（.csv 或 .jsonl，每行一人）。'],
    [['diff', 'packs'], { at: '2026-07-01' }, '请给出旧规则和新规则两个路径。'],
  ])('%j %j says what to do', async (positionals, values, said) => {
    const at = (word: string): string => (word === 'packs' ? packs() : word)
    const result = await run(positionals.map(at), Object.fromEntries(Object.entries(values).map(([key, value]) => [key, at(value)])))
    expect(result.code).toBe(2)
    expect(result.said.trim()).toBe(said)
  })
})

describe('policy test', () => {
  test('golden cases, and the slips none of them would notice', async () => {
    const file = join(packs(), 'national/policies/age-allowance.yaml')
    expect((await run(['test', file], { mutants: true, json: true })).json).toMatchObject({ failed: 0, survivors: 0, ok: true })
    const before = changed('national/policies/age-allowance.yaml', 'a100: { unit: 分/月, values: { 2023-05-01: 30000 }', 'a100: { unit: 分/月, values: { 2023-05-01: 30001 }')
    const { code, lines } = await run(['test', file], {}, 'en')
    writeFileSync(file, before)
    expect(code).toBe(1)
    expect(lines[0]).toMatch(/age-allowance\.yaml:\d+:1 expected .*band100.*, came out band100 30001/)
  })
})

describe('policy run and diff', () => {
  const PEOPLE = `id,region,出生日期,户籍,困难身份,dead
a,500229001003,1946-07-01,本县户籍,无,
b,500229001003,1936-07-01,本县户籍,无,
c,500229001003,1936-07-01,外地户籍,无,
d,500229001003,1936-07-01,,无,
e,500229001003,1920-01-01,本县户籍,无,2026-06-30
`

  test('totals of every item, the dead left out, a line for each person and item on demand', async () => {
    const out = join(folder, 'out.csv')
    const { code, json } = await run(['run'], { pack: packs(), population: write('people.csv', PEOPLE), at: '2026-07-01', out, json: true })
    expect(code).toBe(0)
    expect(json).toMatchObject({ at: '2026-07-01', people: 4, gone: 1 })
    expect((json as { items: { item: string }[] }).items.find((one) => one.item === 'age-allowance')).toMatchObject({ entitled: 2, unknown: 1, amountFen: 6000 + 12000 })
    expect(readFileSync(out, 'utf8').split('\n').filter((line) => line.includes(',age-allowance,'))).toEqual(['a,500229001003,age-allowance,entitled,band80,6000', 'b,500229001003,age-allowance,entitled,band90,12000', 'd,500229001003,age-allowance,unknown,,0'])
  })

  test('winners, losers and unchanged are everybody, with the cost before and after', async () => {
    const changedPacks = join(folder, 'new')
    cpSync(packs(), changedPacks, { recursive: true })
    const file = join(changedPacks, 'national/policies/age-allowance.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('满90周岁: age >= 90', '满90周岁: age >= 91').replace('2026-01-01: 6000', '2026-01-01: 7000'))
    const { code, json } = await run(['diff', packs(), changedPacks], { population: write('people.jsonl', '{"region":"500229001003","birth":"1946-07-01","hukou":"local"}\n{"region":"500229001003","birth":"1936-07-01","hukou":"local"}\n{"region":"500229001003","birth":"1956-07-01","hukou":"local"}'), at: '2026-07-01', json: true })
    expect(code).toBe(0)
    expect(json).toMatchObject({ people: 3, winners: 1, losers: 1, unchanged: 1, gainFen: 1000, lossFen: 5000 })
    expect((json as { items: { item: string }[] }).items.find((one) => one.item === 'age-allowance')).toMatchObject({ before: { people: 2, fen: 18000 }, after: { people: 2, fen: 14000 }, gained: 0, lost: 0 })
  })

  test('one changed file stands in for its version in the law around it', async () => {
    const text = readFileSync(join(packs(), 'national/policies/age-allowance.yaml'), 'utf8')
    const copy = write('age-allowance.yaml', text.replace('2026-01-01: 6000', '2026-01-01: 7000'))
    const { json } = await run(['diff', packs(), copy], { population: write('people.csv', PEOPLE), at: '2026-07-01', facts: join(packs(), 'facts.yaml'), json: true })
    expect(json).toMatchObject({ people: 4, winners: 1, losers: 0, gainFen: 1000 })
  })

  test('a result that cannot be written is told before anybody is counted', async () => {
    const { code, json } = await run(['run'], { pack: packs(), population: write('people.csv', PEOPLE), at: '2026-07-01', out: join(folder, 'nowhere', 'out.csv'), json: true })
    expect([code, json]).toEqual([2, { command: 'policy run', error: { code: 'noOut', text: expect.stringContaining('不能写入') } }])
  })

  test('every bad line of a population is told, and nothing is written', async () => {
    const { code, json } = await run(['run'], { pack: packs(), population: write('bad.csv', 'region,birth\n500229001003,1946-13-01\n5,1946-01-01\n'), at: '2026-07-01', out: join(folder, 'bad-out.csv'), json: true })
    expect(code).toBe(2)
    expect(readdirSync(folder).filter((name) => name.startsWith('bad-out'))).toEqual([])
    expect(json).toMatchObject({ error: { code: 'badPopulation', problems: [{ line: 2, col: 2, code: 'factValue' }, { line: 3, code: 'badRegion' }] } })
  })
})

describe('policy explain', () => {
  const withInput = async <T>(text: string, act: () => Promise<T>): Promise<T> => {
    const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!
    Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true })
    try {
      return await act()
    } finally {
      Object.defineProperty(process, 'stdin', stdin)
    }
  }
  const ask = { at: '2026-07-01', item: 'age-allowance' }

  test('sentences, conditions and the days it turns, from facts on standard input', async () => {
    const { code, lines } = await withInput('{"birth":"1946-11-20","hukou":"local","region":"500229001003"}', () => run(['explain'], { ...ask, pack: packs() }))
    expect(code).toBe(0)
    expect(lines[1]).toBe('如无变化，2026-11-20起符合。')
    expect(lines.some((line) => line.startsWith('  → 2026-11-20 符合 60.00'))).toBe(true)
    const { json } = await withInput('{"birth":"1946-11-20","hukou":"local"}', () => run(['explain'], { ...ask, pack: packs(), region: '500229', json: true }))
    expect(json).toMatchObject({ command: 'policy explain', explanation: { answer: 'no', turnsYes: '2026-11-20' } })
  })

  test.each([['[1]', '标准输入要是一个 JSON 对象，如 {"birth":"1946-11-20","hukou":"local"}。'], ['{}', '请给出区划：--region 500229001003，或在 JSON 里写 "region"。'], ['{"brith":"1946-11-20","region":"500229"}', '事实字典里没有“brith”，是不是“birth”？']])('%s on standard input says what to do', async (input, said) => {
    const result = await withInput(input, () => run(['explain'], { ...ask, pack: packs() }))
    expect([result.code, result.said.trim()]).toEqual([2, said])
  })
})

test('without a word, or with a strange one, the usage is shown', async () => {
  for (const word of [[], ['chekc']]) expect((await run(word, {}, 'en')).lines[0]).toBe('Usage:')
})

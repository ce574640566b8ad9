import { describe, expect, it } from 'vitest'
import { decodeFact, PeopleReader, problemText } from './index.ts'
import { loadSet } from '../fixtures/load.ts'

const set = loadSet()

function read(format: 'csv' | 'jsonl', text: string, region?: string): PeopleReader {
  const reader = new PeopleReader(set, { format, ...(region === undefined ? {} : { region }) })
  for (const line of text.split('\n')) reader.line(line)
  reader.end()
  return reader
}

function facts(reader: PeopleReader, ids: readonly string[]): unknown[] {
  const people = reader.take()
  const columns = people.columnsAt('2026-07-01')
  return people.ids.map((id, i) => [id, people.regions[i], ...ids.map(f => decodeFact(set.facts.get(f)!, columns.column(f)[i]!))])
}

describe('people file', () => {
  it('[L11] a table by ids or Chinese labels, in any order, sorted by region', () => {
    const reader = read('csv', '\uFEFF编号,region,birth,户籍,独居,disabilities,pension\nb,500229001003,1945-01-02,外地户籍,是,"视力;hearing",\na,50,1940-01-02,local,no,,250000\n')
    expect(reader.problems).toEqual([])
    expect(facts(reader, ['birth', 'hukou', 'alone', 'disabilities', 'pension'])).toEqual([['a', '500000000000', '1940-01-02', 'local', false, null, 250000], ['b', '500229001003', '1945-01-02', 'other', true, ['visual', 'hearing'], null]])
    expect(reader.size).toBe(0)
  })

  it('[L11] one object a line, the region from outside, a quoted cell with comma and line break', () => {
    expect(facts(read('jsonl', '{"id":"x","birth":"1945-01-02","alone":true,"hukou":null}\n\n{"hukou":"本县户籍"}', '500229'), ['birth', 'alone', 'hukou'])).toEqual([['x', '500229000000', '1945-01-02', true, null], ['3', '500229000000', null, null, 'local']])
    const quoted = read('csv', 'id,hukou,region\n"a, ""b""\nc",local,50')
    expect(quoted.problems).toEqual([])
    expect(facts(quoted, ['hukou'])).toEqual([['a, "b"\nc', '500000000000', 'local']])
  })

  it.each([
    ['csv', 'id,brith,region\n', '1:2 不认识的列“brith”：列名要写事实字典里的编号或名称，是不是“birth”？'],
    ['csv', 'hukou,region\nlocl,50', '2:1 “locl”不能作“hukou”的值，是不是“local”？'],
    ['csv', 'birth,region\n1945-02-30,50', '2:1 “1945-02-30”不能作“birth”的值'],
    ['csv', 'birth,region\n1945-02-03', '2:1 这一行有1格，表头有2格'],
    ['csv', 'birth\n1945-02-03', '2:1 缺少区划：加一列 region，或用 --region 给出'],
    ['csv', 'birth,region\n1945-02-03,501', '2:1 “501”不是行政区划代码'],
    ['csv', 'pension,region\n12.5,50', '2:1 “12.5”不能作“pension”的值'],
    ['csv', 'alone,region\nmaybe,50', '2:1 “maybe”不能作“alone”的值'],
    ['csv', 'id,region\n"a,50', '2:1 引号没有配对，文件在格子中间结束'],
    ['csv', '', '1:1 文件是空的，第一行应是列名'],
    ['jsonl', '[1]', '1:1 这一行不是一个 JSON 对象'],
  ] as const)('[L11] %s %j is refused with its place', (format, text, said) => {
    expect(read(format, text).problems.map(p => `${p.line}:${p.col} ${problemText(p, 'zh')}`)).toEqual([said])
  })
})

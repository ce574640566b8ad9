import { createJudge, findTable, guessColumns, mappingOf, words, type Cell, type RawRow } from '@songbai/sheets'
import { parseFacts } from '@songbai/policy'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { resources } from '../../resources.ts'
import { loadTestResources } from '../../testing.ts'
import { syntheticId } from '../elders/people.fixture.ts'
import { prepareElder, type PreparedElder } from '../elders/public.ts'
import { createPlaceFinder } from '../regions/place-names.ts'
import { countiesTree } from '../regions/tree-source.ts'
import type { Counts } from './contract.ts'
import { registerDoubt } from './rules-doubts.ts'
import { CATEGORY_WORDS, eldersSchema } from './rules-fields.ts'
import { createRowRules, type Judgement } from './rules-row.ts'
import { createTwice } from './rules-twice.ts'
import { batchNumber, COMMIT_WITHOUT_TYPING, decisionsFor, equation, FINDING_WORDS, sayFinding } from './rules.ts'

const TODAY = '2026-07-16'
let read: (headings: readonly string[], cells: readonly Cell[], place?: string, prefixes?: readonly string[]) => Judgement
let guess: (headings: readonly string[], ...rows: (readonly Cell[])[]) => (string | null)[]

beforeAll(() => {
  loadTestResources()
  const parsed = parseFacts(resources().packs.factsText)
  if ('problems' in parsed) throw new Error('facts')
  const dictionary = parsed.facts
  const schema = eldersSchema(dictionary)
  const finder = createPlaceFinder(countiesTree(resources().regions, ['500229']), TODAY)
  const sheet = (headings: readonly string[], rows: readonly (readonly Cell[])[]): RawRow[] => [{ row: 1, cells: [...headings] }, ...rows.map((cells, i) => ({ row: i + 2, cells: [...cells] }))]
  const look = (rows: RawRow[]) => {
    const table = findTable(rows, { schema, headingRows: [1] })!
    return { table, guesses: guessColumns(schema, table, rows, { today: TODAY }) }
  }
  guess = (headings, ...rows) => look(sheet(headings, rows)).guesses.map((one) => one.field)
  read = (headings, cells, place = '500229000000', prefixes = ['500229']) => {
    const rows = sheet(headings, [cells])
    const { table, guesses } = look(rows)
    const mapping = mappingOf(guesses)
    const judgeRow = createRowRules({ mapping, finder, prepare: prepareElder, dictionary, today: TODAY, prefixes, place, listDay: '2026-07-01', source: '导入：甲.xlsx', number: 'IM-2026-0716-01' })
    const { record } = createJudge({ schema, table, mapping, context: { today: TODAY } })(rows[1]!)
    return judgeRow(record!, rows[1]!.cells)
  }
})

const codes = (judged: Judgement, severity?: string): string[] => judged.findings.filter((one) => severity === undefined || one.severity === severity).map((one) => one.code)
const facts = (person: PreparedElder): Record<string, unknown> => Object.fromEntries(person.facts.map((fact) => [fact.key, fact.value]))

describe('what is decided and how it adds up', () => {
  test('[I1] a hundred rows go in without typing the number', () => expect(COMMIT_WITHOUT_TYPING).toBe(100))

  test('[I2] an answer fits the question: the same person only where one is meant, damaged names and numbers never waved through', () => {
    expect(decisionsFor([])).toEqual([])
    expect(decisionsFor(['imports.already-here'])).toEqual(['same', 'drop'])
    expect(decisionsFor(['imports.dead-in-register', 'sheets.phone.not_a_phone'])).toEqual(['same', 'drop'])
    expect(decisionsFor(['imports.like-somebody'])).toEqual(['same', 'new', 'drop'])
    expect(decisionsFor(['imports.twice-in-file'])).toEqual(['drop'])
    expect(decisionsFor(['imports.like-row'])).toEqual(['new', 'drop'])
    expect(decisionsFor(['sheets.phone.not_a_phone'])).toEqual(['use', 'drop'])
    expect(decisionsFor(['sheets.phone.not_a_phone', 'sheets.id.maybe_lost'])).toEqual(['drop'])
    expect(decisionsFor(['imports.place-ambiguous'])).toEqual(['drop'])
  })

  test('[I3] rows seen are the sum of their fates, or there is no receipt', () => {
    const counts: Counts = { seen: 10, ready: 0, error: 1, question: 1, dropped: 1, skipped: 2, repaired: 4, imported: 4, added: 1, skippedBy: { total: 2 }, seconds: 1 }
    expect(equation(counts)!.parts).toEqual([['imported', 4], ['added', 1], ['error', 1], ['question', 1], ['dropped', 1], ['skipped', 2]])
    expect(equation({ ...counts, error: 2 })).toBeNull()
  })

  test('[I4] a batch is numbered within its day', () => expect(batchNumber('2026-07-16', 3)).toBe('IM-2026-0716-03'))
})

describe('columns and rows', () => {
  test('[I5] category words become facts of the dictionary; what an assessment decides does not', () => {
    const known = new Map(resources().packs.facts.facts.map((fact) => [fact.id, fact]))
    for (const { id, fact } of CATEGORY_WORDS) if (fact) {
      expect(known.has(fact.key), id).toBe(true)
      if (typeof fact.value === 'string') expect(known.get(fact.key)!.values!.map((one) => one.id), id).toContain(fact.value)
    }
    const judged = read(['姓名', '住址', '类别', '出生日期'], ['冉启秀', '咸宜镇青龙村', '低保户；独居、失能', '1945-03-02'])
    expect(facts(judged.person!)).toMatchObject({ incomeStanding: 'minimumLivingAllowance', livingArrangement: 'alone' })
    expect(codes(judged)).toContain('imports.category-not-a-fact')
    expect(facts(judged.person!)).not.toHaveProperty('abilityLevel')
  })

  test('[I6] clerks\' headings are known, and a fact of the dictionary is a column', () => {
    expect(guess(['序号', '老人姓名', '身份证号码', '性 别', '出生年月', '乡镇', '村', '组', '手机号码', '婚姻状况', '每月养老金（元）', '备注'], [1, '冉启秀', syntheticId('1945-03-02', 12), '女', '1945.3.2', '咸宜镇', '青龙村', '3组', '13900000001', '丧偶', '150', '已发']))
      .toEqual([null, 'name', 'idNumber', 'sex', 'birth', 'township', 'village', 'group', 'phone', 'fact.maritalStatus', 'fact.pensionFen', null])
  })

  test('[I7] township, village, group and house become one place and one address; the place of the list is the place of its bare names', () => {
    const whole = read(['姓名', '乡镇', '村', '组', '出生日期'], ['冉启秀', '咸宜镇', '青龙村', '3', '1945-03-02']).person!
    expect([whole.region, whole.address]).toEqual(['500229110200', '3组'])
    const bare = read(['姓名', '住址', '出生日期'], ['冉启秀', '青龙村3组12号', '1945-03-02'], '500229110000').person!
    expect([bare.region, bare.address]).toEqual(['500229110200', '3组12号'])
    expect(codes(read(['姓名', '出生日期'], ['冉启秀', '1945-03-02'], '500229110200'))).toEqual([])
    expect(codes(read(['姓名', '出生日期'], ['冉启秀', '1945-03-02']), 'error')).toEqual(['imports.place-missing'])
    expect(codes(read(['姓名', '住址', '出生日期'], ['冉启秀', '咸宜镇青龙村', '1945-03-02'], '500229102000', ['500229102']), 'error')).not.toEqual([])
    expect(codes(read(['姓名', '住址', '出生日期'], ['冉启秀', '咸宜镇', '1945-03-02']), 'question')).toEqual(['imports.place-no-village'])
  })

  test('[I8] two standings that exclude each other are a question, not a choice', () => {
    expect(codes(read(['姓名', '住址', '类别', '出生日期'], ['冉启秀', '咸宜镇青龙村', '低保、特困', '1945-03-02']), 'question')).toEqual(['imports.category-conflict'])
  })

  test('[I12] a month of birth beside an ID number asks nothing where they agree; without a number the month is kept and the day asked for', () => {
    const id = syntheticId('1945-03-02', 12)
    const agree = read(['姓名', '身份证号', '出生年月', '住址'], ['冉启秀', id, '1945.03', '咸宜镇青龙村'])
    expect([codes(agree, 'question'), codes(agree, 'repaired'), agree.person!.birthDay]).toEqual([[], ['imports.day-from-id'], '1945-03-02'])
    expect(codes(read(['姓名', '身份证号', '出生年月', '住址'], ['冉启秀', id, '1945.04', '咸宜镇青龙村']), 'error')).toEqual(['elders.id-birth-differs'])
    const alone = read(['姓名', '出生年月', '住址'], ['冉启秀', '1945年3月', '咸宜镇青龙村'])
    expect([codes(alone, 'question'), alone.person!.birthDay, alone.person!.birthMonth]).toEqual([['imports.birth-month-only'], null, '1945-03'])
  })

  test('[I10] a place of registration the tree does not know is told and left out', () => {
    const judged = read(['姓名', '住址', '户籍地址', '出生日期'], ['冉启秀', '咸宜镇青龙村', '月亮县火星镇', '1945-03-02'])
    expect(codes(judged, 'repaired')).toContain('imports.registered-not-found')
    expect(judged.person!.registeredRegion).toBeNull()
    expect(read(['姓名', '住址', '户籍地址', '出生日期'], ['冉启秀', '咸宜镇青龙村', '咸宜镇青龙村', '1945-03-02']).person!.registeredRegion).toBe('500229110200')
  })

  test('a second phone becomes a contact and facts carry the day and row of the list', () => {
    const { person } = read(['姓名', '住址', '联系电话', '出生日期', '婚姻状况'], ['冉启秀', '咸宜镇青龙村', '13900000001、13900000002（子）', '1945-03-02', '丧偶'])
    expect(person!.phone).toBe('13900000001')
    expect(person!.contacts).toEqual([expect.objectContaining({ name: '子', phone: '13900000002' })])
    expect(person!.facts.find((fact) => fact.key === 'maritalStatus')).toMatchObject({ validFrom: '2026-07-01', sourceRef: 'IM-2026-0716-01 第2行' })
  })
})

describe('the same person', () => {
  const person = (name: string, pinyin: string, idNumber: string | null, birthDay = '1944-04-04') => ({ name, pinyin, idNumber, birthDay, region: '500229110200' }) as PreparedElder
  test('[I9] twice by number, alike by sound and birth; two good numbers far apart are two people', () => {
    const twice = createTwice()
    const a = syntheticId('1944-04-04', 52)
    expect(twice(2, person('李淑芳', 'lishufang', a))).toBeNull()
    expect(twice(3, person('李淑芳', 'lishufang', a))?.code).toBe('imports.twice-in-file')
    expect(twice(4, person('李叔芳', 'lishufang', null))).toMatchObject({ code: 'imports.like-row', args: { row: 2, why: 'soundsAlike,sameBirth,sameTownship' } })
    expect(twice(5, person('李淑芳', 'lishufang', syntheticId('1944-04-04', 754)))).toBeNull()
    expect(twice(6, person('李淑芳', 'lishufang', null, '1944-04-05'))).toBeNull()
  })

  test('[I9] a list of fifty thousand different people has no twins, and each of them again is found with its row', () => {
    const twice = createTwice()
    const number = (i: number): string => String(990201194404040000n + BigInt(i))
    for (let i = 0; i < 50_000; i++) expect(twice(i + 2, person(`甲${i}`, `jia${i}`, number(i)))).toBeNull()
    for (const i of [0, 1, 777, 49_999]) expect(twice(60_000 + i, person('乙', 'yi', number(i)))).toEqual({ code: 'imports.twice-in-file', args: { row: i + 2, name: `甲${i}` } })
  })

  test('[I11] one question a row: dead and gone weigh more than being there', () => {
    const known = { id: 'x', name: '周大明', place: '咸宜镇青龙村', birth: '1942-06-06', status: 'active' as const, statusOn: null }
    const mapping = { columns: [{ column: 0, field: 'name' }, { column: 1, field: 'idNumber' }] }
    expect(registerDoubt(2, mapping, null, null)).toBeNull()
    expect(registerDoubt(2, mapping, known, null)!.finding).toMatchObject({ code: 'imports.already-here', column: 'B' })
    expect(registerDoubt(2, mapping, { ...known, status: 'dead', statusOn: '2026-06-30' }, null)!.finding).toMatchObject({ code: 'imports.dead-in-register', args: { on: '2026-06-30' } })
    expect(registerDoubt(2, mapping, null, { known, reasons: ['sameName', 'sameBirth'] })!.finding).toMatchObject({ code: 'imports.like-somebody', column: 'A', args: { why: 'sameName,sameBirth' } })
    expect(registerDoubt(2, mapping, null, { known: { ...known, status: 'dead', statusOn: '2020-01-01' }, reasons: ['sameName'] })!.finding.code).toBe('imports.like-somebody')
  })
})

test('every code in the source has a sentence in both languages with the same arguments, and reasons are said in words', () => {
  const source = readdirSync(import.meta.dirname).filter((name) => /^(rules|jobs)-?.*\.ts$/.test(name) && !/test|words/.test(name)).map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n')
  const used = new Set([...source.matchAll(/'(imports\.[a-z-]+)'/g)].map((one) => one[1]!).filter((code) => !/^imports\.(inspect|check|commit|undo|repaired|template)$/.test(code)))
  expect(used.size).toBeGreaterThan(18)
  for (const code of used) expect(FINDING_WORDS[code], code).toBeDefined()
  for (const [code, { 'zh-CN': zh, en }] of Object.entries(FINDING_WORDS)) expect([...en.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort(), code).toEqual([...zh.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort())
  expect(sayFinding('imports.like-row', { row: 2, name: '李淑芳', why: 'soundsAlike,sameBirth' }, 'zh-CN')).toBe('和第 2 行的李淑芳像是同一个人：姓名同音、生日相同。请确认。')
  expect(sayFinding('sheets.empty', {}, 'en')).toBe(words['sheets.empty']!.en)
})

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { en, zh } from './catalogue.ts'
import type { WordKey } from './catalogue.ts'
import { partsOf, problemWords, refusalWords, translator } from './translate.ts'

const KEYS = Object.keys(zh) as readonly WordKey[]
const WEB = join(import.meta.dirname, '../../..')

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|node_modules|[\\/]words[\\/](zh-CN|en|mn-Mong)[\\/]/.test(`/${name}`))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

const slots = (text: string) => [...new Set(partsOf(text).flatMap((part) => (typeof part === 'string' ? [] : [part.name])))].sort()

describe('words', () => {
  test('English has every key, and no sentence is empty in either language', () => {
    expect(Object.keys(en).sort()).toEqual([...KEYS].sort())
    expect(KEYS.filter((key) => !zh[key].trim() || !en[key].trim())).toEqual([])
  })

  test('English asks for the same slots as Chinese', () => {
    expect(KEYS.filter((key) => slots(zh[key]).join() !== slots(en[key]).join())).toEqual([])
  })

  test('a Chinese sentence has no English letters but names of keys, keyboard letters and kinds of files', () => {
    const allowed = /\{\w+\}|J K|\bX\b|\bE\b|\bZ\b|English|\.[a-z]+\b|\bPDF\b|\bWord\b|\bWPS\b|\bRTF\b|\bOFD\b/g
    expect(KEYS.filter((key) => /[A-Za-z]/.test(zh[key].replace(allowed, '')))).toEqual([])
  })

  test('an English sentence has no Chinese characters but the name of the Chinese language', () => {
    expect(KEYS.filter((key) => /[\u4e00-\u9fff]/.test(en[key].replace('中文', '')))).toEqual([])
  })

  test('no Chinese sentence uses a word the house does not speak, or an exclamation mark', () => {
    const never = /系统异常|操作失败|非法|数据为空|是否确定|！|(?<!使)你(?!们)/
    expect(KEYS.filter((key) => never.test(zh[key]))).toEqual([])
  })

  test('every refusal says what, why and what now in both languages', () => {
    const codes = KEYS.filter((key) => key.startsWith('refusal.'))
    expect(codes.length).toBeGreaterThan(5)
    for (const words of [zh, en]) expect(codes.filter((key) => words[key].split('\n').filter((line) => line.trim()).length !== 3)).toEqual([])
  })

  test('every key of the frame is used by some page or widget', () => {
    const text = [...sources(join(WEB, 'shared/src')), ...sources(join(WEB, 'console/src'))].join('\n')
    // Refusals and problems are looked up by the code the server sends.
    const unused = KEYS.filter((key) => !/^(refusal|problem)\./.test(key) && !text.includes(`'${key}'`))
    expect(unused).toEqual([])
  })
})

describe('sentences', () => {
  const t = translator('en')

  test('a slot takes its value, and one thing is said in the singular', () => {
    expect(t('common.people', { n: 1 })).toBe('1 person')
    expect(t('common.people', { n: '1,204' })).toBe('1,204 people')
    expect(translator('zh-CN')('common.people', { n: 3 })).toBe('3 人')
  })

  test('an unknown refusal still gives its code to read out', () => {
    const said = refusalWords('zh-CN', 'pay.somethingNew')
    expect(said.why).toContain('pay.somethingNew')
    expect(said.now).not.toBe('')
  })

  test('an unknown problem is our fault', () => {
    expect(problemWords('zh-CN', 'whatever')).toBe(zh['problem.bug'])
  })
})

import { loadPacks } from '@songbai/packs'
import { parseFacts, parsePolicy } from '@songbai/policy'
import { expect, test } from 'vitest'
import { basisShown, clausesShown, figureShown, inEnglish } from './rules-texts.ts'

const packs = loadPacks()
const HAN = /[\u3400-\u9fff]/

test('titles and articles in English: own translation, number, or as they stand', () => {
  expect(['第15项', '二（十三）', '五④', '一', '附件（缺）', '十一', '二十'].map((text) => inEnglish(packs, text))).toEqual(['item 15', '2 (13)', '5 (4)', '1', 'annex (missing)', '11', '20'])
  expect(inEnglish(packs, '关于做好农村养老服务全覆盖工作的通知')).toBe('Notice on full coverage of rural elderly care')
  expect(inEnglish(packs, '没有译过的')).toBe('没有译过的')
})

test('the basis, clauses and figures of every pack are complete in English', () => {
  const facts = parseFacts(packs.factsText)
  if ('problems' in facts) throw new Error('facts')
  const left: string[] = []
  for (const { path, text } of packs.policies) {
    const read = parsePolicy(text, facts.facts)
    if ('problems' in read) continue
    left.push(...[basisShown(packs, read.policy).en, ...clausesShown(packs, read.policy.clauses).map((one) => one.text.en)].filter((said) => HAN.test(said.replace(/[\u3400-\u9fff]+〔\d{4}〕\d+号/g, ''))).map((said) => `${path}: ${said}`))
  }
  expect(left).toEqual([])
  expect(packs.targets.flatMap((target) => target.measures.map((measure) => figureShown(measure).en)).filter((said) => HAN.test(said))).toEqual([])
  const [first] = packs.targets.find((target) => target.id === 'T-01' && target.document === 'inner-mongolia-2024')!.measures
  expect(figureShown(first!)).toEqual({ zh: '组建流动式专业养老服务队（站）的牧业苏木乡镇占比 80%', en: 'share of pastoral townships with a mobile team: at least 80 %' })
})

import { expect, test } from 'vitest'
import { createSecrets, nationalCrypto, newMasterKey } from './secrets.ts'

const secrets = createSecrets(Buffer.alloc(32, 3))

test('a sealed field opens with the key of its person and no other', () => {
  const [one, two] = [secrets.newSubjectKey('500229'), secrets.newSubjectKey('500229')]
  const sealed = secrets.seal(one.key, '990229194503020043')
  expect(sealed.toString('latin1')).not.toContain('9902')
  expect(secrets.open(secrets.subjectKey('500229', one.wrapped), sealed)).toBe('990229194503020043')
  expect(() => secrets.open(two.key, sealed)).toThrow()
  expect(() => createSecrets(newMasterKey()).subjectKey('500229', one.wrapped)).toThrow()
})

test('a flipped bit anywhere in a sealed field is noticed', () => {
  const { key } = secrets.newSubjectKey('500229')
  const sealed = secrets.seal(key, '13800000000')
  for (let i = 0; i < sealed.length; i++) {
    const bent = Buffer.from(sealed)
    bent[i] = bent[i]! ^ 1
    expect(() => nationalCrypto.open(key, bent)).toThrow()
  }
})

test('equal values are found by their index inside a county and a field, and nowhere else', () => {
  const index = secrets.index('500229', 'idNumber', 'x')
  expect(secrets.index('500229', 'idNumber', 'x')).toEqual(index)
  expect(secrets.index('500229', 'phone', 'x')).not.toEqual(index)
  expect(secrets.index('370215', 'idNumber', 'x')).not.toEqual(index)
})

test('the same text sealed twice looks different', () => {
  const { key } = secrets.newSubjectKey('500229')
  expect(secrets.seal(key, 'a')).not.toEqual(secrets.seal(key, 'a'))
})

test('fields sealed together open one by one, and no two share a stretch of the key stream', () => {
  const { key } = secrets.newSubjectKey('500229')
  const texts = ['990229194503020043', '', '199 0000 0001', '中'.repeat(40), 'sixteen bytes ..', 'x']
  const sealed = secrets.sealAll(key, texts)
  expect(sealed.map((one) => secrets.open(key, one))).toEqual(texts)
  // Same plain bytes under one counter would give same cipher bytes.
  const [a, b] = secrets.sealAll(key, ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa']) as [Buffer, Buffer]
  expect(a.subarray(17, 33)).not.toEqual(b.subarray(17, 33))
})

test('a counter at its end runs over into the next byte', () => {
  const { key } = secrets.newSubjectKey('500229')
  for (let round = 0; round < 300; round++) {
    const texts = ['a'.repeat(4096 * 2), 'b', 'c'.repeat(5000), 'd']
    expect(secrets.sealAll(key, texts).map((one) => secrets.open(key, one))).toEqual(texts)
  }
})

import { describe, expect, it } from 'vitest'
import { canonicalBytes, canonicalText, fromHex, isHashText, SealError, sealDocument, sealPart, toHex, verifyDocument } from './index.ts'
import { hashNamed, sha256, sm3 } from './node.ts'
import { createRandom } from './random.fixture.ts'

const refusal = (value: unknown): string => { try { canonicalText(value) } catch (e) { return e instanceof SealError ? `${e.why} ${e.path}` : 'other' } return 'none' }

describe('canonical text', () => {
  it('[S1] parses back to the same value, without a space', () => {
    const value = { name: '额尔敦\n"甲"', list: [1, null, true, [], {}], deep: { z: 1, a: 'x' } }
    expect(canonicalText(value)).toBe('{"deep":{"a":"x","z":1},"list":[1,null,true,[],{}],"name":"额尔敦\\n\\"甲\\""}')
    expect(JSON.parse(canonicalText(value))).toEqual(value)
  })

  it('[S2] keys stand in UTF-16 order whatever order they were given in', () => {
    // The example order of RFC 8785 section 3.2.3.
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(`[${canonicalText(value).slice(1, -1).replace(/"[^"]*":/g, '')}]`))).toEqual([2, 4, 6, 7, 1, 5, 3])
    expect(canonicalText({ b: 1, a: 2, 10: 3, 9: 4 })).toBe('{"10":3,"9":4,"a":2,"b":1}')
  })

  it('[S3] only safe integers are numbers', () => {
    expect(canonicalText([0, -5, Number.MAX_SAFE_INTEGER])).toBe('[0,-5,9007199254740991]')
    expect([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53, -0].map(refusal)).toEqual(['notFinite $', 'notFinite $', 'notASafeInteger $', 'notASafeInteger $', 'negativeZero $'])
  })

  it('[S4] what JSON would drop or change is refused with its path', () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    expect(refusal({ a: { b: [1, undefined] } })).toBe('undefined $.a.b[1]')
    expect(refusal({ gone: undefined })).toBe('undefined $.gone')
    expect(refusal(Array(2))).toBe('undefined $[0]')
    expect([refusal(1n), refusal(() => 1), refusal(Symbol('x'))]).toEqual(['bigint $', 'function $', 'symbol $'])
    expect([refusal(new Date(0)), refusal(new Map()), refusal(new Uint8Array(1)), refusal({ [Symbol('x')]: 1 })]).toEqual(['notPlain $', 'notPlain $', 'notPlain $', 'symbolKey $'])
    expect([refusal('\ud83d'), refusal('a\udc00'), refusal({ '\ud800': 1 }).split(' ')[0]]).toEqual(['loneSurrogate $', 'loneSurrogate $', 'loneSurrogate'])
    expect(refusal(cycle).split(' ')[0]).toBe('tooDeep')
  })

  it('[S4] text is sealed as it is stored: two spellings of one letter differ', () => {
    expect(canonicalText('é')).not.toBe(canonicalText('é'.normalize('NFD')))
  })

  it('[S1] different values never share a text (5,000 random pairs)', () => {
    const random = createRandom(7)
    const make = (depth: number): unknown => {
      const kind = random.below(depth > 3 ? 4 : 6)
      if (kind === 0) return random.text()
      if (kind === 1) return random.below(1000) - 500
      if (kind === 2) return random.below(2) === 1
      if (kind === 3) return null
      if (kind === 4) return Array.from({ length: random.below(4) }, () => make(depth + 1))
      return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.text(), make(depth + 1)]))
    }
    for (let i = 0; i < 5000; i++) {
      const value = make(0)
      expect(JSON.parse(canonicalText(value))).toEqual(value)
      expect(canonicalText(JSON.parse(canonicalText(value)))).toBe(canonicalText(value))
    }
  })
})

describe('hashes', () => {
  it('published vectors of SM3 and SHA-256', () => {
    const abc = new TextEncoder().encode('abc')
    expect(toHex(sm3.digest(abc))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(toHex(sha256.digest(abc))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(toHex(sm3.digest(abc.subarray(0, 1), abc.subarray(1)))).toBe(toHex(sm3.digest(abc)))
    expect([hashNamed('sm3'), hashNamed('sha256')]).toEqual([sm3, sha256])
  })

  it('a digest text is 64 lower-case digits and goes to bytes and back', () => {
    const text = toHex(sm3.digest(canonicalBytes('x')))
    expect(toHex(fromHex(text))).toBe(text)
    for (const bad of [text.toUpperCase(), text.slice(1), `${text}0`, '', null]) {
      expect(isHashText(bad)).toBe(false)
      expect(() => fromHex(bad as string)).toThrow(SealError)
    }
  })
})

describe('sealed documents', () => {
  const photo = new TextEncoder().encode('photo bytes')
  const voice = new TextEncoder().encode('voice bytes')
  const sealed = () => sealDocument('visit', { elder: 'e1', day: '2026-11-23', ok: true }, [sealPart('voice', voice, sm3), sealPart('photo', photo, sm3)], sm3)
  const files = new Map([['photo', photo], ['voice', voice]])

  it('[S11] an untouched document verifies, alone and with its files, and after a trip through JSON', () => {
    expect(verifyDocument(sealed(), sm3)).toEqual({ ok: true })
    expect(verifyDocument(JSON.parse(JSON.stringify(sealed())), sm3, files)).toEqual({ ok: true })
    expect(sealed().parts.map((part) => part.name)).toEqual(['photo', 'voice'])
    expect(() => sealDocument('visit', {}, [sealPart('a', photo, sm3), sealPart('a', voice, sm3)], sm3)).toThrow('seal.doublePart')
  })

  it('[S12] every change is found and named', () => {
    expect(verifyDocument({ ...sealed(), content: { elder: 'e1', day: '2026-11-24', ok: true } }, sm3)).toEqual({ ok: false, why: 'contentChanged' })
    expect(verifyDocument({ ...sealed(), kind: 'meal' }, sm3)).toEqual({ ok: false, why: 'contentChanged' })
    expect(verifyDocument({ ...sealed(), parts: sealed().parts.slice(1) }, sm3)).toEqual({ ok: false, why: 'contentChanged' })
    expect(verifyDocument(sealed(), sha256)).toEqual({ ok: false, why: 'algorithmDiffers' })
    expect(verifyDocument({ ...sealed(), format: 'other' as 'songbai-seal-1' }, sm3)).toEqual({ ok: false, why: 'formatUnknown' })
    expect(verifyDocument(sealed(), sm3, new Map([['photo', photo]]))).toEqual({ ok: false, why: 'partMissing', part: 'voice' })
    expect(verifyDocument(sealed(), sm3, new Map([['photo', voice], ['voice', voice]]))).toEqual({ ok: false, why: 'partChanged', part: 'photo' })
    expect(verifyDocument(sealed(), sm3, new Map([...files, ['extra', photo]]))).toEqual({ ok: false, why: 'partUnlisted', part: 'extra' })
  })

  it('[S12] any one flipped bit of the sealed text is found', () => {
    const random = createRandom(11)
    const bytes = new TextEncoder().encode(JSON.stringify(sealed()))
    for (let i = 0; i < 500; i++) {
      const copy = Uint8Array.from(bytes)
      const at = random.below(copy.length)
      copy[at] = (copy[at] as number) ^ (1 << random.below(8))
      let parsed: unknown
      try { parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(copy)) } catch { continue }
      let found: boolean
      try { found = !verifyDocument(parsed as ReturnType<typeof sealed>, sm3, files).ok } catch { found = true }
      expect(found, `byte ${at}`).toBe(true)
    }
  })
})

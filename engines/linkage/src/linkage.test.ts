import { describe, expect, test } from 'vitest'
import { assign, asLunar, birthLevel, createPlaces, DEFAULT_WEIGHTS, digitsTree, idLevel, inLunar, Linkage, nameLevel, nearSound, oneSlipApart, readBirth, readId, readName, SAID, sayDoubt, sayPart, swapped, BIRTH_LEVELS, DOUBTS, ID_LEVELS, NAME_LEVELS, PLACE_LEVELS, SEX_LEVELS, type Person } from './index.ts'

const level = (a: string, b: string) => nameLevel(readName(a), readName(b))
const id = (text: string) => readId(text)
const birth = (a: string, b: string) => birthLevel(readBirth(a), readBirth(b))

/** Numbers of nobody: 99 is no place. The check characters were worked out by hand with GB 11643-1999. */
const A = '990229194503020128'

describe('ID numbers', () => {
  test('[D1] written forms are one number, fifteen digits become eighteen', () => {
    expect(id(' 990229 19450302 012 8 '.replaceAll(' ', ''))!.text).toBe(A)
    expect(id('９９０２２９１９４５０３０２０１２８')).toEqual({ text: A, valid: true })
    expect(id('990229450302012')!).toEqual({ text: A, valid: true })
    expect(id('99022919451302012x')!.valid).toBe(false)
    expect(id('')).toBe(null)
  })

  test('[D2] one wrong, swapped, lost or doubled character is one slip, two are not', () => {
    expect(oneSlipApart(A, '990229194503020138')).toBe(true)
    expect(oneSlipApart(A, '990229195403020128')).toBe(true)
    expect(oneSlipApart(A, '99022919450302018')).toBe(true)
    expect(oneSlipApart(A, '9902291945503020128')).toBe(true)
    expect(oneSlipApart(A, '990229194603030128')).toBe(false)
    expect(oneSlipApart(A, '99022919450302')).toBe(false)
  })

  test('[D3] a slip breaks the check: two good numbers side by side are two people', () => {
    expect(idLevel(id(A), id(A))).toBe('same')
    expect(idLevel(id(A), id('990229194503020138'))).toBe('slip')
    const twin = id('990229194503020144')!
    expect(twin.valid).toBe(true)
    expect(oneSlipApart(A, twin.text)).toBe(true)
    expect(idLevel(id(A), twin)).toBe('differ')
    expect(idLevel(id(A), id('9902291945'))).toBe('missing')
    expect(idLevel(id(A), null)).toBe('missing')
  })
})

describe('names', () => {
  test('[N1] blanks, full width, dots and remarks do not make another name', () => {
    for (const other of ['李 秀英', '李　秀　英', '李秀英（故）', '李秀英 ']) expect(level('李秀英', other)).toBe('same')
    expect(level('买买提·艾合买提', '买买提•艾合买提')).toBe('same')
    expect(level('买买提·艾合买提', '买买提艾合买提')).toBe('same')
  })

  test('[N2] another form of a character is the same name', () => {
    expect(level('陳國華', '陈国华')).toBe('variant')
    expect(level('肖大峯', '萧大峰')).toBe('variant')
  })

  test('[N3] names that sound the same agree, by any reading of a character', () => {
    expect(level('李淑英', '李书英')).toBe('sound')
    expect(level('单秀兰', '善秀兰')).toBe('sound')
    expect(level('单秀兰', '丹秀兰')).toBe('sound')
  })

  test('[N4] sounds of the south and west are near', () => {
    expect(nearSound('zhang')).toBe(nearSound('zan'))
    expect(nearSound('niu')).toBe(nearSound('liu'))
    expect(level('陈志明', '陈自明')).toBe('nearSound')
    expect(level('王林', '王玲')).toBe('nearSound')
  })

  test('[N5] one character other, left out or in another place, in a name of three', () => {
    expect(level('李秀英', '李桂英')).toBe('oneCharacter')
    expect(level('李秀英', '李英')).toBe('oneCharacter')
    expect(level('李秀英', '李英秀')).toBe('oneCharacter')
  })

  test('[N6] of two characters one is half the name', () => {
    expect(level('王兰', '王芳')).toBe('surname')
  })

  test('[N7] the first part of a name with a dot stands for it', () => {
    expect(level('买买提·艾合买提', '买买提')).toBe('part')
    expect(level('买买提·艾合买提', '买买提·托乎提')).toBe('part')
  })

  test('[N8] else only the family, or nothing', () => {
    expect(level('李秀英', '李建国')).toBe('surname')
    expect(level('李秀英', '冉建国')).toBe('differ')
    expect(level('', '冉建国')).toBe('missing')
  })
})

describe('birth', () => {
  test('[B1] a year or a month alone is what it is', () => {
    expect(readBirth('1945')).toBe(19_450_000)
    expect(birth('1945', '1945-03-02')).toBe('year')
    expect(birth('1945-03', '1945-03-02')).toBe('month')
    expect(birth('1945-04', '1945-03-02')).toBe('differ')
    expect(readBirth('不详')).toBe(0)
    expect(birth('不详', '1945-03-02')).toBe('missing')
  })

  test('[B2] the moon\'s date beside the sun\'s', () => {
    // Spring festival of 1945 was 13 February.
    expect(asLunar(19_450_101)).toBe(19_450_213)
    expect(inLunar(19_450_213)).toBe(19_450_101)
    expect(birth('1945-02-13', '1945-01-01')).toBe('lunar')
    expect(birth('1945-01-01', '1945-02-13')).toBe('lunar')
  })

  test('[B3] day and month in each other\'s place', () => {
    expect(birth('1945-03-07', '1945-07-03')).toBe('swapped')
    expect(swapped(19_450_325)).toBe(0)
  })

  test('[B4] one digit, or two neighbours swapped; further apart by month and year', () => {
    expect(birth('1945-03-07', '1946-03-07')).toBe('slip')
    expect(birth('1945-03-27', '1954-03-27')).toBe('slip')
    expect(birth('1945-03-09', '1945-03-21')).toBe('month')
    expect(birth('1945-03-27', '1945-11-08')).toBe('year')
    expect(birth('1945-03-27', '1968-11-08')).toBe('differ')
  })
})

test('[P1] distance goes up the tree that was given, not along the digits', () => {
  const digits = createPlaces(digitsTree)
  const at = (a: string, b: string) => digits.level(digits.idOf(a), digits.idOf(b))
  expect(at('500229102202', '500229102202')).toBe('same')
  expect(at('500229102202', '500229102203')).toBe('township')
  expect(at('500229102000', '500229102203')).toBe('township')
  expect(at('500229102202', '500229103200')).toBe('county')
  expect(at('500229102202', '370215001001')).toBe('far')
  expect(digits.level(digits.idOf(null), digits.idOf('500229102202'))).toBe('missing')
  // A village that went into another answers with it.
  const merged = createPlaces({ ancestors: (code) => digitsTree.ancestors(code === '500229102209' ? '500229102202' : code) })
  expect(merged.level(merged.idOf('500229102209'), merged.idOf('500229102202'))).toBe('same')
})

test('[A1] [A2] pairs are chosen so that the sum is greatest, and the order of the lists settles what is equal', () => {
  const pairs = (edges: [number, number, number][]) => [...assign(edges.map(([theirs, ours, bits]) => ({ theirs, ours, bits }))).values()].map((one) => [one.theirs, one.ours])
  // Greedy would give 0–0 (10) and leave 1 alone; 9 + 9 is more.
  expect(pairs([[0, 0, 10], [0, 1, 9], [1, 0, 9]])).toEqual(expect.arrayContaining([[0, 1], [1, 0]]))
  expect(pairs([[0, 0, 5], [1, 0, 5]])).toHaveLength(1)
  const many = Array.from({ length: 60 }, (_one, i) => [[i, i, 5], [i, (i + 1) % 60, 4]] as [number, number, number][]).flat()
  expect(pairs(many)).toHaveLength(60)
  expect(pairs(many)).toEqual(pairs(many.toReversed()).sort((a, b) => a[0]! - b[0]!))
  expect(pairs([])).toEqual([])
})

const base: Person[] = Array.from({ length: 400 }, (_one, i) => ({ key: `o${i}`, name: `${'赵钱孙李周吴郑王'[i % 8]}${'秀建国桂永德光淑'[(i >> 3) % 8]}${'英兰华芳明忠香珍'[(i * 5 + (i >> 6)) % 8]}`, birth: `${1930 + (i % 35)}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`, sex: i % 2 === 0 ? 'male' : 'female', place: `5002291${String(10 + (i % 20))}${String(200 + (i % 9))}` }))

function link(ours: readonly Person[], theirs: readonly Person[], prepare: (linkage: Linkage) => void = () => {}) {
  const linkage = new Linkage()
  for (const one of [...ours, ...base]) linkage.addOurs(one)
  for (const one of theirs) linkage.addTheirs(one)
  prepare(linkage)
  for (const _step of linkage.run()) void _step
  return linkage
}
const ran = (more: Partial<Person> = {}): Person => ({ key: 'ran', name: '冉秀兰', idNumber: A, birth: '1945-03-02', sex: 'female', place: '500229102202', ...more })

describe('linking', () => {
  test('[L1] an equal number links; the same number again in their list is the same line twice', () => {
    const { results } = link([ran()], [ran({ key: 'a', place: null, birth: null }), ran({ key: 'b' })])
    expect(results[0]).toMatchObject({ status: 'matched', partner: 0 })
    expect(results[1]).toMatchObject({ status: 'twice', partner: 0 })
  })

  test('[L2] one number under two unlike names is for a person', () => {
    expect(link([ran()], [ran({ name: '谭光明' })]).results[0]).toMatchObject({ status: 'possible', partner: 0, doubt: 'idSameNameDiffers' })
  })

  test.each<[string, Partial<Person>]>([
    ['one wrong digit', { idNumber: '990229194503020138' }], ['two digits swapped', { idNumber: '990229194503002128' }], ['fifteen digits', { idNumber: '990229450302012' }], ['no number, all else', { idNumber: null }],
    ['no number, written by sound', { idNumber: null, name: '冉秀岚' }], ['no number, by the moon', { idNumber: null, birth: '1945-01-18' }], ['no number, day and month swapped', { idNumber: null, birth: '1945-02-03' }],
    ['no number, only the year', { idNumber: null, birth: '1945' }], ['no number, moved in the township', { idNumber: null, place: '500229102205' }],
  ])('[L3] finds one person behind: %s', (_what, error) => {
    expect(link([ran()], [ran({ key: 'x', ...error })]).results[0]).toMatchObject({ status: 'matched', partner: 0 })
  })

  test('[L3] two good numbers that differ are never matched without a person', () => {
    const { results } = link([ran()], [ran({ idNumber: '990229194503020144' })])
    expect(results[0]!.status).not.toBe('matched')
  })

  test('[L4] a twin is not taken for the other', () => {
    const { results } = link([ran()], [ran({ name: '冉秀芳', idNumber: null })])
    expect(results[0]).toMatchObject({ status: 'possible', doubt: 'nameOneCharacter' })
    const both = link([ran(), ran({ key: 'twin', name: '冉秀芳', idNumber: '990229194503020144' })], [ran({ idNumber: null }), ran({ name: '冉秀芳', idNumber: null })])
    expect(both.results.map((one) => [one.status, one.partner])).toEqual([['matched', 0], ['matched', 1]])
  })

  test('[L3] spouses at one address and father and son of one name stay two people', () => {
    const spouse = ran({ name: '谭光明', sex: 'male', birth: '1943-09-11', idNumber: null })
    expect(link([ran()], [spouse]).results[0]!.status).toBe('onlyTheirs')
    const son = ran({ name: '冉秀兰', birth: '1968-11-20', idNumber: null })
    expect(link([ran()], [son]).results[0]!.status).not.toBe('matched')
  })

  test('[L3] two of ours as much alike: a person decides, and both are shown', () => {
    const { results } = link([ran({ idNumber: null }), ran({ key: 'other', idNumber: null })], [ran({ idNumber: null })])
    expect(results[0]).toMatchObject({ status: 'possible', doubt: 'twoAlike' })
    expect(results[0]!.others).toHaveLength(1)
  })

  test('[A3] the second line with one good partner between them is laid before a person', () => {
    const { results } = link([ran({ idNumber: null })], [ran({ key: 'a', idNumber: null }), ran({ key: 'b', idNumber: null })])
    expect(results.map((one) => one.status)).toEqual(['possible', 'possible'])
    expect(results.some((one) => one.doubt === 'partnerTaken')).toBe(true)
  })

  test('[R1] [R2] what somebody decided holds', () => {
    expect(link([ran()], [ran()], (l) => l.keepApart(0, 0)).results[0]!.status).toBe('onlyTheirs')
    expect(link([ran()], [ran({ name: '谭光明', idNumber: null, birth: null })], (l) => l.keepTogether(0, 0)).results[0]).toMatchObject({ status: 'matched', partner: 0 })
  })

  test('[L5] every line of both lists is in exactly one place', () => {
    const theirs = [ran(), ...base.slice(0, 200).map((one, i) => ({ ...one, key: `t${i}`, ...(i % 7 === 0 ? { birth: null } : {}) })), ran({ key: 'new', name: '库尔班·热合曼', birth: '1939-09-09', idNumber: null })]
    const linkage = link([ran()], theirs)
    const partners = linkage.results.flatMap((one) => (one.partner >= 0 && one.status !== 'twice' && one.doubt !== 'partnerTaken' ? [one.partner] : []))
    expect(new Set(partners).size).toBe(partners.length)
    expect([...linkage.onlyOurs()].length + partners.length).toBe(linkage.sizes.ours)
    expect(linkage.results).toHaveLength(linkage.sizes.theirs)
    expect(linkage.results.at(-1)!.status).toBe('onlyTheirs')
  })

  test('[L6] equal lists give equal results and weights', () => {
    const theirs = base.slice(0, 150).map((one) => ({ ...one, idNumber: null }))
    const [a, b] = [link([ran()], theirs), link([ran()], theirs)]
    expect(a.results).toEqual(b.results)
    expect(a.weights).toEqual(b.weights)
  })
})

describe('weights', () => {
  test('[W1] what speaks for one person has positive bits, what speaks against negative', () => {
    const parts = link([ran()], [ran({ sex: 'male', birth: '1968-11-20', idNumber: null })]).explain(0, 0)
    const bits = Object.fromEntries(parts.map((one) => [one.field, one.bits]))
    expect(bits['name']).toBeGreaterThan(5)
    expect(bits['sex']).toBeLessThan(-3)
    expect(bits['birth']).toBeLessThan(-3)
    expect(bits['id']).toBe(0)
  })

  test('[W2] a score is the sum of its parts with the odds known before', () => {
    const linkage = link([ran()], [ran()])
    expect(linkage.explain(0, 0).reduce((sum, one) => sum + one.bits, 0)).toBeCloseTo(linkage.results[0]!.bits, 9)
  })

  test('[W3] the lists teach their own weights, and only where they are long enough', () => {
    const numbered = base.map((one, i) => ({ ...one, idNumber: `99022919${String(400_000 + i)}0011`.slice(0, 17).padEnd(17, '0') }))
    const spoilt = numbered.map((one, i) => (i % 2 === 0 ? { ...one, sex: one.sex === 'male' ? ('female' as const) : ('male' as const) } : one))
    const linkage = new Linkage()
    for (const one of numbered) linkage.addOurs(one)
    for (const one of spoilt) linkage.addTheirs(one)
    for (const _step of linkage.run()) void _step
    expect(linkage.weights.sex.same.m).toBeLessThan(0.75)
    expect(link([ran()], [ran()]).weights).toBe(DEFAULT_WEIGHTS)
  })

  test('[W4] a rare name says more than a common one', () => {
    const common = Array.from({ length: 200 }, (_one, i) => ran({ key: `c${i}`, name: '王秀英', idNumber: null, birth: '1950-01-05', place: null }))
    const bits = (name: string) => link([ran({ name, idNumber: null }), ...common], [ran({ name, idNumber: null })]).explain(0, 0).find((one) => one.field === 'name')!.bits
    expect(bits('冉秀兰') - bits('王秀英')).toBeGreaterThan(6)
  })
})

test('[K1] [K2] one of many born on one day is still found by name', () => {
  const crowd = Array.from({ length: 900 }, (_one, i) => ({ ...base[i % base.length]!, key: `n${i}`, birth: '1950-01-01' }))
  const { results } = link([...crowd, ran({ birth: '1950-01-01', idNumber: null })], [ran({ birth: '1950-01-01', idNumber: null })])
  expect(results[0]).toMatchObject({ status: 'matched', partner: 900 })
})

test('[X1] every level and doubt has its sentence in both languages', () => {
  const levels = [...ID_LEVELS.map((one) => `id.${one}`), ...NAME_LEVELS.map((one) => `name.${one}`), ...BIRTH_LEVELS.map((one) => `birth.${one}`), ...PLACE_LEVELS.map((one) => `place.${one}`), ...SEX_LEVELS.map((one) => `sex.${one}`)]
  expect(levels.filter((one) => !SAID.includes(one))).toEqual([])
  expect(sayPart({ field: 'name', level: 'sound' })).toEqual({ zh: '姓名同音', en: 'names sound the same' })
  for (const doubt of DOUBTS.slice(1)) expect(sayDoubt(doubt).zh).not.toBe('')
})

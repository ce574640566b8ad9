import { pinyin } from 'pinyin-pro'
import { expect, test } from 'vitest'
import { digitsApart, duplicateScore, SUSPICIOUS, type Suspect } from './rules-duplicates.ts'
import { effectsOf, incomplete, judge } from './rules-events.ts'
import { lay, project, type Interval } from './rules-facts.ts'
import { readHistory, type HistoryFact } from './rules-history.ts'
import { mergeRefusal } from './rules-merge.ts'
import { soundOf } from './rules-pinyin.ts'
import { inSeason, placeOfDay, type Dwelling } from './rules-places.ts'
import { classify } from './rules-search.ts'
import { checkBirth, checkCharacter, checkParticulars, checkPlace, maskId, maskPhone, normaliseName, readPhone, readResidentId } from './rules.ts'
import { checkCaseType } from '@songbai/casework'
import { CASE_TYPES } from './rules-cases.ts'

const TODAY = '2026-07-16'
const code = (answer: unknown): unknown => (answer as { refused?: string } | null)?.refused ?? 'ok'

test('[E2] the check character is that of GB 11643: the number printed in the standard’s example holds', () => {
  // 11010519491231002X is the example number of GB 11643-1999.
  expect(checkCharacter('11010519491231002')).toBe('X')
  expect(readResidentId('11010519491231002x', TODAY)).toMatchObject({ number: '11010519491231002X', birthDay: '1949-12-31', sex: 'female', synthetic: false })
})

test('[E2] fifteen digits become eighteen, wide digits and spaces are read, prefix 99 is marked as made up', () => {
  expect(readResidentId('110105 491231 002', TODAY)).toMatchObject({ number: '11010519491231002X', converted: true })
  expect(readResidentId('１１０１０５１９４９１２３１００２Ｘ', TODAY)).toMatchObject({ synthetic: false })
  const made = `99020119440305012`
  expect(readResidentId(made + checkCharacter(made), TODAY)).toMatchObject({ synthetic: true })
})

test('[E2] a number is refused for length, letters, province, check character, impossible and future birth', () => {
  const cases: [string, string][] = [['123', 'elders.id-malformed'], ['1101051949123100AX', 'elders.id-malformed'], ['00010519491231002X', 'elders.id-malformed'], ['110105194912310021', 'elders.id-checksum'], ['110105194902300021', 'elders.id-birth-impossible']]
  for (const [text, refusal] of cases) expect(code(readResidentId(text, TODAY)), text).toBe(refusal)
  const future = '11010520271231002'
  expect(code(readResidentId(future + checkCharacter(future), TODAY))).toBe('elders.birth-in-future')
})

test('[E1] nobody is older than 130', () => {
  expect(checkBirth('1896-07-16', TODAY)).toBeNull()
  expect(code(checkBirth('1895-07-16', TODAY))).toBe('elders.birth-impossible')
  expect(code(checkBirth('2026-07-17', TODAY))).toBe('elders.birth-in-future')
})

test('[E3] spaces set for looks go, the dots of long names become one', () => {
  expect(normaliseName(' 李　四 ')).toBe('李四')
  expect(normaliseName('阿布•买买提')).toBe('阿布·买买提')
  expect(normaliseName('John  Smith')).toBe('John Smith')
})

test('[E4] mobiles, landlines with and without area code; anything else is refused', () => {
  expect(readPhone('+86 138-0000-0417')).toEqual({ number: '13800000417', kind: 'mobile' })
  expect(readPhone('(023) 59220000')).toEqual({ number: '023-59220000', kind: 'landline' })
  expect(readPhone('59220000')).toMatchObject({ kind: 'landline' })
  for (const text of ['12345', '1380000041', '23800000417', '没有']) expect(code(readPhone(text)), text).toBe('elders.phone-malformed')
})

test('[E5] masks show four and two of an ID number, three and four of a mobile', () => {
  expect(maskId('11010519491231002X')).toBe('1101************2X')
  expect(maskPhone('13800000417')).toBe('138 **** 0417')
  expect(maskPhone('023-59220000')).toBe('023-******00')
})

test('[E6] a place must be known, no wider than a county, and the actor’s own', () => {
  expect(checkPlace('500229102202', true, ['500229102'])).toBeNull()
  expect(code(checkPlace('500229102202', false, ['500229']))).toBe('elders.region-unknown')
  expect(code(checkPlace('500200000000', true, ['50']))).toBe('elders.region-unknown')
  expect(code(checkPlace('500229103200', true, ['500229102']))).toBe('elders.region-outside')
})

test('[E7] birth and sex beside the number must agree with it, or are taken from it', () => {
  const id = '11010519491231002X'
  expect(checkParticulars({ idNumber: id }, TODAY)).toMatchObject({ sex: 'female', birthDay: '1949-12-31', birthMonth: '1949-12' })
  expect(code(checkParticulars({ idNumber: id, birthDay: '1949-12-30' }, TODAY))).toBe('elders.id-birth-differs')
  expect(code(checkParticulars({ idNumber: id, birthMonth: '1949-11' }, TODAY))).toBe('elders.id-birth-differs')
  expect(code(checkParticulars({ idNumber: id, sex: 'male' }, TODAY))).toBe('elders.id-sex-differs')
  expect(checkParticulars({ birthMonth: '1949-11' }, TODAY)).toMatchObject({ birthDay: null, birthMonth: '1949-11', id: null })
})

test('[E8] a family name is sounded as one, ü is v', () => {
  expect(soundOf('单雄信')).toEqual({ pinyin: 'shanxiongxin', initials: 'sxx' })
  expect(soundOf('吕布').pinyin).toBe('lvbu')
  expect(soundOf('阿布·买买提').initials).toBe('abmmt')
})

const row = (id: string, validFrom: string | null, validTo: string | null): Interval => ({ id, key: 'k', value: id, validFrom, validTo })

test('[F1] a new statement cuts out its own time and nothing else', () => {
  expect(lay([row('a', null, null)], '2025-01-01', '2026-01-01')).toEqual({ superseded: ['a'], kept: [{ of: 'a', validFrom: null, validTo: '2025-01-01' }, { of: 'a', validFrom: '2026-01-01', validTo: null }] })
  expect(lay([row('a', '2020-01-01', '2021-01-01'), row('b', '2021-01-01', null)], '2021-01-01', null)).toEqual({ superseded: ['b'], kept: [] })
  expect(lay([row('a', '2024-01-01', null)], null, '2024-01-01')).toEqual({ superseded: [], kept: [] })
})

test('[F1] whatever is laid in whatever order, live rows never overlap and every day has the newest word', () => {
  let seed = 7
  const dice = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
  for (let round = 0; round < 200; round++) {
    let live: Interval[] = []
    const says: [string, string | null, string | null][] = []
    for (let i = 0; i < 6; i++) {
      const [from, to] = [dice(5) === 0 ? null : `202${dice(5)}-01-01`, dice(3) === 0 ? null : `202${5 + dice(5)}-01-01`]
      const { superseded, kept } = lay(live, from, to)
      live = [...live.filter((one) => !superseded.includes(one.id)), ...kept.map((piece, n) => ({ ...live.find((one) => one.id === piece.of)!, id: `${i}.${n}`, validFrom: piece.validFrom, validTo: piece.validTo })), { id: `${i}`, key: 'k', value: i, validFrom: from, validTo: to }]
      says.push([`${i}`, from, to])
    }
    for (let year = 2019; year < 2031; year++) {
      const day = `${year}-06-01`
      const holding = live.filter((one) => (one.validFrom === null || one.validFrom <= day) && (one.validTo === null || one.validTo > day))
      const newest = says.filter(([, from, to]) => (from === null || from <= day) && (to === null || to > day)).at(-1)
      expect(holding.map((one) => String(one.value))).toEqual(newest ? [newest[0]] : [])
    }
  }
})

test('[F2] a death outranks a move, a merge outranks both; without a name there is nobody', () => {
  const facts = new Map<string, unknown>([['name', '冉秀兰'], ['moved', '2025-01-01']])
  expect(project(facts)).toMatchObject({ status: 'movedOut', statusOn: '2025-01-01' })
  expect(project(facts.set('dead', '2026-01-01'))).toMatchObject({ status: 'dead', statusOn: '2026-01-01' })
  expect(project(facts.set('mergedInto', 'x'))).toMatchObject({ status: 'merged', mergedInto: 'x' })
  expect(project(new Map([['sex', 'male']]))).toBeNull()
})

test('[S1] what was typed is classified once', () => {
  expect([classify('11010519491231002x')?.kind, classify('138 0000 0417')?.kind, classify('023-59220000')?.kind, classify('002X')?.kind, classify('0417')?.kind, classify('rxl')?.kind, classify('冉 秀兰')?.kind, classify('12')?.kind]).toEqual(['idNumber', 'phone', 'phone', 'tail', 'tail', 'letters', 'name', undefined])
  expect(classify('冉秀兰 青龙村')).toEqual({ kind: 'name', value: '冉秀兰', place: '青龙村' })
  expect([classify('Ran Xiu'), classify("xi'an"), classify('lü')]).toEqual([{ kind: 'letters', value: 'ranxiu' }, { kind: 'letters', value: 'xian' }, { kind: 'letters', value: 'lv' }])
})

const suspect = (extra: Partial<Suspect>): Suspect => ({ name: '王淑芬', pinyin: 'wangshufen', sex: 'female', birthDay: '1943-09-09', birthMonth: '1943-09', region: '500229102202', idNumber: null, phoneIndex: null, ...extra })

test('[U1][U2] who sounds alike, was born the same day and lives in one village is suspected; namesakes elsewhere are not', () => {
  expect(duplicateScore(suspect({}), suspect({ name: '王叔芬' }))).toEqual({ score: 78, reasons: ['sameBirth', 'soundsAlike', 'sameVillage'] })
  expect(duplicateScore(suspect({}), suspect({ birthDay: '1950-01-01', birthMonth: '1950-01', region: '500229103200' })).score).toBeLessThan(SUSPICIOUS)
  expect(duplicateScore(suspect({ idNumber: '11010519491231002X' }), suspect({ idNumber: '110105194912310038' })).reasons).toContain('idOneDigit')
  expect(duplicateScore(suspect({}), suspect({ sex: 'male', name: '李国强', pinyin: 'liguoqiang' })).score).toBeLessThan(SUSPICIOUS)
  expect(duplicateScore(suspect({ phoneIndex: 'a' }), suspect({ phoneIndex: 'a', birthDay: '1943-08-09' })).reasons).toContain('samePhone')
})

test('[U3] a couple, siblings and twins of one household are two people; the same person written twice there is one', () => {
  const home = { householdId: 'h', phoneIndex: 'a' }
  expect(duplicateScore(suspect(home), suspect({ ...home, name: '王树芬', sex: 'male', birthDay: '1943-09-02' })).score).toBe(0)
  expect(duplicateScore(suspect(home), suspect({ ...home, name: '王淑芳', birthDay: '1946-02-11', birthMonth: '1946-02' })).score).toBe(0)
  expect(duplicateScore(suspect(home), suspect({ ...home, sex: 'male', name: '王淑奋' })).score).toBe(0)
  expect(duplicateScore(suspect(home), suspect({ ...home, name: '王叔芬' })).score).toBeGreaterThanOrEqual(SUSPICIOUS)
  expect(duplicateScore(suspect(home), suspect({ ...home, birthDay: '1943-09-19' })).reasons).toContain('birthOneDigit')
  expect(duplicateScore(suspect(home), suspect({ ...home, birthDay: '1943-09-19' })).score).toBeGreaterThanOrEqual(SUSPICIOUS)
  expect(duplicateScore(suspect({ householdId: null }), suspect({ householdId: null, sex: 'male' })).reasons).toContain('sexDiffers')
})

test('[U2] known different births speak against, the same month only where a day is missing', () => {
  expect(duplicateScore(suspect({}), suspect({ birthDay: '1943-09-27' })).reasons).toContain('birthDiffers')
  expect(duplicateScore(suspect({}), suspect({ birthDay: null })).reasons).toContain('sameBirthMonth')
  expect(duplicateScore(suspect({ phoneIndex: 'a' }), suspect({ phoneIndex: 'a', name: '王淑芳', birthDay: '1951-03-27', birthMonth: '1951-03' })).score).toBeLessThan(SUSPICIOUS)
})

test('[U4] born on the same day in the same district, one digit apart, another name: two people', () => {
  const numbers = [{ idNumber: '990229195307312769' }, { idNumber: '990229195307312793' }] as const
  const other = duplicateScore(suspect({ ...numbers[0], birthDay: '1953-07-31' }), suspect({ ...numbers[1], birthDay: '1953-07-31', name: '李敏', pinyin: 'limin' }))
  expect(other).toEqual({ score: 20, reasons: ['idsDiffer', 'sameBirth', 'sameVillage'] })
  expect(duplicateScore(suspect(numbers[0]), suspect({ ...numbers[1], name: '王叔芬' })).reasons).toContain('idOneDigit')
})

test('[U2] a slip in one digit also changes the check character, so both together count as one', () => {
  expect(digitsApart('110105194912310020', '110105194912310038')).toBe(1)
  expect(digitsApart('110105194912310020', '110105194912310020')).toBe(0)
  expect(digitsApart('110105194912310020', '110105194911310022')).toBe(1)
})

const camp = (kind: Dwelling['kind'], seasonFrom: string | null, seasonTo: string | null, validFrom: string | null = null): Dwelling => ({ kind, seasonFrom, seasonTo, validFrom, validTo: null })

test('[D1] a season holds on its first and last day and over the turn of the year', () => {
  expect(['2026-10-15', '2026-12-31', '2026-01-01', '2026-04-30', '2026-05-01', '2026-10-14'].map((day) => inSeason(day, '10-15', '04-30'))).toEqual([true, true, true, true, false, false])
  expect(['2026-06-01', '2026-08-31', '2026-09-01'].map((day) => inSeason(day, '06-01', '08-31'))).toEqual([true, true, false])
})

test('[D2] on 15 July and 15 January the place of the day is another camp, between them the home', () => {
  const all = [camp('usual', null, null), camp('winterCamp', '11-01', '03-31'), camp('summerCamp', '06-01', '08-31'), camp('registered', null, null)]
  expect(['2026-07-15', '2026-01-15', '2026-05-01'].map((day) => placeOfDay(all, day)?.kind)).toEqual(['summerCamp', 'winterCamp', 'usual'])
  expect(placeOfDay([camp('registered', null, null)], '2026-05-01')?.kind).toBe('registered')
  expect(placeOfDay([camp('usual', null, null, '2020-01-01'), camp('usual', null, null, '2027-01-01')], '2026-05-01')?.validFrom).toBe('2020-01-01')
  expect(placeOfDay([], '2026-05-01')).toBeNull()
})

test('[L1] every kind of event says what it lacks', () => {
  expect(incomplete({ kind: 'death', onDay: '2026-07-17', factCount: 0 }, TODAY)).toBe('elders.event-in-future')
  expect(incomplete({ kind: 'disabilityChanged', onDay: TODAY, factCount: 0 }, TODAY)).toBe('elders.event-without-facts')
  expect(incomplete({ kind: 'seen', onDay: TODAY, factCount: 0 }, TODAY)).toBeNull()
})

test('[L4] paperwork that follows a death is no contradiction', () => {
  const dead = { deadOn: '2026-05-01', movedOn: null, region: '', lastSeenAlive: null }
  for (const kind of ['benefitStopped', 'hospitalOut', 'death'] as const) expect(judge({ kind, onDay: kind === 'death' ? '2026-05-01' : '2026-05-09', factCount: 0 }, dead).verdict, kind).toBe('apply')
  expect(judge({ kind: 'seen', onDay: '2026-05-01', factCount: 0 }, dead).verdict).toBe('apply')
})

test('[L7] a second death replaces the first, a stopped benefit ends on its day', () => {
  expect(effectsOf({ kind: 'death', onDay: '2026-05-01' }, []).map((effect) => effect.value)).toEqual([undefined, '2026-05-01'])
  expect(effectsOf({ kind: 'benefitStopped', onDay: '2026-05-01', item: 'x' }, [])).toEqual([{ key: 'benefit.x', value: undefined, validFrom: '2026-05-01', validTo: null }])
})

test('[M1][M2] records of two counties are a move, not a merge', () => {
  const one = { county: '500229', status: 'active', idNumber: null }
  expect(mergeRefusal(one, { ...one, county: '370215' })).toBe('elders.not-found')
  expect(mergeRefusal(one, { ...one, status: 'merged' })).toBe('elders.merge-already')
  expect(mergeRefusal({ ...one, idNumber: 'a' }, { ...one, idNumber: 'b' })).toBe('elders.merge-id-conflict')
  expect(mergeRefusal(one, { ...one, idNumber: 'b' })).toBeNull()
})

test('[W] every case type of the registry is sound', () => {
  for (const type of CASE_TYPES) expect(checkCaseType(type).filter((finding) => finding.severity === 'error'), type.id).toEqual([])
})

test('[H] packed history is taken apart with open ends as null', () => {
  const seen: HistoryFact[] = []
  readHistory(['sex', '"male"', '', '', '20000', ''].join('\x1f') + '\x1e' + ['dead', '"2026-01-01"', '20454', '20500', '20455', '20460'].join('\x1f'), (fact) => void seen.push(fact))
  expect(seen).toEqual([{ key: 'sex', value: 'male', from: null, to: null, recorded: 20000, superseded: null }, { key: 'dead', value: '2026-01-01', from: 20454, to: 20500, recorded: 20455, superseded: 20460 }])
  readHistory('', () => expect.fail('nothing to read'))
})

test('[E8] characters of one reading are sounded one by one, and no name comes out other than read whole', () => {
  // Characters of given and family names, many of two readings, and family names of two characters whose reading they change.
  const characters = [...'冉王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗单冼仇解查曾任区盖乐朴翟尉迟万俟长孙令狐秀兰英芳桂花玉梅珍淑叔华德明国建军成光荣富贵和平永祥志强红宝音乌仁其木格呼和巴雅尔吕绿女行重朝降参会调都还薄石']
  let seed = 7
  const next = (n: number): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % n
  for (let i = 0; i < 5000; i++) {
    const name = Array.from({ length: 2 + next(3) }, () => characters[next(characters.length)]).join('')
    const whole = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true })
    expect(soundOf(name), name).toEqual({ pinyin: whole.join(''), initials: whole.map((syllable) => syllable[0]).join('') })
  }
})

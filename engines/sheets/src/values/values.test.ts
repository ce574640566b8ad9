import { describe, expect, it } from 'vitest'
import { readDay, readMonth } from './day.ts'
import { checkDigit, readIdNumber } from './id-number.ts'
import { nameDistance, readName } from './name.ts'
import { readPhones } from './phone.ts'
import { readBoolean, readCodes, readInteger, readMoney } from './plain.ts'
import type { Reading } from './reading.ts'

const today = '2026-07-16'
const shown = (reading: Reading<unknown>): unknown => (reading.state === 'value' ? reading.value : reading.state === 'problem' ? reading.code.replace('sheets.', '') : reading.state)

describe('days', () => {
  it.each<[unknown, string, string?]>([
    ['2024.3.5', '2024-03-05'], ['20240305', '2024-03-05'], [20240305, '2024-03-05'], ['2024-3-5', '2024-03-05'], ['2024/3/5', '2024-03-05'], ['２０２４．３．５', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'], ['2024 年 3 月 5 日', '2024-03-05'], ['三月五日 2024', '2024-03-05'], ['二〇二四年三月五日', '2024-03-05'], ['二○二四年十二月三十一日', 'day.future', '2024-12-01'],
    ['2024-03-05 00:00:00', '2024-03-05'], ['1945.3.2生', '1945-03-02'], ['\u200b1945.3.2 ', '1945-03-02'], ["'19450302", '1945-03-02'], ['1945、3、2', '1945-03-02'],
    ['24.3.5', 'day.short_year'], ['45.3.2', 'day.short_year'], ['3.5', 'day.no_year'], ['1945', 'day.year_only'], [16863, 'day.serial'], ['450302', 'day.six_digits'],
    ['1945.3', 'day.month_only'], ['1945.1', 'day.month_1_or_10'], ['194503', 'day.month_only'], ['1945年3月', 'day.month_only'],
    ['2023-02-30', 'day.no_such_day'], ['1946.13.2', 'day.no_such_month'], ['2026-07-17', 'day.future'], ['1045.3.2', 'day.too_early'],
    ['1945.3.2/1946.3.2', 'day.two_dates'], ['1945-3-2 1946-4-5', 'day.two_dates'], ['约八十岁', 'day.not_a_date'],
    ['农历1945年正月初二', '1945-02-14'], ['1944年腊月廿三', '1945-02-05'], ['阴历1945.1.2', '1945-02-14'], ['农历一九四五年正月初二', '1945-02-14'], ['1945年正月初二', '1945-02-14'],
    ['农历1944年闰四月初一', '1944-05-22'], ['农历1945年闰四月初一', 'day.no_such_lunar_day'], ['农历正月初二', 'day.lunar_unread'],
    ['不详', 'unknown'], ['无', 'none'], ['/', 'none'], ['', 'blank'], [null, 'blank'], ['  ', 'blank'],
  ])('[V1] %s reads as %s', (cell, expected, at) => {
    expect(shown(readDay(cell as string, { today: at ?? today }))).toBe(expected)
  })

  it('[V1] an Excel date is a day, the invented 29 February 1900 is not; a serial in a text column is asked about', () => {
    expect(shown(readDay({ date: '1945-03-02', raw: '16498' }, { today }))).toBe('1945-03-02')
    expect(shown(readDay({ date: null, raw: '60' }, { today }))).toBe('day.not_a_date')
    expect(shown(readDay(16498, { today, serials: true }))).toBe('1945-03-02')
    expect(readDay('2024.3.5', { today })).toMatchObject({ changed: ['date_form'] })
    expect(readDay('2024-03-05', { today })).not.toHaveProperty('changed')
  })

  it('[V2] a month is not a day and a day in a month column gives its month', () => {
    expect(readMonth('1945.3', { today })).toMatchObject({ value: '1945-03' })
    expect(readMonth('1945年3月', { today })).toMatchObject({ value: '1945-03' })
    expect(readMonth('1945-03-02', { today })).toMatchObject({ value: '1945-03' })
    expect(shown(readMonth('1945.1', { today }))).toBe('day.month_1_or_10')
  })
})

describe('identity numbers', () => {
  const good = `99020019450302004${checkDigit('99020019450302004')}`
  it.each<[unknown, string]>([
    [good, good], [` ${good.slice(0, 6)} ${good.slice(6, 14)} ${good.slice(14)} `, good], [good.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))), good],
    [990201194603020000, 'id.lost_precision'], ['9.90201E+17', 'id.lost_precision'], [{ number: 9.90201194603020e17, raw: '9.9020119460302E+17' }, 'id.lost_precision'],
    ['990201194603020000', 'id.maybe_lost'], [`${good.slice(0, 17)}${good[17] === '1' ? '2' : '1'}`, 'id.check_digit'], ['99020119460230002X', 'id.no_such_birth'],
    ['990201203003020021', 'id.future_birth'], ['990201184003020021', 'id.too_old'], ['00020119460302002X', 'id.no_such_region'], ['9902001941302002', 'id.length'],
    [`${good}/${good}`, 'id.two_numbers'], ['99O20119460302002X', 'id.letters'], ['户口簿', 'id.not_a_number'], ['无', 'none'], ['不详', 'unknown'],
  ])('[V3] %s reads as %s', (cell, expected) => {
    const reading = readIdNumber(cell as string, { today })
    expect(reading.state === 'value' ? reading.value.number : shown(reading)).toBe(expected)
  })

  it('[V3] gives birth, sex, and marks prefix 99 as made up; the known example of the standard passes', () => {
    expect(readIdNumber(good, { today })).toMatchObject({ value: { birth: '1945-03-02', sex: 'female', synthetic: true } })
    expect(checkDigit('11010519491231002')).toBe('X')
    expect(readIdNumber('11010519491231002x', { today })).toMatchObject({ value: { number: '11010519491231002X', synthetic: false }, changed: ['upper_x'] })
  })

  it('[V3] fifteen digits become eighteen, also from a number cell, and the change is told', () => {
    const first17 = '99020019450302004'
    expect(readIdNumber(990200450302004, { today })).toMatchObject({ value: { number: first17 + checkDigit(first17) }, changed: ['fifteen_to_eighteen'] })
  })

  it('[V3] no single changed digit or swap of neighbours reads as a different valid number', () => {
    for (let i = 0; i < 17; i++) for (let d = 0; d < 10; d++) {
      const changed = good.slice(0, i) + String(d) + good.slice(i + 1)
      if (changed !== good) expect(readIdNumber(changed, { today }).state).toBe('problem')
    }
    for (let i = 0; i < 16; i++) {
      const swapped = good.slice(0, i) + good[i + 1]! + good[i]! + good.slice(i + 2)
      if (swapped !== good) expect(readIdNumber(swapped, { today }).state).toBe('problem')
    }
  })
})

describe('phones, names, codes and numbers', () => {
  it.each<[unknown, unknown]>([
    ['１３９００１２３４５６', ['13900123456']], [13900123456, ['13900123456']], ['+86 139-0012-3456', ['13900123456']], ['023-59220000', ['023-59220000']], ['0513 85216789', ['0513-85216789']],
    ['13900123456、13800123456', ['13900123456', '13800123456']], ['13900123456（子）/023-59220000', ['13900123456', '023-59220000']], ['儿子13900123456', ['13900123456']], ['13900123456 13800123456', ['13900123456', '13800123456']],
    ['1390012345', 'phone.not_a_phone'], ['139001234567', 'phone.not_a_phone'], ['4001234567', ['4001234567']], ['无', 'none'],
  ])('[V4] phone %s', (cell, expected) => {
    const reading = readPhones(cell as string)
    expect(reading.state === 'value' ? reading.value.map((phone) => phone.number) : shown(reading)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['李 四', '李四'], ['李　四', '李四'], ['张三（故）', '张三'], ['阿拉坦•其其格', '阿拉坦·其其格'], ['买买提.艾力', '买买提·艾力'], ['㐂一郎', '㐂一郎'], ['𬀩文', '𬀩文'],
    ['张?', 'name.lost_character'], ['张□国', 'name.lost_character'], ['张三2', 'name.digits'], ['张三、李四', 'name.two_people'], ['（故）', 'name.none'], ['#N/A', 'cell.error'], ['#####', 'cell.error'], ['张*三', 'name.signs'],
  ])('[V5] name %s reads as %s', (cell, expected) => {
    const reading = readName(cell)
    expect(reading.state === 'value' ? reading.value.name : shown(reading)).toBe(expected)
  })

  it('[V5] a remark in a name is kept and asked about; similar characters count as one step', () => {
    expect(readName('张三（故）')).toMatchObject({ value: { remark: '故' }, notes: [{ severity: 'question', code: 'sheets.name.remark' }] })
    expect([nameDistance('陈德芳', '陈 德芳'), nameDistance('付淑珍', '傅淑珍'), nameDistance('付淑珍', '傅淑贞'), nameDistance('张三', '李四')]).toEqual([0, 1, 2, 2])
    expect(nameDistance('王显碧', '王显必', (a, b) => a === '碧' && b === '必')).toBe(1)
  })

  const list = [{ id: 'lowIncome', label: '低保', synonyms: ['低保户'] }, { id: 'alone', label: '独居' }, { id: 'disabled', label: '失能', synonyms: ['失能老人'] }, { id: 'none', label: '无' }]
  it.each<[string, unknown]>([
    ['低保 独居；失能', ['lowIncome', 'alone', 'disabled']], ['低保户、失能老人', ['lowIncome', 'disabled']], ['低保,低保户', ['lowIncome']], ['1.低保', ['lowIncome']], ['无', ['none']], ['低保,富裕', 'code.unknown'], ['不详', 'unknown'],
  ])('[V6] codes %s', (cell, expected) => {
    expect(shown(readCodes(cell, list, true))).toEqual(expected)
  })

  it.each<[unknown, unknown]>([
    ['1,200.50元', 120050], [0.29, 29], [100, 10000], ['￥80', 8000], ['0', 0], ['80.005', 'money.fraction'], ['八十', 'number.not_a_number'], ['-', 'none'], [{ number: 1.5, raw: '1.50' }, 150], ['80元/月', 8000],
  ])('[V7] money %s is %s fen', (cell, expected) => {
    expect(shown(readMoney(cell as string))).toEqual(expected)
  })

  it('[V7] whole numbers keep to their bounds and yes/no words are told from blanks', () => {
    expect([shown(readInteger('85岁', { min: 0, max: 130 })), shown(readInteger('185', { max: 130 })), shown(readInteger('1.5')), shown(readInteger({ error: '#REF!' }))]).toEqual([85, 'number.too_large', 'number.not_whole', 'cell.error'])
    expect(['是', '√', '无', '否', '', '也许', '不详'].map((cell) => shown(readBoolean(cell)))).toEqual([true, true, false, false, 'blank', 'boolean.unclear', 'unknown'])
  })
})

/** What is the matter, why, and what to do: sentences for findings of this capability; those of the sheets engine come from it. */
import { say, type Args, type Language } from '@songbai/sheets'

const w = (zh: string, en: string): Readonly<Record<Language, string>> => ({ 'zh-CN': zh, en })

export const FINDING_WORDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'imports.place-missing': w('没有写住处，也没有给整张表定地方。请补上村（社区）。', 'No place is given, neither here nor for the whole list. Add the village.'),
  'imports.place-unknown': w('没有找到“{text}”这个地方。相近的有：{near}。请改成现在的名称。', 'No place called {text}. Near ones: {near}. Write the present name.'),
  'imports.place-contradiction': w('“{text}”里乡镇和村对不上，这个村在 {near}。请核对是哪一个。', 'Township and village of {text} do not belong together; the village lies in {near}. Check which is meant.'),
  'imports.place-former': w('“{text}”的村已并入 {near}，名称不用了。请写现在的村。', 'The village in {text} went into {near} and its name is gone. Write the present village.'),
  'imports.place-ambiguous': w('“{text}”可能是 {near}。请写上乡镇。', '{text} may be {near}. Add the township.'),
  'imports.place-other-kind': w('“{text}”按 {near} 处理，名称里的乡、镇写法不同。请确认。', '{text} is taken for {near}, whose kind is written otherwise. Confirm.'),
  'imports.place-no-village': w('“{text}”只认到 {near}，没有村。可以先入到乡镇，也可以补上村。', '{text} gives only {near}, without a village. It can go in at that level, or add the village.'),
  'imports.place-outside': w('“{text}”在 {near}，不归您管。请交给当地导入，或改正住处。', '{text} lies in {near}, outside your places. Let them import it, or correct the place.'),
  'imports.former-name': w('旧地名“{text}”按现在的 {to} 记。', 'The former name {text} was read as today\'s {to}.'),
  'imports.category-conflict': w('同一格里有两个互相排斥的身份（{text}）。请留一个。', 'The cell holds two standings that exclude each other ({text}). Keep one.'),
  'imports.category-not-a-fact': w('“{text}”要由评估、诊断或残疾证得出，名单上的字样不记成事实。', '{text} follows from an assessment, a diagnosis or a certificate; the word on the list is not recorded as a fact.'),
  'imports.registered-not-found': w('户籍地“{text}”没有对上本县的区划，没有记入。', 'The place of registration {text} is not in the division tree of the county and was not recorded.'),
  'imports.birth-month-only': w('“{shown}”只到月（{month}），没有日，也没有身份证号。可以先按月入库，日子待补。', '{shown} gives only the month {month}, and there is no ID number. It can go in with the month; the day can be added later.'),
  'imports.day-from-id': w('“{shown}”只到月，日子按身份证记为 {day}。', '{shown} gives only the month; the day {day} is taken from the ID number.'),
  'imports.no-birth': w('没有身份证号，也没有出生日期，算不出年龄。可以先入库，待补。', 'Neither ID number nor birth date: no age can be told. The row can go in and be completed later.'),
  'imports.twice-in-file': w('同一个身份证号在第 {row} 行已有（{name}）。请留一行。', 'The same ID number stands in row {row} ({name}). Keep one row.'),
  'imports.like-row': w('和第 {row} 行的{name}像是同一个人：{why}。请确认。', 'Looks like the person in row {row}, {name}: {why}. Decide.'),
  'imports.already-here': w('已在册：{name}，{place}，身份证号相同。是同一个人就把名单上的事实加上去。', 'Already in the register: {name}, {place}, with the same ID number. If it is the same person, the facts of the list are added.'),
  'imports.like-somebody': w('县里已有{name}（{place}，{birth}）：{why}。是同一个人吗？', 'The register has {name} ({place}, {birth}): {why}. The same person?'),
  'imports.dead-in-register': w('{name} 已登记于 {on} 去世，名单上仍有。请核实；不会因为这张表改成在世。', '{name} is registered as having died on {on} but stands on the list. Check; the list does not bring anyone back to life.'),
  'imports.moved-in-register': w('{name} 已登记于 {on} 迁出，名单上仍有。请核实是否迁回。', '{name} is registered as having moved out on {on} but stands on the list. Check for a return.'),
  'imports.id-taken': w('身份证号已属于登记在册的另一个人，可能在别的乡镇。请到县里核对。', 'The ID number belongs to somebody in the register already, perhaps elsewhere. Ask the county to compare.'),
  'imports.broke-off': w('中途断了，是程序这边的原因，已记入日志。可以再按一次，从断的地方接着做。', 'It broke off, for a reason on our side that is in the log. Press again and it goes on from there.'),
  'elders.id-malformed': w('身份证号不成形。请对照证件。', 'The ID number is malformed. Compare with the card.'),
  'elders.id-checksum': w('身份证校验位不对。请对照证件。', 'The check digit of the ID number is wrong. Compare with the card.'),
  'elders.id-birth-impossible': w('身份证里的出生日期不可能。请对照证件。', 'The birth date in the ID number is impossible. Compare with the card.'),
  'elders.id-birth-differs': w('出生日期 {birth} 与身份证里的 {inId} 不同。请查户口簿，改一处。', 'Birth date {birth} differs from {inId} in the ID number. Correct one of them.'),
  'elders.id-sex-differs': w('性别与身份证不符。请对照证件，改一处。', 'Sex differs from the ID number. Correct one of them.'),
  'elders.birth-in-future': w('出生日期 {birth} 还没有到。请改正。', 'Birth date {birth} lies in the future. Correct it.'),
  'elders.birth-impossible': w('出生日期 {birth} 不可能，算来超过 130 岁。请改正。', 'Birth date {birth} would be over 130 years ago. Correct it.'),
  'elders.phone-malformed': w('电话既不是手机也不是座机。请核对。', 'The phone number is neither mobile nor landline. Check it.'),
  'elders.fact-unknown': w('“{key}”不在事实词典里。请把这一列选成“不导入”。', '{key} is not in the dictionary of facts. Leave the column out.'),
  'elders.fact-value': w('“{label}”不能是 {value}。请改正。', '{label} cannot be {value}. Correct it.'),
}

const REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  sameId: w('身份证相同', 'same ID number'), idOneDigit: w('身份证差一位', 'ID number differs in one digit'), sameBirth: w('生日相同', 'same birth date'), sameBirthMonth: w('出生年月相同', 'same month of birth'),
  birthOneDigit: w('生日只差一位', 'birth dates differ in one digit'), birthDiffers: w('生日不同', 'born on another day'), dayMonthSwapped: w('生日的月日像是写反', 'day and month of birth swapped'), sameName: w('姓名相同', 'same name'), soundsAlike: w('姓名同音', 'name sounds the same'), nameOneCharacter: w('姓名差一个字', 'name differs in one character'),
  sameVillage: w('同村', 'same village'), sameTownship: w('同乡镇', 'same township'), samePhone: w('电话相同', 'same phone'), sexDiffers: w('性别不同', 'sex differs'), idsDiffer: w('身份证不同', 'ID numbers differ'),
}

/** One finding as a sentence; codes nobody knows are shown as they are, so that nothing hides. */
export function sayFinding(code: string, args: Args, language: Language): string {
  const own = FINDING_WORDS[code]?.[language]
  if (own === undefined) return say(code, args, language)
  return own.replace(/\{(\w+)\}/g, (slot, name: string) => (name === 'why' ? sayReasons(String(args['why'] ?? ''), language) : args[name] === undefined || args[name] === '' ? '—' : String(args[name])) || slot)
}

function sayReasons(reasons: string, language: Language): string {
  return reasons.split(',').filter((reason) => reason !== '').map((reason) => REASONS[reason]?.[language] ?? reason).join(language === 'zh-CN' ? '、' : ', ')
}

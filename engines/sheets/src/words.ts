import type { SkipReason } from './table/find.ts'
import type { Args } from './types.ts'

export type Language = 'zh-CN' | 'en'
type Words = Readonly<Record<Language, string>>

const w = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

/** One sentence or two for each code: what is the matter, why, and what to do now. `{name}` is an argument. */
export const words: Readonly<Record<string, Words>> = {
  'sheets.empty': w('文件里没有任何内容。请确认选对了文件。', 'The file holds nothing. Check that it is the right file.'),
  'sheets.encrypted': w('文件设了打开密码，读不了。请在 WPS 或 Excel 里去掉密码，另存后再传。', 'The file is protected by a password. Remove the password, save it and upload again.'),
  'sheets.truncated': w('文件不完整，可能没有传完或没有下载完。请重新拷贝或下载后再传。', 'The file is cut short, perhaps a broken copy or download. Copy it again and upload.'),
  'sheets.broken': w('文件内部已损坏（{part}）。请用 WPS 或 Excel 打开，另存为 xlsx 后再传。', 'The file is damaged inside ({part}). Open it in a spreadsheet program, save it as xlsx and upload again.'),
  'sheets.wrong_type': w('这不是表格文件（实际是 {found}）。请传 xlsx、xls 或 csv。', 'This is not a spreadsheet (it is {found}). Upload xlsx, xls or csv.'),
  'sheets.zip_of_files': w('这是压缩包，里面有 {files} 个文件（如 {first}）。请先解压，再一个一个传。', 'This is an archive with {files} files (such as {first}). Unpack it and upload the files one by one.'),
  'sheets.zip_bomb': w('文件展开后大得不正常，为安全没有读。请把需要的那张表单独另存为 xlsx 再传。', 'The file grows abnormally when unpacked and was not read, for safety. Save only the sheet you need as xlsx and upload that.'),
  'sheets.too_large': w('文件或某个单元格太大，超出上限。请删去图片和多余的表，或分成几个文件。', 'The file or one of its cells is over the size limit. Remove pictures and spare sheets, or split it.'),
  'sheets.too_many_rows': w('行数超过 {limit} 行。请按乡镇分成几个文件再传。', 'More than {limit} rows. Split the list by township and upload the parts.'),
  'sheets.too_many_columns': w('第 {row} 行的 {column} 列已超过 {limit} 列的上限。请删去右边多余的列再传。', 'Row {row} reaches column {column}, over the limit of {limit} columns. Delete the columns on the right that are not needed.'),
  'sheets.unsafe_xml': w('文件里有不该出现的内容（{reason}），为安全没有读。请用 WPS 或 Excel 另存为 xlsx 后再传。', 'The file holds constructs a spreadsheet never needs ({reason}) and was not read, for safety. Save it again as xlsx from a spreadsheet program.'),
  'sheets.encoding_unknown': w('看不出文字用的什么编码，有 {damaged} 处认不出。请另存为 xlsx，或存为 UTF-8 的 csv。', 'The text encoding could not be told; {damaged} places are unreadable. Save as xlsx or as UTF-8 csv.'),
  'sheets.needs_worker': w('这里不能读 {kind} 文件。请另存为 xlsx 后再传。', 'Files of type {kind} cannot be read here. Save as xlsx and upload again.'),
  'sheets.worker_limit': w('读这个文件超出了内存或时间上限，已停下，其他功能不受影响。请另存为 xlsx 后再传。', 'Reading this file went over the memory or time limit and was stopped; nothing else is affected. Save as xlsx and upload again.'),
  'sheets.no_such_sheet': w('没有第 {sheet} 张表。请重新选表。', 'There is no sheet number {sheet}. Choose again.'),
  'sheets.no_heading': w('没有找到表头行。请指出哪一行是表头。', 'No heading row was found. Point out which row holds the headings.'),

  'sheets.cell.error': w('格里是出错的公式（{shown}），不知道原来的值。请补上正确的值。', 'The cell shows a formula error ({shown}); its value is not known. Enter the right value.'),
  'sheets.cell.formula': w('格里是公式，文件没有存下结果。请在 Excel 里打开并保存一次，或直接填值。', 'The cell is a formula without a stored result. Open and save the file in Excel once, or enter the value.'),
  'sheets.text.damaged': w('有认不出的字（{shown}）。请对照原件改正。', 'Some characters are unreadable ({shown}). Correct them from the original.'),
  'sheets.text.too_long': w('文字有 {length} 字，超过 {limit} 字。请删短。', 'The text has {length} characters, over {limit}. Shorten it.'),
  'sheets.field.missing': w('“{label}”没有填。请补上。', '{label} is not filled in. Add it.'),
  'sheets.field.no_column': w('表里没有哪一列对上“{label}”。请在认表头时选一列。', 'No column is matched to {label}. Choose one where the headings are matched.'),

  'sheets.day.not_a_date': w('“{shown}”看不出是哪一天。请写成 1945-03-02 这样。', '{shown} is not a date we can read. Write it like 1945-03-02.'),
  'sheets.day.no_such_day': w('{year} 年 {month} 月没有 {day} 日（{shown}）。请看户口簿改正。', 'There is no day {day} in month {month} of {year} ({shown}). Correct it from the household register.'),
  'sheets.day.no_such_month': w('月份是 {month}（{shown}），没有这个月。请看户口簿改正。', 'The month is {month} ({shown}); there is no such month. Correct it from the household register.'),
  'sheets.day.future': w('{day} 还没有到（今天 {today}）。请核对年份。', '{day} is in the future (today is {today}). Check the year.'),
  'sheets.day.too_early': w('{day} 太早，不可信。请核对年份。', '{day} is too long ago to be right. Check the year.'),
  'sheets.day.short_year': w('“{shown}”年份不全，看不准是哪一年、哪是月哪是日。请写四位年份。', '{shown} lacks a full year, so year, month and day cannot be told apart. Write four digits for the year.'),
  'sheets.day.no_year': w('“{shown}”没有年份。请补上四位年份。', '{shown} has no year. Add four digits.'),
  'sheets.day.year_only': w('“{shown}”只有年份。请补上月和日。', '{shown} is only a year. Add month and day.'),
  'sheets.day.month_only': w('“{shown}”只到月（{month}），没有日。请补上日子。', '{shown} gives only the month {month}. Add the day.'),
  'sheets.day.month_1_or_10': w('“{shown}”可能是 1 月，也可能是 10 月丢了末尾的 0。请写清楚。', '{shown} may be January, or October that lost its zero. Write it out.'),
  'sheets.day.serial': w('“{shown}”像是 Excel 的日期序号。请把这一列设成日期格式，或确认整列都是序号。', '{shown} looks like an Excel date number. Format the column as dates, or confirm that the whole column holds such numbers.'),
  'sheets.day.six_digits': w('“{shown}”六位数看不准是“年月日”还是“年月”。请写成 1945-03-02 这样。', 'The six digits {shown} may be a day or a month. Write it like 1945-03-02.'),
  'sheets.day.two_dates': w('格里有不止一个日期（{shown}）。请只留一个。', 'The cell holds more than one date ({shown}). Keep one.'),
  'sheets.day.lunar_unread': w('“{shown}”是农历，但年、月、日没有写全。请补全，或改成公历。', '{shown} is a lunar date but not complete. Complete it or give the civil date.'),
  'sheets.day.no_such_lunar_day': w('农历没有这一天（{shown}）。请核对闰月和日子，或改成公历。', 'There is no such lunar date ({shown}). Check the leap month and the day, or give the civil date.'),

  'sheets.id.lost_precision': w('身份证号被当成数字存过，末几位已经丢了（{shown}），无法恢复。请把这一列设成“文本”，按证件重新填。', 'The ID number was kept as a number and its last digits are lost for good ({shown}). Set the column to text and enter it again from the card.'),
  'sheets.id.maybe_lost': w('身份证号末三位是 000（{shown}），多半是当数字存过，末几位丢了。请对照证件；确实如此的请确认。', 'The ID number ends in 000 ({shown}); most likely its last digits were lost as a number. Check the card, or confirm it.'),
  'sheets.id.is_date': w('身份证号这一格被当成了日期（{shown}）。请设成“文本”后重新填。', 'This ID cell was turned into a date ({shown}). Set it to text and enter the number again.'),
  'sheets.id.length': w('身份证号是 {length} 位（{shown}），应为 18 位。请对照证件改正。', 'The ID number has {length} characters ({shown}) instead of 18. Correct it from the card.'),
  'sheets.id.letters': w('身份证号里混进了字母（{shown}），常见是把 0 写成 O、1 写成 l。请改正。', 'The ID number holds letters ({shown}), often O for 0 or l for 1. Correct it.'),
  'sheets.id.not_a_number': w('“{shown}”不是身份证号。请填 18 位号码，没有证件的请写“无”。', '{shown} is not an ID number. Enter 18 characters, or 无 for a person without papers.'),
  'sheets.id.two_numbers': w('格里有不止一个身份证号（{shown}）。一行只写一个人。', 'The cell holds more than one ID number ({shown}). One row is one person.'),
  'sheets.id.check_digit': w('身份证最后一位应为 {expected}，写的是 {found}（{shown}），可能抄错了一个数字。请对照证件。', 'The last character of the ID should be {expected}, not {found} ({shown}); a digit may be wrong. Check the card.'),
  'sheets.id.no_such_region': w('身份证前六位 {prefix} 不是任何地方的代码（{shown}）。请对照证件。', 'The first six digits {prefix} are no region ({shown}). Check the card.'),
  'sheets.id.no_such_birth': w('身份证里的出生日期 {birth} 不存在（{shown}）。请对照证件。', 'The birth date inside the ID, {birth}, does not exist ({shown}). Check the card.'),
  'sheets.id.future_birth': w('身份证里的出生日期 {birth} 还没有到（{shown}）。请对照证件。', 'The birth date inside the ID, {birth}, is in the future ({shown}). Check the card.'),
  'sheets.id.too_old': w('按身份证，这人已过 130 岁（{birth}）。请对照证件。', 'By the ID this person is over 130 ({birth}). Check the card.'),
  'sheets.id.other_birth': w('写的出生日期是 {written}，身份证里是 {inId}。请看户口簿定哪个对。', 'The birth date written is {written}, the ID says {inId}. Decide from the household register.'),
  'sheets.id.other_sex': w('写的性别和身份证里的不一样（{written}／{inId}）。请核对。', 'The sex written ({written}) differs from the ID ({inId}). Check it.'),

  'sheets.phone.lost_precision': w('电话被当成数字存过，末几位已丢（{shown}）。请重新填。', 'The phone number was kept as a number and lost digits ({shown}). Enter it again.'),
  'sheets.phone.not_a_phone': w('“{shown}”有 {digits} 位数字，不像手机或座机。请核对。', '{shown} has {digits} digits and is neither a mobile nor a landline number. Check it.'),

  'sheets.name.none': w('“{shown}”里没有姓名。请补上。', 'There is no name in {shown}. Add it.'),
  'sheets.name.remark': w('姓名后面写着“{remark}”。如果人已去世或迁走，请按事件登记，不要写在姓名里。', 'The name carries the remark {remark}. If the person died or moved, record the event instead.'),
  'sheets.name.lost_character': w('姓名里有打不出的字（{shown}）。请按身份证补上。', 'A character of the name is missing ({shown}). Complete it from the ID card.'),
  'sheets.name.digits': w('姓名里有数字（{shown}）。请核对是不是填错了列。', 'The name contains digits ({shown}). Check whether the column is right.'),
  'sheets.name.two_people': w('一格里像是有两个人（{shown}）。请一人一行。', 'The cell seems to name two people ({shown}). Use one row for each.'),
  'sheets.name.signs': w('姓名里有不该有的符号（{shown}）。请核对。', 'The name contains signs that do not belong there ({shown}). Check it.'),
  'sheets.name.too_long': w('姓名有 {length} 个字（{shown}），太长。请核对是不是填错了列。', 'The name has {length} characters ({shown}). Check whether the column is right.'),
  'sheets.name.one_character': w('姓名只有一个字（{shown}）。请核对是否写全。', 'The name is a single character ({shown}). Check that it is complete.'),

  'sheets.code.unknown': w('“{shown}”不在可选的项目里。请从名单里选，或新定一个对照。', '{shown} is not in the list. Choose an item or add a mapping.'),
  'sheets.code.several': w('这一格只能选一项，写了 {count} 项（{shown}）。请留一项。', 'Only one item may be given here; there are {count} ({shown}). Keep one.'),
  'sheets.number.not_a_number': w('“{shown}”不是数字。请改正。', '{shown} is not a number. Correct it.'),
  'sheets.number.not_whole': w('“{shown}”应为整数。请改正。', '{shown} should be a whole number. Correct it.'),
  'sheets.number.too_small': w('{shown} 小于 {min}。请核对。', '{shown} is below {min}. Check it.'),
  'sheets.number.too_large': w('{shown} 大于 {max}。请核对。', '{shown} is above {max}. Check it.'),
  'sheets.number.lost_precision': w('长号码被当成数字存过，末几位已丢（{shown}）。请设成“文本”后重新填。', 'A long number was kept as a number and lost its last digits ({shown}). Set the cell to text and enter it again.'),
  'sheets.money.fraction': w('金额 {shown} 不到一分。请改成最多两位小数。', 'The amount {shown} has parts smaller than a fen. Use at most two decimals.'),
  'sheets.boolean.unclear': w('“{shown}”看不出是“是”还是“否”。请改成“是”或“否”。', '{shown} is neither yes nor no. Write 是 or 否.'),
  'sheets.row.like_total': w('这一行写着“{shown}”，却有身份证号。请确认是一个人，还是合计行。', 'The row says {shown} but has an ID number. Confirm whether it is a person or a total.'),
  'sheets.row.ditto_alone': w('写着“{shown}”，上一行却没有值。请填上。', 'The cell says {shown} but there is nothing above it. Fill it in.'),

  'sheets.changed.width': w('全角改成了半角。', 'Full-width characters were made plain.'),
  'sheets.changed.invisible': w('去掉了看不见的字符。', 'Invisible characters were removed.'),
  'sheets.changed.spaces': w('去掉了多余的空格。', 'Spare spaces were removed.'),
  'sheets.changed.quote_mark': w('去掉了开头的单引号。', 'The leading apostrophe was removed.'),
  'sheets.changed.date_form': w('日期统一了写法。', 'The date was written in the common form.'),
  'sheets.changed.lunar': w('农历换算成了公历。', 'The lunar date was turned into the civil one.'),
  'sheets.changed.serial': w('Excel 日期序号换算成了日期。', 'The Excel date number was turned into a date.'),
  'sheets.changed.upper_x': w('身份证末位改成了大写 X。', 'The last character of the ID became a capital X.'),
  'sheets.changed.fifteen_to_eighteen': w('15 位身份证号升成了 18 位。', 'The 15-digit ID was extended to 18.'),
  'sheets.changed.separators': w('统一了分隔写法。', 'Separators were made uniform.'),
  'sheets.changed.label': w('换成了标准说法。', 'The standard label was used.'),
  'sheets.changed.case': w('统一了大小写。', 'Letter case was made uniform.'),
  'sheets.changed.note_removed': w('括号里的话另存了，不算姓名。', 'The words in brackets were kept apart from the name.'),
  'sheets.changed.ditto': w('“同上”填成了第 {fromRow} 行的值。', 'The ditto mark was filled from row {fromRow}.'),
  'sheets.changed.merged': w('合并格填成了第 {fromRow} 行的值。', 'The merged cell was filled from row {fromRow}.'),
  'sheets.changed.thousands': w('去掉了千分位逗号。', 'Thousands separators were removed.'),
}

/** Why a row is not a person. */
export const skipWords: Readonly<Record<SkipReason, Words>> = {
  above_heading: w('表头以上，不导入', 'Above the headings, not imported'), heading: w('表头', 'Heading'), note: w('说明行，不导入', 'A note, not imported'),
  numbering: w('栏次行，不导入', 'Column numbers, not imported'), hint: w('填表提示，不导入', 'A hint for filling in, not imported'), repeated_heading: w('重复的表头，不导入', 'Repeated headings, not imported'),
  total: w('合计行，不导入', 'A total, not imported'), signature: w('签字或落款行，不导入', 'A signature line, not imported'), group_title: w('分组标题，不导入；如果是人，请补全各列', 'A group title, not imported; if it is a person, fill in the other columns'),
  only_number: w('只有序号，不导入', 'Only a row number, not imported'), after_end: w('表格以下，不导入', 'Below the table, not imported'),
}

/** The sentence for a code; an unknown code gives the code itself, so that nothing is hidden. */
export function say(code: string, args: Args, language: Language): string {
  const template = words[code]?.[language] ?? code
  return template.replace(/\{(\w+)\}/g, (all, name: string) => (args[name] === undefined ? all : String(args[name])))
}

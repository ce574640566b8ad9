import type { Cell } from '../types.ts'
import { isReading, problem, question, short, textOf, value } from './reading.ts'
import type { ChangeCode, Note, Reading } from './reading.ts'

export interface PersonName { readonly name: string; readonly remark?: string }

/** A person's name: spaces set for looks go (李 四), a remark in brackets (张三（故）) is taken out and asked about. */
export function readName(cell: Cell | undefined): Reading<PersonName> {
  const cleaned = textOf(cell)
  if (isReading(cleaned)) return cleaned
  const changed: ChangeCode[] = [...cleaned.changed]
  const notes: Note[] = []
  let text = cleaned.text.replace(/[•‧∙・･.。]/g, '·')
  const bracket = /[(\[【〔]([^()[\]【】〔〕]*)[)\]】〕]/.exec(text)
  const remark = bracket?.[1]?.trim()
  if (bracket) {
    text = text.replace(bracket[0], '').trim()
    changed.push('note_removed')
    notes.push({ severity: 'question', code: 'sheets.name.remark', args: { name: short(text), remark: short(remark ?? '') } })
  }
  if (/^[\u3400-\u9fff\uf900-\ufaff\ud800-\udfff\s·]+$/.test(text) && text.includes(' ')) {
    text = text.replace(/\s/g, '')
    if (!changed.includes('spaces')) changed.push('spaces')
  }
  if (text === '') return problem('sheets.name.none', { shown: short(cleaned.text) })
  if (/[?□■〓]|[\ue000-\uf8ff]/.test(text)) return question('sheets.name.lost_character', { shown: short(cleaned.text) })
  if (/\d/.test(text)) return problem('sheets.name.digits', { shown: short(cleaned.text) })
  if (/[、,;/]/.test(text)) return question('sheets.name.two_people', { shown: short(cleaned.text) })
  if (!/^[\p{L}\p{M}\s·'-]+$/u.test(text)) return question('sheets.name.signs', { shown: short(cleaned.text) })
  const letters = [...text].length
  if (letters < 2) notes.push({ severity: 'question', code: 'sheets.name.one_character', args: { shown: text } })
  if (letters > 25) return question('sheets.name.too_long', { shown: short(text), length: letters })
  return value({ name: text, ...(remark ? { remark } : {}) }, changed, notes)
}

/** Characters that stand for each other in hand-kept lists: old and new forms, and pairs that typing by sound confuses. Own list; extend by argument. */
export const similarCharacters: readonly string[] = [
  '淑叔', '昇升', '堃坤', '喆哲', '峯峰', '珎珍', '鳯凤', '囯国', '玙屿', '莲连', '兰蓝', '华花', '英瑛', '芬芳', '珍贞', '秀绣', '玉钰',
  '付傅', '肖萧', '闫阎', '戴代', '邱丘', '于余', '范樊', '谭覃', '冉然', '帅师', '璐露', '燕艳', '明名', '建健', '志治', '忠中', '生胜',
]

/** 0 = same, 1 = one pair of similar characters apart, 2 = further. `sameSound` lets the caller add pinyin. */
export function nameDistance(a: string, b: string, sameSound?: (x: string, y: string) => boolean): 0 | 1 | 2 {
  const x = [...a.replace(/[\s·]/g, '')]
  const y = [...b.replace(/[\s·]/g, '')]
  if (x.length !== y.length) return 2
  let apart = 0
  for (let i = 0; i < x.length; i++) {
    if (x[i] === y[i]) continue
    const similar = similarCharacters.some((group) => group.includes(x[i]!) && group.includes(y[i]!)) || sameSound?.(x[i]!, y[i]!) === true
    apart += similar ? 1 : 2
    if (apart > 1) return 2
  }
  return apart as 0 | 1
}

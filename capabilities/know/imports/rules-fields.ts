/** What a column of a list may be taken for: particulars, place, category words, and every fact of the dictionary the registry keeps. */
import type { FactDef, FactDictionary } from '@songbai/policy'
import { readField, type Cell, type CodeEntry, type FieldKind, type FieldSpec, type Reading, type SheetSchema } from '@songbai/sheets'

/** A word on a list and the fact it states; `null`: it follows from an assessment, a diagnosis or a certificate, so a list cannot state it. */
export interface CategoryWord extends CodeEntry {
  readonly labelEn: string
  readonly fact: { readonly key: string; readonly value: unknown } | null
}

const word = (id: string, label: string, labelEn: string, fact: CategoryWord['fact'], synonyms: readonly string[] = []): CategoryWord => ({ id, label, labelEn, fact, synonyms })

/** [I5] Groups of packs/categories.yaml as lists write them. */
export const CATEGORY_WORDS: readonly CategoryWord[] = [
  word('extremePoverty', '特困', 'extreme poverty', { key: 'incomeStanding', value: 'extremePoverty' }, ['特困人员', '特困供养', '五保', '五保户', '特困老人']),
  word('minimumLivingAllowance', '低保', 'minimum living allowance', { key: 'incomeStanding', value: 'minimumLivingAllowance' }, ['低保户', '低保对象', '最低生活保障', '农村低保', '城市低保']),
  word('lowIncome', '低保边缘', 'low income', { key: 'incomeStanding', value: 'lowIncome' }, ['低保边缘户', '低收入', '边缘家庭']),
  word('unstableOutOfPoverty', '脱贫不稳定户', 'out of poverty but unstable', { key: 'povertyRiskKind', value: 'unstableOutOfPoverty' }, ['脱贫不稳定']),
  word('marginal', '边缘易致贫户', 'on the margin of poverty', { key: 'povertyRiskKind', value: 'marginal' }, ['边缘易致贫', '边缘户']),
  word('alone', '独居', 'lives alone', { key: 'livingArrangement', value: 'alone' }, ['独居老人', '独自居住', '一人居住']),
  word('emptyNest', '空巢', 'empty nest', { key: 'livingArrangement', value: 'emptyNest' }, ['空巢老人']),
  word('leftBehind', '留守', 'left behind', { key: 'livingArrangement', value: 'leftBehind' }, ['留守老人']),
  word('withoutKin', '孤寡', 'without kin', { key: 'withoutKin', value: true }, ['孤寡老人']),
  word('familyPlanning', '计划生育特殊家庭', 'family-planning special family', { key: 'familyPlanningSpecial', value: true }, ['计生特殊家庭', '失独', '失独家庭', '计划生育特扶']),
  word('loss', '失能', 'loss of ability', null, ['失能老人', '半失能', '轻度失能', '中度失能', '重度失能', '完全失能', '部分失能']),
  word('dementia', '失智', 'dementia', null, ['失智老人', '认知障碍']),
  word('disability', '重残', 'severe disability', null, ['重度残疾', '残疾', '残疾人']),
  word('advancedAge', '高龄', 'advanced age', null, ['高龄老人']),
]

const field = (id: string, label: string, labelEn: string, kind: FieldKind, synonyms: readonly string[], more: Partial<FieldSpec> = {}): FieldSpec => ({ id, label, labelEn, kind, synonyms, ...more })

const PARTICULARS: readonly FieldSpec[] = [
  field('name', '姓名', 'Name', 'name', ['老人姓名', '老年人姓名', '名字', '人员姓名', '户主姓名'], { required: true }),
  field('idNumber', '居民身份证号', 'ID number', 'idNumber', ['身份证号', '身份证号码', '公民身份号码', '证件号码', '身份证', '证件号', '公民身份证号码']),
  field('sex', '性别', 'Sex', 'sex', [], { agreesWithId: 'sex' }),
  field('birth', '出生日期', 'Date of birth', 'day', ['出生年月日', '出生年月', '生日', '出生时间'], { agreesWithId: 'birth' }),
  field('phone', '电话', 'Phone', 'phone', ['联系电话', '手机', '手机号', '手机号码', '联系方式', '本人电话', '电话号码']),
  field('place', '住处（乡镇村组写在一起）', 'Place in full', 'region', ['住址', '家庭住址', '现住址', '居住地址', '乡镇村组', '详细地址', '常住地址', '家庭地址', '地址', '住处']),
  field('township', '乡镇（街道）', 'Township', 'region', ['乡镇', '乡镇街道', '所在乡镇', '镇街', '街道', '镇乡', '苏木镇']),
  field('village', '村（社区）', 'Village', 'region', ['村', '村社区', '村居', '所在村', '行政村', '社区', '村委会', '嘎查', '嘎查村']),
  field('group', '村民小组', 'Group', 'text', ['组', '小组', '组别', '所在组', '村组', '独贵龙']),
  field('address', '门牌或院落', 'House', 'text', ['门牌', '门牌号', '院落', '楼栋']),
  field('ethnicity', '民族', 'Ethnicity', 'text', []),
  field('registered', '户籍地', 'Place of registration', 'region', ['户籍地址', '户籍所在地', '户口所在地', '户籍']),
  field('categories', '特殊困难类别', 'Categories', 'codes', ['类别', '人员类别', '老人类别', '对象类别', '困难类型', '特殊困难类型', '类型'], { codes: CATEGORY_WORDS }),
  field('contactName', '联系人姓名', 'Contact', 'name', ['联系人', '监护人', '监护人姓名', '紧急联系人', '赡养人', '家属姓名', '子女姓名']),
  field('contactPhone', '联系人电话', 'Phone of contact', 'phone', ['监护人电话', '紧急联系人电话', '赡养人电话', '家属电话', '子女电话', '联系人联系电话']),
  field('contactRelation', '与老人关系', 'Relation', 'text', ['关系', '与本人关系', '联系人关系', '监护人关系']),
]

const FACT_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  livingArrangement: ['居住情况', '居住类型', '居住方式'], maritalStatus: ['婚姻', '婚姻情况'], incomeStanding: ['困难类别', '救助类别', '低保特困'], disabilityKind: ['残疾类型', '残疾种类'], disabilityGrade: ['残疾级别'],
  pensionFen: ['养老金', '养老金（元）', '月养老金', '每月养老金（元）'], pensionType: ['养老保险', '参保类型'], householdSize: ['家庭人口', '家庭人数'], hukou: ['户籍类型', '户口性质'], extremePovertySupport: ['供养方式', '特困供养'],
}
const VALUE_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  'maritalStatus.married': ['已婚', '有偶'], 'maritalStatus.single': ['单身'], 'maritalStatus.widowed': ['丧偶未再婚'], 'livingArrangement.withFamily': ['与子女同住', '与子女居住', '和家人住'], 'livingArrangement.emptyNest': ['空巢', '与配偶居住', '仅与配偶同住'],
  'livingArrangement.leftBehind': ['留守'], 'livingArrangement.institution': ['养老院', '敬老院', '机构'], 'incomeStanding.ordinary': ['一般', '普通'], 'incomeStanding.minimumLivingAllowance': ['低保户'], 'incomeStanding.extremePoverty': ['五保', '特困人员'],
  'extremePovertySupport.dispersed': ['分散'], 'extremePovertySupport.residential': ['集中'], 'pensionType.resident': ['居民养老保险', '城乡居保'], 'pensionType.employee': ['职工养老保险', '企业职工'],
}
const KIND: Partial<Record<FactDef['type'], FieldKind>> = { bool: 'boolean', code: 'code', int: 'integer', fen: 'money', day: 'day' }
/** Told by their own columns above, by events, or by the tree. */
const NOT_COLUMNS = new Set(['birth', 'sex', 'dead', 'moved', 'registeredRegion', 'usualResidence', 'settlement'])

/** Ids of fields that state a fact: `fact.livingArrangement`. */
export const FACT_PREFIX = 'fact.'

function factField(def: FactDef): FieldSpec | null {
  const kind = KIND[def.type]
  if (!kind || def.from !== 'elders' || NOT_COLUMNS.has(def.id)) return null
  const codes = def.values.map((one): CodeEntry => ({ id: one.id, label: one.zh, synonyms: [...(/（/.test(one.zh) ? [one.zh.replace(/（.*）/, '')] : []), ...(VALUE_SYNONYMS[`${def.id}.${one.id}`] ?? [])] }))
  const limits = kind === 'integer' || kind === 'money' ? { min: def.min, max: def.max } : {}
  return { id: FACT_PREFIX + def.id, label: def.label.zh, labelEn: def.label.en, kind, synonyms: FACT_SYNONYMS[def.id] ?? [], ...(codes.length > 0 ? { codes } : {}), ...limits }
}

/** Kinds with few different texts: 200,000 rows say 独居 in the same two characters, and each is looked up once. */
const REPEATED: readonly FieldKind[] = ['sex', 'code', 'codes', 'boolean']
const REMEMBERED = 2000

function remembering(field: FieldSpec): FieldSpec {
  if (!REPEATED.includes(field.kind)) return field
  const known = new Map<string, Reading<unknown>>()
  const read = (cell: Cell | undefined): Reading<unknown> => {
    // These kinds read the cell alone; the day of the reading plays no part.
    const plain = readField(field, cell, { today: '1970-01-01' })
    if (typeof cell === 'string' && known.size < REMEMBERED) known.set(cell, plain)
    return plain
  }
  return { ...field, read: (cell) => (typeof cell === 'string' ? known.get(cell) : undefined) ?? read(cell) }
}

/** [I6] One schema for every list of elders; a new fact in the dictionary is a new column by itself. */
export function eldersSchema(dictionary: FactDictionary): SheetSchema {
  return { id: 'elders', fields: [...PARTICULARS, ...[...dictionary.facts.values()].map(factField).filter((one) => one !== null)].map(remembering) }
}

/** Departments whose lists are compared, as data: what a list holds, whether it should hold everybody, what a difference means. */
import type { FieldKind } from '@songbai/sheets'

export const SOURCES = ['police', 'disabled', 'insurance', 'social', 'funeral', 'health'] as const
export type SourceId = (typeof SOURCES)[number]

export interface Words {
  readonly zh: string
  readonly en: string
}

/** What taking over their value does in the register. */
export type Taking = { readonly as: 'death' | 'moveOut' } | { readonly as: 'fact'; readonly key: string }

export interface SourceColumn {
  readonly id: string
  readonly label: Words
  readonly kind: FieldKind
  readonly synonyms: readonly string[]
  readonly takes: Taking
  /** What it means when they say this and we do not. */
  readonly means: Words
}

export interface Source {
  readonly id: SourceId
  readonly title: Words
  readonly list: Words
  /** Everybody of ours should stand in it: who is missing is asked about. Otherwise a missing person says nothing. */
  readonly complete: boolean
  /** Only the living stand in it: somebody we hold for dead must be looked at. */
  readonly living: boolean
  /** Particulars in which this department's word counts. */
  readonly identity: readonly ('name' | 'birth' | 'sex' | 'idNumber')[]
  readonly columns: readonly SourceColumn[]
}

const death = (zh: string, en: string, synonyms: readonly string[] = []): SourceColumn => ({ id: 'death', label: { zh: '死亡日期', en: 'Date of death' }, kind: 'day', synonyms: ['死亡时间', '去世日期', '去世时间', '死亡年月日', ...synonyms], takes: { as: 'death' }, means: { zh, en } })
const fact = (key: string, label: Words, kind: FieldKind, synonyms: readonly string[], means: Words): SourceColumn => ({ id: `fact.${key}`, label, kind, synonyms, takes: { as: 'fact', key }, means })

/** [M1] The six lists. A new department is one more entry here. */
export const SOURCE_LIST: readonly Source[] = [
  {
    id: 'police', title: { zh: '公安', en: 'Police' }, list: { zh: '户籍老年人口名单', en: 'registered older residents' }, complete: true, living: true, identity: ['name', 'birth', 'sex', 'idNumber'],
    columns: [
      death('户籍上已销户，这里还在册：津贴可能多发', 'The register of residents is closed for death, ours is not: allowances may be paid too long', ['注销日期', '死亡注销日期']),
      { id: 'moveOut', label: { zh: '迁出日期', en: 'Moved out on' }, kind: 'day', synonyms: ['迁往外地日期', '户口迁出日期', '迁移日期'], takes: { as: 'moveOut' }, means: { zh: '户口已迁出本县，这里还在册', en: 'Moved out of the county there, still here in ours' } },
    ],
  },
  {
    id: 'disabled', title: { zh: '残联', en: 'Disabled persons’ federation' }, list: { zh: '持证残疾人名单', en: 'holders of a disability certificate' }, complete: false, living: true, identity: ['idNumber'],
    columns: [
      fact('disabilityGrade', { zh: '残疾等级', en: 'Disability grade' }, 'integer', ['残疾级别', '等级', '级别', '评定等级'], { zh: '等级不一样，护理补贴的档次可能不对', en: 'Another grade: the care allowance may be of the wrong class' }),
      fact('disabilityKind', { zh: '残疾类别', en: 'Kind of disability' }, 'code', ['残疾类型', '残疾种类', '类别'], { zh: '类别不一样', en: 'Another kind of disability' }),
      death('证件已因去世注销，这里还在册', 'The certificate ended with a death, ours says alive'),
    ],
  },
  {
    id: 'insurance', title: { zh: '医保', en: 'Medical insurance' }, list: { zh: '参保和长护险名单', en: 'insured people and long-term care insurance' }, complete: true, living: true, identity: ['idNumber'],
    columns: [
      fact('ltciInsured', { zh: '参加长期护理保险', en: 'Covered by long-term care insurance' }, 'boolean', ['长护险参保', '是否参加长护险', '长护险'], { zh: '长护险参保情况不一样', en: 'Long-term care cover differs' }),
      fact('ltciGrade', { zh: '长护险失能等级', en: 'Long-term care grade' }, 'code', ['失能等级', '长护险等级', '评估等级'], { zh: '长护险等级不一样，同类待遇可能重复', en: 'Another long-term care grade: benefits of one kind may be paid twice' }),
      death('医保已按去世停保，这里还在册', 'Cover ended with a death, ours says alive', ['停保日期（死亡）']),
    ],
  },
  {
    id: 'social', title: { zh: '人社', en: 'Human resources and social security' }, list: { zh: '养老金领取名单', en: 'people drawing a pension' }, complete: false, living: true, identity: ['idNumber'],
    columns: [
      fact('pensionType', { zh: '养老保险类型', en: 'Kind of pension' }, 'code', ['参保类型', '险种', '养老保险', '险种类型'], { zh: '养老保险类型不一样', en: 'Another kind of pension' }),
      fact('pensionFen', { zh: '每月养老金（元）', en: 'Pension a month (yuan)' }, 'money', ['养老金', '月养老金', '待遇金额', '发放金额'], { zh: '养老金数额不一样', en: 'Another pension' }),
      death('养老金已因去世停发，这里还在册', 'The pension ended with a death, ours says alive', ['停发日期（死亡）']),
    ],
  },
  {
    id: 'funeral', title: { zh: '殡葬', en: 'Funeral services' }, list: { zh: '火化和安葬名单', en: 'cremations and burials' }, complete: false, living: false, identity: [],
    columns: [death('已经火化或安葬，这里还在册：津贴可能多发', 'Cremated or buried, ours says alive: allowances may be paid too long', ['火化日期', '火化时间', '安葬日期'])],
  },
  {
    id: 'health', title: { zh: '卫健', en: 'Health' }, list: { zh: '死因登记名单', en: 'register of causes of death' }, complete: false, living: false, identity: ['idNumber'],
    columns: [
      death('死因登记里已有，这里还在册', 'Stands in the register of deaths, ours says alive'),
    ],
  },
]

export function sourceOf(id: SourceId): Source {
  return SOURCE_LIST.find((one) => one.id === id)!
}

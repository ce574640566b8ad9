import type { SheetSchema } from '../table/schema.ts'

/** A list of elders as the registry would ask for it; used by tests and the bench only. */
export const elders: SheetSchema = {
  id: 'elders',
  fields: [
    { id: 'name', label: '姓名', kind: 'name', required: true, synonyms: ['老人姓名', '老年人姓名', '名字'] },
    { id: 'idNumber', label: '身份证号', kind: 'idNumber', synonyms: ['身份证号码', '公民身份号码', '证件号码', '身份证'] },
    { id: 'sex', label: '性别', kind: 'sex', agreesWithId: 'sex' },
    { id: 'birth', label: '出生日期', kind: 'day', synonyms: ['出生年月日', '出生年月', '生日'], agreesWithId: 'birth' },
    { id: 'phone', label: '联系电话', kind: 'phone', synonyms: ['电话', '手机', '手机号', '联系方式'] },
    { id: 'village', label: '村', kind: 'region', synonyms: ['村社区', '村居', '户籍地址村', '所在村'] },
    { id: 'township', label: '乡镇', kind: 'region', synonyms: ['乡镇街道', '所在乡镇'] },
    { id: 'kinds', label: '类别', kind: 'codes', synonyms: ['人员类别', '老人类别'], codes: [{ id: 'lowIncome', label: '低保', synonyms: ['低保户'] }, { id: 'alone', label: '独居' }, { id: 'disabled', label: '失能' }, { id: 'destitute', label: '特困' }] },
    { id: 'subsidy', label: '月补贴金额', kind: 'money', synonyms: ['补贴金额', '金额'] },
  ],
}

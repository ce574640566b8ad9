/** A made-up import in each of its states, for pictures only. */
import type { Batch } from '../src/imports/model.ts'
import type { Client } from '@songbai/web-shared/api.ts'
import { NOW } from './samples.ts'

const ID = '019817a2-0000-7000-8000-000000000001'
const TASK = '019817a2-0000-7000-8000-000000000002'
const field = (id: string, zh: string, en: string, required = false) => ({ id, label: { zh, en }, required, kind: 'text' })
const FIELDS = [field('name', '姓名', 'Name', true), field('idNumber', '居民身份证号', 'ID number'), field('birth', '出生日期', 'Date of birth'), field('place', '住处（乡镇村组写在一起）', 'Place in full'), field('categories', '特殊困难类别', 'Categories'), field('phone', '电话', 'Phone')]
const column = (column: number, heading: string, samples: string[], field: string | null, why: Batch['sheets'][number]['columns'][number]['why'], fit: number | null = null) => ({ column, letter: 'ABCDEFGH'[column]!, heading, samples, field, why, fit, others: [] })
const COLUMNS = [
  column(0, '序号', ['1', '2', '3'], null, 'row_number'), column(1, '老人姓名', ['冉启秀', '罗光华'], 'name', 'synonym', 1), column(2, '身份证号码', ['99020019450302004X'], 'idNumber', 'synonym', 0.998), column(3, '出生年月', ['1945.3.2', '19450302'], 'birth', 'synonym', 0.97),
  column(4, '乡镇村组', ['咸宜镇青龙村3组'], 'place', 'synonym', 0.992), column(5, '类别', ['低保 独居；失能'], 'categories', 'heading_part', 0.9), column(6, '联系电话', ['１３８００００'], 'phone', 'synonym', 1), column(7, '备注2', ['已发', '未发'], null, 'undecided'),
]
const SETUP = { sheet: 0, headingRows: [3], choices: ['skip', 'name', 'idNumber', 'birth', 'place', 'categories', 'phone', null], place: '500229', listDay: '2026-07-16' }
const counts = (more: object) => ({ seen: 200_000, ready: 199_077, error: 263, question: 397, dropped: 0, skipped: 263, repaired: 23_906, imported: 0, added: 0, skippedBy: { total: 251, note: 12 }, seconds: 48, ...more })
const base: Batch = {
  id: ID, number: 'IM-2026-0716-03', fileName: '2026年特殊困难老年人台账（汇总）.xlsx', fileBytes: 40_055_603, state: 'inspected', createdBy: '周岚', createdAt: NOW, committedAt: null, undoneAt: null, undoReason: null, taskId: TASK, counts: null,
  kind: 'xlsx', encoding: null, sheets: [
    { index: 0, name: '台账', hidden: false, rows: 200_003, looksLike: 'list', table: { headingRows: [3], firstDataRow: 4, title: '城口县特殊困难老年人台账', runnerUp: 2, fingerprint: 'x' }, columns: COLUMNS },
    { index: 1, name: '汇总', hidden: false, rows: 27, looksLike: 'totals', table: null, columns: [] }, { index: 2, name: '旧表', hidden: true, rows: 0, looksLike: 'empty', table: null, columns: [] },
  ],
  fields: FIELDS, setup: null, suggested: SETUP, failure: null, kinds: [], undecided: ['备注2'], place: '城口县',
}
const KINDS: Batch['kinds'] = [
  { code: 'sheets.id.check_digit', severity: 'error', rows: 214, decisions: [] }, { code: 'sheets.day.no_such_month', severity: 'error', rows: 37, decisions: [] }, { code: 'imports.place-former', severity: 'error', rows: 12, decisions: [] },
  { code: 'imports.like-somebody', severity: 'question', rows: 388, decisions: ['same', 'new', 'drop'] }, { code: 'imports.dead-in-register', severity: 'question', rows: 9, decisions: ['same', 'drop'] }, { code: 'sheets.changed.date_form', severity: 'repaired', rows: 23_906, decisions: [] },
]
const STATES: Readonly<Record<string, Partial<Batch>>> = {
  inspected: {}, reading: { state: 'reading', sheets: [], suggested: null, undecided: [] }, checking: { state: 'checking', setup: SETUP }, stopped: { state: 'stopped' }, failed: { state: 'failed', failure: { code: 'sheets.worker_limit', args: {} } },
  unreadable: { state: 'unreadable', sheets: [], undecided: [], failure: { code: 'sheets.encrypted', args: {} } },
  checked: { state: 'checked', setup: SETUP, counts: counts({}), kinds: KINDS }, decided: { state: 'checked', setup: SETUP, undecided: [], counts: counts({}), kinds: KINDS },
  committed: { state: 'committed', setup: SETUP, undecided: [], committedAt: NOW, counts: counts({ ready: 0, imported: 187_600, added: 11_477 }), kinds: KINDS },
  undone: { state: 'undone', setup: SETUP, undecided: [], committedAt: NOW, undoneAt: NOW, undoReason: '传错了年份的台账', counts: counts({ ready: 0, imported: 187_600, added: 11_477 }), kinds: KINDS },
}
const finding = (column: string, severity: 'error' | 'question' | 'repaired', code: string, args: Record<string, string | number>) => ({ column, severity, code, args })
const row = (n: number, cells: string[], findings: ReturnType<typeof finding>[], decisions: ('same' | 'new' | 'use' | 'drop')[] = []) => ({ row: n, state: findings.some((one) => one.severity === 'error') ? 'error' : 'question', decision: null, decidedBy: null, decisions, cells: cells.map((text, at) => ({ column: at + 1, text, was: null })), findings, matchId: decisions.includes('same') ? ID : null })
const ROWS = [
  row(1027, ['冉隆珍', '990200194613020027', '1946.13.2', '高燕镇来凤村1组', '低保'], [finding('D', 'error', 'sheets.day.no_such_month', { month: 13, shown: '1946.13.2' }), finding('C', 'error', 'sheets.id.no_such_birth', { birth: '1946-13-02', shown: '990200194613020027' })]),
  row(1844, ['向世发', '990200193907150031', '1939.7.15', '明通镇乐山村', '独居'], [finding('C', 'error', 'sheets.id.check_digit', { expected: 8, found: 1, shown: '990200193907150031' }), finding('D', 'repaired', 'sheets.changed.date_form', {})]),
  row(2310, ['王显碧', '9902001951041100X2', '1951-04-11', '庙坝镇南坪村5组', '低保'], [finding('E', 'error', 'imports.place-former', { text: '庙坝镇南坪村', near: '庙坝镇罗江村' })]),
  row(2977, ['陈德芳', '990200194812190046', '1948-12-19', '巴山镇元坝村', '高龄'], [finding('B', 'question', 'imports.like-somebody', { name: '陈德芳', place: '巴山镇元坝村', birth: '1948-12-19', why: 'idOneDigit,sameBirth,sameVillage' })], ['same', 'new', 'drop']),
  row(3402, ['谭朝贵', '990200194708020019', '1947-08-02', '双河乡天星村', '空巢'], [finding('B', 'question', 'imports.dead-in-register', { name: '谭朝贵', on: '2026-06-30' })], ['same', 'drop']),
]

export function importsClient(state: string): Client {
  const started = Date.now()
  const batch = { ...base, ...STATES[state] }
  const task = () => ({ id: TASK, kind: 'imports.check', state: 'running', done: 120_000 + Math.round((Date.now() - started) * 4.1), total: 200_000, info: { ready: 127_740, question: 397, error: 263, perSecond: 4120, secondsLeft: 17, memoryMb: 318 }, result: null, failure: null, cancelAsked: false, createdAt: started, startedAt: started, finishedAt: null, actorName: '周岚' })
  const answer = (name: string): unknown => {
    if (name === 'imports.get') return batch
    if (name === 'system.task') return task()
    if (name === 'imports.problems') return { columns: COLUMNS.filter((one) => one.field !== null), rows: ROWS, total: 660, next: 'x' }
    if (name === 'imports.list') return { batches: state === 'none' ? [] : ['committed', 'checked', 'undone', 'unreadable', 'checking'].map((one, at) => ({ ...base, ...STATES[one], id: `${ID.slice(0, -1)}${at + 2}`, number: `IM-2026-0716-0${5 - at}` })) }
    return {}
  }
  return {
    see: (spec: { readonly name: string }) => Promise.resolve({ ok: true, value: answer(spec.name) }),
    do: (spec: { readonly name: string }, input: { readonly row?: number; readonly text?: string; readonly column?: number }) => Promise.resolve(spec.name === 'imports.fix'
      ? { ok: true, value: { row: { ...ROWS.find((one) => one.row === input.row)!, state: 'ready', findings: [], cells: ROWS.find((one) => one.row === input.row)!.cells.map((cell) => (cell.column === input.column ? { ...cell, was: cell.text, text: input.text! } : cell)) } } }
      : { ok: true, value: { taskId: TASK, batchId: ID, changed: 1 } }),
    upload: () => new Promise(() => undefined), fileUrl: (id: string) => `/api/files/${id}`,
  } as unknown as Client
}

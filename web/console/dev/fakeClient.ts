import type { CaseRow } from '@songbai/capabilities/know/work/contract'
import type { Client } from '@songbai/web-shared/api.ts'
import { NOW } from './samples.ts'

const HOUR = 3_600_000
const person = (name: string) => ({ kind: 'person' as const, id: null, post: null, region: null, name: { zh: name, en: name }, vacant: false, standIn: null })

const row = (id: string, type: string, who: string | null, zh: string, dueHours: number): CaseRow => ({
  id, type, title: { zh, en: zh }, state: 'open', stateTitle: { zh: '待确认', en: 'To confirm' }, region: '500229000000', place: '修齐镇', subjectId: null, subjectName: who,
  evidence: { zh: '公安比对 7月10日', en: 'police register, 10 July' }, owner: person('周岚'), waitingFor: person('修齐镇'), mine: true, openedAt: Date.now() - 20 * HOUR, closedAt: null, outcome: null,
  clock: { tone: 'amber', startedAt: Date.now() - 20 * HOUR, dueAt: Date.now() + dueHours * HOUR },
  moves: [{ id: 'confirm', verb: { zh: '确认', en: 'Confirm' }, outcomes: [{ id: 'dead', title: { zh: '确已去世', en: 'Has died' } }, { id: 'alive', title: { zh: '仍在世，登记有误', en: 'Alive; the register is wrong' } }] }, { id: 'ask', verb: { zh: '请村里核实', en: 'Ask the village' }, outcomes: [] }], revision: 1, link: '/elders/1',
})

const CASE = row('1', 'elders.contradiction', '龚显明', '公安比对为已故，我方仍有补贴 1 项', 6)
const ANSWERS: Readonly<Record<string, unknown>> = {
  'work.counts': { mine: 2, overdue: 1, dueToday: 1, dueTomorrow: 0, doneToday: 3, open: 9 },
  'work.list': { rows: [CASE, row('2', 'imports.questions', null, '导入批次有 12 行要您看', -3)], total: 2, next: null },
  'work.get': { case: CASE, history: [{ at: NOW, by: '系统', text: { zh: '来源冲突，暂缓发放', en: 'Sources differ; payment held' }, note: null }], ladder: [{ id: 'a', title: { zh: '提醒周岚', en: 'Remind Zhou Lan' }, state: 'fired', at: NOW }, { id: 'b', title: { zh: '报科长', en: 'Tell the section head' }, state: 'running', at: Date.now() + 6 * HOUR }, { id: 'c', title: { zh: '报局长', en: 'Tell the director' }, state: 'later', at: null }] },
}

export const FAKE = {
  see: (spec: { readonly name: string }) => Promise.resolve({ ok: true, value: ANSWERS[spec.name] }),
  do: () => Promise.resolve({ ok: false, refusal: { code: 'work.outcome-missing', args: {} } }),
} as unknown as Client

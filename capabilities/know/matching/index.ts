import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_matching.sql?raw'
import { doExport, doInspect, doListAgreed, doListRows, doListRuns, doListSources, doSeeRun, doStart } from './actions.ts'
import { doSettle, doSettleAll, doUndo } from './actions-settle.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const matching: Capability = {
  name: 'matching', wing: 'know', title: { zh: '部门比对', en: 'Matching with departments' },
  actions: [
    bind(c.listSources, doListSources), bind(c.inspectList, doInspect), bind(c.listRuns, doListRuns), bind(c.seeRun, doSeeRun), bind(c.startRun, doStart), bind(c.listRows, doListRows), bind(c.listAgreed, doListAgreed),
    bind(c.settleRows, doSettle), bind(c.settleAll, doSettleAll), bind(c.undoSettlement, doUndo), bind(c.exportRows, doExport),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }],
}

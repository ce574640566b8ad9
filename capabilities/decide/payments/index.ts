import { bind, type Capability } from '@songbai/platform/capability'
import { doCheck, doDraft, doDrop, doExport, doReadAnswer, doRecompute, doRelease, doSettle } from './actions.ts'
import { doAdopt, doFunnel, doListPayees, doReveal, doSampleAccounts, doSetAccounts } from './actions-payees.ts'
import { doApproveWriteOff, doAskWriteOff, doListRecoups, doListReturned, doPlanRecoup, doReconcile, doRecordRecovery, doResolveReturned } from './actions-recoup.ts'
import { doListBatches, doListLayouts, doListLines, doNotice, doOfElder, doSeeBatch, doSeeLine } from './actions-see.ts'
import * as c from './contract.ts'
import { jobs } from './jobs.ts'
import { tasks } from './tasks.ts'
import sql from './001_payments.sql?raw'
import moved from './002_moved.sql?raw'

export const payments: Capability = {
  name: 'payments', wing: 'decide', title: { zh: '发放', en: 'Payments' },
  actions: [
    bind(c.listBatches, doListBatches), bind(c.seeBatch, doSeeBatch), bind(c.listLines, doListLines), bind(c.seeLine, doSeeLine), bind(c.draftBatch, doDraft), bind(c.recomputeBatch, doRecompute), bind(c.checkBatch, doCheck), bind(c.dropBatch, doDrop), bind(c.releaseBatch, doRelease),
    bind(c.exportBatch, doExport), bind(c.readAnswerFile, doReadAnswer), bind(c.settleBatch, doSettle), bind(c.listLayouts, doListLayouts), bind(c.seeNotice, doNotice),
    bind(c.listPayees, doListPayees), bind(c.adoptPayees, doAdopt), bind(c.setAccounts, doSetAccounts), bind(c.sampleAccounts, doSampleAccounts), bind(c.revealAccount, doReveal), bind(c.seeOfElder, doOfElder),
    bind(c.listReturned, doListReturned), bind(c.resolveReturned, doResolveReturned), bind(c.listRecoups, doListRecoups), bind(c.planRecoup, doPlanRecoup), bind(c.recordRecovery, doRecordRecovery), bind(c.askWriteOff, doAskWriteOff), bind(c.approveWriteOff, doApproveWriteOff),
    bind(c.reconcileMonth, doReconcile), bind(c.seePaidFunnel, doFunnel),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }, { number: 2, sql: moved }],
}

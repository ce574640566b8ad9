import { bind, type Capability } from '@songbai/platform/capability'
import { doApproveBudget, doCheckFunds, doDraftBudget, doDropBudget, doListAccounts, doListBudgets, doStatement } from './actions.ts'
import { doGrantQuota, doLeaseQuota, doListConflicts, doSeeQuotas, doSettleConflict, doSettleOffline, doSpendQuota } from './actions-quota.ts'
import * as c from './contract.ts'
import { jobs } from './jobs.ts'
import sql from './001_funds.sql?raw'

export const funds: Capability = {
  name: 'funds', wing: 'decide', title: { zh: '资金台账', en: 'Funds' },
  actions: [
    bind(c.listAccounts, doListAccounts), bind(c.seeStatement, doStatement), bind(c.listBudgets, doListBudgets), bind(c.draftBudget, doDraftBudget), bind(c.approveBudget, doApproveBudget), bind(c.dropBudget, doDropBudget), bind(c.checkFunds, doCheckFunds),
    bind(c.seeQuotas, doSeeQuotas), bind(c.grantQuota, doGrantQuota), bind(c.spendQuota, doSpendQuota), bind(c.leaseQuota, doLeaseQuota), bind(c.settleOffline, doSettleOffline), bind(c.listConflicts, doListConflicts), bind(c.settleConflict, doSettleConflict),
  ],
  jobs,
  migrations: [{ number: 1, sql }],
}

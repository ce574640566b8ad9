import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_policies.sql?raw'
import impact from './002_impact.sql?raw'
import { doConfirm, doKeepSource, doLoadPacks, doReview, doSaveDraft, doSubmit, doWithdraw } from './actions.ts'
import { doCompare, doDocument, doDocuments, doItems, doVersion, doVersions } from './actions-see.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const policies: Capability = {
  name: 'policies', wing: 'decide', title: { zh: '政策与清单', en: 'Policies and service list' },
  actions: [
    bind(c.listDocuments, doDocuments), bind(c.seeDocument, doDocument), bind(c.listItems, doItems), bind(c.listVersions, doVersions), bind(c.seeVersion, doVersion), bind(c.compareVersions, doCompare),
    bind(c.saveDraft, doSaveDraft), bind(c.confirmFinding, doConfirm), bind(c.keepSource, doKeepSource), bind(c.submitDraft, doSubmit), bind(c.reviewDraft, doReview), bind(c.withdrawVersion, doWithdraw), bind(c.loadPacks, doLoadPacks),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }, { number: 2, sql: impact }],
}

import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_assessments.sql?raw'
import { doCancel, doDispute, doRecognise, doRecordOld, doSaveAnswers, doSettle, doStart } from './actions.ts'
import { doDue, doForm, doList, doListScales, doListUses, doOfElder, doSee } from './actions-see.ts'
import { doSign } from './actions-sign.ts'
import * as c from './contract.ts'
import { jobs } from './jobs.ts'

export const assessments: Capability = {
  name: 'assessments', wing: 'know', title: { zh: '能力评估', en: 'Ability assessment' },
  actions: [
    bind(c.listScales, doListScales), bind(c.seeForm, doForm), bind(c.start, doStart), bind(c.saveAnswers, doSaveAnswers), bind(c.sign, doSign), bind(c.cancel, doCancel),
    bind(c.listAssessments, doList), bind(c.listDue, doDue), bind(c.seeAssessment, doSee), bind(c.seeOfElder, doOfElder),
    bind(c.dispute, doDispute), bind(c.settle, doSettle), bind(c.recordOld, doRecordOld), bind(c.recognise, doRecognise), bind(c.listUses, doListUses),
  ],
  jobs,
  migrations: [{ number: 1, sql }],
}

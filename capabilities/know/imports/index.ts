import { bind, type Capability } from '@songbai/platform/capability'
import { task } from '@songbai/platform/schedule'
import sql from './001_imports.sql?raw'
import { doCheck, doCommit, doInspect, doList, doRepaired, doSeeBatch, doTemplate, doUndo } from './actions.ts'
import { doAnswer, doFix, doSeeProblems } from './actions-problems.ts'
import * as c from './contract.ts'
import { check } from './jobs-check.ts'
import { commit, undo } from './jobs-commit.ts'
import { inspect } from './jobs-inspect.ts'
import { emptyForm, repaired } from './jobs-repaired.ts'

export const imports: Capability = {
  name: 'imports', wing: 'know', title: { zh: '导入', en: 'Imports' },
  actions: [
    bind(c.inspectFile, doInspect), bind(c.seeBatch, doSeeBatch), bind(c.listBatches, doList), bind(c.checkBatch, doCheck), bind(c.seeProblems, doSeeProblems), bind(c.fixCell, doFix),
    bind(c.answerRows, doAnswer), bind(c.commitBatch, doCommit), bind(c.undoBatch, doUndo), bind(c.repairBatch, doRepaired), bind(c.makeTemplate, doTemplate),
  ],
  tasks: [task('imports.inspect', inspect), task('imports.check', check), task('imports.commit', commit), task('imports.undo', undo), task('imports.repaired', repaired), task('imports.template', emptyForm)],
  migrations: [{ number: 1, sql }],
}

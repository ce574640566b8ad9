import { bind, type Capability } from '@songbai/platform/capability'
import { doChangeGrants, doCreateOrganisation, doCreateUser, doLeaveUser, doListOrganisations, doListUsers, doResetPassword, doUnlockUser } from './actions.ts'
import { doChoosePassword, doMe, doSignIn, doSignInCode, doSignOut } from './actions-sign-in.ts'
import * as c from './contract.ts'
import sql from './001_users.sql?raw'
import postsSql from './002_posts.sql?raw'

export const users: Capability = {
  name: 'users', wing: 'know', title: { zh: '服务人员', en: 'People of the service' },
  actions: [
    bind(c.signIn, doSignIn), bind(c.signInCode, doSignInCode), bind(c.choosePassword, doChoosePassword), bind(c.signOut, doSignOut), bind(c.me, doMe),
    bind(c.listUsers, doListUsers), bind(c.createUser, doCreateUser), bind(c.changeGrants, doChangeGrants), bind(c.resetPassword, doResetPassword), bind(c.unlockUser, doUnlockUser), bind(c.leaveUser, doLeaveUser),
    bind(c.listOrganisations, doListOrganisations), bind(c.createOrganisation, doCreateOrganisation),
  ],
  migrations: [{ number: 1, sql }, { number: 2, sql: postsSql }],
}

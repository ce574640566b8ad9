import { checkPassword, hashPassword, randomSecret } from '@songbai/platform/passwords'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import type { choosePassword, me, signIn, signInCode, signOut } from './contract.ts'
import { acceptedStep, otpauthUrl, secretFrom } from './rules-code.ts'
import { afterFailure, MAX_TRIES, passwordFault } from './rules.ts'
import { signedInUser } from './actions.ts'
import { accountByLogin, accounts, saveFailure, savePassword, saveSignIn, saveTotp, type Account } from './store.ts'

const BLANK = { triesLeft: null, lockedUntil: null, secret: null, otpauthUrl: null }

export const doSignIn: Does<typeof signIn> = async (tx, input) => {
  const account = await accountByLogin(tx, input.login)
  const open = account?.state === 'active' ? account : null
  if (open && open.lockedUntil !== null && open.lockedUntil > tx.nowMs) return { ...BLANK, next: 'locked', lockedUntil: open.lockedUntil }
  // The check takes as long for a name nobody has: the answer does not tell which names exist.
  const fits = await checkPassword(open?.passwordHash ?? null, input.password)
  if (!open) return { ...BLANK, next: 'again', triesLeft: MAX_TRIES - 1 }
  tx.note({ subjectId: open.id, region: open.region, what: fits ? 'password' : 'wrongPassword' })
  if (!fits) return failed(tx, open)
  return nextStep(tx, open)
}

async function failed(tx: Tx, account: Account) {
  const after = afterFailure(account, tx.nowMs)
  await saveFailure(tx, account.id, after.failed, after.lockedUntil)
  return after.lockedUntil === null ? { ...BLANK, next: 'again' as const, triesLeft: MAX_TRIES - after.failed } : { ...BLANK, next: 'locked' as const, lockedUntil: after.lockedUntil }
}

/** What is still owed after the password: the code, the first set-up of it, a password of one's own, or nothing. */
async function nextStep(tx: Tx, account: Account) {
  tx.session({ open: { userId: account.id, level: 'partial' } })
  if (account.totpState === 'on') return { ...BLANK, next: 'code' as const }
  if (account.totpState === 'required') return enrol(tx, account)
  return afterFactors(tx, account)
}

async function enrol(tx: Tx, account: Account) {
  const secret = secretFrom(randomSecret(20))
  await saveTotp(tx, account.id, tx.secrets.sealForCounty(account.county, secret), 'required', null)
  return { ...BLANK, next: 'enrol' as const, secret, otpauthUrl: otpauthUrl(account.login, secret) }
}

async function afterFactors(tx: Tx, account: Account) {
  if (account.mustChange) {
    tx.session({ open: { userId: account.id, level: 'factor' } })
    return { ...BLANK, next: 'newPassword' as const }
  }
  await saveSignIn(tx, account.id)
  tx.session({ open: { userId: account.id, level: 'full' } })
  return { ...BLANK, next: 'done' as const }
}

export const doSignInCode: Does<typeof signInCode> = async (tx, input) => {
  const [account] = await accounts(tx, { ids: [tx.actor.id] })
  if (!account?.totpSealed || !tx.actor.sessionId) return refuse('users.start-again')
  if (account.lockedUntil !== null && account.lockedUntil > tx.nowMs) return { ...BLANK, next: 'locked', lockedUntil: account.lockedUntil }
  const step = acceptedStep(account.login, tx.secrets.openForCounty(account.county, account.totpSealed), input.code, tx.nowMs, account.totpLastStep)
  tx.note({ subjectId: account.id, region: account.region, what: step === null ? 'wrongCode' : 'code' })
  if (step === null) return failed(tx, account)
  await saveTotp(tx, account.id, account.totpSealed, 'on', step)
  return afterFactors(tx, account)
}

export const doChoosePassword: Does<typeof choosePassword> = async (tx, input) => {
  const [account] = await accounts(tx, { ids: [tx.actor.id] })
  if (!account || !tx.actor.sessionId) return refuse('users.start-again')
  // A password alone never replaces itself where a second factor is owed.
  if (account.totpState !== 'off' && tx.actor.sessionLevel === 'partial') return refuse('users.start-again')
  if (!(await checkPassword(account.passwordHash, input.old))) return refuse('users.password-wrong')
  const fault = passwordFault(input.password, account.login)
  if (fault) return refuse(fault)
  if (input.old === input.password) return refuse('users.password-same')
  await savePassword(tx, account.id, await hashPassword(input.password), false)
  tx.note({ subjectId: account.id, region: account.region, what: 'newPassword' })
  return afterFactors(tx, { ...account, mustChange: false })
}

export const doSignOut: Does<typeof signOut> = async (tx) => {
  tx.session({ close: true })
  return {}
}

export const doMe: Does<typeof me> = async (tx) => {
  const user = tx.actor.roles.length > 0 && tx.actor.kind === 'person' ? await signedInUser(tx) : null
  return { user, today: tx.today, nowMs: tx.nowMs, database: tx.database, actions: tx.allowedActions() }
}

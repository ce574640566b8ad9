import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { regions } from '../regions/index.ts'
import { actorOf } from './public.ts'
import { codeAt } from './rules-code.ts'
import { afterFailure, passwordFault, prefixesOf } from './rules.ts'
import { users } from './index.ts'

let t: TestApp
const admin = testActor(['systemAdmin'])
const nobody = testActor([], '000000000000', [], { kind: 'anyone' })
type Step = { next: string; secret: string | null; triesLeft: number | null; lockedUntil: number | null }

beforeAll(async () => {
  loadTestResources()
  t = await createTestApp([regions, users])
  // The administrator who acts in these tests is an account too, or nobody would be left when another one goes.
  await t.app.runAs({ ...admin, roles: ['program'] }, 'set-up', async (tx) => void (await tx.rows`insert into users.account (county, id, region, login, name, password_hash, totp_state, created_at) values ('500229', ${admin.id}, '500229000000', 'root.admin', '管理员', 'x', 'off', now())`,
    await tx.rows`insert into users.grant (county, id, region, user_id, role, place, valid_from, granted_by, granted_at) values ('500229', ${tx.newId()}, '500229000000', ${admin.id}, 'systemAdmin', '500229000000', '2020-01-01', ${admin.id}, now())`))
})
afterAll(() => t.close())

async function newPerson(login: string, grants: object[] = [{ role: 'countyClerk', region: '500229000000' }]) {
  return t.must<{ id: string; oneTimePassword: string }>(admin, 'users.create', { login, name: '周岚', region: '500229000000', grants })
}

test('[U1] the fifth wrong try within a quarter of an hour rests the account; an old failure does not count', () => {
  expect(afterFailure({ failed: 3, failedAt: 1000 }, 2000)).toEqual({ failed: 4, lockedUntil: null })
  expect(afterFailure({ failed: 4, failedAt: 1000 }, 2000)).toEqual({ failed: 0, lockedUntil: 2000 + 900_000 })
  expect(afterFailure({ failed: 4, failedAt: 1000 }, 2_000_000)).toEqual({ failed: 1, lockedUntil: null })
})

test('[U2] short, common and self-naming passwords are refused', () => {
  expect(passwordFault('short', 'zhou')).toBe('users.password-short')
  expect(passwordFault('zhoulan2026', 'zhoulan')).toBe('users.password-common')
  expect(passwordFault('1111111111', 'zhou')).toBe('users.password-common')
  expect(passwordFault('春天的柏树很绿很高啊', 'zhou')).toBeNull()
})

test('[U1] five wrong passwords lock, and the right one does not open until the rest is over', async () => {
  const { oneTimePassword } = await newPerson('locked.one')
  for (let left = 4; left >= 1; left--) expect(await t.must<Step>(nobody, 'users.signIn', { login: 'locked.one', password: 'wrong' })).toMatchObject({ next: 'again', triesLeft: left })
  expect((await t.must<Step>(nobody, 'users.signIn', { login: 'locked.one', password: 'wrong' })).next).toBe('locked')
  expect((await t.must<Step>(nobody, 'users.signIn', { login: 'locked.one', password: oneTimePassword })).next).toBe('locked')
  t.clock.nowMs += 16 * 60_000
  expect((await t.must<Step>(nobody, 'users.signIn', { login: 'locked.one', password: oneTimePassword })).next).toBe('enrol')
})

test('an unknown name is answered like a wrong password', async () => {
  expect(await t.must<Step>(nobody, 'users.signIn', { login: 'no.such', password: 'x' })).toMatchObject({ next: 'again', triesLeft: 4 })
})

test('[U6] first sign-in: set up the code, give it once, choose a password; the same code does not work twice, nor does the password alone', async () => {
  const { id, oneTimePassword } = await newPerson('fresh.one')
  const first = await t.app.perform({ action: 'users.signIn', input: { login: 'fresh.one', password: oneTimePassword }, actor: nobody, door: 'test' })
  expect(first.session).toEqual({ open: { userId: id, level: 'partial' } })
  const { secret } = (first.answer as { value: Step }).value
  const half = { ...nobody, id, sessionId: id, sessionLevel: 'partial' as const }
  expect(await t.outcome(half, 'users.choosePassword', { old: oneTimePassword, password: 'a long new password' })).toBe('users.start-again')
  const code = codeAt('fresh.one', secret!, t.clock.nowMs)
  expect((await t.must<Step>(half, 'users.signInCode', { code })).next).toBe('newPassword')
  expect((await t.must<Step>(half, 'users.signInCode', { code })).next).toBe('again')
  const proven = { ...half, sessionLevel: 'factor' as const }
  expect(await t.outcome(proven, 'users.choosePassword', { old: 'wrong', password: 'a long new password' })).toBe('users.password-wrong')
  expect((await t.must<Step>(proven, 'users.choosePassword', { old: oneTimePassword, password: 'a long new password' })).next).toBe('done')
  expect((await t.must<Step>(nobody, 'users.signIn', { login: 'fresh.one', password: 'a long new password' })).next).toBe('code')
})

test('[U4] administration, security and audit do not meet in one hand', async () => {
  expect(await t.outcome(admin, 'users.create', { login: 'both.two', name: '何勇', region: '500229000000', grants: [{ role: 'systemAdmin', region: '500229000000' }, { role: 'auditor', region: '500229000000' }] })).toBe('users.roles-separate')
})

test('a grant outside the giver\'s places, a taken name and an unknown place are refused', async () => {
  await newPerson('taken.one')
  expect(await t.outcome(admin, 'users.create', { login: 'taken.one', name: '何勇', region: '500229000000', grants: [{ role: 'countyClerk', region: '500229000000' }] })).toBe('users.login-taken')
  expect(await t.outcome(admin, 'users.create', { login: 'else.where', name: '何勇', region: '500229000000', grants: [{ role: 'countyClerk', region: '370215000000' }] })).toBe('users.region-unknown')
})

test('[U3] a temporary grant begins and ends by itself, and an action sees only the places of the roles that may run it', async () => {
  const { id } = await newPerson('temp.one', [{ role: 'townshipClerk', region: '500229102000' }, { role: 'countyClerk', region: '500229000000', validFrom: '2026-08-01', validTo: '2026-08-31' }])
  const at = (day: string) => {
    t.clock.nowMs = Date.parse(`${day}T02:00:00Z`)
    return t.app.runAs({ ...admin, roles: ['program'] }, 'look', (tx) => actorOf(tx, id))
  }
  const kept = t.clock.nowMs
  expect((await at('2026-07-31'))!.roles).toEqual(['townshipClerk'])
  expect((await at('2026-08-31'))!.roles).toEqual(expect.arrayContaining(['townshipClerk', 'countyClerk']))
  expect((await at('2026-09-01'))!.grants).toEqual([{ role: 'townshipClerk', prefix: '500229102' }])
  t.clock.nowMs = kept
})

test('who leaves hands over and cannot come back in; the last administrator cannot leave', async () => {
  const { id } = await newPerson('leaver.one')
  const { id: heir } = await newPerson('heir.one')
  expect(await t.outcome(admin, 'users.leave', { id, successorId: id, reason: '调走' })).toBe('users.successor-not-fit')
  expect(await t.outcome(admin, 'users.leave', { id, successorId: heir, reason: '调走' })).toBe('ok')
  expect(await t.app.runAs({ ...admin, roles: ['program'] }, 'look', (tx) => actorOf(tx, id))).toBeNull()
  expect(await t.outcome(admin, 'users.leave', { id: admin.id, successorId: heir, reason: '调走' })).toBe('users.last-admin')
})

test('what a person may do is listed for the buttons', async () => {
  const { actions } = await t.must<{ actions: string[] }>(admin, 'users.me')
  expect(actions).toContain('users.create')
  expect(actions).not.toContain('system.audit')
})

test('[U5] a role over a place covers everything below it and nothing beside it', () => {
  const grant = (place: string) => ({ role: 'countyClerk' as const, place, validFrom: '2026-01-01', validTo: null })
  expect(prefixesOf([grant('500000000000'), grant('320600000000'), grant('500229000000'), grant('500229110000'), grant('500229110200')]).map((one) => one.prefix)).toEqual(['50', '3206', '500229', '500229110', '500229110200'])
})

import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { day, id, regionCode } from '../../common.ts'
import { ROLES } from '../../roles.ts'

const login = z.string().trim().toLowerCase().min(3).max(40).regex(/^[a-z0-9][a-z0-9._-]*$/)
const password = z.string().min(1).max(200)
const role = z.enum(ROLES)
export const ORGANISATION_KINDS = ['bureau', 'township', 'village', 'assessor', 'careHome', 'provider', 'department'] as const

/** What the sign-in page shows next. `again` and `locked` are answers, not refusals: the failed try must be remembered. */
const step = z.object({
  next: z.enum(['done', 'code', 'enrol', 'newPassword', 'again', 'locked']),
  /** Tries left before the account rests, with `again`. */
  triesLeft: z.number().nullable().default(null),
  /** When the account can be tried again, with `locked`. */
  lockedUntil: z.number().nullable().default(null),
  /** For the authenticator app, with `enrol`: shown once. */
  secret: z.string().nullable().default(null), otpauthUrl: z.string().nullable().default(null),
})

export const signIn = defineDo('users.signIn', { title: { zh: '登录', en: 'Sign in' }, scope: 'program', may: 'anyone', input: z.object({ login, password }), output: step })
export const signInCode = defineDo('users.signInCode', { title: { zh: '登录第二步：动态码', en: 'Sign in: one-time code' }, scope: 'program', may: 'anyone', input: z.object({ code: z.string().trim().regex(/^\d{6}$/) }), output: step, refusals: ['users.start-again'] })
export const choosePassword = defineDo('users.choosePassword', { title: { zh: '设新密码', en: 'Choose a password' }, scope: 'program', may: 'anyone', input: z.object({ old: password, password: z.string().max(200) }), output: step, refusals: ['users.start-again', 'users.password-wrong', 'users.password-short', 'users.password-common', 'users.password-same'] })
export const signOut = defineDo('users.signOut', { title: { zh: '退出', en: 'Sign out' }, may: 'anyone', input: z.object({}), output: z.object({}) })

export const me = defineSee('users.me', {
  title: { zh: '我是谁', en: 'Who am I' }, may: 'anyone', input: z.object({}),
  output: z.object({
    user: z.object({ id, name: z.string(), login: z.string(), roles: z.array(role), region: regionCode, place: z.string(), organisation: z.string().nullable(), demo: z.boolean() }).nullable(),
    today: z.string(), nowMs: z.number(), database: z.enum(['embedded', 'server']),
    /** Names of the actions this person may run: buttons match the server by this list alone. */
    actions: z.array(z.string()),
  }),
})

const grantView = z.object({ id, role, region: regionCode, place: z.string(), validFrom: z.string(), validTo: z.string().nullable(), reason: z.string().nullable() })
export const userRow = z.object({ id, login: z.string(), name: z.string(), organisation: z.string().nullable(), organisationId: z.string().nullable(), region: regionCode, place: z.string(), roles: z.array(role), state: z.enum(['active', 'left']), secondFactor: z.enum(['off', 'required', 'on']), lockedUntil: z.number().nullable(), lastSignIn: z.number().nullable(), grants: z.array(grantView) })
export type UserRow = z.output<typeof userRow>

export const listUsers = defineSee('users.list', { title: { zh: '服务人员', en: 'People of the service' }, may: ['systemAdmin', 'securityAdmin', 'countyClerk', 'townshipClerk', 'leader'], input: z.object({ place: regionCode.optional(), role: role.optional(), text: z.string().max(40).optional(), state: z.enum(['active', 'left']).default('active') }), output: z.object({ users: z.array(userRow) }) })
export const listOrganisations = defineSee('users.organisations', { title: { zh: '单位', en: 'Organisations' }, may: 'signedIn', input: z.object({}), output: z.object({ organisations: z.array(z.object({ id, name: z.string(), kind: z.enum(ORGANISATION_KINDS), region: regionCode, place: z.string(), people: z.number() })) }) })
export const createOrganisation = defineDo('users.createOrganisation', { title: { zh: '新增单位', en: 'Add an organisation' }, may: ['systemAdmin'], input: z.object({ name: z.string().trim().min(2).max(60), kind: z.enum(ORGANISATION_KINDS), region: regionCode }), output: z.object({ id }), refusals: ['users.region-unknown'] })

const newGrant = z.object({ role, region: regionCode, validFrom: day.optional(), validTo: day.optional(), reason: z.string().max(200).optional() })
export const createUser = defineDo('users.create', { title: { zh: '新增人员', en: 'Add a person' }, may: ['systemAdmin'], input: z.object({ login, name: z.string().trim().min(2).max(40), region: regionCode, organisationId: id.optional(), grants: z.array(newGrant).min(1).max(20) }), output: z.object({ id, oneTimePassword: z.string() }), refusals: ['users.login-taken', 'users.region-unknown', 'users.roles-separate'] })
export const changeGrants = defineDo('users.changeGrants', { title: { zh: '改职责和范围', en: 'Change duties and places' }, may: ['systemAdmin'], input: z.object({ id, add: z.array(newGrant).max(20).default([]), end: z.array(id).max(20).default([]) }), output: z.object({}), refusals: ['users.not-found', 'users.region-unknown', 'users.own-grants', 'users.roles-separate', 'users.last-admin'] })
export const resetPassword = defineDo('users.resetPassword', { title: { zh: '重设密码', en: 'Reset a password' }, may: ['securityAdmin', 'systemAdmin'], input: z.object({ id, alsoSecondFactor: z.boolean().default(false) }), output: z.object({ oneTimePassword: z.string() }), refusals: ['users.not-found'] })
export const unlockUser = defineDo('users.unlock', { title: { zh: '解除锁定', en: 'Unlock' }, may: ['securityAdmin', 'systemAdmin'], input: z.object({ id }), output: z.object({}), refusals: ['users.not-found'] })
/** Staff leaving: sign-ins end at once, and everything the person owns goes to the successor in the same transaction. */
export const leaveUser = defineDo('users.leave', { title: { zh: '人员离岗并移交', en: 'Staff leaving and hand-over' }, may: ['systemAdmin'], input: z.object({ id, successorId: id, reason: z.string().trim().min(2).max(200) }), output: z.object({}), refusals: ['users.not-found', 'users.successor-not-fit', 'users.last-admin'] })

export const UserLeft = defineEvent('users.UserLeft', z.object({ userId: id, successorId: id }))

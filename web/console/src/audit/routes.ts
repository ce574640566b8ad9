import type { PageRoute } from '../routes.ts'

export default [{ path: '/audit', page: () => import('./AuditPage.tsx') }] satisfies readonly PageRoute[]

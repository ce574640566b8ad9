import type { PageRoute } from '../routes.ts'

export default [{ path: '/indicators', page: () => import('./BoardPage.tsx') }] satisfies readonly PageRoute[]

import type { PageRoute } from '../routes.ts'

export default [{ path: '/me/password', page: () => import('./Password.tsx') }] satisfies readonly PageRoute[]

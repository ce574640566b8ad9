import { useKeys } from '@songbai/web-shared/Keys.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { useSession } from '../session.ts'
import { menuFor } from './menu.ts'

/** `/` find, `?` help, `g` and a letter: the pages. */
export function useFrameKeys(act: { readonly find: () => void; readonly help: () => void }): void {
  const go = useGo()
  const { me, pageExists } = useSession()
  const goes = menuFor(me.roles, pageExists).flatMap((group) => group.entries).filter((entry) => entry.key)
  useKeys({ '/': act.find, '?': act.help, ...Object.fromEntries(goes.map((entry) => [`g ${entry.key}`, () => go(entry.to)])) })
}

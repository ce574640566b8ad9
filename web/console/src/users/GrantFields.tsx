import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { DayField, PlaceField, SelectField, TextField } from '../parts/Fields.tsx'
import { ROLES, ROLE_DOES, ROLE_WORD } from './roles.ts'
import type { Role } from './roles.ts'

export interface NewGrant {
  readonly role: Role
  readonly path: readonly Place[]
  readonly from: string
  readonly to: string
  readonly reason: string
}

export function emptyGrant(path: readonly Place[], today: string): NewGrant {
  return { role: 'townshipClerk', path, from: today, to: '', reason: '' }
}

/** As the contract takes it; empty fields are left out. */
export function sent(grant: NewGrant): { role: Role; region: string; validFrom?: string; validTo?: string; reason?: string } {
  return { role: grant.role, region: grant.path.at(-1)!.region, ...(grant.from ? { validFrom: grant.from } : {}), ...(grant.to ? { validTo: grant.to } : {}), ...(grant.reason.trim() ? { reason: grant.reason.trim() } : {}) }
}

export function GrantFields({ value, onChange }: { readonly value: NewGrant; readonly onChange: (next: NewGrant) => void }) {
  const { t } = useWords()
  return (
    <>
      <SelectField label={t('people.duty')} value={value.role} options={ROLES.map((role) => ({ id: role, name: t(ROLE_WORD[role]) }))} onPick={(role) => onChange({ ...value, role: role as Role })} hint={t(ROLE_DOES[value.role])} />
      <PlaceField label={t('people.over')} path={value.path} onPick={(path) => onChange({ ...value, path })} />
      <DayField label={t('people.from')} value={value.from} onDay={(from) => onChange({ ...value, from })} />
      <DayField label={t('people.to')} value={value.to} onDay={(to) => onChange({ ...value, to })} hint={t('people.to.hint')} />
      <TextField label={t('people.reason')} value={value.reason} onText={(reason) => onChange({ ...value, reason })} hint={t('people.reason.hint')} />
    </>
  )
}

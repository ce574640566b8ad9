/** `--empty`: one administrator with a one-time password and no default account anywhere. */
import { createAccount } from '@songbai/capabilities'
import { operatorActor, type App } from '@songbai/platform/server'
import { hashPassword, oneTimePassword } from '@songbai/platform/passwords'

/** The county is set by SONGBAI_COUNTY (six digits); its administrator adds everybody else. */
export async function firstAdministrator(app: App, county = process.env['SONGBAI_COUNTY'] ?? '500229'): Promise<{ login: string; password: string }> {
  const password = oneTimePassword()
  const region = county.padEnd(12, '0')
  const passwordHash = await hashPassword(password)
  await app.runAs(operatorActor('start'), 'start.firstAdministrator', (tx) =>
    createAccount(tx, { login: 'admin', name: '系统管理员', region, organisationId: null, passwordHash, mustChange: true, totpState: 'required', demo: false }, [{ role: 'systemAdmin', region }]))
  return { login: 'admin', password }
}

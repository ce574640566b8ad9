import { capabilities } from '@songbai/capabilities'
import { dumpSchema } from '@songbai/platform/server'
import { createTestApp } from '@songbai/platform/testing'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './tree.ts'

/** `SONGBAI_UPDATE=1 npm test checks/src/schema.test.ts` writes the file anew. */
test('[D1] docs/schema.sql is what the migrations make, so a change of tables is seen as a diff', async () => {
  const t = await createTestApp(capabilities)
  const path = join(ROOT, 'docs', 'schema.sql')
  const now = `-- Made by the migrations; checked by checks/src/schema.test.ts. Do not edit.\n\n${await dumpSchema(t.app.world.database.db)}`
  if (process.env['SONGBAI_UPDATE']) writeFileSync(path, now)
  await t.close()
  expect(now).toBe(readFileSync(path, 'utf8'))
})

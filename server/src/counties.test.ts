import { operatorActor } from '@songbai/platform/server'
import { createTestApp } from '@songbai/platform/testing'
import { expect, test } from 'vitest'
import { elders } from '../../capabilities/know/elders/index.ts'
import { regions } from '../../capabilities/know/regions/index.ts'
import { users } from '../../capabilities/know/users/index.ts'
import { work } from '../../capabilities/know/work/index.ts'
import { loadTestResources } from '../../capabilities/testing.ts'
import { countiesAtWork } from './counties.ts'

test('the clock works for the counties of a prefecture whose accounts sit above them', async () => {
  loadTestResources()
  const t = await createTestApp([regions, users, work, elders])
  const counties = await t.app.runAs(operatorActor('clock'), 'clock', async (tx) => {
    await tx.rows`insert into users.account (county, id, region, login, name, password_hash, totp_state, created_at) values ('320600', ${tx.newId()}, '320600000000', 'nantong', '顾晓东', 'x', 'off', now())`
    for (const county of ['320602', '320612', '320602', '320700']) await tx.rows`insert into elders.elder (county, id, region, name, given, pinyin, initials, key_wrapped, status, created_at, changed_at) values (${county}, ${tx.newId()}, ${`${county}001001`}, '冉秀', '秀', 'ranxiu', 'rx', ${Buffer.from('x')}, 'active', now(), now())`
    return countiesAtWork(tx)
  })
  expect(counties.sort()).toEqual(['320600', '320602', '320612'])
  await t.close()
})

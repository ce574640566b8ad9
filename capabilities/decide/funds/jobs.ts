import { every } from '@songbai/platform/schedule'
import { expireQuotas } from './actions-quota.ts'

export const jobs = [every('day', 'let quotas and leases that ran out lapse', expireQuotas)]

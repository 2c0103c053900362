import type { Access, BankView } from '#bank/protocol';

/** What the signed-in person may do in a bank: their role in it, and what their account allows at all. */
export interface BankPart {
  writes: boolean;
  reviews: boolean;
  manages: boolean;
  /** May see what questions say. */
  reads: boolean;
}

export function bankPart({ roles }: Pick<BankView, 'roles'>, may: (access: Access) => boolean): BankPart {
  const isManager = roles.includes('manager');
  const writes = isManager || roles.includes('author');
  const reviews = isManager || roles.includes('reviewer');
  return {
    writes: writes && may('items.write'),
    reviews: reviews && may('items.review'),
    manages: isManager && may('banks.manage'),
    reads: writes || reviews,
  };
}

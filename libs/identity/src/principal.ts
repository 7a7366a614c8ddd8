import { may, permissionsOf, type Language, type Permission, type Role, type SessionUser } from '#contracts';
import { DomainError } from '#platform';

/** Who is asking, as every service gets it. */
export interface Principal {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  storeId: string | null;
  language: Language;
}

/** @throws DomainError permission.denied */
export function demand(principal: Principal, permission: Permission): void {
  if (!may(principal.role, permission)) throw new DomainError('permission.denied', { permission });
}

export const presentUser = (principal: Principal): SessionUser => ({
  ...principal,
  permissions: permissionsOf(principal.role),
});

/**
 * The cases a person may see, as a condition on `cases c`: null = all of them; else the store whose cases they are.
 * A query that lists or opens cases takes this as a parameter, so nobody can forget it.
 */
export const visibleStore = (principal: Principal): string | null =>
  may(principal.role, 'case.read_all') ? null : (principal.storeId ?? NO_STORE);

/** No store has the nil UUID: who belongs nowhere sees nothing. */
const NO_STORE = '00000000-0000-0000-0000-000000000000';

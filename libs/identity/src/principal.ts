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
 * Whose cases a person sees: null = everybody's; else those of their store, and those shown to them or to it for a while
 * (the view `case_sight` of the database).
 */
export const viewersOf = (principal: Principal): string[] | null =>
  may(principal.role, 'case.read_all') ? null : [principal.storeId ?? NO_STORE, principal.id];

/**
 * The same as one value: the parameter of the condition on `cases c` that every query which lists or opens cases takes
 * (`visibleTo` of the views, `visible` of case-access), so nobody can forget it. Not the id of a store: ids with a comma.
 */
export const visibleStore = (principal: Principal): string | null => viewersOf(principal)?.join(',') ?? null;

/** No store has the nil UUID: who belongs nowhere sees nothing. */
const NO_STORE = '00000000-0000-0000-0000-000000000000';

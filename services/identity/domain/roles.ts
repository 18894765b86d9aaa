import { Role } from '@plaza/kernel';

/** Roles as they are kept: each once, in one order, and everybody is a buyer. */
export function rolesFrom(roles: readonly Role[]): Role[] {
  return Role.options.filter((role) => role === 'buyer' || roles.includes(role));
}

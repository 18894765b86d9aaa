import { account } from './account';
import { errors } from './errors';
import { shop } from './shop';
import { studio } from './studio';

/** Every text of the interface, in every language. */
export const MESSAGES = { ...shop, ...errors, ...account, ...studio };

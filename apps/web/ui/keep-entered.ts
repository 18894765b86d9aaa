import { unstable_rethrow } from 'next/navigation';
import type { FormState } from '../lib/form.ts';
import { saidInBrowser } from '../messages/in-browser.ts';
import { SECRET } from './typed.ts';

type Action = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * An action whose answer may get lost: offline, while the server restarts. The form then says so and keeps what was entered
 * and its key, instead of giving way to the page of failures. In the browser alone: on the server the action must stay
 * what it is, for forms to work without JavaScript.
 */
export function keepEntered(action: Action): Action {
  if (typeof window === 'undefined') return action;
  return async (state, form) => {
    try {
      return await action(state, form);
    } catch (error) {
      unstable_rethrow(error);
      console.warn(error);
      const { notice: _notice, code: _code, ...before } = state;
      const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      return {
        ...before,
        error: saidInBrowser(document.documentElement.lang, 'error.CONNECTION'),
        values: Object.fromEntries(texts.filter(([name]) => !SECRET.test(name))),
      };
    }
  };
}

import { Fault } from '@plaza/kernel';

/** The answer, or undefined when it is refused with `code`: somebody was here before. */
export async function orNothing<Answer>(code: string, answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Fault && error.code === code) return undefined;
    throw error;
  }
}
